"""The same data give the same bytes: in another folder, time zone, locale, and with other hash seeds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from export_help import SITE, made, small
from fact_bases import ROOT, lay

SCRIPT = """
import hashlib, sys
from pathlib import Path
from generator.export import export
from generator.load import load
sums = {one.path: hashlib.sha256(one.content).hexdigest() for one in export(load(Path(sys.argv[1])), sys.argv[2])}
for path, sum in sums.items():
    print(sum, path)
"""


def run(base: Path, **variables: str) -> str:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", SCRIPT, str(base), SITE]
    done = subprocess.run(
        command, env=environment | variables, cwd=base, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run(lay(tmp_path_factory.mktemp("one")), PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONOPTIMIZE": "1", "SOURCE_DATE_EPOCH": "0"},
    ],
    ids=lambda variables: "-".join(variables.values()).replace("/", "-"),
)
def test_bytes_are_the_same_elsewhere(first: str, tmp_path: Path, variables: dict[str, str]) -> None:
    assert first.count("\n") > 50
    assert run(lay(tmp_path / "another folder"), **variables) == first


def test_second_run_in_the_same_process_gives_the_same_bytes() -> None:
    assert made(small(), SITE) == made(small(), SITE)


def test_order_of_the_records_in_memory_is_kept() -> None:
    files = made(small())
    assert list(files) == list(made(small()))
