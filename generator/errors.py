"""Places and problems: what every other module uses to say where something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file of the repository; line and column count from 1, as editors do."""

    path: PurePosixPath
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: its place, what to mend, and the id of the rule that found it."""

    mark: Mark
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.message} ({self.rule})"


class DataError(Exception):
    """Raised by `load`: the *problems* of syntax and shape in all files, in order of place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the data")
        self.problems = sorted(problems)
