"""What is stale: said of a time that has passed, by what the record itself knows to be later. No clock is asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from generator import edtf
from generator.links import Links
from generator.markup import Md, escape, link
from generator.model import Event, Fact, Leader, Measure, Source
from generator.view.parts import Parts, when

YEAR = datetime.timedelta(days=365)
"""How much older than the newest day of the record the last evidence of what still holds may be."""


@dataclass(frozen=True)
class Stale:
    """Something stale: the records it concerns, and what it is, in a line."""

    records: frozenset[str]
    line: Md


def newest(links: Links) -> datetime.date:
    """Return the newest day of the record: of a fact that is no plan, an event that was held, or a report."""
    facts = (fact.time.first for fact in links.facts if fact.kind not in ("plan", "commitment"))
    events = (event.date.first for event in links.events if event.date and event.status == "held")
    reports = (one.published.first for one in links.base.all(Source) if one.published)
    return max((*facts, *events, *reports), default=datetime.date.min)


def stale(parts: Parts) -> Iterator[Stale]:
    """Yield what is stale by the newest day: plans, planned events, offices, and states that were counted."""
    links, now = parts.links, newest(parts.links)
    for fact in links.facts:
        if fact.status == "planned" and _due(fact, links) < now:
            about = frozenset(id for id in (fact.at, *fact.by, *fact.about) if id)
            yield Stale(about, Md(f"A plan without a known outcome. {parts.reference(fact)}"))
    for event in links.events:
        if event.status == "planned" and event.date and event.date.last < now:
            line = Md(f"An event of which no source tells that it was held: {parts.link(event.id)}")
            yield Stale(frozenset((event.id, *links.people_at(event))), line)
    for leader in links.base.all(Leader):
        yield from _offices(leader, now, parts)
    for measure in links.base.all(Measure):
        states = [fact for fact in links.figures_of.get(measure.id, ()) if fact.date is None]
        if states and states[-1] is links.figures_of[measure.id][-1] and now - states[-1].time.last > YEAR:
            line = Md(f"The last figure is of {escape(when(states[-1].time))}: {parts.link(measure.id)}")
            yield Stale(frozenset((measure.id,)), line)


def _due(fact: Fact, links: Links) -> datetime.date:
    """Return the day by which the plan *fact* was to come true: its own, or that of its event where it has none."""
    if fact.date:
        return fact.date.last if fact.date.end else fact.date.first
    event = links.base.records.get(fact.at or "")
    return event.date.last if isinstance(event, Event) and event.date else fact.time.last


def _offices(leader: Leader, now: datetime.date, parts: Parts) -> Iterator[Stale]:
    """Yield the offices of *leader* without a known end that nothing has told of for a year before *now*."""
    links = parts.links
    for held in leader.memberships:
        if held.during.end is not None:
            continue
        days = [fact.time.first for fact in links.by.get(leader.id, ()) if fact.kind != "plan"]
        days += [fact.time.first for fact in links.about.get(leader.id, ()) if fact.kind != "plan"]
        sources = [links.base.records[one.source] for one in held.evidence]
        days += [one.published.first for one in sources if isinstance(one, Source) and one.published]
        last = max([*days, held.during.first])
        if now - last > YEAR:
            seen = edtf.in_words(edtf.parse(last.isoformat()))
            post = link(links.name(held.post), parts.href(held.post))
            line = Md(f"An office without a known end: {parts.link(leader.id)}, {post}, last told of {escape(seen)}")
            yield Stale(frozenset((leader.id, held.post)), line)
