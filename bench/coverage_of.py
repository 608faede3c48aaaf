"""Which branches of load, syntax, check, view and write the tests run; less than 95 % ends with status 1.

    python -m bench.coverage_of

prints each module with its lines that no test runs. The figure goes to bench/figures/coverage.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "bench" / "figures" / "coverage.json"
WANTED = 95
MODULES = ("load.py", "syntax.py", "check/*.py", "view/*.py", "write.py")
TESTS = (
    "syntax load check register cli view render links write data edit_commands reading memory pages changes svg manual"
).split()


def main() -> int:
    """Run the tests and report; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        coverage = [sys.executable, "-m", "coverage"]
        data = f"--data-file={folder}/data"
        tests = [f"tests/test_{one}.py" for one in TESTS]
        command = [*coverage, "run", data, "--branch", "--source=generator", "-m", "pytest", "-q", *tests]
        if subprocess.call(command, cwd=ROOT):
            return 2
        included = "--include=" + ",".join(f"generator/{one}" for one in MODULES)
        subprocess.check_call([*coverage, "report", data, included, "-m"], cwd=ROOT)
        subprocess.check_call([*coverage, "json", data, included, "-q", "-o", f"{folder}/report.json"], cwd=ROOT)
        totals = json.loads(Path(folder, "report.json").read_bytes())["totals"]
    figures = {key: totals[key] for key in ("num_statements", "covered_lines", "num_branches", "covered_branches")}
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if totals["percent_covered"] >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
