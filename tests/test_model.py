from __future__ import annotations

from decimal import Decimal

import pytest
from fact_bases import ARTICLE, PAGE
from pydantic import ValidationError

from generator.model import (
    KINDS,
    Alias,
    Entity,
    Evidence,
    Fact,
    FactBase,
    Figure,
    Leader,
    Meeting,
    Quote,
    Reference,
    Source,
    Summit,
    evidence_of,
    field_shapes,
    references,
)

SOURCE = {
    "id": "fog",
    "name": "Fog",
    "type": "page",
    "publisher": "Fog",
    "url": "https://fog.example",
    "language": "en",
}
FACT = {"id": "fog-f01", "kind": "event", "text": "Fog came.", "evidence": [{"source": "fog"}]}


def why(error: pytest.ExceptionInfo[ValidationError]) -> str:
    """Return the message of the only fault."""
    (fault,) = error.value.errors()
    return str(fault["ctx"]["message"])


@pytest.mark.parametrize("id", ["fog", "2031-saltmere", "a", "7", "a" * 80])
def test_an_id_is_lower_case_letters_digits_and_single_hyphens(id: str) -> None:
    assert Source.model_validate({**SOURCE, "id": id}).id == id


@pytest.mark.parametrize(
    "id", ["Fog", "fog ", "../fog", "/fog", "fog.yml", "-fog", "fog-", "a--b", "", "føg", "a" * 81]
)
def test_what_is_no_id_is_refused(id: str) -> None:
    with pytest.raises(ValidationError) as error:
        Source.model_validate({**SOURCE, "id": id})

    assert why(error).startswith(f"not an id, {id!r}; ")


@pytest.mark.parametrize(
    "url",
    [
        "https://fog.example",
        "http://fog.example:8080/a/b_c-d.html?q=1&r=%20#x",
        "https://fog.example/(a)",
        "https://a.b/é",
    ],
)
def test_a_web_address_is_taken_as_it_is(url: str) -> None:
    assert Source.model_validate({**SOURCE, "url": url}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//fog.example",
        "ftp://fog.example",
        "HTTPS://fog.example",
        "https://",
        "https://user@fog.example",
        "https://fog.example/a b",
        'https://fog.example/"x',
        "https://fog.example/<x>",
        "https://fog.example/`x`",
        "https://fog.example/{x}",
        "https://fog.example\n/x",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError) as error:
        Source.model_validate({**SOURCE, "url": url})

    assert why(error).startswith("not a web address, ")


@pytest.mark.parametrize("language", ["english", "EN", "e", "e1", ""])
def test_what_is_no_language_code_is_refused(language: str) -> None:
    with pytest.raises(ValidationError) as error:
        Source.model_validate({**SOURCE, "language": language})

    assert why(error).startswith(f"not a language code, {language!r}; ")


@pytest.mark.parametrize(("text", "value"), [("12", "12"), ("-0.5", "-0.5"), ("2.50", "2.50"), ("0", "0")])
def test_an_amount_keeps_its_digits(text: str, value: str) -> None:
    figure = Figure.model_validate({"measure": "towns", "value": text})

    assert figure.value == Decimal(value)
    assert str(figure.value) == text


@pytest.mark.parametrize("text", ["1,000", "1_000", "+1", ".5", "5.", "1e3", "0x1", "NaN", "Infinity", "", "12 ", "2%"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        Figure.model_validate({"measure": "towns", "value": text})

    assert why(error).startswith(f"not an amount, {text!r}; ")


@pytest.mark.parametrize("text", ["0", "01", "-1", "1.0", "1_0", "one", "", "9" * 7])
def test_what_is_no_paragraph_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        Evidence.model_validate({"source": "fog", "paragraph": text})

    assert why(error).startswith(f"not a whole number from 1, {text!r}; ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty text; write the value, or take the key away"),
        ("   ", "an empty text; write the value, or take the key away"),
        (" fog", "space at the start or end of the text, ' fog'; take it away"),
        ("fog\n", "space at the start or end of the text, 'fog\\n'; take it away"),
        ("fog\nice", "a line break inside the text; write it on one line, or fold it with '>-'"),
    ],
)
def test_a_text_is_one_line_that_says_something(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        Alias.model_validate({"name": text})

    assert why(error) == message


def test_a_record_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Source.model_validate(SOURCE).name = "Ice"


def test_the_time_of_a_fact_is_its_date_or_else_the_day_of_the_report() -> None:
    assert Fact.model_validate({**FACT, "date": "2031", "as_of": "2032"}).time.text == "2031"
    assert Fact.model_validate({**FACT, "as_of": "2032"}).time.text == "2032"


def test_field_shapes_tell_what_is_sourced_and_which_fields_hold_ids() -> None:
    summit = {field.name: field for field in field_shapes(Summit)}

    assert [name for name, field in summit.items() if field.sourced] == ["status", "date", "place", "venue", "chair"]
    assert {name: field.kinds for name, field in summit.items() if field.kinds} == {
        "place": ("place",),
        "series": ("series",),
        "chair": ("leader",),
        "highlights": ("fact",),
        "open": ("fact",),
    }
    assert summit["evidence"].inside is Evidence
    assert summit["evidence"].nesting == "{["
    assert summit["aliases"].inside is Alias
    assert summit["aliases"].nesting == "["


def test_every_field_that_is_marked_as_a_reference_is_known_as_one() -> None:
    for kind in KINDS:
        marked = {
            name
            for name, info in kind.model_fields.items()
            if "Reference(" in repr(info.annotation) or any(isinstance(one, Reference) for one in info.metadata)
        }
        assert marked == {field.name for field in field_shapes(kind) if field.kinds}


def test_references_lead_to_every_id_with_the_kinds_that_fit(small_base: FactBase) -> None:
    meeting = small_base.records["2031-05-05-lighthouse"]
    assert isinstance(meeting, Meeting)

    found = {steps: (id, kinds) for steps, id, kinds in references(meeting)}

    assert found["place",] == ("saltmere", ("place",))
    assert found["prepares",] == ("2031-saltmere", ("summit",))
    assert found["participants", 1, "person"] == ("otto-lind", ("leader",))
    assert found["participants", 1, "evidence", 0, "source"] == (ARTICLE, ("source",))
    assert found["evidence", "venue", 0, "source"] == (ARTICLE, ("source",))
    assert "part_of" not in {steps[0] for steps in found}


def test_evidence_is_found_wherever_it_stands(small_base: FactBase) -> None:
    leader = small_base.records["ada-brook"]
    assert isinstance(leader, Leader)

    assert [(steps, one.source) for steps, one in evidence_of(leader)] == [
        (("memberships", 0, "evidence", 0), ARTICLE),
        (("memberships", 0, "evidence", 1), PAGE),
    ]
    assert {steps[:2] for steps, _ in evidence_of(small_base.records["2031-saltmere"])} == {
        ("evidence", "status"),
        ("evidence", "date"),
        ("evidence", "place"),
    }


def test_a_fact_base_gives_records_by_kind_and_the_place_of_each_value(small_base: FactBase) -> None:
    assert [one.id for one in small_base.all(Source)] == [ARTICLE, PAGE]
    assert [one.id for one in small_base.all(Fact)] == [*(f"{ARTICLE}-f0{n}" for n in range(1, 7)), f"{PAGE}-f01"]
    assert str(small_base.mark("ada-brook", "memberships", 0, "during")) == "data/leaders/ada-brook.yml:6:13"
    assert str(small_base.mark("ferries")) == "data/topics/ferries.yml:1:1"
    assert str(small_base.mark(f"{PAGE}-f01", "date")) == f"data/facts/{PAGE}.yml:2:9"


def test_a_fact_base_counts_what_of_its_articles_is_used(small_base: FactBase) -> None:
    assert small_base.paragraphs_cited == {ARTICLE: frozenset({1, 2, 3, 4})}
    quoted = small_base.words_quoted[ARTICLE]
    assert {number for number, _ in quoted} == {1, 2, 3, 4}
    assert sorted(at for number, at in quoted if number == 4) == list(range(9))  # the prefix counts


def test_all_entities_can_have_names_and_evidence() -> None:
    assert {kind.kind_name for kind in KINDS if not issubclass(kind, Entity)} == {"fact"}
    assert len({kind.folder for kind in KINDS}) == len(KINDS)


def test_a_quotation_has_words() -> None:
    with pytest.raises(ValidationError):
        Quote.model_validate({"prefix": "fog"})
