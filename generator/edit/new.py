"""New records: the lines to start from, with a gap for every value that only a person can give.

A gap is an empty text, which the check refuses with what belongs there; the line above it says so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator import edtf
from generator.edit import Edit, Files, Refused
from generator.edit.kinds import is_list, key_order, modeline, path_of
from generator.edit.scalars import scalar
from generator.fingerprint import article as fingerprint
from generator.fingerprint import as_json
from generator.model import KINDS, Entity, Fact, FactBase, Leader, Meeting, Record, Source, field_shapes
from generator.nearest import did_you_mean
from generator.quotation import paragraphs

NAMED = tuple(kind for kind in KINDS if kind not in (Fact, Source))
"""The kinds of record that start with an id and a name."""

GAP = '""'

FIRST_WORDS = 8
"""How many words of a paragraph are shown, so that a person finds it in the article."""


@dataclass(frozen=True)
class Given:
    """What is known of a new record: *values*, and why others are *unknown*, by field; *evidence*, the lines that
    prove them; of a meeting *who* was there; of a leader a *post* and when it was held.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    post: tuple[str, ...] = ()


def new_entity(kind: type[Record], id: str, base: FactBase, files: Files, given: Given) -> Edit:
    """Return the record *id* of *kind* with what is *given* and gaps: a file of its own, or the end of its list."""
    free(id, kind, base, files)
    _known(kind, given)
    path = path_of(kind, id)
    content = [*_lines(kind, {"id": id, **given.values}, given), *_accounts(kind, given)]
    if not is_list(kind):
        return _edit(path, [modeline(path), *content], gaps(content))
    return _edit(
        path, _appended(files.get(path, b""), ["- " + content[0], *(f"  {one}" for one in content[1:])]), gaps(content)
    )


def new_source(id: str, base: FactBase, files: Files, given: Given, text: tuple[str, bytes] | None = None) -> Edit:
    """Return the record of the source *id*: an article, whose file's name and content *text* gives, or else a page.

    An article gets its fingerprint in seeds/; the answer lists its paragraphs by number and first words.
    """
    free(id, Source, base, files)
    _known(Source, given)
    values = {"type": "article" if text else "page", "language": "en", **given.values}
    if "publisher" in values and "published" in values:
        values.setdefault("name", f"{values['publisher']}, {_day(values['published'])}")
    given = Given(values, given.unknown)
    path = path_of(Source, id)
    content = [*_lines(Source, values, given), *_accounts(Source, given)]
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


def new_fact(
    source: str, base: FactBase, files: Files, given: Given, by: Iterable[str] = (), about: Iterable[str] = ()
) -> Edit:
    """Return the next fact of *source*, at the end of its file; where no evidence is *given* it is a gap, too."""
    if not isinstance(base.records.get(source), Source) and path_of(Source, source) not in files:
        known = (one.id for one in base.all(Source))
        raise Refused(f"no source {source!r}{did_you_mean(source, known)}; 'new source' makes one")
    _known(Fact, given)
    id = next_id(source, base, files)
    path = path_of(Fact, id)
    values, unknown = given.values, given.unknown
    lists = {"by": by, "about": about}
    plan = values.get("kind") == "plan"
    required = ["kind", "text", *(["status"] if plan else []), *([] if "as_of" in values else ["date"])]
    lines = [f"- id: {id}"]
    for key in key_order(Fact):
        if key in lists:
            lines.append(f"  {key}: [{', '.join(lists[key])}]")
        elif key in values or key in required:
            lines += [f"  {line}" for line in _line(key, Fact, values)]
        elif key == "evidence":
            lines += ["  evidence:", *(given.evidence or _missing(source, values))]
        elif key == "figure" and values.get("kind") == "figure":
            lines += ["  # The number in the unit of its measure; 'words' instead, where no number is printed."]
            lines += [f"  figure: {{measure: {GAP}, value: {GAP}}}"]
        elif key == "unknown" and (unknown or plan):
            whys = unknown or {"outcome": ""}
            lines += ["  unknown:", *(f"    {name}: {scalar(why) if why else GAP}" for name, why in whys.items())]
    start = [] if path in files else [modeline(path)]
    return _edit(path, _appended(files.get(path, b""), lines, start), gaps(lines), id)


def _missing(source: str, values: Mapping[str, str]) -> list[str]:
    return [
        f"    - source: {source}",
        "      # The paragraph, and five words of it or more, exactly as printed ('summit-record quote' finds both).",
        f"      paragraph: {values.get('paragraph') or GAP}",
        f"      quote: {{exact: {GAP}}}",
    ]


def next_id(source: str, base: FactBase, files: Files) -> str:
    """Return the next id of a fact of *source*: one that no fact has, had, or was withdrawn under."""
    written = files.get(path_of(Fact, f"{source}-f01"), b"").decode(errors="replace")
    ever = [*re.findall(r"[a-z0-9-]+", written), *base.register.facts, *base.register.withdrawals]
    numbers = [int(one[len(source) + 2 :]) for one in ever if re.fullmatch(re.escape(source) + "-f[0-9]+", one)]
    return f"{source}-f{max(numbers, default=0) + 1:02}"


def gaps(lines: Iterable[str]) -> int:
    """Return how many gaps *lines* have."""
    return sum(line.count(GAP) for line in lines)


def free(id: str, kind: type[Record], base: FactBase, files: Files) -> None:
    """Raise Refused where *id* is no id, or was ever used, be it in *files* that cannot be read as records yet."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) or len(id) > 80:
        raise Refused(f"not an id, {id!r}; lower-case letters, digits and single hyphens, at most 80 of them")
    if id in base.records:
        raise Refused(f"the id {id!r} is taken, {base.mark(id)}; choose another")
    path = path_of(kind, id)
    if not is_list(kind) and path in files:
        raise Refused(f"{path} is there already; fill its gaps, or take it away")
    if is_list(kind) and re.search(rf"(?m)^- id: {re.escape(id)}$", files.get(path, b"").decode(errors="replace")):
        raise Refused(f"the id {id!r} stands in {path} already; fill its gaps, or choose another")
    used = {address.strip("/").rpartition("/")[2] for address in (*base.register.pages, *base.register.withdrawals)}
    if id in used:
        raise Refused(f"the id {id!r} was published before; ids are never used again, choose another")


def _known(kind: type[Record], given: Given) -> None:
    """Raise Refused where *given* has fields that *kind* has not, or that are no single values."""
    shapes = field_shapes(kind)
    single = [one.name for one in shapes if not (one.nesting or one.inside or one.name == "id")]
    for name in given.values:
        if name not in (*single, "paragraph" if kind is Fact else "name"):
            raise Refused(f"no field {name!r} of a {kind.kind_name}{_near(name, single)}")
    why = [one.name for one in shapes if one.sourced] if issubclass(kind, Entity) else ["outcome"]
    for name in given.unknown:
        if name not in why:
            raise Refused(f"no field {name!r} of a {kind.kind_name} needs a reason{_near(name, why)}")


def _near(name: str, known: list[str]) -> str:
    return did_you_mean(name, known) or f"; {', '.join(known)}"


def _lines(kind: type[Record], values: Mapping[str, str], given: Given) -> list[str]:
    """Return the lines of the *values* of *kind*, and a gap for what every such record has."""
    lines: list[str] = []
    proof = [f"  {line}" for line in given.evidence] or [f"      - source: {GAP}"]
    for key in key_order(kind):
        if (key in values and (key != "id" or is_list(kind))) or (kind.model_fields[key].is_required() and key != "id"):
            lines += _line(key, kind, values)
        elif kind is Leader and key == "memberships" and given.post:
            post, during = given.post
            lines += ["memberships:", f"  - post: {scalar(post)}", f"    during: {scalar(during)}", "    evidence:"]
            lines += proof
        elif kind is Meeting and key == "participants" and given.who:
            lines.append("participants:")
            for person in given.who:
                lines += [f"  - person: {scalar(person)}", "    evidence:", *proof]
    return lines


def _accounts(kind: type[Record], given: Given) -> list[str]:
    """Return the lines that account for the values that pages show: their evidence, or why they are not known."""
    shown = [one for one in field_shapes(kind) if one.sourced]
    if given.values.get("type") == "page":
        asked = ("publisher", "published", "url", *given.values, *given.unknown)
        shown = [one for one in shown if one.name in asked]
    needed = [one.name for one in shown if one.name in given.values or kind.model_fields[one.name].is_required()]
    open_ = [one.name for one in shown if one.name not in needed]
    lines: list[str] = []
    if needed and kind is Source:
        lines += [
            "# Read on the page itself, or in the article; what was concluded has 'evidence' instead.",
            f"confirmed: [{', '.join(needed)}]",
        ]
    elif needed:
        if not given.evidence:
            lines.append("# For each value: the source, and the paragraph and words where the source is an article.")
        lines.append("evidence:")
        for name in needed:
            lines += [f"  {name}:", *(given.evidence or [f"    - source: {GAP}"])]
    if open_:
        if not all(given.unknown.get(name) for name in open_):
            lines.append("# Give each of these above, with its evidence, or say here why it is not known.")
        lines.append("unknown:")
        for name in open_:
            lines.append(f"  {name}: {scalar(given.unknown[name]) if given.unknown.get(name) else GAP}")
    return lines


def _line(key: str, kind: type[Record], values: Mapping[str, str]) -> list[str]:
    """Return the line of *key* with its value; where it has none a gap, below what belongs there."""
    if values.get(key):
        return [f"{key}: {scalar(values[key])}"]
    return [f"# {kind.model_fields[key].description}", f"{key}: {GAP}"]


def _day(date: str) -> str:
    try:
        return edtf.in_words(edtf.parse(date))
    except ValueError:
        return date  # the check says what is wrong with it


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
