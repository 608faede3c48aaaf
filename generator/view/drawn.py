"""What the drawings show: events and facts on their days, who met whom, how numbers changed."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Sequence

from generator import svg
from generator.edtf import MONTHS, Edtf
from generator.markup import Md
from generator.model import Fact, Leader, Meeting, Summit
from generator.view.parts import Parts, counted, when

YEARS = 12
"""How many years a timeline shows at most, the latest; what is left out is said above it."""

DOTS = 120
"""How many dots a timeline has at most: where there are more, a dot stands for all of its kind in a month."""

STOPS = 14
"""How many meetings a drawing of the road to a summit shows at most, the last before it."""


def day(date: Edtf) -> datetime.date:
    """Return the day at which a drawing shows *date*: the middle of what it can mean, in the year it is filed under."""
    first, last = date.sort_key[0], min(date.last, datetime.date(date.year, 12, 31))
    return first + (last - first) / 2


def into_year(one: datetime.date) -> float:
    """Return how far into its year the day *one* is, 0 to 1."""
    return (one.timetuple().tm_yday - 0.5) / (366 if calendar.isleap(one.year) else 365)


def shortly(one: datetime.date) -> str:
    return f"{one.day} {MONTHS[one.month]}"


def _exactly(date: Edtf) -> str:
    """Return *date* for a label beside its year: the day where it is known, else the month, else nothing."""
    point = date.start or date.end
    assert point is not None
    return shortly(point.first) if point.day else MONTHS[point.month] if point.month else ""


def event_dot(event: Summit | Meeting, parts: Parts, top: str, weight: int = 0) -> svg.Dot | None:
    """Return *event* for a timeline, or None where it has no date; *top* is the way up to the top of the site."""
    if event.date is None:
        return None
    told = f", {counted(weight, 'fact')}" if weight else ""
    planned = ", only planned as far as is known" if event.status == "planned" else ""
    label = ""
    if isinstance(event, Summit):
        place = parts.links.name(event.place) if event.place else event.name
        label = ", ".join(filter(None, (place, _exactly(event.date))))
    return svg.Dot(
        year=event.date.year,
        at=into_year(day(event.date)),
        kind="summit" if isinstance(event, Summit) else "meeting",
        name=f"{event.name}, {when(event.date)}{told}{planned}",
        href=f"{top}{event.pages}/{event.id}/",
        label=label,
        planned=event.status == "planned",
        weight=weight,
    )


def timeline(dots: Iterable[svg.Dot | None], id: str, title: str, others: str) -> Md:
    """Return the latest years of *dots* as a drawing, or nothing where one dot would be all it tells.

    *others* says where everything is listed.
    """
    drawn = [dot for dot in dots if dot]
    if len(drawn) < 2:
        return Md("")
    years = sorted({dot.year for dot in drawn})[-YEARS:]
    shown = _fewer(sorted((dot for dot in drawn if dot.year >= years[0]), key=lambda dot: (dot.year, dot.at)))
    while len(shown) > DOTS and len(years) > 1:
        years = years[1:]
        shown = [dot for dot in shown if dot.year >= years[0]]
    left_out = sum(dot.year < years[0] for dot in drawn)
    note = f"From {shown[0].year} to {shown[-1].year}, {len(drawn) - left_out} in all; {others}."
    drawing = drawing_of(svg.timeline(shown, id, title, note), title)
    if left_out:
        last = f"The last {counted(len(years), 'year')}" if len(years) > 1 else "The last year"
        told = f"{last} with events; {counted(left_out, 'earlier one')}: {others}."
        drawing = Md(f'<p class="left-out">{told}</p>{drawing}')
    return drawing


def _fewer(dots: Sequence[svg.Dot]) -> list[svg.Dot]:
    """Return *dots*, or fewer where there are more than DOTS: meetings and facts by month, then summits as well."""
    for kinds in (("meeting", "fact"), ("meeting", "fact", "summit")):
        if len(dots) > DOTS:
            months: dict[tuple[int, int, str, str], list[svg.Dot]] = {}
            for dot in dots:
                alone = "" if dot.kind in kinds else dot.href
                months.setdefault((dot.year, int(dot.at * 12), dot.kind, alone), []).append(dot)
            dots = [_month(year, month, of_month) for (year, month, _, _), of_month in months.items()]
    return list(dots)


def _month(year: int, month: int, dots: Sequence[svg.Dot]) -> svg.Dot:
    """Return the dot for all *dots* of a *month*, counted from 0, which leads to the first of them."""
    first, weight, events = dots[0], sum(dot.weight for dot in dots), sum(dot.events for dot in dots)
    if len(dots) == 1:
        return first
    told = counted(events, first.kind) if first.kind != "fact" else ""
    told = ", ".join(filter(None, (told, counted(weight, "fact") if weight else "")))
    return svg.Dot(
        year=year,
        at=(month + 0.5) / 12,
        kind=first.kind,
        name=f"{MONTHS[month + 1]} {year}: {told}; the first is {first.name}",
        href=first.href,
        planned=all(dot.planned for dot in dots),
        weight=weight,
        events=events,
    )


def drawing_of(text: str, title: str, scrolls: bool = False) -> Md:
    """Return the drawing *text* as a block of a page that search passes over; one that *scrolls* takes the keyboard."""
    if not text:
        return Md("")
    reach = f' tabindex="0" role="region" aria-label="{title}, scrolls sideways"' if scrolls else ""
    return Md(f'<div class="drawing"{reach}>{text}</div>')


def all_events(parts: Parts, top: str) -> Md:
    """Return the timeline of all events."""
    dots = (event_dot(event, parts, top) for event in parts.links.events)
    return timeline(dots, "timeline", "Summits and the meetings on the road to them", "the page Timeline lists them")


def of_events(events: Iterable[Summit | Meeting], whose: str, parts: Parts) -> Md:
    """Return the timeline of *events*, for the page of a record."""
    dots = (event_dot(event, parts, "../../") for event in events)
    return timeline(dots, "events", f"Events of {whose}", "they are listed below")


def of_facts(facts: Sequence[Fact], whose: str, parts: Parts) -> Md:
    """Return the timeline of *facts*, by the events they belong to and else by their days, for the page of a record."""
    events: dict[str, int] = {}
    days: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.at:
            events[fact.at] = events.get(fact.at, 0) + 1
        else:
            days.setdefault(fact.time.text, []).append(fact)
    links = parts.links
    in_order = (links.events[at] for at in sorted(links.event_order[id] for id in events))
    dots = [event_dot(event, parts, "../../", events[event.id]) for event in in_order]
    for of_day in days.values():
        first = of_day[0]
        name = f"{when(first.time)}: {first.text if len(of_day) == 1 else counted(len(of_day), 'fact')}"
        href = f"../../{parts.links.page(first.id).replace('.md', '/')}"
        dots.append(
            svg.Dot(
                first.time.year,
                into_year(day(first.time)),
                "fact",
                name,
                href,
                weight=len(of_day),
            )
        )
    title = f"When {whose} was talked about: the numbers are facts"
    return timeline(dots, "when", title, "they are listed below")


def road(summit: Summit, meetings: Sequence[Meeting], parts: Parts) -> Md:
    """Return the drawing of the last *meetings* before *summit*, by the days between; nothing where there are none."""
    dated = [one for one in meetings if one.date]
    if summit.date is None or not dated:
        return Md("")
    shown = dated[-STOPS:]
    goal, start = summit.date.first, day(shown[0].date)  # type: ignore[arg-type]
    length = max((goal - start).days, 1)
    stops = []
    for one in shown:
        assert one.date is not None
        at, ahead = day(one.date), (goal - one.date.first).days
        who = people([parts.links.name(person.person) for person in one.participants]) or one.name
        distance = (
            counted(ahead, "day") + " before"
            if ahead > 0
            else "the same day"
            if ahead == 0
            else counted(-ahead, "day") + " after"
        )
        stops.append(
            svg.Stop(
                at=min(max((at - start).days / length, 0), 1),
                text=f"{distance}: {who}",
                name=f"{one.name}, {when(one.date)}",
                href=f"../../{one.pages}/{one.id}/",
                planned=one.status == "planned",
            )
        )
    stops.append(svg.Stop(1, f"{when(summit.date)}: {summit.name}", summit.name, f"../../summits/{summit.id}/", True))
    title = f"The road to the {summit.name}"
    left = len(meetings) - len(shown)
    note = f"{counted(len(shown), 'meeting')} before it, by the days between; " + (
        f"the list below has {left} more" if left else "they are listed below"
    )
    return drawing_of(svg.road(stops, "road", title, note), title)


def people(names: Sequence[str]) -> str:
    """Return *names* in a line for a drawing: all of two, of more the first two and how many others."""
    if len(names) < 3:
        return ", ".join(names)
    return f"{names[0]}, {names[1]} and {counted(len(names) - 2, 'other')}"


def met(leader: Leader, rows: Sequence[tuple[str, Sequence[Summit | Meeting]]], parts: Parts) -> Md:
    """Return the drawing of whom *leader* met: a row of dots for each person, one for each time, which leads there."""
    shown = rows[:STOPS]
    drawn = [
        (
            parts.links.name(other),
            [
                (
                    f"{event.name}, {when(event.date) if event.date else 'date not known'}",
                    f"../../{event.pages}/{event.id}/",
                    isinstance(event, Summit),
                )
                for event in events
            ],
        )
        for other, events in shown
    ]
    title = f"Whom {leader.name} met, and how often"
    return drawing_of(svg.tallies(drawn, "met", title, "A dot for each time; the list below names them."), title)
