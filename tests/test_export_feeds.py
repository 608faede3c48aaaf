"""Atom against feedparser, iCalendar against icalendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest
from export_help import AWKWARD, SITE, awkward, below, made, real, real_files, small, small_files
from icalendar import Calendar

from generator import edtf
from generator.export import API, Records
from generator.export.atom import NEWEST
from generator.export.calendars import doubt, events_of, fold, span, text
from generator.export.edition import NOWHERE, uid, urn
from generator.links import Links
from generator.model import Event, Fact, FactBase, Leader, Meeting, Series, Source, Summit, Topic

ATOM = "{http://www.w3.org/2005/Atom}"
IDS = {
    make(f"{what}:{id}"): id
    for base in (small(), real())
    for id in base.records
    for make, what in ((urn, "fact"), (uid, "event"))
}


def id_of(permanent: str) -> str:
    """Return the id of the fact or event that has this permanent id in feeds or calendars."""
    return IDS[permanent]


each_text = pytest.mark.parametrize("name", AWKWARD)
each_site = pytest.mark.parametrize("site", ["", SITE])


def feed(files: Mapping[str, bytes], path: str) -> Any:
    found = feedparser.parse(files[API + path])
    assert not found.bozo, found.get("bozo_exception")
    return found


# Atom


@each_site
def test_feeds_are_atom(site: str) -> None:
    feeds = below(real_files(site), "feed/", ".xml")
    followed = len(real().all(Summit)) + len(real().all(Leader)) + len(real().all(Topic))
    assert len(feeds) == 2 * (1 + followed)  # of facts, and of changes
    for path, content in feeds.items():
        found = feedparser.parse(content)
        assert not found.bozo
        assert found.version == "atom10"
        _as_the_standard_wants(ElementTree.fromstring(content), path)


def _as_the_standard_wants(root: ElementTree.Element, path: str) -> None:
    """Check what RFC 4287 demands of a feed and its entries (4.1.1, 4.1.2) and feedparser lets pass."""
    assert root.tag == f"{ATOM}feed"
    ids = []
    for one in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1, (path, name)
        ids.append(one.findtext(f"{ATOM}id"))
        assert UUID(ids[-1] or "").version == 5
        datetime.strptime(one.findtext(f"{ATOM}updated") or "", "%Y-%m-%dT%H:%M:%S%z")
        ways = [(way.get("rel"), way.get("type")) for way in one.findall(f"{ATOM}link")]
        assert ways.count(("alternate", "text/html")) == 1
    assert len(set(ids)) == len(ids)
    assert root.findall(f"{ATOM}author/{ATOM}name")


def test_entries_are_the_facts() -> None:
    found = feed(small_files(), "feed/facts.xml")
    assert [id_of(one.id) for one in found.entries] == [
        "tide-board-2031-06-20-f01",
        *(f"harbour-gazette-2031-05-05-f0{number}" for number in (5, 6, 4, 3, 2, 1)),
    ]
    assert {id_of(one.id): one.title for one in found.entries} == {one.id: one.text for one in small().all(Fact)}


def test_feed_of_a_record_has_its_facts_only() -> None:
    links = Links(real())
    for one in real().all(Topic):
        ids = {id_of(entry.id) for entry in feed(real_files(), f"feed/topic/{one.id}.xml").entries}
        assert ids <= {fact.id for fact in links.about.get(one.id, ())}
        assert len(ids) == min(len(links.about.get(one.id, ())), NEWEST)


def test_updated_is_the_last_day_of_a_report() -> None:
    for entry in feed(real_files(), "feed/facts.xml").entries:
        fact = real().records[id_of(entry.id)]
        assert isinstance(fact, Fact)
        sources = [real().records[one.source] for one in fact.evidence]
        days = [one.published.last for one in sources if isinstance(one, Source) and one.published]
        assert date.fromisoformat(entry.updated[:10]) == (max(days) if days else fact.time.last)
    entries = [one.updated for one in feed(real_files(), "feed/facts.xml").entries]
    assert entries == sorted(entries, reverse=True)
    assert feed(real_files(), "feed/facts.xml").feed.updated == entries[0]


@each_site
def test_links_lead_to_the_pages(site: str) -> None:
    files = real_files(site)
    for path in (f"{API}feed/facts.xml", f"{API}feed/leader/joe-biden.xml"):
        for one in ElementTree.fromstring(files[path]).iter(f"{ATOM}entry"):
            way = one.findall(f"{ATOM}link")[0].get("href") or ""
            id = id_of(one.findtext(f"{ATOM}id") or "")
            home, _, anchor = id.rpartition("-")
            assert urljoin((site or "https://elsewhere.example/") + path, way) == (
                f"{site or 'https://elsewhere.example/'}sources/{home}/#{anchor}"
            )


def test_ids_stay_when_the_site_moves() -> None:
    ids = [[one.id for one in feed(small_files(site), "feed/facts.xml").entries] for site in ("", SITE)]
    assert ids[0] == ids[1]


@each_text
def test_atom_holds_any_text(name: str) -> None:
    written = AWKWARD[name]
    root = ElementTree.fromstring(awkward(name)[f"{API}feed/facts.xml"])
    assert {one.findtext(f"{ATOM}title") for one in root.iter(f"{ATOM}entry")} == {written}
    assert all(written in (one.findtext(f"{ATOM}content") or "") for one in root.iter(f"{ATOM}entry"))
    found = feed(awkward(name), "feed/facts.xml")
    assert len(found.entries) == len(small().all(Fact))


# iCalendar


def events(content: bytes) -> dict[str, Any]:
    found = Calendar.from_ical(content)
    assert found["VERSION"] == "2.0"
    assert found["PRODID"]
    assert found.errors == []
    parsed = [one for one in found.walk("VEVENT") if one.errors == []]
    assert len(parsed) == len(found.walk("VEVENT"))
    return {str(one["UID"]): one for one in parsed}


@each_site
def test_calendars_are_icalendar(site: str) -> None:
    calendars = below(real_files(site), "calendar/", ".ics")
    assert len(calendars) == 1 + len(real().all(Leader)) + len(real().all(Series))
    for content in calendars.values():
        lines = content.split(b"\r\n")
        assert lines.pop() == b""
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75
        content.decode()
        for line in lines:
            line.decode()  # no character is torn apart
        for one in events(content).values():
            assert isinstance(one.decoded("DTSTART"), date)
            assert not isinstance(one.decoded("DTSTART"), datetime)
            assert one.decoded("DTEND") > one.decoded("DTSTART")
            assert one.decoded("DTSTAMP").utcoffset() == timedelta()
            assert one["STATUS"] in ("CONFIRMED", "TENTATIVE")


def test_every_event_with_a_date_is_in_the_calendar() -> None:
    found = events(real_files()[f"{API}calendar/events.ics"])
    dated = {one.id: one for kind in (Summit, Meeting) for one in real().all(kind) if one.date}
    assert set(map(id_of, found)) == dated.keys()
    for permanent, one in found.items():
        event = dated[id_of(permanent)]
        assert isinstance(event, Event)
        assert event.date
        assert one.decoded("DTSTART") == event.date.first
        assert one.decoded("DTEND") == event.date.last + timedelta(days=1)
        assert str(one["SUMMARY"]).startswith(event.name)
        assert one["STATUS"] == {"held": "CONFIRMED", "planned": "TENTATIVE"}[event.status]
        assert one["TRANSP"] == "TRANSPARENT"


def test_uid_and_stamp_are_the_same_in_every_calendar() -> None:
    everything = events(real_files()[f"{API}calendar/events.ics"])
    for content in below(real_files(), "calendar/", ".ics").values():
        for permanent, one in events(content).items():
            assert one.to_ical() == everything[permanent].to_ical()


def test_calendar_of_a_leader_has_what_they_met_at_and_chaired() -> None:
    links = Links(small())
    by_leader = {one.id: [event.id for event in events_of(one, links)] for one in small().all(Leader)}
    assert by_leader == {"ada-brook": ["2031-05-05-lighthouse"], "otto-lind": ["2031-05-05-lighthouse"]}
    found = events(small_files()[f"{API}calendar/leader/ada-brook.ics"])
    assert [*map(id_of, found)] == ["2031-05-05-lighthouse"]
    found = events(small_files()[f"{API}calendar/series/harbour-summits.ics"])
    assert [*map(id_of, found)] == ["2031-saltmere"]


def dated(value: str, status: str = "held") -> FactBase:
    """Return the made-up base with this date of its summit."""
    summit = small().records["2031-saltmere"].model_copy(update={"date": edtf.parse(value), "status": status})
    return FactBase({**small().records, summit.id: summit}, {}, small().articles)


@pytest.mark.parametrize(
    ("value", "first", "last", "note"),
    [
        ("2031-06-14", "2031-06-14", "2031-06-14", ""),
        ("2031-06-14/2031-06-15", "2031-06-14", "2031-06-15", ""),
        ("2031-06", "2031-06-01", "2031-06-30", "only the month is known: June 2031"),
        ("2031", "2031-01-01", "2031-12-31", "only the year is known: 2031"),
        ("2031-06-14?", "2031-06-14", "2031-06-14", "the day is inferred"),
        ("2031-06-14~", "2031-06-14", "2031-06-14", "the day is only about right"),
        ("2031-06-14/..", "2031-06-14", "2031-06-14", "from 14 June 2031: only one end is known"),
        ("../2031-06-14", "2031-06-14", "2031-06-14", "until 14 June 2031: only one end is known"),
        ("9999", "9999-01-01", "9999-12-30", "only the year is known: 9999"),
    ],
)
def test_doubt_of_a_date_is_said_and_no_day_made_up(value: str, first: str, last: str, note: str) -> None:
    assert [day.isoformat() for day in span(edtf.parse(value))] == [first, last]
    assert doubt(edtf.parse(value)) == note
    one = events(made(dated(value))[f"{API}calendar/events.ics"])[uid("event:2031-saltmere")]
    assert one.decoded("DTSTART") == date.fromisoformat(first)
    assert one.decoded("DTEND") == date.fromisoformat(last) + timedelta(days=1)
    assert str(one["SUMMARY"]) == ("2031 Saltmere summit" + (f" ({note})" if note else ""))


def test_what_is_only_planned_is_tentative() -> None:
    one = events(made(dated("2031-06-14", "planned"))[f"{API}calendar/events.ics"])[uid("event:2031-saltmere")]
    assert one["STATUS"] == "TENTATIVE"
    assert "Planned; no source here tells that it took place." in str(one["DESCRIPTION"])


def test_event_without_a_date_is_left_out() -> None:
    summit = small().records["2031-saltmere"].model_copy(update={"date": None})
    base = FactBase({**small().records, summit.id: summit}, {}, small().articles)
    assert [*events(made(base)[f"{API}calendar/events.ics"])] == [uid("event:2031-05-05-lighthouse")]


@each_text
def test_icalendar_holds_any_text(name: str) -> None:
    written = AWKWARD[name]
    for one in events(awkward(name)[f"{API}calendar/events.ics"]).values():
        assert str(one["SUMMARY"]) == written
        assert str(one["LOCATION"]) in (written, f"{written}, {written}")


@pytest.mark.parametrize("length", range(70, 80))
@pytest.mark.parametrize("sign", ["a", "é", "ქ", "🚢"])
def test_lines_are_folded_between_characters(length: int, sign: str) -> None:
    line = "X" * length + sign * 60
    folded = fold(line)
    assert all(len(one) <= 75 for one in folded.split(b"\r\n"))
    for one in folded.split(b"\r\n"):
        one.decode()
    assert folded.replace(b"\r\n ", b"") == line.encode() + b"\r\n"


def test_text_is_escaped() -> None:
    assert text("a\\b;c,d\ne\r\nf") == "a\\\\b\\;c\\,d\\ne\\nf"


def test_address_is_told_only_where_there_is_one() -> None:
    for site in ("", SITE):
        for one in events(small_files(site)[f"{API}calendar/events.ics"]).values():
            assert ("URL" in one) is bool(site)
            if site:
                assert str(one["URL"]).startswith(SITE)
    assert Records(Links(small()), NOWHERE).address("2031-saltmere") == "summits/2031-saltmere/"
