"""Ways to slip a falsehood into the fact base, one by one: each is caught by the rule named, or is a stated limit.

Every case changes the real data in memory as somebody with bad intent or a bad day would, and runs every rule over it.
The limits stand on the page Trust, under the heading that no rule can prove them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from generator import quotation
from generator.check import check
from generator.edtf import parse
from generator.links import Links
from generator.load import load
from generator.model import (
    Alternative,
    Evidence,
    Fact,
    FactBase,
    Leader,
    Meeting,
    Quote,
    Record,
    Register,
    Source,
    Summit,
    Withdrawal,
)
from generator.syntax import Node

ROOT = Path(__file__).parents[1]

LIMIT = "a stated limit"


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(ROOT)


def changed(base: FactBase, record: Record, **update: Any) -> FactBase:
    """Return *base* with fields of *record* changed."""
    values = {name: getattr(record, name) for name in type(record).model_fields} | update
    return dataclasses.replace(base, records={**base.records, record.id: type(record).model_validate(values)})


def without(base: FactBase, *ids: str) -> FactBase:
    return dataclasses.replace(base, records={id: one for id, one in base.records.items() if id not in ids})


def quoted(base: FactBase, want: Callable[[Fact, Evidence, Quote], object]) -> tuple[Fact, int]:
    """Return the first fact whose evidence has a quotation from a text at hand that *want* likes, and its index."""
    for fact in base.all(Fact):
        for index, one in enumerate(fact.evidence):
            if one.quote and one.source in base.articles and want(fact, one, one.quote):
                return fact, index
    raise AssertionError("no such fact in the data")


def with_evidence(base: FactBase, fact: Fact, index: int, **update: Any) -> FactBase:
    evidence = list(fact.evidence)
    evidence[index] = evidence[index].model_copy(update=update)
    return changed(base, fact, evidence=tuple(evidence))


def misquoted(
    base: FactBase, want: Callable[[Fact, Evidence, Quote], object], change: Callable[[str], str]
) -> FactBase:
    """Return *base* with the words of a quotation changed."""
    fact, index = quoted(base, want)
    quote = fact.evidence[index].quote
    assert quote
    words = change(quote.exact)
    assert words != quote.exact
    return with_evidence(base, fact, index, quote=quote.model_copy(update={"exact": words}))


def anything(fact: Fact, evidence: Evidence, quote: Quote) -> bool:
    return len(quote.exact.split()) >= 5 and "…" not in quote.exact and '"' not in quote.exact


def spoken(fact: Fact, evidence: Evidence, quote: Quote) -> bool:
    return bool(evidence.speaker) and anything(fact, evidence, quote)


def fact_of(base: FactBase, want: Callable[[Fact], object]) -> Fact:
    return next(fact for fact in base.all(Fact) if want(fact))


def from_article(base: FactBase) -> Callable[[Fact], bool]:
    return lambda fact: fact.evidence[0].source in base.articles


def edit_word(number: int, word: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        words = text.split()
        words[number] = word
        return " ".join(words)

    return change


def swap(text: str) -> str:
    words = text.split()
    words[1], words[2] = words[2], words[1]
    return " ".join(words)


# Words


def invented_quotation(base: FactBase) -> FactBase:
    return misquoted(base, spoken, lambda text: "we will never again ask for your patience")


def another_word_inside(base: FactBase) -> FactBase:
    return misquoted(base, anything, edit_word(2, "reluctantly"))


def another_first_word(base: FactBase) -> FactBase:
    return misquoted(base, anything, edit_word(0, "Reluctantly"))


def another_last_word(base: FactBase) -> FactBase:
    return misquoted(base, anything, edit_word(-1, "reluctantly"))


def two_words_swapped(base: FactBase) -> FactBase:
    return misquoted(base, anything, swap)


def a_word_left_out(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: " ".join(text.split()[:2] + text.split()[3:]) + " and so on")


def a_negation_dropped(base: FactBase) -> FactBase:
    return misquoted(
        base,
        lambda fact, one, quote: re.search(r"\b(no|not|cannot|never)\b", quote.exact),
        lambda text: re.sub(r"\b(no|not|cannot|never) ", "", text),
    )


def a_negation_added(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: text.replace(" ", " not ", 1))


def a_digit_changed(base: FactBase) -> FactBase:
    return misquoted(
        base,
        lambda fact, one, quote: re.search(r"\d", quote.exact),
        lambda text: re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), text, count=1),
    )


def other_case(base: FactBase) -> FactBase:
    return misquoted(base, anything, str.upper)


def other_punctuation(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: text.replace(" ", "; ", 1))


def a_letter_that_only_looks_the_same(base: FactBase) -> FactBase:
    return misquoted(
        base,
        lambda fact, one, quote: "a" in quote.exact and anything(fact, one, quote),
        lambda text: text.replace("a", "\u0430"),
    )


def words_from_another_paragraph(base: FactBase) -> FactBase:
    fact, index = quoted(base, anything)
    return with_evidence(base, fact, index, paragraph=(fact.evidence[index].paragraph or 0) + 1)


def words_from_a_paragraph_that_is_not_there(base: FactBase) -> FactBase:
    fact, index = quoted(base, anything)
    return with_evidence(base, fact, index, paragraph=99)


def an_insertion_of_ours(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: text.replace(" ", " [we think] ", 1))


def parts_in_another_order(base: FactBase) -> FactBase:
    return misquoted(
        base,
        lambda fact, one, quote: len(quote.exact.split()) >= 7 and anything(fact, one, quote),
        lambda text: f"{' '.join(text.split()[4:])} … {' '.join(text.split()[:3])}",
    )


def parts_that_overlap(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: f"{text} … {' '.join(text.split()[-3:])}")


def parts_of_two_paragraphs(base: FactBase) -> FactBase:
    fact, index = quoted(base, anything)
    one = fact.evidence[index]
    other = next(
        citation.evidence
        for citation in base.citations
        if citation.evidence.source == one.source
        and citation.evidence.quote
        and (citation.evidence.paragraph or 0) > (one.paragraph or 0)
        and "…" not in citation.evidence.quote.exact
    )
    assert one.quote
    assert other.quote
    return with_evidence(base, fact, index, quote=Quote(exact=f"{one.quote.exact} … {other.quote.exact}"))


def a_negation_under_the_ellipsis(base: FactBase) -> FactBase:
    """The article says that no ally can face the challenges alone."""
    fact, index = quoted(base, lambda fact, one, quote: one.source == "wion-2021-06-08" and one.paragraph == 9)
    return with_evidence(
        base, fact, index, quote=Quote(exact="We face security challenges … ally can face alone"), speaker=None
    )


def one_word_as_proof(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: text.split()[0])


def a_whole_paragraph_as_quotation(base: FactBase) -> FactBase:
    return misquoted(base, anything, lambda text: " ".join([text] * 12))


def a_copied_sentence_as_our_own(base: FactBase) -> FactBase:
    fact, index = quoted(
        base, lambda fact, one, quote: len(quotation.words(quote.exact)) >= 9 and "…" not in quote.exact
    )
    quote = fact.evidence[index].quote
    assert quote
    return changed(base, fact, text=f"{quote.exact} and more.")


# Speakers


def another_speaker(base: FactBase) -> FactBase:
    fact, index = quoted(base, lambda fact, one, quote: one.speaker == "jens-stoltenberg")
    return with_evidence(base, fact, index, speaker="joe-biden")


def a_speaker_not_in_office(base: FactBase) -> FactBase:
    fact, index = quoted(base, lambda fact, one, quote: one.speaker == "jens-stoltenberg" and fact.time.year == 2021)
    return with_evidence(
        changed(base, fact, by=("mark-rutte",)), changed_fact(fact, "mark-rutte"), index, speaker="mark-rutte"
    )


def changed_fact(fact: Fact, by: str) -> Fact:
    return fact.model_copy(update={"by": (by,)})


def reported_words_as_spoken(base: FactBase) -> FactBase:
    def reported(fact: Fact, one: Evidence, quote: Quote) -> bool:
        article = base.articles[one.source]
        original = base.records[one.source]
        assert isinstance(original, Source)
        silent = one.paragraph is not None and not article.speech[one.paragraph - 1]
        return silent and original.wording == "original" and fact.by == ("joe-biden",)

    fact, index = quoted(base, reported)
    return with_evidence(base, fact, index, speaker="joe-biden")


def a_translation_as_spoken(base: FactBase) -> FactBase:
    fact, index = quoted(base, lambda fact, one, quote: one.source.startswith("quebec") and "jen-psaki" in fact.by)
    return with_evidence(base, fact, index, speaker="jen-psaki")


def another_holder_of_an_office_as_speaker(base: FactBase) -> FactBase:
    fact, index = quoted(base, lambda fact, one, quote: one.speaker == "jens-stoltenberg" and fact.time.year == 2021)
    return with_evidence(base, changed_fact(fact, "joe-biden"), index, speaker="joe-biden")


# Dates


def dated(base: FactBase) -> Fact:
    return fact_of(
        base,
        lambda fact: fact.date and fact.date.text == "2021-06-07" and not fact.outcome and fact.kind == "statement",
    )


def another_year(base: FactBase) -> FactBase:
    return changed(base, dated(base), date=parse("2020-06-07"))


def another_day(base: FactBase) -> FactBase:
    return changed(base, dated(base), date=parse("2021-06-06"))


def a_day_made_of_a_month(base: FactBase) -> FactBase:
    fact = fact_of(
        base, lambda fact: fact.date and re.fullmatch(r"\d{4}-\d\d", fact.date.text) and from_article(base)(fact)
    )
    assert fact.date
    return changed(base, fact, date=parse(f"{fact.date.text}-15"))


def a_fact_at_an_event_of_another_day(base: FactBase) -> FactBase:
    return changed(base, dated(base), at="2019-11-14-white-house")


def told_before_it_happened(base: FactBase) -> FactBase:
    source = base.records["wion-2021-06-08"]
    return changed(base, source, published=parse("2021-06-01"))


def both_times(base: FactBase) -> FactBase:
    return changed(base, dated(base), as_of=parse("2021-06-08"))


def no_time(base: FactBase) -> FactBase:
    return changed(base, dated(base), date=None)


def a_meeting_years_from_its_summit(base: FactBase) -> FactBase:
    meeting = base.records["2021-06-07-white-house"]
    return changed(base, meeting, prepares="2023-vilnius")


# Offices


def an_office_not_held_that_day(base: FactBase) -> FactBase:
    meeting = base.records["2019-11-14-white-house"]
    assert isinstance(meeting, Meeting)
    who = tuple(
        one.model_copy(update={"person": "joe-biden"}) if one.post == "us-president" else one
        for one in meeting.participants
    )
    return changed(base, meeting, participants=who)


def an_office_nobody_was_given(base: FactBase) -> FactBase:
    meeting = base.records["2021-06-07-white-house"]
    assert isinstance(meeting, Meeting)
    who = tuple(one.model_copy(update={"post": "french-president"}) for one in meeting.participants)
    return changed(base, meeting, participants=who)


def two_holders_at_once(base: FactBase) -> FactBase:
    biden = base.records["joe-biden"]
    assert isinstance(biden, Leader)
    longer = tuple(
        one.model_copy(update={"during": parse("2019-01-20/2025-01-20")}) if one.post == "us-president" else one
        for one in biden.memberships
    )
    return changed(base, biden, memberships=longer)


def a_gap_between_holders(base: FactBase) -> FactBase:
    biden = base.records["joe-biden"]
    assert isinstance(biden, Leader)
    shorter = tuple(
        one.model_copy(update={"during": parse("2022-01-20/2025-01-20")}) if one.post == "us-president" else one
        for one in biden.memberships
    )
    return changed(base, biden, memberships=shorter)


def a_term_without_evidence(base: FactBase) -> FactBase:
    biden = base.records["joe-biden"]
    assert isinstance(biden, Leader)
    return changed(base, biden, memberships=tuple(one.model_copy(update={"evidence": ()}) for one in biden.memberships))


# Values and sources


def summit(base: FactBase) -> Summit:
    record = base.records["2021-brussels"]
    assert isinstance(record, Summit)
    return record


def a_chair_without_evidence(base: FactBase) -> FactBase:
    evidence = {field: one for field, one in summit(base).evidence.items() if field != "chair"}
    return changed(base, summit(base), chair="joe-biden", evidence=evidence)


def a_value_taken_away_unseen(base: FactBase) -> FactBase:
    evidence = {field: one for field, one in summit(base).evidence.items() if field != "chair"}
    return changed(base, summit(base), chair=None, evidence=evidence)


def a_known_value_called_unknown(base: FactBase) -> FactBase:
    return changed(base, summit(base), unknown={"date": "Nobody knows."})


def another_value_that_is_the_same(base: FactBase) -> FactBase:
    same = Alternative(field="date", value=str(summit(base).date), rank="normal", because="It is.", evidence=())
    return changed(base, summit(base), alternatives=(same,))


def a_source_that_is_not_there(base: FactBase) -> FactBase:
    fact, index = quoted(base, anything)
    return with_evidence(base, fact, index, source="wion-2021-06-09")


def no_evidence(base: FactBase) -> FactBase:
    return changed(base, dated(base), evidence=())


def a_source_without_words(base: FactBase) -> FactBase:
    fact, index = quoted(base, anything)
    return with_evidence(base, fact, index, quote=None)


def a_page_dressed_up_as_proof(base: FactBase) -> FactBase:
    fact = fact_of(base, lambda fact: fact.evidence[0].source == "kremlin-2021-06-16")
    return with_evidence(base, fact, 0, paragraph=1, quote=Quote(exact="words that nobody here can look up"))


def a_fact_filed_under_a_source_that_does_not_tell_it(base: FactBase) -> FactBase:
    fact = fact_of(base, lambda fact: fact.evidence[0].source == "kremlin-2021-06-16")
    return changed(base, fact, evidence=(Evidence(source="tass-2021-09-10"),))


def half_the_article_quoted(base: FactBase) -> FactBase:
    """Quote the first article from end to end in pieces that the fingerprint itself calls right."""
    source = next(iter(base.articles))
    article = base.articles[source]
    everything = {(number, at) for number, one in enumerate(article.fingerprints, 1) for at in range(len(one))}
    crowded = dataclasses.replace(base)
    crowded.__dict__["words_quoted"] = {**base.words_quoted, source: frozenset(everything)}
    return crowded


# Figures and plans


def figure(base: FactBase) -> Fact:
    return fact_of(
        base,
        lambda fact: (
            fact.figure and fact.figure.value is not None and from_article(base)(fact) and fact.evidence[0].quote
        ),
    )


def another_number(base: FactBase) -> FactBase:
    fact = figure(base)
    assert fact.figure
    assert fact.figure.value
    return changed(base, fact, figure=fact.figure.model_copy(update={"value": fact.figure.value * 2}))


def two_figures_made_one(base: FactBase) -> FactBase:
    """3,500 and 7,000 soldiers told as 10,500."""
    fact = fact_of(base, lambda fact: fact.figure and fact.figure.measure == "us-soldiers-afghanistan")
    assert fact.figure
    return changed(base, fact, figure=fact.figure.model_copy(update={"value": 10500}))


def another_number_in_the_sentence(base: FactBase) -> FactBase:
    fact = fact_of(
        base, lambda fact: all(one.source in base.articles for one in fact.evidence) and re.search(r"\b30\b", fact.text)
    )
    return changed(base, fact, text=fact.text.replace("30", "31"))


def plan(base: FactBase) -> Fact:
    return fact_of(
        base,
        lambda fact: fact.kind == "plan" and fact.status == "happened" and fact.date and fact.date.text == "2021-06-14",
    )


def a_plan_told_as_an_event(base: FactBase) -> FactBase:
    return changed(base, plan(base), kind="event", status=None, outcome=())


def a_plan_said_to_have_happened(base: FactBase) -> FactBase:
    return changed(base, plan(base), outcome=())


def a_plan_left_open_without_a_word(base: FactBase) -> FactBase:
    return changed(base, plan(base), status="planned", outcome=())


# What was left out or taken away


def a_paragraph_left_out(base: FactBase) -> FactBase:
    return without(
        base,
        *(
            fact.id
            for fact in base.all(Fact)
            if any(one.source == "wion-2021-06-08" and one.paragraph == 7 for one in fact.evidence)
        ),
    )


def a_paragraph_set_aside_that_has_facts(base: FactBase) -> FactBase:
    source = base.records["wion-2021-06-08"]
    assert isinstance(source, Source)
    aside = tuple(one.model_copy(update={"paragraphs": (*one.paragraphs, 3)}) for one in source.set_aside)
    return changed(base, source, set_aside=aside)


def a_fact_gone_without_a_word(base: FactBase) -> FactBase:
    return without(base, base.all(Fact)[-1].id)


def a_page_gone_without_a_word(base: FactBase) -> FactBase:
    return without(base, "boris-johnson")


def a_withdrawal_that_leads_nowhere(base: FactBase) -> FactBase:
    gone = base.all(Fact)[-1].id
    withdrawal = Withdrawal(what=gone, to="leaders/nobody/", because="It was wrong.", date=parse("2026-11-21"))
    return dataclasses.replace(
        without(base, gone),
        register=dataclasses.replace(base.register, withdrawn=(withdrawal,)),
        nodes={**base.nodes, "withdrawn.yml": (PurePosixPath("data/withdrawn.yml"), Node(1, 1, []))},
    )


def less_of_everything(base: FactBase) -> FactBase:
    register = Register(base.register.facts, base.register.pages, {"quotations": 10_000})
    return dataclasses.replace(base, register=register)


def an_article_without_its_fingerprint(base: FactBase) -> FactBase:
    return dataclasses.replace(base, articles={id: one for id, one in base.articles.items() if id != "wion-2021-06-08"})


# What no rule can see


def a_sentence_that_says_more_than_the_words(base: FactBase) -> FactBase:
    return compared(changed(base, dated(base), text=DELIGHTED), DELIGHTED)


def compared(base: FactBase, text: str) -> FactBase:
    """Return *base* as it is after somebody who has the articles compared *text* with them."""
    articles = {
        id: dataclasses.replace(one, compared=one.compared | {quotation.digest(quotation.words(text), one.checksum)})
        for id, one in base.articles.items()
    }
    return dataclasses.replace(base, articles=articles)


DELIGHTED = "Jens Stoltenberg was delighted with everything."


def a_sentence_changed_by_somebody_who_has_not_the_article(base: FactBase) -> FactBase:
    return changed(base, dated(base), text=DELIGHTED)


def a_topic_that_does_not_fit(base: FactBase) -> FactBase:
    return changed(base, dated(base), about=("awards",))


def a_figure_under_another_measure(base: FactBase) -> FactBase:
    fact = figure(base)
    assert fact.figure
    return changed(base, fact, figure=fact.figure.model_copy(update={"measure": "nato-soldiers-afghanistan"}))


def a_page_cited_for_what_it_does_not_say(base: FactBase) -> FactBase:
    fact = dated(base)
    return changed(base, fact, evidence=(*fact.evidence, Evidence(source="kremlin-2021-06-16")))


CASES: tuple[tuple[Callable[[FactBase], FactBase], str], ...] = (
    (invented_quotation, "quotation-found"),
    (another_word_inside, "quotation-found"),
    (another_first_word, "quotation-found"),
    (another_last_word, "quotation-found"),
    (two_words_swapped, "quotation-found"),
    (a_word_left_out, "quotation-found"),
    (a_negation_dropped, "quotation-found"),
    (a_negation_added, "quotation-found"),
    (a_digit_changed, "quotation-found"),
    (other_case, "quotation-found"),
    (other_punctuation, "quotation-found"),
    (a_letter_that_only_looks_the_same, "quotation-found"),
    (words_from_another_paragraph, "quotation-found"),
    (words_from_a_paragraph_that_is_not_there, "quotation-found"),
    (an_insertion_of_ours, "quotation-found"),
    (parts_in_another_order, "quotation-found"),
    (parts_that_overlap, "quotation-found"),
    (parts_of_two_paragraphs, "quotation-found"),
    (a_negation_under_the_ellipsis, "quotation-found"),
    (one_word_as_proof, "quotation-length"),
    (a_whole_paragraph_as_quotation, "quotation-length"),
    (half_the_article_quoted, "quoted-in-part"),
    (a_copied_sentence_as_our_own, "own-words"),
    (a_sentence_changed_by_somebody_who_has_not_the_article, "own-words"),
    (another_speaker, "speaker-speaks"),
    (a_speaker_not_in_office, "speaker-in-office"),
    (reported_words_as_spoken, "speaker-speaks"),
    (a_translation_as_spoken, "speaker-speaks"),
    (another_year, "date-was-read"),
    (another_day, "date-was-read"),
    (a_day_made_of_a_month, "date-was-read"),
    (a_fact_at_an_event_of_another_day, "fact-on-its-day"),
    (told_before_it_happened, "told-after-it-happened"),
    (both_times, "one-time"),
    (no_time, "one-time"),
    (a_meeting_years_from_its_summit, "meeting-before-its-summit"),
    (an_office_not_held_that_day, "post-held-that-day"),
    (an_office_nobody_was_given, "post-held-that-day"),
    (two_holders_at_once, "one-holder-a-post"),
    (a_gap_between_holders, "no-gap-between-holders"),
    (a_term_without_evidence, "every-role-evidenced"),
    (a_chair_without_evidence, "every-value-evidenced"),
    (a_value_taken_away_unseen, "every-value-evidenced"),
    (a_known_value_called_unknown, "evidence-of-a-value"),
    (another_value_that_is_the_same, "alternative-beside-a-value"),
    (a_source_that_is_not_there, "known-ids"),
    (no_evidence, "fact-has-evidence"),
    (a_source_without_words, "evidence-is-exact"),
    (a_page_dressed_up_as_proof, "evidence-is-exact"),
    (a_fact_filed_under_a_source_that_does_not_tell_it, "fact-has-evidence"),
    (another_number, "figure-in-evidence"),
    (two_figures_made_one, "figure-in-evidence"),
    (another_number_in_the_sentence, "number-in-evidence"),
    (a_plan_told_as_an_event, "told-after-it-happened"),
    (a_plan_said_to_have_happened, "plan-and-outcome"),
    (a_plan_left_open_without_a_word, "plan-and-outcome"),
    (a_paragraph_left_out, "every-paragraph-counts"),
    (a_paragraph_set_aside_that_has_facts, "every-paragraph-counts"),
    (a_fact_gone_without_a_word, "published-stays"),
    (a_page_gone_without_a_word, "published-stays"),
    (a_withdrawal_that_leads_nowhere, "withdrawal-leads-on"),
    (less_of_everything, "nothing-dwindles"),
    (an_article_without_its_fingerprint, "article-has-fingerprint"),
    (another_holder_of_an_office_as_speaker, LIMIT),
    (a_sentence_that_says_more_than_the_words, LIMIT),
    (a_topic_that_does_not_fit, LIMIT),
    (a_figure_under_another_measure, LIMIT),
    (a_page_cited_for_what_it_does_not_say, LIMIT),
)


@pytest.mark.parametrize(("falsehood", "rule"), CASES, ids=[falsehood.__name__ for falsehood, _ in CASES])
def test_a_falsehood_is_caught_by_its_rule_or_is_a_stated_limit(
    falsehood: Callable[[FactBase], FactBase], rule: str, base: FactBase
) -> None:
    results = check(falsehood(base))

    caught = {result.rule.id for result in results if result.problems}
    assert (rule in caught) if rule != LIMIT else (caught == set())


def test_the_data_itself_is_clean(base: FactBase) -> None:
    assert [problem for result in check(base) for problem in result.problems] == []


def test_a_copy_and_a_translation_do_not_corroborate(base: FactBase) -> None:
    fact = fact_of(base, lambda fact: {one.source for one in fact.evidence} == {"quebec-news-tribune-2021-06-04"})
    echoed = changed(base, fact, evidence=(*fact.evidence, Evidence(source="al-jazeera-2021-06-04")))
    told_twice = echoed.records[fact.id]

    assert isinstance(told_twice, Fact)
    assert Links(echoed).origins(told_twice) == 1


def test_a_missing_fingerprint_is_counted_as_skipped(base: FactBase) -> None:
    found = next(one for one in check(an_article_without_its_fingerprint(base)) if one.rule.id == "quotation-found")

    assert found.skipped == len(
        [1 for one in base.citations if one.evidence.quote and one.evidence.source == "wion-2021-06-08"]
    )
    assert found.problems
