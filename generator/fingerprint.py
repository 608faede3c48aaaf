"""An article's text and what is quoted of it -> the file in seeds/ that stands for it, without any of its words."""

from __future__ import annotations

import json

from generator import quotation
from generator.model import Article, Fact, FactBase
from generator.quotation import Fingerprint, Words


def article(name: str, content: bytes, source: str, base: FactBase | None = None) -> Article:
    """Return what clones without its text are to know of the article *content*, whose file is called *name*.

    For *source* and *base* see `fingerprinted`. Raises UnicodeDecodeError where *content* is not UTF-8.
    """
    texts = tuple(Words(quotation.words(one)) for one in quotation.paragraphs(content.decode("utf-8")))
    return fingerprinted(name, quotation.checksum(content), texts, source, base)


def fingerprinted(name: str, key: str, texts: tuple[Words, ...], source: str, base: FactBase | None) -> Article:
    """Return the article of *texts*, its paragraphs, with digests of what *base* quotes from *source*.

    Digests are also made of the sentences of the facts that cite it: they were compared with the text. *key* is the
    checksum of its file *name*.
    """
    quoted: list[dict[str, tuple[int, ...]]] = [{} for _ in texts]
    compared: set[str] = set()
    for citation in base.citations if base else ():
        evidence = citation.evidence
        if evidence.source != source:
            continue
        if isinstance(citation.record, Fact):
            compared.add(quotation.digest(quotation.words(citation.record.text), key))
        if evidence.quote and evidence.paragraph and evidence.paragraph <= len(texts):
            for run in quotation.searched(evidence.quote.exact, evidence.quote.prefix, evidence.quote.suffix):
                places = texts[evidence.paragraph - 1].find(run) if run else []
                if places:
                    quoted[evidence.paragraph - 1][quotation.digest(run, key)] = tuple(places)
    return Article(
        file=name,
        checksum=key,
        fingerprints=tuple(Fingerprint(len(one), quoted[n], key) for n, one in enumerate(texts)),
        speech=tuple(quotation.speech(one.words) for one in texts),
        guards=tuple(quotation.guards(one.words) for one in texts),
        compared=frozenset(compared),
        texts=texts,
    )


def as_json(article: Article) -> str:
    """Return *article* as seeds/ keeps it, the words left out.

    Per paragraph: how many words it has, the ranges of words in quotation marks (`speech`), the places of words such as
    'not' and 'if' (`guards`), and for each run of words that is quoted its digest and where it starts (`quoted`). Then
    the digests of our own sentences that were compared with the article (`compared`).
    """
    paragraphs = [
        {"words": len(one), "speech": speech, "guards": guards, "quoted": dict(sorted(one.quoted.items()))}
        for one, speech, guards in zip(article.fingerprints, article.speech, article.guards, strict=True)
    ]
    head = {"file": article.file, "sha256": article.checksum}
    lines = [f'  "{key}": {json.dumps(value)},' for key, value in head.items()]
    items = ",\n".join(f"    {json.dumps(one)}" for one in paragraphs)
    compared = ",\n".join(f"    {json.dumps(one)}" for one in sorted(article.compared))
    return "\n".join(["{", *lines, '  "paragraphs": [', items, "  ],", '  "compared": [', compared, "  ]", "}", ""])
