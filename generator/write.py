"""Pages -> docs/: writes what differs, removes what is no longer made, and touches nothing that a person wrote."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.markup import SIGN

DATA_FILES = "api"
"""The folder of docs/ that holds data files only, all of them made here."""


_SIGNED = re.compile(rb'\A(?:---\n# |# |<!-- |\{\s*"about": "|.{0,300}?\n<!-- )' + re.escape(SIGN.encode()), re.DOTALL)
"""How a generated file bears SIGN: in a comment of its own at the start, not in a sentence that quotes it."""


@dataclass(frozen=True)
class Changes:
    """What a run changed: paths below docs/, and how many pages stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class File(Protocol):
    """What can be written: a path below docs/ and its content."""

    @property
    def path(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def write(pages: Iterable[File], docs: Path) -> Changes:
    """Write *pages* below *docs*, only what differs, each whole or not at all; remove generated pages that are no more.

    Raises FileExistsError where a page would take the place of a file that a person wrote.
    """
    wanted = {page.path: page.content for page in pages}
    present = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*")) if _generated(path, docs)}
    for path in wanted:
        if path not in present and (docs / path).exists():
            raise FileExistsError(17, "a page of this name was written by hand; rename it", str(docs / path))
    written = [path for path, content in wanted.items() if write_file(docs / path, content)]
    removed = [path for path in present if path not in wanted]
    for path in removed:
        present[path].unlink()
        _remove_empty(present[path].parent, docs)
    return Changes(tuple(written), tuple(removed), len(wanted) - len(written))


def _generated(path: Path, docs: Path) -> bool:
    """Say whether the file at *path* is ours: a data file, in the folder for these, or one that bears SIGN."""
    if not path.is_file():
        return False
    if path.is_relative_to(docs / DATA_FILES):
        return True
    with path.open("rb") as file:
        return _SIGNED.search(file.read(4096)) is not None


def write_file(path: Path, content: bytes) -> bool:
    """Write *content* to *path*, whole or not at all, unless it stands there already; say whether it was written."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def write_all(changes: Mapping[str, bytes | None], root: Path) -> None:
    """Give the files of *changes*, by path below *root*, their new content, all of them or none; None removes one."""
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in changes}
    done: list[str] = []
    try:
        for path, content in changes.items():
            done.append(path)
            _set(root / path, content)
    except BaseException:
        for path in done:
            _set(root / path, before[path])
        raise


def _set(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_file(path, content)


def _remove_empty(folder: Path, docs: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
