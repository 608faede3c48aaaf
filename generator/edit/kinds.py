"""Which shape a data file has by its path, in which order its keys are written, and where its schema is."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from generator.model import KINDS, Fact, Record, Release, Shape, Withdrawal, field_shapes

SCHEMAS = ".schema"
"""The folder of the schemas, at the top of the repository; git ignores it, as they are made from the data."""

WITHDRAWN = "data/withdrawn.yml"

CHANGES = "changes"
"""The folder of data/ with what each release changed."""

LATE = ("evidence", "unknown", "alternatives", "note", "dates", "set_aside")
"""What accounts for the values of an entity, and what it says in long: behind the values."""


def kind_of(path: str) -> type[Record] | type[Withdrawal] | type[Release] | None:
    """Return the kind of the records in the data file at *path*; None where it is no data file."""
    if path == WITHDRAWN:
        return Withdrawal
    parts = PurePosixPath(path).parts
    if len(parts) not in (2, 3) or parts[0] != "data" or not path.endswith(".yml"):
        return None
    if parts[1] == CHANGES and len(parts) == 3:
        return Release
    return next((kind for kind in KINDS if kind.folder == parts[1]), None)


def is_list(kind: type[Shape]) -> bool:
    """Say whether a file holds a list of records of *kind*, not one record."""
    if issubclass(kind, Record):
        return kind is Fact or kind.folder.endswith(".yml")
    return kind is Withdrawal


def path_of(kind: type[Record], id: str) -> str:
    """Return the path of the data file in which the record *id* of *kind* stands."""
    if kind.folder.endswith(".yml"):
        return f"data/{kind.folder}"
    return f"data/{kind.folder}/{id.rpartition('-f')[0] if kind is Fact else id}.yml"


def kind_name(kind: type[Shape]) -> str:
    """Return the name of *kind*, as it stands in the name of its schema."""
    return kind.kind_name if issubclass(kind, Record) else kind.__name__.lower()


@cache
def key_order(shape: type[Shape]) -> tuple[str, ...]:
    """Return the keys of *shape* in the order in which a file has them: as in the model, with LATE behind."""
    names = [field.name for field in field_shapes(shape)]
    late = [name for name in LATE if name in names] if "aliases" in names else []
    return (*(name for name in names if name not in late), *late)


def modeline(path: str) -> str:
    """Return the comment by which any yaml-language-server finds the schema of the data file at *path*."""
    kind = kind_of(path)
    assert kind, f"{path} is no data file"
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind_name(kind)}.json"
