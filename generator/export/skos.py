"""Topics -> a SKOS concept scheme (W3C 2009), as Turtle and as JSON-LD.

Misprints and mistranslations are hidden labels: search finds by them, nobody is shown them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.export.edition import API, LICENCE_URL, NAME, indented
from generator.export.records import Json, Records
from generator.model import Topic

TURTLE, JSON_LD = f"{API}topics.ttl", f"{API}topics.jsonld"
TITLE = f"Topics of {NAME}"
_HIDDEN = ("misprint", "mistranslation")
_PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
}
_LINKS = ("broader", "narrower", "related")


def turtle(records: Records) -> bytes:
    """Return the topics as Turtle; without an address of the site its names are relative to the file's own."""
    scheme = _iri(records.edition.href("topics/", TURTLE))
    topics = records.by_kind[Topic]
    parts = [f"@prefix {prefix}: <{name}> ." for prefix, name in _PREFIXES.items()]
    parts += ["", f"{scheme} a skos:ConceptScheme ;", f"    dcterms:title {_literal(TITLE)}@en ;"]
    parts += [f"    dcterms:license <{LICENCE_URL}> ."]
    for id, topic in topics.items():
        pairs = [f"    {name} {value}" for name, value in _pairs(topic, records)]
        parts += ["", f"{_concept(id, records)} a skos:Concept ;", f"    skos:inScheme {scheme} ;"]
        if not topic["broader"]:
            parts += [f"    skos:topConceptOf {scheme} ;"]
        parts += [" ;\n".join(pairs) + " ."]
    return ("\n".join(parts) + "\n").encode()


def _pairs(topic: Json, records: Records) -> Iterator[tuple[str, str]]:
    yield "skos:prefLabel", f"{_literal(topic['name'])}@en"
    yield "skos:scopeNote", f"{_literal(topic['scope'])}@en"
    yield "dcterms:identifier", _literal(topic["id"])
    for label, alias in _labels(topic):
        yield f"skos:{label}", f"{_literal(alias)}@en"
    for link in _LINKS:
        for id in topic[link]:
            yield f"skos:{link}", _concept(id, records)


def _labels(topic: Json) -> Iterator[tuple[str, str]]:
    """Yield each other label of *topic* with its sort, once; what is its name already is left out (SKOS, S13)."""
    seen = {topic["name"]}
    for alias in sorted(topic["aliases"], key=lambda one: one["kind"] in _HIDDEN):
        if alias["name"] not in seen:
            seen.add(alias["name"])
            yield ("hiddenLabel" if alias["kind"] in _HIDDEN else "altLabel"), alias["name"]


def _concept(id: str, records: Records) -> str:
    return _iri(records.edition.href(records.address(id), TURTLE))


def _iri(address: str) -> str:
    return f"<{address}>"


def _literal(text: str) -> str:
    escaped = text.translate({ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"})
    return f'"{escaped}"'


def json_ld(records: Records) -> bytes:
    """Return the same graph as `turtle`, as JSON-LD."""
    href = records.edition.href
    scheme = href("topics/", JSON_LD)
    context: dict[str, Any] = {**_PREFIXES, "id": "@id", "type": "@type", "inScheme": _link("inScheme")}
    for name in ("prefLabel", "altLabel", "hiddenLabel", "scopeNote"):
        context[name] = {"@id": f"skos:{name}", "@language": "en"}
    context |= {"topConceptOf": _link("topConceptOf"), **{one: _link(one) for one in _LINKS}}
    context |= {"title": {"@id": "dcterms:title", "@language": "en"}, "identifier": "dcterms:identifier"}
    context |= {"license": {"@id": "dcterms:license", "@type": "@id"}}
    concepts = [
        {
            "id": href(records.address(id), JSON_LD),
            "type": "skos:Concept",
            "inScheme": scheme,
            **({} if topic["broader"] else {"topConceptOf": scheme}),
            "prefLabel": topic["name"],
            "scopeNote": topic["scope"],
            "identifier": id,
            **{
                label: [alias for one, alias in _labels(topic) if one == label]
                for label in dict.fromkeys(one for one, _ in _labels(topic))
            },
            **{one: [href(records.address(id), JSON_LD) for id in topic[one]] for one in _LINKS if topic[one]},
        }
        for id, topic in records.by_kind[Topic].items()
    ]
    head = {"id": scheme, "type": "skos:ConceptScheme", "title": TITLE, "license": LICENCE_URL}
    return indented({"@context": context, "@graph": [head, *concepts]})


def _link(name: str) -> dict[str, str]:
    return {"@id": f"skos:{name}", "@type": "@id"}
