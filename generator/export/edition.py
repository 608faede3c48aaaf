"""What an edition of the data is called: its version, its licence, where its files are, and their permanent ids."""

from __future__ import annotations

import datetime
import json
import uuid
from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = "1.2.0"
"""Version of the schema (semver.org): the fields of JSON, CSV and SQLite, the addresses of files, and their meaning."""

CHANGES = (
    (
        "1.2.0",
        "Of summits what mattered, what was left open and who acted there; of leaders whom they met; terms explained.",
    ),
    (
        "1.1.0",
        "Citations: how to cite each page and each fact, as plain text, BibTeX, RIS, CSL-JSON and for Wikipedia. What "
        "each release changed, as `changes.json` and as feeds: all, and per summit, leader and topic. "
        "`wikidata`: the id there of people, organisations, countries and places.",
    ),
    ("1.0.0", "The first version: JSON, CSV, SQLite, SKOS, Atom, iCalendar and JSON-LD."),
)
"""What was new in each version of the schema, the latest first."""

API = f"api/v{SCHEMA_VERSION.partition('.')[0]}/"
"""Where the data files are, below the top of the site: a new major version gets a folder of its own."""

NAME = "Summit Record"
SUMMARY = (
    "A sourced fact base about NATO summits and the meetings on the road to them: who met whom, when and on what, "
    "each value with its evidence."
)
AUTHOR = "Summit Record contributors"
LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
QUOTATIONS = (
    "Quotations are a few words of somebody else each, shown with their source; they stay their publishers' and "
    "speakers', and are no part of the licence."
)

NAMESPACE = uuid.UUID("f3ac4c1e-6c0b-4c1a-9f0e-3b1d0d7a5b6e")
"""What the ids in feeds and calendars are made from; it never changes, and names no host, so that the site can move."""


@dataclass(frozen=True)
class Edition:
    """The data as one run publishes it: at *site*, its address with a slash at the end or "", with this *version*.

    *date* is the day of this edition as citations give it, 2031-06-21, or "" where it has none.
    """

    site: str = ""
    version: str = ""
    date: str = ""

    def href(self, path: str, at: str) -> str:
        """Return the address of *path*, for the file *at*: in full, or relative where the site has no address yet."""
        return self.site + path if self.site else "../" * at.count("/") + path or "./"


NOWHERE = Edition()
"""An edition that does not know where it will stand."""


def uid(what: str) -> str:
    """Return the permanent id of *what*, such as `fact:wion-2021-06-08-f01`: a UUID by name (RFC 9562, 5.5)."""
    return str(uuid.uuid5(NAMESPACE, what))


def urn(what: str) -> str:
    """Return the permanent id of *what* as a name for feeds, which want an IRI (RFC 4287, 4.2.6)."""
    return f"urn:uuid:{uid(what)}"


def instant(day: datetime.date) -> str:
    """Return the start of *day* as a time of day in UTC (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def dumps(value: object) -> str:
    """Return *value* as JSON on one line."""
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False).encode


def by_line(value: dict[str, Any]) -> bytes:
    """Return the JSON object *value* with one key a line, so that a change is a line of a diff."""
    lines = ",\n".join(f"  {_encode(key)}: {_encode(one)}" for key, one in value.items())
    return f"{{\n{lines}\n}}\n".encode()


def indented(value: object) -> bytes:
    """Return *value* as JSON for people to read."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
