"""Dates with their doubt: the part of EDTF level 1 (ISO 8601-2:2019) that the fact base uses.

Understood are `2021`, `2021-06`, `2021-06-07`, each with `?` (uncertain), `~` (approximate) or `%` (both),
and intervals `A/B` of these in which either end may be open (`..`).
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)", re.ASCII)

MONTHS = tuple(calendar.month_name)


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day; *month* and *day* are 0 where the date is less precise."""

    year: int
    month: int
    day: int
    uncertain: bool
    approximate: bool

    @property
    def first(self) -> datetime.date:
        """The earliest day this date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day this date can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Edtf:
    """An EDTF date as written (*text*) and as understood; *start* or *end* is None where the interval is open.

    A date that is no interval has *start* == *end*.
    """

    text: str
    start: Point | None
    end: Point | None

    def __reduce__(self) -> tuple[object, ...]:
        return parse, (self.text,)

    @cached_property
    def first(self) -> datetime.date:
        """The earliest day it can mean; `date.min` for an open start."""
        return self.start.first if self.start else datetime.date.min

    @cached_property
    def last(self) -> datetime.date:
        """The latest day it can mean; `date.max` for an open end."""
        return self.end.last if self.end else datetime.date.max

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def uncertain(self) -> bool:
        return any(point.uncertain for point in (self.start, self.end) if point)

    @property
    def approximate(self) -> bool:
        return any(point.approximate for point in (self.start, self.end) if point)

    @cached_property
    def sort_key(self) -> tuple[datetime.date, datetime.date, str]:
        """Orders by first day, then by last day; an open start sorts by its end."""
        first = self.start.first if self.start else self.last
        return first, self.last, self.text

    @property
    def year(self) -> int:
        """The year a reader would file this date under."""
        return self.sort_key[0].year

    def __str__(self) -> str:
        return self.text


@lru_cache(10_000)  # a fact base has many times as many dates as days
def parse(text: str) -> Edtf:
    """Return the date that *text* writes.

    Raises ValueError, with what would be right, for anything but the forms in the module's docstring.
    """
    head, slash, tail = text.partition("/")
    start = _point(head, text, open_allowed=bool(slash))
    if not slash:
        return Edtf(text, start, start)
    end = _point(tail, text, open_allowed=True)
    if start is None and end is None:
        raise ValueError(f"an interval with both ends open, {text!r}; at least one end must be a date")
    if start and end and start.first > end.last:
        raise ValueError(f"an interval that ends before it starts, {text!r}")
    return Edtf(text, start, end)


def _point(text: str, whole: str, *, open_allowed: bool) -> Point | None:
    if open_allowed and text == "..":
        return None
    found = _POINT.fullmatch(text)
    if not found:
        raise ValueError(
            f"not an EDTF date, {whole!r}; write YYYY, YYYY-MM or YYYY-MM-DD, '?' after it if uncertain, "
            "or two of them as an interval, START/END"
        )
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    if found["month"] and not 1 <= month <= 12:
        raise ValueError(f"no such month, {whole!r}; months go from 01 to 12")
    if year == 0:
        raise ValueError(f"no such year, {whole!r}; years go from 0001 to 9999")
    if found["day"] and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(
            f"no such day, {whole!r}; {MONTHS[month]} {year} has {calendar.monthrange(year, month)[1]} days"
        )
    return Point(year, month, day, uncertain=found["doubt"] in ("?", "%"), approximate=found["doubt"] in ("~", "%"))


def in_words(date: Edtf) -> str:
    """Return *date* as a reader writes it: '7 June 2021', '1 to 2 June 2022', 'June 2021 to 2024'.

    Doubt is not in the words: show `date.uncertain` beside them.
    """
    start, end = date.start, date.end
    if start is None and end is not None:
        return f"until {_words(end)}"
    if start is not None and end is None:
        return f"from {_words(start)}"
    assert start is not None
    assert end is not None
    if not date.is_interval:
        return _words(start)
    if start.day and end.day and (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {_words(end)}"
    if start.day and end.day and start.year == end.year:
        return f"{start.day} {MONTHS[start.month]} to {_words(end)}"
    return f"{_words(start)} to {_words(end)}"


def _words(point: Point) -> str:
    day = f"{point.day} " if point.day else ""
    month = f"{MONTHS[point.month]} " if point.month else ""
    return f"{day}{month}{point.year}"
