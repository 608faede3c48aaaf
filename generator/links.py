"""The fact base seen from its records: which facts belong to each, who held what when, where each has its page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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
)


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
        if isinstance(record, Series):
            return f"summits/index.md#{id}"
        return f"{record.pages}/{id}.md"

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, by time."""
        return by_time(self.base.all(Fact))

    @cached_property
    def at(self) -> dict[str, tuple[Fact, ...]]:
        """For each event, the facts that belong to it."""
        return self._facts_by(lambda fact: (fact.at,) if fact.at else ())

    @cached_property
    def by(self) -> dict[str, tuple[Fact, ...]]:
        """For each agent, the facts that tell what they said or did."""
        return self._facts_by(lambda fact: fact.by)

    @cached_property
    def about(self) -> dict[str, tuple[Fact, ...]]:
        """For each record, the facts about it that are not by it."""
        return self._facts_by(lambda fact: tuple(id for id in fact.about if id not in fact.by))

    @cached_property
    def from_source(self) -> dict[str, tuple[Fact, ...]]:
        """For each source, the facts it is evidence for."""
        return self._facts_by(lambda fact: tuple(dict.fromkeys(one.source for one in fact.evidence)))

    @cached_property
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

    @cached_property
    def planned_in(self) -> dict[str, tuple[Fact, ...]]:
        """For each fact, the plans whose outcome it tells."""
        return self._facts_by(lambda fact: fact.outcome)

    def _facts_by(self, ids: object) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            for id in ids(fact):  # type: ignore[operator]
                found.setdefault(id, []).append(fact)
        return {id: tuple(facts) for id, facts in found.items()}

    @cached_property
    def events(self) -> tuple[Summit | Meeting, ...]:
        """Summits and meetings, by time; those without a date at the end."""
        events: list[Summit | Meeting] = [*self.base.all(Summit), *self.base.all(Meeting)]
        return tuple(sorted(events, key=lambda event: (_sort_key(event.date), event.id)))

    @cached_property
    def attended(self) -> dict[str, tuple[Meeting, ...]]:
        """For each leader, the meetings they were at, or were to be at, by time."""
        found: dict[str, list[Meeting]] = {}
        for event in self.events:
            if isinstance(event, Meeting):
                for participant in event.participants:
                    found.setdefault(participant.person, []).append(event)
        return {id: tuple(meetings) for id, meetings in found.items()}

    @cached_property
    def on_the_road_to(self) -> dict[str, tuple[Meeting, ...]]:
        """For each summit, the meetings that prepared it, by time."""
        found: dict[str, list[Meeting]] = {}
        for event in self.events:
            if isinstance(event, Meeting) and event.prepares:
                found.setdefault(event.prepares, []).append(event)
        return {id: tuple(meetings) for id, meetings in found.items()}

    @cached_property
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
