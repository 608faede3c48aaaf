"""Did you mean …? The one way in which a message names what is near to a word that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from heapq import nlargest

LONGEST = 100
"""Characters of a word that is looked for; no key and no id has as many."""

LOOKED_AT = 200
"""How many words are compared in full: those that share the most letters, where there are more."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that is nearest to *word*: one slip of the pen away, or else alike; None if none is."""
    if len(word) > LONGEST:
        return None
    words = list(known)
    slips = [one for one in words if one_slip(word, one)]
    if slips:
        return max(slips, key=lambda one: SequenceMatcher(None, word, one).ratio())
    if len(words) > LOOKED_AT:
        letters = set(word)
        words = nlargest(LOOKED_AT, words, key=lambda one: len(letters.intersection(one)))
    return next(iter(get_close_matches(word, words, n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return '; did you mean …' with the nearest of *known*, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {near!r}?" if near else ""


def one_slip(left: str, right: str) -> bool:
    """Say whether one character that is wrong, missing, too many, or swapped with its neighbour, tells the two apart.

    Capitals, and hyphens for underscores, are no difference (Damerau 1964).
    """
    if abs(len(left) - len(right)) > 1:
        return False
    left, right = left.lower().replace("_", "-"), right.lower().replace("_", "-")
    if len(left) > len(right):
        left, right = right, left
    at = next((i for i, one in enumerate(left) if one != right[i]), len(left))
    if len(left) < len(right):
        return left[at:] == right[at + 1 :]
    swapped = left[:at] + left[at + 1 : at + 2] + left[at : at + 1] + left[at + 2 :]
    return left[at + 1 :] == right[at + 1 :] or swapped == right
