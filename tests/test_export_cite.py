"""Citations, each format read back by a library: BibTeX, RIS, CSL-JSON, the template of Wikipedia; and plain text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import bibtexparser
import mwparserfromhell
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from export_help import AWKWARD, SITE, real, small, with_text

from generator.export import API, Edition, files
from generator.export.cite import FORMATS, WHOLE, path, targets
from generator.export.records import Records
from generator.links import Links
from generator.model import Entity, Fact, FactBase, Source

ARTICLE = "harbour-gazette-2031-05-05"
FACT = f"{ARTICLE}-f01"
MORE_AWKWARD = {
    "percent": "100% of it, 5 % more",
    "braces": "{ open, } close, }} twice {{ and {{!}}",
    "unbalanced": "}",
    "pipes": "a | b || c=d",
    "wiki": "''slanted'' [[link]] ~~~~ __NOTOC__ https://record.invalid <ref>x</ref> &amp;",
    "list": "* a star first",
    "tex": r"\textbf{x} $1_a^2$ #1 & ~ \\ ",
    "tag": "first\nER  - \nTY  - BOOK",
}
each_text = pytest.mark.parametrize("text", {**AWKWARD, **MORE_AWKWARD}.values(), ids={**AWKWARD, **MORE_AWKWARD})
each_site = pytest.mark.parametrize("site", ["", SITE])


def cited(base: FactBase, site: str = SITE) -> dict[str, str]:
    """Return the citations of *base* by path below the folder of citations."""
    records = Records(Links(base), Edition(site, "1.2.3", "2031-06-21"))
    return {
        one.path.removeprefix(f"{API}cite/"): one.content.decode()
        for target in targets(records)
        for one in target.make()
    }


def one_line(text: str) -> str:
    return " ".join(text.split())


def bibtex(text: str) -> list[dict[str, str]]:
    """Return the entries of *text*, their LaTeX as characters."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    raw = [(one.key, {name: str(field.value) for name, field in one.fields_dict.items()}) for one in library.entries]
    assert text.count("@misc{") >= len(raw)
    decoded = LatexDecodingMiddleware(keep_braced_groups=False).transform(library)
    assert decoded.failed_blocks == []
    return [
        {"key": key, **{name: str(one[name]).strip("{}") if name != "url" else fields["url"] for name in fields}}
        for one, (key, fields) in zip(decoded.entries, raw, strict=True)
    ]


def wiki(block: str) -> list[dict[str, str]]:
    """Return the parameters of each template in *block*, its entities as characters."""
    code = mwparserfromhell.parse(block)
    found = code.filter_templates(recursive=True)
    assert str(code).strip() == "\n".join(map(str, found)), "nothing but templates, and none inside another"
    assert {str(one.name).strip() for one in found} <= {"cite web"}
    return [
        {str(one.name).strip(): html.unescape(str(one.value)).strip() for one in template.params} for template in found
    ]


def blocks(text: str) -> list[str]:
    return text.replace("\r\n", "\n").strip().split("\n\n")


def ids(files: Mapping[str, str], name: str) -> list[str]:
    return [one["id"] for one in json.loads(files[f"{name}.json"])]


@each_site
@pytest.mark.parametrize("base", [small, real])
def test_every_page_of_a_record_and_every_fact_can_be_cited_in_every_format(base: Any, site: str) -> None:
    made = cited(base(), site)
    pages = [one for one in base().records.values() if isinstance(one, Entity) and one.pages]
    assert set(made) == {path(one, way.suffix).removeprefix(f"{API}cite/") for one in [None, *pages] for way in FORMATS}
    facts = [id for one in pages if isinstance(one, Source) for id in ids(made, f"source/{one.id}")[2:]]
    assert sorted(facts) == sorted(one.id for one in base().all(Fact))


@pytest.mark.parametrize("base", [small, real])
def test_entries_are_the_same_and_in_the_same_order_in_all_formats(base: Any) -> None:
    made = cited(base())
    for name in {one.partition(".")[0] for one in made}:
        expected = ids(made, name)
        assert [one["key"] for one in bibtex(made[f"{name}.bib"])] == expected
        assert [one["id"] for one in rispy.loads(made[f"{name}.ris"])] == expected
        titles = [one["title"] for one in json.loads(made[f"{name}.json"])]
        assert [wiki(one)[0]["title"] for one in blocks(made[f"{name}.wiki.txt"])] == titles
        lines = blocks(made[f"{name}.txt"])
        assert len(lines) == len(expected)
        assert [title for title, one in zip(titles, lines, strict=True) if title not in one] == []


def test_a_fact_is_cited_with_its_address_its_words_the_date_and_the_version() -> None:
    made = cited(small())
    at = ids(made, f"source/{ARTICLE}").index(FACT)
    fact = small().records[FACT]
    assert isinstance(fact, Fact)
    assert fact.evidence[0].quote
    url, words = f"{SITE}sources/{ARTICLE}/#f01", fact.evidence[0].quote.exact

    plain = blocks(made[f"source/{ARTICLE}.txt"])[at]
    for part in (fact.text, url, "data version 1.2.3", "21 June 2031", f"“{words}”", "Summit Record contributors"):
        assert part in plain
    entry = bibtex(made[f"source/{ARTICLE}.bib"])[at]
    assert (entry["url"], entry["version"], entry["title"]) == (url, "1.2.3", fact.text)
    assert (entry["year"], entry["month"], entry["day"]) == ("2031", "06".lstrip("0"), "21")
    assert words in entry["note"]
    reference = rispy.loads(made[f"source/{ARTICLE}.ris"])[at]
    assert reference["type_of_reference"] == "ELEC"
    assert (reference["urls"], reference["edition"], reference["date"]) == ([url], "1.2.3", "2031/06/21")
    assert words in reference["notes"][0]
    item = json.loads(made[f"source/{ARTICLE}.json"])[at]
    assert (item["URL"], item["version"], item["issued"]) == (url, "1.2.3", {"date-parts": [[2031, 6, 21]]})
    record, article = wiki(blocks(made[f"source/{ARTICLE}.wiki.txt"])[at])
    assert (record["url"], record["date"], record["id"]) == (url, "21 June 2031", "Data version 1.2.3")
    source = small().records[ARTICLE]
    assert isinstance(source, Source)
    assert (article["url"], article["website"]) == (source.url, source.publisher)
    assert record["quote"] == article["quote"] == words


def test_words_of_a_source_that_was_translated_back_are_in_no_citation() -> None:
    base = small()
    source = base.records[ARTICLE].model_copy(update={"wording": "back-translated"})
    made = cited(FactBase({**base.records, ARTICLE: source}, {}, base.articles, base.register))
    fact = base.records[FACT]
    assert isinstance(fact, Fact)
    assert fact.evidence[0].quote
    assert [name for name, text in made.items() if fact.evidence[0].quote.exact in text] == []


def test_without_a_date_and_an_address_nothing_is_made_up() -> None:
    made = {
        one.path.removeprefix(f"{API}cite/"): one.content.decode()
        for target in targets(Records(Links(small()), Edition()))
        for one in target.make()
    }
    assert ", undated." in blocks(made[f"source/{ARTICLE}.txt"])[0]
    assert not {"year", "url"} & set(bibtex(made[f"source/{ARTICLE}.bib"])[0])
    assert not {"issued", "URL"} & set(json.loads(made[f"source/{ARTICLE}.json"])[0])
    assert "|url=<!-- the address of the page -->" in blocks(made[f"source/{ARTICLE}.wiki.txt"])[0]


def test_a_day_that_was_concluded_is_said_to_be_about() -> None:
    source = small().records[ARTICLE]
    assert isinstance(source, Source)
    assert source.published
    doubtful = source.model_copy(
        update={"published": replace(source.published, start=replace(_start(source), uncertain=True))}
    )
    made = cited(FactBase({**small().records, ARTICLE: doubtful}, {}, small().articles, small().register))
    assert ", about 5 May 2031." in blocks(made[f"source/{ARTICLE}.txt"])[1]
    assert json.loads(made[f"source/{ARTICLE}.json"])[1]["issued"]["circa"] is True
    assert "date" not in wiki(blocks(made[f"source/{ARTICLE}.wiki.txt"])[1])[0]


def _start(source: Source) -> Any:
    assert source.published
    return source.published.start


def test_a_dated_copy_is_named_with_its_day() -> None:
    copy = f"https://web.archive.org/web/20310506121314/https://gazette.example/{ARTICLE}"
    source = small().records[ARTICLE].model_copy(update={"archive_url": copy})
    made = cited(FactBase({**small().records, ARTICLE: source}, {}, small().articles, small().register))
    original = wiki(blocks(made[f"source/{ARTICLE}.wiki.txt"])[1])[0]
    assert (original["archive-url"], original["archive-date"]) == (copy, "6 May 2031")


@each_text
def test_any_text_comes_back_from_every_format(text: str) -> None:
    made = cited(with_text(small(), text))
    name, title = f"source/{ARTICLE}", one_line(text)
    expected = ids(made, name)
    at = expected.index(FACT)
    assert json.loads(made[f"{name}.json"])[at]["title"] == title
    references = rispy.loads(made[f"{name}.ris"])
    assert [one["id"] for one in references] == expected
    assert references[at]["title"] == title
    entries = bibtexparser.parse_string(made[f"{name}.bib"])
    assert entries.failed_blocks == []
    assert [one.key for one in entries.entries] == expected
    assert _from_tex(str(entries.entries[at].fields_dict["title"].value)) == title
    records = [wiki(one)[0] for one in blocks(made[f"{name}.wiki.txt"])]
    assert len(records) == len(expected)
    assert one_line(records[at]["title"]) == title
    assert one_line(records[at]["quote"]) == title
    assert len(blocks(made[f"{name}.txt"])) == len(expected)
    assert title in blocks(made[f"{name}.txt"])[at]


def _from_tex(value: str) -> str:
    """Return what LaTeX prints of *value*, whose inner braces keep capitals."""
    assert value.startswith("{")
    assert value.endswith("}")
    inside = value[1:-1]
    signs = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    return re.sub(r"\\text(\w+)\{\}|\\(.)", lambda one: signs[one[1]] if one[1] else one[2], inside)


@pytest.mark.parametrize("text", ["100 % & more_of #it", "5 < 6 and a \\ slash", "Šimonytė, Erdoğan, თბილისი"])
def test_latex_reads_the_same_characters(text: str) -> None:
    made = cited(with_text(small(), text))
    entry = next(one for one in bibtex(made[f"source/{ARTICLE}.bib"]) if one["key"] == FACT)
    assert entry["title"].replace("\u2009", "") == text


@pytest.mark.parametrize("base", [small, real])
def test_citation_processor_cites_every_entry(base: Any) -> None:
    made = cited(base())
    name = next(one.id for one in base().all(Source) if one.type == "article")
    items = json.loads(made[f"source/{name}.json"])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for one in items:
        bibliography.register(Citation([CitationItem(one["id"])]))
    text = [str(one) for one in bibliography.bibliography()]
    assert len(text) == len(items)
    assert [one["title"] for one in items if not any(one["title"] in line for line in text)] == []


def test_files_are_among_the_data_files_and_their_checksums() -> None:
    made = {one.path: one.content for one in files(Records(Links(small()), Edition(SITE)))}
    assert path(None, "bib") == f"{API}cite/{WHOLE}.bib"
    assert f"cite/{WHOLE}.bib" in made[f"{API}checksums.sha256"].decode()
