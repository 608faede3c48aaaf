"""What a first check costs beside PyYAML's C loader alone, on the real data and on a base of about 10,000 facts.

    python -m bench.check [COPIES]

The large base is the real one with COPIES (default 43) copies of each article, under other ids: its record, its facts
and its fingerprint. Both are timed in turn, each in a process of its own; the table gives medians of five, and their
ratio.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


C_LOADER = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1], "data").rglob("*.yml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def medians(root: Path) -> list[float]:
    """Return what loading *root* with PyYAML's C loader takes, and what a first check does, in seconds."""
    jobs = ["-c", C_LOADER, str(root)], ["-m", "generator", "check", "--root", str(root)]
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(RUNS):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        for job, taken in zip(jobs, times, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, *job], cwd=ROOT, check=True, capture_output=True)
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
            loader, whole = medians(root)
            print(f"| {facts:,} | {loader:.2f} s | {whole:.2f} s | {whole / loader:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 43)
