"""Text on its way through Markdown: whatever it is, the reader sees its characters, and nothing is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from rendered import Element, shown

from generator import markup, syntax
from generator.markup import SIGN, Md, escape, front_matter, join, link, prose, span


def allowed(text: str) -> bool:
    """Say whether *text* can be the value of a record: one line, nothing invisible, no space around it."""
    _, problems = syntax.parse(PurePosixPath("fog.yml"), f"# {text}".encode())
    return bool(text) and text == text.strip() and "\n" not in text and [one.rule for one in problems] == ["empty-file"]


SIGNS = """
# ## - + * ** _ __ ` ``` ~~~ ~~ ^ = === --- | || : :: 1. 2) { } {: .x } [ ] ( ) ]( ![ [^1] [^1]: *[a]: [a]: [[a]] [TOC]
< > </ /> <b> </div> <script> <!-- --> <?php <http://a.b> <a@b.c> & &amp; &#35; &lt;script&gt; \\ \\* " ' “ ” …
!!! !!! note ??? --8<-- http://a.b/c javascript:alert(1) a@b.c {{ page }} {% raw %} $$ \\( :smile: ++ == %
a b é 北 🕊 Fog 12 klzzwxh:0001 wzxhzdk:0 amp STX
"""
PIECES = st.sampled_from(
    [*SIGNS.split(), "{: .x }", "{ #id }", "<a href=x>", "!!! note", "{{ page }}", " ", "  ", "    "]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.text(st.characters(codec="utf-8"), max_size=20),
).filter(allowed)

# Where the templates put texts; what stands around it makes the elements that are named.
PLACES: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "a paragraph": (lambda text: f"{escape(text)}\n", ["p"]),
    "a paragraph with attributes": (lambda text: f"{escape(text)}\n{{: .lead }}\n", ["p"]),
    "a heading": (lambda text: f"# {escape(text)}\n", ["h1"]),
    "a heading with attributes": (lambda text: f"### {escape(text)} {{ #f01 .fact }}\n", ["h3"]),
    "a cell": (lambda text: f"| A |\n| --- |\n| {escape(text)} |\n", "table thead tr th tbody tr td".split()),
    "a link": (lambda text: f"{link(text, '../a.md#b')}\n", ["p", "a"]),
    "a link with classes": (lambda text: f"- {link(text, '../a.md', 'when')} x\n", ["ul", "li", "a"]),
    "a span": (lambda text: f"x {span(text, 'kind')}\n", ["p", "span"]),
    "bold": (lambda text: f"**{escape(text)}** x\n", ["p", "strong"]),
    "an item": (lambda text: f'<div markdown>\n\n- {escape(text)}\n\n</div>\n', ["div", "ul", "li"]),
    "a quotation": (lambda text: f"> “{escape(text)}” <cite>{escape(text)}</cite>\n", ["blockquote", "p", "cite"]),
    "a second line of an item": (lambda text: f"- a<br>\n    {escape(text)}\n", ["ul", "li", "br"]),
}  # fmt: skip


@cache
def plainly(place: str) -> tuple[list[Element], str]:
    """Return what the text 'Fog' becomes at *place*."""
    return shown(PLACES[place][0]("Fog"))


def without_id(element: Element) -> Element:
    """Return *element* without its id, which a heading takes from its text."""
    name, attributes = element
    return name, {key: value for key, value in attributes.items() if key != "id"}


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
@example(text="1. a")
@example(text="a {: onclick=x }")
@example(text="C#")
def test_any_text_is_shown_as_it_is_and_makes_no_element(place: str, text: str) -> None:
    page, names = PLACES[place]
    elements, words = shown(page(text))
    plain_elements, plain_words = plainly(place)

    assert [name for name, _ in elements] == names
    assert words.split() == plain_words.replace("Fog", text).split()
    assert [without_id(one) for one in elements] == [without_id(one) for one in plain_elements]


@given(TEXTS)
def test_the_spaces_inside_a_text_stay(text: str) -> None:
    assert shown(f"x{escape(text)}x")[1] == f"x{text}x"


def test_markdown_is_written_as_it_stands() -> None:
    assert escape(Md("**a**")) == "**a**"
    assert isinstance(escape("a"), Md)
    assert escape(escape("<a> & *b*")) == escape("<a> & *b*")
    assert escape(12) == "12"


def test_parts_are_joined_and_each_is_escaped_unless_it_is_markdown() -> None:
    assert join(["a", Md("**b**"), "*"]) == "a, **b**, &#42;"
    assert join([], "; ") == ""


def test_a_link_leads_where_it_should_with_brackets_in_its_address_and_its_text() -> None:
    elements, text = shown(link("[a](b)", "https://fog.example/x_(y)?q=*a*", "when late"))

    assert text == "[a](b)"
    assert elements[1] == ("a", {"href": "https://fog.example/x_%28y%29?q=*a*", "class": "when late"})


def test_what_stands_between_backticks_in_a_docstring_is_code() -> None:
    assert shown(prose("Either `as_of` or `<date>`, *not* both.")) == (
        [("p", {}), ("code", {}), ("code", {})],
        "Either as_of or <date>, *not* both.",
    )


@given(TEXTS, TEXTS)
def test_front_matter_is_read_back_as_it_was_given(title: str, description: str) -> None:
    head = front_matter(title, description, "toc", before="fog/")

    read = yaml.safe_load(head.removeprefix("---\n").removesuffix("\n---"))

    assert {key: value for key, value in read.items() if key not in ("title", "description")} == {
        "hide": ["navigation", "toc"],
        "before": "fog/",
    }
    assert not any("<" in one for one in (read["title"], read["description"]))
    assert (unescape(read["title"]), unescape(read["description"])) == (title, description)
    assert get_data(f"{head}\n\n# Fog\n") == ("# Fog\n", read)


def test_front_matter_bears_the_sign_of_what_is_generated_in_its_second_line() -> None:
    lines = front_matter("Fog", "Fog in the bay.").splitlines()

    assert lines[:2] == ["---", f"# {SIGN}"]
    assert "search:" not in lines
    assert "tags:" not in lines
    assert not re.search("[\"':{}]", markup.SIGN.replace("; ", ""))
