"""data/ and seeds/ -> FactBase: the only module that reads. Refuses what has not the shape of a record, in all files at once."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pydantic import ValidationError

from generator import quotation, syntax
from generator.errors import DataError, Mark, Problem
from generator.model import KINDS, Article, Fact, FactBase, Record, Shape, field_shapes
from generator.quotation import Fingerprint, Words
from generator.syntax import Node

SUFFIX = ".yml"
NOT_RECORDS = ("README.md", "LICENSE")


class _Found(NamedTuple):
    """A record as it stands in a file: its kind, and its node with `id` filled in where the file's name gives it."""

    kind: type[Record]
    path: PurePosixPath
    node: Node


def load(root: Path, texts: Sequence[Path] = ()) -> FactBase:
    """Return the fact base in *root*, the top of a checkout: the records of data/ and the articles of seeds/.

    *texts* are folders where texts of the articles may lie; those found are proven exactly.
    Raises DataError with every problem of syntax and shape in all files.
    """
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    nodes: dict[str, tuple[PurePosixPath, Node]] = {}
    for found in _records(root, problems):
        record = _record(found, problems)
        if record is None:
            continue
        if record.id in nodes:
            path, node = nodes[record.id]
            first = Mark(path, *node.place("id"))
            message = f"a second record with the id {record.id!r}; conflicts with {first}, ids are unique across all kinds"
            problems.append(Problem(Mark(found.path, *found.node.place("id")), message, "unique-id"))
            continue
        records[record.id] = record
        nodes[record.id] = found.path, found.node
    articles = dict(_articles(root, texts, problems))
    if problems:
        raise DataError(problems)
    return FactBase(records, nodes, articles)


def _records(root: Path, problems: list[Problem]) -> Iterator[_Found]:
    data = root / "data"
    kinds = {kind.folder: kind for kind in KINDS}
    if not data.is_dir():
        problems.append(Problem(Mark(PurePosixPath("data"), 1, 1), "no folder data/ here; run from the top of the checkout", "file-name"))
        return
    for path in _files(data):
        place = PurePosixPath(path.relative_to(root).as_posix())
        problem = _strange(path, place, kinds)
        if problem:
            problems.append(problem)
            continue
        if place.name in NOT_RECORDS:
            continue
        kind = kinds[place.parts[1]]
        try:
            content = path.read_bytes()
        except OSError as error:
            problems.append(Problem(Mark(place, 1, 1), f"cannot be read: {error.strerror}; mend the file's permissions", "file"))
            continue
        node, syntax_problems = syntax.parse(place, content)
        problems.extend(syntax_problems)
        if node is not None:
            yield from _split(kind, place, node, problems)


def _files(folder: Path) -> Iterator[Path]:
    """Yield what is in *folder* and below that is not a folder, by name; links are not followed."""
    for one in sorted(os.scandir(folder), key=lambda one: one.name):
        if one.is_dir(follow_symlinks=False):
            yield from _files(Path(one.path))
        else:
            yield Path(one.path)


def _strange(path: Path, place: PurePosixPath, kinds: dict[str, type[Record]]) -> Problem | None:
    """Return what keeps the file at *path* from being a data file, or None."""
    if not stat.S_ISREG(path.lstat().st_mode):
        message = f"not a plain file, {place.name!r}; links and devices are not read, put the file itself here"
    elif place.name in NOT_RECORDS:
        return None
    elif place.parts[1] not in kinds:
        near = _did_you_mean(place.parts[1], kinds)
        message = f"no kind of record lives in {place.parts[1]!r}{near}; data/README.md lists the kinds"
    elif kinds[place.parts[1]].folder.endswith(SUFFIX) != (len(place.parts) == 2) or len(place.parts) > 3:
        message = f"a file in the wrong place, {str(place)!r}; data/README.md shows where each kind lives"
    elif place.suffix != SUFFIX:
        message = f"not a data file, {place.name!r}; its name ends in {SUFFIX}"
    elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", place.stem):
        message = f"a name that is no id, {place.stem!r}; lower-case letters, digits and single hyphens"
    else:
        return None
    return Problem(Mark(place, 1, 1), message, "file-name")


def _split(kind: type[Record], path: PurePosixPath, node: Node, problems: list[Problem]) -> Iterator[_Found]:
    """Yield the records of one file: itself, or the items of its list."""
    start = Mark(path, node.line, node.column)
    if kind is not Fact and not kind.folder.endswith(SUFFIX):
        if not isinstance(node.value, dict):
            problems.append(Problem(start, f"not a mapping; a file in {kind.folder}/ is one record, 'key: value' line by line", "wrong-type"))
        elif "id" in node.value:
            message = f"an id, {node.value['id'].plain()!r}, where the file's name is the id; take the key away"
            problems.append(Problem(Mark(path, *node.keys["id"]), message, "unknown-key"))
        else:
            node.value["id"] = Node(node.line, node.column, path.stem)
            yield _Found(kind, path, node)
        return
    if not isinstance(node.value, list):
        problems.append(Problem(start, f"not a list; {path.name} is a list of records, each starting with '- id:'", "wrong-type"))
        return
    for item in node.value:
        yield _Found(kind, path, item)


def _record(found: _Found, problems: list[Problem]) -> Record | None:
    try:
        record = found.kind.model_validate(found.node.plain())
    except ValidationError as error:
        problems.extend(_shape_problem(found, dict(one)) for one in error.errors(include_url=False))
        return None
    if isinstance(record, Fact) and not re.fullmatch(re.escape(found.path.stem) + r"-f[0-9]{2,5}", record.id):
        message = f"not an id of this file, {record.id!r}; {found.path.stem}-f and a number, given by 'summit-record new fact'"
        problems.append(Problem(Mark(found.path, *found.node.place("id")), message, "fact-id"))
    return record


def _shape_problem(found: _Found, error: dict[str, Any]) -> Problem:
    """Return what pydantic's *error* means to an editor, at its place."""
    steps: tuple[str | int, ...] = error["loc"]
    kind, value = error["type"], error.get("input")
    place = found.node.place(*steps)
    if kind == "missing":
        rule, message = "missing-key", f"no key {steps[-1]!r}; every {_what(found.kind, steps[:-1])} has one"
    elif kind == "extra_forbidden":
        place = _key_place(found.node, steps)
        known = [field.name for field in field_shapes(_shape_at(found.kind, steps[:-1]))]
        near = _did_you_mean(str(steps[-1]), known) or f"; known here: {', '.join(known)}"
        rule, message = "unknown-key", f"unknown key {steps[-1]!r}{near}"
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        near = _did_you_mean(str(value), choices) or f"; one of {', '.join(choices)}"
        rule, message = "wrong-value", f"not a value of {_field(steps)!r}, {_short(value)}{near}"
    elif kind == "format":
        rule, message = "wrong-value", str(error["ctx"]["message"])
    elif kind in ("tuple_type", "list_type"):
        rule, message = "wrong-type", f"not a list, {_short(value)}; write [{value if isinstance(value, str) else '…'}]"
    elif kind in ("mapping_type", "dict_type", "model_type", "model_attributes_type"):
        rule, message = "wrong-type", f"not a mapping, {_short(value)}; write 'key: value' below {_field(steps)!r}"
    else:
        rule, message = "wrong-type", f"not a single value, {_short(value)}; write one text for {_field(steps)!r}"
    return Problem(Mark(found.path, *place), message, rule)


def _key_place(node: Node, steps: tuple[str | int, ...]) -> tuple[int, int]:
    """Return the place of the key that the last of *steps* names."""
    for step in steps[:-1]:
        node = node.value[step]  # type: ignore[index,call-overload]
    return node.keys[str(steps[-1])]


def _shape_at(shape: type[Shape], steps: Sequence[str | int]) -> type[Shape]:
    for step in steps:
        field = next((one for one in field_shapes(shape) if one.name == step), None)
        if field and field.inside:
            shape = field.inside
    return shape


def _what(kind: type[Record], steps: Sequence[str | int]) -> str:
    shape = _shape_at(kind, steps)
    return kind.kind_name if shape is kind else shape.__name__.lower()


def _field(steps: Sequence[str | int]) -> str | int:
    return next((step for step in reversed(steps) if isinstance(step, str)), "the record")


def _short(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "…")
    return "a list" if isinstance(value, list) else "a mapping"


def _did_you_mean(word: str, known: object) -> str:
    """Return '; did you mean …' with the nearest of *known*, or nothing."""
    near = get_close_matches(word, [str(one) for one in known], n=1, cutoff=0.6)  # type: ignore[attr-defined]
    return f"; did you mean {near[0]!r}?" if near else ""


def _articles(root: Path, texts: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[str, Article]]:
    """Yield source id and article for each fingerprint in seeds/."""
    for path in sorted((root / "seeds").glob("*.json")):
        place = PurePosixPath(path.relative_to(root).as_posix())
        try:
            article = _fingerprint(path)
        except (ValueError, KeyError, TypeError, OSError) as error:
            message = f"not a fingerprint file: {error}; make it anew with 'summit-record fingerprint'"
            problems.append(Problem(Mark(place, 1, 1), message, "fingerprint-file"))
            continue
        at_hand = next((folder / article.file for folder in texts if (folder / article.file).is_file()), None)
        if at_hand:
            content = at_hand.read_bytes()
            if quotation.checksum(content) != article.checksum:
                message = f"the text {article.file!r} at hand is not the one recorded; its SHA-256 differs from {article.checksum[:12]}…"
                problems.append(Problem(Mark(place, 1, 1), message, "checksum"))
                continue
            article = replace(article, texts=tuple(Words(quotation.words(one)) for one in quotation.paragraphs(content.decode())))
        yield path.stem, article


def _fingerprint(path: Path) -> Article:
    record = json.loads(path.read_bytes())
    return Article(
        file=str(record["file"]),
        checksum=str(record["sha256"]),
        fingerprints=tuple(
            Fingerprint(quotation.unpack(one["hashes"]), int(one["words"]), path.stem) for one in record["paragraphs"]
        ),
        speech=tuple(tuple((int(start), int(end)) for start, end in one["speech"]) for one in record["paragraphs"]),
        guards=tuple(tuple(int(at) for at in one["guards"]) for one in record["paragraphs"]),
    )
