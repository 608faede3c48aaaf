"""What pages show -> Markdown. The templates choose and place; everything they write is escaped unless it is Md."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import commands, search
from generator import export as data
from generator.check import Result
from generator.export import NOWHERE, Edition, File, Records, discovery, files, reference
from generator.links import Links
from generator.load import Example, Refusal
from generator.markup import SIGN, Md, escape, front_matter, prose
from generator.model import Entity, FactBase, Leader, Meeting, Source, Summit
from generator.repository import Repository
from generator.targets import Run, Target
from generator.view import agenda, changes, coverage, entities, explore, lists, manual, together, trust
from generator.view.parts import FactView, Parts, counted

UNEXPLAINED = ("glossary/index.md", "rules/index.md", "trust/index.md", discovery.PAGE)
"""Pages on which no term is explained: the glossary itself, and those on the rules and the formats."""


@dataclass(frozen=True)
class Page:
    """A page: its *path* below docs/ and its *text* in Markdown."""

    path: str
    text: str

    @property
    def content(self) -> bytes:
        return self.text.encode()


@dataclass(frozen=True)
class Beside:
    """What the pages are made from beside the fact base.

    The *results* of the checks that it passed; *examples* of bad cases, by rule; *samples* of records and *refusals*
    of bad ones, by kind; the *repository* in which the data can be edited.
    """

    results: Sequence[Result] = ()
    examples: Mapping[str, Example] = field(default_factory=dict)
    samples: Mapping[str, Example] = field(default_factory=dict)
    refusals: Mapping[str, Sequence[Refusal]] = field(default_factory=dict)
    repository: Repository | None = None


def render(
    base: FactBase,
    results: Sequence[Result] = (),
    examples: Mapping[str, Example] = {},
    repository: Repository | None = None,
    edition: Edition = NOWHERE,
) -> Iterator[Page | File]:
    """Yield every generated page of the site of *base*, but for the manual, and its data files.

    *edition* has the address of the site and the version of the data; the others are as in `Beside`.
    """
    records = Records(Links(base), edition)
    for target in pages(records, Beside(results, examples, repository=repository)):
        yield from target.make()  # type: ignore[misc]
    yield from files(records)


def make(
    run: Run,
    records: Records,
    beside: Beside,
    read: Callable[[Iterable[str]], Mapping[str, str]],
    prose: Callable[[Collection[str]], Mapping[str, str]],
) -> None:
    """Make in *run* all that is generated: pages, manual, data files, and the index of the search.

    *read* returns the pages at paths, in Markdown, as they stand in docs/; *prose* those that are none of the paths.
    """
    manual = partial(render_manual, beside.samples, beside.refusals)
    rest = [
        Target("manual", manual, _digest((beside.samples, beside.refusals))),
        Target("commands", lambda: (Page("commands.md", commands.page(SIGN)),)),
    ]
    every = list(pages(records, beside))
    needs_all = [one for one in every if one.name == discovery.PAGE]  # it has the version: a digest of all records
    with run.apart(needs_all, data.targets(records)) as wait_for_that:
        run.make(chain((one for one in every if one not in needs_all), rest))
        wait_for_that()
        paths = set(search.pages_of_prose(run.digests, records.links))
        made = {one.path: one.content.decode() for one in run.files if one.path in paths}
        made |= read(paths - made.keys())
        written = prose(run.digests)
        digests = [run.digests[path] for path in sorted(paths)]
        index = partial(search.files, records.links, written, made)
        run.make([Target("search", index, _digest((written, digests)))])
    run.make([Target("checksums", lambda: (data.checksums(run.digests),), _digest(run.digests))])


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def pages(records: Records, beside: Beside) -> Iterator[Target]:
    """Yield what makes the pages of the site of *records*, but for the manual."""
    parts = Parts(records.links, repository=beside.repository)
    base = records.links.base
    results, examples = beside.results, beside.examples
    told = [(one.rule.id, *one.found) for one in results]
    templates = _templates()

    def page(path: str, template: str, context: object, of: Entity | None = None) -> Page:
        text = templates.get_template(f"{template}.md.jinja").render(page=context) + "\n"
        if path not in UNEXPLAINED and not isinstance(of, Source):
            text = lists.glossary(base).explain(text, "../" * (path.count("/") + (not path.endswith("index.md"))))
        return Page(path, discovery.with_data(text, path, of, records))

    def single(path: str, template: str, view: Callable[..., object], *args: object, beside: str = "") -> Target:
        return Target(path, lambda: (page(path, template, view(*args)),), beside)

    def several(name: str, views: Callable[[], Iterable[tuple[str, str, Callable[[], object]]]]) -> Target:
        return Target(name, lambda: (page(path, template, make()) for path, template, make in views()))

    def one_by_one(template: str, views: Iterable[tuple[str, str, Callable[[], object]]]) -> Iterator[Target]:
        return (single(path, template, make, beside=rests_on) for path, rests_on, make in views)

    def pages_of(id: str) -> Iterator[Page]:
        record = base.records[id]
        assert isinstance(record, Entity)
        template, view = _view(record)
        yield page(f"{record.pages}/{record.id}.md", template, view(record, parts), record)
        for path, template, make in entities.further_pages(record, parts):
            yield page(path, template, make(), record)

    def of_record(record: Entity) -> Target:
        return Target(f"{record.pages}/{record.id}", partial(pages_of, record.id))

    def trusted() -> Iterator[Page]:
        report = trust.trust_page(results, parts)
        yield page("trust/index.md", "trust", report)
        yield Page("trust/trust.json", trust.as_json(report))

    yield single("index.md", "home", lists.home_page, Parts(records.links, up=""))
    for record in base.records.values():
        if isinstance(record, Entity) and record.pages:
            yield of_record(record)
    yield several("lists", lambda: ((path, "index", make) for path, make in lists.index_pages(parts)))
    yield from one_by_one("facts", lists.facts_pages(parts))
    yield Target("facts/explore.json", lambda: (Page(path, text) for path, text in explore.explorer(parts.links)))
    yield from one_by_one("quotations", lists.quotations_pages(parts))
    yield several("figures", lambda: lists.figures_pages(parts))
    yield several("timeline", lambda: ((path, "timeline", make) for path, make in lists.timeline_pages(parts)))
    yield several("agenda", lambda: agenda.agenda_pages(parts))
    for summit in base.all(Summit):
        yield several(f"agenda/{summit.id}", partial(agenda.summit_agenda_pages, summit, parts))
    yield single("who-met-whom/index.md", "together", together.together_page, parts)
    yield single("glossary/index.md", "glossary", lists.glossary_page, parts)
    yield several("coverage", lambda: coverage.coverage_pages(parts))
    yield Target("trust", trusted, repr(told))
    yield single("rules/index.md", "rules", trust.rules_page, examples, beside=repr(examples))
    yield single("changes/index.md", "changes", changes.changes_page, parts)
    yield Target("changes", lambda: (page(path, "release", view) for path, view in changes.release_pages(parts)))
    yield single(discovery.PAGE, "data", reference.data_page, records)
    for withdrawal in base.register.withdrawn:
        if withdrawal.what in base.register.pages:
            yield single(
                f"{withdrawal.what}index.md",
                "withdrawn",
                trust.withdrawn_page,
                withdrawal,
                parts,
                beside=repr(withdrawal),
            )


def render_manual(samples: Mapping[str, Example], refusals: Mapping[str, Sequence[Refusal]]) -> Iterator[Page]:
    """Yield the pages for editors on the kinds of record; *samples* are real ones, *refusals* bad cases, by kind."""
    templates = _templates()
    kinds = templates.get_template("kinds.md.jinja").render(page=manual.kinds_page())
    yield Page("records/index.md", kinds + "\n")
    template = templates.get_template("kind.md.jinja")
    for kind in manual.SHAPES:
        page = manual.kind_page(kind, samples, refusals)
        yield Page(f"records/{page.name}.md", template.render(page=page) + "\n")


def _view(record: Entity) -> tuple[str, Callable[..., object]]:
    """Return the template for *record*, and the function that says what its page shows."""
    if isinstance(record, Summit):
        return "summit", entities.summit_page
    if isinstance(record, Meeting):
        return "meeting", entities.meeting_page
    if isinstance(record, Leader):
        return "leader", entities.leader_page
    if isinstance(record, Source):
        return "source", entities.source_page
    return "subject", entities.subject_page


@cache
def _environment() -> Environment:
    """Return the templates, which `serve` need not compile again for each save."""
    environment = Environment(
        loader=PackageLoader("generator"),
        undefined=StrictUndefined,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the pages are Markdown: `finalize` escapes for it, and for the HTML inside
    )
    environment.filters["md"] = Md
    environment.filters["prose"] = prose
    environment.globals["counted"] = counted
    environment.globals["front_matter"] = front_matter
    return environment


def _templates() -> Environment:
    """Return the templates with a memory of their own for the facts that they show."""
    environment = _environment()
    fact_template = environment.get_template("fact.md.jinja")

    @cache
    def fact(one: FactView) -> Md:
        return Md(fact_template.render(fact=one))

    def facts(several: Iterable[FactView]) -> Md:
        return Md("\n".join(fact(one) for one in several))

    environment.globals["facts"] = facts
    return environment
