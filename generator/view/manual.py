"""What the pages for editors show: each kind of record, field by field, made from the models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator

from generator import model
from generator.load import Example, Refusal
from generator.markup import Md, escape, join, link
from generator.model import KINDS, Entity, Fact, Record, Shape, Withdrawal, field_shapes

_WORDS: dict[Any, str] = {
    model.Text: "text",
    model.Id: "id",
    model.Date: "date (EDTF)",
    model.Count: "whole number from 1",
    model.Amount: "number",
    model.Url: "web address",
    model.Language: "language code",
    model.WikidataId: "id of Wikidata",
    model.Version: "version",
}
_FORMS = {one.__metadata__[0]: words for one, words in _WORDS.items()}


@dataclass(frozen=True)
class FieldLine:
    """A field: its name, whether a record has to have it, what may stand there, and what it means."""

    name: str
    needed: str
    type: Md
    meaning: str


@dataclass(frozen=True)
class Part:
    """A mapping inside a record: its name, which is its anchor too, what it is, and its fields."""

    name: str
    about: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True)
class KindPage:
    """A kind of record: its file, its fields and what is inside them, one that is real, and what is refused."""

    name: str
    about: str
    file: str
    command: str
    fields: tuple[FieldLine, ...]
    parts: tuple[Part, ...]
    sample: Example | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class KindsPage:
    """All kinds of record: the link to the page, the file, and what a record is."""

    kinds: tuple[tuple[Md, str, str], ...]


SHAPES: tuple[type[Shape], ...] = (*KINDS, Withdrawal)


def name_of(kind: type[Shape]) -> str:
    """Return the name of *kind*, as it stands in the address of its page."""
    return kind.kind_name if issubclass(kind, Record) else kind.__name__.lower()


def kinds_page() -> KindsPage:
    """Return what the list of the kinds of record shows."""
    return KindsPage(tuple((link(name_of(one), f"{name_of(one)}.md"), _file(one), _about(one)) for one in SHAPES))


def kind_page(kind: type[Shape], samples: Mapping[str, Example], refusals: Mapping[str, Sequence[Refusal]]) -> KindPage:
    """Return what the page of *kind* shows; *samples* are real records, *refusals* bad cases, by kind."""
    name = name_of(kind)
    return KindPage(
        name=name,
        about=_about(kind),
        file=_file(kind),
        command=f"new {name}" if issubclass(kind, Record) else "rename",
        fields=tuple(_fields(kind, kind)),
        parts=tuple(Part(one.__name__.lower(), _about(one), tuple(_fields(one, kind))) for one in inside(kind)),
        sample=samples.get(name),
        refusals=tuple(refusals.get(name, ())),
    )


def inside(shape: type[Shape]) -> Iterable[type[Shape]]:
    """Return the shapes of the mappings in a *shape*, each once, in the order in which they are met."""
    found: dict[type[Shape], None] = {}
    for field in field_shapes(shape):
        if field.inside and field.inside not in found:
            found |= dict.fromkeys((field.inside, *inside(field.inside)))
    return found


def _fields(shape: type[Shape], kind: type[Shape]) -> Iterator[FieldLine]:
    file_is_id = issubclass(kind, Record) and kind is not Fact and not kind.folder.endswith(".yml")
    for field in field_shapes(shape):
        info = shape.model_fields[field.name]
        if field.name == "id" and shape is kind and file_is_id:
            continue  # the name of the file is the id
        if field.sourced:
            needed = "yes, with evidence" if info.is_required() else "the value with evidence, or why it is not known"
        else:
            needed = "yes" if info.is_required() else "no"
        yield FieldLine(field.name, needed, type_of(info.annotation, info.metadata), info.description or "")


def type_of(annotation: Any, metadata: Iterable[object] = ()) -> Md:
    """Return in words what may stand where *annotation* is."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    reference = next((one for one in metadata if isinstance(one, model.Reference)), None)
    form = next((one for one in metadata if isinstance(one, BeforeValidator)), None)
    if origin is Annotated:
        return type_of(arguments[0], (*metadata, *arguments[1:]))
    if origin in (UnionType, Union):
        return type_of(next(one for one in arguments if one is not type(None)), metadata)
    if reference:
        return escape("id of " + _any_of(reference.kinds))
    if form:
        return escape(_FORMS[form])
    if origin is tuple:
        one = type_of(arguments[0])
        return Md(f"list of {'ids' + one[2:] if one.startswith('id of ') else one}")
    if origin is Literal:
        return join([Md(f"<code>{escape(one)}</code>") for one in arguments], " or ")
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return link(annotation.__name__.lower(), f"#{annotation.__name__.lower()}")
    if len(arguments) == 2:
        return Md(f"for each field: {type_of(arguments[1])}")
    return escape("name of a field")


def _any_of(kinds: Sequence[str]) -> str:
    named = [f"{'an' if one[0] in 'aeiou' else 'a'} {one}" for one in kinds]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _about(shape: type[Shape]) -> str:
    """Return the first paragraph of the docstring of *shape*, its parameters as code."""
    return re.sub(r"\*(\w+)\*", r"`\1`", " ".join((shape.__doc__ or "").split("\n\n")[0].split()))


def _file(kind: type[Shape]) -> str:
    if not issubclass(kind, Record):
        return "data/withdrawn.yml"
    if kind.folder.endswith(".yml"):
        return f"data/{kind.folder}"
    return f"data/{kind.folder}/{'<source id>' if not issubclass(kind, Entity) else '<id>'}.yml"
