"""What the page of one record shows: summit, meeting, leader, post, source, and the subjects of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.edtf import in_words
from generator.links import Links
from generator.markup import Md, escape, link
from generator.model import Entity, Fact, Known, Leader, Meeting, Membership, Post, Source, Summit, Topic
from generator.view import agenda, drawn, gist, listed, numbers, pages, together
from generator.view.pages import Pager
from generator.view.parts import (
    EvidenceView,
    FactView,
    Parts,
    Section,
    ValueView,
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


AGENDA = 24
"""How many topics the page of a summit names; the page of its agenda has all."""


TITLE, DESCRIPTION = 60, 159
"""The most characters of a title and of a description that search engines show."""


@dataclass(frozen=True)
class Head:
    """What every page of a record opens with; *elsewhere* is it at Wikidata.

    *window* is the title outside of the page, such as in a list of search results, where it is not *title*.
    """

    title: str
    description: str
    trail: tuple[Md, ...]
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
    """The events before and after one in an order, which is named; None at the ends."""

    order: str
    before: Md | None
    after: Md | None


@dataclass(frozen=True)
class SummitPage:
    """A summit: when, where, who; what mattered and what it left open; the road to it; what was said before and after.

    A fact stands once on it: *before* and *after* have what *highlights* and *open* have not. *chosen* says whether
    the editors chose those, and *more_open* counts the other plans of which no outcome is known.
    """

    head: Head
    values: tuple[ValueView, ...]
    who: Md
    highlights: tuple[FactView, ...]
    open: tuple[FactView, ...]
    chosen: bool
    more_open: int
    topics: tuple[tuple[Md, str], ...]
    drawing: Md
    road: tuple[Row, ...]
    figures: tuple[Md, ...]
    before: tuple[Section, ...]
    after: tuple[FactView, ...]
    neighbours: tuple[Neighbours, ...]
    pages: Pager


@dataclass(frozen=True)
class MeetingPage:
    """A meeting: when, where, who; what it prepared; its facts."""

    head: Head
    values: tuple[ValueView, ...]
    participants: tuple[Row, ...]
    part_of: Md | None
    parts: tuple[Md, ...]
    facts: tuple[Section, ...]
    told_by: tuple[Md, ...]
    neighbours: tuple[Neighbours, ...]
    pages: Pager


@dataclass(frozen=True)
class LeaderPage:
    """A person: posts, whom they met, what they said and did by year, what others said of them."""

    head: Head
    lead: Md
    posts: tuple[Row, ...]
    drawing: Md
    meetings: tuple[Row, ...]
    met: tuple[Row, ...]
    met_drawing: Md
    topics: tuple[tuple[Md, str], ...]
    said: tuple[Section, ...]
    said_of: tuple[Section, ...]
    pages: Pager


@dataclass(frozen=True)
class SubjectPage:
    """A topic, country, organisation, place or post: its facts as a history, year by year."""

    head: Head
    lead: Md
    kind: str
    related: tuple[tuple[str, Md], ...]
    holders: tuple[Row, ...]
    drawing: Md
    figures: tuple[Md, ...]
    chart: Md
    said: tuple[Section, ...]
    facts: tuple[Section, ...]
    events: tuple[Row, ...]
    pages: Pager


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
    pages: Pager


@dataclass(frozen=True)
class Part:
    """A part of one list of a record: facts by year, or the rows of a table by *columns*, or lines."""

    heading: str
    sections: tuple[Section, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[Md, ...] = ()


@dataclass(frozen=True)
class FurtherPage:
    """What the page of a record has no room for: the parts of its lists that go on here, on page *number* of it."""

    title: str
    number: int
    window: str
    description: str
    trail: tuple[Md, ...]
    parts: tuple[Part, ...]
    pages: Pager


def _head(record: Entity, parts: Parts, description: str, title: str = "", window: str = "") -> Head:
    trail = (link("Home", parts.up + "index.md"), link(INDEX_NAMES[record.pages], "index.md"))
    ways = parts.ways(record.id, record.name, "")
    wikidata = record.wikidata if isinstance(record, Known) else None
    elsewhere = link(wikidata, f"https://www.wikidata.org/wiki/{wikidata}") if wikidata else None
    shown = shortened(description, DESCRIPTION)
    return Head(title or record.name, shown, trail, ways, elsewhere, window)


def _topics(facts: Iterable[Fact], parts: Parts) -> tuple[tuple[Md, str], ...]:
    return tuple((parts.link(id), counted(number, "fact")) for id, number in topics_of(facts, parts.links))


def _neighbours(event: Summit | Meeting, parts: Parts) -> tuple[Neighbours, ...]:
    """Return the events before and after *event*: of a summit in its series, of every event in time."""
    links = parts.links
    orders: list[tuple[str, Sequence[Summit | Meeting], int]] = []
    if isinstance(event, Summit):
        series = links.in_series[event.series]
        orders.append((links.name(event.series), series, series.index(event)))
    orders.append(("In time", links.events, links.event_order[event.id]))
    found = []
    for name, order, at in orders:
        before = _dated(order[at - 1], parts) if at else None
        after = _dated(order[at + 1], parts) if at + 1 < len(order) else None
        if before or after:
            found.append(Neighbours(name, before, after))
    return tuple(found)


def _dated(event: Summit | Meeting, parts: Parts) -> Md:
    """Return a link to *event*, with its date where its name does not tell the year."""
    date = f", {when(event.date)}" if isinstance(event, Meeting) and event.date else ""
    return parts.link(event.id, f"{event.name}{date}")


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
    highlights, still_open = gist.highlights(summit, links), gist.left_open(summit, links)
    lists = tuple(listed.listings(summit, links))
    here = listed.shares(lists)[0]
    rest = [fact for one in lists if one.facts for fact in one.items]
    topics = topics_of(links.of_road(summit), links)
    agenda_of = agenda.places(summit, topics)
    place = links.name(summit.place) if summit.place else "place not known"
    date = when(summit.date) if summit.date else "date not known"
    values = (
        parts.value(summit, "date", "When"),
        _place(summit, parts),
        parts.value(summit, "venue", "Venue"),
        parts.value(summit, "chair", "Chair", parts.link(summit.chair) if summit.chair else None),
        parts.value(summit, "status", "Status"),
    )
    return SummitPage(
        head=_head(summit, parts, f"{summit.name}, {date}, {place}: what was said on the road to it, with sources."),
        values=values,
        who=parts.named(links.acted_at(summit)),
        highlights=parts.facts(highlights),
        open=parts.facts(still_open),
        chosen=bool(summit.highlights),
        more_open=sum(fact.kind == "plan" and fact.status == "planned" for fact in rest),
        topics=tuple((link(links.name(id), f"../{agenda_of[id]}#{id}"), str(number)) for id, number in topics[:AGENDA]),
        drawing=drawn.road(summit, links.on_the_road_to.get(summit.id, ()), parts),
        road=tuple(event_row(one, parts) for one in here.get("road", ())),
        figures=numbers.all_told(numbers.of_summit(summit, links), parts),
        before=parts.by_year(here.get("before", ())),
        after=parts.facts(here.get("after", ())),
        neighbours=_neighbours(summit, parts),
        pages=_pager(summit, parts.links, 0),
    )


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
    return MeetingPage(
        head=_head(
            meeting,
            parts,
            f"{meeting.name}, {date}{_subjects(facts, parts)}: {counted(len(facts), 'fact')}, with sources.",
            f"{meeting.name}, {date}" if meeting.date else "",
        ),
        values=tuple(values),
        participants=tuple(
            Row(
                (parts.link(one.person), parts.link(one.post) if one.post else Md("")),
                parts.evidence(one.evidence),
            )
            for one in meeting.participants
        ),
        part_of=parts.link(meeting.part_of) if meeting.part_of else None,
        parts=tuple(parts.link(one.id) for one in links.parts_of.get(meeting.id, ())),
        facts=parts.by_year(_shares(meeting, links)[0].get("facts", ())),
        told_by=tuple(parts.link(one) for one in sources),
        neighbours=_neighbours(meeting, parts),
        pages=_pager(meeting, links, 0),
    )


def leader_page(leader: Leader, parts: Parts) -> LeaderPage:
    """Return what the page of *leader* shows."""
    links = parts.links
    said, said_of = links.by.get(leader.id, ()), links.about.get(leader.id, ())
    posts = "".join(f": {links.name(one.post)}, {when(one.during)}" for one in leader.memberships[-1:])
    lead = escape("; ".join(links.name(one.post) for one in reversed(leader.memberships[-1:])) or "No post is recorded")
    met = links.met.get(leader.id, {})
    here = _shares(leader, links)[0]
    return LeaderPage(
        head=_head(
            leader, parts, f"{leader.name}{posts}. Meetings and statements on the road to NATO summits, with sources."
        ),
        lead=Md(f"{lead}."),
        posts=tuple(
            Row((parts.link(one.post), escape(when(one.during))), parts.evidence(one.evidence))
            for one in leader.memberships
        ),
        drawing=drawn.of_events(links.events_of.get(leader.id, ()), leader.name, parts),
        meetings=tuple(event_row(one, parts) for one in here.get("meetings", ())),
        met=tuple(_met_row(one, parts) for one in here.get("met", ())),
        met_drawing=drawn.met(leader, list(met.items()), parts),
        topics=_topics({*said, *said_of}, parts)[:12],
        said=parts.by_year(here.get("said", ())),
        said_of=parts.by_year(here.get("said_of", ())),
        pages=_pager(leader, links, 0),
    )


def _met_row(met: tuple[str, Sequence[Summit | Meeting]], parts: Parts) -> Row:
    """Return the row of whom somebody *met*, how often and at which events."""
    other, events = met
    return Row((parts.link(other), escape(together.times(len(events))), together.met_at(events, parts)))


def subject_page(subject: Entity, parts: Parts) -> SubjectPage:
    """Return what the page of a topic, country, organisation, place or post shows."""
    links = parts.links
    said, facts = links.by.get(subject.id, ()), links.about.get(subject.id, ())
    here = _shares(subject, links)[0]
    measures = numbers.about((*said, *facts), links)
    related: list[tuple[str, Md]] = []
    number = len(said) + len(facts)
    lead = Md(f"{counted(number, 'fact')} recorded.")
    if isinstance(subject, Topic):
        lead = escape(subject.scope)
        groups = (
            ("Broader", subject.broader),
            ("Narrower", links.narrower.get(subject.id, ())),
            ("Related", subject.related),
        )
        related = [(label, parts.named(ids)) for label, ids in groups if ids]
    if isinstance(subject, Post):
        places = (("Organisation", subject.organisation), ("Country", subject.country))
        related = [(label, parts.link(id)) for label, id in places if id]
        related += [("Gap", escape(subject.gap))] if subject.gap else []
    else:
        posts = links.posts_of.get(subject.id, ())
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
        holders=tuple(_holder_row(one, parts) for one in here.get("holders", ())),
        drawing=drawn.of_facts(facts, subject.name, parts) if isinstance(subject, Topic) else Md(""),
        figures=numbers.all_told(measures, parts),
        chart=numbers.chart(
            [one for one in measures if len(numbers.counts(one[1])) > 1],
            "numbers-drawn",
            f"Numbers on {subject.name}",
            "../../",
            parts,
        ),
        said=parts.by_year(here.get("said", ())),
        facts=parts.by_year(here.get("facts", ())),
        events=tuple(event_row(one, parts) for one in here.get("events", ())),
        pages=_pager(subject, links, 0),
    )


def _holder_row(held: tuple[Leader, Membership], parts: Parts) -> Row:
    """Return the row of who *held* a post, and when."""
    leader, membership = held
    return Row((parts.link(leader.id), escape(when(membership.during))), parts.evidence(membership.evidence))


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
        values=tuple(value for value in values if value.value),
        url=_address(source.url),
        archive_url=_address(source.archive_url) if source.archive_url else Md(""),
        note=source.note or "",
        back_translated=source.wording == "back-translated",
        proof=proof,
        paragraphs=tuple(_paragraph(source, number, facts, parts) for number in range(1, len(article.fingerprints) + 1))
        if article
        else (),
        facts=() if article else parts.facts(fact for fact in facts if fact.id.rpartition("-")[0] == source.id),
        used_by=tuple(_user_line(one, parts) for one in _shares(source, links)[0].get("used_by", ())),
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
        pages=_pager(source, links, 0),
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


def _user_line(user: Entity | Fact, parts: Parts) -> Md:
    """Return the line of a record or a fact that cites a source."""
    return _elsewhere(user, parts) if isinstance(user, Fact) else parts.link(user.id)


_ROWS: dict[str, Callable[[Any, Parts], Row]] = {
    "road": event_row,
    "meetings": event_row,
    "events": event_row,
    "met": _met_row,
    "holders": _holder_row,
}
"""What makes a row of each table that may go on on a further page, by the name of its list."""


def _shares(record: Entity, links: Links) -> list[listed.Share]:
    return listed.shares(tuple(listed.listings(record, links)))


def _pager(record: Entity, links: Links, at: int) -> Pager:
    """Return the ways between the pages of *record* from page *at*, counted from 0."""
    lists = tuple(listed.listings(record, links))
    return pages.pager(links.page(record.id), listed.labels(listed.shares(lists), lists), at)


def further_pages(record: Entity, parts: Parts) -> Iterator[tuple[str, str, Callable[[], FurtherPage]]]:
    """Yield path, template and what makes it for each page of *record* after its first."""
    for at in range(1, len(_shares(record, parts.links))):
        path = pages.path_of(parts.links.page(record.id), at + 1)
        yield path, "further", partial(further_page, record, at, parts.deeper)


def further_page(record: Entity, at: int, parts: Parts) -> FurtherPage:
    """Return what page *at* of *record*, counted from 0, shows."""
    lists = {one.name: one for one in listed.listings(record, parts.links)}
    shares = listed.shares(tuple(lists.values()))
    holds = listed.labels(shares, tuple(lists.values()))[at]
    name = record.headline or record.name if isinstance(record, Source) else record.name
    return FurtherPage(
        title=f"{name}, page {at + 1}",
        number=at + 1,
        window=f"{shortened(name, TITLE - 10)}, page {at + 1}",
        description=shortened(f"{name}, page {at + 1}: {holds}.", DESCRIPTION),
        trail=(
            link("Home", parts.up + "index.md"),
            link(INDEX_NAMES[record.pages], f"{parts.up}{record.pages}/index.md"),
            parts.link(record.id, name),
        ),
        parts=tuple(_part(lists[name], items, parts) for name, items in shares[at].items()),
        pages=_pager(record, parts.links, at),
    )


def _part(listing: listed.Listing, items: Sequence[Any], parts: Parts) -> Part:
    """Return the *items* of *listing* as a part of a page."""
    if listing.facts:
        return Part(listing.heading, sections=parts.by_year(items))
    if listing.columns:
        rows = tuple(_ROWS[listing.name](one, parts) for one in items)
        return Part(listing.heading, columns=listing.columns, rows=rows)
    return Part(listing.heading, lines=tuple(_user_line(one, parts) for one in items))
