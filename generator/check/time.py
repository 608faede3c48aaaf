"""Rules for time: who held which post when, what can have happened when, and which day a report means."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from generator.check.rule import Doubt, Finding, each
from generator.edtf import Edtf
from generator.model import DateReading, Fact, FactBase, Leader, Meeting, Membership, Post, Source, Summit
from generator.nearest import one_slip

RUN_UP = datetime.timedelta(days=400)
"""How long before a summit a meeting can be on the road to it: one year, and the months a summit may move."""

DAY = datetime.timedelta(days=1)


class Answer(Enum):
    """What uncertain dates allow to say."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


def within(date: Edtf, during: Edtf) -> Answer:
    """Say whether *date* lies in the interval *during*, as far as the doubt in both allows."""
    if date.last < during.first or during.last < date.first:
        return Answer.IMPOSSIBLE
    start = during.start.last if during.start else datetime.date.min
    end = during.end.first if during.end else datetime.date.max
    doubt = during.uncertain or during.approximate
    return Answer.CERTAIN if start <= date.first and date.last <= end and not doubt else Answer.POSSIBLE


class Held(NamedTuple):
    """A post held: whose, which of their memberships, and that membership."""

    leader: Leader
    number: int
    membership: Membership


def seats(base: FactBase) -> list[tuple[Post, list[Held]]]:
    """Return each single-seat post with those who held it, in order of time."""
    holders: dict[str, list[Held]] = {}
    for leader in base.all(Leader):
        for index, membership in enumerate(leader.memberships):
            holders.setdefault(membership.post, []).append(Held(leader, index, membership))
    return [
        (post, sorted(holders.get(post.id, ()), key=lambda held: held.membership.during.sort_key))
        for post in base.all(Post)
        if post.single_seat == "yes"
    ]


def handovers(base: FactBase) -> Iterator[tuple[Post, Held, Held]]:
    for post, holders in seats(base):
        for before, after in pairwise(holders):
            yield post, before, after


def presences(base: FactBase) -> Iterator[tuple[Meeting, int]]:
    for meeting in base.all(Meeting):
        for index in range(len(meeting.participants)):
            yield meeting, index


def run_ups(base: FactBase) -> Iterator[tuple[Meeting, Summit]]:
    for meeting in base.all(Meeting):
        summit = base.records.get(meeting.prepares or "")
        if isinstance(summit, Summit):
            yield meeting, summit


def reports(base: FactBase) -> Iterator[tuple[Fact, int, Source]]:
    for fact in base.all(Fact):
        for index, evidence in enumerate(fact.evidence):
            source = base.records.get(evidence.source)
            if isinstance(source, Source) and (fact.date or fact.as_of):  # one-time says so where it has neither
                yield fact, index, source


def readings(base: FactBase) -> Iterator[tuple[Fact, Source, int]]:
    for fact, index, source in reports(base):
        if source.type == "article":
            yield fact, source, fact.evidence[index].paragraph or 0


def speeches(base: FactBase) -> Iterator[tuple[Fact, Leader]]:
    for fact in base.all(Fact):
        for speaker in {one.speaker for one in fact.evidence if one.speaker and (fact.date or fact.as_of)}:
            leader = base.records.get(speaker)
            if isinstance(leader, Leader):
                yield fact, leader


def events_of_facts(base: FactBase) -> Iterator[tuple[Fact, Meeting | Summit]]:
    for fact in base.all(Fact):
        event = base.records.get(fact.at or "")
        if isinstance(event, Meeting | Summit) and fact.date and event.date:
            yield fact, event


@each(handovers)
def one_holder_a_post(subject: tuple[Post, Held, Held], base: FactBase) -> Iterator[Finding]:
    """A post with one seat has one holder at a time; the day of a handover may belong to both."""
    post, before, after = subject
    end, start = before.membership.during.end, after.membership.during.start
    other = base.mark(before.leader.id, "memberships", before.number, "during")
    mark = base.mark(after.leader.id, "memberships", after.number, "during")
    who = f"{after.leader.name} is {post.name} from {after.membership.during}"
    if end is None or start is None or start.last < end.first:
        yield mark, f"{who} while {before.leader.name} still is; conflicts with {other}"
    elif start.first < end.last:
        yield Doubt((mark, f"{who}, perhaps while {before.leader.name} still is; see {other}"))


@each(handovers)
def no_gap_between_holders(subject: tuple[Post, Held, Held], base: FactBase) -> Iterator[Finding]:
    """Between two holders of a post in the data there is no gap, or the post says why under `gap`."""
    post, before, after = subject
    ends, starts = before.membership.during, after.membership.during
    if ends.end and starts.start and starts.first > ends.last + DAY and not post.gap:
        other = base.mark(before.leader.id, "memberships", before.number, "during")
        mark = base.mark(after.leader.id, "memberships", after.number, "during")
        message = f"nobody is {post.name} between {ends.text} and {starts.text}; conflicts with {other}"
        yield mark, f"{message}, add the holder, or say under 'gap' of the post why not"


def _terms(leader: Leader, post: str) -> list[Edtf]:
    return [membership.during for membership in leader.memberships if membership.post == post]


@each(presences)
def post_held_that_day(subject: tuple[Meeting, int], base: FactBase) -> Iterator[Finding]:
    """Who stands at a meeting with a post held that post on that day."""
    meeting, index = subject
    participant = meeting.participants[index]
    leader = base.records.get(participant.person)
    if not isinstance(leader, Leader) or participant.post is None or meeting.date is None:
        return
    terms = _terms(leader, participant.post)
    answers = {within(meeting.date, term) for term in terms}
    if answers <= {Answer.IMPOSSIBLE}:
        mark = base.mark(meeting.id, "participants", index, "post")
        held = " and ".join(map(str, terms)) or "never, as far as is known"
        yield (
            mark,
            f"{leader.name} did not hold {participant.post!r} on {meeting.date}; "
            f"conflicts with {base.mark(leader.id, 'memberships')}, held {held}",
        )

    elif Answer.CERTAIN not in answers:
        mark = base.mark(meeting.id, "participants", index, "post")
        terms_told = " and ".join(map(str, terms))
        yield Doubt((mark, f"{leader.name} may have held {participant.post!r} on {meeting.date}, held {terms_told}"))


@each(speeches)
def speaker_in_office(subject: tuple[Fact, Leader], base: FactBase) -> Iterator[Finding]:
    """On the day of a quotation its speaker held some post in the data, so that the page can say as what they spoke."""
    fact, leader = subject
    answers = {within(fact.time, one.during) for one in leader.memberships} if fact.date or fact.as_of else set()
    if answers and Answer.CERTAIN not in answers and Answer.POSSIBLE in answers:
        yield Doubt((base.mark(fact.id, "date"), f"{leader.name} may have been in office on {fact.time}"))
    elif Answer.CERTAIN not in answers:
        yield (
            base.mark(fact.id, "date"),
            f"{leader.name} held no known post on {fact.time}; add it with its evidence, or take 'speaker' away; "
            f"conflicts with {base.mark(leader.id, 'memberships')}",
        )


@each(run_ups)
def meeting_before_its_summit(subject: tuple[Meeting, Summit], base: FactBase) -> Iterator[Finding]:
    """A meeting that prepares a summit lies before its end, and not more than 400 days before its start."""
    meeting, summit = subject
    if meeting.date is None or summit.date is None:
        return
    if meeting.date.first > summit.date.last or meeting.date.last < summit.date.first - RUN_UP:
        mark = base.mark(meeting.id, "date")
        yield (
            mark,
            f"{meeting.date} is not in the run-up to {summit.date}; conflicts with {base.mark(summit.id, 'date')}",
        )


@each(events_of_facts)
def fact_on_its_day(subject: tuple[Fact, Meeting | Summit], base: FactBase) -> Iterator[Finding]:
    """What belongs to an event has a date on which that event can have been."""
    fact, event = subject
    assert fact.date
    assert event.date
    if fact.date.last < event.date.first or event.date.last < fact.date.first:
        yield (
            base.mark(fact.id, "date"),
            f"{fact.date} is not a day of {event.id!r}; conflicts with {base.mark(event.id, 'date')}",
        )


@each(reports)
def told_after_it_happened(subject: tuple[Fact, int, Source], base: FactBase) -> Iterator[Finding]:
    """A source is not older than what it reports, unless that is a plan or a commitment."""
    fact, _, source = subject
    if fact.kind in ("plan", "commitment") or source.published is None:
        return
    if fact.time.first > source.published.last:
        mark = base.mark(fact.id, "date" if fact.date else "as_of")
        other = base.mark(source.id, "published")
        message = f"{source.id!r} of {source.published} tells of {fact.time} as past; conflicts with {other}"
        yield mark, f"{message}, make it a plan or mend a date"


@each(readings)
def date_was_read(subject: tuple[Fact, Source, int], base: FactBase) -> Iterator[Finding]:
    """The date of a fact is one that its article's record reads for that paragraph, or else the day of the report."""
    fact, source, paragraph = subject
    key = "date" if fact.date else "as_of"
    if source.published and fact.time.text.removesuffix("?") == source.published.text.removesuffix("?"):
        return
    read = {one.date.text for one in source.dates if paragraph in one.paragraphs}
    if fact.time.text not in read:
        known = "the evidence names no paragraph"
        if paragraph:
            known = f"for paragraph {paragraph} it reads {', '.join(sorted(read)) or 'none'}"
        for index, one in enumerate(source.dates):
            if paragraph in one.paragraphs and one_slip(fact.time.text, one.date.text):
                known = f"conflicts with {base.mark(source.id, 'dates', index, 'date')}, {one.date}"
        yield (
            base.mark(fact.id, key),
            f"{fact.time} is no date that {source.id!r} reads there; {known}, "
            "add a reading under 'dates' of the source",
        )


def date_readings(base: FactBase) -> Iterator[tuple[Source, int, DateReading]]:
    for source in base.all(Source):
        for index, reading in enumerate(source.dates):
            yield source, index, reading


@each(date_readings)
def reading_has_paragraphs(subject: tuple[Source, int, DateReading], base: FactBase) -> Iterator[Finding]:
    """A reading of a date names paragraphs that the article has."""
    source, index, reading = subject
    article = base.articles.get(source.id)
    for i, number in enumerate(reading.paragraphs):
        if article and number > len(article.fingerprints):
            mark = base.mark(source.id, "dates", index, "paragraphs", i)
            yield mark, f"no paragraph {number} in {source.id!r}; it has {len(article.fingerprints)}"


RULES = (
    one_holder_a_post,
    no_gap_between_holders,
    post_held_that_day,
    speaker_in_office,
    meeting_before_its_summit,
    fact_on_its_day,
    told_after_it_happened,
    date_was_read,
    reading_has_paragraphs,
)
