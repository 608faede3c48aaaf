"""Two states of the fact base, what a release freezes of them, and the page and the feeds made from that."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import feedparser
import pytest
import yaml
from export_help import AWKWARD, SITE, made, small
from fact_bases import ARTICLE, BASE, PAGE, ROOT, TEXTS, found, lay
from jsonschema import Draft202012Validator
from page_tree import read

from generator import cli
from generator.edit import diff
from generator.edit.diff import Difference, differences
from generator.export import API, Edition
from generator.export.edition import urn
from generator.links import Links
from generator.load import load
from generator.markup import Md, link
from generator.model import Change, ChangedValue, FactBase, Release
from generator.render import render
from generator.view import changes
from generator.view.changes import LONGEST
from generator.view.parts import Parts

FACTS = f"data/facts/{ARTICLE}.yml"
Typed = Callable[[str], tuple[int, str, str]]


def edited(tmp_path: Path, path: str, old: str, new: str) -> Difference:
    """Return the one difference that *new* for *old* in the file *path* makes."""
    text = (BASE / path).read_text(encoding="utf-8")
    assert old in text
    root = lay(tmp_path, {path: text.replace(old, new, 1)})
    one, *others = differences(small(), load(root))
    assert not others
    return one


# What a change is


@pytest.mark.parametrize(
    ("path", "old", "new", "change", "risks"),
    [
        (FACTS, "  date: 2031-06-14\n", "  date: 2031-06-15\n", "corrected", ("date moved",)),
        (FACTS, '"Ada Brook met Otto Lind"', '"Minister Ada Brook met Otto Lind"', "corrected", ("quotation changed",)),
        (FACTS, "about: [", "about: [otto-lind, ", "changed", ()),
        (FACTS, "  kind: event\n", "  kind: statement\n", "corrected", ()),
        ("data/topics/ferries.yml", "scope: ", "scope: Also ", "changed", ()),
        ("data/topics/ferries.yml", "name: Ferries", "name: Ships", "corrected", ()),
        ("data/leaders/ada-brook.yml", "aliases:\n", "aliases:\n  - {name: A. Brook}\n", "changed", ()),
    ],
)
def test_change_is_told_from_correction(
    tmp_path: Path, path: str, old: str, new: str, change: str, risks: tuple[str, ...]
) -> None:
    one = edited(tmp_path, path, old, new)
    assert (one.change, one.risks) == (change, risks)


def test_every_risk_that_is_told_is_a_known_one(tmp_path: Path) -> None:
    text = (BASE / FACTS).read_text(encoding="utf-8")
    less = text[: text.index(f"- id: {ARTICLE}-f06")]
    after = load(lay(tmp_path, {FACTS: less.replace("  date: 2031-06-14\n", "  date: 2031-06-15\n")}))
    told = {risk for one in differences(small(), after) for risk in one.risks}
    assert told == {"date moved", "retracted"}
    assert told <= diff.RISKS.keys()


def test_interval_that_was_open_and_is_closed_went_on() -> None:
    assert not diff._corrects(("memberships.[x].during", "2014-10-01/..", "2014-10-01/2024-10-01"))
    assert diff._corrects(("memberships.[x].during", "2014-10-01/..", "2014-09-01/2024-10-01"))


def test_plan_that_came_to_pass_went_on() -> None:
    assert not diff._corrects(("status", "planned", "happened"))
    assert not diff._corrects(("outcome", None, "x-f01"))


def test_states_that_are_equal_have_no_difference_and_no_page_touched() -> None:
    assert differences(small(), load(BASE)) == []
    pages = [(one.path, one.content) for one in render(small())]
    assert diff.pages_touched(pages, pages) == ()


def test_differences_both_ways_mirror_one_another(tmp_path: Path) -> None:
    after = load(lay(tmp_path, {"data/topics/fog.yml": "name: Fog\nscope: What keeps the boats in.\n"}))
    assert [(one.id, one.change) for one in differences(small(), after)] == [("fog", "added")]
    assert [(one.id, one.change) for one in differences(after, small())] == [("fog", "retracted")]


def test_change_of_a_fact_concerns_who_and_what_it_names() -> None:
    one = Difference("x", "fact", "added", "", "", "")
    assert one.concerns == ()
    fact = small().records[f"{ARTICLE}-f01"]
    assert set(diff.concerned(fact, small())) <= set(small().records)
    assert "ada-brook" in diff.concerned(fact, small())


@pytest.mark.parametrize("name", AWKWARD)
def test_markdown_of_a_diff_holds_any_text(name: str) -> None:
    text = AWKWARD[name].replace("\n", " ")
    one = Difference(
        "x-f01", "fact", "corrected", "data/x.yml:1:1", text, "x/", (("text", text, "y"),), ("date moved",)
    )
    lines = diff.as_markdown([one], ["x.md"], "HEAD")
    row = next(line for line in lines if line.startswith("| <code>x-f01"))
    assert row.count("|") == 5
    assert not re.search(r"<(?!/?code>)", "".join(lines))


def test_markdown_of_a_great_diff_is_short() -> None:
    many = [
        Difference(f"x-f{n}", "fact", "corrected", "data/x.yml:1:1", "y", "x/", (), ("date moved",))
        for n in range(9999)
    ]
    text = "\n".join(diff.as_markdown(many, [f"{n}.md" for n in range(9999)], "HEAD"))
    assert len(text.encode()) < 200_000
    assert text.count("… and 9799 more") == 3


# The command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made_root = lay(tmp_path)
    shutil.rmtree(made_root / "data/changes")
    (made_root / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 0.0.9\n")
    (made_root / "pyproject.toml").write_text('[project]\nversion = "0.0.9"\n')
    return made_root


@pytest.fixture
def typed(root: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(line: str) -> tuple[int, str, str]:
        command, *rest = line.split(" ", 1)
        arguments = [command, *re.findall(r'(?:[^\s"]|"[^"]*")+', rest[0] if rest else "")]
        capsys.readouterr()
        status = cli.main([*(one.replace('"', "") for one in arguments), "--root", str(root), "--texts", str(TEXTS)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def commit(root: Path) -> None:
    git = shutil.which("git")
    assert git
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run([git, *command], cwd=root, check=True)


def test_release_freezes_what_changed_since_the_last(root: Path, typed: Typed) -> None:
    assert typed('release 0.1.0 --about "The first edition."')[0] == 0
    commit(root)
    topic = root / "data/topics/ferries.yml"
    topic.write_text(topic.read_text().replace("name: Ferries", "name: Ships"))
    (root / "data/topics/fog.yml").write_text("name: Fog\nscope: What keeps the boats in.\n")

    assert typed('release 0.2.0 --about "Fog."')[0] == 0
    assert [one.rule for one in found(root, [TEXTS])] == ["correction-says-why"]
    (root / "data/changes/0.2.0.yml").unlink()
    assert typed('release 0.2.0 --about "Fog." --because "They are ships."')[0] == 0

    assert found(root, [TEXTS]) == []
    first, second = load(root).register.releases
    assert (first.version, first.added, first.changes) == ("0.1.0", {}, ())
    assert second.added == {"topic": ("fog",)}
    (change,) = second.changes
    assert (change.record, change.change, change.because) == ("ferries", "corrected", "They are ships.")
    assert change.concerns == ("ferries",)
    assert [one.model_dump() for one in change.values] == [{"field": "name", "before": "Ferries", "after": "Ships"}]
    assert yaml.safe_load((root / "CITATION.cff").read_text())["version"] == "0.2.0"
    assert 'version = "0.2.0"' in (root / "pyproject.toml").read_text()
    assert "page topics/fog/" in (root / "data/published.txt").read_text()


def test_file_of_a_release_is_in_its_one_form(root: Path, typed: Typed) -> None:
    typed('release 0.1.0 --about "The first edition: of \\"everything\\", and so on."')
    assert typed(f"fmt {root}/data/changes --check")[0] == 0


def test_release_that_is_no_later_one_is_refused(root: Path, typed: Typed) -> None:
    typed('release 0.1.0 --about "One."')
    commit(root)
    for version in ("0.1.0", "0.0.9"):
        assert "not later than the last release" in typed(f'release {version} --about "Two."')[2]
    assert "no fact and no record is different" in typed('release 0.1.1 --about "Two."')[2]
    assert typed('release 1.0 --about "Two."')[0] == cli.MISUSE


def test_release_without_the_history_says_what_is_missing(root: Path, typed: Typed) -> None:
    typed('release 0.1.0 --about "One."')
    assert "fetch the whole history, or give --since" in typed('release 0.2.0 --about "Two."')[2]


def test_data_of_a_release_have_its_version_and_changed_ones_have_not(root: Path, typed: Typed) -> None:
    def version() -> str:
        return str(json.loads(made(load(root))[f"{API}index.json"])["data_version"])

    assert re.fullmatch(r"0\.0\.0\+[0-9a-f]{12}", version())
    typed('release 0.1.0 --about "One."')
    assert version() == "0.1.0"
    (root / "data/topics/fog.yml").write_text("name: Fog\nscope: What keeps the boats in.\n")
    assert re.fullmatch(r"0\.1\.0\+[0-9a-f]{12}", version())


def test_diff_names_the_pages_touched(root: Path, typed: Typed) -> None:
    commit(root)
    topic = root / "data/topics/ferries.yml"
    topic.write_text(topic.read_text().replace("scope: ", "scope: Also "))
    status, answer, told = typed("diff")
    assert status == 0
    pages = [line.removeprefix("page ") for line in answer.splitlines() if line.startswith("page ")]
    assert {"topics/ferries.md", "topics/index.md", "data/index.md"} <= set(pages)
    assert "leaders/ada-brook.md" not in pages
    assert json.loads(typed("diff --format json")[1])["pages"] == pages
    counts = "0 added, 1 changed, 0 corrected, 0 retracted; 0 to look at twice"
    assert told == f"since HEAD: {counts}; {len(pages)} pages are others\n"
    assert "### Pages touched" in typed("diff --format markdown")[1]


def test_words_that_no_page_shows_are_not_frozen(root: Path, typed: Typed) -> None:
    typed('release 0.1.0 --about "One."')
    commit(root)
    source = root / f"data/sources/{ARTICLE}.yml"
    source.write_text(source.read_text() + "wording: back-translated\n")
    text = (root / FACTS).read_text()
    text = re.sub(r"\n +speaker: .*", "", text).replace(
        '"Ada Brook met Otto Lind"', '"Minister Ada Brook met Otto Lind"'
    )
    (root / FACTS).write_text(text)
    cli.main(["fingerprint", "--root", str(root), "--texts", str(TEXTS)])
    assert typed('release 0.2.0 --about "Two." --because "Read again."')[0] == 0
    assert "Minister Ada Brook" not in (root / "data/changes/0.2.0.yml").read_text()
    assert f"{ARTICLE}-f01" in (root / "data/changes/0.2.0.yml").read_text()


def test_file_that_is_no_release_is_named(tmp_path: Path) -> None:
    root = lay(tmp_path, {"data/changes/soon.yml": "date: 2031-08-01\n", "data/changes/0.9.0.yml": "- x\n"})
    assert sorted((one.mark.path.name, one.rule) for one in found(root)) == [
        ("0.9.0.yml", "wrong-type"),
        ("soon.yml", "file-name"),
    ]


# The JSON, the pages and the feeds


def released(text: str) -> FactBase:
    """Return the made-up base with a release that has *text* wherever a release has some."""
    value = ChangedValue.model_construct(field="text", before=text, after=f"{text}!")
    change = Change.model_construct(
        record=f"{ARTICLE}-f01",
        kind="fact",
        change="corrected",
        name=text,
        because=text,
        risks=("date moved",),
        concerns=("ada-brook",),
        values=(value,),
    )
    (old, *_) = small().register.releases
    release = Release.model_construct(
        **{**{name: getattr(old, name) for name in Release.model_fields}, "version": "0.3.0", "about": text},
    )
    release = release.model_copy(update={"changes": (change,)})
    register = dataclasses.replace(small().register, releases=(old, release))
    return FactBase(small().records, small().nodes, small().articles, register)


@pytest.mark.parametrize("name", AWKWARD)
def test_json_of_changes_holds_any_text_and_passes_its_schema(name: str) -> None:
    files = made(released(AWKWARD[name]))
    schema = json.loads(files[f"{API}schema/changes.json"])
    Draft202012Validator.check_schema(schema)
    changes = json.loads(files[f"{API}changes.json"])
    assert not list(Draft202012Validator(schema).iter_errors(changes))
    latest = changes["releases"][0]
    assert (latest["version"], latest["about"]) == ("0.3.0", AWKWARD[name])
    assert latest["changes"][0]["values"][0]["before"] == AWKWARD[name]


@pytest.mark.parametrize("name", AWKWARD)
def test_feeds_of_changes_hold_any_text(name: str) -> None:
    files = made(released(AWKWARD[name]), SITE)
    for path in ("changes.xml", "changes/leader/ada-brook.xml"):
        feed = feedparser.parse(files[f"{API}feed/{path}"])
        assert not feed.bozo
        one = next(one for one in feed.entries if one.id == urn(f"change:0.3.0:{ARTICLE}-f01"))
        assert one.link == f"{SITE}sources/{ARTICLE}/#f01"
        assert " ".join(AWKWARD[name].split()) in " ".join(one.content[0].value.split()) or "<" in AWKWARD[name]


@pytest.mark.parametrize("name", AWKWARD)
def test_page_of_a_release_holds_any_text(name: str) -> None:
    page = next(one for one in render(released(AWKWARD[name])) if one.path == "changes/0.3.0.md")
    tree = read(page.content.decode())
    shown = " ".join(AWKWARD[name].split())
    assert tree.all("del")[0].text == shown
    assert tree.all("p", "lead")[0].text == shown


def pages() -> Mapping[str, str]:
    return {one.path: one.content.decode() for one in render(small()) if one.path.startswith("changes/")}


def test_page_of_a_release_and_its_json_say_the_same() -> None:
    for release in json.loads(made(small())[f"{API}changes.json"])["releases"]:
        tree = read(pages()[f"changes/{release['version']}.md"])
        text = tree.text
        assert text.startswith(f"Release {release['version']}")
        assert release["about"] in text
        for change in release["changes"]:
            assert (change["because"] or "") in text
            for value in change["values"]:
                assert value["field"] in [one.text for one in tree.all("code")]
        before = [one["before"] for change in release["changes"] for one in change["values"] if one["before"]]
        after = [one["after"] for change in release["changes"] for one in change["values"] if one["after"]]
        assert sorted(one.text for one in tree.all("del")) == sorted(before)
        assert sorted(one.text for one in tree.all("ins")) == sorted(after)
        rows = [[cell.text for cell in row.all("td")] for row in tree.all("tr") if row.all("td")]
        assert rows == [[kind, str(number)] for kind, number in release["counts"].items()]


def test_feed_of_a_record_has_the_changes_that_concern_it() -> None:
    files = made(small())
    assert [one.title for one in feedparser.parse(files[f"{API}feed/changes/leader/ada-brook.xml"]).entries] == [
        "Changed: Ada Brook"
    ]
    assert feedparser.parse(files[f"{API}feed/changes/leader/otto-lind.xml"]).entries == []
    everything = feedparser.parse(files[f"{API}feed/changes.xml"])
    assert [one.title.partition(":")[0] for one in everything.entries] == [
        "Release 0.2.0", "Corrected", "Retracted", "Changed", "Added", "Release 0.1.0",
    ]  # fmt: skip
    assert len({one.id for one in everything.entries}) == len(everything.entries)
    assert everything.entries[0].updated == "2031-07-15T00:00:00Z"


def test_page_of_a_great_release_is_cut_and_says_so() -> None:
    (old, *_) = small().register.releases
    many = Release.model_construct(
        **{name: getattr(old, name) for name in Release.model_fields if name not in ("version", "added")},
        version="0.3.0",
        added={"fact": (f"{PAGE}-f01",) * (LONGEST + 5)},
    )
    base = FactBase(
        small().records, small().nodes, small().articles, dataclasses.replace(small().register, releases=(old, many))
    )
    text = next(one.content.decode() for one in render(base, edition=Edition()) if one.path == "changes/0.3.0.md")
    assert "… and 5 more" in text
    assert text.count("<small>fact</small>") == LONGEST


def with_releases(*releases: dict[str, object]) -> Parts:
    """Return the parts for the small base with *releases*, each given by what it holds."""
    made = [
        Release.model_validate({"version": f"0.{at}.0", "date": f"2031-0{at}-01", "about": "x", "digest": "0", **one})
        for at, one in enumerate(releases, 1)
    ]
    register = dataclasses.replace(small().register, releases=tuple(made))
    return Parts(Links(FactBase(small().records, small().nodes, small().articles, register)))


def change(sort: str, record: str = "ferries", **keys: object) -> dict[str, object]:
    return {"record": record, "kind": "topic", "change": sort, "name": "Boats", **keys}


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({}, {}, ["The first release: 0 facts."]),
        ({"counts": {"fact": "1", "topic": "3"}}, {}, ["The first release: 1 fact."]),
        (
            {"counts": {"fact": "1200"}},
            {
                "added": {"fact": ("a-f01", "a-f02"), "leader": ("b",)},
                "changes": (change("corrected"), change("retracted"), change("corrected")),
            },
            ["3 added, 2 corrected, 1 retracted.", "The first release: 1,200 facts."],
        ),
        ({}, {"changes": (change("changed"),)}, ["1 changed.", "The first release: 0 facts."]),
    ],
)
def test_releases_are_listed_with_their_numbers_the_latest_first(
    first: dict[str, object], second: dict[str, object], told: list[str]
) -> None:
    cards = changes.changes_page(with_releases(first, *([second] if second else []))).releases

    assert [one.numbers for one in cards] == told
    assert (cards[-1].title, cards[-1].when, cards[-1].about) == (link("0.1.0", "0.1.0.md"), "1 January 2031", "x")


def test_page_of_a_release_tells_what_became_of_each_record() -> None:
    value = {"field": "name", "before": "Boats"}
    sorts = (
        change("changed", because="It went on."),
        change("retracted", "gone"),
        change("corrected", risks=("date moved", "retracted"), values=(value,)),
        change("corrected", f"{ARTICLE}-f06"),
    )
    pages = dict(changes.release_pages(with_releases({"counts": {"fact": "5"}}, {"changes": sorts}, {})))
    first, second, third = pages.values()

    assert list(pages) == ["changes/0.1.0.md", "changes/0.2.0.md", "changes/0.3.0.md"]
    assert [(one.first, one.before, one.after) for one in (first, second, third)] == [
        (True, None, link("0.2.0", "0.2.0.md")),
        (False, link("0.1.0", "0.1.0.md"), link("0.3.0", "0.3.0.md")),
        (False, link("0.2.0", "0.2.0.md"), None),
    ]
    assert first.counts == (("fact", 5),)
    assert third.sections == ()
    assert [(one.heading, one.anchor, len(one.changes), one.more) for one in second.sections] == [
        ("Corrected", "corrected", 2, 0), ("Retracted", "retracted", 1, 0), ("Changed", "changed", 1, 0),
    ]  # fmt: skip
    corrected, retracted, changed = (one.changes for one in second.sections)
    assert [one.name for one in (*corrected, *retracted, *changed)] == [
        "[Ferries](../topics/ferries.md)",
        f"[Bread reaches the islands by boat all year round.](../sources/{ARTICLE}.md#f06)",
        "Boats",
        "[Ferries](../topics/ferries.md)",
    ]
    assert (corrected[0].risks, corrected[0].values) == ("date moved, retracted", (("name", "Boats", None),))
    assert (corrected[0].because, changed[0].because, changed[0].kind) == ("", "It went on.", "topic")


@pytest.mark.parametrize(("number", "more"), [(299, 0), (300, 0), (301, 1)])
def test_page_of_a_release_lists_so_many_of_each_sort(number: int, more: int) -> None:
    added = {"topic": tuple(f"t-{at}" for at in range(number))}
    *_, (_, page) = changes.release_pages(with_releases({}, {"added": added}))

    assert [(one.heading, one.anchor, len(one.changes), one.more) for one in page.sections] == [
        ("Added", "added", number - more, more)
    ]
    assert page.sections[0].changes[0] == changes.ChangeView(Md("t-0"), "topic", "", "", ())


def test_without_a_release_the_page_says_so() -> None:
    register = dataclasses.replace(small().register, releases=())
    base = FactBase(small().records, small().nodes, small().articles, register)
    text = next(one.content.decode() for one in render(base) if one.path == "changes/index.md")
    assert "No release has been made so far." in text


def test_version_is_the_same_wherever_it_stands() -> None:
    releases = load(ROOT).register.releases
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert not releases or citation["version"] == releases[-1].version
