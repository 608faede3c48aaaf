"""Markdown as the reader gets it: through the extensions of mkdocs.yml, read back as elements and text."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import Any

import markdown
from fact_bases import ROOT
from mkdocs.utils.yaml import yaml_load

Element = tuple[str, dict[str, str | None]]


class _Reader(HTMLParser):
    """Reads HTML: its elements in order, with their attributes, and the text in them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.skipped = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.skipped = ("class", "headerlink") in attributes  # the sign of a link to a heading is asked for
        if not self.skipped:
            self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        self.skipped = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.skipped else data

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", {}))


@cache
def _builder() -> markdown.Markdown:
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        listed: list[Any] = yaml_load(file)["markdown_extensions"]
    configured = {name: options for one in listed if isinstance(one, dict) for name, options in one.items()}
    named = [one for one in listed if isinstance(one, str)]
    names = dict.fromkeys(["toc", "tables", "fenced_code", *named, *configured])  # the first three are MkDocs' own
    return markdown.Markdown(extensions=list(names), extension_configs=configured)


def shown(text: str) -> tuple[list[Element], str]:
    """Return the elements and the text that *text*, in Markdown, becomes."""
    reader = _Reader()
    reader.feed(_builder().reset().convert(text))
    reader.close()
    return reader.elements, reader.text
