"""What the tests of the data files share: fact bases that are hard to write down, and the files made of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fact_bases import BASE, ROOT

from generator.export import API, Edition, export
from generator.load import load
from generator.model import Alias, Entity, Evidence, Fact, FactBase, Meeting, Quote, Record, Source, Summit, Topic
from generator.render import render

SITE = "https://record.example/nato/"

AWKWARD = {
    "comma": "Salt, pepper, and so on",
    "quotes": 'The "salty" one\'s “sea”',
    "newline": "first line\nsecond line",
    "emoji": "Ferry ⛴️ with 👩‍👩‍👧 and 🇺🇦",
    "long": ("A very long name, 24 let " * 13)[:299] + ".",
    "georgian": "საქართველო, თბილისი",
    "formula": '=HYPERLINK("http://record.invalid";"x")',
    "plus": "+44 20 7946",
    "minus": "-5",
    "at": "@SUM(1+1)",
    "markup": "</script><!-- <b>&amp; ]]> {{ x }} %}",
    "backslash": "C:\\new\\, \\; \\n",
    "separator": "a; b | c",
    "digits": "007",
    "diacritics": "Recep Tayyip Erdoğan, Šimonytė",
}
assert len(AWKWARD["long"]) == 300


def with_text(base: FactBase, text: str) -> FactBase:
    """Return *base* with *text* for every name, sentence, quotation and note; it need not pass the checks."""
    return FactBase({id: _with_text(one, text) for id, one in base.records.items()}, {}, base.articles, base.register)


def _with_text(record: Record, text: str) -> Record:
    update: dict[str, Any] = {}
    if isinstance(record, Entity):
        update |= {"name": text, "aliases": (Alias.model_construct(name=f"{text} too", kind="alias", note=text),)}
        update |= {"unknown": dict.fromkeys(record.unknown, text)}
        update |= {"evidence": {key: tuple(map(_quoting(text), several)) for key, several in record.evidence.items()}}
    if isinstance(record, Summit | Meeting):
        update |= {"venue": record.venue and text}
    if isinstance(record, Topic):
        update |= {"scope": text}
    if isinstance(record, Source):
        update |= {"headline": record.headline and text, "author": record.author and text}
        update |= {"publisher": text, "note": text}
    if isinstance(record, Fact):
        update |= {"text": text, "note": text, "unknown": dict.fromkeys(record.unknown, text)}
        update |= {"evidence": tuple(map(_quoting(text), record.evidence))}
    return record.model_copy(update=update)


def _quoting(text: str) -> Any:
    def quoting(evidence: Evidence) -> Evidence:
        quote = Quote.model_construct(exact=text, prefix=None, suffix=None, omits=None)
        return evidence.model_copy(update={"quote": quote if evidence.quote else None})

    return quoting


def made(base: FactBase, site: str = "", version: str = "") -> dict[str, bytes]:
    """Return the data files of *base* by path."""
    return {one.path: one.content for one in export(base, site, version)}


@cache
def small() -> FactBase:
    """The made-up fact base."""
    return load(BASE)


@cache
def real() -> FactBase:
    """The fact base of this repository."""
    return load(ROOT)


@cache
def small_files(site: str = "") -> Mapping[str, bytes]:
    return made(small(), site)


@cache
def real_files(site: str = "") -> Mapping[str, bytes]:
    return made(real(), site)


def pages(base: FactBase, site: str = "") -> dict[str, str]:
    """Return the pages of *base* by path."""
    return {one.path: one.content.decode() for one in render(base, edition=Edition(site)) if one.path.endswith(".md")}


@cache
def real_pages(site: str = "") -> Mapping[str, str]:
    return pages(real(), site)


@cache
def awkward(name: str, site: str = "") -> Mapping[str, bytes]:
    """Return the data files of the made-up base with AWKWARD text everywhere."""
    return made(with_text(small(), AWKWARD[name]), site)


def below(files: Mapping[str, bytes], folder: str, suffix: str) -> dict[str, bytes]:
    """Return those of *files* in *folder* of the API whose names end in *suffix*."""
    return {path: one for path, one in files.items() if path.startswith(API + folder) and path.endswith(suffix)}
