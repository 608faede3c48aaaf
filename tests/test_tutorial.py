"""The tutorial of docs/contributing.md, followed to the letter: its files, its commands, what they are shown to say."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fact_bases import ROOT

from generator import cli

TUTORIAL = ROOT / "docs" / "contributing.md"


@dataclass(frozen=True)
class Save:
    """A file that the reader is told to save."""

    path: str
    content: str


@dataclass(frozen=True)
class Type:
    """A command that the reader is told to type, and what is shown to come of it; … stands for anything."""

    command: str
    shown: str


def steps(markdown: str) -> Iterator[Save | Type]:
    """Yield what the tutorial in *markdown* tells to do, in order."""
    for before, kind, block in re.findall(r"(?ms)^([^\n]+)\n\n```(\w+)\n(.*?)^```$", markdown):
        if kind != "console":
            path = re.search(r"`((?:data|seeds)/[^`]+)`", before)
            assert path, f"no file is named before a block of {kind}"
            yield Save(path[1], block)
            continue
        for one in re.split(r"(?m)^\$ ", block)[1:]:
            lines = re.sub(r"\\\n> *", "", one).split("\n", 1)
            yield Type(lines[0], lines[1])


def the_tutorial() -> str:
    return TUTORIAL.read_text(encoding="utf-8").split("\n## Add your first article\n")[1].split("\n## ")[0]


def said(command: str) -> str:
    """Return what *command* tells a person at a terminal."""
    words = shlex.split(command)
    if words[0] == "./summit-record" and words[1] != "build":
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            cli.main(words[1:])
        return heard.getvalue()
    words[:1] = words[:1] if words[0] == "git" else [sys.executable, "-m", "generator"]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
    return done.stdout


def as_pattern(shown: str) -> str:
    """Return *shown* as a pattern; an … that the program itself writes is one of the things that … stands for."""
    return ".*?".join(re.escape(part) for part in shown.split("…"))


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone, in which the test stands: what is committed, and nothing that a build made."""
    clone = tmp_path / "summit-record"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*_cache", "__pycache__", ".git", ".nox", "site"))
    for command in ("init", "add .", "-c user.name=x -c user.email=x@x -c commit.gpgsign=false commit -m clone"):
        subprocess.run(["git", *command.split()], cwd=clone, capture_output=True, check=True)
    subprocess.run(["git", "clean", "-fdXq"], cwd=clone, check=True)
    monkeypatch.chdir(clone)
    monkeypatch.delenv("SUMMIT_RECORD_TEXTS", raising=False)
    return clone


def test_the_tutorial_works_to_the_letter(clone: Path) -> None:
    told = list(steps(the_tutorial()))
    assert sum(isinstance(step, Type) for step in told) > 10

    for step in told:
        if isinstance(step, Save):
            (clone / step.path).write_text(step.content, encoding="utf-8")
            continue
        answer = said(step.command)
        assert re.fullmatch(as_pattern(step.shown), answer, re.DOTALL), f"$ {step.command}\n{answer}"

    page = (clone / "site" / "leaders" / "nora-quill" / "index.html").read_text(encoding="utf-8")
    assert "invited the planners to the new lighthouse of Larkport" in page
    status = subprocess.run(["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True)
    assert status.stdout == "", "the practice leaves something behind"
