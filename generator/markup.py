"""Text on its way into Markdown: everything is escaped but what is Markdown already."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence

_ENTITIES = {ord(c): f"&#{ord(c)};" for c in "\\`*_{}[]<>&|~^#\"'"}
_LINE_START = re.compile(r"[#+\-=:!]|\d+[.)]")


class Md(str):
    """Text that is Markdown already, to be written as it stands."""

    __slots__ = ()


def escape(value: object) -> Md:
    """Return *value* as Markdown that shows exactly its characters; Md is returned as it is."""
    if isinstance(value, Md):
        return value
    text = str(value).translate(_ENTITIES).replace("://", "&#58;//").replace("--8", "&#45;-8")
    if _LINE_START.match(text):  # it may come to stand at the start of a line
        text = f"&#{ord(text[0])};{text[1:]}"
    return Md(text)


def link(text: object, href: str, classes: str = "") -> Md:
    """Return a link; *href* is a path of this site, or a web address that the model has let through."""
    attributes = "{ " + " ".join(f".{one}" for one in classes.split()) + " }" if classes else ""
    target = href.replace("(", "%28").replace(")", "%29")
    return Md(f"[{escape(text)}]({target}){attributes}")


def span(text: object, classes: str) -> Md:
    """Return *text* in a span with these CSS *classes*."""
    return Md(f'<span class="{classes}">{escape(text)}</span>')


def join(parts: Iterable[object], separator: str = ", ") -> Md:
    """Return *parts* with *separator* between them."""
    return Md(separator.join(escape(part) for part in parts))


def prose(text: str) -> Md:
    """Return *text* with what stands between backticks as code, as in the docstrings of rules."""
    parts = text.split("`")
    return Md("".join(f"<code>{escape(one)}</code>" if n % 2 else escape(one) for n, one in enumerate(parts) if one))


SIGN = "Made by summit-record from data/; an edit here is lost."
"""Every generated file bears these words near its start; a file without them is a person's and stays."""


def front_matter(
    title: str,
    description: str,
    *hide: str,
    scripts: Sequence[str] = (),
    before: str = "",
    after: str = "",
) -> Md:
    """Return what a page opens with: its title and description for the head of the HTML, and the sign of its origin.

    The theme's list of the pages of a section is left out, and what *hide* names besides; *scripts* are loaded by this
    page only; *before* and *after* are the addresses of the pages next to it, where it is one of several, below the
    site's top.
    """
    hidden = ", ".join(("navigation", *hide))
    lines = [f"title: {_quoted(title)}", f"description: {_quoted(description)}", f"hide: [{hidden}]"]
    if scripts:
        lines += [f"scripts: [{', '.join(scripts)}]"]
    lines += [f"{key}: {_quoted(one)}" for key, one in (("before", before), ("after", after)) if one]
    return Md("\n".join(["---", f"# {SIGN}", *lines, "---"]))


def _quoted(text: str) -> str:
    """Return *text* as a YAML string, which JSON's are, and as HTML, for the theme writes it as it is."""
    return json.dumps(html.escape(text), ensure_ascii=False)
