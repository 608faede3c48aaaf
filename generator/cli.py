"""The command line: arguments -> exit status. The only module that prints, and the only one that asks for the clock or the environment."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.errors import Problem
    from generator.model import FactBase

DONE, PROBLEMS, MISUSE = 0, 1, 2

EPILOG = """\
exit status:
  0  done, and nothing is wrong
  1  problems in the data; nothing was written
  2  the command was not understood, or could not run here

Every problem is one line, 'file:line:column: what is wrong; what would be right (rule)'.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* (default: the process's) name, and return the exit status."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as exit:
        return DONE if exit.code in (None, 0) else MISUSE
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return MISUSE
    except OSError as error:
        print(f"summit-record: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return MISUSE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summit-record",
        description="Check the fact base in data/ and make the pages of the site from it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, default=Path(), help="the top of the checkout (default: this folder)")
    common.add_argument(
        "--texts",
        type=Path,
        action="append",
        metavar="DIR",
        help="a folder with the articles' texts, for exact proofs (default: seeds/, then $SUMMIT_RECORD_TEXTS)",
    )
    for name, run, summary, example in (
        ("check", _check, "say what is wrong with the data", "summit-record check"),
        ("generate", _generate, "check the data, then write the pages into docs/", "summit-record generate"),
        ("fingerprint", _fingerprint, "make seeds/SOURCE.json from the text of an article", None),
    ):
        command = commands.add_parser(
            name,
            parents=[common],
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=f"example: {example or 'summit-record fingerprint wion-2021-06-08 seeds/article.txt'}",
        )
        command.set_defaults(run=run)
        if run is _fingerprint:
            command.add_argument("source", help="the id of the source")
            command.add_argument("text", type=Path, help="the article's text, UTF-8, a line for each paragraph")
    return parser


def _texts(options: argparse.Namespace) -> list[Path]:
    if options.texts:
        return list(options.texts)
    elsewhere = os.environ.get("SUMMIT_RECORD_TEXTS")
    return [options.root / "seeds", *([Path(elsewhere)] if elsewhere else [])]


def _checked(options: argparse.Namespace) -> FactBase | None:
    """Return the fact base, or print everything wrong with it and return None."""
    import gc

    from generator.check import check, problems
    from generator.errors import DataError
    from generator.load import load

    gc.freeze()
    gc.disable()
    try:
        base = load(options.root, _texts(options))
    except DataError as error:
        _report(error.problems)
        return None
    finally:
        gc.enable()
    results = check(base)
    found = problems(results)
    _report(found)
    if found:
        return None
    total = sum(result.checked for result in results)
    exact = sum(article.texts is not None for article in base.articles.values())
    print(
        f"checked {len(base.records)} records by {len(results)} rules: {total} of {total} checks passed, 0 skipped; "
        f"quotations proven against {exact} texts and {len(base.articles) - exact} fingerprints",
        file=sys.stderr,
    )
    return base


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)
    if problems:
        files = len({problem.mark.path for problem in problems})
        print(f"{len(problems)} {_plural('problem', len(problems))} in {files} {_plural('file', files)}; nothing was written", file=sys.stderr)


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def _check(options: argparse.Namespace) -> int:
    return PROBLEMS if _checked(options) is None else DONE


def _generate(options: argparse.Namespace) -> int:
    from generator.render import render
    from generator.write import write

    base = _checked(options)
    if base is None:
        return PROBLEMS
    changed = write(render(base), options.root / "docs")
    print(f"docs/: {len(changed.written)} pages written, {len(changed.removed)} removed, {changed.kept} as they were", file=sys.stderr)
    return DONE


def _fingerprint(options: argparse.Namespace) -> int:
    from generator.fingerprint import fingerprint_file

    content = fingerprint_file(options.source, options.text.name, options.text.read_bytes())
    target = options.root / "seeds" / f"{options.source}.json"
    target.write_text(content, encoding="utf-8", newline="\n")
    print(f"{target}: {content.count('hashes')} paragraphs", file=sys.stderr)
    return DONE
