"""What a reader wants first of a summit: what mattered, and what it left open."""

from __future__ import annotations

from generator.links import Links, by_time
from generator.model import Fact, Summit
from generator.view.parts import BASES

MOST = 3
"""How many facts stand for what mattered, and how many for what was left open."""

RANK = ("decision", "event", "commitment", "figure", "statement", "background")
"""The kinds of fact, from those that matter most where the editors have not chosen; a plan is none of them."""


def highlights(summit: Summit, links: Links) -> tuple[Fact, ...]:
    """Return the facts that mattered most at *summit*: those that its record names.

    Where it names none: decisions first, then what happened there, then by how many independent sources tell it and
    how well it is proven.
    """
    if summit.highlights:
        return _named(summit.highlights, links)
    facts = [fact for fact in links.at.get(summit.id, ()) if fact.kind in RANK]
    return tuple(sorted(facts, key=lambda fact: _weight(fact, links))[:MOST])


def _weight(fact: Fact, links: Links) -> tuple[int, int, int, str]:
    basis = min(BASES.index(links.base.basis(one)) for one in fact.evidence)
    return RANK.index(fact.kind), -links.origins(fact), basis, fact.id


def left_open(summit: Summit, links: Links) -> tuple[Fact, ...]:
    """Return the facts that tell what *summit* left open: those that its record names.

    Where it names none: the plans for it of which no outcome is known, by time.
    """
    if summit.open:
        return _named(summit.open, links)
    plans = (
        fact for fact in links.of_event(summit.id) if fact.status == "planned" and fact.id not in summit.highlights
    )
    return tuple(by_time(plans)[:MOST])


def _named(ids: tuple[str, ...], links: Links) -> tuple[Fact, ...]:
    facts = (links.base.records[id] for id in ids)
    return tuple(fact for fact in facts if isinstance(fact, Fact))
