"""A table that has a page of its own, and goes on on further pages where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from generator.markup import Md, link
from generator.view import pages
from generator.view.entities import Row
from generator.view.pages import Pager
from generator.view.parts import Parts

T = TypeVar("T")


@dataclass(frozen=True)
class TablePage:
    """A table, or a part of one; *drawing* stands above its first part, where there is one."""

    title: str
    description: str
    lead: str
    trail: tuple[Md, ...]
    drawing: Md
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    pages: Pager


@dataclass(frozen=True)
class Table(Generic[T]):
    """A table of *lines* that begins at *path*, *room* of them on a page.

    *row* makes the row of a line, *name* says in the ways between the pages where it stands, *above* is the title and
    the path of the page that leads here, and *drawn* makes the drawing.
    """

    path: str
    title: str
    lead: str
    columns: tuple[str, ...]
    lines: Sequence[T]
    row: Callable[[T, Parts], Row]
    name: Callable[[T], str]
    above: tuple[str, str]
    room: int
    drawn: Callable[[], Md] = Md


def table_pages(table: Table[T], parts: Parts) -> Iterator[tuple[str, str, Callable[[], TablePage]]]:
    """Yield path, template and what makes it for each page of *table*."""
    spread = pages.spread(table.lines, (table.name,), table.room)
    for at in range(len(spread)):
        make = partial(_table_page, table, spread, at, parts.deeper if at else parts)
        yield pages.path_of(table.path, at + 1), "table", make


def _table_page(table: Table[T], spread: Sequence[Sequence[T]], at: int, parts: Parts) -> TablePage:
    """Return page *at*, counted from 0, of *table*, as *spread* has its lines."""
    labels = [pages.from_to([table.name(one) for one in page]) for page in spread]
    title = f"{table.title}, page {at + 1}" if at else table.title
    name, above = table.above
    return TablePage(
        title=title,
        description=f"{title}: {labels[at]}.",
        lead=table.lead,
        trail=(link("Home", parts.up + "index.md"), link(name, parts.up + above)),
        drawing=Md("") if at else table.drawn(),
        columns=table.columns,
        rows=tuple(table.row(one, parts) for one in spread[at]),
        pages=pages.pager(table.path, labels, at),
    )
