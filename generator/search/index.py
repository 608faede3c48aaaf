"""Documents -> the files of the index, each a script that hands its part to docs/assets/search.js.

A script, not a file to fetch: so the search also works on pages opened from the disk. Each part bears a hash of what it
holds, and the first has those of all others, so that a part that a browser kept from an older index is noticed, and
one that is as it was can be kept.

    words       every word, in front coding; the names of all pages; where each word and each document stands
    p0, p1 …    postings: for a run of words, the documents of each and how well it fits there
    d0, d1 …    for a run of documents, what a result shows
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from generator.markup import SIGN
from generator.search.documents import KINDS, Document
from generator.search.words import TABLES, sequence, words

POSTINGS_BYTES: Final = 24_000
DOCUMENTS_BYTES: Final = 12_000
"""How long a file of postings or of documents gets at most; a search reads one of the former a word, a dozen of the
latter."""

STEPS: Final = 8
"""In how many steps it is told how well a word fits a document."""

DIGITS: Final = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
HALF: Final = len(DIGITS) // 2
"""A number is written in base HALF, its last digit from the first half of DIGITS, the others from the second."""

ENTITY: Final = "@"
"""Before the number of a document: the word by which facts about that record are found."""


def parts(documents: Sequence[Document]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the index of *documents*, which are by kind."""
    numbers = {one.id: number for number, one in enumerate(documents) if one.kind != "fact"}
    postings: dict[str, list[int]] = {}
    for number, one in enumerate(documents):
        for word, fit in fits(one).items():
            postings.setdefault(word, []).append(number * STEPS + fit)
        for id in one.entities:
            if id in numbers:
                postings.setdefault(f"{ENTITY}{numbers[id]}", []).append(number * STEPS + STEPS // 2)
    vocabulary = sorted(postings)
    posting_files = list(_runs([_deltas(postings[word]) for word in vocabulary], POSTINGS_BYTES))
    shown = [_json([one.title, one.href, one.line, one.text, list(one.names[1:])]) for one in documents]
    document_files = list(_runs(shown, DOCUMENTS_BYTES))
    made = {f"p{number}": _json(run) for number, (_, run) in enumerate(posting_files)}
    made |= {f"d{number}": "[" + ",\n".join(run) + "]" for number, (_, run) in enumerate(document_files)}
    versions = {name: _version(text) for name, text in made.items()}
    firsts = {kind: number for number, kind in reversed(list(enumerate(one.kind for one in documents)))}
    head = {
        "count": len(documents),
        "kinds": [[kind, firsts[kind]] for kind in KINDS if kind in firsts],
        "postings": [first for first, _ in posting_files],
        "documents": [first for first, _ in document_files],
        "versions": versions,
        "tables": TABLES,
        "digits": DIGITS,
        "steps": STEPS,
        "entity": ENTITY,
        "words": _front_coded(vocabulary),
        "names": [
            "|".join(dict.fromkeys(" ".join(sequence(name)) for name in (*one.names, *one.calls)))
            for one in documents
            if one.names
        ],
    }
    made["words"] = _json(head)
    versions["words"] = _version(made["words"])
    for name, text in made.items():
        yield name, f'// {SIGN}\nsummitRecordSearch("{name}", "{versions[name]}", {text})\n'.encode()


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@lru_cache(100_000)
def fits(document: Document) -> dict[str, int]:
    """Return each word that finds *document*, and how well it fits, 0 to STEPS - 1 (as in BM25, Robertson 1994)."""
    weights: dict[str, float] = {}
    length = 0.0
    for weight, text in document.found_by:
        for word in words(text):
            weights[word] = weights.get(word, 0) + weight
            length += weight
    usual = 0.8 * (0.6 + 0.4 * length / 20)
    return {word: min(STEPS - 1, int(STEPS * weight / (weight + usual))) for word, weight in weights.items()}


def _runs(texts: Sequence[str], most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield *texts* in runs of at most about *most* characters, each with the number of its first text.

    From half of that on a text itself says whether a run starts with it: so a new or a longer one leaves others alone.
    """
    first, size, run = 0, 0, list[str]()
    for number, text in enumerate(texts):
        starts = size > most // 2 and zlib.crc32(text.encode()) % (most // 4) < len(text)
        if run and (starts or size + len(text) > most):
            yield first, run
            first, size, run = number, 0, []
        run.append(text)
        size += len(text)
    if run:
        yield first, run


def _deltas(numbers: Sequence[int]) -> str:
    """Return rising *numbers*, document * STEPS + fit, with each document as its distance from the one before."""
    first = number(numbers[0])
    return first + "".join([number(after - before // STEPS * STEPS) for before, after in pairwise(numbers)])


@cache
def number(value: int) -> str:
    """Return *value* in the digits of the index."""
    text = DIGITS[value % HALF]
    while value := value // HALF:
        text = DIGITS[HALF + value % HALF] + text
    return text


def _front_coded(sorted_words: Sequence[str]) -> str:
    """Return *sorted_words* in one text, each as what it shares with the one before (base 36) and its own rest."""
    coded = []
    for before, word in pairwise(["", *sorted_words]):
        shared = 0
        while shared < min(len(before), len(word), 35) and before[shared] == word[shared]:
            shared += 1
        coded.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + word[shared:])
    return " ".join(coded)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
