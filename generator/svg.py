"""Drawings made at build time: one line of SVG each, coloured by the page, with links and names for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Dot:
    """An event on a timeline: its *year*, how far into it (0 to 1), its name, place and address."""

    year: int
    at: float
    label: str
    place: str
    href: str
    summit: bool
    planned: bool


COLUMN, STEP, FOOT = 190, 17, 62
"""In pixels: the width of a year, the height of one event above another, and the room below the axis."""


def timeline(dots: Sequence[Dot], title: str, description: str) -> str:
    """Return a drawing of *dots*, in order of time: a column for each year that has any, summits named below it.

    Years without events take no room, so the axis is broken between columns. Links are relative to the address of the
    page, which ends in a slash.
    """
    years = sorted({dot.year for dot in dots})
    places = {year: _stacked([dot for dot in dots if dot.year == year]) for year in years}
    axis = STEP * (1 + max((level for placed in places.values() for _, _, level in placed), default=0))
    width, height = COLUMN * len(years), axis + FOOT
    parts = [
        f'<svg class="timeline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        'aria-labelledby="timeline-title timeline-desc" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">',
        f'<title id="timeline-title">{escape(title)}</title><desc id="timeline-desc">{escape(description)}</desc>',
    ]
    for column, year in enumerate(years):
        left = column * COLUMN
        summits = ", ".join(dot.place for dot in dots if dot.year == year and dot.summit)
        parts.append(f'<line class="axis" x1="{left + 8}" y1="{axis}" x2="{left + COLUMN - 8}" y2="{axis}"/>')
        parts.append(f'<text class="year" x="{left + 8}" y="{axis + 30}">{year}</text>')
        parts.append(f'<text class="places" x="{left + 8}" y="{axis + 50}">{escape(summits)}</text>')
        parts += [_shape(dot, left + x, axis - level * STEP) for dot, x, level in places[year]]
    return "".join([*parts, "</svg>"])


def _stacked(dots: Sequence[Dot]) -> list[tuple[Dot, float, int]]:
    """Return each of a year's *dots*, its distance from the left and its level: summits on the axis, others above."""
    placed: list[tuple[Dot, float, int]] = []
    for dot in sorted(dots, key=lambda one: not one.summit):
        x = 20 + dot.at * (COLUMN - 40)
        taken = {level for _, other, level in placed if abs(other - x) < STEP - 1}
        placed.append((dot, x, next(level for level in range(len(dots)) if level not in taken)))
    return placed


def _shape(dot: Dot, x: float, y: float) -> str:
    kind = "summit" if dot.summit else "planned" if dot.planned else "meeting"
    shape = (
        f'<rect x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14" transform="rotate(45 {x:.1f} {y:.1f})"/>'
        if dot.summit
        else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
    )
    name, href = escape(dot.label), escape(dot.href)
    return f'<a class="{kind}" href="{href}" aria-label="{name}"><title>{name}</title>{shape}</a>'
