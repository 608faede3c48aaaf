from __future__ import annotations

import datetime
import re

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import edtf

YEARS, MONTHS, DAYS = st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31)
DOUBTS = st.sampled_from(["", "", "", "?", "~", "%"])

POINTS = st.one_of(
    st.builds("{:04}{}".format, YEARS, DOUBTS),
    st.builds("{:04}-{:02}{}".format, YEARS, MONTHS, DOUBTS),
    st.dates().flatmap(lambda day: DOUBTS.map(lambda doubt: f"{day.isoformat()}{doubt}")),
)
"""Dates that exist, as the fact base writes them."""

ALMOST = st.builds(
    "{:04}-{:02}-{:02}{}".format, st.integers(0, 9999), st.integers(0, 14), st.integers(0, 33), DOUBTS
) | st.builds("{:04}-{:02}{}".format, st.integers(0, 9999), st.integers(0, 14), DOUBTS)
"""Texts of the right form, some of which are no dates."""


def days(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day that *text* can mean, according to the edtf library."""
    understood = parse_edtf(text)
    return tuple(datetime.date(*day[:3]) for day in (understood.lower_strict(), understood.upper_strict()))  # type: ignore[return-value]


def exists(text: str) -> bool:
    """Say whether *text*, YYYY-MM or YYYY-MM-DD with or without doubt, is a date of the calendar."""
    year, month, *day = (int(part) for part in text.rstrip("?~%").split("-"))
    try:
        datetime.date(year, month, *(day or [1]))
    except ValueError:
        return False
    return True


@given(POINTS)
def test_a_date_means_the_days_that_the_edtf_library_says(text: str) -> None:
    date = edtf.parse(text)

    assert (date.first, date.last) == days(text)
    assert date.text == str(date) == text
    assert date.is_interval is False
    assert date.start == date.end
    assert date.uncertain is (text[-1] in "?%")
    assert date.approximate is (text[-1] in "~%")


@given(POINTS, POINTS)
def test_an_interval_means_the_days_that_the_edtf_library_says(start: str, end: str) -> None:
    assume(edtf.parse(start).first <= edtf.parse(end).last)
    date = edtf.parse(f"{start}/{end}")

    assert (date.first, date.last) == days(f"{start}/{end}")
    assert date.is_interval
    assert date.uncertain is any(text[-1] in "?%" for text in (start, end))
    assert date.approximate is any(text[-1] in "~%" for text in (start, end))


@given(ALMOST)
def test_what_is_no_day_of_the_calendar_is_refused_and_nothing_else(text: str) -> None:
    try:
        edtf.parse(text)
    except ValueError:
        assert not exists(text)
    else:
        assert exists(text)
        parse_edtf(text)  # raises EDTFParseException where the library knows better


@given(st.text(alphabet="0123456789-/?~%. uXE", max_size=24))
def test_nothing_is_taken_for_a_date_that_the_edtf_library_refuses(text: str) -> None:
    try:
        edtf.parse(text)
    except ValueError:
        return
    try:
        parse_edtf(text)
    except EDTFParseException:
        pytest.fail(f"the edtf library refuses {text!r}")


@given(POINTS)
def test_an_open_interval_has_one_end(text: str) -> None:
    date = edtf.parse(text)

    assert (edtf.parse(f"{text}/..").first, edtf.parse(f"{text}/..").last) == (date.first, datetime.date.max)
    assert (edtf.parse(f"../{text}").first, edtf.parse(f"../{text}").last) == (datetime.date.min, date.last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7 June 2021", "not an EDTF date, '7 June 2021'; write YYYY"),
        ("2021-6-7", "not an EDTF date, '2021-6-7'; write YYYY"),
        ("2021-06-07T10:00", "not an EDTF date"),
        ("20210607", "not an EDTF date"),
        ("2021-06-07 ", "not an EDTF date"),
        ("٢٠٢١-٠٦", "not an EDTF date"),
        ("", "not an EDTF date, ''"),
        ("..", "not an EDTF date, '..'"),
        ("2021/", "not an EDTF date, '2021/'"),
        ("2021/2022/2023", "not an EDTF date"),
        ("2021-13", "no such month, '2021-13'; months go from 01 to 12"),
        ("2021-00-01", "no such month, '2021-00-01'; months go from 01 to 12"),
        ("2021-02-29", "no such day, '2021-02-29'; February 2021 has 28 days"),
        ("1900-02-29", "no such day, '1900-02-29'; February 1900 has 28 days"),
        ("2021-06-00", "no such day, '2021-06-00'; June 2021 has 30 days"),
        ("0000", "no such year, '0000'; years go from 0001 to 9999"),
        ("../..", "an interval with both ends open, '../..'; at least one end must be a date"),
        ("2022/2021", "an interval that ends before it starts, '2022/2021'"),
        ("2021-06-08/2021-06-07", "an interval that ends before it starts"),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be_right(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", "2021"),
        ("2021-06", "June 2021"),
        ("2021-06-07", "7 June 2021"),
        ("0987-01-01", "1 January 987"),
        ("2021-06-07?", "7 June 2021"),
        ("2021-06-14/2021-06-15", "14 to 15 June 2021"),
        ("2021-06-30/2021-07-01", "30 June to 1 July 2021"),
        ("2021-12-31/2022-01-01", "31 December 2021 to 1 January 2022"),
        ("2021-06/2021-07", "June 2021 to July 2021"),
        ("2021-06/2024", "June 2021 to 2024"),
        ("2014/2024", "2014 to 2024"),
        ("2021-01-20/..", "from 20 January 2021"),
        ("../2021", "until 2021"),
    ],
)
def test_a_date_in_words_is_what_a_reader_writes(text: str, words: str) -> None:
    assert edtf.in_words(edtf.parse(text)) == words


def test_dates_sort_by_first_day_then_by_last_day_and_an_open_start_by_its_end() -> None:
    texts = ["2020", "../2020", "2021-01", "2021", "2021/2022", "2021/..", "2021-01-02", "2021-06?", "2021-06~", "2022"]

    dates = sorted(map(edtf.parse, reversed(texts)), key=lambda date: date.sort_key)

    assert [date.text for date in dates] == texts


def test_a_date_is_filed_under_its_first_year_and_an_open_start_under_its_last() -> None:
    assert edtf.parse("2014/2024").year == 2014
    assert edtf.parse("2014/..").year == 2014
    assert edtf.parse("../2019").year == 2019
