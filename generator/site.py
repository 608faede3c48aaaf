"""docs/ -> site/ by MkDocs' own parts, but only of what has changed, and the whole site at once or none of it.

`mkdocs build` makes the same files. This keeps, in .cache/, for each page a key of everything that it is made from: its
Markdown, the settings, the theme and the versions of the packages. A page whose key and file are as they were is taken
over. The new site grows in a folder of its own and takes the place of the old one when it is whole.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import logging
import multiprocessing
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import mkdocs.commands.build as parts
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import policy
from generator.markup import SIGN
from generator.write import keep

CACHE = ".cache"
PACKAGES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "mkdocs-material-extensions", "pymdown-extensions")
"""Whose versions decide what a page looks like, beside our own code."""
PROCESSES = 2
WORTH_IT = 60
"""From how many pages on a second process makes up for its start."""


@dataclass(frozen=True)
class Built:
    """A page of the site: the *key* of what it was made from, its anchors, and its links to anchors of pages."""

    key: str
    anchors: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    """For each link to an anchor: the page below docs/, the anchor, and the link as it is written."""


@dataclass(frozen=True)
class Memory:
    """What the last build left: its pages by path below docs/, and the stamp of each file of the site by path.

    *sources* holds the stamps of the files that were copied as they are. A stamp is size and time of change.
    """

    pages: Mapping[str, Built]
    files: Mapping[str, Stamp]
    sources: Mapping[str, Stamp]


Stamp = tuple[int, int]
"""Size and time of change of a file, the latter in nanoseconds."""

NOTHING = Memory({}, {}, {})


@dataclass(frozen=True)
class Done:
    """How many files of the site a build made anew, and how many it took over."""

    made: int
    kept: int

    def __str__(self) -> str:
        return f"{self.made:,} files made, {self.kept:,} as they were"


def build(config_file: Path) -> Done:
    """Make the site that *config_file* (mkdocs.yml) describes.

    Raises mkdocs.exceptions.Abort where it cannot be made or would have a broken link; the old site then stays.
    """
    config = load_config(str(config_file))
    root = config_file.resolve().parent
    site = Path(config.site_dir)
    cache = root / CACHE
    cache.mkdir(exist_ok=True)
    with _alone(cache / "build.lock"):
        new, old = cache / "site.new", cache / "site.old"
        if old.exists() and not site.exists():
            old.rename(site)  # a build was stopped between its last two steps
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        config.site_dir = str(new)
        new.mkdir()
        templates = cache / "templates"
        templates.mkdir(exist_ok=True)
        done, memory = _Build(config, site, templates, _remembered(cache / "site.json")).run()
        if site.exists():
            _put_in_place_of(site, new, old)
        else:
            new.rename(site)
        shutil.rmtree(old, ignore_errors=True)
        _remember(cache / "site.json", memory)
    return done


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold *lock* while the body runs; a second build waits for the first."""
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Build:
    """One run: *config* leads into the new folder, *site* is the site so far and *before* what is known of it.

    *templates* is a folder for the theme's templates in the form in which they run.
    """

    def __init__(self, config: MkDocsConfig, site: Path, templates: Path, before: Memory) -> None:
        self.config, self.site, self.templates, self.before = config, site, templates, before
        self.new = Path(config.site_dir)
        others = set(config.plugins) - set(config.hooks)  # a plugin may want to see every page, in one process
        self.whole = bool(others)
        self.made = self.kept = 0
        self.warned = False

    def run(self) -> tuple[Done, Memory]:
        try:
            with _warnings() as warnings:
                memory = self._run()
            if self.warned or warnings.get_counts():
                raise Abort("warnings, see above; the site stays as it was")
            return Done(self.made, self.kept), memory
        except Exception as error:
            self.config.plugins.on_build_error(error=error)
            if isinstance(error, BuildError):
                raise Abort(f"{error}; the site stays as it was") from error
            raise

    def _run(self) -> Memory:
        config = self.config = self.config.plugins.on_config(self.config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = FileSystemBytecodeCache(str(self.templates))
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        for page in nav.pages:
            if page.title is None:
                raise Abort(
                    f"{page.file.src_uri!r} stands in `nav` without a title; write 'Title: {page.file.src_uri}'"
                )
        env = config.plugins.on_env(env, config=config, files=files) or env
        pages = self._pages(files, nav, env)
        self._check_anchors(pages)
        sources = self._copies(files)
        for template in config.theme.static_templates:
            parts._build_theme_template(template, env, files, config, nav)
        for template in config.extra_templates:
            parts._build_extra_template(template, files, config, nav)
        config.plugins.on_post_build(config=config)
        return Memory(pages, dict(_stamps(self.new)), sources)

    def _pages(self, files: Files, nav: Navigation, env: Environment) -> dict[str, Built]:
        """Take over or make every page; return what is known of each."""
        sources = files.documentation_pages(inclusion=InclusionLevel.is_included)
        common = self._settings()
        listing = hashlib.sha256("\n".join(sorted(file.src_uri for file in files)).encode()).digest()
        pages: dict[str, Built] = {}
        todo: list[tuple[File, str]] = []
        for file in sources:
            if file.page is None:
                Page(None, file, self.config)
            content = file.content_bytes
            # A link in a page that a person wrote may lead to a page that comes or goes; generated pages go with them.
            about = b"" if SIGN.encode() in content[:200] else listing
            key = hashlib.sha256(b"\0".join((common, file.src_uri.encode(), about, content))).hexdigest()
            known = self.before.pages.get(file.src_uri)
            if known and known.key == key and not self.whole and self._keep(file.dest_uri):
                pages[file.src_uri] = known
            else:
                todo.append((file, key))
        self.made += len(todo)
        for src, one, warned in self._make(todo, files, nav, env):
            pages[src] = one
            self.warned |= warned
        return pages

    def _make(self, todo: list[tuple[File, str]], files: Files, nav: Navigation, env: Environment) -> Iterable[_Made]:
        """Make the pages *todo* with the keys beside them, in more than one process where that pays."""
        listed = files.documentation_pages(inclusion=InclusionLevel.is_included)

        def make(at: int) -> _Made:
            file, key = todo[at]
            page = file.page
            assert page is not None
            with _warnings() as warnings:
                parts._populate_page(page, self.config, files)
                links = [
                    (to.src_uri, anchor, written)
                    for to, anchors in (page.links_to_anchors or {}).items()
                    for anchor, written in anchors.items()
                ]
                parts._build_page(page, self.config, listed, nav, env)
            built = Built(key, tuple(sorted(page.present_anchor_ids or ())), tuple(sorted(links)))
            page.content = page.markdown = None  # all pages at once would be the most of the memory
            return file.src_uri, built, bool(warnings.get_counts())

        if len(todo) < WORTH_IT or self.whole or threading.active_count() > 1 or not hasattr(os, "fork"):
            return map(make, range(len(todo)))
        todo.sort(key=lambda one: -len(one[0].content_bytes))  # the large ones first, so that all end at about once
        return _in_processes(make, len(todo))

    def _check_anchors(self, pages: Mapping[str, Built]) -> None:
        """Warn of links to anchors that are not there: also from a page that stayed to one that changed."""
        anchors = {path: frozenset(one.anchors) for path, one in pages.items()}
        level = self.config.validation.links.anchors
        for path, one in sorted(pages.items()):
            for to, anchor, written in one.links:
                if anchor not in anchors.get(to, (anchor,)):
                    message = f"Doc file '{path}' contains a link '{written}', but '{to}' has no anchor '#{anchor}'."
                    logging.getLogger("mkdocs.structure.pages").log(level, message)

    def _copies(self, files: Files) -> dict[str, Stamp]:
        """Copy or take over what is no page; return the stamp of each source by its path in the site."""
        sources: dict[str, Stamp] = {}
        for file in files:
            if file.is_documentation_page() or file.inclusion is InclusionLevel.EXCLUDED:
                continue
            path = file.dest_uri
            if file.abs_src_path is None:
                file.copy_file()
                self.made += 1
                continue
            sources[path] = _stamp(file.abs_src_path)
            if self.before.sources.get(path) != sources[path] or not self._keep(path):
                file.copy_file()
                self.made += 1
        return sources

    def _keep(self, path: str) -> bool:
        """Take the file at *path* over from the site so far, if it is still what was written; say whether it is."""
        old, new = self.site / path, self.new / path
        try:
            if self.before.files.get(path) != _stamp(old):
                return False
            _linked(old, new)
        except FileNotFoundError:
            return False
        self.kept += 1
        return True

    def _settings(self) -> bytes:
        """Return a digest of all that every page is made from: the settings, the theme, this code and the packages."""
        settings = Path(self.config.config_file_path)
        theme = sorted(Path(self.config.theme.custom_dir).rglob("*")) if self.config.theme.custom_dir else []
        made_from = [settings, *theme, *(settings.parent / name for name in self.config.hooks)]
        made_from += [Path(__file__), Path(policy.__file__)]
        digest = hashlib.sha256(repr(sys.version_info).encode())
        for path in made_from:
            if path.is_file():
                digest.update(path.read_bytes())
        for package in PACKAGES:
            digest.update(f"{package} {version(package)}".encode())
        return digest.digest()


_Made = tuple[str, Built, bool]
"""A page that was made: its path below docs/, what is known of it, and whether there were warnings."""


@contextlib.contextmanager
def _warnings() -> Iterator[CountHandler]:
    """Count the warnings of MkDocs while the body runs."""
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(counter)
    try:
        yield counter
    finally:
        log.removeHandler(counter)


_make: Callable[[int], _Made]
"""What the processes of `_in_processes` do; they know it from the process that they are copies of."""


def _in_processes(make: Callable[[int], _Made], count: int) -> Iterator[_Made]:
    """Yield what *make* returns for each number below *count*, made by copies of this process."""
    global _make
    _make = make
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        yield from pool.imap_unordered(_one, range(count), chunksize=4)


def _one(at: int) -> _Made:
    return _make(at)


def _put_in_place_of(site: Path, new: Path, old: Path) -> None:
    """Put the folder *new* where *site* stands, and that one to *old*: in one step where the system has such a step."""
    if _exchanged(new, site):
        new.rename(old)
    else:
        site.rename(old)
        new.rename(site)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places, so that no reader finds neither; say whether system and disk can do that."""
    if sys.platform != "linux":
        return False
    here, exchange = -100, 2  # AT_FDCWD: paths as they are; RENAME_EXCHANGE
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):  # a C library that has none
        return False
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _linked(old: Path, new: Path) -> None:
    """Make *new* the same file as *old*, a copy where the disk knows no second names."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        new.parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _stamp(path: str | Path) -> Stamp:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def _stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield the path below *folder* and the stamp of each file there."""
    for parent, _, names in os.walk(folder):
        below = os.path.relpath(parent, folder)
        for name in names:
            path = name if below == "." else f"{below}/{name}".replace(os.sep, "/")
            yield path, _stamp(os.path.join(parent, name))


def _remembered(path: Path) -> Memory:
    """Return what the last build left, or nothing where that is damaged or of another kind."""
    try:
        digest, _, text = path.read_bytes().partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() != digest:
            return NOTHING
        found = json.loads(text)
        return Memory(
            {
                name: Built(key, tuple(anchors), tuple(map(tuple, links)))
                for name, (key, anchors, links) in found["pages"]
            },
            {name: (size, time) for name, size, time in found["files"]},
            {name: (size, time) for name, size, time in found["sources"]},
        )
    except (OSError, ValueError, TypeError, KeyError):
        return NOTHING


def _remember(path: Path, memory: Memory) -> None:
    """Keep *memory* for the next build, with a digest of itself."""
    text = json.dumps(
        {
            "pages": [(name, (one.key, one.anchors, one.links)) for name, one in memory.pages.items()],
            "files": [(name, *stamp) for name, stamp in memory.files.items()],
            "sources": [(name, *stamp) for name, stamp in memory.sources.items()],
        }
    ).encode()
    keep(path, hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
