from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import pytest
from fact_bases import ARTICLE, BASE, PAGE, TEXTS, found, lay
from hypothesis import given
from hypothesis import strategies as st

from generator import load as load_module
from generator import syntax
from generator.errors import DataError
from generator.load import (
    code,
    load,
    load_examples,
    load_pages,
    load_prose,
    load_readable,
    load_refusals,
    load_samples,
    load_site,
)
from generator.markup import SIGN
from generator.memory import Recall
from generator.model import Fact, FactBase, Leader, Source, Topic

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


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("topics/fog", "name: ''\nscope: x\n", "1:7: nothing for 'name' yet; the name the site writes"),
        (
            "topics/fog",
            "name: Fog\nscope: x\nrelated: [ferries, '']\n",
            "3:20: nothing for 'related' yet; ids of topics near it (SKOS: related), or take the key away",
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\naliases:\n  - {name: mist, note: ''}\n",
            "4:24: nothing for 'note' yet; where the name comes from, or why it is not used here, or take the key away",
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\nunknown: {scope: ''}\n",
            "3:18: nothing for 'scope' yet; why it is not known, or give the value and take this away",
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\nevidence:\n  date:\n    - source: ''\n",
            "5:15: nothing for 'source' yet; id of the source",
        ),
        (
            "topics/fog",
            f"name: Fog\nscope: x\nevidence:\n  name:\n    - {{source: {PAGE}, quote: {{exact: ''}}}}\n",
            "5:54: nothing for 'exact' yet; the words as printed; … between words leaves something out",
        ),
        (
            "meetings/pier",
            "name: Pier\nstatus: planned\ndate: ''\n",
            "3:7: nothing for 'date' yet; EDTF: when it was, or was to be, or take the key away",
        ),
        (
            "leaders/fog",
            "name: Fog\nmemberships:\n  - {post: '', during: 2031}\n",
            "3:12: nothing for 'post' yet; id of the post",
        ),
        (
            f"facts/{PAGE}",
            f"- id: {PAGE}-f01\n  kind: plan\n  text: Fog.\n  unknown: {{outcome: ''}}\n  evidence: []\n",
            "4:22: nothing for 'outcome' yet; why it is not known, or give the value and take this away",
        ),
        (
            "withdrawn",
            "- what: x\n  to: ''\n  because: y\n  date: 2031-07-01\n",
            "2:7: nothing for 'to' yet; "
            "the address of the page, or the id of the fact, that takes its place, or take the key away",
        ),
        (
            "changes/1.0.0",
            "date: 2031-07-01\nabout: Fog.\ndigest: ''\n",
            "3:9: nothing for 'digest' yet; the first digits of a SHA-256 of the data, by which they are known again",
        ),
    ],
)
def test_of_an_empty_text_it_is_said_what_belongs_there(checkout: Checkout, name: str, content: str, told: str) -> None:
    assert refused(checkout({f"data/{name}.yml": content})) == [f"data/{name}.yml:{told} (wrong-value)"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            f"facts/{PAGE}",
            f"- id: {PAGE}-f01\n  kind: event\n  text: Fog.\n  evidence: [{{source: {PAGE}, quote: {{exakt: x}}}}]\n",
            ["4:54: unknown key 'exakt'; did you mean 'exact'? (unknown-key)"],
        ),
        (
            f"facts/{PAGE}",
            f"- id: {PAGE}-f01\n  kind: event\n  text: Fog.\n  evidence: [{{source: {PAGE}, quote: {{colour: x}}}}]\n",
            [
                "4:53: no key 'exact'; every quote has one (missing-key)",
                "4:54: unknown key 'colour'; known here: exact, prefix, suffix, omits (unknown-key)",
            ],
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\naliases: [{nmae: mist}]\n",
            ["3:12: unknown key 'nmae'; did you mean 'name'? (unknown-key)"],
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\nscoope: y\n",  # what is there is not meant
            [
                "3:1: unknown key 'scoope'; known here: id, name, aliases, evidence, unknown, alternatives, scope, "
                "broader, related (unknown-key)"
            ],
        ),
        (
            "withdrawn",
            "- what: x\n  date: 2031-07-01\n",
            ["1:3: no key 'because'; every withdrawal has one (missing-key)"],
        ),
        (
            "changes/1.0.0",
            "# Fog.\ndate: 2031-07-01\nabout: Fog.\n",
            ["2:1: no key 'digest'; every release has one (missing-key)"],
        ),
        (
            "changes/01.0.0",
            "# Fog.\ndate: 2031-07-01\nabout: Fog.\ndigest: abc\n",
            ["2:1: not a version, '01.0.0'; three numbers with points, such as 1.4.0 (wrong-value)"],
        ),
        (
            "places",
            "- saltmere\n- [a, b]\n- {id: x, name: y}\n",
            [
                "1:3: not a mapping, 'saltmere'; write 'key: value' below 'the record' (wrong-type)",
                "2:3: not a mapping, a list; write 'key: value' below 'the record' (wrong-type)",
            ],
        ),
        (
            "topics/fog",
            "name: Fog\nscope: x\naliases: [mist, [a]]\nunknown: [b]\nevidence: {name: c}\n",
            [
                "3:11: not a mapping, 'mist'; write 'key: value' below 'aliases' (wrong-type)",
                "3:17: not a mapping, a list; write 'key: value' below 'aliases' (wrong-type)",
                "4:10: not a mapping, a list; write 'key: value' below 'unknown' (wrong-type)",
                "5:18: not a list, 'c'; write [c] (wrong-type)",
            ],
        ),
        (
            f"facts/{PAGE}",
            f"- id: {PAGE}-f1\n  date: 2031\n  kind: event\n  text: Fog.\n  evidence: []\n",
            [f"1:7: not an id of this file, '{PAGE}-f1'; {PAGE}-f and a number of two or more digits (fact-id)"],
        ),
        (
            f"facts/{PAGE}",
            f"- date: 2031\n  id: {PAGE}-f123456\n  kind: event\n  text: Fog.\n  evidence: []\n",
            [f"2:7: not an id of this file, '{PAGE}-f123456'; {PAGE}-f and a number of two or more digits (fact-id)"],
        ),
        (
            f"facts/{PAGE}",
            "id: fog\n",
            [f"1:1: not a list; {PAGE}.yml is a list of records, each starting with '- id:' (wrong-type)"],
        ),
        (
            "topics/fog",
            "# Fog.\n- name: Fog\n",
            ["2:1: not a mapping; a file in topics/ is one record, 'key: value' line by line (wrong-type)"],
        ),
        (
            "topics/fog",
            "name: Fog\nid: [fog]\n",
            ["2:1: an id, ['fog'], where the file's name is the id; take the key away (unknown-key)"],
        ),
        (
            "meetings/pier",
            "name: Pier\nstatus: helt\ntype: walk\n",
            [
                "2:9: not a value of 'status', 'helt'; did you mean 'held'? (wrong-value)",
                "3:7: not a value of 'type', 'walk'; one of meeting, visit, speech, briefing, award (wrong-value)",
            ],
        ),
    ],
)
def test_what_has_not_the_shape_of_a_record_is_told_with_its_place_and_what_would_be_right(
    checkout: Checkout, name: str, content: str, told: list[str]
) -> None:
    assert refused(checkout({f"data/{name}.yml": content})) == [f"data/{name}.yml:{one}" for one in told]


@pytest.mark.parametrize("key", ["quote", "source", "scope", "evidence", "zzz"])
def test_whatever_evidence_is_called_it_is_evidence(checkout: Checkout, key: str) -> None:
    topic = f"name: Fog\nscope: x\nevidence:\n  {key}:\n    - source: ''\n    - {{}}\n    - sorce: x\n    - colour: x\n"

    assert refused(checkout({"data/topics/fog.yml": topic})) == [
        f"data/topics/fog.yml:{one}"
        for one in (
            "5:15: nothing for 'source' yet; id of the source (wrong-value)",
            "6:7: no key 'source'; every evidence has one (missing-key)",
            "7:7: unknown key 'sorce'; did you mean 'source'? (unknown-key)",
            "8:7: no key 'source'; every evidence has one (missing-key)",
            "8:7: unknown key 'colour'; known here: source, paragraph, quote, speaker, inferred (unknown-key)",
        )
    ]


@pytest.mark.parametrize("number", ["01", "99999"])
def test_a_fact_has_a_number_of_two_to_five_digits(checkout: Checkout, number: str) -> None:
    content = f"- id: {PAGE}-f{number}\n  date: 2031\n  kind: event\n  text: Fog.\n  evidence: []\n"

    assert f"{PAGE}-f{number}" in load(checkout({f"data/facts/{PAGE}.yml": content})).records


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fog/mist.yml", "no kind of record lives in 'fog'; data/README.md lists the kinds"),
        ("topcis/a.yml", "no kind of record lives in 'topcis'; did you mean 'topics'?; data/README.md lists the kinds"),
        ("topics/published.txt", "not a data file, 'published.txt'; its name ends in .yml"),
        ("topics/fog", "not a data file, 'fog'; its name ends in .yml"),
        ("topics/Fog.yml", "a name that is no id, 'Fog'; lower-case letters, digits and single hyphens"),
        ("topics/fog--mist.yml", "a name that is no id, 'fog--mist'; lower-case letters, digits and single hyphens"),
        ("changes/1.0.yml", "not a release, '1.0.yml'; its name is its version, such as 1.4.0.yml"),
        ("changes/1.0.0.txt", "not a release, '1.0.0.txt'; its name is its version, such as 1.4.0.yml"),
        ("changes/v1.0.0.yml", "not a release, 'v1.0.0.yml'; its name is its version, such as 1.4.0.yml"),
        ("changes/1/1.0.0.yml", "no kind of record lives in 'changes'; data/README.md lists the kinds"),
    ],
)  # fmt: skip
def test_a_file_that_lies_or_is_called_wrongly_is_told_and_not_read(checkout: Checkout, name: str, told: str) -> None:
    assert refused(checkout({f"data/{name}": "["})) == [f"data/{name}:1:1: {told} (file-name)"]


def test_a_strange_file_keeps_no_other_from_being_read(checkout: Checkout) -> None:
    root = checkout(
        {
            "data/aaa.txt": "",
            "data/changes/0.0-a.yml": "",
            "data/changes/0.0.1.yml": "a: 'b",
            "data/changes/0.0.2.yml": "- one",
            "data/changes/0.0.3.yml": "a: 'b",
            "data/topics/aaa.txt": "",
            "data/topics/zzz.yml": "a: 'b",
        }
    )

    assert [line.partition(": ")[0] for line in refused(root)] == [
        "data/aaa.txt:1:1",
        "data/changes/0.0-a.yml:1:1",
        "data/changes/0.0.1.yml:1:4",
        "data/changes/0.0.2.yml:1:1",
        "data/changes/0.0.3.yml:1:4",
        "data/topics/aaa.txt:1:1",
        "data/topics/zzz.yml:1:4",
    ]


def test_records_are_in_the_order_of_their_names_whatever_the_folder_says(checkout: Checkout) -> None:
    names = [f"fog-{letter}" for letter in "hxbqzadmkw"]
    root = checkout({f"data/topics/{name}.yml": f"name: {name}\nscope: x\n" for name in names})
    made = fingerprint('"words": 9, "quoted": {}')
    for name in names:
        (root / "seeds" / f"{name}.json").write_text(made)

    assert [topic.id for topic in load(root).all(Topic)] == ["ferries", *sorted(names), "harbour-dues"]
    assert list(load(root).articles) == [*sorted(names), ARTICLE]


def test_releases_are_in_the_order_of_their_versions(checkout: Checkout) -> None:
    content = "date: 2031-08-01\nabout: Fog.\ndigest: abc\n"
    versions = ["0.10.0", "0.9.1", "1.0.0", "0.9.0"]
    base = load(checkout({f"data/changes/{one}.yml": f"# {one}\n{content}" for one in versions}))

    assert [one.version for one in base.register.releases] == ["0.1.0", "0.2.0", "0.9.0", "0.9.1", "0.10.0", "1.0.0"]
    assert str(base.mark("changes/0.10.0", "about")) == "data/changes/0.10.0.yml:3:8"


@pytest.mark.parametrize("name", ["published.txt", "withdrawn.yml", "changes/0.3.0.yml"])
def test_a_link_in_the_place_of_a_register_is_told_and_not_read(checkout: Checkout, name: str) -> None:
    root = checkout()
    (root / "elsewhere").write_text("[")
    (root / "data" / name).symlink_to(root / "elsewhere")

    what = f"not a plain file, '{name.rpartition('/')[2]}'; links and devices are not read, put the file itself here"
    assert refused(root) == [f"data/{name}:1:1: {what} (file-name)"]


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


DAY = "{year: 2031, month: 2, day: 31, uncertain: no, approximate: no}"


@pytest.mark.parametrize("date", [f"{{text: soon, start: {DAY}, end: {DAY}}}", "{note: x}", "{}", "[2031]"])
def test_a_date_is_one_text_whatever_is_in_it(checkout: Checkout, date: str) -> None:
    root = checkout({"data/meetings/pier.yml": f"name: Pier\nstatus: planned\ndate: {date}\n"})

    assert refused(root) == [
        f"data/meetings/pier.yml:3:7: not a single value, a {'list' if date[0] == '[' else 'mapping'}; "
        "write one text for 'date' (wrong-type)"
    ]


def test_a_record_may_be_called_like_a_register(checkout: Checkout) -> None:
    root = checkout({"data/topics/withdrawn.yml": "name: Withdrawn\nscope: x\n"})

    assert load(root).records["withdrawn"] == Topic(id="withdrawn", name="Withdrawn", scope="x")
    assert refused(checkout({"data/topics/withdrawn.yml": "nmae: x\nscope: x\n"})) == [
        "data/topics/withdrawn.yml:1:1: unknown key 'nmae'; did you mean 'name'? (unknown-key)"
    ]


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


@pytest.mark.parametrize("name", ["withdrawn.yml", "changes/0.3.0.yml"])
def test_a_register_that_is_no_yaml_is_told_like_any_file(checkout: Checkout, name: str) -> None:
    (line,) = refused(checkout({f"data/{name}": "- {what: x, what: y"}))
    assert line.startswith(f"data/{name}:1:3: not YAML: ")

    assert refused(checkout({f"data/{name}": b"#" * 2_000_001})) == [
        f"data/{name}:1:1: a file of 2000001 bytes; at most 2000000, split it (file-size)"
    ]


def places(number: int) -> str:
    """Return a file of records with so many problems, one each, and one record without any."""
    return "".join(f"- {{id: p{n}, nmae: x}}\n" for n in range(number)) + "- {id: x, name: y}\n"


def withdrawals(number: int) -> str:
    return "- {what: x, because: y, date: 2031}\n" * 3 + "- {waht: x, because: y, date: 2031}\n" * number


def aliases(number: int) -> str:
    return "name: Fog\nscope: x\naliases:\n" + "  - {nmae: mist}\n" * number


def published(number: int) -> str:
    return "count facts 1\n" + "fog\n" * number + "count records 1\n"


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("places.yml", places),
        ("topics/fog.yml", aliases),
        ("withdrawn.yml", withdrawals),
        ("published.txt", published),
    ],
)
def test_of_a_file_a_thousand_problems_are_told_and_one_that_stands_for_the_rest(
    checkout: Checkout, before: int, name: str, content: Callable[[int], str]
) -> None:
    others = {"data/countries.yml": "- {id: brookland, nmae: Brookland}\n"} if before else {}
    place, rest = f"data/{name}", "more than 1000 problems; mend the first ones (too-many)"

    for number in (1000, 1001, 1002):
        told = [line for line in refused(checkout({**others, place: content(number)})) if line.startswith(place)]
        assert len(told) == min(number, 1001)
        assert (f"{place}:1:1: {rest}" in told) == (number > 1000)


def test_problems_of_several_files_are_told_though_they_are_many(checkout: Checkout) -> None:
    files = {"data/countries.yml": places(600), "data/places.yml": places(600).replace("id: ", "id: q")}
    files |= {"data/topics/fog.yml": aliases(600), "data/withdrawn.yml": withdrawals(600)}

    assert len(refused(checkout(dict(files)))) == 2400


def test_one_bad_line_or_withdrawal_keeps_no_other_from_being_read(checkout: Checkout) -> None:
    withdrawn = "- {waht: x, because: y, date: 2031}\n- {what: fog, because: y, date: 2031}\n- {what: x, date: 2031}\n"
    lines = f"fog\n# fog\npage topics/fog/\nfact Fog\ncount facts 7\n{'x' * 61}\n"
    root = checkout({"data/withdrawn.yml": withdrawn, "data/published.txt": lines.encode() + b"\xff\n"})
    base, problems = load_readable(root)

    what = "restore the file, 'summit-record register' adds to it (register-line)"
    assert [str(one).removeprefix("data/") for one in problems] == [
        f"published.txt:1:1: not a line of the register, 'fog'; {what}",
        f"published.txt:4:1: not a line of the register, 'fact Fog'; {what}",
        f"published.txt:6:1: not a line of the register, '{'x' * 60}'; {what}",
        f"published.txt:7:1: not a line of the register, '\ufffd'; {what}",
        "withdrawn.yml:1:4: unknown key 'waht'; did you mean 'what'? (unknown-key)",
        "withdrawn.yml:3:3: no key 'because'; every withdrawal has one (missing-key)",
    ]
    assert (base.register.pages, base.register.counts) == (("topics/fog/",), {"facts": 7})
    assert [one.what for one in base.register.withdrawn] == ["fog"]


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


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (fingerprint('"words": 8000001, "quoted": {}'), "a number that counts no words"),
        (fingerprint('"words": 9, "quoted": {"02ad4c27dd08dbe2": [8000001]}'), "a number that counts no words"),
        (fingerprint('"words": "9", "quoted": {}'), "a number that counts no words"),
        (
            fingerprint('"words": 9, "quoted": {}').replace('"x"', f'"{"é" * 128}"'),
            f"the name of a text with more than 255 bytes, '{'é' * 57}…'",
        ),
        (
            fingerprint('"words": 9, "quoted": {}').replace('"x"', '"../x"'),
            "the name of a text with a path in it, '../x'",
        ),
        (
            fingerprint('"words": 9, "quoted": {}').replace('"x"', f'"x/{"x" * 58}"'),
            f"the name of a text with a path in it, 'x/{'x' * 58}'",
        ),
        (
            fingerprint('"words": 9, "quoted": {}').replace('"y"', '"\\ud800"'),
            "'utf-8' codec can't encode character '\\ud800' in position 25: surrogates not allowed",
        ),
        (" " * 8_000_001, "more than 8000000 bytes"),
    ],
    ids=["words", "place", "no number", "long name", "path", "long path", "half a character", "size"],
)
def test_what_is_wrong_with_a_fingerprint_file_is_told(checkout: Checkout, content: str, told: str) -> None:
    assert refused(checkout({"seeds/fog-2031-01-01.json": content})) == [
        f"seeds/fog-2031-01-01.json:1:1: not a fingerprint file: {told}; "
        "make it anew with 'summit-record fingerprint SOURCE TEXT' (fingerprint-file)"
    ]


def test_a_fingerprint_file_may_have_eight_million_bytes_and_as_many_words(checkout: Checkout) -> None:
    content = fingerprint('"words": 8000000, "quoted": {"02ad4c27dd08dbe2": [0, 8000000]}')

    article = load(checkout({"seeds/fog-2031-01-01.json": content.ljust(8_000_000)})).articles["fog-2031-01-01"]

    assert len(article.paragraphs[0]) == 8_000_000


def test_a_link_in_seeds_is_not_followed(checkout: Checkout) -> None:
    root = checkout()
    (root / "elsewhere.json").write_text(fingerprint('"words": 9, "quoted": {}'))
    (root / "seeds" / "fog-2031-01-01.json").symlink_to(root / "elsewhere.json")

    assert refused(root) == [
        "seeds/fog-2031-01-01.json:1:1: not a fingerprint file: no plain file; "
        "make it anew with 'summit-record fingerprint SOURCE TEXT' (fingerprint-file)"
    ]


def test_one_bad_fingerprint_file_or_text_keeps_no_other_from_being_read(checkout: Checkout) -> None:
    root = checkout({"seeds/aaa.json": "[]", "seeds/bbb.json": fingerprint('"words": 9, "quoted": {}')})
    (root / "seeds" / "x").write_text("Fog.")
    base, problems = load_readable(root, [root / "nowhere", root / "seeds", TEXTS])

    assert [(str(one.mark), one.rule) for one in problems] == [
        ("seeds/aaa.json:1:1", "fingerprint-file"),
        ("seeds/bbb.json:1:1", "checksum"),
    ]
    assert list(base.articles) == [ARTICLE]
    assert base.articles[ARTICLE].texts


def test_a_text_that_is_not_the_recorded_one_is_refused(checkout: Checkout) -> None:
    root = checkout({"seeds/harbour-gazette.txt": "Fog."})

    assert load(root).articles[ARTICLE].texts is None
    assert refused(root, root / "seeds") == [
        f"seeds/{ARTICLE}.json:1:1: the text at hand, 'harbour-gazette.txt', is not the recorded one; "
        "find the one with this sha256 (checksum)"
    ]


def test_a_text_at_hand_that_is_no_text_is_refused(checkout: Checkout) -> None:
    text = "café".encode("latin-1")
    made = fingerprint('"words": 9, "quoted": {}').replace('"y"', f'"{hashlib.sha256(text).hexdigest()}"')
    root = checkout({"seeds/aaa.json": made, "seeds/x": text})
    base, problems = load_readable(root, [root / "seeds", TEXTS])

    assert [str(one) for one in problems] == [
        "seeds/aaa.json:1:1: the text at hand, 'x', is not UTF-8; no fingerprint is made of such a one (encoding)"
    ]
    assert list(base.articles) == [ARTICLE]


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


def lay_case(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_examples_are_the_lines_that_a_rule_refuses(tmp_path: Path) -> None:
    lay_case(
        tmp_path,
        "known-ids/data/topics/fog.yml",
        "# expect: 4:1: unknown id 'x'; y (other-rule)\n# expect: 5:7: unknown id 'z' (known-ids)\na\nb\nc\nd\n",
    )

    (example,) = load_examples(tmp_path).values()

    assert (example.place, example.message) == ("data/topics/fog.yml:5", "unknown id 'z'")
    assert example.lines == ("a", "b", "c", "d")
    assert load_examples(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (1, ("1", "2")),
        (2, ("1", "2", "3")),
        (3, ("1", "2", "3", "4")),
        (4, ("2", "3", "4", "5")),
        (8, ("6", "7", "8", "9")),
        (9, ("7", "8", "9")),
    ],
)
def test_an_example_is_the_line_with_two_above_and_one_below(tmp_path: Path, line: int, lines: tuple[str, ...]) -> None:
    lay_case(tmp_path, "syntax/data/topics/fog.yml", "".join(f"{n}\n" for n in range(1, 10)))
    lay_case(tmp_path, "syntax/expect.txt", f"data/topics/fog.yml:{line}:1: not YAML (syntax)\n")

    example = load_examples(tmp_path)["syntax"]

    assert (example.place, example.lines) == (f"data/topics/fog.yml:{line}", lines)


def test_of_several_bad_cases_the_first_is_the_example(tmp_path: Path) -> None:
    for name in "hxbqzadmkw":
        lay_case(
            tmp_path,
            f"tab/data/topics/{name}.yml",
            f"# expect: 3:1: first {name} (tab)\n# expect: 4:1: second {name} (tab)\nx\ny\n",
        )
    lay_case(tmp_path, "encoding/data/topics/fog.yml", b"# expect: 2:5: not UTF-8 (encoding)\ncaf\xe9\n")
    lay_case(tmp_path, "checksum/expect.txt", "seeds/fog.json:1:1: another text (checksum)\nno line of ours\n")
    lay_case(tmp_path, "checksum/seeds/fog.json", "{}\n")
    lay_case(tmp_path, "file-name/expect.txt", "data/fog.yml:1:1: a name (file-name)\n")
    lay_case(tmp_path, "file-name/data/fog.md", "# expect: 1:1: another name (file-name)\n")

    examples = load_examples(tmp_path)

    assert {rule: (one.place, one.lines, one.message) for rule, one in examples.items()} == {
        "checksum": ("seeds/fog.json:1", (), "another text"),
        "encoding": ("data/topics/fog.yml:2", ("caf\ufffd",), "not UTF-8"),
        "file-name": ("data/fog.yml:1", (), "a name"),
        "tab": ("data/topics/a.yml:3", ("x", "y"), "first a"),
    }


def test_refusals_are_the_first_message_of_each_rule_by_kind(tmp_path: Path) -> None:
    lay_case(
        tmp_path,
        "tab/expect.txt",
        "data:1:1: no folder (file-name)\n"
        "data/topics/b.yml:1:1: first of topics (tab)\n"
        "data/topics/a.yml:1:1: second of topics (tab)\n"
        "data/topics/a.yml:2:1: another rule (depth)\n"
        "data/places.yml:1:1: first of places (tab)\n"
        "data/withdrawn.yml:1:1: first of withdrawals (tab)\n"
        "data/published.txt:1:1: no record (register-line)\n"
        "seeds/topics/fog.json:1:1: no record either (checksum)\n",
    )

    assert load_refusals(tmp_path) == {
        "topic": [("tab", "first of topics"), ("depth", "another rule")],
        "place": [("tab", "first of places")],
        "withdrawal": [("tab", "first of withdrawals")],
    }


def topic(lines: int, *more: str) -> str:
    """Return a topic of so many *lines*, of which those of *more* hold keys of its own."""
    return "\n".join([*more, "name: Fog", *["# fog"] * (lines - 2 - len(more)), "scope: x", ""])


@pytest.mark.parametrize(("lines", "sample"), [(29, "fog"), (30, "fog"), (31, "harbour-dues")])
def test_the_sample_of_a_kind_is_the_record_with_most_keys_in_at_most_thirty_lines(
    checkout: Checkout, lines: int, sample: str
) -> None:
    content = topic(lines, "aliases: [{name: mist}]", "related: [ferries]", "broader: [ferries]")
    root = checkout({"data/topics/fog.yml": content})
    text = (root / "data" / "topics" / f"{sample}.yml").read_text(encoding="utf-8")

    samples = load_samples(root, load(root))

    assert samples["topic"].place == f"data/topics/{sample}.yml:1"
    assert samples["topic"].lines == tuple(text.splitlines())
    assert "term" not in samples


def test_where_all_records_of_a_kind_are_long_one_of_them_is_the_sample(checkout: Checkout) -> None:
    terms = "# Fog.\n- id: term-fog\n  name: fog\n" + "  # fog\n" * 30 + "  explanation: Grey.\n# The end.\n"
    root = checkout({"data/terms.yml": terms})

    sample = load_samples(root, load(root))["term"]

    assert (sample.place, sample.message) == ("data/terms.yml:2", "")
    assert sample.lines == tuple(terms.splitlines()[1:-1])


def test_pages_are_read_by_their_paths(tmp_path: Path) -> None:
    lay_case(tmp_path, "topics/fog.md", "Nebel über der See.")
    lay_case(tmp_path, "ice.md", "Ice.")

    assert load_pages(tmp_path, ["topics/fog.md"]) == {"topics/fog.md": "Nebel über der See."}


def test_prose_is_what_people_wrote_and_nothing_that_is_made(tmp_path: Path) -> None:
    for name in "hxbqzadmkw":
        lay_case(tmp_path, f"more/{name}.md", "Nebel über der See.")
    lay_case(tmp_path, "made.md", "Made, and known to be.")
    lay_case(tmp_path, "signed.md", f"---\n# {SIGN}\n---\n")
    lay_case(tmp_path, "within.md", SIGN.rjust(400))
    lay_case(tmp_path, "beyond.md", SIGN.rjust(401))
    lay_case(tmp_path, "fog.txt", "No Markdown.")

    prose = load_prose(tmp_path, {"made.md"})

    assert list(prose) == ["beyond.md", *(f"more/{name}.md" for name in sorted("hxbqzadmkw"))]
    assert prose["more/a.md"] == "Nebel über der See."


def test_a_site_is_its_files_and_where_there_is_none_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no built site here; build it first") as error:
        load_site(tmp_path)
    assert (error.value.errno, error.value.filename) == (errno.ENOENT, str(tmp_path))

    lay_case(tmp_path, "index.html", "Fog.")
    lay_case(tmp_path, "topics/fog/index.html", b"\xff")
    assert load_site(tmp_path) == {"index.html": b"Fog.", "topics/fog/index.html": b"\xff"}


def test_the_code_is_known_by_its_modules_its_templates_and_what_they_rest_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "__file__", str(tmp_path / "load.py"))
    seen = [code()]
    for name, content in (("load.py", "1"), ("load.py", "2"), ("a/b/page.md.jinja", "1"), ("a/b/page.md.jinja", "2")):
        lay_case(tmp_path, name, content)
        seen.append(code())
    monkeypatch.setattr(load_module, "version", lambda package: f"1.0.{len(package)}")
    seen.append(code())
    monkeypatch.setattr(load_module, "version", lambda package: "1.1")
    seen.append(code())
    monkeypatch.setattr("sys.version", "4.0")
    seen.append(code())

    assert len({*seen}) == len(seen)
    lay_case(tmp_path, "a/notes.txt", "Fog.")
    assert code() == seen[-1]


# What an earlier run has read


def remembered(root: Path, texts: Sequence[Path] = (), before: Mapping[str, bytes] = {}) -> tuple[FactBase, Recall]:
    recall = Recall(before)
    return load(root, texts, recall), recall


def test_what_was_read_before_is_the_same_without_being_parsed_again(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout()
    fresh, recall = remembered(root)
    plain = load(root)
    files = [path for path in (root / "data").rglob("*.yml") if path.parent.name != "changes"]
    assert len(recall.parts) == len(files)

    parsed: list[str] = []
    parse = syntax.parse

    def noting(path: PurePosixPath, data: bytes) -> object:
        parsed.append(str(path))
        return parse(path, data)

    monkeypatch.setattr(syntax, "parse", noting)
    again, _ = remembered(root, before=recall.parts)

    assert parsed == ["data/changes/0.1.0.yml", "data/changes/0.2.0.yml"]
    assert again.records == fresh.records == plain.records
    assert list(again.records) == list(plain.records)
    assert (again.spans, again.digests) == (fresh.spans, fresh.digests)
    for id in plain.records:
        assert again.lines(id) == fresh.lines(id) == plain.lines(id)
        assert again.mark(id, "name") == plain.mark(id, "name")
    assert again.key_mark("2031-saltmere", "unknown", "chair") == plain.key_mark("2031-saltmere", "unknown", "chair")
    assert parsed.count(f"data/facts/{ARTICLE}.yml") == 1


def test_a_file_that_changed_or_moved_is_parsed_again(checkout: Checkout) -> None:
    root = checkout({"data/topics/fog.yml": "name: Fog\nscope: x\n"})
    fresh, recall = remembered(root)

    (root / "data" / "topics" / "fog.yml").write_text("# Fog.\nname: Fog\nscope: y\n")
    (root / "data" / "topics" / "ferries.yml").rename(root / "data" / "topics" / "boats.yml")
    again, _ = remembered(root, before=recall.parts)

    assert again.records["fog"] == Topic(id="fog", name="Fog", scope="y")
    assert again.records["boats"].id == "boats"
    assert "ferries" not in again.records
    assert again.lines("fog") == ("data/topics/fog.yml", 2, 3)
    assert again.digests["fog"] != fresh.digests["fog"]
    assert again.digests["harbour-dues"] == fresh.digests["harbour-dues"]


def test_a_record_that_moves_within_its_file_is_known_by_what_stands_in_it(checkout: Checkout) -> None:
    before, _ = remembered(checkout({"data/places.yml": "- {id: saltmere, name: Saltmere}\n- {id: fog, name: Fog}\n"}))
    after, _ = remembered(checkout({"data/places.yml": "- {id: fog, name: Fog}\n- {id: saltmere, name: Salt Mere}\n"}))

    assert (before.lines("fog"), after.lines("fog")) == (("data/places.yml", 2, 2), ("data/places.yml", 1, 1))
    assert before.digests["fog"] == after.digests["fog"]
    assert before.digests["saltmere"] != after.digests["saltmere"]


def test_a_file_with_a_problem_is_not_remembered_and_told_again(checkout: Checkout) -> None:
    root = checkout({"data/places.yml": "- {id: saltmere, name: Saltmere}\n- {id: fog, nmae: Fog}\n"})
    recall = Recall({})

    for _ in range(2):
        _, problems = load_readable(root, recall=recall)
        assert [str(one) for one in problems] == [
            "data/places.yml:2:13: unknown key 'nmae'; did you mean 'name'? (unknown-key)"
        ]
        assert not any(key.startswith("data/places.yml ") for key in recall.parts)
        assert any(key.startswith("data/topics/ferries.yml ") for key in recall.parts)
        recall = Recall(recall.parts)


def test_two_records_with_one_id_are_told_though_both_were_read_before(checkout: Checkout) -> None:
    place, topic = "- {id: saltmere, name: Saltmere}\n", "name: Salt\nscope: x\n"
    _, one = remembered(checkout({"data/places.yml": place}))
    root = checkout({"data/places.yml": "- {id: x, name: y}\n", "data/topics/saltmere.yml": topic})
    _, other = remembered(root)
    (root / "data" / "places.yml").write_text(place)

    _, problems = load_readable(root, recall=Recall({**one.parts, **other.parts}))

    assert [str(problem) for problem in problems] == [
        "data/topics/saltmere.yml:1:1: a second record with the id 'saltmere'; "
        "conflicts with data/places.yml:1:8, ids are unique across all kinds (unique-id)"
    ]


def test_an_article_is_another_one_when_its_text_is_at_hand(checkout: Checkout) -> None:
    root = checkout()
    without, _ = remembered(root)
    at_hand, _ = remembered(root, [TEXTS])
    path = root / "seeds" / f"{ARTICLE}.json"
    path.write_bytes(path.read_bytes() + b"\n")
    changed, _ = remembered(root)

    assert len({one.digests[f"seeds/{ARTICLE}"] for one in (without, at_hand, changed)}) == 3
    assert load(root).digests == {}


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
