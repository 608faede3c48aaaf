"""A rule in words: what good data looks like, lines that it refuses, and how to mend them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.check import RULES
from generator.edit import Refused
from generator.load import Example
from generator.nearest import did_you_mean

FORM = {
    "checksum": "A text at hand is the very one that the fingerprint in seeds/ was made from.",
    "comment-after-value": "A comment stands on a line of its own, so that no text loses its end to a '#'.",
    "depth": "A file is nested no deeper than a record needs.",
    "duplicate-key": "A key stands once in a mapping.",
    "empty-file": "A file holds its record or records.",
    "empty-value": "A key has a value; without one the key is taken away.",
    "encoding": "A file is UTF-8.",
    "fact-id": "The id of a fact is its file's name, -f and a number of two or more digits.",
    "file": "Every file in data/ can be read.",
    "file-name": "A file lies in the folder of its kind, and its name is an id and .yml.",
    "file-size": "A file is no larger than can be read at once.",
    "fingerprint-file": "A file in seeds/ is what 'summit-record fingerprint' made, unchanged.",
    "invisible-character": "A text holds only what can be seen; a space is a plain space.",
    "missing-key": "A record has every key that all of its kind have.",
    "plain-yaml": "A file is plain YAML: no anchors, aliases, tags or second document.",
    "register-line": "data/published.txt is written by 'summit-record register' only.",
    "syntax": "A file is YAML.",
    "tab": "A file is indented with spaces; there is no tab in it.",
    "too-many": "A file, a list and a mapping hold no more than a person can look through.",
    "unique-id": "An id belongs to one record, whatever its kind.",
    "unknown-key": "A record has only the keys of its kind.",
    "wrong-type": "A list stands where a list is meant, a mapping or one value where these are.",
    "wrong-value": "A value is of the form that its key asks for: a date, an id, one of a few words.",
}
"""What is good by each rule of form, which the loader applies before the others."""


def rules() -> dict[str, str]:
    """Return every rule, of form and of meaning, with what good data looks like."""
    return {**FORM, **{rule.id: rule.good for rule in RULES}}


def explain(id: str, examples: Mapping[str, Example]) -> list[str]:
    """Return the lines that explain the rule *id*; raises Refused where there is no such rule."""
    good = rules()
    if id not in good:
        near = did_you_mean(id, good)
        raise Refused(f"no rule {id!r}{near or '; the rules are ' + ', '.join(sorted(good))}")
    lines = [f"{id}: {' '.join(good[id].split())}"]
    if id in examples:
        example = examples[id]
        wrong, _, right = example.message.partition("; ")
        lines += ["", f"refused, {example.place}:", *(f"    {line}" for line in example.lines)]
        lines += ["", f"because: {wrong}", *([f"to mend:  {right}"] if right else [])]
    return lines
