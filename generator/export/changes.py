"""What releases changed -> JSON and Atom feeds: all, and those of each summit, leader and topic.

Made from the files of data/changes/, in which each release was frozen; an entry is as new as its release.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from generator.export import atom, schema
from generator.export.edition import API, LICENCE, NAME, SCHEMA_VERSION, Edition, indented, instant, urn
from generator.export.fields import DATE, JsonSchema, inner, meaning
from generator.export.records import Records
from generator.links import Links
from generator.model import Change, Entity, Release, references
from generator.targets import File

JSON, JSON_SCHEMA = f"{API}changes.json", f"{API}schema/changes.json"
ALL = f"{API}feed/changes.xml"
PAGE = "changes/"
SUBTITLE = "What was added, changed, corrected and retracted, release by release, with the reason for every correction."


def path(record: Entity) -> str:
    """Return the path of the feed of the changes that concern *record*."""
    return f"{API}feed/changes/{record.kind_name}/{record.id}.xml"


def page(release: Release) -> str:
    """Return the path of the page of *release* below the top of the site."""
    return f"{PAGE}{release.version}/"


def files(records: Records) -> Iterator[File]:
    """Yield the JSON of all changes with its schema, and every feed."""
    releases = records.links.base.register.releases[::-1]
    about = {
        "$schema": "schema/changes.json",
        "schema_version": SCHEMA_VERSION,
        "licence": LICENCE,
        "count": len(releases),
        "releases": [records.shape(one) for one in releases],
    }
    yield File(JSON, indented(about))
    yield File(JSON_SCHEMA, indented(changes_schema(records.edition)))
    yield from feeds(records)


def changes_schema(edition: Edition) -> JsonSchema:
    """Return the schema of the JSON of all changes."""
    properties: JsonSchema = {
        "schema_version": {"type": "string", "description": "Version of the schema (semver.org)."},
        "licence": {"type": "string", "description": "SPDX identifier of the licence of the data."},
        "count": {"type": "integer", "minimum": 0, "description": "How many releases there were."},
        "releases": {
            "type": "array",
            "items": {"$ref": "#/$defs/Release"},
            "description": "The releases, the latest first.",
        },
    }
    return {
        **schema.head(JSON_SCHEMA, "Changes", "What each release changed.", edition),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": {one.__name__: {"description": meaning(one), **schema.of_shape(one)} for one in inner(Release)}
        | {"Date": DATE},
    }


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: what its id is made from, its title, its day, its page, and what it says."""

    what: str
    title: str
    day: datetime.date
    page: str
    lines: tuple[str, ...]
    concerns: tuple[str, ...] = ()


def feeds(records: Records) -> Iterator[File]:
    """Yield every feed of changes; a record that no change concerns has an empty one, so that it can be followed."""
    links = records.links
    entries = list(_entries(records))
    by_record: dict[str, list[Entry]] = {}
    for entry in entries:
        for id in entry.concerns:
            by_record.setdefault(id, []).append(entry)
    releases = links.base.register.releases
    last = releases[-1].date.first if releases else datetime.date(1970, 1, 1)
    yield _feed(ALL, "feed:changes", f"{NAME}: changes", PAGE, entries, last, records)
    for kind in atom.OF:
        for one in links.base.all(kind):
            title = f"{NAME}: changes to {one.name}"
            own = by_record.get(one.id, [])
            at = records.address(one.id)
            yield _feed(path(one), f"feed:changes:{one.kind_name}:{one.id}", title, at, own, last, records)


def _feed(
    path: str, what: str, title: str, page: str, entries: Iterable[Entry], last: datetime.date, records: Records
) -> File:
    newest = list(islice(entries, atom.NEWEST))
    updated = newest[0].day if newest else last
    lines = [*atom.head(path, what, title, page, updated, records.edition, SUBTITLE)]
    for one in newest:
        lines += [
            "  <entry>",
            f"    <id>{urn(one.what)}</id>",
            f"    <title>{escape(one.title)}</title>",
            f"    <updated>{instant(one.day)}</updated>",
            f'    <link rel="alternate" type="text/html" href={quoteattr(records.edition.href(one.page, path))}/>',
            f'    <content type="text">{escape(chr(10).join(one.lines))}</content>',
            "  </entry>",
        ]
    return File(path, "\n".join([*lines, "</feed>\n"]).encode())


def _entries(records: Records) -> Iterator[Entry]:
    """Yield the entries of the feed of all changes, the latest release first, what it is about before what it did."""
    links = records.links
    for release in links.base.register.releases[::-1]:
        day = release.date.first
        counts = ", ".join(f"{number:,} {kind}" for kind, number in release.counts.items())
        yield Entry(
            f"release:{release.version}",
            f"Release {release.version}: {release.about}",
            day,
            page(release),
            (release.about, f"Records by kind: {counts}."),
        )
        for change in release.changes:
            title = f"{change.change.capitalize()}: {change.name}"
            yield Entry(
                f"change:{release.version}:{change.record}",
                title,
                day,
                address(change.record, records) or page(release),
                tuple(_told(change)),
                change.concerns,
            )
        for ids in release.added.values():
            for id in ids:
                if id in links.base.records:
                    yield Entry(
                        f"change:{release.version}:{id}",
                        f"Added: {records.name(id)}",
                        day,
                        records.address(id),
                        (records.name(id),),
                        concerned(id, links),
                    )


def address(id: str, records: Records) -> str:
    """Return the path of the page of the record *id*; "" where it is no more."""
    return records.address(id) if id in records.links.base.records else ""


def concerned(id: str, links: Links) -> tuple[str, ...]:
    """Return the ids of the records with a feed that the record *id* is or names, each once."""
    record = links.base.records[id]
    named = (one for _, one, _ in references(record))
    return tuple(one for one in dict.fromkeys((id, *named)) if isinstance(links.base.records.get(one), atom.OF))


def _told(change: Change) -> Iterator[str]:
    yield change.name
    if change.because:
        yield f"Why: {change.because}"
    for value in change.values:
        yield f"{value.field}: {_quoted(value.before)} -> {_quoted(value.after)}"


def _quoted(value: str | None) -> str:
    return "nothing" if value is None else f"“{value}”"
