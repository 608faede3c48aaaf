"""What figures show: each value as of its day, how it changed, and small charts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator import edtf, svg
from generator.edtf import MONTHS, Edtf
from generator.links import Links
from generator.markup import Md, escape, join, link
from generator.model import Fact, Leader, Measure, Place, Source, Summit
from generator.view.drawn import day, drawing_of
from generator.view.parts import Parts, counted, when

VALUES, MEASURES, ALL = 24, 12, 120
"""How many values of a measure a page shows at most, the latest; how many measures; and how many values in all."""


def amount(fact: Fact) -> str:
    """Return the number that *fact* gives, or the words for it."""
    assert fact.figure
    about = "about " if fact.figure.about == "yes" else ""
    return f"{about}{fact.figure.value:,}" if fact.figure.value is not None else str(fact.figure.words)


Numbered = tuple[Fact, Decimal]
"""A fact that gives a number, and the number."""


def counts(facts: Iterable[Fact]) -> list[Numbered]:
    """Return those of *facts* that give a number, with it."""
    return [(fact, fact.figure.value) for fact in facts if fact.figure and fact.figure.value is not None]


def month(date: Edtf) -> str:
    """Return *date* no finer than its month."""
    if date.is_interval or not (date.start and date.start.month):
        return edtf.in_words(date)
    return f"{MONTHS[date.start.month]} {date.start.year}"


def changes(facts: Sequence[Fact], parts: Parts) -> Md:
    """Return the figures of *facts* with the month of each, by time; each leads to its fact."""
    return join([Md(f"{link(amount(fact), parts.href(fact.id))} in {month(fact.time)}") for fact in facts])


def told(measure: Measure, facts: Sequence[Fact], most: int, parts: Parts) -> Md:
    """Return how the figures of *measure* changed, in a sentence in which each value leads to its fact.

    Of more than *most* values the latest are told, and how many are left out.
    """
    shown = changes(facts[-most:], parts)
    if len(facts) > most:
        shown = join([parts.link(measure.id, counted(len(facts) - most, "earlier one")), shown])
    return Md(f"{parts.link(measure.id)} ({escape(measure.unit.strip('()'))}): {shown}.")


def values_of_each(measures: Sequence[tuple[Measure, Sequence[Fact]]]) -> int:
    """Return how many values of each of *measures* a page has room for."""
    values = [min(len(facts), VALUES) for _, facts in measures[:MEASURES]]
    return VALUES if sum(values) <= ALL else ALL // len(values)


def all_told(measures: Sequence[tuple[Measure, Sequence[Fact]]], parts: Parts) -> tuple[Md, ...]:
    """Return how each of *measures* changed, at most MEASURES of them, and how many more there are."""
    left, most = len(measures) - MEASURES, values_of_each(measures)
    more = link(f"{left} more numbers" if left > 1 else "1 more number", f"{parts.up}figures/index.md")
    return (*(told(one, facts, most, parts) for one, facts in measures[:MEASURES]), *([more] if left > 0 else []))


def chart(measures: Sequence[tuple[Measure, Sequence[Fact]]], id: str, title: str, top: str, parts: Parts) -> Md:
    """Return a chart for each of *measures* with its facts, on one axis of time; *top* leads up to the site's top."""
    most = values_of_each(measures)
    given = [(measure, counts(facts)[-most:]) for measure, facts in measures]
    shown = [(measure, found) for measure, found in given if found][:MEASURES]
    days = [day(fact.time) for _, found in shown for fact, _ in found]
    if not days:
        return Md("")
    first, last = datetime.date(min(days).year, 1, 1), datetime.date(max(days).year, 12, 31)
    series = [svg.Series(one.name, _values(found, one, first, last, top, parts.links)) for one, found in shown]
    drawing = svg.charts(
        series, (str(first.year), str(last.year)), id, title, "The lists on this page have the same numbers"
    )
    return drawing_of(drawing, title)


def _values(
    found: Sequence[Numbered], measure: Measure, first: datetime.date, last: datetime.date, top: str, links: Links
) -> tuple[svg.Value, ...]:
    numbers = [number for _, number in found]
    low, span = min(numbers), max(numbers) - min(numbers)
    return tuple(
        svg.Value(
            at=(day(fact.time) - first) / (last - first),
            height=float((number - low) / span) if span else 0.0,
            label=_with_unit(fact, measure) if fact is found[-1][0] else amount(fact),
            name=f"{measure.name}: {amount(fact)} {measure.unit}, {when(fact.time)}",
            href=top + links.page(fact.id).replace(".md", "/"),
        )
        for fact, number in found
    )


def _with_unit(fact: Fact, measure: Measure) -> str:
    return f"{amount(fact)}{'' if measure.unit.startswith('%') else ' '}{measure.unit}"


def about(facts: Iterable[Fact], links: Links) -> list[tuple[Measure, tuple[Fact, ...]]]:
    """Return the measures of which *facts* give a figure, each with all its figures."""
    ids = dict.fromkeys(fact.figure.measure for fact in facts if fact.figure)
    return [(measure, links.figures_of[id]) for id in ids if isinstance(measure := links.base.records[id], Measure)]


def of_summit(summit: Summit, links: Links) -> list[tuple[Measure, tuple[Fact, ...]]]:
    """Return the measures that belong to *summit*: given by its own facts, or changing, and about who acted there."""
    own = dict(about(links.of_road(summit), links))
    acted = {id for id in links.acted_at(summit) if not isinstance(links.base.records[id], Leader | Place | Source)}
    for measure in links.base.all(Measure):
        facts = links.figures_of.get(measure.id, ())
        if len(counts(facts)) > 1 and all(acted & {*fact.by, *fact.about} for fact in facts):
            own[measure] = facts
    return list(own.items())
