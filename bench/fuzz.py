"""Data files with random damage: each is refused with a clear line, or accepted and made into pages; nothing else.

    python -m bench.fuzz [NUMBER [FIRST]]

makes NUMBER (default 2,000) damaged files, counted from FIRST (default 0), out of the files of data/, seeds/ and
tests/, lays each into a copy of tests/base, and types commands there. The damage depends on its number alone. What
breaks a promise is kept in build/fuzz/ and ends the run with status 1: an exception, a command that takes more than two
seconds, a problem without its place, something written although there are problems, a form by `fmt` that is not the
same data. The figures of a run of 10,000 or more go to bench/figures/fuzz.json; one that goes on from there adds its.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType

from generator import cli, commands
from generator.check import check
from generator.check import problems as found_problems
from generator.errors import DataError
from generator.load import load

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "tests" / "base"
FOUND = ROOT / "build" / "fuzz"
FIGURES = ROOT / "bench" / "figures" / "fuzz.json"
NOTED = 10_000
"""From so many damaged files on the figures are noted."""

TYPED = 100
"""Commands are typed for each file whose number this divides; the others are loaded and checked only."""

SECONDS = 2.0
"""The longest that one command may take, of the processor."""

TOKENS = (
    "\n|\r|\r\n|"
    "\t| |  |: |- |# | #|:|-|?|? |!|!!|!!str |!!binary |!!python/object/apply:os.system |&a |*a|<<: *a|<<|@|`"
    "|%|%YAML 1.1\n|---\n|...\n|[|]|{|}|,|\"|'|\\|\\u0000|\\ud800|\\x|>-\n|>\n|||-|>+|~|null|yes|NO|on|010|0x1F|1_000"
    "|20:15|1e999|.inf|.nan|-0|99999999999999999999|2021-02-30|2021-13|2021-06-07/2020|../..|/etc/passwd|CON|index|"
    "|𝟙|é|e\u0301|ﬁ|北|🕊|\ufeff|\u200b|\u202e|\u2028|\x00|\x85|\xa0|…|“|”|’|–|nil|{}|[]|''|\"\""
).split("|")

DAMAGED_BYTES = (b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xef\xbb\xbf", b"\x00", b"\xfe\xff", b"\x1b[31m", b"\x7f")


class TooLong(BaseException):
    """A command takes longer than SECONDS."""


def corpus() -> list[tuple[str, bytes]]:
    """Return path and content of each file that is damaged: those of the base most often, for they fit together."""
    found: list[tuple[str, bytes]] = []
    for top, times in ((BASE, 12), (ROOT, 1), *((case, 1) for case in sorted((ROOT / "tests" / "bad").iterdir()))):
        for folder in ("data", "seeds"):
            files = [one for one in sorted((top / folder).rglob("*")) if one.suffix in (".yml", ".json", ".txt")]
            found += [(one.relative_to(top).as_posix(), one.read_bytes()) for one in files if one.is_file()] * times
    return found


def damaged(number: int, files: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return path and content of the damaged file *number*, made from one or two of *files*."""
    chance = random.Random(number)
    path, content = chance.choice(files)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        content = chance.choice(DAMAGE)(content, chance, files)
    if chance.random() < 0.03:
        path = chance.choice(("data/", "seeds/")) + chance.choice(TOKENS).replace("/", "-").replace("\0", "") + ".yml"
    return path, content[:3_000_000]


def _place(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((0, 1, 1, 2, 5, 20, 200)))


def _token(content: bytes, chance: random.Random, files: object) -> bytes:
    """Put a sign that means something in YAML, dates or paths at a place, or for what stands there."""
    start, end = _place(content, chance)
    return content[:start] + chance.choice(TOKENS).encode() + content[end:]


def _bytes(content: bytes, chance: random.Random, files: object) -> bytes:
    start, end = _place(content, chance)
    return content[:start] + chance.choice(DAMAGED_BYTES) + content[end:]


def _flip(content: bytes, chance: random.Random, files: object) -> bytes:
    start, _ = _place(content, chance)
    return content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]


def _twice(content: bytes, chance: random.Random, files: object) -> bytes:
    start, end = _place(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 1000)) + content[end:]


def _cut(content: bytes, chance: random.Random, files: object) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _lines(content: bytes, chance: random.Random, files: object) -> bytes:
    """Take lines away, double them, swap them, or move them to the right or the left."""
    lines = content.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(5)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(other, lines[at])
    elif what == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif what == 3:
        lines[at] = b" " * chance.randrange(1, 5) + lines[at]
    else:
        lines[at] = lines[at][chance.randrange(1, 4) :]
    return b"\n".join(lines)


def _value(content: bytes, chance: random.Random, files: object) -> bytes:
    """Put another value after a key: a sign, a list, a mapping, or the value of another key."""
    keys = list(re.finditer(rb"(?m)^ *(?:- )?[a-z_]+: ?(.*)$", content))
    if not keys:
        return content
    one, other = chance.choice(keys), chance.choice(keys)
    new = chance.choice((chance.choice(TOKENS).encode(), b"[x, y]", b"{x: y}", b"[[]]", b"x" * 300, other[1]))
    return content[: one.start(1)] + new + content[one.end(1) :]


def _word(content: bytes, chance: random.Random, files: object) -> bytes:
    """Put one word of the file for another: ids, dates and keys change places."""
    words = list(re.finditer(rb"[\w.-]+", content))
    if not words:
        return content
    one, other = chance.choice(words), chance.choice(words)
    return content[: one.start()] + other[0] + content[one.end() :]


def _splice(content: bytes, chance: random.Random, files: list[tuple[str, bytes]]) -> bytes:
    other = chance.choice(files)[1]
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def _deep(content: bytes, chance: random.Random, files: object) -> bytes:
    start, end = _place(content, chance)
    return (
        content[:start]
        + chance.choice((b"[", b"{a: ", b"- ", b"&a [", b"? ")) * chance.choice((3, 30, 30_000))
        + content[end:]
    )


DAMAGE: tuple[Callable[[bytes, random.Random, list[tuple[str, bytes]]], bytes], ...] = (
    _token, _token, _bytes, _flip, _twice, _cut, _lines, _lines, _value, _value, _value, _word, _word, _splice, _deep
)  # fmt: skip


def _stop(signal: int, frame: FrameType | None) -> None:
    raise TooLong


def run(*command: str, root: Path) -> tuple[int, list[str]]:
    """Return status and problems of *command*; raises TooLong, or whatever the command lets out."""
    out = io.StringIO()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            status = cli.main([*command, "--root", str(root)])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return status, out.getvalue().splitlines()


def tree(root: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every file in *root*."""
    return {str(one): (one.lstat().st_size, one.lstat().st_mtime_ns) for one in root.rglob("*") if not one.is_dir()}


def faults(number: int, root: Path) -> Iterator[str]:
    """Yield what promise is broken by the fact base in *root*, with the damaged file *number* in it."""
    status, lines = problems(root)
    for line in lines:
        if not re.fullmatch(r"(data|seeds)[^\n]*:\d+:\d+: .+; .+ \([a-z-]+\)|data[^\n]*:\d+:\d+: .+ \([a-z-]+\)", line):
            yield f"not a problem with its place: {line!r}"
    if number % TYPED:
        return
    before = tree(root)
    if status == 1:
        for command in ("check", "generate", "register", "fmt"):
            told, typed = run(command, root=root)
            if told != 1 and command != "fmt":
                yield f"{command} ended with {told} although there are problems"
            if command != "fmt" and sorted(typed) != sorted(lines):
                yield f"{command} says something else than check"
            if tree(root) != before and told:
                yield f"{command} wrote something although there are problems"
    else:
        for command in ("generate", "fmt", "check", "generate"):
            told, lines = run(command, root=root)
            if told:
                yield f"{command} ended with {told} although check had found nothing: {lines[:3]}"
        if run("fmt", "--check", root=root)[0]:
            yield "what fmt wrote is not in its one form"


def problems(root: Path) -> tuple[int, list[str]]:
    """Return status and lines of `check` in *root*, without the time that the command line itself takes."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = found_problems(check(load(root, [root / "seeds"])))
    except DataError as error:
        found = error.problems
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return int(bool(found)), [str(one) for one in found]


def fuzz(numbers: range) -> tuple[Counter[str], list[str]]:
    """Return how the damaged files with these *numbers* ended, and what promises were broken."""
    signal.signal(signal.SIGPROF, _stop)
    commands.parser = cache(commands.parser)
    files = corpus()
    score: Counter[str] = Counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        root, path = Path(folder), ""
        for number in numbers:
            _lay(root, whole=(number - 1) % TYPED == 0 or not score, path=path)
            path, content = damaged(number, files)
            if not number % 1000:
                print(f"{score['tried']} tried, {score['broken']} broke a promise", file=sys.stderr, flush=True)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
            try:
                told = list(faults(number, root))
            except TooLong:
                told = [f"took more than {SECONDS} seconds"]
            except Exception as error:
                told = [f"{type(error).__name__}: {str(error)[:300]}"]
            score["tried"] += 1
            score["broken"] += bool(told)
            if told:
                FOUND.mkdir(parents=True, exist_ok=True)
                (FOUND / f"{number}-{Path(path).name[:60]}").write_bytes(content)
                broken.append(f"{number} ({path}): {told[0]}")
    return score, broken


def _lay(root: Path, *, whole: bool, path: str) -> None:
    """Make *root* the base of the tests again: all of it, or only the file at *path*, the one that was damaged."""
    if whole:
        for one in root.iterdir():
            shutil.rmtree(one)
        for part in ("data", "seeds"):
            shutil.copytree(BASE / part, root / part)
    elif (BASE / path).is_file():
        shutil.copyfile(BASE / path, root / path)
    else:
        (root / path).unlink(missing_ok=True)


def _note(score: Counter[str], first: int) -> None:
    """Write the figures of a run, together with those of the runs before it where it goes on from them."""
    before = json.loads(FIGURES.read_bytes()) if first and FIGURES.is_file() else {"tried": 0, "broken": 0}
    if before["tried"] == first:
        FIGURES.parent.mkdir(exist_ok=True)
        both = {key: before[key] + score[key] for key in ("tried", "broken")}
        FIGURES.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


def main(number: int = 2_000, first: int = 0) -> int:
    """Run the damaged files from *first* on, *number* of them; return the exit status."""
    start = time.monotonic()
    score, broken = fuzz(range(first, first + number))
    print(*broken, sep="\n")
    seconds = time.monotonic() - start
    print(f"{score['tried']} damaged files, {score['broken']} broke a promise, {seconds:.0f} s")
    if number >= NOTED:
        _note(score, first)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*(int(one.replace(",", "")) for one in sys.argv[1:])))
