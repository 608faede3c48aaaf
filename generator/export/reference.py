"""What the page of the data shows: files, fields, licence, versions; made from what the files are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.export.csvs import SEPARATOR
from generator.export.discovery import INDEX, Alternate, downloads
from generator.export.edition import (
    API,
    AUTHOR,
    CHANGES,
    LICENCE_TITLE,
    LICENCE_URL,
    NAME,
    QUOTATIONS,
    SCHEMA_VERSION,
    indented,
)
from generator.export.fields import DATE, Field, JsonSchema, fields, inner, kind_title, meaning
from generator.export.records import Records
from generator.export.tables import TABLES, Column
from generator.markup import Md, escape, join, link
from generator.model import KINDS, Fact, Record, Release, Shape

_UP = "../"


@dataclass(frozen=True)
class Line:
    """A field or column: its name, its type, what it means, and whether it is worked out from others."""

    name: str
    type: Md
    description: str
    derived: bool


@dataclass(frozen=True)
class Described:
    """A kind of record, a part of one, or a table, with its fields."""

    title: str
    anchor: str
    about: str
    lines: tuple[Line, ...]
    links: Md


@dataclass(frozen=True)
class DataPage:
    """The data: what there is to download, what each field means, how they may be used, and what changed."""

    site: str
    files: tuple[tuple[Md, str, str], ...]
    kinds: tuple[Described, ...]
    parts: tuple[Described, ...]
    tables: tuple[Described, ...]
    example: tuple[str, ...]
    author: str
    licence: Md
    quotations: str
    schema_version: str
    data_version: str
    citation: str
    separator: str
    changes: tuple[tuple[str, str], ...]


def data_page(records: Records) -> DataPage:
    """Return what the page of the data shows."""
    kinds: tuple[type[Shape], ...] = (*KINDS, Release)
    parts = dict.fromkeys(one for kind in kinds for one in inner(kind) if not issubclass(one, Record))
    example = next(iter(records.by_kind[Fact].values()), {})
    address = f", {records.edition.site}" if records.edition.site else ""
    return DataPage(
        site=records.edition.site,
        files=tuple(
            (_download(one), one.type, one.title)
            for one in (Alternate(INDEX, "application/json", "All data files."), *downloads())
        ),
        kinds=tuple(_described(one) for one in KINDS),
        parts=(*(_described(one) for one in parts), _date()),
        tables=tuple(
            Described(
                one.title,
                f"table-{one.name}",
                f"{one.description} Key: {', '.join(one.key)}.",
                tuple(_column(column) for column in one.columns),
                link(f"{one.name}.csv", f"{_UP}{API}{one.name}.csv"),
            )
            for one in TABLES
        ),
        example=tuple(indented(example).decode().splitlines()),
        author=AUTHOR,
        licence=link(LICENCE_TITLE, LICENCE_URL),
        quotations=QUOTATIONS,
        schema_version=SCHEMA_VERSION,
        data_version=records.version,
        citation=f"{AUTHOR}: {NAME}, data version {records.version}{address}. {LICENCE_TITLE}.",
        separator=SEPARATOR,
        changes=CHANGES,
    )


def _download(file: Alternate) -> Md:
    return link(file.href.removeprefix(API), _UP + file.href)


def _described(shape: type[Shape]) -> Described:
    links = Md("")
    if issubclass(shape, Record):
        name = shape.kind_name
        paths = {
            f"{name}.json": f"{name}.json",
            "schema of one": f"schema/{name}.json",
            "of all": f"schema/{name}-list.json",
        }
        links = join([link(text, f"{_UP}{API}{path}") for text, path in paths.items()], " · ")
    title = kind_title(shape) if issubclass(shape, Record) else shape.__name__
    return Described(title, shape.__name__.lower(), meaning(shape), tuple(_lines(fields(shape))), links)


def _lines(several: tuple[Field, ...]) -> Iterator[Line]:
    for one in several:
        yield Line(one.name, type_of(one.schema), one.description, one.derived)
        inside: JsonSchema = one.schema.get("items") or next(iter(one.schema.get("anyOf", ())[1:]), {})
        for name, schema in inside.get("properties", {}).items():
            yield Line(f"{one.name}.{name}", type_of(schema), schema.get("description", ""), one.derived)


def _date() -> Described:
    lines = (Line(name, type_of(one), one["description"], False) for name, one in DATE["properties"].items())
    return Described("Date", "date", DATE["description"], tuple(lines), Md(""))


def _column(column: Column) -> Line:
    about = f" → {column.refers_to}" if column.refers_to else ""
    return Line(column.name, escape(column.type + about), column.description, False)


def type_of(schema: JsonSchema) -> Md:
    """Return the type of the values of *schema* in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return link(name, f"#{name.lower()}")
    if "enum" in schema:
        values = join([Md(f"<code>{escape(one)}</code>") for one in schema["enum"] if one is not None], " ")
        return Md(f"{values} or null") if None in schema["enum"] else values
    if "anyOf" in schema:
        return Md(f"{type_of(next(one for one in schema['anyOf'] if one != {'type': 'null'}))} or null")
    kind = schema["type"]
    if isinstance(kind, list):
        return Md(f"{type_of({**schema, 'type': kind[0]})} or null")
    if kind == "array" and "x-refers-to" in schema["items"]:
        kinds = ", ".join(schema["items"]["x-refers-to"])
        return escape(f"list of ids ({kinds})" if kinds else "list of ids")
    if kind == "array":
        return Md(f"list of {type_of(schema['items'])}")
    if kind == "object" and "additionalProperties" in schema:
        return Md(f"for each field: {type_of(schema['additionalProperties'])}")
    if "x-refers-to" in schema:
        return escape(f"id ({', '.join(schema['x-refers-to'])})")
    return escape({"date": "day", "uri": "web address"}.get(schema.get("format", ""), _KINDS[kind]))


_KINDS = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
