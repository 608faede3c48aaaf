"""What helps an editor: new records, quotations, renaming, one form for all files, and words for what is there.

Everything here is pure: it takes texts and the fact base, and gives back new texts or lines to show. Only `cli`
reads and writes files, asks for the clock and prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Files = Mapping[str, bytes]
"""The content of files by path from the top of the repository."""


class Refused(Exception):
    """What was asked for cannot be done; the message says why, and what would be right."""


@dataclass(frozen=True)
class Edit:
    """What a command does: *changes* gives files their new content (None takes a file away).

    *lines* are the answer, *notes* what a person should know besides; *wrong* says that something is not as it should.
    """

    changes: Mapping[str, bytes | None] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    wrong: bool = False
