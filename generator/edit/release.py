"""A release of the data: what changed since the one before, frozen in a file of data/changes/.

The page of changes and its feeds are made from these files, so that a build needs no git and no history.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from generator.edit import Edit, Files, Refused
from generator.edit.diff import Difference
from generator.edit.fmt import canonical
from generator.edit.kinds import CHANGES
from generator.model import KINDS, FactBase, Source, version_key
from generator.register import registered

VERSIONED = {
    "CITATION.cff": (r"^version: .*$(\ndate-released: .*$)?", "version: {version}\ndate-released: {day}"),
    "pyproject.toml": (r'^version = ".*"$', 'version = "{version}"'),
}
"""Files at the top of the checkout that name the version: the lines that do, and what is to stand there."""


def path_of(version: str) -> str:
    """Return the path of the file of the release *version*."""
    return f"data/{CHANGES}/{version}.yml"


def release(
    version: str,
    about: str,
    because: str | None,
    found: Sequence[Difference] | None,
    base: FactBase,
    digest: str,
    files: Files,
    today: date,
) -> Edit:
    """Return the edit that makes *base*, with *digest*, the release *version*.

    *found* are the differences from the release before, None where this is the first; *because* is the reason of those
    corrections that have none. *files* are those that name the version. Raises Refused where the version is not a
    later one, or nothing is different.
    """
    last = base.register.releases[-1] if base.register.releases else None
    if last and version_key(version) <= version_key(last.version):
        raise Refused(f"not later than the last release, {version!r}; that was {last.version}")
    if found is not None and not found:
        raise Refused(f"no fact and no record is different from {last.version if last else 'the release before'}")
    added, changed = _changes(found or (), because, base)
    content = {
        "date": today.isoformat(),
        "about": about,
        "digest": digest,
        "counts": {kind.kind_name: str(len(base.all(kind))) for kind in KINDS if base.all(kind)},
        **_present(added=added, changes=changed),
    }
    path = path_of(version)
    changes: dict[str, bytes | None] = {path: canonical(path, json.dumps(content, ensure_ascii=False).encode())}
    changes["data/published.txt"] = registered(base).encode()
    for name in VERSIONED:
        if name in files:
            changes[name] = _versioned(name, files[name], version, today)
    gaps = sum(one["change"] != "changed" and "because" not in one for one in changed)
    told = f"{path}: {len(found)} differences" if found is not None else f"{path}: the first release"
    missing = f"; {gaps} corrections without a reason, which the check asks for" if gaps else ""
    return Edit(changes, lines=tuple(changes), notes=(told + missing,))


def _changes(
    found: Iterable[Difference], because: str | None, base: FactBase
) -> tuple[dict[str, list[str]], list[dict[str, object]]]:
    """Return the ids of what was added, by kind, and what became of each record that was there."""
    added: dict[str, list[str]] = {}
    changed: list[dict[str, object]] = []
    for one in found:
        if one.change == "added":
            added.setdefault(one.kind, []).append(one.id)
            continue
        reason = one.because or (because if one.change != "changed" else None)
        values = [
            {"field": key, **_present(before=before, after=after)}
            for key, before, after in one.values
            if not _veiled(key, base)
        ]
        changed.append(
            {
                "record": one.id,
                "kind": one.kind,
                "change": one.change,
                "name": one.name,
                **_present(because=reason, risks=one.risks, concerns=one.concerns, values=values),
            }
        )
    return added, changed


def _present(**values: object) -> dict[str, object]:
    """Return those of *values* that there are; a key without a value is taken away."""
    listed = {key: list(one) if isinstance(one, tuple) else one for key, one in values.items()}
    return {key: one for key, one in listed.items() if one}


def _veiled(key: str, base: FactBase) -> bool:
    """Say whether *key* leads to words of a source whose wording went through another language: no page shows them."""
    found = re.search(r"\[([a-z0-9-]+)[,\]][^\[]*\.quote\.", key)
    source = base.records.get(found[1]) if found else None
    return isinstance(source, Source) and source.wording != "original"


def _versioned(name: str, content: bytes, version: str, today: date) -> bytes:
    pattern, lines = VERSIONED[name]
    lines = lines.format(version=version, day=today.isoformat())
    text, count = re.subn(pattern, lines, content.decode("utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise Refused(f"{name} names the version {count} times; once is right")
    return text.encode()
