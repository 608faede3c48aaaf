"""Facts -> Atom feeds (RFC 4287): all, and those of each summit, leader and topic.

An entry is as new as the newest report of its fact: `updated` is a day on which a source published it, never the
clock's. The ids are those of the facts, the same in each feed and at any address of the site.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from generator.export.edition import API, AUTHOR, LICENCE_URL, NAME, SUMMARY, Edition, instant, urn
from generator.export.records import Records
from generator.model import Entity, Fact, Leader, Summit, Topic
from generator.targets import File, Target

NEWEST = 100
"""The most entries of a feed; all facts are in the JSON."""

ALL = f"{API}feed/facts.xml"
OF = (Summit, Leader, Topic)
"""The kinds of record with a feed for each."""


def path(record: Entity) -> str:
    """Return the path of the feed of *record*."""
    return f"{API}feed/{record.kind_name}/{record.id}.xml"


def targets(records: Records) -> Iterator[Target]:
    """Yield what makes each feed; a record without a fact has an empty one, so that the address can be followed."""
    yield Target(ALL, partial(_feed, None, records))
    for kind in OF:
        for one in records.links.base.all(kind):
            yield Target(path(one), partial(_feed, one.id, records))


def _feed(id: str | None, records: Records) -> Iterator[File]:
    """Yield the feed of the record *id*, or of all facts."""
    links = records.links
    record = links.base.records[id] if id else None
    if isinstance(record, OF):
        by = links.at if isinstance(record, Summit) else links.by
        facts: Iterable[Fact] = {fact for found in (by, links.about) for fact in found.get(record.id, ())}
        at, what, title = path(record), f"feed:{record.kind_name}:{record.id}", f"{NAME}: {record.name}"
    else:
        facts, at, what, title = links.facts, ALL, "feed:facts", f"{NAME}: facts"
    days = {fact: records.told_on(fact) for fact in facts}
    newest = sorted(days, key=lambda fact: (days[fact], fact.time.sort_key, fact.id), reverse=True)[:NEWEST]
    updated = days[newest[0]] if newest else records.latest
    lines = [*head(at, what, title, records.address(record.id) if record else "facts/", updated, records.edition)]
    for fact in newest:
        lines += _entry(fact, days[fact], at, records)
    yield File(at, "\n".join([*lines, "</feed>\n"]).encode())


def head(
    path: str, what: str, title: str, page: str, updated: datetime.date, edition: Edition, subtitle: str = SUMMARY
) -> Iterator[str]:
    """Yield the lines of the feed at *path* up to its entries; *what* its id is made from, *page* says the same."""
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    yield f"  <id>{urn(what)}</id>"
    yield f"  <title>{escape(title)}</title>"
    yield f"  <subtitle>{escape(subtitle)}</subtitle>"
    yield f"  <updated>{instant(updated)}</updated>"
    yield f"  <author><name>{escape(AUTHOR)}</name></author>"
    yield f"  <rights>{escape(f'CC BY 4.0, {LICENCE_URL}')}</rights>"
    if edition.site:
        yield f'  <link rel="self" type="application/atom+xml" href={quoteattr(edition.site + path)}/>'
    yield f'  <link rel="alternate" type="text/html" href={quoteattr(edition.href(page, path))}/>'


def _entry(fact: Fact, day: datetime.date, at: str, records: Records) -> Iterator[str]:
    record = records.json(fact.id)
    yield "  <entry>"
    yield f"    <id>{urn(f'fact:{fact.id}')}</id>"
    yield f"    <title>{escape(fact.text)}</title>"
    yield f"    <updated>{instant(day)}</updated>"
    yield f'    <link rel="alternate" type="text/html" href={quoteattr(records.edition.href(record["page"], at))}/>'
    for id in fact.about:
        if isinstance(records.links.base.records[id], Topic):
            yield f"    <category term={quoteattr(id)} label={quoteattr(records.name(id))}/>"
    yield f'    <content type="text">{escape(_content(fact, records))}</content>'
    yield "  </entry>"


def _content(fact: Fact, records: Records) -> str:
    record = records.json(fact.id)
    as_of = "" if fact.date else "As of "
    lines = [fact.text, f"{as_of}{record['time']['words']} · {fact.kind} · {record['basis']}"]
    lines += [f"“{one['exact']}” – {records.name(one['speaker'])}" for one in record["quotations"]]
    for one in record["evidence"]:
        paragraph = f", paragraph {one['paragraph']}" if one["paragraph"] else ""
        lines.append(f"Source: {records.name(one['source'])}{paragraph} ({one['basis']})")
    return "\n".join(lines)
