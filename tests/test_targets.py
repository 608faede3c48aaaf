"""What is made anew, and what is taken over."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import pytest

from generator.reading import Table
from generator.targets import PACKED, WORTH_IT, File, Memory, Packed, Run, Target

V = TypeVar("V")

NAMES = {"a": "Ann", "b": "Bert"}


class World:
    """A tiny fact base, the targets made from it, and a folder that has what they gave."""

    def __init__(self) -> None:
        self.names = dict(NAMES)
        self.memory = Memory()
        self.stamps: dict[str, tuple[int, int]] = {}
        self.clock = 0

    def targets(self, beside: str = "") -> Iterator[Target]:
        names = Table("names", self.names)
        for key in self.names:
            yield Target(key, lambda key=key: [File(f"{key}.md", names[key].encode())], beside)  # type: ignore[misc]
        yield Target("all", lambda: [File("all.md", ", ".join(names.values()).encode())])
        yield Target("fixed", lambda: [File("fixed.md", b"as ever"), File("fixed.json", b"{}")])

    def run(self, beside: str = "") -> list[str]:
        """Make what must be made, and return the paths."""
        run = Run(self.memory, lambda question: str(self.answer(*question)), self.stamps)
        run.make(self.targets(beside))
        self.clock += 1
        made = [one.path for one in run.files]
        assert not run.kept.intersection(made)
        assert run.kept.union(made) == run.digests.keys()
        self.stamps = {path: self.stamps[path] for path in run.kept}
        self.stamps |= {one.path: (len(one.content), self.clock) for one in run.files}
        self.memory = Memory.read(run.remember(self.stamps).parts())
        return made

    def answer(self, table: str, key: str) -> object:
        return list(self.names.items()) if key == "*" else self.names.get(key)


@pytest.fixture
def world() -> World:
    made = World()
    made.run()
    return made


def test_all_is_made_at_first_and_nothing_when_nothing_changed(world: World) -> None:
    assert World().run() == ["a.md", "b.md", "all.md", "fixed.md", "fixed.json"]
    assert world.run() == []
    assert world.run() == []


def test_change_makes_anew_what_asked_for_it(world: World) -> None:
    world.names["b"] = "Berta"

    assert world.run() == ["b.md", "all.md"]
    assert world.run() == []


def test_addition_and_removal_concern_those_who_asked_for_all(world: World) -> None:
    world.names["c"] = "Carl"
    assert world.run() == ["c.md", "all.md"]

    del world.names["a"]
    assert world.run() == ["all.md"]
    assert set(world.memory.targets) == {"b", "c", "all", "fixed"}
    world.names["a"] = "Ann"
    assert world.run() == ["a.md", "all.md"]
    assert world.run() == []


def test_what_a_target_rests_on_beside_the_fact_base_counts(world: World) -> None:
    assert world.run(beside="another template") == ["a.md", "b.md"]


@pytest.mark.parametrize("stamp", [None, (2, 99), (99, 1)], ids=["gone", "time", "size"])
def test_file_that_is_gone_or_another_is_made_anew_with_what_belongs_to_it(
    world: World, stamp: tuple[int, int] | None
) -> None:
    del world.stamps["fixed.json"]
    if stamp:
        world.stamps["fixed.json"] = stamp

    assert world.run() == ["fixed.md", "fixed.json"]


def elsewhere(act: Callable[[], V]) -> V:
    """Return what *act* returns or raises in a new process: a browser that another test has open is a thread here."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(act).result()


Content = list[tuple[str, bytes]]


def content(run: Run) -> Content:
    return [(one.path, one.content) for one in run.files]


def many(fails: str = "") -> Iterator[Target]:
    def make(name: str) -> list[File]:
        if name == fails:
            raise ValueError(name)
        return [File(name, name.encode())]

    for number in range(WORTH_IT):
        yield Target(f"many {number}", lambda number=number: make(f"{number}"))  # type: ignore[misc]


def place() -> Target:
    return Target("place", lambda: [File("place", str(os.getpid()).encode())])


def one_and_two() -> tuple[Content, Content, bool]:
    """Return what one process makes, what two make, and whether they remember the same of it."""
    one, two = Run(Memory(), str, {}), Run(Memory(), str, {})
    one.make([*World().targets(), *many()])
    with two.apart([place()], many()) as wait:
        two.make(World().targets())
        wait()
        assert [file.path for file in two.files][-1] == "place"
    two.files = [file for file in two.files if file.path != "place"]
    del two.targets["place"]
    return content(one), content(two), one.remember({}) == two.remember({})


def fault() -> None:
    run = Run(Memory(), str, {})
    with run.apart([], many(fails="99")):
        run.make(World().targets())


def test_second_process_gives_what_one_gives() -> None:
    one, two, same_memory = elsewhere(one_and_two)

    assert two == one
    assert same_memory


def test_fault_in_the_second_process_is_a_fault_here() -> None:
    with pytest.raises(ValueError, match="99"):
        elsewhere(fault)


@pytest.mark.parametrize("size", [0, 9, PACKED, PACKED + 1])
def test_file_that_waits_comes_out_as_it_went_in(size: int) -> None:
    content = b"Zahara " * size
    waiting = Packed.of(File("a.txt", content[:size]))
    assert (waiting.path, waiting.content) == ("a.txt", content[:size])
    assert waiting.compressed == (size <= PACKED)
