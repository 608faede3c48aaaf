"""What has one right answer and changes no fact, mended: the bytes of a data file, not its values."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from generator import syntax
from generator.edit import Files

_NO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u202f]")


def mended(path: str, content: bytes) -> bytes:
    """Return *content*, the data file at *path*, without a mark at its start, foreign line ends, spaces at line ends,
    tabs between values, and characters that cannot be seen.

    A step that would change a value that can be read already is left out.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    for step in (_line_ends, _invisible, _tabs, _ends_of_lines):
        after = step(text)
        if _same(path, text, after):
            text = after
    return text.encode()


def mend_all(files: Files) -> dict[str, bytes]:
    """Return those of *files* that change when they are mended, by path."""
    changed = {path: mended(path, content) for path, content in files.items() if path.endswith(".yml")}
    return {path: content for path, content in changed.items() if content != files[path]}


def _same(path: str, before: str, after: str) -> bool:
    old, _ = syntax.parse(PurePosixPath(path), before.encode())
    new, _ = syntax.parse(PurePosixPath(path), after.encode())
    return old is None or (new is not None and old.plain() == new.plain())


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _invisible(text: str) -> str:
    return _SPACES.sub(" ", _NO_WIDTH.sub("", text))


def _tabs(text: str) -> str:
    """Return *text* with a space for each run of spaces and tabs behind `:` or `-`; a tab that indents stays."""
    return re.sub(r"(?m)^( *(?:- +)*(?:[\w-]+:|-))[ \t]*\t[ \t]*(?=\S)", r"\1 ", text)


def _ends_of_lines(text: str) -> str:
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip("\n") + "\n"
