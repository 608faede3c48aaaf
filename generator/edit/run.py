"""The editing commands: what was typed -> an Edit. Reads what each needs; writes and prints nothing."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.check import check, problems
from generator.edit import (
    Edit,
    Files,
    Refused,
    diff,
    explain,
    fmt,
    mend,
    new,
    quote,
    release,
    rename,
    schema,
    stats,
    where,
)
from generator.edit.kinds import SCHEMAS, kind_of
from generator.errors import DataError, Problem
from generator.fingerprint import as_json, fingerprinted
from generator.load import load, load_examples, load_readable
from generator.model import FactBase, Source
from generator.nearest import did_you_mean
from generator.write import write_all


@dataclass(frozen=True)
class Place:
    """Where a command works: the *root* of the checkout, the folders of *texts*, and what day it is."""

    root: Path
    texts: tuple[Path, ...]
    today: date

    @cached_property
    def base(self) -> FactBase:
        """The fact base; raises DataError where it cannot be read."""
        return load(self.root, self.texts)

    @cached_property
    def readable(self) -> FactBase:
        """What can be read of the fact base: a record with gaps keeps nobody from starting the next."""
        return load_readable(self.root, self.texts)[0]

    @cached_property
    def files(self) -> Files:
        """The files of data/ and seeds/ that commands write, by path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for folder in ("data", "seeds")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and (path.suffix in (".yml", ".json") or path.name == "published.txt")
        }

    def text(self, source: str) -> str | None:
        """Return the text of the article *source*, where it is at hand and the recorded one."""
        article = self.readable.articles.get(source)
        if article is None or article.texts is None:
            return None
        path = next(folder / article.file for folder in self.texts if (folder / article.file).is_file())
        return path.read_bytes().decode("utf-8")

    def selected(self, paths: Sequence[Path]) -> list[str]:
        """Return *paths*, as typed, from the top of the checkout; raises Refused for what is not in it."""
        result = []
        for path in paths:
            whole = Path(os.path.abspath(path))
            if not whole.exists():
                raise FileNotFoundError(2, "no such file", str(path))
            if not whole.is_relative_to(os.path.abspath(self.root)):
                raise Refused(f"not in this checkout, {str(path)!r}; --root names its top")
            result.append(whole.relative_to(os.path.abspath(self.root)).as_posix())
        return result

    def data_files(self, paths: Sequence[Path]) -> list[str]:
        """Return the data files in *paths*, files or folders; all of them where there are no paths."""
        chosen = self.selected(paths) or ["data"]
        found = [
            path
            for path in self.files
            if kind_of(path) and any(path == one or path.startswith(f"{one}/") for one in chosen)
        ]
        if paths and not found:
            raise Refused(f"no data file in {', '.join(map(str, paths))}; they are the .yml files of data/")
        return found

    def proven(self, changes: Mapping[str, bytes | None], source: str | None = None) -> dict[str, bytes | None]:
        """Return *changes* with the fingerprint of *source* that belongs to them, where its text is at hand.

        Raises DataError with what would be wrong with the fact base after them, and is not now.
        """
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for one in ("data", "seeds"):
                if (self.root / one).is_dir():
                    shutil.copytree(self.root / one, root / one)
            write_all(changes, root)
            article = self.readable.articles.get(source or "")
            if source and article and article.texts is not None:
                base, _ = load_readable(root, self.texts)
                made = fingerprinted(article.file, article.checksum, article.texts, source, base)
                changes = {**changes, f"seeds/{source}.json": as_json(made).encode()}
                write_all(changes, root)
            after = _problems(root, self.texts)
        before = Counter((one.message, one.rule) for one in _problems(self.root, self.texts))
        fresh = []
        for problem in after:
            before[problem.message, problem.rule] -= 1
            if before[problem.message, problem.rule] < 0:
                fresh.append(problem)
        if fresh:
            raise DataError(fresh)
        return dict(changes)


def _problems(root: Path, texts: Sequence[Path]) -> list[Problem]:
    try:
        return problems(check(load(root, texts)))
    except DataError as error:
        return error.problems


def _given(options: Namespace, place: Place, evidence: Sequence[str] = ()) -> new.Given:
    return new.Given(
        dict(options.set),
        dict(options.unknown),
        tuple(evidence),
        tuple(getattr(options, "who", ())),
        tuple(getattr(options, "post", ())),
    )


def _new_source(options: Namespace, place: Place) -> Edit:
    text = (options.text.name, options.text.read_bytes()) if options.text else None
    edit = new.new_source(options.id, place.readable, place.files, _given(options, place), text)
    seeds = place.root / "seeds"
    if options.text and not any((folder / options.text.name).is_file() for folder in place.texts):
        note = f"keep the text as {seeds / options.text.name}, which git ignores: quotations are looked up there"
        return replace(edit, notes=(*edit.notes, note))
    return edit


def _new_entity(options: Namespace, place: Place) -> Edit:
    kind = next(kind for kind in new.NAMED if kind.kind_name == options.command.removeprefix("new "))
    given = _given(options, place, _evidence(options, place))
    given = replace(given, values={"name": options.name, **given.values})
    edit = new.new_entity(kind, options.id, place.readable, place.files, given)
    return _proven(edit, place, options.source if options.words else None)


def _new_fact(options: Namespace, place: Place) -> Edit:
    named = {key: getattr(options, key) for key in ("date", "kind", "text") if getattr(options, key)}
    given = _given(options, place, _evidence(options, place, options.speaker))
    values = {**named, **given.values}
    if options.paragraph:
        values["paragraph"] = str(options.paragraph)
    given = replace(given, values=values)
    edit = new.new_fact(options.source, place.readable, place.files, given, options.by, options.about)
    return _proven(edit, place, options.source)


def _evidence(options: Namespace, place: Place, speaker: str | None = None) -> list[str]:
    """Return the lines of the evidence that *options* ask for: words of an article, a page, or none yet."""
    if not options.words:
        articles = place.readable.articles
        return [f"    - source: {options.source}"] if options.source and options.source not in articles else []
    if not options.source:
        raise Refused("words without a source; --source says where they stand")
    found = _find(options.source, options.words, place)
    if options.paragraph:
        found = [one for one in found if one.paragraph == options.paragraph]
    if len(found) != 1:
        places = ", ".join(str(one.paragraph) for one in found)
        where = f"in paragraphs {places}" if found else f"not in paragraph {options.paragraph}"
        raise Refused(f"{where}, {options.words!r}; --paragraph says which is meant, or give more words")
    return quote.as_yaml(options.source, found[0], speaker)


def _proven(edit: Edit, place: Place, source: str | None) -> Edit:
    """Return *edit*; where it leaves no gap, with the fingerprint of *source* that belongs to it, proven."""
    if any(new.gaps(content.decode().split("\n")) for path, content in edit.changes.items() if content):
        return edit
    changes = {path: fmt.canonical(path, content) for path, content in edit.changes.items() if content}
    return replace(edit, changes=place.proven(changes, source))


def _find(source: str, words: str, place: Place) -> list[quote.Found]:
    articles = place.readable.articles
    if source not in articles:
        if isinstance(place.readable.records.get(source), Source):
            raise Refused(
                f"{source!r} is a page that is only cited; its text is not at hand, and nothing is quoted from it"
            )
        raise Refused(f"no article {source!r}{did_you_mean(source, articles)}")
    return quote.find(words, source, articles[source], place.text(source))


def _quote(options: Namespace, place: Place) -> Edit:
    found = _find(options.source, options.words, place)
    lines = tuple(line for one in found for line in quote.as_yaml(options.source, one))
    return Edit(lines=lines, notes=tuple(quote.notes(found, options.words)))


def _where(options: Namespace, place: Place) -> Edit:
    from generator.render import render

    lines = [f"{mark}: {what}" for mark, what in where.places(options.id, place.base)]
    results = check(place.base)
    if problems(results):
        return Edit(lines=tuple(lines), notes=("the data has problems, so no page is made; 'check' lists them",))
    pages = where.shown_on(options.id, place.base, render(place.base, results))
    return Edit(lines=(*lines, *(f"docs/{page}" for page in pages)), notes=(f"{len(lines)} lines, {len(pages)} pages",))


def _rename(options: Namespace, place: Place) -> Edit:
    edit = rename.rename(options.old, options.new, place.base, place.files, place.today)
    return replace(edit, changes=place.proven(edit.changes))


def _fmt(options: Namespace, place: Place) -> Edit:
    changes: dict[str, bytes | None] = {}
    wrong: list[Problem] = []
    names = place.data_files(options.files)
    for path in names:
        try:
            form = fmt.canonical(path, place.files[path])
        except DataError as error:
            wrong += error.problems
            continue
        if form != place.files[path]:
            changes[path] = form
    if wrong:
        raise DataError(wrong)
    note = f"{len(changes)} of {len(names)} files {'are not in' if options.check else 'brought into'} their one form"
    if options.check:
        return Edit(lines=tuple(changes), notes=(note,), wrong=bool(changes))
    return Edit(changes, lines=tuple(changes), notes=(note,))


def _explain(options: Namespace, place: Place) -> Edit:
    return Edit(lines=tuple(explain.explain(options.rule, load_examples(place.root / "tests" / "bad"))))


def _diff(options: Namespace, place: Place) -> Edit:
    before = _at(options.revision, place)
    found = diff.differences(before, place.base)
    pages = _pages_touched(before, place.base)
    if options.format == "json":
        return Edit(lines=(diff.as_json(found, pages, options.revision),))
    if options.format == "markdown":
        return Edit(lines=tuple(diff.as_markdown(found, pages, options.revision)))
    lines = diff.as_text(found, pages, options.revision)
    return Edit(lines=tuple(lines), notes=(diff.summary(found, pages, options.revision),))


def _pages_touched(before: FactBase, after: FactBase) -> tuple[str, ...] | None:
    """Return the pages that are not the same in both; None where one of the two has problems, and so has no pages."""
    from generator.render import render

    pages = []
    for base in (before, after):
        results = check(base)
        if problems(results):
            return None
        pages.append([(one.path, one.content) for one in render(base, results) if one.path.endswith(".md")])
    return diff.pages_touched(*pages)


def _release(options: Namespace, place: Place) -> Edit:
    from generator.export import NOWHERE, Records
    from generator.links import Links

    wrong = problems(check(place.base))
    if wrong:
        raise DataError(wrong)
    releases = place.base.register.releases
    since = options.since or (_released(releases[-1].version, place) if releases else None)
    found = diff.differences(_at(since, place), place.base) if since else None
    files = {name: (place.root / name).read_bytes() for name in release.VERSIONED if (place.root / name).is_file()}
    digest = Records(Links(place.base), NOWHERE).digest
    return release.release(
        options.version, options.about, options.because, found, place.base, digest, files, place.today
    )


def _released(version: str, place: Place) -> str:
    """Return the commit that released *version*: the one that brought its file; raises Refused where git knows none."""
    path = release.path_of(version)
    done = _git(place, "log", "--diff-filter=A", "--format=%H", "--", path)
    commits = done.stdout.decode().split()
    if done.returncode or not commits:
        raise Refused(f"git does not know the commit that brought {path}; fetch the whole history, or give --since")
    return commits[0]


def _git(place: Place, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise Refused("git is not installed; it is asked for the earlier state")
    return subprocess.run([git, *arguments], cwd=place.root, capture_output=True, check=False)


def _at(revision: str, place: Place) -> FactBase:
    """Return the fact base as it was at *revision*; raises Refused where git has none, or it cannot be read today."""
    done = _git(place, "archive", "--format=tar", revision, "--", "data", "seeds")
    if done.returncode:
        raise Refused(f"git has no {revision!r} with data/; {done.stderr.decode(errors='replace').strip()}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        try:
            return load(Path(folder))
        except DataError as error:
            first = error.problems[0]
            raise Refused(f"the data of {revision!r} cannot be read by today's rules; {first}") from None


def _stats(options: Namespace, place: Place) -> Edit:
    return Edit(lines=tuple(stats.stats(place.base)))


def _schema(options: Namespace, place: Place) -> Edit:
    changes = schema_files(place.base)
    return Edit(changes, notes=(f"{SCHEMAS}/: {len(changes)} schemas",))


def schema_files(base: FactBase) -> dict[str, bytes | None]:
    """Return the schemas of *base*, by path."""
    return {f"{SCHEMAS}/{name}.json": content.encode() for name, content in schema.schemas(base)}


def mended(place: Place, paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the files among *paths* that have one right answer to what is wrong, with that answer."""
    chosen = {path: place.files[path] for path in place.data_files(paths)}
    after = {**chosen, **mend.mend_all(chosen)}
    for path, content in after.items():
        with contextlib.suppress(DataError):  # a file that is no YAML has no form; the check says why
            after[path] = fmt.canonical(path, content)
    return {path: content for path, content in after.items() if content != chosen[path]}


def fingerprints(place: Place) -> dict[str, bytes]:
    """Return the fingerprints that are not up to date, anew from the texts at hand; none while data cannot be read."""
    base, wrong = load_readable(place.root, place.texts)
    made = {
        f"seeds/{source}.json": as_json(fingerprinted(one.file, one.checksum, one.texts, source, base)).encode()
        for source, one in base.articles.items()
        if one.texts is not None and not wrong
    }
    return {path: content for path, content in made.items() if content != place.files.get(path)}


COMMANDS: dict[str, Callable[[Namespace, Place], Edit]] = {
    "new source": _new_source,
    "new fact": _new_fact,
    **{f"new {kind.kind_name}": _new_entity for kind in new.NAMED},
    "quote": _quote,
    "where": _where,
    "rename": _rename,
    "fmt": _fmt,
    "explain": _explain,
    "diff": _diff,
    "release": _release,
    "stats": _stats,
    "schema": _schema,
}
