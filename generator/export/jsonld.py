"""Records -> JSON-LD of schema.org, for the pages of the site.

A fact is a Claim on the page where it is at home, with what it appears in; the words of somebody are a Quotation.
Names of things are the addresses of their pages, relative to the page where the site has no address yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.export.edition import (
    API,
    AUTHOR,
    LICENCE_URL,
    NAME,
    SUMMARY,
    dumps,
)
from generator.export.records import Json, Records
from generator.model import (
    Country,
    Entity,
    Fact,
    Known,
    Leader,
    Meeting,
    Organisation,
    Place,
    Post,
    Record,
    Series,
    Source,
    Summit,
    Topic,
)
from generator.view.entities import INDEX_NAMES

CONTEXT = "https://schema.org"
WIKIDATA = "http://www.wikidata.org/entity/"
"""What Wikidata calls its things by; the pages that people read are at https://www.wikidata.org/wiki/."""
Node = dict[str, Any]

_TYPES: dict[type[Record], str] = {
    Summit: "Event",
    Meeting: "Event",
    Series: "EventSeries",
    Leader: "Person",
    Organisation: "Organization",
    Country: "Country",
    Place: "Place",
    Post: "Occupation",
    Topic: "DefinedTerm",
    Source: "WebPage",
    Fact: "Claim",
}


def script(graph: Sequence[Node]) -> str:
    """Return *graph* as the element that holds it in a page: one line, in which no value can end the element."""
    text = dumps({"@context": CONTEXT, "@graph": list(graph)})
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


CLAIMS = 90
"""The most facts that a page says as JSON-LD as well, which takes as much room as their text; its JSON file has all."""


def page_graph(record: Entity, records: Records) -> list[Node]:
    """Return what the page of *record* says: the record, the facts at home there, and the way from the home page.

    Facts are left out where there are more than CLAIMS.
    """
    at = records.address(record.id)
    graph = [node(record, records, at)]
    if isinstance(record, Source):
        facts = (records.links.base.records[id] for id in records.json(record.id)["facts"])
        home = [one for one in facts if isinstance(one, Fact) and records.address(one.id).startswith(at)]
        shown = home if len(home) <= CLAIMS else []
        graph += [claim(one, records, at) for one in sorted(shown, key=lambda one: (len(one.id), one.id))]
    return [*graph, breadcrumbs(record, records, at)]


def node(record: Entity, records: Records, at: str) -> Node:
    """Return *record* for the page *at*."""
    value = records.json(record.id)
    names = [one["name"] for one in value["aliases"] if one["kind"] not in ("misprint", "mistranslation")]
    head: Node = {**_named(record.id, records, at), "url": _url(record.id, records, at)}
    head |= {"alternateName": names} if names else {}
    if isinstance(record, Known) and record.wikidata:
        head["sameAs"] = f"{WIKIDATA}{record.wikidata}"
    if isinstance(record, Summit | Meeting):
        return head | _event(record, records, at)
    if isinstance(record, Leader):
        return head | _roles(value, records, at)
    if isinstance(record, Source):
        return head | {"mainEntity": _source(record, records)}
    if isinstance(record, Topic):
        scheme = {"@type": "DefinedTermSet", "@id": records.edition.href("topics/", at), "name": INDEX_NAMES["topics"]}
        return head | {"termCode": record.id, "description": record.scope, "inDefinedTermSet": scheme}
    return head


def _url(id: str, records: Records, at: str) -> str:
    return records.edition.href(records.address(id), at)


def _named(id: str, records: Records, at: str) -> Node:
    """Return the record *id* as others name it: its type, its name and its page."""
    kind = _TYPES[type(records.links.base.records[id])]
    return {"@type": kind, "@id": _url(id, records, at), "name": records.name(id)}


def _event(event: Summit | Meeting, records: Records, at: str) -> Node:
    value: Node = {"eventStatus": "https://schema.org/EventScheduled"}
    if event.date:
        value |= _between(records.json(event.id)["date"], "startDate", "endDate")
    if event.place:
        place = _named(event.place, records, at)
        inside = {"containedInPlace": place} if event.venue else {}
        value["location"] = {"@type": "Place", "name": event.venue, **inside} if event.venue else place
    if isinstance(event, Meeting):
        value |= {"attendee": [_role(one.person, one.post, "attendee", records, at) for one in event.participants]}
        value |= {"superEvent": _named(event.part_of, records, at)} if event.part_of else {}
    else:
        value["superEvent"] = _named(event.series, records, at)
        value |= {"organizer": _named(event.chair, records, at)} if event.chair else {}
    return {key: one for key, one in value.items() if one != []}


def _role(person: str, post: str | None, link: str, records: Records, at: str) -> Node:
    """Return *person*, in the role of *post* where that is known (schema.org: Role)."""
    named = _named(person, records, at)
    return {"@type": "Role", "roleName": records.name(post), link: named} if post else named


def _roles(leader: Json, records: Records, at: str) -> Node:
    roles = [
        {
            "@type": "Role",
            "roleName": records.name(one["post"]),
            **_between(one["during"], "startDate", "endDate"),
            "hasOccupation": _named(one["post"], records, at),
        }
        for one in leader["memberships"]
    ]
    return {"hasOccupation": roles} if roles else {}


def _between(date: Json, start: str, end: str) -> Node:
    """Return the ends of *date* as the record has them (ISO 8601, as exact as they are known), without their doubt."""
    first, slash, last = (one.strip("?~%") for one in date["edtf"].partition("/"))
    ends = {start: first, end: last if slash else first}
    return {key: one for key, one in ends.items() if one and one != ".."}


def _source(source: Source, records: Records) -> Node:
    """Return the work of others that *source* is."""
    value = records.json(source.id)
    work: Node = {"@type": "Article" if source.type == "article" else "WebPage", "@id": source.url, "url": source.url}
    work |= {"name": source.headline or source.name, "inLanguage": source.language}
    work |= {"publisher": {"@type": "Organization", "name": source.publisher}}
    work |= {"author": source.author} if source.author else {}
    work |= {"archivedAt": source.archive_url} if source.archive_url else {}
    published = _between(value["published"], "datePublished", "datePublished") if value["published"] else {}
    return work | ({} if source.published and source.published.is_interval else published)


def claim(fact: Fact, records: Records, at: str) -> Node:
    """Return *fact* for the page *at*: who claims it, what it is about, where it appears, and the words quoted."""
    value = records.json(fact.id)
    sources = [records.links.base.records[id] for id in dict.fromkeys(one.source for one in fact.evidence)]
    works = [_source(one, records) for one in sources if isinstance(one, Source)]
    return {
        "@type": "Claim",
        "@id": _url(fact.id, records, at),
        "text": fact.text,
        "temporalCoverage": re.sub("[?~%]", "", value["time"]["edtf"]),
        **({"author": [_named(id, records, at) for id in fact.by]} if fact.by else {}),
        **({"about": [_named(id, records, at) for id in fact.about]} if fact.about else {}),
        "appearance": {"@type": works[0]["@type"], "@id": works[0]["@id"]},
        "citation": [{key: one[key] for key in ("@type", "@id", "name", "url")} for one in works],
        **({"hasPart": list(_quotations(value, records, at))} if value["quotations"] else {}),
    }


def _quotations(fact: Json, records: Records, at: str) -> Iterator[Node]:
    for one in fact["quotations"]:
        source = records.json(one["source"])
        creator = _role(one["speaker"], one["post"], "creator", records, at)
        yield {"@type": "Quotation", "text": one["exact"], "creator": creator, "isPartOf": {"@id": source["url"]}}


def breadcrumbs(record: Entity, records: Records, at: str) -> Node:
    """Return the way from the home page to that of *record*."""
    steps = [("", "Home"), (f"{record.pages}/", INDEX_NAMES[record.pages]), (at, record.name)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": records.edition.href(path, at)}
            for number, (path, name) in enumerate(steps, 1)
        ],
    }


def website(records: Records) -> Node:
    """Return the site, for its home page."""
    address = records.edition.href("", "")
    return {
        "@type": "WebSite",
        "@id": address,
        "url": address,
        "name": NAME,
        "description": SUMMARY,
        "inLanguage": "en",
    }


def dataset(files: dict[str, str], records: Records, at: str) -> Node:
    """Return the data as a whole, for the page *at*; *files* has the media type of each file to download."""
    href = records.edition.href
    return {
        "@type": "Dataset",
        "@id": href(f"{API}index.json", at),
        "name": NAME,
        "description": SUMMARY,
        "url": href(at, at),
        "version": records.version,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": {"@type": "Organization", "name": AUTHOR},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": href(path, at), "encodingFormat": type}
            for path, type in files.items()
        ],
    }
