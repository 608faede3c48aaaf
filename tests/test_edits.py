"""After any edit of the data, what `generate` makes of what it remembers is what it makes of nothing."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from fact_bases import ROOT, lay

from generator import cli

EDITS = int(os.environ.get("SUMMIT_RECORD_EDITS", "20"))
"""How many edits one after the other; `nox -s edits` does hundreds."""


def generate(root: Path) -> bool:
    """Make the pages of *root*, and say whether its data passed the checks."""
    return cli.main(["generate", "--root", str(root), "--site-url", "https://record.example/"]) == cli.DONE


def content(docs: Path) -> dict[str, bytes]:
    return {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}


def clean(root: Path) -> dict[str, bytes]:
    """Return what is made in a folder that knows nothing of what was made before."""
    other = root.parent / "clean"
    shutil.rmtree(other, ignore_errors=True)
    for name in ("data", "seeds"):
        shutil.copytree(root / name, other / name)
    assert generate(other)
    return content(other / "docs")


def edit(root: Path, dice: random.Random) -> tuple[str, dict[Path, str | None]]:
    """Change the data of *root* somewhere, and return how and what stood there before."""
    files = sorted(path for path in (root / "data").rglob("*.yml") if path.parent.name != "changes")
    path = dice.choice(files)
    text = path.read_text(encoding="utf-8")
    before: dict[Path, str | None] = {path: text}
    blocks = re.split(r"(?m)^(?=- )", text)
    lines = text.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    match dice.choice(("value", "value", "line", "record", "order", "copy", "shift")):
        case "value":  # another value of the same key, from anywhere
            key = re.match(r"[- ]*([a-z_]+): *\S", lines[at])
            if not key:
                return "", before
            named = re.compile(rf"(?m)^[- ]*{key[1]}: *(\S.*)$")
            others = [one for other in files for one in named.findall(other.read_text(encoding="utf-8"))]
            lines[at] = re.sub(r"(: *)\S.*", lambda found: found[1] + dice.choice(others), lines[at])
            what, new = f"value of {key[1]}", "".join(lines)
        case "line":
            what, new = "line away", "".join(lines[:at] + lines[at + 1 :])
        case "record":
            what, new = "record away", "".join(blocks[: len(blocks) // 2] + blocks[len(blocks) // 2 + 1 :])
        case "order":
            head, rest = blocks[:1], blocks[1:]
            dice.shuffle(rest)
            what, new = "another order", "".join(head + rest)
        case "copy":  # a record more
            other = path.with_name(f"new-{dice.randint(0, 999)}.yml")
            if path.parent.name not in ("topics", "leaders", "meetings") or other.exists():
                return "", before
            before = {other: None}
            path, what, new = other, f"one more in {path.parent.name}", text.replace("name: ", "name: New ", 1)
        case _:  # nothing but the numbers of the lines
            what, new = "comment", f"# {dice.randint(0, 999)}\n{text}"
    path.write_text(new, encoding="utf-8")
    return what, before


def several(root: Path, seed: int, number: int) -> Counter[str]:
    """Edit the data of *root* until *number* edits passed the checks, compare after each, and count their kinds."""
    dice = random.Random(seed)
    (root / "data" / "published.txt").unlink(missing_ok=True)  # so that records may go
    assert generate(root)
    done: Counter[str] = Counter()
    for _ in range(100 * number):
        what, before = edit(root, dice)
        if not what or not generate(root):
            for path, text in before.items():
                path.write_text(text, encoding="utf-8") if text is not None else path.unlink(missing_ok=True)
            continue
        done[what] += 1
        now, wanted = content(root / "docs"), clean(root)
        assert now.keys() == wanted.keys(), (what, before.keys())
        assert [path for path in now if now[path] != wanted[path]] == [], (what, before.keys())
        if done.total() == number:
            break
    return done


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edit_the_pages_are_those_of_a_first_run(tmp_path: Path, seed: int) -> None:
    lay(tmp_path / "checkout")

    done = several(tmp_path / "checkout", seed, EDITS)

    assert done.total() == EDITS
    assert len(done) > 5


def test_after_an_edit_of_the_real_data_the_pages_are_those_of_a_first_run(tmp_path: Path) -> None:
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / "checkout" / name)

    assert several(tmp_path / "checkout", 7, max(2, EDITS // 10)).total() > 1
