"""One data file as nodes with places: the plain part of YAML, and nothing that surprises.

Built from PyYAML's events, so that every plain scalar stays the text the editor wrote (no `NO` that becomes false,
no `20:15` that becomes 1215), every key and item keeps its place, and what a data file has no use for (anchors, tags,
several documents) is refused before it can do harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

from generator.errors import Mark, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_ENTRIES = 10_000
MAX_PROBLEMS = 1_000
"""What one file may hold, and how many problems of it are told: far more than a person writes, and soon read."""

_NOTHING = ("", "~", "null", "Null", "NULL")
"""What every reader of YAML takes for no value, so that an editor and this loader agree."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INVISIBLE = re.compile(
    "[\x00-\x08\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f]"
)


_NO_KEYS: dict[str, tuple[int, int]] = {}
"""The keys of every scalar; there are hundreds of thousands of them."""


@dataclass(slots=True)
class Node:
    """A scalar (str), a list or a mapping, with its place; *keys* holds the place of each key of a mapping.

    *last* is the line on which the last thing inside starts.
    """

    line: int
    column: int
    last: int
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, tuple[int, int]]

    def __init__(self, line: int, column: int, value: str | list[Node] | dict[str, Node]) -> None:
        self.line = self.last = line
        self.column = column
        self.value = value
        self.keys = _NO_KEYS if isinstance(value, str) else {}

    def plain(self) -> object:
        """Return the value without places: str, list and dict all the way down."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return {key: node.plain() for key, node in self.value.items()}

    def place(self, *steps: str | int) -> tuple[int, int]:
        """Return line and column of what *steps* (keys and indexes) lead to, or of the last step that exists."""
        node, place = self, (self.line, self.column)
        for step in steps:
            if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
                node = node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
            place = node.line, node.column
        return place

    def key_place(self, *steps: str | int) -> tuple[int, int]:
        """Return line and column of the key that *steps* lead to; of the last value that exists where it is no key."""
        node: Node | None = self
        for step in steps[:-1]:
            found = node.value if node else None
            if isinstance(found, dict):
                node = found.get(str(step))
            else:
                node = found[step] if isinstance(found, list) and isinstance(step, int) and step < len(found) else None
        return node.keys.get(str(steps[-1]), self.place(*steps)) if node else self.place(*steps)


def parse(path: PurePosixPath, data: bytes) -> tuple[Node | None, list[Problem]]:
    """Return the root node of *data*, the content of the file *path*, and everything wrong with its syntax.

    The node is None where the syntax is broken beyond reading.
    """
    text, problem = _decode(path, data)
    if problem:
        return None, [problem]
    reader = _Reader(path, text)
    return reader.read(), reader.problems


def _decode(path: PurePosixPath, data: bytes) -> tuple[str, Problem | None]:
    if len(data) > MAX_BYTES:
        return "", too_large(path, len(data))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # the error counts without the byte order mark
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        message = f"not UTF-8, byte {error.object[error.start]:#04x}; save the file as UTF-8"
        return "", Problem(Mark(path, line, column), message, "encoding")
    if found := INVISIBLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message, rule = _invisible(found[0])
        return "", Problem(Mark(path, line, column), message, rule)
    return text, None


def _invisible(character: str) -> tuple[str, str]:
    if character == "\t":
        return "a tab; indent with spaces", "tab"
    name = unicodedata.name(character, "control character")
    return (
        f"an invisible character, U+{ord(character):04X} {name}; take it away or write a space",
        "invisible-character",
    )


def too_large(path: PurePosixPath, size: int) -> Problem:
    """Return what is wrong with the file *path* of *size* bytes, more than MAX_BYTES."""
    return Problem(Mark(path, 1, 1), f"a file of {size} bytes; at most {MAX_BYTES}, split it", "file-size")


class _TooMany(Exception):
    """More is wrong with a file than anybody reads."""


def too_many(path: PurePosixPath) -> Problem:
    """Return what stands for all further problems of the file *path*."""
    return Problem(Mark(path, 1, 1), f"more than {MAX_PROBLEMS} problems; mend the first ones", "too-many")


class _Reader:
    """Reads one text: the events of PyYAML on one side, nodes and problems on the other."""

    def __init__(self, path: PurePosixPath, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.comments = re.search(r"[^\n] #", text) is not None
        self.lines: list[str] | None = None

    def read(self) -> Node | None:
        try:
            return self._read()
        except _TooMany:
            self.problems[-1] = too_many(self.path)
            return None

    def _read(self) -> Node | None:
        try:
            return self._root()
        except yaml.MarkedYAMLError as error:
            line, column = self._fault(error)
            what = ", ".join(part for part in (error.context, error.problem) if part)
            self._problem(line, column, f"not YAML: {what}, at {self._line(line).strip()!r}; {_cure(what)}", "syntax")
        except yaml.YAMLError as error:
            self._problem(0, 0, f"not YAML: {error}; mend the file", "syntax")
        return None

    def _fault(self, error: yaml.MarkedYAMLError) -> tuple[int, int]:
        """Return line and column of *error*: of what was never closed, where only the end of the file shows it."""
        mark = error.problem_mark
        if mark and error.context_mark and not self.text[mark.index :].strip():
            mark = error.context_mark
        return (mark.line, mark.column) if mark else (0, 0)

    def _root(self) -> Node | None:
        root: Node | None = None
        stack: list[tuple[Node, list[Node], int]] = []  # what is open, with its children, and how many these may be
        documents = 0
        comments, escapes = self.comments, "\\" in self.text
        for event in yaml.parse(self.text, Loader=LOADER):
            start: Any = event.start_mark  # PyYAML marks every event
            line, column = start.line, start.column
            if type(event) is yaml.ScalarEvent:  # most are; the rest of the loop is for the others
                odd = event.anchor or event.tag or comments or escapes or event.value in _NOTHING
                node = Node(line + 1, column + 1, self._scalar(event) if odd else event.value)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_magic(event)
                if len(stack) == MAX_DEPTH:
                    self._problem(line, column, f"nested deeper than {MAX_DEPTH} levels; flatten it", "depth")
                    return None
                mapping = isinstance(event, yaml.MappingStartEvent)
                most = 2 * MAX_ENTRIES if mapping else MAX_ENTRIES  # a key and its value, or an item
                stack.append((Node(line + 1, column + 1, {} if mapping else []), [], most))
                continue
            elif isinstance(event, yaml.CollectionEndEvent):
                node, children, _ = stack.pop()
                self._close(node, children)
            elif isinstance(event, yaml.AliasEvent):
                self._problem(line, column, f"an alias, '*{event.anchor}'; write the value itself", "plain-yaml")
                node = Node(line + 1, column + 1, "alias")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1 or event.version or event.tags:
                    self._problem(
                        line, column, "more than one document or a directive; keep one plain document", "plain-yaml"
                    )
                    return None
                continue
            else:
                continue
            if stack:
                _, children, most = stack[-1]
                children.append(node)
                if len(children) > most:
                    self._problem(line, column, f"more than {MAX_ENTRIES} entries here; split them", "too-many")
                    return None
            else:
                root = node
        if root is None or root.value == "":
            self._problem(0, 0, "an empty file; write the record, or delete the file", "empty-file")
            return None
        return root

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        if event.anchor or event.tag:
            self._refuse_magic(event)
        if not event.style:  # plain: None from PyYAML, "" from libyaml
            if event.value in _NOTHING:
                what = f"no value, {event.value!r}; quote it if it is a text" if event.value else "no value; write it"
                self._problem(*_place(event), f"{what}, or take the key away", "empty-value")
                return "empty"
            end = event.end_mark
            if self.comments and end and re.compile(r" *#").match(self._line(end.line), end.column):
                what = f"a comment after the value {event.value!r}"
                message = f"{what}; put it on a line of its own, or quote a text with '#'"
                self._problem(end.line, end.column, message, "comment-after-value")
        elif found := INVISIBLE.search(event.value):  # by an escape sequence, as the file itself has none
            message, rule = _invisible(found[0])
            self._problem(*_place(event), message, rule)
        return str(event.value)

    def _close(self, node: Node, children: list[Node]) -> None:
        if children:
            node.last = children[-1].last
        if isinstance(node.value, list):
            node.value.extend(children)
            return
        assert isinstance(node.value, dict)
        for key, value in _pairs(children):
            if not isinstance(key.value, str):
                self._problem(key.line - 1, key.column - 1, "a key that is no text; write a plain word", "plain-yaml")
            elif key.value in node.value:
                first = node.keys[key.value]
                message = f"a second key {key.value!r}; the first stands at {self.path}:{first[0]}:{first[1]}, keep one"
                self._problem(key.line - 1, key.column - 1, message, "duplicate-key")
            else:
                node.value[key.value] = value
                node.keys[key.value] = key.line, key.column

    def _refuse_magic(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if event.anchor or tag:
            what = f"an anchor, '&{event.anchor}'" if event.anchor else f"a tag, {tag!r}"
            self._problem(*_place(event), f"{what}; plain values only", "plain-yaml")

    def _line(self, index: int) -> str:
        if self.lines is None:
            self.lines = self.text.split("\n")
        return self.lines[index] if index < len(self.lines) else ""

    def _problem(self, line: int, column: int, message: str, rule: str) -> None:
        if len(self.problems) > MAX_PROBLEMS:
            raise _TooMany
        self.problems.append(Problem(Mark(self.path, line + 1, column + 1), message, rule))


def _place(event: yaml.Event) -> tuple[int, int]:
    """Return line and column at which *event* starts, counted from 0."""
    assert event.start_mark, "PyYAML marks every event"
    return event.start_mark.line, event.start_mark.column


def _pairs(children: list[Node]) -> Iterator[tuple[Node, Node]]:
    return zip(children[::2], children[1::2], strict=True)


def _cure(what: str) -> str:
    """Return what usually helps where PyYAML says *what*."""
    if "mapping values are not allowed" in what:
        return "quote a text that has ': ' in it"
    if "block mapping" in what or "block collection" in what:
        return "check the indentation and the quote marks of this line and the one before"
    if "flow" in what:
        return "close the bracket or brace, and put commas between"
    if "quoted scalar" in what:
        return "close the quote mark"
    return "quote the text, or mend the indentation"
