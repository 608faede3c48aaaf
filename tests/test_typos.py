"""What an editor sees after a slip of the pen: 300 slips in the real data, and what the first message says of each."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from fact_bases import ROOT

from generator import syntax
from generator.check import check, problems
from generator.cli import first_things_first
from generator.edit.kinds import is_list, kind_of
from generator.errors import DataError, Problem
from generator.load import load
from generator.model import FactBase, Shape, field_shapes
from generator.syntax import Node

SLIPS = 300
KEYBOARD = "abcdefghijklmnopqrstuvwxyz0123456789-"


@dataclass(frozen=True)
class Spot:
    """A word that a slip can hit: what it is, and its place, line and column counted from 1."""

    what: Literal["key", "id", "date", "choice"]
    path: str
    line: int
    column: int
    word: str


def spots(path: str, node: Node, shape: type[Shape], base: FactBase) -> Iterator[Spot]:
    """Yield the keys, ids, dates and words to choose from in *node*, a mapping of *shape*."""
    assert isinstance(node.value, dict)
    for key, child in node.value.items():
        if key in node.keys:
            yield Spot("key", path, *node.keys[key], key)
        field = next((one for one in field_shapes(shape) if one.name == key), None)
        if field is None:
            continue
        if field.nesting.startswith("{") and isinstance(child.value, dict):
            yield from (Spot("key", path, *child.keys[name], name) for name in child.value)
        for leaf in leaves(child):
            if isinstance(leaf.value, dict) and field.inside:
                yield from spots(path, leaf, field.inside, base)
            elif isinstance(leaf.value, str) and (field.kinds or key == "id"):
                if leaf.value in base.records and node.keys.get(key):
                    yield Spot("id", path, leaf.line, leaf.column, leaf.value)
            elif isinstance(leaf.value, str) and not field.inside and not field.nesting:
                annotation = str(shape.model_fields[key].annotation)
                if "Edtf" in annotation:
                    yield Spot("date", path, leaf.line, leaf.column, leaf.value)
                elif "Literal" in annotation:
                    yield Spot("choice", path, leaf.line, leaf.column, leaf.value)


def leaves(node: Node) -> Iterator[Node]:
    """Yield what is in *node* below lists, and below mappings that hold lists."""
    if isinstance(node.value, list):
        for one in node.value:
            yield from leaves(one)
    elif isinstance(node.value, dict) and all(isinstance(one.value, list) for one in node.value.values()):
        for one in node.value.values():
            yield from leaves(one)
    else:
        yield node


def slipped(word: str, chance: random.Random) -> str:
    """Return *word* with one character wrong, missing, too many, or swapped with the next."""
    while True:
        at, other = chance.randrange(len(word)), chance.choice(KEYBOARD)
        result = chance.choice(
            (
                word[:at] + other + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + other + word[at:],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
        if result not in ("", word):
            return result


def found(root: Path) -> list[Problem]:
    try:
        return first_things_first(problems(check(load(root))))
    except DataError as error:
        return error.problems


def test_the_first_message_after_a_slip_names_its_line_and_what_was_meant(tmp_path: Path) -> None:
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    base, before = load(tmp_path), {(one.message, one.rule) for one in found(tmp_path)}
    every = sorted(
        {spot for path in sorted(tmp_path.rglob("data/**/*.yml")) for spot in all_spots(path, tmp_path, base)},
        key=lambda one: (one.what, one.path, one.line, one.column),
    )
    by_kind = {what: [one for one in every if one.what == what] for what in ("key", "id", "date", "choice")}
    chance = random.Random(1949)
    score: Counter[str] = Counter()
    wrong: list[str] = []
    while score["all"] < SLIPS:
        what = ("key", "id", "date", "choice")[score["all"] % 4]
        spot = chance.choice(by_kind[what])
        path = tmp_path / spot.path
        text = path.read_text(encoding="utf-8")
        other = slipped(spot.word, chance)
        path.write_text(replaced(text, spot, other), encoding="utf-8")
        fresh = [one for one in found(tmp_path) if (one.message, one.rule) not in before]
        path.write_text(text, encoding="utf-8")
        score["all"] += 1
        if not fresh:  # another date, or another id, that is as good: no reader of the data can know
            score[f"{what} that stays right"] += 1
            assert what in ("date", "id"), f"{spot}: {other!r} is accepted"
            continue
        score[what] += 1
        place = f"{spot.path}:{spot.line}:"
        if str(fresh[0].mark).startswith(place) or f"conflicts with {place}" in fresh[0].message:
            score[f"{what}: line"] += 1
        else:
            wrong.append(f"{spot}: {other!r}: {fresh[0]}")
        score[f"{what}: word"] += f"did you mean {spot.word!r}?" in fresh[0].message

    sys.stdout.write("\n".join([*(f"{name}: {number}" for name, number in sorted(score.items())), *wrong, ""]))
    assert not wrong
    # The ids of facts are numbered: after a slip in the number several are equally near, and nobody can know which.
    assert score["key: word"] + score["id: word"] >= 0.9 * (score["key"] + score["id"])
    assert score["key: word"] >= 0.9 * score["key"]
    assert score["id: word"] >= 0.8 * score["id"]


def all_spots(path: Path, root: Path, base: FactBase) -> Iterator[Spot]:
    place = path.relative_to(root).as_posix()
    kind = kind_of(place)
    node, _ = syntax.parse(PurePosixPath(place), path.read_bytes())
    assert kind
    assert node
    for one in node.value if is_list(kind) and isinstance(node.value, list) else [node]:
        assert isinstance(one, Node)
        yield from spots(place, one, kind, base)


def replaced(text: str, spot: Spot, other: str) -> str:
    """Return *text* with *other* in place of the word at *spot*."""
    lines = text.split("\n")
    line = lines[spot.line - 1]
    start = spot.column - 1 + (line[spot.column - 1] in "'\"")
    assert line[start : start + len(spot.word)] == spot.word, spot
    lines[spot.line - 1] = line[:start] + other + line[start + len(spot.word) :]
    return "\n".join(lines)
