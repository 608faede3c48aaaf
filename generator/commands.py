"""What can be typed: every command with its arguments, as a table. The parser, `--help` and a page are made from it."""

from __future__ import annotations

import argparse
import re

TYPE_CHECKING = False  # what checks types knows this name; `typing` would be a seventh of the time of `--help`
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

EXIT = (
    (0, "done, and nothing is wrong"),
    (1, "problems, or what was asked for cannot be done; nothing was written"),
    (2, "the command was not understood, or could not run here"),
)

EPILOG = (
    "exit status:\n"
    + "".join(f"  {code}  {what}\n" for code, what in EXIT)
    + """
Every problem is one line, 'file:line:column: what is wrong; what would be right (rule)'.
"""
)


class Argument:
    """One argument: its *names* (with -- an option), what it means, and how argparse is to take it."""

    def __init__(self, names: str, help: str, how: Mapping[str, Any] | None = None) -> None:
        self.names, self.help, self.how = names, help, how or {}


class Command:
    """A command: its *name* (one or two words), a line on what it does, *more* on that, arguments and examples."""

    def __init__(
        self,
        name: str,
        summary: str,
        arguments: tuple[Argument, ...] = (),
        examples: tuple[str, ...] = (),
        more: str = "",
    ) -> None:
        self.name, self.summary, self.arguments, self.examples, self.more = name, summary, arguments, examples, more


def _address(text: str) -> str:
    """Return the address of a site with a slash at its end."""
    if not re.fullmatch(r"https?://[^\s\"'<>?#]+", text):
        raise argparse.ArgumentTypeError(f"not a web address, {text!r}; it starts with https:// or http://")
    return text.rstrip("/") + "/"


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"not a port, {text!r}; a number up to 65535")
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    """Return field and value of *text*, which has an equals sign between them."""
    name, sign, value = text.partition("=")
    if not (sign and name and value.strip()):
        raise argparse.ArgumentTypeError(f"not a field with its value, {text!r}; such as date=2025-06-24")
    return name.strip(), value.strip()


def _version(text: str) -> str:
    if not re.fullmatch(r"\d+\.\d+\.\d+", text):
        raise argparse.ArgumentTypeError(f"not a version, {text!r}; three numbers with points, such as 1.4.0")
    return text


def _path(text: str) -> Path:
    from pathlib import Path  # here, as in `cli`: what only some commands need does not hold up the others

    return Path(text)


def _day(text: str) -> str:
    import datetime

    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day, {text!r}; year, month and day, such as 2031-06-21") from None


ROOT = Argument("--root", "the top of the checkout (default: this folder)", {"type": _path, "default": "."})
TEXTS = Argument(
    "--texts",
    "a folder with the articles' texts, for exact proofs (default: seeds/, then $SUMMIT_RECORD_TEXTS)",
    {"type": _path, "action": "append", "metavar": "DIR"},
)
SET = Argument(
    "--set",
    "fields with their values, such as date=2025-06-24",
    {"nargs": "+", "action": "extend", "type": _pair, "metavar": "FIELD=VALUE", "default": []},
)
UNKNOWN = Argument(
    "--unknown",
    "fields without a value, each with the reason why it is not known",
    {"nargs": "+", "action": "extend", "type": _pair, "metavar": "FIELD=WHY", "default": []},
)
WORDS = Argument("--words", "words of the article that say so; they are looked for")
PARAGRAPH = Argument("--paragraph", "the paragraph of the article", {"type": int, "metavar": "NUMBER"})
EVIDENCE = (Argument("--source", "the source of these values", {"metavar": "ID"}), WORDS, PARAGRAPH)
OWN = {
    "meeting": (Argument("--who", "the people who were there", {"nargs": "+", "metavar": "ID", "default": []}),),
    "leader": (
        Argument("--post", "a post, and when it was held (EDTF)", {"nargs": 2, "metavar": "ID", "default": []}),
    ),
}
"""What only one of NAMED_KINDS understands."""
ID = Argument("id", "the id: lower-case letters, digits and single hyphens")
NAMED_KINDS = (
    ("summit", "2025-the-hague", "2025 The Hague summit"),
    ("meeting", "2025-03-13-white-house", "Meeting of Donald Trump and Mark Rutte"),
    ("leader", "alexander-stubb", "Alexander Stubb"),
    ("post", "finnish-president", "President of Finland"),
    ("topic", "drones", "Drones"),
    ("series", "g7", "G7 summits"),
    ("organisation", "european-union", "European Union"),
    ("country", "finland", "Finland"),
    ("place", "helsinki", "Helsinki"),
    ("measure", "finnish-soldiers", "Soldiers of Finland"),
    ("term", "term-g7", "G7"),
)
"""The kinds that `new` makes from an id and a name, with an example of each."""

COMMANDS = (
    Command(
        "check",
        "say what is wrong with the data",
        (
            Argument(
                "files", "files or folders to look at (default: all)", {"nargs": "*", "metavar": "FILE", "type": _path}
            ),
            Argument(
                "--format",
                "text; json; github for annotations of GitHub Actions; sarif for code scanning",
                {"choices": ("text", "json", "github", "sarif"), "default": "text"},
            ),
            Argument(
                "--fix",
                "first mend what has one right answer: stray tabs and spaces, the one form of each file, the "
                "fingerprints of texts at hand",
                {"action": "store_true"},
            ),
            Argument("--watch", "stay, and check again whenever data/ or seeds/ change", {"action": "store_true"}),
        ),
        ("check", "check data/facts/wion-2021-06-08.yml", "check --format json", "check --fix", "check --watch"),
        "The whole fact base is read in any case, as records lean on one another. With FILEs, only their problems are "
        "shown and count; those elsewhere are numbered. While a file cannot be read as records, nothing can be proven "
        "of any other: then its problems are shown too.",
    ),
    Command(
        "generate",
        "check the data, then write the pages and data files into docs/",
        (
            Argument("--repository", "where the data can be edited (default: git's remote origin)", {"metavar": "URL"}),
            Argument(
                "--site-url",
                "where the site is to stand, for addresses in full (default: relative ones)",
                {"metavar": "URL", "type": _address},
            ),
            Argument(
                "--data-version",
                "the version of the data, three numbers with points (default: 0.0.0 and a hash of them)",
                {"metavar": "VERSION", "type": _version},
            ),
            Argument(
                "--data-date",
                "the day of this edition of the data, for citations (default: none)",
                {"metavar": "DAY", "type": _day},
            ),
        ),
        ("generate",),
    ),
    Command(
        "build",
        "generate, then make the site in site/",
        examples=("build",),
        more="Only what changed since the last build is made anew; the result is the same as that of a first build. "
        "The new site takes the place of the old one when it is whole.",
    ),
    Command(
        "serve",
        "build, show the site at http://127.0.0.1:8000/ and build it anew after each save",
        (Argument("--port", "the port (default: 8000)", {"type": _port, "default": 8000}),),
        ("serve", "serve --port 8080"),
        "Problems in the data are shown over the pages of the last site that could be built. Nobody outside this "
        "machine can reach it.",
    ),
    Command(
        "new source",
        "start the record of a source",
        (
            ID,
            Argument(
                "--text", "the article's text, UTF-8, a line for each paragraph", {"type": _path, "metavar": "FILE"}
            ),
            SET,
            UNKNOWN,
        ),
        (
            "new source reuters-2025-06-24 --text seeds/reuters.txt",
            "new source reuters-2025-06-24 --text seeds/reuters.txt --set publisher=Reuters published=2025-06-24 "
            'url=https://www.reuters.com/ --unknown author="No author is printed."',
            "new source wikipedia-undated-mark-rutte",
        ),
        "With --text it is an article: its checksum and fingerprint go into seeds/, its paragraphs are listed by "
        "number, and no word of it is kept. Without, it is a page that is only cited. The record has a gap for each "
        "value that the check asks for and that was not given. The language is taken for English where none is given, "
        "and the name is made of publisher and day.",
    ),
    Command(
        "new fact",
        "add a fact to a source",
        (
            Argument("--source", "the id of the source", {"required": True, "metavar": "ID"}),
            Argument("--text", "one neutral sentence in our own words"),
            Argument("--date", "what it is about, as EDTF"),
            Argument("--kind", "event, statement, decision, commitment, plan, figure or background"),
            Argument("--by", "who said or did it", {"nargs": "+", "metavar": "ID", "default": []}),
            Argument("--about", "what it is about", {"nargs": "+", "metavar": "ID", "default": []}),
            WORDS,
            PARAGRAPH,
            Argument("--speaker", "whose own words these are, between quotation marks there", {"metavar": "ID"}),
            SET,
            UNKNOWN,
        ),
        (
            "new fact --source wion-2021-06-08",
            'new fact --source wion-2021-06-08 --date 2021-06-07 --kind event --text "The two met." --by joe-biden '
            '--about 2021-brussels --words "Joe Biden met with NATO Secretary General"',
        ),
        "The id is the next one that no fact ever had. What is not given is a gap, which the check refuses until it is "
        "filled. A fact without a gap is checked at once, and written only if nothing is wrong with it.",
    ),
    *(
        Command(
            f"new {kind}",
            f"start the record of a {kind}",
            (
                ID,
                Argument("--name", "the name that the site writes", {"required": True}),
                *OWN.get(kind, ()),
                SET,
                UNKNOWN,
                *EVIDENCE,
            ),
            (f'new {kind} {id} --name "{name}"',),
            "What is not given and the check asks for is a gap. --source and --words are the evidence for all values.",
        )
        for kind, id, name in NAMED_KINDS
    ),
    Command(
        "quote",
        "find words in an article, and print the evidence to paste",
        (
            Argument("words", "the words; … leaves some out"),
            Argument("--source", "the id of the article's source", {"required": True, "metavar": "ID"}),
        ),
        ('quote --source wion-2021-06-08 "a week before"',),
        "Where the text is at hand the words are printed as they stand there, with prefix or suffix where they stand "
        "twice or are too few. Without it, only words that are quoted already are found.",
    ),
    Command(
        "where",
        "list every line and every page that names a record",
        (Argument("id", "the id of a record"),),
        ("where jens-stoltenberg",),
    ),
    Command(
        "rename",
        "give a record another id, everywhere",
        (Argument("old", "the id it has"), Argument("new", "the id it is to have")),
        ("rename boris-johnson alexander-boris-johnson",),
        "All or nothing: files, references, and for a source its facts' ids and its fingerprint. "
        "What was published leads on by an entry in data/withdrawn.yml.",
    ),
    Command(
        "fmt",
        "write data files in their one form; no fact and no comment changes",
        (
            Argument(
                "files", "files or folders (default: all of data/)", {"nargs": "*", "metavar": "FILE", "type": _path}
            ),
            Argument("--check", "write nothing; list the files that are not in that form", {"action": "store_true"}),
        ),
        ("fmt", "fmt data/leaders --check"),
    ),
    Command(
        "explain",
        "say what a rule wants, with an example",
        (Argument("rule", "the rule's name, as it stands at the end of a message"),),
        ("explain known-ids",),
    ),
    Command(
        "diff",
        "say what is different from an earlier state of the data",
        (
            Argument("revision", "a git revision (default: HEAD)", {"nargs": "?", "default": "HEAD"}),
            Argument(
                "--format",
                "text; json for programs; markdown for the summary of a pull request",
                {"choices": ("text", "json", "markdown"), "default": "text"},
            ),
        ),
        ("diff", "diff HEAD~5 --format json", "diff origin/main --format markdown"),
        "Each record that was added, changed, corrected or retracted, with the values before and after, and the pages "
        "that are others now. Marked with ! is what needs a second look: a quotation or a figure changed, a source "
        "removed, a date moved, other words given to a speaker.",
    ),
    Command(
        "release",
        "freeze what changed since the last release, in data/changes/VERSION.yml",
        (
            Argument("version", "three numbers with points, higher than the last", {"type": _version}),
            Argument("--about", "what the release brings, in a line", {"required": True, "metavar": "TEXT"}),
            Argument("--because", "why corrections were made, where nothing says so yet", {"metavar": "TEXT"}),
            Argument(
                "--since",
                "a git revision (default: the commit that brought the file of the last release)",
                {"metavar": "REVISION"},
            ),
        ),
        ('release 0.2.0 --about "The Hague, 2025." --because "Read again against the article."',),
        "The page of changes and its feeds are made from these files; only this command asks git. The version is noted "
        "in CITATION.cff and pyproject.toml too, and new ids in data/published.txt. A correction without a reason is a "
        "problem that the check names, until its 'because' is written.",
    ),
    Command("stats", "count records, facts and evidence", (), ("stats",)),
    Command(
        "schema",
        "write the schemas by which editors complete and underline, into .schema/",
        (),
        ("schema",),
        "They list the ids that there are. 'check', 'generate', 'new' and 'rename' write them anew too, in a checkout "
        "with editor settings (.vscode/).",
    ),
    Command("register", "note the ids and addresses that are published, in data/published.txt", (), ("register",)),
    Command(
        "fingerprint",
        "make seeds/SOURCE.json anew from the text of an article and what the data quotes of it",
        (
            Argument("source", "the id of the source (default: all whose text is at hand)", {"nargs": "?"}),
            Argument("text", "the article's text, UTF-8, a line for each paragraph", {"nargs": "?", "type": _path}),
        ),
        ("fingerprint", "fingerprint wion-2021-06-08 seeds/article.txt"),
        "Needed after every new quotation and every changed sentence of a fact: what stands in seeds/ is what clones "
        "without the text can prove.",
    ),
    Command(
        "bundle",
        "make one zip of the built site that opens from the disk, search included",
        (
            Argument("--site", "the folder of the built site (default: site)", {"type": _path, "default": "site"}),
            Argument(
                "--to",
                "the file to write (default: summit-record.zip)",
                {"type": _path, "default": "summit-record.zip"},
            ),
        ),
        ("bundle", "bundle --site public --to downloads/summit-record.zip"),
        "In the unpacked folder, open index.html. The same site makes the same bytes.",
    ),
)

PROGRAM = "summit-record"


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; what it parses has the command's name under `command`."""
    result = _Parser(
        prog=PROGRAM,
        description="Check the fact base in data/ and make the pages of the site from it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = result.add_subparsers(title="commands", metavar="COMMAND", required=True)
    new = commands.add_parser("new", help="start a record: a source, a fact, a leader …", epilog=EPILOG)
    kinds = new.add_subparsers(title="kinds", metavar="KIND", required=True)
    for command in COMMANDS:
        group, _, kind = command.name.rpartition(" ")
        (kinds if group else commands).add_parser(kind, help=command.summary, command=command)
    return result


class _Parser(argparse.ArgumentParser):
    """A parser; that of a *command* becomes one when it is asked for anything: of all these, one or none is.

    (From Python 3.14 on each is, as `argparse` then looks at its help at once.)
    """

    def __init__(self, command: Command | None = None, **settings: Any) -> None:
        if command:
            self._later = command, settings
        else:
            super().__init__(**settings)

    def __getattr__(self, name: str) -> Any:
        if "_later" not in self.__dict__:
            raise AttributeError(name)
        command, settings = self.__dict__.pop("_later")
        super().__init__(
            description=_sentence(command),
            epilog="\n".join(["examples:", *(f"  {PROGRAM} {one}" for one in command.examples), "", EPILOG]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **settings,
        )
        for argument in (*command.arguments, ROOT, TEXTS):
            self.add_argument(argument.names, help=argument.help, **argument.how)
        self.set_defaults(command=command.name)
        return getattr(self, name)


def _sentence(command: Command) -> str:
    return f"{command.summary[0].upper()}{command.summary[1:]}. {command.more}".rstrip()


def page(sign: str) -> str:
    """Return the page of all commands, in Markdown; *sign* marks it as generated."""
    lines = ["---", f"# {sign}", "title: Commands", "description: Every command, with its arguments and examples."]
    lines += ["---", "", "# Commands", ""]
    lines += [
        f"Each is typed behind `{PROGRAM}`, or behind `python3 noxfile.py -s {PROGRAM} --`. All of them understand:",
        "",
    ]
    lines += [*_arguments((ROOT, TEXTS)), "", "They end with status", ""]
    lines += [f"- {code}: {what}" for code, what in EXIT]
    for command in COMMANDS:
        lines += ["", f"## {command.name}", "", _sentence(command), ""]
        lines += [*_arguments(command.arguments), ""] if command.arguments else []
        lines += ["```console", *(f"{PROGRAM} {one}" for one in command.examples), "```"]
    return "\n".join(lines) + "\n"


def _arguments(arguments: Sequence[Argument]) -> list[str]:
    return [f"- `{_shown(one)}`: {one.help}" for one in arguments]


def _shown(argument: Argument) -> str:
    option = argument.names.startswith("--")
    value = argument.how.get("metavar") or argument.names.removeprefix("--").upper()
    if "choices" in argument.how:
        value = "|".join(argument.how["choices"])
    many = {"*": " …", "+": " …", "2": " DATE"}.get(str(argument.how.get("nargs", "")), "")
    if argument.how.get("action") == "store_true":
        return argument.names
    return f"{argument.names} {value}{many}" if option else f"{value}{many}"
