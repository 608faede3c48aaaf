"""Records -> what programs get of them: the values of the models, with what follows from other records."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from generator.edtf import Edtf
from generator.export.edition import Edition, dumps
from generator.links import Links
from generator.model import (
    KINDS,
    Evidence,
    Fact,
    Leader,
    Meeting,
    Post,
    Record,
    Shape,
    Source,
    Summit,
    Term,
)
from generator.reading import remembered, table
from generator.view.parts import when
from generator.view.trust import basis

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Records:
    """The records of *links* as programs get them in *edition*."""

    links: Links
    edition: Edition

    @property
    @remembered
    def by_kind(self) -> dict[type[Record], dict[str, Json]]:
        """Every record by its kind and id, kinds and records in the order of the fact base."""
        return {kind: {one.id: self.json(one.id) for one in self.links.base.all(kind)} for kind in KINDS}

    @remembered
    def json(self, id: str) -> Json:
        """Return the record *id* as programs get it."""
        record = self.links.base.records[id]
        page = self.address(id)
        place = {"page": page, "page_url": self.edition.site + page if self.edition.site else None}
        return {**self.shape(record), **self._derived(record), **place}

    @remembered
    def encoded(self, id: str) -> list[tuple[str, str]]:
        """Return the same as JSON: its keys, in order, and their values."""
        return [(_key(name), "null" if value is None else dumps(value)) for name, value in self.json(id).items()]

    @property
    @remembered
    def version(self) -> str:
        """The version of the data: as given, or that of the release they are, or else of the last with a hash of them.

        Before the first release the hash stands after 0.0.0; it is the same wherever the data are made.
        """
        if self.edition.version:
            return self.edition.version
        releases = self.links.base.register.releases
        if releases and releases[-1].digest == self.digest:
            return releases[-1].version
        return f"{releases[-1].version if releases else '0.0.0'}+{self.digest}"

    @property
    @remembered
    def digest(self) -> str:
        """The first digits of a hash of the data, whatever the address of the site."""
        content = hashlib.sha256()
        for records in self.by_kind.values():
            for id in records:
                content.update("".join(value for key, value in self.encoded(id) if key != '"page_url"').encode())
        return content.hexdigest()[:12]

    def version_of(self, record: Record) -> str:
        """Return the version of the data as given, or else a hash of *record* alone, which others do not change."""
        if self.edition.version:
            return self.edition.version
        values = "".join(value for key, value in self.encoded(record.id) if key != '"page_url"')
        return f"0.0.0+{hashlib.sha256(values.encode()).hexdigest()[:12]}"

    def told_on(self, fact: Fact) -> datetime.date:
        """Return the last day on which a source of *fact* was published; where none has a date, the fact's own."""
        sources = (self.links.base.records[one.source] for one in fact.evidence)
        published = [
            one.published.last for one in sources if isinstance(one, Source) and one.published and one.published.end
        ]
        return max(published) if published else fact.time.last if fact.time.end else fact.time.first

    @table
    def latest(self) -> datetime.date:
        """The last day on which a fact was told; 1970-01-01 where there is none."""
        return max(map(self.told_on, self.links.facts), default=datetime.date(1970, 1, 1))

    def address(self, id: str) -> str:
        """Return the path of the record's page below the top of the site, with its anchor."""
        page, hash, anchor = self.links.page(id).partition("#")
        return page.removesuffix("index.md").replace(".md", "/") + hash + anchor

    def name(self, id: str) -> str:
        """Return the name of the record *id*; of a fact, its sentence."""
        record = self.links.base.records[id]
        return record.text if isinstance(record, Fact) else self.links.name(id)

    def shape(self, shape: Shape) -> Json:
        """Return the model's values of *shape*; of a source whose wording is not original no words are shown."""
        value = {name: self._value(getattr(shape, name)) for name in type(shape).model_fields}
        if isinstance(shape, Evidence):
            source = self.links.base.records[shape.source]
            if isinstance(source, Source) and source.wording != "original":
                value["quote"] = None
            value["basis"] = self.links.base.basis(shape)
        return value

    def _value(self, value: Any) -> Any:
        if value is None or isinstance(value, str | int):
            return value
        if isinstance(value, tuple):
            return [self._value(one) for one in value]
        if isinstance(value, Edtf):
            return date(value)
        if isinstance(value, Shape):
            return self.shape(value)
        if isinstance(value, Mapping):
            return {key: self._value(one) for key, one in value.items()}
        assert isinstance(value, Decimal), value
        return f"{value:f}"

    def _derived(self, record: Record) -> Json:
        links, id = self.links, record.id
        if isinstance(record, Fact):
            return self._of_fact(record)
        if isinstance(record, Source):
            return self._of_source(record)
        if isinstance(record, Summit | Meeting):
            facts = links.of_event(id)
            if isinstance(record, Summit):
                people = list(links.people_at(record))
                return {"meetings": ids(links.on_the_road_to.get(id, ())), "people": people, "facts": ids(facts)}
            return {"parts": ids(links.parts_of.get(id, ())), "facts": ids(facts)}
        if isinstance(record, Term):
            return {}
        about = {"facts_by": ids(links.by.get(id, ())), "facts_about": ids(links.about.get(id, ()))}
        if isinstance(record, Leader):
            met = [{"person": other, "events": ids(events)} for other, events in links.met.get(id, {}).items()]
            return {"meetings": ids(links.attended.get(id, ())), "met": met, **about}
        if isinstance(record, Post):
            holders = links.holders.get(id, ())
            return {"holders": [{"person": one.id, "during": date(held.during)} for one, held in holders], **about}
        return {
            "topic": lambda: {"narrower": list(links.narrower.get(id, ())), **about},
            "organisation": lambda: {"posts": list(links.posts_of.get(id, ())), **about},
            "country": lambda: {"posts": list(links.posts_of.get(id, ())), **about},
            "place": lambda: {"events": ids(links.events_in.get(id, ())), **about},
            "series": lambda: {"summits": ids(links.in_series.get(id, ()))},
            "measure": lambda: {"figures": ids(links.figures_of.get(id, ()))},
        }[record.kind_name]()

    def _of_fact(self, fact: Fact) -> Json:
        return {
            "time": date(fact.time),
            "basis": basis(fact.evidence, self.links.base),
            "independent_sources": self.links.origins(fact),
            "quotations": [self._quotation(one, fact) for one in fact.evidence if one.speaker and one.quote],
            "planned_in": ids(self.links.planned_in.get(fact.id, ())),
        }

    def _quotation(self, evidence: Evidence, fact: Fact) -> Json:
        assert evidence.quote
        assert evidence.speaker
        speaker = self.links.base.records[evidence.speaker]
        post = self.links.post_on(speaker, fact.time) if isinstance(speaker, Leader) else None
        return {
            "exact": evidence.quote.exact,
            "speaker": evidence.speaker,
            "post": post.id if post else None,
            "source": evidence.source,
            "paragraph": evidence.paragraph,
        }

    def _of_source(self, source: Source) -> Json:
        article = self.links.base.articles.get(source.id)
        return {
            "facts": ids(self.links.from_source.get(source.id, ())),
            "cited_by": [one.id for one in self.links.cited_by.get(source.id, ()) if one.id != source.id],
            "article": article
            and {
                "sha256": article.checksum,
                "paragraphs": len(article.fingerprints),
                "words": sum(map(len, article.fingerprints)),
            },
        }


_key = cache(dumps)


@lru_cache(10_000)  # as `edtf.parse`
def date(value: Edtf) -> Json:
    """Return *value* as programs get it."""
    return {
        "edtf": value.text,
        "earliest": value.first.isoformat() if value.start else None,
        "latest": value.last.isoformat() if value.end else None,
        "uncertain": value.uncertain,
        "approximate": value.approximate,
        "words": when(value),
    }


def ids(records: Iterable[Record]) -> list[str]:
    """Return the ids of *records*, in their order."""
    return [one.id for one in records]


def entries(record: Json, *path: str) -> Iterator[tuple[str, Json]]:
    """Yield each piece of evidence in *record* with the way to it, such as `date` or `participants.0`."""
    for key, value in record.items():
        if key == "evidence":
            if isinstance(value, dict):  # for each field, the evidence of its value
                yield from ((".".join((*path, name)), one) for name, several in value.items() for one in several)
            else:
                yield from ((".".join(path), one) for one in value)
        elif isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, dict):
                    yield from entries(one, *path, key, str(at))
