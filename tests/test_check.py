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
from fact_bases import ARTICLE, BASE, PAGE, TESTS, TEXTS, Content, found, lay, said

from generator import edtf, fingerprint, load, syntax
from generator.check import RULES, Result, Rule, check, problems
from generator.check.rule import Doubt, Finding, Skip, each
from generator.check.time import Answer, within
from generator.errors import Mark, Problem
from generator.model import Fact, FactBase

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


@pytest.mark.parametrize("number", [999, 1000, 1001, 1500])
def test_a_rule_tells_a_thousand_problems_one_by_one_and_then_that_there_are_more(number: int) -> None:
    looked_at: list[int] = []

    @each(lambda base: range(1, number + 1))
    def every_number(subject: int, base: FactBase) -> Iterator[Finding]:
        """No number is good."""
        looked_at.append(subject)
        yield Mark(PurePosixPath("fog.yml"), subject, 1), f"bad, {subject}"

    result = every_number.run(load.load(BASE))

    told = [str(one) for one in result.problems]
    assert told[:1000] == [f"fog.yml:{n}:1: bad, {n} (every-number)" for n in range(1, min(number, 1000) + 1)]
    more = "fog.yml:1001:1: more than 1000 problems of this kind; mend the first ones (every-number)"
    assert told[1000:] == ([more] if number > 1000 else [])
    assert result.checked == len(looked_at) == min(number, 1001)


def test_what_is_skipped_doubtful_and_checked_is_counted_apart() -> None:
    place = Mark(PurePosixPath("fog.yml"), 1, 1)

    @each(lambda base: "sdpg")
    def mixed_letters(subject: str, base: FactBase) -> Iterator[Finding]:
        """No letter but g is good."""
        if subject != "g":
            yield {"s": Skip, "d": Doubt, "p": tuple}[subject]((place, subject))

    result = mixed_letters.run(load.load(BASE))

    assert (result.checked, result.skipped) == (3, 1)
    assert [one.message for one in result.problems] == ["s", "p"]
    assert [str(one) for one in result.doubts] == ["fog.yml:1:1: d (mixed-letters)"]
    assert (mixed_letters.id, mixed_letters.good) == ("mixed-letters", "No letter but g is good.")


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


@pytest.mark.parametrize(
    ("first", "second", "problem", "doubt"),
    [
        ("2028-03-01/2032-02-29", "2032-02-29/..", "", ""),  # the day of the handover
        ("2028-03-01/2032-02-29", "2032-02/..", "", "perhaps"),
        ("2028-03-01/2032-02-29", "2032/..", "", "perhaps"),
        ("2028/2031", "2032/..", "", ""),
        ("2028/2032", "2032/..", "", "perhaps"),
        ("2028/2032", "2031/..", "still", ""),
        ("2028/2032", "2032-01-01/..", "", "perhaps"),
        ("2028/2032", "2031-12-31/..", "still", ""),
        ("2028/2031", "2032-01-02/..", "nobody", ""),
        ("2028/2031", "2032-01-01/..", "", ""),
        ("../2028-02-29", "2028-02-29/..", "", ""),
        ("../2028", "../2030", "still", ""),
        ("../2028", "2030/..", "nobody", ""),
        ("2020/..", "2030/..", "still", ""),
    ],
)
def test_of_two_holders_of_a_seat_it_is_said_whether_they_overlap_or_leave_a_gap(
    tmp_path: Path, first: str, second: str, problem: str, doubt: str
) -> None:
    term = "  - post: league-secretary\n    during: {}\n    evidence: [{{source: {}}}]\n"
    other = "  - post: prime-minister\n    during: 2001/2002\n    evidence: [{source: " + PAGE + "}]\n"
    files = {
        "data/leaders/otto-lind.yml": f"name: Otto Lind\nmemberships:\n{other}{term.format(first, PAGE)}",
        "data/leaders/cara-reed.yml": f"name: Cara Reed\nmemberships:\n{term.format(second, PAGE)}",
        "data/posts.yml": (BASE / "data" / "posts.yml")
        .read_text()
        .replace("land\n  c", "land\n  single_seat: no\n  c"),
    }
    results = {one.rule.id: one for one in check(load.load(lay(tmp_path, files)))}

    here, there = "data/leaders/cara-reed.yml:4:13", "data/leaders/otto-lind.yml:7:13"
    who = f"{here}: Cara Reed is Secretary of the Harbour League from {second}"
    told = {
        "still": f"{who} while Otto Lind still is; conflicts with {there} (one-holder-a-post)",
        "perhaps": f"{who}, perhaps while Otto Lind still is; see {there} (one-holder-a-post)",
        "nobody": f"{here}: nobody is Secretary of the Harbour League between {first} and {second}; conflicts with "
        f"{there}, add the holder, or say under 'gap' of the post why not (no-gap-between-holders)",
    }
    rules = ("one-holder-a-post", "no-gap-between-holders")
    assert [str(one) for rule in rules for one in results[rule].problems] == [told[one] for one in [problem] if one]
    assert [str(one) for rule in rules for one in results[rule].doubts] == [told[one] for one in [doubt] if one]


@pytest.mark.parametrize(
    ("held", "problem", "doubt"),
    [
        (["2031-05-05/2031-05-05"], "", ""),
        (["2031-05-06/.."], "did not hold", ""),
        (["../2031-05-04"], "did not hold", ""),
        (["2031/2032"], "", "may have held"),
        (["2020/2021", "2031/2032"], "", "may have held"),
        (["2020/2021", "2031-05-05/.."], "", ""),
        (["2020/2021", "2032/2033"], "did not hold", ""),
    ],
)
def test_whether_a_post_was_held_on_the_day_of_a_meeting_is_said_with_the_terms_that_are_known(
    tmp_path: Path, held: list[str], problem: str, doubt: str
) -> None:
    term = "  - post: league-secretary\n    during: {}\n    evidence: [{{source: {}}}]\n"
    leader = "name: Otto Lind\nmemberships:\n" + "".join(term.format(one, PAGE) for one in held)
    results = {one.rule.id: one for one in check(load.load(lay(tmp_path, {"data/leaders/otto-lind.yml": leader})))}

    place, terms = "data/meetings/2031-05-05-lighthouse.yml:16:11", " and ".join(held)
    assert [str(one) for one in results["post-held-that-day"].problems] == [
        f"{place}: Otto Lind did not hold 'league-secretary' on 2031-05-05; "
        f"conflicts with data/leaders/otto-lind.yml:3:3, held {terms} (post-held-that-day)"
        for _ in [problem]
        if problem
    ]
    assert [str(one) for one in results["post-held-that-day"].doubts] == [
        f"{place}: Otto Lind may have held 'league-secretary' on 2031-05-05, held {terms} (post-held-that-day)"
        for _ in [doubt]
        if doubt
    ]


@pytest.mark.parametrize(
    ("during", "problem", "doubt"),
    [
        ("2031-05-05/..", "", ""),
        ("2031/..", "", "Ada Brook may have been in office on 2031-05-05"),
        (
            "2031-05-06/..",
            "Ada Brook held no known post on 2031-05-05; add it with its evidence, or take 'speaker' away; "
            "conflicts with data/leaders/ada-brook.yml:3:3",
            "",
        ),
    ],
)
def test_whether_a_speaker_was_in_office_on_the_day_is_said_once_a_fact(
    tmp_path: Path, during: str, problem: str, doubt: str
) -> None:
    term = f"{{post: prime-minister, during: {during}, evidence: [{{source: {PAGE}}}]}}"
    leader = f"name: Ada Brook\nmemberships:\n  - {term}\n"
    results = {one.rule.id: one for one in check(load.load(lay(tmp_path, {"data/leaders/ada-brook.yml": leader})))}

    assert results["speaker-in-office"].checked == 2
    places = [f"data/facts/{ARTICLE}.yml:{line}:9" for line in (14, 27)]
    assert [str(one) for one in results["speaker-in-office"].problems] == [
        f"{place}: {problem} (speaker-in-office)" for place in places if problem
    ]
    assert [str(one) for one in results["speaker-in-office"].doubts] == [
        f"{place}: {doubt} (speaker-in-office)" for place in places if doubt
    ]


@pytest.mark.parametrize(
    ("date", "good"),
    [
        ("2030-05-09", False),  # 401 days before the first day of the summit
        ("2030-05-10", True),
        ("2030-05", True),
        ("2031-06-14", True),
        ("2031-06-15", True),
        ("2031-06-16", False),
        ("2031", True),
        ("2030", True),
        ("2029", False),
        ("2032", False),
    ],
)
def test_a_meeting_on_the_road_lies_within_400_days_before_its_summit_and_its_end(
    tmp_path: Path, date: str, good: bool
) -> None:
    meeting = (
        f"name: Pier\nstatus: planned\ndate: {date}\nprepares: 2031-saltmere\nunknown: {{place: x, venue: x}}\n"
        f"evidence: {{status: [{{source: {PAGE}}}], date: [{{source: {PAGE}}}], prepares: [{{source: {PAGE}}}]}}\n"
    )

    assert said(lay(tmp_path, {"data/meetings/pier.yml": meeting})) == [
        f"data/meetings/pier.yml:3:7: {date} is not in the run-up to 2031-06-14/2031-06-15; "
        "conflicts with data/summits/2031-saltmere.yml:5:7 (meeting-before-its-summit)"
        for _ in [date]
        if not good
    ]


def facts_of(source: str, *facts: str) -> dict[str, Content]:
    """Return the file of facts of *source*, each with the lines given, from f01 on."""
    items = [f"- id: {source}-f{number:02}\n{fact}" for number, fact in enumerate(facts, 1)]
    return {f"data/facts/{source}.yml": "".join(items)}


def fact(**keys: str) -> str:
    """Return the lines of a fact of the page: a background, cited, with *keys* instead or besides."""
    lines = {
        "date": "2031-06-14",
        "kind": "background",
        "text": "The sea was calm.",
        "evidence": f"[{{source: {PAGE}}}]",
    }
    return "".join(f"  {key}: {value}\n" for key, value in {**lines, **keys}.items() if value)


FIRST = fact(kind="event", text="Two towns were taken in.", at="2031-saltmere")
"""The fact that the base needs as the outcome of a plan."""


@pytest.mark.parametrize(
    ("date", "good"),
    [("2031-06-13", False), ("2031-06-14", True), ("2031-06-15", True), ("2031-06-16", False), ("2031", True)],
)
def test_a_fact_of_a_summit_is_of_one_of_its_days(tmp_path: Path, date: str, good: bool) -> None:
    files = facts_of(PAGE, FIRST, fact(date=date, at="2031-saltmere"))

    assert said(lay(tmp_path, files)) == [
        f"data/facts/{PAGE}.yml:8:9: {date} is not a day of '2031-saltmere'; "
        "conflicts with data/summits/2031-saltmere.yml:5:7 (fact-on-its-day)"
        for _ in [date]
        if not good
    ]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"date": "2031-06-20"}, ""),
        ({"date": "2031-06"}, ""),
        ({"date": "2031-06-21"}, "date"),
        ({"date": "2031-06-21", "kind": "commitment"}, ""),
        ({"date": "2031-06-21", "kind": "plan", "status": "planned", "unknown": "{outcome: x}"}, ""),
        ({"date": "", "as_of": "2031-06-21"}, "as_of"),
    ],
)
def test_what_a_source_tells_as_past_is_not_after_it(tmp_path: Path, keys: dict[str, str], told: str) -> None:
    place = {"date": "8:9", "as_of": "11:10"}

    assert said(lay(tmp_path, facts_of(PAGE, FIRST, fact(**keys)))) == [
        f"data/facts/{PAGE}.yml:{place[told]}: {PAGE!r} of 2031-06-20 tells of 2031-06-21 as past; conflicts with "
        f"data/sources/{PAGE}.yml:4:12, make it a plan or mend a date (told-after-it-happened)"
        for _ in [told]
        if told
    ]


READINGS = "".join(
    f"  - {{paragraphs: {numbers}, words: x, date: {date}, because: x}}\n"
    for numbers, date in (
        ("[2]", "2031-04-10"),
        ("[2, 4]", "2031-03"),
        ("[2]", "2031-01-20"),
        ("[2]", "2030"),
        ("[2]", "2031-02-28"),
        ("[4]", "2031-05-04"),
    )
)
READ = "2030, 2031-01-20, 2031-02-28, 2031-03, 2031-04-10"


@pytest.mark.parametrize(
    ("paragraph", "date", "known"),
    [
        (2, "2031-05-05", ""),
        (2, "2031-05-05?", ""),
        (2, "2031-03", ""),
        (4, "2031-03", ""),
        (3, "2031-03", "for paragraph 3 it reads 2031-06-14"),
        (1, "2031-03", "for paragraph 1 it reads none"),
        (2, "2031-03?", "conflicts with data/sources/SOURCE.yml:15:42, 2031-03"),
        (2, "2029-01-01", f"for paragraph 2 it reads {READ}"),
        (2, "2031-04-11", "conflicts with data/sources/SOURCE.yml:14:39, 2031-04-10"),
        (2, "2031-05-04", f"for paragraph 2 it reads {READ}"),
        (4, "2031-05-03", "conflicts with data/sources/SOURCE.yml:19:39, 2031-05-04"),
        (2, "2031-02-20", "conflicts with data/sources/SOURCE.yml:18:39, 2031-02-28"),  # the last that is near
    ],
)
def test_a_date_is_that_of_the_report_or_one_read_for_its_paragraph(
    tmp_path: Path, paragraph: int, date: str, known: str
) -> None:
    source = (BASE / "data" / "sources" / f"{ARTICLE}.yml").read_text()
    quote = {1: "Ada Brook met Otto Lind", 2: "we will keep the night ferries running"}
    quote |= {3: "The League has 12 member towns", 4: "the mail comes along with it"}
    evidence = (
        f"[{{source: {PAGE}}}, {{source: {ARTICLE}, paragraph: {paragraph}, quote: {{exact: {quote[paragraph]}}}}}]"
    )
    files = {
        f"data/sources/{ARTICLE}.yml": source.replace("dates:\n", f"dates:\n{READINGS}"),
        **facts_of(PAGE, FIRST, fact(kind="commitment", date=date, evidence=evidence)),
    }

    assert said(lay(tmp_path, files)) == [
        f"data/facts/{PAGE}.yml:8:9: {date} is no date that {ARTICLE!r} reads there; "
        f"{known.replace('SOURCE', ARTICLE)}, add a reading under 'dates' of the source (date-was-read)"
        for _ in [known]
        if known
    ]


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


def test_a_date_whose_evidence_names_no_paragraph_is_told_so(tmp_path: Path) -> None:
    evidence = f"[{{source: {PAGE}}}, {{source: {ARTICLE}, inferred: It must have been then.}}]"
    files = facts_of(PAGE, FIRST, fact(kind="commitment", date="2031-03", evidence=evidence))

    told = [one for one in said(lay(tmp_path, files)) if one.endswith("(date-was-read)")]

    assert told == [
        f"data/facts/{PAGE}.yml:8:9: 2031-03 is no date that {ARTICLE!r} reads there; "
        "the evidence names no paragraph, add a reading under 'dates' of the source (date-was-read)"
    ]


def test_facts_of_an_article_whose_day_is_not_known_need_a_reading_of_their_dates(tmp_path: Path) -> None:
    source = f"data/sources/{ARTICLE}.yml"
    text = (BASE / source).read_text(encoding="utf-8").replace("published: 2031-05-05\n", "")
    text = text.replace("confirmed: [publisher, published,", "confirmed: [publisher,")
    text = text.replace("unknown:\n", "unknown:\n  published: No day is printed.\n")

    told = said(lay(tmp_path, {source: text}))

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


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"kind": "plan", "status": "planned", "unknown": "{outcome: x}"}, ""),
        ({"kind": "plan", "status": "happened", "outcome": f"[{PAGE}-f01]"}, ""),
        ({"kind": "commitment"}, ""),
        ({"kind": "commitment", "status": "partly", "outcome": f"[{PAGE}-f01]"}, ""),
        ({"kind": "plan"}, f"7:3: no 'status' in the plan '{PAGE}-f02'; planned, happened, partly or overtaken"),
        ({"status": "planned"}, "12:11: 'status' on a fact of kind 'background'; only plans and commitments have one"),
        (
            {"outcome": f"[{PAGE}-f01]"},
            "12:12: 'outcome' on a fact of kind 'background'; only plans and commitments have one",
        ),
        (
            {"kind": "decision", "status": "partly", "outcome": f"[{PAGE}-f01]"},
            "12:11: 'status' on a fact of kind 'decision'; only plans and commitments have one",
        ),
        *(
            (
                {"kind": "commitment", "status": status},
                f"12:11: status {status!r} without 'outcome'; name the fact that tells what came of it",
            )
            for status in ("happened", "partly", "overtaken")
        ),
        (
            {"kind": "plan", "status": "planned", "outcome": f"[{PAGE}-f01]", "unknown": "{outcome: x}"},
            "12:11: status 'planned' with an 'outcome'; happened, partly or overtaken",
        ),
        (
            {"kind": "plan", "status": "planned", "unknown": "{note: x}"},
            "12:11: nothing is said of what came of it; name the 'outcome', or say under 'unknown' why it is not known",
        ),
    ],
)
def test_a_plan_says_what_came_of_it_or_why_that_is_not_known(tmp_path: Path, keys: dict[str, str], told: str) -> None:
    assert said(lay(tmp_path, facts_of(PAGE, FIRST, fact(**keys)))) == [
        f"data/facts/{PAGE}.yml:{told} (plan-and-outcome)" for _ in [told] if told
    ]


@pytest.mark.parametrize(
    ("date", "as_of", "told"),
    [
        ("2031-06-14", "", ""),
        ("", "2031-06-14", ""),
        ("", "", "7:3: neither 'date' nor 'as_of'"),
        ("2031-06-14", "2031-06-15", "12:10: both 'date' and 'as_of'"),
    ],
)
def test_a_fact_has_one_time(tmp_path: Path, date: str, as_of: str, told: str) -> None:
    assert said(lay(tmp_path, facts_of(PAGE, FIRST, fact(date=date, as_of=as_of)))) == [
        f"data/facts/{PAGE}.yml:{told} in '{PAGE}-f02'; keep 'date' for what happens, 'as_of' for what holds (one-time)"
        for _ in [told]
        if told
    ]


def test_a_fact_is_told_by_the_source_whose_name_it_bears_though_others_tell_it_too(tmp_path: Path) -> None:
    other = cited("a dog that is known all over the port", 2)
    files = facts_of(
        PAGE,
        FIRST,
        fact(date="2031-05-05", evidence=f"[{other}, {{source: {PAGE}}}]"),
        fact(date="2031-05-05", evidence=f"[{other}]"),
        fact(evidence="[]"),
    )

    assert said(lay(tmp_path, files)) == [
        f"data/facts/{PAGE}.yml:16:23: a fact of {PAGE!r} without evidence from it; "
        "cite it, or file the fact elsewhere (fact-has-evidence)",
        f"data/facts/{PAGE}.yml:21:13: no evidence; name the source, the paragraph and the words (fact-has-evidence)",
    ]


@pytest.mark.parametrize(
    ("figure", "quotes", "told"),
    [
        ("value: 12", ["The League has 12 member towns"], ""),
        ("value: 12", ["SALTMERE, 5 May 2031. Prime Minister", "The League has 12 member towns"], ""),
        ("value: 2", ["The League has 12 member towns"], "42: 2 is not in the quoted words"),
        ("value: 12.5", ["The League has 12 member towns"], "42: 12.5 is not in the quoted words"),
        ("value: 12", [], ""),  # a page may say so
        ("words: many", [], ""),
        ("words: two more towns", ["SALTMERE, 5 May 2031. Prime Minister", "two more towns will join the League"], ""),
        ("words: two towns", ["two more towns will join the League"], "42: 'two towns' is not in the quoted words"),
    ],
)
def test_a_figure_is_printed_in_the_words_that_are_quoted(
    tmp_path: Path, figure: str, quotes: list[str], told: str
) -> None:
    evidence = ", ".join([f"{{source: {PAGE}}}", *(cited(one, 1 if "May" in one else 3) for one in quotes)])
    fig = f"{{measure: member-towns, {figure}}}"
    files = facts_of(PAGE, FIRST, fact(date="2031-05-05", evidence=f"[{evidence}]", figure=fig))

    assert said(lay(tmp_path, files)) == [
        f"data/facts/{PAGE}.yml:12:{told}; quote the words that print it (figure-in-evidence)" for _ in [told] if told
    ]


def cited(words: str, paragraph: int, source: str = ARTICLE, **more: str) -> str:
    """Return evidence from *source* that quotes *words*, on one line."""
    quote = ", ".join(f'{key}: "{value}"' for key, value in {"exact": words, **more}.items())
    return f"{{source: {source}, paragraph: {paragraph}, quote: {{{quote}}}}}"


POST = "island-post-2031-05-06"


def with_post(root: Path, text: str, *facts: str, **source: str) -> Path:
    """Return *root*, the base with one more article, of this *text*, which lies in its seeds/, and *facts* of it."""
    keys = {
        "name": "Island Post, May 2031",
        "type": "article",
        "publisher": "Island Post",
        "published": "2031-05-06",
        "url": "https://islands.example/post",
        "language": "en",
        "confirmed": "[publisher, published, url]",
        "unknown": "{author: x, headline: x, origin: x, derived_from: x}",
        "set_aside": "[]",
        **source,
    }
    lay(
        root,
        {
            f"data/sources/{POST}.yml": "".join(f"{key}: {value}\n" for key, value in keys.items()),
            **facts_of(POST, *facts),
            "seeds/post.txt": text,
        },
    )
    for _ in range(2):
        made = fingerprint.article("post.txt", text.encode(), POST, load.load_readable(root)[0])
        (root / "seeds" / f"{POST}.json").write_text(fingerprint.as_json(made), encoding="utf-8")
    return root


def told_of_post(root: Path, *rules: str, texts: bool = False) -> list[str]:
    """Return what the *rules* find in the base in *root*, without the ends that name the rule."""
    results = check(load.load(root, [root / "seeds"] if texts else []))
    return [str(one).rpartition(" (")[0] for one in results_of(results, *rules)]


def results_of(results: tuple[Result, ...], *rules: str) -> list[Problem]:
    return sorted(problem for one in results if one.rule.id in rules for problem in one.problems)


def post_fact(evidence: str, **keys: str) -> str:
    return fact(**{"date": "2031-05-06", "text": "Boats sail.", "evidence": evidence, **keys})


WORDS = " ".join(f"word{number}" for number in range(1, 101))


def words_to(last: int, first: int = 1) -> str:
    return " ".join(f"word{number}" for number in range(first, last + 1))


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ({"words": words_to(5)}, ""),
        ({"words": words_to(40)}, ""),
        ({"words": words_to(41)}, "a quotation of 41 words; at most 40, make it several facts"),
        ({"words": words_to(39, 3), "prefix": "word1 word2", "suffix": "word40"}, ""),
        (
            {"words": words_to(39, 3), "prefix": "word1 word2", "suffix": "word40 word41"},
            "a quotation of 41 words; at most 40, make it several facts",
        ),
        (
            {"words": words_to(4)},
            f"a quotation of 4 words, '{words_to(4)}'; "
            "at least 5 can be proven, quote more or add 'prefix' or 'suffix'",
        ),
        ({"words": words_to(4), "suffix": "word5"}, ""),
        ({"words": words_to(5, 2), "prefix": "word1"}, ""),
        ({"words": "word1 word2 word3 word4 … word6 word7 word8 word9"}, ""),
        (
            {"words": "word1 word2 word3 … word6 word7 word8 word9"},
            "3 words beside an ellipsis, 'word1 word2 word3 … word6 word7 word8 word9'; at least 4",
        ),
        (
            {"words": "word1 word2 word3 word4 … word6 word7 word8"},
            "3 words beside an ellipsis, 'word1 word2 word3 word4 … word6 word7 word8'; at least 4",
        ),
        (
            {"words": "word1 word2 word3 … word6 word7 word8", "prefix": None, "suffix": "word9"},
            "3 words beside an ellipsis, 'word1 word2 word3 … word6 word7 word8'; at least 4",
        ),
        ({"words": "word2 word3 word4 … word6 word7 word8", "prefix": "word1", "suffix": "word9"}, ""),
    ],
)
def test_a_quotation_has_five_to_forty_words_and_four_beside_an_ellipsis(
    tmp_path: Path, quote: dict[str, str], told: str
) -> None:
    more = {key: value for key, value in quote.items() if key != "words" and value}
    root = with_post(tmp_path, WORDS, post_fact(f"[{cited(quote['words'], 1, POST, **more)}]"))

    for texts in (True, False):
        assert told_of_post(root, "quotation-length", "quotation-found", texts=texts) == [
            f"data/facts/{POST}.yml:5:76: {one}" for one in [told] if one
        ]


@pytest.mark.parametrize(("number", "good"), [(60, True), (61, False)])
def test_six_words_in_ten_of_an_article_may_be_quoted(tmp_path: Path, number: int, good: bool) -> None:
    evidence = [cited(words_to(40), 1, POST), cited(words_to(number, 31), 1, POST)]
    root = with_post(tmp_path, WORDS, *(post_fact(f"[{one}]") for one in evidence))

    assert told_of_post(root, "quoted-in-part", "quotation-length", "quotation-found") == [
        f"data/sources/{POST}.yml:1:1: 61 of 100 words of {POST!r} are quoted; at most 60%, shorten quotations"
        for _ in [number]
        if not good
    ]


FOUR = f"""\
{words_to(10)} one two three four five

{words_to(20, 11)} six seven eight nine ten, six seven eight nine ten

{words_to(30, 21)}

one two three four five, and {words_to(40, 31)}
"""


@pytest.mark.parametrize(
    ("quote", "paragraph", "texts", "told"),
    [
        ("one two three four five", 1, True, ""),
        ("one two three four five", 4, True, ""),
        (
            "one two three four five",
            3,
            True,
            f"76: not in paragraph 3 of '{POST}', 'one two three four five'; it stands in paragraph 1, 4",
        ),
        ("one two three four five", 5, True, f"58: no paragraph 5 in '{POST}'; it has 4"),
        (
            "one two three four six",
            1,
            True,
            f"76: not in paragraph 1 of '{POST}', 'one two three four six'; quote the words as printed",
        ),
        (
            "one two three four six",
            1,
            False,
            f"76: not in paragraph 1 of '{POST}', 'one two three four six'; "
            "quote the words as printed, and run 'summit-record fingerprint' where the text is",
        ),
        (
            "six seven eight nine ten",
            2,
            True,
            "76: more than once in paragraph 2, 'six seven eight nine ten'; add 'prefix' or 'suffix'",
        ),
        (
            "six seven eight nine ten",
            2,
            False,
            "76: more than once in paragraph 2, 'six seven eight nine ten'; add 'prefix' or 'suffix'",
        ),
    ],
)
def test_where_a_quotation_does_not_stand_it_is_said_where_it_does(
    tmp_path: Path, quote: str, paragraph: int, texts: bool, told: str
) -> None:
    root = with_post(tmp_path, FOUR, post_fact(f"[{cited(quote, paragraph, POST)}]"))

    assert told_of_post(root, "quotation-found", texts=texts) == [
        f"data/facts/{POST}.yml:5:{told}" for _ in [told] if told
    ]


def test_a_quotation_of_another_paragraph_is_found_there_without_the_text(tmp_path: Path) -> None:
    right, wrong = (post_fact(f"[{cited('one two three four five', number, POST)}]") for number in (1, 3))

    assert told_of_post(with_post(tmp_path, FOUR, right, wrong), "quotation-found") == [
        f"data/facts/{POST}.yml:10:76: not in paragraph 3 of '{POST}', 'one two three four five'; "
        "it stands in paragraph 1"
    ]


GUARDED = f"""\
{words_to(4)} if {words_to(8, 5)} unless {words_to(12, 9)} not {words_to(16, 13)}

a {words_to(4)} not b {words_to(8, 5)}
"""


@pytest.mark.parametrize(
    ("quote", "paragraph", "more", "good"),
    [
        (f"{words_to(4)} if {words_to(8, 5)}", 1, {}, True),
        (f"{words_to(4)} … {words_to(8, 5)}", 1, {}, False),
        (f"{words_to(4)} if word5 … word7 word8 unless word9", 1, {}, True),
        (f"{words_to(8, 5)} … {words_to(12, 9)}", 1, {}, False),
        (f"unless {words_to(11, 9)} … {words_to(16, 13)}", 1, {}, False),
        (f"unless {words_to(12, 9)} … {words_to(16, 13)}", 1, {}, False),
        (f"{words_to(4)} … {words_to(16, 13)}", 1, {}, False),
        (f"{words_to(4)} … {words_to(16, 13)}", 1, {"omits": "The sense stays."}, True),
        (f"{words_to(4)} … {words_to(8, 5)}", 2, {}, False),
        (f"{words_to(4)} not … {words_to(8, 5)}", 2, {}, True),
        (f"{words_to(4)} … b {words_to(8, 5)}", 2, {}, False),
    ],
)
def test_an_ellipsis_hides_no_word_that_turns_the_sense_around(
    tmp_path: Path, quote: str, paragraph: int, more: dict[str, str], good: bool
) -> None:
    root = with_post(tmp_path, GUARDED, post_fact(f"[{cited(quote, paragraph, POST, **more)}]"))

    for texts in (True, False):
        assert told_of_post(root, "nothing-hidden", "quotation-found", texts=texts) == [
            f"data/facts/{POST}.yml:5:76: the … leaves out a word such as 'not' or 'if', {quote!r}; "
            "quote it too, or say under 'omits' why the sense stays"
            for _ in [quote]
            if not good
        ]


SPOKEN = f"""\
Then “{words_to(10)}” said she, “{words_to(20, 11)}” and went, {words_to(30, 21)}.

“{words_to(6)}”
"""


@pytest.mark.parametrize(
    ("quote", "paragraph", "good"),
    [
        (words_to(10), 1, True),
        (words_to(20, 11), 1, True),
        (words_to(30, 21), 1, False),
        (f"{words_to(5)} … {words_to(10, 7)}", 1, True),
        (f"{words_to(10, 7)} … {words_to(15, 11)}", 1, True),
        (f"{words_to(10, 7)} … {words_to(25, 21)}", 1, False),
        (f"said she, “{words_to(15, 11)}", 1, False),
        (words_to(6), 2, True),
        (f"{words_to(6)}”", 2, False),
        (f"“{words_to(6)}", 2, False),
    ],
)
def test_what_a_speaker_said_stands_in_quotation_marks(tmp_path: Path, quote: str, paragraph: int, good: bool) -> None:
    evidence = cited(quote, paragraph, POST)[:-1] + ", speaker: ada-brook}"
    root = with_post(tmp_path, SPOKEN, post_fact(f"[{evidence}]", by="[ada-brook]"))

    for texts in (True, False):
        assert told_of_post(root, "speaker-speaks", "quotation-found", texts=texts) == [
            f"data/facts/{POST}.yml:5:76: not inside quotation marks in the article, {quote!r}; "
            "take 'speaker' away, or quote only what was spoken"
            for _ in [quote]
            if not good
        ]


def test_only_a_fact_has_a_speaker_who_is_among_those_it_is_by(tmp_path: Path) -> None:
    name = "data/meetings/2031-05-05-lighthouse.yml"
    meeting, words = (BASE / name).read_text(), 'quote: {exact: "Ada Brook met Otto Lind"}\n'

    told = [
        str(one) for one in found(lay(tmp_path, {name: meeting.replace(words, f"{words}      speaker: ada-brook\n")}))
    ]

    assert told == [
        f"{name}:25:22: not inside quotation marks in the article, 'Ada Brook met Otto Lind'; "
        "take 'speaker' away, or quote only what was spoken (speaker-speaks)",
        f"{name}:26:16: the speaker 'ada-brook' is not in 'by'; name who said it in both (speaker-speaks)",
    ]


def test_a_page_that_is_only_cited_has_no_paragraph_words_or_speaker(tmp_path: Path) -> None:
    evidence = f"[{{source: {PAGE}, paragraph: 1, quote: {{exact: the sea was very calm}}, speaker: ada-brook}}]"

    told = said(lay(tmp_path, facts_of(PAGE, FIRST, fact(by="[ada-brook]", evidence=evidence))))

    assert told == [
        f"data/facts/{PAGE}.yml:11:{column}: {key!r} of {PAGE!r}, a page whose text is not at hand; "
        "take it away (evidence-is-exact)"
        for column, key in ((57, "paragraph"), (67, "quote"), (108, "speaker"))
    ]


def test_what_an_article_says_of_itself_needs_no_words_of_it(tmp_path: Path) -> None:
    name = f"data/sources/{ARTICLE}.yml"
    source = (BASE / name).read_text().replace(
        "url, origin]", "url]"
    ) + f"evidence: {{origin: [{{source: {ARTICLE}}}]}}\n"

    assert found(lay(tmp_path, {name: source})) == []


def test_every_paragraph_from_the_first_to_the_last_counts(tmp_path: Path) -> None:
    facts = [post_fact(f"[{cited(words_to(5), number, POST)}]") for number in (2, 3)]
    root = with_post(tmp_path, f"{WORDS}\n" * 5, *facts, set_aside="[{paragraphs: [3, 4], reason: x}]")

    assert told_of_post(root, "every-paragraph-counts") == [
        f"data/sources/{POST}.yml:9:12: paragraph 1 carries no fact; distil it, or set it aside with a reason",
        f"data/sources/{POST}.yml:9:12: paragraph 5 carries no fact; distil it, or set it aside with a reason",
        f"data/sources/{POST}.yml:9:13: paragraph 3 is set aside and yet evidence for a fact; keep one",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"She said {words_to(7)} and no more.", ""),
        (f"She said {words_to(8)} and no more.", words_to(8)),
        (f"She said {words_to(12)} and no more.", words_to(12)),
    ],
)
def test_eight_words_in_a_row_as_in_an_article_are_a_copy(tmp_path: Path, text: str, told: str) -> None:
    words = words_to(100, 96)
    evidence = f"[{{source: {PAGE}}}, {cited(words, 2, POST)}]"  # a page, of which no text is known, before the article
    root = with_post(tmp_path, f"Fog.\n{WORDS}", post_fact(evidence, text=text))

    assert told_of_post(root, "own-words", texts=True) == [
        f"data/facts/{POST}.yml:4:9: {len(told.split())} words in a row as in paragraph 2 of {POST!r}, {told!r}; "
        "say it in other words"
        for _ in [told]
        if told
    ]


def test_a_sentence_that_was_not_compared_with_each_of_its_articles_is_told(tmp_path: Path) -> None:
    both = f"[{cited('a dog that is known all over the port', 2)}, {cited(words_to(5), 1, POST)}]"
    root = with_post(tmp_path, WORDS, post_fact(both))
    facts = root / "data" / "facts" / f"{POST}.yml"
    assert told_of_post(root, "own-words") == []

    facts.write_text(facts.read_text().replace("Boats sail.", "Ships sail."))

    assert told_of_post(root, "own-words") == [
        f"data/facts/{POST}.yml:4:9: not compared with {source!r}, whose text is not here; "
        "run 'summit-record fingerprint' where it is"
        for source in (ARTICLE, POST)
    ]


@pytest.mark.parametrize(
    ("text", "keys", "good"),
    [
        ("The 7 boats.", {}, False),
        ("The 2031 boats.", {}, True),  # the year of its date
        ("The 14 boats.", {}, True),  # the day
        ("The 15 boats.", {"at": "2031-saltmere"}, True),  # the last day of the summit
        ("The 15 boats.", {}, False),
        ("The 15 boats.", {"about": "[2031-saltmere]"}, True),
        ("The 77 boats.", {"about": "[pier]"}, True),  # its name
        ("The 78 boats.", {"by": "[pier]"}, True),  # another name of it
        ("The 79 boats.", {"about": "[pier]"}, False),
        ("The 12 boats.", {"words": "The League has 12 member towns"}, True),
        ("The 1,200 boats.", {"words": "The League has 12 member towns"}, False),
        ("The 1 boat.", {"words": "The League has 12 member towns"}, False),
        ("The 12 boats.", {"words": "has 12 member towns today", "prefix": "The League"}, True),
        ("The 12 boats.", {"words": "member towns today. Lind", "prefix": "The League has 12"}, True),
        ("The 12 boats.", {"words": "The League has", "suffix": "12 member towns"}, True),
        ("The B52 boats of 12th rank, 3x.", {}, True),  # no numbers
        ("The 2.5 boats.", {}, False),
    ],
)
def test_a_number_is_printed_in_the_words_the_dates_or_the_names(
    tmp_path: Path, text: str, keys: dict[str, str], good: bool
) -> None:
    words, more = keys.get("words", "said that two more towns will join the League"), {}
    more = {key: keys[key] for key in ("prefix", "suffix") if key in keys}
    rest = {key: value for key, value in keys.items() if key in ("at", "about", "by")}
    whole = (BASE / "data" / "facts" / f"{ARTICLE}.yml").read_text()
    one = fact(
        date="2031-06-14",
        kind="plan",
        status="planned",
        unknown="{outcome: x}",
        text=text,
        evidence=f"[{cited(words, 3, **more)}]",
        **rest,
    )
    files = {
        f"data/facts/{ARTICLE}.yml": f"{whole}\n- id: {ARTICLE}-f07\n{one}",
        "data/organisations.yml": (BASE / "data" / "organisations.yml").read_text()
        + "- {id: pier, name: Pier 77, aliases: [{name: Old pier 78}]}\n",
    }

    number = text.split()[1]
    assert [str(problem) for problem in found(lay(tmp_path, files))] == [
        f"data/facts/{ARTICLE}.yml:82:9: the number {number} is in no quoted word, date or name; "
        "quote the words that print it (number-in-evidence)"
        for _ in [text]
        if not good
    ]


@pytest.mark.parametrize("key", ["highlights", "open"])
def test_a_summit_names_three_facts_at_most_each_once(tmp_path: Path, key: str) -> None:
    name = "data/summits/2031-saltmere.yml"
    lines = "".join(f"  - {ARTICLE}-f0{number}\n" for number in (1, 2, 3, 2, 4))
    other = "open" if key == "highlights" else "highlights"
    summit = (BASE / name).read_text() + f"{key}:\n{lines}{other}:\n  - {PAGE}-f01\n  - nobody-f01\n"

    told = said(lay(tmp_path, {name: summit}))

    assert told == [
        f"{name}:24:5: more than 3 facts in {key!r}; keep those that matter most (highlights-belong)",
        f"{name}:25:5: more than 3 facts in {key!r}; keep those that matter most (highlights-belong)",
        f"{name}:28:5: unknown id 'nobody-f01'; the id of a fact (known-ids)",
    ]


@pytest.mark.parametrize(
    ("highlights", "open", "told"),
    [
        (["f01", "f02"], ["f03"], ""),
        (["f01", "f01"], [], "22:5"),
        (["f01"], ["f02", "f02"], "24:5"),
        (["f01"], ["f01"], "23:5"),
    ],
)
def test_a_summit_names_a_fact_once(tmp_path: Path, highlights: list[str], open: list[str], told: str) -> None:
    name = "data/summits/2031-saltmere.yml"
    lists = {"highlights": highlights, "open": open}
    summit = (BASE / name).read_text() + "".join(
        f"{key}:\n" + "".join(f"  - {ARTICLE}-{one}\n" for one in facts) for key, facts in lists.items() if facts
    )
    twice = (open or highlights)[-1]

    assert said(lay(tmp_path, {name: summit})) == [
        f"{name}:{told}: a fact that is named before, '{ARTICLE}-{twice}'; name it once (highlights-belong)"
        for _ in [told]
        if told
    ]


def test_facts_of_a_part_of_a_visit_on_the_road_belong_to_the_summit(tmp_path: Path) -> None:
    name, facts = "data/summits/2031-saltmere.yml", f"data/facts/{ARTICLE}.yml"
    summit = (BASE / name).read_text() + f"highlights: [{ARTICLE}-f06]\n"
    part = (
        f"name: Pier\nstatus: planned\ndate: 2031-05-05\n{{}}unknown: {{{{place: x, venue: x, prepares: x}}}}\n"
        f"evidence: {{{{status: [{{{{source: {PAGE}}}}}], date: [{{{{source: {PAGE}}}}}]}}}}\n"
    )
    about = (
        (BASE / facts)
        .read_text()
        .replace(
            "  about: [ferries]\n  evidence:\n    - source: harbour-gazette-2031-05-05\n      paragraph: 4",
            "  about: [pier]\n  evidence:\n    - source: harbour-gazette-2031-05-05\n      paragraph: 4",
        )
    )

    files = {name: summit, facts: about, "data/meetings/pier.yml": part.format("part_of: 2031-05-05-lighthouse\n")}
    assert found(lay(tmp_path / "part", dict(files))) == []
    files["data/meetings/pier.yml"] = part.format("")
    assert said(lay(tmp_path / "none", files)) == [
        f"{name}:20:14: a fact of something else, '{ARTICLE}-f06'; "
        "name one of '2031-saltmere' or of the road to it (highlights-belong)"
    ]


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("related: [brookland]", "3:11: the id of a country, 'brookland'; here stands the id of a topic"),
        ("related: [ferries, ferrys]", "3:20: unknown id 'ferrys'; did you mean 'ferries'?"),
        ("related: [weather-at-sea]", "3:11: unknown id 'weather-at-sea'; the id of a topic"),
        (
            "related: [harbour-due]",
            "3:11: unknown id 'harbour-due'; did you mean 'harbour-dues'? nothing else names it, "
            "conflicts with data/topics/harbour-dues.yml:1:1",
        ),
        (
            "related: [harbour-duex]",  # published, as a page
            "3:11: unknown id 'harbour-duex'; it was published, conflicts with data/topics/harbour-dues.yml:1:1, "
            "'harbour-dues'; did you mean 'harbour-duex'?",
        ),
    ],
)
def test_of_an_id_that_nothing_has_it_is_said_what_may_be_meant(tmp_path: Path, topic: str, told: str) -> None:
    facts = f"data/facts/{ARTICLE}.yml"
    files = {
        "data/topics/fog.yml": f"name: Fog\nscope: x\n{topic}\n",
        "data/published.txt": "page topics/harbour-duex/\npage leaders/ferrys/\nfact harbour-due\n",
        facts: (BASE / facts).read_text().replace("[harbour-dues, 2031-saltmere]", "[2031-saltmere]"),
    }
    if topic == "related: [harbour-due]":
        del files["data/published.txt"]

    assert [str(one) for one in found(lay(tmp_path, files)) if one.rule == "known-ids"] == [
        f"data/topics/fog.yml:{told} (known-ids)"
    ]


def test_a_fact_that_was_published_and_is_called_otherwise_now_is_told(tmp_path: Path) -> None:
    name = "data/summits/2031-saltmere.yml"
    summit = (BASE / name).read_text() + f"highlights: [{ARTICLE}-f66]\n"

    told = said(lay(tmp_path, {name: summit, "data/published.txt": f"fact {ARTICLE}-f66\n"}))

    assert told[1:] == [
        f"{name}:20:14: unknown id '{ARTICLE}-f66'; it was published, conflicts with data/facts/{ARTICLE}.yml:68:7, "
        f"'{ARTICLE}-f06'; did you mean '{ARTICLE}-f66'? (known-ids)"
    ]


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("at", "meeting or summit"),
        ("about", "summit, meeting, leader, topic, organisation, country, place or post"),
    ],
)
def test_the_kinds_of_record_that_fit_are_named(tmp_path: Path, key: str, kinds: str) -> None:
    value = "[zzz]" if key == "about" else "zzz"

    (told,) = found(lay(tmp_path, facts_of(PAGE, FIRST, fact(**{key: value}))))

    assert told.message == f"unknown id 'zzz'; the id of a {' or '.join(kinds.rsplit(' or ', 1))}"


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [
        ("[publisher, published, url]", []),
        ("[published, url]", ["3:12: no evidence for 'publisher'"]),
        ("[publisher, url]", ["4:12: no evidence for 'published'"]),
        ("[publisher, published]", ["5:6: no evidence for 'url'"]),
    ],
)
def test_a_page_accounts_for_its_publisher_its_day_and_its_address(
    tmp_path: Path, confirmed: str, told: list[str]
) -> None:
    name = f"data/sources/{PAGE}.yml"
    source = (BASE / name).read_text().replace("[publisher, published, url]", confirmed)

    assert said(lay(tmp_path, {name: source})) == [
        f"{name}:{one}; say under 'evidence' where the value comes from (every-value-evidenced)" for one in told
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  venue: Neither", "  vneue: Neither", "18:3: no field of a summit, 'vneue'; did you mean 'venue'?"),
        ("  venue: N", "  name: x\n  venue: N", "18:9: 'name' has a value and is called unknown; keep one of them"),
        ("  place:\n", "  plcae:\n", "13:3: no field of a summit, 'plcae'; did you mean 'place'?"),
        *(
            (
                "  place:\n",
                f"  {key}: [{{source: {PAGE}}}]\n  place:\n",
                f"13:3: no field of a summit, {key!r}; "
                "one of id, name, aliases, alternatives, status, date, place, venue, series, chair, highlights, open",
            )
            for key in ("zzz", "confirmed", "unknown")
        ),
        (
            "  place:\n",
            f"  evidence: [{{source: {PAGE}}}]\n  place:\n",
            "13:3: no field of a summit, 'evidence'; did you mean 'venue'?",
        ),
        (
            "  place:\n",
            f"  highlights: [{{source: {PAGE}}}]\n  place:\n",
            "13:15: evidence for 'highlights', which has no value; write the value, or take the evidence away",
        ),
        (
            "  place:\n",
            f"  chair: [{{source: {PAGE}}}]\n  place:\n",
            "13:10: evidence for 'chair', which has no value; write the value, or take the evidence away",
        ),
    ],
)  # fmt: skip
def test_evidence_and_reasons_stand_under_the_names_of_fields(tmp_path: Path, old: str, new: str, told: str) -> None:
    name = "data/summits/2031-saltmere.yml"

    assert said(lay(tmp_path, {name: (BASE / name).read_text().replace(old, new)})) == [
        f"{name}:{told} (evidence-of-a-value)"
    ]


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [
        ("[publisher, publishd, url]", ["7:24: no field of a source, 'publishd'; did you mean 'published'?"]),
        (
            "[publisher, published, url, zzz]",
            [
                "7:40: no field of a source, 'zzz'; one of id, name, aliases, alternatives, type, publisher, author, "
                "headline, published, url, archive_url, language, origin, derived_from, wording, note, dates, set_aside"
            ],
        ),
        (
            "[publisher, published, url, author]",
            ["7:40: evidence for 'author', which has no value; write the value, or take the evidence away"],
        ),
    ],
)
def test_what_is_confirmed_on_a_page_is_a_field_with_a_value(tmp_path: Path, confirmed: str, told: list[str]) -> None:
    name = f"data/sources/{PAGE}.yml"
    source = (BASE / name).read_text().replace("[publisher, published, url]", confirmed)

    assert said(lay(tmp_path, {name: source})) == [f"{name}:{one} (evidence-of-a-value)" for one in told]


def test_of_records_with_one_wikidata_id_the_second_is_told(tmp_path: Path) -> None:
    files = {
        "data/countries.yml": "- {id: brookland, name: Brookland, wikidata: Q42}\n- {id: fogland, name: Fogland}\n",
        "data/places.yml": "- {id: saltmere, name: Saltmere, wikidata: Q42}\n- {id: pier, name: Pier, wikidata: Q43}\n",
    }

    assert said(lay(tmp_path, files)) == [
        "data/places.yml:1:44: 'Q42' is 'brookland' already; "
        "conflicts with data/countries.yml:1:46 (one-wikidata-id-each)"
    ]


@pytest.mark.parametrize(
    ("published", "withdrawn", "told"),
    [
        (f"fact {PAGE}-f01\npage topics/ferries/\ncount facts 7\n", "", []),
        ("count facts 8\n", "- {what: facts, because: x, date: 2031-07-01}\n", []),
        (
            "count bridges 1\n",
            "",
            [
                "data/published.txt:1:1: 0 bridges where there were 1; bring them back, "
                "or say in data/withdrawn.yml why (nothing-dwindles)"
            ],
        ),
        (
            "fact zzz-f01\npage zzz/\n",
            "",
            [
                "data/published.txt:1:1: the fact 'zzz-f01' was published and is gone; bring it back, "
                "or say in data/withdrawn.yml why (published-stays)",
                "data/published.txt:2:1: the page 'zzz/' was published and is gone; bring it back, "
                "or say in data/withdrawn.yml why (published-stays)",
            ],
        ),
        (
            "page zzz/\n",
            "- {what: zzzz/, to: yyyyyy/, because: x, date: 2031-07-01}\n",
            [
                "data/published.txt:1:1: the page 'zzz/' was published and is gone; bring it back, "
                "or say in data/withdrawn.yml why (published-stays)",
                "data/withdrawn.yml:1:10: 'zzzz/' was never published; did you mean 'zzz/'? (withdrawal-leads-on)",
                "data/withdrawn.yml:1:21: 'yyyyyy/' leads nowhere; a fact or a page (withdrawal-leads-on)",
            ],
        ),
        (
            "page topics/fog/\nfact zzz-f01\n",
            f"- {{what: topics/fog/, to: {PAGE}-f01, because: x, date: 2031-07-01}}\n"
            "- {what: zzz-f01, to: topics/ferries/, because: x, date: 2031-07-01}\n",
            [],
        ),
        (
            "",
            f"- {{what: {PAGE}-f01, because: x, date: 2031-07-01}}\n",
            [
                f"data/withdrawn.yml:1:10: '{PAGE}-f01' is still there; take it out of data/, or out of here "
                "(withdrawal-leads-on)"
            ],
        ),
    ],
)
def test_what_was_published_stays_or_leads_on(tmp_path: Path, published: str, withdrawn: str, told: list[str]) -> None:
    files = {"data/published.txt": published, "data/withdrawn.yml": withdrawn or "[]\n"}

    assert [str(one) for one in found(lay(tmp_path, files)) if one.rule != "empty-file"] == told


@pytest.mark.parametrize(
    ("date", "change", "told"),
    [
        ("2031-07-15", "changed", []),
        ("2031-08", "corrected\n    because: It was wrong.", []),
        ("2031-07-14", "changed", ["earlier"]),
        ("2031-07-15", "corrected", ["corrected"]),
        ("2031-07-15", "retracted", ["retracted"]),
    ],
)  # fmt: skip
def test_releases_are_in_order_and_say_why_they_correct(
    tmp_path: Path, date: str, change: str, told: list[str]
) -> None:
    release = (
        f"# 0.3.0\ndate: {date}\nabout: Fog.\ndigest: abc\nchanges:\n  - record: ada-brook\n    kind: leader\n"
        f"    name: Ada Brook\n    change: {change}\n"
    )

    why = "without a reason; add 'because' with a line for readers (correction-says-why)"
    meant = {
        "earlier": "2:7: a day before that of 0.2.0, '2031-07-14'; conflicts with '2031-07-15' (releases-in-order)",
        "corrected": f"6:5: 'ada-brook' was corrected {why}",
        "retracted": f"6:5: 'ada-brook' was retracted {why}",
    }
    assert said(lay(tmp_path, {"data/changes/0.3.0.yml": release})) == [
        f"data/changes/0.3.0.yml:{meant[one]}" for one in told
    ]


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("- {id: term-a, name: Ferries, explanation: x}\n", []),
        ("- {id: term-a, name: boats to the islands, explanation: x}\n", []),
        ("- {id: term-a, name: zzz, aliases: [{name: Secretary}], explanation: x}\n", []),
        (
            "- {id: term-a, name: zzz, aliases: [{name: yyy}], explanation: x}\n",
            ["1:22: nobody says 'zzz' here; take the term away, or add the form in use"],
        ),
        (
            "- {id: term-a, name: boats, aliases: [{name: ships}], explanation: x}\n"
            "- {id: term-b, name: ships, aliases: [{name: yachts}, {name: boats}], explanation: x}\n",
            [
                "2:22: a name of another term too, 'ships'; conflicts with data/terms.yml:1:8",
                "2:62: a name of another term too, 'boats'; conflicts with data/terms.yml:1:8",
            ],
        ),
    ],
)
def test_a_term_is_said_somewhere_and_its_names_are_its_own(tmp_path: Path, terms: str, told: list[str]) -> None:
    assert said(lay(tmp_path, {"data/terms.yml": terms})) == [f"data/terms.yml:{one} (term-in-use)" for one in told]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("date", "2031-06-13", ""),
        ("date", "2031-06-14/2031-06-15", "value"),
        ("venue", "Town hall", "13: 'venue' has no value of its own; the preferred one belongs there"),
        ("plaec", "Town hall", "13: no value of a summit, 'plaec'; did you mean 'place'?"),
        ("series", "Town hall", "13: no value of a summit, 'series'; one of status, date, place, venue, chair"),
    ],
)
def test_another_value_stands_beside_one_and_differs(tmp_path: Path, field: str, value: str, told: str) -> None:
    name = "data/summits/2031-saltmere.yml"
    one = f"{{field: {field}, value: {value}, rank: normal, because: x, evidence: [{{source: {PAGE}}}]}}"
    summit = (BASE / name).read_text() + f"alternatives:\n  - {one}\n"
    same = f"26: the same value as at {name}:5:7, '2031-06-14/2031-06-15'"

    assert [str(problem).replace(f"{name}:21:", "", 1) for problem in found(lay(tmp_path, {name: summit}))] == [
        f"{same if told == 'value' else told} (alternative-beside-a-value)" for _ in [told] if told
    ]
