"""An id -> every line of the data that names it, and every page that shows it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from generator.edit import Refused
from generator.errors import Mark
from generator.links import Links
from generator.model import FactBase, Source, Steps, references
from generator.nearest import did_you_mean

_LINK = re.compile(r"\]\(([^)\s]+)\)|href=\"([^\"]+)\"")


class Page(Protocol):
    """A page of the site: its path below docs/, and its content."""

    @property
    def path(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def known(id: str, base: FactBase) -> None:
    """Raise Refused where no record has the *id*."""
    if id not in base.records:
        raise Refused(f"no record {id!r}{did_you_mean(id, base.records)}")


def places(id: str, base: FactBase) -> Iterator[tuple[Mark, str]]:
    """Yield the place of the record *id* and of each line that names it, with what it is there, by place."""
    known(id, base)
    record = base.records[id]
    yield base.mark(id), f"the {record.kind_name} itself"
    named = [
        (base.mark(one.id, *steps), f"{_way(steps)} of {one.id}")
        for one in base.records.values()
        for steps, reference, _ in references(one)
        if reference == id
    ]
    for index, withdrawal in enumerate(base.register.withdrawn):
        if withdrawal.to in (id, f"{getattr(record, 'pages', '')}/{id}/"):
            named.append((base.mark("withdrawn.yml", index, "to"), f"takes the place of {withdrawal.what}"))
    if isinstance(record, Source) and id in base.articles:
        named.append((base.mark(id, "type"), f"its fingerprint is seeds/{id}.json"))
    yield from sorted(named)


def _way(steps: Steps) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def shown_on(id: str, base: FactBase, pages: Iterable[Page]) -> list[str]:
    """Return the paths of those of *pages* that show the record *id* or link to it; its own page comes first."""
    home, _, anchor = Links(base).page(id).partition("#")
    found = [page.path for page in pages if page.path.endswith(".md") and _shows(page, home, anchor)]
    return sorted(found, key=lambda path: (path != home, path))


def _shows(page: Page, home: str, anchor: str) -> bool:
    if page.path == home:
        return True
    folder = posixpath.dirname(page.path)
    address = folder if page.path.endswith("index.md") else page.path.removesuffix(".md")
    for markdown, html in _LINK.findall(page.content.decode()):
        path, _, at = (markdown or html).partition("#")
        if html:  # an address of the built site: x/ where the page is x.md
            target = posixpath.normpath(posixpath.join(address, path)) + ".md"
        else:
            target = posixpath.normpath(posixpath.join(folder, path))
        if target == home and at == (anchor or at):
            return True
    return False
