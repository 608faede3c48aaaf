"""Quotations and what they are proven against: an article's words, or the fingerprint of them.

Words are compared after normalising typography only: quote marks, dashes, spaces and Unicode composition (NFC).
Letters, case, digits and all other punctuation count. A fingerprint holds a digest of each run of words that is quoted
somewhere, and where it stands; of all other words it holds nothing, so that they cannot be read back from it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote

SHORTEST_RANGE = 4
"""The fewest words beside an ellipsis: fewer are too easily found somewhere."""

SHORTEST = 5
"""The fewest words of a quotation; with fewer, another word could pass for one of them too easily."""

ELLIPSIS = "…"

GUARDS = frozenset({"no", "not", "never", "none", "nor", "cannot", "without", "unless", "if", "except", "only"})
"""Words that an ellipsis must not hide."""

_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u200a\t\r\n"), " "),
}
WORD = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|\w+(?:['-]\w+)*|[^\w\s]")


def typography(text: str) -> str:
    """Return *text*, composed (NFC), with one form of quote mark, dash and space; no composed character is lost."""
    return unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)


@lru_cache(maxsize=65_536)  # several rules look at the same quotations
def words(text: str) -> tuple[str, ...]:
    """Return the words and punctuation marks of *text* in order, its typography normalised."""
    return tuple(WORD.findall(typography(text)))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of *text*; the first is paragraph 1."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def checksum(text: bytes) -> str:
    """Return the SHA-256 of an article's file, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def digest(run: Sequence[str], key: str) -> str:
    """Return the 64-bit digest of the words of *run*, in hexadecimal; *key* is the checksum of the article's text."""
    return hashlib.blake2b(" ".join(run).encode(), digest_size=8, key=key.encode()[:64]).hexdigest()


@dataclass(frozen=True)
class Words:
    """One paragraph whose words are at hand."""

    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.words)} "

    def find(self, run: Sequence[str]) -> list[int]:
        """Return the places, counted in words from 0, at which *run* starts."""
        needle, places, at = f" {' '.join(run)} ", [], -1
        while (at := self._joined.find(needle, at + 1)) >= 0:
            places.append(self._joined.count(" ", 0, at))
        return places


@dataclass(frozen=True)
class Fingerprint:
    """One paragraph of which only digests of what is quoted are at hand, and nothing of the rest.

    *size* counts its words; *quoted* holds for each digest where its run of words starts.
    """

    size: int
    quoted: Mapping[str, tuple[int, ...]]
    key: str

    def __len__(self) -> int:
        return self.size

    def find(self, run: Sequence[str]) -> list[int]:
        """Return the places, counted in words from 0, at which *run* starts; none where it was never proven."""
        return list(self.quoted.get(digest(run, self.key), ()))


Paragraph = Words | Fingerprint


def speech(run: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return which words of *run* stand in quotation marks, as half-open ranges; an unclosed one runs to the end."""
    marks = [at for at, word in enumerate(run) if word == '"']
    if len(marks) % 2:
        marks.append(len(run))
    return tuple((start + 1, end) for start, end in zip(marks[::2], marks[1::2], strict=True))


def guards(run: Sequence[str]) -> tuple[int, ...]:
    """Return where in *run* a word stands that turns a sense around or ties it to a condition."""
    return tuple(at for at, word in enumerate(run) if word.lower() in GUARDS or word.lower().endswith("n't"))


def ranges(exact: str) -> list[tuple[str, ...]]:
    """Return the words of each range of *exact*, which `…` separates."""
    return [words(part) for part in exact.split(ELLIPSIS)]


def searched(exact: str, prefix: str | None = None, suffix: str | None = None) -> list[tuple[str, ...]]:
    """Return the runs of words by which *exact* is looked for: its ranges, with *prefix* and *suffix* at the ends."""
    runs = ranges(exact)
    runs[0] = (*words(prefix or ""), *runs[0])
    runs[-1] = (*runs[-1], *words(suffix or ""))
    return runs


Placement = tuple[tuple[int, int], ...]
"""Where a quotation stands in its paragraph: a half-open range of words for each of its ranges."""


def placements(
    paragraph: Paragraph, exact: str, prefix: str | None = None, suffix: str | None = None
) -> list[Placement]:
    """Return the placements of *exact* in *paragraph*, in order and without overlap: none, one, or the first two."""
    before = len(words(prefix or ""))
    runs = ranges(exact)
    if not all(runs):
        return []
    starts = [paragraph.find(run) for run in searched(exact, prefix, suffix)]
    starts[0] = [at + before for at in starts[0]]
    found = []
    for placement in _ordered(starts, [len(run) for run in runs], 0, ()):
        found.append(placement)
        if len(found) == 2:
            break
    return found


def _ordered(starts: list[list[int]], sizes: list[int], earliest: int, taken: Placement) -> Iterator[Placement]:
    if len(taken) == len(starts):
        yield taken
        return
    size = sizes[len(taken)]
    for at in starts[len(taken)]:
        if at >= earliest:
            yield from _ordered(starts, sizes, at + size, (*taken, (at, at + size)))


def text_fragment(exact: str, prefix: str | None = None, suffix: str | None = None) -> str:
    """Return what leads a browser to *exact* in a page (WICG, URL Fragment Text Directives, section 3.4).

    It stands behind the `#` of an address. Of a quotation with `…` the first and the last range are named, and what is
    between them is marked too. Commas and hyphens in words are encoded, since they part the words from each other.
    """
    parts = [one.strip() for one in exact.split(ELLIPSIS) if one.strip()]
    ends = parts if len(parts) == 1 else [parts[0], parts[-1]]
    directive = [_percent(prefix) + "-"] if prefix else []
    directive += map(_percent, ends)
    directive += ["-" + _percent(suffix)] if suffix else []
    return f":~:text={','.join(directive)}"


def _percent(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def longest_copy(text: str, paragraphs: Sequence[Words], least: int) -> tuple[int, tuple[str, ...]]:
    """Return the longest run of *least* or more words of *text* that one of *paragraphs* has too, and its number.

    Number 0 and no words where there is none.
    """
    run = words(text)
    best: tuple[int, tuple[str, ...]] = 0, ()
    for number, paragraph in enumerate(paragraphs, 1):
        start, size = 0, max(least, len(best[1]) + 1)
        while start + size <= len(run):
            if paragraph.find(run[start : start + size]):
                best = number, run[start : start + size]
                size += 1
            else:
                start += 1
    return best
