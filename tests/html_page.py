"""What the tests of the site read off a built page: its ids, links, headings and what it loads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://site.test/"  # never asked; it only makes addresses absolute, so that relative ones can be resolved

# Where an element names an address that a browser fetches on its own; an address in <a> waits for the reader.
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "use": "href"}
LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


@dataclass
class HtmlPage(HTMLParser):
    """A built page; *address* is where it stands in the site, such as `leaders/jens-stoltenberg/`."""

    address: str
    text: str
    lang: str = ""
    title: str = ""
    description: str = ""
    h1: int = 0
    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._in_title = False
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name.removeprefix("xlink:"): value or "" for name, value in attrs}
        if "id" in values:
            self.ids[values["id"]] += 1
        relations = set(values.get("rel", "").split())
        if tag == "link" and relations & LOADED_RELATIONS:
            self.loaded.append(values["href"])
        elif tag in ("a", "link") and "href" in values and "canonical" not in relations:
            self.links.append(values["href"])
        if address := values.get(LOADED.get(tag, "")):
            self.loaded.append(address)
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "h1":
            self.h1 += 1
        if tag == "meta" and values.get("name") == "description":
            self.description = values.get("content", "")
        self._in_title = tag == "title" and not self.title  # the page's own, not that of a drawing

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def target(self, link: str) -> tuple[str, str] | None:
        """Return the page and the fragment that *link* leads to, or None when it leaves the site."""
        absolute = urlsplit(urljoin(HOST + self.address, link))
        if f"{absolute.scheme}://{absolute.netloc}/" != HOST:
            return None
        return unquote(absolute.path.removeprefix("/")), unquote(absolute.fragment)


def read_site(folder: Path) -> dict[str, HtmlPage]:
    """Return every page of the site in *folder* by its address."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix()
        if path.name == "index.html":
            address = address.removesuffix("index.html")
        pages[address] = HtmlPage(address, path.read_text(encoding="utf-8"))
    return pages
