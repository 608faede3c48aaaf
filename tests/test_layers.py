"""The architecture: which module may import which, which print, which touch files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from fact_bases import ROOT

PACKAGE = ROOT / "generator"

ORDER = (
    (
        "errors",
        "nearest",
        "edtf",
        "quotation",
        "markup",
        "svg",
        "repository",
        "commands",
        "policy",
        "preview",
        "bundle",
        "processes",
    ),
    ("picture",),
    ("syntax", "glossary"),
    ("model",),
    ("memory", "reading"),
    ("targets",),
    ("load", "register", "fingerprint"),
    ("check",),
    ("links",),
    ("view",),
    ("export",),
    ("search",),
    ("render",),
    ("write",),
    ("site",),
    ("serve",),
    ("edit",),
    ("cli",),
    ("__main__", "hook"),
)
"""Modules and packages, from those that know nothing to those that know all; each imports only what is before it."""

PRINTS = {"cli"}
FILES = {"load", "write", "cli", "repository", "edit.run", "site", "serve"}
"""Only these ask the disk: `repository` asks git, `edit.run` finds what an editing command is about,
`site` and `serve` deal with the files that MkDocs makes."""

TOUCHES = set(
    "open read_bytes read_text write_bytes write_text unlink mkdir rmdir iterdir glob rglob scandir listdir exists "
    "is_file is_dir stat lstat rename rmtree copytree".split()
)

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}
"""Every module by its name inside the package; a folder of modules goes by the name of the folder."""


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield the modules of the package that *module* imports, `from generator import x` included, wherever it does."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            head, _, inside = name.partition(".")
            if head == "generator":
                yield next(one for one in (inside, inside.rpartition(".")[0]) if one in MODULES or not one)


def layer(module: str) -> int:
    top = module.partition(".")[0]
    return next(number for number, names in enumerate(ORDER) if top in names)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_place_and_imports_only_what_stands_before_it(module: str) -> None:
    assert any(module.partition(".")[0] in names for names in ORDER)

    for other in imports(module):
        same_package = other.partition(".")[0] == module.partition(".")[0]
        assert same_package or layer(other) < layer(module), f"{module} imports {other}"


def test_every_place_is_taken() -> None:
    assert {name for names in ORDER for name in names} == {module.partition(".")[0] for module in MODULES}


def test_imports_go_in_no_circle() -> None:
    order = list(TopologicalSorter({module: set(imports(module)) - {module, ""} for module in MODULES}).static_order())

    assert set(order) == set(MODULES)
    assert order.index("errors") < order.index("load") < order.index("check") < order.index("cli")


@pytest.mark.parametrize("module", sorted(set(MODULES) - PRINTS))
def test_only_the_command_line_prints(module: str) -> None:
    names = [ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Name | ast.Attribute)]

    assert not {"print", "sys.stderr"} & set(names)
    assert module == "hook" or "sys.stdout" not in names


@pytest.mark.parametrize("module", sorted(set(MODULES) - FILES))
def test_only_the_modules_at_the_rim_touch_files(module: str) -> None:
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else ast.unparse(call) for call in calls}

    assert not names & TOUCHES


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"cli", "hook", "edit.run", "write", "load"}))
def test_no_module_inside_asks_for_the_clock_or_the_environment(module: str) -> None:
    names = {ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}

    assert not {"os.environ", "time.time", "datetime.datetime.now", "datetime.date.today", "random.random"} & names


def test_the_tests_mirror_the_modules() -> None:
    tops = {module.partition(".")[0] for module in MODULES} - {"__main__"}
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}

    assert {"errors", "syntax", "load", "edtf", "quotation", "model", "check", "markup", "links"} <= tops & tests
    assert {"view", "render", "write", "cli", "fingerprint", "svg", "register", "hook"} <= tops & tests
