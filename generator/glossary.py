"""Terms explained where they first stand on a page: a button opens the line, without a script and without a mouse.

What is explained stands at the end of the page as well, for print and for browsers without the Popover API.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.markup import escape

_PASS_OVER = (
    r"^(?:#|\{:|<svg|<script|<div class=\"drawing\"|\|[ -:|]*$)[^\n]*$"  # headings, attributes, drawings
    r"|<div class=\"(?:chips|cards|numbers)\".*?</div>"
    r"|<(pre|code|summary|button|nav|h[1-6])\b.*?</(?P=tag)>"
    r"|<[^>]*>|`[^`\n]*`|&#?\w+;"
).replace("(pre", "(?P<tag>pre")
_LINK = r"\[(?P<text>[^\]\n]*)\]\([^)\n]*\)(?:\{[^}\n]*\})?"


@dataclass(frozen=True)
class Term:
    """A term: its id, its names, longest first, and the line that explains it."""

    id: str
    name: str
    names: tuple[str, ...]
    explanation: str


@dataclass(frozen=True)
class Glossary:
    """The terms of a fact base."""

    terms: Sequence[Term]

    def explain(self, text: str, up: str) -> str:
        """Return the page *text* with each term explained where it first stands; *up* leads to the top of the site.

        Headings, code and drawings are passed over. A term that is a link stays one and gets a button beside it.
        """
        head, mark, body = text.partition("\n---\n")
        found: dict[str, Term] = {
            str(escape(name)): term for term in self.terms for name in term.names if escape(name) in body
        }
        if not found:
            return text
        names = sorted(found, key=lambda name: (-len(name), name))
        pattern = re.compile(
            rf"{_PASS_OVER}|{_LINK}|(?<![\w-])(?P<name>{'|'.join(map(re.escape, names))})(?![\w-])", re.M | re.S
        )
        told: dict[str, Term] = {}

        def explained(match: re.Match[str]) -> str:
            name = match["name"] or match["text"] or ""
            term = found.get(name)
            if term is None or term.id in told:
                return match[0]
            told[term.id] = term
            if match["name"]:
                return f'<button type="button" class="term" popovertarget="{term.id}-note">{name}</button>'
            label = html.escape(f"Explain {term.name}")
            button = f'<button type="button" class="term beside" popovertarget="{term.id}-note" aria-label="{label}">'
            return f"{match[0]}{button}</button>"

        body = pattern.sub(explained, body)
        return f"{head}{mark}{body}{_notes(tuple(told.values()), up)}" if told else text


def _notes(terms: Sequence[Term], up: str) -> str:
    """Return the lines that explain *terms*, as blocks that open over the page."""
    notes = "".join(
        f'<div class="term-note" popover id="{term.id}-note"><strong>{escape(term.name)}</strong> '
        f'{escape(term.explanation)} <a href="{up}glossary/#{term.id}">Glossary</a></div>'
        for term in terms
    )
    return f'\n<div class="terms">{notes}</div>\n'
