"""What a rule is: a check of one thing at a time, so that each run can say how many things it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.errors import Mark, Problem
from generator.model import FactBase

MAX_PROBLEMS = 1_000
"""How many problems one rule tells; more than anybody reads would only take time."""

Finding = tuple[Mark, str]
"""A place, and what is wrong there with what would be right."""


class Doubt(tuple[Mark, str]):
    """What is neither certain nor impossible, as dates are uncertain: listed, and no reason to refuse the data."""

    __slots__ = ()


class Skip(tuple[Mark, str]):
    """What a rule could not look at, and why: counted, and never let pass."""

    __slots__ = ()


@dataclass(frozen=True)
class Rule:
    """A named check: *subjects* gives what it looks at, *find* says what is wrong with one of them."""

    id: str
    good: str
    subjects: Callable[[FactBase], Iterable[Any]]
    find: Callable[[Any, FactBase], Iterator[Finding]]

    def run(self, base: FactBase) -> Result:
        """Return what the rule finds in *base*, with how many things it looked at."""
        checked, skipped = 0, 0
        problems: list[Problem] = []
        doubts: list[Problem] = []
        for subject in self.subjects(base):
            checked += 1
            for finding in self.find(subject, base):
                if isinstance(finding, Skip):
                    checked, skipped = checked - 1, skipped + 1
                (doubts if isinstance(finding, Doubt) else problems).append(Problem(*finding, self.id))
            if len(problems) > MAX_PROBLEMS:
                more = f"more than {MAX_PROBLEMS} problems of this kind; mend the first ones"
                problems[MAX_PROBLEMS:] = [Problem(problems[MAX_PROBLEMS].mark, more, self.id)]
                break
        return Result(self, checked, skipped, tuple(problems), tuple(doubts))


@dataclass(frozen=True)
class Result:
    """What one rule found, how many things it checked and could not, and where doubt in dates leaves only *doubts*."""

    rule: Rule
    checked: int
    skipped: int
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]

    @property
    def found(self) -> tuple[int, int, tuple[Problem, ...], tuple[Problem, ...]]:
        """All but the rule, which is no data."""
        return self.checked, self.skipped, self.problems, self.doubts


def each(
    subjects: Callable[[FactBase], Iterable[Any]],
) -> Callable[[Callable[[Any, FactBase], Iterator[Finding]]], Rule]:
    """Make a function that checks one of *subjects* a rule; its name is the rule's id, its docstring what is good."""

    def make(find: Callable[[Any, FactBase], Iterator[Finding]]) -> Rule:
        return Rule(find.__name__.replace("_", "-"), (find.__doc__ or "").strip(), subjects, find)

    return make
