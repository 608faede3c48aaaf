"""The records of the fact base, as frozen values: what an editor may write, field by field.

Every scalar comes from YAML as text and gets its meaning here. Terms are those of Popolo (person, membership,
post, organisation), schema.org (event, quotation), SKOS (concept), EDTF (dates) and W3C Web Annotation (quotes).
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import PurePosixPath
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from generator import edtf
from generator.edtf import Edtf
from generator.errors import Mark
from generator.quotation import Fingerprint, Words, placements, words

if TYPE_CHECKING:
    from generator.syntax import Node


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field that holds the id of a record of one of these *kinds*."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sourced:
    """Marks a field that pages show as a value: it needs evidence, or a reason why it is not known."""


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("format", "{message}", {"message": message})


def _text(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise _wrong("an empty text; write the value, or take the key away")
        if value != value.strip():
            raise _wrong(f"space at the start or end of the text, {value!r}; take it away")
        if "\n" in value:
            raise _wrong("a line break inside the text; write it on one line, or fold it with '>-'")
    return value


def _id(value: object) -> object:
    if value == "index":
        raise _wrong("an id that the site needs for its lists, 'index'; choose another")
    if isinstance(value, str) and not (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) and len(value) <= 80):
        raise _wrong(f"not an id, {value!r}; lower-case letters, digits and single hyphens, at most 80 of them")
    return value


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return edtf.parse(value)
        except ValueError as error:
            raise _wrong(str(error)) from None
    if not isinstance(value, Edtf):
        raise PydanticCustomError("date_type", "a date is one text")  # or pydantic would make one of a mapping
    return value


def _count(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[1-9][0-9]{0,5}", value):
            raise _wrong(f"not a whole number from 1, {value!r}; digits only")
        return int(value)
    return value


def _amount(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
            raise _wrong(f"not an amount, {value!r}; digits, with a point before decimals and nothing else")
        return Decimal(value)
    return value


def _url(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"'`{}|\\^]*)?", value):
        raise _wrong(f"not a web address, {value!r}; it starts with https:// or http:// and has no spaces or quotes")
    return value


def _language(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z]{2,3}", value):
        raise _wrong(f"not a language code, {value!r}; two or three lower-case letters, such as en (ISO 639)")
    return value


def _version(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}", value):
        raise _wrong(f"not a version, {value!r}; three numbers with points, such as 1.4.0")
    return value


def _wikidata(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"Q[1-9][0-9]{0,11}", value):
        raise _wrong(f"not an id of Wikidata, {value!r}; Q and a number, such as Q7184")
    return value


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Id = Annotated[str, BeforeValidator(_id)]
Date = Annotated[Edtf, BeforeValidator(_date)]
Count = Annotated[int, BeforeValidator(_count)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Url = Annotated[str, BeforeValidator(_url)]
Language = Annotated[str, BeforeValidator(_language)]
WikidataId = Annotated[str, BeforeValidator(_wikidata)]
Version = Annotated[str, BeforeValidator(_version)]

AGENTS = ("leader", "organisation", "country", "post", "source")
"""Who can say or do something: a person, a body, a state, the holder of an office, or a report itself."""


class Shape(BaseModel):
    """What every mapping in the data shares: known keys only, and no change after loading."""

    # What reads a shape is built for the first one that is read: most runs remember nearly all of theirs.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Quote(Shape):
    """Words found in a source, exactly (W3C Web Annotation: TextQuoteSelector).

    `…` in *exact* joins ranges of one paragraph in their order; words in square brackets are the publisher's.
    """

    exact: Text = Field(description="The words as printed; … between words leaves something out.")
    prefix: Text | None = Field(None, description="Words just before, where `exact` stands in the paragraph twice.")
    suffix: Text | None = Field(None, description="Words just after, where `exact` stands in the paragraph twice.")
    omits: Text | None = Field(None, description="Why an … that leaves out a 'not' or an 'if' keeps the sense.")


class Evidence(Shape):
    """Where a value comes from: a source, the paragraph in it, and the words there that say so."""

    source: Annotated[Id, Reference(("source",))] = Field(description="Id of the source.")
    paragraph: Count | None = Field(None, description="Which non-empty line of the article, counted from 1.")
    quote: Quote | None = Field(None, description="The words of that paragraph that carry the value.")
    speaker: Annotated[Id, Reference(("leader", "organisation", "post"))] | None = Field(
        None, description="Whose own words the quote is; only where the source prints it as their words."
    )
    inferred: Text | None = Field(None, description="The reasoning, in one line, where the source implies the value.")


class Alias(Shape):
    """Another name under which readers look for a record."""

    name: Text = Field(description="The other name.")
    kind: Literal["alias", "abbreviation", "transliteration", "former", "misprint", "mistranslation"] = Field(
        "alias", description="What kind of name it is; misprints and mistranslations are kept for search only."
    )
    note: Text | None = Field(None, description="Where the name comes from, or why it is not used here.")


class Alternative(Shape):
    """Another value that a source gives for a field, beside the one that the record holds (Wikidata's ranks).

    The record's own value is the preferred one.
    """

    field: str = Field(description="The field that the other value is for.")
    value: Text = Field(description="The other value, as a page shows it.")
    rank: Literal["normal", "deprecated"] = Field(description="`deprecated` where it is known to be wrong or outdated.")
    because: Text = Field(description="Why the record prefers its own value, in one line.")
    evidence: tuple[Evidence, ...] = Field(description="Where the other value comes from.")


class Record(Shape):
    """What every record has: an id that references name it by."""

    kind_name: ClassVar[str]
    folder: ClassVar[str]
    """Where its files are: a folder of data/, or one file there."""
    pages: ClassVar[str] = ""
    """The folder of its pages on the site; empty where it has no page of its own."""

    id: Id = Field(description="The record's id; never changed, never used again.")

    def __hash__(self) -> int:
        return hash(self.id)


class Entity(Record):
    """A record that facts are about: it has a name, and evidence for each value that its page shows."""

    name: Text = Field(description="The name the site writes.")
    aliases: tuple[Alias, ...] = Field((), description="Other names; search finds the record by them.")
    evidence: Mapping[str, tuple[Evidence, ...]] = Field(
        default_factory=dict, description="For each field that pages show: where its value comes from."
    )
    unknown: Mapping[str, Text] = Field(
        default_factory=dict, description="For each field without a value: why it is not known."
    )
    alternatives: tuple[Alternative, ...] = Field((), description="Values that other sources give.")


class Known(Entity):
    """What people, organisations, countries and places share: others keep records of them too."""

    wikidata: WikidataId | None = Field(None, description="Its id in Wikidata, which leads to what others know of it.")


class Event(Entity):
    """What summits and meetings share (schema.org: Event)."""

    status: Annotated[Literal["planned", "held"], Sourced()] = Field(
        description="`held` when a source tells that it took place; otherwise `planned`."
    )
    date: Annotated[Date | None, Sourced()] = Field(None, description="EDTF: when it was, or was to be.")
    place: Annotated[Id | None, Reference(("place",)), Sourced()] = Field(None, description="Id of the place.")
    venue: Annotated[Text | None, Sourced()] = Field(None, description="The building or room, in words.")


class Summit(Event):
    """A summit: a meeting of heads of state and government."""

    kind_name: ClassVar[str] = "summit"
    folder: ClassVar[str] = "summits"
    pages: ClassVar[str] = "summits"

    series: Annotated[Id, Reference(("series",))] = Field(description="Id of the series it belongs to.")
    chair: Annotated[Id | None, Reference(("leader",)), Sourced()] = Field(None, description="Who chaired it.")
    highlights: tuple[Annotated[Id, Reference(("fact",))], ...] = Field(
        (), description="Ids of the facts that mattered most, at most three; its page opens with them."
    )
    open: tuple[Annotated[Id, Reference(("fact",))], ...] = Field(
        (), description="Ids of the facts that tell what it left open, at most three; they follow on its page."
    )


class Participant(Shape):
    """A person at a meeting, and the post in which they were there."""

    person: Annotated[Id, Reference(("leader",))] = Field(description="Id of the person.")
    post: Annotated[Id, Reference(("post",))] | None = Field(
        None, description="Id of the post in which they were there."
    )
    evidence: tuple[Evidence, ...] = Field((), description="Where it says that they were there, or were to be.")


class Meeting(Event):
    """A meeting, visit, speech or briefing on the road to a summit."""

    kind_name: ClassVar[str] = "meeting"
    folder: ClassVar[str] = "meetings"
    pages: ClassVar[str] = "meetings"

    type: Literal["meeting", "visit", "speech", "briefing", "award"] = Field(
        "meeting", description="What kind of event it is."
    )
    participants: tuple[Participant, ...] = Field((), description="Who met, or who spoke.")
    prepares: Annotated[Id | None, Reference(("summit",)), Sourced()] = Field(
        None, description="Id of the summit that it prepared."
    )
    part_of: Annotated[Id, Reference(("meeting",))] | None = Field(None, description="The visit it belongs to.")


class Membership(Shape):
    """A post held by a person over an interval of time (Popolo: Membership)."""

    post: Annotated[Id, Reference(("post",))] = Field(description="Id of the post.")
    during: Date = Field(description="EDTF interval, first day to last day.")
    evidence: tuple[Evidence, ...] = Field((), description="Where it says that they held it, and when.")


class Leader(Known):
    """A person (Popolo: Person)."""

    kind_name: ClassVar[str] = "leader"
    folder: ClassVar[str] = "leaders"
    pages: ClassVar[str] = "leaders"

    memberships: tuple[Membership, ...] = Field((), description="Posts held, oldest first.")


class Post(Entity):
    """An office (Popolo: Post)."""

    kind_name: ClassVar[str] = "post"
    folder: ClassVar[str] = "posts.yml"
    pages: ClassVar[str] = "posts"

    organisation: Annotated[Id, Reference(("organisation",))] | None = Field(
        None, description="Id of the organisation it belongs to."
    )
    country: Annotated[Id, Reference(("country",))] | None = Field(None, description="Id of the country it belongs to.")
    single_seat: Literal["yes", "no"] = Field("yes", description="Whether only one person can hold it at a time.")
    gap: Text | None = Field(None, description="Why the data has no holder for some of the time.")


class Topic(Entity):
    """What facts are about (SKOS: Concept)."""

    kind_name: ClassVar[str] = "topic"
    folder: ClassVar[str] = "topics"
    pages: ClassVar[str] = "topics"

    scope: Text = Field(description="One line: which facts are filed here (SKOS: scopeNote).")
    broader: tuple[Annotated[Id, Reference(("topic",))], ...] = Field(
        (), description="Ids of the topics that it is a part of (SKOS: broader)."
    )
    related: tuple[Annotated[Id, Reference(("topic",))], ...] = Field(
        (), description="Ids of topics near it (SKOS: related)."
    )


class Series(Entity):
    """A series of summits."""

    kind_name: ClassVar[str] = "series"
    folder: ClassVar[str] = "series.yml"


class Organisation(Known):
    """A body, such as NATO or the White House (Popolo: Organization)."""

    kind_name: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations.yml"
    pages: ClassVar[str] = "organisations"


class Country(Known):
    """A country."""

    kind_name: ClassVar[str] = "country"
    folder: ClassVar[str] = "countries.yml"
    pages: ClassVar[str] = "countries"


class Place(Known):
    """A city, a region or another place."""

    kind_name: ClassVar[str] = "place"
    folder: ClassVar[str] = "places.yml"
    pages: ClassVar[str] = "places"


class Measure(Entity):
    """What a figure measures, so that its values over time form one series."""

    kind_name: ClassVar[str] = "measure"
    folder: ClassVar[str] = "measures.yml"

    unit: Text = Field(description="What one of it is, such as `members` or `million US dollars`.")


class Term(Entity):
    """A word or an abbreviation that pages explain where it first stands."""

    kind_name: ClassVar[str] = "term"
    folder: ClassVar[str] = "terms.yml"

    explanation: Text = Field(description="One line in our own words: what it means here.")


class DateReading(Shape):
    """How a source's words for a time were resolved to a date."""

    paragraphs: tuple[Count, ...] = Field(description="The paragraphs whose dates this settles.")
    words: Text = Field(description="The words, such as `next week`, or what is missing, such as `no day given`.")
    date: Date = Field(description="EDTF: the date they stand for.")
    because: Text = Field(description="The reasoning, in one line.")
    source: Annotated[Id, Reference(("source",))] | None = Field(None, description="A page that prints the day.")


class SetAside(Shape):
    """Paragraphs of an article that carry no fact, and why."""

    paragraphs: tuple[Count, ...] = Field(description="The numbers of the paragraphs.")
    reason: Text = Field(description="Why no fact stands in them.")


class Source(Entity):
    """An article that was distilled (`article`), or a page that is only cited (`page`)."""

    kind_name: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"
    pages: ClassVar[str] = "sources"

    type: Literal["article", "page"] = Field(
        description="`article` where it was distilled fact by fact, `page` where it is only cited."
    )
    publisher: Annotated[Text, Sourced()] = Field(description="Who published it.")
    author: Annotated[Text | None, Sourced()] = Field(None, description="Who wrote it, as printed.")
    headline: Annotated[Text | None, Sourced()] = Field(None, description="Its headline, as printed.")
    published: Annotated[Date | None, Sourced()] = Field(None, description="EDTF: the day of publication.")
    url: Annotated[Url, Sourced()] = Field(description="Its web address.")
    archive_url: Url | None = Field(None, description="The address of a dated copy in a web archive.")
    language: Language = Field(description="The language it is in (ISO 639).")
    origin: Annotated[Text | None, Sourced()] = Field(
        None, description="How the text came about: own report, wire copy …"
    )
    derived_from: Annotated[Id | None, Reference(("source",)), Sourced()] = Field(
        None, description="The source it copies or translates; the two count as one."
    )
    wording: Literal["original", "back-translated"] = Field(
        "original", description="`back-translated` wording is never shown as anybody's exact words."
    )
    confirmed: tuple[str, ...] = Field((), description="Fields read on the page itself, or in the article.")
    note: Text | None = Field(None, description="What a reader should know of it.")
    dates: tuple[DateReading, ...] = Field((), description="How its words for times were read.")
    set_aside: tuple[SetAside, ...] = Field((), description="Its paragraphs that carry no fact.")


class Figure(Shape):
    """A number that a fact gives: *value* in the unit of its measure, or the words where no number is printed."""

    measure: Annotated[Id, Reference(("measure",))] = Field(description="Id of what it measures, which has the unit.")
    value: Amount | None = Field(None, description="The number, in the unit of its measure.")
    words: Text | None = Field(None, description="As told, such as `tens of billions`, where there is no number.")
    about: Literal["yes", "no"] = Field("no", description="Whether the source gives it as approximate.")


class Fact(Record):
    """The atom: one sentence in our own words, its date, who said or did it, and its evidence."""

    kind_name: ClassVar[str] = "fact"
    folder: ClassVar[str] = "facts"

    date: Date | None = Field(None, description="EDTF: when it happened, was said, or is to happen.")
    as_of: Date | None = Field(None, description="EDTF: the day on which this state of affairs was reported.")
    kind: Literal["event", "statement", "decision", "commitment", "plan", "figure", "background"] = Field(
        description="What kind of fact it is."
    )
    text: Text = Field(description="One neutral sentence in our own words, its subject named.")
    by: tuple[Annotated[Id, Reference(AGENTS)], ...] = Field((), description="Who said or did it.")
    at: Annotated[Id, Reference(("meeting", "summit"))] | None = Field(None, description="The event it belongs to.")
    about: tuple[
        Annotated[Id, Reference(("summit", "meeting", "leader", "topic", "organisation", "country", "place", "post"))],
        ...,
    ] = Field((), description="What it is about; names of these in `text` become links.")
    evidence: tuple[Evidence, ...] = Field(description="Where it says so.")
    figure: Figure | None = Field(None, description="The number that it gives.")
    status: Literal["planned", "happened", "partly", "overtaken"] | None = Field(
        None, description="Of a plan: what came of it, as far as is known."
    )
    outcome: tuple[Annotated[Id, Reference(("fact",))], ...] = Field(
        (), description="The facts that tell what came of it."
    )
    unknown: Mapping[str, Text] = Field(default_factory=dict, description="`outcome`: why it is not known.")
    note: Text | None = Field(None, description="What a reader should know of the wording or of a right form.")

    @property
    def time(self) -> Edtf:
        """The date the fact is filed under: what it is about, or else the day it was reported."""
        time = self.date or self.as_of
        assert time is not None, f"{self.id} has neither date nor as_of"
        return time


KINDS: tuple[type[Record], ...] = (
    Summit, Meeting, Leader, Post, Topic, Series, Organisation, Country, Place, Measure, Term, Source, Fact,
)  # fmt: skip

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What the checks need to know of a field: whether ids stand in it, what is inside it, and whether it is sourced.

    *nesting* tells how its values are held: "" for one, "[" for a list, "{" for a mapping, "{[" for lists in a mapping.
    """

    name: str
    nesting: str
    inside: type[Shape] | None
    kinds: tuple[str, ...]
    sourced: bool


@cache
def field_shapes(shape: type[Shape]) -> tuple[FieldShape, ...]:
    """Return the fields of *shape*, in the order in which they are declared."""
    return tuple(_field_shape(name, info.annotation, info.metadata) for name, info in shape.model_fields.items())


def _field_shape(name: str, annotation: Any, metadata: Sequence[object]) -> FieldShape:
    nesting, kinds = "", next((one.kinds for one in metadata if isinstance(one, Reference)), ())
    sourced = any(isinstance(one, Sourced) for one in metadata)
    inside = annotation
    while True:
        origin, arguments = get_origin(inside), get_args(inside)
        if origin is Annotated:
            kinds = next((one.kinds for one in arguments[1:] if isinstance(one, Reference)), kinds)
            inside = arguments[0]
        elif origin is tuple:
            nesting, inside = nesting + "[", arguments[0]
        elif origin is Mapping:
            nesting, inside = nesting + "{", arguments[1]
        elif origin is UnionType or origin is Union:
            inside = next(one for one in arguments if one is not type(None))
        else:
            break
    shape = inside if isinstance(inside, type) and issubclass(inside, Shape) else None
    return FieldShape(name, nesting, shape, kinds, sourced)


Steps = tuple[str | int, ...]
"""The way from a record to something in it: keys and indexes."""


def references(shape: Shape, steps: Steps = ()) -> Iterator[tuple[Steps, str, tuple[str, ...]]]:
    """Yield each id that *shape* names: the way to it, the id, and the kinds of record it may lead to."""
    for field in _referring_fields(type(shape)):
        for way, value in _values(getattr(shape, field.name), field.nesting, (*steps, field.name)):
            if field.inside:
                yield from references(value, way)
            else:
                yield way, value, field.kinds


@cache
def _referring_fields(shape: type[Shape]) -> tuple[FieldShape, ...]:
    return tuple(one for one in field_shapes(shape) if one.kinds or (one.inside and _referring_fields(one.inside)))


def _values(value: Any, nesting: str, way: Steps) -> Iterator[tuple[Steps, Any]]:
    if value is None:
        return
    if not nesting:
        yield way, value
        return
    pairs = value.items() if nesting[0] == "{" else enumerate(value)
    for step, one in pairs:
        yield from _values(one, nesting[1:], (*way, step))


def evidence_of(record: Record) -> Iterator[tuple[Steps, Evidence]]:
    """Yield each piece of evidence in *record* with the way to it."""
    yield from _evidence(record, ())


def _evidence(shape: Shape, steps: Steps) -> Iterator[tuple[Steps, Evidence]]:
    if isinstance(shape, Evidence):
        yield steps, shape
        return
    for field in _evidence_fields(type(shape)):
        for way, value in _values(getattr(shape, field.name), field.nesting, (*steps, field.name)):
            yield from _evidence(value, way)


@cache
def _evidence_fields(shape: type[Shape]) -> tuple[FieldShape, ...]:
    return tuple(
        one
        for one in field_shapes(shape)
        if one.inside and (one.inside is Evidence or (one.inside is not shape and _evidence_fields(one.inside)))
    )


@dataclass(frozen=True)
class Article:
    """What is known of a source's text: its checksum and fingerprint, and the text itself where it is at hand.

    *file* is the text's file name. The others hold one item a paragraph, in order: *fingerprints*, *speech* (the
    half-open ranges of words in quotation marks), *guards* (where words stand that turn a sense around), *texts*.
    *compared* holds the digests of our own sentences that were compared with the text.
    """

    file: str
    checksum: str
    fingerprints: tuple[Fingerprint, ...]
    speech: tuple[tuple[tuple[int, int], ...], ...]
    guards: tuple[tuple[int, ...], ...]
    compared: frozenset[str] = frozenset()
    texts: tuple[Words, ...] | None = None

    @property
    def paragraphs(self) -> Sequence[Words | Fingerprint]:
        """What quotations are proven against: the text where it is at hand, else its fingerprint."""
        return self.texts or self.fingerprints


class Withdrawal(Shape):
    """Why something published is no more: a fact (by id), a page (by address), or a count that has fallen (by name)."""

    what: Text = Field(description="The id of a fact, the address of a page such as `leaders/x/`, or a count's name.")
    to: Text | None = Field(None, description="The address of the page, or the id of the fact, that takes its place.")
    because: Text = Field(description="What a reader who comes looking for it should know.")
    date: Date = Field(description="The day of the withdrawal.")


class ChangedValue(Shape):
    """A value before and after a change; without one of the two it was added or taken away."""

    field: Text = Field(description="The way to the value in its record, such as `date` or `evidence.0.quote.exact`.")
    before: Text | None = Field(None, description="What stood there; missing where there was nothing.")
    after: Text | None = Field(None, description="What stands there; missing where there is nothing any more.")


class Change(Shape):
    """What a release did to a record that had been released before."""

    record: Id = Field(description="Id of the record.")
    kind: Text = Field(description="The kind of the record.")
    change: Literal["changed", "corrected", "retracted"] = Field(
        description="`corrected` where what was said is now said otherwise, `retracted` where the record is gone, "
        "`changed` where something was added or went on."
    )
    name: Text = Field(description="Its name then; of a fact, its sentence.")
    because: Text | None = Field(None, description="Why it was corrected or retracted.")
    risks: tuple[Text, ...] = Field((), description="What of it deserves a second look.")
    concerns: tuple[Id, ...] = Field((), description="Ids of the summits, leaders and topics that it concerns.")
    values: tuple[ChangedValue, ...] = Field((), description="Each value that is another one now.")


class Release(Shape):
    """What a release of the data changed since the one before: written once, when it is made, and kept."""

    version: Version = Field(description="Three numbers with points; the name of the file.")
    date: Date = Field(description="The day of the release.")
    about: Text = Field(description="What it brings, in a line.")
    digest: Text = Field(description="The first digits of a SHA-256 of the data, by which they are known again.")
    counts: Mapping[str, Count] = Field(default_factory=dict, description="How many records of each kind there were.")
    added: Mapping[str, tuple[Id, ...]] = Field(
        default_factory=dict, description="Ids of the records that were new, by kind; of the first release, none."
    )
    changes: tuple[Change, ...] = Field((), description="What became of records that were there before.")


def version_key(version: str) -> tuple[int, ...]:
    """Return what *version*, three numbers with points, is sorted by."""
    return tuple(map(int, version.split(".")))


@dataclass(frozen=True)
class Register:
    """What was ever published, and what of it was withdrawn: ids and addresses are promises.

    *counts* holds how many there were at the last registration, by name; *releases* stand in order, the first first.
    """

    facts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    counts: Mapping[str, int] = dataclasses.field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    releases: tuple[Release, ...] = ()

    @cached_property
    def withdrawals(self) -> dict[str, Withdrawal]:
        """The withdrawals, by what they withdraw."""
        return {one.what: one for one in self.withdrawn}


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence, the record it supports, and the way to it in that record."""

    record: Record
    steps: Steps
    evidence: Evidence


@dataclass(frozen=True, eq=False)
class FactBase:
    """All records by id, the places they were read from, and the articles they are proven against.

    A loader that remembers also knows *spans*, the file and the first and last line of each record, and *digests* of
    what stands there; of an article under `seeds/` and its id.
    """

    records: Mapping[str, Record]
    nodes: Mapping[str, tuple[PurePosixPath, Node]]
    articles: Mapping[str, Article]
    register: Register = Register()
    spans: Mapping[str, tuple[str, int, int]] = dataclasses.field(default_factory=dict)
    digests: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def mark(self, id: str, *steps: str | int) -> Mark:
        """Return the place of what *steps* (keys and indexes) lead to in the record *id*."""
        path, node = self.nodes[id]
        return Mark(path, *node.place(*steps))

    def key_mark(self, id: str, *steps: str | int) -> Mark:
        """Return the place of the key that *steps* lead to in the record *id*."""
        path, node = self.nodes[id]
        return Mark(path, *node.key_place(*steps))

    def basis(self, evidence: Evidence) -> Literal["proven", "cited", "inferred"]:
        """Return how *evidence* carries its value: by words of an article, by naming a page, or by a conclusion."""
        if evidence.inferred:
            return "inferred"
        return "proven" if evidence.quote and evidence.source in self.articles else "cited"

    def lines(self, id: str) -> tuple[str, int, int]:
        """Return the file in which the record *id* stands, and its first and last line there."""
        if id in self.spans:
            return self.spans[id]
        path, node = self.nodes[id]
        return str(path), node.line, node.last

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of *kind*, by id; facts by source and number."""
        return self._by_kind.get(kind.kind_name, ())

    @cached_property
    def named(self) -> frozenset[str]:
        """Every id that some record refers to, whether or not a record has it."""
        return frozenset(id for record in self.records.values() for _, id, _ in references(record))

    @cached_property
    def fact_ids(self) -> frozenset[str]:
        """The ids of the facts."""
        return frozenset(fact.id for fact in self.all(Fact))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of the pages of records, below the top of the site."""
        records = self.records.values()
        return frozenset(f"{one.pages}/{one.id}/" for one in records if isinstance(one, Entity) and one.pages)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every piece of evidence in the fact base, with the record it supports."""
        return tuple(
            Citation(record, steps, evidence)
            for record in self.records.values()
            for steps, evidence in evidence_of(record)
        )

    @cached_property
    def quotations(self) -> Counter[str]:
        """For each source, how many quotations from it are evidence."""
        return Counter(one.evidence.source for one in self.citations if one.evidence.quote)

    @cached_property
    def words_quoted(self) -> dict[str, frozenset[tuple[int, int]]]:
        """For each article, which of its words stand somewhere in the data: paragraph and place in it."""
        quoted: dict[str, set[tuple[int, int]]] = {}
        for one in self.citations:
            number, quote, article = one.evidence.paragraph, one.evidence.quote, self.articles.get(one.evidence.source)
            if not (article and quote and number) or number > len(article.paragraphs):
                continue
            for placement in placements(article.paragraphs[number - 1], quote.exact, quote.prefix, quote.suffix)[:1]:
                places = [(number, at) for start, end in placement for at in range(start, end)]
                before, after = len(words(quote.prefix or "")), len(words(quote.suffix or ""))
                places += [(number, placement[0][0] - n - 1) for n in range(before)]
                places += [(number, placement[-1][1] + n) for n in range(after)]
                quoted.setdefault(one.evidence.source, set()).update(places)
        return {source: frozenset(places) for source, places in quoted.items()}

    @cached_property
    def paragraphs_cited(self) -> dict[str, frozenset[int]]:
        """For each source, the numbers of the paragraphs that are evidence for a fact."""
        cited: dict[str, set[int]] = {}
        for citation in self.citations:
            if isinstance(citation.record, Fact) and citation.evidence.paragraph:
                cited.setdefault(citation.evidence.source, set()).add(citation.evidence.paragraph)
        return {source: frozenset(numbers) for source, numbers in cited.items()}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Any, ...]]:
        kinds: dict[str, list[Record]] = {}
        for record in self.records.values():
            kinds.setdefault(record.kind_name, []).append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}
