"""New records: the lines to start from, with a gap for every value that only a person can give.

A gap is an empty text, which the check refuses with what belongs there; the line above it says so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.edit import Edit, Files, Refused
from generator.edit.kinds import is_list, key_order, modeline, path_of
from generator.edit.scalars import scalar
from generator.fingerprint import article as fingerprint
from generator.fingerprint import as_json
from generator.model import KINDS, Fact, FactBase, Leader, Membership, Record, Source, field_shapes
from generator.nearest import did_you_mean
from generator.quotation import paragraphs

NAMED = tuple(kind for kind in KINDS if kind not in (Fact, Source))
"""The kinds of record that start with an id and a name."""

GAP = '""'

FIRST_WORDS = 8
"""How many words of a paragraph are shown, so that a person finds it in the article."""


def new_entity(kind: type[Record], id: str, name: str, base: FactBase, files: Files) -> Edit:
    """Return the record *id* of *kind* with its *name* and gaps: a file of its own, or the end of the kind's list."""
    free(id, kind, base)
    given = {"id": id, "name": name}
    path = path_of(kind, id)
    content = [*_lines(kind, given), *_accounts(kind, given)]
    if not is_list(kind):
        return _edit(path, [modeline(path), *content], gaps(content))
    return _edit(
        path, _appended(files.get(path, b""), ["- " + content[0], *(f"  {one}" for one in content[1:])]), gaps(content)
    )


def new_source(id: str, base: FactBase, text: tuple[str, bytes] | None = None) -> Edit:
    """Return the record of the source *id*: an article, whose file's name and content *text* gives, or else a page.

    An article gets its fingerprint in seeds/; the answer lists its paragraphs by number and first words.
    """
    free(id, Source, base)
    given = {"id": id, "type": "article" if text else "page"}
    path = path_of(Source, id)
    content = [*_lines(Source, given), *_accounts(Source, given)]
    lines: list[str] = []
    changes: dict[str, bytes | None] = {}
    if text:
        name, article = text
        try:
            changes[f"seeds/{id}.json"] = as_json(fingerprint(name, article, id)).encode()
        except UnicodeDecodeError as error:
            raise Refused(f"not UTF-8, {name!r}, byte {error.start}; save the text as UTF-8") from None
        lines = [f"{number:>4}  {_first_words(one)}" for number, one in enumerate(paragraphs(article.decode()), 1)]
        content += ["# The paragraphs that carry no fact, and why.", "set_aside: []"]
    edit = _edit(path, [modeline(path), *content], gaps(content))
    return Edit({**edit.changes, **changes}, tuple(lines), edit.notes)


def new_fact(source: str, base: FactBase, files: Files, values: Mapping[str, Any], evidence: Iterable[str]) -> Edit:
    """Return the next fact of *source*, at the end of its file; *values* holds what is known, by key.

    *evidence* are the lines of its evidence, or none where that is a gap, too.
    """
    if not isinstance(base.records.get(source), Source):
        known = (one.id for one in base.all(Source))
        raise Refused(f"no source {source!r}{did_you_mean(source, known)}; 'new source' makes one")
    id = next_id(source, base)
    path = path_of(Fact, id)
    lines = [f"- id: {id}"]
    if "as_of" not in values:
        lines += _line("date", "EDTF: when it happened, was said, or is to happen; or as_of, the day reported.", values)
    for key in ("kind", "text"):
        lines += _line(key, Fact.model_fields[key].description or "", values)
    for key in ("by", "about"):
        lines.append(f"  {key}: [{', '.join(values.get(key, ()))}]")
    lines.append("  evidence:")
    proof = list(evidence) or [
        f"    - source: {source}",
        "      # The paragraph, and five words of it or more, exactly as printed ('summit-record quote' finds both).",
        f"      paragraph: {values.get('paragraph') or GAP}",
        f"      quote: {{exact: {GAP}}}",
    ]
    lines += proof
    start = [] if path in files else [modeline(path)]
    return _edit(path, _appended(files.get(path, b""), lines, start), gaps(lines), id)


def next_id(source: str, base: FactBase) -> str:
    """Return the next id of a fact of *source*: one that no fact has, had, or was withdrawn under."""
    ever = [*(fact.id for fact in base.all(Fact)), *base.register.facts, *base.register.withdrawals]
    numbers = [int(one[len(source) + 2 :]) for one in ever if re.fullmatch(re.escape(source) + "-f[0-9]+", one)]
    return f"{source}-f{max(numbers, default=0) + 1:02}"


def gaps(lines: Iterable[str]) -> int:
    """Return how many gaps *lines* have."""
    return sum(line.count(GAP) for line in lines)


def free(id: str, kind: type[Record], base: FactBase) -> None:
    """Raise Refused where *id* is no id, or was ever used."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) or len(id) > 80:
        raise Refused(f"not an id, {id!r}; lower-case letters, digits and single hyphens, at most 80 of them")
    if id in base.records:
        raise Refused(f"the id {id!r} is taken, {base.mark(id)}; choose another")
    used = {address.strip("/").rpartition("/")[2] for address in (*base.register.pages, *base.register.withdrawals)}
    if id in used:
        raise Refused(f"the id {id!r} was published before; ids are never used again, choose another")


def _lines(kind: type[Record], given: Mapping[str, str]) -> list[str]:
    """Return the lines of the values of *kind*: what is *given*, and a gap for what every such record has."""
    lines: list[str] = []
    for key in key_order(kind):
        info = kind.model_fields[key]
        if key in given and (key != "id" or is_list(kind)):
            lines.append(f"{key}: {scalar(given[key])}")
        elif info.is_required() and key != "id":
            lines += [f"# {info.description}", f"{key}: {GAP}"]
        elif kind is Leader and key == "memberships":
            post, during = (Membership.model_fields[name].description for name in ("post", "during"))
            lines += [f"# {info.description} {post} {during}", "memberships:"]
            lines += [f"  - post: {GAP}", f"    during: {GAP}", "    evidence:", f"      - source: {GAP}"]
    return lines


def _accounts(kind: type[Record], given: Mapping[str, str]) -> list[str]:
    """Return the lines that account for the values that pages show: their evidence, or why they are not known."""
    page = given.get("type") == "page"
    shown = [field for field in field_shapes(kind) if field.sourced]
    if page:
        shown = [field for field in shown if field.name in ("publisher", "published", "url")]
    needed = [field.name for field in shown if kind.model_fields[field.name].is_required()]
    open_ = [field.name for field in shown if field.name not in needed]
    lines: list[str] = []
    if needed and kind is Source:
        lines += [
            "# Read on the page itself, or in the article; what was concluded has 'evidence' instead.",
            f"confirmed: [{', '.join(needed)}]",
        ]
    elif needed:
        lines += [
            "# For each value: the source, and the paragraph and words where the source is an article.",
            "evidence:",
        ]
        for name in needed:
            lines += [f"  {name}:", f"    - source: {GAP}"]
    if open_:
        lines += ["# Give each of these above, with its evidence, or say here why it is not known.", "unknown:"]
        lines += [f"  {name}: {GAP}" for name in open_]
    return lines


def _line(key: str, what: str, values: Mapping[str, Any]) -> list[str]:
    if values.get(key) is not None:
        return [f"  {key}: {scalar(values[key])}"]
    return [f"  # {what}", f"  {key}: {GAP}"]


def _appended(content: bytes, lines: list[str], start: Iterable[str] = ()) -> list[str]:
    """Return the lines of the file *content* with *lines* at its end, behind an empty line."""
    before = content.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n").split("\n") if content.strip() else []
    return [*start, *before, *([""] if before else []), *lines]


def _first_words(paragraph: str) -> str:
    words = paragraph.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def _edit(path: str, lines: list[str], open_gaps: int, what: str = "") -> Edit:
    gap = "1 gap" if open_gaps == 1 else f"{open_gaps} gaps"
    note = f"{path}: {what + ', ' if what else ''}{gap + ' to fill' if open_gaps else 'complete'}"
    return Edit({path: ("\n".join(lines) + "\n").encode()}, notes=(note,))
