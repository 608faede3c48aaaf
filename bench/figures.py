"""The figures of bench/figures/ -> the table in docs/robustness.md, between its two comments.

    python -m bench.figures

Run it after `fuzz`, `mutants` or `coverage`. The numbers of texts, kills and hostile files are counted in the tests.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "robustness.md"
START, END = "<!-- figures: written by bench/figures.py -->", "<!-- end of figures -->"


def constant(test: str, name: str) -> Any:
    """Return what *name* is set to in the test file *test*, without running it; of a mapping only its values."""
    tree = ast.parse((ROOT / "tests" / f"{test}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        target = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        if isinstance(target, ast.Name) and target.id == name:
            value = node.value  # type: ignore[attr-defined]
            if isinstance(value, ast.Call):  # """…""".strip().split("\n")
                texts = (str(one.value) for one in ast.walk(value) if isinstance(one, ast.Constant))
                return max(texts, key=len).strip().split("\n")
            if isinstance(value, ast.Dict):
                return [getattr(one, "value", None) for one in value.values]
            return ast.literal_eval(value)
    raise LookupError(name)


def measured(name: str) -> dict[str, Any] | None:
    """Return the figures that the session *name* left, or None."""
    path = ROOT / "bench" / "figures" / f"{name}.json"
    return json.loads(path.read_bytes()) if path.is_file() else None


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield what was tried, how often, and what came of it."""
    if found := measured("fuzz"):
        mended = " when they were first tried; what broke it is mended" if found["broken"] else ""
        yield "Damaged data files", f"{found['tried']:,}", f"{found['broken']} broke a promise{mended}"
    bases = str(constant("test_any_base", "MANY"))
    yield "Fact bases made up at random", bases, "all became pages, and the same ones from their data in its one form"
    shown, refused = constant("payloads", "SHOWN"), constant("payloads", "REFUSED")
    yield "Hostile texts, each in every text of every kind of record", str(len(shown)), "all shown as typed; none ran"
    yield (
        "Texts and addresses that no record may hold",
        str(len(refused) + len(constant("payloads", "REFUSED_ADDRESSES"))),
        "all refused",
    )
    yield (
        "Files made to use up time or memory",
        str(len(constant("hostile/limits", "HOSTILE"))),
        "all ended in one line",
    )
    yield (
        "Kills of a command at a random moment",
        str(sum(constant("hostile/crash", "MOMENTS"))),
        ("each time all or nothing was done, and the next run ended as if nothing had been"),
    )
    builds = str(constant("hostile/crash", "BUILDS"))
    yield "Kills of a build at a random moment", builds, "each time the old site or the new one stood there, whole"
    if found := measured("mutants"):
        for module, one in found.items():
            why = f", {one['explained']} of the others explained" if one["explained"] else ""
            yield (
                f"Changes of the code, in `{module}`",
                f"{one['tried']} of {one['mutants']}",
                f"{one['seen']} noticed, {one['seen'] / one['tried']:.0%}{why}",
            )
    if found := measured("coverage"):
        for what, all_of_them, run in (
            ("Lines", "num_statements", "covered_lines"),
            ("Branches", "num_branches", "covered_branches"),
        ):
            share = f"{found[run]:,} run by tests, {found[run] / found[all_of_them]:.1%}"
            yield f"{what} of load, syntax, check, view, write", f"{found[all_of_them]:,}", share


def table() -> str:
    """Return the table, in Markdown."""
    return "\n".join(
        ["| What | How many | Outcome |", "| --- | ---: | --- |", *(f"| {' | '.join(one)} |" for one in rows())]
    )


def page(text: str) -> str:
    """Return the page *text* with the table of now."""
    between = re.compile(re.escape(START) + ".*?" + re.escape(END), re.DOTALL)
    return between.sub(lambda _: f"{START}\n\n{table()}\n\n{END}", text, count=1)


def main() -> None:
    """Write the table into the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(table())


if __name__ == "__main__":
    main()
