"""What a run leaves for the next: the same back, or nothing."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

from fact_bases import ROOT

from generator.load import load, load_readable, recalled
from generator.memory import Recall, pack, unpack

PARTS = {"one": b"first\n", "two": b"", "three": bytes(range(256))}


def test_parts_come_back_as_they_were() -> None:
    assert unpack(pack("us", PARTS), "us") == PARTS


def test_what_other_code_left_is_not_believed() -> None:
    assert unpack(pack("us", PARTS), "others") == {}


def test_what_is_damaged_is_not_believed() -> None:
    packed = pack("us", PARTS)
    for at in range(len(packed)):
        assert unpack(packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :], "us") == {}, at
    for damaged in (b"", packed[:-1], packed + b"x", packed[65:]):
        assert unpack(damaged, "us") == {}


def test_what_is_not_there_or_no_file_is_nothing(tmp_path: Path) -> None:
    assert recalled(tmp_path / "none", "us") == {}
    assert recalled(tmp_path, "us") == {}


def test_records_that_are_remembered_are_those_that_are_read() -> None:
    first = Recall({})
    read = load(ROOT, (), first)
    again = load(ROOT, (), Recall(first.parts))

    plain = load(ROOT)
    assert list(again.records.items()) == list(read.records.items()) == list(plain.records.items())
    assert again.spans == read.spans == {id: plain.lines(id) for id in plain.records}
    assert again.digests == read.digests
    assert all(again.mark(id) == plain.mark(id) for id in plain.records)
    assert all(again.key_mark(id, "name") == plain.key_mark(id, "name") for id in plain.records)


def test_only_what_stands_in_data_now_is_remembered_on() -> None:
    first = Recall({})
    load(ROOT, (), first)
    second = Recall({**first.parts, "data/facts/old.yml 0": b"of a file that is gone"})
    load(ROOT, (), second)

    assert second.parts == first.parts


def test_digest_of_a_record_changes_with_it_and_with_no_other(tmp_path: Path) -> None:
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    before = load(tmp_path, (), Recall({}))
    path = tmp_path / "data" / "places.yml"
    text = path.read_text(encoding="utf-8")
    name = before.records["brussels"].name  # type: ignore[attr-defined]
    path.write_text(f"# a line more\n{text.replace(f'name: {name}', f'name: {name} City', 1)}", encoding="utf-8")
    after = load(tmp_path, (), Recall({}))

    changed = {id for id, digest in after.digests.items() if digest != before.digests[id]}
    assert changed == {"brussels"}
    assert {id for id in after.spans if after.spans[id] != before.spans[id]} > {"brussels"}


def test_second_record_with_an_id_is_found_in_files_that_are_remembered(tmp_path: Path) -> None:
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    first = Recall({})
    load(tmp_path, (), first)
    shutil.copy(tmp_path / "data" / "leaders" / "joe-biden.yml", tmp_path / "data" / "topics" / "joe-biden.yml")

    _, known = load_readable(tmp_path, (), Recall(first.parts))
    _, plain = load_readable(tmp_path)
    assert known == plain != []


def test_memory_of_records_runs_no_code() -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return os.getenv, ("HOME",)

    assert Recall({"file": pickle.dumps([Harm()])}).get("file") is None
    assert Recall({"file": b"no pickle"}).get("file") is None
