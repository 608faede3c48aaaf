"""FactBase -> what is wrong with it. Pure: reads nothing, prints nothing.

A rule is a function in one of the modules here; its name is its id and its docstring says what good data looks like.
"""

from __future__ import annotations

from generator.check import published, quotations, records, time
from generator.check.rule import Result, Rule
from generator.errors import Problem
from generator.model import FactBase

__all__ = ["RULES", "Result", "Rule", "check", "problems"]

RULES: tuple[Rule, ...] = (*records.RULES, *quotations.RULES, *time.RULES, *published.RULES)


def check(base: FactBase) -> tuple[Result, ...]:
    """Return what each rule finds in *base*, in the order of RULES."""
    return tuple(rule.run(base) for rule in RULES)


def problems(results: tuple[Result, ...]) -> list[Problem]:
    """Return the problems in *results*, in order of place."""
    return sorted(problem for result in results for problem in result.problems)
