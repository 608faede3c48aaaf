"""Long lists: what stands on which page, that nothing gets lost between pages, and that no page is too heavy."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import Any
from unittest import mock

import pytest
from fact_bases import ARTICLE
from hypothesis import given
from hypothesis import strategies as st

from bench import base as made_up
from generator import svg
from generator.edtf import parse
from generator.export import jsonld
from generator.links import Links
from generator.load import load
from generator.model import (
    Entity,
    Fact,
    FactBase,
    Leader,
    Measure,
    Meeting,
    Record,
    Series,
    Source,
    Summit,
    Topic,
)
from generator.register import registered
from generator.render import render
from generator.search import documents
from generator.view import coverage, drawn, entities, explore, gist, lists, pages, together
from generator.view.parts import Parts


def year(one: str) -> str:
    return one[:4]


def month(one: str) -> str:
    return one[:6]


class TestSpread:
    def test_what_fits_is_one_page(self) -> None:
        assert pages.spread(["2031-a", "2032-b"], (year,), 2) == [["2031-a", "2032-b"]]
        assert pages.spread([], (year,), 2) == [[]]

    def test_a_page_ends_with_a_year(self) -> None:
        items = ["2031-a", "2031-b", "2032-a", "2032-b", "2033-a"]

        assert pages.spread(items, (year,), 3) == [["2031-a", "2031-b"], ["2032-a", "2032-b", "2033-a"]]

    def test_a_year_that_is_longer_than_a_page_ends_with_a_month_and_else_where_the_page_is_full(self) -> None:
        items = ["20315a", "20316a", "20316b", "20317a", "20317b", "20317c", "20317d"]

        assert pages.spread(items, (year, month), 3) == [items[:3], items[3:6], items[6:]]

    def test_the_first_page_may_have_less_room(self) -> None:
        items = ["2031-a", "2032-a", "2033-a", "2034-a"]

        assert pages.spread(items, (year,), 3, first=1) == [items[:1], items[1:]]

    @given(
        st.lists(st.integers(20310, 20329).map(str), max_size=60).map(sorted), st.integers(1, 20), st.integers(1, 20)
    )
    def test_everything_stands_once_and_no_page_is_too_long(self, items: list[str], room: int, first: int) -> None:
        made = pages.spread(items, (year, month), room, min(first, room))

        assert [one for page in made for one in page] == items
        assert all(len(page) <= room for page in made)
        assert all(made[1:])
        assert len(made[0]) <= min(first, room)

    def test_one_more_fact_changes_few_pages(self) -> None:
        items = [f"{number:04}-{one}" for number in range(2000, 2100) for one in range(7)]
        before = pages.spread(items, (year,), 50)
        after = pages.spread(sorted([*items, "2050-x"]), (year,), 50)

        assert sum(one not in before for one in after) <= 2


def test_a_page_leads_to_the_first_the_last_and_those_around_it() -> None:
    labels = [str(number) for number in range(2000, 2030)]

    def shown(at: int) -> list[str]:
        return [
            re.sub(r"\[(\d+).*|<.*>(\d+):.*", r"\1\2", way) for way in pages.pager("topics/fog.md", labels, at).ways
        ]

    assert shown(0) == ["1", "2", "3", "4", "5", "6", "7", "8", "…", "30"]
    assert shown(14) == ["1", "…", "12", "13", "14", "15", "16", "17", "18", "…", "30"]
    assert shown(29) == ["1", "…", "23", "24", "25", "26", "27", "28", "29", "30"]
    middle = pages.pager("topics/fog.md", labels, 1)
    assert (middle.before, middle.after) == ("topics/fog/", "topics/fog/3/")
    assert middle.ways[0] == "[1: 2000](../fog.md)"
    assert pages.pager("topics/fog.md", ["2031"], 0) == pages.Pager()


def test_names_in_the_ways_between_pages_are_text_also_that_of_the_open_page() -> None:
    labels = ["![x](https://evil.example/x.png)", "<video poster=x>"]
    for at in range(len(labels)):
        shown = " ".join(pages.pager("topics/index.md", labels, at).ways)
        assert "![x]" not in shown
        assert "<video" not in shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("topics/fog.md", "topics/fog/2.md"),
        ("topics/index.md", "topics/index/2.md"),
        ("timeline/index.md", "timeline/2.md"),
    ],
)
def test_a_list_goes_on_where_no_record_can_be(first: str, second: str) -> None:
    assert pages.path_of(first, 1) == first
    assert pages.path_of(first, 2) == second


HEAVY = 220_000
"""In bytes: what no page in Markdown may reach. In HTML it is a quarter more, with 25 kB of the theme: 300 kB."""

FEW = {"leader": 300, "topic": 300, "organisation": 300, "country": 300, "place": 300, "meeting": 8}
"""How many facts there are to one record of a kind where the lists of each are to be long."""

FACTS = 900


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> FactBase:
    """A base of many made-up facts on few records."""
    root = tmp_path_factory.mktemp("many")
    with mock.patch.dict(made_up.FACTS_PER, FEW):
        made_up.lay(root, FACTS)
    return load(root)


def markdown(base: FactBase) -> dict[str, str]:
    """Return the pages of *base* by path; they are made before the data files."""
    of_records = takewhile(lambda page: not page.path.startswith("api/"), render(base))
    return {page.path: page.content.decode() for page in of_records if page.path.endswith(".md")}


@pytest.fixture(scope="module")
def paged(many: FactBase) -> dict[str, str]:
    """The pages of *many* where a page has room for a tenth of what it has else."""
    with mock.patch.object(pages, "ROOM", pages.ROOM // 10):
        return markdown(many)


def parts(made: dict[str, str], path: str) -> list[str]:
    """Return the text of the pages of what begins at *path*, in order."""
    found = []
    while (next_one := pages.path_of(path, len(found) + 1)) in made:
        found.append(made[next_one])
    return found


def facts_on(text: str) -> list[str]:
    """Return the ids of the facts that *text* shows as items of a list."""
    return ["-".join(one) for one in re.findall(r"^- \[[^\]]*\]\([./]*sources/([^)#]*)\.md#(f\d+)\)", text, re.M)]


def expected(record: Entity, links: Links) -> list[str]:
    """Return the ids of the facts on the page of *record*, as often as they stand there."""
    if isinstance(record, Summit):
        told = [*gist.highlights(record, links), *gist.left_open(record, links)]
        return [fact.id for fact in {*told, *links.of_event(record.id)}]
    if record.pages == "meetings":
        return [fact.id for fact in links.of_event(record.id)]
    return [fact.id for of in (links.by, links.about) for fact in of.get(record.id, ())]


def test_every_fact_stands_once_on_the_pages_of_each_record_it_belongs_to(
    many: FactBase, paged: dict[str, str]
) -> None:
    links, several = Links(many), 0
    for record in many.records.values():
        if isinstance(record, Entity) and record.pages and record.pages != "sources":
            shown = parts(paged, f"{record.pages}/{record.id}.md")
            several += len(shown) > 1
            assert sorted(facts_on("\n".join(shown))) == sorted(expected(record, links)), record.id
            if isinstance(record, Leader):
                rows = re.findall(r"^\| [^|]* \| \[[^|]*meetings/([^)]*)\.md\) \|", "\n".join(shown), re.M)
                assert rows == [one.id for one in links.attended[record.id]]
    assert several > 10
    assert len(many.all(Fact)) == FACTS


def below(made: dict[str, str], folder: str) -> str:
    """Return the text of all pages of *folder* but its first."""
    return "\n".join(text for path, text in made.items() if path.startswith(folder) and not path.endswith("/index.md"))


def test_every_quotation_and_every_figure_stands_once_on_the_pages_of_its_year_or_measure(
    many: FactBase, paged: dict[str, str]
) -> None:
    quoted = [fact.id for fact in many.all(Fact) if any(one.speaker for one in fact.evidence)]
    figures = [fact.id for fact in many.all(Fact) if fact.figure]

    spoken = re.findall(r"^> “.*sources/([^)#]*)\.md#(f\d+)\)</cite>", below(paged, "quotations/"), re.M)
    told = re.findall(r"^\| .*sources/([^)#]*)\.md#(f\d+)\)", below(paged, "figures/"), re.M)
    assert sorted("-".join(one) for one in spoken) == sorted(quoted)
    assert sorted("-".join(one) for one in told) == sorted(figures)
    assert [text for path, text in paged.items() if re.fullmatch(r"quotations/\d+/2.md", path)]
    assert [text for path, text in paged.items() if re.fullmatch(r"figures/.*/2.md", path)]


def test_every_event_stands_once_on_the_timeline_and_on_what_is_known(many: FactBase, paged: dict[str, str]) -> None:
    events = sorted(event.id for event in Links(many).events)
    listed = "\n".join(parts(paged, "timeline/index.md"))
    known = below(paged, "coverage/summits") + below(paged, "coverage/meetings")

    assert sorted(re.findall(r"^\| .* \| \[[^|]*(?:summits|meetings)/([^)]*)\.md\) \|", listed, re.M)) == events
    assert sorted(re.findall(r"^\| \[[^|]*(?:summits|meetings)/([^)]*)\.md\) \|", known, re.M)) == events
    assert len(parts(paged, "timeline/index.md")) > 1
    assert len(parts(paged, "coverage/meetings.md")) > 1


def test_every_record_stands_once_in_the_list_of_its_kind(many: FactBase, paged: dict[str, str]) -> None:
    for folder in lists.LEADS:
        listed = "\n".join(parts(paged, f"{folder}/index.md"))
        there = sorted(id for id, one in many.records.items() if isinstance(one, Entity) and one.pages == folder)
        assert sorted(re.findall(rf"^- \[[^\]]*\]\([./]*{folder}/([^)]*)\.md\)", listed, re.M)) == there
    assert len(parts(paged, "meetings/index.md")) > 2


def test_the_agenda_of_a_summit_has_every_fact_under_each_of_its_topics(many: FactBase, paged: dict[str, str]) -> None:
    links, several = Links(many), 0
    for summit in many.all(Summit):
        shown = parts(paged, f"agenda/{summit.id}.md")
        several += len(shown) > 1
        topics = {one.id for one in many.all(Topic)}
        expected = sum(len(topics.intersection(fact.about)) for fact in links.of_road(summit))
        assert len(re.findall(r"^- \[", "\n".join(shown), re.M)) == expected
        for path, topic in re.findall(rf"\]\(\.\./(agenda/{summit.id}[^#)]*)#([^)]*)\)", paged["agenda/index.md"]):
            begins = next(number for number, text in enumerate(shown, 1) if f"{{ #{topic} " in text)
            assert path == pages.path_of(f"agenda/{summit.id}.md", begins)
    assert several


def test_a_chart_of_many_values_tells_the_highest_the_lowest_and_the_last() -> None:
    def numbers(heights: list[float]) -> list[str]:
        values = tuple(svg.Value(at / 99, one, f"{one:g}", "", "") for at, one in enumerate(heights))
        return re.findall(r">([\d.]+)</text></a>", svg.charts([svg.Series("Boats", values)], ("", ""), "", "", ""))

    assert numbers([0.5, 0.25, 1, 0.75]) == ["0.5", "0.25", "1", "0.75"]
    assert numbers([0.5, 0, 0.25, 0.1, 1, 0.2, 0.3, 0.4, 0.75]) == ["0", "1", "0.75"]


def test_a_timeline_of_many_events_has_a_dot_for_each_month() -> None:
    def meetings(number: int) -> list[svg.Dot]:
        return [
            svg.Dot(year, at / number, "meeting", f"Meeting {at}", f"meetings/{year}-{at}/")
            for year in range(2000, 2020)
            for at in range(number)
        ]

    each = drawn.timeline(meetings(8), "many", "Many meetings", "all are listed")
    months = drawn.timeline(meetings(240), "many", "Many meetings", "all are listed")

    assert each.count("<a ") == 8 * drawn.YEARS
    assert months.count("<a ") == 12 * 10 == drawn.DOTS
    assert 'aria-label="January 2019: 20 meetings; the first is Meeting 0"' in months
    assert "240 meetings" in months
    assert "The last 10 years with events; 2400 earlier ones" in months


def test_no_page_is_too_heavy_for_a_telephone(many: FactBase) -> None:
    made = markdown(many)
    heavy = {path: len(text.encode()) for path, text in made.items() if len(text.encode()) > HEAVY}

    assert heavy == {}
    assert max(len(parts(made, path)) for path in made) > 3


def test_the_page_of_a_long_article_says_its_facts_once(small_base: FactBase) -> None:
    page = f"sources/{ARTICLE}.md"

    assert markdown(small_base)[page].count('"@type": "Claim"') == 6
    with mock.patch.object(jsonld, "CLAIMS", 5):
        assert markdown(small_base)[page].count('"@type": "Claim"') == 0


def test_further_pages_are_not_promised(many: FactBase) -> None:
    assert not re.findall(r"^page .*/\d+/$", registered(many), re.M)


def test_search_finds_the_first_page_of_a_list_only(many: FactBase, paged: dict[str, str]) -> None:
    found = documents.pages_of_prose(paged, Links(many))

    assert "facts/2031.md" in found
    assert not [path for path in found if re.search(r"/\d\.md$", path)]


def test_every_link_between_pages_leads_to_a_page_and_a_place_on_it(paged: dict[str, str]) -> None:
    for path, text in paged.items():
        address = pages.address(path)
        places = [("](", one, posixpath.dirname(path)) for one in re.findall(r"\]\(([^():]+\.md(?:#[^)]*)?)\)", text)]
        places += [("href", one, address) for one in re.findall(r'<a [^>]*href="([^":]+)"', text)]
        for kind, target, below in places:
            page, _, anchor = target.partition("#")
            page = posixpath.normpath(posixpath.join(below, page)) if page else path
            if kind == "href" and page != path:
                page = page if page.endswith(".md") else f"{page}.md"
                page = page if page in paged else page.replace(".md", "/index.md")
            if page.startswith(("data/", "api/", "fingerprints")):
                continue
            assert page in paged, f"{path}: {target}"
            if anchor and (anchor in ("met", "stale") or not anchor.isalpha()):
                assert f"#{anchor} " in paged[page] or f'id="{anchor}"' in paged[page], f"{path}: {target}"


# How much stands on a page, one less and one more than its room


def dated(day: date, **keys: object) -> dict[str, object]:
    return {"date": day.isoformat(), "kind": "event", "text": f"It rained on {day}.", **keys}


def rain(number: int, **keys: object) -> list[dict[str, object]]:
    """Return the keys of *number* facts, each a day after the one before, in one year."""
    return [dated(date(2031, 1, 1) + timedelta(days=at), **keys) for at in range(number)]


def made_of(*facts: dict[str, object], also: Iterable[Entity] = ()) -> Parts:
    """Return the parts for a base of *facts*, of each that they name by the first letter of its id, and *also* others.

    `t-1` is a topic, `l-1` a leader, `s-1` a summit, `m-1` a measure.
    """
    source = Source(id="x", name="X", type="page", publisher="X", url="https://x.example/", language="en")
    series = Series(id="series", name="Series")
    records: dict[str, Record] = {"x": source, "series": series, **{one.id: one for one in also}}
    told = []
    for number, keys in enumerate(facts, 1):
        told.append(Fact.model_validate({"id": f"x-f{number:04}", "evidence": ({"source": "x"},), **keys}))
    for fact in told:
        measure = (fact.figure.measure,) if fact.figure else ()
        for id in (*fact.by, *fact.about, *measure, *([fact.at] if fact.at else [])):
            if id not in records:
                records[id] = NAMED[id[0]](id)
    return Parts(Links(FactBase({**records, **{one.id: one for one in told}}, {}, {})))


NAMED: dict[str, Callable[[str], Entity]] = {
    "l": lambda id: Leader(id=id, name=f"Leader {id}"),
    "m": lambda id: Measure(id=id, name=f"Measure {id}", unit="boats"),
    "s": lambda id: Summit(
        id=id, name=f"Summit {id}", status="held", series="series", date=parse(f"20{id[2:4]}-06-01")
    ),
    "t": lambda id: Topic(id=id, name=f"Topic {id}", scope="Fog."),
}


def record_of(parts: Parts, id: str) -> Any:
    return parts.links.base.records[id]


def home_of_leaders(number: int) -> int:
    return len(lists.home_page(made_of(*(dated(DAY, by=(f"l-{at}",)) for at in range(number)))).leaders)


def home_of_topics(number: int) -> int:
    return len(lists.home_page(made_of(*(dated(DAY, about=(f"t-{at}",)) for at in range(number)))).topics)


def topics_of_a_leader(number: int) -> int:
    parts = made_of(*(dated(DAY, by=("l-1",), about=(f"t-{at}",)) for at in range(number)))
    return len(entities.leader_page(record_of(parts, "l-1"), parts).topics)


def topics_of_a_summit(number: int) -> int:
    parts = made_of(*(dated(DAY, at="s-31", about=(f"t-{at}",)) for at in range(number)))
    return len(entities.summit_page(record_of(parts, "s-31"), parts).topics)


def what_mattered(number: int) -> int:
    parts = made_of(*rain(number, at="s-31"))
    return len(entities.summit_page(record_of(parts, "s-31"), parts).highlights)


def left_open(number: int) -> int:
    parts = made_of(*rain(number, at="s-31", status="planned"))
    return len(entities.summit_page(record_of(parts, "s-31"), parts).open)


def newest_facts(number: int) -> int:
    (_, _, make), *_ = lists.facts_pages(made_of(*rain(number)))
    return len(make().newest)


def facts_on_a_page(number: int) -> int:
    _, (_, _, make), *_ = lists.facts_pages(made_of(*rain(number)))
    return sum(len(one.facts) for one in make().sections)


def sentences_in_a_file(number: int) -> int:
    _, (_, text), *_ = explore.explorer(made_of(*rain(number)).links)
    return len(json.loads(text)["texts"])


def values_of_a_facet(number: int) -> int:
    parts = made_of(*(dated(DAY, about=(f"t-{at}",)) for at in range(number)))
    (topics,) = (one for one in json.loads(explore.summary(parts.links))["facets"] if one["name"] == "topic")
    return len(topics["values"])


def people_drawn(number: int) -> int:
    parts = made_of(dated(DAY, at="s-31", by=tuple(f"l-{at}" for at in range(number))))
    return number - together.together_page(parts).people_left_out


def pairs_listed(number: int) -> int:
    parts = made_of(*(dated(DAY, at=f"s-{at:03}", by=(f"l-{at}", f"l-x{at}")) for at in range(100, 100 + number)))
    return len(together.together_page(parts).pairs)


def events_of_a_pair(number: int) -> int:
    parts = made_of(*(dated(date(2010 + at, 6, 1), at=f"s-{10 + at}", by=("l-1", "l-2")) for at in range(number)))
    (pair,) = together.together_page(parts).pairs
    return pair.events.count("](")


def stale_lines(number: int) -> int:
    parts = made_of(*rain(number, kind="plan", status="planned"), dated(date(2032, 1, 1)))
    (_, _, make), *_ = coverage.coverage_pages(parts)
    return len(make().stale)  # type: ignore[union-attr]


def stops_on_a_road(number: int) -> int:
    days = [f"2031-05-{at + 1:02}" for at in range(number)]
    road = [Meeting(id=f"m{day}", name="Talk", status="held", date=parse(day), prepares="s-31") for day in days]
    parts = made_of(dated(DAY, at="s-31"), also=road)
    return drawn.road(record_of(parts, "s-31"), road, parts).count("<circle")


def rows_of_whom_somebody_met(number: int) -> int:
    parts = made_of(dated(DAY, at="s-31", by=tuple(f"l-{at}" for at in range(number + 1))))
    rows = list(parts.links.met["l-0"].items())
    return drawn.met(record_of(parts, "l-0"), rows, parts).count("<a ")


def years_of_a_timeline(number: int) -> int:
    parts = made_of(*(dated(date(2010 + at, 6, 1), at=f"s-{10 + at}") for at in range(number)))
    return drawn.all_events(parts, "").count("<a ")


def counted_boats(number: int, measure: str = "m-1") -> list[dict[str, object]]:
    figures = ({"measure": measure, "value": str(at)} for at in range(number))
    days = (date(2031, 1, 1) + timedelta(days=at) for at in range(number))
    return [dated(day, figure=one, about=("t-1",)) for day, one in zip(days, figures, strict=True)]


def values_of_a_measure(number: int) -> int:
    parts = made_of(*counted_boats(number))
    (told,) = entities.subject_page(record_of(parts, "t-1"), parts).figures
    return told.count("sources/x.md")


def measures_of_a_topic(number: int) -> int:
    parts = made_of(*(one for at in range(number) for one in counted_boats(1, f"m-{at}")))
    return sum("boats" in one for one in entities.subject_page(record_of(parts, "t-1"), parts).figures)


def charts_of_a_topic(number: int) -> int:
    parts = made_of(*(one for at in range(number) for one in counted_boats(2, f"m-{at}")))
    return len(set(re.findall(r">(Measure m-\d+)<", entities.subject_page(record_of(parts, "t-1"), parts).chart)))


def summits_at_home(number: int) -> int:
    parts = made_of(*(dated(DAY, at=f"s-{10 + at}") for at in range(number)))
    page = lists.home_page(parts)
    assert page.more_summits == number - len(page.summits)
    return len(page.summits)


def articles_at_home(number: int) -> int:
    articles = [
        Source(id=f"a-{at}", name="A", type="article", publisher="A", url="https://a.example/", language="en")
        for at in range(number)
    ]
    page = lists.home_page(made_of(also=articles))
    assert page.more_sources == number - len(page.sources)
    return len(page.sources)


def figures_on_one_page(number: int) -> int:
    (_, _, make), *_ = lists.figures_pages(made_of(*counted_boats(number)))
    return sum(len(one.rows) for one in make().series)  # type: ignore[union-attr]


DAY = date(2031, 6, 1)
ROOM_FOR = {
    home_of_leaders: 10, home_of_topics: 16, summits_at_home: 24, articles_at_home: 24, topics_of_a_leader: 12,
    topics_of_a_summit: 24, what_mattered: 3, left_open: 3, newest_facts: 25, facts_on_a_page: 100,
    sentences_in_a_file: 250, values_of_a_facet: 8, people_drawn: 16, pairs_listed: 100, events_of_a_pair: 12,
    stale_lines: 200, stops_on_a_road: 14, rows_of_whom_somebody_met: 14, years_of_a_timeline: 12,
    values_of_a_measure: 24, measures_of_a_topic: 12, charts_of_a_topic: 12,
}  # fmt: skip


@pytest.mark.parametrize("shown", ROOM_FOR, ids=lambda one: one.__name__)
def test_a_page_shows_as_much_as_it_has_room_for(shown: Callable[[int], int]) -> None:
    room = ROOM_FOR[shown]

    assert [shown(number) for number in (room - 1, room, room + 1)] == [room - 1, room, room]


def test_what_has_no_room_on_one_page_has_pages_of_its_own() -> None:
    assert [figures_on_one_page(number) for number in (179, 180, 181)] == [179, 180, 0]
