"""What a first check costs beside PyYAML's C loader alone, on the real data and on a base of about 10,000 facts.

    python -m bench.check [COPIES]

The large base is the real one with COPIES (default 43) copies of each article, under other ids: its record, its facts
and its fingerprint. Both are timed in turn in one process; the table gives medians of five, and their ratio.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from generator import cli
from generator.load import load
from generator.model import Fact

ROOT = Path(__file__).parents[1]
RUNS = 5


def multiply(root: Path, copies: int) -> None:
    """Lay *copies* more of each article of *root* beside it."""
    for seed in sorted((root / "seeds").glob("*.json")):
        for number in range(copies):
            id = f"{seed.stem}-copy{number}"
            shutil.copy(seed, seed.with_stem(id))
            for folder in ("sources", "facts"):
                path = root / "data" / folder / f"{seed.stem}.yml"
                path.with_stem(id).write_text(path.read_text(encoding="utf-8").replace(seed.stem, id), encoding="utf-8")


def c_loader(root: Path) -> None:
    """Load the same files with PyYAML's C loader, and throw the result away."""
    for path in sorted((root / "data").rglob("*.yml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def checked(root: Path) -> None:
    """Run `summit-record check` on *root*, in this process, as if for the first time."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    with contextlib.redirect_stderr(io.StringIO()) as told:
        assert cli.main(["check", "--root", str(root)]) == cli.DONE, told.getvalue()


def median(*jobs: Callable[[], None]) -> list[float]:
    """Return the median time of each of *jobs* in seconds, run in turn."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(RUNS):
        for job, taken in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def main(copies: int) -> None:
    print("| facts | C loader alone | load and check | ratio |\n| ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "seeds"):
            shutil.copytree(ROOT / name, root / name)
        for more in (0, copies):
            multiply(root, more)
            facts = len(load(root).all(Fact))
            loader, whole = median(lambda: c_loader(root), lambda: checked(root))
            print(f"| {facts:,} | {loader:.2f} s | {whole:.2f} s | {whole / loader:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 43)
