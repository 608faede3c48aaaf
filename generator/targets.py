"""What a run makes, and what of it must be made anew: a target is made again when an answer it rests on is another.

Each target tells by itself, through `reading`, what it asked of the fact base. So nobody keeps a list of which page
shows what, and none can be forgotten.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, chain, count
from typing import NamedTuple, Protocol

from generator import processes
from generator.reading import Question, reading


class Output(Protocol):
    """What can be written: a path below docs/ and its content."""

    @property
    def path(self) -> str: ...

    @property
    def content(self) -> bytes: ...


@dataclass(frozen=True)
class File:
    """A file: its *path* below docs/, which is that below the top of the site, and its *content*."""

    path: str
    content: bytes


PACKED = 1_000_000
"""Up to how many bytes a file is compressed while it waits: larger ones are few, and that takes its time."""


@dataclass(frozen=True)
class Packed:
    """A file that waits for the others: its *path* below docs/, the SHA-256 of its content, and that, mostly packed."""

    path: str
    digest: str
    packed: bytes
    compressed: bool

    @classmethod
    def of(cls, one: Output) -> Packed:
        """Return *one*, compressed where it is one of many."""
        content = one.content
        compressed = len(content) <= PACKED
        packed = zlib.compress(content, 1) if compressed else content
        return cls(one.path, hashlib.sha256(content).hexdigest(), packed, compressed)

    @property
    def content(self) -> bytes:
        return zlib.decompress(self.packed) if self.compressed else self.packed


@dataclass(frozen=True)
class Target:
    """What is made together, by *make*, under a *name*; *beside* is what it rests on beside the fact base."""

    name: str
    make: Callable[[], Iterable[Output]]
    beside: str = ""


Stamp = tuple[int, int]
"""Size and time of change of a file, the latter in nanoseconds."""


class Made(NamedTuple):
    """A target as it was made: what it rested on, the numbers of its questions, and path and digest of its files."""

    beside: str
    asked: Sequence[int]
    files: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Memory:
    """What the last run made: *answers* has each question by its number, with a digest of the answer.

    A number that no target needs any more has None there. *stamps* has that of each file, by path, as it was when it
    had been written.
    """

    answers: Sequence[tuple[Question, str] | None] = ()
    targets: Mapping[str, Made] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    @classmethod
    def read(cls, parts: Mapping[str, bytes]) -> Memory:
        """Return what *parts* hold, which `parts` of another run gave; nothing where they are none."""
        if not parts:
            return cls()
        found = {name: json.loads(parts[name]) for name in ("answers", "targets", "stamps")}
        asked = array("I", parts["asked"])
        ends = accumulate(number for _, number, _ in found["targets"].values())
        return cls(
            [one and ((one[0], one[1]), one[2]) for one in found["answers"]],
            {
                name: Made(beside, asked[end - number : end], files)
                for (name, (beside, number, files)), end in zip(found["targets"].items(), ends, strict=True)
            },
            {path: (size, time) for path, (size, time) in found["stamps"].items()},
        )

    def parts(self) -> dict[str, bytes]:
        """Return all of it as bytes, by name."""
        answers = [one and (*one[0], one[1]) for one in self.answers]
        targets = {name: (one.beside, len(one.asked), one.files) for name, one in self.targets.items()}
        asked = array("I", chain.from_iterable(one.asked for one in self.targets.values()))
        whole = {"answers": answers, "targets": targets, "stamps": self.stamps}
        return {**{name: json.dumps(value).encode() for name, value in whole.items()}, "asked": asked.tobytes()}


WORTH_IT = 500
"""How many targets there must be for a second process to make up for its start."""


class _New(NamedTuple):
    """What a target gave: its name, what it rested on, what it asked, and its files."""

    name: str
    beside: str
    asked: Collection[Question]
    files: Sequence[Packed]


def _made(target: Target) -> _New:
    with reading() as asked:
        files = [Packed.of(one) for one in target.make()]
    return _New(target.name, target.beside, asked.all(), files)


class Run:
    """Makes targets, or takes over what *memory* has of them.

    *answer* returns a digest of what the fact base answers to a question, *stamps* those of the files that are there.
    """

    def __init__(self, memory: Memory, answer: Callable[[Question], str], stamps: Mapping[str, Stamp]) -> None:
        self.memory, self.answer, self.stamps = memory, answer, stamps
        self.files: list[Packed] = []
        """What was made."""
        self.kept: set[str] = set()
        """The paths of what was taken over."""
        self.digests: dict[str, str] = {}
        """The SHA-256 of each file, made or taken over, by path."""
        self.targets: dict[str, Made] = {}
        known = [one for one in enumerate(memory.answers) if one[1]]
        self._numbers = {one[0]: number for number, one in known if one}
        self._free = chain((number for number, one in enumerate(memory.answers) if not one), count(len(memory.answers)))
        self._changed = {number for number, one in known if one and answer(one[0]) != one[1]}

    def make(self, targets: Iterable[Target]) -> None:
        """Make or take over each of *targets*; raises what making raises."""
        for target in self._todo(targets):
            self._add(_made(target))

    @contextmanager
    def apart(self, soon: Iterable[Target], late: Iterable[Target]) -> Iterator[Callable[[], None]]:
        """Make or take over *soon* and *late* as well, in a second process while the body runs where that pays.

        What is yielded may be called in the body, once: it waits for those that are wanted *soon*.
        """
        parts = [self._todo(soon), self._todo(late)]
        todo = sum(map(len, parts))
        pays = todo and len(self.targets) + todo >= WORTH_IT

        def make(at: int) -> list[_New]:
            return [_made(target) for target in parts[at]]

        if not (pays and processes.possible()):
            made = map(make, range(len(parts)))
            yield lambda: self._add_all(next(made))
            self._add_all(chain.from_iterable(made))
            return
        with processes.elsewhere(make, len(parts)) as made_there:
            yield lambda: self._add_all(next(made_there))
            self._add_all(chain.from_iterable(made_there))

    def _todo(self, targets: Iterable[Target]) -> list[Target]:
        """Take over those of *targets* that stand as they are, and return the others."""
        todo = []
        for target in targets:
            known = self.memory.targets.get(target.name)
            if known and self._stands(known, target):
                self.targets[target.name] = known
                self.kept.update(path for path, _ in known.files)
                self.digests.update(known.files)
            else:
                todo.append(target)
        return todo

    def _add_all(self, several: Iterable[_New]) -> None:
        for one in several:
            self._add(one)

    def _add(self, new: _New) -> None:
        digests = [(one.path, one.digest) for one in new.files]
        self.targets[new.name] = Made(new.beside, [self._number(one) for one in new.asked], digests)
        self.files += new.files
        self.digests.update(digests)

    def _number(self, question: Question) -> int:
        number = self._numbers.get(question)
        if number is None:
            number = self._numbers[question] = next(self._free)
        return number

    def _stands(self, known: Made, target: Target) -> bool:
        stamps, as_it_was = self.stamps, self.memory.stamps
        return (
            known.beside == target.beside
            and self._changed.isdisjoint(known.asked)
            and all(path in stamps and stamps[path] == as_it_was.get(path) for path, _ in known.files)
        )

    def remember(self, stamps: Mapping[str, Stamp]) -> Memory:
        """Return what the next run is to know of this one, whose files have *stamps* now."""
        needed = set[int]().union(*(made.asked for made in self.targets.values()))
        answers: list[tuple[Question, str] | None] = [None] * (max(needed, default=-1) + 1)
        for question, number in self._numbers.items():
            if number in needed:
                answers[number] = question, self.answer(question)
        return Memory(answers, self.targets, stamps)
