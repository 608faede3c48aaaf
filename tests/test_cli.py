from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fact_bases import ARTICLE, BASE, ROOT, TEXTS

from generator import cli

Checkout = Callable[..., Path]
Output = pytest.CaptureFixture[str]

BROKEN = {
    "data/topics/fog.yml": "name: Fog\nscope: x\nrealted: [ferries]\n",
    "data/places.yml": "- id: saltmere\n\tname: Saltmere\n",
}
LINES = [
    "data/places.yml:2:1: a tab; indent with spaces (tab)",
    "data/topics/fog.yml:3:1: unknown key 'realted'; did you mean 'related'? (unknown-key)",
]


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def no_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMIT_RECORD_TEXTS", raising=False)


def test_check_of_sound_data_prints_no_problem_and_writes_nothing(checkout: Checkout, capsys: Output) -> None:
    root = checkout()
    before = files(root)

    status = cli.main(["check", "--root", str(root)])

    output = capsys.readouterr()
    assert status == 0
    assert output.out == ""
    assert output.err.startswith("checked 22 records by ")
    assert ", 0 skipped; quotations proven against 0 texts and 1 fingerprint\n" in output.err
    assert {path: content for path, content in files(root).items() if not path.startswith(".cache/")} == before


def test_problems_are_lines_on_standard_output_and_status_1(checkout: Checkout, capsys: Output) -> None:
    status = cli.main(["check", "--root", str(checkout(dict(BROKEN)))])

    output = capsys.readouterr()
    assert status == 1
    assert output.out.splitlines() == LINES
    assert output.err == "2 problems in 2 files; nothing was written\n"


def test_a_single_problem_is_counted_as_one(checkout: Checkout, capsys: Output) -> None:
    root = checkout({"data/topics/fog.yml": "name: Fog\nscope: x\nrelated: [ferrys]\n"})

    assert cli.main(["check", "--root", str(root)]) == 1
    output = capsys.readouterr()
    assert output.out == "data/topics/fog.yml:3:11: unknown id 'ferrys'; did you mean 'ferries'? (known-ids)\n"
    assert output.err == "1 problem in 1 file; nothing was written\n"


def test_where_there_are_problems_nothing_is_written(checkout: Checkout, capsys: Output) -> None:
    root = checkout()
    assert cli.main(["generate", "--root", str(root)]) == 0
    for path, text in BROKEN.items():
        (root / path).write_text(text)
    (root / "data" / "topics" / "ferries.yml").unlink()
    before = files(root)
    capsys.readouterr()

    for command in ("generate", "register", "check"):
        assert cli.main([command, "--root", str(root)]) == 1
        assert capsys.readouterr().out.splitlines() == LINES
    assert files(root) == before


def test_generate_writes_pages_and_then_only_what_differs(checkout: Checkout, capsys: Output) -> None:
    root = checkout()

    assert cli.main(["generate", "--root", str(root)]) == 0
    first = capsys.readouterr()
    assert first.out == ""
    assert first.err.splitlines()[-1].endswith(" written, 0 removed, 0 as they were")
    assert "Ada Brook" in (root / "docs" / "leaders" / "ada-brook.md").read_text()

    assert cli.main(["generate", "--root", str(root)]) == 0
    assert "docs/: 0 " in capsys.readouterr().err.splitlines()[-1]


def test_pages_of_records_that_are_gone_are_removed(checkout: Checkout, capsys: Output) -> None:
    root = checkout({"data/topics/fog.yml": "name: Fog\nscope: x\n"})
    assert cli.main(["generate", "--root", str(root)]) == 0
    assert (root / "docs" / "topics" / "fog.md").is_file()

    (root / "data" / "topics" / "fog.yml").unlink()
    assert cli.main(["generate", "--root", str(root)]) == 0

    assert not (root / "docs" / "topics" / "fog.md").exists()
    assert (root / "docs" / "topics" / "ferries.md").is_file()


def test_a_page_that_a_person_wrote_is_not_overwritten(checkout: Checkout, capsys: Output) -> None:
    root = checkout()
    (root / "docs" / "topics").mkdir(parents=True)
    (root / "docs" / "topics" / "ferries.md").write_text("By hand.")

    status = cli.main(["generate", "--root", str(root)])

    assert status == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("summit-record: a page of this name was written by hand; rename it: ")
    assert files(root / "docs") == {"topics/ferries.md": b"By hand."}


def test_register_notes_what_is_published_once(checkout: Checkout, capsys: Output) -> None:
    root = checkout()

    assert cli.main(["register", "--root", str(root)]) == 0
    assert capsys.readouterr().err.splitlines()[-1].endswith("published.txt: written")
    assert cli.main(["register", "--root", str(root)]) == 0
    assert capsys.readouterr().err.splitlines()[-1].endswith("published.txt: as it was")
    assert cli.main(["check", "--root", str(root)]) == 0


def test_fingerprint_makes_the_file_that_stands_for_a_text(checkout: Checkout, capsys: Output) -> None:
    root = checkout({f"seeds/{ARTICLE}.json": None})
    text = TEXTS / "harbour-gazette.txt"

    assert cli.main(["fingerprint", "--root", str(root), ARTICLE, str(text)]) == 0

    assert capsys.readouterr().err.endswith(f"{ARTICLE}.json: written, 13 quoted runs of words\n")
    assert (root / "seeds" / f"{ARTICLE}.json").read_bytes() == (BASE / "seeds" / f"{ARTICLE}.json").read_bytes()


def test_texts_are_looked_for_where_they_are_said_to_be(
    checkout: Checkout, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout()
    proven = "quotations proven against 1 text and 0 fingerprints"

    assert cli.main(["check", "--root", str(root), "--texts", str(root), "--texts", str(TEXTS)]) == 0
    assert proven in capsys.readouterr().err
    monkeypatch.setenv("SUMMIT_RECORD_TEXTS", str(TEXTS))
    assert cli.main(["check", "--root", str(root)]) == 0
    assert proven in capsys.readouterr().err
    monkeypatch.delenv("SUMMIT_RECORD_TEXTS")
    (root / "seeds" / "harbour-gazette.txt").write_bytes((TEXTS / "harbour-gazette.txt").read_bytes())
    assert cli.main(["check", "--root", str(root)]) == 0
    assert proven in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["generate", "-h"], ["fingerprint", "--help"]])
def test_help_is_given_with_status_0(arguments: list[str], capsys: Output) -> None:
    assert cli.main(arguments) == 0
    output = capsys.readouterr()
    assert output.out.startswith("usage: summit-record")
    assert output.err == ""


def imported(*arguments: str) -> set[str]:
    """Return the modules that Python imports with these *arguments*."""
    run = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True)
    return {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}


def test_help_imports_little_more_than_what_reads_arguments() -> None:
    needed = imported("-c", "import argparse, contextlib, functools, runpy; argparse.ArgumentParser().print_help()")
    more = {name.partition(".")[0] for name in imported("-m", "generator", "--help") - needed}

    assert more <= {"generator", "gc", "importlib", "__future__"}


def test_help_tells_the_commands_and_the_statuses(capsys: Output) -> None:
    cli.main(["--help"])

    text = capsys.readouterr().out
    assert all(word in text for word in ("check", "generate", "register", "fingerprint", "exit status"))


@pytest.mark.parametrize(
    "arguments",
    [[], ["chekc"], ["check", "--rot", "x"], ["generate", "x"], ["--root"]],
    ids=" ".join,
)
def test_what_is_not_understood_is_misuse(arguments: list[str], capsys: Output) -> None:
    assert cli.main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "usage: summit-record" in output.err


def test_a_fingerprint_without_a_text_is_misuse(checkout: Checkout, capsys: Output) -> None:
    root = checkout()
    before = files(root)

    for arguments, whose in (([], "any article"), ([ARTICLE], ARTICLE), (["fog"], "fog")):
        assert cli.main(["fingerprint", "--root", str(root), *arguments]) == 2
        assert capsys.readouterr().err == f"no text at hand for {whose}; lay it into seeds/\n"
    assert files(root) == before


def test_a_text_that_is_not_there_is_misuse(checkout: Checkout, capsys: Output) -> None:
    assert cli.main(["fingerprint", "--root", str(checkout()), ARTICLE, "nowhere.txt"]) == 2
    assert capsys.readouterr().err == "summit-record: No such file or directory: nowhere.txt\n"


def test_a_process_that_was_killed_is_told_without_a_place(
    checkout: Checkout, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: object) -> int:
        raise ChildProcessError(10, "a second process was killed")

    monkeypatch.setitem(cli.RUN, "check", killed)
    assert cli.main(["check", "--root", str(checkout())]) == 2
    assert capsys.readouterr().err == "summit-record: a second process was killed\n"


def test_a_folder_without_data_is_told_and_left_as_it_is(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    for command in ("check", "generate"):
        assert cli.main([command]) == 1
        assert (
            capsys.readouterr().out == "data:1:1: no folder data/ here; run from the top of the checkout (file-name)\n"
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("files", "status"), [({}, 0), (BROKEN, 1)])
def test_the_process_ends_with_the_status_and_never_with_a_traceback(
    checkout: Checkout, files: dict[str, str], status: int
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(checkout(dict(files)))],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == status
    assert run.stdout.splitlines() == (LINES if status else [])
    assert "Traceback" not in run.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "seconds", "ci", "told"),
    [
        (Terminal, 0.2, False, True),
        (Terminal, 0.0, False, False),
        (Terminal, 0.2, True, False),
        (io.StringIO, 0.2, False, False),
    ],
    ids=["long work on a terminal", "quick work", "in CI", "in a pipe"],
)
def test_only_long_work_on_a_terminal_says_how_long(
    stream: type[io.StringIO], seconds: float, ci: bool, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = stream()
    monkeypatch.setattr("sys.stderr", heard)
    monkeypatch.setenv("CI", "true") if ci else monkeypatch.delenv("CI", raising=False)

    threads = threading.active_count()

    with cli.doing("thinking", patience=0.1):
        time.sleep(seconds)
        assert threading.active_count() == threads, "a second process is started beside no thread"

    assert ("thinking … 0 s" in heard.getvalue()) == told
    assert heard.getvalue().endswith("\r\033[K") == told


def explained_to(reader: int) -> subprocess.CompletedProcess[str]:
    """Return what came of a command in a process of its own that writes its answer to *reader*."""
    command = [sys.executable, "-m", "generator", "explain", "known-ids"]
    return subprocess.run(command, cwd=ROOT, stdout=reader, stderr=subprocess.PIPE, text=True, check=False)


def test_an_answer_is_written_whole_before_the_process_ends() -> None:
    read, write = os.pipe()
    with open(read, encoding="utf-8") as answer:
        run = explained_to(write)
        os.close(write)
        assert answer.read().startswith("known-ids")

    assert (run.returncode, run.stderr) == (cli.DONE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_an_answer_that_cannot_be_written_is_an_error() -> None:
    with open("/dev/full", "w") as full:
        run = explained_to(full.fileno())

    assert run.returncode == cli.MISUSE
    assert "No space left on device" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_answer_that_nobody_reads_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    run = explained_to(write)
    os.close(write)

    assert (run.returncode, run.stderr) == (cli.DONE, "")
