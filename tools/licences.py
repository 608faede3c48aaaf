"""Lists the licence of every package that requirements.lock names, and ends with status 1 where one is not allowed.

Asked of the metadata of what is installed; what only other platforms need stands in ELSEWHERE. No network.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"

ALLOWED = frozenset(
    "0BSD Apache-2.0 Artistic-1.0-Perl BSD-2-Clause BSD-2-Clause-Views BSD-3-Clause BlueOak-1.0.0 CC0-1.0 ISC "
    "LGPL-2.1-or-later LGPL-3.0-or-later MIT MIT-0 MIT-CMU MPL-2.0 PSF-2.0 Python-2.0 Unlicense Zlib".split()
)
"""SPDX identifiers of licences under which anybody may build the site and pass on what they built."""

NAMES = {
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "artistic license": "Artistic-1.0-Perl",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-2-clause license": "BSD-2-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "psf": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
"""How packages write the names of licences where they do not use the identifiers, in lower case."""

READ = {"axe-playwright-python": "MIT"}
"""Licences of packages whose metadata name none: read in the file LICENSE that comes with them."""

ELSEWHERE: dict[str, str] = {}
"""Licences of packages that the lock names for other platforms only."""


def locked(lock: str) -> list[str]:
    """Return the names of the packages in the text of a *lock*, in order."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)


def licence(package: Distribution) -> str:
    """Return the licence of *package* as an SPDX expression, or what it says itself, or ""."""
    expression = _said(package, "License-Expression")
    if expression:
        return expression[0]
    classified = [one.rpartition(" :: ")[2] for one in _said(package, "Classifier") if one.startswith("License ::")]
    told = [one for one in classified if one != "OSI Approved"] or _said(package, "License")[:1]
    lines = [one.strip().partition("\n")[0] for one in told]
    return " OR ".join(dict.fromkeys(NAMES.get(one.lower(), one) for one in lines if one))


def _said(package: Distribution, name: str) -> list[str]:
    return [str(one) for one in package.metadata.get_all(name) or ()]


def allowed(expression: str) -> bool:
    """Say whether an SPDX *expression* leaves a way under ALLOWED: one of its alternatives, and all parts of that."""
    plain = re.sub(r"[()]", " ", expression)
    ways = re.split(r"\s+OR\s+", plain)
    return any(all(part.strip() in ALLOWED for part in re.split(r"\s+AND\s+", way)) for way in ways)


def main() -> int:
    """Print every package with its licence, and return the exit status."""
    wrong = 0
    names = locked(LOCK.read_text(encoding="utf-8"))
    for name in names:
        try:
            package = distribution(name)
            told, version = licence(package) or READ.get(name, ""), package.version
        except PackageNotFoundError:
            told, version = ELSEWHERE.get(name, ""), "not for this platform"
        verdict = "" if allowed(told) else "  <- not allowed" if told else "  <- unknown"
        wrong += bool(verdict)
        print(f"{name:28} {version:24} {told or '-'}{verdict}")
    print(f"{len(names)} packages, {wrong} without a licence that is allowed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
