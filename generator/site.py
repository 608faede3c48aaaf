"""docs/ -> site/ by MkDocs' own parts, but only of what has changed, and the whole site at once or none of it.

`mkdocs build` makes the same files. This remembers, in .cache/, what each file of the site was made from. One is taken
over where its source, the settings, the theme and the packages are as they were, and so is the file. The new site grows
in a folder of its own and takes the place of the old one when it is whole. What that folder has from the build before
the last stays there where it is still right: a folder need not be filled anew for a single edit.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import mkdocs.commands.build as parts
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import policy, processes
from generator.load import recalled
from generator.markup import SIGN
from generator.memory import CACHE, keeping_all, pack
from generator.targets import Stamp
from generator.write import keep, stamps

PACKAGES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "mkdocs-material-extensions", "pymdown-extensions")
"""Whose versions decide what a page looks like, beside our own code."""
WORTH_IT = 60
"""From how many pages on a second process makes up for its start."""
CIRCLES = 20
"""After so many pages what they left in circles is looked for; nothing else is during a build (`keeping_all`)."""


class Built(NamedTuple):
    """A page of the site: the digest of all paths where these count; its anchors, and its links to anchors, packed."""

    listing: str
    packed: bytes

    @classmethod
    def of(cls, listing: str, anchors: Iterable[str], links: Iterable[tuple[str, str, str]]) -> Built:
        """Return the page with these *anchors*; a link has the page below docs/, the anchor, and itself as written."""
        return cls(listing, f"{json.dumps(sorted(anchors))}\n{json.dumps(sorted(links))}".encode())

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(json.loads(self.packed.partition(b"\n")[0]))

    @property
    def links(self) -> Sequence[tuple[str, str, str]]:
        return [(to, anchor, written) for to, anchor, written in json.loads(self.packed.partition(b"\n")[2])]


@dataclass(frozen=True)
class Memory:
    """What the last build left: its pages, the stamps of what they and other files were made from, and of the site.

    *pages* and *sources* go by the path below docs/, *files* by that below site/.
    """

    pages: Mapping[str, Built] = field(default_factory=dict)
    sources: Mapping[str, Stamp] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)

    @classmethod
    def read(cls, parts: Mapping[str, bytes]) -> Memory:
        """Return what *parts* hold, which `parts` of another build gave; nothing where they are none."""
        if not parts:
            return cls()
        found = {name: json.loads(parts[name]) for name in ("listings", "sources", "files")}
        return cls(
            {path: Built(listing, parts[f"docs/{path}"]) for path, listing in found["listings"].items()},
            *({name: (size, time) for name, (size, time) in found[one].items()} for one in ("sources", "files")),
        )

    def parts(self) -> dict[str, bytes]:
        """Return all of it as bytes, by name; what is known of a page stays packed until somebody asks."""
        whole = {"listings": {path: one.listing for path, one in self.pages.items()}, "sources": self.sources}
        pages = {f"docs/{path}": one.packed for path, one in self.pages.items()}
        return {**{name: json.dumps(value).encode() for name, value in {**whole, "files": self.files}.items()}, **pages}


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
    with _alone(cache / "build.lock"), keeping_all():
        new, old = cache / "site.next", cache / "site.old"
        if old.exists() and not site.exists():
            old.rename(site)  # a build was stopped between its last two steps
        shutil.rmtree(old, ignore_errors=True)
        if new.is_symlink() or not new.is_dir():
            new.unlink(missing_ok=True)
            new.mkdir()
        config.site_dir = str(new)
        templates = cache / "templates"
        templates.mkdir(exist_ok=True)
        made_by = _settings(config)
        memory = Memory.read(recalled(cache / "site", made_by))
        done, memory = _Build(config, site, templates, memory).run()
        if site.exists():
            _put_in_place_of(site, new, old)
        else:
            new.rename(site)
        keep(cache / "site", pack(made_by, memory.parts()))
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

    The new folder may hold what an earlier build left. *templates* is a folder for the theme's templates in the form in
    which they run.
    """

    def __init__(self, config: MkDocsConfig, site: Path, templates: Path, before: Memory) -> None:
        self.config, self.site, self.templates, self.before = config, site, templates, before
        self.new = Path(config.site_dir)
        others = set(config.plugins) - set(config.hooks)  # a plugin may want to see every page, in one process
        self.whole = bool(others)
        found = stamps(site)
        self.as_it_was = {path: stamp for path, stamp in found.items() if before.files.get(path) == stamp}
        """The files of the site so far that nobody changed."""
        self.made = 0
        self.kept: set[str] = set()
        """The paths below site/ of what is taken over."""
        self.warned = False

    def run(self) -> tuple[Done, Memory]:
        try:
            with _warnings() as warnings:
                memory = self._run()
            if self.warned or warnings.get_counts():
                raise Abort("warnings, see above; the site stays as it was")
            return Done(self.made, len(self.kept)), memory
        except Exception as error:
            self.config.plugins.on_build_error(error=error)
            if isinstance(error, BuildError):
                raise Abort(f"{error}; the site stays as it was") from error
            raise

    def _run(self) -> Memory:
        config = self.config = self.config.plugins.on_config(self.config)
        config.plugins.on_pre_build(config=config)
        env = config.theme.get_env()
        env.loader = _ThemeFiles(config.theme.dirs)
        env.bytecode_cache = FileSystemBytecodeCache(str(self.templates))
        files = get_files(config)
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
        sources = {file.src_uri: _stamp(file.abs_src_path) for file in files if file.abs_src_path}
        same = {path for path, stamp in sources.items() if self.before.sources.get(path) == stamp}
        pages, todo = self._pages(files, same)
        copies = [
            file
            for file in files
            if not (file.is_documentation_page() or file.inclusion is InclusionLevel.EXCLUDED)
            and not (file.src_uri in same and self._keep(file.dest_uri))
        ]
        self.made = len(todo) + len(copies)
        self._take_over()
        made = set()
        for src, one, warned in self._make(todo, files, nav, env):
            pages[src] = one
            made.add(src)
            self.warned |= warned
        self._check_anchors(pages, made)
        for file in copies:
            file.copy_file()
        for template in config.theme.static_templates:
            parts._build_theme_template(template, env, files, config, nav)
        for template in config.extra_templates:
            parts._build_extra_template(template, files, config, nav)
        config.plugins.on_post_build(config=config)
        return Memory(pages, sources, stamps(self.new))

    def _pages(self, files: Files, same: Collection[str]) -> tuple[dict[str, Built], list[tuple[File, str]]]:
        """Return what is known of the pages that are taken over, and which must be made, with the listing they rest on.

        The Markdown of those at the paths *same* is what it was.
        """
        listing = hashlib.sha256("\n".join(sorted(file.src_uri for file in files)).encode()).hexdigest()
        pages: dict[str, Built] = {}
        todo: list[tuple[File, str]] = []
        for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
            if file.page is None:
                Page(None, file, self.config)
            known = self.before.pages.get(file.src_uri) if file.src_uri in same and not self.whole else None
            if known and known.listing in ("", listing) and self._keep(file.dest_uri):
                pages[file.src_uri] = known
            else:
                # A page by hand may have a link to one that comes or goes; what is generated goes with that.
                todo.append((file, "" if SIGN.encode() in file.content_bytes[:200] else listing))
        return pages, todo

    def _keep(self, path: str) -> bool:
        """Take the file at *path* over from the site so far, if it is still what was written; say whether it is."""
        if path in self.as_it_was:
            self.kept.add(path)
            return True
        return False

    def _take_over(self) -> None:
        """See that the new folder holds just what is kept."""
        right = _cleared(self.new, {path: self.as_it_was[path] for path in self.kept})
        for path in self.kept - right:
            _linked(self.site / path, self.new / path)

    def _make(self, todo: list[tuple[File, str]], files: Files, nav: Navigation, env: Environment) -> Iterable[_Made]:
        """Make the pages *todo* with the listings beside them, in more than one process where that pays."""
        listed = files.documentation_pages(inclusion=InclusionLevel.is_included)

        def make(at: int) -> _Made:
            file, listing = todo[at]
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
            built = Built.of(listing, page.present_anchor_ids or (), links)
            page.content = page.markdown = None  # all pages at once would be the most of the memory
            if at % CIRCLES == CIRCLES - 1:
                gc.collect(0)
            return file.src_uri, built, bool(warnings.get_counts())

        if len(todo) < WORTH_IT or self.whole or not processes.possible():
            return map(make, range(len(todo)))
        todo.sort(key=lambda one: -len(one[0].content_bytes))  # the large ones first, so that all end at about once
        return processes.spread(make, len(todo))

    def _check_anchors(self, pages: Mapping[str, Built], made: Collection[str]) -> None:
        """Warn of links to anchors that are not there: on pages *made* now, and on all *pages* if one lost an anchor.

        What was taken over had none when it was made: there would be no memory of it.
        """
        anchors = cache(lambda path: pages[path].anchors)
        lost = any(self.before.pages[path].anchors - anchors(path) for path in made if path in self.before.pages)
        level = self.config.validation.links.anchors
        for path in sorted(pages if lost else made):
            for to, anchor, written in pages[path].links:
                if to in pages and anchor not in anchors(to):
                    message = f"Doc file '{path}' contains a link '{written}', but '{to}' has no anchor '#{anchor}'."
                    logging.getLogger("mkdocs.structure.pages").log(level, message)


class _ThemeFiles(FileSystemLoader):
    """The files of a theme, listed without its hidden folders: none goes into a site, and Material has 14,000 icons."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for at, folders, files in os.walk(folder):
                folders[:] = [one for one in folders if not one.startswith(".")]
                found.update(Path(at, one).relative_to(folder).as_posix() for one in files)
        return sorted(found)


def _settings(config: MkDocsConfig) -> str:
    """Return a digest of all that every page is made from: the settings, the theme, this code and the packages."""
    settings = Path(config.config_file_path)
    theme = sorted(Path(config.theme.custom_dir).rglob("*")) if config.theme.custom_dir else []
    made_from = [settings, *theme, *(settings.parent / name for name in config.hooks)]
    made_from += [Path(__file__), Path(policy.__file__)]
    digest = hashlib.sha256(repr(sys.version_info).encode())
    for path in made_from:
        if path.is_file():
            digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()


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


def _put_in_place_of(site: Path, new: Path, old: Path) -> None:
    """Let the folders *new* and *site* change places: in one step where the system has such a step, else by *old*."""
    if not _exchanged(new, site):
        site.rename(old)
        new.rename(site)
        old.rename(new)


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


def _cleared(folder: Path, wanted: Mapping[str, Stamp]) -> set[str]:
    """Remove all below *folder* but the files that are *wanted*, by path with their stamps; return what paths stay.

    Links go, wherever they lead: nothing must be written through them.
    """
    found: set[str] = set()

    def clear(at: str, below: str) -> None:
        with os.scandir(at) as entries:
            for one in list(entries):
                path = below + one.name
                if one.is_dir(follow_symlinks=False):
                    clear(one.path, f"{path}/")
                    with contextlib.suppress(OSError):  # where something stays in it
                        os.rmdir(one.path)
                elif path in wanted and not one.is_symlink() and _stamp(one.path) == wanted[path]:
                    found.add(path)
                else:
                    os.unlink(one.path)

    clear(str(folder), "")
    return found


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
