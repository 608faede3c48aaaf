"""The editing commands, typed as a person types them, in a checkout of the made-up fact base."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from fact_bases import ARTICLE, BASE, PAGE, ROOT, TEXTS, found

from generator import cli, commands
from generator.check import RULES
from generator.check.guide import ADVICE
from generator.edit import explain, report, run
from generator.edit.mend import mended
from generator.errors import Mark, Problem
from generator.load import load_examples
from generator.markup import SIGN
from generator.model import KINDS
from generator.nearest import did_you_mean, nearest, one_slip
from generator.write import write_all

FACTS, SOURCE = f"data/facts/{ARTICLE}.yml", f"data/sources/{ARTICLE}.yml"

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(checkout: Callable[..., Path]) -> Path:
    return checkout()


@pytest.fixture
def typed(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that types a command in *root*: its exit status, what it answers, what it tells besides."""
    monkeypatch.chdir(root)
    monkeypatch.delenv("SUMMIT_RECORD_TEXTS", raising=False)

    def run_it(command: str, *, texts: Path | None = TEXTS) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.main([*shlex.split(command), *(["--texts", str(texts)] if texts else [])])
        return status, *capsys.readouterr()

    return run_it


def content(root: Path) -> dict[str, bytes]:
    """Return the files below *root*, but for what is only kept to be quicker the next time."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def register(typed: Typed) -> None:
    assert typed("register")[0] == 0


# check


def test_check_of_one_file_shows_its_problems_and_numbers_the_others(root: Path, typed: Typed) -> None:
    write(root / FACTS, "about: [2031-saltmere]", "about: [2031-saltmer]")
    write(root / "data/topics/ferries.yml", "name: ", "related: [fog]\nname: ")

    status, answer, told = typed("check data/topics")
    assert (status, answer.count("\n")) == (1, 1)
    assert answer.startswith("data/topics/ferries.yml:")
    assert "more problem" in told

    status, answer, told = typed(f"check {SOURCE}")
    assert (status, answer) == (0, "")
    assert "2 more problems in files that were not asked for" in told


def test_check_of_one_file_shows_what_keeps_others_from_being_read(root: Path, typed: Typed) -> None:
    write(root / FACTS, "kind: event", "kind: evnt")

    status, answer, _ = typed("check data/topics")

    assert status == 1
    assert answer.startswith(FACTS)


def test_check_of_what_is_not_there_is_a_misuse(typed: Typed) -> None:
    assert typed("check data/nothing.yml")[0] == 2
    assert typed("check /etc/hostname")[0] == 2


def test_problems_as_json_have_their_place(root: Path, typed: Typed) -> None:
    write(root / FACTS, "about: [2031-saltmere]", "about: [2031-saltmer]")

    status, answer, _ = typed("check --format json")

    (problem,) = json.loads(answer)["problems"]
    assert status == 1
    assert (problem["path"], problem["line"], problem["column"], problem["rule"]) == (FACTS, 7, 11, "known-ids")
    assert json.loads(typed("check --format json " + SOURCE)[1])["problems"] == []


def test_problems_as_annotations_are_escaped() -> None:
    problem = Problem(Mark(Path("data/a,b.yml"), 3, 5), "50% of\nit", "known-ids")  # type: ignore[arg-type]

    assert report.as_github([problem], 0, 0) == (
        "::error file=data/a%2Cb.yml,line=3,col=5,title=known-ids::50%25 of%0Ait\n"
    )


def test_sarif_names_place_and_rule(root: Path, typed: Typed) -> None:
    write(root / FACTS, "about: [2031-saltmere]", "about: [2031-saltmer]")

    (run,) = json.loads(typed("check --format sarif")[1])["runs"]

    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == FACTS
    assert place["region"] == {"startLine": 7, "startColumn": 11}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [result["ruleId"]] == ["known-ids"]


@pytest.mark.parametrize("format", list(report.FORMATS))
def test_a_clean_fact_base_is_clean_in_every_format(typed: Typed, format: str) -> None:
    assert typed(f"check --format {format}")[0] == 0


def test_fix_mends_form_and_leaves_every_value(root: Path, typed: Typed) -> None:
    typed("check --fix")
    before = content(root)
    path = root / FACTS
    text = (
        path.read_text()
        .replace("kind: event", "kind:\t event ")
        .replace("Ada Brook received", "Ada\u00a0Brook received\u200b")
    )
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    status, _, told = typed("check --fix")

    assert status == 0
    assert f"mended {FACTS}" in told
    assert content(root) == before


def test_fix_brings_form_and_fingerprint_up_to_date(root: Path, typed: Typed) -> None:
    typed("check --fix")
    before = content(root)
    path = root / FACTS
    path.write_text(path.read_text().replace("kind: event", "kind:   'event'", 1))
    (root / f"seeds/{ARTICLE}.json").write_text(
        (root / f"seeds/{ARTICLE}.json").read_text().replace('"compared"', '"compared" ')
    )

    status, _, told = typed("check --fix")

    assert status == 0
    assert f"mended {FACTS}\nmended seeds/{ARTICLE}.json" in told
    assert content(root) == before


def test_what_the_register_does_not_know_yet_is_told(root: Path, typed: Typed) -> None:
    assert "'register' notes them" in typed("check")[2]
    register(typed)
    assert "register" not in typed("check")[2]


def test_fix_guesses_nothing(root: Path, typed: Typed) -> None:
    typed("check --fix")
    write(root / FACTS, "about: [2031-saltmere]", "about: [2031-saltmer]")
    before = content(root)

    assert typed("check --fix")[0] == 1
    assert content(root) == before


def test_spaces_that_are_part_of_a_value_are_not_mended() -> None:
    kept = b'name: |\n  two \n  lines\nnote: "a \n  b"\n'

    assert mended("data/topics/x.yml", kept) == kept


def test_watching_yields_at_once_and_after_each_change() -> None:
    states = iter(["a", "a", "b", "b", "c"])
    waits: list[str] = []

    seen = cli.changes(lambda: next(states), lambda: waits.append("."))
    next(seen)
    next(seen)
    next(seen)

    assert len(waits) == 4


# new


def test_a_new_fact_has_the_next_id_that_never_was(root: Path, typed: Typed) -> None:
    register(typed)
    facts = (root / FACTS).read_text()
    (root / FACTS).write_text(facts[: facts.index(f"- id: {ARTICLE}-f06")])

    assert typed(f"new fact --source {ARTICLE}")[0] == 0
    assert f"- id: {ARTICLE}-f07\n" in (root / FACTS).read_text()


def test_every_gap_of_a_new_fact_is_refused_with_what_belongs_there(root: Path, typed: Typed) -> None:
    status, _, told = typed(f"new fact --source {ARTICLE}")
    gaps = int(re.findall(r"(\d+) gaps to fill", told)[0])

    assert status == 0
    assert [problem.rule for problem in found(root)] == ["wrong-value"] * gaps
    assert all("; " in problem.message for problem in found(root))


def test_a_record_with_gaps_keeps_nobody_from_starting_the_next(root: Path, typed: Typed) -> None:
    assert typed(f"new source fog-times-2031 --text {TEXTS / 'harbour-gazette.txt'}")[0] == 0
    assert typed("new fact --source fog-times-2031")[0] == 0
    assert typed("new fact --source fog-times-2031")[0] == 0
    assert typed("new leader ida-moss --name 'Ida Moss' --post harbour-master 2031/..")[0] == 0

    facts = (root / "data/facts/fog-times-2031.yml").read_text()
    assert re.findall(r"- id: (.*)", facts) == ["fog-times-2031-f01", "fog-times-2031-f02"]
    status, _, told = typed("new leader ida-moss --name 'Ida Moss'")
    assert (status, "is there already" in told) == (1, True)


def test_a_gap_is_refused_with_what_its_field_is_for(root: Path, typed: Typed) -> None:
    typed("new source mist-weekly-2031")

    answer = typed("check")[1]

    assert "nothing for 'publisher' yet; who published it (wrong-value)" in answer
    assert (
        "nothing for 'published' yet; why it is not known, or give the value and take this away (wrong-value)" in answer
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("--set pubisher=Mist", "no field 'pubisher' of a source; did you mean 'publisher'?"),
        ("--unknown autor=None", "no field 'autor' of a source needs a reason; did you mean 'author'?"),
        ("--set publisher", "not a field with its value, 'publisher'; such as date=2025-06-24"),
        ("--set dates=2031", "no field 'dates' of a source"),
    ],
)
def test_a_field_that_cannot_be_given_is_refused(root: Path, typed: Typed, given: str, told: str) -> None:
    before = content(root)

    status, _, notes = typed(f"new source mist-weekly-2031 {given}")

    assert status != 0
    assert told in notes
    assert content(root) == before


def test_a_source_is_complete_with_what_was_given(root: Path, typed: Typed) -> None:
    given = "--set publisher=Mist published=2031-05-09 url=https://mist.example/"

    assert typed(f"new source mist-weekly-2031 {given}")[0] == 0

    assert "name: Mist, 9 May 2031\n" in (root / "data/sources/mist-weekly-2031.yml").read_text()
    assert found(root) == []


def test_a_meeting_is_complete_with_its_words(root: Path, typed: Typed) -> None:
    command = (
        "new meeting 2031-05-05-bakery --name 'Meeting in the rain' --who ada-brook --set status=held --unknown "
        f"date=None place=None venue=None prepares=None --source {ARTICLE} --words 'two bakers and a dog that'"
    )

    assert typed(command)[2].endswith("complete\n")

    record = (root / "data/meetings/2031-05-05-bakery.yml").read_text()
    assert record.count("two bakers and a dog that") == 2
    assert found(root) == []


FACT = (
    f"new fact --source {ARTICLE} --date 2031-05-05 --kind event --by {ARTICLE} --about ferries "
    '--text "Bakers and a dog stood in the rain." --words "two bakers and a dog that"'
)


def test_a_complete_fact_is_written_with_its_evidence_and_fingerprint(root: Path, typed: Typed) -> None:
    assert typed(FACT)[0] == 0

    assert (
        (root / FACTS)
        .read_text()
        .endswith(
            f"- id: {ARTICLE}-f07\n  date: 2031-05-05\n  kind: event\n  text: Bakers and a dog stood in the rain.\n"
            f"  by: [{ARTICLE}]\n  about: [ferries]\n  evidence:\n    - source: {ARTICLE}\n      paragraph: 2\n"
            '      quote: {exact: "two bakers and a dog that"}\n'
        )
    )
    assert found(root, [TEXTS]) == []
    assert found(root) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("event", "evnt", "did you mean 'event'?"),
        ("--date 2031-05-05", "--date 2031-05-32", "no such day"),
        ("--about ferries", "--about ferrys", "did you mean 'ferries'?"),
        ("bakers and a dog that", "bakers and a cat that", "did you mean 'two bakers and a dog that'"),
        (f"--source {ARTICLE}", "--source harbour-gazete-2031-05-05", f"did you mean {ARTICLE!r}?"),
    ],
)
def test_a_fact_with_a_slip_is_not_written(root: Path, typed: Typed, right: str, wrong: str, told: str) -> None:
    before = content(root)

    status, answer, notes = typed(FACT.replace(right, wrong))

    assert status == 1
    assert told in answer + notes
    assert content(root) == before


def test_a_new_article_leaves_a_fingerprint_and_no_word(root: Path, typed: Typed, tmp_path: Path) -> None:
    text = tmp_path / "fog.txt"
    text.write_text(
        "Fog over Saltmere.\n\nNobody has seen the pier since Thursday, the ferrymen said, and no wonder.\n"
    )

    status, answer, _ = typed(f"new source fog-times-2031-05-09 --text {text}")

    assert status == 0
    assert answer == "   1  Fog over Saltmere.\n   2  Nobody has seen the pier since Thursday, the …\n"
    made = {path: text for path, text in content(root).items() if "fog-times" in path}
    assert sorted(made) == ["data/sources/fog-times-2031-05-09.yml", "seeds/fog-times-2031-05-09.json"]
    assert b"Thursday" not in b"".join(made.values())
    assert {problem.rule for problem in found(root)} == {"wrong-value"}


def test_a_new_source_without_a_text_is_a_page(root: Path, typed: Typed) -> None:
    assert typed("new source mist-weekly-2031")[0] == 0

    text = (root / "data/sources/mist-weekly-2031.yml").read_text()
    assert "type: page\n" in text
    for gap, value in (("name", "Mist"), ("publisher", "Mist"), ("url", "https://mist.example/"), ("language", "en")):
        text = text.replace(f'{gap}: ""', f"{gap}: {value}")
    (root / "data/sources/mist-weekly-2031.yml").write_text(
        text.replace('published: ""', "published: It shows no day.")
    )
    assert found(root) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.kind_name not in ("fact", "source")])
def test_a_new_record_of_every_kind_has_gaps_and_nothing_else_wrong(root: Path, typed: Typed, kind: type) -> None:
    status, _, told = typed(f'new {kind.kind_name} very-new --name "Very: new"')

    assert status == 0
    wrong = found(root)
    assert len(wrong) == (int(found_gaps[0]) if (found_gaps := re.findall(r"(\d+) gap", told)) else 0)
    assert {problem.rule for problem in wrong} <= {"wrong-value"}


@pytest.mark.parametrize(
    ("id", "told"),
    [("Ada", "not an id"), ("ada-brook", "is taken, data/leaders/ada-brook.yml:1:1"), ("ferries", "is taken")],
)
def test_an_id_that_is_none_or_taken_is_refused(typed: Typed, id: str, told: str) -> None:
    status, _, notes = typed(f"new leader {id} --name X")

    assert status == 1
    assert told in notes


# quote


def test_words_are_quoted_as_they_are_printed(typed: Typed) -> None:
    status, answer, told = typed(f'quote --source {ARTICLE} "We will not raise the harbour dues"')

    assert status == 0
    assert answer == (
        f'    - source: {ARTICLE}\n      paragraph: 2\n      quote: {{exact: "We will not raise the harbour dues"}}\n'
    )
    assert "'speaker'" in told


def test_words_that_stand_twice_get_what_tells_them_apart(root: Path, typed: Typed) -> None:
    _, answer, told = typed(f'quote --source {ARTICLE} "the ferries carry bread to the islands"')

    assert answer.count("paragraph: 4") == 2
    assert answer.count("prefix") + answer.count("suffix") == 2
    assert told.startswith("2 places, in paragraphs 4, 4;")


def test_words_that_are_too_few_get_more_around_them(typed: Typed) -> None:
    _, answer, _ = typed(f'quote --source {ARTICLE} "Ada Brook met"')

    assert 'exact: "Ada Brook met", prefix: "Prime Minister"' in answer


def test_words_that_are_not_there_are_refused_with_the_nearest(typed: Typed) -> None:
    status, answer, told = typed(f'quote --source {ARTICLE} "we will not lower the harbour dues"')

    assert (status, answer) == (1, "")
    assert "did you mean 'We will not raise the harbour dues' in paragraph 2?" in told


def test_an_ellipsis_that_hides_a_not_is_told(typed: Typed) -> None:
    _, _, told = typed(f'quote --source {ARTICLE} "that two more towns will join … their councils agree. Nobody"')

    assert "'omits'" in told


def test_without_the_text_only_words_that_are_quoted_already_are_found(typed: Typed) -> None:
    assert typed(f'quote --source {ARTICLE} "Ada Brook met Otto Lind"', texts=ROOT / "nowhere")[0] == 0
    status, _, told = typed(f'quote --source {ARTICLE} "two bakers and a dog that"', texts=ROOT / "nowhere")

    assert status == 1
    assert "lay 'harbour-gazette.txt' into seeds/" in told


def test_a_page_that_is_only_cited_cannot_be_quoted(typed: Typed) -> None:
    status, _, told = typed(f'quote --source {PAGE} "High water at noon."')

    assert status == 1
    assert "only cited" in told


# where


def test_where_lists_every_line_and_every_page(root: Path, typed: Typed) -> None:
    status, answer, _ = typed("where ferries")
    lines = answer.splitlines()

    assert status == 0
    places = [line.partition(": ")[0].split(":") for line in lines if line.startswith("data/")]
    assert all("ferries" in (root / path).read_text().split("\n")[int(row) - 1] for path, row, _ in places[1:])
    files = [path for path in root.rglob("data/**/*.yml") if path.parent.name != "changes"]  # these are frozen
    written = sum(path.read_text().count("ferries") for path in files)
    assert len(places) - 1 == written - len(re.findall("ferries (running|carry)", (root / FACTS).read_text()))
    assert "docs/topics/ferries.md" in lines
    assert f"docs/sources/{ARTICLE}.md" in lines


def test_where_knows_the_home_of_a_fact(typed: Typed) -> None:
    _, answer, _ = typed(f"where {ARTICLE}-f01")

    assert f"docs/sources/{ARTICLE}.md" in answer.splitlines()


def test_where_nothing_is_there_is_something_near(typed: Typed) -> None:
    assert "did you mean 'ferries'?" in typed("where ferrys")[2]


# rename


def test_a_renamed_leader_is_renamed_everywhere_and_leads_on(root: Path, typed: Typed) -> None:
    register(typed)

    assert typed("rename ada-brook ada-stream")[0] == 0

    assert (root / "data/leaders/ada-stream.yml").read_bytes() == (BASE / "data/leaders/ada-brook.yml").read_bytes()
    left = [path for path, text in content(root).items() if b"ada-brook" in text or "ada-brook" in path]
    assert left == ["data/changes/0.2.0.yml", "data/published.txt", "data/withdrawn.yml"]
    assert "- what: leaders/ada-brook/\n  to: leaders/ada-stream/\n" in (root / "data/withdrawn.yml").read_text()
    assert found(root) == []


def test_a_renamed_source_takes_its_facts_and_its_fingerprint_along(root: Path, typed: Typed) -> None:
    register(typed)

    assert typed(f"rename {ARTICLE} gazette-2031", texts=None)[0] == 0

    assert (root / "data/facts/gazette-2031.yml").is_file()
    assert not (root / f"seeds/{ARTICLE}.json").exists()
    assert found(root) == []
    assert found(root, [TEXTS]) == []
    left = [path for path, text in content(root).items() if ARTICLE.encode() in text or ARTICLE in path]
    assert left == ["data/changes/0.2.0.yml", "data/published.txt", "data/withdrawn.yml"]


def test_a_record_renamed_twice_leads_on_from_both_names(root: Path, typed: Typed) -> None:
    register(typed)
    typed("rename ada-brook ada-stream")
    register(typed)

    assert typed("rename ada-stream ada-river")[0] == 0
    assert (root / "data/withdrawn.yml").read_text().count("to: leaders/ada-river/") == 2
    assert found(root) == []


def test_what_was_never_published_needs_no_way_on(root: Path, typed: Typed) -> None:
    assert typed("rename member-towns towns")[0] == 0
    assert not (root / "data/withdrawn.yml").exists()
    assert found(root) == []


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("rename ada-brok ada-stream", "did you mean 'ada-brook'?"),
        ("rename ada-brook otto-lind", "is taken"),
        ("rename ada-brook Ada", "not an id"),
        (f"rename {ARTICLE}-f01 {ARTICLE}-f99", "a fact keeps its id"),
    ],
)
def test_a_rename_that_cannot_be_changes_nothing(root: Path, typed: Typed, command: str, told: str) -> None:
    before = content(root)

    status, _, notes = typed(command)

    assert status == 1
    assert told in notes
    assert content(root) == before


def test_an_id_that_was_published_is_never_used_again(typed: Typed) -> None:
    register(typed)
    typed("rename ada-brook ada-stream")

    assert "published before" in typed("new leader ada-brook --name X")[2]


def test_a_quoted_id_is_renamed_too(root: Path, typed: Typed) -> None:
    write(root / FACTS, "at: 2031-05-05-lighthouse", 'at: "2031-05-05-lighthouse"')

    assert typed("rename 2031-05-05-lighthouse 2031-05-05-old-lighthouse")[0] == 0
    assert 'at: "2031-05-05-old-lighthouse"' in (root / FACTS).read_text()


def test_files_are_all_written_or_none(root: Path) -> None:
    before = content(root)

    with pytest.raises(OSError, match=r"\w"):
        write_all({"data/posts.yml": b"new", FACTS: None, "data/places.yml/x.yml": b"no folder"}, root)

    assert content(root) == before


# fmt, explain, diff, stats, schema


def test_fmt_tells_what_is_not_in_form_and_mends_it(root: Path, typed: Typed) -> None:
    status, answer, _ = typed("fmt --check data/leaders")
    before = found(root)

    assert (status, answer) == (1, "data/leaders/ada-brook.yml\ndata/leaders/otto-lind.yml\n")
    assert typed("fmt")[0] == 0
    assert typed("fmt --check")[:2] == (0, "")
    assert found(root) == before


def test_fmt_writes_nothing_while_a_file_cannot_be_read(root: Path, typed: Typed) -> None:
    write(root / FACTS, "kind: event", "kind: [event")
    before = content(root)

    assert typed("fmt")[0] == 1
    assert content(root) == before


def test_every_rule_that_is_ever_named_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    named = {path.name for path in (ROOT / "tests" / "bad").iterdir()} | {"file", "file-size", "too-many"}

    examples = load_examples(ROOT / "tests" / "bad")

    assert set(explain.rules()) == named
    for rule in sorted(named):
        assert cli.main(["explain", rule, "--root", str(ROOT)]) == 0
        answer = capsys.readouterr().out
        assert answer.startswith(f"{rule}: ")
        assert f"\nto mend: {ADVICE[rule].mend}\n" in answer
        assert "\nbecause: " in answer or rule not in examples
    assert len(RULES) + len(explain.FORM) == len(named)


def test_an_unknown_rule_has_something_near(typed: Typed) -> None:
    assert "did you mean 'known-ids'?" in typed("explain knwon-ids")[2]


@pytest.fixture
def committed(root: Path) -> Path:
    git = shutil.which("git")
    assert git
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run([git, *command], cwd=root, check=True)
    return root


def test_diff_says_what_changed_and_what_needs_a_second_look(committed: Path, typed: Typed) -> None:
    root = committed
    assert typed("diff")[1] == "no fact and no record is different from HEAD\n"
    write(root / FACTS, 'exact: "Ada Brook met Otto Lind"', 'exact: "Minister Ada Brook met Otto Lind"')
    write(root / FACTS, "  date: 2031-06-14\n", "  date: 2031-06-15\n")
    write(root / "data/leaders/ada-brook.yml", f"      - source: {PAGE}\n", "")
    (root / "data/topics/fog.yml").write_text("name: Fog\nscope: What keeps the boats in.\n")
    facts = (root / FACTS).read_text()
    (root / FACTS).write_text(facts[: facts.index(f"- id: {ARTICLE}-f06")])

    status, answer, told = typed("diff")
    found = {one["id"]: one for one in json.loads(typed("diff HEAD --format json")[1])["differences"]}

    assert status == 0
    assert "data/topics/fog.yml:1:1: added topic fog: Fog\n" in answer
    assert "    date: '2031-06-14' -> '2031-06-15'\n" in answer
    assert (
        told
        == "since HEAD: 1 added, 0 changed, 3 corrected, 1 retracted; 4 to look at twice; pages were not compared\n"
    )
    assert found[f"{ARTICLE}-f01"]["risks"] == ["quotation changed"]
    assert found[f"{ARTICLE}-f05"]["risks"] == ["date moved"]
    assert found["ada-brook"]["risks"] == ["source removed"]
    assert found[f"{ARTICLE}-f06"]["change"] == "retracted"


def test_a_change_of_form_is_no_difference(committed: Path, typed: Typed) -> None:
    assert typed("fmt")[0] == 0

    assert typed("diff")[1] == "no fact and no record is different from HEAD\n"


def test_diff_without_such_a_revision_says_so(committed: Path, typed: Typed) -> None:
    assert "git has no 'nowhere'" in typed("diff nowhere")[2]


def test_stats_count_what_is_there(typed: Typed) -> None:
    _, answer, _ = typed("stats")

    assert "       7  fact\n" in answer
    assert f"{ARTICLE}: 6 facts; paragraphs: 4 with facts, 1 set aside, of 5\n" in answer


def test_schemas_are_written_where_the_editor_settings_look_for_them(root: Path, typed: Typed) -> None:
    assert typed("schema")[0] == 0

    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    assert {path.removeprefix("./") for path in settings} == {
        path for path in content(root) if path.startswith(".schema/")
    }
    for schema, pattern in settings.items():
        assert list(ROOT.glob(pattern)) or schema in ("./.schema/withdrawal.json", "./.schema/release.json")


def test_a_checkout_with_editor_settings_has_fresh_schemas_after_a_check(root: Path, typed: Typed) -> None:
    typed("check")
    assert not (root / ".schema").exists()
    (root / ".vscode").mkdir()
    typed("check")

    (root / "data/topics/fog.yml").write_text("name: Fog\nscope: What keeps the boats in.\n")
    typed("check")

    assert "fog" in (root / ".schema" / "fact.json").read_text()


# the table of commands


def test_every_command_of_the_table_can_be_run() -> None:
    assert {command.name for command in commands.COMMANDS} == {*cli.RUN, *run.COMMANDS}


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda one: one.name)
def test_every_command_has_examples_that_are_understood_and_a_help(
    command: commands.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.examples
    for example in command.examples:
        assert commands.parser().parse_args(shlex.split(example)).command == command.name
    assert cli.main([*command.name.split(), "--help"]) == 0
    assert all(example in capsys.readouterr().out for example in command.examples[:1])


def test_the_page_of_commands_has_every_command_argument_and_status() -> None:
    page = commands.page(SIGN)

    assert SIGN in page
    for command in commands.COMMANDS:
        assert f"\n## {command.name}\n" in page
        assert all(argument.help in page for argument in command.arguments)
    assert all(f"- {code}: {what}" in page for code, what in commands.EXIT)


def test_hooks_before_a_commit_are_commands_of_the_table() -> None:
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]

    entries = [shlex.split(hook["entry"]) for hook in local["hooks"]]
    assert local["repo"] == "local"
    assert [entry[:2] for entry in entries] == [["python3", "summit-record"]] * 2
    assert [commands.parser().parse_args(entry[2:]).command for entry in entries] == ["fmt", "check"]
    assert (ROOT / "summit-record").stat().st_mode & 0o111


# did you mean


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("ferries", "ferry", False),
        ("ferries", "ferrie", True),
        ("ferries", "fferries", True),
        ("ferries", "ferreis", True),
        ("ferries", "ferrxes", True),
        ("set-aside", "set_aside", True),
        ("by", "at", False),
        ("", "a", True),
    ],
)
def test_one_slip_is_one_character(left: str, right: str, one: bool) -> None:
    assert one_slip(left, right) is one
    assert one_slip(right, left) is one


def test_one_slip_away_is_nearer_than_alike() -> None:
    assert nearest("by", ["body", "b"]) == "b"
    assert nearest("wheather", ["weather", "whether"]) in ("weather", "whether")
    assert nearest("fog", ["ferries"]) is None
    assert did_you_mean("ferrys", ["fog", "ferries"]) == "; did you mean 'ferries'?"


def write(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
