"""The first 2,000 damaged files of the session `fuzz`, and that what makes them and judges them does what it says."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from fact_bases import lay

from bench import fuzz


def test_two_thousand_damaged_files_break_no_promise() -> None:
    before = signal.getsignal(signal.SIGPROF)
    score, broken = fuzz.fuzz(range(2_000))
    signal.signal(signal.SIGPROF, before)

    assert broken == []
    assert score["tried"] == 2_000


def test_the_damage_depends_on_the_number_alone_and_is_of_every_kind() -> None:
    files = fuzz.corpus()
    several = [fuzz.damaged(number, files) for number in range(300)]

    assert [fuzz.damaged(number, files) for number in range(300)] == several
    assert len({content for _, content in several}) > 290
    assert {path.partition("/")[0] for path, _ in several} == {"data", "seeds"}


def test_a_promise_that_is_broken_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay(tmp_path, {"data/topics/fog.yml": "nmae: Fog\n"})
    monkeypatch.setattr(fuzz, "problems", lambda root: (1, ["no place"]))

    assert "not a problem with its place: 'no place'" in list(fuzz.faults(1, root))
    assert "check says something else than check" in list(fuzz.faults(fuzz.TYPED, root))
