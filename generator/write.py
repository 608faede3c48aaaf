"""Pages -> docs/: writes what differs, removes what is no longer made, and touches nothing that a person wrote.

What is written together comes into being together. New content is first laid aside, in STAGE; then a list of what goes
where is put beside it, which decides that it will be done; then each file is moved to its place. A run that is killed
before the list stands has changed nothing, and what one leaves that is killed after it, `recover` brings to its end.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.markup import SIGN
from generator.targets import Output

DATA_FILES = "api"
"""The folder of docs/ that holds data files only, all of them made here."""

STAGE = ".staging"
"""Where new content is laid aside, below the folder that it is for; there is none but while something is written."""

_TO_DO, _TO_UNDO = "to-do.json", "to-undo.json"
"""The list of what goes where; under its second name it says what has to go back."""

_SIGNED = re.compile(
    rb'\A(?:---\n# |# |// |<!-- |\{\s*"about": "|\x89PNG.{0,99}?tEXtComment\x00|.{0,300}?\n<!-- )'
    + re.escape(SIGN.encode()),
    re.DOTALL,
)
"""How a generated file bears SIGN: in a comment of its own at the start, not in a sentence that quotes it."""


@dataclass(frozen=True)
class Changes:
    """What a run changed: paths below docs/, and how many pages stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Changed(OSError):
    """Raised where a file is no longer what the new content was made from."""


@contextmanager
def alone(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let one process at a time read and write *root*; *waiting* is called when another one has to end first.

    What a killed one left half done is brought to its end. Where the file system or Windows knows no such lock,
    nothing is waited for.
    """
    handle = None
    if sys.platform != "win32" and root.is_dir():
        import fcntl

        handle = os.open(root, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # some network file systems have none
            pass
    try:
        recover(root)
        recover(root / "docs")
        yield
    finally:
        if handle is not None:
            os.close(handle)


def write(pages: Iterable[Output], docs: Path, kept: Collection[str] = ()) -> Changes:
    """Write *pages* below *docs*, only what differs, all of it or nothing; remove generated pages that are no more.

    *kept* are the paths of generated files that stay as they are. Raises FileExistsError where a page would take the
    place of a file that a person wrote.
    """
    wanted = {page.path: page for page in pages}
    there = [path for path in sorted(stamps(docs)) if path not in kept]
    present = {path: None for path in there if _generated(docs / path, path)}
    by_hand = {path.casefold(): path for path in there if path not in present}
    for path in (*wanted, *kept):
        if hand := by_hand.get(path.casefold()):  # also where it differs in capitals: some file systems see none
            raise FileExistsError(17, "a page of this name was written by hand; rename it", str(docs / hand))
    removed = {path: None for path in present if path not in wanted}
    changed = write_all(_Contents({**wanted, **removed}), docs)
    for path in removed:
        _remove_empty((docs / path).parent, docs)
    written = tuple(path for path in changed if path in wanted)
    return Changes(written, tuple(removed), len(wanted) + len(kept) - len(written))


class _Contents(Mapping[str, bytes | None]):
    """What *outputs* hold, by path; None for what is to go. Each is asked for when its turn comes: they may be many."""

    def __init__(self, outputs: Mapping[str, Output | None]) -> None:
        self.outputs = outputs

    def __getitem__(self, path: str) -> bytes | None:
        one = self.outputs[path]
        return None if one is None else one.content

    def __iter__(self) -> Iterator[str]:
        return iter(self.outputs)

    def __len__(self) -> int:
        return len(self.outputs)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change (in nanoseconds) of each file in *folder*, by its path below.

    Links are left out: we make none, and one may lead back to where it stands.
    """
    found: dict[str, tuple[int, int]] = {}
    todo = [(str(folder), "")] if folder.is_dir() else []
    while todo:
        at, below = todo.pop()
        with os.scandir(at) as entries:
            for one in entries:
                if one.is_dir(follow_symlinks=False):
                    todo.append((one.path, f"{below}{one.name}/"))
                elif one.is_file(follow_symlinks=False):
                    known = one.stat()
                    found[below + one.name] = known.st_size, known.st_mtime_ns
    return found


def keep(path: Path, content: bytes) -> None:
    """Leave *content* at *path* for the next run, whole or not at all; where that cannot be, the run does without."""
    temporary = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
        return
    with contextlib.suppress(OSError):
        temporary.unlink()


def by_hand(docs: Path) -> frozenset[Path]:
    """Return the files below *docs* that a person wrote."""
    return frozenset(docs / path for path in _files(docs) if is_by_hand(docs / path, docs))


def is_by_hand(file: Path, docs: Path) -> bool:
    """Say whether *file*, below *docs*, is there and a person wrote it."""
    try:
        return not _generated(file, file.relative_to(docs).as_posix())
    except OSError:
        return False


def _files(docs: Path) -> Iterator[str]:
    """Yield the paths below *docs*, but for the data files, of which there are many and all are ours."""
    for folder, folders, names in os.walk(docs):
        folders[:] = [one for one in folders if not one.startswith(".") and (Path(folder) != docs or one != DATA_FILES)]
        below = Path(folder).relative_to(docs)
        yield from ((below / name).as_posix() for name in names if not name.startswith("."))


def _generated(file: Path, path: str) -> bool:
    """Say whether the *file* at *path* is ours: a data file, in the folder for these, or one that bears SIGN."""
    if path.startswith(f"{DATA_FILES}/"):
        return True
    with file.open("rb") as opened:
        return _SIGNED.search(opened.read(4096)) is not None


def write_all(
    changes: Mapping[str, bytes | None], root: Path, read: Mapping[str, bytes | None] = {}
) -> tuple[str, ...]:
    """Give the files of *changes*, by path below *root*, their new content, all of them or none; None removes one.

    Return the paths of those that were not so already. *read* is what some of the files held (None: there was none)
    when the changes were made: raises Changed where that is no longer so. Raises OSError where something else stands
    in the way or writing fails. After an error everything is as it was.
    """
    if other := next((path for path in read if _content(root / path) != read[path]), None):
        raise Changed(16, "changed while the command ran; nothing was written, run it again", str(root / other))
    different = [path for path in changes if changes[path] != _content(root / path)]
    if not different:
        return ()
    for path in different:
        _refuse_what_is_in_the_way(root, path)
    _refuse_what_is_in_the_way(root, f"{STAGE}/{_TO_DO}")
    stage = root / STAGE
    _clear(stage)
    stage.mkdir(parents=True)
    try:
        listed = [
            (path, *_lay_aside(stage, number, root / path, changes[path])) for number, path in enumerate(different)
        ]
        _put(stage / f"{_TO_DO}.part", json.dumps(listed).encode())
        (stage / f"{_TO_DO}.part").replace(stage / _TO_DO)
        _sync(stage)
        _move(root)
    except BaseException:
        if (stage / _TO_DO).is_file():
            (stage / _TO_DO).replace(stage / _TO_UNDO)
        _move_back(root)
        raise
    return tuple(different)


def recover(root: Path) -> None:
    """Bring to its end what a killed run had decided to write below *root*, and clear away what it had not."""
    if (root / STAGE).is_dir() and not (root / STAGE).is_symlink():
        if (root / STAGE / _TO_DO).is_file():
            _move(root)
        else:
            _move_back(root)


def _lay_aside(stage: Path, number: int, path: Path, new: bytes | None) -> tuple[str | None, str | None]:
    """Put the *new* content of *path*, and what stands there, into *stage*; return the names of both."""
    names = None if new is None else f"{number}", f"{number}.before" if path.is_file() else None
    if names[1]:
        try:
            os.link(path, stage / names[1])
        except OSError:  # a file system without hard links
            _put(stage / names[1], path.read_bytes())
    if new is not None:
        _put(stage / f"{number}", new)
    return names


def _move(root: Path) -> None:
    """Do what the list in the stage of *root* says, or what is left of it."""
    stage = root / STAGE
    for path, new, _ in _listed(root, _TO_DO):
        if new is None:
            path.unlink(missing_ok=True)
        elif (stage / new).is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            (stage / new).replace(path)
    _clear(stage)


def _move_back(root: Path) -> None:
    """Undo what the list in the stage of *root* says, or what is left to undo; without a list all is as it was."""
    stage = root / STAGE
    if (stage / _TO_UNDO).is_file():
        for path, _, before in _listed(root, _TO_UNDO):
            if before is None:
                path.unlink(missing_ok=True)
            elif (stage / before).is_file():
                (stage / before).replace(path)
    _clear(stage)


def _listed(root: Path, name: str) -> Iterator[tuple[Path, str | None, str | None]]:
    """Yield each path of the list, and the names of its new content and of what stood there before.

    Raises OSError for a path out of *root*: the list may have come with a clone, and not from here.
    """
    for path, new, before in json.loads((root / STAGE / name).read_bytes()):
        _refuse_what_is_in_the_way(root, path)
        yield root / path, new and Path(new).name, before and Path(before).name


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _refuse_what_is_in_the_way(root: Path, path: str) -> None:
    """Raise OSError unless a file *path* can stand below *root*: in folders, and in the stead of a file only."""
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise PermissionError(1, "not a path below the checkout; nothing is written there", path)
    folder = root
    for name in Path(path).parts[:-1]:
        folder = folder / name
        if os.path.lexists(folder) and not stat.S_ISDIR(folder.lstat().st_mode):
            raise FileExistsError(17, "something stands where a folder is needed; take it away", str(folder))
    if os.path.lexists(root / path) and not stat.S_ISREG((root / path).lstat().st_mode):
        raise FileExistsError(17, "something that is no file stands here; take it away", str(root / path))


def _put(path: Path, content: bytes) -> None:
    """Write *content* to the new file *path*, and see that it lies on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See that the names in *folder* lie on the disk; Windows does that of itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _clear(stage: Path) -> None:
    """Take *stage* away; its list goes first, for from then on nothing is to be done any more."""
    (stage / _TO_DO).unlink(missing_ok=True)
    (stage / _TO_UNDO).unlink(missing_ok=True)
    if stage.exists():
        shutil.rmtree(stage)


def _remove_empty(folder: Path, docs: Path) -> None:
    while folder != docs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
