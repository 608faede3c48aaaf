"""Rules: each has bad cases as files in tests/bad/, refused for exactly the reasons that stand in them."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest
from fact_bases import ARTICLE, BASE, PAGE, TESTS, TEXTS, found, lay

from generator import edtf, load, syntax
from generator.check import RULES, Rule, check, problems
from generator.check.time import Answer, within
from generator.model import Fact

BAD = TESTS / "bad"
CASES = sorted(BAD.iterdir())

MADE_IN_TESTS = {"file-size", "file", "too-many"}
"""Rules whose cases are no files of a repository: too large, and not to be read. Tests make them."""

COMPANIONS = {
    "evidence-is-exact": {"quotation-found"},  # without a paragraph there is nothing to look through
    "plain-yaml": {"unknown-key", "missing-key"},  # a merge key is a key that nobody knows
}
"""What else a case gives, and why."""

NEED_THE_TEXT = {"own-words", "fingerprint-up-to-date", "checksum"}
"""What only the text of an article can prove; whoever has it makes the fingerprint, and vouches for it."""


def given_by(module: ModuleType) -> set[str]:
    """Return the ids of rules that *module* gives to problems, as its source spells them."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    ids = {node.value for expression in _rule_expressions(tree) for node in ast.walk(expression) if _is_text(node)}
    return {id for id in ids if re.fullmatch(r"[a-z]+(-[a-z]+)*", id)}


def _rule_expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what gives a rule: last in `Problem(…)` and in a returned pair, first in `rule, message = …`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Problem", "self._problem"):
            yield node.args[-1]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(rule, message)":
            assert isinstance(node.value, ast.Tuple)
            yield node.value.elts[0]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            yield node.value.elts[-1]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


SHAPE_RULES = sorted((given_by(syntax) | given_by(load)) - MADE_IN_TESTS)


def expected(case: Path) -> list[str]:
    """Return the lines that *case* is to give: its '# expect:' lines after the path of their file, and expect.txt."""
    lines: list[tuple[PurePosixPath, str]] = []
    for path in sorted(case.rglob("*")):
        if path == case / "expect.txt":
            lines += ((PurePosixPath(line.partition(":")[0]), line) for line in path.read_text().splitlines())
        elif path.is_file():
            place = PurePosixPath(path.relative_to(case).as_posix())
            head = takewhile(lambda line: line.startswith(b"# expect: "), path.read_bytes().splitlines())
            lines += ((place, f"{place}:{line.decode().removeprefix('# expect: ')}") for line in head)
    return [line for _, line in sorted(lines, key=lambda one: one[0])]


def rules_of(lines: list[str]) -> set[str]:
    return {line.rpartition("(")[2].removesuffix(")") for line in lines}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_is_refused_for_the_reasons_it_gives(case: Path, tmp_path: Path) -> None:
    root = lay(tmp_path, over=case)

    assert [str(problem) for problem in found(root, [root / "seeds", TEXTS])] == expected(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_is_refused_by_its_own_rule(case: Path) -> None:
    rules = rules_of(expected(case))

    assert case.name in rules
    assert rules - {case.name} == COMPANIONS.get(case.name, set())


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in NEED_THE_TEXT], ids=lambda case: case.name)
def test_bad_data_is_refused_at_the_same_places_by_fingerprints_alone(case: Path, tmp_path: Path) -> None:
    listed = [(str(problem.mark), problem.rule) for problem in found(lay(tmp_path, over=case))]

    assert listed == [(line.partition(": ")[0], line.rpartition("(")[2].removesuffix(")")) for line in expected(case)]


@pytest.mark.parametrize("rule", sorted(NEED_THE_TEXT))
def test_what_needs_the_text_is_let_pass_without_it(rule: str, tmp_path: Path) -> None:
    assert found(lay(tmp_path, over=BAD / rule)) == []


@pytest.mark.parametrize("id", [*(rule.id for rule in RULES), *SHAPE_RULES])
def test_every_rule_has_a_bad_case(id: str) -> None:
    assert (BAD / id).is_dir()


def test_every_bad_case_belongs_to_a_rule() -> None:
    assert {case.name for case in CASES} <= {*(rule.id for rule in RULES), *SHAPE_RULES}


def test_the_rules_of_shape_are_found_in_the_source() -> None:
    assert {"tab", "syntax", "wrong-value", "duplicate-key", "checksum", "register-line"} <= set(SHAPE_RULES)
    assert MADE_IN_TESTS <= given_by(syntax) | given_by(load)
    assert not {rule.id for rule in RULES} & set(SHAPE_RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_in_a_sentence_what_is_good(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^\n]+\.", rule.good)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.id)


def test_no_two_rules_have_one_id() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_looks_at_something_in_its_bad_case_and_finds_nothing_in_the_base(
    rule: Rule, tmp_path: Path
) -> None:
    bad = rule.run(load.load(lay(tmp_path, over=BAD / rule.id), [TEXTS]))

    assert bad.problems
    assert bad.checked + bad.skipped > 0
    assert rule.run(load.load(BASE)).problems == ()


def test_a_rule_counts_what_it_looks_at(tmp_path: Path) -> None:
    results = {result.rule.id: result for result in check(load.load(BASE))}

    assert list(results) == [rule.id for rule in RULES]
    assert results["one-time"].checked == 7
    assert results["every-paragraph-counts"].checked == 5
    assert results["every-role-evidenced"].checked == 4
    assert sum(result.skipped for result in results.values()) == 0


def test_a_quotation_that_cannot_be_looked_for_is_skipped_and_a_problem(tmp_path: Path) -> None:
    base = load.load(lay(tmp_path, {f"seeds/{ARTICLE}.json": None}))
    results = {result.rule.id: result for result in check(base)}

    assert results["quotation-found"].checked == 0
    assert results["quotation-found"].skipped == len(results["quotation-found"].problems) == 15


def test_problems_are_in_order_of_place_across_rules(tmp_path: Path) -> None:
    lay(tmp_path)
    cases = ("known-ids", "one-time", "meeting-before-its-summit", "every-role-evidenced")
    for case in cases:
        shutil.copytree(BAD / case, tmp_path, dirs_exist_ok=True)
    listed = problems(check(load.load(tmp_path)))

    assert {problem.rule for problem in listed} == set(cases)
    assert [problem.mark for problem in listed] == sorted(problem.mark for problem in listed)


@pytest.mark.parametrize(
    ("date", "during", "answer"),
    [
        ("2031-05-05", "2030/2032", Answer.CERTAIN),
        ("2031-05-05", "2031-05-05/2031-05-05", Answer.CERTAIN),
        ("2031-05-05", "2030-01-01/..", Answer.CERTAIN),
        ("2031-05-05", "../2031-05-05", Answer.CERTAIN),
        ("2031-05-05", "2031-05-06/..", Answer.IMPOSSIBLE),
        ("2031-05-05", "../2031-05-04", Answer.IMPOSSIBLE),
        ("2031-05-05", "2031/2032", Answer.POSSIBLE),  # it began on some day of 2031
        ("2031-05-05", "2030/2031", Answer.POSSIBLE),
        ("2031-05-05", "2030-01-01/2032-12-31?", Answer.POSSIBLE),
        ("2031-05-05", "2030-01-01~/2032-12-31", Answer.POSSIBLE),
        ("2031", "2031-05-05/2032-01-01", Answer.POSSIBLE),
        ("2031", "2030-01-01/2032-01-01", Answer.CERTAIN),
        ("2031", "2032/2033", Answer.IMPOSSIBLE),
        ("2030/2033", "2031-01-01/2031-12-31", Answer.POSSIBLE),
    ],
)
def test_whether_a_date_lies_in_an_interval_has_three_answers(date: str, during: str, answer: Answer) -> None:
    assert within(edtf.parse(date), edtf.parse(during)) is answer


def test_a_post_that_was_perhaps_held_is_a_doubt_and_no_problem(tmp_path: Path) -> None:
    leader = (BASE / "data" / "leaders" / "otto-lind.yml").read_text().replace("2028-03-01/2032-02-29", "2031/2032")
    results = check(load.load(lay(tmp_path, {"data/leaders/otto-lind.yml": leader})))

    assert problems(results) == []
    doubts = {result.rule.id: [str(doubt) for doubt in result.doubts] for result in results if result.doubts}
    assert list(doubts) == ["post-held-that-day"]
    (line,) = doubts["post-held-that-day"]
    assert line.startswith("data/meetings/2031-05-05-lighthouse.yml:16:11: Otto Lind may have held 'league-secretary'")


SUCCESSOR = """\
name: Cara Reed
memberships:
  - post: league-secretary
    during: {during}
    evidence: [{{source: {PAGE}}}]
"""


@pytest.mark.parametrize(
    ("during", "rules"),
    [
        ("2032-02-29/..", set()),  # the day of the handover belongs to both
        ("2032-03-01/..", set()),
        ("2032-03-02/..", {"no-gap-between-holders"}),
        ("2032-02-28/..", {"one-holder-a-post"}),
        ("2032/..", set()),  # some day of that year
        ("2033/..", {"no-gap-between-holders"}),
        ("2027-01-01/2028-03-01", set()),
        ("2027-01-01/2028-03-02", {"one-holder-a-post"}),
        ("2027-01-01/..", {"one-holder-a-post"}),
        ("2029-01-01/2030-01-01", {"one-holder-a-post"}),
    ],
)
def test_a_seat_goes_from_hand_to_hand_without_overlap_or_gap(tmp_path: Path, during: str, rules: set[str]) -> None:
    root = lay(tmp_path, {"data/leaders/cara-reed.yml": SUCCESSOR.format(during=during, PAGE=PAGE)})

    assert {problem.rule for problem in found(root)} == rules


def test_a_seat_that_changed_hands_in_a_year_that_both_name_is_a_doubt(tmp_path: Path) -> None:
    leader = (BASE / "data" / "leaders" / "otto-lind.yml").read_text().replace("2028-03-01/2032-02-29", "2028/2032")
    successor = SUCCESSOR.format(during="2032-06-01/..", PAGE=PAGE)
    root = lay(tmp_path, {"data/leaders/otto-lind.yml": leader, "data/leaders/cara-reed.yml": successor})
    results = check(load.load(root))

    assert problems(results) == []
    assert [result.rule.id for result in results if result.doubts] == ["one-holder-a-post"]


def test_a_post_of_several_seats_and_a_gap_with_a_reason_are_let_pass(tmp_path: Path) -> None:
    posts = (BASE / "data" / "posts.yml").read_text()
    for addition, during in (("single_seat: no", "2029-01-01/2030-01-01"), ("gap: Nobody wanted it.", "2033/..")):
        files = {
            "data/posts.yml": f"{posts}  {addition}\n",
            "data/leaders/cara-reed.yml": SUCCESSOR.format(during=during, PAGE=PAGE),
        }
        assert found(lay(tmp_path, files)) == []


@pytest.mark.parametrize("missing", ["data/topics/ferries.yml", "data/leaders/ada-brook.yml", "data/places.yml"])
def test_whatever_record_is_missing_the_rules_report_it_and_do_not_break(tmp_path: Path, missing: str) -> None:
    listed = found(lay(tmp_path, {missing: None}))

    assert {problem.rule for problem in listed} <= {"known-ids", "speaker-in-office"}
    assert any(problem.rule == "known-ids" for problem in listed)


FACT_KEYS = ["date", "by", "at", "about", "status", "outcome", "unknown", "evidence", "as_of", "figure"]


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("key", FACT_KEYS)
def test_whatever_key_of_a_fact_is_missing_the_rules_do_not_break(tmp_path: Path, number: int, key: str) -> None:
    base = load.load(lay(tmp_path))
    fact = base.all(Fact)[number]
    default = Fact.model_fields[key].get_default(call_default_factory=True) if key != "evidence" else ()
    changed = fact.model_copy(update={key: default})

    results = check(type(base)({**base.records, fact.id: changed}, base.nodes, base.articles))

    assert isinstance(problems(results), list)


def test_facts_of_an_article_whose_day_is_not_known_need_a_reading_of_their_dates(tmp_path: Path) -> None:
    source = f"data/sources/{ARTICLE}.yml"
    text = (BASE / source).read_text(encoding="utf-8").replace("published: 2031-05-05\n", "")
    text = text.replace("confirmed: [publisher, published,", "confirmed: [publisher,")
    text = text.replace("unknown:\n", "unknown:\n  published: No day is printed.\n")

    told = [str(one) for one in found(lay(tmp_path, {source: text}))]

    assert rules_of(told) == {"date-was-read"}
    assert len(told) == 5


def test_a_plan_is_no_fact_of_a_summit_that_neither_it_nor_its_outcome_is_about(tmp_path: Path) -> None:
    facts, page = f"data/facts/{ARTICLE}.yml", f"data/facts/{PAGE}.yml"
    summit = "data/summits/2031-saltmere.yml"
    named = (BASE / summit).read_text(encoding="utf-8") + f"highlights: [{ARTICLE}-f05]\n"
    plan = (
        (BASE / facts)
        .read_text(encoding="utf-8")
        .replace("  at: 2031-saltmere\n  about: [harbour-league]", "  about: []")
    )
    outcome = (BASE / page).read_text(encoding="utf-8").replace("at: 2031-saltmere", "note: Of the League.")

    assert found(lay(tmp_path / "of it", {summit: named, facts: plan})) == []
    told = found(
        lay(tmp_path / "not", {summit: named, facts: plan, page: outcome.replace("[2031-saltmere]", "[ferries]")})
    )
    assert {one.rule for one in told} == {"highlights-belong"}
