"""What pages are put together from: links, values with their evidence, and facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator import edtf
from generator.edtf import Edtf
from generator.links import Links
from generator.markup import Md, escape, join, link
from generator.model import Entity, Evidence, Fact, Leader, Quote, Source, Topic
from generator.quotation import text_fragment
from generator.reading import remembered
from generator.repository import Repository

BASES = ("proven", "cited", "inferred")
"""How well evidence carries a value, best first: words proven against the text, a page that is named, a conclusion."""


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence: where it leads, how well it carries, its words, and the reasoning where it is inferred.

    *there* leads to these words on the page of the publisher, *archived* to those in a dated copy of it.
    """

    source: Md
    locator: str
    published: Md
    basis: str
    words: str
    reasoning: str
    there: str = ""
    archived: str = ""


@dataclass(frozen=True)
class QuoteView:
    """Somebody's own words, and who spoke them, as what."""

    exact: str
    speaker: Md
    role: str


@dataclass(frozen=True)
class OtherView:
    """A value that other sources give: the value, its rank, why it is not the preferred one, and its evidence."""

    value: str
    rank: str
    because: str
    evidence: tuple[EvidenceView, ...]

    @property
    def summary(self) -> Md:
        return summed_up(self.evidence)


@dataclass(frozen=True)
class ValueView:
    """A value of a record as a row: its label, the value or why it is not known, and its evidence."""

    label: str
    value: Md
    known: bool
    evidence: tuple[EvidenceView, ...]
    others: tuple[OtherView, ...] = ()

    @property
    def summary(self) -> Md:
        """What the evidence comes to, in a word or two."""
        return summed_up(self.evidence) if self.known else Md("why")


@dataclass(frozen=True, eq=False)
class FactView:
    """A fact as pages show it; *when* is in words, *sentence* has the links, *told_by* names each paragraph once."""

    id: str
    anchor: str
    permalink: str
    when: str
    time: Edtf
    standing: bool
    kind: str
    text: str
    sentence: Md
    by: Md
    event_link: Md | None
    about: Md
    quotes: tuple[QuoteView, ...]
    evidence: tuple[EvidenceView, ...]
    told_by: tuple[EvidenceView, ...]
    note: str
    status: str
    outcomes: tuple[Md, ...]
    outcome_unknown: str
    planned_in: tuple[Md, ...]
    origins: int
    ways: tuple[Md, ...]


@dataclass(frozen=True)
class Section:
    """Facts under one heading."""

    heading: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class Card:
    """A link to a page with what it holds in a line or two."""

    title: Md
    lead: Md
    foot: str


def when(date: Edtf) -> str:
    """Return *date* in words, with its doubt."""
    doubt = " (inferred)" if date.uncertain else " (about)" if date.approximate else ""
    return edtf.in_words(date) + doubt


def published(source: Source) -> Md:
    """Return the day of publication for a line of evidence, with a mark where it is inferred."""
    if source.published is None:
        return Md("undated")
    day = escape(edtf.in_words(source.published))
    return Md(f'{day}<abbr class="doubt" title="The day is inferred">?</abbr>') if source.published.uncertain else day


def summed_up(evidence: Sequence[EvidenceView]) -> Md:
    """Return how well *evidence* carries a value, and how many sources it is from."""
    best = min((one.basis for one in evidence), key=BASES.index, default="")
    sources = counted(len({one.source for one in evidence}), "source")
    return Md(f'<span class="basis {best}">{best}</span> <span class="sources">{sources}</span>')


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return '1 fact', '2 facts', '1,204 facts'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def shortened(text: str, most: int) -> str:
    """Return *text* in at most *most* characters, cut between words."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip(" ,;:·(“") + "…"


@dataclass(frozen=True, eq=False)
class Parts:
    """Makes the parts of pages that lie *up* ('../' or '') from the top of docs/."""

    links: Links
    up: str = "../"
    repository: Repository | None = None

    @cached_property
    def deeper(self) -> Parts:
        """What makes the parts of pages that lie one folder deeper."""
        return replace(self, up=f"../{self.up}")

    def href(self, id: str) -> str:
        """Return the path to the page of the record *id*."""
        return self.up + self.links.page(id)

    def link(self, id: str, text: str = "") -> Md:
        """Return a link to the record *id*, called by its name or *text*."""
        return link(text or self.links.name(id), self.href(id))

    def named(self, ids: Iterable[str]) -> Md:
        """Return links to the records *ids*, in this order."""
        return join([self.link(id) for id in ids])

    def evidence(self, evidence: Iterable[Evidence], of: Entity | None = None) -> tuple[EvidenceView, ...]:
        """Return *evidence* as pages show it; *of* is the record it belongs to, where that may be its own source."""
        return tuple(self._evidence(one, of) for one in evidence)

    def _evidence(self, evidence: Evidence, of: Entity | None) -> EvidenceView:
        source = self.links.base.records[evidence.source]
        assert isinstance(source, Source)
        shown = evidence.quote.exact if evidence.quote and source.wording == "original" else ""
        locator = f"¶{evidence.paragraph}" if evidence.paragraph else ""
        anchor = f"#p{evidence.paragraph}" if evidence.paragraph else ""
        return EvidenceView(
            source=Md("this page") if source is of else link(source.publisher, self.href(source.id) + anchor),
            locator=locator,
            published=published(source),
            basis=self.links.base.basis(evidence),
            words=shown,
            reasoning=evidence.inferred or "",
            there=_at_words(source.url, evidence.quote) if shown else "",
            archived=_at_words(source.archive_url, evidence.quote) if shown and source.archive_url else "",
        )

    def ways(self, id: str, value: str, source: str) -> tuple[Md, ...]:
        """Return the ways to the lines of the record *id* and to a form for reporting a mistake in its *value*."""
        if self.repository is None:
            return ()
        place = self.links.base.lines(id)
        permanent = self.repository.permanent(*place)
        return (
            link("Edit", self.repository.edit(*place)),
            *([link("Source line", permanent)] if permanent else []),
            link("Report a mistake", self.repository.report(id, value, source)),
        )

    def value(self, record: Entity, field: str, label: str, shown: object = None) -> ValueView:
        """Return the row for *field* of *record*, written as *shown* (default: the value itself)."""
        value = getattr(record, field)
        evidence = self.evidence(record.evidence.get(field, ()), record)
        if value is None:
            return ValueView(label, escape(record.unknown.get(field, "")), False, ())
        if isinstance(record, Source) and field in record.confirmed:
            own = EvidenceView(Md("the page itself"), "", Md(""), "cited", "", "")
            evidence = (own, *evidence)
        if shown is None:
            shown = when(value) if isinstance(value, Edtf) else value
        others = tuple(
            OtherView(one.value, one.rank, one.because, self.evidence(one.evidence, record))
            for one in record.alternatives
            if one.field == field
        )
        return ValueView(label, escape(shown), True, evidence, others)

    @remembered
    def fact(self, fact: Fact) -> FactView:
        """Return *fact* as pages show it."""
        home, _, anchor = fact.id.rpartition("-")
        evidence = self.evidence(fact.evidence)
        spoken = [one for one in fact.evidence if one.speaker]
        return FactView(
            id=fact.id,
            anchor=anchor,
            permalink=self.href(fact.id),
            when=when(fact.time),
            time=fact.time,
            standing=fact.date is None,
            kind=fact.kind,
            text=fact.text,
            sentence=self._sentence(fact),
            by=join([Md("the article") if id == home else self.link(id) for id in fact.by]),
            event_link=self.link(fact.at) if fact.at else None,
            about=self.named(id for id in fact.about if id != fact.at),
            quotes=tuple(self._quote(one, fact) for one in spoken),
            evidence=evidence,
            told_by=_once(evidence),
            note=fact.note or "",
            status=fact.status or "",
            outcomes=tuple(self._outcomes(fact)),
            outcome_unknown=fact.unknown.get("outcome", ""),
            planned_in=tuple(self.reference(one) for one in self.links.planned_in.get(fact.id, ())),
            origins=self.links.origins(fact),
            ways=self.ways(fact.id, fact.text, ", ".join(one.source for one in fact.evidence)),
        )

    def _quote(self, evidence: Evidence, fact: Fact) -> QuoteView:
        assert evidence.quote
        assert evidence.speaker
        speaker = self.links.base.records[evidence.speaker]
        post = self.links.post_on(speaker, fact.time) if isinstance(speaker, Leader) else None
        return QuoteView(evidence.quote.exact, self.link(evidence.speaker), post.name if post else "")

    def reference(self, fact: Fact) -> Md:
        """Return *fact* in a line: its date, which leads to it, and its sentence."""
        return Md(f"{link(when(fact.time), self.href(fact.id))}: {escape(fact.text)}")

    def _outcomes(self, fact: Fact) -> Iterator[Md]:
        for id in fact.outcome:
            told = self.links.base.records[id]
            assert isinstance(told, Fact)
            yield self.reference(told)

    def _sentence(self, fact: Fact) -> Md:
        """Return the text of *fact* with the first mention of each entity that it names in its fields linked."""
        ids = dict.fromkeys(id for id in (*fact.by, fact.at, *fact.about) if id)
        found = sorted(self._mentions(fact.text, ids))
        parts: list[str] = []
        end = 0
        for start, stop, id in found:
            parts += [escape(fact.text[end:start]), link(fact.text[start:stop], self.href(id))]
            end = stop
        return Md("".join([*parts, escape(fact.text[end:])]))

    def _mentions(self, text: str, ids: Iterable[str]) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, id) for the first mention of each of *ids*, longer names first, none overlapping."""
        taken: list[tuple[int, int]] = []
        names = [(name, id) for id in ids for name in self._names(id)]
        done: set[str] = set()
        for name, id in sorted(names, key=lambda one: -len(one[0])):
            if id in done:
                continue
            flags = 0 if name[:1].isupper() and name[1:] != name[1:].lower() else re.IGNORECASE
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags):
                if all(match.end() <= start or end <= match.start() for start, end in taken):
                    taken.append(match.span())
                    done.add(id)
                    yield (*match.span(), id)
                    break

    @remembered
    def _names(self, id: str) -> tuple[str, ...]:
        record = self.links.base.records[id]
        assert isinstance(record, Entity)
        names = [
            record.name,
            *(alias.name for alias in record.aliases if alias.kind not in ("misprint", "mistranslation")),
        ]
        return tuple(names)

    def facts(self, facts: Iterable[Fact]) -> tuple[FactView, ...]:
        return tuple(self.fact(one) for one in facts)

    def by_year(self, facts: Sequence[Fact]) -> tuple[Section, ...]:
        """Return *facts*, which are in order of time, in a section for each year."""
        years: dict[int, list[Fact]] = {}
        for fact in facts:
            years.setdefault(fact.time.year, []).append(fact)
        return tuple(Section(str(year), self.facts(of_year)) for year, of_year in years.items())


def _at_words(url: str, quote: Quote | None) -> str:
    """Return the way to the words of *quote* in the page at *url*."""
    assert quote
    return url + ("" if "#" in url else "#") + text_fragment(quote.exact, quote.prefix, quote.suffix)


def _once(evidence: Iterable[EvidenceView]) -> tuple[EvidenceView, ...]:
    """Return the best piece of *evidence* for each paragraph of each source."""
    best: dict[tuple[str, str], EvidenceView] = {}
    for one in sorted(evidence, key=lambda one: BASES.index(one.basis)):
        best.setdefault((one.source, one.locator), one)
    return tuple(best.values())


def topics_of(facts: Iterable[Fact], links: Links) -> list[tuple[str, int]]:
    """Return the topics that *facts* are about with how many each has, most first."""
    counts: dict[str, int] = {}
    for fact in facts:
        for id in fact.about:
            if isinstance(links.base.records[id], Topic):
                counts[id] = counts.get(id, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], links.name(one[0])))
