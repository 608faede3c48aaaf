"""SKOS as Turtle and JSON-LD, and the JSON-LD of pages, against rdflib."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from export_help import AWKWARD, SITE, awkward, pages, real, real_files, real_pages, small, with_text
from page_tree import read
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, SKOS

from generator.export import API, NOWHERE, Edition, Records
from generator.export.jsonld import page_graph, script
from generator.links import Links
from generator.model import (
    Country,
    Entity,
    Fact,
    FactBase,
    Known,
    Leader,
    Meeting,
    Organisation,
    Place,
    Post,
    Source,
    Summit,
    Topic,
)

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's JSON-LD parser uses it

HOME = "https://elsewhere.example/"
SCHEMA = Namespace("https://schema.org/")
each_text = pytest.mark.parametrize("name", AWKWARD)
each_site = pytest.mark.parametrize("site", ["", SITE])


def graph(files: Mapping[str, bytes], name: str, format: str) -> Graph:
    """Return the graph of a file, read as if it lay at HOME."""
    return Graph().parse(data=files[API + name].decode(), format=format, publicID=f"{HOME}{API}{name}")


# SKOS


@each_site
def test_turtle_and_json_ld_are_the_same_graph(site: str) -> None:
    turtle = graph(real_files(site), "topics.ttl", "turtle")
    assert isomorphic(turtle, graph(real_files(site), "topics.jsonld", "json-ld"))
    assert {str(one) for one in turtle.subjects(RDF.type, SKOS.Concept)} == {
        f"{site or HOME}topics/{one.id}/" for one in real().all(Topic)
    }


def test_topics_say_what_the_records_say() -> None:
    found = graph(real_files(), "topics.ttl", "turtle")
    for topic in real().all(Topic):
        concept = URIRef(f"{HOME}topics/{topic.id}/")
        assert [*found.objects(concept, SKOS.prefLabel)] == [Literal(topic.name, "en")]
        assert [*found.objects(concept, SKOS.scopeNote)] == [Literal(topic.scope, "en")]
        assert [*found.objects(concept, DCTERMS.identifier)] == [Literal(topic.id)]
        labels = {*found.objects(concept, SKOS.altLabel), *found.objects(concept, SKOS.hiddenLabel)}
        assert labels == {Literal(one.name, "en") for one in topic.aliases if one.name != topic.name}
        for link, ids in ((SKOS.broader, topic.broader), (SKOS.related, topic.related)):
            assert {*found.objects(concept, link)} == {URIRef(f"{HOME}topics/{id}/") for id in ids}


def test_scheme_keeps_the_rules_of_skos() -> None:
    found = graph(real_files(), "topics.ttl", "turtle")
    scheme = URIRef(f"{HOME}topics/")
    assert (scheme, RDF.type, SKOS.ConceptScheme) in found
    for concept in found.subjects(RDF.type, SKOS.Concept):
        assert (concept, SKOS.inScheme, scheme) in found
        assert len([*found.objects(concept, SKOS.prefLabel)]) == 1  # S14
        kinds = [{*found.objects(concept, one)} for one in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert sum(map(len, kinds)) == len(set.union(*kinds))  # S13
        for narrower in found.objects(concept, SKOS.narrower):
            assert (narrower, SKOS.broader, concept) in found  # S25
        above = {*found.transitive_objects(concept, SKOS.broader)}
        assert not {*found.objects(concept, SKOS.related)} & above  # S27
        assert bool([*found.objects(concept, SKOS.broader)]) is not ((concept, SKOS.topConceptOf, scheme) in found)


@each_text
def test_skos_holds_any_text(name: str) -> None:
    turtle = graph(awkward(name), "topics.ttl", "turtle")
    assert {str(one) for one in turtle.objects(None, SKOS.prefLabel)} == {AWKWARD[name]}
    assert {str(one) for one in turtle.objects(None, SKOS.altLabel)} == {f"{AWKWARD[name]} too"}
    assert isomorphic(turtle, graph(awkward(name), "topics.jsonld", "json-ld"))


# JSON-LD of pages


class _Scripts(HTMLParser):
    """Reads script elements as a browser does: their text runs to the first end tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._open:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def scripts(html: str) -> list[Any]:
    reader = _Scripts()
    reader.feed(html)
    reader.close()
    return [json.loads(one) for one in reader.found]


def parsed(document: Any, at: str = HOME) -> Graph:
    """Return the graph of the JSON-LD *document*; schema.org's own context is a long list, and not asked for here."""
    context = {"@vocab": str(SCHEMA), **{one: {"@type": "@id"} for one in ("url", "item", "license", "contentUrl")}}
    return Graph().parse(data=json.dumps({**document, "@context": context}), format="json-ld", publicID=at)


def nodes(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in *document*."""
    if isinstance(document, list):
        for one in document:
            yield from nodes(one)
    elif isinstance(document, dict):
        yield document
        for one in document.values():
            yield from nodes(one)


def test_every_page_of_a_record_has_one_graph() -> None:
    texts = real_pages()
    for record in real().records.values():
        if isinstance(record, Entity) and record.pages:
            (document,) = scripts(texts[f"{record.pages}/{record.id}.md"])
            assert document["@context"] == "https://schema.org"
            assert document["@graph"][0]["name"] == record.name


TYPES = {
    Summit: "Event",
    Meeting: "Event",
    Leader: "Person",
    Topic: "DefinedTerm",
    Organisation: "Organization",
    Country: "Country",
    Place: "Place",
    Post: "Occupation",
    Source: "WebPage",
}


def of(record: Entity, base: FactBase, site: str = SITE) -> Graph:
    records = Records(Links(base), Edition(site))
    document = json.loads(re.sub("</?script[^>]*>", "", script(page_graph(record, records))))
    return parsed(document, f"{site or HOME}{records.address(record.id)}")


def _address(record: Entity, site: str = SITE) -> URIRef:
    return URIRef(f"{site}{record.pages}/{record.id}/")


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.kind_name)
def test_record_is_what_it_is(kind: type[Entity]) -> None:
    for record in real().all(kind):
        found = of(record, real())
        assert (_address(record), RDF.type, SCHEMA[TYPES[kind]]) in found
        assert [*found.objects(_address(record), SCHEMA.name)] == [Literal(record.name)]
        shown = [one.name for one in record.aliases if one.kind not in ("misprint", "mistranslation")]
        assert {str(one) for one in found.objects(_address(record), SCHEMA.alternateName)} == set(shown)
        (trail,) = found.subjects(RDF.type, SCHEMA.BreadcrumbList)
        steps = sorted(
            (int(str(found.value(one, SCHEMA.position))), str(found.value(one, SCHEMA.item)))
            for one in found.objects(trail, SCHEMA.itemListElement)
        )
        assert steps == [(1, SITE), (2, f"{SITE}{record.pages}/"), (3, str(_address(record)))]


def test_event_has_its_dates_place_and_people() -> None:
    for meeting in real().all(Meeting):
        found = of(meeting, real())
        if meeting.date:
            start, _, end = meeting.date.text.partition("/")
            assert str(found.value(_address(meeting), SCHEMA.startDate)) == start.strip("?~%")
            assert str(found.value(_address(meeting), SCHEMA.endDate)) == (end or start).strip("?~%")
        people = set()
        for one in found.objects(_address(meeting), SCHEMA.attendee):
            role = found.value(one, SCHEMA.roleName)
            people.add((str(found.value(one, SCHEMA.attendee) if role else one), str(role) if role else ""))
        assert people == {
            (f"{SITE}leaders/{one.person}/", _name(one.post) if one.post else "") for one in meeting.participants
        }


def _name(id: str) -> str:
    record = real().records[id]
    assert isinstance(record, Entity)
    return record.name


def test_person_has_their_roles() -> None:
    for leader in real().all(Leader):
        found = of(leader, real())
        roles = {
            (str(found.value(one, SCHEMA.roleName)), str(found.value(one, SCHEMA.startDate)))
            for one in found.objects(_address(leader), SCHEMA.hasOccupation)
        }
        assert roles == {
            (_name(one.post), str(one.during.start and one.during.text.partition("/")[0].strip("?~%")))
            for one in leader.memberships
        }


def test_record_that_wikidata_knows_is_the_same_as_there() -> None:
    known = {one.id: one.wikidata for one in real().records.values() if isinstance(one, Known) and one.wikidata}
    assert known["nato"] == "Q7184"
    for record in real().records.values():
        if isinstance(record, Entity) and record.pages:
            found = {str(one) for one in of(record, real()).objects(_address(record), SCHEMA.sameAs)}
            expected = {f"http://www.wikidata.org/entity/{known[record.id]}"} if record.id in known else set()
            assert found == expected, record.id


def test_every_fact_is_a_claim_where_it_is_at_home() -> None:
    claims: dict[str, tuple[str, int]] = {}
    quotations = 0
    for source in real().all(Source):
        found = of(source, real())
        for one in found.subjects(RDF.type, SCHEMA.Claim):
            cited = [*found.objects(one, SCHEMA.citation)]
            claims[str(one)] = str(found.value(one, SCHEMA.text)), len(cited)
            assert found.value(one, SCHEMA.appearance) in cited
        for one in found.subjects(RDF.type, SCHEMA.Quotation):
            quotations += 1
            assert found.value(one, SCHEMA.text)
            assert found.value(one, SCHEMA.creator)
            assert isinstance(found.value(one, SCHEMA.isPartOf), URIRef)
    assert claims == {
        f"{SITE}sources/{home}/#{number}": (fact.text, len({one.source for one in fact.evidence}))
        for fact in real().all(Fact)
        for home, _, number in [fact.id.rpartition("-")]
    }
    assert quotations == sum(one.evidence.speaker is not None for one in real().citations)


def test_names_of_things_are_the_same_with_and_without_an_address() -> None:
    summit = real().all(Summit)[0]
    near = {str(one).removeprefix(HOME) for one in of(summit, real(), "").subjects() if not isinstance(one, BNode)}
    far = {str(one).removeprefix(SITE) for one in of(summit, real()).subjects() if not isinstance(one, BNode)}
    assert near == far


def test_home_and_data_pages_say_what_they_are() -> None:
    texts = real_pages(SITE)
    (home,) = scripts(texts["index.md"])
    assert [one["@type"] for one in home["@graph"]] == ["WebSite"]
    assert home["@graph"][0]["url"] == SITE
    (data,) = scripts(texts["data/index.md"])
    (dataset,) = data["@graph"]
    assert dataset["@type"] == "Dataset"
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    urls = {one["contentUrl"] for one in dataset["distribution"]}
    assert urls <= {SITE + path for path in real_files(SITE)}
    assert f"{SITE}{API}fact.json" in urls


@each_text
def test_script_element_holds_any_text(name: str) -> None:
    texts = pages(with_text(small(), AWKWARD[name]))
    for record in small().records.values():
        if isinstance(record, Entity) and record.pages:
            text = texts[f"{record.pages}/{record.id}.md"]
            element = text[text.rindex("<script") :].strip()
            assert "\n" not in element
            assert element.count("<") == element.count(">") == 2
            (document,) = scripts(element)
            assert document["@graph"][0]["name"] == AWKWARD[name]
            (in_page,) = read(text[text.rindex("\n\n<script") :]).all("script")
            assert json.loads("".join(map(str, in_page.inside))) == document
            if isinstance(record, Source):
                claims = [one for one in nodes(document) if one.get("@type") == "Claim"]
                assert {one["text"] for one in claims} <= {AWKWARD[name]}


def test_nothing_in_a_script_ends_it() -> None:
    element = script([{"name": "</script><!-- <script> &amp; ]]>"}])
    assert re.findall(r"[<>&]", element) == ["<", ">", "<", ">"]
    assert scripts(element)[0]["@graph"] == [{"name": "</script><!-- <script> &amp; ]]>"}]


def test_records_know_no_address_by_themselves() -> None:
    assert Records(Links(small()), NOWHERE).edition.href("a/", "b/c/") == "../../a/"
    assert Records(Links(small()), Edition(SITE)).edition.href("a/", "b/c/") == f"{SITE}a/"
