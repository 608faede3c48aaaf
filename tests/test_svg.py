from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from generator.svg import NARROW, Cell, Dot, Series, Stop, Value, charts, matrix, pairs, road, tallies, timeline

SVG = "{http://www.w3.org/2000/svg}"


def dot(
    year: int, at: float, name: str, kind: str = "meeting", *, planned: bool = False, label: str = "", weight: int = 0
) -> Dot:
    return Dot(year, at, kind, name, f"../meetings/{name}/", label, planned, weight)


def drawn(*dots: Dot) -> ElementTree.Element:
    return ElementTree.fromstring(timeline(dots, "time", "Title", "Description"))


def texts(svg: ElementTree.Element, kind: str) -> list[str]:
    return ["".join(one.itertext()) for one in svg.iter(f"{SVG}text") if one.get("class") == kind]


def per_cent(value: str | None) -> float:
    return float(str(value).removesuffix("%"))


AWKWARD = "<b>\"a\" & 'c'"
DRAWINGS = {
    "timeline": timeline([dot(2031, 0.1, AWKWARD), dot(2032, 0.5, "b", "summit", label=AWKWARD)], "x", AWKWARD, "D"),
    "road": road([Stop(0, AWKWARD, AWKWARD, "a/"), Stop(1, "b", "b", "b/", True)], "x", AWKWARD, "D"),
    "matrix": matrix([AWKWARD], [AWKWARD], lambda row, column: Cell(3, AWKWARD, "a/"), "x", AWKWARD, "D"),
    "pairs": pairs(["a", AWKWARD], lambda row, column: Cell(3, AWKWARD, "a/"), "x", AWKWARD, "D"),
    "tallies": tallies([(AWKWARD, [(AWKWARD, "a/", True)])], "x", AWKWARD, "D"),
    "charts": charts([Series(AWKWARD, (Value(0.5, 0, AWKWARD, AWKWARD, "a/"),))], ("2014", "2024"), "x", AWKWARD, "D"),
}

each_drawing = pytest.mark.parametrize("text", DRAWINGS.values(), ids=DRAWINGS)


@each_drawing
def test_a_drawing_is_one_line_that_stays_whole_in_markdown(text: str) -> None:
    assert "\n" not in text


@each_drawing
def test_a_drawing_is_a_group_with_a_name_and_a_description_under_ids_of_its_own(text: str) -> None:
    svg = ElementTree.fromstring(text)

    names = {one.get("id"): one.text for one in svg if one.get("id")}
    assert [names[id] for id in str(svg.get("aria-labelledby")).split()] == [AWKWARD, "D"]
    assert set(names) == {"x-title", "x-desc"}
    assert svg.get("role") == "group"


@each_drawing
def test_every_link_has_a_name_for_everybody(text: str) -> None:
    links = list(ElementTree.fromstring(text).iter(f"{SVG}a"))

    assert links
    assert AWKWARD in [one.get("aria-label") for one in links]
    for one in links:
        assert one.get("href")
        assert one.get("aria-label") == one.findtext(f"{SVG}title")


@each_drawing
def test_a_drawing_has_no_colours_of_its_own(text: str) -> None:
    assert not re.search(r'(fill|stroke|style)="', text)


def test_events_are_told_apart_by_what_they_are() -> None:
    svg = drawn(dot(2031, 0.1, "a"), dot(2031, 0.5, "b", "summit"), dot(2031, 0.9, "c", planned=True))

    assert sorted((str(one.get("class")), str(one.get("href"))) for one in svg.iter(f"{SVG}a")) == [
        ("meeting", "../meetings/a/"),
        ("meeting planned", "../meetings/c/"),
        ("summit", "../meetings/b/"),
    ]


def test_a_year_says_in_words_what_there_is_in_it() -> None:
    svg = drawn(
        dot(2031, 0.1, "a"),
        dot(2031, 0.2, "b", planned=True),
        dot(2031, 0.5, "c", "summit"),
        dot(2032, 0.5, "d", "fact", weight=3),
    )

    assert texts(svg, "year") == ["20311 summit, 2 meetings (1 only planned)", "20323 facts"]


def test_years_without_events_are_told_in_a_line() -> None:
    svg = drawn(dot(2019, 0.5, "a"), dot(2021, 0.5, "b"), dot(2031, 0.5, "c"))

    assert texts(svg, "gap") == ["2020: nothing in the record", "2022 to 2030: nothing in the record"]


def test_months_are_to_scale() -> None:
    svg = drawn(dot(2031, 0.0, "a"), dot(2031, 0.25, "b"), dot(2031, 1.0, "c"))

    places = [per_cent(one.get("cx")) for one in svg.iter(f"{SVG}circle")]
    assert places == [2, 26, 98]
    ticks = [per_cent(one.get("x1")) for one in svg.iter(f"{SVG}line") if one.get("class") == "tick"]
    assert (ticks[0], ticks[3], ticks[12]) == (2, 26, 98)


def test_no_two_events_lie_over_one_another_and_the_summit_is_on_the_axis() -> None:
    dots = [dot(2031, 0.5 + n / 365, str(n), weight=n) for n in range(20)]
    svg = drawn(*dots, dot(2031, 0.51, "s", "summit"))

    (axis,) = {float(str(one.get("y1"))) for one in svg.iter(f"{SVG}line") if one.get("class") == "axis"}
    (diamond,) = svg.findall(f".//{SVG}svg")
    assert float(str(diamond.get("y"))) == axis
    circles = [
        (per_cent(one.get("cx")) / 96 * NARROW, float(str(one.get("cy"))), float(str(one.get("r"))))
        for one in svg.iter(f"{SVG}circle")
    ]
    assert len(circles) == 20
    for n, (x, y, r) in enumerate(circles):
        assert y + r <= axis + r
        assert all((x - a) ** 2 + (y - b) ** 2 >= (r + c) ** 2 for a, b, c in circles[:n])


def test_no_two_labels_overlap_on_a_narrow_screen() -> None:
    dots = [dot(2031, n / 12, f"s{n}", "summit", label=f"Saltmere, {n} June") for n in range(13)]
    svg = drawn(*dots)

    boxes = []
    for one in svg.iter(f"{SVG}text"):
        if one.get("class") == "label":
            x, width = per_cent(one.get("x")) / 100 * NARROW, 6 * len(str(one.text))
            left = {"start": x, "middle": x - width / 2, "end": x - width}[str(one.get("text-anchor"))]
            boxes.append((left, left + width, float(str(one.get("y")))))
    assert len(boxes) == 13
    for n, (left, right, y) in enumerate(boxes):
        assert left >= -1
        assert right <= NARROW + 1
        assert all(abs(y - b) >= 12 or right <= a or c <= left for a, c, b in boxes[:n])


def test_no_events_are_no_drawing() -> None:
    assert timeline([], "time", "T", "D") == ""


def test_the_road_is_to_scale_with_a_line_of_text_for_each_stop() -> None:
    svg = ElementTree.fromstring(
        road(
            [Stop(0, "8 days before", "a", "a/"), Stop(0.5, "4 days before", "b", "b/"), Stop(1, "c", "c", "c/", True)],
            "road",
            "T",
            "D",
        )
    )

    assert texts(svg, "label") == ["8 days before", "4 days before", "c"]
    assert [per_cent(one.get("cx")) for one in svg.iter(f"{SVG}circle")] == [2, 50]
    assert [per_cent(one.get("x")) for one in svg.findall(f".//{SVG}svg")] == [98]


def test_a_number_of_a_matrix_leads_to_what_it_counts_and_is_darker_the_more_there_is() -> None:
    cells = {(0, 0): Cell(1, "one", "a/"), (1, 1): Cell(9, "nine", "b/")}
    text = matrix(["r", "s"], ["c", "d"], lambda row, column: cells.get((row, column)), "m", "T", "D")
    svg = ElementTree.fromstring(text)

    assert [(one.get("href"), one.findtext(f"{SVG}text")) for one in svg.iter(f"{SVG}a")] == [("a/", "1"), ("b/", "9")]
    light, dark = (float(str(one.get("fill-opacity"))) for one in svg.iter(f"{SVG}rect"))
    assert light < dark <= 0.4  # the number on it stays readable
    assert len([one for one in svg.iter(f"{SVG}circle") if one.get("class") == "none"]) == 2
    assert texts(svg, "row") == ["r", "s"]
    assert texts(svg, "column") == ["c", "d"]


def test_of_each_pair_there_is_one_number_between_the_two_names() -> None:
    svg = ElementTree.fromstring(
        pairs(["a", "b", "c"], lambda row, column: Cell(row + column, f"{row}{column}", "x/"), "p", "T", "D")
    )

    assert [one.get("aria-label") for one in svg.iter(f"{SVG}a")] == ["10", "20", "21"]
    assert texts(svg, "name") == ["a", "b", "c"]


def test_who_met_often_has_a_dot_for_each_time_up_to_a_line() -> None:
    times = [(str(n), f"{n}/", n == 0) for n in range(20)]
    svg = ElementTree.fromstring(tallies([("a", times), ("b", times[:1])], "t", "T", "D"))

    assert texts(svg, "label") == ["a20 times", "bonce"]
    assert len(list(svg.iter(f"{SVG}a"))) == 17
    assert texts(svg, "count") == ["and 4 more"]


def test_values_are_steps_on_one_axis_of_time_each_with_its_number() -> None:
    values = (Value(0, 0, "29", "a", "a/"), Value(0.5, 0.5, "30", "b", "b/"), Value(1, 1, "31", "c", "c/"))
    svg = ElementTree.fromstring(charts([Series("Members", values)], ("2014", "2024"), "c", "T", "D"))

    assert [one.findtext(f"{SVG}text") for one in svg.iter(f"{SVG}a")] == ["29", "30", "31"]
    circles = [(per_cent(one.get("cx")), float(str(one.get("cy")))) for one in svg.iter(f"{SVG}circle")]
    assert [x for x, _ in circles] == [2, 47, 92]
    assert [y for _, y in circles] == sorted((y for _, y in circles), reverse=True)
    assert len([one for one in svg.iter(f"{SVG}line") if one.get("class") == "step"]) == 4
    assert texts(svg, "end") == ["2014", "2024"]
