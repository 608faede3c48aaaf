"""Records -> how to cite them: plain text, BibTeX, RIS, CSL-JSON and the template of Wikipedia.

A file of each format for each page, with an entry for the page, one for the article where the page is that of a
source, and one for each fact at home there. The entries are in the same order in all formats; between two of them
stands an empty line, and none inside. The pages lead to these files and do not repeat them. What is cited has the
version of the data where they are a release, and else that of its own record: one edit is no reason to cite all else
anew.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.edtf import MONTHS, Edtf
from generator.export.edition import API, AUTHOR, NAME, dumps
from generator.export.records import Json, Records
from generator.model import Entity, Evidence, Fact, Source
from generator.targets import File, Target
from generator.view.parts import when

WHOLE = "summit-record"
"""The name of the files that say how to cite the data as a whole."""


@dataclass(frozen=True)
class Work:
    """What is cited: *quotes* are words in it, *told_by* says where a fact comes from.

    *issued* is a year, or a year and a month, or a day; *archived* is a dated copy and the day it was made.
    """

    key: str
    title: str
    author: str
    container: str
    url: str
    issued: tuple[int, ...] = ()
    circa: bool = False
    version: str = ""
    language: str = "en"
    quotes: tuple[str, ...] = ()
    told_by: str = ""
    archived: tuple[str, datetime.date] | None = None
    originals: tuple[Work, ...] = ()


@dataclass(frozen=True)
class Format:
    """A way to write a citation: what readers call it, the end of its files' names, their media type, its writer."""

    name: str
    suffix: str
    type: str
    write: Callable[[tuple[Work, ...]], str]


def path(record: Entity | None, suffix: str) -> str:
    """Return the path of the file that says how to cite the page of *record*, or the data as a whole."""
    return f"{API}cite/{f'{record.kind_name}/{record.id}' if record else WHOLE}.{suffix}"


def targets(records: Records) -> Iterator[Target]:
    """Yield what makes the files of every page of a record, and those of the data as a whole."""
    yield Target("cite", partial(_files, None, records))
    for record in records.links.base.records.values():
        if isinstance(record, Entity) and record.pages:
            yield Target(f"cite/{record.id}", partial(_files, record, records))


def _files(record: Entity | None, records: Records) -> Iterator[File]:
    """Yield the files of *record*, of a source with all facts that are at home there, or of the data as a whole."""
    works = _Works(records)
    cited = [works.page(record) if record else works.whole()]
    if isinstance(record, Source):
        cited += [_original(record), *map(works.fact, records.links.at_home.get(record.id, ()))]
    for one in FORMATS:
        yield File(path(record, one.suffix), one.write(tuple(cited)).encode())


@dataclass(frozen=True, eq=False)
class _Works:
    """Makes what is cited of *records*, all of it of one edition."""

    records: Records

    def whole(self) -> Work:
        return self._ours(WHOLE, NAME, self.records.edition.site, self.records.version)

    def page(self, record: Entity) -> Work:
        title = record.headline or record.name if isinstance(record, Source) else record.name
        return self._ours(record.id, title, self._url(record.id), self.records.version_of(record))

    def fact(self, fact: Fact) -> Work:
        told = tuple(dict.fromkeys(self._told(one) for one in fact.evidence))
        quotes = tuple(dict.fromkeys(filter(None, map(self._words, fact.evidence))))
        originals = tuple(_original(self._source(one), self._words(one)) for one in fact.evidence)
        return self._ours(
            fact.id,
            fact.text,
            self._url(fact.id),
            self.records.version_of(fact),
            quotes=quotes,
            told_by="; ".join(told),
            originals=tuple(dict.fromkeys(originals)),
        )

    def _ours(
        self,
        key: str,
        title: str,
        url: str,
        version: str,
        quotes: tuple[str, ...] = (),
        told_by: str = "",
        originals: tuple[Work, ...] = (),
    ) -> Work:
        issued = tuple(map(int, self.records.edition.date.split("-"))) if self.records.edition.date else ()
        return Work(
            key=key,
            title=title,
            author=AUTHOR,
            container=NAME,
            url=url,
            issued=issued,
            version=version,
            quotes=quotes,
            told_by=told_by,
            originals=originals,
        )

    def _url(self, id: str) -> str:
        return self.records.edition.site + self.records.address(id) if self.records.edition.site else ""

    def _source(self, evidence: Evidence) -> Source:
        source = self.records.links.base.records[evidence.source]
        assert isinstance(source, Source)
        return source

    def _words(self, evidence: Evidence) -> str:
        return evidence.quote.exact if evidence.quote and self._source(evidence).wording == "original" else ""

    def _told(self, evidence: Evidence) -> str:
        source = self._source(evidence)
        day = when(source.published) if source.published else "undated"
        paragraph = f", paragraph {evidence.paragraph}" if evidence.paragraph else ""
        words = f": “{self._words(evidence)}”" if self._words(evidence) else ""
        return f"{source.publisher}, {day}{paragraph}{words}"


def _original(source: Source, quote: str = "") -> Work:
    """Return *source* itself, as its publisher has it, with the words *quote* of it."""
    copied = re.match(r"https?://web\.archive\.org/web/(\d{4})(\d\d)(\d\d)\d*", source.archive_url or "")
    return Work(
        key=f"{source.id}-original",
        title=source.headline or source.name,
        author=source.author or "",
        container=source.publisher,
        url=source.url,
        issued=_issued(source.published),
        circa=source.published is not None and (source.published.uncertain or source.published.approximate),
        language=source.language,
        quotes=(quote,) if quote else (),
        archived=(str(source.archive_url), datetime.date(*map(int, copied.groups()))) if copied else None,
    )


def _issued(date: Edtf | None) -> tuple[int, ...]:
    """Return *date* as far as it is known; () for an interval, which no citation has."""
    if date is None or date.is_interval or date.start is None:
        return ()
    parts = (date.start.year, date.start.month, date.start.day)
    return tuple(one for one in parts if one)


def _line(text: str) -> str:
    """Return *text* on one line: in RIS a line is a field, and empty lines stand between entries."""
    return " ".join(text.split())


def _day(issued: tuple[int, ...]) -> str:
    """Return *issued* in words: 21 November 2026."""
    words = [str(issued[0])] if issued else []
    words[:0] = [MONTHS[issued[1]]] if len(issued) > 1 else []
    words[:0] = [str(issued[2])] if len(issued) > 2 else []
    return " ".join(words)


def _note(work: Work) -> str:
    """Return where a fact comes from; "" for a work that is no fact."""
    return _line(f"Told by {work.told_by}") if work.told_by else ""


def plain(works: tuple[Work, ...]) -> str:
    """Return *works* as text, a line each."""
    return "\n\n".join(map(_plain, works)) + "\n"


def _plain(work: Work) -> str:
    day = f"{'about ' if work.circa else ''}{_day(work.issued)}" if work.issued else "undated"
    edition = f", data version {work.version}" if work.version else ""
    title = work.title if work.title != work.container else ""
    ended = title if title.endswith((".", "?", "!", "…")) else f"{title}."
    parts = [
        f"{work.author}." if work.author else "",
        f"“{ended}”" if title else "",
        f"{work.container}{edition}, {day}.",
        f"{work.url} ." if work.url.endswith((".", ",")) else work.url,
        f"{_note(work)}." if work.told_by else "",
    ]
    return _line(" ".join(parts))


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&$#_"},
    }
)


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def bibtex(works: tuple[Work, ...]) -> str:
    """Return *works* as BibTeX in UTF-8; the names of authors and titles keep their capitals."""
    return "\n\n".join(map(_bibtex, works)) + "\n"


def _bibtex(work: Work) -> str:
    year, month, day = (*map(str, work.issued), "", "", "")[:3]
    fields = {
        "author": f"{{{_tex(work.author)}}}" if work.author else "",
        "title": f"{{{_tex(work.title)}}}",
        "howpublished": _tex(work.container),
        "year": year,
        "month": month,
        "day": day,
        "url": _address(work.url),  # as it is: the packages that print it read no escapes there
        "version": _tex(work.version),
        "language": work.language,
        "note": _tex(". ".join(filter(None, (work.version and f"Data version {work.version}", _note(work))))),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{work.key}{lines}\n}}"


def ris(works: tuple[Work, ...]) -> str:
    """Return *works* as RIS, whose lines end with CR and LF."""
    return "\r\n\r\n".join(map(_ris, works)) + "\r\n"


def _ris(work: Work) -> str:
    year, month, day = (*(f"{one:02}" for one in work.issued), "", "", "")[:3]
    fields = (
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", work.author),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}" if year else ""),
        ("ET", work.version),
        ("LA", work.language),
        ("UR", work.url),
        ("N1", _note(work)),
    )
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - "])


def csl(works: tuple[Work, ...]) -> str:
    """Return *works* as CSL-JSON, the input of citation processors."""
    return "[\n" + ",\n\n".join(dumps(_csl(one)) for one in works) + "\n]\n"


def _csl(work: Work) -> Json:
    fields: Json = {
        "id": work.key,
        "type": "dataset" if work.key == WHOLE else "webpage",
        "title": _line(work.title),
        "author": [{"literal": _line(work.author)}] if work.author else [],
        "container-title": _line(work.container),
        "issued": {"date-parts": [list(work.issued)], **({"circa": True} if work.circa else {})} if work.issued else {},
        "version": work.version,
        "language": work.language,
        "URL": work.url,
        "note": _note(work),
    }
    return {name: value for name, value in fields.items() if value}


_WIKI = {ord(sign): f"&#{ord(sign)};" for sign in "{}|[]<>&"}


def _wiki(text: str) -> str:
    """Return *text* as the value of a template's parameter that shows exactly its characters."""
    value = _line(text).translate(_WIKI)
    value = re.sub(r"''+|~~~+|__+|://", lambda run: "".join(f"&#{ord(sign)};" for sign in run[0]), value)
    return f"&#{ord(value[0])};{value[1:]}" if value[:1] in ("*", "#", ":", ";") and value[0] else value


def _address(url: str) -> str:
    """Return *url* with what would end a field or a parameter percent-encoded."""
    return re.sub(r"[\s{}|\[\]<>\"'\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), url)


def wikipedia(works: tuple[Work, ...]) -> str:
    """Return *works* as {{cite web}}; below a fact, the articles that it comes from, with the words."""
    blocks = ("\n".join(map(_cite_web, (one, *one.originals))) for one in works)
    return "\n\n".join(blocks) + "\n"


def _cite_web(work: Work) -> str:
    fields = {
        "url": _address(work.url) or "<!-- the address of the page -->",
        "title": _wiki(work.title),
        "author": _wiki(work.author),
        "website": _wiki(work.container) if work.title != work.container else "",
        "date": "" if work.circa else _day(work.issued),
        "id": f"Data version {_wiki(work.version)}" if work.version else "",
        "language": work.language if work.language != "en" else "",
        "quote": " … ".join(map(_wiki, work.quotes)),
    }
    if work.archived:
        copy, made = work.archived
        fields |= {"archive-url": _address(copy), "archive-date": _day((made.year, made.month, made.day))}
        fields |= {"url-status": "live"}
    return "{{cite web " + " ".join(f"|{name}={value}" for name, value in fields.items() if value) + "}}"


FORMATS = (
    Format("Plain text", "txt", "text/plain", plain),
    Format("BibTeX", "bib", "application/x-bibtex", bibtex),
    Format("RIS", "ris", "application/x-research-info-systems", ris),
    Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl),
    Format("Wikipedia", "wiki.txt", "text/plain", wikipedia),
)
