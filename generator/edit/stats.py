"""The fact base in numbers, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.links import Links
from generator.model import KINDS, Fact, FactBase, Leader, Source


def stats(base: FactBase) -> list[str]:
    """Return how many there are of what: records by kind, facts by kind and year, articles and their paragraphs."""
    facts = base.all(Fact)
    lines = [*_table("records", ((kind.kind_name, len(base.all(kind))) for kind in KINDS)), ""]
    lines += [*_table("facts by kind", Counter(fact.kind for fact in facts).most_common()), ""]
    lines += [
        *_table("facts by year", sorted(Counter(str(one.time.year) for one in facts if one.date or one.as_of).items())),
        "",
    ]
    quotes = sum(one.evidence.quote is not None for one in base.citations)
    lines += _table("evidence", (("all", len(base.citations)), ("with quotation", quotes)))
    links = Links(base)
    for source in base.all(Source):
        if article := base.articles.get(source.id):
            aside = {number for one in source.set_aside for number in one.paragraphs}
            cited = base.paragraphs_cited.get(source.id, frozenset())
            of = f"{len(cited)} with facts, {len(aside)} set aside, of {len(article.fingerprints)}"
            facts_here = len(links.from_source.get(source.id, ()))
            lines += ["", f"{source.id}: {facts_here} facts; paragraphs: {of}"]
    idle = [leader.id for leader in base.all(Leader) if leader.id not in {*links.by, *links.about}]
    return [*lines, *(["", f"leaders without a fact: {', '.join(idle)}"] if idle else [])]


def _table(title: str, rows: Iterable[tuple[str, int]]) -> list[str]:
    return [title, *(f"{number:>8}  {name}" for name, number in rows)]
