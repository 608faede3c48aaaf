"""Facts -> Atom feeds (RFC 4287): all, and those of each summit, leader and topic.

An entry is as new as the newest report of its fact: `updated` is a day on which a source published it, never the
clock's. The ids are those of the facts, the same in each feed and at any address of the site.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from generator.export.edition import API, AUTHOR, LICENCE_URL, NAME, SUMMARY, Edition, File, instant, urn
from generator.export.records import Records
from generator.links import by_time
from generator.model import Entity, Fact, Leader, Source, Summit, Topic

NEWEST = 100
"""The most entries of a feed; all facts are in the JSON."""

ALL = f"{API}feed/facts.xml"
OF = (Summit, Leader, Topic)
"""The kinds of record with a feed for each."""


def path(record: Entity) -> str:
    """Return the path of the feed of *record*."""
    return f"{API}feed/{record.kind_name}/{record.id}.xml"


@dataclass(frozen=True)
class _Feed:
    path: str
    what: str
    title: str
    page: str
    facts: tuple[Fact, ...]


def feeds(records: Records) -> Iterator[File]:
    """Yield every feed; a record without a fact has an empty one, so that the address can be followed."""
    links = records.links
    days = {fact.id: _day(fact, records) for fact in links.facts}
    last = max(days.values(), default=datetime.date(1970, 1, 1))
    for feed in _feeds(records):
        newest = sorted(feed.facts, key=lambda fact: (days[fact.id], fact.time.sort_key, fact.id), reverse=True)[
            :NEWEST
        ]
        updated = max((days[one.id] for one in newest), default=last)
        yield File(feed.path, "\n".join(_lines(feed, newest, days, updated, records)).encode())


def _feeds(records: Records) -> Iterator[_Feed]:
    links = records.links
    yield _Feed(ALL, "feed:facts", f"{NAME}: facts", "facts/", links.facts)
    for kind in OF:
        for one in links.base.all(kind):
            relations = (links.at,) if kind is Summit else (links.by,)
            facts = {fact for found in (*relations, links.about) for fact in found.get(one.id, ())}
            title = f"{NAME}: {one.name}"
            yield _Feed(path(one), f"feed:{one.kind_name}:{one.id}", title, records.address(one.id), by_time(facts))


def _day(fact: Fact, records: Records) -> datetime.date:
    """Return the last day on which a source of *fact* was published; where none has a date, the fact's own."""
    sources = (records.links.base.records[one.source] for one in fact.evidence)
    published = [
        one.published.last for one in sources if isinstance(one, Source) and one.published and one.published.end
    ]
    return max(published) if published else fact.time.last if fact.time.end else fact.time.first


def _lines(
    feed: _Feed, facts: Iterable[Fact], days: dict[str, datetime.date], updated: datetime.date, records: Records
) -> Iterator[str]:
    yield from head(feed.path, feed.what, feed.title, feed.page, updated, records.edition)
    for fact in facts:
        yield from _entry(fact, days[fact.id], feed.path, records)
    yield "</feed>\n"


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
    record = records.by_kind[Fact][fact.id]
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
    record = records.by_kind[Fact][fact.id]
    as_of = "" if fact.date else "As of "
    lines = [fact.text, f"{as_of}{record['time']['words']} · {fact.kind} · {record['basis']}"]
    lines += [f"“{one['exact']}” – {records.name(one['speaker'])}" for one in record["quotations"]]
    for one in record["evidence"]:
        paragraph = f", paragraph {one['paragraph']}" if one["paragraph"] else ""
        lines.append(f"Source: {records.name(one['source'])}{paragraph} ({one['basis']})")
    return "\n".join(lines)
