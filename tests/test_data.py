"""The real data: complete, sound, and no less than what was there when the site opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from fact_bases import ROOT

from generator import cli
from generator.check import check, problems
from generator.export import API
from generator.load import load
from generator.model import Fact, FactBase, Leader, Meeting, Source, Summit, Topic

YARDSTICKS = {Fact: 200, Summit: 5, Leader: 15, Topic: 25, Meeting: 15}


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(ROOT)


def test_the_data_has_no_problem_and_every_rule_looked_at_something_or_has_nothing_to_look_at(base: FactBase) -> None:
    results = check(base)

    assert [str(problem) for problem in problems(results)] == []
    assert sum(result.skipped for result in results) == 0
    may_be_idle = {"withdrawal-leads-on", "alternative-beside-a-value", "correction-says-why", "releases-in-order"}
    assert {result.rule.id for result in results if result.checked == 0} <= may_be_idle


def test_the_check_of_the_data_prints_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["check", "--root", str(ROOT)])

    assert status == cli.DONE
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("kind", "least"), YARDSTICKS.items(), ids=lambda one: getattr(one, "kind_name", str(one)))
def test_there_is_as_much_as_at_the_opening(base: FactBase, kind: type[Fact], least: int) -> None:
    assert len(base.all(kind)) >= least


def test_five_articles_are_accounted_for_paragraph_by_paragraph(base: FactBase) -> None:
    articles = {source.id: source for source in base.all(Source) if source.type == "article"}

    assert len(articles) >= 5
    assert set(base.articles) == set(articles)
    for id, source in articles.items():
        aside = {number for one in source.set_aside for number in one.paragraphs}
        everything = set(range(1, len(base.articles[id].fingerprints) + 1))
        assert base.paragraphs_cited[id] | aside == everything
        assert not base.paragraphs_cited[id] & aside
        assert [fact for fact in base.all(Fact) if fact.id.startswith(f"{id}-f")]


def test_every_page_that_is_cited_has_an_address_of_the_web(base: FactBase) -> None:
    assert all(source.url.startswith(("https://", "http://")) for source in base.all(Source))


def test_no_text_of_an_article_lies_beside_the_data() -> None:
    texts = [path for folder in ("data", "docs") for path in (ROOT / folder).rglob("*.txt")]
    names = {path.name for path in texts if not path.is_relative_to(ROOT / "docs" / API / "cite")}  # made, not copied

    assert names <= {"published.txt", "robots.txt", "llms.txt"}


def test_every_data_file_is_plain_utf_8_with_a_line_end() -> None:
    for path in sorted((ROOT / "data").rglob("*.yml")):
        assert_plain(path)


def assert_plain(path: Path) -> None:
    content = path.read_bytes()
    content.decode("utf-8")
    assert content.endswith(b"\n"), path
    assert not content.endswith(b"\n\n"), path
    assert b"\r" not in content, path
