"""A page in Markdown -> a tree of its HTML, as MkDocs' parser makes it, for tests that read pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import markdown

_EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc"]
_VOID = {"br", "hr", "img", "input", "meta", "link"}


@dataclass
class Element:
    """An element: its tag, its attributes, and what is in it in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it on one line; a line break is a space, and what only sums up a fold is left out."""
        return re.sub(r"\s+", " ", "".join(self._texts())).strip()

    def _texts(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag == "br":
                yield " "
            elif one.tag != "summary":
                yield from one._texts()
                yield " " if one.tag in ("p", "li", "td", "th", "tr", "h1", "h2", "h3", "blockquote", "div") else ""

    @property
    def elements(self) -> list[Element]:
        return [one for one in self.inside if isinstance(one, Element)]

    def all(self, tag: str, *classes: str) -> list[Element]:
        """Return the elements in it with this *tag* and these *classes*, in order."""
        found = []
        for one in self.elements:
            if one.tag == tag and set(classes) <= set(one.classes):
                found.append(one)
            found += one.all(tag, *classes)
        return found

    def links(self) -> list[str]:
        return [one.attributes["href"] for one in self.all("a") if "href" in one.attributes]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(one)
        if tag not in _VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Element:
    """Return the tree of the page *text*, its front matter left out."""
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    builder = _Builder()
    builder.feed(markdown.markdown(body, extensions=_EXTENSIONS))
    builder.close()
    return builder.open[0]


def sections(page: Element, tag: str = "h2") -> dict[str, list[Element]]:
    """Return what stands under each heading *tag* of *page*, by its text; what comes before the first under ""."""
    found: dict[str, list[Element]] = {"": []}
    name = ""
    for one in page.elements:
        if one.tag == tag:
            name = one.text
            found[name] = []
        else:
            found[name].append(one)
    return found
