"""Rules for quotations and sources: words that are there, once, unshortened in sense, and paragraphs that all count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from generator import fingerprint, quotation
from generator.check.records import facts
from generator.check.rule import Finding, Skip, each
from generator.errors import Mark
from generator.model import Citation, Evidence, Fact, FactBase, Quote, Source

LONGEST = 40
"""The most words of one quotation: the articles are their publishers'."""

SHARE = 0.6
"""The most that quotations may repeat of an article, taken together."""

COPY = 8
"""So many words in a row, shared with the source, are a copy."""


class Quoted(NamedTuple):
    """A quotation with its place in the data, and the article it is from."""

    citation: Citation
    source: Source
    quote: Quote


def citations(base: FactBase) -> Iterator[tuple[Citation, Source]]:
    for citation in base.citations:
        source = base.records.get(citation.evidence.source)
        if isinstance(source, Source):
            yield citation, source


def quotations(base: FactBase) -> Iterator[Quoted]:
    for citation, source in citations(base):
        if citation.evidence.quote and source.type == "article":
            yield Quoted(citation, source, citation.evidence.quote)


def spoken(base: FactBase) -> Iterator[tuple[Citation, Source]]:
    return ((citation, source) for citation, source in citations(base) if citation.evidence.speaker)


def articles(base: FactBase) -> Iterator[Source]:
    return (source for source in base.all(Source) if source.id in base.articles)


class Numbered(NamedTuple):
    """A paragraph of an article by its number, counted from 1."""

    source: Source
    number: int


def article_paragraphs(base: FactBase) -> Iterator[Numbered]:
    for source in base.all(Source):
        if source.id in base.articles:
            for number in range(1, len(base.articles[source.id].fingerprints) + 1):
                yield Numbered(source, number)


def articles_and_fingerprints(base: FactBase) -> list[str]:
    return sorted({source.id for source in base.all(Source)} | base.articles.keys())


@each(articles_and_fingerprints)
def article_has_fingerprint(id: str, base: FactBase) -> Iterator[Finding]:
    """Every article has its fingerprint in seeds/, and nothing else has."""
    source = base.records.get(id)
    if not isinstance(source, Source):
        mark = Mark(PurePosixPath(f"seeds/{id}.json"), 1, 1)
        yield mark, f"a fingerprint of no source, {id!r}; write data/sources/{id}.yml, or take the file away"
    elif source.type == "article" and source.id not in base.articles:
        yield base.mark(source.id, "type"), f"no seeds/{source.id}.json; make it with 'summit-record fingerprint'"
    elif source.type == "page" and source.id in base.articles:
        yield (
            base.mark(source.id, "type"),
            f"a page with a fingerprint, seeds/{source.id}.json; type is 'article', or the file has to go",
        )


@each(articles)
def fingerprint_up_to_date(source: Source, base: FactBase) -> Iterator[Finding]:
    """Where an article's text is at hand, its fingerprint is what the text and the quotations from it give."""
    article = base.articles[source.id]
    if article.texts is None:
        return
    if fingerprint.fingerprinted(article.file, article.checksum, article.texts, source.id, base) != article:
        mark = Mark(PurePosixPath(f"seeds/{source.id}.json"), 1, 1)
        yield mark, f"not what the text {article.file!r} and the data give; run 'summit-record fingerprint'"


@each(citations)
def evidence_is_exact(subject: tuple[Citation, Source], base: FactBase) -> Iterator[Finding]:
    """Evidence from an article names the paragraph and quotes its words; a page that is only cited has neither."""
    (record, steps, evidence), source = _parts(subject[0]), subject[1]
    if source.type == "page":
        for key in ("paragraph", "quote", "speaker"):
            if getattr(evidence, key) is not None:
                yield (
                    base.mark(record, *steps, key),
                    f"{key!r} of {source.id!r}, a page whose text is not at hand; take it away",
                )
        return
    if source.id == record:
        return
    if evidence.paragraph is None:
        yield (
            base.mark(record, *steps),
            f"no 'paragraph' of {source.id!r}; say which line of the article, counted from 1",
        )
    if evidence.quote is None:
        yield base.mark(record, *steps), f"no 'quote' from {source.id!r}; quote the words that say so"


def _parts(citation: Citation) -> tuple[str, tuple[str | int, ...], Evidence]:
    return citation.record.id, citation.steps, citation.evidence


@each(quotations)
def quotation_found(quoted: Quoted, base: FactBase) -> Iterator[Finding]:
    """The quoted words stand in the paragraph that is named, in order and once, typography aside."""
    record, steps, evidence = _parts(quoted.citation)
    if quoted.source.id not in base.articles or evidence.paragraph is None:
        yield Skip(
            (base.mark(record, *steps, "quote"), "cannot be looked for; the fingerprint or the paragraph is missing")
        )
        return
    paragraphs = base.articles[quoted.source.id].paragraphs
    if evidence.paragraph > len(paragraphs):
        mark = base.mark(record, *steps, "paragraph")
        yield mark, f"no paragraph {evidence.paragraph} in {quoted.source.id!r}; it has {len(paragraphs)}"
        return
    quote = quoted.quote
    found = quotation.placements(paragraphs[evidence.paragraph - 1], quote.exact, quote.prefix, quote.suffix)
    if len(found) == 1:
        return
    mark = base.mark(record, *steps, "quote", "exact")
    if not found:
        elsewhere = [
            str(number)
            for number, paragraph in enumerate(paragraphs, 1)
            if quotation.placements(paragraph, quote.exact, quote.prefix, quote.suffix)
        ]
        hint = f"it stands in paragraph {', '.join(elsewhere)}" if elsewhere else "quote the words as printed"
        if not elsewhere and base.articles[quoted.source.id].texts is None:
            hint += ", and run 'summit-record fingerprint' where the text is"
        yield mark, f"not in paragraph {evidence.paragraph} of {quoted.source.id!r}, {quote.exact!r}; {hint}"
    else:
        yield mark, f"more than once in paragraph {evidence.paragraph}, {quote.exact!r}; add 'prefix' or 'suffix'"


@each(quotations)
def quotation_length(quoted: Quoted, base: FactBase) -> Iterator[Finding]:
    """A quotation has five to forty words, with `prefix` and `suffix`, and four or more on each side of an ellipsis."""
    record, steps, _ = _parts(quoted.citation)
    quote = quoted.quote
    sizes = [len(one) for one in quotation.searched(quote.exact, quote.prefix, quote.suffix)]
    if sum(sizes) < quotation.SHORTEST:
        yield (
            base.mark(record, *steps, "quote", "exact"),
            f"a quotation of {sum(sizes)} words, {quoted.quote.exact!r}; "
            f"at least {quotation.SHORTEST} can be proven, quote more or add 'prefix' or 'suffix'",
        )
    elif min(sizes) < quotation.SHORTEST_RANGE:
        yield (
            base.mark(record, *steps, "quote", "exact"),
            f"{min(sizes)} words beside an ellipsis, {quoted.quote.exact!r}; at least {quotation.SHORTEST_RANGE}",
        )
    elif sum(sizes) > LONGEST:
        mark = base.mark(record, *steps, "quote", "exact")
        yield mark, f"a quotation of {sum(sizes)} words; at most {LONGEST}, make it several facts"


@each(quotations)
def nothing_hidden(quoted: Quoted, base: FactBase) -> Iterator[Finding]:
    """No ellipsis leaves out a word such as not, never, if or only, unless `omits` says why the sense stays."""
    record, steps, evidence = _parts(quoted.citation)
    article = base.articles.get(quoted.source.id)
    if article is None or not evidence.paragraph or evidence.paragraph > len(article.fingerprints):
        return  # quotation-found says so
    if quoted.quote.omits or quotation.ELLIPSIS not in quoted.quote.exact:
        return
    quote = quoted.quote
    for placement in quotation.placements(
        article.paragraphs[evidence.paragraph - 1], quote.exact, quote.prefix, quote.suffix
    ):
        gaps = [(left[1], right[0]) for left, right in pairwise(placement)]
        if any(start <= at < end for start, end in gaps for at in article.guards[evidence.paragraph - 1]):
            mark = base.mark(record, *steps, "quote", "exact")
            yield (
                mark,
                f"the … leaves out a word such as 'not' or 'if', {quote.exact!r}; "
                "quote it too, or say under 'omits' why the sense stays",
            )
            return


@each(spoken)
def speaker_speaks(subject: tuple[Citation, Source], base: FactBase) -> Iterator[Finding]:
    """Words shown as a speaker's own are in quotation marks in a source of original wording; the fact is by them."""
    (record, steps, evidence), source = _parts(subject[0]), subject[1]
    fact = base.records[record]
    if source.wording == "back-translated":
        message = f"a speaker for wording of {source.id!r}, which is back-translated; tell it as reported speech"
        yield base.mark(record, *steps, "speaker"), message
        return
    if not isinstance(fact, Fact) or evidence.speaker not in fact.by:
        message = f"the speaker {evidence.speaker!r} is not in 'by'; name who said it in both"
        yield base.mark(record, *steps, "speaker"), message
    article = base.articles.get(source.id)
    if evidence.quote is None or article is None or not evidence.paragraph or evidence.paragraph > len(article.speech):
        return
    quote = evidence.quote
    speech = article.speech[evidence.paragraph - 1]
    found = quotation.placements(article.paragraphs[evidence.paragraph - 1], quote.exact, quote.prefix, quote.suffix)
    if found and not all(any(start <= a and b <= end for start, end in speech) for a, b in found[0]):
        yield (
            base.mark(record, *steps, "quote", "exact"),
            (
                f"not inside quotation marks in the article, {quote.exact!r}; "
                "take 'speaker' away, or quote only what was spoken"
            ),
        )


@each(facts)
def own_words(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """The text of a fact is in our own words: it shares no eight words in a row with an article that it cites."""
    for source in {one.source: None for one in fact.evidence}:
        if source not in base.articles:
            continue
        article = base.articles[source]
        if article.texts is None:
            if quotation.digest(quotation.words(fact.text), article.checksum) not in article.compared:
                message = f"not compared with {source!r}, whose text is not here"
                yield base.mark(fact.id, "text"), f"{message}; run 'summit-record fingerprint' where it is"
            continue
        number, copy = quotation.longest_copy(fact.text, article.texts, COPY)
        if copy:
            words = " ".join(copy)
            yield (
                base.mark(fact.id, "text"),
                f"{len(copy)} words in a row as in paragraph {number} of {source!r}, {words!r}; say it in other words",
            )


@each(article_paragraphs)
def every_paragraph_counts(paragraph: Numbered, base: FactBase) -> Iterator[Finding]:
    """Every paragraph of an article is evidence for a fact, or set aside with a reason, and not both."""
    source, number = paragraph
    used = number in base.paragraphs_cited.get(source.id, frozenset())
    aside = [i for i, one in enumerate(source.set_aside) if number in one.paragraphs]
    if not used and not aside:
        yield (
            base.mark(source.id, "set_aside"),
            f"paragraph {number} carries no fact; distil it, or set it aside with a reason",
        )
    elif used and aside:
        yield (
            base.mark(source.id, "set_aside", aside[0]),
            f"paragraph {number} is set aside and yet evidence for a fact; keep one",
        )


@each(articles)
def quoted_in_part(source: Source, base: FactBase) -> Iterator[Finding]:
    """All quotations from an article together repeat at most six in ten of its words."""
    article = base.articles[source.id]
    size = sum(map(len, article.fingerprints))
    quoted = len(base.words_quoted.get(source.id, ()))
    if quoted > SHARE * size:
        message = f"{quoted} of {size} words of {source.id!r} are quoted; at most {SHARE:.0%}, shorten quotations"
        yield base.mark(source.id), message


RULES = (
    article_has_fingerprint,
    fingerprint_up_to_date,
    evidence_is_exact,
    quotation_found,
    quotation_length,
    nothing_hidden,
    speaker_speaks,
    own_words,
    every_paragraph_counts,
    quoted_in_part,
)
