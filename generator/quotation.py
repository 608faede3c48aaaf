"""Quotations and what they are proven against: an article's words, or the fingerprint of them.

Words are compared after normalising typography only: quote marks, dashes, spaces and Unicode composition (NFC).
Letters, case, digits and all other punctuation count. A fingerprint is the sequence of short hashes of each run of
adjacent words (w-shingling, Broder 1997): long enough that a quotation of a few words is found in it or not, too
short to read the words back from it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

SHINGLE = 3
"""How many adjacent words one hash covers; a range shorter than this cannot be found in a fingerprint."""

BITS = 11
"""Bits of each hash."""

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
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|\w+(?:['-]\w+)*|[^\w\s]")


def words(text: str) -> tuple[str, ...]:
    """Return the words and punctuation marks of *text* in order, its typography normalised."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of *text*; the first is paragraph 1."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def checksum(text: bytes) -> str:
    """Return the SHA-256 of an article's file, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


@lru_cache(maxsize=200_000)
def _hash(key: bytes, shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode(), digest_size=2, key=key).digest()
    return int.from_bytes(digest, "big") >> (16 - BITS)


def shingles(run: Sequence[str], key: str) -> tuple[int, ...]:
    """Return one BITS-bit hash for each SHINGLE adjacent words of *run*, in order; *key* is the source's id."""
    name = key.encode()[:64]
    return tuple(_hash(name, " ".join(run[i : i + SHINGLE])) for i in range(len(run) - SHINGLE + 1))


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
    """One paragraph of which only hashes are at hand; *size* counts its words, *key* is the source's id."""

    hashes: tuple[int, ...]
    size: int
    key: str

    def __len__(self) -> int:
        return self.size

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        places: dict[int, list[int]] = {}
        for at, value in enumerate(self.hashes):
            places.setdefault(value, []).append(at)
        return places

    def find(self, run: Sequence[str]) -> list[int]:
        """Return the places, counted in words from 0, at which *run* (at least SHINGLE words) can start."""
        wanted = shingles(run, self.key)
        if not wanted:
            return []
        return [at for at in self._places.get(wanted[0], ()) if self.hashes[at : at + len(wanted)] == wanted]


Paragraph = Words | Fingerprint


def fingerprint(text: str, key: str) -> Fingerprint:
    """Return the fingerprint of one paragraph."""
    run = words(text)
    return Fingerprint(shingles(run, key), len(run), key)


def pack(hashes: Sequence[int]) -> str:
    """Return *hashes* as text: three hexadecimal digits each."""
    return "".join(f"{value:03x}" for value in hashes)


def unpack(text: str) -> tuple[int, ...]:
    """Return the hashes that `pack` wrote; raises ValueError for anything else."""
    if len(text) % 3 or not re.fullmatch("[0-9a-f]*", text):
        raise ValueError(f"not a fingerprint, {text[:12]!r}")
    return tuple(int(text[i : i + 3], 16) for i in range(0, len(text), 3))


def speech(text: str) -> tuple[tuple[int, int], ...]:
    """Return where *text* stands in quotation marks, as half-open ranges of words; an unclosed one runs to the end."""
    run = words(text)
    marks = [at for at, word in enumerate(run) if word == '"']
    if len(marks) % 2:
        marks.append(len(run))
    return tuple((start + 1, end) for start, end in zip(marks[::2], marks[1::2], strict=True))


def guards(text: str) -> tuple[int, ...]:
    """Return where in *text*, counted in words, a word stands that turns a sense around or ties it to a condition."""
    return tuple(at for at, word in enumerate(words(text)) if word.lower() in GUARDS or word.lower().endswith("n't"))


def ranges(exact: str) -> list[tuple[str, ...]]:
    """Return the words of each range of *exact*, which `…` separates."""
    return [words(part) for part in exact.split(ELLIPSIS)]


Placement = tuple[tuple[int, int], ...]
"""Where a quotation stands in its paragraph: a half-open range of words for each of its ranges."""


def placements(paragraph: Paragraph, exact: str, prefix: str | None = None, suffix: str | None = None) -> list[Placement]:
    """Return the placements of *exact* in *paragraph*, in order and without overlap: none, one, or the first two."""
    before, after = words(prefix or ""), words(suffix or "")
    runs = ranges(exact)
    if not all(runs):
        return []
    starts: list[list[int]] = []
    for number, run in enumerate(runs):
        head = before if number == 0 else ()
        tail = after if number == len(runs) - 1 else ()
        starts.append([at + len(head) for at in paragraph.find((*head, *run, *tail))])
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


def longest_copy(text: str, paragraph: Paragraph, least: int) -> tuple[str, ...]:
    """Return the longest run of words of *text* that *paragraph* has too; none where it has fewer than *least* words."""
    run = words(text)
    best: tuple[str, ...] = ()
    start, size = 0, max(least, SHINGLE)
    while start + size <= len(run):
        if paragraph.find(run[start : start + size]):
            best = run[start : start + size]
            size += 1
        else:
            start += 1
    return best
