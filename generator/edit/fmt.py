"""The canonical form of a data file: one order of keys, one way to write each value, every comment kept.

The form depends on the facts and comments only, never on how they were written before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from generator import syntax
from generator.edit.kinds import is_list, key_order, kind_of, modeline
from generator.edit.scalars import folded, quoted, scalar
from generator.errors import DataError
from generator.model import Alias, Figure, Quote, Shape, field_shapes
from generator.syntax import Node

WIDTH = 120
"""Characters of a line, where its text can be folded."""

FLOW = (Quote, Figure, Alias)
"""Shapes that stand on one line, `{…}`, where they fit."""

_MODELINE = re.compile(r"# *yaml-language-server: ")


def canonical(path: str, content: bytes) -> bytes:
    """Return the canonical form of *content*, the data file at *path*.

    Raises DataError where the file is not YAML of the plain kind that data files are.
    """
    kind = kind_of(path)
    assert kind, f"{path} is no data file"
    root = _parse(path, content)
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    writer = _Writer(_attach(root, _comments(text)))
    head = [line for line in writer.comments.head if not _MODELINE.match(line)]
    if isinstance(root.value, list):
        body = writer.records(root, kind) if is_list(kind) else writer.items(root, None, 0)
    elif isinstance(root.value, dict):
        body = writer.mapping(root, None if is_list(kind) else kind, 0)
    else:
        body = [scalar(root.value)]
    lines = [modeline(path), *head, *body, *writer.comments.tail]
    form = ("\n".join(lines) + "\n").encode()
    assert _parse(path, form).plain() == root.plain(), f"the canonical form of {path} is not the same data"
    return form


def _parse(path: str, content: bytes) -> Node:
    node, problems = syntax.parse(PurePosixPath(path), content)
    if node is None or problems:
        raise DataError(problems)
    return node


@dataclass(frozen=True)
class _Comments:
    """The comments of a file: before all else, after all else, and by the entry (node and step) they stand above."""

    head: list[str]
    tail: list[str]
    above: dict[tuple[int, str | int], list[str]]

    def of(self, node: Node, step: str | int) -> list[str]:
        return self.above.get((id(node), step), [])

    def inside(self, node: Node) -> Iterator[str]:
        """Yield the comments of everything in *node*, which is written on one line."""
        for step, child in _steps(node):
            yield from self.of(node, step)
            yield from self.inside(child)


def _steps(node: Node) -> Iterable[tuple[str | int, Node]]:
    if isinstance(node.value, dict):
        return node.value.items()
    return enumerate(node.value) if isinstance(node.value, list) else ()


def _comments(text: str) -> list[tuple[int, int, str]]:
    """Return line and column (from 1) and text of each comment, in order; `#` inside a scalar is none."""
    lines = text.split("\n")
    taken: dict[int, list[tuple[int, int]]] = {}
    for event in yaml.parse(text, Loader=syntax.LOADER):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark, event.end_mark
            block = event.style in ("|", ">")
            for line in range(start.line, end.line + 1):
                first = start.column if line == start.line else 0
                header = block and line == start.line
                last = first + 2 if header else end.column if line == end.line else len(lines[line])
                taken.setdefault(line, []).append((first, last))
    found = []
    for number, content in enumerate(lines):
        signs = (one.start() for one in re.finditer(r"(?<!\S)#", content))
        at = next((at for at in signs if not any(a <= at < b for a, b in taken.get(number, ()))), None)
        if at is not None:
            found.append((number + 1, at + 1, content[at:].rstrip()))
    return found


def _attach(root: Node, comments: list[tuple[int, int, str]]) -> _Comments:
    """Return *comments* by the entry they belong to: the one that follows, or starts on the comment's own line."""
    entries = list(_entries(root))
    result = _Comments([], [], {})
    for line, column, text in comments:
        beside = next((one for one in entries if one[0] == line and one[1] < column), None)
        follows = beside or next((one for one in entries if one[:2] > (line, column)), None)
        if follows is None:
            result.tail.append(text)
        elif follows is entries[0] and not beside:
            result.head.append(text)
        else:
            result.above.setdefault(follows[2], []).append(text)
    return result


def _entries(node: Node) -> Iterator[tuple[int, int, tuple[int, str | int]]]:
    """Yield line, column and name of each key and item in *node*, in the order of the file."""
    for step, child in _steps(node):
        yield *node.keys.get(str(step), (child.line, child.column)), (id(node), step)
        yield from _entries(child)


@dataclass(frozen=True)
class _Writer:
    """Writes nodes as lines; *comments* are put above the entries they belong to."""

    comments: _Comments

    def records(self, root: Node, kind: type[Shape]) -> list[str]:
        """Return the records of a list, with an empty line between them."""
        lines: list[str] = []
        assert isinstance(root.value, list)
        for index, item in enumerate(root.value):
            lines += ["", *self._item(root, index, item, kind, 0)] if index else self._item(root, 0, item, kind, 0)
        return lines or ["[]"]

    def mapping(
        self, node: Node, shape: type[Shape] | None, indent: int, owner: type[Shape] | None = None
    ) -> list[str]:
        """Return the lines of a mapping of *shape*; one without a shape has the keys of *owner*, or keys of its own."""
        assert isinstance(node.value, dict)
        fields = {field.name: field for field in field_shapes(shape)} if shape else {}
        pad = " " * indent
        lines: list[str] = []
        for key in _ordered(node.value, shape or owner):
            child, inside = node.value[key], None
            if key in fields and not fields[key].nesting.startswith("{"):
                inside = fields[key].inside
            elif shape is None:
                inside = self._inside_of(owner)
            lines += [pad + one for one in self.comments.of(node, key)]
            lines += self._entry(f"{pad}{scalar(key)}:", child, inside, indent, shape)
        return lines

    @staticmethod
    def _inside_of(owner: type[Shape] | None) -> type[Shape] | None:
        field = next((one for one in field_shapes(owner) if one.nesting == "{["), None) if owner else None
        return field.inside if field else None

    def items(self, node: Node, inside: type[Shape] | None, indent: int) -> list[str]:
        """Return the lines of a list, an item after the other."""
        assert isinstance(node.value, list)
        return [line for index, item in enumerate(node.value) for line in self._item(node, index, item, inside, indent)]

    def _item(self, node: Node, index: int, item: Node, inside: type[Shape] | None, indent: int) -> list[str]:
        pad = " " * indent
        above = [pad + one for one in self.comments.of(node, index)]
        flow = self._flow(item, inside, indent + 2)
        if flow is not None:
            return [*above, *(pad + one for one in self.comments.inside(item)), f"{pad}- {flow}"]
        if isinstance(item.value, str):
            return [*above, *self._long(f"{pad}-", item.value, indent, inside)]
        if isinstance(item.value, dict):
            lines = self.mapping(item, inside, indent + 2)
        else:
            lines = self.items(item, inside, indent + 2)
        at = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
        return [*above, *(pad + line.strip() for line in lines[:at]), f"{pad}- {lines[at].strip()}", *lines[at + 1 :]]

    def _entry(
        self, head: str, child: Node, inside: type[Shape] | None, indent: int, shape: type[Shape] | None
    ) -> list[str]:
        flow = self._flow(child, inside, len(head) + 1, within=shape)
        if flow is not None:
            return [*(" " * indent + one for one in self.comments.inside(child)), f"{head} {flow}"]
        if isinstance(child.value, str):
            return self._long(head, child.value, indent, shape)
        if isinstance(child.value, dict):
            return [head, *self.mapping(child, inside, indent + 2, owner=shape)]
        return [head, *self.items(child, inside, indent + 2)]

    def _long(self, head: str, text: str, indent: int, shape: type[Shape] | None) -> list[str]:
        lines = folded(text, indent + 2, WIDTH)
        if lines is None:
            return [f"{head} {_word(text, shape, flow=False)}"]
        return [f"{head} >-", *lines]

    def _flow(
        self, node: Node, shape: type[Shape] | None, column: int, within: type[Shape] | None = None
    ) -> str | None:
        """Return *node* on one line if it is of the kind that stands there and fits behind *column* characters."""
        if isinstance(node.value, str):
            text = _word(node.value, within, flow=False)
        elif not node.value:
            return "[]" if isinstance(node.value, list) else "{}"
        elif not all(isinstance(child.value, str) for _, child in _steps(node)):
            return None
        elif isinstance(node.value, list):
            text = f"[{', '.join(scalar(str(one.value), flow=True) for one in node.value)}]"
        elif shape in FLOW:
            values = node.value
            pairs = [
                f"{scalar(key, flow=True)}: {_word(str(values[key].value), shape, flow=True)}"
                for key in _ordered(values, shape)
            ]
            text = f"{{{', '.join(pairs)}}}"
        else:
            return None
        return text if column + len(text) <= WIDTH else None


def _word(text: str, shape: type[Shape] | None, *, flow: bool) -> str:
    """Return *text* on one line; what is quoted from a source stands in quotation marks."""
    return quoted(text) if shape is Quote else scalar(text, flow=flow)


def _ordered(keys: Iterable[str], shape: type[Shape] | None) -> list[str]:
    """Return *keys* in the order of *shape*; those that it does not know come last, as they stood."""
    order = {key: at for at, key in enumerate(key_order(shape))} if shape else {}
    return sorted(keys, key=lambda key: order.get(key, len(order)))
