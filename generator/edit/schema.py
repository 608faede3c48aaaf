"""The models -> JSON Schemas (draft 2020-12) for editors: every key with what it means, every id with its name.

They accept what the loader accepts, as far as a schema can see it: YAML 1.2, which editors read, makes numbers of
plain digits, so that a number stands here wherever digits may.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator

from generator import model
from generator.edit.kinds import is_list, key_order, kind_name
from generator.model import KINDS, Alternative, Entity, Fact, FactBase, Record, Reference, Shape, field_shapes

Schema = dict[str, Any]

_END = r"(?![\s\S])"
"""The end of a text, for engines in which `$` also stands before a last line break."""

ID = r"^[a-z0-9]+(-[a-z0-9]+)*" + _END

_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
_LEAP = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_POINT = rf"(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|[0-9]{{4}}-(?:{'|'.join(_DAYS)})|{_LEAP})[?~%]?"
_BACKWARDS = "|".join(rf"{n}[0-9-]*[?~%]?/\1[{'0' if n == 1 else f'0-{n - 1}'}]" for n in range(1, 10))
DATE = rf"^(?!([0-9-]*)(?:{_BACKWARDS}))(?:{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT}){_END}"
"""An EDTF date or interval of the forms in `edtf`, with days that exist and an end that is not before the start."""

ANY: Schema = {"type": ["string", "number", "boolean"]}

_FORMS: tuple[tuple[Any, Schema], ...] = (
    (
        model.Text,
        {
            **ANY,
            "pattern": rf"^\S(?:[^\n]*\S)?{_END}",
            "patternErrorMessage": "a text on one line, not empty, without spaces at its ends",
        },
    ),
    (
        model.Id,
        {
            "type": ["string", "integer"],
            "pattern": ID,
            "maxLength": 80,
            "minimum": 0,
            "patternErrorMessage": "not an id; lower-case letters, digits and single hyphens",
        },
    ),
    (
        model.Date,
        {
            "type": ["string", "integer"],
            "pattern": DATE,
            "minimum": 1000,
            "maximum": 9999,
            "patternErrorMessage": "not an EDTF date; YYYY, YYYY-MM or YYYY-MM-DD, with ? if uncertain, or START/END",
        },
    ),
    (
        model.Count,
        {"type": ["integer", "string"], "minimum": 1, "maximum": 999_999, "pattern": rf"^[1-9][0-9]{{0,5}}{_END}"},
    ),
    (
        model.Amount,
        {
            "type": ["number", "string"],
            "exclusiveMinimum": -1e15,
            "exclusiveMaximum": 1e15,
            "pattern": rf"^-?[0-9]{{1,15}}(\.[0-9]{{1,6}})?{_END}",
        },
    ),
    (
        model.Url,
        {
            "type": "string",
            "pattern": r"""^https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>"'`{}|\\^]*)?""" + _END,
            "patternErrorMessage": "not a web address; it starts with https:// or http:// and has no spaces or quotes",
        },
    ),
    (
        model.Language,
        {
            "type": "string",
            "pattern": rf"^[a-z]{{2,3}}{_END}",
            "patternErrorMessage": "not a language code; two or three lower-case letters, such as en",
        },
    ),
    (
        model.WikidataId,
        {
            "type": "string",
            "pattern": rf"^Q[1-9][0-9]{{0,11}}{_END}",
            "patternErrorMessage": "not an id of Wikidata; Q and a number, such as Q7184",
        },
    ),
    (
        model.Version,
        {
            "type": "string",
            "pattern": r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}" + _END,
            "patternErrorMessage": "not a version; three numbers with points, such as 1.4.0",
        },
    ),
)


def schemas(base: FactBase) -> Iterator[tuple[str, str]]:
    """Yield the name of each kind of record and its schema, as JSON; the ids are those of *base*."""
    kinds: tuple[type[Shape], ...] = (*KINDS, model.Withdrawal, model.Release)
    for kind in kinds:
        yield kind_name(kind), json.dumps(schema(kind, base), ensure_ascii=False) + "\n"


def schema(kind: type[Shape], base: FactBase) -> Schema:
    """Return the schema of a data file of *kind*."""
    shapes: dict[str, Schema] = {}
    ids: dict[str, Schema] = {}
    record = _Maker(base, kind, shapes, ids).shape(kind)
    file = {"type": "array", "items": record} if is_list(kind) else record
    title = f"A file of {kind_name(kind)} records" if is_list(kind) else f"A {kind_name(kind)}"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": _first_line(kind),
        **file,
        "$defs": {**shapes, **ids},
    }


class _Maker:
    """Makes the schemas of one kind of file; shapes inside and choices of ids go into *shapes* and *ids*, by name."""

    def __init__(self, base: FactBase, kind: type[Shape], shapes: dict[str, Schema], ids: dict[str, Schema]) -> None:
        self.base, self.kind, self.shapes, self.ids = base, kind, shapes, ids

    def shape(self, shape: type[Shape]) -> Schema:
        """Return the schema of a mapping of *shape*."""
        fields = shape.model_fields
        by_file = () if is_list(self.kind) else ("id", "version")  # these the name of the file gives
        names = [name for name in key_order(shape) if name not in by_file]
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name in names if fields[name].is_required()],
            "properties": {name: self._property(shape, name) for name in names},
        }

    def _property(self, shape: type[Shape], name: str) -> Schema:
        info, described = shape.model_fields[name], self._description(shape, name)
        if shape is Fact and name == "id":
            return {**described, "type": "string", "pattern": ID.replace(_END, "-f[0-9]{2,5}" + _END), "maxLength": 80}
        if (shape is Alternative and name == "field") or name == "confirmed":
            names = self._fields(sourced=shape is Alternative)
            choice: Schema = {"enum": names}
            return {**described, **({"type": "array", "items": choice} if name == "confirmed" else choice)}
        annotation: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        return {**described, **self._value(annotation, shape)}

    @staticmethod
    def _description(shape: type[Shape], name: str) -> Schema:
        text = shape.model_fields[name].description
        return {"description": text} if text else {}

    def _fields(self, *, sourced: bool) -> list[str]:
        """Return the fields of the file's kind for which evidence, or another value, can be given."""
        return [
            field.name
            for field in field_shapes(self.kind)
            if (field.sourced if sourced else field.name not in ("evidence", "unknown", "confirmed"))
        ]

    def _value(
        self, annotation: Any, shape: type[Shape], reference: Reference | None = None, *, listed: bool = False
    ) -> Schema:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            reference = next((one for one in arguments[1:] if isinstance(one, Reference)), reference)
            form = next((one for one in arguments[1:] if isinstance(one, BeforeValidator)), None)
            if form and not reference:
                return next(schema for type_, schema in _FORMS if form in type_.__metadata__)
            if form and reference:
                return self._id(reference.kinds, listed=listed)
            return self._value(arguments[0], shape, reference, listed=listed)
        if origin in (UnionType, Union):
            return self._value(next(one for one in arguments if one is not type(None)), shape, reference, listed=listed)
        if origin is tuple:
            return {"type": "array", "items": self._value(arguments[0], shape, reference, listed=True)}
        if origin is Literal:
            return {"enum": list(arguments)}
        if isinstance(annotation, type) and issubclass(annotation, Shape):
            return self._inside(annotation)
        if origin is not None and len(arguments) == 2:  # a mapping, by field
            value = self._value(arguments[1], shape, reference)
            if issubclass(shape, Entity):
                names = {name: {**self._description(self.kind, name), **value} for name in self._fields(sourced=False)}
                return {"type": "object", "additionalProperties": False, "properties": names}
            return {"type": "object", "properties": {"outcome": value}, "additionalProperties": value}
        return ANY

    def _inside(self, shape: type[Shape]) -> Schema:
        name = shape.__name__.lower()
        if name not in self.shapes:
            self.shapes[name] = {}
            self.shapes[name] = {"description": _first_line(shape), **self.shape(shape)}
        return {"$ref": f"#/$defs/{name}"}

    def _id(self, kinds: tuple[str, ...], *, listed: bool) -> Schema:
        """Return the choice of the ids of *kinds*, each with its name."""
        name = "-".join((*kinds, "listed")) if listed else "-".join(kinds)
        if name not in self.ids:
            known = {one.id: _name(one) for one in self.base.records.values() if one.kind_name in kinds}
            self.ids[name] = _choice(known, listed=listed)
        return {"$ref": f"#/$defs/{name}"}


def _choice(known: Mapping[str, str], *, listed: bool) -> Schema:
    """Return the schema of one of *known* ids; one of digits only may also come as a number.

    A pattern refuses with a short message, where an `enum` would list all. The choices are there for completion and,
    in `anyOf`, for hover; in a list (*listed*) that would offer each twice, so there they are snippets.
    """
    if not known:
        return {"not": {}}
    choice: Schema = {
        "type": "string",
        "pattern": f"^(?:{'|'.join(known)}){_END}",
        "patternErrorMessage": "unknown id; 'summit-record check' names the nearest",
    }
    if listed:
        choice["defaultSnippets"] = [{"label": id, "description": name, "body": id} for id, name in known.items()]
    else:
        choice["anyOf"] = [*({"const": id, "title": name, "description": name} for id, name in known.items()), {}]
    numbers = [int(id) for id in known if id.isdigit()]
    return {"anyOf": [choice, {"enum": numbers}]} if numbers else choice


def _name(record: Record) -> str:
    if isinstance(record, Entity):
        return record.name
    return record.text if isinstance(record, Fact) else record.id


def _first_line(shape: type[Shape]) -> str:
    return (shape.__doc__ or f"A {kind_name(shape)}.").partition("\n")[0]
