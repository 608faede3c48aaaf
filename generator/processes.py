"""Other processes: copies of this one, that do a part of the work."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

V = TypeVar("V")

COPIES = 2
"""How many do work that can be cut into many parts: more would want more memory than most machines have to spare."""


def possible() -> bool:
    """Say whether this process can be copied: the system knows how, and no other thread may hold a lock."""
    return hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def elsewhere(work: Callable[[int], V], count: int) -> Iterator[Iterator[V]]:
    """Call *work* with 0, 1 … up to *count* in a copy of this process while the body runs.

    Yields what waits for each result in turn. That raises what *work* raises, and ChildProcessError where the copy was
    killed. Results are pickled; *work* need not be.
    """
    with _copies(1, work, _end_with_parent) as copies:
        yield copies.map(_do, range(count))


def spread(work: Callable[[int], V], count: int) -> Iterator[V]:
    """Yield what *work* returns for 0, 1 … up to *count*, called in copies of this process; raises as `elsewhere`.

    They take no notice of Ctrl+C: this process does, and waits for the few parts that they are at.
    """
    with _copies(COPIES, work, _end_with_parent_only) as copies:
        yield from copies.map(_do, range(count))


@contextmanager
def _copies(number: int, work: Callable[[int], Any], first: Callable[[], None]) -> Iterator[Executor]:
    import multiprocessing  # these take as long to import as some commands run
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _work
    _work = work
    gc.freeze()  # else each copy would look through all that is here, and so get memory of its own for it
    try:
        with ProcessPoolExecutor(number, multiprocessing.get_context("fork"), first) as copies:
            yield copies
    except BrokenProcessPool:
        raise ChildProcessError(10, "a second process was killed, perhaps for want of memory; run again") from None
    finally:
        gc.unfreeze()
        del _work


_work: Callable[[int], Any]
"""What the copies do; they know it from the process that they are copies of."""


def _do(at: int) -> Any:
    return _work(at)


def _end_with_parent_only() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()


def _end_with_parent() -> None:
    """See that this process ends when the one that started it does: it would wait for ever, and hold what that held."""
    import multiprocessing

    def watch() -> None:
        parent = multiprocessing.parent_process()
        assert parent
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
