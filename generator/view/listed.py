"""The lists on the page of a record, and which part of each stands on which of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.edtf import MONTHS
from generator.links import Links
from generator.model import Entity, Fact, Leader, Meeting, Source, Summit, Topic
from generator.view import gist, pages


@dataclass(frozen=True)
class Listing:
    """A list on the page of a record: its facts by time, or what the lines of its table or list are about.

    *columns* are the headings of a table; () where it has none. A list of *facts* shares the room of a page with the
    others; of any other the first page has *first* lines at most.
    """

    name: str
    heading: str
    items: Sequence[Any]
    columns: tuple[str, ...] = ()
    first: int = 0

    @property
    def facts(self) -> bool:
        return not self.first


Share = dict[str, tuple[Any, ...]]
"""What stands on one page of a record: a part of each list, by its name."""

EVENTS = ("When", "Event", "Who")
MET = ("Person", "How often", "At")


def listings(record: Entity, links: Links) -> Iterator[Listing]:
    """Yield the lists on the page of *record*, in the order in which they stand there."""
    rows = pages.ROOM // 2
    if isinstance(record, Summit):
        told = {*gist.highlights(record, links), *gist.left_open(record, links)}
        rest = [fact for fact in links.of_event(record.id) if fact not in told]
        before = [fact for fact in rest if not later(fact, record)]
        after = [fact for fact in rest if later(fact, record)]
        road = links.on_the_road_to.get(record.id, ())
        yield Listing("road", "The road to it", road, ("When", "Meeting", "Who"), rows)
        yield Listing("before", "What was said before it", before)
        yield Listing("after", "More of the summit, and after", after)
    elif isinstance(record, Meeting):
        yield Listing("facts", "What was said and done", links.of_event(record.id))
    elif isinstance(record, Leader):
        yield Listing("meetings", "Meetings", links.attended.get(record.id, ()), EVENTS, rows)
        yield Listing("met", "Met", tuple(links.met.get(record.id, {}).items()), MET, rows // 3)
        yield Listing("said", "Said and done", links.by.get(record.id, ()))
        yield Listing("said_of", "Said of them by others", links.about.get(record.id, ()))
    elif isinstance(record, Source):
        cited = [one for one in links.cited_by.get(record.id, ()) if one is not record]
        facts = () if record.id in links.base.articles else links.from_source.get(record.id, ())
        elsewhere = [fact for fact in facts if fact.id.rpartition("-")[0] != record.id]
        yield Listing("used_by", "Cited by", (*cited, *elsewhere), first=2 * rows)
    else:
        about = "Year by year" if isinstance(record, Topic) else "What was said of it"
        yield Listing("holders", "Who held it", links.holders.get(record.id, ()), ("Person", "When", "Evidence"), rows)
        yield Listing("events", "Events there", links.events_in.get(record.id, ()), EVENTS, rows)
        yield Listing("said", "Said and done", links.by.get(record.id, ()))
        yield Listing("facts", about, links.about.get(record.id, ()))


def later(fact: Fact, summit: Summit) -> bool:
    """Say whether *fact* tells of *summit* itself, or of what came after it, and not of what was said before."""
    told_as_plan = fact.kind == "plan"
    return summit.date is not None and not told_as_plan and fact.time.first >= summit.date.first


def shares(lists: Sequence[Listing]) -> list[Share]:
    """Return what stands on each page of the record that has *lists*.

    The first page has the first lines of every table, and the first facts; the facts go on on the next pages, and then
    the tables. A line takes half the room of a fact.
    """
    tables = [one for one in lists if not one.facts]
    facts = [(one.name, fact) for one in lists if one.facts for fact in one.items]
    begun = [(one.name, line) for one in tables for line in one.items[: one.first]]
    rest = [(one.name, line) for one in tables for line in one.items[one.first :]]

    def year(one: tuple[str, Fact]) -> tuple[str, int]:
        return one[0], one[1].time.year

    def month(one: tuple[str, Fact]) -> str:
        return one[1].time.sort_key[0].isoformat()[:7]

    made = pages.spread(facts, (year, month), pages.ROOM, pages.ROOM - len(begun) // 2)
    made[0] = [*begun, *made[0]]
    if rest:
        made += pages.spread(rest, (), pages.ROOM)
    return [_by_name(of_page) for of_page in made]


def _by_name(items: Sequence[tuple[str, Any]]) -> Share:
    found: dict[str, list[Any]] = {}
    for name, one in items:
        found.setdefault(name, []).append(one)
    return {name: tuple(several) for name, several in found.items()}


def labels(shares: Sequence[Share], lists: Sequence[Listing]) -> list[str]:
    """Return what each of *shares* holds: `2031 to 2033`, with the heading of the list where there are several.

    Of a year that goes on on another page the months are named.
    """
    of_facts = {one.name: one.heading for one in lists if one.facts and one.items}
    ends = [{name: share[name] for name in of_facts if name in share} for share in shares]
    told = []
    for at, share in enumerate(shares):
        held = []
        for name, facts in ends[at].items():
            before = ends[at - 1].get(name, ())[-1:] if at else ()
            after = ends[at + 1].get(name, ())[:1] if at + 1 < len(ends) else ()
            years = time_of(facts, (*before, *after))
            held.append(f"{of_facts[name]}, {years}" if len(of_facts) > 1 else years)
        told.append("; ".join(held or [one.heading for one in lists if one.name in share]))
    return told


def time_of(facts: Sequence[Fact], beside: Sequence[Fact]) -> str:
    """Return the years of *facts*, with their months where one of *beside*, on the pages next to it, is of such a year.

    `2031 to 2033`, `March 2031 to 2032`, `March to May 2031`.
    """
    cut = {one.time.year for one in beside}

    def named(fact: Fact) -> str:
        return (
            f"{MONTHS[fact.time.sort_key[0].month]} {fact.time.year}" if fact.time.year in cut else str(fact.time.year)
        )

    first, last = named(facts[0]), named(facts[-1])
    if first == last:
        return first
    if facts[0].time.year == facts[-1].time.year:
        first = first.partition(" ")[0]
    return f"{first} to {last}"
