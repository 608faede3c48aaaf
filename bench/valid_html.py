"""Is every page of site/ valid HTML? `python -m bench.valid_html VNU.JAR`, after a build; needs Java 17 or newer.

Asks the Nu Html Checker of the W3C and prints how many pages it read, what is wrong, and by name and number what was
passed over. Ends with 1 where something is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"

PASSED_OVER = (
    ("Attribute “autocomplete”", 'class="md-toggle"', "autocomplete on the checkboxes that open drawer and search"),
    ("The value of the “for” attribute", 'for="__toc"', "a label for the contents, whose checkbox is hidden"),
    ("Bad value “” for attribute “tabindex”", 'class="md-nav__link"', "an empty tabindex in the drawer"),
    (
        "Inline script violates Content",
        'type="application/',
        "data in script elements, which do not run and need no leave",
    ),
    ("Resource violates Content Security Policy", "", "'self' of the policy, which a page on the disk has not"),
)
"""What is the fault of theme, disk or checker: how the message starts, where it stands, its name."""


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
        message, extract = one["message"], one.get("extract", "")
        fault = next((name for start, at, name in PASSED_OVER if message.startswith(start) and at in extract), None)
        if fault:
            known[fault] += 1
        else:
            place = f"{one.get('url', '').rpartition('/site/')[2]}:{one.get('lastLine', 0)}"
            wrong.setdefault(message, []).append(f"{place}: {extract.strip()[:160]}")
    for message, places in sorted(wrong.items()):
        print(f"{len(places)} x {message}", *(f"    {place}" for place in places[:3]), sep="\n")
    for fault, times in sorted(known.items()):
        print(f"passed over, {times} x {fault}")
    print(f"{pages} pages, {sum(map(len, wrong.values()))} faults, {sum(known.values())} passed over")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
