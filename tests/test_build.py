"""The build of what has changed: the same bytes as a first build, and never a site that is half old and half new."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fact_bases import ROOT, lay
from mkdocs.exceptions import Abort

from generator import site
from generator.check import Result
from generator.check import check as run_checks
from generator.memory import pack
from generator.model import FactBase
from generator.write import by_hand

CONFIG = """\
site_name: Harbour Record
site_url: https://record.example/nato/
theme: {name: null, custom_dir: theme, static_templates: [404.html, sitemap.xml]}
hooks: [generator/hook.py]
plugins: []
markdown_extensions: [admonition, attr_list, md_in_html, tables, toc]
validation: {links: {anchors: warn, not_found: warn}}
"""
"""MkDocs as the site uses it, but with a theme of three lines: hundreds of builds must not take an hour."""

THEME = {
    "main.html": "<!doctype html><title>{{ page.title }}</title>"
    "{% for one in nav %}{{ one.title }}{% endfor %}{{ page.content }}\n",
    "404.html": "<!doctype html><title>{{ config.site_name }}</title>\n",
    "sitemap.xml": "{% for file in pages %}{{ file.page.canonical_url }}\n{% endfor %}",
}


def project(root: Path, nav: str = "nav: [Home: index.md, Notes: notes.md]\nnot_in_nav: '*'\n") -> Path:
    """Return *root*, made a whole project: the small fact base, a page and a picture by hand, a plain theme."""
    lay(root)
    (root / "generator").symlink_to(ROOT / "generator")
    files = {f"theme/{name}": text for name, text in THEME.items()} | {
        "mkdocs.yml": CONFIG + nav,
        "docs/notes.md": "# Notes\n\nSee [Ada](leaders/ada-brook.md).\n",
        "docs/assets/dot.svg": "<svg/>\n",
    }
    pages = (path for path in by_hand(ROOT / "docs") if path.suffix == ".md")  # generated pages lead to them
    files |= {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def build(root: Path) -> site.Done:
    return site.build(root / "mkdocs.yml")


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean(root: Path) -> dict[str, bytes]:
    """Return what a first build makes of what a person wrote in *root*."""
    other = root.parent / "clean"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root, other, symlinks=True, ignore=shutil.ignore_patterns(".cache", "site", "docs"))
    for path in by_hand(root / "docs"):
        copy = other / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    build(other)
    return content(other / "site")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_and_nothing_is_made_but_the_pages_of_the_theme(root: Path) -> None:
    first = build(root)
    before = content(root / "site")

    second = build(root)

    assert (first.kept, second.made) == (0, 0)
    assert first.made == second.kept
    assert content(root / "site") == before
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")
    assert build(root).made > 0
    assert build(root).made == 0


def test_data_that_passed_is_not_checked_again_in_one_process_until_a_file_changes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []

    def noted(base: FactBase) -> tuple[Result, ...]:
        checked.append(len(base.records))
        return run_checks(base)

    def some_time_passes() -> None:
        for path in [*root.glob("data/**/*"), *root.glob("seeds/*")]:
            os.utime(path, ns=(0, path.stat().st_mtime_ns - 10**10))

    monkeypatch.setattr("generator.check.check", noted)
    some_time_passes()
    build(root)
    (root / "docs/notes.md").write_text("# Notes\n\nNothing [here](index.md).\n", encoding="utf-8")
    build(root)
    assert len(checked) == 1
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")
    some_time_passes()
    build(root)
    (root / "docs/notes.md").write_text("# Notes\n\nOf [night](topics/ferries.md).\n", encoding="utf-8")
    build(root)
    assert len(checked) == 2
    assert content(root / "site") == clean(root)

    build(root)
    link = root / "data/topics/link.yml"
    link.symlink_to("ferries.yml")
    with pytest.raises(Abort, match="the data has problems"):
        build(root)
    link.unlink()
    build(root)


def test_a_file_that_was_just_saved_is_read_again_as_its_time_may_not_tell_two_saves_apart(root: Path) -> None:
    topic = root / "data/topics/ferries.yml"
    topic.touch()
    saved = topic.stat()
    build(root)
    replace(topic, "name: Ferries", "name: Fairies")
    os.utime(topic, ns=(saved.st_atime_ns, saved.st_mtime_ns))

    build(root)

    assert b"Fairies" in (root / "site/topics/ferries/index.html").read_bytes()


def test_the_files_are_those_that_mkdocs_build_makes(root: Path) -> None:
    build(root)

    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", "theirs"], cwd=root, check=True)

    assert content(root / "site") == content(root / "theirs")


def test_with_the_real_theme_a_changed_name_costs_the_pages_that_show_it(root: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^plugins:\n(?: .*\n|\n)*", "plugins: []\n", settings)
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets", dirs_exist_ok=True)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "docs" / "notes.md").unlink()
    build(root)
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")

    done = build(root)

    assert 0 < done.made < done.kept
    assert content(root / "site") == clean(root)


def edits(root: Path, dice: random.Random) -> Iterator[Callable[[], None]]:
    """Yield random edits, each of which leaves a fact base that passes the checks."""
    made = 0

    def change_a_name() -> None:
        path = dice.choice(sorted((root / "data/topics").glob("*.yml")))
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("name: "))
        lines[at] = f"name: Topic {dice.randint(0, 99_999)}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add_a_topic() -> None:
        nonlocal made
        made += 1
        other = dice.choice(sorted(path.stem for path in (root / "data/topics").glob("*.yml")))
        text = f"name: New {made}\nscope: What is new.\nrelated: [{other}]\n"
        (root / f"data/topics/new-{made}.yml").write_text(text, encoding="utf-8")

    def take_a_topic_away() -> None:
        for path in sorted((root / "data/topics").glob("new-*.yml")):
            told = "".join(one.read_text(encoding="utf-8") for one in (root / "data/topics").glob("*.yml"))
            if f"[{path.stem}]" not in told:
                path.unlink()
                return

    def rename_a_topic() -> None:
        nonlocal made
        news = sorted((root / "data/topics").glob("new-*.yml"))
        if news:
            made += 1
            old = dice.choice(news)
            for path in (root / "data/topics").glob("*.yml"):
                text = path.read_text(encoding="utf-8").replace(f"[{old.stem}]", f"[new-{made}]")
                path.write_text(text, encoding="utf-8")
            old.rename(root / f"data/topics/new-{made}.yml")

    def note_a_fact() -> None:
        path = root / "data/facts/harbour-gazette-2031-05-05.yml"
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("  note: ")]
        at = dice.choice([n for n, line in enumerate(lines) if line.startswith("  kind: ")])
        lines.insert(at + 1, f"  note: Noted {dice.randint(0, 99_999)}.")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def move_a_fact_to_another_topic() -> None:
        path = root / "data/facts/harbour-gazette-2031-05-05.yml"
        topics = sorted(path.stem for path in (root / "data/topics").glob("*.yml"))
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("  text: Brook promised"))
        at = next(n for n in range(at, len(lines)) if lines[n].startswith("  about: "))
        lines[at] = f"  about: [ferries, {dice.choice(topics)}]".replace("ferries, ferries", "ferries")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write_a_page() -> None:
        text = f"# Notes {dice.randint(0, 99_999)}\n\nSee [Ada](leaders/ada-brook.md).\n"
        (root / "docs/notes.md").write_text(text, encoding="utf-8")

    def add_move_or_take_away_a_page() -> None:
        pages = sorted((root / "docs").glob("extra-*.md"))
        target = root / f"docs/extra-{dice.randint(0, 99)}.md"
        if not pages:
            target.write_text("# Extra\n\n[Notes](notes.md)\n", encoding="utf-8")
        elif dice.random() < 0.5:
            pages[0].rename(target)
        else:
            pages[0].unlink()

    def change_a_picture() -> None:
        (root / "docs/assets/dot.svg").write_text(f"<svg><!-- {dice.randint(0, 99_999)} --></svg>\n", encoding="utf-8")

    def change_the_theme() -> None:
        (root / "theme/main.html").write_text(f"{dice.randint(0, 99)}{THEME['main.html']}", encoding="utf-8")

    def change_a_setting() -> None:
        replace(root / "mkdocs.yml", "site_name: Harbour", f"site_name: The {dice.randint(0, 9)} Harbour")

    everything = [edit for edit in locals().values() if callable(edit)]
    while True:
        yield dice.choice(everything)


EDITS = int(os.environ.get("SUMMIT_RECORD_EDITS", "6"))
"""How many edits one after the other; `nox -s edits` does hundreds."""


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edit_the_site_is_the_one_that_a_first_build_makes(root: Path, seed: int) -> None:
    dice = random.Random(seed)
    build(root)
    done = []
    for edit, _ in zip(edits(root, dice), range(EDITS), strict=False):
        edit()
        done.append(edit.__name__)

        build(root)

        assert content(root / "site") == clean(root), f"after {', '.join(done)}"


@pytest.mark.parametrize("damage", ["", "{}", "half", "other pages", "no time"])
def test_a_damaged_memory_is_noticed_and_not_believed(root: Path, damage: str) -> None:
    build(root)
    whole = content(root / "site")
    memory = root / ".cache" / "site"
    text = memory.read_text(encoding="utf-8")
    memory.write_text(
        {
            "half": text[: len(text) // 2],
            "other pages": text.replace("ada-brook", "ada-drook"),
            "no time": text.split("\n")[0] + "\n" + json.dumps({"pages": []}),
        }.get(damage, damage),
        encoding="utf-8",
    )

    done = build(root)

    assert done.kept == 0
    assert content(root / "site") == whole


@pytest.mark.parametrize("name", ["records", "targets", "site"])
@pytest.mark.parametrize("damage", ["empty", "half", "one byte", "another's", "folder"])
def test_whatever_the_memory_is_the_site_is_that_of_a_first_build(root: Path, name: str, damage: str) -> None:
    build(root)
    memory = root / ".cache" / name
    whole = memory.read_bytes()
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")
    if damage == "folder":
        memory.unlink()
        memory.mkdir()
    else:
        damaged = {
            "empty": b"",
            "half": whole[: len(whole) // 2],
            "one byte": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
            "another's": pack("somebody else", {"one": b"1"}),
        }
        memory.write_bytes(damaged[damage])

    build(root)

    assert content(root / "site") == clean(root)


@pytest.mark.parametrize("path", ["leaders/ada-brook/index.html", "assets/dot.svg", "api/v1/facts.csv", "404.html"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_file_of_the_site_that_somebody_changed_is_made_anew(root: Path, path: str, gone: bool) -> None:
    build(root)
    whole = content(root / "site")
    if gone:
        (root / "site" / path).unlink()
    else:
        (root / "site" / path).write_text("changed", encoding="utf-8")

    build(root)

    assert content(root / "site") == whole


def test_a_file_that_nobody_made_does_not_stay_in_the_site(root: Path) -> None:
    build(root)
    (root / "site" / "left.html").write_text("left", encoding="utf-8")

    build(root)

    assert not (root / "site" / "left.html").exists()


def test_other_versions_of_the_packages_make_all_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(root).made
    monkeypatch.setattr(site, "version", lambda package: "999")

    assert build(root) == site.Done(made, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Notes\n\n[Nobody](leaders/nobody.md)\n", "leaders/nobody.md"),
        ("# Notes\n\n[Ada](leaders/ada-brook.md#nowhere)\n", "'leaders/ada-brook.md' has no anchor '#nowhere'"),
    ],
)
def test_a_broken_link_stops_the_build_each_time_and_the_site_stays(
    root: Path, text: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    build(root)
    before = content(root / "site")
    (root / "docs" / "notes.md").write_text(text, encoding="utf-8")

    for _ in range(2):
        caplog.clear()
        with pytest.raises(Abort, match="the site stays as it was"):
            build(root)
        assert told in caplog.text

    assert content(root / "site") == before


def test_an_anchor_that_goes_is_missed_by_a_page_that_stays_as_it_was(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (root / "docs" / "more.md").write_text("# More\n\n## Boats\n", encoding="utf-8")
    (root / "docs" / "notes.md").write_text("# Notes\n\n[Boats](more.md#boats)\n", encoding="utf-8")
    build(root)
    (root / "docs" / "more.md").write_text("# More\n\n## Ships\n", encoding="utf-8")

    with pytest.raises(Abort):
        build(root)

    assert "Doc file 'notes.md' contains a link 'more.md#boats', but 'more.md' has no anchor '#boats'" in caplog.text


def test_an_entry_of_the_navigation_has_a_title_since_it_stands_on_pages_that_stay(tmp_path: Path) -> None:
    root = project(tmp_path / "project", nav="nav: [Home: index.md, notes.md]\nnot_in_nav: '*'\n")

    with pytest.raises(Abort, match=r"'notes.md' stands in `nav` without a title"):
        build(root)


def test_data_with_problems_stops_the_build_and_the_site_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(root)
    before = content(root / "site")
    replace(root / "data/topics/ferries.yml", "scope:", "scoop:")

    with pytest.raises(Abort, match="the site stays as it was"):
        build(root)

    assert "unknown key 'scoop'; did you mean 'scope'?" in capsys.readouterr().out
    assert content(root / "site") == before


def test_a_site_that_a_stopped_build_had_put_aside_comes_back(root: Path) -> None:
    build(root)
    whole = content(root / "site")
    (root / "site").rename(root / ".cache" / "site.old")
    replace(root / "data/topics/ferries.yml", "scope:", "scoop:")

    with pytest.raises(Abort):
        build(root)

    assert content(root / "site") == whole


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_new_site_takes_the_place_of_the_old_one_in_one_step_where_the_system_has_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    build(root)
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")
    rename, stood = Path.rename, []

    def watched(old: Path, new: Path) -> Path:
        made = rename(old, new)
        stood.append((root / "site" / "index.html").is_file())
        return made

    monkeypatch.setattr(Path, "rename", watched)
    if not in_one_step:
        monkeypatch.setattr(site, "_exchanged", lambda one, other: False)

    build(root)

    assert all(stood) is (in_one_step and sys.platform == "linux")
    assert content(root / "site") == clean(root)
    left = {"build.lock", "records", "site", "site.next", "targets", "templates"}
    assert {path.name for path in (root / ".cache").iterdir()} == left


def test_a_folder_that_a_build_left_is_used_for_what_is_right_in_it(root: Path) -> None:
    build(root)
    replace(root / "data/topics/ferries.yml", "name: Ferries", "name: Night ferries")
    build(root)
    new, outside = root / ".cache" / "site.next", root / "outside.html"
    before = {path: path.stat().st_ino for path in new.rglob("*.json")}
    outside.write_text("Mine.\n", encoding="utf-8")
    (new / "leaders" / "ada-brook" / "index.html").write_text("Half a pa", encoding="utf-8")
    (new / "left" / "behind").mkdir(parents=True)
    (new / "left" / "over.html").write_text("Old.\n", encoding="utf-8")
    (new / "404.html").unlink()
    (new / "404.html").symlink_to(outside)
    shutil.rmtree(new / "assets")
    (new / "assets").symlink_to(root / "docs")
    replace(root / "data/topics/ferries.yml", "name: Night ferries", "name: Ferries at night")

    build(root)

    assert content(root / "site") == clean(root)
    assert not [
        path for path in (root / "site").rglob("*") if path.is_symlink() or (path.is_dir() and not [*path.iterdir()])
    ]
    assert outside.read_text(encoding="utf-8") == "Mine.\n"
    now = {new / path.relative_to(root / "site"): path.stat().st_ino for path in (root / "site").rglob("*.json")}
    assert len(set(before.items()) & set(now.items())) > 50


def test_folders_that_cannot_change_places_stay_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()

    assert not site._exchanged(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_pages_made_in_several_processes_are_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    whole = content(root / "site")
    shutil.rmtree(root / "site")
    monkeypatch.setattr(site, "WORTH_IT", 1)

    done = build(root)

    assert done.kept == 0
    assert content(root / "site") == whole


def test_a_broken_link_is_told_from_another_process_too(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "docs" / "notes.md").write_text("# Notes\n\n[Nobody](leaders/nobody.md)\n", encoding="utf-8")
    monkeypatch.setattr(site, "WORTH_IT", 1)

    with pytest.raises(Abort, match="the site stays as it was"):
        build(root)
