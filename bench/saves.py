"""How long it takes from saving a file until its page is served, by our `serve` and by Hugo's server, side by side.

    python -m bench.saves [--runs N] [--hugo PROGRAM] FACTS …

The bases are those of bench/base.py. A fact is edited in data/, and a page in docs/ that a person wrote; in Hugo's copy
of the same Markdown that page alone, as it knows no data. The time ends when the address gives out the new words.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.sites import OURS, ROOT, as_hugo, project

PAGE = "docs/hosting.md"
"""A page that a person wrote."""


@dataclass
class Edited:
    """A file that is edited: the *words* that stand in it once, and the *address* at which they are read."""

    name: str
    file: Path
    words: str
    address: str

    def saved(self, mark: str) -> float:
        """Put *mark* before the words, and return after how many seconds it is served."""
        text = re.sub(r"\(edit \d+\) ", "", self.file.read_text(encoding="utf-8"))
        assert self.words in text
        self.file.write_text(text.replace(self.words, mark + self.words, 1), encoding="utf-8")
        start = time.perf_counter()
        while mark.encode() not in read(self.address):
            if time.perf_counter() - start > 120:
                raise SystemExit(f"{self.name}: not served after two minutes")
            time.sleep(0.005)
        return time.perf_counter() - start


def read(address: str) -> bytes:
    """Return what *address* gives out, or nothing where it gives out none."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            content: bytes = answer.read()
            return content
    except OSError:
        return b""


@contextlib.contextmanager
def running(command: Callable[[int], tuple[str, ...]], folder: Path) -> Iterator[str]:
    """Give the address of the server that *command* starts in *folder* on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        command(port), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            while not read(f"http://127.0.0.1:{port}/"):
                if server.poll() is not None:
                    raise SystemExit(f"{command(port)[0]} ended before it served a page")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def edited(root: Path, ours: str, hugos: str) -> Iterator[Edited]:
    """Yield what is edited in the project *root*, whose site is served at *ours*, and as Hugo's at *hugos*."""
    facts = sorted((root / "data" / "facts").glob("*.yml"))[0]
    text = facts.read_text(encoding="utf-8")
    sentence = re.search(r"(?m)^  note: (.*)$", text)
    assert sentence
    yield Edited("a fact, ours", facts, sentence[1], f"{ours}/sources/{facts.stem}/")
    below_its_head = (root / PAGE).read_text(encoding="utf-8").partition("\n# ")[2]
    words = next(line for line in below_its_head.splitlines() if re.match(r"[A-Z].*[.]$", line))
    page = Path(PAGE).stem
    yield Edited("a page, ours", root / PAGE, words, f"{ours}/{page}/")
    if hugos:
        yield Edited("a page, Hugo", root / "hugo" / "content" / f"{page}.md", words, f"{hugos}/{page}/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=int, nargs="+", metavar="FACTS")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hugo", metavar="PROGRAM")
    options = parser.parse_args()
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    for facts in options.facts:
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as servers:
            root = Path(folder)
            project(root, facts)
            noted = sorted((root / "data" / "facts").glob("*.yml"))[0]
            text = noted.read_text(encoding="utf-8")
            noted.write_text(re.sub(r"(\n  kind: \w+)", r"\1\n  note: As told.", text, count=1), encoding="utf-8")
            ours = servers.enter_context(running(lambda port: (*OURS, "serve", "--port", str(port)), root))
            hugos = ""
            if options.hugo:
                as_hugo(root)
                hugos = servers.enter_context(
                    running(lambda port: (options.hugo, "server", "--port", str(port), "--quiet"), root / "hugo")
                )
            files = list(edited(root, ours, hugos))
            times: dict[str, list[float]] = {one.name: [] for one in files}
            for number in range(options.runs + 1):
                for one in files:
                    seconds = one.saved(f"(edit {number}) ")
                    if number:  # the first one finds what is to be remembered
                        times[one.name].append(seconds)
            pages = sum(1 for _ in (root / "site").rglob("*.html"))
            print(
                f"\n{facts:,} facts, {pages:,} pages\n\n| what is saved | median | from – to |\n| --- | ---: | ---: |"
            )
            for name, several in times.items():
                spread = f"{min(several):.2f} – {max(several):.2f} s"
                print(f"| {name} | {statistics.median(several):.2f} s | {spread} |", flush=True)


if __name__ == "__main__":
    main()
