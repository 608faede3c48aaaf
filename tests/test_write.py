from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from generator.markup import SIGN
from generator.render import Page
from generator.write import write, write_file


def page(path: str, text: str = "Fog.") -> Page:
    return Page(path, f"---\n# {SIGN}\ntitle: Fog\n---\n\n{text}\n")


def files(docs: Path) -> dict[str, str]:
    return {path.relative_to(docs).as_posix(): path.read_text() for path in docs.rglob("*") if path.is_file()}


FOG, ICE = page("topics/fog.md"), page("topics/ice.md")


def test_pages_are_written_into_folders_that_need_not_exist(tmp_path: Path) -> None:
    changes = write([FOG, page("index.md")], tmp_path / "docs")

    assert changes.written == ("topics/fog.md", "index.md")
    assert (changes.removed, changes.kept) == ((), 0)
    assert files(tmp_path / "docs") == {"topics/fog.md": FOG.text, "index.md": page("index.md").text}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write([FOG, ICE], tmp_path)
    before = {path: os.stat(tmp_path / path) for path in ("topics/fog.md", "topics/ice.md")}

    changes = write([FOG, page("topics/ice.md", "Ice.")], tmp_path)

    assert (changes.written, changes.removed, changes.kept) == (("topics/ice.md",), (), 1)
    after = os.stat(tmp_path / "topics/fog.md")
    assert (after.st_ino, after.st_mtime_ns) == (before["topics/fog.md"].st_ino, before["topics/fog.md"].st_mtime_ns)
    assert "Ice." in (tmp_path / "topics" / "ice.md").read_text()


def test_a_page_that_an_editor_changed_is_made_anew(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    with (tmp_path / FOG.path).open("a") as file:
        file.write("By hand.\n")

    assert write([FOG], tmp_path).written == (FOG.path,)
    assert files(tmp_path) == {FOG.path: FOG.text}


def test_pages_that_are_no_more_are_removed_with_the_folders_they_leave_empty(tmp_path: Path) -> None:
    write([FOG, ICE, page("old/deep/page.md")], tmp_path)

    changes = write([ICE], tmp_path)

    assert changes.removed == ("old/deep/page.md", "topics/fog.md")
    assert files(tmp_path) == {"topics/ice.md": ICE.text}
    assert not (tmp_path / "old").exists()


def test_what_a_person_wrote_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    by_hand = {
        "about.md": "# About\n",
        "old/page.md": "---\ntitle: Old\n---\n",
        "old/mark.svg": "<svg/>",
        "empty.md": "",
    }
    for path, text in by_hand.items():
        (tmp_path / path).write_text(text)
    write([FOG, page("old/made.md")], tmp_path)

    changes = write([], tmp_path)

    assert changes.removed == ("old/made.md", "topics/fog.md")
    assert files(tmp_path) == by_hand


def test_a_page_does_not_take_the_place_of_one_that_a_person_wrote(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    (tmp_path / "topics" / "ice.md").write_text("By hand.")

    with pytest.raises(FileExistsError, match="written by hand; rename it") as error:
        write([page("aaa.md"), page("topics/fog.md", "Anew."), ICE], tmp_path)

    assert str(error.value.filename) == str(tmp_path / "topics" / "ice.md")
    assert files(tmp_path) == {FOG.path: FOG.text, "topics/ice.md": "By hand."}


def test_a_page_does_not_take_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "topics" / "fog.md").mkdir(parents=True)

    with pytest.raises(FileExistsError, match="by hand"):
        write([page("aaa.md"), FOG], tmp_path)

    assert files(tmp_path) == {}


def test_if_a_page_cannot_be_rendered_nothing_is_written(tmp_path: Path) -> None:
    def pages() -> object:
        yield page("index.md", "Anew.")
        raise ValueError("a template is broken")

    write([page("index.md")], tmp_path)
    with pytest.raises(ValueError, match="a template is broken"):
        write(pages(), tmp_path)  # type: ignore[arg-type]

    assert files(tmp_path) == {"index.md": page("index.md").text}


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "fog.txt"

    assert write_file(path, b"Fog.") is True
    assert write_file(path, b"Fog.") is False
    assert write_file(path, "Fög.".encode()) is True
    assert [one.name for one in path.parent.iterdir()] == ["fog.txt"]
    assert path.read_text(encoding="utf-8") == "Fög."


def test_where_writing_fails_the_old_file_stays_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fog.txt"
    path.write_bytes(b"Fog.")

    def full(path: Path, content: bytes) -> int:  # a full disk, which no test can make
        with path.open("wb") as file:
            file.write(content[:2])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"Ice and more.")

    assert path.read_bytes() == b"Fog."
    assert [one.name for one in tmp_path.iterdir()] == ["fog.txt"]


def test_pages_can_be_read_by_everybody_as_other_new_files(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    (tmp_path / "other.txt").write_text("")

    assert stat.S_IMODE(os.stat(tmp_path / FOG.path).st_mode) == stat.S_IMODE(os.stat(tmp_path / "other.txt").st_mode)
