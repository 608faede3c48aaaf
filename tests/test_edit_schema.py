"""The schemas for editors accept exactly what the loader accepts, as far as a schema can see it."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from fact_bases import BASE, ROOT, lay
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import edtf, syntax
from generator.check.records import evidence_of_a_value, known_ids
from generator.edit import schema
from generator.edit.kinds import is_list, kind_name, kind_of
from generator.errors import DataError
from generator.load import load
from generator.model import KINDS, Alternative, FactBase, Shape, Withdrawal, field_shapes

MUTATIONS = 1500


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as an editor does, by the core schema of YAML 1.2."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def _number(loader: Core, node: yaml.ScalarNode) -> int | float:
    text = str(node.value)
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    return int(text, 0) if text.startswith("0") and text[1:2] in "xo" else float(text)


Core.add_constructor("tag:yaml.org,2002:int", _number)
Core.add_constructor("tag:yaml.org,2002:float", _number)


def validators(base: FactBase) -> dict[str, Draft202012Validator]:
    made = {name: json.loads(text) for name, text in schema.schemas(base)}
    for one in made.values():
        Draft202012Validator.check_schema(one)
    return {name: Draft202012Validator(one) for name, one in made.items()}


@pytest.fixture(scope="module")
def real_base() -> FactBase:
    return load(ROOT)


def test_every_data_file_passes_the_schema_of_its_kind(real_base: FactBase) -> None:
    known = validators(real_base)
    files = sorted(path for path in (ROOT / "data").rglob("*.yml"))

    assert len(files) > 100
    for path in files:
        kind = kind_of(path.relative_to(ROOT).as_posix())
        assert kind
        found = list(known[kind_name(kind)].iter_errors(yaml.load(path.read_bytes(), Loader=Core)))
        assert not found, f"{path}: {found[0].json_path}: {found[0].message}"


def test_every_field_of_every_shape_says_what_it_means() -> None:
    shapes: list[type[Shape]] = [*KINDS, Withdrawal, Alternative]
    seen: set[type[Shape]] = set()
    while shapes:
        shape = shapes.pop()
        if shape not in seen:
            seen.add(shape)
            shapes += [one.inside for one in field_shapes(shape) if one.inside]
    silent = [
        f"{shape.__name__}.{name}" for shape in seen for name, one in shape.model_fields.items() if not one.description
    ]

    assert not silent


def test_known_ids_are_choices_with_their_names(small_base: FactBase) -> None:
    leaders = schema.schema(kind_of("data/meetings/x.yml") or Shape, small_base)["$defs"]["leader"]

    assert {"const": "ada-brook", "title": "Ada Brook", "description": "Ada Brook"} in leaders["anyOf"]


@given(st.text("0123456789-/.?~%", max_size=24) | st.builds("{}/{}".format, *[st.dates().map(str) | st.just("..")] * 2))
def test_a_date_matches_the_pattern_if_and_only_if_the_loader_reads_it(text: str) -> None:
    try:
        edtf.parse(text)
    except ValueError:
        assert not re.search(schema.DATE, text)
    else:
        assert re.search(schema.DATE, text)


@pytest.mark.parametrize("year", [4, 100, 400, 1900, 2000, 2023, 2024, 9996])
def test_the_pattern_knows_leap_years(year: int) -> None:
    assert bool(re.search(schema.DATE, f"{year:04}-02-29")) == (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


NUMBERS = re.compile(r"[-+]?(0[xo0-9][0-9a-fA-F]*|[0-9]+\.[0-9]*|\.[0-9]+|[0-9.]+[eE][-+]?[0-9]+|\+[0-9]+|[0-9]{7,})")
"""Numbers in a spelling that the loader sees and a schema does not: `02021`, `2021.0`, `0x7e5`, `1e3`."""


def mutants(text: str, chance: random.Random) -> Iterator[str]:
    """Yield *text* with one character or line taken away, doubled, swapped with the next, or made another."""
    while True:
        at = chance.randrange(len(text))
        line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at) + 1
        other = chance.choice("abcxyz0123456789 -:,[]{}\"'?/~.#")
        yield chance.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + text[at] + text[at:],
                text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
                text[:at] + other + text[at + 1 :],
                text[:at] + other + text[at:],
                text[:line_start] + text[line_end:],
                text[:line_end] + text[line_start:line_end] + text[line_end:],
            )
        )


def loader_refuses(root: Path, path: str) -> list[str]:
    """Return what the loader, and the rules for ids and names of fields, find in the file at *path*."""
    try:
        base = load(root)
    except DataError as error:
        return [str(one) for one in error.problems if str(one.mark.path) == path]
    found = [one for rule in (known_ids, evidence_of_a_value) for one in rule.run(base).problems]
    names = [one for one in found if one.rule == "known-ids" or one.message.startswith("no field of")]
    alternatives = [
        f"{record.id}: {one.field}"
        for record in base.records.values()
        for one in getattr(record, "alternatives", ())
        if one.field not in {field.name for field in field_shapes(type(record)) if field.sourced}
    ]
    return [*(str(one) for one in names if str(one.mark.path) == path), *alternatives]


def as_an_editor_reads(text: str) -> Any:
    """Return *text* as plain values, or None where an editor underlines it without a schema: it is not YAML."""
    node, problems = syntax.parse(PurePosixPath("x.yml"), text.encode())
    return None if node is None or problems else yaml.load(text, Loader=Core)


def test_mutated_data_is_refused_by_schema_and_loader_alike(tmp_path: Path) -> None:
    root = lay(tmp_path)
    known = validators(load(BASE))
    files = {
        path: text.read_text()
        for text in sorted(root.rglob("data/**/*.yml"))
        if (path := text.relative_to(root).as_posix())
    }
    chance = random.Random(20310505)
    seen = {"refused": 0, "accepted": 0, "not YAML": 0}
    different: list[str] = []
    for _ in range(MUTATIONS):
        path = chance.choice(list(files))
        text = next(mutants(files[path], chance))
        value = as_an_editor_reads(text)
        if value is None:
            seen["not YAML"] += 1
            continue
        (root / path).write_text(text)
        refused = [one for one in loader_refuses(root, path) if not beyond_a_schema(one)]
        (root / path).write_text(files[path])
        kind = kind_of(path)
        assert kind
        errors = list(known[kind_name(kind)].iter_errors(value))
        seen["refused" if refused else "accepted"] += 1
        if (
            bool(errors) != bool(refused)
            and not own_id_changed(files[path], text, kind)
            and not NUMBERS.search(slip(files[path], text))
        ):
            different.append(
                f"{path}: {slip(files[path], text)!r}: loader {refused}, schema {[e.message for e in errors]}"
            )

    sys.stdout.write(f"{seen}\n")
    assert not different
    assert seen["refused"] > 200
    assert seen["accepted"] > 100


def beyond_a_schema(problem: str) -> bool:
    """Say whether *problem* needs more than one file's values: other records, the file's name, or the marks of YAML."""
    return problem.endswith(("(unique-id)", "(fact-id)"))


def own_id_changed(before: str, after: str, kind: type[Shape]) -> bool:
    """Say whether a record has another id now: a schema knows the ids that there were."""
    if not is_list(kind):
        return False
    ids = [re.findall(r"^- id: (.*)", one, re.MULTILINE) for one in (before, after)]
    return ids[0] != ids[1]


def slip(before: str, after: str) -> str:
    """Return the lines of *after* that are new."""
    old = before.split("\n")
    return "\n".join(line for line in after.split("\n") if line not in old)
