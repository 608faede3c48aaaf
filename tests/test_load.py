from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fact_bases import ARTICLE, BASE, PAGE, TEXTS, found, lay
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DataError
from generator.load import load, load_examples
from generator.model import Fact, Leader, Source, Topic

Checkout = Callable[..., Path]


def refused(root: Path, *texts: Path) -> list[str]:
    """Return what `load` says against the fact base in *root*."""
    with pytest.raises(DataError) as error:
        load(root, texts)
    return [str(problem) for problem in error.value.problems]


def test_every_record_is_loaded_under_its_id() -> None:
    base = load(BASE)

    assert {id for id, record in base.records.items() if id != record.id} == set()
    assert len(base.records) == 22
    assert base.records["ferries"] == Topic(
        id="ferries", name="Ferries", scope="Who runs the boats to the islands, and when."
    )
    leader = base.records["otto-lind"]
    assert isinstance(leader, Leader)
    assert [(one.post, one.during.text) for one in leader.memberships] == [
        ("league-secretary", "2028-03-01/2032-02-29")
    ]
    fact = base.records[f"{ARTICLE}-f04"]
    assert isinstance(fact, Fact)
    assert fact.figure
    assert (fact.figure.measure, str(fact.figure.value), fact.figure.about) == ("member-towns", "12", "no")


def test_facts_are_in_the_order_of_their_file_and_files_in_the_order_of_their_names() -> None:
    assert [fact.id for fact in load(BASE).all(Fact)][-2:] == [f"{ARTICLE}-f06", f"{PAGE}-f01"]


def test_an_article_is_known_by_its_fingerprint_and_by_its_text_where_that_is_at_hand(checkout: Checkout) -> None:
    root = checkout()

    assert load(root).articles[ARTICLE].texts is None
    assert load(root).articles[ARTICLE].paragraphs == load(root).articles[ARTICLE].fingerprints
    assert load(root, [root, TEXTS]).articles[ARTICLE].texts
    assert len(load(root, [TEXTS]).articles[ARTICLE].paragraphs) == 5
    assert list(load(root).articles) == [ARTICLE]


def test_problems_of_all_files_are_reported_at_once_and_in_order(checkout: Checkout) -> None:
    root = checkout(
        {
            "data/topics/fog.yml": "name: Fog\nscope: x\nscoop: y\n",
            "data/topics/ferries.yml": "name: [",
            "data/places.yml": "".join(f"- id: place{n}\n  nmae: x\n" for n in range(6)),
            "data/leaders/a-name.yaml": "",
            "seeds/fog-2031-01-01.json": "{}",
        }
    )

    assert [line.partition(": ")[0] for line in refused(root)] == [
        "data/leaders/a-name.yaml:1:1",
        *(f"data/places.yml:{line}:3" for line in (2, 4, 6, 8, 10, 12)),
        "data/topics/ferries.yml:2:1",
        "data/topics/fog.yml:3:1",
        "seeds/fog-2031-01-01.json:1:1",
    ]


def test_one_file_can_have_several_problems(checkout: Checkout) -> None:
    root = checkout({"data/topics/fog.yml": "nmae: Fog\nscope: ''\naliases:\n  - {name: mist, kind: allias}\n"})

    assert refused(root) == [
        "data/topics/fog.yml:1:1: unknown key 'nmae'; did you mean 'name'? (unknown-key)",
        "data/topics/fog.yml:2:8: nothing for 'scope' yet; "
        "one line: which facts are filed here (SKOS: scopeNote) (wrong-value)",
        "data/topics/fog.yml:4:24: not a value of 'kind', 'allias'; did you mean 'alias'? (wrong-value)",
    ]


def test_a_missing_key_is_told_at_the_thing_that_lacks_it(checkout: Checkout) -> None:
    root = checkout({f"data/facts/{PAGE}.yml": f"- id: {PAGE}-f01\n  kind: event\n  evidence:\n    - quote: {{}}\n"})

    assert refused(root) == [
        f"data/facts/{PAGE}.yml:1:3: no key 'text'; every fact has one (missing-key)",
        f"data/facts/{PAGE}.yml:4:7: no key 'source'; every evidence has one (missing-key)",
        f"data/facts/{PAGE}.yml:4:14: no key 'exact'; every quote has one (missing-key)",
    ]


def test_a_long_value_is_not_repeated_whole(checkout: Checkout) -> None:
    (line,) = refused(checkout({"data/topics/fog.yml": f"name: Fog\nscope: x\naliases: {'b' * 61}\n"}))

    assert line.startswith(f"data/topics/fog.yml:3:10: not a list, '{'b' * 57}…'; ")


def test_a_link_is_not_followed(checkout: Checkout) -> None:
    root = checkout()
    (root / "data" / "topics" / "boats.yml").symlink_to("ferries.yml")
    (root / "data" / "topics" / "nowhere.yml").symlink_to("nothing.yml")
    (root / "data" / "measures").symlink_to("topics")

    what = "links and devices are not read, put the file itself here (file-name)"
    assert refused(root) == [
        f"data/measures:1:1: not a plain file, 'measures'; {what}",
        f"data/topics/boats.yml:1:1: not a plain file, 'boats.yml'; {what}",
        f"data/topics/nowhere.yml:1:1: not a plain file, 'nowhere.yml'; {what}",
    ]


def test_a_named_pipe_is_not_read(checkout: Checkout) -> None:
    root = checkout()
    os.mkfifo(root / "data" / "topics" / "fog.yml")

    (line,) = refused(root)
    assert line.startswith("data/topics/fog.yml:1:1: not a plain file, 'fog.yml'; ")


def test_a_folder_named_like_a_file_and_a_file_named_like_a_folder_are_refused(checkout: Checkout) -> None:
    root = checkout({"data/series.yml": None})
    (root / "data" / "series.yml").mkdir()
    (root / "data" / "series.yml" / "fog.yml").write_text("name: Fog\n")
    (root / "data" / "topics" / "fog.yml").mkdir()
    (root / "data" / "topics" / "fog.yml" / "ice.yml").write_text("name: Ice\n")

    assert [line.partition(";")[0] for line in refused(root)] == [
        "data/series.yml/fog.yml:1:1: a file in the wrong place, 'data/series.yml/fog.yml'",
        "data/topics/fog.yml/ice.yml:1:1: a file in the wrong place, 'data/topics/fog.yml/ice.yml'",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Fog.yml",
        "fog_bank.yml",
        "fog bank.yml",
        "-fog.yml",
        "fog-.yml",
        "føg.yml",
        "fog.yml~",
        ".fog.yml.swp",
        "fog.json",
    ],
)
def test_a_file_whose_name_gives_no_id_is_refused(checkout: Checkout, name: str) -> None:
    root = checkout({f"data/topics/{name}": "name: Fog\nscope: x\n"})

    (line,) = refused(root)
    assert line.startswith(f"data/topics/{name}:1:1: ")
    assert line.endswith("(file-name)")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("fog\nice", "fog\\nice"), ("fog\x1b[31m", "fog\\x1b[31m"), ("fog\u202e", "fog\\u202e"), ("\udcff", "\\udcff")],
)
def test_a_name_with_what_is_no_sign_is_shown_on_one_line(checkout: Checkout, name: str, shown: str) -> None:
    (line,) = refused(checkout({f"data/topics/{name}.yml": "name: Fog\nscope: x\n"}))

    assert line.startswith(f"data/topics/{shown}.yml:1:1: a name that is no id, ")
    assert line.isprintable()
    assert refused(checkout({f"data/topics/{name}.yml": None, f"seeds/{name}.json": ""}))[0].startswith(
        f"seeds/{shown}.json:"
    )


def test_a_name_of_255_bytes_is_no_id(checkout: Checkout) -> None:
    (line,) = refused(checkout({f"data/topics/{'a' * 251}.yml": "name: Fog\nscope: x\n"}))

    assert line.startswith(f"data/topics/{'a' * 251}.yml:1:1: not an id, ")


def test_readme_and_licence_are_no_records(checkout: Checkout) -> None:
    root = checkout({"data/README.md": "# Fog", "data/LICENSE": "Fog", "data/topics/README.md": "# Fog"})

    assert len(load(root).records) == 22


def test_a_file_that_cannot_be_read_is_one_problem(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout()
    read = Path.read_bytes

    def denied(path: Path) -> bytes:  # permissions do not stop the superuser, under whom tests may run
        if path.name == "ferries.yml":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)

    assert refused(root) == [
        "data/topics/ferries.yml:1:1: cannot be read: Permission denied; mend the file's permissions (file)"
    ]


def test_a_folder_without_data_is_one_problem(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["data:1:1: no folder data/ here; run from the top of the checkout (file-name)"]


def test_a_folder_data_that_is_a_file_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("name: Fog\n")

    assert refused(tmp_path) == ["data:1:1: no folder data/ here; run from the top of the checkout (file-name)"]


def test_a_file_may_be_as_large_as_the_limit(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout()
    largest = max(path.stat().st_size for path in (root / "data").rglob("*.yml"))

    monkeypatch.setattr("generator.syntax.MAX_BYTES", largest)
    load(root)

    monkeypatch.setattr("generator.syntax.MAX_BYTES", largest - 1)
    (line,) = refused(root)
    assert line.endswith("(file-size)")


def test_what_a_plain_value_that_means_nothing_may_have_been_meant_for_is_said(checkout: Checkout) -> None:
    assert refused(checkout({"data/topics/fog.yml": "name: Fog\nscope: ~\n"})) == [
        "data/topics/fog.yml:2:8: no value, '~'; quote it if it is a text, or take the key away (empty-value)"
    ]


@pytest.mark.parametrize("content", ["- one\n", "version: 1.0.0\nchanges: []\n"])
def test_a_release_that_is_no_mapping_or_says_its_version_is_refused(checkout: Checkout, content: str) -> None:
    (line,) = refused(checkout({"data/changes/1.0.0.yml": content}))

    assert line.startswith("data/changes/1.0.0.yml:1:1: not a mapping without 'version'; ")
    assert line.endswith("(wrong-type)")


def test_the_name_of_a_text_may_have_255_bytes(checkout: Checkout) -> None:
    content = fingerprint('"words": 1, "quoted": {}').replace('"x"', f'"{"a" * 255}"')

    assert load(checkout({"seeds/fog-2031-01-01.json": content})).articles["fog-2031-01-01"].file == "a" * 255


def test_a_file_of_two_million_bytes_is_too_large(checkout: Checkout) -> None:
    root = checkout({"data/topics/fog.yml": b"#" * 2_000_001})

    assert refused(root) == ["data/topics/fog.yml:1:1: a file of 2000001 bytes; at most 2000000, split it (file-size)"]


def fingerprint(paragraph: str) -> str:
    return (
        f'{{"file": "x", "sha256": "y", "compared": [], "paragraphs": [{{"speech": [], "guards": [], {paragraph}}}]}}'
    )


def test_a_fingerprint_file_is_read(checkout: Checkout) -> None:
    content = fingerprint('"words": 9, "quoted": {"02ad4c27dd08dbe2": [0, 8]}')

    (paragraph,) = load(checkout({"seeds/fog-2031-01-01.json": content})).articles["fog-2031-01-01"].paragraphs

    assert len(paragraph) == 9


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "null",
        "7",
        '{"file": "x", "sha256": "y", "paragraphs": [1]}',
        "\x00",
        '{"file": "x"}',
        '{"\\ud800": 1}',
        '{"file": "' + "x" * 256 + '", "sha256": "y", "compared": [], "paragraphs": []}',
        fingerprint('"words": -1, "quoted": {}'),
        fingerprint(f'"words": {"4" * 400}, "quoted": {{}}'),
        fingerprint('"words": 1e999, "quoted": {}'),
        fingerprint('"words": 9, "quoted": {"02ad4c27dd08dbe2": [-1]}'),
    ],
)
def test_what_is_no_fingerprint_file_is_refused(checkout: Checkout, content: str) -> None:
    (line,) = refused(checkout({"seeds/fog-2031-01-01.json": content}), TEXTS)

    assert line.startswith("seeds/fog-2031-01-01.json:1:1: not a fingerprint file: ")
    assert line.endswith("; make it anew with 'summit-record fingerprint SOURCE TEXT' (fingerprint-file)")


def test_a_text_that_is_not_the_recorded_one_is_refused(checkout: Checkout) -> None:
    root = checkout({"seeds/harbour-gazette.txt": "Fog."})

    assert load(root).articles[ARTICLE].texts is None
    assert refused(root, root / "seeds") == [
        f"seeds/{ARTICLE}.json:1:1: the text at hand, 'harbour-gazette.txt', is not the recorded one; "
        "find the one with this sha256 (checksum)"
    ]


def test_an_id_is_used_once_across_all_kinds(checkout: Checkout) -> None:
    root = checkout({"data/topics/ada-brook.yml": "name: Ada Brook\nscope: x\n"})

    assert refused(root) == [
        "data/topics/ada-brook.yml:1:1: a second record with the id 'ada-brook'; "
        "conflicts with data/leaders/ada-brook.yml:1:1, ids are unique across all kinds (unique-id)"
    ]


def test_the_register_of_what_was_published_is_read_with_its_places(checkout: Checkout) -> None:
    withdrawn = "- what: topics/fog/\n  to: topics/ferries/\n  because: It lifted.\n  date: 2031-07-01\n"
    published = f"# A comment.\ncount facts 7\nfact {PAGE}-f01\npage topics/fog/\n"
    base = load(checkout({"data/published.txt": published, "data/withdrawn.yml": withdrawn}))

    assert base.register.facts == (f"{PAGE}-f01",)
    assert base.register.pages == ("topics/fog/",)
    assert base.register.counts == {"facts": 7}
    assert [(one.what, one.to, one.date.text) for one in base.register.withdrawn] == [
        ("topics/fog/", "topics/ferries/", "2031-07-01")
    ]
    assert str(base.mark("published.txt", "page topics/fog/")) == "data/published.txt:4:1"
    assert str(base.mark("withdrawn.yml", 0, "to")) == "data/withdrawn.yml:2:7"


def test_a_withdrawal_has_the_shape_of_one(checkout: Checkout) -> None:
    assert refused(checkout({"data/withdrawn.yml": "what: x\n"})) == [
        "data/withdrawn.yml:1:1: not a list; each withdrawal starts with '- what:' (wrong-type)"
    ]
    assert refused(checkout({"data/withdrawn.yml": "- waht: x\n  because: y\n  date: 2031\n"})) == [
        "data/withdrawn.yml:1:3: unknown key 'waht'; did you mean 'what'? (unknown-key)",
    ]


def test_examples_are_the_lines_that_a_rule_refuses(tmp_path: Path) -> None:
    case = tmp_path / "known-ids" / "data" / "topics" / "fog.yml"
    case.parent.mkdir(parents=True)
    case.write_text(
        "# expect: 4:1: unknown id 'x'; y (other-rule)\n# expect: 5:7: unknown id 'z' (known-ids)\na\nb\nc\nd\n"
    )

    (example,) = load_examples(tmp_path).values()

    assert (example.place, example.message) == ("data/topics/fog.yml:5", "unknown id 'z'")
    assert example.lines == ("a", "b", "c", "d")
    assert load_examples(tmp_path / "nowhere") == {}


def test_no_two_ids_differ_only_in_capitals_since_no_id_has_any(checkout: Checkout) -> None:
    root = checkout(
        {
            "data/topics/Ferries.yml": "name: Fog\nscope: x\n",
            "data/posts.yml": "- id: Harbour-master\n  name: Harbour master\n",
        }
    )

    assert refused(root) == [
        "data/posts.yml:1:7: not an id, 'Harbour-master'; lower-case letters, digits and single hyphens, at most 80"
        " of them (wrong-value)",
        "data/topics/Ferries.yml:1:1: a name that is no id, 'Ferries'; lower-case letters, digits and single hyphens"
        " (file-name)",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sea mist", "'sea mist'; write [sea mist]"),
        ("|\n  [mist\n  fog", "'[mist\\nfog\\n'; write […]"),
        ("'[mist'", "'[mist'; write […]"),
    ],
)
def test_of_a_text_that_should_be_a_list_only_plain_words_are_shown_as_one(
    checkout: Checkout, text: str, told: str
) -> None:
    root = checkout({"data/topics/fog.yml": f"name: Fog\nscope: x\naliases: {text}\n"})

    assert refused(root)[0] == f"data/topics/fog.yml:3:10: not a list, {told} (wrong-type)"


LINES = st.sampled_from(
    """\
name: Fog|scope: x|aliases:|  - {name: mist}|  - name: [a]|id: fog|related: [a, a]|- id: x|related: {a: b}|7: 8
evidence: {name: [{source: x}]}|evidence: {name: {source: x}}|unknown: {x: [y]}|date: [2031]|confirmed: a|figure: 7
dates: [{paragraphs: x}]|type: page|language: [en]|memberships: [x, {post: y, during: [z]}]|  by: x|'': ''
  evidence: [{quote: x}]|alternatives: [[]]""".replace("\n", "|").split("|")
)
PLACES = st.sampled_from(["topics/fog", "leaders/fog", "sources/fog", "facts/fog", "summits/fog", "places", "measures"])


@given(PLACES, st.lists(LINES, max_size=8))
def test_whatever_stands_in_a_file_is_a_record_or_a_problem_of_that_file(
    tmp_path_factory: pytest.TempPathFactory, place: str, lines: list[str]
) -> None:
    root = tmp_path_factory.mktemp("fog")
    path = root / "data" / f"{place}.yml"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        listed = [] if load(root).records else ["nothing was loaded and nothing said"]
    except DataError as error:
        listed = [str(problem.mark.path) for problem in error.problems]

    assert set(listed) <= {f"data/{place}.yml"}


def test_the_base_of_the_tests_has_no_problem(tmp_path: Path) -> None:
    assert found(lay(tmp_path)) == []
    assert found(lay(tmp_path), [TEXTS]) == []
    assert load(lay(tmp_path)).all(Source)
