"""The fact base -> data files for programs, made by the same run as the pages and from the same values.

edition     versions, licence, permanent ids
fields      what each field means -> schema, tables, the page of the data
records     a record -> what programs get of it
…           records -> JSON, CSV, SQLite, SKOS, Atom, iCalendar, JSON-LD, citations
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from generator.export import atom, calendars, changes, cite, csvs, database, discovery, schema, share, skos
from generator.export.edition import API, LICENCE, NOWHERE, SCHEMA_VERSION, Edition, by_line, dumps, indented
from generator.export.records import Records
from generator.export.tables import TABLES
from generator.links import Links
from generator.model import KINDS, FactBase, Record
from generator.targets import File, Target

__all__ = ["API", "NOWHERE", "SCHEMA_VERSION", "Edition", "File", "Records", "checksums", "export", "files", "targets"]

CHECKSUMS = f"{API}checksums.sha256"


def export(base: FactBase, site: str = "", version: str = "") -> Iterator[File]:
    """Yield every data file of *base*, whose site is at *site* ("" where it has no address yet).

    *version* is that of the data; without one it is made from the data themselves.
    """
    return files(Records(Links(base), Edition(site, version)))


def files(records: Records) -> Iterator[File]:
    """Yield every data file of *records*: first those below API with the list of their checksums, then the others."""
    made = [File(one.path, one.content) for target in targets(records) for one in target.make()]
    sums = {one.path: hashlib.sha256(one.content).hexdigest() for one in made}
    yield from (one for one in made if one.path.startswith(API))
    yield checksums(sums)
    yield from (one for one in made if not one.path.startswith(API))


def checksums(sums: Mapping[str, str]) -> File:
    """Return the list of *sums*, the SHA-256 of files by path, for `sha256sum --check` in the folder API."""
    lines = (f"{sums[path]}  {path.removeprefix(API)}\n" for path in sorted(sums) if path.startswith(API))
    return File(CHECKSUMS, "".join(lines).encode())


def targets(records: Records) -> Iterator[Target]:
    """Yield what makes the data files of *records*, but for the list of their checksums."""
    yield Target("data", partial(_whole, records))
    yield Target("data/schemas", partial(_schemas, records.edition))
    for record in records.links.base.records.values():
        yield Target(f"data/{record.id}", partial(_json, record, records))
    yield from atom.targets(records)
    yield Target("data/changes", partial(changes.files, records))
    yield Target("data/calendars", partial(calendars.calendars, records))
    yield from cite.targets(records)
    yield Target("discovery", partial(discovery.files, records))
    yield Target("share", partial(share.pictures, records))


def _whole(records: Records) -> Iterator[File]:
    """Yield what holds the records all together: the index, a list of each kind, tables, SKOS."""
    edition = replace(records.edition, version=records.version)
    yield File(f"{API}index.json", indented(discovery.index(records)))
    yield from _lists(records)
    rows = {table.name: list(table.cells(records)) for table in TABLES}
    tables = {one.name: File(f"{API}{one.name}.csv", csvs.csv_file(one, rows[one.name])) for one in TABLES}
    yield from tables.values()
    yield File(f"{API}datapackage.json", indented(csvs.datapackage(tables, edition)))
    yield File(f"{API}{database.DATABASE}.sqlite", database.database(rows, edition))
    yield File(f"{API}datasette.json", indented(database.datasette(edition)))
    yield File(skos.TURTLE, skos.turtle(records))
    yield File(skos.JSON_LD, skos.json_ld(records))


def _json(record: Record, records: Records) -> Iterator[File]:
    """Yield the file of *record*."""
    head = dumps(f"../schema/{record.kind_name}.json")
    own = "".join(f",\n  {key}: {value}" for key, value in records.encoded(record.id))
    yield File(f"{API}{record.kind_name}/{record.id}.json", f'{{\n  "$schema": {head}{own}\n}}\n'.encode())


def _lists(records: Records) -> Iterator[File]:
    """Yield the list of each kind, with a record a line."""
    for kind, of_kind in records.by_kind.items():
        lines = ["{" + ", ".join(f"{key}: {value}" for key, value in records.encoded(id)) + "}" for id in of_kind]
        about = {
            "$schema": f"schema/{kind.kind_name}-list.json",
            "kind": kind.kind_name,
            "schema_version": SCHEMA_VERSION,
            "licence": LICENCE,
            "count": len(lines),
        }
        start = by_line(about).decode().removesuffix("\n}\n")
        all_of_them = ",\n".join(lines)
        yield File(f"{API}{kind.kind_name}.json", f'{start},\n  "records": [\n{all_of_them}\n  ]\n}}\n'.encode())


def _schemas(edition: Edition) -> Iterator[File]:
    """Yield the schemas of records, of their lists and of the index."""
    for kind in KINDS:
        yield File(schema.path(kind), indented(schema.record_schema(kind, edition)))
        yield File(schema.path(kind, of_list=True), indented(schema.list_schema(kind, edition)))
    yield File(discovery.INDEX_SCHEMA, indented(discovery.index_schema(edition)))
