"""Commands killed at a random moment, two at once, a full or read-only disk: all or nothing is ever written."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from fact_bases import ARTICLE, BASE, ROOT, TEXTS, found, lay
from test_site import copy_checkout

from generator import cli

Tree = dict[str, bytes]

MOMENTS = {
    "generate": 60,
    "rename otto-lind otto-linden": 40,
    f"rename {ARTICLE} harbour-gazette-2031-05-06": 20,
    "fmt": 30,
    'new leader cara-reed --name "Cara Reed"': 10,
    "new source fog-times-2031-05-09 --text seeds/harbour-gazette.txt": 20,
    "register": 10,
    "fingerprint": 10,
}
"""How often each command is killed: 200 times in all."""


def tree(root: Path) -> Tree:
    """Return the files of *root*, but for what is only remembered: whether that is right, the next run shows."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {".staging", ".cache"}.intersection(path.parts)
    }


def typed(command: str, root: Path) -> int:
    """Return the exit status of *command* in *root*."""
    words = [one.strip('"') for one in command.replace("Cara Reed", "Cara_Reed").split()]
    words = [one.replace("Cara_Reed", "Cara Reed").replace("seeds/h", f"{root}/seeds/h") for one in words]
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return cli.main([*words, "--root", str(root)])


def killed_at(event: int | None, command: str, root: Path) -> int:
    """Run *command* in a fork that is killed when the interpreter reports its *event*-th act; return how many."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def watch(name: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            count += 1
            if count == event:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            typed(command, root)
        finally:
            os.write(writing, str(count).encode())
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        number = int(answer.read() or 0)
    assert os.WIFSIGNALED(status) is (event is not None)
    return number


def prepared(root: Path) -> Path:
    """Return *root*, a checkout with pages of an earlier state of its data, and files that are in no one form."""
    lay(root)
    shutil.copy(TEXTS / "harbour-gazette.txt", root / "seeds")
    assert typed("register", root) == 0
    published = root / "data" / "published.txt"
    published.write_text("".join(line for line in published.read_text().splitlines(True) if "tide-board" not in line))
    assert typed("generate", root) == 0
    topic = root / "data" / "topics" / "ferries.yml"
    topic.write_text("scope:   Who runs the boats.\nname: Ferry lines\n")
    places = root / "data" / "places.yml"
    places.write_text("\n\n" + places.read_text())
    (root / "docs" / "about.md").write_text("By hand.")
    seed = root / "seeds" / f"{ARTICLE}.json"
    seed.write_text(seed.read_text().replace('"speech": []', '"speech":  []'))
    return root


@pytest.mark.parametrize("command", MOMENTS)
def test_whenever_a_command_is_killed_the_next_finds_all_or_nothing_and_ends_as_if_nothing_had_been(
    tmp_path: Path, command: str
) -> None:
    before = prepared(tmp_path / "before")
    old = tree(before)
    clean = Path(shutil.copytree(before, tmp_path / "clean"))
    typed(command, clean)
    new = tree(clean)
    assert new != old
    typed("check", clean)  # what a process does only once is done now, and happens in none of the forks
    acts = killed_at(None, command, Path(shutil.copytree(before, tmp_path / "counted")))
    assert tree(tmp_path / "counted") == new
    chance = random.Random(command)
    half_way = 0
    for number in range(MOMENTS[command]):
        # half of the moments in the last tenth, where files are written
        first = 1 if number % 2 else acts - acts // 10
        root = Path(shutil.copytree(before, tmp_path / f"{number}"))
        killed_at(chance.randint(first, acts), command, root)
        for path, content in tree(root).items():
            assert content in (old.get(path), new.get(path)), f"{path} is half-written"
        half_way += tree(root) not in (old, new)

        assert typed("check", root) in ((0,) if "new" not in command else (0, 1))
        after = tree(root)
        assert after in (old, new)
        if after == old:
            typed(command, root)
        assert tree(root) == new
        assert not list(root.rglob(".staging"))
        shutil.rmtree(root)
    if command == "generate":
        assert half_way, "no moment between the first file and the last was tried"


def test_the_moments_are_two_hundred() -> None:
    assert sum(MOMENTS.values()) == 200


def start(root: Path, *command: str, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *command, "--root", str(root)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def test_two_commands_at_once_do_both_what_they_would_do_alone(tmp_path: Path) -> None:
    root, alone = prepared(tmp_path / "root"), prepared(tmp_path / "alone")
    several = [start(root, "generate"), start(root, "generate"), start(root, "fmt"), start(root, "register")]
    ends = [(one.wait(), *one.communicate()) for one in several]
    assert [status for status, *_ in ends] == [0, 0, 0, 0], ends
    for command in ("fmt", "register", "generate"):
        typed(command, alone)
    assert typed("generate", root) == 0
    assert tree(root) == tree(alone)


def test_three_new_places_at_once_are_three_places(tmp_path: Path) -> None:
    root = lay(tmp_path)
    several = [start(root, "new", "place", f"bay-{number}", "--name", f"Bay {number}") for number in range(3)]
    assert [(one.wait(), one.communicate()[0]) for one in several] == [(0, "")] * 3

    places = (root / "data" / "places.yml").read_text()
    assert [places.count(f"id: bay-{number}\n") for number in range(3)] == [1, 1, 1]
    assert "id: saltmere" in places


def test_an_edit_while_a_command_runs_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.edit import fmt

    root = prepared(tmp_path)
    canonical, topic = fmt.canonical, root / "data" / "topics" / "ferries.yml"

    def slow(path: str, content: bytes) -> bytes:
        if path.endswith("ferries.yml"):
            topic.write_text("name: Saved meanwhile\nscope: x\n")
        return canonical(path, content)

    monkeypatch.setattr(fmt, "canonical", slow)
    before = tree(root)

    assert typed("fmt", root) == 2
    assert tree(root) == before | {"data/topics/ferries.yml": b"name: Saved meanwhile\nscope: x\n"}


@pytest.mark.parametrize("command", [one for one in MOMENTS if "new leader" not in one])
def test_a_disk_that_is_full_changes_nothing(tmp_path: Path, command: str) -> None:
    root = prepared(tmp_path)
    before = tree(root)
    for size in (0, 60):
        words = [str(root / one) if one.endswith(".txt") else one for one in command.split()]
        run = start(root, *words, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))  # noqa: B023
        _, told = run.communicate()
        assert run.returncode == 2
        assert os.strerror(errno.EFBIG) in told or "No usable temporary directory" in told
        assert "Traceback" not in told
        assert tree(root) == before


READ_ONLY = """
import os, sys
from pathlib import Path
from generator import cli
def refuse(name, arguments):
    if name in ("os.mkdir", "os.rename", "os.remove", "os.link") or name == "open" and str(arguments[1])[:1] in "wxa":
        raise OSError(30, "Read-only file system", str(arguments[0]))
sys.addaudithook(refuse)
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_folder_that_cannot_be_written_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    root = prepared(tmp_path)  # permissions do not stop the superuser, under whom tests may run
    before = tree(root)

    run = subprocess.run(
        [sys.executable, "-B", "-c", READ_ONLY, "generate", "--root", str(root)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].startswith("summit-record: Read-only file system: ")
    assert "Traceback" not in run.stderr
    assert tree(root) == before


def test_what_is_written_in_a_read_only_checkout_is_nothing_when_nothing_changed(tmp_path: Path) -> None:
    root = lay(tmp_path)
    assert typed("generate", root) == 0
    run = subprocess.run(
        [sys.executable, "-B", "-c", READ_ONLY, "generate", "--root", str(root)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert found(root) == found(BASE)


# The build of the whole site

BUILDS = 8
"""How often a build is killed; it takes a hundred times as long as the other commands."""


def built(checkout: Path, seconds: float | None = None) -> float:
    """Build the site of *checkout*, killed with all its processes after so many *seconds*; return how long it took."""
    begin = time.monotonic()
    command = [sys.executable, "-m", "generator", "build"]
    build = subprocess.Popen(command, cwd=checkout, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        _, told = build.communicate(timeout=seconds)
        assert build.returncode == 0, told
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
    return time.monotonic() - begin


def test_whenever_a_build_is_killed_a_whole_site_stands_there_and_the_next_build_is_as_if_nothing_had_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1939766400")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    checkout = copy_checkout(tmp_path / "checkout")
    built(checkout)
    old = tree(checkout / "site")
    topic = checkout / "data" / "topics" / "burden-sharing.yml"
    topic.write_text(topic.read_text(encoding="utf-8").replace("name: ", "name: New ", 1), encoding="utf-8")
    clean = Path(shutil.copytree(checkout, tmp_path / "clean"))
    took = built(clean)
    new = tree(clean / "site")
    assert new != old
    chance = random.Random("build")
    for number in range(BUILDS):
        root = Path(shutil.copytree(checkout, tmp_path / f"{number}"))
        built(root, took * chance.uniform(0.3, 1.1))
        assert tree(root / "site") in (old, new)
        built(root)
        assert tree(root / "site") == new
        shutil.rmtree(root)
