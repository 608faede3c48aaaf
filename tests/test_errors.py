from __future__ import annotations

from pathlib import PurePosixPath

from generator.errors import DataError, Mark, Problem

FOG, ICE = PurePosixPath("data/topics/fog.yml"), PurePosixPath("data/topics/ice.yml")


def test_a_mark_is_written_as_editors_write_a_place() -> None:
    assert str(Mark(FOG, 3, 14)) == "data/topics/fog.yml:3:14"


def test_a_problem_is_one_line_with_place_message_and_rule() -> None:
    assert str(Problem(Mark(FOG, 3, 14), "a tab; indent with spaces", "tab")) == (
        "data/topics/fog.yml:3:14: a tab; indent with spaces (tab)"
    )


def test_problems_are_in_order_of_file_line_and_column_as_numbers() -> None:
    places = [Mark(ICE, 1, 1), Mark(FOG, 10, 1), Mark(FOG, 9, 10), Mark(FOG, 9, 2)]

    error = DataError([Problem(place, "a tab", "tab") for place in places])

    assert [one.mark for one in error.problems] == list(reversed(places))
    assert str(error) == "4 problems in the data"
