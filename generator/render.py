"""What pages show -> Markdown. The templates choose and place; everything they write is escaped unless it is Md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.check import Result
from generator.export import NOWHERE, Edition, File, Records, discovery, files, reference
from generator.links import Links
from generator.load import Example, Refusal
from generator.markup import Md, escape, front_matter, prose
from generator.model import Entity, FactBase, Leader, Meeting, Source, Summit
from generator.repository import Repository
from generator.view import agenda, changes, coverage, entities, explore, lists, manual, together, trust
from generator.view.parts import FactView, Parts

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


def render(
    base: FactBase,
    results: Sequence[Result] = (),
    examples: Mapping[str, Example] = {},
    repository: Repository | None = None,
    edition: Edition = NOWHERE,
) -> Iterator[Page | File]:
    """Yield every generated page of the site of *base*, which has passed the checks with *results*, and its data files.

    *examples* are bad cases, by rule, for the page of the rules; *repository* is where the data can be edited;
    *edition* has the address of the site and the version of the data.
    """
    parts = Parts(Links(base), repository=repository)
    records = Records(parts.links, edition)
    templates = _templates()
    terms = lists.glossary(base)

    def page(path: str, template: str, context: object, of: Entity | None = None) -> Page:
        text = templates.get_template(f"{template}.md.jinja").render(page=context) + "\n"
        if path not in UNEXPLAINED and not isinstance(of, Source):
            text = terms.explain(text, "../" * (path.count("/") + (not path.endswith("index.md"))))
        return Page(path, discovery.with_data(text, path, of, records))

    yield page("index.md", "home", lists.home_page(Parts(Links(base), up="")))
    for record in base.records.values():
        if isinstance(record, Entity) and record.pages:
            template, view = _view(record)
            yield page(f"{record.pages}/{record.id}.md", template, view(record, parts), record)
            for path, template, make in entities.further_pages(record, parts):
                yield page(path, template, make(), record)
    for path, index in lists.index_pages(parts):
        yield page(path, "index", index())
    for path, facts in lists.facts_pages(parts):
        yield page(path, "facts", facts)
    for path, text in explore.explorer(parts.links):
        yield Page(path, text)
    for path, quotations in lists.quotations_pages(parts):
        yield page(path, "quotations", quotations())
    for path, template, figures in lists.figures_pages(parts):
        yield page(path, template, figures())
    for path, timeline in lists.timeline_pages(parts):
        yield page(path, "timeline", timeline())
    for path, template, of_summits in agenda.agenda_pages(parts):
        yield page(path, template, of_summits())
    yield page("who-met-whom/index.md", "together", together.together_page(parts))
    yield page("glossary/index.md", "glossary", lists.glossary_page(parts))
    for path, template, known in coverage.coverage_pages(parts):
        yield page(path, template, known())
    report = trust.trust_page(results, parts)
    yield page("trust/index.md", "trust", report)
    yield Page("trust/trust.json", trust.as_json(report))
    yield page("rules/index.md", "rules", trust.rules_page(examples))
    yield page("changes/index.md", "changes", changes.changes_page(parts))
    for path, release in changes.release_pages(parts):
        yield page(path, "release", release)
    yield page(discovery.PAGE, "data", reference.data_page(records))
    for withdrawal in base.register.withdrawn:
        if withdrawal.what in base.register.pages:
            yield page(f"{withdrawal.what}index.md", "withdrawn", trust.withdrawn_page(withdrawal, parts))
    yield from files(records)


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
