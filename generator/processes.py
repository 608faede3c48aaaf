"""A second process: a copy of this one, that does a part of the work meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

V = TypeVar("V")


def possible() -> bool:
    """Say whether this process can be copied: the system knows how, and no other thread may hold a lock."""
    return hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def elsewhere(work: Callable[[int], V], count: int) -> Iterator[Iterator[V]]:
    """Call *work* with 0, 1 … up to *count* in a copy of this process while the body runs.

    Yields what waits for each result in turn. That raises what *work* raises, and ChildProcessError where the copy was
    killed. Results are pickled; *work* need not be.
    """
    import multiprocessing  # these take as long to import as some commands run
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _work
    _work = work
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork"), _end_with_parent) as pool:
            yield pool.map(_do, range(count))
    except BrokenProcessPool:
        raise ChildProcessError(10, "the second process was killed, perhaps for want of memory; run again") from None
    finally:
        del _work


_work: Callable[[int], Any]
"""What the copy does; it knows it from the process that it is a copy of."""


def _do(at: int) -> Any:
    return _work(at)


def _end_with_parent() -> None:
    """See that this process ends when the one that started it does: it would wait for ever, and hold what that held."""
    import multiprocessing

    def watch() -> None:
        parent = multiprocessing.parent_process()
        assert parent
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
