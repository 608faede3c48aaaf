"""A second process does what one would, and leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fact_bases import BASE, ROOT, TESTS, lay

import generator.check
import generator.load
from generator.check import RULES, check
from generator.load import load, load_readable
from generator.memory import Recall
from generator.processes import elsewhere, possible, spread

V = TypeVar("V")


def in_a_new_one(act: Callable[[], V]) -> V:
    """Return what *act* returns or raises in a new process: a browser that another test has open is a thread here."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(act).result()


def numbers() -> tuple[list[tuple[int, int]], int]:
    with elsewhere(lambda at: (at, os.getpid()), 3) as found:
        return list(found), os.getpid()


def many_numbers() -> tuple[list[tuple[int, int]], int]:
    return list(spread(lambda at: (at, os.getpid()), 50)), os.getpid()


def spread_fault() -> None:
    for _ in spread(lambda at: 1 // (at - 7), 50):
        pass


def spread_kill() -> None:
    for _ in spread(lambda at: os.kill(os.getpid(), signal.SIGKILL) if at == 7 else at, 50):
        pass


def interrupt() -> list[int]:
    """Return what came before a Ctrl+C that all processes get at once."""
    found = []
    try:
        for at in spread(lambda at: time.sleep(0.02) or at, 500):
            found.append(at)
            if at == 20:
                os.killpg(0, signal.SIGINT)
    except KeyboardInterrupt:
        return found
    raise AssertionError("nobody heard Ctrl+C")


def in_a_group_of_its_own(act: Callable[[], V]) -> V:
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background hears no Ctrl+C
    return act()


def possible_beside(thread: bool) -> bool:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    if thread:
        other.start()
    try:
        return possible()
    finally:
        end.set()


def fault() -> None:
    with elsewhere(lambda at: 1 // at, 1) as found:
        next(found)


def kill() -> None:
    with elsewhere(lambda _: os.kill(os.getpid(), signal.SIGKILL), 1) as found:
        next(found)


def wait_there(line: Connection) -> None:
    def wait(at: int) -> None:
        line.send("begun")
        time.sleep(60)

    with elsewhere(wait, 1) as found:
        next(found)


def test_results_come_in_order_from_another_process() -> None:
    found, here = in_a_new_one(numbers)

    assert [at for at, _ in found] == [0, 1, 2]
    assert here not in {there for _, there in found}


def test_what_several_processes_do_comes_in_order_and_from_none_but_them() -> None:
    found, here = in_a_new_one(many_numbers)

    assert [at for at, _ in found] == list(range(50))
    assert here not in {there for _, there in found}


def test_ctrl_c_ends_what_several_processes_do_after_what_they_are_at() -> None:
    found = in_a_new_one(partial(in_a_group_of_its_own, interrupt))

    assert found == list(range(len(found)))
    assert 21 <= len(found) < 100


def test_no_copy_of_a_process_is_made_while_another_thread_may_hold_a_lock() -> None:
    assert in_a_new_one(partial(possible_beside, thread=False))
    assert not in_a_new_one(partial(possible_beside, thread=True))


@pytest.mark.parametrize("work", [fault, spread_fault])
def test_fault_in_another_process_is_a_fault_here(work: Callable[[], None]) -> None:
    with pytest.raises(ZeroDivisionError):
        in_a_new_one(work)


@pytest.mark.parametrize("work", [kill, spread_kill])
def test_process_that_is_killed_is_an_error_and_no_endless_wait(work: Callable[[], None]) -> None:
    with pytest.raises(ChildProcessError, match="was killed"):
        in_a_new_one(work)


def test_second_process_ends_with_the_one_that_started_it() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=wait_there, args=(theirs,))
    process.start()
    theirs.close()
    assert ours.recv() == "begun"

    process.kill()
    process.join()

    assert ours.poll(20), "the second process still holds its end of the line"
    with pytest.raises(EOFError):
        ours.recv()


# What two processes read and check


def read(root: Path, worth_it: int) -> tuple[Any, ...]:
    """Return what is read of *root*, its problems, what is remembered, and how many files another process read."""
    generator.load.WORTH_IT = worth_it
    recall = Recall({})
    base, problems = load_readable(root, (), recall)
    marks = [(id, base.mark(id), base.lines(id), base.digests[id]) for id in base.records]
    return list(base.records.items()), marks, sorted(problems), list(recall.parts), len(recall.ahead)


def read_again() -> int:
    """Return how many files another process reads where one file of the data is new."""
    first = Recall({})
    load(ROOT, (), first)
    generator.load.WORTH_IT = 1
    again = Recall({key: part for key, part in first.parts.items() if "data/places.yml" not in key})
    load(ROOT, (), again)
    assert again.parts.keys() == first.parts.keys()
    return len(again.ahead)


def checked(root: Path, worth_it: int) -> list[Any]:
    generator.check.WORTH_IT = worth_it
    return [(one.rule.id, *one.found) for one in check(load(root))]


@pytest.mark.parametrize("case", ["", "duplicate-key", "unknown-key", "unique-id", "wrong-value"])
def test_data_read_by_two_processes_is_what_one_reads(tmp_path: Path, case: str) -> None:
    root = lay(tmp_path, over=TESTS / "bad" / case) if case else ROOT
    *one, none_ahead = in_a_new_one(partial(read, root, 10**9))
    *two, ahead = in_a_new_one(partial(read, root, 1))

    assert two == one
    assert bool(one[2]) == bool(case)
    assert (none_ahead, ahead > 0) == (0, True)
    assert ahead < len(one[3])


def test_a_file_that_is_new_is_all_that_is_read_anew() -> None:
    assert in_a_new_one(read_again) <= 1


@pytest.mark.parametrize("case", ["", "known-ids", "quotation-found"])
def test_rules_asked_by_two_processes_find_what_one_finds(tmp_path: Path, case: str) -> None:
    root = lay(tmp_path, over=TESTS / "bad" / case) if case else BASE
    one, two = in_a_new_one(partial(checked, root, 10**9)), in_a_new_one(partial(checked, root, 1))

    assert two == one
    assert [id for id, *_ in two] == [rule.id for rule in RULES]
    assert any(problems for *_, problems, _ in two) == bool(case)
