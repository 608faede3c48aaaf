"""Whatever passes the checks becomes pages: fact bases that nobody would write, drawn at random, from load to write."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest
from fact_bases import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payloads import SHOWN

from generator.check import check, problems
from generator.edit.fmt import canonical
from generator.load import load
from generator.model import Entity
from generator.render import render
from generator.write import write

MANY = 300
"""How many fact bases the session `hostile` draws; every run of the tests draws 25."""
EXAMPLES = MANY if os.environ.get("SUMMIT_RECORD_MANY") else 25

Record = dict[str, object]

IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True).filter(lambda id: id != "index")
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z")).filter(str.isprintable)
TEXTS = st.one_of(
    st.sampled_from(SHOWN),
    st.sampled_from(
        ["null", "1999", "yes", "2031-01-01", "~", "-", "#", "a: b", "# a", "[a", "*a", "&a", "%", "'", '"']
    ),
    st.lists(st.text(CHARACTERS, min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join),
)
LAST_DAY = date(2040, 1, 1)
DAYS = st.dates(date(1949, 4, 4), LAST_DAY)


def when(day: date, form: int) -> str:
    """Return *day* as a date (EDTF): the day, about, perhaps, to the month, to the year, or with what follows."""
    until = min(day + timedelta(form), LAST_DAY)
    span = f"{day}/{until}" if until > day else f"{day}"
    return (f"{day}", f"{day}?", f"{day}~", f"{day:%Y-%m}", f"{day:%Y}", span)[form]


@st.composite
def bases(draw: st.DrawFn) -> dict[str, list[Record] | Record]:
    """Draw the files of a fact base: records of every kind with any texts, names, ids, dates and links."""
    ids = iter(draw(st.lists(IDS, unique=True, min_size=40, max_size=40)))
    form = st.integers(0, 5)

    def some(most: int, least: int = 0) -> list[str]:
        return [next(ids) for _ in range(draw(st.integers(least, most)))]

    def few(of: list[str], most: int = 3) -> list[str]:
        return draw(st.lists(st.sampled_from(of), unique=True, max_size=most)) if of else []

    def one(of: list[str]) -> str | None:
        return draw(st.sampled_from(of)) if of and draw(st.booleans()) else None

    source = next(ids)
    cited = [{"source": source}]

    def named() -> Record:
        kinds = ["alias", "abbreviation", "transliteration", "former", "misprint", "mistranslation"]
        aliases = [{"name": draw(TEXTS), "kind": draw(st.sampled_from(kinds))} for _ in range(draw(st.integers(0, 2)))]
        return {"name": draw(TEXTS), "aliases": aliases}

    def valued(record: Record, **values: str | None) -> Record:
        """Return *record* with each of *values*, and evidence for it, or the reason why there is none."""
        known = {key: value for key, value in values.items() if value is not None}
        evidence = {key: [{"source": source, "inferred": draw(TEXTS)}] for key in known}
        return (
            record | known | {"evidence": evidence, "unknown": {key: draw(TEXTS) for key in values if key not in known}}
        )

    topics, places, organisations, countries, measures, series = some(3), some(2), some(2), some(2), some(1), some(1)
    posts, leaders, meetings = some(2), some(3), some(2)
    summits = some(2) if series else []
    files: dict[str, list[Record] | Record] = {
        f"data/sources/{source}.yml": named()
        | {"type": "page", "publisher": draw(TEXTS), "published": f"{LAST_DAY}", "language": "en"}
        | {"url": "https://papers.example/a", "confirmed": ["publisher", "published", "url"]}
    }
    for kind, those in (
        ("places", places),
        ("organisations", organisations),
        ("countries", countries),
        ("series", series),
    ):
        files[f"data/{kind}.yml"] = [{"id": id} | named() for id in those]
    files["data/measures.yml"] = [{"id": id} | named() | {"unit": draw(TEXTS)} for id in measures]
    files["data/posts.yml"] = [
        {"id": id} | named() | {"organisation": one(organisations), "country": one(countries), "single_seat": "no"}
        for id in posts
    ]
    for number, id in enumerate(topics):
        files[f"data/topics/{id}.yml"] = named() | {
            "scope": draw(TEXTS), "broader": few(topics[:number]), "related": few(topics[:number])
        }  # fmt: skip
    held: dict[str, list[str]] = {id: few(posts) for id in leaders}
    for id in leaders:
        terms = [{"post": post, "during": "1949-01-01/..", "evidence": cited} for post in held[id]]
        files[f"data/leaders/{id}.yml"] = named() | {"memberships": terms}
    dates: dict[str, str | None] = {}
    for id in summits + meetings:
        dates[id] = when(draw(DAYS), draw(form)) if draw(st.booleans()) else None
        record = named() | {"status": draw(st.sampled_from(["planned", "held"]))}
        values = {
            "status": str(record["status"]),
            "date": dates[id],
            "place": one(places),
            "venue": draw(st.none() | TEXTS),
        }
        if id in summits:
            values["chair"] = one(leaders)
            files[f"data/summits/{id}.yml"] = valued(record, **values) | {"series": series[0]}
        else:
            there = [{"person": person, "post": one(held[person]), "evidence": cited} for person in few(leaders)]
            values["prepares"] = one([summit for summit in summits if None in (dates[id], dates[summit])])
            files[f"data/meetings/{id}.yml"] = valued(record, **values) | {"participants": there}
    facts: list[Record] = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["event", "statement", "decision", "plan", "figure", "background"]))
        fact: Record = {"id": f"{source}-f{number + 1:02}", "kind": kind, "text": draw(TEXTS), "evidence": cited}
        at = one([id for id, day in dates.items() if day])
        fact[draw(st.sampled_from(["date", "as_of"])) if at is None else "date"] = (
            when(draw(DAYS), draw(form)) if at is None else dates[at]
        )
        fact |= {"at": at, "by": few([*leaders, *organisations, *countries, *posts, source])}
        fact["about"] = few([*topics, *leaders, *summits, *meetings, *places, *countries, *organisations, *posts], 5)
        fact["note"] = draw(st.none() | TEXTS)
        if kind == "plan":
            fact |= {"status": "planned", "unknown": {"outcome": draw(TEXTS)}}
        if kind == "figure" and measures:
            value = draw(st.decimals(-(10**6), 10**6, places=2).map(str))
            fact["figure"] = {"measure": measures[0], "value": value}
        facts.append(fact)
        summit = files.get(f"data/summits/{at}.yml")
        if isinstance(summit, dict) and draw(st.booleans()):
            key = draw(st.sampled_from(["highlights", "open"]))
            summit[key] = [*few(list(summit.get(key, [])), 2), fact["id"]]  # type: ignore[call-overload]
    files[f"data/facts/{source}.yml"] = facts
    return {path: content for path, content in files.items() if content}


def yaml(value: object, indent: str = "") -> Iterator[str]:
    """Yield the lines of *value* as YAML, block by block; what is empty or None is left out."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield f"{indent}{key}: {json.dumps(inner, ensure_ascii=False)}"
            elif inner:
                yield f"{indent}{key}:"
                yield from yaml(inner, f"{indent}  ")
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                yield f"{indent}- {json.dumps(inner, ensure_ascii=False)}"
                continue
            first, *others = yaml(inner, f"{indent}  ")
            yield f"{indent}- {first.strip()}"
            yield from others


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bases())
def test_any_fact_base_without_problems_becomes_pages_and_the_same_ones_each_time(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, list[Record] | Record]
) -> None:
    root = tmp_path_factory.mktemp("any")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("\n".join(yaml(content)) + "\n", encoding="utf-8")
    base = load(root)
    assert problems(check(base)) == []
    made = list(render(base, check(base)))
    pages = {page.path: page.content for page in made}

    assert len({path.casefold() for path in pages}) == len(pages)
    of_records = {f"{one.pages}/{id}.md" for id, one in base.records.items() if isinstance(one, Entity) and one.pages}
    assert of_records <= set(pages)
    assert set(broken_links({path: text.decode() for path, text in pages.items() if path.endswith(".md")})) == set()
    for path, text in pages.items():
        if path.endswith(".json"):
            json.loads(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)  # how long a disk takes is not asked here
        write(made, root / "docs")
        for path in files:  # in the one form of the data it is the same data
            (root / path).write_bytes(canonical(path, (root / path).read_bytes()))
        again = load(root)
        changes = write(render(again, check(again)), root / "docs")

    assert again.records == base.records
    assert (changes.written, changes.removed, changes.kept) == ((), (), len(pages))


def broken_links(pages: Mapping[str, str]) -> Iterator[str]:
    """Yield each link in *pages* to a page that is neither one of them nor written by hand."""
    for path, text in pages.items():
        for target in re.findall(r"\]\(([^)#\s]*\.md)(?:#[^)]*)?\)", text):
            page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if page not in pages and not (ROOT / "docs" / page).is_file():
                yield f"{path}: {target}"
