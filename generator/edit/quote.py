"""Words -> the evidence that proves them: their paragraph, as printed there, and what tells places apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from generator import quotation
from generator.edit import Refused
from generator.edit.scalars import quoted
from generator.model import Article


@dataclass(frozen=True)
class Found:
    """A quotation with its place: the number of the paragraph, and the words as they belong into the data.

    *spoken* says whether it stands in quotation marks there, *hides* whether its … leaves out a word such as 'not'.
    """

    paragraph: int
    exact: str
    prefix: str | None = None
    suffix: str | None = None
    spoken: bool = False
    hides: bool = False


def find(words: str, source: str, article: Article, text: str | None = None) -> list[Found]:
    """Return each place of *words* in *article*, in order, so that the check can prove it.

    *text* is the article's text where it is at hand: the words are then returned as printed there, and words before or
    after them that tell two places apart, or make up for too few, are found too. Without it only words are found that
    are quoted already. Raises Refused where the words are not there, or cannot be told from others there.
    """
    printed = [unicodedata.normalize("NFC", one) for one in quotation.paragraphs(text)] if text is not None else None
    sizes = [len(run) for run in quotation.ranges(words)]
    if not all(sizes):
        raise Refused(f"no words, {words!r}; give the words to look for")
    if len(sizes) > 1 and min(sizes) < quotation.SHORTEST_RANGE:
        raise Refused(f"{min(sizes)} words beside an ellipsis, {words!r}; at least {quotation.SHORTEST_RANGE}")
    found: list[Found] = []
    for number, paragraph in enumerate(article.paragraphs, 1):
        placements = _placements(paragraph, words)
        if printed is not None:
            found += [_as_printed(printed[number - 1], number, article, one) for one in placements]
        elif len(placements) > 1:
            raise Refused(f"more than once in paragraph {number}, {words!r}; give more words before or after")
        else:
            found += [_found(words, number, article, one) for one in placements]
    if not found and printed is None:
        where = f"lay {article.file!r} into seeds/ to look for others"
        raise Refused(f"not among the words that are quoted from {source!r} already, {words!r}; {where}")
    if not found:
        raise Refused(f"not in {source!r}, {words!r}{_nearest(words, printed or [])}")
    return found


def _placements(paragraph: quotation.Paragraph, words: str) -> list[quotation.Placement]:
    """Return all placements of *words*, if they are one range; else the first two."""
    run = quotation.words(words)
    if quotation.ELLIPSIS in words:
        return quotation.placements(paragraph, words)
    return [((at, at + len(run)),) for at in paragraph.find(run)]


def _found(exact: str, number: int, article: Article, placement: quotation.Placement) -> Found:
    speech, guards = article.speech[number - 1], article.guards[number - 1]
    spoken = all(any(start <= a and b <= end for start, end in speech) for a, b in placement)
    hides = any(left[1] <= at < right[0] for left, right in pairwise(placement) for at in guards)
    return Found(number, exact, spoken=spoken, hides=hides)


def _as_printed(text: str, number: int, article: Article, placement: quotation.Placement) -> Found:
    """Return the words at *placement* as *text* prints them, with as much around them as makes them provable."""
    spans = [one.span() for one in quotation.WORD.finditer(quotation.typography(text))]

    def printed(start: int, end: int) -> str:
        return re.sub(r"\s+", " ", text[spans[start][0] : spans[end - 1][1]])

    exact = f" {quotation.ELLIPSIS} ".join(printed(start, end) for start, end in placement)
    found = _found(exact, number, article, placement)
    paragraph, (first, last) = article.paragraphs[number - 1], (placement[0][0], placement[-1][1])
    size = sum(end - start for start, end in placement)
    room, after_it = first, len(spans) - last
    one_side = [pair for n in range(1, 1 + max(room, after_it)) for pair in ((n, 0), (0, n))]
    for before, after in ((0, 0), *one_side, *((n, n) for n in range(1, 1 + min(room, after_it)))):
        if before > room or after > after_it or size + before + after < quotation.SHORTEST:
            continue
        prefix = printed(first - before, first) if before else None
        suffix = printed(last, last + after) if after else None
        if quotation.placements(paragraph, exact, prefix, suffix) == [placement]:
            return Found(number, exact, prefix, suffix, found.spoken, found.hides)
    raise Refused(f"cannot be told from other places in paragraph {number}, {exact!r}; give more words")


def _nearest(words: str, printed: Sequence[str]) -> str:
    """Return what is most like *words* in the paragraphs *printed*, as the end of a message."""
    wanted = quotation.words(words.casefold())
    best = 0.0, 0, ""
    for number, text in enumerate(printed, 1):
        spans = [one.span() for one in quotation.WORD.finditer(quotation.typography(text))]
        run = tuple(word.casefold() for word in quotation.words(text))
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(wanted)
        for start in range(max(1, len(run) - len(wanted) + 1)):
            end = min(start + len(wanted), len(run))
            matcher.set_seq1(run[start:end])
            if matcher.real_quick_ratio() > best[0] and matcher.ratio() > best[0]:
                best = matcher.ratio(), number, text[spans[start][0] : spans[end - 1][1]]
    return f"; did you mean {best[2]!r} in paragraph {best[1]}?" if best[0] >= 0.5 else "; copy the words as printed"


def as_yaml(source: str, found: Found, speaker: str | None = None) -> list[str]:
    """Return the lines of a piece of evidence, as they stand under `evidence:` of a fact."""
    keys = {"exact": found.exact, "prefix": found.prefix, "suffix": found.suffix}
    quote = ", ".join(f"{key}: {quoted(value)}" for key, value in keys.items() if value is not None)
    lines = [f"    - source: {source}", f"      paragraph: {found.paragraph}", f"      quote: {{{quote}}}"]
    return [*lines, f"      speaker: {speaker}"] if speaker else lines


def notes(found: Sequence[Found], words: str) -> list[str]:
    """Return what a person should know of *found*, the places of *words*."""
    result = []
    if len(found) > 1:
        places = ", ".join(str(one.paragraph) for one in found)
        result.append(f"{len(found)} places, in paragraphs {places}; keep the evidence that you mean")
    if any(one.spoken for one in found):
        result.append("between quotation marks in the article: 'speaker' may name whose words they are")
    if any(one.hides for one in found):
        result.append("the … leaves out a word such as 'not' or 'if': quote it too, or say under 'omits' why not")
    return result
