"""Problems as a program reads them: JSON, annotations of GitHub Actions, and SARIF (OASIS, version 2.1.0)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from generator.check.guide import ADVICE
from generator.edit.explain import rules as all_rules
from generator.errors import Problem


def as_text(problems: Sequence[Problem], checked: int, skipped: int) -> str:
    """Return a line for each problem."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem], checked: int, skipped: int) -> str:
    """Return the problems, and how many checks were made and could not be made, as one JSON object."""
    found = [
        {
            "path": str(one.mark.path),
            "line": one.mark.line,
            "column": one.mark.column,
            "message": one.message,
            "rule": one.rule,
        }
        for one in problems
    ]
    return _dump({"problems": found, "checked": checked, "skipped": skipped})


def as_github(problems: Sequence[Problem], checked: int, skipped: int) -> str:
    """Return a workflow command for each problem: GitHub shows it beside the line."""
    return "".join(
        f"::error file={_property(str(one.mark.path))},line={one.mark.line},col={one.mark.column},"
        f"title={_property(one.rule)}::{_data(one.message)}\n"
        for one in problems
    )


def as_sarif(problems: Sequence[Problem], checked: int, skipped: int) -> str:
    """Return a SARIF log with one run; its rules are those that found something, and what is good by them."""
    good = all_rules()
    rules = [
        {"id": id, "shortDescription": {"text": " ".join(good[id].split())}, "help": {"text": ADVICE[id].mend}}
        for id in sorted({p.rule for p in problems})
    ]
    results = [
        {
            "ruleId": one.rule,
            "level": "error",
            "message": {"text": one.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": str(one.mark.path), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": one.mark.line, "startColumn": one.mark.column},
                    }
                }
            ],
        }
        for one in problems
    ]
    run = {
        "tool": {"driver": {"name": "summit-record", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return _dump({"$schema": schema, "version": "2.1.0", "runs": [run]})


FORMATS = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}


def within(problems: Iterable[Problem], paths: Sequence[str]) -> list[Problem]:
    """Return those of *problems* that are in one of *paths*, files or folders; all of them where there are no paths."""
    return [one for one in problems if not paths or any(_inside(str(one.mark.path), path) for path in paths)]


def _inside(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")


def _dump(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
