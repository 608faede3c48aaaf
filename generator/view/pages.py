"""What is too long for one page: which part of it stands on which page, and the ways between these pages.

What goes on from the page `topics/fog.md` stands at `topics/fog/2.md`, `topics/fog/3.md` and so on; from
`timeline/index.md` at `timeline/2.md`, and from `topics/index.md`, beside which records have names of any kind, at
`topics/index/2.md`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from generator.markup import Md, escape, link
from generator.model import KINDS

T = TypeVar("T")

ROOM = 180
"""How many facts a page has room for: all other limits of pages follow from it.

No page is to have more than 300 kB of HTML. In a list a fact takes 0.7 kB on average, and 1.3 kB where it is long
(140 facts on the longest page made from the first five articles), which makes 130 kB. The theme, the head and the foot
of a page take 30 kB, drawings and tables 110 kB at most, which leaves 30 kB for longer facts.
"""

FOLDERS = frozenset(kind.pages for kind in KINDS if kind.pages)
"""The folders of the pages of records."""

SHOWN = 9
"""How many ways to other pages stand on one at most: to the first, the last and those around it."""


@dataclass(frozen=True)
class Pager:
    """The ways between the pages of one list, the open page being no link; none where there is one page only.

    *before* and *after* are the addresses, below the top of the site, of the pages next to it, or "".
    """

    ways: tuple[Md, ...] = ()
    before: str = ""
    after: str = ""


def spread(
    items: Sequence[T], keys: Sequence[Callable[[T], Hashable]], room: int, first: int | None = None
) -> list[list[T]]:
    """Return *items* in pages of at most *room*, of which the *first* may have less; there is always one page.

    A page ends where the first of *keys* changes (such as the year), so that one more item changes few pages. Where
    what has one key is longer than a page, it ends where the next of *keys* changes, and else where it is full.
    """
    pages: list[list[T]] = [[]]
    left = room if first is None else first

    def turn() -> None:
        nonlocal left
        pages.append([])
        left = room

    def lay(items: Sequence[T], keys: Sequence[Callable[[T], Hashable]]) -> None:
        nonlocal left
        for of_key in _blocks(items, keys[0]) if keys else [items[at : at + 1] for at in range(len(items))]:
            if len(of_key) > left and pages[-1] and (len(of_key) <= room or left < room // 2):
                turn()
            if len(of_key) > left and keys:
                lay(of_key, keys[1:])
                continue
            pages[-1] += of_key
            left -= len(of_key)

    lay(items, keys)
    return pages


def _blocks(items: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    return [list(block) for _, block in groupby(items, key)]


def path_of(first: str, number: int) -> str:
    """Return the path of page *number*, counted from 1, of what begins at the path *first* below docs/."""
    if number == 1:
        return first
    stem = first.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    return f"{folder if name == 'index' and folder not in FOLDERS else stem}/{number}.md"


def address(path: str) -> str:
    """Return the address, below the top of the site, of the page at *path* below docs/."""
    path = path.removesuffix(".md")
    return path.removesuffix("index") if path == "index" or path.endswith("/index") else f"{path}/"


def pager(first: str, labels: Sequence[str], at: int) -> Pager:
    """Return the ways from page *at*, counted from 0, to the others; page *n* begins at *first* and is `labels[n]`."""
    if len(labels) < 2:
        return Pager()
    paths = [path_of(first, number) for number in range(1, len(labels) + 1)]
    around = SHOWN // 2 - 1
    near = range(max(min(at - around, len(labels) - SHOWN + 1), 1), min(max(at + around + 1, SHOWN - 1), len(labels)))
    shown = sorted({0, *near, len(labels) - 1})
    ways: list[Md] = []
    for before, number in zip([-1, *shown], shown, strict=False):
        if number > before + 1:
            ways.append(Md("…"))
        href = posixpath.relpath(paths[number], posixpath.dirname(paths[at]))
        called = f"{number + 1}: {labels[number]}"
        ways.append(link(called, href) if number != at else Md(f'<span aria-current="page">{escape(called)}</span>'))
    return Pager(
        tuple(ways),
        address(paths[at - 1]) if at else "",
        address(paths[at + 1]) if at + 1 < len(labels) else "",
    )


def from_to(names: Sequence[str]) -> str:
    """Return '2031 to 2034' for the first and the last of *names*, or the one name that they are."""
    return " to ".join(dict.fromkeys((names[0], names[-1]))) if names else ""
