"""A web server of this process, on the loopback interface alone, for as long as somebody measures, tests or draws."""

from __future__ import annotations

import contextlib
import functools
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class StaticHost(SimpleHTTPRequestHandler):
    """Serves a folder, without a word, as hosts of static sites do: what does not exist is answered with 404.html."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the figures, or the browser's own log, are what counts."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where there is nothing, and with Python's in other cases."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """A server that, once closed, has left no thread behind, also none that waits for a browser to ask for more."""

    daemon_threads = False  # those are not waited for

    def __init__(self, handler: Callable[..., socketserver.BaseRequestHandler]) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of an error, but not of a browser that went away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        for one in self.connections.copy():
            with contextlib.suppress(OSError):  # it went away meanwhile
                one.shutdown(socket.SHUT_RDWR)
        super().server_close()


@contextlib.contextmanager
def answered(handler: Callable[..., socketserver.BaseRequestHandler]) -> Iterator[str]:
    """Give the address of a server, with a slash at its end, whose requests *handler* answers meanwhile."""
    with Server(handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = StaticHost) -> Iterator[str]:
    """Give the address of a server, with a slash at its end, that gives out what is in *folder* meanwhile."""
    with answered(functools.partial(handler, directory=folder)) as address:
        yield address
