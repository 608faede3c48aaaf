"""What a search costs, on the real data and on a base of 10,000 facts: bytes before the first result, and time.

    python -m bench.search [FACTS ...]

Needs the built site (site/) and Chromium. The index is made anew for each base and laid beside the built pages. The
large bases are the real one with facts, meetings and people added in which every third longer word is one of 20,000
made-up ones, so that the vocabulary grows as that of real text would; made-up words compress worse.
"""

from __future__ import annotations

import gzip
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, sync_playwright

from bench.browser import NONE, chromium
from bench.serving import StaticHost, served
from generator.links import Links
from generator.load import load, load_prose
from generator.model import Fact, FactBase, Leader, Meeting, Record
from generator.search import files

ROOT = Path(__file__).parents[1]
SYLLABLES = [first + second for first in "bcdfghjklmnprstvwz" for second in ("a", "e", "i", "o", "u", "an", "er", "is")]
ASKED = """query => {
    const input = document.querySelector(".md-search__input")
    input.value = query
    input.dispatchEvent(new InputEvent("input"))
}"""
ANSWERED = """query => {
    const box = document.querySelector(".md-search")
    return box.dataset.state === "done" && box.dataset.query === query
}"""


def grown(base: FactBase, facts: int) -> FactBase:
    """Return *base* with as many facts as make *facts*, and with meetings and people in the same proportion."""
    chance = random.Random(1)
    made_up = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]

    def varied(text: str) -> str:
        return " ".join(
            made_up[min(int(chance.paretovariate(0.6)), len(made_up)) - 1]
            if len(word) > 3 and word.islower() and chance.random() < 1 / 3
            else word
            for word in text.split()
        )

    def copy(one: Record, number: int) -> Record:
        if isinstance(one, Fact):
            evidence = tuple(
                each.model_copy(update={"quote": each.quote.model_copy(update={"exact": varied(each.quote.exact)})})
                if each.quote
                else each
                for each in one.evidence
            )
            update = {"text": varied(one.text), "evidence": evidence}
        else:
            update = {"name": " ".join(chance.choice(made_up).capitalize() for _ in range(3))}
        return one.model_copy(update={"id": f"{one.id}{number}", **update})

    records = dict(base.records)
    kinds = [one for one in base.records.values() if isinstance(one, Fact | Meeting | Leader)]
    for number in range(1, facts // len(base.all(Fact)) + 1):
        for one in kinds:
            if not isinstance(one, Fact) or len(records) - len(base.records) < facts * 1.14:
                made = copy(one, number)
                records[made.id] = made
    return replace(base, records=records)


class Weighed(StaticHost):
    """Serves a folder and notes how long each answer to a search is when it is compressed."""

    sent: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_file() and ("/search/" in self.path or self.path.startswith("/assets/search.js")):
            self.sent.append(len(gzip.compress(path.read_bytes())))
        super().do_GET()


def measured(browser: Browser, host: str, queries: list[str]) -> tuple[list[int], list[float], list[float]]:
    """Return the bytes before the first result and its time on a first visit, and the times in a visit that goes on.

    The site at *host* is one that `Weighed` serves.
    """
    first_bytes, first_times = [], []
    for query in queries[::5]:
        page = browser.new_context().new_page()
        page.goto(f"{host}about/")
        start = time.perf_counter()
        page.evaluate(ASKED, query)
        page.wait_for_function(ANSWERED, arg=query)
        first_times.append((time.perf_counter() - start) * 1000)
        first_bytes.append(sum(Weighed.sent))
        Weighed.sent.clear()
        page.context.close()
    page = browser.new_page()
    page.goto(f"{host}about/")
    times = []
    for query in queries:
        page.evaluate(ASKED, query)
        page.wait_for_function(ANSWERED, arg=query)
        times.append(float(page.locator(".md-search").get_attribute("data-took") or "inf"))
    Weighed.sent.clear()
    return first_bytes, first_times, times


def timed(job: Callable[[], list[tuple[str, bytes]]]) -> tuple[list[tuple[str, bytes]], float]:
    """Return what *job* makes, and the median time of three runs in seconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        made = job()
        times.append(time.perf_counter() - start)
    return made, statistics.median(times)


def main(sizes: list[int]) -> None:
    program = chromium()
    if not program:
        sys.exit(f"search.py: {NONE}")
    lines = (ROOT / "tests" / "searches.tsv").read_text(encoding="utf-8").splitlines()
    queries = [line.split("\t")[0] for line in lines]
    real, prose = load(ROOT), load_prose(ROOT / "docs")
    print("| facts | files | index | made in | before the first result | first | 95th percentile of all |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        shutil.copytree(ROOT / "site", site)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for size in (len(real.all(Fact)), *sizes):
            base = grown(real, size) if size > len(real.all(Fact)) else real
            made, took = timed(lambda base=base: [(one.path, one.content) for one in files(Links(base), prose, {})])  # type: ignore[misc]
            for path, content in made:
                (site / path).write_bytes(content)
            whole = sum(len(gzip.compress(content)) for _, content in made)
            with served(site, Weighed) as host:
                sent, first, times = measured(browser, host, queries)
            times.sort()
            print(
                f"| {len(base.all(Fact)):,} | {len(made)} | {whole / 1000:,.0f} kB | {took:.2f} s | "
                f"{statistics.median(sent) / 1000:.0f} kB, at most {max(sent) / 1000:.0f} kB | "
                f"{statistics.median(first):.0f} ms | {times[len(times) * 95 // 100]:.0f} ms |",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [10_000])
