"""What was published, as lines of data/published.txt: the ids and addresses that must lead somewhere for ever."""

from __future__ import annotations

from generator.model import Entity, Fact, FactBase

HEADER = """\
# Ids and addresses that were published, and how many there were of what at the last registration.
# `summit-record register` writes this file and only adds lines; what is gone is explained in withdrawn.yml.
"""


def counts(base: FactBase) -> dict[str, int]:
    """Return how many there are of what must not dwindle unseen."""
    return {
        "evidence": len(base.citations),
        "facts": len(base.all(Fact)),
        "quotations": sum(one.evidence.quote is not None for one in base.citations),
        "records": len(base.records),
    }


def facts(base: FactBase) -> set[str]:
    """Return the ids of the facts in *base*."""
    return {fact.id for fact in base.all(Fact)}


def pages(base: FactBase) -> set[str]:
    """Return the addresses of the pages of records in *base*, below the top of the site."""
    return {
        f"{record.pages}/{record.id}/"
        for record in base.records.values()
        if isinstance(record, Entity) and record.pages
    }


def registered(base: FactBase) -> str:
    """Return the content of data/published.txt with what *base* has now added to what was there."""
    lines = [f"count {name} {number}" for name, number in sorted(counts(base).items())]
    lines += [f"fact {id}" for id in sorted({*base.register.facts, *facts(base)})]
    lines += [f"page {address}" for address in sorted({*base.register.pages, *pages(base)})]
    return HEADER + "\n".join(lines) + "\n"
