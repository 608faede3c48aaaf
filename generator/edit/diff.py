"""Two fact bases -> what is different, in words and as JSON, and what of it needs a second look."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from generator.links import Links
from generator.model import (
    Entity,
    Fact,
    FactBase,
    Leader,
    Quote,
    Record,
    Source,
    Steps,
    Summit,
    Topic,
    evidence_of,
    references,
)
from generator.syntax import Node

CHANGES = ("added", "changed", "corrected", "retracted")
"""What can have become of a record: it is new; something was added or went on; it says otherwise; it is gone."""

RISKS = {
    "quotation changed": "words that are shown as quoted are others now, or gone",
    "source removed": "a value, or the record, has one source less",
    "date moved": "the same is now said of another day",
    "speaker changed": "the same words are now somebody else's",
    "figure changed": "the same figure has another value",
    "retracted": "what was published is gone",
}

_FOLLOWED = (Summit, Leader, Topic)
"""The kinds of record whose changes can be followed."""

_ASIDE = frozenset(
    "aliases alternatives because gap inferred note omits prefix reason related scope set_aside suffix unknown words "
    "wikidata".split()
)
"""Parts of a record that account for what it says, or help to find it; another wording there corrects nothing."""

_GOES_ON = frozenset(("status", "outcome", "archive_url"))
"""What becomes another value as time goes on, without the one before having been wrong."""


@dataclass(frozen=True)
class Difference:
    """A record that is another one now: its *place*, its *page*, its *values* as (key, before, after).

    *risks* names what of it needs a second look, *concerns* the summits, leaders and topics it is about, *because* why
    it is gone.
    """

    id: str
    kind: str
    change: str
    place: str
    name: str
    page: str
    values: tuple[tuple[str, str | None, str | None], ...] = ()
    risks: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    because: str | None = None


def differences(before: FactBase, after: FactBase) -> list[Difference]:
    """Return what is different in *after*, in the order of its files; what is gone comes last."""
    found = []
    links, old_links = Links(after), Links(before)
    for record in after.records.values():
        old, place, page = before.records.get(record.id), str(after.mark(record.id)), _address(record, links)
        concerns = concerned(record, after)
        if old is None:
            found.append(
                Difference(record.id, record.kind_name, "added", place, name_of(record), page, concerns=concerns)
            )
        elif values := tuple(_changed(_values(before, old), _values(after, record))):
            risks = tuple(_risks(old, record, values))
            change = "corrected" if any(map(_corrects, values)) else "changed"
            concerns = tuple(dict.fromkeys((*concerns, *concerned(old, before))))
            found.append(
                Difference(record.id, record.kind_name, change, place, name_of(record), page, values, risks, concerns)
            )
    for record in before.records.values():
        if record.id not in after.records:
            found.append(_retracted(record, before, after, _address(record, old_links)))
    return found


def _retracted(record: Record, before: FactBase, after: FactBase, page: str) -> Difference:
    withdrawal = after.register.withdrawals.get(record.id) or after.register.withdrawals.get(page)
    source = ("source removed",) if isinstance(record, Source) else ()
    return Difference(
        record.id,
        record.kind_name,
        "retracted",
        str(before.mark(record.id)),
        name_of(record),
        page,
        risks=("retracted", *source),
        concerns=concerned(record, before),
        because=withdrawal.because if withdrawal else None,
    )


def _address(record: Record, links: Links) -> str:
    """Return the path of the page of *record* below the top of the site, with its anchor."""
    page, sign, anchor = links.page(record.id).partition("#")
    return page.removesuffix("index.md").replace(".md", "/") + sign + anchor


def concerned(record: Record, base: FactBase) -> tuple[str, ...]:
    """Return the ids of the summits, leaders and topics that *record* is or names, each once."""
    named = (id for _, id, _ in references(record))
    return tuple(id for id in dict.fromkeys((record.id, *named)) if isinstance(base.records.get(id), _FOLLOWED))


def name_of(record: Record) -> str:
    """Return the name of *record*; of a fact, its sentence."""
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


def _corrects(value: tuple[str, str | None, str | None]) -> bool:
    """Say whether what the record said is now said otherwise: not where something was added, or where time went on."""
    key, before, after = value
    parts = re.sub(r"\[.*?\]", "", key).split(".")
    if before is None or _ASIDE.intersection(parts) or parts[-1] in _GOES_ON:
        return False
    if after is None:
        return True
    return not (_one_longer(before, after) or (before.endswith("/..") and after.startswith(before[:-2])))


def _one_longer(before: str, after: str) -> bool:
    """Say whether *after* is the list *before* with something added; neither is a sentence."""
    items = after.split(", ")
    ids = all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in items)
    return ids and len(items) > 1 and set(before.split(", ")) < set(items)


def _risks(old: Record, new: Record, values: tuple[tuple[str, str | None, str | None], ...]) -> Iterator[str]:
    replaced = [key for key, before, _ in values if before is not None]
    if _quotes(old) - _quotes(new):
        yield "quotation changed"
    if {one.source for _, one in evidence_of(old)} - {one.source for _, one in evidence_of(new)}:
        yield "source removed"
    if any(key in ("date", "as_of", "published") or key.endswith((".during", ".date")) for key in replaced):
        yield "date moved"
    if any(key.endswith(".speaker") or key == "by" for key in replaced):
        yield "speaker changed"
    if any(key.startswith("figure.") for key in replaced):
        yield "figure changed"


def _quotes(record: Record) -> set[tuple[str, Quote]]:
    return {(one.source, one.quote) for _, one in evidence_of(record) if one.quote}


def pages_touched(before: Iterable[tuple[str, bytes]], after: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Return the paths of the pages that are not the same in *before* and *after* (path and content each), by path."""
    old, new = dict(before), dict(after)
    return tuple(sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path)))


def as_text(found: Sequence[Difference], pages: Sequence[str] | None, revision: str) -> list[str]:
    """Return *found*, the differences from *revision*, as lines; what needs a second look is marked with !."""
    lines = [] if found else [f"no fact and no record is different from {revision}"]
    for one in found:
        risks = f"  ! {', '.join(one.risks)}" if one.risks else ""
        because = f" ({one.because})" if one.because else ""
        lines.append(f"{one.place}: {one.change} {one.kind} {one.id}: {one.name}{because}{risks}")
        for key, before, after in one.values:
            lines.append(f"    {key}: {_quote(before)} -> {_quote(after)}")
    if found:
        lines += [f"page {path}" for path in pages or ()]
    return lines


def summary(found: Sequence[Difference], pages: Sequence[str] | None, revision: str) -> str:
    """Return the numbers of *found* in one line."""
    counts = [f"{sum(one.change == change for one in found)} {change}" for change in CHANGES]
    risky = sum(bool(one.risks) for one in found)
    told = "pages were not compared" if pages is None else f"{len(pages)} pages are others"
    return f"since {revision}: {', '.join(counts)}; {risky} to look at twice; {told}"


def as_json(found: Sequence[Difference], pages: Sequence[str] | None, revision: str) -> str:
    """Return *found* as a JSON object; *pages* are null where they could not be compared."""
    counts = {change: sum(one.change == change for one in found) for change in CHANGES}
    value = {"since": revision, "counts": counts, "differences": [asdict(one) for one in found], "pages": pages}
    return json.dumps(value, indent=1, ensure_ascii=False)


LONGEST = 200
"""The most records, and the most pages, that the Markdown lists of each sort; a summary of GitHub holds 1 MiB."""


def as_markdown(found: Sequence[Difference], pages: Sequence[str] | None, revision: str) -> list[str]:
    """Return *found* as Markdown, what needs a second look first: what a reviewer reads beside a pull request."""
    told = summary(found, pages, revision)
    lines = ["## What changes in the fact base", "", f"{told[0].upper()}{_cell(told[1:])}.", ""]
    risky = [one for one in found if one.risks]
    if risky:
        lines += ["### To look at twice", "", "| Record | Risk | Before | After |", "| --- | --- | --- | --- |"]
        for one in risky[:LONGEST]:
            pairs = [(key, old, new) for key, old, new in one.values if old is not None] or [("", one.name, None)]
            for key, old, new in pairs:
                risk = f"{one.change}: {', '.join(one.risks)}"
                field = f" {_code(key)}" if key else ""
                lines.append(f"| {_code(one.id)}{field} | {risk} | {_cell(old)} | {_cell(new)} |")
        lines += [*_more(risky), ""]
    for change in CHANGES:
        of_change = [one for one in found if one.change == change]
        if of_change:
            lines += [f"### {change.capitalize()}: {len(of_change)}", ""]
            lines += [
                f"- {_code(one.place)} {one.kind} {_code(one.id)}: {_cell(one.name)}" for one in of_change[:LONGEST]
            ]
            lines += [*_more(of_change), ""]
    if pages:
        lines += [f"### Pages touched: {len(pages)}", ""]
        lines += [f"- {_code(path)}" for path in pages[:LONGEST]] + _more(pages)
    return lines


def _more(several: Sequence[object]) -> list[str]:
    return ["", f"… and {len(several) - LONGEST} more"] if len(several) > LONGEST else []


def _code(text: str) -> str:
    return f"<code>{_cell(text)}</code>"


def _cell(text: str | None) -> str:
    """Return *text* for a cell of a Markdown table, where every sign shows as itself."""
    return "" if text is None else re.sub(r"[\\`*_{}\[\]<>&|~#@!:]", lambda sign: f"&#{ord(sign[0])};", text)


def _quote(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
