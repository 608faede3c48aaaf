"""Two fact bases -> what is different, in words, and what of it needs a second look."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from generator.model import Entity, Fact, FactBase, Quote, Record, Steps, evidence_of
from generator.syntax import Node

RISKS = {
    "quotation changed": "words that are shown as quoted are others now",
    "source removed": "a value, or the record, has one source less",
    "date moved": "the same is now said of another day",
}


@dataclass(frozen=True)
class Difference:
    """A record that was added, changed or withdrawn: its *place*, and its *values* as (key, before, after).

    *risks* names what of it needs a second look.
    """

    id: str
    kind: str
    change: str
    place: str
    name: str
    values: tuple[tuple[str, str | None, str | None], ...] = ()
    risks: tuple[str, ...] = ()


def differences(before: FactBase, after: FactBase) -> list[Difference]:
    """Return what is different in *after*, in the order of its files; what is gone comes last."""
    found = []
    for record in after.records.values():
        old, place = before.records.get(record.id), str(after.mark(record.id))
        if old is None:
            found.append(Difference(record.id, record.kind_name, "added", place, _name(record)))
        elif values := tuple(_changed(_values(before, old), _values(after, record))):
            risks = tuple(_risks(old, record, values))
            found.append(Difference(record.id, record.kind_name, "changed", place, _name(record), values, risks))
    for record in before.records.values():
        if record.id not in after.records:
            risks = ("source removed",) if record.kind_name == "source" else ()
            place = str(before.mark(record.id))
            found.append(Difference(record.id, record.kind_name, "withdrawn", place, _name(record), risks=risks))
    return found


def _name(record: Record) -> str:
    return record.name if isinstance(record, Entity) else record.text if isinstance(record, Fact) else record.id


def _values(base: FactBase, record: Record) -> dict[str, str]:
    """Return every single value of *record* as written, by the way to it."""
    _, node = base.nodes[record.id]
    return {".".join(map(str, steps)).replace(".[", "["): value for steps, value in _leaves(node, ())}


def _leaves(node: Node, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(node.value, str):
        yield steps, node.value
    elif isinstance(node.value, dict):
        for key, one in node.value.items():
            yield from _leaves(one, (*steps, key))
    elif all(isinstance(one.value, str) for one in node.value):
        yield steps, ", ".join(str(one.value) for one in node.value)
    else:
        seen: Counter[str] = Counter()
        for one in node.value:
            label = _label(one)
            seen[label] += 1
            again = f" ({seen[label]})" if seen[label] > 1 else ""
            yield from _leaves(one, (*steps, f"[{label}{again}]"))


def _label(node: Node) -> str:
    """Return what an editor knows an item of a list by, wherever it stands in the list."""
    if not isinstance(node.value, dict):
        return str(node.value)
    parts = (node.value.get(key) for key in ("source", "paragraph", "post", "person", "name", "words", "field", "what"))
    return ", ".join(str(one.value) for one in parts if one and isinstance(one.value, str)) or "…"


def _changed(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield key, old.get(key), new.get(key)


def _risks(old: Record, new: Record, values: tuple[tuple[str, str | None, str | None], ...]) -> Iterator[str]:
    if _quotes(old) - _quotes(new):
        yield "quotation changed"
    if {one.source for _, one in evidence_of(old)} - {one.source for _, one in evidence_of(new)}:
        yield "source removed"
    if any(key in ("date", "as_of", "published") or key.endswith((".during", ".date")) for key, *_ in values):
        yield "date moved"


def _quotes(record: Record) -> set[tuple[str, Quote]]:
    return {(one.source, one.quote) for _, one in evidence_of(record) if one.quote}


def as_text(found: list[Difference], revision: str) -> list[str]:
    """Return *found*, the differences from *revision*, as lines; what needs a second look is marked with !."""
    if not found:
        return [f"no fact and no record is different from {revision}"]
    lines = []
    for one in found:
        risks = f"  ! {', '.join(one.risks)}" if one.risks else ""
        lines.append(f"{one.place}: {one.change} {one.kind} {one.id}: {one.name}{risks}")
        for key, before, after in one.values:
            lines.append(f"    {key}: {_quote(before)} -> {_quote(after)}")
    return lines


def summary(found: list[Difference], revision: str) -> str:
    """Return the numbers of *found* in one line."""
    counts = [f"{sum(one.change == change for one in found)} {change}" for change in ("added", "changed", "withdrawn")]
    risky = sum(bool(one.risks) for one in found)
    return f"since {revision}: {', '.join(counts)}; {risky} to look at twice"


def as_json(found: list[Difference], revision: str) -> str:
    """Return *found* as a JSON object."""
    return json.dumps({"since": revision, "differences": [asdict(one) for one in found]}, indent=1, ensure_ascii=False)


def _quote(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
