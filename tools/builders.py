"""Compares the site that MkDocs built with the same pages built by another program: pages, titles, links and text.

`python -m tools.builders NAME FOLDER` compares site/ with the site in FOLDER and prints the numbers and some of what
differs. It measures what a move would take, and fails nobody: the exit status is 0, or 2 where a site is missing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

SHOWN = 5
"""How many of the pages that differ in something are named."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SILENT = frozenset(("script", "style", "svg", "nav"))


@dataclass(frozen=True)
class Page:
    """What a reader gets of a page: its title, where its links lead, the ids in it, and the words of its article."""

    title: str
    links: tuple[str, ...]
    ids: frozenset[str]
    text: str


class _Reader(HTMLParser):
    """Reads a page at *address*; only what stands in <article> counts, and nothing of scripts, drawings and menus."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.title: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.open.append(tag)
        if "article" not in self.open or _SILENT.intersection(self.open):
            return
        if values.get("id") and not values["id"].startswith("__"):  # those are the theme's
            self.ids.add(values["id"])
        if tag == "a" and "href" in values and "headerlink" not in values.get("class", ""):
            target = urlsplit(urljoin(f"http://site/{self.address}", values["href"]))
            if target.netloc == "site":
                self.links.append(
                    re.sub(r"index\.html$", "", target.path) + (f"#{target.fragment}" * bool(target.fragment))
                )

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title.append(data)
        elif "article" in self.open and not _SILENT.intersection(self.open):
            self.words.append(data)


def read(site: Path) -> dict[str, Page]:
    """Return the pages of *site* by address."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        address = re.sub(r"index\.html$", "", path.relative_to(site).as_posix())
        reader = _Reader(address)
        reader.feed(path.read_text(encoding="utf-8"))
        text = " ".join(" ".join(reader.words).replace("¶", " ").split())
        pages[address] = Page("".join(reader.title).strip(), tuple(reader.links), frozenset(reader.ids), text)
    return pages


def differences(ours: dict[str, Page], theirs: dict[str, Page]) -> dict[str, list[str]]:
    """Return for each thing that is compared the pages that differ in it, with how."""
    both = sorted(ours.keys() & theirs.keys())
    reachable = {*(f"/{one}" for one in theirs), *(f"/{one}#{id}" for one, page in theirs.items() for id in page.ids)}

    def changed(what: str) -> list[str]:
        pairs = [(one, getattr(ours[one], what), getattr(theirs[one], what)) for one in both]
        return [f"/{one}: {_first(a, b)}" for one, a, b in pairs if a != b]

    dead = [
        f"/{one} -> {link}"
        for one in both
        for link in dict.fromkeys(theirs[one].links)
        if re.search(r"/(#|$)|\.html(#|$)", link) and link not in reachable
    ]
    return {
        "pages missing": [f"/{one}" for one in sorted(ours.keys() - theirs.keys())],
        "pages more": [f"/{one}" for one in sorted(theirs.keys() - ours.keys())],
        "titles that differ": changed("title"),
        "pages whose links lead elsewhere": changed("links"),
        "pages whose anchors differ": changed("ids"),
        "pages whose text differs": changed("text"),
        "links that lead nowhere": dead,
    }


def _first(ours: object, theirs: object) -> str:
    """Return in a few words how two values differ first."""
    if isinstance(ours, str) and isinstance(theirs, str):
        at = next(
            (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
        )
        return f"…{ours[max(at - 20, 0) : at + 40]!r} or …{theirs[max(at - 20, 0) : at + 40]!r}"
    if isinstance(ours, frozenset) and isinstance(theirs, frozenset):
        return f"{len(ours - theirs)} missing, {len(theirs - ours)} more, {sorted(ours ^ theirs)[:3]}"
    assert isinstance(ours, tuple)
    assert isinstance(theirs, tuple)
    pair = next(((a, b) for a, b in zip(ours, theirs, strict=False) if a != b), (len(ours), len(theirs)))
    return f"{pair[0]} or {pair[1]}"


def main(arguments: list[str]) -> int:
    """Compare as *arguments* say, print the numbers, and return the exit status."""
    if len(arguments) != 2:
        print("usage: python -m tools.builders NAME FOLDER", file=sys.stderr)
        return 2
    name, folder = arguments
    for site in (Path("site"), Path(folder)):
        if not (site / "index.html").is_file():
            print(f"no site in {site}", file=sys.stderr)
            return 2
    ours, theirs = read(Path("site")), read(Path(folder))
    print(f"{name}: {len(theirs)} pages, MkDocs: {len(ours)}")
    for what, found in differences(ours, theirs).items():
        print(f"{len(found):6} {what}")
        for one in found[:SHOWN]:
            print(f"         {one[:220]}")
    for file in ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "api/v1/index.json"):
        if (Path("site") / file).is_file() and not (Path(folder) / file).is_file():
            print(f"       no {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
