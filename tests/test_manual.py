"""The pages for editors: every kind with every field, and every rule, as models and rules have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from fact_bases import ROOT, lay

from generator.check import RULES
from generator.check.guide import ADVICE, FORM
from generator.load import load, load_examples, load_refusals, load_samples
from generator.markup import escape
from generator.model import KINDS, Fact, Meeting, Place, Shape, Withdrawal, field_shapes
from generator.render import render, render_manual
from generator.view import manual

BAD = ROOT / "tests" / "bad"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    term = "- id: term-dues\n  name: harbour dues\n  explanation: What a boat pays for its berth.\n"
    root = lay(tmp_path_factory.mktemp("base"), {"data/terms.yml": term})
    base = load(root)
    made = render_manual(load_samples(root, base), load_refusals(BAD))
    rules = next(page for page in render(base, (), load_examples(BAD)) if page.path == "rules/index.md")
    return {page.path: page.content.decode() for page in (*made, rules)}


@pytest.mark.parametrize("kind", manual.SHAPES, ids=manual.name_of)
def test_every_field_of_every_kind_is_on_its_page_with_its_meaning(pages: dict[str, str], kind: type[Shape]) -> None:
    page = pages[f"records/{manual.name_of(kind)}.md"]
    id_is_the_file = {"id"} if getattr(kind, "folder", ".yml").endswith("s") and kind is not Fact else set()

    for shape in (kind, *manual.inside(kind)):
        for field in field_shapes(shape):
            info = shape.model_fields[field.name]
            assert info.description, f"{shape.__name__}.{field.name} means nothing"
            rows = re.findall(
                rf"^\| <code>{re.escape(escape(field.name))}</code> \| (.+?) \| (.+?) \| (.+?) \|$", page, re.MULTILINE
            )
            assert rows or field.name in id_is_the_file
            assert any(needed.startswith("yes") == info.is_required() for needed, _, _ in rows) or not rows
    assert f"[{manual.name_of(kind)}]({manual.name_of(kind)}.md)" in pages["records/index.md"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind_name)
def test_every_kind_has_an_example_from_the_data(pages: dict[str, str], kind: type[Shape]) -> None:
    page = pages[f"records/{manual.name_of(kind)}.md"]

    assert "## Example" in page
    assert "    name: " in page or "    - id: " in page


ENTITY = [
    ("name", "yes", "text"),
    ("aliases", "no", "list of [alias](#alias)"),
    ("evidence", "no", "for each field: list of [evidence](#evidence)"),
    ("unknown", "no", "for each field: text"),
    ("alternatives", "no", "list of [alternative](#alternative)"),
]
EITHER = "the value with evidence, or why it is not known"
KINDS_OF_EVENT = ("meeting", "visit", "speech", "briefing", "award")


def lines(fields: Iterable[manual.FieldLine]) -> list[tuple[str, str, str]]:
    return [(one.name, one.needed, one.type) for one in fields]


@pytest.mark.parametrize(
    ("kind", "file", "command", "fields"),
    [
        (
            Meeting, "data/meetings/<id>.yml", "new meeting", [
                *ENTITY,
                ("status", "yes, with evidence", "<code>planned</code> or <code>held</code>"),
                ("date", EITHER, "date (EDTF)"),
                ("place", EITHER, "id of a place"),
                ("venue", EITHER, "text"),
                ("type", "no", " or ".join(f"<code>{one}</code>" for one in KINDS_OF_EVENT)),
                ("participants", "no", "list of [participant](#participant)"),
                ("prepares", EITHER, "id of a summit"),
                ("part_of", "no", "id of a meeting"),
            ],
        ),
        (
            Place, "data/places.yml", "new place", [
                ("id", "yes", "id"), *ENTITY, ("wikidata", "no", "id of Wikidata"),
            ],
        ),
        (
            Withdrawal, "data/withdrawn.yml", "rename", [
                ("what", "yes", "text"), ("to", "no", "text"), ("because", "yes", "text"),
                ("date", "yes", "date (EDTF)"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_kind_is_told_field_by_field(
    kind: type[Shape], file: str, command: str, fields: list[tuple[str, str, str]]
) -> None:
    page = manual.kind_page(kind, {}, {})

    assert (page.file, page.command, page.sample, page.refusals) == (file, command, None, ())
    assert lines(page.fields) == fields


def test_what_is_inside_a_fact_is_told_once_in_the_order_in_which_it_is_met() -> None:
    page = manual.kind_page(Fact, {}, {})
    agents = "list of ids of a leader, an organisation, a country, a post or a source"

    assert page.file == "data/facts/<source id>.yml"
    assert lines(page.fields)[0] == ("id", "yes", "id")
    assert ("by", "no", agents) in lines(page.fields)
    assert ("at", "no", "id of a meeting or a summit") in lines(page.fields)
    assert {one.name: lines(one.fields) for one in page.parts} == {
        "evidence": [
            ("source", "yes", "id of a source"),
            ("paragraph", "no", "whole number from 1"),
            ("quote", "no", "[quote](#quote)"),
            ("speaker", "no", "id of a leader, an organisation or a post"),
            ("inferred", "no", "text"),
        ],
        "quote": [
            ("exact", "yes", "text"),
            ("prefix", "no", "text"),
            ("suffix", "no", "text"),
            ("omits", "no", "text"),
        ],
        "figure": [
            ("measure", "yes", "id of a measure"),
            ("value", "no", "number"),
            ("words", "no", "text"),
            ("about", "no", "<code>yes</code> or <code>no</code>"),
        ],
    }
    assert [one.name for one in page.parts] == ["evidence", "quote", "figure"]
    assert page.parts[1].about.startswith("Words found in a source, exactly (W3C Web Annotation: TextQuoteSelector).")
    assert "`…` in" not in page.parts[1].about  # the first paragraph alone
    assert [one.name for one in manual.kind_page(Meeting, {}, {}).parts] == [
        "alias", "evidence", "quote", "alternative", "participant",
    ]  # fmt: skip


def test_values_of_each_form_are_named(pages: dict[str, str]) -> None:
    source, measure = pages["records/source.md"], pages["records/measure.md"]

    assert "| <code>url</code> | yes, with evidence | web address |" in source
    assert "| <code>language</code> | yes | language code |" in source
    assert "| <code>unit</code> | yes | text |" in measure
    assert "| <code>field</code> | yes | name of a field |" in measure


def test_the_list_of_kinds_has_for_each_its_file_and_what_it_is() -> None:
    kinds = {link: (file, about) for link, file, about in manual.kinds_page().kinds}

    assert next(iter(kinds)) == "[summit](summit.md)"
    assert kinds["[leader](leader.md)"] == ("data/leaders/<id>.yml", "A person (Popolo: Person).")
    assert kinds["[post](post.md)"] == ("data/posts.yml", "An office (Popolo: Post).")
    assert kinds["[source](source.md)"][1].startswith("An article that was distilled (`article`)")
    assert list(kinds)[-1] == "[withdrawal](withdrawal.md)"


def test_every_rule_is_there_with_its_reason_and_how_to_mend(pages: dict[str, str]) -> None:
    page = pages["rules/index.md"]

    assert set(ADVICE) == {*FORM, *(rule.id for rule in RULES)}
    assert re.findall(r"^## (\S+) \{ #", page, re.MULTILINE) == [*FORM, *(rule.id for rule in RULES)]
    for advice in ADVICE.values():
        assert advice.why.endswith(".")
        assert advice.mend.endswith(".")
    assert page.count("*Why:*") == page.count("*To mend:*") == len(ADVICE)


def test_what_is_refused_leads_to_its_rule(pages: dict[str, str]) -> None:
    rules = set(re.findall(r"\(\.\./rules/index\.md#([a-z-]+)\)", "".join(pages.values())))

    assert sum("## What is refused" in page for page in pages.values()) >= 9
    assert rules <= set(ADVICE)


def test_a_sample_is_a_record_as_it_stands(tmp_path: Path) -> None:
    root = lay(tmp_path)

    sample = load_samples(root, load(root))["leader"]

    path, _, line = sample.place.partition(":")
    text = (root / path).read_text(encoding="utf-8").splitlines()
    assert list(sample.lines) == text[int(line) - 1 :]


def test_the_guide_names_what_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Change the generator")[1].split("\n## ")[0]
    named = re.findall(r"`([^`\n]+)`", guide)
    paths = [name for name in named if re.fullmatch(r"(generator|tests|data|bench)/[\w/.]*|[\w.]+\.(yml|py)", name)]
    words = [name for name in named if re.fullmatch(r"\w*[A-Z]\w*|\w+_\w+", name)]
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py"))
    sources += (ROOT / "tests" / "test_site.py").read_text(encoding="utf-8")

    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert len(words) > 8
    assert [
        word for word in words if not re.search(rf"^(class|def) {word}\b|^ *{word}\b ?[:=]", sources, re.MULTILINE)
    ] == []
