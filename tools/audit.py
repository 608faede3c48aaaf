"""Asks the advisory database of PyPI about the locked packages, by pip-audit.

Ends with status 1 where a package has a known vulnerability. What could not be looked up is said in so many words (by
itself pip-audit calls that "No known vulnerabilities"); then the status is 3 with --strict or on GitHub Actions, and 0
elsewhere: nothing was found, for not all was asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
COMMAND = ("-m", "pip_audit", "--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off", "-r")


def verdict(output: str, reason: str, *, strict: bool) -> tuple[list[str], int]:
    """Return what to print, and the exit status, for the JSON *output* of pip-audit and the *reason* that it gave."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    skipped = [one["skip_reason"] for one in packages if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none yet'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    asked = len(packages) - len(skipped)
    lines = [*found, f"{asked} packages looked up, {len(found)} vulnerabilities known"]
    if skipped or not packages:
        why = skipped[0] if skipped else reason.strip().rpartition("\n")[2][:300]
        lines.append(f"NOT CHECKED for vulnerabilities: {len(skipped) or 'all'} packages could not be looked up; {why}")
        return lines, 1 if found else 3 if strict else 0
    return lines, 1 if found else 0


def main() -> int:
    """Ask, print the answer, and return the exit status."""
    done = subprocess.run([sys.executable, *COMMAND, str(LOCK)], capture_output=True, text=True, check=False)
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    lines, status = verdict(done.stdout, done.stderr, strict=on_github or "--strict" in sys.argv[1:])
    if on_github and status == 3:
        print(f"::warning::{lines[-1]}")
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
