"""What the pages show that gather records: home, a list for each kind, facts, quotations, figures, timeline …"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from generator.edtf import MONTHS
from generator.glossary import Glossary
from generator.glossary import Term as Explained
from generator.links import Links
from generator.markup import Md, escape, join, link
from generator.model import (
    KINDS,
    Entity,
    Fact,
    FactBase,
    Leader,
    Measure,
    Meeting,
    Post,
    Series,
    Source,
    Summit,
    Term,
    Topic,
)
from generator.reading import remembered
from generator.view import drawn, explore, numbers, pages
from generator.view.entities import INDEX_NAMES, Row, event_row
from generator.view.pages import Pager
from generator.view.parts import (
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
from generator.view.tables import Table, TablePage, table_pages


@dataclass(frozen=True)
class Group:
    """Records of one kind under a heading; *anchor* is the heading's id."""

    heading: str
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class IndexPage:
    """The list of all records of one kind, or a part of it; *trail* leads to the first part from the others."""

    title: str
    description: str
    lead: str
    trail: tuple[Md, ...]
    groups: tuple[Group, ...]
    pages: Pager


@dataclass(frozen=True)
class HomePage:
    """The home page: what this is, its numbers, a timeline, the summits, people and topics that have most facts."""

    description: str
    numbers: tuple[tuple[str, str, str], ...]
    timeline: Md
    summits: tuple[Card, ...]
    more_summits: int
    leaders: tuple[Card, ...]
    topics: tuple[tuple[Md, int], ...]
    sources: tuple[Card, ...]
    more_sources: int
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
    """All quotations, by year; or those of one year, or a part of them.

    Where there are too many for one page, the first has the latest in their place, the years with how many each has in
    *which*, and the *speakers* who are quoted most.
    """

    title: str
    description: str
    lead: str
    trail: tuple[Md, ...]
    which: tuple[tuple[Md, int], ...]
    speakers: tuple[tuple[Md, int], ...]
    years: tuple[tuple[str, tuple[Quotation, ...]], ...]
    pages: Pager


@dataclass(frozen=True)
class FigureSeries:
    """The values of one measure over time."""

    name: str
    anchor: str
    unit: str
    change: Md
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FiguresPage:
    """All figures: a drawing of them, and a table for each measure.

    Where there are too many for one page, each measure is a row of *latest*, and has a page of its own.
    """

    drawing: Md
    series: tuple[FigureSeries, ...]
    latest: tuple[Row, ...] = ()


@dataclass(frozen=True)
class TimelinePage:
    """All events by year, with a drawing; or a part of them, on page *number*, without it."""

    number: int
    timeline: Md
    years: tuple[tuple[str, tuple[Row, ...]], ...]
    pages: Pager


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


CARDS = 24
"""How many summits and articles the home page shows at most, the latest; it says how many more there are."""


def home_page(parts: Parts) -> HomePage:
    """Return what the home page shows."""
    links = parts.links
    facts = links.facts
    quotations = sum(1 for one in links.base.citations if one.evidence.speaker)
    articles = [one for one in links.base.all(Source) if one.type == "article"]
    summits = [one for one in links.events if isinstance(one, Summit)]
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
        summits=tuple(_summit_card(one, parts) for one in summits[-CARDS:]),
        more_summits=max(len(summits) - CARDS, 0),
        leaders=tuple(_leader_card(one, parts) for one in leaders[:10]),
        topics=tuple((parts.link(id), number) for id, number in topics_of(facts, links)[:16]),
        sources=tuple(_source_card(one, parts) for one in sorted(articles, key=_published)[-CARDS:]),
        more_sources=max(len(articles) - CARDS, 0),
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


Kept = tuple[str, str, Entity]
"""A record in the list of its kind: the heading it stands under, the heading's id, and the record."""

CARD_OF: dict[str, Callable[[Any, Parts], Card]] = {
    "summits": _summit_card,
    "meetings": _event_card,
    "leaders": _leader_card,
    "sources": _source_card,
}
"""What makes the card of a record, by the folder of its page; of those that are not named here, `_subject_card`."""

LEADS = {
    "summits": "NATO summits, and summits on the way of them, each with the road that led to it.",
    "meetings": "Meetings, visits, speeches and briefings on the road to summits, by year.",
    "leaders": "Who met, who spoke, and who was spoken of.",
    "topics": "What was talked about, each topic as a history.",
    "organisations": "Bodies that spoke, acted or were spoken of.",
    "countries": "Countries that facts are about.",
    "places": "Where events were held, and what they were about.",
    "posts": "Offices, and who held them when.",
    "sources": "Articles that were distilled fact by fact, and pages that are cited for outcomes and terms of office.",
}


def index_pages(parts: Parts) -> Iterator[tuple[str, Callable[[], IndexPage]]]:
    """Yield path and what makes it for the list of each kind of record, in several pages where it is long."""
    for folder in LEADS:
        spread = pages.spread(list(_kept(folder, parts.links)), (lambda one: one[1],), 2 * pages.ROOM)
        for at in range(len(spread)):
            path = pages.path_of(f"{folder}/index.md", at + 1)
            yield path, partial(index_page, folder, spread, at, parts.deeper if at else parts)


def _kept(folder: str, links: Links) -> Iterator[Kept]:
    """Yield the records whose pages are in *folder* in the order of their list."""
    base = links.base
    if folder == "summits":
        for series in base.all(Series):
            yield from ((series.name, series.id, summit) for summit in links.in_series.get(series.id, ()))
    elif folder == "meetings":
        for event in links.events:
            if isinstance(event, Meeting):
                year = str(event.date.year) if event.date else "Date not known"
                yield year, f"y{year}".replace(" ", "-").lower(), event
    elif folder == "leaders":
        yield from (("", "", one) for one in sorted(base.all(Leader), key=lambda one: (one.name.split()[-1], one.name)))
    elif folder == "sources":
        sources = sorted(base.all(Source), key=_published)
        yield from (("Articles", "articles", one) for one in sources if one.type == "article")
        yield from (("Pages that are only cited", "pages", one) for one in sources if one.type == "page")
    else:
        (kind,) = (one for one in KINDS if issubclass(one, Entity) and one.pages == folder)
        yield from (("", "", one) for one in sorted(base.all(kind), key=lambda one: one.name.casefold()))


def index_page(folder: str, spread: Sequence[Sequence[Kept]], at: int, parts: Parts) -> IndexPage:
    """Return page *at*, counted from 0, of the list of the records in *folder*, which *spread* has page by page."""
    card = CARD_OF.get(folder, _subject_card)
    groups: dict[tuple[str, str], list[Card]] = {}
    for heading, anchor, record in spread[at]:
        groups.setdefault((heading, anchor), []).append(card(record, parts))
    title, lead = INDEX_NAMES[folder], LEADS[folder]
    labels = [pages.from_to([_told(record) for _, _, record in page]) for page in spread]
    part = f", page {at + 1}" if at else ""
    trail = (link("Home", parts.up + "index.md"), link(title, f"{parts.up}{folder}/index.md"))
    return IndexPage(
        title + part,
        f"{title}{part}: {labels[at]}." if at else lead,
        lead,
        trail if at else (),
        tuple(Group(heading, anchor, tuple(cards)) for (heading, anchor), cards in groups.items()),
        pages.pager(f"{folder}/index.md", labels, at),
    )


def _told(record: Entity) -> str:
    """Return what tells where in its list *record* is: its year where it has one, else its name."""
    if isinstance(record, Summit | Meeting):
        return str(record.date.year) if record.date else "date not known"
    if isinstance(record, Source):
        return str(record.published.year) if record.published else "undated"
    return record.name


PER_PAGE = 100
"""The most facts on a page of a year."""

NEWEST = 25
"""How many facts the page of all facts opens with, the latest first."""


def facts_pages(parts: Parts) -> Iterator[tuple[str, str, Callable[[], FactsPage]]]:
    """Yield path and what makes it for the page of all facts and for those of each year.

    Between the two stands what such a page rests on beside the facts that stand on it.
    """
    facts = parts.links.facts
    by_year: dict[int, list[Fact]] = {}
    for fact in facts:
        by_year.setdefault(fact.time.year, []).append(fact)
    years = tuple((link(str(year), f"{year}.md"), len(of_year)) for year, of_year in by_year.items())
    yield "facts/index.md", "", partial(_all_facts, years, parts)
    for year, of_year in by_year.items():
        yield from _year_pages(year, of_year, years, parts)


def _all_facts(years: tuple[tuple[Md, int], ...], parts: Parts) -> FactsPage:
    facts = parts.links.facts
    return FactsPage(
        "Facts",
        (),
        f"{_all(len(facts))}{_from_to(facts)}: by year, summit, leader, topic and source.",
        years,
        _kinds(facts),
        (),
        len(facts),
        parts.facts(facts[: -NEWEST - 1 : -1]),
        Md(explore.summary(parts.links)),
    )


def _from_to(facts: Sequence[Fact]) -> str:
    """Return ', 2014 to 2024' for *facts*, which are in order of time."""
    years = dict.fromkeys(str(fact.time.year) for fact in (*facts[:1], *facts[-1:]))
    return f", {' to '.join(years)}" if years else ""


def _all(facts: int) -> str:
    return counted(facts, "fact") if facts == 1 else f"All {counted(facts, 'fact')}"


def _year_pages(
    year: int, of_year: Sequence[Fact], years: tuple[tuple[Md, int], ...], parts: Parts
) -> Iterator[tuple[str, str, Callable[[], FactsPage]]]:
    """Yield the pages of the facts *of_year*, at most PER_PAGE on each; the first has the address of the year."""
    kinds = _kinds(of_year)
    names = [f"{year}-{start // PER_PAGE + 1}" if start else str(year) for start in range(0, len(of_year), PER_PAGE)]
    for at, name in enumerate(names):
        first, last = at * PER_PAGE, min((at + 1) * PER_PAGE, len(of_year))
        part = f", page {at + 1}" if at else ""
        here = f"{first + 1} to {last}" if first + 1 < last else f"{last}"
        told = f"{here} of {counted(len(of_year), 'fact')}" if len(names) > 1 else _all(len(of_year))
        pages = (Md(str(n)) if n == at + 1 else link(str(n), f"{one}.md") for n, one in enumerate(names, 1))
        page = FactsPage(
            f"Facts of {year}{part}",
            (link("Home", parts.up + "index.md"), link("Facts", "index.md")),
            f"{told} of {year}, by month, with sources.",
            years,
            kinds,
            (),
            len(of_year),
            pages=tuple(pages) if len(names) > 1 else (),
        )
        own = [fact.id for fact in of_year[first:last]]
        yield f"facts/{name}.md", repr((page, own)), partial(_of_months, page, own, parts)


def _of_months(page: FactsPage, ids: Sequence[str], parts: Parts) -> FactsPage:
    """Return *page* with the facts *ids*, by month."""
    return replace(page, sections=_months(_facts(ids, parts), parts))


def _facts(ids: Iterable[str], parts: Parts) -> list[Fact]:
    return [one for one in map(parts.links.base.records.__getitem__, ids) if isinstance(one, Fact)]


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


QUOTED = (
    "each found letter by letter in the text of its source. Wording that went through a translation is never quoted."
)


def quotations_pages(parts: Parts) -> Iterator[tuple[str, str, Callable[[], QuotationsPage]]]:
    """Yield path and what makes it for the page of all quotations, and for those of each year where they are many.

    Between the two stands what such a page rests on beside the facts whose quotations stand on it.
    """
    quoted = _all_quoted(parts)
    few = len(quoted) <= 2 * pages.ROOM
    yield "quotations/index.md", "", partial(quotations_page, few, parts)
    for year, of_year in groupby(quoted if not few else (), key=lambda fact: fact.time.year):
        spread = pages.spread(list(of_year), (_month_of,), 2 * pages.ROOM)
        labels = [pages.from_to([MONTHS[_month_of(one)] for one in page]) for page in spread]
        for at, page in enumerate(spread):
            path = pages.path_of(f"quotations/{year}.md", at + 1)
            own = [one.id for one in page]
            deeper = parts.deeper if at else parts
            yield path, repr((labels, own)), partial(_quotations_of_year, year, labels, at, own, deeper)


def _all_quoted(parts: Parts) -> list[Fact]:
    return [fact for fact in parts.links.facts if any(one.speaker for one in fact.evidence)]


def _month_of(fact: Fact) -> int:
    return fact.time.sort_key[0].month


def quotations_page(few: bool, parts: Parts) -> QuotationsPage:
    """Return all quotations by year; where they are not *few*, the latest, and where the others stand."""
    facts = _all_quoted(parts)
    spoken = [(fact, one) for fact in facts for one in fact.evidence if one.speaker]
    years, speakers = Counter(fact.time.year for fact, _ in spoken), Counter(str(one.speaker) for _, one in spoken)
    most = sorted(speakers.items(), key=lambda one: (-one[1], parts.links.name(one[0])))[:CARDS]
    return QuotationsPage(
        title="Quotations",
        description="Exact words, each proven against its source, by year.",
        lead=f"{counted(len(spoken), 'quotation')}, {QUOTED}",
        trail=(),
        which=tuple((link(str(year), f"{year}.md"), number) for year, number in years.items()) if not few else (),
        speakers=tuple((parts.link(id), number) for id, number in most) if not few else (),
        years=_quoted(facts, parts) if few else (("The latest", _latest_quoted(facts, parts)),),
        pages=Pager(),
    )


def _latest_quoted(facts: Sequence[Fact], parts: Parts) -> tuple[Quotation, ...]:
    """Return the quotations of the last of *facts*, the latest first."""
    return tuple(quote for fact in facts[: -NEWEST - 1 : -1] for _, of_it in _quoted([fact], parts) for quote in of_it)


def _quotations_of_year(year: int, labels: Sequence[str], at: int, ids: Sequence[str], parts: Parts) -> QuotationsPage:
    """Return page *at*, counted from 0, of the quotations of a *year*: those of the facts *ids*."""
    part = f", page {at + 1}" if at else ""
    return QuotationsPage(
        title=f"Quotations of {year}{part}",
        description=f"Exact words of {labels[at]} {year}, each proven against its source.",
        lead=f"Exact words of {year}, {QUOTED}",
        trail=(link("Home", parts.up + "index.md"), link("Quotations", parts.up + "quotations/index.md")),
        which=(),
        speakers=(),
        years=_quoted(_facts(ids, parts), parts),
        pages=pages.pager(f"quotations/{year}.md", labels, at),
    )


def _quoted(facts: Iterable[Fact], parts: Parts) -> tuple[tuple[str, tuple[Quotation, ...]], ...]:
    """Return the quotations of *facts* by year, in order of time."""
    years: dict[str, list[Quotation]] = {}
    for fact in facts:
        view = parts.fact(fact)
        for quote in view.quotes:
            years.setdefault(str(fact.time.year), []).append(Quotation(quote, view.when, view))
    return tuple((year, tuple(quotes)) for year, quotes in years.items())


Measured = tuple[Measure, Sequence[Fact]]
"""A measure with its figures, by time."""


def figures_pages(parts: Parts) -> Iterator[tuple[str, str, Callable[[], FiguresPage | TablePage]]]:
    """Yield path, template and what makes it for the page of all figures, and for each measure where they are many."""
    measures = [(one, parts.links.figures_of.get(one.id, ())) for one in parts.links.base.all(Measure)]
    few = sum(len(facts) for _, facts in measures) <= pages.ROOM
    yield "figures/index.md", "figures", partial(figures_page, measures, few, parts)
    for measured in measures:
        if measured[1] and not few:
            yield from table_pages(_measure_table(measured, parts), parts)


def figures_page(measures: Sequence[Measured], few: bool, parts: Parts) -> FiguresPage:
    """Return the figures of each of *measures* over time; where they are not *few*, only the latest of each."""
    most = sorted(measures, key=lambda one: -len(one[1]))
    drawing = numbers.chart(most, "figures", "The figures over time", "../", parts)
    if not few:
        return FiguresPage(drawing, (), tuple(_latest_row(one, parts) for one in measures if one[1]))
    series = []
    for measure, facts in measures:
        rows = tuple(_figure_row(fact, measure, parts) for fact in facts)
        change = Md(f"{numbers.changes(facts, parts)}.") if len(facts) > 1 else Md("")
        series.append(FigureSeries(measure.name, measure.id, measure.unit, change, rows))
    return FiguresPage(drawing, tuple(one for one in series if one.rows))


def _measure_table(measured: Measured, parts: Parts) -> Table[Fact]:
    """Return the table of all figures of a measure."""
    measure, facts = measured
    return Table(
        path=f"figures/{measure.id}.md",
        title=measure.name,
        lead=f"In {measure.unit.strip('()')}. A later value is a new fact: each holds as of its day.",
        columns=("When", "Value", "Fact", "Evidence"),
        lines=facts,
        row=lambda fact, parts: _figure_row(fact, measure, parts),
        name=lambda fact: str(fact.time.year),
        above=("Figures", "figures/index.md"),
        room=pages.ROOM,
        drawn=lambda: numbers.chart([measured], "figures", f"{measure.name} over time", "../../", parts),
    )


def _latest_row(measured: Measured, parts: Parts) -> Row:
    """Return the row of a measure: its name, the last of its figures, and how many there are."""
    measure, facts = measured
    view = parts.fact(facts[-1])
    return Row(
        (
            Md(f'<span id="{measure.id}"></span>{link(measure.name, f"{measure.id}.md")}'),
            Md(f"**{escape(numbers.amount(facts[-1]))}** {escape(measure.unit)}"),
            link(view.when, view.permalink),
            Md(f"{len(facts):,}"),
        )
    )


def _figure_row(fact: Fact, measure: Measure, parts: Parts) -> Row:
    view = parts.fact(fact)
    value = Md(f"**{escape(numbers.amount(fact))}** {escape(measure.unit)}")
    return Row((escape(view.when), value, link(fact.text, view.permalink)), view.evidence)


def timeline_pages(parts: Parts) -> Iterator[tuple[str, Callable[[], TimelinePage]]]:
    """Yield path and what makes it for the page of all events by year, in several pages where they are many."""
    spread = pages.spread(parts.links.events, (_year, _month), 2 * pages.ROOM)
    for at in range(len(spread)):
        yield pages.path_of("timeline/index.md", at + 1), partial(timeline_page, spread, at, parts)


def _year(event: Summit | Meeting) -> str:
    return str(event.date.year) if event.date else "Date not known"


def _month(event: Summit | Meeting) -> int:
    return event.date.sort_key[0].month if event.date else 0


def timeline_page(spread: Sequence[Sequence[Summit | Meeting]], at: int, parts: Parts) -> TimelinePage:
    """Return page *at*, counted from 0, of all events by year, as *spread* has them."""
    years: dict[str, list[Row]] = {}
    for event in spread[at]:
        kind = "Summit" if isinstance(event, Summit) else event.type.capitalize()
        row = event_row(event, parts)
        years.setdefault(_year(event), []).append(Row((row.cells[0], Md(kind), row.cells[1], row.cells[2])))
    return TimelinePage(
        at + 1,
        Md("") if at else drawn.all_events(parts, "../"),
        tuple((year, tuple(rows)) for year, rows in years.items()),
        pages.pager("timeline/index.md", [pages.from_to(list(map(_year, page))) for page in spread], at),
    )


@remembered
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
