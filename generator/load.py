"""data/ and seeds/ -> FactBase: the only module that reads.

Refuses what has not the shape of a record, in all files at once; `check` says what is wrong with the meaning.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pydantic import ValidationError

from generator import processes, quotation, syntax
from generator.errors import DataError, Mark, Problem
from generator.markup import SIGN
from generator.memory import Entry, Recall, unpack
from generator.model import (
    KINDS,
    Article,
    Fact,
    FactBase,
    Record,
    Register,
    Release,
    Shape,
    Withdrawal,
    field_shapes,
    version_key,
)
from generator.nearest import did_you_mean, nearest
from generator.quotation import Fingerprint, Words
from generator.syntax import Node

SUFFIX = ".yml"
NOT_RECORDS = ("README.md", "LICENSE")
REGISTER = ("published.txt", "withdrawn.yml")
PACKAGES = ("jinja2", "pydantic", "pyyaml")
"""Whose versions decide how the data is read and what the pages are."""

MAX_FINGERPRINT = 8_000_000
"""Bytes of a file in seeds/: a book would not need as many."""
MAX_NAME = 255
"""Bytes of a file's name; no usual system has longer ones."""
WORTH_IT = 1_000_000
"""How many bytes of new data make up for the start of a second process."""
RELEASES = "changes"
"""The folder of data/ with a file for each release: what it changed."""


@dataclass(frozen=True)
class Example:
    """A few lines of a data file that a rule refuses, their *place*, and the *message* it gives."""

    place: str
    lines: tuple[str, ...]
    message: str


class Refusal(NamedTuple):
    """Why a bad case is refused: the rule, and the message it gives."""

    rule: str
    message: str


class _Found(NamedTuple):
    """A record as it stands in a file: its kind, and its node with `id` filled in where the file's name gives it."""

    kind: type[Record | Withdrawal | Release]
    path: PurePosixPath
    node: Node


def load(root: Path, texts: Sequence[Path] = (), recall: Recall | None = None) -> FactBase:
    """Return the fact base in *root*, the top of a checkout: the records of data/ and the articles of seeds/.

    *texts* are folders where texts of the articles may lie; those found are proven exactly. Files that *recall* knows
    are not parsed again. Raises DataError with every problem of syntax and shape in all files.
    """
    base, problems = load_readable(root, texts, recall)
    if problems:
        raise DataError(problems)
    return base


def load_readable(
    root: Path, texts: Sequence[Path] = (), recall: Recall | None = None
) -> tuple[FactBase, list[Problem]]:
    """Return what can be read of the fact base in *root*, and what is wrong with the rest; otherwise as `load`."""
    problems: list[Problem] = []
    reader = _Reader(problems, recall)
    reader.read_all(list(_data_files(root, problems)))
    articles = dict(_articles(root, texts, problems, reader.digests if recall else None))
    register = _register(root, reader.nodes, problems)
    return FactBase(reader.records, reader.nodes, articles, register, reader.spans, reader.digests), problems


@dataclass(frozen=True)
class _DataFile:
    """A file of records: their kind, its path from the root, and its content."""

    kind: type[Record]
    path: PurePosixPath
    content: bytes

    @cached_property
    def key(self) -> str:
        """What is remembered of this file goes by its path and a digest of its content."""
        return f"{self.path} {hashlib.sha256(self.content).hexdigest()}"


class _Nodes(dict[str, tuple[PurePosixPath, Node]]):
    """The places of records; those of files that were not parsed are found when they are asked for, which is rare."""

    def __init__(self) -> None:
        self.unparsed: dict[str, _DataFile] = {}

    def __missing__(self, id: str) -> tuple[PurePosixPath, Node]:
        file = self.unparsed[id]
        node, _ = syntax.parse(file.path, file.content)
        assert node, "it was read before"
        for found in _split(file.kind, file.path, node, []):
            assert isinstance(found.node.value, dict)
            self.setdefault(str(found.node.value["id"].value), (file.path, found.node))
        return self[id]


class _Reader:
    """Reads data files one by one: the *records* with their places, and what is wrong with the rest."""

    def __init__(self, problems: list[Problem], recall: Recall | None) -> None:
        self.problems = problems
        self.recall = recall
        self.records: dict[str, Record] = {}
        self.nodes = _Nodes()
        self.spans: dict[str, tuple[str, int, int]] = {}
        self.digests: dict[str, str] = {}

    def read_all(self, files: Sequence[_DataFile]) -> None:
        """Read *files*; where much of them is not known yet, a second process parses the later half meanwhile."""
        half = self._half(files)
        if self.recall and half < len(files):
            later = [file for file in files[half:] if file.key not in self.recall.before]
            with processes.elsewhere(lambda _: _parsed(later), 1) as parsed:
                for file in files[:half]:
                    self.read(file)
                self.recall.ahead = next(parsed)
            files = files[half:]
        for file in files:
            self.read(file)

    def _half(self, files: Sequence[_DataFile]) -> int:
        """Return from which of *files* on a second process is to parse; their number where none is."""
        if self.recall is None:
            return len(files)
        sizes = [0 if file.key in self.recall.before else len(file.content) for file in files]
        if sum(sizes) < WORTH_IT:
            return len(files)
        share = sum(sizes) * 9 // 20  # this process also takes in what the other one has read
        return bisect(list(accumulate(sizes)), share) if processes.possible() else len(files)

    def read(self, file: _DataFile) -> None:
        if self.recall is None:
            self._parse(file)
            return
        known = self.recall.get(file.key)
        if known is not None and self.records.keys().isdisjoint(one.record.id for one in known):
            for one in known:
                self.records[one.record.id] = one.record
                self.nodes.unparsed[one.record.id] = file
        else:
            faults = len(self.problems)
            known = [Entry(record, _digest(node), node.line, node.last) for record, node in self._parse(file)]
            if len(self.problems) == faults:
                self.recall.put(file.key, known)
        for one in known:
            self.spans[one.record.id] = str(file.path), one.first, one.last
            self.digests[one.record.id] = one.digest

    def _parse(self, file: _DataFile) -> list[tuple[Record, Node]]:
        """Put the records of *file* among the others, and return them, each with its node."""
        problems, kept = self.problems, []
        node, syntax_problems = syntax.parse(file.path, file.content)
        problems.extend(syntax_problems)
        for found in _split(file.kind, file.path, node, problems) if node else ():
            if not (problems and problems[-1] == syntax.too_many(found.path)):
                record = self._keep(found)
                if record:
                    kept.append((record, found.node))
                _leave_out_the_rest(found.path, problems)
        return kept

    def _keep(self, found: _Found) -> Record | None:
        """Put the record that *found* is, with its place, among the others, unless one of them has its id."""
        record = _record(found, self.problems)
        if not isinstance(record, Record):
            return None
        if record.id in self.records:
            path, node = self.nodes[record.id]
            first = Mark(path, *node.place("id"))
            message = (
                f"a second record with the id {record.id!r}; conflicts with {first}, ids are unique across all kinds"
            )
            self.problems.append(Problem(Mark(found.path, *found.node.place("id")), message, "unique-id"))
            return None
        self.records[record.id] = record
        self.nodes[record.id] = found.path, found.node
        return record


def _parsed(files: Iterable[_DataFile]) -> dict[str, bytes]:
    """Return what a `Recall` knows when *files* have been read; of those with problems nothing."""
    recall = Recall({})
    reader = _Reader([], recall)
    for file in files:
        reader.read(file)
    return recall.parts


def _digest(node: Node) -> str:
    """Return a digest of what stands at *node*, wherever that is."""
    return hashlib.blake2b(json.dumps(node.plain()).encode(), digest_size=12).hexdigest()


def _data_files(root: Path, problems: list[Problem]) -> Iterator[_DataFile]:
    data = root / "data"
    kinds = {kind.folder: kind for kind in KINDS}
    if not data.is_dir():
        problems.append(
            Problem(
                Mark(PurePosixPath("data"), 1, 1), "no folder data/ here; run from the top of the checkout", "file-name"
            )
        )
        return
    for path in _files(data):
        place = PurePosixPath(_shown(path.relative_to(root).as_posix()))
        problem = _strange(path, place, kinds)
        if problem:
            problems.append(problem)
            continue
        if place.name in NOT_RECORDS or place.parts[1] in (*REGISTER, RELEASES):
            continue
        content = _content(path, place, problems)
        if content is not None:
            yield _DataFile(kinds[place.parts[1]], place, content)


def _shown(path: str) -> str:
    """Return *path* on one line, with an escape for each character that cannot be shown, or is none."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in path)


def _content(path: Path, place: PurePosixPath, problems: list[Problem]) -> bytes | None:
    """Return what stands in the data file at *path*; None where it cannot be read, or is too much."""
    try:
        size = path.lstat().st_size
        content = path.read_bytes() if size <= syntax.MAX_BYTES else b""
    except OSError as error:
        problems.append(
            Problem(Mark(place, 1, 1), f"cannot be read: {error.strerror}; mend the file's permissions", "file")
        )
        return None
    if size > syntax.MAX_BYTES:
        problems.append(syntax.too_large(place, size))
        return None
    return content


def _node(path: Path, place: PurePosixPath, problems: list[Problem]) -> Node | None:
    """Return what stands in the data file at *path* as YAML; None where it cannot be read, or not as that."""
    content = _content(path, place, problems)
    if content is None:
        return None
    node, syntax_problems = syntax.parse(place, content)
    problems.extend(syntax_problems)
    return node


def _leave_out_the_rest(path: PurePosixPath, problems: list[Problem]) -> None:
    """Let one problem stand for all that are more than anybody reads of the file *path*, the last one that was read."""
    most = syntax.MAX_PROBLEMS
    if len(problems) > most and problems[-most - 1].mark.path == path:
        first = next(number for number, one in enumerate(problems) if one.mark.path == path)
        problems[first + most :] = [syntax.too_many(path)]


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
    elif place.name in NOT_RECORDS or (place.name in REGISTER and len(place.parts) == 2):
        return None
    elif place.parts[1] == RELEASES and len(place.parts) == 3:
        if place.suffix == SUFFIX and re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", place.stem):
            return None
        message = f"not a release, {place.name!r}; its name is its version, such as 1.4.0{SUFFIX}"
    elif place.parts[1] not in kinds:
        near = did_you_mean(place.parts[1], kinds)
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
            problems.append(
                Problem(
                    start,
                    f"not a mapping; a file in {kind.folder}/ is one record, 'key: value' line by line",
                    "wrong-type",
                )
            )
        elif "id" in node.value:
            message = f"an id, {node.value['id'].plain()!r}, where the file's name is the id; take the key away"
            problems.append(Problem(Mark(path, *node.keys["id"]), message, "unknown-key"))
        else:
            node.value["id"] = Node(node.line, node.column, path.stem)
            yield _Found(kind, path, node)
        return
    if not isinstance(node.value, list):
        problems.append(
            Problem(start, f"not a list; {path.name} is a list of records, each starting with '- id:'", "wrong-type")
        )
        return
    for item in node.value:
        yield _Found(kind, path, item)


def _record(found: _Found, problems: list[Problem]) -> Record | Withdrawal | Release | None:
    try:
        record = found.kind.model_validate(found.node.plain())
    except ValidationError as error:
        errors: list[dict[str, Any]] = [dict(one) for one in error.errors(include_url=False)]
        slips = [one["loc"] for one in errors if one["type"] == "extra_forbidden"][: syntax.MAX_PROBLEMS]
        meant = {(*steps[:-1], _meant(found, steps)) for steps in slips}  # one slip of the pen is one problem
        told = [one for one in errors if one["type"] != "missing" or one["loc"] not in meant]
        problems.extend(_shape_problem(found, one) for one in told[: syntax.MAX_PROBLEMS + 1])
        return None
    if isinstance(record, Fact) and not re.fullmatch(re.escape(found.path.stem) + r"-f[0-9]{2,5}", record.id):
        message = f"not an id of this file, {record.id!r}; {found.path.stem}-f and a number of two or more digits"
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
        place = found.node.key_place(*steps)
        known, meant = _known_keys(found, steps), _meant(found, steps)
        near = f"; did you mean {meant!r}?" if meant else f"; known here: {', '.join(known)}"
        rule, message = "unknown-key", f"unknown key {steps[-1]!r}{near}"
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        near = did_you_mean(str(value), choices) or f"; one of {', '.join(choices)}"
        rule, message = "wrong-value", f"not a value of {_field(steps)!r}, {_short(value)}{near}"
    elif kind == "format" and value == "":
        rule, message = "wrong-value", _gap(found.kind, steps)
    elif kind == "format":
        rule, message = "wrong-value", str(error["ctx"]["message"])
    elif kind == "tuple_type":
        word = value if isinstance(value, str) and re.fullmatch(r"[\w .-]+", value) else "…"
        rule, message = "wrong-type", f"not a list, {_short(value)}; write [{word}]"
    elif kind in ("dict_type", "model_type"):
        rule, message = "wrong-type", f"not a mapping, {_short(value)}; write 'key: value' below {_field(steps)!r}"
    else:
        rule, message = "wrong-type", f"not a single value, {_short(value)}; write one text for {_field(steps)!r}"
    return Problem(Mark(found.path, *place), message, rule)


def _gap(kind: type[Shape], steps: Sequence[str | int]) -> str:
    """Return what to say of an empty text: what its field, to which *steps* lead, is for."""
    *outer, name = (step for step in steps if isinstance(step, str))
    if any(one.name in outer[:1] and not one.inside for one in field_shapes(kind)):  # *name* is a key of a mapping
        meant = (kind.model_fields[outer[0]].description or "").rpartition(": ")[2]
        spare = ", or give the value and take this away"
    else:
        field = _shape_at(kind, outer).model_fields[name]
        meant = field.description or ""
        spare = "" if field.is_required() else ", or take the key away"
    meant = meant.removesuffix(".")
    meant = meant[0].lower() + meant[1:] if meant[1].islower() else meant
    return f"nothing for {name!r} yet; {meant}{spare}"


def _known_keys(found: _Found, steps: Sequence[str | int]) -> list[str]:
    """Return the keys of the mapping in which the last of *steps* stands."""
    return [field.name for field in field_shapes(_shape_at(found.kind, steps[:-1]))]


def _meant(found: _Found, steps: Sequence[str | int]) -> str | None:
    """Return the known key, not there yet, that is nearest to the unknown one to which *steps* lead."""
    mapping: Any = found.node.value
    for step in steps[:-1]:
        mapping = mapping[step].value
    return nearest(str(steps[-1]), [key for key in _known_keys(found, steps) if key not in mapping])


def _shape_at(shape: type[Shape], steps: Sequence[str | int]) -> type[Shape]:
    """Return the shape to which *steps* lead from *shape*; the keys of a mapping are no names of fields."""
    names = iter([step for step in steps if isinstance(step, str)])
    for name in names:
        field = next(one for one in field_shapes(shape) if one.name == name)
        assert field.inside, "what has names inside is a shape"
        shape = field.inside
        if field.nesting.startswith("{"):
            next(names, None)
    return shape


def _what(kind: type[Shape], steps: Sequence[str | int]) -> str:
    shape = _shape_at(kind, steps)
    return kind.kind_name if shape is kind and issubclass(kind, Record) else shape.__name__.lower()


def _field(steps: Sequence[str | int]) -> str | int:
    return next((step for step in reversed(steps) if isinstance(step, str)), "the record")


def _short(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "…")
    return "a list" if isinstance(value, list) else "a mapping"


def _register(root: Path, nodes: dict[str, tuple[PurePosixPath, Node]], problems: list[Problem]) -> Register:
    """Return what was published and what was withdrawn, and note the places of both in *nodes*."""
    facts: list[str] = []
    pages: list[str] = []
    counts: dict[str, int] = {}
    for kind, name, number in _published(root, nodes, problems):
        if kind == "fact":
            facts.append(name)
        elif kind == "page":
            pages.append(name)
        else:
            counts[name] = number
    place = PurePosixPath("data/withdrawn.yml")
    withdrawn: list[Withdrawal] = []
    if _is_plain(root / place):
        node = _node(root / place, place, problems)
        if node is not None and isinstance(node.value, list):
            nodes[place.name] = place, node
            for item in node.value:
                record = _record(_Found(Withdrawal, place, item), problems)
                if isinstance(record, Withdrawal):
                    withdrawn.append(record)
                _leave_out_the_rest(place, problems)
                if problems and problems[-1] == syntax.too_many(place):
                    break
        elif node is not None:
            message = "not a list; each withdrawal starts with '- what:'"
            problems.append(Problem(Mark(place, node.line, node.column), message, "wrong-type"))
    return Register(tuple(facts), tuple(pages), counts, tuple(withdrawn), _releases(root, nodes, problems))


def _releases(root: Path, nodes: dict[str, tuple[PurePosixPath, Node]], problems: list[Problem]) -> tuple[Release, ...]:
    """Return what each release changed, the first first, and note their places in *nodes*."""
    releases: list[Release] = []
    for path in sorted((root / "data" / RELEASES).glob(f"*{SUFFIX}")):
        place = PurePosixPath(path.relative_to(root).as_posix())
        if _strange(path, place, {}):
            continue  # told already, with the files of records
        node = _node(path, place, problems)
        if node is None:
            continue
        if not isinstance(node.value, dict) or "version" in node.value:
            message = "not a mapping without 'version'; the file's name is the version, and 'release' writes it"
            problems.append(Problem(Mark(place, node.line, node.column), message, "wrong-type"))
            continue
        node.value["version"] = Node(node.line, node.column, path.stem)
        release = _record(_Found(Release, place, node), problems)
        if isinstance(release, Release):
            nodes[f"{RELEASES}/{release.version}"] = place, node
            releases.append(release)
    return tuple(sorted(releases, key=lambda one: version_key(one.version)))


def _is_plain(path: Path) -> bool:
    """Say whether *path* is a file, and no link to one: a link is a problem that `_strange` tells."""
    return path.is_file() and not path.is_symlink()


def recalled(path: Path, made_by: str) -> dict[str, bytes]:
    """Return what a run that was *made_by* the same left at *path*; nothing where that cannot be had or believed."""
    try:
        return unpack(path.read_bytes(), made_by)
    except OSError:
        return {}


def code() -> str:
    """Return a digest of what makes the pages: our code, the templates, Python, and the packages that they rest on."""
    found = hashlib.sha256(repr([sys.version, sys.byteorder, *((one, version(one)) for one in PACKAGES)]).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".jinja"):
            found.update(f"{path.name} {path.stat().st_size} ".encode() + path.read_bytes())
    return found.hexdigest()


def load_pages(docs: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the pages of *docs* at *paths*, in Markdown."""
    return {path: (docs / path).read_text(encoding="utf-8") for path in paths}


def load_prose(docs: Path, made: Collection[str] = ()) -> dict[str, str]:
    """Return the pages below *docs* that people wrote, in Markdown by path: none that is *made* from the data."""
    paths = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*.md"))}
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items() if name not in made}
    return {path: text for path, text in texts.items() if SIGN not in text[:400]}


def load_site(folder: Path) -> dict[str, bytes]:
    """Return the files of the built site in *folder*, by path; raises FileNotFoundError where there is none."""
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(2, "no built site here; build it first", str(folder))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def load_examples(folder: Path) -> dict[str, Example]:
    """Return for each rule the first bad case in *folder* (tests/bad/RULE/…) that it refuses: a few lines, and why."""
    examples: dict[str, Example] = {}
    for case, refused, line, message, rule in _refused(folder):
        if rule == case.name and rule not in examples:
            examples[rule] = _example(refused, case, line, message)
    return examples


def load_refusals(folder: Path) -> dict[str, list[Refusal]]:
    """Return for each kind of record what bad cases in *folder* are refused for: one message of each rule."""
    found: dict[str, dict[str, Refusal]] = {}
    names = {kind.folder: kind.kind_name for kind in KINDS} | {"withdrawn.yml": "withdrawal"}
    for case, refused, _, message, rule in _refused(folder):
        parts = refused.relative_to(case).parts
        if parts[0] == "data" and len(parts) > 1 and parts[1] in names:
            found.setdefault(names[parts[1]], {}).setdefault(rule, Refusal(rule, message))
    return {name: list(refusals.values()) for name, refusals in found.items()}


def _refused(folder: Path) -> Iterator[tuple[Path, Path, int, str, str]]:
    """Yield each refusal that the bad cases in *folder* expect: the case, the file, the line, the message, the rule."""
    for path in sorted(one for one in folder.glob("*/**/*") if one.suffix in (".yml", ".txt")):
        case = folder / path.relative_to(folder).parts[0]
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            found = re.fullmatch(r"(?:# expect: |([^:]+):)(\d+):(\d+): (.*) \(([a-z-]+)\)", line)
            if found:
                yield case, case / found[1] if found[1] else path, int(found[2]), found[4], found[5]


SAMPLE_LINES = 30
"""How long a record may be that is shown as an example of its kind, in lines."""


def load_samples(root: Path, base: FactBase) -> dict[str, Example]:
    """Return for each kind a record of *base* with its lines: of those that are not long the one with most keys."""
    samples: dict[str, Example] = {}
    for kind in KINDS:
        found = [(one, *base.lines(one.id)) for one in base.all(kind)]
        short = [one for one in found if one[3] - one[2] < SAMPLE_LINES] or found
        if short:
            _, path, first, last = max(short, key=lambda one: len(one[0].model_fields_set))
            lines = (root / path).read_text(encoding="utf-8").splitlines()[first - 1 : last]
            samples[kind.kind_name] = Example(f"{path}:{first}", tuple(lines), "")
    return samples


def _example(refused: Path, case: Path, line: int, message: str) -> Example:
    """Return the *line* of the file *refused* with what stands above it; no lines where they are no text."""
    lines: list[str] = []
    if refused.is_file() and refused.suffix != ".json":
        lines = refused.read_text(encoding="utf-8", errors="replace").splitlines()
    excerpt = tuple(one for one in lines[max(line - 3, 0) : line + 1] if not one.startswith("# expect:"))
    return Example(f"{refused.relative_to(case).as_posix()}:{line}", excerpt, message)


def _published(
    root: Path, nodes: dict[str, tuple[PurePosixPath, Node]], problems: list[Problem]
) -> Iterator[tuple[str, str, int]]:
    """Yield kind, name and number (0 but for counts) of each line of data/published.txt."""
    place = PurePosixPath("data/published.txt")
    if not _is_plain(root / place):
        return
    lines: dict[str, Node] = {}
    nodes[place.name] = place, Node(1, 1, lines)
    for number, line in enumerate((root / place).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = re.fullmatch(r"(fact|page) ([a-z0-9/-]+)|(count) ([a-z]+) ([0-9]+)|#.*", line)
        if found is None:
            message = (
                f"not a line of the register, {line[:60]!r}; restore the file, 'summit-record register' adds to it"
            )
            problems.append(Problem(Mark(place, number, 1), message, "register-line"))
            _leave_out_the_rest(place, problems)
            if problems[-1] == syntax.too_many(place):
                return
            continue
        kind, name = found[1] or found[3], found[2] or found[4]
        if kind:
            lines[f"{kind} {name}"] = Node(number, 1, name)
            yield kind, name, int(found[5] or 0)


def _articles(
    root: Path, texts: Sequence[Path], problems: list[Problem], digests: dict[str, str] | None
) -> Iterator[tuple[str, Article]]:
    """Yield source id and article for each fingerprint in seeds/; put what they were read from into *digests*."""
    for path in sorted((root / "seeds").glob("*.json")):
        place = PurePosixPath(_shown(path.relative_to(root).as_posix()))
        try:
            article = _fingerprint(path)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, OSError) as error:
            message = f"not a fingerprint file: {error}; make it anew with 'summit-record fingerprint SOURCE TEXT'"
            problems.append(Problem(Mark(place, 1, 1), message, "fingerprint-file"))
            continue
        at_hand = next((folder / article.file for folder in texts if (folder / article.file).is_file()), None)
        if at_hand:
            content = at_hand.read_bytes()
            if quotation.checksum(content) != article.checksum:
                message = f"the text at hand, {article.file!r}, is not the recorded one; find the one with this sha256"
                problems.append(Problem(Mark(place, 1, 1), message, "checksum"))
                continue
            try:
                paragraphs = quotation.paragraphs(content.decode("utf-8"))
            except UnicodeDecodeError:
                message = f"the text at hand, {article.file!r}, is not UTF-8; no fingerprint is made of such a one"
                problems.append(Problem(Mark(place, 1, 1), message, "encoding"))
                continue
            article = replace(article, texts=tuple(Words(quotation.words(one)) for one in paragraphs))
        if digests is not None:
            digests[f"seeds/{path.stem}"] = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {bool(at_hand)}"
        yield path.stem, article


def _fingerprint(path: Path) -> Article:
    if not _is_plain(path):
        raise ValueError("no plain file")
    if path.lstat().st_size > MAX_FINGERPRINT:
        raise ValueError(f"more than {MAX_FINGERPRINT} bytes")
    record = json.loads(path.read_bytes())
    json.dumps(record, ensure_ascii=False).encode()  # an escape can stand for half a character, which nothing can write
    key, file = str(record["sha256"]), str(record["file"])
    if file != Path(file).name:
        raise ValueError(f"the name of a text with a path in it, {_short(file)}")
    if len(file.encode()) > MAX_NAME:
        raise ValueError(f"the name of a text with more than {MAX_NAME} bytes, {_short(file)}")
    return Article(
        file=file,
        checksum=key,
        fingerprints=tuple(
            Fingerprint(
                _word(one["words"]),
                {str(digest): tuple(_word(at) for at in places) for digest, places in one["quoted"].items()},
                key,
            )
            for one in record["paragraphs"]
        ),
        speech=tuple(tuple((_word(start), _word(end)) for start, end in one["speech"]) for one in record["paragraphs"]),
        guards=tuple(tuple(_word(at) for at in one["guards"]) for one in record["paragraphs"]),
        compared=frozenset(str(one) for one in record["compared"]),
    )


def _word(number: object) -> int:
    """Return *number*, a place among the words of a paragraph; raises ValueError where no paragraph has so many."""
    if not isinstance(number, int) or not 0 <= number <= MAX_FINGERPRINT:
        raise ValueError("a number that counts no words")
    return number
