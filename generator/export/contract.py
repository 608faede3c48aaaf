"""What programs may rely on, a line each, so that two versions of the schema can be compared by machine."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.export.discovery import downloads
from generator.export.edition import API, NOWHERE
from generator.export.fields import JsonSchema, inner
from generator.export.schema import of_shape, record_schema
from generator.export.tables import TABLES
from generator.model import KINDS, Release


def contract() -> tuple[str, ...]:
    """Return the files, the fields of each kind of record with their types, and the columns of each table, sorted."""
    return tuple(sorted({*_files(), *_fields(), *_columns()}))


def change(old: Collection[str], new: Collection[str]) -> str:
    """Return the part of the version that has to grow from *old* to *new*: 'major', 'minor' or ''.

    What is gone or of another type breaks programs; what is new does not.
    """
    return "major" if set(old) - set(new) else "minor" if set(new) - set(old) else ""


def _files() -> Iterator[str]:
    yield f"file {API}index.json"
    yield from (f"file {one.href} {one.type}" for one in downloads())


def _columns() -> Iterator[str]:
    for table in TABLES:
        yield f"table {table.name} key {' '.join(table.key)}"
        yield from (f"table {table.name}.{one.name} {one.type}" for one in table.columns)


def _fields() -> Iterator[str]:
    for kind in KINDS:
        schema = record_schema(kind, NOWHERE)
        for name, one in {kind.__name__: schema, **schema["$defs"]}.items():
            yield from _lines(name, one)
    for shape in inner(Release):
        yield from _lines(shape.__name__, of_shape(shape))


def _lines(name: str, schema: JsonSchema) -> Iterator[str]:
    for key, one in schema["properties"].items():
        yield f"field {name}.{key} {_type(one)}"
        for value in one.get("enum", ()):
            yield f"field {name}.{key} = {value}"
        for inside in (one.get("items", {}), *one.get("anyOf", ())):
            if "properties" in inside:
                yield from _lines(f"{name}.{key}", inside)


def _type(schema: JsonSchema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return "one of a list"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    kind = schema["type"]
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and "additionalProperties" in schema:
        return f"map to {_type(schema['additionalProperties'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
