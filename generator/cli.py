"""The command line: arguments -> exit status.

The only module that prints, and the only one that asks for the clock or the environment.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
from functools import lru_cache, partial
from itertools import chain

from generator import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.check import Result
    from generator.edit.run import Place
    from generator.errors import Problem
    from generator.export import Edition, Records
    from generator.model import FactBase
    from generator.reading import Answers

DONE, PROBLEMS, MISUSE = 0, 1, 2
DATA = ("data/", "seeds/")
"""Where people write; what else a command writes can be made anew."""
LOOPBACK = "127.0.0.1"
IN_TURNS = ("build", "serve")
"""What runs other commands or goes on for hours: it lets others in between, and has a lock of its own for the rest."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* (default: the process's) name, and return the exit status."""
    try:
        try:
            return _command(arguments)
        finally:
            sys.stdout.flush()  # here it is known what to do where nothing can be written
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return MISUSE
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        print(f"summit-record: {error.strerror or error}{where}", file=sys.stderr)
        return MISUSE


def _command(arguments: Sequence[str] | None) -> int:
    try:
        options = commands.parser().parse_args(arguments)
    except SystemExit as exit:
        return DONE if exit.code in (None, 0) else MISUSE
    run = RUN.get(options.command, _edit)
    if options.command == "check" and options.watch:
        return _watch(options)
    if options.command in IN_TURNS:
        return run(options)
    with _at_work(options.root):
        return run(options)


def _texts(options: argparse.Namespace) -> list[Path]:
    from pathlib import Path

    if options.texts:
        return list(options.texts)
    elsewhere = os.environ.get("SUMMIT_RECORD_TEXTS")
    return [options.root / "seeds", *([Path(elsewhere)] if elsewhere else [])]


def _checked(options: argparse.Namespace) -> tuple[FactBase, tuple[Result, ...]] | None:
    """Return the fact base and what each rule found, or print everything wrong with it and return None."""
    base, results, found = _examine(options)
    for problem in found:
        print(problem)
    _tell(_verdict(base, results, found))
    return (base, results) if base and not found else None


_known: tuple[object, FactBase, tuple[Result, ...]] | None = None
"""The state of the files that passed all checks last in this process, and what came of them: `serve` asks often."""

SETTLED = 2
"""Seconds after which a second change of a file has another time, whatever the file system counts in."""


def _examine(options: argparse.Namespace) -> tuple[FactBase | None, tuple[Result, ...], list[Problem]]:
    """Return the fact base (None where it cannot be read), what each rule found, and everything that is wrong."""
    global _known
    from generator.check import check, problems
    from generator.errors import DataError
    from generator.load import code, load, recalled
    from generator.memory import RECORDS, Recall, pack
    from generator.write import keep

    files = _state(options.root, _texts(options))
    state = options.root.resolve(), files
    if _known and _known[0] == state:
        return _known[1], _known[2], []
    _known = None
    _asked.cache_clear()  # not two fact bases at once in memory
    settled = time.time() - SETTLED
    made_by = code()
    recall = Recall(recalled(options.root / RECORDS, made_by))
    try:
        with doing("reading data/ and seeds/"):
            base = load(options.root, _texts(options), recall)
        with doing(f"checking {len(base.records)} records"):
            results = check(base)
    except DataError as error:
        return None, (), error.problems
    found = problems(results)
    if not found and recall.parts.keys() != recall.before.keys():
        keep(options.root / RECORDS, pack(made_by, recall.parts))
    if not found and all(changed < settled * 1e9 for _, changed in files.values()):
        _known = state, base, results
    return base, results, first_things_first(found)


def first_things_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* with unknown ids before what may only follow from them, each by place."""
    return sorted(problems, key=lambda one: (one.rule != "known-ids", one))


def _verdict(
    base: FactBase | None, results: tuple[Result, ...], problems: Sequence[Problem], elsewhere: int = 0
) -> Iterator[str]:
    """Yield how many problems there are and how many *elsewhere*, or else how much was checked."""
    if problems:
        files = len({problem.mark.path for problem in problems})
        what = f"{len(problems)} {_plural('problem', len(problems))} in {files} {_plural('file', files)}"
        yield f"{what}; nothing was written"
    elif base:
        checked = sum(result.checked for result in results)
        skipped = sum(result.skipped for result in results)
        exact = sum(article.texts is not None for article in base.articles.values())
        others = len(base.articles) - exact
        yield (
            f"checked {len(base.records)} records by {len(results)} rules: "
            f"{checked} of {checked + skipped} checks passed, {skipped} skipped; "
            f"quotations proven against {exact} {_plural('text', exact)} and {others} {_plural('fingerprint', others)}"
        )
    if elsewhere:
        yield f"{elsewhere} more {_plural('problem', elsewhere)} in files that were not asked for"


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)
    _tell(_verdict(None, (), problems))


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


@contextlib.contextmanager
def doing(what: str, patience: float = 1.0) -> Iterator[None]:
    """Say on a terminal that the program is *what*, and for how long, once that takes more than *patience* seconds.

    Nothing is said to a pipe, a file or the log of a CI run, nor where the system has no timer (Windows), and nothing
    stays when it is done. It is no thread that tells: beside one, no second process could be started (`targets`).
    """
    import signal
    import threading

    here = threading.current_thread() is threading.main_thread()  # no other one hears signals
    if not (here and sys.stderr.isatty() and hasattr(signal, "setitimer")) or "CI" in os.environ:
        yield
        return
    start = time.monotonic()

    def tell(*_: object) -> None:
        with contextlib.suppress(RuntimeError):  # in the middle of a line of somebody else
            print(f"\r{what} … {time.monotonic() - start:.0f} s", end="", file=sys.stderr, flush=True)

    before = signal.signal(signal.SIGALRM, tell)
    signal.setitimer(signal.ITIMER_REAL, patience, patience)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if time.monotonic() - start > patience:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


@contextlib.contextmanager
def _at_work(root: Path) -> Iterator[None]:
    """Keep other commands out of the checkout *root*, and all in memory, while the body runs."""
    from generator.memory import keeping_all
    from generator.write import alone

    with alone(root, lambda: _tell(["another command is at work here; waiting for it"])), keeping_all():
        yield


def _watch(options: argparse.Namespace) -> int:
    gc.enable()
    try:
        for _ in changes(lambda: _state(options.root, _texts(options)), lambda: time.sleep(0.3)):
            with _at_work(options.root):
                _check(options)
            print("watching data/ and seeds/; Ctrl+C ends it", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return DONE


def changes(state: Callable[[], object], wait: Callable[[], None]) -> Iterator[None]:
    """Yield at once, and then each time *state* has become another while *wait* passed."""
    before: object = None
    while True:
        now = state()
        if now != before:
            yield
        before = now
        wait()


def _state(root: Path, texts: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return size and time of change of all that lies in data/ and seeds/, and of what *texts*, folders, lead to."""
    state: dict[str, tuple[int, int]] = {}
    files = ((path, path.lstat) for folder in ("data", "seeds") for path in (root / folder).rglob("*"))
    for path, look in chain(files, ((path, path.stat) for folder in texts for path in folder.glob("*"))):
        with contextlib.suppress(OSError):  # gone meanwhile, as the files of editors are, or a link to nothing
            found = look()
            state[f"{path} {look.__name__}"] = found.st_size, found.st_mtime_ns
    return state


def _check(options: argparse.Namespace) -> int:
    from generator.edit import Refused, report, run
    from generator.write import write_all

    place = _place(options)
    try:
        paths = place.selected(options.files)
        if options.fix:
            mended = run.mended(place, options.files)
            write_all(mended, options.root, {path: place.files[path] for path in mended})
            fresh = run.fingerprints(place)
            write_all(fresh, options.root, {path: place.files[path] for path in fresh if path in place.files})
            _tell(f"mended {path}" for path in (*mended, *fresh))
    except Refused as refusal:
        _tell([f"summit-record: {refusal}"])
        return MISUSE
    base, results, found = _examine(options)
    here = report.within(found, paths)
    if base is None and not here:
        here = found  # a file elsewhere that is no record yet: nothing here could be proven
    checked, skipped = sum(one.checked for one in results), sum(one.skipped for one in results)
    print(report.FORMATS[options.format](here, checked, skipped), end="", flush=True)
    _tell(_verdict(base, results, here, elsewhere=len(found) - len(here)))
    if base and not found:
        _tell(_unpublished(base))
    if base:
        _write_schemas(options.root, base)
    return PROBLEMS if here else DONE


def _unpublished(base: FactBase) -> Iterator[str]:
    """Yield what to do about ids and addresses that the register does not know yet, where there are any."""
    facts = len(base.fact_ids.difference(base.register.facts))
    pages = len(base.addresses.difference(base.register.pages))
    if facts or pages:
        new = f"{facts} new {_plural('fact', facts)} and {pages} new {_plural('page', pages)}"
        yield f"{new} are not in data/published.txt yet; 'register' notes them before they are published"


def _edit(options: argparse.Namespace) -> int:
    """Run the editing command that *options* name: write what it changes, print what it answers."""
    from generator.edit import Refused
    from generator.edit.run import COMMANDS
    from generator.errors import DataError
    from generator.load import load
    from generator.write import write_all

    place = _place(options)
    try:
        edit = COMMANDS[options.command](options, place)
    except Refused as refusal:
        _tell([f"summit-record: {refusal}"])
        return PROBLEMS
    except DataError as error:
        _report(error.problems)
        return PROBLEMS
    read = {path: place.files.get(path) for path in edit.changes if path.startswith(DATA)}
    write_all(edit.changes, options.root, read)
    for line in edit.lines:
        print(line)
    _tell(edit.notes)
    if options.command.startswith(("new", "rename")):
        with contextlib.suppress(DataError):  # a new record has gaps; the schemas stay as they were
            _write_schemas(options.root, load(options.root))
    return PROBLEMS if edit.wrong else DONE


def _place(options: argparse.Namespace) -> Place:
    import datetime

    from generator.edit.run import Place

    return Place(options.root, tuple(_texts(options)), datetime.datetime.now(datetime.UTC).date())


def _write_schemas(root: Path, base: FactBase) -> None:
    """Write the schemas for editors, in a checkout that binds them to its files."""
    from generator.edit.run import schema_files
    from generator.write import write_all

    if (root / ".vscode").is_dir():
        write_all(schema_files(base), root)


@lru_cache(1)
def _asked(base: FactBase, edition: Edition) -> tuple[Records, Answers]:
    """Return what pages and data files are made from, and the digests of its answers."""
    from generator.export import Records
    from generator.links import Links
    from generator.reading import Answers, Observed

    observed = Observed(base)
    links = Links(observed)
    records = Records(links, edition)
    return records, Answers(observed, links, records)


def _generate(options: argparse.Namespace) -> int:
    from generator.export import Edition
    from generator.load import code, load_examples, load_pages, load_prose, load_refusals, load_samples, recalled
    from generator.memory import TARGETS, pack
    from generator.render import Beside, make
    from generator.repository import find_repository
    from generator.targets import Memory, Run
    from generator.write import keep, stamps, write

    checked = _checked(options)
    if checked is None:
        return PROBLEMS
    base, results = checked
    docs, bad = options.root / "docs", options.root / "tests" / "bad"
    edition = Edition(options.site_url or "", options.data_version or "", options.data_date or "")
    repository = find_repository(options.root, options.repository)
    made_by = repr((code(), repository, edition))
    with doing("making the pages"):
        records, answers = _asked(base, edition)
        beside = Beside(results, load_examples(bad), load_samples(options.root, base), load_refusals(bad), repository)
        memory = Memory.read(recalled(options.root / TARGETS, made_by))
        run = Run(memory, answers, stamps(docs))
        make(run, records, beside, partial(load_pages, docs), partial(load_prose, docs))
    with doing("writing docs/"):
        changed = write(run.files, docs, run.kept)
        now = stamps(docs)
        keep(options.root / TARGETS, pack(made_by, run.remember({path: now[path] for path in run.digests}).parts()))
    _write_schemas(options.root, base)
    print(
        f"docs/: {len(changed.written)} files written, {len(changed.removed)} removed, {changed.kept} as they were",
        file=sys.stderr,
    )
    return DONE


def _build(options: argparse.Namespace) -> int:
    from mkdocs.exceptions import Abort, ConfigurationError

    from generator import site

    try:
        _tell([f"site/: {site.build(options.root / 'mkdocs.yml')}"])
    except (Abort, ConfigurationError) as error:
        _tell([f"summit-record: {error}"])
        return PROBLEMS
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from mkdocs.exceptions import Abort, ConfigurationError

    from generator.serve import serve

    gc.enable()
    try:
        serve(options.root / "mkdocs.yml", LOOPBACK, options.port, lambda line: _tell([line]))
    except (Abort, ConfigurationError) as error:
        _tell([f"summit-record: {error}"])
        return PROBLEMS
    return DONE


def _register(options: argparse.Namespace) -> int:
    from generator.register import registered
    from generator.write import write_all

    checked = _checked(options)
    if checked is None:
        return PROBLEMS
    path = "data/published.txt"
    changed = write_all({path: registered(checked[0]).encode()}, options.root)
    print(f"{options.root / path}: {'written' if changed else 'as it was'}", file=sys.stderr)
    return DONE


def _fingerprint(options: argparse.Namespace) -> int:
    from generator.errors import DataError
    from generator.fingerprint import article, as_json, fingerprinted
    from generator.load import load
    from generator.model import Source
    from generator.write import write_all

    try:
        base = load(options.root, [] if options.text else _texts(options))
    except DataError as error:
        _report(error.problems)
        return PROBLEMS
    if options.text:
        if not isinstance(base.records.get(options.source), Source):
            print(f"no source {options.source!r} in data/sources/; 'new source' makes one", file=sys.stderr)
            return MISUSE
        try:
            made = {options.source: article(options.text.name, options.text.read_bytes(), options.source, base)}
        except UnicodeDecodeError as error:
            print(f"{options.text}: not UTF-8, byte {error.start}; save the text as UTF-8", file=sys.stderr)
            return MISUSE
    else:
        made = {
            source: fingerprinted(one.file, one.checksum, one.texts, source, base)
            for source, one in base.articles.items()
            if one.texts is not None and options.source in (None, source)
        }
    if not made:
        print(f"no text at hand for {options.source or 'any article'}; lay it into seeds/", file=sys.stderr)
        return MISUSE
    changed = write_all({f"seeds/{source}.json": as_json(one).encode() for source, one in made.items()}, options.root)
    for source, one in made.items():
        target = f"seeds/{source}.json"
        done = "written" if target in changed else "as it was"
        quoted = sum(len(paragraph.quoted) for paragraph in one.fingerprints)
        print(f"{options.root / target}: {done}, {quoted} quoted runs of words", file=sys.stderr)
    return DONE


def _bundle(options: argparse.Namespace) -> int:
    from generator.bundle import bundle
    from generator.load import load_site
    from generator.write import write_all

    content = bundle(load_site(options.site))
    changed = write_all({options.to.name: content}, options.to.parent)
    print(f"{options.to}: {'written' if changed else 'as it was'}, {len(content) / 1e6:.1f} MB", file=sys.stderr)
    return DONE


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "generate": _generate,
    "build": _build,
    "serve": _serve,
    "register": _register,
    "fingerprint": _fingerprint,
    "bundle": _bundle,
}
"""The commands that are no edits; those are in `edit.run`."""
