"""FactBase -> what is wrong with it. Pure: reads nothing, prints nothing.

A rule is a function in one of the modules here; its name is its id and its docstring says what good data looks like.
"""

from __future__ import annotations

from generator import processes
from generator.check import published, quotations, records, time
from generator.check.rule import Result, Rule
from generator.errors import Problem
from generator.model import FactBase

__all__ = ["RULES", "Result", "Rule", "check", "problems"]

RULES: tuple[Rule, ...] = (*records.RULES, *quotations.RULES, *time.RULES, *published.RULES)
APART = tuple(rule for rule in quotations.RULES if rule is not quotations.quoted_in_part)
"""What a second process looks for: half of the work. Which words are quoted in all, pages ask as well, here."""
WORTH_IT = 2_000
"""How many records make up for the start of a second process."""


def check(base: FactBase) -> tuple[Result, ...]:
    """Return what each rule finds in *base*, in the order of RULES."""
    if len(base.records) < WORTH_IT or not processes.possible():
        return tuple(rule.run(base) for rule in RULES)
    with processes.elsewhere(lambda at: APART[at].run(base).found, len(APART)) as found:
        results = {rule.id: rule.run(base) for rule in RULES if rule not in APART}
        results |= {rule.id: Result(rule, *one) for rule, one in zip(APART, found, strict=True)}
    return tuple(results[rule.id] for rule in RULES)


def problems(results: tuple[Result, ...]) -> list[Problem]:
    """Return the problems in *results*, in order of place."""
    return sorted(problem for result in results for problem in result.problems)
