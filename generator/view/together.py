"""Who met whom: events that two people were at, as a drawing and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator import svg
from generator.markup import Md, join
from generator.model import Meeting, Summit
from generator.view.drawn import drawing_of
from generator.view.parts import Parts, when

PEOPLE, PAIRS, TIMES = 16, 100, 12
"""How many people the drawing shows at most, how many pairs the list (those who met most often), and how many events
each pair (the latest)."""


@dataclass(frozen=True)
class Pair:
    """Two people, how often they met, and at which events; *anchor* is the id of their line."""

    one: Md
    other: Md
    anchor: str
    times: str
    events: Md


@dataclass(frozen=True)
class TogetherPage:
    """Who met whom: the drawing, the pairs, and how many of each are left out."""

    drawing: Md
    people_left_out: int
    pairs: tuple[Pair, ...]
    pairs_left_out: int


def together_page(parts: Parts) -> TogetherPage:
    """Return who met whom."""
    links = parts.links
    often = {id: len({event.id for events in others.values() for event in events}) for id, others in links.met.items()}
    # who met others equally often: longest names first, since the names run down a diagonal to the right
    people = sorted(often, key=lambda id: (-often[id], -len(links.name(id)), links.name(id)))
    shown = people[:PEOPLE]
    place = {id: number for number, id in enumerate(people)}
    pairs = sorted(
        ((id, other) for id in people for other in links.met[id] if place[id] < place[other]),
        key=lambda pair: (-len(links.met[pair[0]][pair[1]]), place[pair[0]], place[pair[1]]),
    )
    listed = set(pairs[:PAIRS])

    def cell(row: int, column: int) -> svg.Cell | None:
        pair = (shown[column], shown[row])
        events = links.met[pair[0]].get(pair[1], ())
        name = f"{links.name(pair[0])} and {links.name(pair[1])} met {times(len(events))}"
        href = f"#{pair[0]}--{pair[1]}" if pair in listed else f"../leaders/{pair[1]}/#met"
        return svg.Cell(len(events), name, href) if events else None

    title = "Who met whom, and how often"
    drawing = svg.pairs([links.name(id) for id in shown], cell, "met", title, "The list below says the same")
    return TogetherPage(
        drawing=drawing_of(drawing if shown else "", title, scrolls=True),
        people_left_out=len(people) - len(shown),
        pairs=tuple(
            Pair(
                parts.link(one),
                parts.link(other),
                f"{one}--{other}",
                times(len(links.met[one][other])),
                met_at(links.met[one][other], parts),
            )
            for one, other in pairs[:PAIRS]
        ),
        pairs_left_out=max(len(pairs) - PAIRS, 0),
    )


def times(number: int) -> str:
    """Return 'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def met_at(events: Sequence[Summit | Meeting], parts: Parts) -> Md:
    """Return links to the latest of *events*, each by its date and its place."""
    left = len(events) - TIMES
    told: list[object] = [parts.link(one.id, _called(one, parts)) for one in events[-TIMES:]]
    return join([f"{left} earlier", *told] if left > 0 else told, "; ")


def _called(event: Summit | Meeting, parts: Parts) -> str:
    date = when(event.date) if event.date else "date not known"
    if isinstance(event, Summit):
        return f"{date}, {event.name}"
    place = event.venue or (parts.links.name(event.place) if event.place else "")
    return f"{date}, {place}" if place else date
