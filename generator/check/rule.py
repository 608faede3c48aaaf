"""What a rule is: a check of one thing at a time, so that each run can say how many things it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.errors import Mark, Problem
from generator.model import FactBase

Finding = tuple[Mark, str]
"""A place, and what is wrong there with what would be right."""


@dataclass(frozen=True)
class Rule:
    """A named check: *subjects* gives what it looks at, *find* says what is wrong with one of them."""

    id: str
    good: str
    subjects: Callable[[FactBase], Iterable[Any]]
    find: Callable[[Any, FactBase], Iterator[Finding]]

    def run(self, base: FactBase) -> Result:
        """Return what the rule finds in *base*, with how many things it looked at."""
        checked = 0
        problems = []
        for subject in self.subjects(base):
            checked += 1
            problems.extend(Problem(mark, message, self.id) for mark, message in self.find(subject, base))
        return Result(self, checked, tuple(problems))


@dataclass(frozen=True)
class Result:
    """What one rule found, and how many things it checked."""

    rule: Rule
    checked: int
    problems: tuple[Problem, ...]


def each(subjects: Callable[[FactBase], Iterable[Any]]) -> Callable[[Callable[[Any, FactBase], Iterator[Finding]]], Rule]:
    """Make a function that checks one of *subjects* a rule; its name is the rule's id, its docstring what is good."""

    def make(find: Callable[[Any, FactBase], Iterator[Finding]]) -> Rule:
        return Rule(find.__name__.replace("_", "-"), (find.__doc__ or "").strip(), subjects, find)

    return make


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return '; did you mean …' with the nearest of *known*, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
