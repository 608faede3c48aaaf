"""The site on a loopback address while data/ and docs/ are edited: each save is built, and open pages show it.

The server is MkDocs' own, which looks below site/ only; the builds are those of `site`, so that a save costs what it
changed, and what is served is what a build makes. They run in a process of their own.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import site
from generator.policy import unsealed
from generator.write import by_hand, is_by_hand

PATIENCE = 5
"""How long a process gets to end by itself, in seconds."""
SETTLED = 0.05
"""For how long nothing must change before a build starts, in seconds: editors write a file in more than one step."""


class Stopped(Abort):
    """A build that stopped; *problems* are what to show over the pages, a line each."""

    def __init__(self, message: str, problems: Sequence[str]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class Builder:
    """A process that builds the site of *config_file* when it is asked to, and is quicker each time after the first.

    No thread of the server is beside it there: none takes its time, and it can start a second process (`targets`).
    """

    def __init__(self, config_file: Path) -> None:
        self.config_file = config_file
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        was = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C while it imports would end it with a traceback
        self._line, theirs = context.Pipe()
        self._process = context.Process(
            target=_build_when_asked, args=(self.config_file, theirs, was is not signal.SIG_IGN)
        )
        try:
            self._process.start()
        finally:
            signal.signal(signal.SIGINT, was)
            theirs.close()

    def build(self) -> str:
        """Build the site and return what came of it, in words; raises Stopped where nothing did."""
        if not self._process.is_alive():
            self.close()
            self._start()
        try:
            self._line.send(None)
            while not self._line.poll(1):
                if not self._process.is_alive() and not self._line.poll():  # what it had started may hold its end
                    raise EOFError
            done, words, problems = self._line.recv()
        except (EOFError, OSError):
            words = "the process that builds was killed, perhaps for want of memory; try again"
            raise Stopped(words, [words]) from None
        if not done:
            raise Stopped(words, problems)
        return str(words)

    def close(self) -> None:
        """End the process: of itself where it has no build to end, or else soon; the site stays whole in any case."""
        self._line.close()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _build_when_asked(config_file: Path, line: Connection, stops: bool) -> None:
    """Build the site for each message that comes over *line*, and send back what came of it, until nobody listens.

    Ctrl+C *stops* it, unless the server that started it takes no notice of that either.
    """
    if stops:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            line.recv()
            if not line.poll():  # else the server has ended meanwhile
                line.send(_built(config_file))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _built(config_file: Path) -> tuple[bool, str, Sequence[str]]:
    """Build the site; return whether it is done, what came of it in words, and the problems with it, a line each."""
    try:
        return True, str(site.build(config_file)), ()
    except MkDocsException as error:
        return False, str(error), getattr(error, "problems", ()) or (str(error),)
    except OSError as error:
        words = f"{error.strerror or error}: {error.filename or ''}"
        return False, words, (words,)
    except Exception as error:
        traceback.print_exc()
        words = f"a fault of the generator, {type(error).__name__}: {error}; the terminal has more"
        return False, words, (words,)


class Server(LiveReloadServer):
    """Serves *root* and builds anew when what was written by hand changes, as the system tells at once."""

    def __init__(self, builder: Callable[[], None], host: str, port: int, root: Path, docs: Path, mount: str) -> None:
        super().__init__(builder, host, port, str(root), mount)
        self.build_delay = SETTLED
        self.observer: Any = Observer()
        self.docs = docs
        self.hand_written = set(by_hand(docs))

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Build anew when something below *path* changes; what builds themselves write below docs/ does not count."""
        handler = FileSystemEventHandler()
        handler.on_any_event = self._changed  # type: ignore[method-assign]
        self._watched_paths[path] = 1  # MkDocs' server looks here whether anything is watched
        folder = Path(path)
        self.observer.schedule(handler, str(folder if folder.is_dir() else folder.parent), recursive=folder.is_dir())

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Return the page *content* with the script that reloads it, and with leave for it to run."""
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        return unsealed(page)

    def _changed(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type not in ("modified", "created", "deleted", "moved"):
            return
        if any(self._counts(Path(str(path))) for path in (event.src_path, event.dest_path) if path):
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def _counts(self, path: Path) -> bool:
        """Say whether the file at *path* is of those that a person writes."""
        if any(part.startswith(".") for part in path.parts[-2:]) or path.name.endswith("~"):
            return False
        if not path.is_relative_to(self.docs):
            return True
        was = path in self.hand_written
        if is_by_hand(path, self.docs):
            self.hand_written.add(path)
            return True
        self.hand_written.discard(path)
        return was


def serve(config_file: Path, host: str, port: int, told: Callable[[str], None]) -> None:
    """Build the site of *config_file* and serve it at *host*, a loopback address, and *port* until Ctrl+C.

    *told* gets a line on each build. Raises mkdocs.exceptions.Abort where the first one comes to nothing.
    """
    config = load_config(str(config_file))
    root = config_file.resolve().parent
    mount = urlsplit(config.site_url or "/").path
    with closing(Builder(config_file)) as builder:

        def build() -> None:
            told(f"site/: {builder.build()}")

        build()
        server = Server(build, host, port, Path(config.site_dir), Path(config.docs_dir), mount)
        server.error_handler = lambda code: _error_page(Path(config.site_dir), code)
        for path in (Path(config.docs_dir), config_file.resolve(), root / "generator" / "theme"):
            server.watch(str(path))
        logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # it calls its own end an error
        config.plugins.on_serve(server, config=config, builder=build)
        told(f"serving at {server.url} (Ctrl+C ends it)")
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            told("")
        finally:
            server.shutdown()


def _error_page(folder: Path, code: int) -> bytes | None:
    """Return the page of the site for a request that failed with *code*, if it has one."""
    page = folder / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
