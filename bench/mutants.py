"""How much of a wrong program the tests see: one small change of the code at a time, and the tests that belong to it.

    python -m bench.mutants [NUMBER [FIRST] | again] [MODULE …]

draws NUMBER (default: all) of the mutants of each module (default: load, syntax, check, view and write), those from
FIRST (default 0) on in an order that depends on the mutants alone, and runs for each the tests named in TESTS until
the first one fails. A mutant that no test sees is printed with its line; bench/survivors.txt says of those that were
read why they are no fault of the tests. The figures of each module go to bench/figures/mutants.json; those of a run
that goes on from another are added to it. `again` tries only those that no test saw so far.

Each mutant runs in a fork of a process that has loaded everything but the package itself, in a copy of the checkout.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "bench" / "figures" / "mutants.json"
SURVIVORS = ROOT / "bench" / "survivors.txt"
SECONDS = 150
"""After so long a mutant counts as seen: it does not end, or takes several times what the tests take."""

TESTS = {
    "syntax": ("syntax", "load", "check", "edit_fmt"),
    "load": ("load", "syntax", "check", "cli"),
    "check": ("check", "register", "falsehoods", "data"),
    "view": ("render::test_pages_are_the_golden_ones", "view", "links", "render", "pages"),
    "write": ("write", "cli", "edit_commands"),
}
"""For each module or package the tests that should see its faults, the likeliest first."""

FIRST = {
    "check/guide": ("manual",), "view/changes": ("changes",), "view/drawn": ("svg",), "view/manual": ("manual",),
    "view/trust": ("manual",),
}  # fmt: skip
"""For some modules the tests that are about them alone, and come before those of their package."""

OTHER_PROCESSES = "the_same_data_gives_the_same_bytes_whatever"
"""How a long test begins that starts the program anew, and so sees no mutant."""


@dataclass(frozen=True)
class Mutant:
    """One change: of the module *path*, in *function*, at *line*, from *before* to *after*; its *number* in there."""

    path: str
    function: str
    line: int
    before: str
    after: str
    number: int

    def __str__(self) -> str:
        return f"{self.path}, {self.function}: {self.before} -> {self.after}"

    @property
    def place(self) -> bytes:
        """A number drawn for this mutant, that stays when the code around it changes."""
        return hashlib.sha256(str(self).encode()).digest()

    def code(self) -> CodeType:
        """Return the module with this change."""
        return next(
            compile(_whole(tree), str(ROOT / self.path), "exec") for one, tree in _trees(self.path) if one == self
        )


COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATE = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
           ast.Mod: ast.Mult, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult}  # fmt: skip


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what *node* could wrongly have been, one slip of a programmer each."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARE:
        other = copy.deepcopy(node)
        other.ops = [COMPARE[type(node.ops[0])]()]
        yield other
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATE:
        other_operation = copy.deepcopy(node)
        other_operation.op = OPERATE[type(node.op)]()
        yield other_operation
    elif isinstance(node, ast.BoolOp):
        other_bool = copy.deepcopy(node)
        other_bool.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield other_bool
        if len(node.values) == 2:
            yield copy.deepcopy(node.values[0])
            yield copy.deepcopy(node.values[1])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.IfExp):
        yield copy.deepcopy(node.body)
        yield copy.deepcopy(node.orelse)
    elif isinstance(node, ast.If | ast.While):
        other_test = copy.deepcopy(node)
        other_test.test = ast.UnaryOp(ast.Not(), copy.deepcopy(node.test))
        yield other_test
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, int):
            yield ast.Constant(node.value + 1)
        elif isinstance(node.value, str) and node.value:
            yield ast.Constant(f"XX{node.value}")
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
        yield ast.Pass()
    elif isinstance(node, ast.comprehension) and node.ifs:
        other_comprehension = copy.deepcopy(node)
        other_comprehension.ifs = []
        yield other_comprehension
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == "sorted" and node.args:
            yield ast.Call(ast.Name("list", ast.Load()), copy.deepcopy(node.args), [])
        if name in ("min", "max"):
            other_call = copy.deepcopy(node)
            other_call.func = ast.Name("max" if name == "min" else "min", ast.Load())
            yield other_call
        if name in ("any", "all"):
            other_call = copy.deepcopy(node)
            other_call.func = ast.Name("all" if name == "any" else "any", ast.Load())
            yield other_call


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def mutants(path: str) -> Iterator[Mutant]:
    """Yield the mutants of the module *path*, in order: not of docstrings, annotations and what is only for types."""
    return (one for one, _ in _trees(path))


def _whole(tree: ast.Module) -> ast.Module:
    return ast.fix_missing_locations(copy.deepcopy(tree))


def _trees(path: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Yield each mutant of the module *path*, and the module with it, which is changed back for the next one."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {}
    for node in ast.walk(tree):  # an inner function comes after the one around it
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            functions.update({id(inner): node.name for inner in ast.walk(node)})
    count = 0
    left_out = {id(inner) for node in ast.walk(tree) for one in _left_out(node) for inner in ast.walk(one)}
    for parent in ast.walk(tree):
        if id(parent) in left_out:
            continue
        for name, field in ast.iter_fields(parent):
            nodes = field if isinstance(field, list) else [field]
            for index, node in enumerate(nodes):
                if not isinstance(node, ast.AST) or id(node) in left_out:
                    continue
                for other in changes(node):
                    before = getattr(parent, name)
                    new = [*nodes[:index], other, *nodes[index + 1 :]] if isinstance(field, list) else other
                    setattr(parent, name, new)
                    line = getattr(node, "lineno", getattr(parent, "lineno", 0))
                    ast.copy_location(other, node if hasattr(node, "lineno") else parent)
                    function = functions.get(id(node), "module")
                    yield Mutant(path, function, line, _short(node), _short(other), count), tree
                    setattr(parent, name, before)
                    count += 1


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of *node* that no test could see, or none should."""
    body = getattr(node, "body", [])
    for one in body if isinstance(body, list) else []:
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            yield one
    for name in ("annotation", "returns"):
        if isinstance(getattr(node, name, None), ast.AST):
            yield getattr(node, name)
    if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "sys.platform != 'win32'"):
        yield node
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
        yield from ast.iter_child_nodes(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"(\S+ ){3,}\S+\.", node.value):
        yield node  # a sentence: a test of it would be the same sentence
    if isinstance(node, ast.FormattedValue) and node.format_spec:
        yield node.format_spec


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split("\n")[0].split())
    return text if len(text) <= 100 else text[:97] + "..."


class Swap(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets an import of one module load a mutant of it."""

    def __init__(self, name: str, origin: Path, code: CodeType) -> None:
        self.name, self.origin, self.code = name, origin, code

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        places = [str(self.origin.parent)] if self.origin.name == "__init__.py" else None
        spec = importlib.util.spec_from_file_location(name, self.origin, loader=self, submodule_search_locations=places)
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(self.code, vars(module))


def _seen(mutant: Mutant | None, tests: Sequence[str], checkout: Path) -> str:
    """Return 'seen', 'timeout' or 'survived': what *tests* make of *mutant*, in a fork of this process."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        _child(mutant, tests, checkout)
    while time.monotonic() - start < SECONDS:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "seen"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _child(mutant: Mutant | None, tests: Sequence[str], checkout: Path) -> None:
    os.setpgid(0, 0)
    status = 1
    try:
        os.chdir(checkout)
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        sys.path.insert(0, str(checkout))
        if mutant:
            name = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            sys.meta_path.insert(0, Swap(name, checkout / mutant.path, mutant.code()))
        import pytest

        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
            base = tempfile.mkdtemp(dir=checkout)
            options = ["-x", "-q", "-p", "no:cacheprovider", "--tb=short", "--assert=plain", f"--basetemp={base}/t"]
            options += ["-k", f"not {OTHER_PROCESSES}"]
            status = int(pytest.main([*options, *tests]))
            shutil.rmtree(base, ignore_errors=True)
        if mutant is None and status:
            sys.stderr.write(out.getvalue())
            sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _copy(target: Path) -> Path:
    """Copy to *target* what the tests read."""
    for name in ("bench", "data", "docs", "generator", "seeds", "tests"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for one in ROOT.iterdir():
        if one.is_file():
            shutil.copy(one, target)
    for name in (".vscode", ".github"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name)
    return target


def explained() -> dict[str, str]:
    """Return the survivors that were read, and why each is no fault of the tests."""
    lines = SURVIVORS.read_text(encoding="utf-8").splitlines() if SURVIVORS.is_file() else []
    pairs = (line.partition("  # ") for line in lines if line and not line.startswith("#"))
    return {mutant.strip(): why for mutant, _, why in pairs}


def drawn(module: str) -> list[Mutant]:
    """Return the mutants of *module*, a module or a package of the generator, in the order in which they are drawn."""
    found = (ROOT / "generator").joinpath(module)
    paths = sorted(found.glob("*.py")) if found.is_dir() else [found.with_suffix(".py")]
    every = [one for path in paths for one in mutants(path.relative_to(ROOT).as_posix())]
    return sorted(every, key=lambda one: (one.place, one.number))


def judges(module: str, mutant: Mutant | None) -> list[str]:
    """Return the tests that should see *mutant*, one of *module*, as pytest names them."""
    path = mutant.path.removeprefix("generator/").removesuffix(".py") if mutant else ""
    names = dict.fromkeys((*FIRST.get(path, ()), *TESTS[module]))
    pairs = (name.partition("::") for name in names)
    return [f"tests/test_{name}.py{colons}{one}" for name, colons, one in pairs]


def run(module: str, chosen: Sequence[Mutant], checkout: Path) -> list[str]:
    """Try the mutants *chosen* of *module* and print those that survive; return these."""
    survivors, reasons = [], explained()
    for mutant in chosen:
        if _seen(mutant, judges(module, mutant), checkout) == "survived":
            survivors.append(str(mutant))
            print(f"{mutant}  # line {mutant.line}{' (explained)' if str(mutant) in reasons else ''}", flush=True)
    return survivors


def again(names: Sequence[str], every: Sequence[Mutant]) -> list[Mutant]:
    """Return those of *every* mutant that *names* name; a name that comes twice names two."""
    left = list(every)
    found = []
    for name in names:
        if mutant := next((one for one in left if str(one) == name), None):
            left.remove(mutant)
            found.append(mutant)
    return found


def figures() -> dict[str, Any]:
    """Return what the runs before noted, by module."""
    return dict(json.loads(FIGURES.read_bytes())) if FIGURES.is_file() else {}


def _note(module: str, mutants: int, tried: int, survivors: Sequence[str]) -> None:
    """Write the figures of *module*: of so many *mutants* so many were *tried*, and no test sees the *survivors*."""
    reasons = explained()
    why = sum(one in reasons for one in survivors)
    noted = {"mutants": mutants, "tried": tried, "seen": tried - len(survivors), "explained": why}
    every = figures() | {module: noted | {"survivors": list(survivors)}}
    FIGURES.parent.mkdir(exist_ok=True)
    text = json.dumps({one: every[one] for one in TESTS if one in every}, indent=1, ensure_ascii=False)
    FIGURES.write_text(text + "\n", encoding="utf-8")


def main(*arguments: str) -> int:
    """Run the mutants; return the exit status."""
    import hypothesis
    import jinja2
    import markdown
    import pydantic
    import pytest
    import yaml

    assert all((hypothesis, jinja2, markdown, pydantic, pytest, yaml))
    numbers = [int(one) for one in arguments if one.isdigit()]
    number, first = (*numbers, sys.maxsize, 0)[:2] if len(numbers) != 1 else (numbers[0], 0)
    modules = [one for one in arguments if one in TESTS] or list(TESTS)
    seen = all_tried = 0
    with tempfile.TemporaryDirectory() as folder:
        checkout = _copy(Path(folder).resolve() / "checkout")
        for module in modules:
            if _seen(None, judges(module, None), checkout) != "survived":
                print(f"the tests of {module} fail without any mutant", file=sys.stderr)
                return 2
            every, before = drawn(module), figures().get(module, {"tried": 0, "survivors": []})
            if "again" in arguments:
                chosen = again(before["survivors"], every)
                survivors, tried = run(module, chosen, checkout), before["tried"]
                tried -= len(before["survivors"]) - len(chosen)  # they are no more: the code is another one
            else:
                survivors, tried = run(module, every[first : first + number], checkout), len(every[first:][:number])
                if first and before["tried"] == first:
                    survivors, tried = [*before["survivors"], *survivors], first + tried
            _note(module, len(every), tried, survivors)
            print(f"{module}: {tried - len(survivors)} of {tried} seen", flush=True)
            seen, all_tried = seen + tried - len(survivors), all_tried + tried
    print(f"{seen} of {all_tried} mutants seen, {seen / all_tried:.1%}")
    return 0 if seen >= 0.9 * all_tried else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
