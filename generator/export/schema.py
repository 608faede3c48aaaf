"""Fields -> JSON Schemas (draft 2020-12), one for a record of each kind and one for the list of all of them.

They are open: a later minor version may add fields, and what was checked against this version still passes then.
"""

from __future__ import annotations

from typing import Any

from generator.export.edition import API, NAME, SCHEMA_VERSION, Edition
from generator.export.fields import DATE, JsonSchema, fields, inner, kind_title, meaning
from generator.model import Record, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def path(kind: type[Record], of_list: bool = False) -> str:
    """Return the path of the schema of a record of *kind*, or of the list of these."""
    return f"{API}schema/{kind.kind_name}{'-list' if of_list else ''}.json"


def record_schema(kind: type[Record], edition: Edition) -> JsonSchema:
    """Return the schema of one record of *kind*, as it stands in a file of its own."""
    return {**head(path(kind), kind_title(kind), meaning(kind), edition), **of_shape(kind), "$defs": _definitions(kind)}


def list_schema(kind: type[Record], edition: Edition) -> JsonSchema:
    """Return the schema of the list of all records of *kind*."""
    title = f"{kind_title(kind)}: all records"
    properties: JsonSchema = {
        "kind": {"const": kind.kind_name, "description": "The kind of the records."},
        "schema_version": {"type": "string", "description": "Version of the schema (semver.org)."},
        "licence": {"type": "string", "description": "SPDX identifier of the licence of the data."},
        "count": {"type": "integer", "minimum": 0, "description": "How many records there are."},
        "records": {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}, "description": "The records."},
    }
    return {
        **head(path(kind, of_list=True), title, meaning(kind), edition),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": {**_definitions(kind), kind.__name__: {"description": meaning(kind), **of_shape(kind)}},
    }


def head(path: str, title: str, description: str, edition: Edition) -> dict[str, Any]:
    """Return what the schema at *path* opens with."""
    id = {"$id": edition.site + path} if edition.site else {}
    comment = f"{NAME}, schema version {SCHEMA_VERSION}"
    return {"$schema": DIALECT, **id, "$comment": comment, "title": title, "description": description}


def of_shape(shape: type[Shape]) -> JsonSchema:
    """Return the schema of a mapping of *shape*: every key is there, and more may be."""
    properties = {one.name: {"description": one.description, **one.schema} for one in fields(shape)}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _definitions(kind: type[Record]) -> JsonSchema:
    shapes = {one.__name__: {"description": meaning(one), **of_shape(one)} for one in inner(kind) if one is not kind}
    return {**shapes, "Date": DATE}
