"""Drawings made at build time: one line of SVG each, coloured by the page, with links and names for everybody.

Widths are per cent of the page where a drawing is to fit every screen, pixels where it may scroll. Links are relative
to the address of the page. Labels are kept apart as they would be on a telephone; wider screens only have more room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import sqrt

NARROW = 330
"""In pixels: the narrowest width that a drawing in per cent is laid out for, that of a telephone."""

LETTER = 6.4
"""In pixels: how wide a letter of a label is taken to be."""


LABELS = 8
"""Up to how many values of a chart all have their numbers beside them."""


@dataclass(frozen=True)
class Dot:
    """Something on a timeline: its *year*, how far into it (0 to 1), what it is called, and its address.

    *kind* is `summit`, `meeting` or `fact`; *label* stands beside it, or "" where only its shape does; *weight* is how
    many facts it stands for, 0 where that is not the point, and *events* how many events.
    """

    year: int
    at: float
    kind: str
    name: str
    href: str
    label: str = ""
    planned: bool = False
    weight: int = 0
    events: int = 1

    @property
    def number(self) -> int:
        """What it says of itself: how many facts, or else events, it stands for."""
        return self.weight or self.events


@dataclass(frozen=True)
class Stop:
    """An event on the way to another: how far along the way it is (0 to 1), its line of text, name and address."""

    at: float
    text: str
    name: str
    href: str
    summit: bool = False
    planned: bool = False


@dataclass(frozen=True)
class Cell:
    """A number in a matrix, what it means in words, and the address of what it counts."""

    number: int
    name: str
    href: str


@dataclass(frozen=True)
class Value:
    """A number of a series: when (0 to 1 along the axis), how high (0 to 1), as a label, in words, its address."""

    at: float
    height: float
    label: str
    name: str
    href: str


@dataclass(frozen=True)
class Series:
    """The values of one measure, in order of time, and what it is called."""

    name: str
    values: tuple[Value, ...]


def _x(at: float) -> str:
    """Return the place from the left of what is *at* (0 to 1) along an axis; shapes at its ends stay inside."""
    return f"{2 + 96 * at:.1f}%"


def timeline(dots: Sequence[Dot], id: str, title: str, description: str) -> str:
    """Return a drawing of *dots*, in order of time: a row for each year that has any, its months to scale.

    Summits are diamonds with their label under the axis; the others are piled above it, so that a busy week is a
    heap. Years without events are told in a line and take no other room.
    """
    if not dots:
        return ""
    years = sorted({dot.year for dot in dots})
    y, parts, before = 18.0, [_months()], years[0]
    for year in years:
        if year > before + 1:
            gap = str(before + 1) if year == before + 2 else f"{before + 1} to {year - 1}"
            parts.append(f'<text class="gap" x="0" y="{y + 14:.0f}">{gap}: nothing in the record</text>')
            y += 22
        row, height = _year(year, [dot for dot in dots if dot.year == year], y)
        parts.append(row)
        y, before = y + height, year
    return _svg("timeline", "100%", y, id, title, description, parts)


def _months() -> str:
    names = "".join(
        f'<text class="month" x="{_x((n + 0.5) / 12)}" y="11">{name}</text>' for n, name in enumerate("JFMAMJJASOND")
    )
    return f'<g aria-hidden="true">{names}</g>'


def _year(year: int, dots: Sequence[Dot], top: float) -> tuple[str, float]:
    """Return the row of a *year* that begins at *top*, and its height."""
    piled = _piled(dots)
    pile = max((level + radius for _, level, radius in piled), default=0.0)
    axis = top + 26 + max(pile, 8)
    lanes = _lanes([dot for dot in dots if dot.label])
    grid = "".join(
        f'<line class="tick" x1="{_x(n / 12)}" y1="{axis - 4:.1f}" x2="{_x(n / 12)}" y2="{axis + 4:.1f}"/>'
        for n in range(13)
    )
    row = [
        f'<text class="year" x="0" y="{top + 16:.1f}">{year}<tspan class="count" dx="8">{escape(_tally(dots))}</tspan>'
        "</text>",
        f'<line class="axis" x1="0" y1="{axis:.1f}" x2="100%" y2="{axis:.1f}"/>{grid}',
        *(_label(dot, axis + 22 + 16 * lane, anchor) for dot, lane, anchor in lanes),
        *(_stem(dot, axis - level, axis) for dot, level, radius in piled if level > radius),
        *(_dot(dot, axis - level, radius) for dot, level, radius in piled),
    ]
    return "".join(row), axis - top + 16 + 16 * (1 + max((lane for _, lane, _ in lanes), default=-1))


def _tally(dots: Sequence[Dot]) -> str:
    """Return what there is in a year, in words, so that nobody needs to be told what the shapes mean."""
    told = []
    for kind, plural in (("summit", "summits"), ("meeting", "meetings")):
        number = sum(dot.events for dot in dots if dot.kind == kind)
        planned = sum(dot.events for dot in dots if dot.kind == kind and dot.planned)
        if number:
            only = f" ({planned} only planned)" if planned else ""
            told.append(f"{number} {kind if number == 1 else plural}{only}")
    facts = sum(dot.weight for dot in dots)
    if facts:
        told.append(f"{facts} {'fact' if facts == 1 else 'facts'}")
    return ", ".join(told)


def _piled(dots: Sequence[Dot]) -> list[tuple[Dot, float, float]]:
    """Return each of a year's *dots*, its height above the axis and its radius: summits on it, others over them."""
    placed: list[tuple[Dot, float, float]] = []
    for dot in sorted(dots, key=lambda one: one.kind != "summit"):
        radius = 7.0 if dot.kind == "summit" else _radius(dot)
        level = 0.0
        for other, height, size in sorted(placed, key=lambda one: one[1]):
            apart = abs(other.at - dot.at) * NARROW
            reach = size + radius + 1
            if apart < reach and abs(height - level) < reach and dot.kind != "summit":
                level = height + reach
        placed.append((dot, level, radius))
    return placed


def _radius(dot: Dot) -> float:
    return 5.5 if dot.number < 2 else min(5.5 + 1.3 * sqrt(dot.number), 14)


def _lanes(dots: Sequence[Dot]) -> list[tuple[Dot, int, str]]:
    """Return each of *dots* with the lane where its label overlaps no other, and how the label is anchored."""
    taken: list[tuple[int, float, float]] = []
    placed = []
    for dot in dots:
        x, width = dot.at * NARROW, len(dot.label) * LETTER
        anchor = "start" if x < width / 2 else "end" if x > NARROW - width / 2 else "middle"
        left = {"start": x - 6, "end": x + 6 - width, "middle": x - width / 2}[anchor]
        lane = next(n for n in range(len(dots)) if all(n != m or left > b or left + width < a for m, a, b in taken))
        taken.append((lane, left - 4, left + width + 4))
        placed.append((dot, lane, anchor))
    return placed


def _label(dot: Dot, y: float, anchor: str) -> str:
    return (
        f'<text class="label" x="{_x(dot.at)}" y="{y:.1f}" text-anchor="{anchor}" aria-hidden="true">'
        f"{escape(dot.label)}</text>"
    )


def _stem(dot: Dot, y: float, axis: float) -> str:
    return f'<line class="stem" x1="{_x(dot.at)}" y1="{y:.1f}" x2="{_x(dot.at)}" y2="{axis:.1f}"/>'


def _dot(dot: Dot, y: float, radius: float) -> str:
    x, name = _x(dot.at), escape(dot.name)
    if dot.kind == "summit":
        shape = f'<svg x="{x}" y="{y:.1f}" overflow="visible"><path d="M0-9 9 0 0 9-9 0z"/></svg>'
    else:
        shape = f'<circle cx="{x}" cy="{y:.1f}" r="{radius:.1f}"/>'
    number = f'<text x="{x}" y="{y + 3.5:.1f}" aria-hidden="true">{dot.number}</text>' if dot.number > 1 else ""
    kind = f"{dot.kind} planned" if dot.planned else dot.kind
    return f'<a class="{kind}" href="{escape(dot.href)}" aria-label="{name}"><title>{name}</title>{shape}{number}</a>'


def road(stops: Sequence[Stop], id: str, title: str, description: str) -> str:
    """Return a drawing of the way to an event: a line of text for each of *stops* over its place on the way."""
    step = 40
    end = _x(stops[-1].at)
    parts = [f'<line class="goal" x1="{end}" y1="14" x2="{end}" y2="{step * len(stops) - 12}"/>']
    for number, stop in enumerate(stops):
        y, x, name = step * number + 28.0, _x(stop.at), escape(stop.name)
        kind = ("summit" if stop.summit else "meeting") + (" planned" if stop.planned else "")
        shape = (
            f'<svg x="{x}" y="{y:.1f}" overflow="visible"><path d="M0-9 9 0 0 9-9 0z"/></svg>'
            if stop.summit
            else f'<circle cx="{x}" cy="{y:.1f}" r="6"/>'
        )
        parts += [
            f'<line class="axis" x1="0" y1="{y:.1f}" x2="100%" y2="{y:.1f}"/>',
            f'<text class="label" x="0" y="{y - 12:.1f}">{escape(stop.text)}</text>',
            f'<a class="{kind}" href="{escape(stop.href)}" aria-label="{name}"><title>{name}</title>{shape}</a>',
        ]
    return _svg("timeline", "100%", step * len(stops) + 4, id, title, description, parts)


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Callable[[int, int], Cell | None],
    id: str,
    title: str,
    desc: str,
) -> str:
    """Return a table of numbers, darker where there are more: *rows* by *columns*, whose names stand aslant above."""
    wide, high, left = 37, 27, 8 + LETTER * max(map(len, rows), default=0)
    top = 18 + 0.71 * LETTER * max(map(len, columns), default=0)
    found = {(r, c): cell for r in range(len(rows)) for c in range(len(columns)) if (cell := cells(r, c))}
    most = max((cell.number for cell in found.values()), default=1)
    parts = []
    for c, name in enumerate(columns):
        x = left + wide * (c + 0.5)
        parts.append(
            f'<text class="column" transform="translate({x:.1f} {top - 8:.1f}) rotate(-45)">{escape(name)}</text>'
        )
    for r, name in enumerate(rows):
        y = top + high * r
        parts.append(f'<text class="row" x="{left - 8:.1f}" y="{y + 18:.1f}">{escape(name)}</text>')
        for c in range(len(columns)):
            x, cell = left + wide * c, found.get((r, c))
            if cell is None:
                parts.append(f'<circle class="none" cx="{x + wide / 2:.1f}" cy="{y + high / 2:.1f}" r="1.5"/>')
                continue
            shade = 0.10 + 0.30 * sqrt(cell.number / most)
            parts.append(
                f'<a href="{escape(cell.href)}" aria-label="{escape(cell.name)}"><title>{escape(cell.name)}</title>'
                f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{wide - 2}" height="{high - 2}" rx="3" '
                f'fill-opacity="{shade:.2f}"/><text x="{x + wide / 2:.1f}" y="{y + 18:.1f}">{cell.number}</text></a>'
            )
    last = 0.71 * LETTER * len(columns[-1]) if columns else 0
    width = left + wide * len(columns) + max(0, last - wide / 2 + 6)
    return _svg("matrix", f"{width:.0f}", top + high * len(rows) + 4, id, title, desc, parts)


def pairs(names: Sequence[str], cells: Callable[[int, int], Cell | None], id: str, title: str, desc: str) -> str:
    """Return how often each two of *names* met, as road atlases give distances: each name heads a row and a column."""
    side = 23
    parts = []
    for r, name in enumerate(names):
        y = side * r
        for c in range(r):
            x, cell = side * c, cells(r, c)
            centre = f'cx="{x + side / 2:.1f}" cy="{y + side / 2:.1f}"'
            if cell is None:
                parts.append(f'<circle class="none" {centre} r="1.5"/>')
                continue
            parts.append(
                f'<a href="{escape(cell.href)}" aria-label="{escape(cell.name)}"><title>{escape(cell.name)}</title>'
                f'<circle {centre} r="{side / 2 - 0.5:.1f}" fill-opacity="{min(0.12 + 0.06 * cell.number, 0.4):.2f}"/>'
                f'<text x="{x + side / 2:.1f}" y="{y + side / 2 + 4:.1f}">{cell.number}</text></a>'
            )
        parts.append(f'<text class="name" x="{side * r + 5}" y="{y + side / 2 + 4:.1f}">{escape(name)}</text>')
    width = max((side * r + 10 + LETTER * len(name) for r, name in enumerate(names)), default=0)
    return _svg("matrix pairs", f"{width:.0f}", side * len(names) + 4, id, title, desc, parts)


def tallies(rows: Sequence[tuple[str, Sequence[tuple[str, str, bool]]]], id: str, title: str, description: str) -> str:
    """Return a line of dots for each of *rows*: its name, then (name, address, whether a summit) of each dot."""
    step, most = 40, 16
    parts = []
    for number, (name, dots) in enumerate(rows):
        y = step * number + 28.0
        times = "once" if len(dots) == 1 else "twice" if len(dots) == 2 else f"{len(dots)} times"
        called = f'{escape(name)}<tspan class="count" dx="8">{times}</tspan>'
        parts.append(f'<text class="label" x="0" y="{y - 12:.1f}">{called}</text>')
        for place, (about, href, summit) in enumerate(dots[:most]):
            x, called = 8 + 20 * place, escape(about)
            shape = (
                f'<path transform="translate({x} {y:.1f})" d="M0-9 9 0 0 9-9 0z"/>'
                if summit
                else f'<circle cx="{x}" cy="{y:.1f}" r="7"/>'
            )
            kind = "summit" if summit else "meeting"
            parts.append(
                f'<a class="{kind}" href="{escape(href)}" aria-label="{called}"><title>{called}</title>{shape}</a>'
            )
        if len(dots) > most:
            parts.append(f'<text class="count" x="{8 + 20 * most}" y="{y + 4:.1f}">and {len(dots) - most} more</text>')
    return _svg("timeline", "100%", step * len(rows) + 2, id, title, description, parts)


def charts(series: Sequence[Series], ends: tuple[str, str], id: str, title: str, description: str) -> str:
    """Return a small chart for each of *series* above one another, on one axis of time whose *ends* are named."""
    parts: list[str] = []
    y = 0.0
    for one in series:
        drawn, height = _chart(one, y)
        parts.append(drawn)
        y += height
    parts.append(
        f'<text class="end" x="0" y="{y + 14:.0f}">{escape(ends[0])}</text>'
        f'<text class="end" x="100%" y="{y + 14:.0f}" text-anchor="end">{escape(ends[1])}</text>'
    )
    return _svg("chart", "100%", y + 20, id, title, description, parts)


def _chart(series: Series, top: float) -> tuple[str, float]:
    """Return the chart of *series* below *top*, and its height: its values as steps, each with its number.

    Of many values the highest, the lowest and the last have their number beside them.
    """
    rise = 44 if len({value.height for value in series.values}) > 1 else 0
    base = top + 62 + rise
    points = [(2 + 90 * value.at, base - 14 - rise * value.height) for value in series.values]
    parts = [f'<text class="name" x="0" y="{top + 22:.1f}">{escape(series.name)}</text>']
    parts.append(f'<line class="axis" x1="0" y1="{base:.1f}" x2="100%" y2="{base:.1f}"/>')
    for (x, y), (after, to) in pairwise(points):
        parts.append(f'<line class="step" x1="{x:.1f}%" y1="{y:.1f}" x2="{after:.1f}%" y2="{y:.1f}"/>')
        parts.append(f'<line class="step" x1="{after:.1f}%" y1="{y:.1f}" x2="{after:.1f}%" y2="{to:.1f}"/>')
    right = 0.0
    heights = [value.height for value in series.values]
    told = {heights.index(max(heights)), heights.index(min(heights)), len(heights) - 1}
    for at, (value, (x, y)) in enumerate(zip(series.values, points, strict=True)):
        px, width = x / 100 * NARROW, LETTER * len(value.label)
        anchor = "start" if px < width / 2 else "end" if px > NARROW - width / 2 else "middle"
        start = {"start": px, "end": px - width, "middle": px - width / 2}[anchor]
        name = escape(value.name)
        label = ""
        if at in told if len(heights) > LABELS else start >= right or rise:
            label = f'<text x="{x:.1f}%" y="{y - 9:.1f}" text-anchor="{anchor}">{escape(value.label)}</text>'
            right = start + width + 4
        parts.append(
            f'<a href="{escape(value.href)}" aria-label="{name}"><title>{name}</title>'
            f'<circle cx="{x:.1f}%" cy="{y:.1f}" r="5"/>{label}</a>'
        )
    return "".join(parts), base - top + 4


def _svg(kind: str, width: str, height: float, id: str, title: str, description: str, parts: Iterable[str]) -> str:
    """Return the drawing of *parts*, named by *title* and described; *id* is its own on the page."""
    return (
        f'<svg class="{kind}" width="{width}" height="{height:.0f}" role="group" '
        f'aria-labelledby="{id}-title {id}-desc" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
