"""Facts -> what the page of all facts loads to filter them: columns of small numbers, and the sentences in parts.

The sentences are most of the weight. They are kept apart, a file for each CHUNK facts by time, so that a browser that
shows a page of facts fetches few of them; only a search for words needs all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.links import Links
from generator.markup import SIGN
from generator.model import Country, Entity, Fact, Leader, Meeting, Summit, Topic
from generator.reading import remembered
from generator.view.parts import when
from generator.view.trust import basis

CHUNK = 250
"""How many sentences a file holds."""

SHOWN = 8
"""How many values of a facet stand on the page before its reader asks for all."""


def dumps(value: object) -> str:
    """Return *value* as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


Of = Callable[[Fact], tuple[str, ...]]


@dataclass(frozen=True)
class Facet:
    """A way to choose among facts: its *name* in addresses, what readers call it, and its values for a fact.

    *of* gives what tells the ids of its values of a fact; *named* says what readers call one.
    """

    name: str
    title: str
    of: Callable[[Links], Of]
    named: Callable[[str, Links], str]


def _ids(kind: type[Entity]) -> Callable[[Links], Of]:
    """Return what gives the ids of *kind* that a fact is by, at or about."""

    def of(links: Links) -> Of:
        known = {one.id for one in links.base.all(kind)}

        def ids(fact: Fact) -> tuple[str, ...]:
            return tuple(id for id in dict.fromkeys((*fact.by, fact.at, *fact.about)) if id in known)

        return ids

    return of


def _name(id: str, links: Links) -> str:
    return links.name(id)


def _dated(id: str, links: Links) -> str:
    """Return the name of the meeting *id* with its date: the same people meet more than once."""
    meeting = links.base.records[id]
    assert isinstance(meeting, Meeting)
    return f"{meeting.name}, {when(meeting.date)}" if meeting.date else meeting.name


def _same(id: str, links: Links) -> str:
    return id


_STATUS = {
    "planned": "Planned, outcome not known",
    "happened": "It happened",
    "partly": "It happened in part",
    "overtaken": "It was overtaken",
}
_TOLD = {"one": "One source", "several": "Several independent sources"}

FACETS = (
    Facet("year", "Year", lambda links: lambda fact: (str(fact.time.year),), _same),
    Facet("summit", "Summit", _ids(Summit), _name),
    Facet("meeting", "Meeting", _ids(Meeting), _dated),
    Facet("leader", "Leader", _ids(Leader), _name),
    Facet("country", "Country", _ids(Country), _name),
    Facet("topic", "Topic", _ids(Topic), _name),
    Facet("kind", "Kind", lambda links: lambda fact: (fact.kind,), lambda id, links: id.capitalize()),
    Facet(
        "source", "Source", lambda links: lambda fact: tuple(dict.fromkeys(one.source for one in fact.evidence)), _name
    ),
    Facet(
        "status",
        "What came of plans",
        lambda links: lambda fact: (fact.status,) if fact.status else (),
        lambda id, links: _STATUS[id],
    ),
    Facet(
        "evidence",
        "Evidence",
        lambda links: lambda fact: (basis(fact.evidence, links.base),),
        lambda id, links: id.capitalize(),
    ),
    Facet(
        "told",
        "Told by",
        lambda links: lambda fact: ("several" if links.origins(fact) > 1 else "one",),
        lambda id, links: _TOLD[id],
    ),
)


@dataclass(frozen=True)
class Values:
    """The values of one facet: id, name and number of facts of each; *columns* has for each fact those that it has."""

    facet: Facet
    values: tuple[tuple[str, str, int], ...]
    columns: tuple[tuple[int, ...], ...]


@remembered  # the page and the file that it loads ask for the same
def values(links: Links) -> tuple[Values, ...]:
    """Return the values of every facet, and for each fact, by time, which of them it has (counted from 0)."""
    return tuple(_values(facet, links) for facet in FACETS)


def _values(facet: Facet, links: Links) -> Values:
    of_facts = list(map(facet.of(links), links.facts))
    counts: dict[str, int] = {}
    for ids in of_facts:
        for id in ids:
            counts[id] = counts.get(id, 0) + 1
    named = ((id, facet.named(id, links), number) for id, number in counts.items())
    if facet.name == "year":
        ordered = sorted(named, key=lambda one: -int(one[0]))
    else:
        ordered = sorted(named, key=lambda one: (-one[2], one[1], one[0]))
    place = {one[0]: at for at, one in enumerate(ordered)}
    return Values(facet, tuple(ordered), tuple(tuple(place[id] for id in ids) for ids in of_facts))


def summary(links: Links) -> str:
    """Return what the page needs before anything is loaded, as JSON: the number of facts and the first values."""
    facets = [
        {
            "name": one.facet.name,
            "title": one.facet.title,
            "number": len(one.values),
            "values": [list(value) for value in one.values[:SHOWN]],
        }
        for one in values(links)
        if one.values
    ]
    text = dumps({"total": len(links.facts), "shown": SHOWN, "facets": facets})
    for sign in "<>&":  # in an element of a page, no value may end it
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def signed(value: dict[str, Any]) -> str:
    """Return *value* as a file of its own that says where it comes from."""
    return dumps({"about": SIGN, **value}).replace('{"about":"', '{"about": "', 1) + "\n"


def explorer(links: Links) -> Iterator[tuple[str, str]]:
    """Yield path and text of the columns of all facts by time, then of their sentences."""
    yield "facts/explore.json", signed(_columns(links))
    for start in range(0, len(links.facts), CHUNK):
        texts = {"texts": [one.text for one in links.facts[start : start + CHUNK]]}
        yield f"facts/text/{start // CHUNK}.json", signed(texts)


def _columns(links: Links) -> dict[str, Any]:
    facts = links.facts
    times: dict[str, int] = {}
    homes: dict[str, int] = {}
    for fact in facts:
        times.setdefault(("As of " if fact.date is None else "") + when(fact.time), len(times))
        homes.setdefault(fact.id.rpartition("-")[0], len(homes))
    return {
        "chunk": CHUNK,
        "homes": list(homes),
        "times": list(times),
        "home": [homes[one.id.rpartition("-")[0]] for one in facts],
        "anchor": [one.id.rpartition("-")[2] for one in facts],
        "time": [times[("As of " if one.date is None else "") + when(one.time)] for one in facts],
        "facets": [
            {
                "name": one.facet.name,
                "title": one.facet.title,
                "values": [value[:2] for value in one.values],
                "facts": [ids[0] if len(ids) == 1 else list(ids) for ids in one.columns],
            }
            for one in values(links)
        ],
    }
