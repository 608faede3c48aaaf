"""CSV with its Data Package, and SQLite: read back by Python's csv, the profiles of datapackage.org, SQLite itself."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from export_help import AWKWARD, SITE, awkward, made, real, real_files, small_files
from jsonschema import Draft7Validator

from generator.export import API
from generator.export.database import DATABASE
from generator.export.tables import TABLES, Table
from generator.model import Leader, Meeting, Source, Summit

SQLITE = f"{API}{DATABASE}.sqlite"
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
each_text = pytest.mark.parametrize("name", AWKWARD)


def read_csv(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[f"{API}{name}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def package(files: Mapping[str, bytes]) -> Any:
    return json.loads(files[f"{API}datapackage.json"])


@contextmanager
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        yield connection


# CSV


def faults(name: str, descriptor: object) -> list[str]:
    """Return what the profile *name* of datapackage.org (version 2, as dplib-py carries it) finds in *descriptor*."""
    spec = find_spec("dplib")  # the package itself is not imported: its models warn under this pydantic
    assert spec
    folder = Path(next(iter(spec.submodule_search_locations or ()))) / "profiles" / "2.0"
    profile = json.loads((folder / f"{name}.json").read_bytes())
    return [f"{one.json_path}: {one.message}" for one in Draft7Validator(profile).iter_errors(descriptor)]


@pytest.mark.parametrize("site", ["", SITE])
def test_data_package_meets_the_profiles(site: str) -> None:
    descriptor = package(real_files(site))
    assert faults("datapackage", descriptor) == []
    for resource in descriptor["resources"]:
        assert faults("dataresource", resource) == []
        assert faults("tableschema", resource["schema"]) == []


def test_profiles_refuse_what_is_wrong() -> None:
    broken = package(real_files())
    broken["resources"][0]["hash"] = 5
    broken["resources"][1]["schema"]["fields"][0]["type"] = "word"
    assert faults("dataresource", broken["resources"][0])
    assert faults("tableschema", broken["resources"][1]["schema"])
    assert faults("datapackage", {**broken, "resources": []})


def test_data_package_has_the_sizes_and_hashes_of_the_files() -> None:
    for resource in package(real_files())["resources"]:
        content = real_files()[API + resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


READERS = {"string": str, "integer": int, "number": Decimal, "date": date.fromisoformat}


@each_table
def test_cells_are_of_the_type_that_the_package_says(table: Table) -> None:
    resource = next(one for one in package(real_files())["resources"] if one["name"] == table.name)
    fields = {one["name"]: one for one in resource["schema"]["fields"]}
    rows = read_csv(real_files(), table.name)
    keys = []
    assert all(one["description"] for one in fields.values())
    for row in rows:
        assert row.keys() == fields.keys()
        for name, cell in row.items():
            if cell:
                READERS[fields[name]["type"]](cell)
                assert re.fullmatch(fields[name].get("constraints", {}).get("pattern", "(?s:.*)"), cell)
            else:
                assert not fields[name].get("constraints", {}).get("required"), (table.name, name)
        keys.append(tuple(row[name] for name in resource["schema"]["primaryKey"]))
    assert len(set(keys)) == len(keys)
    if table.name != "alternatives":
        assert rows


@each_table
def test_references_lead_to_rows(table: Table) -> None:
    ids = {one.name: {row.get("id") for row in read_csv(real_files(), one.name)} for one in TABLES}
    resource = next(one for one in package(real_files())["resources"] if one["name"] == table.name)
    for one in resource["schema"].get("foreignKeys", ()):
        (column,), target = one["fields"], one["reference"]["resource"]
        found = {row[column] for row in read_csv(real_files(), table.name)} - {""}
        assert found <= ids[target], (table.name, column)
    everything = ids["records"]
    for column in (one for one in table.columns if one.type == "list" and one.name != "confirmed"):
        listed = {id for row in read_csv(real_files(), table.name) for id in row[column.name].split(";")} - {""}
        assert listed <= everything


def test_tables_have_a_row_for_each_record() -> None:
    counts = {one.name: len(read_csv(real_files(), one.name)) for one in TABLES}
    base = real()
    assert counts["records"] == len(base.records)
    assert counts["events"] == len(base.all(Summit)) + len(base.all(Meeting))
    assert counts["people"] == len(base.all(Leader))
    assert counts["sources"] == len(base.all(Source))
    assert counts["evidence"] == len(base.citations)
    assert counts["quotations"] == sum(one.evidence.speaker is not None for one in base.citations)


@each_text
def test_csv_gives_any_text_back_as_it_is(name: str) -> None:
    text, files = AWKWARD[name], awkward(name)
    assert {row["text"] for row in read_csv(files, "facts")} == {text}
    assert {row["exact"] for row in read_csv(files, "quotations")} == {text}
    assert {row["name"] for row in read_csv(files, "people")} == {text}
    assert {row["venue"] for row in read_csv(files, "events")} == {text, ""}
    assert {row["publisher"] for row in read_csv(files, "sources")} == {text}
    assert {row["name"] for row in read_csv(files, "names")} == {text, f"{text} too"}
    assert {row["because"] for row in read_csv(files, "unknown")} == {text}
    assert len(read_csv(files, "records")) == len(read_csv(small_files(), "records"))


def test_csv_is_rfc_4180() -> None:
    content = awkward("newline")[f"{API}facts.csv"]
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert re.search(rb'"first line\nsecond line"', content)
    assert {len(row) for row in csv.reader(io.StringIO(content.decode(), newline=""))} == {
        len(next(one for one in TABLES if one.name == "facts").columns)
    }


# SQLite


def cell(text: str, kind: str) -> Any:
    """Return a *text* of a CSV file as SQLite has it."""
    if not text:
        return json.dumps([]) if kind == "list" else None
    if kind == "list":
        return json.dumps(text.split(";"), ensure_ascii=False)
    return int(text) if kind == "integer" else float(text) if kind == "number" else text


@each_table
def test_sqlite_has_the_rows_of_the_csv(table: Table) -> None:
    expected = [
        tuple(cell(row[one.name], one.type) for one in table.columns) for row in read_csv(real_files(), table.name)
    ]
    with opened(real_files()[SQLITE]) as connection:
        assert connection.execute(f"SELECT * FROM {table.name}").fetchall() == expected


def test_sqlite_is_sound() -> None:
    with opened(real_files()[SQLITE]) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA freelist_count").fetchall() == [(0,)]
        for one in TABLES:
            if one.search:
                connection.execute(f"INSERT INTO {one.name}_fts({one.name}_fts, rank) VALUES ('integrity-check', 1)")
        about = dict(connection.execute("SELECT key, value FROM about"))
    assert about["licence"] == "CC-BY-4.0"
    assert about["data_version"] == json.loads(real_files()[f"{API}index.json"])["data_version"]


@pytest.mark.parametrize(
    ("words", "id"),
    [("erdogan", "recep-tayyip-erdogan"), ("simonyte", "ingrida-simonyte"), ("NATO chief", "nato-secretary-general")],
)
def test_full_text_search_finds_names(words: str, id: str) -> None:
    query = "SELECT record FROM names_fts JOIN names ON names.rowid = names_fts.rowid WHERE names_fts MATCH ?"
    with opened(real_files()[SQLITE]) as connection:
        assert (id,) in connection.execute(query, [words]).fetchall()


def test_full_text_search_finds_facts_and_quotations() -> None:
    query = "SELECT facts.id FROM facts_fts JOIN facts ON facts.rowid = facts_fts.rowid WHERE facts_fts MATCH ?"
    with opened(small_files()[SQLITE]) as connection:
        found = connection.execute(query, ["bread"]).fetchall()
        assert found == [("harbour-gazette-2031-05-05-f06",)]
        found = connection.execute("SELECT exact FROM quotations_fts WHERE quotations_fts MATCH 'ferries'").fetchall()
        assert found == [("we will keep the night ferries running",)]


@each_text
def test_sqlite_holds_any_text(name: str) -> None:
    with opened(awkward(name)[SQLITE]) as connection:
        for query in ("SELECT text FROM facts", "SELECT exact FROM quotations", "SELECT name FROM people"):
            assert set(connection.execute(query)) == {(AWKWARD[name],)}


@pytest.mark.parametrize("name", ["georgian", "diacritics", "comma"])
def test_full_text_search_reads_any_script(name: str) -> None:
    word = re.findall(r"\w+", AWKWARD[name])[-1]
    with opened(awkward(name)[SQLITE]) as connection:
        assert connection.execute("SELECT count(*) FROM facts_fts WHERE facts_fts MATCH ?", [word]).fetchone()[0] > 0


def test_header_names_no_version_of_sqlite() -> None:
    content = real_files()[SQLITE]
    assert content[:16] == b"SQLite format 3\0"
    assert content[96:100] == bytes(4)
    assert content[92:96] == content[24:28]


def test_datasette_metadata_names_what_there_is() -> None:
    metadata = json.loads(real_files()[f"{API}datasette.json"])
    tables = metadata["databases"][DATABASE]["tables"]
    with opened(real_files()[SQLITE]) as connection:
        connection.create_function("escape_fts", 1, lambda text: f'"{text}"')
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name, one in tables.items():
            assert name in names
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert set(one.get("columns", ())) <= columns
            facets = {
                next(iter(facet.values())) if isinstance(facet, dict) else facet for facet in one.get("facets", ())
            }
            assert facets | {one[key] for key in ("sort", "label_column") if key in one} <= columns
            assert one.get("fts_table", name) in names
        for query in metadata["databases"][DATABASE]["queries"].values():
            assert connection.execute(query["sql"], {"words": "summit"}).fetchall()


def test_version_and_address_are_told() -> None:
    files = made(real(), SITE, "2031.6.1")
    assert package(files)["version"] == "2031.6.1"
    assert package(files)["homepage"] == SITE
    assert json.loads(files[f"{API}datasette.json"])["source_url"] == SITE
