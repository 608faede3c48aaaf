from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from fact_bases import ROOT

from generator import write as write_module
from generator.markup import SIGN
from generator.render import Page
from generator.write import (
    DATA_FILES,
    STAGE,
    Changed,
    alone,
    by_hand,
    is_by_hand,
    keep,
    recover,
    stamps,
    write,
    write_all,
)


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


def test_what_was_written_removed_and_kept_is_told_in_order(tmp_path: Path) -> None:
    old = [page(f"old/{letter}.md") for letter in "hxbqzadmkw"]
    write([FOG, ICE, page("index.md"), *old], tmp_path)

    changes = write([page("topics/fog.md", "Anew."), ICE, page("new.md")], tmp_path, kept=["index.md", "old/a.md"])

    assert changes.written == ("topics/fog.md", "new.md")
    assert changes.removed == tuple(sorted(one.path for one in old if one.path != "old/a.md"))
    assert changes.kept == 3
    assert sorted(files(tmp_path)) == ["index.md", "new.md", "old/a.md", "topics/fog.md", "topics/ice.md"]


def test_a_page_that_is_kept_is_no_more_than_another_hidden_by_what_a_person_wrote(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    (tmp_path / "topics" / "Fog.MD").write_text("By hand.")
    if len(files(tmp_path)) == 1:
        pytest.skip("this file system sees no capitals")

    with pytest.raises(FileExistsError, match="written by hand; rename it") as error:
        write([], tmp_path, kept=[FOG.path])

    assert (error.value.errno, error.value.filename) == (errno.EEXIST, str(tmp_path / "topics" / "Fog.MD"))
    assert files(tmp_path)[FOG.path] == FOG.text


def test_when_the_last_page_goes_the_folder_of_all_pages_stays(tmp_path: Path) -> None:
    write([FOG, ICE, page("index.md")], tmp_path)

    assert write([], tmp_path).removed == ("index.md", "topics/fog.md", "topics/ice.md")
    assert tmp_path.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_sizes_and_times_of_change_are_known_by_path(tmp_path: Path) -> None:
    for path, content, time in (("fog.txt", b"Fog.", 5), ("a/b/ice.txt", b"I", 7)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
        os.utime(tmp_path / path, ns=(1, time))

    assert stamps(tmp_path) == {"fog.txt": (4, 5), "a/b/ice.txt": (1, 7)}
    assert stamps(tmp_path / "nowhere") == {}
    assert stamps(tmp_path / "fog.txt") == {}


def test_a_page_that_an_editor_changed_is_made_anew(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    with (tmp_path / FOG.path).open("a") as file:
        file.write("By hand.\n")

    assert write([FOG], tmp_path).written == (FOG.path,)
    assert files(tmp_path) == {FOG.path: FOG.text}


def test_links_in_docs_are_left_alone_also_one_that_leads_in_circles(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write([FOG], docs)
    (docs / "again").symlink_to(".")
    (docs / "fog.md").symlink_to("topics/fog.md")

    assert stamps(docs).keys() == {"topics/fog.md"}
    assert write([FOG, ICE], docs).written == (ICE.path,)
    assert (docs / "again").is_symlink()
    assert (docs / "fog.md").is_symlink()


def test_pages_that_are_no_more_are_removed_with_the_folders_they_leave_empty(tmp_path: Path) -> None:
    write([FOG, ICE, page("old/deep/page.md")], tmp_path)

    changes = write([ICE], tmp_path)

    assert changes.removed == ("old/deep/page.md", "topics/fog.md")
    assert files(tmp_path) == {"topics/ice.md": ICE.text}
    assert not (tmp_path / "old").exists()


def test_what_a_person_wrote_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    written = {
        "about.md": "# About\n",
        "old/page.md": "---\ntitle: Old\n---\n",
        "old/mark.svg": "<svg/>",
        "empty.md": "",
    }
    for path, text in written.items():
        (tmp_path / path).write_text(text)
    write([FOG, page("old/made.md")], tmp_path)

    changes = write([], tmp_path)

    assert changes.removed == ("old/made.md", "topics/fog.md")
    assert files(tmp_path) == written


def test_what_a_person_wrote_is_told_from_pages_data_files_and_hidden_files(tmp_path: Path) -> None:
    wanted = ["about.md", f"more/{DATA_FILES}/page.md"]
    for path in (*wanted, f"{DATA_FILES}/facts.json", ".hidden.md", ".staging/0", "more/.swap"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    write([FOG], tmp_path)

    assert by_hand(tmp_path) == {tmp_path / path for path in wanted}


def test_data_files_lie_in_one_folder_and_all_there_is_ours(tmp_path: Path) -> None:
    for path in ("api/facts.json", "api/more/facts.json", "apis/facts.json", "more/api/facts.json", f"{STAGE}/0"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")

    assert {path.relative_to(tmp_path).as_posix() for path in by_hand(tmp_path)} == {
        "apis/facts.json",
        "more/api/facts.json",
    }
    assert is_by_hand(tmp_path / "apis" / "facts.json", tmp_path)
    assert not is_by_hand(tmp_path / "api" / "facts.json", tmp_path)
    assert not is_by_hand(tmp_path / "nowhere.md", tmp_path)
    (tmp_path / STAGE / "0").unlink()
    (tmp_path / STAGE).rmdir()
    assert write([], tmp_path).removed == ("api/facts.json", "api/more/facts.json")


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (f"---\n# {SIGN}\n", True),
        (f"# {SIGN}\n", True),
        (f"// {SIGN}\n", True),
        (f"<!-- {SIGN} -->", True),
        (f'{{\n "about": "{SIGN}"', True),
        (f"<svg>\n<!-- {SIGN} -->", True),
        (f"{SIGN}\n", False),
        (f"# About\n\nIt says: {SIGN}\n", False),
        (f"---\ntitle: Fog\n---\n# {SIGN}\n", False),
        (f"> # {SIGN}\n", False),
    ],
)
def test_a_file_is_ours_that_bears_the_sign_in_a_comment_at_its_start(tmp_path: Path, text: str, ours: bool) -> None:
    (tmp_path / "fog.md").write_text(text)

    assert is_by_hand(tmp_path / "fog.md", tmp_path) is not ours
    assert write([], tmp_path).removed == (("fog.md",) if ours else ())


def test_a_page_does_not_take_the_place_of_one_that_a_person_wrote(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    (tmp_path / "topics" / "ice.md").write_text("By hand.")

    with pytest.raises(FileExistsError, match="written by hand; rename it") as error:
        write([page("aaa.md"), page("topics/fog.md", "Anew."), ICE], tmp_path)

    assert (error.value.errno, error.value.filename) == (errno.EEXIST, str(tmp_path / "topics" / "ice.md"))
    assert files(tmp_path) == {FOG.path: FOG.text, "topics/ice.md": "By hand."}


def test_a_page_does_not_take_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "topics" / "fog.md").mkdir(parents=True)

    with pytest.raises(FileExistsError, match="something that is no file stands here"):
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


# Changes of several files at once


def test_changes_are_made_where_something_differs_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    assert write_all({"a/fog.txt": b"Fog.", "ice.txt": b"Ice."}, tmp_path) == ("a/fog.txt", "ice.txt")
    assert write_all({"a/fog.txt": b"Fog.", "ice.txt": None}, tmp_path) == ("ice.txt",)
    assert write_all({"a/fog.txt": "Fög.".encode(), "ice.txt": None}, tmp_path) == ("a/fog.txt",)
    assert write_all({"a/fog.txt": "Fög.".encode(), "ice.txt": None}, tmp_path) == ()
    assert write_all({}, tmp_path / "nowhere") == ()
    assert files(tmp_path) == {"a/fog.txt": "Fög."}
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_what_an_earlier_run_had_laid_aside_is_neither_used_nor_in_the_way(tmp_path: Path) -> None:
    lay_before(tmp_path)
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "0").write_text("Another fog.")
    (tmp_path / STAGE / "to-undo.json").write_text(json.dumps([["same.txt", None, None]]))

    write_all(NEW, tmp_path)

    assert files(tmp_path) == AFTER
    assert not (tmp_path / STAGE).exists()


def test_no_file_stays_open(tmp_path: Path) -> None:
    lay_before(tmp_path)
    with alone(tmp_path, pytest.fail):
        pass
    before = len(os.listdir("/dev/fd"))

    write_all(NEW, tmp_path)
    with alone(tmp_path, pytest.fail):
        pass

    assert len(os.listdir("/dev/fd")) == before


BEFORE = {"fog.txt": "Fog.", "old.txt": "Old.", "same.txt": "Same."}
NEW: dict[str, bytes | None] = {"fog.txt": b"Anew.", "deep/er/ice.txt": b"Ice.", "old.txt": None, "same.txt": b"Same."}
AFTER = {"fog.txt": "Anew.", "deep/er/ice.txt": "Ice.", "same.txt": "Same."}


def lay_before(root: Path) -> Path:
    for path, text in BEFORE.items():
        (root / path).write_text(text)
    return root


class Stopped(BaseException):
    """What stands for a kill: nothing of ours catches it and goes on."""


def stop_at(number: int, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the operation on the disk with this *number* fail; the list that is returned counts them."""
    count = [0]

    def failing(operation: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **more: object) -> object:
            count[0] += 1
            if count[0] == number:
                raise error
            return operation(*arguments, **more)

        return act

    for name in ("mkdir", "open", "replace", "unlink"):
        monkeypatch.setattr(Path, name, failing(getattr(Path, name)))
    for name in ("link", "fsync"):
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    return count


def number_of_operations(folder: Path) -> int:
    lay_before(folder)
    with pytest.MonkeyPatch.context() as patch:
        count = stop_at(0, OSError(), patch)
        write_all(NEW, folder)
    return count[0]


def test_wherever_writing_fails_everything_is_as_it_was(tmp_path: Path) -> None:
    for number in range(1, number_of_operations(tmp_path) + 1):
        root = tmp_path / f"{number}"
        root.mkdir()
        lay_before(root)
        with pytest.MonkeyPatch.context() as patch:
            stop_at(number, OSError(28, "No space left on device"), patch)
            try:
                write_all(NEW, root)
                outcome = AFTER  # links are not needed, and what is cleared away last is not either
            except OSError:
                outcome = BEFORE
        recover(root)
        assert files(root) in (outcome, AFTER), number
        assert not (root / STAGE).exists()


def test_wherever_a_run_is_killed_the_next_one_finds_all_or_nothing_done(tmp_path: Path) -> None:
    outcomes = []
    for number in range(1, number_of_operations(tmp_path) + 1):
        root = tmp_path / f"{number}"
        root.mkdir()
        lay_before(root)
        with pytest.MonkeyPatch.context() as patch:
            stop_at(number, Stopped(), patch)
            patch.setattr(write_module, "_move_back", lambda root: None)  # a killed run undoes nothing
            with pytest.raises(Stopped):
                write_all(NEW, root)
        to_undo = root / STAGE / "to-undo.json"
        if to_undo.exists():
            to_undo.rename(root / STAGE / "to-do.json")
        recover(root)
        assert files(root) in (BEFORE, AFTER), number
        assert not (root / STAGE).exists()
        outcomes.append(files(root) == AFTER)
    assert outcomes == sorted(outcomes)
    assert {*outcomes} == {True, False}


def test_wherever_undoing_is_killed_the_next_run_undoes_the_rest(tmp_path: Path) -> None:
    for number in range(1, number_of_operations(tmp_path) + 1):
        for again in range(1, 8):
            root = tmp_path / f"{number}-{again}"
            root.mkdir()
            lay_before(root)
            with pytest.MonkeyPatch.context() as patch:
                stop_at(number, OSError(28, "No space left on device"), patch)
                undo = write_module._move_back

                def killed(root: Path, again: int = again, undo: Callable[[Path], None] = undo) -> None:
                    with pytest.MonkeyPatch.context() as inner:
                        stop_at(again, Stopped(), inner)
                        undo(root)

                patch.setattr(write_module, "_move_back", killed)
                with suppress(OSError, Stopped):
                    write_all(NEW, root)
            recover(root)
            assert files(root) in (BEFORE, AFTER), (number, again)


def test_before_anything_is_moved_what_is_new_lies_on_the_disk_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a machine that loses its power has all of the new files, or none."""
    on_disk: dict[int, int] = {}
    moved: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted(file: int) -> None:
        known = os.fstat(file)
        on_disk[known.st_ino] = known.st_size
        fsync(file)

    def checked(old: Path, new: Path) -> Path:
        known = old.stat()
        assert on_disk.get(known.st_ino) == known.st_size, old
        if new.parent != tmp_path / STAGE:
            assert os.stat(tmp_path / STAGE).st_ino in on_disk
            moved.append(new.name)
        return replace(old, new)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", checked)
    lay_before(tmp_path)

    write_all(NEW, tmp_path)

    assert moved == ["fog.txt", "ice.txt"]
    assert files(tmp_path) == AFTER


def test_without_hard_links_the_old_content_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*arguments: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    lay_before(tmp_path)

    write_all(NEW, tmp_path)

    assert files(tmp_path) == AFTER


def test_without_hard_links_the_old_content_comes_back_after_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*arguments: object) -> None:
        raise OSError(1, "Operation not permitted")

    replace = Path.replace

    def full(old: Path, new: Path) -> Path:
        if new.name == "ice.txt":  # the first file has its new content by then
            raise OSError(28, "No space left on device")
        return replace(old, new)

    monkeypatch.setattr(os, "link", none)
    monkeypatch.setattr(Path, "replace", full)
    lay_before(tmp_path)

    with pytest.raises(OSError, match="No space left"):
        write_all(NEW, tmp_path)

    assert files(tmp_path) == BEFORE


def test_a_run_that_is_killed_while_it_clears_away_leaves_nothing_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: object) -> None:
        raise Stopped

    lay_before(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Stopped):
            write_all(NEW, tmp_path)
    (tmp_path / "old.txt").write_text("Written since.")

    recover(tmp_path)

    assert files(tmp_path) == {**AFTER, "old.txt": "Written since."}


def test_a_run_that_is_killed_while_it_clears_away_what_it_undid_leaves_nothing_to_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: object) -> None:
        raise Stopped

    replace = Path.replace

    def full(old: Path, new: Path) -> Path:
        if new.name == "ice.txt":
            raise OSError(28, "No space left on device")
        return replace(old, new)

    lay_before(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Stopped):
            write_all(NEW, tmp_path)
    (tmp_path / "deep" / "er" / "ice.txt").write_text("Written since.")

    recover(tmp_path)

    assert files(tmp_path) == {**BEFORE, "deep/er/ice.txt": "Written since."}


def test_what_changed_since_it_was_read_is_not_overwritten(tmp_path: Path) -> None:
    lay_before(tmp_path)
    for read in ({"fog.txt": b"Mist."}, {"fog.txt": None}, {"deep/er/ice.txt": b"Ice."}):
        with pytest.raises(Changed, match="changed while the command ran; nothing was written, run it again") as error:
            write_all(NEW, tmp_path, read)
        assert error.value.errno == errno.EBUSY
    assert files(tmp_path) == BEFORE
    write_all(NEW, tmp_path, {"fog.txt": b"Fog.", "deep/er/ice.txt": None})
    assert files(tmp_path) == AFTER


def test_nothing_is_written_where_something_else_stands_in_the_way(tmp_path: Path) -> None:
    lay_before(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "link.txt").symlink_to("fog.txt")
    (tmp_path / "nowhere.txt").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    for path in ("fog.txt/a.txt", "folder", "link/a.txt", "link", "link.txt", "nowhere.txt", "pipe.txt"):
        with pytest.raises(FileExistsError, match="take it away") as error:
            write_all({**NEW, path: b"x"}, tmp_path)
        in_the_way = tmp_path / path.removesuffix("/a.txt")
        assert (error.value.errno, error.value.filename) == (errno.EEXIST, str(in_the_way))
    for path in ("../a.txt", "/elsewhere/a.txt", "folder/../../a.txt"):
        with pytest.raises(PermissionError, match="not a path below the checkout") as refused:
            write_all({**NEW, path: b"x"}, tmp_path)
        assert (refused.value.errno, refused.value.filename) == (errno.EPERM, path)
    for left in ("link.txt", "nowhere.txt", "pipe.txt"):
        (tmp_path / left).unlink()
    assert files(tmp_path) == BEFORE


@pytest.mark.parametrize("listed", [["../x", "0", None], ["/elsewhere/x", "0", None], ["link/x", "0", None]])
def test_a_list_that_came_from_elsewhere_leads_nowhere_else(tmp_path: Path, listed: list[str | None]) -> None:
    root = tmp_path / "checkout"
    (root / STAGE).mkdir(parents=True)
    (root / "link").symlink_to(tmp_path)
    (root / STAGE / "0").write_text("x")
    (root / STAGE / "to-do.json").write_text(json.dumps([listed]))

    with pytest.raises(OSError, match=r"not a path below|take it away"):
        recover(root)

    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("name", "listed"), [("to-do", ["page.md", "../x", None]), ("to-undo", ["page.md", None, "../x"])]
)
def test_a_list_that_came_from_elsewhere_takes_nothing_from_outside_the_stage(
    tmp_path: Path, name: str, listed: list[str | None]
) -> None:
    (tmp_path / STAGE).mkdir()
    (tmp_path / "x").write_text("Fog.")
    (tmp_path / "page.md").write_text("Page.")
    (tmp_path / STAGE / f"{name}.json").write_text(json.dumps([listed]))

    recover(tmp_path)

    assert files(tmp_path) == {"x": "Fog.", "page.md": "Page."}
    assert not (tmp_path / STAGE).exists()


@pytest.mark.parametrize(
    ("name", "listed"), [("to-do", ["page.md", "deep/0", None]), ("to-undo", ["page.md", None, "deep/0"])]
)
def test_a_list_finds_what_was_laid_aside_beside_it_whatever_way_it_names(
    tmp_path: Path, name: str, listed: list[str | None]
) -> None:
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "0").write_text("Fog.")
    (tmp_path / STAGE / f"{name}.json").write_text(json.dumps([listed]))

    recover(tmp_path)

    assert files(tmp_path) == {"page.md": "Fog."}


def test_a_file_with_the_name_of_the_stage_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / STAGE).write_text("By hand.")

    with alone(tmp_path, pytest.fail):
        pass

    assert files(tmp_path) == {STAGE: "By hand."}


def test_a_stage_that_is_a_link_is_none_of_ours(tmp_path: Path) -> None:
    root, other = tmp_path / "checkout", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (other / "0").write_text("x")
    (other / "to-do.json").write_text(json.dumps([["page.md", "0", None]]))
    (root / STAGE).symlink_to(other)

    recover(root)
    with pytest.raises(FileExistsError, match="something stands where a folder is needed; take it away") as error:
        write_all({"page.md": b"x"}, root)

    assert error.value.filename == str(root / STAGE)
    assert not (root / "page.md").exists()
    assert {path.name for path in other.iterdir()} == {"0", "to-do.json"}


@pytest.mark.parametrize("folder", ["", "docs"])
def test_what_a_killed_run_had_decided_is_done_before_the_next_begins(tmp_path: Path, folder: str) -> None:
    root = tmp_path / folder
    (root / STAGE).mkdir(parents=True)
    (root / STAGE / "0").write_text("new")
    (root / STAGE / "to-do.json").write_text(json.dumps([["page.md", "0", None]]))

    with alone(tmp_path, lambda: None):
        assert (root / "page.md").read_text() == "new"
        assert not (root / STAGE).exists()


def test_what_is_kept_for_the_next_run_takes_the_place_of_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / ".cache" / "records"

    keep(path, b"one")
    keep(path, b"two")

    assert path.read_bytes() == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["records"]


@pytest.mark.parametrize("in_the_way", ["records", ".cache"])
def test_what_cannot_be_kept_is_done_without_and_leaves_nothing_behind(tmp_path: Path, in_the_way: str) -> None:
    folder = tmp_path / ".cache"
    if in_the_way == "records":
        (folder / "records" / "deep").mkdir(parents=True)
    else:
        folder.write_text("By hand.")

    keep(folder / "records", b"one")

    assert [one.name for one in tmp_path.iterdir()] == [".cache"]
    if in_the_way == "records":
        assert [one.name for one in folder.iterdir()] == ["records"]
        assert (folder / "records" / "deep").is_dir()
    else:
        assert folder.read_text() == "By hand."


def test_on_windows_nothing_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(fcntl, "flock", pytest.fail)
    monkeypatch.setattr(os, "open", pytest.fail)

    with alone(tmp_path, pytest.fail):
        done = True

    assert done


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    waited: list[str] = []
    script = f"""
import sys, time
from pathlib import Path
from generator.write import alone
with alone(Path({str(tmp_path)!r}), lambda: None):
    print("in", flush=True)
    sys.stdin.readline()
    time.sleep(0.3)  # one that does not wait is in before this one is done
    Path({str(tmp_path / "done")!r}).write_text("")
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout
        assert first.stdin
        assert first.stdout.readline() == "in\n"

        def let_it_end() -> None:
            waited.append("told")
            assert first.stdin
            first.stdin.write("\n")
            first.stdin.flush()

        with alone(tmp_path, let_it_end):
            assert (tmp_path / "done").exists()
    assert waited == ["told"]


def test_a_file_system_without_locks_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*arguments: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with alone(tmp_path, pytest.fail), alone(tmp_path / "nowhere", pytest.fail):
        pass


def test_where_only_one_can_be_what_a_person_wrote_in_other_capitals_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "Fog.MD").write_text("By hand.")

    with pytest.raises(FileExistsError, match="written by hand; rename it"):
        write([FOG], tmp_path)

    assert files(tmp_path) == {"topics/Fog.MD": "By hand."}


@pytest.mark.parametrize("in_the_way", ["topics", "old"])
def test_where_a_file_stands_for_a_folder_nothing_is_written(tmp_path: Path, in_the_way: str) -> None:
    (tmp_path / in_the_way).write_text("By hand.")

    with pytest.raises(FileExistsError, match="something stands where a folder is needed"):
        write([page("aaa.md"), page(f"{in_the_way}/fog.md"), page("zzz.md")], tmp_path)

    assert files(tmp_path) == {in_the_way: "By hand."}


def test_pages_can_be_read_by_everybody_as_other_new_files(tmp_path: Path) -> None:
    write([FOG], tmp_path)
    (tmp_path / "other.txt").write_text("")

    assert stat.S_IMODE(os.stat(tmp_path / FOG.path).st_mode) == stat.S_IMODE(os.stat(tmp_path / "other.txt").st_mode)
