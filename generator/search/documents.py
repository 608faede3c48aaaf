"""What can be a result of a search: each record with a page, each fact once, each section of the pages of prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from markdown.extensions.toc import slugify

from generator import edtf
from generator.edtf import MONTHS, Edtf
from generator.links import Links
from generator.model import (
    Entity,
    Event,
    Fact,
    Leader,
    Measure,
    Meeting,
    Post,
    Series,
    Source,
    Summit,
    Term,
    Topic,
)

KINDS: Final = (
    "leader", "summit", "meeting", "post", "topic", "organisation", "country", "place", "figures", "source", "page",
    "section", "fact",
)  # fmt: skip
"""The kinds of document, in the order in which they stand in the index."""


@dataclass(frozen=True)
class Document:
    """A result: its *kind*, *title* and *href* below the top of the site, what stands below it, and what finds it.

    *line* has date, place or source in words; *text* is shown in extract. *names* are all names it goes by, its title
    first; *calls* are more of them, which no page shows. *found_by* are texts with their weight; *entities* are the ids
    of the records that it is about.
    """

    kind: str
    id: str
    title: str
    href: str
    line: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    found_by: tuple[tuple[float, str], ...] = ()
    entities: tuple[str, ...] = ()


def documents(links: Links, prose: Mapping[str, str]) -> list[Document]:
    """Return all documents of the records of *links* and of *prose* (Markdown by path), by kind; facts as in data/.

    A term is none: who looks for one wants the topic or the body of that name, and its page explains the term.
    """
    base = links.base
    entities = (one for one in base.records.values() if isinstance(one, Entity) and not isinstance(one, Term))
    made = [_of_record(one, links) for one in entities]
    made += [section for path in sorted(prose) for section in sections(path, prose[path])]
    made.sort(key=lambda one: KINDS.index(one.kind))
    return [*made, *(_of_fact(one, links) for one in base.all(Fact))]


SECTIONED: Final = ("rules/index.md", "commands.md", "data/index.md", "trust/index.md")
"""The pages made from the data of which each section is found; of the others that are no record's, the page is."""

_FURTHER: Final = re.compile(r"facts/(?!index\.md|\d{4}\.md).*|(?!facts/).*/\d+\.md")
"""The second page of the facts of a year or of any long list, and those after it: the first one is found."""


def pages_of_prose(made: Iterable[str], links: Links) -> list[str]:
    """Return those of the paths *made* from the records of *links* whose pages are found as prose."""
    own = {links.page(one.id) for one in links.base.records.values() if isinstance(one, Entity)}
    return [path for path in made if path.endswith(".md") and path not in own and not _FURTHER.fullmatch(path)]


def prose(pages: Mapping[str, str]) -> dict[str, str]:
    """Return what is found as prose of *pages*, which `pages_of_prose` chose."""
    found = {}
    for path, text in pages.items():
        front, mark, rest = text.removeprefix("---\n").partition("\n---\n")
        if not mark or "\nsearch: {exclude: true}" in front:
            continue
        found[path] = rest if path in SECTIONED else re.split(r"\n#{2,} ", rest, maxsplit=1)[0]
    return found


def address(page: str) -> str:
    """Return the address, below the top of the site, of the page at the path *page* of docs/."""
    path, mark, anchor = page.partition("#")
    path = path.removesuffix(".md").removesuffix("index")
    return (path if not path or path.endswith("/") else f"{path}/") + mark + anchor


def _of_record(record: Entity, links: Links) -> Document:
    line, text, more = _told(record, links)
    title = record.headline or record.name if isinstance(record, Source) else record.name
    names = (record.name, *(alias.name for alias in record.aliases))
    return Document(
        kind=_kind(record),
        id=record.id,
        title=title,
        href=address(links.page(record.id)),
        line=line,
        text=text,
        names=tuple(dict.fromkeys(names)),
        calls=_calls(record, links) if isinstance(record, Event) else (),
        found_by=((2, record.name), *((1.5, one.name) for one in record.aliases), *((1, one) for one in (text, *more))),
    )


def _kind(record: Entity) -> str:
    if isinstance(record, Measure):
        return "figures"
    return "summit" if isinstance(record, Series) else record.kind_name


def _told(record: Entity, links: Links) -> tuple[str, str, Iterable[str]]:
    """Return the line below the title of *record*, its text, and what else finds it."""
    if isinstance(record, Summit | Meeting):
        return _event(record, links)
    if isinstance(record, Leader):
        posts = [f"{links.name(one.post)}, {edtf.in_words(one.during)}" for one in record.memberships]
        return "; ".join(posts[-1:]), "", posts
    if isinstance(record, Post):
        holders = [f"{one.name}, {edtf.in_words(held.during)}" for one, held in links.holders.get(record.id, ())]
        return "; ".join(holders[-2:]), "", holders
    facts = len({*links.by.get(record.id, ()), *links.about.get(record.id, ())})
    told = f"{facts:,} {'fact' if facts == 1 else 'facts'}"
    if isinstance(record, Topic):
        return told, record.scope, ()
    if isinstance(record, Source):
        date = edtf.in_words(record.published) if record.published else "undated"
        return f"{record.publisher}, {date}", "", (record.headline or "", record.author or "", record.name)
    if isinstance(record, Measure):
        return record.unit, "", ()
    if isinstance(record, Series):
        return "series of summits", "", ()
    return told, "", ()


def _event(event: Event, links: Links) -> tuple[str, str, Iterable[str]]:
    place = links.name(event.place) if event.place else ""
    where = [event.venue or "", place if place not in (event.venue or "") else ""]
    date = edtf.in_words(event.date) if event.date else "date not known"
    more = [*where, *dates(event.date)]
    text = ""
    if isinstance(event, Summit) and event.chair:
        text = f"Chaired by {links.name(event.chair)}."
    if isinstance(event, Meeting):
        for one in event.participants:
            more += [links.name(one.person), links.name(one.post) if one.post else ""]
        if event.prepares:
            text = f"Prepared the {links.name(event.prepares)}."
        more.append(event.type)
    return " · ".join(one for one in (date, *where) if one), text, more


def _calls(event: Event, links: Links) -> tuple[str, ...]:
    """Return how readers call *event* who know when and where it was: `7 June 2021`, `White House June 2021`."""
    start = event.date.start if event.date else None
    if event.date is None or start is None or not start.month:
        return ()
    where = [event.venue, links.name(event.place) if event.place else None]
    month = f"{MONTHS[start.month]} {start.year}"
    return (edtf.in_words(event.date), *(f"{one} {month}" for one in where if one))


def dates(date: Edtf | None) -> tuple[str, ...]:
    """Return *date* in the forms in which it is looked for: `13 June 2023 2023-06-13`, both ends of an interval."""
    points = dict.fromkeys(point for point in (date.start, date.end) if point) if date else {}
    return tuple(
        f"{one.day or ''} {MONTHS[one.month]} {one.year} {one.year}-{one.month:02}-{one.day:02}" for one in points
    )


def _of_fact(fact: Fact, links: Links) -> Document:
    base = links.base
    sources = [one for one in dict.fromkeys(one.source for one in fact.evidence)]
    shown = [one for one in map(base.records.__getitem__, sources) if isinstance(one, Source)]
    quotes = dict.fromkeys(
        (one.quote.exact, one.speaker)
        for one, source in ((one, base.records[one.source]) for one in fact.evidence)
        if one.quote and isinstance(source, Source) and source.wording == "original"
    )
    spoken = [f"“{words}”" + (f" ({links.name(speaker)})" if speaker else "") for words, speaker in quotes]
    about = [id for id in (*fact.by, fact.at, *fact.about) if id]
    event = base.records.get(fact.at or "")
    venue = event.venue or "" if isinstance(event, Event) else ""
    hidden = [one.quote.exact for one in fact.evidence if one.quote and (one.quote.exact, one.speaker) not in quotes]
    figure = fact.figure.words or str(fact.figure.value) if fact.figure else ""
    names = [links.name(id) for id in about if not isinstance(base.records[id], Source)]
    standing = "as of " if fact.date is None else ""
    return Document(
        kind="fact",
        id=fact.id,
        title=fact.text,
        href=address(links.page(fact.id)),
        line=" · ".join((standing + edtf.in_words(fact.time), fact.kind, *(one.name for one in shown))),
        text=" ".join(spoken),
        found_by=(
            (1.2, fact.text),
            *((1.0, words) for words, _ in quotes),
            *((0.6, one) for one in hidden),
            *((0.5, one) for one in (venue, figure, *dates(fact.time)) if one),
            *((0.3, one) for one in names),
        ),
        entities=tuple(dict.fromkeys(about)),
    )


_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,4}) +(.+?)(?: *\{([^}]*)\})?$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
_MARKUP: Final = (
    (re.compile(r"<script.*?</script>|<svg.*?</svg>|<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"<[^>]+>"), ""),
    (re.compile(r"^\s*\{:?[^}]*\}\s*$|\{:?[ .#][^}]*\}|^!!!.*$|^\|[-:| ]+\|$", re.MULTILINE), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"[*`|>]+|^\s*[-+] |^ *\d+\. ", re.MULTILINE), " "),
)


def sections(path: str, markdown: str) -> Iterator[Document]:
    """Yield the page at *path* of docs/ and each section of it that has a heading; *markdown* is what stands there."""
    front = _FRONT.match(markdown)
    text = _FENCE.sub("", markdown[front.end() :] if front else markdown)
    if not re.search("^# ", text, re.MULTILINE):  # the page goes by the title in its head, or by its path
        named = re.search("^title: *(.+)$", front[1], re.MULTILINE) if front else None
        text = f"# {named[1] if named else path}\n\n{text}"
    headings = list(_HEADING.finditer(text))
    page, taken = address(path), set[str]()
    title = plain(headings[0][2])
    for heading, after in zip(headings, [*headings[1:], None], strict=True):
        own = plain(text[heading.end() : after.start() if after else len(text)])
        name = plain(heading[2])
        named = re.search(r"#([\w-]+)", heading[3] or "")
        anchor = named[1] if named else _unique(slugify(name, "-"), taken)
        taken.add(anchor)
        first = heading is headings[0]
        yield Document(
            kind="page" if first else "section",
            id=f"{path}#{anchor}",
            title=name,
            href=page if first else f"{page}#{anchor}",
            line="" if first else title,
            text=_extract(own),
            names=(name,),
            found_by=((2, name), (1, own), *(() if first else ((0.5, title),))),
        )


def _unique(anchor: str, taken: set[str]) -> str:
    """Return *anchor* as Python-Markdown numbers it where it stands on its page already."""
    number, found = 1, anchor
    while found in taken:
        found, number = f"{anchor}_{number}", number + 1
    return found


def plain(markdown: str) -> str:
    """Return *markdown* without its marks, in one line."""
    for pattern, new in _MARKUP:
        markdown = pattern.sub(new, markdown)
    return " ".join(unescape(markdown).split())


def _extract(text: str, length: int = 240) -> str:
    return text if len(text) <= length else text[:length].rpartition(" ")[0] + " …"
