"""Pages -> the picture that other sites show beside a link to them: one for each kind of page, and for each summit.

A picture for each page would cost more than the page. They need the address of the site, and without one there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.records import Records
from generator.model import Entity, Summit
from generator.picture import drawable, picture
from generator.targets import File
from generator.view.parts import when

HOME = "share/home.png"
LINE = "Who met whom, when and on what, with the evidence"
KINDS = {
    "home": "What was said on the road to NATO's summits",
    "summits": "Summits",
    "meetings": "Meetings",
    "leaders": "Leaders",
    "topics": "Topics",
    "facts": "Facts",
    "quotations": "Quotations",
    "figures": "Figures",
    "timeline": "Timeline",
    "sources": "Sources",
    "organisations": "Organisations",
    "countries": "Countries",
    "places": "Places",
    "posts": "Posts",
}
"""What the picture of each kind of page says, by the folder of the pages."""


def image(page: str, record: Entity | None) -> str:
    """Return the path of the picture for the page at the path *page* of docs/, which is that of *record*."""
    if isinstance(record, Summit) and drawable(_said(record.name)):
        return f"share/{record.pages}/{record.id}.png"
    folder = page.partition("/")[0]
    return f"share/{folder}.png" if folder in KINDS else HOME


def pictures(records: Records) -> Iterator[File]:
    """Yield the pictures; none where the site has no address."""
    if not records.edition.site:
        return
    for folder, title in KINDS.items():
        yield File(f"share/{folder}.png", picture(title, LINE))
    for summit in records.links.base.all(Summit):
        path = image("", summit)
        if path != HOME:
            date = when(summit.date) if summit.date else ""
            place = records.links.name(summit.place) if summit.place else ""
            line = " · ".join(one for one in (date, place) if one and drawable(one))
            yield File(path, picture(_said(summit.name), line or LINE))


def _said(text: str) -> str:
    """Return *text* with plain hyphens: the font has no dashes."""
    return text.replace("–", "-")
