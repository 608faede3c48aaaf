"""What the page of one record shows: summit, meeting, leader, post, source, and the subjects of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.edtf import in_words
from generator.markup import Md, escape, join, link
from generator.model import Entity, Fact, Known, Leader, Meeting, Post, Source, Summit, Topic
from generator.view.parts import (
    EvidenceView,
    FactView,
    Parts,
    Section,
    ValueView,
    aliases,
    counted,
    shortened,
    topics_of,
    when,
)

INDEX_NAMES = {
    "summits": "Summits",
    "meetings": "Meetings",
    "leaders": "Leaders",
    "posts": "Posts",
    "topics": "Topics",
    "organisations": "Organisations",
    "countries": "Countries",
    "places": "Places",
    "sources": "Sources",
}


ENTITY, CITED = 4, 0.4
"""Weights in search: who looks for a name wants the page of the person, summit or topic, then facts, then sources."""


TITLE, DESCRIPTION = 60, 159
"""The most characters of a title and of a description that search engines show."""


@dataclass(frozen=True)
class Head:
    """What every page of a record opens with; *elsewhere* is it at Wikidata, *aliases* and *boost* are for search.

    *window* is the title outside of the page, such as in a list of search results, where it is not *title*.
    """

    title: str
    description: str
    trail: tuple[Md, ...]
    aliases: tuple[str, ...]
    boost: float
    ways: tuple[Md, ...]
    elsewhere: Md | None
    window: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table whose cells are Markdown."""

    cells: tuple[Md, ...]
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """The events before and after one in time; None at the ends."""

    before: Md | None
    after: Md | None


@dataclass(frozen=True)
class SummitPage:
    """A summit: when, where, who chaired; the road to it; what was said before and after; what is not known."""

    head: Head
    lead: Md
    values: tuple[ValueView, ...]
    topics: tuple[tuple[Md, str], ...]
    road: tuple[Row, ...]
    before: tuple[Section, ...]
    after: tuple[FactView, ...]
    not_known: tuple[Md, ...]
    neighbours: Neighbours


@dataclass(frozen=True)
class MeetingPage:
    """A meeting: when, where, who; what it prepared; its facts."""

    head: Head
    lead: Md
    values: tuple[ValueView, ...]
    participants: tuple[Row, ...]
    parts: tuple[Md, ...]
    facts: tuple[Section, ...]
    told_by: tuple[Md, ...]
    neighbours: Neighbours


@dataclass(frozen=True)
class LeaderPage:
    """A person: posts, meetings, what they said and did by year, what others said of them."""

    head: Head
    lead: Md
    posts: tuple[Row, ...]
    meetings: tuple[Row, ...]
    topics: tuple[tuple[Md, str], ...]
    said: tuple[Section, ...]
    said_of: tuple[Section, ...]


@dataclass(frozen=True)
class SubjectPage:
    """A topic, country, organisation, place or post: its facts as a history, year by year."""

    head: Head
    lead: Md
    kind: str
    related: tuple[tuple[str, Md], ...]
    holders: tuple[Row, ...]
    said: tuple[Section, ...]
    facts: tuple[Section, ...]
    events: tuple[Row, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article: the facts at home here, facts at home elsewhere, or why it was set aside."""

    number: int
    facts: tuple[FactView, ...]
    elsewhere: tuple[Md, ...]
    set_aside: str


@dataclass(frozen=True)
class SourcePage:
    """A source: what is known of it and how; the facts it carries, paragraph by paragraph; how its dates were read."""

    head: Head
    lead: Md
    type: str
    values: tuple[ValueView, ...]
    url: Md
    archive_url: Md
    note: str
    back_translated: bool
    proof: str
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[FactView, ...]
    used_by: tuple[Md, ...]
    dates: tuple[Row, ...]
    withdrawn: tuple[tuple[str, str], ...]


def _head(record: Entity, parts: Parts, description: str, title: str = "", window: str = "") -> Head:
    trail = (link("Home", parts.up + "index.md"), link(INDEX_NAMES[record.pages], "index.md"))
    boost = (
        CITED if isinstance(record, Source) and record.type == "page" else 1 if isinstance(record, Source) else ENTITY
    )
    ways = parts.ways(record.id, record.name, "")
    wikidata = record.wikidata if isinstance(record, Known) else None
    elsewhere = link(wikidata, f"https://www.wikidata.org/wiki/{wikidata}") if wikidata else None
    shown = shortened(description, DESCRIPTION)
    return Head(title or record.name, shown, trail, aliases(record), boost, ways, elsewhere, window)


def _topics(facts: Iterable[Fact], parts: Parts) -> tuple[tuple[Md, str], ...]:
    return tuple((parts.link(id), counted(number, "fact")) for id, number in topics_of(facts, parts.links))


def _neighbours(event: Summit | Meeting, series: Iterable[Summit | Meeting], parts: Parts) -> Neighbours:
    order = list(series)
    at = order.index(event)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return Neighbours(*(parts.link(one.id) if one else None for one in (before, after)))


def _place(event: Summit | Meeting, parts: Parts) -> ValueView:
    return parts.value(event, "place", "Where", parts.link(event.place) if event.place else None)


def event_row(event: Summit | Meeting, parts: Parts) -> Row:
    """Return the row of *event* in a list: when, its name, where or with whom."""
    who = parts.named(one.person for one in event.participants) if isinstance(event, Meeting) else Md("")
    date = when(event.date) if event.date else "date not known"
    place = parts.link(event.place) if event.place else Md("")
    planned = " (planned)" if event.status == "planned" else ""
    return Row((escape(date), Md(parts.link(event.id) + planned), who or place))


def summit_page(summit: Summit, parts: Parts) -> SummitPage:
    """Return what the page of *summit* shows."""
    links = parts.links
    facts = links.of_event(summit.id)
    said = [fact for fact in facts if not _later(fact, summit)]
    road = links.on_the_road_to.get(summit.id, ())
    place = links.name(summit.place) if summit.place else "place not known"
    date = when(summit.date) if summit.date else "date not known"
    same_series = [one for one in links.events if isinstance(one, Summit) and one.series == summit.series]
    values = (
        parts.value(summit, "date", "When"),
        _place(summit, parts),
        parts.value(summit, "venue", "Venue"),
        parts.value(summit, "chair", "Chair", parts.link(summit.chair) if summit.chair else None),
        parts.value(summit, "status", "Status"),
    )
    was = "Held" if summit.status == "held" else "Planned for"
    chaired = f", chaired by {parts.link(summit.chair)}" if summit.chair else ""
    return SummitPage(
        head=_head(summit, parts, f"{summit.name}, {date}, {place}: what was said on the road to it, with sources."),
        lead=Md(f"{was} {escape(date)} in {escape(place)}{chaired}. {_said(facts, road)}"),
        values=values,
        topics=_topics(facts, parts),
        road=tuple(event_row(one, parts) for one in road),
        before=parts.by_year(said),
        after=parts.facts(fact for fact in facts if _later(fact, summit)),
        not_known=(
            *(Md(f"{escape(value.label)}: {value.value}") for value in values if not value.known),
            *(_open_plan(fact, parts) for fact in facts if fact.kind == "plan" and fact.status == "planned"),
        ),
        neighbours=_neighbours(summit, same_series, parts),
    )


def _open_plan(fact: Fact, parts: Parts) -> Md:
    return Md(
        f"What came of this plan: {link(fact.text, parts.href(fact.id))} {escape(fact.unknown.get('outcome', ''))}"
    )


def _said(facts: Iterable[Fact], road: Iterable[Meeting]) -> str:
    number = len(list(facts))
    meetings = len(list(road))
    if not number:
        return "No fact about it is recorded yet."
    recorded = f"{counted(number, 'fact')} about it {'is' if number == 1 else 'are'} recorded"
    return f"{recorded}, with {counted(meetings, 'meeting')} on the road to it."


def _later(fact: Fact, summit: Summit) -> bool:
    """Say whether *fact* tells of the summit itself, or of what came after it, and not of what was said before."""
    told_as_plan = fact.kind == "plan"
    return summit.date is not None and not told_as_plan and fact.time.first >= summit.date.first


def meeting_page(meeting: Meeting, parts: Parts) -> MeetingPage:
    """Return what the page of *meeting* shows."""
    links = parts.links
    facts = links.of_event(meeting.id)
    sources = dict.fromkeys(one.source for fact in facts for one in fact.evidence)
    date = when(meeting.date) if meeting.date else "date not known"
    prepares = parts.link(meeting.prepares) if meeting.prepares else None
    values = [
        parts.value(meeting, "date", "When"),
        _place(meeting, parts),
        parts.value(meeting, "venue", "Venue"),
        parts.value(meeting, "prepares", "On the road to", prepares),
        parts.value(meeting, "status", "Status"),
    ]
    within = [one for one in links.events if isinstance(one, Meeting) and one.part_of == meeting.id]
    part_of = f", part of {parts.link(meeting.part_of)}" if meeting.part_of else ""
    held = "was to be held" if meeting.status == "planned" else "was held"
    place = f" in {parts.link(meeting.place)}" if meeting.place else ""
    return MeetingPage(
        head=_head(
            meeting,
            parts,
            f"{meeting.name}, {date}{_subjects(facts, parts)}: {counted(len(facts), 'fact')}, with sources.",
            f"{meeting.name}, {date}" if meeting.date else "",
        ),
        lead=Md(
            f"This {meeting.type} {held} {_on(date, meeting)}{place}{part_of}. {counted(len(facts), 'fact')} recorded."
        ),
        values=tuple(values),
        participants=tuple(
            Row(
                (parts.link(one.person), parts.link(one.post) if one.post else Md("")),
                parts.evidence(one.evidence),
            )
            for one in meeting.participants
        ),
        parts=tuple(parts.link(one.id) for one in within),
        facts=parts.by_year(facts),
        told_by=tuple(parts.link(one) for one in sources),
        neighbours=_neighbours(meeting, [one for one in links.events if isinstance(one, Meeting)], parts),
    )


def _on(date: str, event: Meeting) -> str:
    if event.date and not event.date.is_interval and event.date.start and event.date.start.day:
        return f"on {escape(date)}"
    if event.date and event.date.is_interval:
        return escape(date)
    return f"in {escape(date)}" if event.date else "on a day that is not known"


def leader_page(leader: Leader, parts: Parts) -> LeaderPage:
    """Return what the page of *leader* shows."""
    links = parts.links
    said, said_of = links.by.get(leader.id, ()), links.about.get(leader.id, ())
    meetings = links.attended.get(leader.id, ())
    posts = "".join(f": {links.name(one.post)}, {when(one.during)}" for one in leader.memberships[-1:])
    lead = join(
        [Md(f"{parts.link(one.post)}, {escape(when(one.during))}") for one in reversed(leader.memberships)], "; "
    ) or Md("No post is recorded.")
    return LeaderPage(
        head=_head(
            leader, parts, f"{leader.name}{posts}. Meetings and statements on the road to NATO summits, with sources."
        ),
        lead=Md(f"{lead}."),
        posts=tuple(
            Row((parts.link(one.post), escape(when(one.during))), parts.evidence(one.evidence))
            for one in leader.memberships
        ),
        meetings=tuple(event_row(one, parts) for one in meetings),
        topics=_topics({*said, *said_of}, parts)[:12],
        said=parts.by_year(said),
        said_of=parts.by_year(said_of),
    )


def subject_page(subject: Entity, parts: Parts) -> SubjectPage:
    """Return what the page of a topic, country, organisation, place or post shows."""
    links = parts.links
    said, facts = links.by.get(subject.id, ()), links.about.get(subject.id, ())
    events = [one for one in links.events if one.place == subject.id]
    related: list[tuple[str, Md]] = []
    number = len(said) + len(facts)
    lead = Md(f"{counted(number, 'fact')} recorded.")
    if isinstance(subject, Topic):
        lead = escape(subject.scope)
        narrower = [one.id for one in links.base.all(Topic) if subject.id in one.broader]
        groups = (("Broader", subject.broader), ("Narrower", narrower), ("Related", subject.related))
        related = [(label, parts.named(ids)) for label, ids in groups if ids]
    if isinstance(subject, Post):
        places = (("Organisation", subject.organisation), ("Country", subject.country))
        related = [(label, parts.link(id)) for label, id in places if id]
        related += [("Gap", escape(subject.gap))] if subject.gap else []
    else:
        posts = [one.id for one in links.base.all(Post) if subject.id in (one.organisation, one.country)]
        related += [("Posts", parts.named(posts))] if posts else []
    return SubjectPage(
        head=_head(
            subject,
            parts,
            f"{subject.name} on the road to NATO summits: {counted(number, 'fact')}{_latest((*said, *facts))}",
        ),
        lead=lead,
        kind=subject.kind_name,
        related=tuple(related),
        holders=tuple(
            Row((parts.link(leader.id), escape(when(one.during))), parts.evidence(one.evidence))
            for leader, one in links.holders.get(subject.id, ())
        ),
        said=parts.by_year(said),
        facts=parts.by_year(facts),
        events=tuple(event_row(one, parts) for one in events),
    )


def _held(source: Source, facts: Sequence[Fact], published: str, parts: Parts) -> str:
    """Return what *source* gives the record: its facts, or the records it is cited for."""
    if facts:
        return f"{counted(len(facts), 'fact')} from {source.publisher}, {published}{_latest(facts)}"
    names = ", ".join(one.name for one in parts.links.cited_by.get(source.id, ()) if one is not source)
    return f"{source.headline or source.name}. {source.publisher}, {published}: cited for {names or 'nothing yet'}."


def _latest(facts: Sequence[Fact]) -> str:
    """Return what the last of *facts* says, to tell in a description what a page holds."""
    if not facts:
        return "."
    last = max(facts, key=lambda fact: (fact.time.sort_key, fact.id))
    return f", {'the latest of ' if len(facts) > 1 else ''}{when(last.time)}: {last.text}"


def _subjects(facts: Iterable[Fact], parts: Parts) -> str:
    """Return ', on burden-sharing, sanctions' for what most of *facts* are about."""
    names = [parts.links.name(id) for id, _ in topics_of(facts, parts.links)[:3]]
    return f", on {', '.join(names)}" if names else ""


def _window(headline: str, source: Source) -> str:
    """Return *headline* with its publisher and day, for several print the same one."""
    day = in_words(source.published) if source.published else "undated"
    tail = f" · {source.publisher}, {day}"
    return shortened(headline, max(TITLE - len(tail), 25)) + tail


SOURCE_FIELDS = {
    "publisher": "Publisher",
    "author": "Author",
    "headline": "Headline",
    "published": "Published",
    "origin": "Origin",
    "derived_from": "Derived from",
}


def source_page(source: Source, parts: Parts) -> SourcePage:
    """Return what the page of *source* shows."""
    links = parts.links
    facts = links.from_source.get(source.id, ())
    article = links.base.articles.get(source.id)
    shown = {"derived_from": parts.link(source.derived_from) if source.derived_from else None}
    values = [parts.value(source, field, label, shown.get(field)) for field, label in SOURCE_FIELDS.items()]
    published = when(source.published) if source.published else "undated"
    proof = ""
    if article:
        proof = f"SHA-256 of the text: {article.checksum}"
    return SourcePage(
        head=_head(
            source,
            parts,
            _held(source, facts, published, parts),
            source.headline or source.name,
            _window(source.headline, source) if source.headline else "",
        ),
        lead=Md(f"{escape(source.publisher)}, {escape(published)}."),
        type=source.type,
        values=tuple(value for value in values if value.known or value.value),
        url=_address(source.url),
        archive_url=_address(source.archive_url) if source.archive_url else Md(""),
        note=source.note or "",
        back_translated=source.wording == "back-translated",
        proof=proof,
        paragraphs=tuple(_paragraph(source, number, facts, parts) for number in range(1, len(article.fingerprints) + 1))
        if article
        else (),
        facts=() if article else parts.facts(fact for fact in facts if fact.id.rpartition("-")[0] == source.id),
        used_by=tuple(parts.link(one.id) for one in links.cited_by.get(source.id, ()) if one is not source)
        + (
            ()
            if article
            else tuple(_elsewhere(fact, parts) for fact in facts if fact.id.rpartition("-")[0] != source.id)
        ),
        dates=tuple(
            Row(
                (
                    escape(", ".join(f"¶{one}" for one in reading.paragraphs)),
                    escape(reading.words),
                    escape(when(reading.date)),
                    _because(reading.because, reading.source, parts),
                )
            )
            for reading in source.dates
        ),
        withdrawn=tuple(
            (one.what.rpartition("-")[2], f"Withdrawn {when(one.date)}: {one.because}")
            for one in links.base.register.withdrawn
            if one.what in links.base.register.facts and one.what.rpartition("-")[0] == source.id
        ),
    )


def _address(url: str) -> Md:
    return Md(f"<{url}>") if "(" not in url else link(url, url)


def _because(because: str, source: str | None, parts: Parts) -> Md:
    return Md(f"{escape(because)} ({parts.link(source)})") if source else escape(because)


def _paragraph(source: Source, number: int, facts: Iterable[Fact], parts: Parts) -> Paragraph:
    """Return what one paragraph carries; a fact is at home in the first paragraph of this source that it cites."""
    here: list[Fact] = []
    elsewhere: list[Fact] = []
    for fact in facts:
        cited = [one.paragraph for one in fact.evidence if one.source == source.id]
        if number not in cited:
            continue
        at_home = fact.id.rpartition("-")[0] == source.id and cited[0] == number
        (here if at_home else elsewhere).append(fact)
    reasons = [one.reason for one in source.set_aside if number in one.paragraphs]
    here.sort(key=lambda fact: (len(fact.id), fact.id))
    return Paragraph(number, parts.facts(here), tuple(_elsewhere(fact, parts) for fact in elsewhere), " ".join(reasons))


def _elsewhere(fact: Fact, parts: Parts) -> Md:
    return link(fact.text, parts.href(fact.id))
