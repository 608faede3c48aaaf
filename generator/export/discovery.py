"""How programs find the data: the index, links in the head of pages, robots.txt, opensearch.xml and llms.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from generator.export import atom, calendars, changes, cite, jsonld, schema, share, skos
from generator.export.database import DATABASE
from generator.export.edition import (
    API,
    LICENCE,
    LICENCE_URL,
    NAME,
    QUOTATIONS,
    SCHEMA_VERSION,
    SUMMARY,
    Edition,
    dumps,
)
from generator.export.fields import JsonSchema, meaning
from generator.export.records import Records
from generator.export.tables import TABLES
from generator.markup import SIGN, join, link
from generator.model import KINDS, Entity, Leader, Series, Source
from generator.targets import File

PAGE = "data/index.md"
"""The page that documents the data."""

INDEX, INDEX_SCHEMA = f"{API}index.json", f"{API}schema/index.json"
JSON, ATOM, ICAL, CSV = "application/json", "application/atom+xml", "text/calendar", "text/csv"


@dataclass(frozen=True)
class Alternate:
    """Another form of what a page says: its path below the top of the site, its media type and its title."""

    href: str
    type: str
    title: str


def downloads() -> tuple[Alternate, ...]:
    """Return the files that hold the data as a whole, the list of each kind of record first."""
    lists = (Alternate(f"{API}{one.kind_name}.json", JSON, meaning(one)) for one in KINDS)
    tables = (Alternate(f"{API}{one.name}.csv", CSV, f"{one.title}: {one.description}") for one in TABLES)
    return (
        *lists,
        *tables,
        Alternate(f"{API}datapackage.json", JSON, "Data Package: what the columns of the CSV files mean."),
        Alternate(
            f"{API}{DATABASE}.sqlite", "application/vnd.sqlite3", "All tables in one file, with full-text search."
        ),
        Alternate(f"{API}datasette.json", JSON, "Metadata with which Datasette shows the SQLite file."),
        Alternate(skos.TURTLE, "text/turtle", "The topics as a SKOS concept scheme."),
        Alternate(skos.JSON_LD, "application/ld+json", "The same as JSON-LD."),
        Alternate(atom.ALL, ATOM, "Atom feed: the facts that were reported last."),
        Alternate(changes.JSON, JSON, "What each release of the data changed, with the values before and after."),
        Alternate(changes.ALL, ATOM, "Atom feed: what was added, changed, corrected and retracted."),
        Alternate(calendars.ALL, ICAL, "Calendar of all summits and meetings."),
        *(
            Alternate(cite.path(None, one.suffix), one.type, f"How to cite the data: {one.name}.")
            for one in cite.FORMATS
        ),
        Alternate(f"{API}checksums.sha256", "text/plain", "SHA-256 of every other data file."),
    )


def index(records: Records) -> dict[str, Any]:
    """Return what the API holds, with paths below the folder of the index."""
    base = records.links.base
    feeds = [one for kind in atom.OF for one in base.all(kind)]
    timed: Iterable[Leader | Series] = (*base.all(Leader), *base.all(Series))
    return {
        "$schema": "schema/index.json",
        "name": NAME,
        "description": SUMMARY,
        "site": records.edition.site or None,
        "schema_version": SCHEMA_VERSION,
        "data_version": records.version,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "quotations": QUOTATIONS,
        "kinds": [
            {
                "kind": kind.kind_name,
                "count": len(of_kind),
                "list": _below(f"{API}{kind.kind_name}.json"),
                "record": f"{kind.kind_name}/{{id}}.json",
                "schema": _below(schema.path(kind)),
            }
            for kind, of_kind in records.by_kind.items()
        ],
        "files": [{"path": _below(one.href), "type": one.type, "title": one.title} for one in downloads()],
        "withdrawn": [
            {"what": one.what, "to": one.to, "because": one.because, "date": one.date.text}
            for one in base.register.withdrawn
        ],
        "feeds": {one.id: _below(atom.path(one)) for one in feeds},
        "change_feeds": {one.id: _below(changes.path(one)) for one in feeds},
        "calendars": {one.id: _below(calendars.path(one)) for one in timed},
        "citations": [
            {"path": f"cite/{{kind}}/{{id}}.{one.suffix}", "type": one.type, "title": one.name} for one in cite.FORMATS
        ],
    }


def _below(path: str) -> str:
    return path.removeprefix(API)


def index_schema(edition: Edition) -> JsonSchema:
    """Return the schema of the index."""
    text: JsonSchema = {"type": "string"}
    paths: JsonSchema = {"type": "object", "additionalProperties": text}

    def objects(**properties: JsonSchema) -> JsonSchema:
        return {
            "type": "array",
            "items": {"type": "object", "properties": properties, "required": list(properties)},
        }

    properties: JsonSchema = {
        "name": {**text, "description": "What the data are called."},
        "description": {**text, "description": "What they are."},
        "site": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The address of the site, where it has one.",
        },
        "schema_version": {**text, "description": "Version of the schema (semver.org)."},
        "data_version": {
            **text,
            "description": "Version of the data: that of a release, or of the last one with a hash.",
        },
        "licence": {**text, "description": "SPDX identifier of the licence."},
        "licence_url": {**text, "format": "uri", "description": "The licence."},
        "quotations": {**text, "description": "What the licence does not cover."},
        "kinds": {
            **objects(kind=text, count={"type": "integer"}, list=text, record=text, schema=text),
            "description": "The kinds of record; paths are below the folder of this file.",
        },
        "files": {
            **objects(path=text, type=text, title=text),
            "description": "The files that hold the data as a whole.",
        },
        "withdrawn": {
            **objects(what=text, to={"type": ["string", "null"]}, because=text, date=text),
            "description": "What was published and is no more: a fact's id or a page, what takes its place, and why.",
        },
        "feeds": {**paths, "description": "The Atom feed of each summit, leader and topic, by id."},
        "change_feeds": {
            **paths,
            "description": "The Atom feed of the changes that concern each summit, leader and topic, by id.",
        },
        "calendars": {**paths, "description": "The calendar of each leader and series, by id."},
        "citations": {
            **objects(path=text, type=text, title=text),
            "description": "How to cite each record that has a page of its own; for a source, its facts too.",
        },
    }
    return {
        "$schema": schema.DIALECT,
        **({"$id": edition.site + INDEX_SCHEMA} if edition.site else {}),
        "$comment": f"{NAME}, schema version {SCHEMA_VERSION}",
        "title": "Index",
        "description": "What the API holds.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


LISTS = {f"{one.pages}/index.md": one for one in KINDS if one.pages}
_OF_PAGES = {
    "facts/index.md": ("fact.json", "facts.csv"),
    "quotations/index.md": ("quotations.csv",),
    "figures/index.md": ("figures.csv",),
    "timeline/index.md": ("calendar/events.ics", "events.csv"),
    "summits/index.md": ("calendar/events.ics", "events.csv"),
    "meetings/index.md": ("calendar/events.ics", "events.csv"),
    "leaders/index.md": ("people.csv",),
    "topics/index.md": ("topics.ttl", "topics.jsonld", "topics.csv"),
    "posts/index.md": ("posts.csv",),
    "sources/index.md": ("sources.csv",),
    PAGE: ("index.json", "datapackage.json"),
    "changes/index.md": ("changes.json", "feed/changes.xml"),
}


def alternates(page: str, record: Entity | None) -> Iterator[Alternate]:
    """Yield the other forms of the page at the path *page* of docs/, which is that of *record* or of no single one."""
    if record:
        yield Alternate(f"{API}{record.kind_name}/{record.id}.json", JSON, f"{record.name}: data")
        if isinstance(record, atom.OF):
            yield Alternate(atom.path(record), ATOM, f"{record.name}: facts")
            yield Alternate(changes.path(record), ATOM, f"{record.name}: changes")
        if isinstance(record, Leader):
            yield Alternate(calendars.path(record), ICAL, f"{record.name}: calendar")
        return
    titles = {one.href: one for one in (*downloads(), Alternate(INDEX, JSON, "All data files."))}
    own = [f"{API}{LISTS[page].kind_name}.json"] if page in LISTS else []
    for path in (*own, *(API + one for one in _OF_PAGES.get(page, ()))):
        yield titles[path]


def with_data(text: str, page: str, record: Entity | None, records: Records) -> str:
    """Return the page *text* with links to its other forms and its JSON-LD; *page* is its path, it shows *record*.

    What says what the record is stands on its first page only.
    """
    graph: Sequence[jsonld.Node] = ()
    if record and page == f"{record.pages}/{record.id}.md":
        graph = jsonld.page_graph(record, records)
    elif page == "index.md":
        graph = [jsonld.website(records)]
    elif page == PAGE:
        graph = [jsonld.dataset({one.href: one.type for one in downloads()}, records, "data/")]
    picture = share.image(page, record) if records.edition.site else ""
    return with_links(text + _cite(page, record), alternates(page, record), graph, picture)


def _cite(page: str, record: Entity | None) -> str:
    """Return the box at the end of the page at the path *page* that leads to how to cite it, or the data as a whole."""
    what = "Cite this page, or one of its facts" if isinstance(record, Source) else "Cite this page"
    up = "../" * page.count("/")
    ways = (link(one.name, up + cite.path(record, one.suffix)) for one in cite.FORMATS)
    return f"""
<details class="cite" markdown>
<summary>{what if record else f"Cite {NAME}"}</summary>

As files: {join(ways, " · ")}

</details>
"""


def with_links(text: str, others: Iterable[Alternate], graph: Sequence[jsonld.Node], picture: str = "") -> str:
    """Return the page *text* with *others* in its front matter, for the head of its HTML, and *graph* at its end.

    *picture* is the path of what other sites show beside a link to it, or "".
    """
    lines = [f"  - {{href: {dumps(one.href)}, type: {one.type}, title: {dumps(one.title)}}}\n" for one in others]
    lines = (["alternates:\n", *lines] if lines else []) + ([f"image: {picture}\n"] if picture else [])
    if lines:
        head, mark, rest = text.partition("\n---\n")
        assert mark, text[:80]
        text = f"{head}\n{''.join(lines)}---\n{rest}"
    return f"{text}\n{jsonld.script(graph)}\n" if graph else text


def files(records: Records) -> Iterator[File]:
    """Yield what programs look for at the top of a site."""
    edition = records.edition
    yield File("robots.txt", _robots(edition).encode())
    yield File("llms.txt", _llms(records).encode())
    if edition.site:  # the standard wants full addresses, browsers take no others
        yield File("opensearch.xml", _opensearch(edition).encode())


def _robots(edition: Edition) -> str:
    lines = [f"# {SIGN}", "User-agent: *", "Allow: /"]
    return "\n".join([*lines, *([f"Sitemap: {edition.site}sitemap.xml"] if edition.site else [])]) + "\n"


def _opensearch(edition: Edition) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- {SIGN} -->
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{escape(NAME)}</ShortName>
  <Description>Search {escape(NAME)}: leaders, summits, topics, and single facts.</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Language>en</Language>
  <Image height="16" width="16" type="image/svg+xml">{escape(edition.site)}assets/mark.svg</Image>
  <Url type="text/html" method="get" template="{escape(edition.site)}?q={{searchTerms}}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="{escape(edition.site)}opensearch.xml"/>
</OpenSearchDescription>
"""


_PAGES = (
    ("summits/", "Summits", "each with the road that led to it"),
    ("meetings/", "Meetings", "who met, when and on what"),
    ("leaders/", "Leaders", "posts, meetings, statements"),
    ("topics/", "Topics", "each as a history of facts"),
    ("facts/", "Facts", "all, by year"),
    ("sources/", "Sources", "article by article, paragraph by paragraph"),
    ("trust/", "Trust", "how far each value is proven, and where the proof ends"),
    ("changes/", "Changes", "what each release added, corrected and retracted"),
    ("data/", "Data", "every field, the licence, how to cite"),
)


def _llms(records: Records) -> str:
    def link(path: str, title: str, about: str) -> str:
        return f"- [{title}]({records.edition.href(path, 'llms.txt') or './'}): {about}"

    return "\n".join(
        [
            f"# {NAME}",
            "",
            f"> {SUMMARY}",
            "",
            f"<!-- {SIGN} -->",
            "",
            "Each fact is one sentence with its date, who said or did it, and evidence: `proven` (the words were found",
            "in the named paragraph of the article), `cited` (a page is named) or `inferred` (with the reasoning). A",
            "plan stays one as of its day; what came of it is another fact. What is not known is said, with a reason.",
            "When you use a fact, give its address and its source, and do not turn cited or inferred into proven.",
            "",
            f"Licence of the data: {LICENCE}, {LICENCE_URL}. {QUOTATIONS}",
            "",
            "## Pages",
            "",
            *(link(*one) for one in _PAGES),
            "",
            "## Data",
            "",
            link(INDEX, "index.json", "what there is, with the versions of data and schema"),
            *(link(one.href, one.href.removeprefix(API), one.title) for one in downloads()),
            "",
        ]
    )
