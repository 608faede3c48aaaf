"""Rules for records on their own and their links: ids that lead somewhere, values with evidence, one time, plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import edtf
from generator.check.rule import Finding, each
from generator.model import (
    Entity,
    Event,
    Fact,
    FactBase,
    FieldShape,
    Known,
    Leader,
    Meeting,
    Record,
    Source,
    Steps,
    Summit,
    Term,
    field_shapes,
    references,
)
from generator.nearest import did_you_mean, nearest


def facts(base: FactBase) -> tuple[Fact, ...]:
    return base.all(Fact)


def named_ids(base: FactBase) -> Iterator[tuple[Record, Steps, str, tuple[str, ...]]]:
    for record in base.records.values():
        for steps, id, kinds in references(record):
            yield record, steps, id, kinds


def sourced_fields(base: FactBase) -> Iterator[tuple[Entity, FieldShape]]:
    for record in base.records.values():
        if isinstance(record, Entity):
            for field in field_shapes(type(record)):
                if field.sourced and not (
                    isinstance(record, Source) and record.type == "page" and field.name not in PAGE_FIELDS
                ):
                    yield record, field


PAGE_FIELDS = ("publisher", "published", "url")
"""What a page that is only cited must account for."""


def evidence_keys(base: FactBase) -> Iterator[tuple[Entity, str, str]]:
    for record in base.records.values():
        if isinstance(record, Entity):
            yield from ((record, "evidence", key) for key in record.evidence)
            yield from ((record, "unknown", key) for key in record.unknown)
            if isinstance(record, Source):
                yield from ((record, "confirmed", key) for key in record.confirmed)


def roles(base: FactBase) -> Iterator[tuple[Entity, str, int, bool]]:
    for leader in base.all(Leader):
        for i, membership in enumerate(leader.memberships):
            yield leader, "memberships", i, bool(membership.evidence)
    for meeting in base.all(Meeting):
        for i, participant in enumerate(meeting.participants):
            yield meeting, "participants", i, bool(participant.evidence)


def known_elsewhere(base: FactBase) -> Iterator[tuple[Known, dict[str, str]]]:
    first: dict[str, str] = {}
    for record in base.records.values():
        if isinstance(record, Known) and record.wikidata:
            first.setdefault(record.wikidata, record.id)
            yield record, first


@each(known_elsewhere)
def one_wikidata_id_each(subject: tuple[Known, dict[str, str]], base: FactBase) -> Iterator[Finding]:
    """No two records have the same id in Wikidata."""
    record, first = subject
    other = first[record.wikidata or ""]
    if other != record.id:
        mark = base.mark(record.id, "wikidata")
        message = f"{record.wikidata!r} is {other!r} already; conflicts with {base.mark(other, 'wikidata')}"
        yield mark, message


@each(named_ids)
def known_ids(named: tuple[Record, Steps, str, tuple[str, ...]], base: FactBase) -> Iterator[Finding]:
    """Every id that a record names is the id of a record of a kind that fits there."""
    record, steps, id, kinds = named
    target = base.records.get(id)
    if target is None:
        near = nearest(id, (one.id for one in base.records.values() if one.kind_name in kinds))
        hint = f"did you mean {near!r}?" if near else f"the id of a {_or(kinds)}"
        if near and near not in base.named:  # the slip may be there: nobody calls that record by its id
            hint = f"{hint} nothing else names it, conflicts with {base.mark(near, 'id')}"
            if id in base.register.facts or f"{base.records[near].pages}/{id}/" in base.register.pages:
                hint = f"it was published, conflicts with {base.mark(near, 'id')}, {near!r}; did you mean {id!r}?"
        yield base.mark(record.id, *steps), f"unknown id {id!r}; {hint}"
    elif target.kind_name not in kinds:
        yield (
            base.mark(record.id, *steps),
            f"the id of a {target.kind_name}, {id!r}; here stands the id of a {_or(kinds)}",
        )


def _or(kinds: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))


@each(sourced_fields)
def every_value_evidenced(subject: tuple[Entity, FieldShape], base: FactBase) -> Iterator[Finding]:
    """Every value that a page shows has evidence, and every value that is missing has a reason why it is not known."""
    record, field = subject
    if field.name in _misspelt(record):
        return  # evidence-of-a-value says so
    value = getattr(record, field.name)
    confirmed = isinstance(record, Source) and field.name in record.confirmed
    evidenced = bool(record.evidence.get(field.name)) or confirmed
    if value is not None and not evidenced:
        yield (
            base.mark(record.id, field.name),
            f"no evidence for {field.name!r}; say under 'evidence' where the value comes from",
        )
    elif value is None and field.name not in record.unknown:
        yield (
            base.mark(record.id),
            f"no {field.name!r}; give it with its evidence, or say under 'unknown' why it is not known",
        )


def _misspelt(record: Entity) -> set[str | None]:
    """Return the fields for which evidence, or a reason why they are not known, stands under a slip of their name."""
    named = (*record.evidence, *record.unknown, *(record.confirmed if isinstance(record, Source) else ()))
    known = [field.name for field in field_shapes(type(record))]
    return {nearest(name, known) for name in named if name not in known}


@each(evidence_keys)
def evidence_of_a_value(subject: tuple[Entity, str, str], base: FactBase) -> Iterator[Finding]:
    """What stands under `evidence` or `confirmed` is a field with a value, what stands under `unknown` one without."""
    record, key, name = subject
    known = [
        field.name for field in field_shapes(type(record)) if field.name not in ("evidence", "unknown", "confirmed")
    ]
    steps = (key, record.confirmed.index(name)) if isinstance(record, Source) and key == "confirmed" else (key, name)
    if name not in known:
        place = base.mark(record.id, *steps) if key == "confirmed" else base.key_mark(record.id, key, name)
        near = did_you_mean(name, known) or f"; one of {', '.join(known)}"
        yield place, f"no field of a {record.kind_name}, {name!r}{near}"
    elif key == "unknown" and getattr(record, name) not in (None, ()):
        yield base.mark(record.id, *steps), f"{name!r} has a value and is called unknown; keep one of them"
    elif key != "unknown" and getattr(record, name) in (None, ()):
        message = f"evidence for {name!r}, which has no value; write the value, or take the evidence away"
        yield base.mark(record.id, *steps), message


@each(roles)
def every_role_evidenced(subject: tuple[Entity, str, int, bool], base: FactBase) -> Iterator[Finding]:
    """Every post held and every person at a meeting has evidence of its own."""
    record, key, index, evidenced = subject
    if not evidenced:
        yield base.mark(record.id, key, index), f"no 'evidence' in {key!r}; say where it comes from"


@each(facts)
def one_time(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """Every fact has either `date`, the time it is about, or `as_of`, the day on which a state was reported."""
    if (fact.date is None) == (fact.as_of is None):
        what = "both 'date' and 'as_of'" if fact.date else "neither 'date' nor 'as_of'"
        yield (
            base.mark(fact.id, "as_of"),
            f"{what} in {fact.id!r}; keep 'date' for what happens, 'as_of' for what holds",
        )


@each(facts)
def fact_has_evidence(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """Every fact has evidence, and the first of it is from the source whose name the fact's id bears."""
    home = fact.id.rpartition("-")[0]
    if not fact.evidence:
        yield base.mark(fact.id, "evidence"), "no evidence; name the source, the paragraph and the words"
    elif home not in {one.source for one in fact.evidence}:
        yield (
            base.mark(fact.id, "evidence", 0, "source"),
            f"a fact of {home!r} without evidence from it; cite it, or file the fact elsewhere",
        )


@each(facts)
def plan_and_outcome(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """A plan has a status; an outcome leads to the fact that tells it, and where none is known there is a reason."""
    if fact.kind not in ("plan", "commitment"):
        if fact.status or fact.outcome:
            key = "status" if fact.status else "outcome"
            yield (
                base.mark(fact.id, key),
                f"{key!r} on a fact of kind {fact.kind!r}; only plans and commitments have one",
            )
        return
    if fact.kind == "plan" and not fact.status:
        yield base.mark(fact.id), f"no 'status' in the plan {fact.id!r}; planned, happened, partly or overtaken"
    elif fact.status in ("happened", "partly", "overtaken") and not fact.outcome:
        yield (
            base.mark(fact.id, "status"),
            f"status {fact.status!r} without 'outcome'; name the fact that tells what came of it",
        )
    elif fact.status == "planned" and fact.outcome:
        yield base.mark(fact.id, "status"), "status 'planned' with an 'outcome'; happened, partly or overtaken"
    elif fact.status == "planned" and "outcome" not in fact.unknown:
        yield (
            base.mark(fact.id, "status"),
            "nothing is said of what came of it; name the 'outcome', or say under 'unknown' why it is not known",
        )


@each(facts)
def figure_in_evidence(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """A figure is a number or the words for it, and stands in the words of the article that are its evidence."""
    if fact.figure is None:
        return
    if (fact.figure.value is None) == (fact.figure.words is None):
        yield base.mark(fact.id, "figure"), "a figure needs either 'value' or 'words'; keep one"
        return
    quotes = [one.quote.exact for one in fact.evidence if one.quote]
    if not quotes:
        return
    if fact.figure.value is not None:
        numbers = {
            number.replace(",", "") for quote in quotes for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", quote)
        }
        if str(fact.figure.value) not in numbers:
            yield (
                base.mark(fact.id, "figure", "value"),
                f"{fact.figure.value} is not in the quoted words; quote the words that print it",
            )
    elif not any(str(fact.figure.words) in quote for quote in quotes):
        yield (
            base.mark(fact.id, "figure", "words"),
            f"{fact.figure.words!r} is not in the quoted words; quote the words that print it",
        )


def alternatives(base: FactBase) -> Iterator[tuple[Entity, int]]:
    for record in base.records.values():
        if isinstance(record, Entity):
            yield from ((record, index) for index in range(len(record.alternatives)))


@each(alternatives)
def alternative_beside_a_value(subject: tuple[Entity, int], base: FactBase) -> Iterator[Finding]:
    """Another value stands beside a value of the record, differs from it, and has evidence of its own."""
    record, index = subject
    other = record.alternatives[index]
    known = [field.name for field in field_shapes(type(record)) if field.sourced]
    mark = base.mark(record.id, "alternatives", index, "field")
    if other.field not in known:
        near = did_you_mean(other.field, known) or f"; one of {', '.join(known)}"
        yield mark, f"no value of a {record.kind_name}, {other.field!r}{near}"
    elif getattr(record, other.field) is None:
        yield mark, f"{other.field!r} has no value of its own; the preferred one belongs there"
    elif str(getattr(record, other.field)) == other.value:
        where = base.mark(record.id, other.field)
        yield base.mark(record.id, "alternatives", index, "value"), f"the same value as at {where}, {other.value!r}"
    if not other.evidence:
        yield base.mark(record.id, "alternatives", index), "no evidence for the other value; say who gives it"


MOST = 3
"""How many facts a summit can name as what mattered, or as what was left open: its page opens with them."""


def named_facts(base: FactBase) -> Iterator[tuple[Summit, str, int]]:
    for summit in base.all(Summit):
        yield from ((summit, "highlights", index) for index in range(len(summit.highlights)))
        yield from ((summit, "open", index) for index in range(len(summit.open)))


@each(named_facts)
def highlights_belong(subject: tuple[Summit, str, int], base: FactBase) -> Iterator[Finding]:
    """What a summit names as `highlights` and `open` are facts of it or of its road: at most three each, none twice."""
    summit, key, index = subject
    named: tuple[str, ...] = getattr(summit, key)
    mark = base.mark(summit.id, key, index)
    fact = base.records.get(named[index])
    if not isinstance(fact, Fact):
        return  # known-ids says so
    if index >= MOST:
        yield mark, f"more than {MOST} facts in {key!r}; keep those that matter most"
    elif named[index] in named[:index] or (key == "open" and named[index] in summit.highlights):
        yield mark, f"a fact that is named before, {named[index]!r}; name it once"
    elif not _belongs(fact, _road(summit, base), base):
        yield mark, f"a fact of something else, {named[index]!r}; name one of {summit.id!r} or of the road to it"


def _road(summit: Summit, base: FactBase) -> set[str]:
    """Return the ids of *summit*, of the meetings that prepared it, and of those that were part of them."""
    road = {summit.id, *(one.id for one in base.all(Meeting) if one.prepares == summit.id)}
    return road | {one.id for one in base.all(Meeting) if one.part_of in road}


def _belongs(fact: Fact, road: set[str], base: FactBase) -> bool:
    """Say whether *fact* is at or about an event of the *road*; a plan is also one of it when its outcome is."""
    outcomes = (base.records.get(id) for id in fact.outcome)
    return not road.isdisjoint((fact.at, *fact.about)) or any(
        isinstance(one, Fact) and not road.isdisjoint((one.at, *one.about)) for one in outcomes
    )


NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])")


@each(facts)
def number_in_evidence(fact: Fact, base: FactBase) -> Iterator[Finding]:
    """Every number in a fact's text stands in its quotations, its dates or a name in it; a page may add some."""
    numbers = NUMBER.findall(fact.text)
    if not numbers:
        return
    articles = [base.records.get(one.source) for one in fact.evidence]
    if any(isinstance(one, Source) and one.type == "page" for one in articles):
        return
    known = " ".join(_where_numbers_stand(fact, base))
    allowed = {number.replace(",", "") for number in NUMBER.findall(known)}
    for number in numbers:
        if number.replace(",", "") not in allowed:
            yield (
                base.mark(fact.id, "text"),
                f"the number {number} is in no quoted word, date or name; quote the words that print it",
            )


def _where_numbers_stand(fact: Fact, base: FactBase) -> Iterator[str]:
    """Yield the texts from which the text of *fact* may take numbers."""
    for evidence in fact.evidence:
        source = base.records.get(evidence.source)
        if evidence.quote:
            yield f"{evidence.quote.prefix or ''} {evidence.quote.exact} {evidence.quote.suffix or ''}"
        if isinstance(source, Source):
            yield from (edtf.in_words(one.date) for one in source.dates if evidence.paragraph in one.paragraphs)
            yield edtf.in_words(source.published) if source.published else ""
    for id in (*fact.by, fact.at, *fact.about):
        record = base.records.get(id or "")
        if isinstance(record, Entity):
            yield from (record.name, *(alias.name for alias in record.aliases))
        if isinstance(record, Event) and record.date:
            yield edtf.in_words(record.date)
    yield edtf.in_words(fact.time) if fact.date or fact.as_of else ""


def terms(base: FactBase) -> Iterator[tuple[Term, dict[str, str], str]]:
    """Yield each term with the term to which each name belongs, and with the words in which it can stand."""
    owners: dict[str, str] = {}
    for term in base.all(Term):
        for name in (term.name, *(alias.name for alias in term.aliases)):
            owners.setdefault(name, term.id)
    if owners:
        words = " ".join(_words_of(base))
        yield from ((term, owners, words) for term in base.all(Term))


def _words_of(base: FactBase) -> Iterator[str]:
    yield from (text for fact in base.all(Fact) for text in (fact.text, fact.note or ""))
    for record in base.records.values():
        if isinstance(record, Entity) and not isinstance(record, Term):
            yield record.name
            yield getattr(record, "scope", "")


@each(terms)
def term_in_use(subject: tuple[Term, dict[str, str], str], base: FactBase) -> Iterator[Finding]:
    """Every term stands in the words of a fact or the name of a record, and no other term has a name of it."""
    term, owners, words = subject
    names = (term.name, *(alias.name for alias in term.aliases))
    for index, name in enumerate(names):
        mark = base.mark(term.id, "name") if not index else base.mark(term.id, "aliases", index - 1, "name")
        if owners[name] != term.id:
            yield mark, f"a name of another term too, {name!r}; conflicts with {base.mark(owners[name], 'id')}"
    if not any(name in words for name in names):
        yield base.mark(term.id, "name"), f"nobody says {term.name!r} here; take the term away, or add the form in use"


RULES = (
    one_wikidata_id_each,
    known_ids,
    every_value_evidenced,
    evidence_of_a_value,
    every_role_evidenced,
    one_time,
    fact_has_evidence,
    plan_and_outcome,
    figure_in_evidence,
    number_in_evidence,
    alternative_beside_a_value,
    highlights_belong,
    term_in_use,
)
