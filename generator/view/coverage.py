"""What is known, as its pages show it: how well each value of events and leaders is evidenced, and what is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator import edtf
from generator.markup import Md, escape, link
from generator.model import Entity, Leader, Meeting, Source, Summit, field_shapes
from generator.view import pages, stale
from generator.view.entities import Row
from generator.view.parts import BASES, Parts, when
from generator.view.tables import Table, TablePage, table_pages
from generator.view.trust import basis

EVENT_FIELDS = {
    "date": "When",
    "place": "Where",
    "venue": "Venue",
    "chair": "Chair",
    "prepares": "On the road to",
    "status": "Status",
}

STALE = 200
"""How many lines the list of what is stale has at most: the latest of each kind come last, and are kept."""

TOLD = {"summits": "summits", "leaders": "leaders", "meetings": "meetings", "unknown": "values not known"}
"""What each table has, by name."""

LEADER = ("Leader", "Posts", "Meetings", "Said or done", "Said of them", "Stale")
UNKNOWN = ("Record", "Value", "Why")


@dataclass(frozen=True)
class CoveragePage:
    """What is known, what is not and what is stale by the *newest* day: of each event and leader, and in lists.

    *left_out* counts what the list of what is stale has no room for. Where there is too much for one page each table
    has a page of its own, and *elsewhere* leads there, by the name of the table.
    """

    elsewhere: Mapping[str, Md]
    columns: tuple[str, ...]
    summits: tuple[Row, ...]
    meetings: tuple[Row, ...]
    leaders: tuple[Row, ...]
    newest: str
    stale: tuple[Md, ...]
    left_out: int
    unknown: tuple[Row, ...]


@dataclass(frozen=True)
class _Known:
    """What is known of the records that *parts* shows."""

    parts: Parts

    @cached_property
    def stale(self) -> list[stale.Stale]:
        return list(stale.stale(self.parts))

    @cached_property
    def concern(self) -> Counter[str]:
        """How many stale lines concern each record."""
        return Counter(id for one in self.stale for id in one.records)

    @cached_property
    def concern_road(self) -> Counter[str]:
        """How many stale lines concern each summit or a meeting on the road to it."""
        links = self.parts.links
        roads: dict[str, list[str]] = {}
        for summit in links.base.all(Summit):
            for id in (summit.id, *(one.id for one in links.road_of(summit))):
                roads.setdefault(id, []).append(summit.id)
        concerned = ({id for record in one.records for id in roads.get(record, ())} for one in self.stale)
        return Counter(id for summits in concerned for id in summits)

    @cached_property
    def tables(self) -> dict[str, Table[Any]]:
        """The tables, by name."""
        links = self.parts.links
        leaders = sorted(links.base.all(Leader), key=lambda one: (one.name.split()[-1], one.name))
        fields = tuple(EVENT_FIELDS.values())

        def table(name: str, columns: tuple[str, ...], lines: Any, row: Any, called: Any) -> Table[Any]:
            lead = "How well each value is evidenced, and what is not known: a gap here is said, never left blank."
            above = ("What is known", "coverage/index.md")
            title = f"What is known: {TOLD[name]}"
            return Table(f"coverage/{name}.md", title, lead, columns, lines, row, called, above, 2 * pages.ROOM)

        return {
            "summits": table(
                "summits",
                ("Summit", *fields, "Facts", "Stale"),
                [one for one in links.events if isinstance(one, Summit)],
                lambda one, parts: _event_row(one, parts, self.concern_road[one.id]),
                _year,
            ),
            "leaders": table(
                "leaders",
                LEADER,
                leaders,
                lambda one, parts: _leader_row(one, parts, self.concern[one.id]),
                lambda one: one.name,
            ),
            "meetings": table(
                "meetings",
                ("Meeting", *fields, "Facts", "Stale"),
                [one for one in links.events if isinstance(one, Meeting)],
                lambda one, parts: _event_row(one, parts, self.concern[one.id]),
                _year,
            ),
            "unknown": table(
                "unknown",
                UNKNOWN,
                [
                    (record, field)
                    for record in links.base.records.values()
                    if isinstance(record, Entity) and not isinstance(record, Source)
                    for field in record.unknown
                ],
                _unknown_row,
                lambda one: one[0].kind_name,
            ),
        }

    @property
    def few(self) -> bool:
        """Whether everything has room on one page."""
        return sum(len(one.lines) for one in self.tables.values()) <= 2 * pages.ROOM

    def page(self) -> CoveragePage:
        links = self.parts.links
        rows = {
            name: tuple(one.row(line, self.parts) for line in one.lines) if self.few else ()
            for name, one in self.tables.items()
        }
        return CoveragePage(
            elsewhere={
                name: link(f"All {len(one.lines):,} {TOLD[name]}", f"{name}.md")
                if one.lines and not self.few
                else Md("")
                for name, one in self.tables.items()
            },
            columns=tuple(EVENT_FIELDS.values()),
            newest=edtf.in_words(edtf.parse(stale.newest(links).isoformat())) if links.facts else "no day",
            stale=tuple(one.line for one in self.stale[-STALE:]),
            left_out=max(len(self.stale) - STALE, 0),
            **rows,
        )


def coverage_pages(parts: Parts) -> Iterator[tuple[str, str, Callable[[], CoveragePage | TablePage]]]:
    """Yield path, template and what makes it for the page of what is known, and for each table where that is much."""
    known = _Known(parts)
    yield "coverage/index.md", "coverage", known.page
    for table in known.tables.values():
        if table.lines and not known.few:
            yield from table_pages(table, parts)


def _year(event: Summit | Meeting) -> str:
    return str(event.date.year) if event.date else "date not known"


def _unknown_row(unknown: tuple[Entity, str], parts: Parts) -> Row:
    record, field = unknown
    return Row((parts.link(record.id), escape(field.replace("_", " ")), escape(record.unknown[field])))


def _leader_row(leader: Leader, parts: Parts, stale_lines: int) -> Row:
    links = parts.links
    bases = [basis(one.evidence, links.base) for one in leader.memberships]
    worst = max(bases, key=BASES.index, default="unknown")
    numbers_of = (
        len(links.attended.get(leader.id, ())),
        len(links.by.get(leader.id, ())),
        len(links.about.get(leader.id, ())),
        stale_lines,
    )
    posts = Md(f'<span class="basis {worst}">{worst if bases else "not known"}</span>')
    return Row((parts.link(leader.id), posts, *(Md(str(number)) for number in numbers_of)))


def _event_row(event: Summit | Meeting, parts: Parts, stale_lines: int) -> Row:
    sourced = {field.name for field in field_shapes(type(event)) if field.sourced}
    date = f", {when(event.date)}" if isinstance(event, Meeting) and event.date else ""
    cells = [parts.link(event.id, f"{event.name}{date}")]
    for name, label in EVENT_FIELDS.items():
        if name not in sourced:
            cells.append(Md("–"))
            continue
        value = parts.value(event, name, label)
        basis = min((one.basis for one in value.evidence), key=("proven", "cited", "inferred").index, default="")
        cells.append(
            Md(f'<span class="basis {basis}">{basis}</span>')
            if value.known
            else Md('<span class="basis unknown">not known</span>')
        )
    cells += [Md(str(len(parts.links.of_event(event.id)))), Md(str(stale_lines))]
    return Row(tuple(cells))
