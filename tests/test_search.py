"""The index of the search: what can be found, by which words, and in which files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fact_bases import ROOT

from generator.links import Links
from generator.load import load, load_prose
from generator.markup import SIGN
from generator.model import Fact, FactBase, Term
from generator.search import documents, files, index, words


@pytest.fixture(scope="module")
def real_links() -> Links:
    return Links(load(ROOT))


def content(part: bytes) -> tuple[str, str, object]:
    """Return the name, the version and the content of a file of the index."""
    found = re.fullmatch(r'// (.+)\nsummitRecordSearch\("(\w+)", "(\w+)", (.+)\)\n', part.decode(), re.DOTALL)
    assert found
    assert found[1] == SIGN
    return found[2], found[3], json.loads(found[4])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "erdogan"),
        ("ŠIMONYTĖ", "simonyte"),
        ("burden-sharing", "Burden sharing"),
        ("defence spending", "defense spending"),
        ("organisation", "organization"),
        ("centre", "center"),
        ("adviser", "advisor"),
        ("2%", "two per cent"),
        ("U.S. president", "US president"),
        ("3,500 soldiers", "3500 soldier"),
        ("Biden’s", "Biden"),
        ("meetings", "meeting"),
        ("chaired", "chair"),
        ("applications applied", "application apply"),
    ],
)
def test_words_written_in_two_ways_are_the_same(one: str, other: str) -> None:
    assert words.words(one) == words.words(other) != ()


def test_words_that_differ_stay_apart() -> None:
    assert len({words.words(one) for one in ("US", "use", "united", "unity", "2", "20", "2.5", "putin")}) == 8


def test_stop_words_are_kept_in_a_sequence_only() -> None:
    assert words.sequence("loud and clear") == ["loud", "and", "clear"]
    assert words.words("loud and clear") == ("loud", "clear")


def test_every_record_with_a_page_and_every_fact_is_one_document(real_links: Links) -> None:
    found = [one.href for one in documents.documents(real_links, {})]
    assert len(set(found)) == len(found)
    base = real_links.base
    assert set(found) >= {f"sources/{id.rpartition('-')[0]}/#{id.rpartition('-')[2]}" for id in base.fact_ids}
    assert set(found) >= base.addresses
    assert len(found) == len(base.records) - len(base.all(Term))  # what explains a word is no result of its own


def test_fact_is_found_by_sentence_quotation_figure_date_and_names(real_links: Links) -> None:
    base = real_links.base
    fact = next(one for one in documents.documents(real_links, {}) if one.id == "dod-news-2023-06-13-f13")
    assert fact.title == base.records[fact.id].text  # type: ignore[attr-defined]
    assert fact.line == "13 June 2023 · decision · DOD News, June 2023 · Sputnik, 13 June 2023"
    assert "approved another $325 million presidential drawdown" in fact.text
    assert set(words.words("approved 325 million drawdown 13 June 2023 Ukraine Biden")) <= index.fits(fact).keys()
    assert {"joe-biden", "ukraine", "support-for-ukraine"} <= set(fact.entities)


def test_back_translated_words_find_a_fact_and_are_not_shown(real_links: Links) -> None:
    fact = next(one for one in documents.documents(real_links, {}) if one.id == "quebec-news-tribune-2021-06-04-f23")
    assert fact.text == ""
    assert {"266", "million"} <= index.fits(fact).keys()


def test_event_is_found_by_where_and_when(real_links: Links) -> None:
    meeting = next(one for one in documents.documents(real_links, {}) if one.id == "2023-06-13-white-house")
    assert set(words.words("Oval Office June 2023 Biden President")) <= index.fits(meeting).keys()
    assert "13 June 2023" in meeting.calls


def test_sections_of_prose_are_found_at_their_anchors() -> None:
    text = "---\ntitle: T\n---\n\n# Top { #top }\n\nLead.\n\n## Of *data*\n\nA [link](x.md) | cell\n\n"
    text += "## Of data\n\n```\n# no\n```\n"
    found = list(documents.sections("guide.md", text))
    assert [(one.href, one.title, one.text) for one in found] == [
        ("guide/", "Top", "Lead."),
        ("guide/#of-data", "Of data", "A link cell"),
        ("guide/#of-data_1", "Of data", ""),
    ]


@pytest.mark.parametrize(
    ("text", "title"), [("---\ntitle: Guide\n---\nText.\n", "Guide"), ("Text.\n", "guide.md"), ("", "guide.md")]
)
def test_page_without_a_heading_is_found_by_its_title_or_path(text: str, title: str) -> None:
    assert [(one.href, one.title) for one in documents.sections("guide.md", text)] == [("guide/", title)]


def test_pages_made_from_the_data_are_found_but_not_their_records_twice(real_links: Links) -> None:
    made = {
        "leaders/joe-biden.md": "---\n# x\n---\n\n# Joe Biden\n",
        "facts/index.md": "---\n# x\n---\n\n# Facts\n\nAll.\n\n## 2021\n\nMuch.\n",
        "facts/2021-2.md": "---\n# x\n---\n\n# Facts of 2021, second page\n",
        "rules/index.md": "---\n# x\n---\n\n# Rules\n\n## known-ids { #known-ids }\n\nGood.\n",
        "topics/old/index.md": "---\n# x\nsearch: {exclude: true}\n---\n\n# Withdrawn\n",
    }
    found = documents.prose({path: made[path] for path in documents.pages_of_prose(made, real_links)})
    assert found.keys() == {"facts/index.md", "rules/index.md"}
    assert "Much" not in found["facts/index.md"]
    assert "Good" in found["rules/index.md"]


def test_prose_written_by_hand_is_read_and_generated_pages_are_not() -> None:
    found = load_prose(ROOT / "docs")
    assert {"about.md", "contributing.md", "search.md"} <= found.keys()
    assert "index.md" not in found


def test_every_word_leads_to_its_documents_and_back(small_links: Links) -> None:
    of_all = documents.documents(small_links, {"about.md": "# About\n\nSay.\n"})
    parts = {content(one)[0]: content(one)[2] for _, one in index.parts(of_all)}
    head = parts["words"]
    assert isinstance(head, dict)
    vocabulary, before = [], ""
    for coded in head["words"].split(" "):
        before = before[: int(coded[0], 36)] + coded[1:]
        vocabulary.append(before)
    assert vocabulary == sorted(set(vocabulary))
    lists = [one for n in range(len(head["postings"])) for one in parts[f"p{n}"]]  # type: ignore[attr-defined]
    shown = [one for n in range(len(head["documents"])) for one in parts[f"d{n}"]]  # type: ignore[attr-defined]
    assert len(shown) == head["count"] == len(of_all)
    assert len(lists) == len(vocabulary)
    found = {
        (word, document): fit
        for word, coded in zip(vocabulary, lists, strict=True)
        for document, fit in decoded(coded)
        if not word.startswith(index.ENTITY)
    }
    assert found == {(word, at): fit for at, one in enumerate(of_all) for word, fit in index.fits(one).items()}


def decoded(coded: str) -> Iterator[tuple[int, int]]:
    value = document = 0
    for digit in map(index.DIGITS.index, coded):
        value = value * index.HALF + digit % index.HALF
        if digit < index.HALF:
            document += value // index.STEPS
            yield document, value % index.STEPS
            value = 0


def parts_of(base: FactBase) -> dict[str, tuple[str, object]]:
    """Return version and content of each file of the index of *base*, by name."""
    return {name: of for name, *of in (content(one.content) for one in files(Links(base), {}, {}))}  # type: ignore[misc]


def test_the_first_file_has_the_version_of_each_other_one(small_base: FactBase) -> None:
    parts = parts_of(small_base)
    versions = parts.pop("words")[1]["versions"]  # type: ignore[index]
    assert versions == {name: version for name, (version, _) in parts.items()}
    assert versions.keys() == {"p0", "d0"}


def changed(one: dict[str, tuple[str, object]], other: dict[str, tuple[str, object]]) -> set[str]:
    """Return the names of the files of the index whose version *other* has not; whose content it has not."""
    by_version, by_content = ({name for name in one if one[name][at] != other.get(name, ("", ""))[at]} for at in (0, 1))
    assert by_version == by_content
    return by_version


@pytest.mark.parametrize("id", ["{}", "{}-too"], ids=["a longer text", "one more fact"])
def test_what_other_results_show_stays_in_the_same_files(real_links: Links, id: str) -> None:
    base = real_links.base
    fact = base.all(Fact)[40]
    other = fact.model_copy(update={"id": id.format(fact.id), "text": " ".join([fact.text] * 4)})
    with_it = {one.id: one for record in base.records.values() for one in (record, *([other] * (record is fact)))}
    before, after = parts_of(base), parts_of(replace(base, records={**with_it, other.id: other}))
    assert "words" in changed(before, after)
    shown = {name: version for name, (version, _) in before.items() if name.startswith("d")}
    assert 1 <= len(set(shown.values()).difference(version for version, _ in after.values())) < len(shown) / 3


def test_files_of_the_index_stay_small(real_links: Links) -> None:
    sizes = {one.path: len(one.content) for one in files(real_links, {}, {})}
    assert all(size < 40_000 for path, size in sizes.items() if path != "search/words.js"), sizes
