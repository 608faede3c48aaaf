"""How far a fingerprint in seeds/ proves a quotation, and what can be read back from it.

    python -m bench.fingerprints --texts DIR [--corpus DIR ...] [--part shipped|passing|reading]

DIR holds the articles' texts. *shipped* alters every quotation of data/ in thousands of ways and counts what the
package still lets pass. The other two measure the design that was refused, a hash of a few bits of every k words of the
whole text: *passing* what it lets pass, *reading* what a thief reads back from it with 50,000 words and a bigram model
of English learnt from the *corpus* folders. Reading needs wordfreq, which nothing else here does. docs/fingerprints.md
tells what came out. The same Python, packages, data, texts and corpus give the same figures; what is random is seeded.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import heapq
import math
import random
import re
import sys
import sysconfig
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from generator import quotation
from generator.load import load
from generator.model import FactBase, Quote
from generator.quotation import words

ROOT = Path(__file__).resolve().parents[1]
SEED = 20210614
NEGATIONS = ("cannot", "never", "no", "nor", "not", "without")
TRIED, TRIED_INNER = 100, 4_000
"""How many words are tried at a place of a quotation where any word will do, and for one that is not at an edge."""

Run = tuple[str, ...]


# --- Quotations, and how they are altered ------------------------------------------------------------------------


@dataclass(frozen=True)
class Quoted:
    """A quotation of the data: its source, the paragraph it names (from 0), its ranges."""

    source: str
    paragraph: int
    quote: Quote

    def placed(self, paragraph: quotation.Paragraph, exact: str) -> list[quotation.Placement]:
        return quotation.placements(paragraph, exact, self.quote.prefix, self.quote.suffix)

    def searched(self, exact: str) -> list[Run]:
        return quotation.searched(exact, self.quote.prefix, self.quote.suffix)


def quotations(base: FactBase) -> list[Quoted]:
    """Return every quotation of *base* from an article, each once."""
    every = (one.evidence for one in base.citations)
    return list(
        dict.fromkeys(
            Quoted(one.source, one.paragraph - 1, one.quote)
            for one in every
            if one.quote and one.paragraph and one.source in base.articles
        )
    )


def mutants(quoted: Quoted, vocabulary: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield *quoted* altered in every way: the kind of it, a number for the place, and the words as quoted."""
    ranges, place = quotation.ranges(quoted.quote.exact), 0
    for number, run in enumerate(ranges):
        for kind, variants in _altered(run, vocabulary):
            place += 1
            for variant in variants:
                runs = [*ranges[:number], variant, *ranges[number + 1 :]]
                yield kind, place, f" {quotation.ELLIPSIS} ".join(" ".join(one) for one in runs)


def _altered(run: Run, vocabulary: Sequence[str]) -> Iterator[tuple[str, Iterable[Run]]]:
    last = len(run) - 1
    for at, old in enumerate(run):
        before, after = run[:at], run[at + 1 :]
        inner = 0 < at < last
        place = "inner word" if inner else "edge word"
        dice = random.Random(f"{SEED} {at} {' '.join(run)}")
        if old[0].isalpha():
            style = str.upper if old.isupper() and len(old) > 1 else str.capitalize if old[0].isupper() else str
            others = map(style, dice.sample(vocabulary, TRIED_INNER if inner else TRIED))
            yield place, ((*before, word, *after) for word in others if word != old)
        digits = [(n, new) for n, one in enumerate(old) if one.isdigit() for new in "0123456789" if new != one]
        if digits:
            yield f"digit, {place}", [(*before, old[:n] + new + old[n + 1 :], *after) for n, new in digits]
        if old.lower() in NEGATIONS or old.lower().endswith("n't"):
            yield "negation dropped", [(*before, *after)]
        if at:
            yield "neighbours swapped", [(*before[:-1], old, before[-1], *after)]
            yield "negation inserted", [(*before, one, old, *after) for one in NEGATIONS]
            yield "word inserted", [(*before, one, old, *after) for one in dice.sample(vocabulary, TRIED)]
        if inner:
            yield "word dropped", [(*before, *after)]


def library_words() -> list[str]:
    """Return the words of Python's own library that occur there at least three times, sorted."""
    library = Path(sysconfig.get_path("stdlib"))
    counts: Counter[str] = Counter()
    for path in (*sorted(library.glob("*.py")), library / "pydoc_data" / "topics.py"):
        counts.update(re.findall(r"[a-z]{2,14}", path.read_text("utf-8", "replace").lower()))
    return sorted(word for word, count in counts.items() if count >= 3)


def bound(passed: int, tried: int) -> str:
    """Return below which share the true one is with 95 % confidence, by the rule of three; if any *passed*, none."""
    return "       " if passed else f"{3 / tried:.1e}"


@dataclass
class Tally:
    """What became of the mutants of one kind, and what was to be expected."""

    tried: int = 0
    passed: int = 0
    expected: float = 0.0

    def add(self, passes: bool, chance: float) -> None:
        self.tried, self.passed = self.tried + 1, self.passed + passes
        self.expected += chance


def print_tallies(tallies: dict[str, Tally]) -> None:
    print(f"{'':20} {'mutants':>10} {'passed':>6}   95 %  | calculated")
    for kind, one in sorted(tallies.items()):
        share = one.expected / one.tried
        print(f"{kind:20} {one.tried:>10,} {one.passed:>6} {bound(one.passed, one.tried)} | {share:.1e}")
    tried, passed = sum(one.tried for one in tallies.values()), sum(one.passed for one in tallies.values())
    print(f"{'all':20} {tried:>10,} {passed:>6} {bound(passed, tried)}", flush=True)


# --- The design that is shipped ----------------------------------------------------------------------------------


def shipped_part(base: FactBase, vocabulary: Sequence[str]) -> None:
    """Print which mutants generator.quotation takes for proven with what seeds/ holds, though the text has them not."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    printed = set()
    said = 0
    for quoted in quotations(base):
        article = base.articles[quoted.source]
        assert article.texts
        text, kept = article.texts[quoted.paragraph], article.fingerprints[quoted.paragraph]
        exact = quoted.quote.exact
        assert quoted.placed(kept, exact) == quoted.placed(text, exact) != [], f"seeds/ is out of date: {exact!r}"
        printed |= {(quoted.source, quotation.digest(run, article.checksum)) for run in quoted.searched(exact)}
        chance = len(kept.quoted) * 2.0**-64
        for kind, _, mutant in mutants(quoted, vocabulary):
            if quoted.placed(text, mutant):
                said += 1  # the article says this too
            else:
                tallies[kind].add(bool(quoted.placed(kept, mutant)), chance)
    print("\nshipped: 64-bit digests of what is quoted; all quotations pass unaltered")
    print_tallies(tallies)
    print(f"not counted, since the article says so too: {said}")
    every = [(name, one) for name, article in base.articles.items() for p in article.fingerprints for one in p.quoted]
    print(f"{len(every)} digests in seeds/, {sum(one in printed for one in every)} of them of words that data/ prints")


# --- The design that was refused: each k words of the whole text, hashed to a few bits ---------------------------


def shingles(run: Sequence[str], k: int) -> list[str]:
    """Return each *k* adjacent words of *run*, in order."""
    return [" ".join(run[at : at + k]) for at in range(len(run) - k + 1)]


class Hashes:
    """A paragraph as that design kept it."""

    def __init__(self, run: Run, key: str, k: int, bits: int) -> None:
        self.k, self.key, self.bits, self.shingles = k, key, bits, shingles(run, k)
        self.hashes = self._of(run)

    def _of(self, run: Run) -> list[int]:
        key = self.key.encode()[:64]
        every = (hashlib.blake2b(one.encode(), digest_size=2, key=key) for one in shingles(run, self.k))
        return [int.from_bytes(one.digest(), "big") >> (16 - self.bits) for one in every]

    def placed(self, runs: Sequence[Run]) -> bool:
        """Return whether *runs* are found in this order."""
        end = 0
        for run in runs:
            wanted = self._of(run)
            last = len(self.hashes) - len(wanted)
            at = next((n for n in range(end, last + 1) if self.hashes[n : n + len(wanted)] == wanted), None)
            if at is None:
                return False
            end = at + len(run)
        return True

    def chance(self, run: Run) -> float:
        """Return the calculated chance that *run*, which is not there, is found somewhere."""
        wanted = shingles(run, self.k)
        places = range(len(self.shingles) - len(wanted) + 1)
        differing = (
            {two for two in zip(wanted, self.shingles[at:], strict=False) if two[0] != two[1]} for at in places
        )
        return min(1.0, sum(2.0 ** (-self.bits * len(one)) for one in differing))


def passing_part(base: FactBase, vocabulary: Sequence[str]) -> None:
    """Print the same as `shipped_part` for hashes of the whole text, with several k, b and fewest words of a range."""
    for k, bits, least in ((3, 11, 4), (3, 11, 5), (3, 10, 5), (2, 11, 4)):
        tallies: dict[str, Tally] = defaultdict(Tally)
        for quoted in quotations(base):
            sought = quoted.searched(quoted.quote.exact)
            if min(map(len, sought)) < least:
                continue
            text = (base.articles[quoted.source].texts or ())[quoted.paragraph]
            paragraph = Hashes(text.words, quoted.source, k, bits)
            chances: dict[int, float] = {}
            for kind, place, mutant in mutants(quoted, vocabulary):
                runs = quoted.searched(mutant)
                passes = paragraph.placed(runs)
                if passes and quoted.placed(text, mutant):
                    continue
                if place not in chances:
                    new = next((run for run, old in zip(runs, sought, strict=True) if run != old), runs[0])
                    chances[place] = 0.0 if text.find(new) else paragraph.chance(new)
                tallies[kind].add(passes, chances[place])
        print(f"\nrefused: k = {k}, b = {bits}, ranges of {least} words or more")
        print_tallies(tallies)


# --- What can be read back ---------------------------------------------------------------------------------------

VOCABULARY = 50_000
BEAM, PAIRS = 100, 40_000
"""How many beginnings are kept, and how many (beginning, next word) are tried for each word, likeliest first."""

START = "<p>"
MARKS = {",": 0.05, ".": 0.05, '"': 0.02, "-": 0.005, "'": 0.003, ":": 0.003, "(": 0.002, ")": 0.002, ";": 0.001}
MARKS |= {"$": 0.001, "%": 0.001, "?": 0.001, "!": 0.0005, "/": 0.0005}


class Model:
    """A bigram model of words in one direction: English, then the corpus, then what data/ prints (Witten-Bell)."""

    def __init__(self, english: dict[str, float], layers: Sequence[Sequence[Run]], extra: Sequence[str]) -> None:
        chances = defaultdict(float, {word: 0.65 * chance for word, chance in english.items()})
        for lines, weight in zip(layers, (0.1, 0.25), strict=True):
            ones = Counter(word for line in lines for word in line if weight > 0.1 or word in english)
            share = weight / max(1, ones.total())
            for word, count in ones.items():
                chances[word] += share * count
        for word in extra:
            chances[word] += 1e-9
        total = sum(chances.values())
        self.words = sorted(chances, key=lambda word: (-chances[word], word))
        self.encoded = [word.encode() for word in self.words]
        self.number = {word: at for at, word in enumerate(self.words)}
        self.single = [math.log2(chances[word] / total) for word in self.words]
        self.rising = [-one for one in self.single]
        self.counts: list[dict[str, Counter[int]]] = [defaultdict(Counter) for _ in layers]
        for pairs, lines in zip(self.counts, layers, strict=True):
            for line in lines:
                for left, right in pairwise((START, *line)):
                    if right in self.number:
                        pairs[left][self.number[right]] += 1
        self.after = cache(self._after)

    def _after(self, word: str) -> tuple[dict[int, float], float]:
        """Return the log2 chances of words that follow *word*, likeliest first, and the log2 factor for others."""
        chances: dict[int, float] = defaultdict(float)
        rest = 1.0
        for pairs in reversed(self.counts):
            if seen := pairs.get(word):
                all_seen = seen.total() + len(seen)
                for at, count in seen.items():
                    chances[at] += rest * count / all_seen
                rest *= len(seen) / all_seen
        logs = {at: math.log2(one + rest * 2.0 ** self.single[at]) for at, one in chances.items()}
        return dict(sorted(logs.items(), key=lambda one: -one[1])), math.log2(rest)


Beginning = tuple[float, Run]
"""Words read so far, after START, and the log2 chance of them."""


class Thief:
    """Reads the words of one source's paragraphs back from hashes of *bits* bits of *k* words; with none, guesses."""

    def __init__(self, model: Model, source: str, k: int, bits: int) -> None:
        self.model, self.k, self.bits = model, k, bits
        self.start = hashlib.blake2b(digest_size=2, key=source.encode()[:64])

    def read(self, hashes: Sequence[int], known: Sequence[str | None]) -> Run:
        """Return the words of a paragraph with *hashes* of which *known* are known: the best guess for each."""
        beginnings: list[Beginning] = [(0.0, (START,))]
        for at, word in enumerate(known):
            wanted = hashes[at - self.k + 1] if self.bits and at >= self.k - 1 else None
            tried = list(self._next(beginnings, word, wanted))
            tried = tried or list(self._next(beginnings, word, None))  # the thread is lost: go on without this hash
            best: dict[Run, Beginning] = {}
            for one in sorted(tried):
                best[one[1][1 - self.k :]] = one
            beginnings = heapq.nlargest(BEAM, best.values())
        return beginnings[0][1][1:]

    def _next(self, beginnings: Sequence[Beginning], word: str | None, wanted: int | None) -> Iterator[Beginning]:
        """Yield *beginnings* with one word more that agrees with *wanted*: with *word*, or with the likeliest ones."""
        model = self.model
        if word is not None:
            at = model.number[word]
            for score, run in beginnings:
                if self._agreeing(run, [at], wanted):
                    known, rest = model.after(run[-1])
                    yield score + known.get(at, model.single[at] + rest), (*run, word)
            return
        rests = [score + model.after(run[-1])[1] for score, run in beginnings]
        pairs = BEAM * 10 if wanted is None else PAIRS
        low, high = max(rests) - 80.0, max(rests) + 40.0
        for _ in range(24):
            limit = (low + high) / 2
            many = sum(bisect_right(model.rising, rest - limit) for rest in rests) > pairs
            low, high = (limit, high) if many else (low, limit)
        for (score, run), rest in zip(beginnings, rests, strict=True):
            known = model.after(run[-1])[0]
            least = high - score
            likely = {*range(bisect_right(model.rising, rest - high))}
            for at, log in known.items():
                if log < least:
                    break
                likely.add(at)
            for at in self._agreeing(run, sorted(likely), wanted):
                yield (score + known[at] if at in known else rest + model.single[at]), (*run, model.words[at])

    def _agreeing(self, run: Run, tried: Sequence[int], wanted: int | None) -> Sequence[int]:
        """Return the numbers among *tried* of the words that hash to *wanted* after *run*."""
        if wanted is None:
            return tried
        start = self.start.copy()
        start.update(f"{' '.join(run[1 - self.k :])} ".encode())
        found = []
        for number in tried:
            state = start.copy()
            state.update(self.model.encoded[number])
            if int.from_bytes(state.digest(), "big") >> (16 - self.bits) == wanted:
                found.append(number)
        return found


def english_words() -> dict[str, float]:
    """Return the chance of each of the 50,000 most frequent English words in its spellings, of marks and of numbers."""
    from wordfreq import top_n_list, word_frequency  # type: ignore[import-not-found,import-untyped,unused-ignore]

    chances: dict[str, float] = defaultdict(float)
    for rank, word in enumerate(top_n_list("en", VOCABULARY)):
        share = word_frequency(word, "en")
        chances[word] += 0.86 * share
        chances[word.capitalize()] += 0.12 * share
        if len(word) <= 6:
            chances[word.upper()] += 0.01 * share
        if rank < 20_000:
            chances[word.capitalize() + "'s"] += 0.01 * share
    chances.update(MARKS)
    for number in range(2101):
        chances[str(number)] += 2e-4 if number < 32 or 2000 <= number <= 2030 else 2e-6
    return {word: chance for word, chance in chances.items() if words(word) == (word,) and chance > 0}


def corpus_lines(folders: Sequence[Path]) -> list[Run]:
    """Return the paragraphs of prose in the text files and gzipped manual pages in *folders*."""
    lines: dict[Run, None] = {}
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if not path.is_file() or path.suffix not in (".gz", ".txt", ".pod", ".rst", ".md"):
            continue
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = re.sub(r"^[.'].*$", "", content.decode("utf-8", "replace"), flags=re.MULTILINE)
        for block in re.split(r"\n\s*\n", re.sub(r"\\f.|\\", "", text)):
            run = words(block)
            if len(run) >= 12 and sum(one.isalpha() and one.isascii() for one in run) >= 0.8 * len(run):
                lines[run] = None
    return list(lines)


def given(base: FactBase, source: str, marks: bool) -> list[list[str | None]]:
    """Return for each paragraph of *source* the words that data/ prints, None for the others.

    With *marks* also its quotation marks and guards, of which seeds/ tells where they stand.
    """
    article = base.articles[source]
    texts = article.texts or ()
    found: list[list[str | None]] = [[None] * len(text) for text in texts]
    for one in quotations(base):
        if one.source == source:
            for run in one.searched(one.quote.exact):
                for start in texts[one.paragraph].find(run):
                    found[one.paragraph][start : start + len(run)] = run
    for number, text in enumerate(texts if marks else ()):
        beside = {at for start, end in article.speech[number] for at in (start - 1, end) if at < len(text)}
        for at in (*beside, *article.guards[number]):
            found[number][at] = text.words[at]
    return found


def reading_part(base: FactBase, corpus: Sequence[Path]) -> None:
    """Print what a thief reads back: from what seeds/ holds today, and from hashes of the whole text."""
    english, lines = english_words(), corpus_lines(corpus)
    public = [run for one in quotations(base) for run in one.searched(one.quote.exact)]
    for record in base.records.values():
        names = (getattr(record, name, None) for name in ("text", "name", "headline", "scope", "note"))
        public += [words(one) for one in names if isinstance(one, str)]
    print(f"\ncorpus {sum(map(len, lines)):,} words; data/ {sum(map(len, public)):,} words")
    needed = [word for source in base.articles for one in given(base, source, True) for word in one if word]
    model = Model(english, [lines, public], needed)
    for k, bits, marks in ((3, 0, False), (3, 0, True), (3, 11, False), (5, 10, False), (3, 4, False)):
        attack(base, model, k, bits, marks)


def attack(base: FactBase, model: Model, k: int, bits: int, marks: bool) -> None:
    """Print the share of the words printed nowhere that are read back right; *marks* that are known count as read."""
    right = unknown = 0
    for source, article in base.articles.items():
        thief = Thief(model, source, k, bits)
        printed, known = given(base, source, False), given(base, source, marks)
        for text, public, beforehand in zip(article.texts or (), printed, known, strict=True):
            read = thief.read(Hashes(text.words, source, k, bits).hashes, beforehand)
            asked = [at for at, one in enumerate(public) if one is None]
            unknown += len(asked)
            right += sum(read[at] == text.words[at] for at in asked)
    beside = " and where marks and guards stand" if marks else ""
    print(f"quotations{beside}, k = {k}, b = {bits}: {right / unknown:.1%} of {unknown} read back right", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="What a fingerprint proves, and what can be read back from it.")
    parser.add_argument("--texts", type=Path, required=True, help="folder with the articles' texts")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="folder with English, to learn from")
    parser.add_argument("--part", choices=("shipped", "passing", "reading"), help="only this; without it, all three")
    arguments = parser.parse_args()
    base = load(ROOT, [arguments.texts])
    if missing := [source for source, article in base.articles.items() if not article.texts]:
        print(f"fingerprints.py: no text of {', '.join(missing)} in {str(arguments.texts)!r}", file=sys.stderr)
        return 2
    vocabulary = library_words()
    every = quotations(base)
    print(f"{len(every)} different quotations; {len(vocabulary):,} other words")
    if arguments.part in (None, "shipped"):
        shipped_part(base, vocabulary)
    if arguments.part in (None, "passing"):
        passing_part(base, vocabulary)
    if arguments.part in (None, "reading"):
        reading_part(base, arguments.corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
