"""Tables -> one SQLite file with full-text search, and what Datasette needs to show it well.

The same rows give the same bytes, whatever the machine; the version of SQLite that its header names is left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from generator.export.edition import (
    LICENCE,
    LICENCE_TITLE,
    LICENCE_URL,
    NAME,
    QUOTATIONS,
    SCHEMA_VERSION,
    SUMMARY,
    Edition,
    dumps,
)
from generator.export.tables import TABLES, Column, Row, Table

DATABASE = "summit-record"
"""The name of the file, and of the database in Datasette."""

_TYPES = {"integer": "INTEGER", "number": "NUMERIC"}
_VERSIONS = slice(92, 100)
"""Where the header has the version of the library that wrote the file, and the counter that goes with it."""


def database(rows: Mapping[str, Iterable[Row]], edition: Edition) -> bytes:
    """Return the SQLite file of *rows*, by table; lists are JSON arrays, and `<table>_fts` is the search (FTS5)."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO about VALUES (?, ?)", _about(edition).items())
        for table in TABLES:
            _fill(connection, table, rows[table.name])
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        content = bytearray(connection.serialize())
    finally:
        connection.close()
    content[_VERSIONS] = content[24:28] + b"\0\0\0\0"
    return bytes(content)


def _about(edition: Edition) -> dict[str, str]:
    about = {"name": NAME, "schema_version": SCHEMA_VERSION, "data_version": edition.version, "site": edition.site}
    return {**about, "licence": LICENCE, "licence_url": LICENCE_URL, "quotations": QUOTATIONS}


def _fill(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    name = table.name
    columns = [*(_declared(one) for one in table.columns), f"PRIMARY KEY ({', '.join(table.key)})"]
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {name} VALUES ({places})", table.written(rows, dumps))
    for one in table.columns:
        if one.refers_to and (one.name,) != table.key[:1]:
            connection.execute(f"CREATE INDEX {name}_{one.name} ON {name} ({one.name})")
    if table.search:
        searched = ", ".join(table.search)
        options = f"content='{name}', tokenize='unicode61 remove_diacritics 2'"
        connection.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({searched}, {options})")
        connection.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
        connection.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('optimize')")


def _declared(column: Column) -> str:
    reference = f" REFERENCES {column.refers_to} (id)" if column.refers_to else ""
    return f"{column.name} {_TYPES.get(column.type, 'TEXT')}{reference}"


_QUERIES = {
    "find_anything": {
        "title": "Find anything",
        "description": "Facts, quotations and names that have these words; write name* for the start of a word.",
        "sql": "select 'fact' as found, facts.id as record, facts.text as words from facts_fts "
        "join facts on facts.rowid = facts_fts.rowid where facts_fts match escape_fts(:words) union all "
        "select 'quotation', quotations.fact, quotations.exact from quotations_fts "
        "join quotations on quotations.rowid = quotations_fts.rowid where quotations_fts match escape_fts(:words) "
        "union all select 'name', names.record, names.name from names_fts "
        "join names on names.rowid = names_fts.rowid where names_fts match escape_fts(:words)",
    },
    "who_said_it": {
        "title": "Quotations with their speakers and posts",
        "sql": "select quotations.time, speaker.name as speaker, post.name as post, quotations.exact, "
        "sources.publisher from quotations join records as speaker on speaker.id = quotations.speaker "
        "left join posts as post on post.id = quotations.post join sources on sources.id = quotations.source "
        "order by quotations.time_earliest, quotations.fact",
    },
    "who_met_whom": {
        "title": "Who met whom, and how often",
        "sql": "select a.name as one, b.name as other, count(*) as meetings from participants as p "
        "join participants as q on q.event = p.event and q.person > p.person "
        "join people as a on a.id = p.person join people as b on b.id = q.person "
        "group by p.person, q.person order by meetings desc, one, other",
    },
}
_FACETS = {
    "facts": ["kind", "basis", {"array": "by"}, {"array": "about"}, "status"],
    "quotations": ["speaker", "post", "source"],
    "events": ["type", "status", "place", "prepares"],
    "sources": ["type", "publisher", "language"],
    "evidence": ["basis", "source", "field"],
    "records": ["kind"],
    "names": ["kind"],
    "figures": ["measure"],
}
_SORT = {"facts": "time_earliest", "quotations": "time_earliest", "events": "date_earliest", "figures": "time_earliest"}


def datasette(edition: Edition) -> dict[str, Any]:
    """Return the metadata for `datasette serve summit-record.sqlite --metadata datasette.json`."""
    return {
        "title": NAME,
        "description": f"{SUMMARY} {QUOTATIONS}",
        "license": LICENCE_TITLE,
        "license_url": LICENCE_URL,
        "source": NAME,
        **({"source_url": edition.site} if edition.site else {}),
        "databases": {
            DATABASE: {
                "tables": {
                    "about": {"hidden": True},
                    **{one.name: _shown(one) for one in TABLES},
                    **{f"{one.name}_fts": {"hidden": True} for one in TABLES if one.search},
                },
                "queries": _QUERIES,
            }
        },
    }


def _shown(table: Table) -> dict[str, Any]:
    names = [one.name for one in table.columns]
    label = next((name for name in ("name", "text", "exact") if name in names), None)
    return {
        "title": table.title,
        "description": table.description,
        "columns": {one.name: one.description for one in table.columns},
        **({"label_column": label} if label else {}),
        **({"facets": _FACETS[table.name]} if table.name in _FACETS else {}),
        **({"sort": _SORT[table.name]} if table.name in _SORT else {}),
        **({"fts_table": f"{table.name}_fts"} if table.search else {}),
    }
