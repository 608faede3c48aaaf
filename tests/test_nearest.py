from __future__ import annotations

import pytest

from generator.nearest import did_you_mean, nearest, one_slip


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("fog", "fog", True),
        ("fog", "fig", True),
        ("fog", "frog", True),
        ("frog", "fog", True),
        ("fog", "fgo", True),
        ("Fog", "fog", True),
        ("as-of", "as_of", True),
        ("fog", "ice", False),
        ("fog", "gof", False),
        ("fog", "foggy", False),
        ("", "f", True),
        ("", "fo", False),
    ],
)
def test_one_slip_of_the_pen_is_a_character_wrong_missing_too_many_or_swapped(left: str, right: str, one: bool) -> None:
    assert one_slip(left, right) is one
    assert one_slip(right, left) is one


def test_the_nearest_word_is_one_slip_away_or_else_alike() -> None:
    assert nearest("ferrys", ["fog", "ferries"]) == "ferries"
    assert nearest("bay", ["way", "bays"]) == "bays"
    assert nearest("ferries", ["ferry-lines", "ferrie"]) == "ferrie"
    assert nearest("weather", ["fog", "ferries"]) is None
    assert nearest("fog", []) is None


def test_what_is_near_is_suggested_at_the_end_of_a_message() -> None:
    assert did_you_mean("ferrys", ["fog", "ferries"]) == "; did you mean 'ferries'?"
    assert did_you_mean("weather", ["fog", "ferries"]) == ""
