"""JSON and its schemas, against jsonschema; the index, the checksums, and the contract with programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from export_help import AWKWARD, SITE, awkward, made, real, real_files, small, small_files
from jsonschema import Draft202012Validator

from generator.export import API, SCHEMA_VERSION
from generator.export.contract import change, contract
from generator.export.edition import CHANGES
from generator.export.fields import fields, inner
from generator.model import KINDS, Entity, Fact, Record, Shape, Source

CONTRACTS = Path(__file__).parent / "contract"

each_kind = pytest.mark.parametrize("kind", [one.kind_name for one in KINDS])
each_text = pytest.mark.parametrize("name", AWKWARD)


def closed(schema: Any) -> Any:
    """Return *schema* with every object closed, so that a key without documentation is a fault."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "object" and "properties" in schema:
        schema = {"additionalProperties": False, **schema}
    return {key: closed(one) for key, one in schema.items()}


def validator(files: Mapping[str, bytes], name: str) -> Draft202012Validator:
    return _validator(files[f"{API}schema/{name}.json"])


@cache
def _validator(content: bytes) -> Draft202012Validator:
    schema = json.loads(content)
    Draft202012Validator.check_schema(schema)
    properties = {**schema["properties"], "$schema": {"type": "string"}}
    return Draft202012Validator(
        closed({**schema, "properties": properties}), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def faults(validator: Draft202012Validator, document: object) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)]


@each_kind
@pytest.mark.parametrize("site", ["", SITE])
def test_every_record_and_list_has_the_published_shape(kind: str, site: str) -> None:
    files = real_files(site)
    of_one, of_all = validator(files, kind), validator(files, f"{kind}-list")
    records = {path: json.loads(one) for path, one in files.items() if path.startswith(f"{API}{kind}/")}
    whole = json.loads(files[f"{API}{kind}.json"])

    assert records
    assert {path: faults(of_one, one) for path, one in records.items() if faults(of_one, one)} == {}
    assert faults(of_all, whole) == []
    assert whole["count"] == len(records) == len(whole["records"])
    assert [{key: value for key, value in one.items() if key != "$schema"} for one in records.values()] == whole[
        "records"
    ]
    assert {one["$schema"] for one in records.values()} == {f"../schema/{kind}.json"}


def test_every_record_has_a_file() -> None:
    paths = {f"{API}{one.kind_name}/{one.id}.json" for one in real().records.values()}
    assert paths <= real_files().keys()


def test_values_are_those_of_the_records() -> None:
    for record in real().records.values():
        found = json.loads(real_files()[f"{API}{record.kind_name}/{record.id}.json"])
        quoted = _quoted(record)
        assert _plain(found, type(record)) == quoted


def _quoted(record: Record) -> Any:
    """Return *record* as its file has it, but for words that are never shown."""
    return _as_text(record, hidden={one.id for one in real().all(Source) if one.wording != "original"})


def _as_text(value: Any, hidden: set[str]) -> Any:
    if isinstance(value, Shape):
        found = {name: _as_text(getattr(value, name), hidden) for name in type(value).model_fields}
        if found.get("source") in hidden and "quote" in found:
            found["quote"] = None
        return found
    if isinstance(value, tuple):
        return [_as_text(one, hidden) for one in value]
    if isinstance(value, Mapping):
        return {key: _as_text(one, hidden) for key, one in value.items()}
    return value if value is None or isinstance(value, int) else str(value)


def _plain(value: Any, shape: type[Shape] | None) -> Any:
    """Return *value* of a JSON file without what was worked out, dates as they are written."""
    if isinstance(value, list):
        return [_plain(one, None) for one in value]
    if not isinstance(value, dict):
        return value
    if "edtf" in value:
        return value["edtf"]
    derived = {one.name for one in fields(shape) if one.derived} if shape else {"basis"}
    return {key: _plain(one, None) for key, one in value.items() if key not in derived | {"$schema"}}


@each_text
def test_json_holds_any_text(name: str) -> None:
    text, files = AWKWARD[name], awkward(name)
    for kind in KINDS:
        of_one = validator(files, kind.kind_name)
        for record in small().all(kind):
            found = json.loads(files[f"{API}{kind.kind_name}/{record.id}.json"])
            assert found["text" if kind is Fact else "name"] == text
            assert faults(of_one, found) == []


def test_amounts_keep_their_digits() -> None:
    fact = json.loads(small_files()[f"{API}fact/harbour-gazette-2031-05-05-f04.json"])
    assert fact["figure"] == {"measure": "member-towns", "value": "12", "words": None, "about": "no"}


def test_page_urls_are_full_only_where_the_site_has_an_address() -> None:
    facts = json.loads(small_files(SITE)[f"{API}fact.json"])["records"]
    assert {one["page_url"].removesuffix(one["page"]) for one in facts} == {SITE}
    facts = json.loads(small_files()[f"{API}fact.json"])["records"]
    assert {one["page_url"] for one in facts} == {None}


def test_words_of_a_back_translated_source_are_left_out() -> None:
    found = [one for one in real().all(Source) if one.wording != "original"]
    quotes = [
        evidence["quote"]
        for fact in json.loads(real_files()[f"{API}fact.json"])["records"]
        for evidence in fact["evidence"]
        if evidence["source"] in {one.id for one in found}
    ]
    assert found
    assert quotes
    assert set(map(str, quotes)) == {"None"}


def test_every_field_says_what_it_means() -> None:
    shapes = dict.fromkeys(one for kind in KINDS for one in inner(kind))
    assert [f"{one.__name__}.{field.name}" for one in shapes for field in fields(one) if not field.description] == []
    assert not any(one.description == "" for kind in KINDS for one in fields(kind))


# The index and the checksums


@pytest.mark.parametrize("site", ["", SITE])
def test_index_leads_to_every_file(site: str) -> None:
    files = real_files(site)
    index = json.loads(files[f"{API}index.json"])
    assert faults(validator(files, "index"), index) == []
    assert index["schema_version"] == SCHEMA_VERSION
    paths = (
        {one["path"] for one in index["files"]}
        | {*index["feeds"].values(), *index["change_feeds"].values()}
        | {*index["calendars"].values()}
    )
    for one in index["kinds"]:
        paths |= {one["list"], one["schema"]}
        paths |= {
            one["record"].replace("{id}", id)
            for id, record in real().records.items()
            if record.kind_name == one["kind"]
        }
    pages = [(one.kind_name, one.id) for one in real().records.values() if isinstance(one, Entity) and one.pages]
    for one in index["citations"]:
        paths |= {one["path"].replace("{kind}", kind).replace("{id}", id) for kind, id in pages}
    schemas = {path.removeprefix(API) for path in files if "/schema/" in path}
    assert {path.removeprefix(API) for path in files if path.startswith(API)} == paths | schemas | {"index.json"}


def test_checksums_are_those_of_all_other_data_files() -> None:
    lines = real_files()[f"{API}checksums.sha256"].decode().splitlines()
    named = {path: sum for sum, _, path in (line.partition("  ") for line in lines)}
    found = {
        path.removeprefix(API): hashlib.sha256(one).hexdigest()
        for path, one in real_files().items()
        if path.startswith(API) and not path.endswith("checksums.sha256")
    }
    assert named == found
    assert list(named) == sorted(named)


def test_version_of_the_data_follows_the_data_and_not_the_site() -> None:
    def version(files: Mapping[str, bytes]) -> Any:
        return json.loads(files[f"{API}index.json"])["data_version"]

    assert version(small_files()) == version(small_files(SITE))
    assert version(small_files()) != version(awkward("comma"))
    assert version(made(small(), version="2031.6")) == "2031.6"


# The contract


def _contracts() -> Iterator[tuple[tuple[int, ...], Path]]:
    for path in CONTRACTS.glob("*.txt"):
        yield tuple(map(int, path.stem.split("."))), path


def test_version_of_the_schema_says_what_changed(update_goldens: bool) -> None:
    now = contract()
    path = CONTRACTS / f"{SCHEMA_VERSION}.txt"
    if update_goldens:
        path.write_text("\n".join(now) + "\n", encoding="utf-8")
    assert path.exists(), f"no {path.name}: note the contract of this version with --update-goldens"
    assert path.read_text(encoding="utf-8").splitlines() == list(now), "raise SCHEMA_VERSION, or restore what was there"
    versions = sorted(_contracts())
    for (before, old), (after, new) in pairwise(versions):
        needed = change(old.read_text(encoding="utf-8").splitlines(), new.read_text(encoding="utf-8").splitlines())
        grown = "major" if after[0] > before[0] else "minor" if after[1] > before[1] else ""
        assert (needed, grown) in {("major", "major"), ("minor", "major"), ("minor", "minor"), ("", grown)}


def test_what_is_gone_breaks_and_what_is_new_does_not() -> None:
    assert change(["a", "b"], ["a", "b"]) == ""
    assert change(["a"], ["a", "b"]) == "minor"
    assert change(["a", "b"], ["a"]) == "major"
    assert change(["field Fact.text string"], ["field Fact.text string or null"]) == "major"


def test_changelog_begins_with_this_version() -> None:
    assert CHANGES[0][0] == SCHEMA_VERSION
    assert API == f"api/v{SCHEMA_VERSION.split('.')[0]}/"
