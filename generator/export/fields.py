"""The fields of the records as programs get them: those of the models, and those that are worked out from others.

A field is spelled once, here or in `model`: the JSON, its schema, the tables and the page of the data are made from it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from generator.edtf import Edtf
from generator.model import (
    Country,
    Evidence,
    Fact,
    Leader,
    Measure,
    Meeting,
    Organisation,
    Place,
    Post,
    Record,
    Reference,
    Series,
    Shape,
    Source,
    Summit,
    Term,
    Topic,
)

JsonSchema = dict[str, Any]

DAY: JsonSchema = {"type": ["string", "null"], "format": "date"}
DATE: JsonSchema = {
    "type": "object",
    "description": "A date with its doubt.",
    "properties": {
        "edtf": {"type": "string", "description": "As the record has it (EDTF level 1, ISO 8601-2)."},
        "earliest": {**DAY, "description": "The first day that it can mean; null where its start is open."},
        "latest": {**DAY, "description": "The last day that it can mean; null where its end is open."},
        "uncertain": {"type": "boolean", "description": "Whether it was concluded (`?`)."},
        "approximate": {"type": "boolean", "description": "Whether it is only about right (`~`)."},
        "words": {"type": "string", "description": "As the pages show it."},
    },
    "required": ["edtf", "earliest", "latest", "uncertain", "approximate", "words"],
}
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


@dataclass(frozen=True)
class Field:
    """A field as programs get it: its name, what it means, the schema of its value, and whether it is worked out."""

    name: str
    description: str
    schema: JsonSchema
    derived: bool = False


def _ids(*kinds: str) -> JsonSchema:
    return {"type": "array", "items": _id(*kinds)}


def _id(*kinds: str) -> JsonSchema:
    return {"type": "string", "pattern": ID, "x-refers-to": list(kinds)}


def _fields(**fields: tuple[JsonSchema, str]) -> tuple[Field, ...]:
    return tuple(Field(name, description, schema, True) for name, (schema, description) in fields.items())


def _object(**properties: JsonSchema) -> JsonSchema:
    return {"type": "object", "properties": properties, "required": list(properties)}


_BASIS: JsonSchema = {"enum": ["proven", "cited", "inferred"]}
_BASIS_MEANS = (
    "`proven`: the words were found in the named paragraph of the article; `cited`: a page is named; "
    "`inferred`: it was concluded, with the reasoning."
)
_DATE: JsonSchema = {"$ref": "#/$defs/Date"}
_PAGE = _fields(
    page=(
        {"type": "string"},
        "Its place on the site: a path below the site's address, with an anchor where it needs one.",
    ),
    page_url=(
        {"type": ["string", "null"], "format": "uri"},
        "The same in full; null where the site has no address yet.",
    ),
)
_ABOUT = _fields(
    facts_by=(_ids("fact"), "Ids of the facts that tell what it said or did, by time."),
    facts_about=(_ids("fact"), "Ids of the facts about it that are not by it, by time."),
)
_POSTS = _fields(posts=(_ids("post"), "Ids of the posts that belong to it."))

DERIVED: dict[type[Shape], tuple[Field, ...]] = {
    Evidence: _fields(basis=(_BASIS, f"How well it carries the value. {_BASIS_MEANS}")),
    Fact: _fields(
        time=(_DATE, "The date it is filed under: `date`, or else `as_of`."),
        basis=(_BASIS, f"The best basis among its evidence. {_BASIS_MEANS}"),
        independent_sources=(
            {"type": "integer", "minimum": 1},
            "How many sources tell it, a copy or translation counted with its original.",
        ),
        quotations=(
            {
                "type": "array",
                "items": _object(
                    exact={"type": "string", "description": "The words as printed; … leaves something out."},
                    speaker={**_id("leader", "organisation", "post"), "description": "Id of whose words they are."},
                    post={
                        "type": ["string", "null"],
                        "x-refers-to": ["post"],
                        "description": "Id of the post that the speaker held on that day; null where none is known.",
                    },
                    source={**_id("source"), "description": "Id of the source that prints them."},
                    paragraph={"type": ["integer", "null"], "description": "The paragraph of the source."},
                ),
            },
            "Somebody's own words, with who spoke them; each is the quote of a piece of evidence with a speaker.",
        ),
        planned_in=(_ids("fact"), "Ids of the plans whose outcome it tells."),
    )
    + _PAGE,
    Summit: _fields(
        meetings=(_ids("meeting"), "Ids of the meetings on the road to it, by time."),
        people=(_ids("leader"), "Ids of those of whom a fact of the kind `event` tells that they acted there."),
        facts=(_ids("fact"), "Ids of the facts at it or about it, by time."),
    )
    + _PAGE,
    Meeting: _fields(
        parts=(_ids("meeting"), "Ids of the meetings that were part of it."),
        facts=(_ids("fact"), "Ids of the facts at it or about it, by time."),
    )
    + _PAGE,
    Leader: _fields(
        meetings=(_ids("meeting"), "Ids of the meetings they were at, or were to be at, by time."),
        met=(
            {
                "type": "array",
                "items": _object(
                    person={**_id("leader"), "description": "Id of the person."},
                    events={**_ids("summit", "meeting"), "description": "Ids of the events, by time."},
                ),
            },
            "Whom they met, and at which events that were held; who met them most often first.",
        ),
    )
    + _ABOUT
    + _PAGE,
    Post: _fields(
        holders=(
            {
                "type": "array",
                "items": _object(
                    person={**_id("leader"), "description": "Id of the person."},
                    during={**_DATE, "description": "When they held it."},
                ),
            },
            "Who held it, and when, the first holder first.",
        )
    )
    + _ABOUT
    + _PAGE,
    Topic: _fields(narrower=(_ids("topic"), "Ids of the topics that are a part of it (SKOS: narrower)."))
    + _ABOUT
    + _PAGE,
    Organisation: _POSTS + _ABOUT + _PAGE,
    Country: _POSTS + _ABOUT + _PAGE,
    Place: _fields(events=(_ids("summit", "meeting"), "Ids of the events there, by time.")) + _ABOUT + _PAGE,
    Series: _fields(summits=(_ids("summit"), "Ids of its summits, by time.")) + _PAGE,
    Measure: _fields(figures=(_ids("fact"), "Ids of the facts that give a figure of it, by time.")) + _PAGE,
    Term: _PAGE,
    Source: _fields(
        facts=(_ids("fact"), "Ids of the facts it is evidence for, by time."),
        cited_by=(_ids(), "Ids of the other records with a value it is evidence for."),
        article=(
            {
                "anyOf": [
                    {"type": "null"},
                    _object(
                        sha256={"type": "string", "description": "SHA-256 of the text that was read."},
                        paragraphs={"type": "integer", "description": "How many paragraphs it has."},
                        words={"type": "integer", "description": "How many words and punctuation marks it has."},
                    ),
                ]
            },
            "The text that its quotations are proven against, which is not here; null where it is not at hand.",
        ),
    )
    + _PAGE,
}  # fmt: skip


@cache
def fields(shape: type[Shape]) -> tuple[Field, ...]:
    """Return the fields of *shape*: the models' in their order, then those that are worked out."""
    own = (
        Field(name, info.description or "", schema_of(info.annotation, info.metadata))
        for name, info in shape.model_fields.items()
    )
    return *own, *DERIVED.get(shape, ())


def description(shape: type[Shape], name: str) -> str:
    """Return what the field *name* of *shape* means."""
    return next(one.description for one in fields(shape) if one.name == name)


def meaning(shape: type[Shape]) -> str:
    """Return what *shape* is, in one line: the first of its docstring, or its name."""
    own = inspect.cleandoc(shape.__doc__ or "").partition("\n")[0] if shape.__doc__ != Shape.__doc__ else ""
    return own or f"{shape.__name__}."


def inner(shape: type[Shape]) -> Iterator[type[Shape]]:
    """Yield *shape* and each shape inside it, once, in order."""
    seen = [shape]
    for one in seen:
        yield one
        seen += [inside for inside in _inside(one) if inside not in seen]


def _inside(shape: type[Shape]) -> Iterator[type[Shape]]:
    for info in shape.model_fields.values():
        pending = [info.annotation]
        while pending:
            one: Any = pending.pop(0)
            if isinstance(one, type) and issubclass(one, Shape):
                yield one
            pending += get_args(one)


def schema_of(annotation: Any, metadata: Any = ()) -> JsonSchema:
    """Return the schema of the values that *annotation* of a model's field admits."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    kinds = next((one.kinds for one in metadata if isinstance(one, Reference)), ())
    if origin is Annotated:
        return schema_of(arguments[0], (*metadata, *arguments[1:]))
    if origin is tuple:
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": schema_of(arguments[1])}
    if origin is UnionType or origin is Union:
        value = schema_of(next(one for one in arguments if one is not type(None)), metadata)
        if isinstance(value.get("type"), str):
            return {**value, "type": [value["type"], "null"]}
        return {"enum": [*value["enum"], None]} if "enum" in value else {"anyOf": [value, {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if kinds:
        return _id(*kinds)
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    return dict(_LEAVES[annotation])


_LEAVES: dict[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": NUMBER},
    Edtf: _DATE,
}


def kind_title(kind: type[Record]) -> str:
    """Return the name of *kind* for a heading."""
    return kind.kind_name.capitalize()
