"""What making the whole site costs, for fact bases of several sizes, beside other builders on the same Markdown.

    python -m bench.sites [--runs N] [--others FOLDER] FACTS …

The bases are those of bench/base.py. Every row is a command that was run as a process of its own, in turn with the
others, and the table gives medians, the spread and the most memory that a process took. FOLDER is where the programs
`hugo` and `zensical` are, for example the bin/ of an environment with both; without it these rows are missing.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.base import lay

ROOT = Path(__file__).parents[1]
OURS = (sys.executable, "-m", "generator")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "-q", "-f")
SITE_OF = "import sys; from pathlib import Path; from generator import site; site.build(Path(sys.argv[1]))"
HUGO = """\
baseURL = "https://record.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""


@dataclass
class Row:
    """A command that is timed: what is *before* it is not."""

    name: str
    command: tuple[str, ...]
    before: Callable[[], None]
    folder: Path
    times: list[float] = field(default_factory=list)
    memory: float = 0

    def run(self) -> None:
        self.before()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr
        told = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        self.times.append(time.perf_counter() - start)
        self.memory = max(self.memory, used.ru_maxrss / 1024)
        if status:
            raise SystemExit(f"{self.name}: status {status}\n{told}")


def project(root: Path, facts: int) -> None:
    """Lay a whole project with so many *facts* into *root*; plain.yml has no hook, and implied.yml no navigation."""
    lay(root, facts)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "generator").symlink_to(ROOT / "generator")
    (root / ".vscode").mkdir()  # so that runs write the schemas for editors, as in a clone
    only_by_hand(root)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    plain = re.sub(r"(?m)^hooks:.*\n", "", settings)
    (root / "plain.yml").write_text(plain, encoding="utf-8")
    implied = re.sub(r"(?m)^(nav|not_in_nav):.*\n(?: .*\n|\n)*", "", plain)
    (root / "implied.yml").write_text(implied, encoding="utf-8")


def only_by_hand(root: Path) -> None:
    """Leave in *root* nothing of what runs made or remembered: docs/ has only what people wrote."""
    for name in ("docs", "site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    listed = ("git", "-C", str(ROOT), "ls-files", "docs")
    for name in subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)


def rows(root: Path, others: Path | None) -> list[Row]:
    """Return what is timed in the project *root*."""
    number = 0

    def note() -> None:
        nonlocal number
        number += 1
        path = sorted((root / "data" / "facts").glob("*.yml"))[0]
        text = re.sub(r"\n  note: .*", "", path.read_text(encoding="utf-8"))
        text = re.sub(r"(\n  kind: \w+)", rf"\1\n  note: Edit {number}.", text, count=1)
        path.write_text(text, encoding="utf-8")

    def edit_page() -> None:
        path = sorted((root / "docs" / "topics").glob("*.md"))[0]
        path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")

    def without(*names: str) -> Callable[[], None]:
        def remove() -> None:
            for name in names:
                shutil.rmtree(root / name, ignore_errors=True)

        return remove

    found = [
        Row("`check`, first", (*OURS, "check"), without(".cache"), root),
        Row("`check`, one fact changed", (*OURS, "check"), note, root),
        Row("`generate`, first", (*OURS, "generate"), lambda: only_by_hand(root), root),
        Row("`build`, first", (*OURS, "build"), lambda: only_by_hand(root), root),
        Row("`build`, nothing changed", (*OURS, "build"), lambda: None, root),
        Row("`build`, one fact changed", (*OURS, "build"), note, root),
        Row("same Markdown, our build", (sys.executable, "-c", SITE_OF, "plain.yml"), without("site", ".cache"), root),
        Row("same Markdown, `mkdocs build`", (*MKDOCS, "plain.yml"), without("site", ".cache"), root),
        Row("same, implied navigation", (*MKDOCS, "implied.yml"), without("site", ".cache"), root),
    ]
    if others:
        hugo = root / "hugo"
        zensical = (str(others / "zensical"), "build", "-f", "plain.yml")
        found += [
            Row("same Markdown, Hugo, bare template", (str(others / "hugo"), "--quiet"), lambda: as_hugo(root), hugo),
            Row("same Markdown, Zensical, cold", zensical, without("site", ".cache"), root),
            Row("same Markdown, Zensical, one page changed", zensical, edit_page, root),
        ]
    return found


def as_hugo(root: Path) -> None:
    """Lay the Markdown of *root* into hugo/ below it, as Hugo wants it."""
    hugo = root / "hugo"
    shutil.rmtree(hugo, ignore_errors=True)
    for path in (root / "docs").rglob("*.md"):
        name = path.relative_to(root / "docs")
        target = hugo / "content" / (name.with_name("_index.md") if name.name == "index.md" else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (hugo / "hugo.toml").write_text(HUGO, encoding="utf-8")
    template = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
    for kind in ("single", "list"):
        path = hugo / "layouts" / "_default" / f"{kind}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template, encoding="utf-8")


def size(folder: Path, pattern: str) -> tuple[int, float, float]:
    """Return how many files of *pattern* there are below *folder*, their mean size and the largest, in kB."""
    sizes = [path.stat().st_size / 1000 for path in folder.rglob(pattern)]
    return len(sizes), statistics.mean(sizes), max(sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=int, nargs="+", metavar="FACTS")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--others", type=lambda text: Path(text).resolve(), metavar="FOLDER")
    options = parser.parse_args()
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    for facts in options.facts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            project(root, facts)
            subprocess.run([*OURS, "build"], cwd=root, check=True, stderr=subprocess.DEVNULL)
            pages, mean, largest = size(root / "site", "*.html")
            print(f"\n{facts:,} facts: {pages:,} pages, {mean:.0f} kB on average, the largest {largest:.0f} kB\n")
            timed = rows(root, options.others)
            for _ in range(options.runs):
                for row in timed:
                    row.run()
            first = next(statistics.median(one.times) for one in timed if one.name == "`build`, first")
            print("| what | median | from – to | of a first build | memory |\n| --- | ---: | ---: | ---: | ---: |")
            for row in timed:
                median = statistics.median(row.times)
                spread = f"{min(row.times):.2f} – {max(row.times):.2f} s"
                ratio = median / first
                print(f"| {row.name} | {median:.2f} s | {spread} | {ratio:.3f} | {row.memory:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
