"""Tables -> CSV files (RFC 4180) and the Data Package that describes them (datapackage.org, version 2).

A value stands there as it is: none gets an apostrophe against spreadsheets that take `=` or `-` for a formula, since
it would no longer be the value. Whoever opens the files in a spreadsheet imports the columns as text.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import Any

from generator.export.edition import AUTHOR, LICENCE, LICENCE_TITLE, LICENCE_URL, NAME, SUMMARY, Edition
from generator.export.tables import TABLES, Column, Row, Table
from generator.targets import File

SEPARATOR = ";"
"""Between the ids of a list."""

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def csv_file(table: Table, rows: Iterable[Row]) -> bytes:
    """Return *rows* of *table* as CSV in UTF-8, with a line of names first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([one.name for one in table.columns])
    writer.writerows(table.written(rows, SEPARATOR.join))
    return text.getvalue().encode()


def datapackage(files: dict[str, File], edition: Edition) -> dict[str, Any]:
    """Return the Data Package of *files*, the CSV file of each table by its name."""
    home = {"homepage": edition.site} if edition.site else {}
    return {
        "$schema": PROFILE,
        "name": "summit-record",
        "title": NAME,
        "description": SUMMARY,
        "version": edition.version,
        **home,
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "contributors": [{"title": AUTHOR, "roles": ["author"]}],
        "keywords": ["NATO", "summits", "facts", "quotations", "sources"],
        "resources": [_resource(one, files[one.name]) for one in TABLES],
    }


def _resource(table: Table, file: File) -> dict[str, Any]:
    references = [
        {"fields": [one.name], "reference": {"resource": one.refers_to, "fields": ["id"]}}
        for one in table.columns
        if one.refers_to
    ]
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": file.path.rpartition("/")[2],
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        "schema": {
            "fields": [_field(one, table) for one in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.name in table.key else {}
    about, kind = column.description, column.type
    if column.type == "list":  # the specification has a type for it, its own profile and most programs have not
        kind, about = "string", f"{about} Joined by {SEPARATOR!r}."
        constraints["pattern"] = f"[a-z0-9_-]+({SEPARATOR}[a-z0-9_-]+)*"
    return {
        "name": column.name,
        "type": kind,
        "description": about,
        **({"constraints": constraints} if constraints else {}),
    }
