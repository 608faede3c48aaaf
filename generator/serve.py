"""The site on a loopback address while data/ and docs/ are edited: each save is built, and open pages show it.

The server is MkDocs' own, which looks below site/ only; the builds are those of `site`, so that a save costs what it
changed, and what is served is what a build makes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import site
from generator.policy import unsealed
from generator.write import by_hand, is_by_hand

SETTLED = 0.05
"""For how long nothing must change before a build starts, in seconds: editors write a file in more than one step."""


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

    *told* gets a line on each build. Raises mkdocs.exceptions.Abort where there is no site and none can be made.
    """
    config = load_config(str(config_file))
    root = config_file.resolve().parent
    mount = urlsplit(config.site_url or "/").path

    def build() -> None:
        told(str(site.build(config_file)))

    build()
    server = Server(build, host, port, Path(config.site_dir), Path(config.docs_dir), mount)
    server.error_handler = lambda code: _error_page(Path(config.site_dir), code)
    for path in (Path(config.docs_dir), config_file.resolve(), root / "generator" / "theme"):
        server.watch(str(path))
    logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
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
