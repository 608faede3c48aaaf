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
from few_records import DAY, NAMED, dated, made_of, rain, record_of
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
    Meeting,
    Place,
    Post,
    Source,
    Summit,
    Topic,
)
from generator.register import registered
from generator.render import render
from generator.search import documents
from generator.view import (
    agenda,
    coverage,
    drawn,
    entities,
    explore,
    gist,
    listed,
    lists,
    numbers,
    pages,
    stale,
    together,
)
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

    @pytest.mark.parametrize(
        ("years", "lengths"),
        [
            ((3, 1), [4]),
            ((3, 2), [3, 2]),
            ((2, 3), [2, 3]),
            ((1, 4), [1, 4]),
            ((1, 5), [4, 2]),  # a year longer than a page begins where at least half a page is left
            ((2, 5), [4, 3]),
            ((3, 5), [3, 4, 1]),
            ((4, 5), [4, 4, 1]),
            ((5, 1), [4, 2]),
            ((5, 4), [4, 1, 4]),
        ],
    )
    def test_a_year_is_cut_only_where_it_is_longer_than_a_page(
        self, years: tuple[int, ...], lengths: list[int]
    ) -> None:
        items = [f"{2031 + at}-{one}" for at, number in enumerate(years) for one in range(number)]

        assert [len(page) for page in pages.spread(items, (year,), 4)] == lengths

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


@pytest.mark.parametrize(
    ("number", "at", "shown"),
    [
        (2, 1, "1 2"),
        (9, 0, "1 2 3 4 5 6 7 8 9"),
        (9, 8, "1 2 3 4 5 6 7 8 9"),
        (10, 0, "1 2 3 4 5 6 7 8 … 10"),
        (10, 4, "1 2 3 4 5 6 7 8 … 10"),
        (10, 5, "1 … 3 4 5 6 7 8 9 10"),
        (10, 9, "1 … 3 4 5 6 7 8 9 10"),
        (11, 5, "1 … 3 4 5 6 7 8 9 … 11"),
        (100, 50, "1 … 48 49 50 51 52 53 54 … 100"),
    ],
)
def test_at_most_nine_pages_are_led_to(number: int, at: int, shown: str) -> None:
    ways = pages.pager("topics/fog.md", ["x"] * number, at).ways

    assert " ".join(re.sub(r"^\[(\d+):.*|^<[^>]*>(\d+):.*", r"\1\2", way) for way in ways) == shown
    assert [way.startswith("<span aria-current") for way in ways if f">{at + 1}:" in way] == [True]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("topics/index.md", "topics/"),
        ("topics/fog.md", "topics/fog/"),
        ("topics/fog/2.md", "topics/fog/2/"),
        ("topics/card-index.md", "topics/card-index/"),
    ],
)
def test_a_page_has_the_address_that_its_builder_gives_it(path: str, address: str) -> None:
    assert pages.address(path) == address


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
    assert "The last 10 years with events; 2,400 earlier ones" in months


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


def topics_of_a_description(number: int) -> int:
    talk = Meeting(id="talk", name="Talk", status="held")
    parts = made_of(*(dated(DAY, at="talk", about=(f"t-{at}",)) for at in range(number)), also=[talk])
    return entities.meeting_page(talk, parts).head.description.count("Topic")


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
    return sum("Xebecs" in one for one in entities.subject_page(record_of(parts, "t-1"), parts).figures)


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


ROOM_FOR = {
    topics_of_a_description: 3,
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


def test_numbers_that_have_no_room_are_counted_and_led_to() -> None:
    def last(number: int) -> str:
        parts = made_of(*(one for at in range(number) for one in counted_boats(1, f"m-{at}")))
        return entities.subject_page(record_of(parts, "t-1"), parts).figures[-1]

    assert last(13) == "[1 more number](../figures/index.md)"
    assert last(14) == "[2 more numbers](../figures/index.md)"


def said(day: str, who: str, words: str, **keys: object) -> dict[str, object]:
    evidence = {"source": "x", "quote": {"exact": words}, "speaker": who}
    return {"date": day, "kind": "statement", "text": "Words.", "evidence": (evidence,), **keys}


SAID = [
    said("2030-12-31", "l-2", "a"), said("2031-01-01", "l-1", "b"), said("2031-01-02", "l-2", "c"),
    said("2031-02-01", "l-2", "d"), said("2031-03-01", "l-1", "e"),
]  # fmt: skip


def test_many_quotations_have_pages_by_year_and_few_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    (_, _, make), *others = lists.quotations_pages(made_of(*SAID[:2]))
    few = make()
    (path, rests_on, make), *of_years = lists.quotations_pages(made_of(*SAID, said("2031-03-02", "l-3", "f")))
    first, further = make(), {path: make() for path, _, make in of_years}

    assert not others
    assert (few.which, few.speakers, few.trail) == ((), (), ())
    assert [year for year, _ in few.years] == ["2030", "2031"]
    assert (path, rests_on, first.title, first.pages) == ("quotations/index.md", "", "Quotations", pages.Pager())
    assert first.lead.startswith("6 quotations, each found letter by letter")
    assert first.which == (("[2030](2030.md)", 1), ("[2031](2031.md)", 5))
    assert first.speakers == (
        ("[Leader l-2](../leaders/l-2.md)", 3),
        ("[Leader l-1](../leaders/l-1.md)", 2),
        ("[Leader l-3](../leaders/l-3.md)", 1),
    )
    ((heading, latest),) = first.years
    assert (heading, [one.quote.exact for one in latest]) == ("The latest", ["f", "e", "d", "c", "b", "a"])
    assert {path: [one.quote.exact for _, told in page.years for one in told] for path, page in further.items()} == {
        "quotations/2030.md": ["a"],
        "quotations/2031.md": ["b", "c"],
        "quotations/2031/2.md": ["d"],
        "quotations/2031/3.md": ["e", "f"],
    }
    second = further["quotations/2031/2.md"]
    assert (second.title, second.which, second.speakers) == ("Quotations of 2031, page 2", (), ())
    assert second.description == "Exact words of February 2031, each proven against its source."
    assert second.lead.startswith("Exact words of 2031, each found letter by letter")
    assert second.trail == ("[Home](../../index.md)", "[Quotations](../../quotations/index.md)")
    assert second.pages.ways == (
        "[1: January](../2031.md)", '<span aria-current="page">2: February</span>', "[3: March](3.md)"
    )  # fmt: skip
    assert further["quotations/2031.md"].title == "Quotations of 2031"
    assert further["quotations/2031.md"].trail[0] == "[Home](../index.md)"
    assert all(rests_on.endswith("])") for _, rests_on, _ in of_years)
    assert rests_of(of_years) == [["x-f0001"], ["x-f0002", "x-f0003"], ["x-f0004"], ["x-f0005", "x-f0006"]]


def rests_of(made: Iterable[tuple[str, str, object]]) -> list[list[str]]:
    """Return the ids of the facts that each page is said to rest on."""
    return [re.findall(r"x-f\d+", rests_on) for _, rests_on, _ in made]


def test_the_latest_quotations_are_those_of_so_many_facts() -> None:
    days = [f"{2000 + at // 12}-{at % 12 + 1:02}-01" for at in range(361)]
    for number, latest in ((360, 360), (361, lists.NEWEST)):
        (_, _, make), *others = lists.quotations_pages(made_of(*(said(day, "l-1", day) for day in days[:number])))
        assert sum(len(told) for _, told in make().years) == latest
        assert bool(others) is (number > 360)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ((), None),
        ((3, 14, 16), 14),  # as far from 15 as 16 is, and first
        ((3, 16, 14), 16),
        ((3, 15, 14), 15),
        ((29, 2), 2),
    ],
)
def test_the_fact_on_the_home_page_quotes_about_fifteen_words(words: tuple[int, ...], shown: int | None) -> None:
    spoken = [said("2031-06-01", "l-1", "a " * number + "a", at="s-31") for number in (number - 1 for number in words)]
    others = (
        dated(DAY, at="s-31"),
        said("2031-06-01", "l-1", "b b b b b b b b b b b b b b b"),
    )  # one without words, one of no event
    example = lists.home_page(made_of(*others, *spoken)).example

    assert (len(example.quotes[0].exact.split()) if example else None) == shown


def test_a_fact_of_which_one_piece_of_evidence_is_spoken_is_a_spoken_one() -> None:
    spoken = {"source": "x", "quote": {"exact": "We will sail at noon."}, "speaker": "l-1"}
    fact = dated(DAY, at="s-31", evidence=({"source": "x", "quote": {"exact": "They sailed at noon."}}, spoken))
    parts = made_of(fact)
    (make,) = (make for _, _, make in lists.quotations_pages(parts))

    assert lists.home_page(parts).example
    assert make().lead.startswith("1 quotation, ")


def card_titles(page: lists.IndexPage) -> list[str]:
    return [re.sub(r"\].*|\[", "", card.title) for group in page.groups for card in group.cards]


SUMMITS = {
    "s-29": "2029-06-01", "s-30": "2030-06-01", "s-31": "2031-06-01", "s-40": None, "s-41": None,
}  # fmt: skip


def test_a_long_list_of_records_goes_on_and_says_what_stands_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    days = {id: parse(day) if day else None for id, day in SUMMITS.items()}
    summits = [Summit(id=id, name=id, status="held", series="series", date=day) for id, day in days.items()]
    talks = [Meeting(id=f"t{id}", name=f"t{id}", status="held", date=day) for id, day in days.items()]
    papers = [
        Source(id=id, name=id, type="article", publisher=id, url="https://a.example/", language="en", published=day)
        for id, day in (("a", parse("2031-05-05")), ("b", parse("2030-05-05")), ("c", None))
    ]
    people = [Leader(id=f"l-{at}", name=name) for at, name in enumerate(("Zoe Ash", "Bo Reed", "Al Reed"))]
    made = dict(lists.index_pages(made_of(also=[*summits, *talks, *papers, *people])))
    first, second = made["summits/index.md"](), made["summits/index/2.md"]()

    assert [path for path in made if path.startswith("summits")] == [
        "summits/index.md", "summits/index/2.md", "summits/index/3.md",
    ]  # fmt: skip
    assert (first.title, first.trail, first.description) == ("Summits", (), lists.LEADS["summits"])
    assert (second.title, second.lead) == ("Summits, page 2", lists.LEADS["summits"])
    assert second.description == "Summits, page 2: 2031 to date not known."
    assert second.trail == ("[Home](../../index.md)", "[Summits](../../summits/index.md)")
    assert [(one.heading, one.anchor) for one in second.groups] == [("Series", "series")]
    assert [card_titles(make()) for path, make in made.items() if path.startswith("summits")] == [
        ["s-29", "s-30"], ["s-31", "s-40"], ["s-41"],
    ]  # fmt: skip
    assert second.pages.ways == (
        "[1: 2029 to 2030](../index.md)",
        '<span aria-current="page">2: 2031 to date not known</span>',
        "[3: date not known](3.md)",
    )
    talks_made = {path: make() for path, make in made.items() if path.startswith("meetings")}
    assert {path: [(one.heading, one.anchor) for one in page.groups] for path, page in talks_made.items()} == {
        "meetings/index.md": [("2029", "y2029"), ("2030", "y2030")],
        "meetings/index/2.md": [("2031", "y2031")],
        "meetings/index/3.md": [("Date not known", "ydate-not-known")],
    }
    assert [card.lead for group in talks_made["meetings/index.md"].groups for card in group.cards] == [
        "1 June 2029", "1 June 2030",
    ]  # fmt: skip
    papers_made = made["sources/index.md"](), made["sources/index/2.md"]()
    assert [card_titles(page) for page in papers_made] == [["b", "a"], ["c", "X"]]
    assert [(one.heading, one.anchor) for one in papers_made[1].groups] == [
        ("Articles", "articles"), ("Pages that are only cited", "pages"),
    ]  # fmt: skip
    assert papers_made[0].pages.ways[1] == "[2: undated](index/2.md)"
    assert [card_titles(made[path]()) for path in ("leaders/index.md", "leaders/index/2.md")] == [
        ["Zoe Ash", "Al Reed"], ["Bo Reed"],
    ]  # fmt: skip
    assert made["leaders/index/2.md"]().pages.ways[0] == "[1: Zoe Ash to Al Reed](../index.md)"


@pytest.mark.parametrize(
    ("days", "beside", "told"),
    [
        (["2031-03-01"], [], "2031"),
        (["2031-03-01", "2033-01-01"], [], "2031 to 2033"),
        (["2031-03-01", "2031-05-02"], ["2032-06-01"], "2031"),
        (["2031-03-01", "2031-05-02"], ["2031-06-01"], "March to May 2031"),
        (["2031-03-01", "2031-03-09"], ["2031-03-10"], "March 2031"),
        (["2031-03-01", "2032-02-01"], ["2031-02-01"], "March 2031 to 2032"),
        (["2031-03-01", "2032-02-01"], ["2032-02-02"], "2031 to February 2032"),
        (["2031-03-01", "2032-02-01"], ["2031-02-01", "2032-02-02"], "March 2031 to February 2032"),
        (["2031-03-01", "2031-09-01", "2031-12-01"], ["2030-02-01", "2031-12-02"], "March to December 2031"),
    ],
)
def test_what_a_page_holds_is_told_by_years_and_by_months_where_a_year_is_cut(
    days: list[str], beside: list[str], told: str
) -> None:
    facts = [Fact(id=f"x-f{at:02}", date=parse(day), kind="event", text="Fog.", evidence=()) for at, day in
             enumerate([*days, *beside])]  # fmt: skip

    assert listed.time_of(facts[: len(days)], facts[len(days) :]) == told


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        (["2031-01-01", "2031-02-01"], ["2031"]),
        (["2030-01-01", "2031-01-01", "2031-02-01"], ["2030", "2031"]),
        (["2031-01-01", "2031-01-02", "2031-02-01"], ["January 2031", "February 2031"]),
        (
            ["2031-01-01", "2031-02-01", "2031-03-01", "2031-04-01", "2031-05-01"],
            ["January to February 2031", "March to April 2031", "May 2031"],
        ),
        (["2031-01-01", "2031-01-02", "2031-01-03"], ["January 2031", "January 2031"]),
        (
            ["2030-05-01", "2031-01-01", "2031-02-01", "2031-03-01", "2032-01-01"],
            ["2030 to January 2031", "February to March 2031", "2032"],
        ),
    ],
)
def test_the_facts_of_a_record_go_on_at_a_year_or_at_a_month(
    days: list[str], holds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = made_of(*(dated(date.fromisoformat(day), about=("t-1",)) for day in days))
    monkeypatch.setattr(pages, "ROOM", 2)
    lists_of = tuple(listed.listings(record_of(parts, "t-1"), parts.links))
    shares = listed.shares(tuple(one for one in lists_of if one.name in ("said", "facts")))

    assert listed.labels(shares, lists_of) == holds
    assert [fact for share in shares for fact in share["facts"]] == list(parts.links.facts)


@pytest.mark.parametrize(("lines", "first"), [(0, 4), (1, 4), (2, 3), (3, 3), (4, 2), (5, 2)])
def test_a_line_of_a_table_takes_half_the_room_of_a_fact(
    lines: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROOM", 4)
    facts = [Fact(id=f"x-f{at:02}", date=parse("2031-06-01"), kind="event", text="Fog.", evidence=()) for at in
             range(6)]  # fmt: skip
    table = listed.Listing("road", "The road to it", range(lines), ("When",), 4)
    shares = listed.shares((table, listed.Listing("facts", "Facts", facts)))

    assert len(shares[0]["facts"]) == first
    assert len(shares[0].get("road", ())) == min(lines, 4)
    assert [one for share in shares for one in share.get("road", ())] == list(range(lines))


def agendas(parts: Parts) -> dict[str, agenda.AgendaPage]:
    return {path: make() for path, _, make in agenda.agenda_pages(parts)}


def chips(page: agenda.AgendaPage) -> list[list[str]]:
    """Return the topics of each summit on *page* as `t-1 2`, and `3 more`."""
    return [[re.sub(r"\[(?:Topic )?(.*?)\].*?(?: <small>(\d+)</small>)?$", r"\1 \2", one).strip() for one in named]
            for _, named in page.summits]  # fmt: skip


def test_the_agenda_of_many_summits_goes_on_and_names_their_first_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    monkeypatch.setattr(agenda, "TOPICS", 2)
    undated = Summit(id="s-40", name="Summit s-40", status="planned", series="series")
    facts = [
        *(dated(DAY, at="s-29", about=(f"t-{at}",)) for at in (1, 2, 3)),
        dated(DAY, at="s-30"),
        *(dated(DAY, at="s-31", about=(f"t-{at}",)) for at in (2, 1, 2)),
    ]
    made = agendas(made_of(*facts, also=[undated]))
    first, second = made.values()

    assert list(made) == ["agenda/index.md", "agenda/2.md"]
    assert chips(first) == [["t-1 1", "t-2 1", "1 more"], [], ["t-2 2", "t-1 1"]]
    assert first.summits[0][1][2] == "[1 more](../agenda/s-29.md)"
    assert first.summits[2][1][0] == "[Topic t-2](../agenda/s-31.md#t-2) <small>2</small>"
    assert chips(second) == [[]]
    assert (first.number, second.number, second.drawing, second.left_out) == (1, 2, "", "")
    assert first.left_out == "1 topic with fewer facts"
    assert first.pages.ways == ('<span aria-current="page">1: 2029 to 2031</span>', "[2: no date](2.md)")


@pytest.mark.parametrize(("topics", "named"), [(4, 4), (5, 5), (6, 2)])
def test_all_topics_are_named_while_they_are_few(topics: int, named: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 2)
    monkeypatch.setattr(agenda, "TOPICS", 2)
    (page,) = agendas(made_of(*(dated(DAY, at="s-31", about=(f"t-{at}",)) for at in range(topics)))).values()

    assert sum("<small>" in one for one in page.summits[0][1]) == named


@pytest.mark.parametrize(
    ("topics", "summits", "left_out"),
    [
        (24, 12, ""),
        (25, 12, "1 topic with fewer facts"),
        (24, 13, "1 earlier summit"),
        (26, 14, "2 topics with fewer facts and 2 earlier summits"),
    ],
)
def test_the_agenda_says_what_is_not_drawn(topics: int, summits: int, left_out: str) -> None:
    facts = [dated(DAY, at=f"s-{10 + at}", about=("t-0",)) for at in range(summits)]
    page = agendas(made_of(*facts, *(dated(DAY, at="s-10", about=(f"t-{at}",)) for at in range(topics))))
    drawing = page["agenda/index.md"].drawing

    assert page["agenda/index.md"].left_out == left_out
    assert drawing.count('class="row"') == min(topics, 24)
    assert drawing.count('class="column"') == min(summits, 12)


def test_a_drawn_topic_leads_to_the_page_of_the_agenda_on_which_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    facts = [dated(DAY, at="s-31", about=(id,)) for id in ("t-1", "t-1", "t-1", "t-2")]
    (page,) = agendas(made_of(*facts)).values()

    assert re.findall(r'href="([^"]*)" aria-label="([^"]*)"', page.drawing) == [
        ("s-31/#t-1", "Topic t-1, Summit s-31: 3 facts"),
        ("s-31/2/#t-2", "Topic t-2, Summit s-31: 1 fact"),
    ]
    assert re.findall(r'class="column"[^>]*>([^<]*)<', page.drawing) == ["Summit s-31 2031"]


def test_a_long_agenda_of_a_summit_goes_on_within_a_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    name = "What was said of boats and of the sea in all kinds of weather"
    days = [f"2031-05-{at:02}" for at in range(1, 6)]
    facts = [dated(date.fromisoformat(day), at="s-31", about=("t-1", "l-1")) for day in days]
    long = Topic(id="t-1", name=name, scope="Fog.")
    parts = made_of(*facts, dated(DAY, at="s-31", about=("t-2",)), also=[long])
    made = {path: make() for path, _, make in agenda.summit_agenda_pages(record_of(parts, "s-31"), parts)}
    first, second = made.values()

    assert list(made) == ["agenda/s-31.md", "agenda/s-31/2.md"]
    assert [[(talk.anchor, len(talk.facts)) for talk in page.talks] for page in (first, second)] == [
        [("t-1", 3)], [("t-1", 2), ("t-2", 1)],
    ]  # fmt: skip
    assert second.talks[0].facts[0] == "[4 May 2031](../../sources/x.md#f0004): It rained on 2031-05-04."
    assert (second.talks[1].topic, second.talks[1].page) == ("Topic t-2", "[All facts on it](../../topics/t-2.md)")
    assert (first.title, second.title) == (
        "On the agenda: Summit s-31", "On the agenda: Summit s-31, page 2"
    )  # fmt: skip
    assert (first.window, second.window) == (first.title, second.title)
    assert second.description.endswith("Summit s-31 and on the road to it, topic by topic, page 2.")
    assert second.trail == ("[Home](../../index.md)", "[On the agenda](../../agenda/index.md)")
    assert second.pages.ways == (
        "[1: from What was said of boats and of…](../s-31.md)",
        '<span aria-current="page">2: from What was said of boats and of…</span>',
    )
    assert (second.pages.before, second.pages.after) == ("agenda/s-31/", "")


@pytest.mark.parametrize(
    ("figures", "belongs"),
    [
        ([{"about": ("o-1",)}], False),  # a number that never changed
        ([{"about": ("o-1",)}, {"about": ("o-1",)}], True),
        ([{"by": ("o-1",)}, {"about": ("o-1", "l-2")}], True),
        ([{"about": ("o-1",)}, {"about": ("l-2",)}], False),
        ([{"about": ("l-1",)}, {"about": ("l-1",)}], False),  # a person acted there too
        ([{"about": ("o-1",)}, {"about": ("o-1",), "figure": {"measure": "m-1", "words": "some"}}], False),
        ([{"at": "s-31"}], True),
        ([{"at": "s-30"}], False),
    ],
)
def test_a_summit_has_its_own_numbers_and_those_that_changed_of_who_acted_there(
    figures: list[dict[str, object]], belongs: bool
) -> None:
    told = [dated(DAY, **{"figure": {"measure": "m-1", "value": "3"}, "kind": "figure", **one}) for one in figures]
    parts = made_of(dated(DAY, at="s-31", by=("o-1", "l-1", "x")), *told)

    of_summit = numbers.of_summit(record_of(parts, "s-31"), parts.links)
    assert [measure.id for measure, _ in of_summit] == (["m-1"] if belongs else [])


@pytest.mark.parametrize(("measures", "values"), [(1, 24), (5, 24), (6, 20), (12, 10), (20, 10)])
def test_many_measures_show_fewer_values_each(measures: int, values: int) -> None:
    many = [one for at in range(measures) for one in counted_boats(30, f"m-{at}")]
    parts = made_of(*many)
    told = entities.subject_page(record_of(parts, "t-1"), parts).figures

    assert told[0].count("sources/x.md") == values
    assert f"[{30 - values} earlier ones](../figures/index.md#m-0), [" in told[0]


# What drawings show


@pytest.mark.parametrize(
    ("date_of", "shown"),
    [
        ("2031", "2031-07-02"),
        ("2031-06", "2031-06-15"),
        ("2031-06-14", "2031-06-14"),
        ("2031-06-14/2031-06-20", "2031-06-17"),
        ("2031-12-30/2032-02-01", "2031-12-30"),  # in the year it is filed under
        ("2031-12-01/..", "2031-12-16"),
        ("../2019-03-04", "2019-03-04"),
    ],
)
def test_a_drawing_shows_a_date_in_the_middle_of_what_it_can_mean(date_of: str, shown: str) -> None:
    assert drawn.day(parse(date_of)).isoformat() == shown


@pytest.mark.parametrize(
    ("day", "at"), [("2031-01-01", 0.5 / 365), ("2031-12-31", 364.5 / 365), ("2032-12-31", 365.5 / 366)]
)
def test_a_day_stands_in_its_year_to_scale(day: str, at: float) -> None:
    assert drawn.into_year(date.fromisoformat(day)) == pytest.approx(at)


@pytest.mark.parametrize(
    ("date_of", "label"),
    [
        ("2031-06-14", "Summit x, 14 June"),
        ("2031-06", "Summit x, June"),
        ("2031", "Summit x"),
        ("../2031-06-14", "Summit x, 14 June"),
        ("2031-06-14/..", "Summit x, 14 June"),
    ],
)
def test_a_summit_on_a_timeline_tells_its_day_as_far_as_it_is_known(date_of: str, label: str) -> None:
    summit = Summit(id="x", name="Summit x", status="planned", series="series", date=parse(date_of))
    dot = drawn.event_dot(summit, made_of(also=[summit]), "../", 3)

    assert dot
    assert (dot.label, dot.kind, dot.href, dot.planned, dot.weight) == (label, "summit", "../summits/x/", True, 3)
    assert dot.name.endswith(", 3 facts, only planned as far as is known")


def test_a_meeting_on_a_timeline_has_no_label_and_no_dot_without_a_date() -> None:
    meeting = Meeting(id="x", name="Talk", status="held", date=parse("2031-01-01"))
    dot = drawn.event_dot(meeting, made_of(), "")

    assert dot == svg.Dot(2031, 0.5 / 365, "meeting", "Talk, 1 January 2031", "meetings/x/")
    assert drawn.event_dot(meeting.model_copy(update={"date": None}), made_of(), "") is None


def test_a_date_that_goes_on_in_the_next_year_stands_in_its_first() -> None:
    parts = made_of({"date": "2030-12-01/2031-02-01", "kind": "event", "text": "Ice.", "about": ("t-1",)},
                    dated(DAY, about=("t-1",)))  # fmt: skip
    drawing = drawn.of_facts(parts.links.about["t-1"], "it", parts)

    assert re.findall(r'aria-label="([^"]*)"', drawing) == [
        "1 December 2030 to 1 February 2031: Ice.",
        "1 June 2031: It rained on 2031-06-01.",
    ]
    assert re.findall(r'<circle cx="([^"]*)"', drawing)[0] == "93.9%"


def test_facts_on_a_timeline_stand_with_their_event_and_else_by_their_day() -> None:
    days = (date(2031, 1, 2), date(2031, 1, 2), date(2031, 1, 3))
    facts = [dated(day, about=("t-1",)) for day in days]
    parts = made_of(*facts, *(dated(DAY, at=id, about=("t-1",)) for id in ("s-31", "s-30", "s-31")))
    drawing = drawn.of_facts(parts.links.about["t-1"], "Fog", parts)

    assert re.findall(r'href="([^"]*)" aria-label="([^"]*)"', drawing) == [
        ("../../summits/s-30/", "Summit s-30, 1 June 2030, 1 fact"),
        ("../../summits/s-31/", "Summit s-31, 1 June 2031, 2 facts"),
        ("../../sources/x/#f0001", "2 January 2031: 2 facts"),
        ("../../sources/x/#f0003", "3 January 2031: It rained on 2031-01-03."),
    ]
    assert "When Fog was talked about: the numbers are facts" in drawing


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a, b"),
        (["a", "b", "c"], "a, b and 1 other"),
        (["a", "b", "c", "d"], "a, b and 2 others"),
    ],
)
def test_of_many_people_two_are_named(names: list[str], told: str) -> None:
    assert drawn.people(names) == told


def road(*days: str | None, summit: str | None = "2031-06-14/2031-06-15", **keys: object) -> str:
    """Return the drawing of the road to a summit with a meeting on each of *days*."""
    goal = Summit(id="s", name="Summit s", status="held", series="series", date=parse(summit) if summit else None)
    talks = [
        Meeting.model_validate({"id": f"m-{at}", "name": f"Talk {at}", "status": "held", "date": day, **keys})
        for at, day in enumerate(days)
    ]
    return drawn.road(goal, talks, made_of(also=[goal, *talks, NAMED["l"]("l-1")]))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2031-06-12", "2 days before: Talk 0"),
        ("2031-06-13", "1 day before: Talk 0"),
        ("2031-06-14", "the same day: Talk 0"),
        ("2031-06-15", "1 day after: Talk 0"),
        ("2031-06-16", "2 days after: Talk 0"),
        ("2031-05", "44 days before: Talk 0"),
    ],
)
def test_a_stop_on_the_road_tells_how_far_it_is_from_the_summit(day: str, told: str) -> None:
    assert f">{told}<" in road(day)


def test_stops_on_the_road_are_to_scale() -> None:
    drawing = road("2031-06-04", "2031-06-09", None, "2031-06-14", "2031-06-16")

    assert re.findall(r'<circle cx="([^"]*)"', drawing) == ["2.0%", "50.0%", "98.0%", "98.0%"]
    assert "4 meetings before it, by the days between; the list below has 1 more" in drawing
    assert 'href="../../meetings/m-0/" aria-label="Talk 0, 4 June 2031"' in drawing
    assert 'class="summit" href="../../summits/s/" aria-label="Summit s"' in drawing
    assert ">14 to 15 June 2031: Summit s<" in drawing
    assert "10 days before: Leader l-1" in road("2031-06-04", participants=({"person": "l-1"},))
    assert 'class="meeting planned"' in road("2031-06-04", status="planned")
    assert "1 meeting before it, by the days between; they are listed below" in road("2031-06-14")


def test_where_nothing_has_a_date_no_road_is_drawn() -> None:
    assert road() == road(None) == road("2031-06-04", summit=None) == ""


def dot_of(at: float, kind: str = "meeting", **keys: Any) -> svg.Dot:
    return svg.Dot(2031, at, kind, f"{kind} {at}", f"{kind}/{at}/", **keys)


def test_a_timeline_needs_two_dots() -> None:
    assert drawn.timeline([dot_of(0.5), None], "t", "T", "o") == ""
    assert drawn.timeline([dot_of(0.5), dot_of(0.6)], "t", "T", "o").count("<a ") == 2


@pytest.mark.parametrize(
    ("dots", "names"),
    [
        ([dot_of(at) for at in (0.1, 0.2)], ["meeting 0.1", "meeting 0.2"]),
        (
            [dot_of(at) for at in (0.01, 0.02, 0.99)],
            ["January 2031: 2 meetings; the first is meeting 0.01", "meeting 0.99"],
        ),
        (
            [dot_of(0.01), dot_of(0.02, "fact", weight=2), dot_of(0.03, "fact", weight=3)],
            ["meeting 0.01", "January 2031: 5 facts; the first is fact 0.02"],
        ),
        (
            [dot_of(0.01, weight=1), dot_of(0.02, weight=2, events=3), dot_of(0.5, "summit")],
            ["January 2031: 4 meetings, 3 facts; the first is meeting 0.01", "summit 0.5"],
        ),
        (
            [dot_of(at, "summit") for at in (0.01, 0.02, 0.03)],
            ["January 2031: 3 summits; the first is summit 0.01"],
        ),
    ],
)
def test_more_dots_than_fit_stand_for_all_of_their_kind_in_a_month(
    dots: list[svg.Dot], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "DOTS", 2)

    assert [one.name for one in drawn._fewer(dots)] == names


@pytest.mark.parametrize(("planned", "shown"), [((True, True), True), ((True, False), False)])
def test_the_dot_of_a_month_is_planned_where_all_of_it_is(
    planned: tuple[bool, bool], shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "DOTS", 1)
    (dot,) = drawn._fewer([dot_of(0.01, planned=planned[0]), dot_of(0.02, planned=planned[1])])

    assert (dot.planned, dot.at, dot.href, dot.events) == (shown, 0.5 / 12, "meeting/0.01/", 2)


def test_years_are_left_out_until_the_others_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "DOTS", 2)
    dots = [svg.Dot(year, 0.5, "summit", f"{year} {at}", "x/") for year in (2029, 2030, 2031) for at in (1, 2)]
    one, two = drawn.timeline(dots[2:], "t", "T", "listed"), drawn.timeline(dots[::2], "t", "T", "listed")

    assert one.count("<a ") == 2
    assert '<p class="left-out">The last 2 years with events; 1 earlier one: listed.</p>' in two
    assert "From 2030 to 2031, 2 in all; listed." in two
    monkeypatch.setattr(drawn, "DOTS", 1)
    assert '<p class="left-out">The last year with events; 2 earlier ones: listed.</p>' in drawn.timeline(
        dots[::2], "t", "T", "listed"
    )


def test_a_drawing_that_scrolls_is_reached_by_the_keyboard() -> None:
    assert drawn.drawing_of("", "T", scrolls=True) == ""
    assert drawn.drawing_of("<svg/>", "T") == '<div class="drawing"><svg/></div>'
    assert ' tabindex="0" role="region" aria-label="T, scrolls sideways">' in drawn.drawing_of("<svg/>", "T", True)


# What is stale, on the day before, on the day and after it


def stale_of(parts: Parts) -> list[str]:
    return [re.sub(r"\]\([^)]*\)|\[", "", one.line) for one in stale.stale(parts)]


@pytest.mark.parametrize(
    ("keys", "newest", "is_stale"),
    [
        ({"date": "2031-05-31"}, DAY, True),
        ({"date": "2031-06-01"}, DAY, False),
        ({"date": "2031-05"}, DAY, True),
        ({"date": "2031-06"}, date(2031, 6, 30), False),
        ({"date": "2031-06"}, date(2031, 7, 1), True),
        ({"date": "2031-05-01/.."}, DAY, True),
        ({"date": "2031-06-01/.."}, DAY, False),
        ({"date": None, "as_of": "2031-01-01"}, DAY, True),
        ({"date": None, "as_of": "2031-01-01", "at": "s-31"}, DAY, False),  # the day of its event
        ({"date": None, "as_of": "2031-01-01", "at": "s-31"}, date(2031, 6, 2), True),
        ({"date": "2031-05-31", "status": "happened"}, DAY, False),
    ],
)
def test_a_plan_is_stale_after_its_last_day(keys: dict[str, object], newest: date, is_stale: bool) -> None:
    plan = {**dated(DAY, kind="plan", status="planned", by=("l-1",)), **keys}
    parts = made_of(plan, dated(newest))

    assert [one.startswith("A plan without a known outcome.") for one in stale_of(parts)] == [True] * is_stale
    assert all(one.records == {"l-1", *({"s-31"} if "at" in keys else ())} for one in stale.stale(parts))


def test_a_plan_for_an_event_without_a_date_is_stale_after_the_day_it_was_told() -> None:
    summit = Summit(id="s-40", name="S", status="planned", series="series")
    plan = {**dated(DAY, kind="plan", status="planned", at="s-40"), "date": None, "as_of": "2031-01-01"}

    assert len(stale_of(made_of(plan, dated(date(2031, 1, 2)), also=[summit]))) == 1
    assert not stale_of(made_of(plan, dated(date(2031, 1, 1)), also=[summit]))


@pytest.mark.parametrize(
    ("day", "status", "is_stale"),
    [("2031-05-31", "planned", True), ("2031-06-01", "planned", False), ("2031-05-31", "held", False),
     (None, "planned", False)],
)  # fmt: skip
def test_an_event_is_stale_after_the_day_for_which_it_was_planned(day: str | None, status: str, is_stale: bool) -> None:
    who = ({"person": "l-1"},)
    talk = Meeting.model_validate({"id": "talk", "name": "Talk", "status": status, "date": day, "participants": who})
    parts = made_of(dated(DAY), also=[talk])

    assert stale_of(parts) == ["An event of which no source tells that it was held: Talk"] * is_stale
    assert [one.records for one in stale.stale(parts)] == [{"talk", "l-1"}] * is_stale


@pytest.mark.parametrize(
    ("during", "told", "newest", "last"),
    [
        ("2029-01-01/..", (), date(2030, 1, 1), None),
        ("2029-01-01/..", (), date(2030, 1, 2), "1 January 2029"),
        ("2029-01-01/2029-12-31", (), date(2031, 1, 2), None),
        ("2029-01-01/..", ({"by": ("l-1",)},), date(2032, 5, 31), None),
        ("2029-01-01/..", ({"by": ("l-1",)},), date(2032, 6, 1), "1 June 2031"),
        ("2029-01-01/..", ({"about": ("l-1",)},), date(2032, 6, 1), "1 June 2031"),
        ("2029-01-01/..", ({"by": ("l-1",), "kind": "plan"},), date(2032, 6, 1), "1 January 2029"),
        ("2029-01-01/..", ({"about": ("l-1",), "kind": "plan"},), date(2032, 6, 1), "1 January 2029"),
    ],
)
def test_an_office_is_stale_a_year_after_the_last_that_tells_of_it(
    during: str, told: tuple[dict[str, object], ...], newest: date, last: str | None
) -> None:
    holder = Leader.model_validate({"id": "l-1", "name": "Ada", "memberships": ({"post": "p", "during": during},)})
    parts = made_of(*(dated(DAY, **one) for one in told), dated(newest), also=[holder, Post(id="p", name="Mayor")])

    line = f"An office without a known end: Ada, Mayor, last told of {last}"
    assert stale_of(parts) == ([line] if last else [])
    assert [one.records for one in stale.stale(parts)] == ([{"l-1", "p"}] if last else [])


@pytest.mark.parametrize(
    ("given", "newest", "last"),
    [
        (({"as_of": "2029-01-01"},), date(2030, 1, 1), None),
        (({"as_of": "2029-01-01"},), date(2030, 1, 2), "1 January 2029"),
        (({"as_of": "2029"},), date(2030, 12, 31), None),
        (({"as_of": "2029"},), date(2031, 1, 1), "2029"),
        (({"as_of": "2029-01-01"}, {"date": "2029-02-01"}), date(2031, 1, 2), None),  # since then it is no state
        (({"date": "2029-01-01"}, {"as_of": "2029-02-01"}), date(2031, 1, 2), "1 February 2029"),
        ((), date(2031, 1, 2), None),
    ],
)
def test_the_last_number_of_what_was_there_is_stale_after_a_year(
    given: tuple[dict[str, object], ...], newest: date, last: str | None
) -> None:
    figure = {"kind": "figure", "text": "Boats.", "figure": {"measure": "m-1", "value": "3"}}
    parts = made_of(*({**figure, **one} for one in given), dated(newest), also=[NAMED["m"]("m-1")])

    assert stale_of(parts) == ([f"The last figure is of {last}: Measure m-1"] if last else [])
    assert [one.records for one in stale.stale(parts)] == ([{"m-1"}] if last else [])


PAPER = Source(
    id="y", name="Y", type="page", publisher="Y", url="https://y.example/", language="en", published=parse("2031-06-04")
)


@pytest.mark.parametrize(
    ("facts", "also", "newest"),
    [
        ([], [], date.min),
        ([dated(DAY)], [], DAY),
        ([dated(DAY), dated(date(2031, 6, 2), kind="plan"), dated(date(2031, 6, 2), kind="commitment")], [], DAY),
        ([], [Meeting(id="m", name="M", status="held", date=parse("2031-06-03"))], date(2031, 6, 3)),
        ([dated(DAY)], [Meeting(id="m", name="M", status="planned", date=parse("2031-06-03"))], DAY),
        ([dated(DAY)], [Meeting(id="m", name="M", status="held")], DAY),
        ([dated(DAY)], [PAPER], date(2031, 6, 4)),
    ],
)
def test_the_newest_day_is_of_what_happened_or_was_reported(
    facts: list[dict[str, object]], also: list[Entity], newest: date
) -> None:
    assert stale.newest(made_of(*facts, also=also).links) == newest


# What is known


def known_pages(parts: Parts) -> dict[str, Any]:
    return {path: make() for path, _, make in coverage.coverage_pages(parts)}


@pytest.mark.parametrize(("leaders", "pages_made"), [(5, 1), (6, 1), (7, 2)])
def test_what_is_known_has_a_page_for_each_table_where_it_is_much(
    leaders: int, pages_made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROOM", 3)
    made = known_pages(made_of(also=[Leader(id=f"l-{at}", name=f"L {at}") for at in range(leaders)]))
    page = made["coverage/index.md"]

    assert len([path for path in made if path != "coverage/leaders/2.md"]) == pages_made
    assert len(page.leaders) == (leaders if pages_made == 1 else 0)
    assert page.newest == "no day"
    assert page.elsewhere == {
        "summits": "", "meetings": "", "unknown": "",
        "leaders": "[All 7 leaders](leaders.md)" if leaders == 7 else "",
    }  # fmt: skip


def test_the_tables_of_what_is_known_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    people = [Leader(id=f"l-{at}", name=name) for at, name in enumerate(("Zoe Ash", "Bo Reed", "Al Reed"))]
    summits = [Summit(id=id, name=id, status="held", series="series", date=parse(day) if day else None)
               for id, day in SUMMITS.items()]  # fmt: skip
    lost = Meeting(id="m", name="Talk", status="held", unknown={"part_of": "Nobody asked.", "place": "Unread."})
    made = known_pages(made_of(also=[*people, *summits, lost, Topic(id="t", name="T", scope="S", unknown={"x": "y"})]))

    assert list(made) == [
        "coverage/index.md", "coverage/summits.md", "coverage/summits/2.md", "coverage/summits/3.md",
        "coverage/leaders.md", "coverage/leaders/2.md", "coverage/meetings.md", "coverage/unknown.md",
        "coverage/unknown/2.md",
    ]  # fmt: skip
    first, second = made["coverage/leaders.md"], made["coverage/leaders/2.md"]
    assert (first.title, first.description) == (
        "What is known: leaders", "What is known: leaders: Zoe Ash to Al Reed."
    )  # fmt: skip
    assert second.title == "What is known: leaders, page 2"
    assert second.trail == ("[Home](../../index.md)", "[What is known](../../coverage/index.md)")
    assert [row.cells[0] for row in second.rows] == ["[Bo Reed](../../leaders/l-1.md)"]
    assert second.pages.ways[0] == "[1: Zoe Ash to Al Reed](../leaders.md)"
    assert made["coverage/summits/2.md"].pages.ways[1] == (
        '<span aria-current="page">2: 2031</span>'
    )  # fmt: skip
    assert [row.cells[1:] for row in made["coverage/unknown.md"].rows] == [
        ("part of", "Nobody asked."), ("place", "Unread."),
    ]  # fmt: skip
    assert made["coverage/unknown.md"].description == "What is known: values not known: meeting."


# Who met whom


def drawn_pairs(page: together.TogetherPage) -> list[tuple[str, str]]:
    return re.findall(r'href="([^"]*)" aria-label="([^"]*)"', page.drawing)


def test_a_number_of_who_met_whom_leads_to_the_line_of_the_pair_or_to_the_page_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(together, "PAIRS", 1)
    facts = [dated(DAY, at=id, by=by) for id, by in (("s-31", ("l-1", "l-2", "l-3")), ("s-30", ("l-2", "l-3")))]
    page = together.together_page(made_of(*facts, dated(DAY, at="s-29", by=("l-4", "l-5"))))

    assert drawn_pairs(page) == [
        ("#l-2--l-3", "Leader l-2 and Leader l-3 met twice"),
        ("../leaders/l-1/#met", "Leader l-2 and Leader l-1 met once"),
        ("../leaders/l-1/#met", "Leader l-3 and Leader l-1 met once"),
        ("../leaders/l-5/#met", "Leader l-4 and Leader l-5 met once"),
    ]  # and no number where two did not meet
    assert [(pair.anchor, pair.times) for pair in page.pairs] == [("l-2--l-3", "twice")]
    assert (page.people_left_out, page.pairs_left_out) == (0, 3)


def test_nobody_met_is_no_drawing() -> None:
    page = together.together_page(made_of(dated(DAY, at="s-31", by=("l-1",))))

    assert (page.drawing, page.people_left_out, page.pairs, page.pairs_left_out) == ("", 0, (), 0)


def test_who_met_most_comes_first_and_of_equals_the_longest_name() -> None:
    names = {"l-1": "Bo", "l-2": "Al", "l-3": "Zoe Ash", "l-4": "Cy"}
    people = [Leader(id=id, name=name) for id, name in names.items()]
    facts = [dated(DAY, at="s-30", by=("l-1", "l-2", "l-3")), dated(DAY, at="s-31", by=("l-4", "l-1"))]
    facts += [dated(DAY, at="s-32", by=("l-4", "l-1"))]
    page = together.together_page(made_of(*facts, also=people))

    assert re.findall(r'class="name"[^>]*>([^<]*)<', page.drawing) == ["Bo", "Cy", "Zoe Ash", "Al"]
    assert [pair.anchor for pair in page.pairs] == ["l-1--l-4", "l-1--l-3", "l-1--l-2", "l-3--l-2"]


@pytest.mark.parametrize(
    ("keys", "called"),
    [
        ({"date": "2031-06-01", "venue": "Quay", "place": "p"}, "1 June 2031, Quay"),
        ({"date": "2031-06-01", "place": "p"}, "1 June 2031, Port"),
        ({"date": "2031-06-01"}, "1 June 2031"),
        ({}, "date not known"),
        ({"place": "p"}, "date not known, Port"),
    ],
)
def test_where_two_met_is_told_by_its_day_and_place(keys: dict[str, object], called: str) -> None:
    who = ({"person": "l-1"}, {"person": "l-2"})
    talk = Meeting.model_validate({"id": "m", "name": "Talk", "status": "held", "participants": who, **keys})
    people = [NAMED["l"](id) for id in ("l-1", "l-2")]
    parts = made_of(also=[talk, Place(id="p", name="Port"), *people])
    page = entities.leader_page(record_of(parts, "l-1"), parts)

    assert [row.cells[1:] for row in page.met] == [("once", f"[{called}](../meetings/m.md)")]
    assert f'aria-label="Talk, {called.partition(", ")[0]}"' in page.met_drawing


# What mattered at a summit


def mattered(*facts: dict[str, object], also: Iterable[Entity] = ()) -> list[str]:
    parts = made_of(*({**dated(DAY, at="s-31"), **one} for one in facts), also=also)
    return [fact.id[-1] for fact in gist.highlights(record_of(parts, "s-31"), parts.links)]


def test_what_mattered_goes_by_kind_then_by_sources_then_by_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gist, "MOST", 9)
    kinds = ("background", "statement", "figure", "commitment", "plan", "event", "decision")
    y, z = (Source(id=id, name=id, type="page", publisher=id, url="https://x.example/", language="en") for id in "yz")
    copy = y.model_copy(update={"derived_from": "x"})
    inferred, cited = {"source": "x", "inferred": "It follows."}, {"source": "x"}

    assert mattered(*({"kind": kind} for kind in kinds)) == ["7", "6", "4", "3", "2", "1"]
    assert mattered({}, {"evidence": (cited, {"source": "z"})}, also=[z]) == ["2", "1"]
    assert mattered({}, {"evidence": (cited, {"source": "y"})}, also=[copy]) == ["1", "2"]
    assert mattered({"evidence": (inferred,)}, {}) == ["2", "1"]
    assert mattered({"evidence": (inferred,)}, {"evidence": (inferred, cited)}) == ["2", "1"]
    assert mattered({}, {}) == ["1", "2"]


def test_a_plan_that_mattered_is_not_left_open_too() -> None:
    plans = [dated(DAY, at="s-31", kind="plan", status=status) for status in ("planned", "happened", "planned")]
    parts = made_of(*plans, dated(date(2031, 1, 1), kind="plan", status="planned", about=("s-31",)))
    summit = record_of(parts, "s-31")
    chosen = summit.model_copy(update={"highlights": ("x-f0001",)})

    assert [fact.id for fact in gist.left_open(summit, parts.links)] == ["x-f0004", "x-f0001", "x-f0003"]
    assert [fact.id for fact in gist.left_open(chosen, parts.links)] == ["x-f0004", "x-f0003"]


# The timeline


def test_a_long_timeline_goes_on_at_a_year_or_a_month_also_without_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 1)
    days = ["2030-01-01", "2031-02-01", "2031-02-02", "2031-03-01", None, None, None]
    talks = [
        Meeting.model_validate(
            {"id": f"m-{at}", "name": f"Talk {at}", "status": "planned", "date": day, "type": "visit"}
        )
        for at, day in enumerate(days)
    ]
    made = {path: make() for path, make in lists.timeline_pages(made_of(also=talks))}

    assert {path: [(year, len(rows)) for year, rows in page.years] for path, page in made.items()} == {
        "timeline/index.md": [("2030", 1)],
        "timeline/2.md": [("2031", 2)],
        "timeline/3.md": [("2031", 1), ("Date not known", 1)],
        "timeline/4.md": [("Date not known", 2)],
    }
    assert [page.number for page in made.values()] == [1, 2, 3, 4]
    assert [bool(page.timeline) for page in made.values()] == [True, False, False, False]
    assert made["timeline/4.md"].pages.ways[1:4] == (
        "[2: 2031](2.md)", "[3: 2031 to Date not known](3.md)", '<span aria-current="page">4: Date not known</span>',
    )  # fmt: skip
    assert [row.cells for _, rows in made["timeline/3.md"].years for row in rows] == [
        ("1 March 2031", "Visit", "[Talk 3](../meetings/m-3.md) (planned)", ""),
        ("date not known", "Visit", "[Talk 4](../meetings/m-4.md) (planned)", ""),
    ]


# Facts by year and by month


@pytest.mark.parametrize(
    ("date_of", "heading"),
    [
        ("2031-03-04", "March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031, no month given"),
        ("2031-03-30/2031-04-02", "March 2031"),
        ("2031-03-04/..", "March 2031"),
        ("../2031-03-04", "March 2031"),
        ("../2031", "2031, no month given"),
        ("2031/2032", "2031, no month given"),
    ],
)
def test_a_fact_stands_under_the_month_in_which_it_begins(date_of: str, heading: str) -> None:
    _, (path, _, make) = lists.facts_pages(made_of({"date": date_of, "kind": "event", "text": "Ice."}))

    assert (path, [one.heading for one in make().sections]) == ("facts/2031.md", [heading])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([], "All 0 facts: by year, summit, leader, topic and source."),
        (["2031-01-01"], "1 fact, 2031: by year, summit, leader, topic and source."),
        (["2033-01-01", "2031-01-01"], "All 2 facts, 2031 to 2033: by year, summit, leader, topic and source."),
    ],
)
def test_all_facts_are_told_from_the_first_year_to_the_last(days: list[str], told: str) -> None:
    (_, _, make), *_ = lists.facts_pages(made_of(*(dated(date.fromisoformat(day)) for day in days)))

    assert make().description == told


def test_a_year_of_many_facts_has_a_page_for_each_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    made = list(lists.facts_pages(made_of(*rain(4), dated(date(2030, 1, 1)), dated(date(2031, 2, 1), kind="plan"))))
    shown = {path: make() for path, _, make in made}
    last = shown["facts/2031-3.md"]

    assert list(shown) == [
        "facts/index.md", "facts/2030.md", "facts/2031.md", "facts/2031-2.md", "facts/2031-3.md",
    ]  # fmt: skip
    assert [page.description for page in shown.values()][1:] == [
        "1 fact of 2030, by month, with sources.",
        "1 to 2 of 5 facts of 2031, by month, with sources.",
        "3 to 4 of 5 facts of 2031, by month, with sources.",
        "5 of 5 facts of 2031, by month, with sources.",
    ]
    assert [page.title for page in shown.values()][1:] == [
        "Facts of 2030", "Facts of 2031", "Facts of 2031, page 2", "Facts of 2031, page 3",
    ]  # fmt: skip
    assert last.pages == ("[1](2031.md)", "[2](2031-2.md)", "3")
    assert shown["facts/2030.md"].pages == ()
    assert last.years == (("[2030](2030.md)", 1), ("[2031](2031.md)", 5))
    assert last.kinds == (("event", 4), ("plan", 1))
    assert (last.total, last.trail) == (5, ("[Home](../index.md)", "[Facts](index.md)"))
    assert rests_of(made) == [[], ["x-f0005"], ["x-f0001", "x-f0002"], ["x-f0003", "x-f0004"], ["x-f0006"]]


def test_values_of_a_facet_stand_by_number_then_by_name_then_by_id() -> None:
    topics = [Topic(id=id, name=name, scope="Fog.") for id, name in (("t-1", "Rain"), ("t-2", "Rain"), ("t-3", "Fog"))]
    parts = made_of(*(dated(DAY, about=about) for about in (("t-2",), ("t-1", "t-3"), ("t-4",), ("t-4",))), also=topics)
    (values,) = (one for one in explore.values(parts.links) if one.facet.name == "topic")

    assert values.values == (("t-4", "Topic t-4", 2), ("t-3", "Fog", 1), ("t-1", "Rain", 1), ("t-2", "Rain", 1))
    assert values.columns == ((3,), (2, 1), (0,), (0,))


def test_what_filtering_starts_from_ends_no_element_of_the_page() -> None:
    topic = Topic(id="t-1", name="</script>&amp;", scope="Fog.")
    text = explore.summary(made_of(dated(DAY, about=("t-1",)), also=[topic]).links)

    assert not re.search("[<>&]", text)
    assert ["t-1", "</script>&amp;", 1] in [one for facet in json.loads(text)["facets"] for one in facet["values"]]


@pytest.mark.parametrize(
    ("headline", "title", "window"),
    [
        (None, "Fog paper", "Fog paper, page 3"),
        ("Fog " * 12 + "is", "Fog " * 12 + "is", "Fog " * 12 + "is, page 3"),
        ("Fog " * 12 + "was", "Fog " * 12 + "was", ("Fog " * 12).rstrip() + "…, page 3"),
    ],
)
def test_what_cites_a_source_goes_on_under_its_headline(
    headline: str | None, title: str, window: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROOM", 2)
    paper = Source(
        id="p", name="Fog paper", headline=headline, type="page", publisher="F", url="https://x.example/", language="en"
    )
    held = {"post": "mayor", "during": "2030/..", "evidence": ({"source": "p"},)}
    people = [Leader.model_validate({"id": f"l-{at}", "name": f"L {at}", "memberships": (held,)}) for at in range(5)]
    parts = made_of(also=[paper, Post(id="mayor", name="Mayor"), *people])
    made = {path: make() for path, _, make in entities.further_pages(paper, parts)}
    page = made["sources/p/3.md"]

    assert list(made) == ["sources/p/2.md", "sources/p/3.md"]
    assert entities.source_page(paper, parts).used_by == ("[L 0](../leaders/l-0.md)", "[L 1](../leaders/l-1.md)")
    assert [part.lines for part in page.parts] == [("[L 4](../../leaders/l-4.md)",)]
    assert (page.title, page.number, page.window) == (f"{title}, page 3", 3, window)
    assert page.trail == (
        "[Home](../../index.md)", "[Sources](../../sources/index.md)", f"[{title}](../../sources/p.md)"
    )  # fmt: skip


def test_a_reading_of_several_paragraphs_names_them_all() -> None:
    reading = {"paragraphs": ("3", "4"), "words": "on Monday", "date": "2031-06-01", "because": "It was one."}
    keys = {"id": "p", "name": "P", "type": "article", "publisher": "P", "url": "https://p.example/", "language": "en"}
    paper = Source.model_validate({**keys, "dates": (reading, {**reading, "source": "x"})})
    first, second = entities.source_page(paper, made_of(also=[paper])).dates

    assert first.cells == ("¶3, ¶4", "on Monday", "1 June 2031", "It was one.")
    assert second.cells[3] == "It was one. ([X](../sources/x.md))"
