"""Pages as text: goldens that a person reads, links that lead somewhere, and the same bytes wherever they are made."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from fact_bases import BASE, ROOT, TESTS, lay
from rendered import shown

from generator.check import check, problems
from generator.links import Links
from generator.load import load
from generator.model import Entity, FactBase
from generator.render import render
from generator.write import write

GOLDEN = TESTS / "golden"
CASES = sorted(GOLDEN.iterdir())

NOT_GOLDEN = ("trust/", "rules/", "data/")
"""Pages that tell of the rules and the formats, not of the records: they change with the program."""


@cache
def files(base: FactBase) -> dict[str, str]:
    """Return the pages of *base*, and what they load to filter facts; the data files have tests of their own."""
    made = {page.path: page.content for page in render(base, check(base))}
    return {path: one.decode() for path, one in made.items() if path.endswith(".md") or path.startswith("facts/")}


def pages(base: FactBase) -> dict[str, str]:
    """Return the pages of *base* by path."""
    return {path: text for path, text in files(base).items() if path.endswith(".md")}


def golden(base: FactBase) -> dict[str, str]:
    """Return the pages of *base* that a person reads, without what is in them for machines, and what they load."""
    made = {path: text for path, text in files(base).items() if not path.startswith(NOT_GOLDEN)}
    return {path: re.sub(r"\n*<script [^\n]*ld\+json[^\n]*</script>\n", "\n", text) for path, text in made.items()}


@pytest.fixture(scope="module")
def real() -> FactBase:
    """The fact base of the site."""
    return load(ROOT)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> FactBase:
    """A fact base whose texts are full of signs that Markdown, HTML and YAML mean something by."""
    return load(lay(tmp_path_factory.mktemp("awkward"), over=GOLDEN / "awkward-text"))


ROOM = {
    "pages.ROOM": 6, "agenda.TOPICS": 1, "agenda.SUMMITS": 2, "coverage.STALE": 3, "drawn.DOTS": 8, "drawn.STOPS": 2,
    "drawn.YEARS": 3, "entities.AGENDA": 2, "entities.TITLE": 40, "explore.CHUNK": 10, "explore.SHOWN": 2,
    "lists.CARDS": 2, "lists.NEWEST": 3, "lists.PER_PAGE": 4, "numbers.ALL": 5, "numbers.MEASURES": 2,
    "numbers.VALUES": 3, "together.PAIRS": 2, "together.PEOPLE": 2, "together.TIMES": 1,
}  # fmt: skip
"""How much the pages of the case `short-pages` have room for: so little that all their lists go on or are cut."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> FactBase:
    """A fact base in which every field has a value somewhere, with pages that were withdrawn."""
    return load(lay(tmp_path_factory.mktemp("full"), over=GOLDEN / "every-field"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pages_are_the_golden_ones(
    case: Path, tmp_path: Path, update_goldens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case is laid over tests/base; `plain` lays nothing and holds all pages, the others those that differ.

    `short-pages` is laid over `every-field`, and holds the pages that are others where there is less room.
    """
    given = {path.relative_to(case).as_posix(): path.read_text("utf-8") for path in case.rglob("data/**/*.yml")}
    if case.name == "short-pages":
        root = lay(tmp_path, dict(given), over=GOLDEN / "every-field")
        base, plain = load(root), golden(load(root))
        for name, room in ROOM.items():
            monkeypatch.setattr(f"generator.view.{name}", room)
    else:
        base = load(lay(tmp_path, over=case if given else None))
        plain = {} if case.name == "plain" else golden(load(BASE))
    assert problems(check(base)) == []
    made = {path: text for path, text in golden(base).items() if plain.get(path) != text}

    if update_goldens:
        shutil.rmtree(case / "pages", ignore_errors=True)
        for path, text in made.items():
            (case / "pages" / path).parent.mkdir(parents=True, exist_ok=True)
            (case / "pages" / path).write_text(text, encoding="utf-8")

    there = [path for path in case.rglob("pages/**/*") if path.is_file()]
    kept = {path.relative_to(case / "pages").as_posix(): path.read_text("utf-8") for path in there}
    assert made == kept


@pytest.mark.parametrize("which", ["small_base", "real"])
def test_there_is_a_page_for_every_record_that_has_one(which: str, request: pytest.FixtureRequest) -> None:
    base: FactBase = request.getfixturevalue(which)
    paths = [page.path for page in render(base)]

    assert len(paths) == len({path.casefold() for path in paths}), "some file systems see no capitals"
    entities = [record for record in base.records.values() if isinstance(record, Entity) and record.pages]
    assert {f"{record.pages}/{record.id}.md" for record in entities} <= set(paths)


@pytest.mark.parametrize("which", ["small_base", "full", "real"])
def test_every_link_leads_to_a_page_and_a_place_on_it(which: str, request: pytest.FixtureRequest) -> None:
    base: FactBase = request.getfixturevalue(which)
    made = pages(base)
    links = Links(base)
    anchors = {links.page(id) for id in base.records if "#" in links.page(id)}

    for path, text in made.items():
        for target in re.findall(r"\]\(([^)#]*\.md(?:#[^)]*)?)\)", text):
            page, _, anchor = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).partition("#")
            assert page in made or (ROOT / "docs" / page).is_file(), f"{path}: {target}"
            if anchor:
                assert f"#{anchor} " in made[page] or f'id="{anchor}"' in made[page], f"{path}: {target}"
    for page, _, anchor in (one.partition("#") for one in anchors):
        assert page in made
        assert f"#{anchor} " in made[page] or page.startswith("figures/"), f"{page}#{anchor}"


@pytest.mark.parametrize("which", ["small_base", "full", "real"])
def test_no_markup_is_left_for_the_reader_to_see(which: str, request: pytest.FixtureRequest) -> None:
    base: FactBase = request.getfixturevalue(which)

    for path, text in pages(base).items():
        _, words = shown(text.split("\n---\n", 1)[1])
        left = re.search(r"\{:|\{ [.#]|\]\(|^#+ |\*\*|\| |\bNone$|Undefined|<[a-z/]|generator\.", words, re.MULTILINE)
        assert left is None or path.startswith(NOT_GOLDEN), f"{path}: {words[left.start() - 40 : left.end() + 40]!r}"


@pytest.mark.parametrize("which", ["small_base", "full", "awkward"])
def test_every_page_has_one_title_that_is_its_heading(which: str, request: pytest.FixtureRequest) -> None:
    base: FactBase = request.getfixturevalue(which)

    for path, text in pages(base).items():
        elements, _ = shown(text.split("\n---\n", 1)[1])
        assert [name for name, _ in elements].count("h1") == 1, path
        ids = [str(attributes["id"]) for _, attributes in elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path


def test_what_was_withdrawn_leaves_a_page_that_says_why_and_leads_on(tmp_path: Path) -> None:
    withdrawn = "- what: topics/fog/\n  to: topics/ferries/\n  because: It lifted.\n  date: 2031-07-01\n"
    files = {"data/published.txt": "page topics/fog/\n", "data/withdrawn.yml": withdrawn}
    base = load(lay(tmp_path, dict(files)))
    assert problems(check(base)) == []

    text = pages(base)["topics/fog/index.md"]

    assert "It lifted." in text
    assert "../../topics/ferries/" in text


def digest(docs: Path) -> dict[str, str]:
    """Return the hash of each file below *docs*."""
    files = (path for path in sorted(docs.rglob("*")) if path.is_file())
    return {path.relative_to(docs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": "1",
    },
]


@pytest.mark.parametrize("which", ["small", "real"])
def test_the_same_data_gives_the_same_bytes_whatever_the_hash_seed_zone_locale_and_folder(
    which: str, tmp_path: Path
) -> None:
    made = []
    for number, environment in enumerate(ENVIRONMENTS):
        root = tmp_path / ("a" if number else "a folder with – signs")
        if which == "small":
            lay(root)
        else:
            for folder in ("data", "seeds"):
                shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("*.txt.tmp"))
        command = [sys.executable, "-m", "generator", "generate", "--root", "." if number else str(root)]
        run = subprocess.run(
            command,
            cwd=root if number else ROOT,
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        assert run.stdout == ""
        made.append(digest(root / "docs"))

    assert len(made[0]) > 20
    assert made[0] == made[1]


def test_pages_that_are_made_twice_are_written_once(tmp_path: Path, small_base: FactBase) -> None:
    first = write(render(small_base), tmp_path)
    second = write(render(small_base), tmp_path)

    assert set(first.written) == set(digest(tmp_path))
    assert (second.written, second.removed, second.kept) == ((), (), len(first.written))
