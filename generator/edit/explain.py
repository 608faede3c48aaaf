"""A rule in words: what good data looks like, lines that it refuses, and how to mend them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.check import RULES
from generator.check.guide import ADVICE, FORM
from generator.edit import Refused
from generator.load import Example
from generator.nearest import did_you_mean


def rules() -> dict[str, str]:
    """Return every rule, of form and of meaning, with what good data looks like."""
    return {**FORM, **{rule.id: rule.good for rule in RULES}}


def explain(id: str, examples: Mapping[str, Example]) -> list[str]:
    """Return the lines that explain the rule *id*; raises Refused where there is no such rule."""
    good = rules()
    if id not in good:
        near = did_you_mean(id, good)
        raise Refused(f"no rule {id!r}{near or '; the rules are ' + ', '.join(sorted(good))}")
    why, mend = ADVICE[id]
    lines = [f"{id}: {' '.join(good[id].split())}", f"why:     {why}", f"to mend: {mend}"]
    if id in examples:
        example = examples[id]
        lines += ["", f"refused, {example.place}:", *(f"    {line}" for line in example.lines)]
        lines += [f"because: {example.message}"]
    return [*lines, "", f"All rules: the page rules/ of the site; this one: rules/#{id}"]
