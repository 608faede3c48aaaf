"""Rules for promises: what was published leads somewhere for ever, and nothing dwindles without a word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator import register
from generator.check.rule import Finding, each
from generator.model import Change, FactBase, Release, Withdrawal
from generator.nearest import did_you_mean

PUBLISHED, WITHDRAWN = "published.txt", "withdrawn.yml"
"""Under these names `FactBase.mark` finds the places of data/published.txt and data/withdrawn.yml."""


def published(base: FactBase) -> Iterator[tuple[str, str]]:
    yield from (("fact", id) for id in base.register.facts)
    yield from (("page", address) for address in base.register.pages)


def withdrawals(base: FactBase) -> Iterator[tuple[int, Withdrawal]]:
    yield from enumerate(base.register.withdrawn)


def releases(base: FactBase) -> Iterator[tuple[Release, Release]]:
    yield from pairwise(base.register.releases)


def changes(base: FactBase) -> Iterator[tuple[Release, int, Change]]:
    for release in base.register.releases:
        yield from ((release, index, one) for index, one in enumerate(release.changes))


def counts(base: FactBase) -> Iterator[tuple[str, int]]:
    yield from base.register.counts.items()


@each(published)
def published_stays(subject: tuple[str, str], base: FactBase) -> Iterator[Finding]:
    """Every fact and page that was ever published is still there, or withdrawn with a reason."""
    kind, name = subject
    there = base.fact_ids if kind == "fact" else base.addresses
    if name not in there and name not in base.register.withdrawals:
        near = did_you_mean(name, there).removeprefix("; did you mean ").removesuffix("?")
        renamed = f" (is it now {near}?)" if near else ""
        message = (
            f"the {kind} {name!r} was published and is gone{renamed}; bring it back, or say in data/{WITHDRAWN} why"
        )
        yield base.mark(PUBLISHED, f"{kind} {name}"), message


@each(withdrawals)
def withdrawal_leads_on(subject: tuple[int, Withdrawal], base: FactBase) -> Iterator[Finding]:
    """What is withdrawn was published and is gone, and what takes its place is there."""
    index, withdrawal = subject
    there = base.fact_ids | base.addresses
    known = {*base.register.facts, *base.register.pages, *base.register.counts}
    if withdrawal.what in there:
        yield (
            base.mark(WITHDRAWN, index, "what"),
            f"{withdrawal.what!r} is still there; take it out of data/, or out of here",
        )
    elif withdrawal.what not in known:
        near = did_you_mean(withdrawal.what, known)
        yield (
            base.mark(WITHDRAWN, index, "what"),
            f"{withdrawal.what!r} was never published{near or '; nothing to withdraw'}",
        )
    if withdrawal.to is not None and withdrawal.to not in there:
        near = did_you_mean(withdrawal.to, there)
        yield base.mark(WITHDRAWN, index, "to"), f"{withdrawal.to!r} leads nowhere{near or '; a fact or a page'}"


@each(counts)
def nothing_dwindles(subject: tuple[str, int], base: FactBase) -> Iterator[Finding]:
    """There is at least as much of everything as at the last registration, or a reason why there is less."""
    name, before = subject
    now = register.counts(base).get(name, 0)
    if now < before and name not in base.register.withdrawals:
        mark = base.mark(PUBLISHED, f"count {name}")
        yield mark, f"{now} {name} where there were {before}; bring them back, or say in data/{WITHDRAWN} why"


@each(releases)
def releases_in_order(subject: tuple[Release, Release], base: FactBase) -> Iterator[Finding]:
    """A release with a higher version is not from an earlier day."""
    before, after = subject
    if after.date.first < before.date.first:
        mark = base.mark(f"changes/{after.version}", "date")
        yield mark, f"a day before that of {before.version}, {after.date.text!r}; conflicts with {before.date.text!r}"


@each(changes)
def correction_says_why(subject: tuple[Release, int, Change], base: FactBase) -> Iterator[Finding]:
    """Every correction and every retraction of a release says why."""
    release, index, change = subject
    if change.change != "changed" and not change.because:
        mark = base.mark(f"changes/{release.version}", "changes", index)
        yield mark, f"{change.record!r} was {change.change} without a reason; add 'because' with a line for readers"


RULES = (published_stays, withdrawal_leads_on, nothing_dwindles, releases_in_order, correction_says_why)
