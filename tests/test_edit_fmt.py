"""`fmt` changes the form of a data file and nothing that it says."""

from __future__ import annotations

import random
from pathlib import Path, PurePosixPath

import pytest
import yaml
from fact_bases import BASE, ROOT, lay
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import syntax
from generator.edit.fmt import canonical
from generator.edit.kinds import modeline
from generator.edit.scalars import folded, quoted, scalar
from generator.errors import DataError
from generator.load import load

LEADER, FACTS = "data/leaders/x.yml", "data/facts/x.yml"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml"))


def form(path: str, content: str) -> str:
    """Return the canonical form of *content* without its first line, which names the schema."""
    first, _, rest = canonical(path, content.encode()).decode().partition("\n")
    assert first == modeline(path)
    return rest


def comments(content: str) -> list[str]:
    return sorted(line.strip() for line in content.split("\n") if line.strip().startswith("#"))


@pytest.mark.parametrize("path", FILES)
def test_no_value_of_the_real_data_changes_and_the_form_stays(path: str) -> None:
    content = (ROOT / path).read_bytes()

    first = canonical(path, content)

    assert plain(first) == plain(content)
    assert canonical(path, first) == first


def plain(content: bytes) -> object:
    node, problems = syntax.parse(PurePosixPath("x.yml"), content)
    assert node
    assert not problems
    return node.plain()


def test_no_fact_of_a_fact_base_changes(tmp_path: Path) -> None:
    root = lay(tmp_path)
    before = load(root)
    for path in root.rglob("data/**/*.yml"):
        path.write_bytes(canonical(path.relative_to(root).as_posix(), path.read_bytes()))

    assert load(root).records == before.records
    assert load(BASE).records == before.records


def test_keys_have_the_order_of_the_model_with_what_accounts_for_them_behind() -> None:
    content = "unknown: {venue: x}\nevidence: {status: []}\nname: A\nstatus: held\ndate: 2021\nid2: b\n"

    assert form("data/summits/x.yml", content) == (
        "name: A\nstatus: held\ndate: 2021\nevidence:\n  status: []\nunknown:\n  venue: x\nid2: b\n"
    )


def test_short_lists_and_quotations_stand_on_one_line_and_long_ones_do_not() -> None:
    long = "a" * 70
    lists = f"- id: x-f01\n  about:\n  - nato\n  - topic\n  by: [{long}, {long}]\n"
    content = f"{lists}  evidence:\n  - quote:\n      exact: a b\n"

    assert form(FACTS, content) == (
        f"- id: x-f01\n  by:\n    - {long}\n    - {long}\n  about: [nato, topic]\n  evidence:\n"
        '    - quote: {exact: "a b"}\n'
    )


def test_a_long_text_is_folded_and_a_text_that_fits_is_not() -> None:
    words = " ".join(["word"] * 30)

    written = form(
        LEADER, f"name: {words}\naliases: [{{name: >-\n  two\n  lines}}]\n".replace(">-\n  two\n  lines", "two lines")
    )

    assert written.startswith("name: >-\n  word word")
    assert max(map(len, written.split("\n"))) <= 120
    assert "  - {name: two lines}\n" in written


def test_comments_stay_above_what_they_were_above() -> None:
    content = """\
# about the file
name: "A"  # kept, too
# on the posts
memberships:
  # the first
  - during: 2021
    # which one
    post: x
    evidence: [ # none
    ]
# at the end
"""
    expected = """\
# about the file
# kept, too
name: A
# on the posts
memberships:
  # the first
  # which one
  - post: x
    during: 2021
    # none
    evidence: []
# at the end
"""

    assert form(LEADER, content) == expected


def test_a_sign_that_is_no_comment_stays_in_its_text() -> None:
    content = 'name: >-\n  # a text\n  that goes on\naliases:\n  - name: "a # b"\n'

    assert form(LEADER, content) == 'name: "# a text that goes on"\naliases:\n  - {name: "a # b"}\n'


def test_records_of_a_list_have_an_empty_line_between_them() -> None:
    assert form("data/places.yml", "- {id: a, name: A}\n- {id: b, name: B}\n") == (
        "- id: a\n  name: A\n\n- id: b\n  name: B\n"
    )


def test_another_line_for_the_schema_is_put_right() -> None:
    assert form(LEADER, "# yaml-language-server: $schema=old.json\nname: A\n") == "name: A\n"


def test_what_is_not_plain_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(DataError) as refused:
        canonical(LEADER, b"name: &a A\n")

    assert "plain-yaml" in str(refused.value.problems[0])


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(
    [
        "null",
        "~",
        "true",
        "no",
        "1e3",
        "0x1F",
        "007",
        "2021",
        "1.50",
        "-5",
        ".5",
        "a: b",
        "a #b",
        "a:?b",
        "#a",
        "- a",
        "a:",
        "'",
        '"',
    ]
)
WORDS = st.lists(st.text("abc:?#-'\",[]{}", min_size=1, max_size=9), min_size=1, max_size=60).map(" ".join)


@given(TEXTS | WORDS)
def test_a_text_is_read_back_as_it_was_in_every_place(text: str) -> None:
    assume(not syntax.INVISIBLE.search(text))  # refused, however it is written
    lines = folded(text, 2, 40)
    for written in (
        f"key: {scalar(text)}",
        f"- {scalar(text)}",
        f"[{scalar(text, flow=True)}]",
        f"{{a: {scalar(text, flow=True)}, b: x}}",
        f"key: {quoted(text)}",
        *(["key: >-\n" + "\n".join(lines)] if lines else []),
    ):
        node, problems = syntax.parse(PurePosixPath("x.yml"), f"{written}\n".encode())
        assert not problems
        assert node
        assert text in values(node.plain())


def values(plain: object) -> list[object]:
    if isinstance(plain, dict):
        return list(plain.values())
    return plain if isinstance(plain, list) else [plain]


KEYS = st.sampled_from(
    ["name", "aliases", "evidence", "memberships", "post", "during", "exact", "odd key", "unknown", "text"]
)
TREES = st.recursive(
    WORDS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
REMARKS = st.lists(st.text("ab #:-'\"", max_size=9), max_size=6)


@given(st.dictionaries(KEYS, TREES, min_size=1) | st.lists(TREES, min_size=1), REMARKS, st.integers(0), st.booleans())
def test_no_fact_and_no_comment_is_lost_and_a_second_time_changes_nothing(
    tree: object, remarks: list[str], seed: int, flow: bool
) -> None:
    text = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=flow, width=40, sort_keys=False, default_style=None
    )
    text = with_remarks(text, remarks, random.Random(seed))
    node, problems = syntax.parse(PurePosixPath("x.yml"), text.encode())
    if node is None or problems:
        return
    for path in (LEADER, FACTS):
        first = canonical(path, text.encode())
        assert plain(first) == node.plain()
        assert canonical(path, first) == first
        assert [one for one in comments(first.decode()) if "remark" in one] == comments_in(text)


def with_remarks(text: str, remarks: list[str], chance: random.Random) -> str:
    """Return *text* with a comment on a line of its own for each of *remarks*, between lines where that is one."""
    for number, remark in enumerate(remarks):
        lines = text.split("\n")
        lines.insert(chance.randrange(len(lines)), f"# remark {number} {remark}".rstrip())
        changed = "\n".join(lines)
        before, _ = syntax.parse(PurePosixPath("x.yml"), text.encode())
        after, problems = syntax.parse(PurePosixPath("x.yml"), changed.encode())
        if before and after and not problems and before.plain() == after.plain():
            text = changed
    return text


def comments_in(text: str) -> list[str]:
    return [one for one in comments(text) if one.startswith("# remark")]
