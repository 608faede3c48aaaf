"""What the pages on trust show: the record in numbers, the rules with their examples, and what was withdrawn."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.check import RULES, Result
from generator.check.guide import ADVICE, FORM
from generator.check.quotations import SHARE
from generator.load import Example
from generator.markup import SIGN, Md
from generator.model import (
    Entity,
    Evidence,
    Fact,
    FactBase,
    Leader,
    Meeting,
    Participant,
    Source,
    Withdrawal,
    field_shapes,
)
from generator.view import pages
from generator.view.parts import BASES, Parts, when


@dataclass(frozen=True)
class Tally:
    """How many values of one kind rest on what; the four numbers add up to *all*."""

    name: str
    proven: int
    cited: int
    inferred: int
    unknown: int
    all: int


@dataclass(frozen=True)
class ArticleNumbers:
    """An article in numbers: its paragraphs (with facts, set aside, all), its words (quoted, all), its facts."""

    id: str
    link: Md
    facts: int
    quotations: int
    paragraphs_used: int
    paragraphs_aside: int
    paragraphs: int
    words_quoted: int
    words: int
    share: str


@dataclass(frozen=True)
class RuleNumbers:
    """A rule, what it wants, how many things it looked at and could not, and what it leaves in doubt."""

    id: str
    good: str
    checked: int
    skipped: int
    doubts: int


@dataclass(frozen=True)
class TrustPage:
    """The record in numbers."""

    checks: int
    skipped: int
    share: str
    tallies: tuple[Tally, ...]
    articles: tuple[ArticleNumbers, ...]
    rules: tuple[RuleNumbers, ...]
    origins: tuple[tuple[str, int], ...]
    doubts: tuple[str, ...]
    facts_published: int
    pages_published: int
    withdrawn: tuple[tuple[str, str, str], ...]
    alternatives: tuple[tuple[Md, str, str, str], ...]

    @property
    def room(self) -> int:
        """How many lines of a list the page has room for, the latest; trust.json has all."""
        return pages.ROOM


@dataclass(frozen=True)
class RuleExample:
    """A rule, what good data looks like and why, how to mend other data, and lines that it refuses with the message."""

    id: str
    good: str
    why: str
    mend: str
    example: Example | None


@dataclass(frozen=True)
class RulesPage:
    """All rules."""

    rules: tuple[RuleExample, ...]


@dataclass(frozen=True)
class WithdrawnPage:
    """What stands at the address of a page that is no more."""

    because: str
    date: str
    to: str
    link: Md | None


def trust_page(results: Sequence[Result], parts: Parts) -> TrustPage:
    """Return the record in numbers."""
    base = parts.links.base
    spread = Counter(parts.links.origins(fact) for fact in base.all(Fact))
    return TrustPage(
        checks=sum(result.checked for result in results),
        skipped=sum(result.skipped for result in results),
        share=f"{SHARE:.0%}",
        tallies=tuple(_tallies(base)),
        articles=tuple(_article(source, parts) for source in base.all(Source) if source.type == "article"),
        rules=tuple(
            RuleNumbers(one.rule.id, one.rule.good, one.checked, one.skipped, len(one.doubts)) for one in results
        ),
        origins=tuple((str(number), count) for number, count in sorted(spread.items())),
        doubts=tuple(str(doubt) for result in results for doubt in result.doubts),
        facts_published=len(base.register.facts),
        pages_published=len(base.register.pages),
        withdrawn=tuple((one.what, one.because, when(one.date)) for one in base.register.withdrawn),
        alternatives=tuple(
            (parts.link(record.id), one.field, one.value, one.because)
            for record in base.records.values()
            if isinstance(record, Entity)
            for one in record.alternatives
        ),
    )


def basis(evidence: Iterable[Evidence], base: FactBase, confirmed: bool = False) -> str:
    """Return the best of what *evidence* gives a value: proven, cited or inferred; *confirmed* is read on the page."""
    found = {"cited"} if confirmed else set()
    found.update(base.basis(one) for one in evidence)
    return min(found, key=BASES.index)


def _tallies(base: FactBase) -> Iterator[Tally]:
    """Yield the tally of facts, and of the values of each kind of record that has any."""
    yield _tally("facts", [basis(fact.evidence, base) for fact in base.all(Fact)])
    yield _tally("posts held", [basis(one.evidence, base) for leader in base.all(Leader) for one in leader.memberships])
    yield _tally("people at meetings", [basis(one.evidence, base) for one in _participants(base)])
    kinds: dict[str, list[str]] = {}
    for record in base.records.values():
        if isinstance(record, Entity):
            kinds.setdefault(record.kind_name, []).extend(_values(record, base))
    yield from (_tally(f"values of {kind}s", found) for kind, found in kinds.items() if found)


def _participants(base: FactBase) -> Iterator[Participant]:
    for meeting in base.all(Meeting):
        yield from meeting.participants


def _values(record: Entity, base: FactBase) -> Iterator[str]:
    for field in field_shapes(type(record)):
        if not field.sourced:
            continue
        confirmed = isinstance(record, Source) and field.name in record.confirmed
        if getattr(record, field.name) is not None:
            yield basis(record.evidence.get(field.name, ()), base, confirmed)
        elif field.name in record.unknown:
            yield "unknown"


def _tally(name: str, found: Sequence[str]) -> Tally:
    counts = Counter(found)
    return Tally(name, counts["proven"], counts["cited"], counts["inferred"], counts["unknown"], len(found))


def _article(source: Source, parts: Parts) -> ArticleNumbers:
    base = parts.links.base
    article = base.articles[source.id]
    words, quoted = sum(map(len, article.fingerprints)), len(base.words_quoted.get(source.id, ()))
    return ArticleNumbers(
        id=source.id,
        link=parts.link(source.id),
        facts=len(parts.links.from_source.get(source.id, ())),
        quotations=base.quotations[source.id],
        paragraphs_used=len(base.paragraphs_cited.get(source.id, ())),
        paragraphs_aside=sum(len(one.paragraphs) for one in source.set_aside),
        paragraphs=len(article.fingerprints),
        words_quoted=quoted,
        words=words,
        share=f"{quoted / words:.0%}",
    )


def as_json(page: TrustPage) -> str:
    """Return the numbers of *page* as JSON; links are left out."""
    record = dataclasses.asdict(page)
    for article in record["articles"]:
        del article["link"]
    record["alternatives"] = [[*rest] for _, *rest in page.alternatives]
    return json.dumps({"about": SIGN, **record}, indent=1, ensure_ascii=False) + "\n"


def rules_page(examples: Mapping[str, Example]) -> RulesPage:
    """Return every rule, of form and then of meaning, with an example of what it refuses."""
    good = {**FORM, **{rule.id: rule.good for rule in RULES}}
    return RulesPage(tuple(RuleExample(id, good[id], *ADVICE[id], examples.get(id)) for id in good))


def withdrawn_page(withdrawal: Withdrawal, parts: Parts) -> WithdrawnPage:
    """Return what stands where a page was: why it is gone, and the way to what takes its place."""
    if withdrawal.to is None:
        return WithdrawnPage(withdrawal.because, when(withdrawal.date), "", None)
    id = withdrawal.to.strip("/").rpartition("/")[2]
    target = parts.links.page(id).removesuffix(".md").replace(".md#", "/#")
    to = f"../../{target}" if "#" in target else f"../../{target}/"
    record = parts.links.base.records[id]
    told = parts.deeper.link(id, record.text if isinstance(record, Fact) else "")
    return WithdrawnPage(withdrawal.because, when(withdrawal.date), to, told)
