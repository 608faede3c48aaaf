"""Fact bases of a few records, made in the test that needs them: no rule has looked at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from generator.edtf import parse
from generator.links import Links
from generator.model import (
    Entity,
    Fact,
    FactBase,
    Leader,
    Measure,
    Organisation,
    Record,
    Series,
    Source,
    Summit,
    Topic,
)
from generator.view.parts import Parts

DAY = date(2031, 6, 1)


def dated(day: date, **keys: object) -> dict[str, object]:
    return {"date": day.isoformat(), "kind": "event", "text": f"It rained on {day}.", **keys}


def rain(number: int, **keys: object) -> list[dict[str, object]]:
    """Return the keys of *number* facts, each a day after the one before, in one year."""
    return [dated(date(2031, 1, 1) + timedelta(days=at), **keys) for at in range(number)]


def made_of(*facts: dict[str, object], also: Iterable[Entity] = ()) -> Parts:
    """Return the parts for a base of *facts*, of each that they name by the first letter of its id, and *also* others.

    `t-1` is a topic, `l-1` a leader, `o-1` an organisation, `s-31` a summit of 2031, `m-1` a measure.
    """
    source = Source(id="x", name="X", type="page", publisher="X", url="https://x.example/", language="en")
    series = Series(id="series", name="Series")
    records: dict[str, Record] = {"x": source, "series": series, **{one.id: one for one in also}}
    told = []
    for number, keys in enumerate(facts, 1):
        told.append(Fact.model_validate({"id": f"x-f{number:04}", "evidence": ({"source": "x"},), **keys}))
    for fact in told:
        measure, speakers = fact.figure and fact.figure.measure, (one.speaker for one in fact.evidence)
        for id in (*fact.by, *fact.about, *speakers, measure, fact.at):
            if id and id not in records:
                records[id] = NAMED[id[0]](id)
    return Parts(Links(FactBase({**records, **{one.id: one for one in told}}, {}, {})))


NAMED: dict[str, Callable[[str], Entity]] = {
    "l": lambda id: Leader(id=id, name=f"Leader {id}"),
    "m": lambda id: Measure(id=id, name=f"Measure {id}", unit="Xebecs"),
    "s": lambda id: Summit(
        id=id, name=f"Summit {id}", status="held", series="series", date=parse(f"20{id[2:4]}-06-01")
    ),
    "o": lambda id: Organisation(id=id, name=f"Organisation {id}"),
    "t": lambda id: Topic(id=id, name=f"Topic {id}", scope="Fog."),
}


def record_of(parts: Parts, id: str) -> Any:
    return parts.links.base.records[id]
