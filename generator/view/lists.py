"""What the pages show that gather records: home, a list for each kind, facts, quotations, figures, timeline …"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import edtf
from generator.edtf import MONTHS
from generator.glossary import Glossary
from generator.glossary import Term as Explained
from generator.links import Links
from generator.markup import Md, escape, join, link
from generator.model import (
    Country,
    Entity,
    Fact,
    FactBase,
    Leader,
    Measure,
    Meeting,
    Organisation,
    Place,
    Post,
    Series,
    Source,
    Summit,
    Term,
    Topic,
    field_shapes,
)
from generator.view import drawn, explore, numbers, stale
from generator.view.entities import INDEX_NAMES, Row, event_row
from generator.view.parts import (
    BASES,
    Card,
    EvidenceView,
    FactView,
    Parts,
    QuoteView,
    Section,
    counted,
    topics_of,
    when,
)
from generator.view.trust import basis


@dataclass(frozen=True)
class Group:
    """Records of one kind under a heading; *anchor* is the heading's id."""

    heading: str
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class IndexPage:
    """The list of all records of one kind."""

    title: str
    description: str
    lead: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class HomePage:
    """The home page: what this is, its numbers, a timeline, the summits, people and topics that have most facts."""

    description: str
    numbers: tuple[tuple[str, str, str], ...]
    timeline: Md
    summits: tuple[Card, ...]
    leaders: tuple[Card, ...]
    topics: tuple[tuple[Md, int], ...]
    sources: tuple[Card, ...]
    example: FactView | None


@dataclass(frozen=True)
class FactsPage:
    """All facts of one year, or a part of them; or the list of years, with the *newest* facts.

    *summary* is what filtering starts from; *pages* leads to the parts of the year, the one that is open is no link.
    """

    title: str
    trail: tuple[Md, ...]
    description: str
    years: tuple[tuple[Md, int], ...]
    kinds: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    total: int
    newest: tuple[FactView, ...] = ()
    summary: Md | None = None
    pages: tuple[Md, ...] = ()


@dataclass(frozen=True)
class Quotation:
    """Exact words, who spoke them and when, and the fact they belong to."""

    quote: QuoteView
    when: str
    fact: FactView


@dataclass(frozen=True)
class QuotationsPage:
    """All quotations, by year."""

    years: tuple[tuple[str, tuple[Quotation, ...]], ...]
    total: int


@dataclass(frozen=True)
class FigureSeries:
    """The values of one measure over time."""

    name: str
    anchor: str
    unit: str
    aliases: tuple[str, ...]
    change: Md
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FiguresPage:
    """All figures: a drawing of them, and a table for each measure."""

    drawing: Md
    series: tuple[FigureSeries, ...]


@dataclass(frozen=True)
class TimelinePage:
    """All events by year, with a drawing."""

    timeline: Md
    years: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class TermView:
    """A term, the line that explains it, its other names, and where the line comes from if not from a dictionary."""

    name: str
    anchor: str
    explanation: str
    names: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class GlossaryPage:
    """All terms."""

    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class CoveragePage:
    """What is known, what is not and what is stale by the *newest* day: of each event and leader, and in lists.

    *left_out* counts what the list of what is stale has no room for.
    """

    columns: tuple[str, ...]
    summits: tuple[Row, ...]
    meetings: tuple[Row, ...]
    leaders: tuple[Row, ...]
    newest: str
    stale: tuple[Md, ...]
    left_out: int
    unknown: tuple[Row, ...]


def home_page(parts: Parts) -> HomePage:
    """Return what the home page shows."""
    links = parts.links
    facts = links.facts
    quotations = sum(1 for one in links.base.citations if one.evidence.speaker)
    articles = [one for one in links.base.all(Source) if one.type == "article"]
    numbers = (
        (str(len(facts)), "facts", parts.up + "facts/index.md"),
        (str(quotations), "quotations", parts.up + "quotations/index.md"),
        (str(len(links.base.all(Summit))), "summits", parts.up + "summits/index.md"),
        (str(len(links.base.all(Meeting))), "meetings", parts.up + "meetings/index.md"),
        (str(len(links.base.all(Leader))), "leaders", parts.up + "leaders/index.md"),
        (str(len(links.base.all(Source))), "sources", parts.up + "sources/index.md"),
    )
    leaders = sorted(links.base.all(Leader), key=lambda one: (-_weight(one.id, links), one.name))
    spoken = [one for one in facts if one.at and any(evidence.speaker for evidence in one.evidence)]
    return HomePage(
        description="NATO summits and the meetings before them: who met whom, when and on what, with evidence.",
        numbers=numbers,
        timeline=drawn.all_events(parts, ""),
        summits=tuple(_summit_card(one, parts) for one in links.events if isinstance(one, Summit)),
        leaders=tuple(_leader_card(one, parts) for one in leaders[:10]),
        topics=tuple((parts.link(id), number) for id, number in topics_of(facts, links)[:16]),
        sources=tuple(_source_card(one, parts) for one in sorted(articles, key=_published)),
        example=next(map(parts.fact, sorted(spoken, key=lambda one: (abs(_spoken_words(one) - 15), one.id))), None),
    )


def _spoken_words(fact: Fact) -> int:
    return sum(len(one.quote.exact.split()) for one in fact.evidence if one.speaker and one.quote)


def _weight(id: str, links: Links) -> int:
    return len({*links.by.get(id, ()), *links.about.get(id, ())})


def _published(source: Source) -> tuple[datetime.date, str]:
    return (source.published.first if source.published else datetime.date.max), source.id


def _summit_card(summit: Summit, parts: Parts) -> Card:
    date = when(summit.date) if summit.date else "date not known"
    place = parts.links.name(summit.place) if summit.place else "place not known"
    number = len(parts.links.of_event(summit.id))
    road = len(parts.links.on_the_road_to.get(summit.id, ()))
    return Card(
        parts.link(summit.id),
        escape(f"{date} · {place}"),
        f"{counted(number, 'fact')} · {counted(road, 'meeting')} before it",
    )


def _leader_card(leader: Leader, parts: Parts) -> Card:
    posts = join([parts.links.name(one.post) for one in leader.memberships[-1:]])
    said, of = len(parts.links.by.get(leader.id, ())), len(parts.links.about.get(leader.id, ()))
    return Card(parts.link(leader.id), posts, f"{said} said or done · {of} said of them")


def _source_card(source: Source, parts: Parts) -> Card:
    date = when(source.published) if source.published else "undated"
    number = len(parts.links.from_source.get(source.id, ()))
    return Card(
        parts.link(source.id, source.headline or source.name),
        escape(f"{source.publisher}, {date}"),
        counted(number, "fact"),
    )


def _event_card(event: Meeting, parts: Parts) -> Card:
    row = event_row(event, parts)
    number = len(parts.links.of_event(event.id))
    return Card(
        row.cells[1],
        join([row.cells[0], row.cells[2]], " · ") if row.cells[2] else row.cells[0],
        counted(number, "fact"),
    )


def _subject_card(subject: Entity, parts: Parts) -> Card:
    lead = escape(subject.scope) if isinstance(subject, Topic) else Md("")
    if isinstance(subject, Post):
        lead = parts.named(dict.fromkeys(leader.id for leader, _ in parts.links.holders.get(subject.id, ())))
    return Card(parts.link(subject.id), lead, counted(_weight(subject.id, parts.links), "fact"))


def index_pages(parts: Parts) -> Iterator[tuple[str, IndexPage]]:
    """Yield the folder and the list of each kind of record."""
    links, base = parts.links, parts.links.base
    series = [
        Group(
            one.name,
            one.id,
            tuple(
                _summit_card(summit, parts)
                for summit in links.events
                if isinstance(summit, Summit) and summit.series == one.id
            ),
        )
        for one in base.all(Series)
    ]
    yield (
        "summits",
        _index("summits", "NATO summits, and summits on the way of them, each with the road that led to it.", series),
    )
    meetings: dict[str, list[Card]] = {}
    for event in links.events:
        if isinstance(event, Meeting):
            meetings.setdefault(str(event.date.year) if event.date else "Date not known", []).append(
                _event_card(event, parts)
            )
    yield (
        "meetings",
        _index(
            "meetings", "Meetings, visits, speeches and briefings on the road to summits, by year.", _groups(meetings)
        ),
    )
    leaders = sorted(base.all(Leader), key=lambda one: (one.name.split()[-1], one.name))
    yield (
        "leaders",
        _index(
            "leaders", "Who met, who spoke, and who was spoken of.", _one(_leader_card(one, parts) for one in leaders)
        ),
    )
    kinds: tuple[tuple[str, type[Entity], str], ...] = (
        ("topics", Topic, "What was talked about, each topic as a history."),
        ("organisations", Organisation, "Bodies that spoke, acted or were spoken of."),
        ("countries", Country, "Countries that facts are about."),
        ("places", Place, "Where events were held, and what they were about."),
        ("posts", Post, "Offices, and who held them when."),
    )
    for folder, kind, lead in kinds:
        records = sorted(base.all(kind), key=lambda one: one.name.casefold())
        yield folder, _index(folder, lead, _one(_subject_card(one, parts) for one in records))
    sources = sorted(base.all(Source), key=_published)
    groups = [
        Group("Articles", "articles", tuple(_source_card(one, parts) for one in sources if one.type == "article")),
        Group(
            "Pages that are only cited",
            "pages",
            tuple(_source_card(one, parts) for one in sources if one.type == "page"),
        ),
    ]
    yield (
        "sources",
        _index(
            "sources",
            "Articles that were distilled fact by fact, and pages that are cited for outcomes and terms of office.",
            groups,
        ),
    )


def _index(folder: str, lead: str, groups: Iterable[Group]) -> IndexPage:
    return IndexPage(INDEX_NAMES[folder], lead, lead, tuple(group for group in groups if group.cards))


def _groups(cards: dict[str, list[Card]]) -> list[Group]:
    return [Group(heading, f"y{heading}".replace(" ", "-").lower(), tuple(of_it)) for heading, of_it in cards.items()]


def _one(cards: Iterable[Card]) -> list[Group]:
    return [Group("", "", tuple(cards))]


PER_PAGE = 100
"""The most facts on a page of a year."""

NEWEST = 25
"""How many facts the page of all facts opens with, the latest first."""


def facts_pages(parts: Parts) -> Iterator[tuple[str, FactsPage]]:
    """Yield the path and the page of all facts by year: the list of years, then each year."""
    facts = parts.links.facts
    by_year: dict[int, list[Fact]] = {}
    for fact in facts:
        by_year.setdefault(fact.time.year, []).append(fact)
    years = tuple((link(str(year), f"{year}.md"), len(of_year)) for year, of_year in by_year.items())
    yield (
        "facts/index.md",
        FactsPage(
            "Facts",
            (),
            f"All {counted(len(facts), 'fact')}{_from_to(facts)}: by year, summit, leader, topic and source.",
            years,
            _kinds(facts),
            (),
            len(facts),
            parts.facts(facts[: -NEWEST - 1 : -1]),
            Md(explore.summary(parts.links)),
        ),
    )
    for year, of_year in by_year.items():
        yield from _year_pages(year, of_year, years, parts)


def _from_to(facts: Sequence[Fact]) -> str:
    """Return ', 2014 to 2024' for *facts*, which are in order of time."""
    years = dict.fromkeys(str(fact.time.year) for fact in (*facts[:1], *facts[-1:]))
    return f", {' to '.join(years)}" if years else ""


def _year_pages(
    year: int, of_year: Sequence[Fact], years: tuple[tuple[Md, int], ...], parts: Parts
) -> Iterator[tuple[str, FactsPage]]:
    """Yield the pages of the facts *of_year*, at most PER_PAGE on each; the first has the address of the year."""
    names = [f"{year}-{start // PER_PAGE + 1}" if start else str(year) for start in range(0, len(of_year), PER_PAGE)]
    for at, name in enumerate(names):
        first, last = at * PER_PAGE, min((at + 1) * PER_PAGE, len(of_year))
        part = f", page {at + 1}" if at else ""
        range_of = f"{first + 1} to {last} of " if len(names) > 1 else "All "
        pages = (Md(str(n)) if n == at + 1 else link(str(n), f"{one}.md") for n, one in enumerate(names, 1))
        yield (
            f"facts/{name}.md",
            FactsPage(
                f"Facts of {year}{part}",
                (link("Home", parts.up + "index.md"), link("Facts", "index.md")),
                f"{range_of}{counted(len(of_year), 'fact')} of {year}, by month, with sources.",
                years,
                _kinds(of_year),
                _months(of_year[first:last], parts),
                len(of_year),
                pages=tuple(pages) if len(names) > 1 else (),
            ),
        )


def _kinds(facts: Sequence[Fact]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.kind] = counts.get(fact.kind, 0) + 1
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _months(facts: Sequence[Fact], parts: Parts) -> tuple[Section, ...]:
    sections: dict[str, list[Fact]] = {}
    for fact in facts:
        start = fact.time.start or fact.time.end
        month = start.first.strftime("%m") if start and start.month else ""
        name = f"{MONTHS[int(month)]} {start.year}" if month and start else f"{fact.time.year}, no month given"
        sections.setdefault(name, []).append(fact)
    return tuple(Section(name, parts.facts(of_month)) for name, of_month in sections.items())


def quotations_page(parts: Parts) -> QuotationsPage:
    """Return all quotations by year, in order of time."""
    years: dict[str, list[Quotation]] = {}
    for fact in parts.links.facts:
        view = parts.fact(fact)
        for quote in view.quotes:
            years.setdefault(str(fact.time.year), []).append(Quotation(quote, view.when, view))
    return QuotationsPage(tuple((year, tuple(quotes)) for year, quotes in years.items()), sum(map(len, years.values())))


def figures_page(parts: Parts) -> FiguresPage:
    """Return the figures of each measure over time."""
    series = []
    measures = []
    for measure in parts.links.base.all(Measure):
        facts = parts.links.figures_of.get(measure.id, ())
        rows = tuple(_figure_row(fact, measure, parts) for fact in facts)
        change = Md(f"{numbers.changes(facts, parts)}.") if len(facts) > 1 else Md("")
        names = tuple(one.name for one in measure.aliases)
        series.append(FigureSeries(measure.name, measure.id, measure.unit, names, change, rows))
        measures.append((measure, facts))
    measures.sort(key=lambda one: -len(one[1]))
    drawing = numbers.chart(measures, "figures", "The figures over time", "../", parts)
    return FiguresPage(drawing, tuple(one for one in series if one.rows))


def _figure_row(fact: Fact, measure: Measure, parts: Parts) -> Row:
    view = parts.fact(fact)
    value = Md(f"**{escape(numbers.amount(fact))}** {escape(measure.unit)}")
    return Row((escape(view.when), value, link(fact.text, view.permalink)), view.evidence)


def timeline_page(parts: Parts) -> TimelinePage:
    """Return all events by year."""
    years: dict[str, list[Row]] = {}
    for event in parts.links.events:
        kind = "Summit" if isinstance(event, Summit) else event.type.capitalize()
        row = event_row(event, parts)
        years.setdefault(str(event.date.year) if event.date else "Date not known", []).append(
            Row((row.cells[0], Md(kind), row.cells[1], row.cells[2]))
        )
    return TimelinePage(drawn.all_events(parts, "../"), tuple((year, tuple(rows)) for year, rows in years.items()))


def glossary(base: FactBase) -> Glossary:
    """Return the terms that pages explain; misprints and mistranslations are no names of theirs."""
    terms = []
    for one in base.all(Term):
        names = [one.name, *(alias.name for alias in one.aliases if alias.kind not in ("misprint", "mistranslation"))]
        terms.append(Explained(one.id, one.name, tuple(names), one.explanation))
    return Glossary(tuple(terms))


def glossary_page(parts: Parts) -> GlossaryPage:
    """Return the terms by name, each with its line and where that comes from."""
    terms = sorted(parts.links.base.all(Term), key=lambda one: one.name.casefold())
    return GlossaryPage(
        tuple(
            TermView(
                one.name,
                one.id,
                one.explanation,
                tuple(alias.name for alias in one.aliases),
                parts.evidence(one.evidence.get("explanation", ())),
            )
            for one in terms
        )
    )


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


def coverage_page(parts: Parts) -> CoveragePage:
    """Return what is known, what is not and what is stale."""
    links = parts.links
    summits = [one for one in links.events if isinstance(one, Summit)]
    meetings = [one for one in links.events if isinstance(one, Meeting)]
    leaders = sorted(links.base.all(Leader), key=lambda one: (one.name.split()[-1], one.name))
    found = list(stale.stale(parts))
    counts = Counter(id for one in found for id in one.records)
    of_roads = {one.id: {one.id, *(road.id for road in links.road_of(one))} for one in summits}
    unknown = [
        Row((parts.link(record.id), escape(field.replace("_", " ")), escape(reason)))
        for record in links.base.records.values()
        if isinstance(record, Entity) and not isinstance(record, Source)
        for field, reason in record.unknown.items()
    ]
    of_summits = Counter(id for one in found for id, road in of_roads.items() if not road.isdisjoint(one.records))
    return CoveragePage(
        columns=tuple(EVENT_FIELDS.values()),
        summits=tuple(_coverage_row(one, parts, of_summits[one.id]) for one in summits),
        meetings=tuple(_coverage_row(one, parts, counts[one.id]) for one in meetings),
        leaders=tuple(_leader_row(one, parts, counts[one.id]) for one in leaders),
        newest=edtf.in_words(edtf.parse(stale.newest(links).isoformat())) if links.facts else "no day",
        stale=tuple(one.line for one in found[-STALE:]),
        left_out=max(len(found) - STALE, 0),
        unknown=tuple(unknown),
    )


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


def _coverage_row(event: Summit | Meeting, parts: Parts, stale_lines: int) -> Row:
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
