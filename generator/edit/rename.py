"""A new id for a record: in its own place, in every line that names it, and a way on from where it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.edit import Edit, Files, Refused
from generator.edit.kinds import WITHDRAWN, is_list, modeline, path_of
from generator.edit.new import free
from generator.edit.where import known
from generator.errors import Mark
from generator.model import Entity, Fact, FactBase, Record, Source, references

BECAUSE = "The id was changed; the record is the same."


def rename(old: str, new: str, base: FactBase, files: Files, today: date) -> Edit:
    """Return what gives the record *old* the id *new*; *files* are the files of data/ and seeds/, by path.

    A source takes its facts, their ids and its fingerprint along. What was published under *old* leads on, from
    *today*, by entries in data/withdrawn.yml. Raises Refused where *old* is no record, or *new* is or ever was one.
    """
    known(old, base)
    record = base.records[old]
    if isinstance(record, Fact):
        raise Refused(f"a fact keeps its id, {old!r}; renaming its source, {old.rpartition('-')[0]!r}, renames it")
    free(new, type(record), base, files)
    ids = {old: new}
    if isinstance(record, Source):
        facts = [fact.id for fact in base.all(Fact) if fact.id.startswith(f"{old}-f")]
        ids |= {id: new + id[len(old) :] for id in facts if re.fullmatch(r"-f[0-9]+", id[len(old) :])}
    texts = {
        path: content.decode("utf-8-sig").replace("\r\n", "\n")
        for path, content in files.items()
        if path.endswith(".yml")
    }
    changed = _replaced(texts, _named(base, ids))
    if redirects := list(_redirects(base, ids, record, today)):
        before = changed.get(WITHDRAWN, texts.get(WITHDRAWN, modeline(WITHDRAWN) + "\n"))
        changed[WITHDRAWN] = (
            before.rstrip("\n") + "\n" + ("\n" if WITHDRAWN in texts else "") + "\n".join(redirects) + "\n"
        )
    changes: dict[str, bytes | None] = {path: content.encode() for path, content in changed.items()}
    for before_path, after_path in _moved(record, old, new):
        if before_path in files:
            changes[after_path] = changes.get(before_path) or files[before_path]
            changes[before_path] = None
    count = len([path for path, content in changes.items() if content is not None])
    redirected = (
        f"; where it was published leads on, by {len(redirects) // 4} of data/withdrawn.yml" if redirects else ""
    )
    return Edit(changes, notes=(f"{old} is now {new}: {count} files changed{redirected}",))


def _moved(record: Record, old: str, new: str) -> Iterator[tuple[str, str]]:
    kind = type(record)
    if not is_list(kind):
        yield path_of(kind, old), path_of(kind, new)
    if kind is Source:
        yield path_of(Fact, f"{old}-f01"), path_of(Fact, f"{new}-f01")
        yield f"seeds/{old}.json", f"seeds/{new}.json"


def _named(base: FactBase, ids: dict[str, str]) -> Iterator[tuple[Mark, str, str]]:
    """Yield each place of one of *ids* with the old and the new id, or address."""
    for record in base.records.values():
        if record.id in ids and is_list(type(record)):
            yield base.mark(record.id, "id"), record.id, ids[record.id]
        for steps, id, _ in references(record):
            if id in ids:
                yield base.mark(record.id, *steps), id, ids[id]
    addresses = {**ids, **{a: b for old, new in ids.items() for a, b in _addresses(base.records[old], new)}}
    for index, withdrawal in enumerate(base.register.withdrawn):
        if withdrawal.to in addresses:
            yield base.mark("withdrawn.yml", index, "to"), withdrawal.to, addresses[withdrawal.to]


def _addresses(record: Record, new: str) -> Iterator[tuple[str, str]]:
    if isinstance(record, Entity) and record.pages:
        yield f"{record.pages}/{record.id}/", f"{record.pages}/{new}/"


def _replaced(texts: dict[str, str], named: Iterator[tuple[Mark, str, str]]) -> dict[str, str]:
    """Return those of *texts* that change when the id at each mark is replaced."""
    lines = {path: text.split("\n") for path, text in texts.items()}
    changed = set()
    for mark, old, new in sorted(named, reverse=True):  # from the end, so that the places before stay right
        path, row, column = str(mark.path), mark.line - 1, mark.column - 1
        line = lines[path][row]
        start = column + (line[column : column + 1] in ("'", '"'))
        if line[start : start + len(old)] != old:
            raise Refused(
                f"{mark}: not written as {old!r} on one line; write the id plainly, or run 'summit-record fmt'"
            )
        lines[path][row] = line[:start] + new + line[start + len(old) :]
        changed.add(path)
    return {path: "\n".join(lines[path]) for path in changed}


def _redirects(base: FactBase, ids: dict[str, str], record: Record, today: date) -> Iterator[str]:
    """Yield the lines for data/withdrawn.yml: four for each fact and page that was published."""
    pairs = [pair for pair in _addresses(record, ids[record.id]) if pair[0] in base.register.pages]
    pairs += [(old, new) for old, new in ids.items() if old in base.register.facts]
    for what, to in pairs:
        yield f"- what: {what}"
        yield f"  to: {to}"
        yield f"  because: {BECAUSE}"
        yield f"  date: {today.isoformat()}"
