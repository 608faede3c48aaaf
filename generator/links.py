"""The fact base seen from its records: which facts belong to each, who held what when, where each has its page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from generator.check.time import Answer, within
from generator.edtf import Edtf
from generator.model import (
    Entity,
    Fact,
    FactBase,
    Leader,
    Measure,
    Meeting,
    Membership,
    Post,
    Record,
    Series,
    Source,
    Summit,
    Term,
    Topic,
)
from generator.reading import table


@dataclass(frozen=True, eq=False)
class Links:
    """What leads from record to record in *base*."""

    base: FactBase

    def page(self, id: str) -> str:
        """Return where the record *id* is shown: a path in docs/, with an anchor where it shares a page."""
        record = self.base.records[id]
        if isinstance(record, Fact):
            home, _, number = record.id.rpartition("-")
            return f"sources/{home}.md#{number}"
        if isinstance(record, Measure):
            return f"figures/index.md#{id}"
        if isinstance(record, Term):
            return f"glossary/index.md#{id}"
        if isinstance(record, Series):
            return f"summits/index.md#{id}"
        return f"{record.pages}/{id}.md"

    @table
    def facts(self) -> tuple[Fact, ...]:
        """All facts, by time."""
        return by_time(self.base.all(Fact))

    @table
    def at_home(self) -> dict[str, tuple[Fact, ...]]:
        """For each source, the facts that were distilled from it first, on whose page they are shown, by number."""
        found: dict[str, list[Fact]] = {}
        for fact in self.base.all(Fact):
            found.setdefault(fact.id.rpartition("-")[0], []).append(fact)
        return {source: tuple(facts) for source, facts in found.items()}

    @table
    def at(self) -> dict[str, tuple[Fact, ...]]:
        """For each event, the facts that belong to it."""
        return self._facts_by(lambda fact: (fact.at,) if fact.at else ())

    @table
    def by(self) -> dict[str, tuple[Fact, ...]]:
        """For each agent, the facts that tell what they said or did."""
        return self._facts_by(lambda fact: fact.by)

    @table
    def about(self) -> dict[str, tuple[Fact, ...]]:
        """For each record, the facts about it that are not by it."""
        return self._facts_by(lambda fact: tuple(id for id in fact.about if id not in fact.by))

    @table
    def from_source(self) -> dict[str, tuple[Fact, ...]]:
        """For each source, the facts it is evidence for."""
        return self._facts_by(lambda fact: tuple(dict.fromkeys(one.source for one in fact.evidence)))

    @table
    def cited_by(self) -> dict[str, tuple[Entity, ...]]:
        """For each source, the entities with a value that it is evidence for."""
        found: dict[str, dict[str, Entity]] = {}
        for one in self.base.citations:
            if isinstance(one.record, Entity):
                found.setdefault(one.evidence.source, {})[one.record.id] = one.record
        return {source: tuple(records.values()) for source, records in found.items()}

    def of_event(self, id: str) -> tuple[Fact, ...]:
        """Return the facts that belong to the event *id* or are about it, by time."""
        return by_time({*self.at.get(id, ()), *self.about.get(id, ())})

    def road_of(self, summit: Summit) -> tuple[Meeting, ...]:
        """Return the meetings on the road to *summit*, with those that were part of them, by time."""
        meetings = self.on_the_road_to.get(summit.id, ())
        within = (part for one in meetings for part in self.parts_of.get(one.id, ()))
        return tuple(sorted({*meetings, *within}, key=lambda one: self.event_order[one.id]))

    def of_road(self, summit: Summit) -> tuple[Fact, ...]:
        """Return the facts of *summit* and of the meetings on the road to it, by time."""
        facts = {*self.of_event(summit.id)}
        for meeting in self.road_of(summit):
            facts.update(self.of_event(meeting.id))
        return by_time(facts)

    @table
    def planned_in(self) -> dict[str, tuple[Fact, ...]]:
        """For each fact, the plans whose outcome it tells."""
        return self._facts_by(lambda fact: fact.outcome)

    def _facts_by(self, ids: object) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            for id in ids(fact):  # type: ignore[operator]
                found.setdefault(id, []).append(fact)
        return {id: tuple(facts) for id, facts in found.items()}

    @table
    def events(self) -> tuple[Summit | Meeting, ...]:
        """Summits and meetings, by time; those without a date at the end."""
        events: list[Summit | Meeting] = [*self.base.all(Summit), *self.base.all(Meeting)]
        return tuple(sorted(events, key=lambda event: (_sort_key(event.date), event.id)))

    @table
    def attended(self) -> dict[str, tuple[Meeting, ...]]:
        """For each leader, the meetings they were at, or were to be at, by time."""
        found: dict[str, list[Meeting]] = {}
        for event in self.events:
            if isinstance(event, Meeting):
                for participant in event.participants:
                    found.setdefault(participant.person, []).append(event)
        return {id: tuple(meetings) for id, meetings in found.items()}

    @table
    def event_order(self) -> dict[str, int]:
        """For each event, its place among all events by time."""
        return {event.id: place for place, event in enumerate(self.events)}

    @table
    def in_series(self) -> dict[str, tuple[Summit, ...]]:
        """For each series, its summits by time."""
        found: dict[str, list[Summit]] = {}
        for event in self.events:
            if isinstance(event, Summit):
                found.setdefault(event.series, []).append(event)
        return {id: tuple(summits) for id, summits in found.items()}

    @table
    def parts_of(self) -> dict[str, tuple[Meeting, ...]]:
        """For each visit, the meetings that were part of it, by time."""
        found: dict[str, list[Meeting]] = {}
        for event in self.events:
            if isinstance(event, Meeting) and event.part_of:
                found.setdefault(event.part_of, []).append(event)
        return {id: tuple(meetings) for id, meetings in found.items()}

    def people_at(self, event: Summit | Meeting) -> tuple[str, ...]:
        """Return the ids of those who were at *event*, or were to be.

        A meeting names them; at a summit they are those of whom a fact of the kind `event` tells that they acted there.
        """
        if isinstance(event, Meeting):
            return tuple(one.person for one in event.participants)
        events = (fact for fact in self.at.get(event.id, ()) if fact.kind == "event")
        acted = dict.fromkeys(id for fact in events for id in fact.by)
        return tuple(id for id in acted if isinstance(self.base.records[id], Leader))

    def acted_at(self, summit: Summit) -> tuple[str, ...]:
        """Return the ids of those of whom a fact tells, as an event or a decision, that they acted at *summit*."""
        facts = (fact for fact in self.at.get(summit.id, ()) if fact.kind in ("event", "decision"))
        acted = dict.fromkeys(id for fact in facts for id in fact.by)
        return tuple(id for id in acted if not isinstance(self.base.records[id], Source))

    @table
    def met(self) -> dict[str, dict[str, tuple[Summit | Meeting, ...]]]:
        """For each leader, whom they met and at which events that were held, by time; who met most often first."""
        found: dict[str, dict[str, list[Summit | Meeting]]] = {}
        for event in self.events:
            people = self.people_at(event) if event.status == "held" else ()
            for one in people:
                for other in people:
                    if other != one:
                        found.setdefault(one, {}).setdefault(other, []).append(event)
        return {
            id: {
                other: tuple(events)
                for other, events in sorted(others.items(), key=lambda one: (-len(one[1]), self.name(one[0])))
            }
            for id, others in found.items()
        }

    @table
    def events_of(self) -> dict[str, tuple[Summit | Meeting, ...]]:
        """For each leader, the events they were at, or were to be at, by time."""
        found: dict[str, list[Summit | Meeting]] = {}
        for event in self.events:
            for id in self.people_at(event):
                found.setdefault(id, []).append(event)
        return {id: tuple(events) for id, events in found.items()}

    @table
    def figures_of(self) -> dict[str, tuple[Fact, ...]]:
        """For each measure, the facts that give a figure of it, by time."""
        return self._facts_by(lambda fact: (fact.figure.measure,) if fact.figure else ())

    @table
    def events_in(self) -> dict[str, tuple[Summit | Meeting, ...]]:
        """For each place, the events there, by time."""
        found: dict[str, list[Summit | Meeting]] = {}
        for event in self.events:
            if event.place:
                found.setdefault(event.place, []).append(event)
        return {id: tuple(events) for id, events in found.items()}

    @table
    def on_the_road_to(self) -> dict[str, tuple[Meeting, ...]]:
        """For each summit, the meetings that prepared it, by time."""
        found: dict[str, list[Meeting]] = {}
        for event in self.events:
            if isinstance(event, Meeting) and event.prepares:
                found.setdefault(event.prepares, []).append(event)
        return {id: tuple(meetings) for id, meetings in found.items()}

    @table
    def narrower(self) -> dict[str, tuple[str, ...]]:
        """For each topic, the ids of those that are narrower."""
        found: dict[str, list[str]] = {}
        for topic in self.base.all(Topic):
            for id in topic.broader:
                found.setdefault(id, []).append(topic.id)
        return {id: tuple(ids) for id, ids in found.items()}

    @table
    def posts_of(self) -> dict[str, tuple[str, ...]]:
        """For each organisation and country, the ids of its posts."""
        found: dict[str, list[str]] = {}
        for post in self.base.all(Post):
            for id in dict.fromkeys(filter(None, (post.organisation, post.country))):
                found.setdefault(id, []).append(post.id)
        return {id: tuple(ids) for id, ids in found.items()}

    @table
    def holders(self) -> dict[str, tuple[tuple[Leader, Membership], ...]]:
        """For each post, who held it, by time."""
        found: dict[str, list[tuple[Leader, Membership]]] = {}
        for leader in self.base.all(Leader):
            for membership in leader.memberships:
                found.setdefault(membership.post, []).append((leader, membership))
        return {
            post: tuple(sorted(held, key=lambda one: (one[1].during.sort_key, one[0].id)))
            for post, held in found.items()
        }

    def post_on(self, leader: Leader, date: Edtf) -> Post | None:
        """Return the post that *leader* held on *date*, the latest begun where there are several."""
        held = [one for one in leader.memberships if within(date, one.during) is not Answer.IMPOSSIBLE]
        if not held:
            return None
        latest = max(held, key=lambda one: one.during.first)
        post = self.base.records[latest.post]
        assert isinstance(post, Post)
        return post

    def origin(self, source: Source) -> str:
        """Return the id of the source that *source* copies or translates in the end, or its own."""
        seen = {source.id}
        while source.derived_from and source.derived_from not in seen:
            parent = self.base.records[source.derived_from]
            assert isinstance(parent, Source)
            seen.add(parent.id)
            source = parent
        return source.id

    def origins(self, fact: Fact) -> int:
        """Return how many independent sources tell *fact*: copies and translations count as their original."""
        sources = [self.base.records[one.source] for one in fact.evidence]
        return len({self.origin(one) for one in sources if isinstance(one, Source)})

    def name(self, id: str) -> str:
        """Return the name of the entity *id*."""
        record: Record = self.base.records[id]
        assert isinstance(record, Entity)
        return record.name


def by_time(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return *facts* by time, and in the order of their ids where the time is the same."""
    return tuple(sorted(facts, key=lambda fact: (fact.time.sort_key, fact.id)))


def _sort_key(date: Edtf | None) -> tuple[datetime.date, datetime.date, str]:
    return date.sort_key if date else (datetime.date.max, datetime.date.max, "")
