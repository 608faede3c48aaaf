"""Small fact bases as files: the made-up one in tests/base, and what a test lays over it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.check import check, problems
from generator.errors import DataError, Problem
from generator.fingerprint import as_json, fingerprinted
from generator.load import load

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BASE = TESTS / "base"
TEXTS = BASE / "texts"

ARTICLE, PAGE = "harbour-gazette-2031-05-05", "tide-board-2031-06-20"
"""The ids of the two sources of the base: one with its text, one that is only cited."""

Content = str | bytes | None


def lay(root: Path, files: Mapping[str, Content] | None = None, over: Path | None = None) -> Path:
    """Return *root*, made a fact base: tests/base, then the folder *over*, then *files* (None takes one away).

    Then the fingerprints are those of the quotations in it, but for those that *over* or *files* give.
    """
    for folder in ("data", "seeds"):
        shutil.copytree(BASE / folder, root / folder, dirs_exist_ok=True)
    if over:
        shutil.copytree(over, root, dirs_exist_ok=True)
    for name, content in (files or {}).items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    if files or over:
        _fingerprint(root, {*(files or {}), *_files(over)})
    return root


def _files(folder: Path | None) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")} if folder else set()


def _fingerprint(root: Path, given: set[str]) -> None:
    """Make the fingerprints in *root* anew, as an editor does after a change, but not those that are *given*."""
    try:
        base = load(root, [TEXTS])
    except DataError:
        return
    for source, article in base.articles.items():
        name = f"seeds/{source}.json"
        if article.texts is not None and name not in given:
            made = fingerprinted(article.file, article.checksum, article.texts, source, base)
            (root / name).write_text(as_json(made), encoding="utf-8")


def found(root: Path, texts: Sequence[Path] = ()) -> list[Problem]:
    """Return what is wrong with the fact base in *root*, in order of place, as the command line finds it."""
    try:
        return problems(check(load(root, texts)))
    except DataError as error:
        return error.problems


def said(root: Path, texts: Sequence[Path] = ()) -> list[str]:
    """Return the same as lines, as they are printed."""
    return [str(one) for one in found(root, texts)]
