"""Records -> tables: the same rows become CSV files and the tables of the SQLite file.

Columns take their meaning from the fields they hold. A date makes three: as written (EDTF), its first and its last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal

from generator.export.fields import description
from generator.export.records import Json, Records, entries
from generator.model import (
    Alias,
    Alternative,
    Evidence,
    Fact,
    Figure,
    Leader,
    Measure,
    Meeting,
    Membership,
    Participant,
    Post,
    Quote,
    Record,
    Shape,
    Source,
    Summit,
    Topic,
)

Cell = str | int | list[str] | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, its type, and the table whose key stands in it."""

    name: str
    description: str
    type: Literal["string", "integer", "number", "date", "list"] = "string"
    refers_to: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its columns, its key, the columns that full-text search reads, and how its rows are made."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    search: tuple[str, ...]
    rows: Callable[[Records], Iterator[Json]]

    def cells(self, records: Records) -> Iterator[Row]:
        """Yield the rows, a cell for each column."""
        return map(itemgetter(*(one.name for one in self.columns)), self.rows(records))

    def written(self, rows: Iterable[Row], as_text: Callable[[list[str]], str]) -> Iterable[Sequence[Cell]]:
        """Return *rows* with what *as_text* makes of a list in the place of each list."""
        lists = [number for number, one in enumerate(self.columns) if one.type == "list"]
        return (_replaced(row, lists, as_text) for row in rows) if lists else rows


def _replaced(row: Row, lists: Iterable[int], as_text: Callable[[list[str]], str]) -> list[Cell]:
    cells = list(row)
    for number in lists:
        cell = cells[number]
        if isinstance(cell, list):
            cells[number] = as_text(cell)
    return cells


def _of(shape: type[Shape], *names: str) -> tuple[Column, ...]:
    """Return columns for these fields of *shape*."""
    return tuple(Column(name, description(shape, name)) for name in names)


def _ref(shape: type[Shape], name: str, table: str) -> tuple[Column, ...]:
    return (Column(name, description(shape, name), refers_to=table),)


def _list(shape: type[Shape], *names: str) -> tuple[Column, ...]:
    return tuple(replace(one, type="list") for one in _of(shape, *names))


def _date(shape: type[Shape], name: str) -> tuple[Column, ...]:
    return (
        Column(name, description(shape, name)),
        Column(f"{name}_earliest", f"The first day that `{name}` can mean; empty where its start is open.", "date"),
        Column(f"{name}_latest", f"The last day that `{name}` can mean; empty where its end is open.", "date"),
    )


_ID = _of(Fact, "id")
_PAGE = _of(Fact, "page", "page_url")
_EVENT = Column("event", "Id of the event.", refers_to="events")
_PARAGRAPH = Column("paragraph", description(Evidence, "paragraph"), "integer")
_RECORD = Column("record", "Id of the record.", refers_to="records")
_NUMBER = Column("number", "Counts from 1.", "integer")


def _flat(record: Json, dates: Iterable[str] = ()) -> Json:
    """Return *record* with three values for each of *dates*."""
    row = dict(record)
    for name in dates:
        value = record[name] or {"edtf": None, "earliest": None, "latest": None}
        row[name], row[f"{name}_earliest"], row[f"{name}_latest"] = value["edtf"], value["earliest"], value["latest"]
    return row


def _records(records: Records) -> Iterator[Json]:
    for kind, of_kind in records.by_kind.items():
        for id, one in of_kind.items():
            yield {"wikidata": None, **one, "kind": kind.kind_name, "name": records.name(id)}


def _plain(kind: type[Record], *dates: str) -> Callable[[Records], Iterator[Json]]:
    return lambda records: (_flat(one, dates) for one in records.by_kind[kind].values())


def _quotations(records: Records) -> Iterator[Json]:
    for fact in records.by_kind[Fact].values():
        for number, one in enumerate(fact["quotations"], 1):
            yield _flat({**one, "fact": fact["id"], "number": number, "time": fact["time"]}, ["time"])


def _events(records: Records) -> Iterator[Json]:
    missing = dict.fromkeys(("series", "chair", "prepares", "part_of"))
    for event in records.links.events:
        record = records.json(event.id)
        yield _flat({**missing, "type": "summit", **record}, ["date"])


def _participants(records: Records) -> Iterator[Json]:
    for meeting in records.by_kind[Meeting].values():
        for number, one in enumerate(meeting["participants"], 1):
            yield {**one, "event": meeting["id"], "number": number}


def _memberships(records: Records) -> Iterator[Json]:
    for person in records.by_kind[Leader].values():
        for number, one in enumerate(person["memberships"], 1):
            yield _flat({**one, "person": person["id"], "number": number}, ["during"])


def _figures(records: Records) -> Iterator[Json]:
    for fact in records.by_kind[Fact].values():
        if fact["figure"]:
            unit = records.json(fact["figure"]["measure"])["unit"]
            yield _flat({**fact["figure"], "fact": fact["id"], "unit": unit, "time": fact["time"]}, ["time"])


def _evidence(records: Records) -> Iterator[Json]:
    nothing = {"exact": None, "prefix": None, "suffix": None, "omits": None}
    for of_kind in records.by_kind.values():
        for id, record in of_kind.items():
            for number, (field, one) in enumerate(entries(record), 1):
                yield {**one, **(one["quote"] or nothing), "record": id, "number": number, "field": field or None}


def _mentions(records: Records) -> Iterator[Json]:
    for id, fact in records.by_kind[Fact].items():
        pairs = [("by", one) for one in fact["by"]] + [("at", fact["at"])] * bool(fact["at"])
        pairs += [("about", one) for one in fact["about"]] + [("outcome", one) for one in fact["outcome"]]
        yield from ({"fact": id, "role": role, "record": one} for role, one in dict.fromkeys(pairs))


def _names(records: Records) -> Iterator[Json]:
    for of_kind in records.by_kind.values():
        for id, record in of_kind.items():
            if "name" in record:
                names = [{"name": record["name"], "kind": "name", "note": None}, *record["aliases"]]
                yield from ({**one, "record": id, "number": number} for number, one in enumerate(names, 1))


def _unknown(records: Records) -> Iterator[Json]:
    for of_kind in records.by_kind.values():
        for id, record in of_kind.items():
            yield from (
                {"record": id, "field": field, "because": because} for field, because in record["unknown"].items()
            )


def _alternatives(records: Records) -> Iterator[Json]:
    for of_kind in records.by_kind.values():
        for id, record in of_kind.items():
            for number, one in enumerate(record.get("alternatives", ()), 1):
                yield {**one, "record": id, "number": number}


_FIELD = "The field that it is evidence for, such as `date` or `participants.0`; empty for a fact as a whole."

TABLES = (
    Table(
        "records",
        "Records",
        "Every record of every kind, with its name and its page; the other tables refer to it.",
        (
            *_ID,
            Column("kind", "The kind of the record."),
            Column("name", "Its name; of a fact, its sentence."),
            Column("wikidata", f"{description(Leader, 'wikidata')} Of a person, organisation, country or place."),
            *_PAGE,
        ),
        ("id",),
        (),
        _records,
    ),
    Table(
        "facts",
        "Facts",
        "One sentence in our own words each, with its date, who said or did it, and its basis.",
        (
            *_ID,
            *_date(Fact, "time"),
            *_of(Fact, "kind", "text"),
            *_list(Fact, "by"),
            *_ref(Fact, "at", "events"),
            *_list(Fact, "about"),
            *_of(Fact, "basis"),
            Column("independent_sources", description(Fact, "independent_sources"), "integer"),
            *_date(Fact, "date"),
            *_date(Fact, "as_of"),
            *_of(Fact, "status"),
            *_list(Fact, "outcome", "planned_in"),
            *_of(Fact, "note"),
            *_PAGE,
        ),
        ("id",),
        ("text", "note"),
        _plain(Fact, "time", "date", "as_of"),
    ),
    Table(
        "quotations",
        "Quotations",
        "Somebody's own words, each proven against its source.",
        (
            Column("fact", "Id of the fact it belongs to.", refers_to="facts"),
            _NUMBER,
            Column("exact", description(Quote, "exact")),
            Column("speaker", "Id of whose words they are.", refers_to="records"),
            Column("post", "Id of the post that the speaker held on that day.", refers_to="posts"),
            *_date(Fact, "time"),
            Column("source", "Id of the source that prints them.", refers_to="sources"),
            _PARAGRAPH,
        ),
        ("fact", "number"),
        ("exact",),
        _quotations,
    ),
    Table(
        "events",
        "Events",
        "Summits, and the meetings, visits, speeches and briefings on the road to them.",
        (
            *_ID,
            Column("type", "What kind of event it is: `summit`, or the type of a meeting."),
            *_of(Summit, "name", "status"),
            *_date(Summit, "date"),
            *_ref(Summit, "place", "records"),
            *_of(Summit, "venue"),
            *_ref(Summit, "series", "records"),
            *_ref(Summit, "chair", "people"),
            *_ref(Meeting, "prepares", "events"),
            *_ref(Meeting, "part_of", "events"),
            *_list(Summit, "facts"),
            *_PAGE,
        ),
        ("id",),
        ("name", "venue"),
        _events,
    ),
    Table(
        "participants",
        "Who was at meetings",
        "A person at a meeting, and the post in which they were there.",
        (_EVENT, _NUMBER, *_ref(Participant, "person", "people"), *_ref(Participant, "post", "posts")),
        ("event", "number"),
        (),
        _participants,
    ),
    Table(
        "people",
        "People",
        "Who met, who spoke, and who was spoken of.",
        (*_ID, *_of(Leader, "name"), *_list(Leader, "meetings", "facts_by", "facts_about"), *_PAGE),
        ("id",),
        ("name",),
        _plain(Leader),
    ),
    Table(
        "memberships",
        "Posts held",
        "A post held by a person over an interval of time.",
        (
            Column("person", "Id of the person.", refers_to="people"),
            _NUMBER,
            *_ref(Membership, "post", "posts"),
            *_date(Membership, "during"),
        ),
        ("person", "number"),
        (),
        _memberships,
    ),
    Table(
        "posts",
        "Posts",
        "Offices.",
        (
            *_ID,
            *_of(Post, "name"),
            *_ref(Post, "organisation", "records"),
            *_ref(Post, "country", "records"),
            *_of(Post, "single_seat", "gap"),
            *_PAGE,
        ),
        ("id",),
        ("name",),
        _plain(Post),
    ),
    Table(
        "topics",
        "Topics",
        "What facts are about.",
        (*_ID, *_of(Topic, "name", "scope"), *_list(Topic, "broader", "narrower", "related", "facts_about"), *_PAGE),
        ("id",),
        ("name", "scope"),
        _plain(Topic),
    ),
    Table(
        "figures",
        "Figures",
        "The numbers that facts give; a later one does not correct an earlier one, each holds as of its day.",
        (
            Column("fact", "Id of the fact that gives it.", refers_to="facts"),
            *_ref(Figure, "measure", "records"),
            *_date(Fact, "time"),
            Column("value", description(Figure, "value"), "number"),
            *_of(Figure, "words"),
            *_of(Measure, "unit"),
            *_of(Figure, "about"),
        ),
        ("fact",),
        (),
        _figures,
    ),
    Table(
        "sources",
        "Sources",
        "Articles that were distilled, and pages that are only cited.",
        (
            *_ID,
            *_of(Source, "name", "type", "publisher", "author", "headline"),
            *_date(Source, "published"),
            *_of(Source, "url", "archive_url", "language", "origin"),
            *_ref(Source, "derived_from", "sources"),
            *_of(Source, "wording"),
            *_list(Source, "confirmed", "facts"),
            *_of(Source, "note"),
            *_PAGE,
        ),
        ("id",),
        ("name", "headline", "publisher"),
        _plain(Source, "published"),
    ),
    Table(
        "evidence",
        "Evidence",
        "Where each value comes from.",
        (
            _RECORD,
            _NUMBER,
            Column("field", _FIELD),
            *_ref(Evidence, "source", "sources"),
            _PARAGRAPH,
            *_of(Quote, "exact", "prefix", "suffix", "omits"),
            *_ref(Evidence, "speaker", "records"),
            *_of(Evidence, "inferred", "basis"),
        ),
        ("record", "number"),
        (),
        _evidence,
    ),
    Table(
        "mentions",
        "Who and what facts name",
        "A record that a fact names, and in which role: `by`, `at`, `about` or `outcome`.",
        (
            Column("fact", "Id of the fact.", refers_to="facts"),
            Column("role", "The field of the fact that names it."),
            _RECORD,
        ),
        ("fact", "role", "record"),
        (),
        _mentions,
    ),
    Table(
        "names",
        "Names",
        "The name of each record, and the others under which readers look for it.",
        (
            _RECORD,
            _NUMBER,
            Column("name", "The name."),
            Column("kind", f"`name` for the one that the site writes. {description(Alias, 'kind')}"),
            *_of(Alias, "note"),
        ),
        ("record", "number"),
        ("name",),
        _names,
    ),
    Table(
        "unknown",
        "What is not known",
        "A value that is not known, and why.",
        (_RECORD, Column("field", "The field without a value."), Column("because", "Why it is not known.")),
        ("record", "field"),
        (),
        _unknown,
    ),
    Table(
        "alternatives",
        "Where sources differ",
        "Another value that a source gives, beside the one that the record holds.",
        (_RECORD, _NUMBER, *_of(Alternative, "field", "value", "rank", "because")),
        ("record", "number"),
        (),
        _alternatives,
    ),
)
