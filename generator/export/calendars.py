"""Events -> iCalendar (RFC 5545): all, those of each leader, and the summits of each series.

A day that is not known is never made up: an event of which only the month is known spans the month, and says so. An
event without any date is left out. DTSTAMP is a day of the data, so that nothing changes while the data does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from generator.edtf import Edtf
from generator.export.edition import API, NAME, SUMMARY, uid
from generator.export.records import Records, entries
from generator.links import Links
from generator.model import Leader, Meeting, Series, Source, Summit
from generator.targets import File
from generator.view.parts import when

Event = Summit | Meeting

ALL = f"{API}calendar/events.ics"
_DAY = datetime.timedelta(days=1)


def path(record: Leader | Series) -> str:
    """Return the path of the calendar of *record*."""
    return f"{API}calendar/{record.kind_name}/{record.id}.ics"


def calendars(records: Records) -> Iterator[File]:
    """Yield every calendar."""
    links = records.links
    yield File(ALL, calendar(NAME, links.events, records))
    for leader in links.base.all(Leader):
        yield File(path(leader), calendar(f"{NAME}: {leader.name}", events_of(leader, links), records))
    for series in links.base.all(Series):
        of_it = [one for one in links.events if isinstance(one, Summit) and one.series == series.id]
        yield File(path(series), calendar(f"{NAME}: {series.name}", of_it, records))


def events_of(leader: Leader, links: Links) -> list[Event]:
    """Return the meetings that *leader* was at, or was to be at, and the summits that they chaired, by time."""
    met = {one.id for one in links.attended.get(leader.id, ())}
    return [one for one in links.events if one.id in met or (isinstance(one, Summit) and one.chair == leader.id)]


def calendar(name: str, events: Iterable[Event], records: Records) -> bytes:
    """Return *events* that have a date as a calendar with this *name*."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{NAME}//{NAME}//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", f"DESCRIPTION:{text(SUMMARY)}"]
    for event in events:
        if event.date:
            lines += _event(event, event.date, records)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _event(event: Event, date: Edtf, records: Records) -> Iterator[str]:
    first, last = span(date)
    note = doubt(date)
    shown = f"{event.name} ({note})" if note else event.name
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(f'event:{event.id}')}"
    yield f"DTSTAMP:{_compact(_stamp(event, date, records))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(first)}"
    yield f"DTEND;VALUE=DATE:{_compact(last + _DAY)}"
    yield f"SUMMARY:{text(shown)}"
    yield f"DESCRIPTION:{text(_description(event, date, records))}"
    where = ", ".join([*([event.venue] if event.venue else []), *([records.name(event.place)] if event.place else [])])
    if where:
        yield f"LOCATION:{text(where)}"
    yield f"CATEGORIES:{'Summit' if isinstance(event, Summit) else event.type.capitalize()}"
    yield f"STATUS:{'CONFIRMED' if event.status == 'held' else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    if records.edition.site:
        yield f"URL:{records.edition.site}{records.address(event.id)}"
    yield "END:VEVENT"


def span(date: Edtf) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day that *date* can mean; an open end is the day of the other."""
    first = date.first if date.start else date.last
    last = date.last if date.end else date.first
    return first, min(last, datetime.date.max - _DAY)


def doubt(date: Edtf) -> str:
    """Return what is not known of *date*, in words, or "" where its days are certain."""
    if date.start is None or date.end is None:
        return f"{when(date)}: only one end is known"
    known = [point for point in (date.start, date.end) if not point.day]
    what = ("month" if all(point.month for point in known) else "year") if known else ""
    parts = [f"only the {what} is known: {when(date)}"] if what else []
    if not what and date.uncertain:
        parts.append("the day is inferred")
    if not what and date.approximate:
        parts.append("the day is only about right")
    return ", ".join(parts)


def _stamp(event: Event, date: Edtf, records: Records) -> datetime.date:
    """Return the last day on which a source of *event* was published; where none has a date, the event's own."""
    record = records.json(event.id)
    sources = {records.links.base.records[one["source"]] for _, one in entries(record)}
    published = [
        one.published.last for one in sources if isinstance(one, Source) and one.published and one.published.end
    ]
    return max(published, default=span(date)[0])


def _description(event: Event, date: Edtf, records: Records) -> str:
    planned = "Planned; no source here tells that it took place. " if event.status == "planned" else ""
    lines = [f"{planned}When: {when(date)}."]
    if isinstance(event, Meeting) and event.participants:
        lines.append(f"Who: {', '.join(records.name(one.person) for one in event.participants)}.")
    if isinstance(event, Meeting) and event.prepares:
        lines.append(f"On the road to: {records.name(event.prepares)}.")
    sources = dict.fromkeys(one["source"] for _, one in entries(records.json(event.id)))
    if sources:
        lines.append(f"Sources: {'; '.join(records.name(one) for one in sources)}.")
    return "\n".join(lines)


def _compact(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def text(value: str) -> str:
    """Return *value* as the TEXT of a property (RFC 5545, 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> bytes:
    """Return *line* in lines of at most 75 octets, no character torn apart, each with its end (RFC 5545, 3.1)."""
    content = line.encode()
    parts, start, room = [], 0, 75
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(content[start:end])
        start, room = end, 74  # the space that a further line begins with counts
    parts.append(content[start:])
    return b"\r\n ".join(parts) + b"\r\n"
