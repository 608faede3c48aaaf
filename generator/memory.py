"""What one run leaves for the next, below .cache/: bytes with a digest, which damaged, old or foreign ones have not.

It is only ever a shortcut: without it everything is made anew, and comes out the same.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

from generator import edtf
from generator.model import KINDS, Record, Shape, field_shapes

CACHE = ".cache"
"""The folder of a checkout for what runs remember."""

RECORDS, TARGETS = f"{CACHE}/records", f"{CACHE}/targets"
"""What `load` has read, and what `generate` has made."""


@contextmanager
def keeping_all() -> Iterator[None]:
    """Let nothing be thrown away while the body runs: it makes what is needed to the end, and looking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def pack(made_by: str, parts: Mapping[str, bytes]) -> bytes:
    """Return *parts*, with a digest of all; *made_by* names the code and the settings that they come from."""
    head = json.dumps([made_by, [(name, len(part)) for name, part in parts.items()]]).encode()
    body = b"".join((head, b"\n", *parts.values()))
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(packed: bytes, made_by: str) -> dict[str, bytes]:
    """Return the parts of *packed*; none where a byte of it is not what it was, or where something else made it."""
    digest, _, body = packed.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return {}
    head, _, content = body.partition(b"\n")
    maker, lengths = json.loads(head)
    if maker != made_by:
        return {}
    parts, at = {}, 0
    for name, length in lengths:
        parts[name] = content[at : at + length]
        at += length
    return parts


class Entry(NamedTuple):
    """A record of a data file, a digest of what stands there, and its first and last line."""

    record: Record
    digest: str
    first: int
    last: int


class Recall:
    """The records of data files as they were read *before*, by a digest of the file; *parts* are for the next run.

    *ahead* is what a second process has read in this run.
    """

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self.before = before
        self.ahead: Mapping[str, bytes] = {}
        self.parts: dict[str, bytes] = {}

    def get(self, key: str) -> Sequence[Entry] | None:
        """Return what stood in the file *key*, or None where that is not known."""
        part = self.ahead.get(key) or self.before.get(key)
        if part is None:
            return None
        try:
            entries = [Entry(*one) for one in _Unpickler(io.BytesIO(part)).load()]
        except Exception:  # whatever comes of a part that is none of ours
            return None
        self.parts[key] = part
        return entries

    def put(self, key: str, entries: Sequence[Entry]) -> None:
        """Remember *entries* as what stands in the file *key*."""
        self.parts[key] = pickle.dumps([tuple(one) for one in entries], protocol=5)


def _shapes(shape: type[Shape]) -> Iterator[type[Shape]]:
    yield shape
    for field in field_shapes(shape):
        if field.inside and field.inside is not shape:
            yield from _shapes(field.inside)


_VALUES: tuple[Any, ...] = (Decimal, edtf.parse, *(inside for kind in KINDS for inside in _shapes(kind)))
_CLASSES = {(one.__module__, one.__qualname__): one for one in _VALUES}


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of records: a cache that came with a clone can run no code."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a record") from None
