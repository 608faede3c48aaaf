"""Data made to hurt: each of these ends with a clear line, in bounded time and memory, and nothing is written."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fact_bases import ARTICLE, ROOT

SECONDS, MEGABYTES = 20, 700
"""Time of the processor, and memory with what Python itself takes; what is usual is a tenth of either."""

TOPIC = "data/topics/fog.yml"
FACTS = f"data/facts/{ARTICLE}.yml"
SEED = "seeds/fog-2031-01-01.json"

HOSTILE: dict[str, tuple[dict[str, Callable[[], bytes]], str]] = {
    "a scalar of 100 MB": ({TOPIC: lambda: b"name: " + b"x" * 100_000_000}, "(file-size)"),
    "a scalar as large as a file may be": ({TOPIC: lambda: b"name: " + b"x" * 1_999_000}, "(missing-key)"),
    "100,000 keys": ({TOPIC: lambda: b"".join(b"key%d: x\n" % n for n in range(100_000))}, "(too-many)"),
    "as many unknown keys as are read": (
        {TOPIC: lambda: b"name: Fog\n" + b"".join(b"key%d: x\n" % n for n in range(9_999))},
        "(too-many)",
    ),
    "unknown keys in every record of a list": (
        {"data/places.yml": lambda: b"".join(b"- {id: p%d, nmae: x, coutry: y}\n" % n for n in range(9_000))},
        "(too-many)",
    ),
    "one id for 10,000 records": ({"data/places.yml": lambda: b"- {id: p, name: x}\n" * 10_000}, "(too-many)"),
    "10,000 different ids that nobody has": (
        {TOPIC: lambda: b"name: Fog\nscope: x\nrelated: [" + b",".join(b"fog-%d" % n for n in range(9_999)) + b"]"},
        "(known-ids)",
    ),
    "10,000 fields that no record has": (
        {TOPIC: lambda: b"name: Fog\nscope: x\nunknown:\n" + b"".join(b"  key%d: x\n" % n for n in range(9_999))},
        "(evidence-of-a-value)",
    ),
    "a million brackets": ({TOPIC: lambda: b"[" * 1_000_000}, "(depth)"),
    "a million braces": ({TOPIC: lambda: b"{a: " * 400_000}, "(depth)"),
    "a million commas": ({TOPIC: lambda: b"[" + b"a," * 900_000 + b"]"}, "(too-many)"),
    "a million aliases": ({TOPIC: lambda: b"[" + b"*a," * 600_000 + b"]"}, "(too-many)"),
    "a bomb of aliases": (
        {TOPIC: lambda: b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [%s]\n" % (n, n, b"*a," * 9) for n in range(9_000))},
        "(too-many)",
    ),
    "a bomb of merge keys": (
        {TOPIC: lambda: b"a: &a {b: c}\n" + b"".join(b"b%d: {<<: [*a, *a, *a]}\n" % n for n in range(9_000))},
        "(too-many)",
    ),
    "a million lines of comment": ({TOPIC: lambda: b"#\n" * 900_000}, "(empty-file)"),
    "a line of spaces": ({TOPIC: lambda: b"name:" + b" " * 1_900_000 + b"Fog\nscope: x"}, ""),
    "a million quote marks": ({TOPIC: lambda: b"name: '" + b"''" * 900_000}, "(syntax)"),
    "a million escapes": ({TOPIC: lambda: b'name: "' + b"\\x41" * 400_000 + b'"\nscope: x'}, ""),
    "values with comments on one line": (
        {TOPIC: lambda: b"name: [" + b"a, " * 9_000 + b"] # x\n" + b"# a #\n" * 100_000},
        "(wrong-type)",
    ),
    "a date of a million digits": (
        {TOPIC: lambda: b"name: Fog\nscope: x\nunknown: {x: %s}\n" % (b"9" * 1_000_000)},
        "(evidence-of-a-value)",
    ),
    "a register of lines that are none": ({"data/published.txt": lambda: b"fog\n" * 500_000}, "(too-many)"),
    "withdrawals that are none": ({"data/withdrawn.yml": lambda: b"- {what: x}\n" * 9_999}, "(too-many)"),
    "a fingerprint file of 100 MB": ({SEED: lambda: b" " * 100_000_000}, "(fingerprint-file)"),
    "a fingerprint file of brackets": ({SEED: lambda: b"[" * 1_000_000}, "(fingerprint-file)"),
    "a fingerprint with a number of 5,000 digits": (
        {SEED: lambda: b'{"sha256": "x", "file": "x", "paragraphs": [{"words": %s}]}' % (b"9" * 5_000)},
        "(fingerprint-file)",
    ),
    "a fingerprint with a number beyond all": (
        {SEED: lambda: b'{"sha256": "x", "file": "x", "paragraphs": [{"words": 1e999}]}'},
        "(fingerprint-file)",
    ),
}


def limited() -> None:
    """Let a process have no more than SECONDS of the processor and MEGABYTES of memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_ends_soon_and_small_with_a_line_and_writes_nothing(
    checkout: Callable[..., Path], name: str
) -> None:
    files, rule = HOSTILE[name]
    root = checkout()
    for path, content in files.items():
        (root / path).write_bytes(content())

    run = subprocess.run(
        [sys.executable, "-m", "generator", "generate", "--root", str(root)],
        cwd=ROOT,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    lines = run.stdout.splitlines()
    assert "Traceback" not in run.stderr
    assert "MemoryError" not in run.stderr
    assert run.returncode == (1 if rule else run.returncode), run.stderr[-500:]
    assert run.returncode in (0, 1)
    assert len(lines) <= 2_010
    if rule:
        assert any(line.startswith(f"{path}:") and line.endswith(rule) for path in files for line in lines)
        assert not (root / "docs").exists()


@pytest.mark.parametrize("number", [0, 7, 1000])
def test_a_disk_that_is_full_leaves_everything_as_it_was(checkout: Callable[..., Path], number: int) -> None:
    root = checkout()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    run = subprocess.run(
        [sys.executable, "-m", "generator", "generate", "--root", str(root)],
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (number, number)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert "File too large" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_bomb_in_json_is_no_fingerprint(checkout: Callable[..., Path]) -> None:
    root = checkout({SEED: json.dumps({"sha256": "x", "file": "../x", "paragraphs": []})})

    run = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(root)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "the name of a text with a path in it, '../x'" in run.stdout
