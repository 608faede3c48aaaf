"""Text -> the words it is found by: folded to plain letters, in one spelling, without endings.

What is done to a text stands in tables, which go into the index: the reader's query is taken apart by the same
tables in docs/assets/search.js, and a change here needs none there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

LETTERS: Final = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
"""Letters that Unicode does not take apart into a plain one and a mark."""

STEPS: Final = (
    ("['‘’ʼ]s(?![a-z0-9])", ""),
    ("['‘’ʼ]", ""),
    (r",(?=\d\d\d)", ""),
    ("%", " percent "),
    ("per cent(?![a-z])", "percent"),
    (r"\.(?=[a-z]\.)", ""),
)
"""Patterns and what takes their place, one by one: Biden's -> biden, 3,500 -> 3500, 2% -> 2 percent, U.S. -> us.

Written so that Python and JavaScript read them alike.
"""

ENDINGS: Final = (
    (("sses", "ss", 1), ("ies", "y", 2), ("ss", "ss", 0), ("us", "us", 0), ("is", "is", 0), ("s", "", 3)),
    (("ing", "", 3), ("ed", "", 3)),
    (("e", "", 3), ("y", "i", 2)),
    (("mm", "m", 2), ("nn", "n", 2), ("pp", "p", 2), ("tt", "t", 2), ("rr", "r", 2), ("ll", "l", 2), ("gg", "g", 2)),
    (("isation", "ization", 2), ("is", "iz", 4), ("ys", "yz", 3), ("our", "er", 3), ("or", "er", 3), ("enc", "ens", 3)),
)
"""Passes over a word; in each the first ending that fits is replaced, where so many letters are left before it.

They join forms of a word (meeting, meetings; chaired, chair) and British and American spelling (defence, defense).
What comes out need not be a word.
"""

SAME: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july",
    "aug": "august", "sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
    "centre": "center", "met": "meet", "said": "say", "told": "tell", "held": "hold", "spoke": "speak",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "troops": "soldiers", "troop": "soldier",
    "advisor": "adviser", "has": "have", "had": "have", "does": "do", "did": "do",
}  # fmt: skip
"""Words that count as another one."""

STOP: Final = frozenset(
    "a about an and are as at be been but by can could did do does for from had has have he her his how i if in into "
    "is it its many much no of on or our she so than that the their them then there they this to was we were what when "
    "where which who whom whose why will with would you your".split()
)
"""Words that find nothing by themselves; in a phrase they count."""

_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_ODD = re.compile("['‘’ʼ,%.]|per cent")
"""What a text has to which one of STEPS applies."""

_STEPS = tuple((re.compile(pattern, re.ASCII), new) for pattern, new in STEPS)
_LETTERS = str.maketrans(LETTERS)


def sequence(text: str) -> list[str]:
    """Return the words of *text* in their order, stop words included."""
    text = text.lower()
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not "\u0300" <= one <= "\u036f")
        text = text.translate(_LETTERS)
    if _ODD.search(text):
        for pattern, new in _STEPS:
            text = pattern.sub(new, text)
    return [_stem(word) for word in _WORD.findall(text)]


@lru_cache(100_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words that find *text*, in their order."""
    return tuple([word for word in sequence(text) if word not in STOPPED])


@cache
def _stem(word: str) -> str:
    word = SAME.get(word, word)
    if word[0].isdigit():
        return word
    for endings in ENDINGS:
        for ending, new, left in endings:
            if word.endswith(ending) and len(word) - len(ending) >= left:
                word = word[: len(word) - len(ending)] + new
                break
    return word


STOPPED: Final = frozenset(map(_stem, STOP))
"""The stop words as they come out of `sequence`."""

TABLES: Final = {"letters": LETTERS, "steps": STEPS, "endings": ENDINGS, "same": SAME, "stop": sorted(STOPPED)}
"""What docs/assets/search.js needs to take a query apart in the same way."""
