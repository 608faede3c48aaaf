"""The page of figures says what was measured, and counts what is there."""

from __future__ import annotations

from payloads import REFUSED, REFUSED_ADDRESSES, SHOWN

from bench import figures


def test_the_page_shows_the_figures_of_the_last_run() -> None:
    text = figures.PAGE.read_text(encoding="utf-8")

    assert figures.page(text) == text, "run `nox -s figures`"


def test_what_is_counted_is_what_is_tried() -> None:
    cells = {cell for row in figures.rows() for cell in row}

    assert {str(len(SHOWN)), str(len(REFUSED) + len(REFUSED_ADDRESSES)), "200"} <= cells
