"""Builds the site of one commit twice, on two machines as unlike as one machine can play, and compares every byte.

The two differ in folder, time zone, locale, hash seed, umask, age of the files and day. Ends with status 1 where one
file is not the same in both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://record.example/nato/"
"""An address for the site, so that what has addresses in full (sitemap, feeds, opensearch.xml) is made and compared."""

CLOCK = '''\
"""Sets the clock of Python by DAYS_AHEAD, so that a date of today in some file would be another one."""
import datetime, os, time
_ahead = int(os.environ["DAYS_AHEAD"]) * 86400
_time, _time_ns = time.time, time.time_ns
time.time = lambda: _time() + _ahead
time.time_ns = lambda: _time_ns() + _ahead * 10**9
for _name in ("gmtime", "localtime"):
    def _of(seconds=None, _asked=getattr(time, _name)):
        return _asked(time.time() if seconds is None else seconds)
    setattr(time, _name, _of)

class _Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    today = now

datetime.date, datetime.datetime = _Date, _Datetime
'''


@dataclass(frozen=True)
class Machine:
    """What a build must not depend on: the name of its folder, variables, umask, days ahead, age of the files."""

    folder: str
    variables: tuple[tuple[str, str], ...]
    umask: int
    days_ahead: int
    days_old: int


MACHINES = (
    Machine("one", (("TZ", "UTC"), ("LC_ALL", "C.UTF-8"), ("PYTHONHASHSEED", "0")), 0o022, 0, 0),
    Machine(
        "another folder, ünlike",
        (("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C"), ("PYTHONHASHSEED", "4242"), ("HOME", "/nowhere")),
        0o077,
        400,
        1000,
    ),
)


def git(*arguments: str, at: Path = ROOT) -> str:
    """Return what git answers; raises CalledProcessError where it fails."""
    done = subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def build(machine: Machine, below: Path) -> Path:
    """Return the site of HEAD as *machine* makes it, in a clone below the folder *below*."""
    root = below / machine.folder
    git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(root))
    git("remote", "set-url", "origin", "https://git.example/summit/record", at=root)
    then = time.time() - machine.days_old * 86400
    for path in [*root.rglob("*")]:
        if ".git" not in path.parts:
            os.utime(path, (then, then))
    clock = below / f"clock of {machine.folder}"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    variables = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(clock),
        "DAYS_AHEAD": str(machine.days_ahead),
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": ADDRESS,
        "SOURCE_DATE_EPOCH": git("log", "-1", "--format=%ct"),
        **dict(machine.variables),
    }
    told = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.date.today())"],
        env=variables,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "generator", "build"],
        cwd=root,
        env=variables,
        umask=machine.umask,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    print(
        f"built in {time.monotonic() - started:.0f} s on {told}, umask {machine.umask:03o}, {dict(machine.variables)}"
    )
    return root / "site"


def different(first: Path, second: Path) -> Iterator[str]:
    """Yield what is not the same in the folders *first* and *second*: the path of a file, and how."""
    paths = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in (first, second)
    ]
    for path in sorted(paths[0] | paths[1]):
        if path not in paths[0] or path not in paths[1]:
            yield f"{path}: only in {first if path in paths[0] else second}"
            continue
        one, other = (first / path).read_bytes(), (second / path).read_bytes()
        if one != other:
            at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
            yield f"{path}: from byte {at} on: {one[at - 40 : at + 40]!r} or {other[at - 40 : at + 40]!r}"


def main() -> int:
    """Build on both machines, print what differs and the numbers, and return the exit status."""
    changed = git("status", "--porcelain")
    if changed:
        print(f"compared is the last commit, without what is not committed:\n{changed}")
    print(f"commit {git('rev-parse', 'HEAD')}, {git('log', '-1', '--format=%cI')}")
    with tempfile.TemporaryDirectory() as folder:
        first, second = (build(one, Path(folder)) for one in MACHINES)
        found = list(different(first, second))
        files = [path for path in first.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        for kind in ("sitemap.xml", "sitemap.xml.gz", "api/v1/checksums.sha256", "api/v1/feed/changes.xml"):
            if not (first / kind).is_file():
                found.append(f"{kind}: was not made, so nothing is known of it")
    print("\n".join(found))
    print(f"{len(files)} files, {size:,} bytes: {len(found)} differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
