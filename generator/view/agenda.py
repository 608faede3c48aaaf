"""What was talked about when: topics by summit, the meetings on the road to a summit counted with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import svg
from generator.markup import Md, link
from generator.model import Fact, Summit
from generator.view.drawn import drawing_of
from generator.view.parts import Parts, counted, topics_of

TOPICS, SUMMITS = 24, 12
"""How many topics and summits the drawing shows at most: those with most facts, and the latest."""


@dataclass(frozen=True)
class AgendaPage:
    """Topics by summit: a drawing of the most, and the topics of each summit with how many facts each has."""

    drawing: Md
    left_out: str
    summits: tuple[tuple[Md, tuple[Md, ...]], ...]


@dataclass(frozen=True)
class Talk:
    """A topic and the facts about it, each as a line; *anchor* is the heading's id."""

    topic: str
    anchor: str
    page: Md
    facts: tuple[Md, ...]


@dataclass(frozen=True)
class SummitAgendaPage:
    """What was talked about at one summit and on the road to it, topic by topic."""

    title: str
    description: str
    trail: tuple[Md, ...]
    summit: Md
    talks: tuple[Talk, ...]


def agenda_pages(parts: Parts) -> Iterator[tuple[str, str, AgendaPage | SummitAgendaPage]]:
    """Yield path, template and page of the agenda of all summits, then of each summit."""
    yield "agenda/index.md", "agenda", agenda_page(parts)
    for event in parts.links.events:
        if isinstance(event, Summit):
            yield f"agenda/{event.id}.md", "summit_agenda", summit_agenda_page(event, parts)


def agenda_page(parts: Parts) -> AgendaPage:
    """Return what was talked about when."""
    links = parts.links
    summits = [one for one in links.events if isinstance(one, Summit)]
    counts = {one.id: dict(topics_of(links.of_road(one), links)) for one in summits}
    totals: dict[str, int] = {}
    for of_summit in counts.values():
        for topic, number in of_summit.items():
            totals[topic] = totals.get(topic, 0) + number
    topics = sorted(totals, key=lambda id: (-totals[id], links.name(id)))
    shown, latest = topics[:TOPICS], summits[-SUMMITS:]

    def cell(row: int, column: int) -> svg.Cell | None:
        topic, summit = shown[row], latest[column]
        number = counts[summit.id].get(topic, 0)
        name = f"{links.name(topic)}, {summit.name}: {counted(number, 'fact')}"
        return svg.Cell(number, name, f"{summit.id}/#{topic}") if number else None

    heads = [
        f"{links.name(one.place) if one.place else one.name} {one.date.year if one.date else ''}" for one in latest
    ]
    title = "How many facts there are on each topic, summit by summit"
    left = [
        f"{len(topics) - len(shown)} topics with fewer facts" if len(topics) > len(shown) else "",
        f"{len(summits) - len(latest)} earlier summits" if len(summits) > len(latest) else "",
    ]
    drawing = svg.matrix([links.name(id) for id in shown], heads, cell, "agenda", title, "The lists below say the same")
    return AgendaPage(
        drawing=drawing_of(drawing, title, scrolls=True),
        left_out=" and ".join(filter(None, left)),
        summits=tuple(
            (
                parts.link(one.id),
                tuple(
                    Md(f"{link(links.name(topic), f'{one.id}.md#{topic}')} <small>{number}</small>")
                    for topic, number in counts[one.id].items()
                ),
            )
            for one in summits
        ),
    )


def summit_agenda_page(summit: Summit, parts: Parts) -> SummitAgendaPage:
    """Return what was talked about at *summit* and on the road to it: its facts under each of their topics, by time."""
    links = parts.links
    facts = links.of_road(summit)
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        for id in fact.about:
            by_topic.setdefault(id, []).append(fact)
    return SummitAgendaPage(
        title=f"On the agenda: {summit.name}",
        description=f"What was talked about at the {summit.name} and on the road to it, topic by topic.",
        trail=(link("Home", parts.up + "index.md"), link("On the agenda", "index.md")),
        summit=parts.link(summit.id),
        talks=tuple(
            Talk(links.name(id), id, parts.link(id, "All facts on it"), tuple(map(parts.reference, by_topic[id])))
            for id, _ in topics_of(facts, links)
        ),
    )
