"""Five falsehoods planted in a copy of the real data, as files: all five are caught, each by its own rule and place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator import cli

ROOT = Path(__file__).parents[1]


def plant(path: Path, pattern: str, new: str) -> None:
    """Replace the first match of *pattern* in the file at *path* by *new*."""
    text, number = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert number == 1, f"{pattern!r} is not in {path.name}"
    path.write_text(text, encoding="utf-8")


def test_five_planted_falsehoods_are_all_caught(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    data = tmp_path / "data"
    plant(data / "facts" / "wion-2021-06-08.yml", r'exact: "[^"]*"', 'exact: "we have no plans of any kind"')
    plant(data / "meetings" / "2021-06-07-white-house.yml", r"^date: 2021-06-07$", "date: 2021-01-07")
    plant(data / "facts" / "dod-news-2023-06-13.yml", r"by: \[joe-biden\]", "by: [joe-bidden]")
    plant(data / "summits" / "2023-vilnius.yml", r"^  chair: .*\n", "")
    plant(data / "summits" / "2023-vilnius.yml", r"^series:", "chair: jens-stoltenberg\nseries:")
    plant(data / "facts" / "eurasia-review-2022-06-03.yml", r"^  text: .*(\n    .*)*", f"  text: {COPIED}")

    status = cli.main(["check", "--root", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()

    assert status == cli.PROBLEMS
    for place, rule in (
        (r"data/facts/wion-2021-06-08\.yml:\d+:\d+: not in paragraph", "quotation-found"),
        (
            r"data/meetings/2021-06-07-white-house\.yml:\d+:\d+: Joe Biden did not hold 'us-president'",
            "post-held-that-day",
        ),
        (
            r"data/facts/dod-news-2023-06-13\.yml:\d+:\d+: unknown id 'joe-bidden'; did you mean 'joe-biden'\?",
            "known-ids",
        ),
        (r"data/summits/2023-vilnius\.yml:\d+:\d+: no evidence for 'chair'", "every-value-evidenced"),
        (r"data/facts/eurasia-review-2022-06-03\.yml:\d+:\d+: (\d+ words in a row|not compared)", "own-words"),
    ):
        assert any(re.match(place, line) and line.endswith(f"({rule})") for line in lines), rule


COPIED = "Stoltenberg stressed that the security concerns of all Allies have to be addressed."
