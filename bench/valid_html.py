"""Is every page of site/ valid HTML? `python bench/valid_html.py VNU.JAR`, after a build; needs Java 17 or newer.

Asks the Nu Html Checker of the W3C and prints how many pages it read, what is wrong, and how often what it holds
against the theme alone was met. Ends with 1 where something is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"

OF_THE_THEME: tuple[tuple[str, str], ...] = ()
"""What Material 9.7 alone is to blame for: the start of the checker's message, and what stands behind it."""


def main(jar: str) -> int:
    """Print what the checker *jar* finds in site/, and return the exit status."""
    command = ["java", "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--skip-non-html", str(SITE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    pages = sum(1 for _ in SITE.rglob("*.html"))
    known: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for one in json.loads(done.stderr)["messages"]:
        if one["type"] == "info" and one.get("subType") != "warning":
            continue
        fault = next((name for start, name in OF_THE_THEME if one["message"].startswith(start)), None)
        if fault:
            known[fault] += 1
        else:
            place = f"{one.get('url', '').rpartition('/site/')[2]}:{one.get('lastLine', 0)}"
            wrong.setdefault(one["message"], []).append(f"{place}: {one.get('extract', '').strip()[:160]}")
    for message, places in sorted(wrong.items()):
        print(f"{len(places)} x {message}", *(f"    {place}" for place in places[:3]), sep="\n")
    for fault, times in sorted(known.items()):
        print(f"the theme's own, {times} x {fault}")
    print(f"{pages} pages, {sum(map(len, wrong.values()))} faults, {sum(known.values())} of the theme passed over")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
