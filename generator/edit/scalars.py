"""Texts as YAML writes them: plain where every reader takes it for the same text, else in double quotes, or folded."""

from __future__ import annotations

import re

from generator.syntax import INVISIBLE

_START = re.compile(r"[\w(/$€£+…‘“]|-(?=\d)|\.\.(?=/)")
_OTHER = re.compile(r": |:$| #|[\r\n]| $")
_FLOW = re.compile(r"[,?\[\]{}]")
_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)"
)
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NOT_TEXT = re.compile(r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|")


def scalar(text: str, *, flow: bool = False) -> str:
    """Return *text* on one line: plain if YAML 1.1 and 1.2 both read it as it stands, else in double quotes.

    *flow* says that it stands inside `[…]` or `{…}`.
    """
    return text if _is_plain(text, flow=flow) else quoted(text)


def quoted(text: str) -> str:
    """Return *text* in double quotes; what cannot be seen is written as an escape."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{INVISIBLE.sub(_escape, escaped)}"'


def folded(text: str, indent: int, width: int) -> list[str] | None:
    """Return the lines of *text* below `>-`, at *indent*, of *width* characters at most; None if folding changes it."""
    words = text.split(" ")
    if len(words) == 1 or "" in words or re.search("[\r\n]", text) or INVISIBLE.search(text):
        return None
    lines = [""]
    for word in words:
        if lines[-1] and indent + len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [" " * indent + line for line in lines]


def _is_plain(text: str, *, flow: bool) -> bool:
    if _NOT_TEXT.fullmatch(text) or not _START.match(text) or _OTHER.search(text) or INVISIBLE.search(text):
        return False
    if _NUMBER.fullmatch(text) and not _PLAIN_NUMBER.fullmatch(text):
        return False
    return not (flow and _FLOW.search(text))


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\\t" if code == 9 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
