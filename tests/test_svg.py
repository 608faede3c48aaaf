from __future__ import annotations

from xml.etree import ElementTree

from generator.svg import Dot, timeline

SVG = "{http://www.w3.org/2000/svg}"


def dot(year: int, at: float, label: str, *, summit: bool = False, planned: bool = False, place: str = "") -> Dot:
    return Dot(year, at, label, place, f"../meetings/{label}/", summit, planned)


def drawn(*dots: Dot) -> ElementTree.Element:
    return ElementTree.fromstring(timeline(dots, "Title", "Description"))


def test_a_drawing_is_one_line_that_stays_whole_in_markdown() -> None:
    assert "\n" not in timeline([dot(2031, 0.1, "a"), dot(2032, 0.5, "b", summit=True)], "T", "D")


def test_every_event_is_a_link_with_a_name_for_everybody() -> None:
    links = drawn(dot(2031, 0.1, "a"), dot(2031, 0.5, "b", summit=True), dot(2031, 0.9, "c", planned=True)).iter(
        f"{SVG}a"
    )

    assert sorted((one.get("class"), one.get("href"), one.get("aria-label")) for one in links) == [
        ("meeting", "../meetings/a/", "a"),
        ("planned", "../meetings/c/", "c"),
        ("summit", "../meetings/b/", "b"),
    ]


def test_the_drawing_is_named_and_described() -> None:
    svg = drawn(dot(2031, 0.1, "a"))

    names = {one.get("id"): one.text for one in svg if one.get("id")}
    assert [names[id] for id in str(svg.get("aria-labelledby")).split()] == ["Title", "Description"]
    assert svg.get("role") == "group"


def test_years_without_events_take_no_room() -> None:
    svg = drawn(dot(2019, 0.5, "a"), dot(2031, 0.5, "b", summit=True, place="Saltmere & Co"))

    assert [one.text for one in svg.iter(f"{SVG}text")] == ["2019", None, "2031", "Saltmere & Co"]
    assert svg.get("width") == "380"
    assert [one.get("cx") for one in svg.iter(f"{SVG}circle")] == ["95.0"]


def test_events_of_one_day_stand_above_one_another_and_the_summit_on_the_axis() -> None:
    svg = drawn(dot(2031, 0.5, "a"), dot(2031, 0.5, "b"), dot(2031, 0.5, "c", summit=True), dot(2031, 0.9, "d"))
    (axis,) = (float(str(line.get("y1"))) for line in svg.iter(f"{SVG}line"))

    heights = sorted(axis - float(str(one.get("cy"))) for one in svg.iter(f"{SVG}circle"))
    (diamond,) = svg.iter(f"{SVG}rect")
    assert heights == [0.0, 17.0, 34.0]
    assert float(str(diamond.get("y"))) + 7 == axis
    assert float(str(svg.get("height"))) > axis > max(heights)


def test_names_are_escaped() -> None:
    (link,) = drawn(dot(2031, 0.5, "<b>\"a\" & 'c'")).iter(f"{SVG}a")

    assert link.get("aria-label") == "<b>\"a\" & 'c'"


def test_no_events_are_an_empty_drawing() -> None:
    assert list(drawn().iter(f"{SVG}a")) == []
