"""A page and its JSON say the same: each page is told from its JSON alone, and read from its HTML; the two are equal.

Equal both ways: a value that only one of them has makes the two texts differ.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from export_help import real, small
from page_tree import Element, read, sections

from generator.export import API
from generator.model import Entity, Fact, FactBase, Leader, Meeting, Post, Record, Source, Summit, Topic
from generator.render import render

Json = dict[str, Any]

NOT_ON_PAGE = {
    "language": "every quotation is in the language of its page",
    "status of an alias": "pages show no kind of a name",
    "prefix, suffix, omits": "they place a quotation, and are not shown",
}
"""What only the JSON has, and why."""


class Site:
    """The pages of a fact base as trees, and its JSON by id."""

    def __init__(self, base: FactBase) -> None:
        files = {one.path: one.content for one in render(base)}
        self.base = base
        self.texts = {path: one.decode() for path, one in files.items() if path.endswith(".md")}
        self.files = files
        self.json: dict[str, Json] = {}
        for path, one in files.items():
            if re.fullmatch(rf"{API}(?!schema|cite)[a-z]+/[^/]+\.json", path):
                record = json.loads(one)
                self.json[record["id"]] = record
        self._trees: dict[str, Element] = {}

    def page(self, path: str) -> Element:
        if path not in self._trees:
            self._trees[path] = read(self.texts[path])
        return self._trees[path]

    def name(self, id: str | None) -> str:
        return str(self.json[id]["name"]) if id else ""

    def names(self, ids: Iterable[str]) -> str:
        return ", ".join(self.name(id) for id in ids)

    def table(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.files[f"{API}{name}.csv"].decode(), newline="")))


@pytest.fixture(scope="module", params=["small", "real"])
def site(request: pytest.FixtureRequest) -> Site:
    return Site(small() if request.param == "small" else real())


def line(*parts: str) -> str:
    """Return *parts* that are not empty, with a space between them."""
    return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).strip()


# What the JSON says, as a page would


def words(date: Json | None) -> str:
    return str(date["words"]) if date else ""


def published(source: Json) -> str:
    if source["published"] is None:
        return "undated"
    plain = words(source["published"]).removesuffix(" (inferred)").removesuffix(" (about)")
    return plain + ("?" if source["published"]["uncertain"] else "")


def told(evidence: Json, site: Site, of: str = "") -> str:
    """Return one piece of *evidence* with its words, as it stands beside a value of the record *of*."""
    source = site.json[evidence["source"]]
    name = "this page" if of == evidence["source"] else source["publisher"]
    paragraph = f" ¶{evidence['paragraph']}" if evidence["paragraph"] else ""
    quote = f": “{evidence['quote']['exact']}”" if evidence["quote"] else ""
    copy = "(archived copy)" if evidence["quote"] and source["archive_url"] else ""
    told = f"{name}{paragraph}, {published(source)}{quote}"
    return line(told, copy, evidence["basis"], evidence["inferred"] or "")


def all_told(evidence: Iterable[Json], site: Site, of: str = "") -> str:
    return line(*(told(one, site, of) for one in evidence))


def outcome(fact: Json, site: Site) -> str:
    if fact["status"] is None:
        return ""
    if not fact["outcome"]:
        return line("What came of it is not known.", fact["unknown"].get("outcome", ""))
    said = {
        "happened": "It happened.",
        "partly": "It happened in part.",
        "overtaken": "It was overtaken.",
        "planned": "",
    }
    return line(said[fact["status"]], *(refer(id, site) for id in fact["outcome"]))


def refer(id: str, site: Site) -> str:
    return f"{words(site.json[id]['time'])}: {site.json[id]['text']}"


def quotes(fact: Json, site: Site) -> str:
    return line(
        *(
            f"“{one['exact']}” {site.name(one['speaker'])}{', ' + site.name(one['post']) if one['post'] else ''}"
            for one in fact["quotations"]
        )
    )


def fact_at_home(fact: Json, site: Site) -> str:
    home = fact["id"].rpartition("-")[0]
    about = [id for id in fact["about"] if id != fact["at"]]
    meta = [
        ("As of " if fact["date"] is None else "") + words(fact["time"]),
        fact["kind"],
        "by " + ", ".join("the article" if id == home else site.name(id) for id in fact["by"]) if fact["by"] else "",
        site.name(fact["at"]),
        "about " + site.names(about) if about else "",
    ]
    independent = fact["independent_sources"]
    return line(
        fact["text"],
        " · ".join(one for one in meta if one),
        quotes(fact, site),
        outcome(fact, site),
        *(f"What was planned: {refer(id, site)}" for id in fact["planned_in"]),
        f"Note: {fact['note']}" if fact["note"] else "",
        all_told(fact["evidence"], site),
        f"Told by {independent} independent sources." if independent > 1 else "",
    )


def fact_away(fact: Json, site: Site) -> str:
    best: dict[tuple[str, int | None], str] = {}  # each paragraph once, the best evidence first
    for one in sorted(fact["evidence"], key=lambda one: ["proven", "cited", "inferred"].index(one["basis"])):
        best.setdefault((one["source"], one["paragraph"]), one["basis"])
    evidence = []
    for (id, number), basis in best.items():
        source = site.json[id]
        paragraph = f" ¶{number}" if number else ""
        evidence.append(f"{source['publisher']}{paragraph}, {published(source)} {basis}")
    return line(
        ("As of " if fact["date"] is None else "") + words(fact["time"]),
        fact["kind"] if fact["kind"] != "statement" else "",
        fact["text"],
        quotes(fact, site),
        outcome(fact, site),
        " · ".join(evidence),
    )


def rows_of_values(record: Json, labels: Mapping[str, str], site: Site) -> list[list[str]]:
    """Return the table of the values of *record*, and of those that other sources give."""
    rows = []
    for field, label in labels.items():
        value, reason = record[field], record["unknown"].get(field, "")
        if value is None and not reason and "publisher" in record:
            continue
        shown = words(value) if isinstance(value, dict) else site.name(value) if value in site.json else value
        evidence = all_told(record["evidence"].get(field, ()), site, record["id"])
        if field in record.get("confirmed", ()) and value is not None:
            evidence = line("the page itself cited", evidence)
        rows.append([label, shown, evidence] if value is not None else [label, "not known", reason])
        if value is None:
            continue
        for one in record["alternatives"]:
            if one["field"] == field:
                other = line(all_told(one["evidence"], site, record["id"]), one["because"])
                rows.append([f"{label}, otherwise", f"{one['value']} {one['rank']}", other])
    return rows


# What the page says


def without_ways(elements: Iterable[Element]) -> list[Element]:
    """Return *elements* but for the ways to edit and to report, which are no values."""
    return [one for one in elements if "ways" not in one.classes and one.tag != "script"]


def shown(elements: Iterable[Element]) -> str:
    return line(*(one.text for one in without_ways(elements)))


def table(elements: Iterable[Element]) -> list[list[str]]:
    for one in elements:
        for found in [one] if one.tag == "table" else one.all("table"):
            return [[cell.text for cell in row.all("td")] for row in found.all("tr") if row.all("td")]
    return []


def facts_listed(elements: Iterable[Element]) -> list[tuple[str, str]]:
    """Return id and text of each fact in the lists of facts in *elements*."""
    found = []
    for element in elements:
        for group in [element] if "facts" in element.classes else element.all("div", "facts"):
            for items in group.elements:
                for item in items.elements:
                    way = re.fullmatch(
                        r"(?:\.\./)*sources/(.+)\.md#(f\d+)", item.all("a", "when")[0].attributes["href"]
                    )
                    assert way
                    found.append((f"{way[1]}-{way[2]}", item.text))
    return found


def expected_facts(ids: Iterable[str], site: Site) -> list[tuple[str, str]]:
    return [(id, fact_away(site.json[id], site)) for id in ids]


EVENT = {"date": "When", "place": "Where", "venue": "Venue"}
LABELS: dict[type[Record], dict[str, str]] = {
    Summit: {**EVENT, "chair": "Chair", "status": "Status"},
    Meeting: {**EVENT, "prepares": "On the road to", "status": "Status"},
    Source: {
        "publisher": "Publisher",
        "author": "Author",
        "headline": "Headline",
        "published": "Published",
        "origin": "Origin",
        "derived_from": "Derived from",
    },
}


def pages_of(site: Site, *kinds: type[Entity]) -> list[tuple[Json, Element]]:
    return [(site.json[one.id], site.page(f"{one.pages}/{one.id}.md")) for kind in kinds for one in site.base.all(kind)]


def values_table(page: Element) -> list[list[str]]:
    return table(page.all("div", "values"))


@pytest.mark.parametrize("kind", [Summit, Meeting, Source], ids=lambda kind: kind.kind_name)
def test_values_and_evidence_are_equal(site: Site, kind: type[Entity]) -> None:
    for record, page in pages_of(site, kind):
        rows = [row for row in values_table(page) if row[0] not in ("Address", "Archived copy", "Text", "Who")]
        assert rows == rows_of_values(record, LABELS[kind], site), record["id"]


def test_source_pages_have_the_address_and_the_hash(site: Site) -> None:
    for record, page in pages_of(site, Source):
        rows = {row[0]: row[1:] for row in values_table(page)}
        assert rows["Address"] == [record["url"], ""]
        assert rows.get("Archived copy") == ([record["archive_url"], ""] if record["archive_url"] else None)
        sha = f"SHA-256 of the text: {record['article']['sha256']}" if record["article"] else None
        assert rows.get("Text", [None, None])[1] == sha
        notes = [one.text for one in page.elements if one.tag == "p" and "note" in one.classes]
        assert (record["note"] in notes) if record["note"] else True


def test_facts_at_home_are_equal(site: Site) -> None:
    seen = []
    for record, page in pages_of(site, Source):
        for heading, elements in _homes(page):
            id = f"{record['id']}-{heading.attributes['id']}"
            seen.append(id)
            assert line(heading.text, shown(elements)) == fact_at_home(site.json[id], site), id
    assert sorted(seen) == sorted(one.id for one in site.base.all(Fact))


def _homes(page: Element) -> list[tuple[Element, list[Element]]]:
    found: list[tuple[Element, list[Element]]] = []
    inside = False
    for one in page.elements:
        if one.tag in ("h2", "h3"):
            inside = one.tag == "h3" and "fact" in one.classes
            if inside:
                found.append((one, []))
        elif inside and not (one.tag == "p" and one.text == "Also evidence for:") and one.tag not in ("ul", "details"):
            found[-1][1].append(one)
    return found


def test_paragraphs_set_aside_and_dates_are_equal(site: Site) -> None:
    for record, page in pages_of(site, Source):
        by_heading = sections(page)
        aside = [f"¶{number}: {one['reason']}" for one in record["set_aside"] for number in one["paragraphs"]]
        found = [item.text for one in by_heading.get("Set aside", []) for item in one.all("li")]
        assert sorted(found) == sorted(aside), record["id"]
        read_as = [
            [
                ", ".join(f"¶{number}" for number in one["paragraphs"]),
                one["words"],
                words(one["date"]),
                one["because"] + (f" ({site.name(one['source'])})" if one["source"] else ""),
            ]
            for one in record["dates"]
        ]
        assert table(by_heading.get("How its dates were read", [])) == read_as


def test_facts_of_events_are_equal(site: Site) -> None:
    for record, page in pages_of(site, Summit, Meeting):
        by_heading = sections(page)
        listed = [one for elements in by_heading.values() for one in facts_listed(elements)]
        opening = [*record.get("highlights", ()), *record.get("open", ())]
        assert sorted(listed) == sorted(expected_facts({*record["facts"], *opening}, site)), record["id"]
        if opening:
            assert facts_listed(page.all("div", "gist")) == expected_facts(opening, site), record["id"]


def test_who_acted_at_a_summit_is_on_its_page(site: Site) -> None:
    for record, page in pages_of(site, Summit):
        who = next((row[1] for row in values_table(page) if row[0] == "Who"), "")
        assert set(map(site.name, record["people"])) <= set(who.split(", ")), record["id"]


def test_whom_a_leader_met_is_equal(site: Site) -> None:
    for record, page in pages_of(site, Leader):
        elements = sections(page).get("Met", [])
        rows = table(elements)
        times = {1: "once", 2: "twice"}
        assert [row[:2] for row in rows] == [
            [site.name(one["person"]), times.get(len(one["events"]), f"{len(one['events'])} times")]
            for one in record["met"]
        ], record["id"]
        found = _linked([row for one in elements for row in one.all("td")], "(?:summits|meetings)")
        assert found == {id for one in record["met"] for id in one["events"]}, record["id"]


def test_pairs_that_met_are_those_of_the_leaders(site: Site) -> None:
    listed = {(frozenset(row[:2]), row[2]) for row in table(site.page("who-met-whom/index.md").elements)}
    times = {1: "once", 2: "twice"}
    assert listed == {
        (
            frozenset((site.name(id), site.name(one["person"]))),
            times.get(len(one["events"]), f"{len(one['events'])} times"),
        )
        for id, record in site.json.items()
        for one in record.get("met", ())
    }


def test_agenda_of_a_summit_has_its_facts_and_those_of_its_road_by_topic(site: Site) -> None:
    for record, _ in pages_of(site, Summit):
        road = [*record["meetings"], *(part for id in record["meetings"] for part in site.json[id]["parts"])]
        facts = {fact for id in (record["id"], *road) for fact in site.json[id]["facts"]}
        topics = {one.id: one.name for one in site.base.all(Topic)}
        expected = {
            name: {site.json[fact]["text"] for fact in facts if id in site.json[fact]["about"]}
            for id, name in topics.items()
        }
        by_heading = sections(site.page(f"agenda/{record['id']}.md"))
        found = {
            heading: {item.text.partition(": ")[2] for one in elements for item in one.all("li")}
            for heading, elements in by_heading.items()
            if heading
        }
        assert found == {name: texts for name, texts in expected.items() if texts}, record["id"]


def test_who_was_at_a_meeting_is_equal(site: Site) -> None:
    for record, page in pages_of(site, Meeting):
        rows = [
            [site.name(one["person"]), site.name(one["post"]), all_told(one["evidence"], site)]
            for one in record["participants"]
        ]
        assert table(sections(page).get("Who", [])) == rows, record["id"]
        assert _linked(sections(page).get("Part of it", [])) == set(record["parts"])


def test_the_road_to_a_summit_is_equal(site: Site) -> None:
    for record, page in pages_of(site, Summit):
        assert _linked(sections(page).get("The road to it", []), "meetings") == set(record["meetings"])


def _linked(elements: Iterable[Element], folder: str = "[a-z]+") -> set[str]:
    ways = (re.fullmatch(rf"(?:\.\./)*{folder}/([^#]+)\.md", way) for one in elements for way in one.links())
    return {way[1] for way in ways if way}


def test_people_are_equal(site: Site) -> None:
    for record, page in pages_of(site, Leader):
        by_heading = sections(page)
        held = [
            [site.name(one["post"]), words(one["during"]), all_told(one["evidence"], site)]
            for one in record["memberships"]
        ]
        assert table(by_heading.get("Posts held", [])) == held
        assert _linked(by_heading.get("Meetings", []), "meetings") == set(record["meetings"])
        assert facts_listed(by_heading.get("Said and done", [])) == expected_facts(record["facts_by"], site)
        assert facts_listed(by_heading.get("Said of them by others", [])) == expected_facts(record["facts_about"], site)


def test_subjects_are_equal(site: Site) -> None:
    kinds = {one.kind_name: type(one) for one in site.base.records.values() if isinstance(one, Entity) and one.pages}
    for kind in (kinds[name] for name in ("topic", "organisation", "country", "place", "post")):
        for record, page in pages_of(site, kind):
            by_heading = sections(page)
            said = facts_listed(by_heading.get("Said and done", []))
            listed = [one for elements in by_heading.values() for one in facts_listed(elements)]
            assert said == expected_facts(record["facts_by"], site), record["id"]
            assert listed == said + expected_facts(record["facts_about"], site), record["id"]
            assert _related(page) == _related_of(record, kind, site), record["id"]
            if kind is Post:
                holders = [[site.name(one["person"]), words(one["during"])] for one in record["holders"]]
                assert [row[:2] for row in table(by_heading.get("Who held it", []))] == holders
            if "events" in record:
                assert _linked(by_heading.get("Events there", []), "(?:summits|meetings)") == set(record["events"])


def _related(page: Element) -> dict[str, str]:
    found = {}
    for one in page.elements:
        strong = one.all("strong")
        if one.tag == "p" and strong and one.text.startswith(strong[0].text):
            found[strong[0].text.rstrip(":")] = one.text.removeprefix(strong[0].text).strip()
    return found


def _related_of(record: Json, kind: type[Entity], site: Site) -> dict[str, str]:
    related: dict[str, str] = {}
    if kind is Topic:
        for label in ("Broader", "Narrower", "Related"):
            related[label] = site.names(record[label.lower()])
    elif kind is Post:
        related = {label: site.name(record[label.lower()]) for label in ("Organisation", "Country")}
        related["Gap"] = record["gap"] or ""
    if "posts" in record:
        related["Posts"] = site.names(record["posts"])
    return {label: value for label, value in related.items() if value}


def test_scope_of_a_topic_is_equal(site: Site) -> None:
    for record, page in pages_of(site, Topic):
        assert record["scope"] in [one.text for one in page.all("p", "lead")]


def test_ids_in_wikidata_are_equal(site: Site) -> None:
    known = {one["id"]: one["wikidata"] for one in site.table("records") if one["wikidata"]}
    assert known
    for record in site.base.records.values():
        if isinstance(record, Entity) and record.pages:
            (trail,) = site.page(f"{record.pages}/{record.id}.md").all("nav", "trail")
            links = [one for one in trail.links() if "wikidata" in one]
            id = site.json[record.id].get("wikidata")
            assert links == ([f"https://www.wikidata.org/wiki/{id}"] if id else []), record.id
            assert known.get(record.id) == id


def test_names_are_equal(site: Site) -> None:
    for record in site.base.records.values():
        if isinstance(record, Entity) and record.pages:
            value = site.json[record.id]
            title = value.get("headline") or value["name"]
            assert site.page(f"{record.pages}/{record.id}.md").all("h1")[0].text.startswith(title)


# The pages that gather, and the tables


def test_all_facts_are_listed_once_by_year(site: Site) -> None:
    years = [path for path in site.texts if re.fullmatch(r"facts/\d+(-\d+)?\.md", path)]
    listed = [one for path in years for one in facts_listed([site.page(path)])]
    assert sorted(listed) == sorted(expected_facts((one.id for one in site.base.all(Fact)), site))
    assert sorted(id for id, _ in listed) == sorted(row["id"] for row in site.table("facts"))


def test_quotations_are_those_of_the_table(site: Site) -> None:
    rows = [
        line(
            f"“{row['exact']}” {site.name(row['speaker'])}{', ' + site.name(row['post']) if row['post'] else ''},",
            words(site.json[row["fact"]]["time"]),
        )
        for row in site.table("quotations")
    ]
    found = [one.text for quote in site.page("quotations/index.md").all("blockquote") for one in quote.all("p")]
    assert sorted(found) == sorted(rows)


def test_figures_are_those_of_the_table(site: Site) -> None:
    def value(row: Mapping[str, str]) -> str:
        whole, point, rest = row["value"].partition(".")
        return f"{'about ' if row['about'] == 'yes' else ''}{int(whole):,}{point}{rest}" if whole else row["words"]

    rows = [
        [words(site.json[row["fact"]]["time"]), f"{value(row)} {row['unit']}", site.json[row["fact"]]["text"]]
        for row in site.table("figures")
    ]
    found = [
        [cell.text for cell in row.all("td")][:3] for row in site.page("figures/index.md").all("tr") if row.all("td")
    ]
    assert sorted(found) == sorted(rows)


def test_record_without_a_page_is_a_section_of_one(site: Site) -> None:
    anchored: dict[str, Callable[[Json], str]] = {
        "measure": lambda one: one["figures"],
        "series": lambda one: one["summits"],
    }
    for record in site.base.records.values():
        if record.kind_name in anchored and anchored[record.kind_name](site.json[record.id]):
            path, _, anchor = site.json[record.id]["page"].partition("#")
            headings = {one.attributes.get("id"): one.text for one in site.page(f"{path}index.md").all("h2")}
            assert headings[anchor] == site.name(record.id)


def test_what_a_page_leaves_out_is_known() -> None:
    assert all(NOT_ON_PAGE.values())
