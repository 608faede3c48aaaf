"""What pages show, as values: no test here looks at Markdown but at the links in it."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
import re
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from fact_bases import ARTICLE, BASE, PAGE, TESTS, lay

from generator import view
from generator.check import Result, check
from generator.check.rule import Rule
from generator.edtf import parse
from generator.errors import Mark, Problem
from generator.links import Links
from generator.load import load
from generator.markup import Md, escape
from generator.model import Entity, Fact, FactBase, Leader, Measure, Meeting, Source, Summit
from generator.repository import Repository
from generator.view import agenda, coverage, entities, explore, listed, lists, numbers, trust
from generator.view.parts import EvidenceView, Parts, counted, shortened, summed_up, topics_of, when

F = [f"{ARTICLE}-f0{number}" for number in range(7)]
OUTCOME = f"{PAGE}-f01"
FOG = "island-post-2031-05-06"


@pytest.fixture(scope="module")
def parts(small_links: Links) -> Parts:
    return Parts(small_links)


def fact_of(parts: Parts, id: str) -> Fact:
    fact = parts.links.base.records[id]
    assert isinstance(fact, Fact)
    return fact


def facts_with(tmp_path: Path, *facts: str) -> Parts:
    """Return the parts for the base, in which the cited page tells *facts*, each given by its keys."""
    text = "".join(f"- id: {PAGE}-f0{n}\n  evidence: [{{source: {PAGE}}}]\n{one}" for n, one in enumerate(facts, 1))
    return Parts(Links(load(lay(tmp_path, {f"data/facts/{PAGE}.yml": text}))))


def keys(**values: str) -> str:
    given = {"date": "2031-06-14", "kind": "event", "text": "Fog.", **values}
    return "".join(f"  {key}: {value}\n" for key, value in given.items())


class TestSentence:
    def test_the_first_mention_of_each_entity_is_linked(self, parts: Parts) -> None:
        assert parts.fact(fact_of(parts, F[1])).sentence == (
            "[Ada Brook](../leaders/ada-brook.md) received [Otto Lind](../leaders/otto-lind.md) on 5 May 2031."
        )

    def test_other_names_are_linked_too(self, parts: Parts) -> None:
        assert parts.fact(fact_of(parts, F[3])).sentence == "[Brook](../leaders/ada-brook.md) promised boats at night."

    def test_a_name_that_is_a_common_word_is_linked_in_any_case(self, parts: Parts) -> None:
        assert "the [harbour dues](../topics/harbour-dues.md) stay" in parts.fact(fact_of(parts, F[2])).sentence

    def test_what_the_fields_do_not_name_is_not_linked(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="Ada Brook saw ferries.", about="[ferries]"))

        sentence = parts.fact(fact_of(parts, OUTCOME)).sentence
        assert sentence == "Ada Brook saw [ferries](../topics/ferries.md)."

    def test_the_second_mention_is_not_linked(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="Ferries are ferries.", about="[ferries]"))

        assert parts.fact(fact_of(parts, OUTCOME)).sentence == "[Ferries](../topics/ferries.md) are ferries."

    def test_the_second_mention_by_another_name_is_not_linked(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="Brook it was, and Ada Brook again.", about="[ada-brook]"))

        sentence = parts.fact(fact_of(parts, OUTCOME)).sentence
        assert sentence == "Brook it was, and [Ada Brook](../leaders/ada-brook.md) again."

    @pytest.mark.parametrize(
        ("kind", "known"),
        [("alias", True), ("former", True), ("abbreviation", True), ("transliteration", True), ("misprint", False),
         ("mistranslation", False)],
    )  # fmt: skip
    def test_a_misprint_is_no_name(self, tmp_path: Path, kind: str, known: bool) -> None:
        other = f"  aliases:\n    - {{name: Drizzle, kind: {kind}}}\n"
        places = f"- id: saltmere\n  name: Saltmere\n{other}"
        terms = f"- id: term-rain\n  name: rain\n{other}  explanation: Water.\n"
        fact = f"- id: {OUTCOME}\n  evidence: [{{source: {PAGE}}}]\n" + keys(text="Drizzle.", about="[saltmere]")
        files = {"data/places.yml": places, "data/terms.yml": terms, f"data/facts/{PAGE}.yml": fact}
        parts = Parts(Links(load(lay(tmp_path, dict(files)))))

        sentence = parts.fact(fact_of(parts, OUTCOME)).sentence
        assert sentence == ("[Drizzle](../places/saltmere.md)." if known else "Drizzle.")
        (term,) = lists.glossary(parts.links.base).terms
        assert term.names == (("rain", "Drizzle") if known else ("rain",))

    def test_a_longer_name_goes_before_a_shorter_one_inside_it(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="The Saltmere summit was held.", at="2031-saltmere", about="[saltmere]"))

        sentence = parts.fact(fact_of(parts, OUTCOME)).sentence
        assert sentence == "The [Saltmere summit](../summits/2031-saltmere.md) was held."

    def test_a_part_of_a_word_is_no_mention(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="Brookside and Otto Linden.", about="[ada-brook, otto-lind]"))

        assert parts.fact(fact_of(parts, OUTCOME)).sentence == "Brookside and Otto Linden."

    def test_a_proper_name_is_no_common_word(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text="The saltmere mud.", about="[saltmere, ferries]"))

        assert parts.fact(fact_of(parts, OUTCOME)).sentence.startswith("The ")

    def test_the_text_around_links_is_escaped(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(text='"<b>Ferries</b> | *x*"', about="[ferries]"))

        sentence = parts.fact(fact_of(parts, OUTCOME)).sentence
        assert sentence == f"{escape('<b>')}[Ferries](../topics/ferries.md){escape('</b> | *x*')}"


class TestFact:
    def test_a_fact_shows_when_by_whom_at_what_and_about_what(self, parts: Parts) -> None:
        view = parts.fact(fact_of(parts, F[2]))

        assert (view.when, view.standing, view.kind) == ("5 May 2031", False, "statement")
        assert view.by == "[Ada Brook](../leaders/ada-brook.md)"
        assert view.event_link == (
            "[Meeting of Ada Brook and Otto Lind at the lighthouse](../meetings/2031-05-05-lighthouse.md)"
        )
        assert view.permalink == f"../sources/{ARTICLE}.md#f02"
        assert view.origins == 1

    def test_the_event_of_a_fact_is_not_repeated_in_what_it_is_about(self, parts: Parts) -> None:
        view = parts.fact(fact_of(parts, OUTCOME))

        assert view.event_link == "[2031 Saltmere summit](../summits/2031-saltmere.md)"
        assert view.about == ""

    def test_a_state_is_shown_as_of_its_day_and_what_an_article_says_itself_as_its_own(self, parts: Parts) -> None:
        view = parts.fact(fact_of(parts, F[4]))

        assert view.standing
        assert view.by == "the article"

    def test_a_quotation_names_its_speaker_and_the_post_held_that_day(self, parts: Parts) -> None:
        (quote,) = parts.fact(fact_of(parts, F[2])).quotes

        assert quote.exact == "We will not raise the harbour dues before the summit"
        assert quote.speaker == "[Ada Brook](../leaders/ada-brook.md)"
        assert quote.role == "Prime Minister of Brookland"
        assert parts.fact(fact_of(parts, F[4])).quotes == ()  # words of the article are nobody's

    def test_a_plan_leads_to_its_outcome_and_the_outcome_back_to_the_plan(self, parts: Parts) -> None:
        plan, outcome = parts.fact(fact_of(parts, F[5])), parts.fact(fact_of(parts, OUTCOME))

        assert (plan.status, plan.outcome_unknown) == ("happened", "")
        assert plan.outcomes == (
            f"[14 June 2031](../sources/{PAGE}.md#f01): "
            "Two towns were taken into the Harbour League at the Saltmere summit.",
        )
        assert outcome.planned_in == (
            f"[14 June 2031](../sources/{ARTICLE}.md#f05): "
            "Otto Lind expected two further towns in the Harbour League, with the consent of their councils.",
        )
        assert plan.planned_in == outcome.outcomes == ()

    def test_a_plan_without_an_outcome_says_why_it_is_not_known(self, parts: Parts) -> None:
        plan = parts.fact(fact_of(parts, F[3]))

        assert (plan.status, plan.outcomes) == ("planned", ())
        assert plan.outcome_unknown == "No later report is at hand."

    def test_evidence_tells_paragraph_words_day_and_how_well_it_carries(self, parts: Parts) -> None:
        (proven,), (cited,) = (parts.fact(fact_of(parts, id)).evidence for id in (F[4], OUTCOME))

        assert (proven.source, proven.locator) == (f"[Harbour Gazette](../sources/{ARTICLE}.md#p3)", "¶3")
        assert (proven.words, proven.published, proven.basis) == (
            "The League has 12 member towns",
            "5 May 2031",
            "proven",
        )
        assert (cited.source, cited.locator, cited.words) == (f"[Tide Board](../sources/{PAGE}.md)", "", "")
        assert cited.basis == "cited"

    def test_words_that_went_through_another_language_are_not_shown(self, tmp_path: Path) -> None:
        source = Path(f"data/sources/{ARTICLE}.yml")
        root = lay(tmp_path)
        (root / source).write_text((root / source).read_text() + "wording: back-translated\n")
        parts = Parts(Links(load(root)))

        assert parts.fact(fact_of(parts, F[4])).evidence[0].words == ""


class TestWords:
    def test_doubt_is_told_beside_a_date(self) -> None:
        assert when(parse("2031-05-05")) == "5 May 2031"
        assert when(parse("2031-05-05?")) == "5 May 2031 (inferred)"
        assert when(parse("2031~")) == "2031 (about)"

    def test_numbers_go_with_their_nouns(self) -> None:
        assert counted(0, "fact") == "0 facts"
        assert counted(1, "fact") == "1 fact"
        assert counted(1204, "fact") == "1,204 facts"
        assert counted(2, "country", "countries") == "2 countries"

    def test_topics_are_those_with_most_facts_first(self, parts: Parts) -> None:
        assert topics_of(parts.links.facts, parts.links) == [("ferries", 2), ("harbour-dues", 1)]

    def test_facts_are_gathered_by_year_in_order(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(date="2030"), keys(date="2029-12-31/2030-01-01"), keys(date="../2019"))

        assert [(one.heading, [fact.anchor for fact in one.facts]) for one in parts.by_year(parts.links.facts[:3])] == [
            ("2019", ["f03"]),
            ("2029", ["f02"]),
            ("2030", ["f01"]),
        ]


def summit_page(parts: Parts) -> entities.SummitPage:
    summit = parts.links.base.records["2031-saltmere"]
    assert isinstance(summit, Summit)
    return entities.summit_page(summit, parts)


def parts_at_the_summit(folder: Path, figure: str) -> Parts:
    """Return the parts for a base in which the League, which acted at the summit, has a second number of towns."""
    given = keys(date="2031-06-14", by="[harbour-league]", at="2031-saltmere", figure=figure)
    return facts_with(folder, given)


class TestParts:
    @pytest.mark.parametrize(
        ("text", "most", "shown"),
        [
            ("high water", 10, "high water"),
            ("high water", 11, "high water"),
            ("high water", 9, "high…"),
            ("high, water", 9, "high…"),
            ("high (water)", 11, "high…"),
            ("highwater", 4, "…"),
        ],
    )
    def test_a_text_is_cut_between_words(self, text: str, most: int, shown: str) -> None:
        assert shortened(text, most) == shown

    @pytest.mark.parametrize(
        ("bases", "sources", "best", "told"),
        [
            (["cited", "proven", "inferred"], "abc", "proven", "3 sources"),
            (["inferred", "cited"], "aa", "cited", "1 source"),
            ([], "", "", "0 sources"),
        ],
    )
    def test_evidence_comes_to_its_best_and_its_sources(
        self, bases: list[str], sources: str, best: str, told: str
    ) -> None:
        evidence = [
            EvidenceView(Md(source), "", Md(""), basis, "", "") for source, basis in zip(sources, bases, strict=True)
        ]

        assert summed_up(evidence) == f'<span class="basis {best}">{best}</span> <span class="sources">{told}</span>'

    def test_a_fact_is_told_once_by_each_paragraph_at_its_best(self, tmp_path: Path) -> None:
        first = f"{{source: {PAGE}, inferred: It follows.}}, {{source: {PAGE}}}, "
        words = f"{{source: {ARTICLE}, paragraph: 3, quote: {{exact: The League has 12 member towns}}}}, "
        later = f"{{source: {ARTICLE}, paragraph: 5, quote: {{exact: Set in Brookland Old Face}}}}"
        text = f"- id: {OUTCOME}\n{keys()}  evidence: [{first}{words}{later}]\n"
        parts = Parts(Links(load(lay(tmp_path, {f"data/facts/{PAGE}.yml": text}))))
        view = parts.fact(fact_of(parts, OUTCOME))

        assert [(one.locator, one.basis) for one in view.evidence] == [
            ("", "inferred"), ("", "cited"), ("¶3", "proven"), ("¶5", "proven"),
        ]  # fmt: skip
        assert [(one.locator, one.basis) for one in view.told_by] == [
            ("¶3", "proven"), ("¶5", "proven"), ("", "cited"),
        ]  # fmt: skip
        assert view.origins == 2

    @pytest.mark.parametrize(
        ("url", "there"),
        [
            ("https://gazette.example/a", "https://gazette.example/a#:~:text=The%20League%20has%2012%20member%20towns"),
            ("https://x.example/a#b", "https://x.example/a#b:~:text=The%20League%20has%2012%20member%20towns"),
        ],
    )
    def test_words_are_led_to_on_the_page_and_in_its_copy(self, tmp_path: Path, url: str, there: str) -> None:
        path = f"data/sources/{ARTICLE}.yml"
        text = (BASE / path).read_text(encoding="utf-8").replace("https://gazette.example/2031/lighthouse", url)
        parts = Parts(Links(load(lay(tmp_path / "a", {path: text}))))
        kept = Parts(Links(load(lay(tmp_path / "b", {path: f"{text}archive_url: {url}\n"}))))
        (one,), (copied,) = (which.fact(fact_of(which, F[4])).evidence for which in (parts, kept))

        assert (one.there, one.archived) == (there, "")
        assert (copied.there, copied.archived) == (there, there)
        (cited,) = kept.fact(fact_of(kept, OUTCOME)).evidence
        assert (cited.there, cited.archived) == ("", "")

    def test_a_page_leads_to_the_lines_of_its_record(self, small_base: FactBase, parts: Parts) -> None:
        path = f"data/facts/{ARTICLE}.yml"
        repository = Repository("https://code.example/r", "main", {path: "abc"})
        edited = Parts(parts.links, repository=repository)
        first, last = small_base.lines(F[4])[1:]
        changed = Parts(parts.links, repository=Repository("https://code.example/r", "main", {}))

        assert parts.fact(fact_of(parts, F[4])).ways == ()
        assert edited.fact(fact_of(edited, F[4])).ways == (
            f"[Edit](https://code.example/r/edit/main/{path}#L{first}-L{last})",
            f"[Source line](https://code.example/r/blob/abc/{path}#L{first}-L{last})",
            "[Report a mistake](https://code.example/r/issues/new?template=mistake.yml"
            f"&title=Mistake%3A%20{F[4]}&where={F[4]}&wrong=The%20Harbour%20League%20counted%2012%20towns."
            f"&source={ARTICLE})",
        )
        assert [way[:8] for way in changed.fact(fact_of(changed, F[4])).ways] == ["[Edit](h", "[Report "]
        summit = entities.summit_page(small_base.records["2031-saltmere"], edited)  # type: ignore[arg-type]
        assert "wrong=2031%20Saltmere%20summit&source=)" in summit.head.ways[-1]


class TestSource:
    def source(self, folder: Path, **values: str) -> entities.SourcePage:
        """Return the page of a source that is only cited, with other *values*."""
        lines = {
            "name": "Fog paper",
            "type": "page",
            "publisher": "Fog",
            "url": "https://fog.example/",
            "language": "en",
        }
        text = "".join(f"{key}: {value}\n" for key, value in {**lines, "language": "en", **values}.items())
        parts = Parts(Links(load(lay(folder, {"data/sources/fog.yml": text}))))
        source = parts.links.base.records["fog"]
        assert isinstance(source, Source)
        return entities.source_page(source, parts)

    def test_what_is_cited_for_nothing_says_so(self, tmp_path: Path) -> None:
        plain, headed = self.source(tmp_path / "a"), self.source(tmp_path / "b", headline="Thick fog")

        assert plain.head.description == "Fog paper. Fog, undated: cited for nothing yet."
        assert (plain.head.title, plain.head.window, plain.lead) == ("Fog paper", "", "Fog, undated.")
        assert headed.head.description == "Thick fog. Fog, undated: cited for nothing yet."
        assert (headed.head.title, headed.head.window) == ("Thick fog", "Thick fog · Fog, undated")

    def test_what_is_cited_for_a_value_names_the_record(self, tmp_path: Path) -> None:
        path = "data/leaders/otto-lind.yml"
        leader = (BASE / path).read_text(encoding="utf-8").replace(PAGE, "fog")
        own = "name: Fog paper\ntype: page\npublisher: Fog\nurl: https://fog.example/\nlanguage: en\n"
        own += "published: 2031-05-01\nevidence:\n  published:\n    - source: fog\n"
        parts = Parts(Links(load(lay(tmp_path, {path: leader, "data/sources/fog.yml": own}))))
        source = parts.links.base.records["fog"]
        assert isinstance(source, Source)
        page = entities.source_page(source, parts)

        assert page.head.description == "Fog paper. Fog, 1 May 2031: cited for Otto Lind."
        assert page.used_by == ("[Otto Lind](../leaders/otto-lind.md)",)

    @pytest.mark.parametrize(
        ("headline", "publisher", "window"),
        [
            ("Fog " * 9 + "ends", "Gazette", "Fog " * 9 + "ends · Gazette, undated"),
            ("Fog " * 9 + "ended", "Gazette", "Fog " * 9 + "ended · Gazette, undated"),
            ("Fog " * 9 + "is lifting", "Gazette", "Fog " * 9 + "is… · Gazette, undated"),
            ("Fog " * 9 + "ends", "G" * 40, "Fog Fog Fog Fog Fog Fog… · " + "G" * 40 + ", undated"),
        ],
    )
    def test_a_headline_is_cut_to_leave_room_for_who_printed_it(
        self, tmp_path: Path, headline: str, publisher: str, window: str
    ) -> None:
        assert self.source(tmp_path, headline=headline, publisher=publisher).head.window == window

    def test_an_address_with_brackets_is_a_link_and_another_one_stands_as_it_is(self, tmp_path: Path) -> None:
        page = self.source(tmp_path, archive_url="https://fog.example/a_(b)")

        assert page.url == "<https://fog.example/>"
        assert page.archive_url.endswith("](https://fog.example/a_%28b%29)")

    def test_a_description_is_cut_where_search_engines_cut_it(self, tmp_path: Path) -> None:
        opening = "Saltmere on the road to NATO summits: 1 fact, 14 June 2031: "
        for left, shown in ((0, opening + "x" * (159 - len(opening))), (1, opening.removesuffix(": ") + "…")):
            text = "x" * (159 - len(opening) + left)
            parts = facts_with(tmp_path / str(left), keys(text=text, about="[saltmere]"))
            place = parts.links.base.records["saltmere"]
            assert isinstance(place, Entity)
            assert entities.subject_page(place, parts).head.description == shown


class TestSummit:
    def test_what_was_said_before_stands_apart_from_what_came_of_it(self, parts: Parts) -> None:
        page = summit_page(parts)

        assert [fact.id for section in page.before for fact in section.facts] == [F[1], F[2], F[5]]
        assert [fact.id for fact in (*page.highlights, *page.after)] == [OUTCOME]

    @pytest.mark.parametrize(
        ("date", "kind", "later"),
        [
            ("2031-06-13", "event", False),
            ("2031-06-14", "event", True),
            ("2031-07", "statement", True),
            ("2031", "statement", False),
            ("2031-06-14", "plan", False),  # a plan was told before, whatever day it is for
            ("2031-06-14", "decision", True),
        ],
    )
    def test_the_first_day_of_a_summit_parts_before_from_after(
        self, tmp_path: Path, date: str, kind: str, later: bool
    ) -> None:
        parts = facts_with(tmp_path, keys(date=date, kind=kind, about="[2031-saltmere]"))

        assert (OUTCOME in [fact.id for fact in summit_page(parts).after]) is later

    def test_the_road_to_it_are_the_meetings_that_prepared_it(self, parts: Parts) -> None:
        (row,) = summit_page(parts).road

        assert row.cells[0] == "5 May 2031"
        assert row.cells[2] == "[Ada Brook](../leaders/ada-brook.md), [Otto Lind](../leaders/otto-lind.md)"

    def test_what_is_not_known_is_said_with_the_reason(self, parts: Parts) -> None:
        unknown = [(value.label, value.value) for value in summit_page(parts).values if not value.known]

        assert unknown == [
            ("Venue", "Neither source names the building."),
            ("Chair", "Neither source says who chaired it."),
        ]

    def test_it_opens_with_the_facts_that_its_record_names_and_tells_none_of_them_twice(self, tmp_path: Path) -> None:
        path = "data/summits/2031-saltmere.yml"
        record = (BASE / path).read_text(encoding="utf-8")
        named = f"highlights: [{F[2]}, {F[1]}]\nopen: [{F[5]}]\n"
        parts = Parts(Links(load(lay(tmp_path, {path: record + named}))))
        page = summit_page(parts)

        assert [fact.id for fact in page.highlights] == [F[2], F[1]]
        assert [fact.id for fact in page.open] == [F[5]]
        assert page.chosen
        assert [fact.id for section in page.before for fact in section.facts] == []
        assert [fact.id for fact in page.after] == [OUTCOME]

    def test_where_the_record_names_none_decisions_come_before_what_happened(self, tmp_path: Path) -> None:
        kinds = ("plan", "statement", "event", "decision", "background", "figure")
        parts = facts_with(tmp_path, *(keys(kind=kind, at="2031-saltmere") for kind in kinds))
        page = summit_page(parts)

        assert [fact.kind for fact in page.highlights] == ["decision", "event", "figure"]
        assert not page.chosen

    def test_where_the_record_names_none_plans_without_an_outcome_are_open(self, tmp_path: Path) -> None:
        page = summit_page(facts_with(tmp_path, *[keys(kind="plan", at="2031-saltmere", status="planned")] * 5))

        assert [fact.anchor for fact in page.open] == ["f01", "f02", "f03"]
        assert page.more_open == 2

    def test_the_way_on_is_in_the_series_and_in_time(self, parts: Parts) -> None:
        (time,) = summit_page(parts).neighbours

        assert (time.order, time.after) == ("In time", None)
        assert time.before == (
            "[Meeting of Ada Brook and Otto Lind at the lighthouse, 5 May 2031](../meetings/2031-05-05-lighthouse.md)"
        )


class TestOtherPages:
    def test_a_meeting_shows_who_was_there_as_what_and_its_facts(self, parts: Parts) -> None:
        meeting = parts.links.base.records["2031-05-05-lighthouse"]
        assert isinstance(meeting, Meeting)
        page = entities.meeting_page(meeting, parts)

        assert [row.cells for row in page.participants] == [
            ("[Ada Brook](../leaders/ada-brook.md)", "[Prime Minister of Brookland](../posts/prime-minister.md)"),
            ("[Otto Lind](../leaders/otto-lind.md)", "[Secretary of the Harbour League](../posts/league-secretary.md)"),
        ]
        assert [fact.id for section in page.facts for fact in section.facts] == [F[1], F[2], F[3]]
        assert [value.label for value in page.values] == ["When", "Where", "Venue", "On the road to", "Status"]
        assert all(value.known and value.evidence for value in page.values)

    def test_a_leader_shows_what_they_said_and_what_others_said_of_them(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(by="[harbour-league]", about="[ada-brook]"))
        leader = parts.links.base.records["ada-brook"]
        assert isinstance(leader, Leader)
        page = entities.leader_page(leader, parts)

        assert page.lead == "Prime Minister of Brookland."
        assert [row.cells for row in page.posts] == [
            ("[Prime Minister of Brookland](../posts/prime-minister.md)", "from 1 January 2029")
        ]
        assert [(one.heading, [fact.id for fact in one.facts]) for one in page.said] == [("2031", [F[1], F[2], F[3]])]
        assert [fact.id for section in page.said_of for fact in section.facts] == [OUTCOME]
        assert len(page.meetings) == 1

    def test_a_source_shows_paragraph_by_paragraph_what_it_carries(self, parts: Parts) -> None:
        source = parts.links.base.records[ARTICLE]
        assert isinstance(source, Source)
        page = entities.source_page(source, parts)

        assert [[fact.anchor for fact in paragraph.facts] for paragraph in page.paragraphs] == [
            ["f01"],
            ["f02", "f03"],
            ["f04", "f05"],
            ["f06"],
            [],
        ]
        assert [paragraph.set_aside for paragraph in page.paragraphs] == ["", "", "", "", "Credits."]
        assert page.facts == ()
        assert [row.cells[:3] for row in page.dates] == [("¶3", "at the summit", "14 June 2031")]

    def test_a_fact_of_another_source_is_named_at_the_paragraph_it_cites(self, tmp_path: Path) -> None:
        evidence = (
            f"[{{source: {PAGE}}}, {{source: {ARTICLE}, paragraph: 5, quote: {{exact: Set in Brookland Old Face}}}}]"
        )
        text = f"- id: {OUTCOME}\n{keys()}  evidence: {evidence}\n"
        parts = Parts(Links(load(lay(tmp_path, {f"data/facts/{PAGE}.yml": text}))))
        article, page = parts.links.base.records[ARTICLE], parts.links.base.records[PAGE]
        assert isinstance(article, Source)
        assert isinstance(page, Source)

        assert entities.source_page(article, parts).paragraphs[4].elsewhere == (f"[Fog.](../sources/{PAGE}.md#f01)",)
        assert [fact.id for fact in entities.source_page(page, parts).facts] == [OUTCOME]

    def test_a_topic_reads_as_a_history(self, parts: Parts) -> None:
        topic = parts.links.base.records["harbour-dues"]
        assert isinstance(topic, Entity)
        page = entities.subject_page(topic, parts)

        assert page.lead == escape("What a boat pays for its berth.")
        assert page.related == (("Related", Md("[Ferries](../topics/ferries.md)")),)
        assert [(one.heading, [fact.id for fact in one.facts]) for one in page.facts] == [("2031", [F[2]])]

    def test_a_post_shows_who_held_it(self, parts: Parts) -> None:
        post = parts.links.base.records["prime-minister"]
        assert isinstance(post, Entity)

        (row,) = entities.subject_page(post, parts).holders
        assert row.cells == ("[Ada Brook](../leaders/ada-brook.md)", "from 1 January 2029")


def figures_page(parts: Parts) -> lists.FiguresPage:
    ((_, _, make),) = lists.figures_pages(parts)
    page = make()
    assert isinstance(page, lists.FiguresPage)
    return page


def coverage_page(parts: Parts) -> coverage.CoveragePage:
    ((_, _, make),) = coverage.coverage_pages(parts)
    page = make()
    assert isinstance(page, coverage.CoveragePage)
    return page


class TestLists:
    def test_the_home_page_counts_what_there_is(self, small_links: Links) -> None:
        page = lists.home_page(Parts(small_links, up=""))

        assert [number for number, _, _ in page.numbers] == ["7", "2", "1", "1", "2", "2"]
        assert all(not href.startswith("..") for _, _, href in page.numbers)
        assert [card.title for card in page.leaders] == [
            "[Ada Brook](leaders/ada-brook.md)",
            "[Otto Lind](leaders/otto-lind.md)",
        ]

    def test_there_is_a_list_for_each_kind_that_has_pages(self, parts: Parts) -> None:
        made = {path.removesuffix("/index.md"): make() for path, make in lists.index_pages(parts)}

        kinds = {record.pages for record in parts.links.base.records.values() if isinstance(record, Entity)}
        assert set(made) == kinds - {""}
        assert [len(group.cards) for group in made["topics"].groups] == [2]

    def test_facts_have_a_page_for_each_year_by_month(self, tmp_path: Path) -> None:
        parts = facts_with(
            tmp_path, keys(date="2029"), keys(date="2029-03"), keys(date="../2019"), keys(date="2029-03-02")
        )
        pages = {path: make() for path, _, make in lists.facts_pages(parts)}

        assert list(pages) == ["facts/index.md", "facts/2019.md", "facts/2029.md", "facts/2031.md"]
        assert [(one.heading, len(one.facts)) for one in pages["facts/2029.md"].sections] == [
            ("2029, no month given", 1),
            ("March 2029", 2),
        ]
        assert pages["facts/index.md"].total == 10
        assert pages["facts/2029.md"].kinds == (("event", 3),)

    def test_every_quotation_with_a_speaker_is_listed(self, parts: Parts) -> None:
        ((path, _, make),) = lists.quotations_pages(parts)
        page = make()

        assert path == "quotations/index.md"
        assert page.lead.startswith("2 quotations")
        assert [(year, [one.quote.exact for one in quotes]) for year, quotes in page.years] == [
            (
                "2031",
                [
                    "We will not raise the harbour dues before the summit",
                    "we will keep the night ferries running",
                ],
            )
        ]

    def test_figures_are_told_in_their_unit_with_words_where_there_is_no_number(self, tmp_path: Path) -> None:
        parts = facts_with(
            tmp_path,
            keys(kind="figure", figure="{measure: member-towns, value: 1300, about: yes}"),
            keys(kind="figure", figure="{measure: member-towns, words: some dozens}"),
        )
        (series,) = figures_page(parts).series

        assert (series.name, series.unit) == ("Towns in the Harbour League", "towns")
        assert [row.cells[1] for row in series.rows] == [
            "**12** towns",
            "**about 1,300** towns",
            "**some dozens** towns",
        ]

    def test_how_a_number_changed_is_told_with_the_way_to_each_value(self, tmp_path: Path) -> None:
        figure = "{measure: member-towns, value: 14}"
        parts = facts_with(tmp_path, keys(date="2031-06-14", kind="figure", about="[harbour-league]", figure=figure))
        (series,) = figures_page(parts).series

        assert series.change == (
            f"[12](../sources/{ARTICLE}.md#f04) in May 2031, [14](../sources/{PAGE}.md#f01) in June 2031."
        )
        (told,) = summit_page(parts_at_the_summit(tmp_path / "b", figure)).figures
        assert told == f"[Towns in the Harbour League](../figures/index.md#member-towns) (towns): {series.change}"

    def test_a_single_number_has_not_changed(self, parts: Parts) -> None:
        (series,) = figures_page(parts).series

        assert series.change == ""
        assert "12 towns" in figures_page(parts).drawing

    def test_the_timeline_lists_every_event(self, parts: Parts) -> None:
        ((_, make),) = lists.timeline_pages(parts)
        page = make()

        ((year, rows),) = page.years
        assert year == "2031"
        events = ["2031-05-05-lighthouse", "2031-saltmere"]
        assert [parts.link(id) in row.cells for id, row in zip(events, rows, strict=True)] == [True, True]
        assert page.timeline.count("<a ") == 2

    def test_what_is_not_known_is_listed_with_the_reason(self, parts: Parts) -> None:
        page = coverage_page(parts)

        assert [row.cells[1:] for row in page.unknown] == [
            ("venue", "Neither source names the building."),
            ("chair", "Neither source says who chaired it."),
        ]
        assert len(page.summits) == len(page.meetings) == 1


class TestStale:
    def lines(self, parts: Parts) -> list[str]:
        return [re.sub(r"\]\([^)]*\)|\[", "", one) for one in coverage_page(parts).stale]

    def test_a_plan_is_stale_when_its_time_is_over_and_nothing_tells_its_outcome(self, parts: Parts) -> None:
        assert coverage_page(parts).newest == "20 June 2031"
        assert self.lines(parts)[0] == "A plan without a known outcome. 5 May 2031: Brook promised boats at night."
        (summit,), (leader, _) = coverage_page(parts).summits, coverage_page(parts).leaders
        assert summit.cells[-1] == leader.cells[-1] == "1"

    def test_a_plan_for_a_day_that_the_record_has_not_reached_is_not(self, tmp_path: Path) -> None:
        parts = facts_with(tmp_path, keys(date="2031-06-21", kind="plan", status="planned"))

        assert len([one for one in self.lines(parts) if one.startswith("A plan")]) == 1  # that of the base

    def test_an_office_without_an_end_is_stale_a_year_after_the_last_that_tells_of_its_holder(
        self, tmp_path: Path
    ) -> None:
        within = facts_with(tmp_path / "a", keys(date="2032-05-04"))
        after = facts_with(tmp_path / "b", keys(date="2033-06-15"))

        assert not [one for one in self.lines(within) if one.startswith("An office")]
        (line,) = (one for one in self.lines(after) if one.startswith("An office"))
        assert line.startswith("An office without a known end: Ada Brook, Prime Minister of Brookland, last told of ")

    def test_a_state_that_was_counted_is_stale_after_a_year(self, tmp_path: Path) -> None:
        assert "The last figure is of 5 May 2031: Towns in the Harbour League" in self.lines(
            facts_with(tmp_path, keys(date="2032-06-15"))
        )


def test_the_numbers_on_trust_add_up(small_base: FactBase, parts: Parts) -> None:
    page = trust.trust_page(check(small_base), parts)
    tallies = {one.name: one for one in page.tallies}

    assert all(one.proven + one.cited + one.inferred + one.unknown == one.all for one in page.tallies)
    assert (tallies["facts"].proven, tallies["facts"].cited, tallies["facts"].all) == (6, 1, 7)
    assert page.origins == (("1", 7),)
    assert page.skipped == 0
    assert page.checks == sum(rule.checked for rule in page.rules)
    (article,) = page.articles
    assert (article.paragraphs_used, article.paragraphs_aside, article.paragraphs) == (4, 1, 5)
    assert 0 < article.words_quoted < article.words


def test_trust_counts_what_rests_on_what_and_what_is_gone(tmp_path: Path) -> None:
    base = load(lay(tmp_path, over=TESTS / "golden" / "every-field"))
    page = trust.trust_page(check(base), Parts(Links(base)))

    assert [(one.name, one.proven, one.cited, one.inferred, one.unknown, one.all) for one in page.tallies] == [
        ("facts", 7, 19, 2, 0, 28),
        ("posts held", 1, 2, 1, 0, 4),
        ("people at meetings", 2, 8, 1, 0, 11),
        ("values of meetings", 3, 16, 2, 9, 30),
        ("values of sources", 0, 20, 1, 6, 27),
        ("values of summits", 1, 10, 1, 8, 20),
    ]
    assert [(one.id, one.link, one.facts, one.quotations, one.share) for one in page.articles] == [
        (ARTICLE, f"[Harbour Gazette, May 2031](../sources/{ARTICLE}.md)", 7, 16, "40%"),
        (FOG, f"[Island Post, 6 May 2031](../sources/{FOG}.md)", 1, 1, "48%"),
    ]
    assert [(one.paragraphs_used, one.paragraphs_aside, one.words_quoted, one.words) for one in page.articles] == [
        (4, 1, 75, 186), (1, 0, 10, 21),
    ]  # fmt: skip
    assert page.origins == (("1", 27), ("2", 1))
    assert (page.facts_published, page.pages_published, page.share) == (2, 3, "60%")
    assert page.withdrawn[3] == ("topics/bread/", "Bread comes by boat.", "July 2031")
    assert len(page.withdrawn) == 5
    assert page.alternatives[0] == (
        "[Island Post, June 2031](../sources/island-post-2031-06-17.md)", "author", "Ines Wren",
        "The page prints the initial.",
    )  # fmt: skip
    assert [one[1] for one in page.alternatives] == ["author", "date", "venue"]
    told = json.loads(trust.as_json(page))
    assert next(iter(told)) == "about"
    assert told["alternatives"][0] == ["author", "Ines Wren", "The page prints the initial."]
    assert "link" not in told["articles"][0]
    assert told["articles"][0]["id"] == ARTICLE
    assert trust.as_json(page).startswith('{\n "about": "Made by summit-record')
    assert trust.as_json(page).endswith("}\n")


def test_what_a_rule_checked_skipped_and_doubts_is_counted(small_base: FactBase, parts: Parts) -> None:
    doubt = Problem(Mark(PurePosixPath("data/x.yml"), 1, 2), "perhaps", "tides")
    rule = Rule("tides", "Tides are told.", lambda base: (), lambda subject, base: iter(()))
    results = [Result(rule, 3, 2, (), (doubt,)), Result(rule, 4, 0, (), ())]
    page = trust.trust_page(results, parts)

    assert (page.checks, page.skipped) == (7, 2)
    assert [(one.id, one.good, one.checked, one.skipped, one.doubts) for one in page.rules] == [
        ("tides", "Tides are told.", 3, 2, 1),
        ("tides", "Tides are told.", 4, 0, 0),
    ]
    assert page.doubts == ("data/x.yml:1:2: perhaps (tides)",)


def test_what_pages_show_is_frozen() -> None:
    """A fact is shown on many pages, and what shows it is made once."""
    modules = [importlib.import_module(f"generator.view.{one.name}") for one in pkgutil.iter_modules(view.__path__)]
    shown = {one for module in modules for one in vars(module).values() if dataclasses.is_dataclass(one)}
    ours = [one for one in shown if isinstance(one, type) and one.__module__.startswith("generator.view.")]

    assert len(ours) > 40
    for one in ours:
        assert vars(one)["__dataclass_params__"].frozen, one


class TestExplorer:
    def test_every_fact_has_the_values_of_its_fields(self, parts: Parts) -> None:
        links = parts.links
        by_name = {one.facet.name: one for one in explore.values(links)}
        for at, fact in enumerate(links.facts):
            has = {name: {one.values[n][0] for n in one.columns[at]} for name, one in by_name.items()}
            assert has["year"] == {str(fact.time.year)}
            assert has["kind"] == {fact.kind}
            assert has["source"] == {one.source for one in fact.evidence}
            named = {*fact.by, *fact.about, *([fact.at] if fact.at else [])}
            assert has["leader"] == {id for id in named if isinstance(links.base.records[id], Leader)}
            assert has["status"] == ({fact.status} if fact.status else set())
            assert has["told"] == {"several" if links.origins(fact) > 1 else "one"}

    def test_counts_are_those_of_the_columns(self, parts: Parts) -> None:
        for one in explore.values(parts.links):
            counts = [sum(1 for column in one.columns if at in column) for at in range(len(one.values))]
            assert [value[2] for value in one.values] == counts, one.facet.name

    def test_sentences_are_in_parts_of_which_each_has_a_file(
        self, parts: Parts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(explore, "CHUNK", 4)
        made = {path: json.loads(text) for path, text in explore.explorer(parts.links)}
        columns, texts = made.pop("facts/explore.json"), [one["texts"] for one in made.values()]
        facts = parts.links.facts

        assert list(made) == [f"facts/text/{n}.json" for n in range(len(texts))]
        assert {len(one) for one in texts[:-1]} == {columns["chunk"]} == {4}
        assert [text for one in texts for text in one] == [fact.text for fact in facts]
        homes = zip(columns["home"], columns["anchor"], strict=True)
        assert [f"{columns['homes'][home]}-{anchor}" for home, anchor in homes] == [fact.id for fact in facts]

    def test_a_year_with_many_facts_has_several_pages(self, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lists, "PER_PAGE", 2)
        pages = {path: page for path, _, make in lists.facts_pages(parts) if (page := make()).sections}
        several = {path: page for path, page in pages.items() if page.pages}

        assert several
        assert max(sum(len(one.facts) for one in page.sections) for page in pages.values()) == 2
        listed = [fact.id for page in pages.values() for one in page.sections for fact in one.facts]
        assert listed == [fact.id for fact in parts.links.facts]
        assert len({page.title for page in pages.values()}) == len(pages)


class TestNumbersAndNames:
    def test_a_chart_reaches_from_its_lowest_number_to_its_highest(self, tmp_path: Path) -> None:
        figure = "{{measure: member-towns, value: {}}}"
        dates = (("2031-01-01", 8), ("2031-03-01", 12), ("2031-06-01", 10))
        told = [keys(date=date, kind="figure", figure=figure.format(value)) for date, value in dates]
        links = facts_with(tmp_path, *told).links
        facts = [fact for fact in links.facts if fact.id.startswith(PAGE)]
        measure = links.base.records["member-towns"]
        assert isinstance(measure, Measure)

        values = numbers._values(numbers.counts(facts), measure, date(2031, 1, 1), date(2031, 12, 31), "../", links)

        assert [value.height for value in values] == [0.0, 1.0, 0.5]

    def test_the_topics_of_a_summit_that_are_left_out_lead_to_its_own_agenda(self, parts: Parts) -> None:
        summit = parts.links.base.records["2031-saltmere"]
        assert isinstance(summit, Summit)
        counts = [("ferries", 3), ("harbour-dues", 1)]

        *_, more = agenda._named(summit, counts[:1], counts, parts)

        assert more == "[1 more](../agenda/2031-saltmere.md)"

    def test_an_event_without_a_date_stands_under_the_words_for_that(self, parts: Parts) -> None:
        summit = parts.links.base.records["2031-saltmere"]
        assert isinstance(summit, Summit)

        assert coverage._year(summit) == "2031"
        assert coverage._year(summit.model_copy(update={"date": None})) == "date not known"

    def test_what_is_said_of_a_topic_is_listed_by_year_and_of_others_as_said_of_them(self, parts: Parts) -> None:
        titles = {id: [one.heading for one in listed.listings(parts.links.base.records[id], parts.links)][-1]
                  for id in ("ferries", "harbour-league", "saltmere")}  # fmt: skip

        assert titles == {
            "ferries": "Year by year",
            "harbour-league": "What was said of it",
            "saltmere": "What was said of it",
        }

    def test_the_page_of_a_measure_says_in_what_it_counts(self, parts: Parts) -> None:
        measure = parts.links.base.records["member-towns"]
        assert isinstance(measure, Measure)

        table = lists._measure_table((measure, [fact_of(parts, F[4])]), parts)

        assert table.lead.startswith("In towns. ")
