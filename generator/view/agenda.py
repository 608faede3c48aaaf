"""What was talked about when: topics by summit, the meetings on the road to a summit counted with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import svg
from generator.markup import Md, link
from generator.model import Fact, Summit
from generator.view import pages
from generator.view.drawn import drawing_of
from generator.view.pages import Pager
from generator.view.parts import Parts, counted, shortened, topics_of

TOPICS, SUMMITS = 24, 12
"""How many topics and summits the drawing shows at most: those with most facts, and the latest."""


@dataclass(frozen=True)
class AgendaPage:
    """Topics by summit: a drawing of the most, and the topics of each summit with how many facts each has.

    Of the pages after the first *number* says which one it is; they have no drawing.
    """

    number: int
    drawing: Md
    left_out: str
    summits: tuple[tuple[Md, tuple[Md, ...]], ...]
    pages: Pager


@dataclass(frozen=True)
class Talk:
    """A topic and the facts about it, each as a line; *anchor* is the heading's id."""

    topic: str
    anchor: str
    page: Md
    facts: tuple[Md, ...]


@dataclass(frozen=True)
class SummitAgendaPage:
    """What was talked about at one summit and on the road to it, topic by topic; or a part of it."""

    title: str
    window: str
    description: str
    trail: tuple[Md, ...]
    summit: Md
    talks: tuple[Talk, ...]
    pages: Pager


Counts = Sequence[tuple[str, int]]
"""Topics with how many facts each has, most first."""


def agenda_pages(parts: Parts) -> Iterator[tuple[str, str, Callable[[], AgendaPage]]]:
    """Yield path, template and what makes it for the agenda of all summits."""
    links = parts.links
    summits = [one for one in links.events if isinstance(one, Summit)]
    counts = {one.id: topics_of(links.of_road(one), links) for one in summits}
    spread = _spread(summits, counts)
    for at in range(len(spread)):
        path = pages.path_of("agenda/index.md", at + 1)
        yield path, "agenda", partial(agenda_page, summits, counts, spread, at, parts)


def summit_agenda_pages(summit: Summit, parts: Parts) -> Iterator[tuple[str, str, Callable[[], SummitAgendaPage]]]:
    """Yield path, template and what makes it for the agenda of *summit*."""
    for at in range(len(_of_summit(topics_of(parts.links.of_road(summit), parts.links)))):
        path = pages.path_of(f"agenda/{summit.id}.md", at + 1)
        yield path, "summit_agenda", partial(summit_agenda_page, summit, at, parts.deeper if at else parts)


def _spread(summits: Sequence[Summit], counts: dict[str, list[tuple[str, int]]]) -> list[list[tuple[Summit, Counts]]]:
    """Return the *summits* of each page with the topics that are named of each: all, or the most where they are many.

    A topic takes a fifth of the room of a fact.
    """
    room = 5 * pages.ROOM
    many = sum(map(len, counts.values())) > room // 2
    named = [(one, topic) for one in summits for topic in counts[one.id][: TOPICS if many else None] or [("", 0)]]
    made = pages.spread(named, (lambda one: one[0].date.year if one[0].date else 0, lambda one: one[0].id), room)
    return [
        [(one, [topic for of, topic in page if of is one and topic[0]]) for one in dict.fromkeys(of for of, _ in page)]
        for page in made
    ]


def _of_summit(counts: Counts) -> list[list[str]]:
    """Return the topics of each page of the agenda of a summit, each as often as it has facts there.

    A fact takes a third of the room that it takes in other lists.
    """
    return pages.spread([id for id, number in counts for _ in range(number)], (lambda id: id,), 3 * pages.ROOM)


def places(summit: Summit, counts: Counts) -> dict[str, str]:
    """Return for each topic of *counts* the path of the page of the agenda of *summit* on which it begins."""
    found: dict[str, str] = {}
    for number, topics in enumerate(_of_summit(counts), 1):
        for id in topics:
            found.setdefault(id, pages.path_of(f"agenda/{summit.id}.md", number))
    return found


def agenda_page(
    summits: Sequence[Summit],
    counts: dict[str, list[tuple[str, int]]],
    spread: Sequence[Sequence[tuple[Summit, Counts]]],
    at: int,
    parts: Parts,
) -> AgendaPage:
    """Return page *at*, counted from 0, of what was talked about when: at which of *summits*, as *spread* has them."""
    labels = [
        pages.from_to([str(one.date.year) if one.date else "no date" for one, _ in page]) or "none" for page in spread
    ]
    drawing, left_out = (Md(""), "") if at else _drawing(summits, counts, parts)
    return AgendaPage(
        number=at + 1,
        drawing=drawing,
        left_out=left_out,
        summits=tuple(
            (parts.link(one.id), tuple(_named(one, topics, counts[one.id], parts))) for one, topics in spread[at]
        ),
        pages=pages.pager("agenda/index.md", labels, at),
    )


def _named(summit: Summit, topics: Counts, counts: Counts, parts: Parts) -> Iterator[Md]:
    """Yield a link for each of the *topics* of *summit*, and how many more of its *counts* there are."""
    where = places(summit, counts)
    for id, number in topics:
        yield Md(f"{link(parts.links.name(id), f'{parts.up}{where[id]}#{id}')} <small>{number}</small>")
    if left := len(counts) - len(topics):
        yield link(f"{left} more", f"{parts.up}agenda/{summit.id}.md")


def _drawing(summits: Sequence[Summit], counts: dict[str, list[tuple[str, int]]], parts: Parts) -> tuple[Md, str]:
    """Return the drawing of most topics of the latest *summits*, and what it leaves out."""
    links = parts.links
    totals: dict[str, int] = {}
    for of_summit in counts.values():
        for topic, number in of_summit:
            totals[topic] = totals.get(topic, 0) + number
    topics = sorted(totals, key=lambda id: (-totals[id], links.name(id)))
    shown, latest = topics[:TOPICS], summits[-SUMMITS:]
    numbers = {one.id: dict(counts[one.id]) for one in latest}
    where = {one.id: places(one, counts[one.id]) for one in latest}

    def cell(row: int, column: int) -> svg.Cell | None:
        topic, summit = shown[row], latest[column]
        number = numbers[summit.id].get(topic, 0)
        if not number:
            return None
        name = f"{links.name(topic)}, {summit.name}: {counted(number, 'fact')}"
        return svg.Cell(number, name, f"{pages.address(where[summit.id][topic]).removeprefix('agenda/')}#{topic}")

    heads = [
        f"{links.name(one.place) if one.place else one.name} {one.date.year if one.date else ''}" for one in latest
    ]
    title = "How many facts there are on each topic, summit by summit"
    left = [
        f"{counted(len(topics) - len(shown), 'topic')} with fewer facts" if len(topics) > len(shown) else "",
        counted(len(summits) - len(latest), "earlier summit") if len(summits) > len(latest) else "",
    ]
    drawing = svg.matrix([links.name(id) for id in shown], heads, cell, "agenda", title, "The lists below say the same")
    return drawing_of(drawing, title, scrolls=True), " and ".join(filter(None, left))


def summit_agenda_page(summit: Summit, at: int, parts: Parts) -> SummitAgendaPage:
    """Return page *at*, counted from 0, of what was talked about at *summit* and on the road to it.

    Its facts stand under each of their topics, by time.
    """
    links = parts.links
    facts = links.of_road(summit)
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        for id in fact.about:
            by_topic.setdefault(id, []).append(fact)
    spread = _of_summit(topics_of(facts, links))
    begun = {id: sum(page.count(id) for page in spread[:at]) for id in dict.fromkeys(spread[at])}
    title = f"On the agenda: {summit.name}"
    more = f", page {at + 1}" if at else ""
    labels = [f"from {shortened(links.name(page[0]), 30)}" if page else "" for page in spread]
    return SummitAgendaPage(
        title=f"{title}{more}",
        window=f"{shortened(title, 50) if at else title}{more}",
        description=f"What was talked about at the {summit.name} and on the road to it, topic by topic{more}.",
        trail=(link("Home", parts.up + "index.md"), link("On the agenda", parts.up + "agenda/index.md")),
        summit=parts.link(summit.id),
        talks=tuple(
            Talk(
                links.name(id),
                id,
                parts.link(id, "All facts on it"),
                tuple(map(parts.reference, by_topic[id][start : start + spread[at].count(id)])),
            )
            for id, start in begun.items()
        ),
        pages=pages.pager(f"agenda/{summit.id}.md", labels, at),
    )
