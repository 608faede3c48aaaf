"""The fact base -> data files for programs, made by the same run as the pages and from the same values.

edition     versions, licence, permanent ids
fields      what each field means -> schema, tables, the page of the data
records     a record -> what programs get of it
…           records -> JSON, CSV, SQLite, SKOS, Atom, iCalendar, JSON-LD, citations
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.export import atom, calendars, changes, cite, csvs, database, discovery, schema, share, skos
from generator.export.edition import API, LICENCE, NOWHERE, SCHEMA_VERSION, Edition, File, by_line, dumps, indented
from generator.export.records import Records
from generator.export.tables import TABLES
from generator.links import Links
from generator.model import KINDS, FactBase

__all__ = ["API", "NOWHERE", "SCHEMA_VERSION", "Edition", "File", "Records", "export", "files"]


def export(base: FactBase, site: str = "", version: str = "") -> Iterator[File]:
    """Yield every data file of *base*, whose site is at *site* ("" where it has no address yet).

    *version* is that of the data; without one it is made from the data themselves.
    """
    return files(Records(Links(base), Edition(site, version)))


def files(records: Records) -> Iterator[File]:
    """Yield every data file of *records*: first those below API with the list of their checksums, then the others."""
    made = list(_data(records))
    yield from made
    yield checksums(made)
    yield from discovery.files(records)
    yield from share.pictures(records)


def checksums(files: Iterable[File]) -> File:
    """Return the list of the SHA-256 of *files*, for `sha256sum --check` in the folder API."""
    sums = {one.path.removeprefix(API): hashlib.sha256(one.content).hexdigest() for one in files}
    lines = (f"{sums[path]}  {path}\n" for path in sorted(sums))
    return File(f"{API}checksums.sha256", "".join(lines).encode())


def _data(records: Records) -> Iterator[File]:
    edition = replace(records.edition, version=records.version)
    yield File(f"{API}index.json", indented(discovery.index(records)))
    yield from _json(records)
    rows = {table.name: list(table.cells(records)) for table in TABLES}
    tables = {one.name: File(f"{API}{one.name}.csv", csvs.csv_file(one, rows[one.name])) for one in TABLES}
    yield from tables.values()
    yield File(f"{API}datapackage.json", indented(csvs.datapackage(tables, edition)))
    yield File(f"{API}{database.DATABASE}.sqlite", database.database(rows, edition))
    yield File(f"{API}datasette.json", indented(database.datasette(edition)))
    yield File(skos.TURTLE, skos.turtle(records))
    yield File(skos.JSON_LD, skos.json_ld(records))
    yield from atom.feeds(records)
    yield from changes.files(records)
    yield from calendars.calendars(records)
    yield from cite.citations(records)


def _json(records: Records) -> Iterator[File]:
    """Yield each record, the list of each kind with a record a line, and the schemas of both."""
    for kind, of_kind in records.encoded.items():
        folder = f"{API}{kind.kind_name}"
        head = dumps(f"../schema/{kind.kind_name}.json")
        lines = []
        for id, pairs in of_kind.items():
            own = "".join(f",\n  {key}: {value}" for key, value in pairs)
            yield File(f"{folder}/{id}.json", f'{{\n  "$schema": {head}{own}\n}}\n'.encode())
            lines.append("{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}")
        about = {
            "$schema": f"schema/{kind.kind_name}-list.json",
            "kind": kind.kind_name,
            "schema_version": SCHEMA_VERSION,
            "licence": LICENCE,
            "count": len(lines),
        }
        start = by_line(about).decode().removesuffix("\n}\n")
        all_of_them = ",\n".join(lines)
        yield File(f"{folder}.json", f'{start},\n  "records": [\n{all_of_them}\n  ]\n}}\n'.encode())
    for kind in KINDS:
        yield File(schema.path(kind), indented(schema.record_schema(kind, records.edition)))
        yield File(schema.path(kind, of_list=True), indented(schema.list_schema(kind, records.edition)))
    yield File(discovery.INDEX_SCHEMA, indented(discovery.index_schema(records.edition)))
