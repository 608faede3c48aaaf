"""What the pages of changes show: each release of the data, and what became of each record in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.markup import Md, escape, link
from generator.model import Change, Fact, Release
from generator.view.parts import Parts, counted, when

LONGEST = 300
"""The most records that a page lists of each sort; all of them are in the JSON."""


@dataclass(frozen=True)
class ReleaseCard:
    """A release in the list of all: a link to its page, its day, what it is about, and its numbers."""

    title: Md
    when: str
    about: str
    numbers: str


@dataclass(frozen=True)
class ChangesPage:
    """All releases, the latest first."""

    releases: tuple[ReleaseCard, ...]


@dataclass(frozen=True)
class ChangeView:
    """What became of a record: its name, the reason, what of it deserves a second look, and (field, before, after)."""

    name: Md
    kind: str
    because: str
    risks: str
    values: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True)
class ChangeSection:
    """Changes of one sort: the first of them, and how many more there are."""

    heading: str
    anchor: str
    about: str
    changes: tuple[ChangeView, ...]
    more: int


@dataclass(frozen=True)
class ReleasePage:
    """One release: what it holds, and what it changed since the one before."""

    version: str
    when: str
    about: str
    digest: str
    first: bool
    counts: tuple[tuple[str, int], ...]
    sections: tuple[ChangeSection, ...]
    before: Md | None
    after: Md | None


SORTS = (
    ("corrected", "Corrected", "What was said is now said otherwise."),
    ("retracted", "Retracted", "What was published is gone; its address leads on or says why."),
    ("changed", "Changed", "Something was added, or went on."),
)


def changes_page(parts: Parts) -> ChangesPage:
    """Return what the page of all changes shows."""
    cards = [
        ReleaseCard(
            link(one.version, f"{one.version}.md"),
            when(one.date),
            one.about,
            _numbers(one, first=index == 0),
        )
        for index, one in enumerate(parts.links.base.register.releases)
    ]
    return ChangesPage(tuple(cards[::-1]))


def _numbers(release: Release, *, first: bool) -> str:
    if first:
        return f"The first release: {counted(release.counts.get('fact', 0), 'fact')}."
    added = sum(map(len, release.added.values()))
    sorts = [(sum(one.change == sort for one in release.changes), sort) for sort, *_ in SORTS]
    return ", ".join(f"{number:,} {sort}" for number, sort in [(added, "added"), *sorts] if number) + "."


def release_pages(parts: Parts) -> Iterable[tuple[str, ReleasePage]]:
    """Yield the path and the page of each release."""
    releases = parts.links.base.register.releases
    for index, one in enumerate(releases):
        yield f"changes/{one.version}.md", _release_page(index, releases, parts)


def _release_page(index: int, releases: Sequence[Release], parts: Parts) -> ReleasePage:
    release = releases[index]

    def way(to: int) -> Md | None:
        return link(releases[to].version, f"{releases[to].version}.md") if 0 <= to < len(releases) else None

    sections = [
        _section(heading, sort, about, [_view(one, parts) for one in release.changes if one.change == sort])
        for sort, heading, about in SORTS
    ]
    added = [ChangeView(_named(id, id, parts), kind, "", "", ()) for kind, ids in release.added.items() for id in ids]
    sections.append(_section("Added", "added", "New records.", added))
    return ReleasePage(
        version=release.version,
        when=when(release.date),
        about=release.about,
        digest=release.digest,
        first=index == 0,
        counts=tuple(release.counts.items()),
        sections=tuple(one for one in sections if one.changes),
        before=way(index - 1),
        after=way(index + 1),
    )


def _section(heading: str, anchor: str, about: str, changes: Sequence[ChangeView]) -> ChangeSection:
    return ChangeSection(heading, anchor, about, tuple(changes[:LONGEST]), max(len(changes) - LONGEST, 0))


def _view(change: Change, parts: Parts) -> ChangeView:
    values = tuple((one.field, one.before, one.after) for one in change.values)
    name = _named(change.record, change.name, parts)
    return ChangeView(name, change.kind, change.because or "", ", ".join(change.risks), values)


def _named(id: str, name: str, parts: Parts) -> Md:
    """Return a link to the record *id* by its name of today; where it is no more, the *name* that it had."""
    record = parts.links.base.records.get(id)
    if record is None:
        return escape(name)
    return parts.link(id, record.text if isinstance(record, Fact) else "")
