"""What was asked of the fact base, and when the answer is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from fact_bases import ROOT

from generator.links import Links
from generator.load import load
from generator.memory import Recall
from generator.model import Fact, FactBase, Leader
from generator.reading import ALL, Answers, Observed, Table, reading, remembered, table


@dataclass(frozen=True, eq=False)
class Town:
    """Something to ask."""

    names: Table[str]

    @remembered
    def greeting(self, key: str) -> str:
        return f"Hello {self.names[key]}"

    @table
    def lengths(self) -> dict[str, int]:
        return {key: len(name) for key, name in self.names.items()}

    @table
    def longest(self) -> int:
        return max(self.lengths.values())


@pytest.fixture
def town() -> Town:
    return Town(Table("names", {"a": "Ann", "b": "Bert"}))


@pytest.mark.parametrize(
    ("ask", "asked"),
    [
        (lambda town: town.names["a"], {("names", "a")}),
        (lambda town: town.names.get("c"), {("names", "c")}),
        (lambda town: "c" in town.names, {("names", "c")}),
        (lambda town: list(town.names), {("names", ALL)}),
        (lambda town: len(town.names), {("names", ALL)}),
        (lambda town: list(town.names.values()), {("names", ALL), ("names", "a"), ("names", "b")}),
        (lambda town: town.greeting("b"), {("names", "b")}),
        (lambda town: town.lengths["a"], {("Town.lengths", "a")}),
        (lambda town: town.longest, {("Town.longest", ALL)}),
        (lambda town: None, set()),
    ],
    ids="key get in iterate length values remembered table whole nothing".split(),
)
def test_every_way_to_ask_is_noted(town: Town, ask: Callable[[Town], object], asked: set[tuple[str, str]]) -> None:
    for _ in range(2):  # also where the answer is known already
        with reading() as read:
            ask(town)
        assert read.all() == asked


def test_what_was_made_before_counts_for_whoever_uses_it(town: Town) -> None:
    town.greeting("a")
    with reading() as outer:
        with reading() as inner:
            town.greeting("a")
        town.names.get("z")

    assert inner.all() == {("names", "a")}
    assert outer.all() == {("names", "z")}


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(ROOT, (), Recall({}))


def answers(base: FactBase) -> Answers:
    observed = Observed(base)
    return Answers(observed, Links(observed))


def changed(base: FactBase, fact: Fact, **values: object) -> FactBase:
    """Return *base* with other values of *fact*."""
    new = fact.model_copy(update=values)
    return replace(base, records={**base.records, fact.id: new}, digests={**base.digests, fact.id: "another"})


def test_answers_change_with_what_they_tell_and_with_nothing_else(base: FactBase) -> None:
    fact = next(one for one in base.all(Fact) if one.at and len(one.by) == 1)
    speaker = fact.by[0]
    other = next(one.id for one in base.all(Leader) if one.id not in (*fact.by, *fact.about))
    before, after = answers(base), answers(changed(base, fact, note="Another."))

    for question in (
        ("Observed.records", fact.id),
        ("Observed.all", "fact"),
        ("Links.by", speaker),
        ("Links.facts", ALL),
        ("Links.at", str(fact.at)),
    ):
        assert before(question) != after(question), question
    for question in (
        ("Observed.records", speaker),
        ("Observed.all", "leader"),
        ("Links.by", other),
        ("Links.about", other),
        ("Links.events", ALL),
        ("Observed.lines", fact.id),
        ("Observed.register", ALL),
        ("Observed.articles", fact.id.rpartition("-")[0]),
        ("Links.by", "nobody"),
    ):
        assert before(question) == after(question), question


def test_answers_are_the_same_in_every_process(base: FactBase) -> None:
    observed = Observed(base)
    links = Links(observed)
    with reading() as read:
        for name in ("words_quoted", "paragraphs_cited", "quotations", "register", "citations"):
            value = getattr(observed, name)
            if isinstance(value, Table):
                list(value.items())
        list(links.met.items())
    one, other = answers(base), answers(load(ROOT, (), Recall({})))
    asked = read.all()

    assert len(asked) > 20
    assert [question for question in asked if one(question) != other(question)] == []
    assert not any(" at 0x" in one(question) for question in asked)
