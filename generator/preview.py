"""What `serve` shows of a build that stopped: what is wrong, over every page of the last site that could be built."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SHOWN = 20
"""How many problems fit over a page; the terminal has them all."""

_STYLE = (
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:60vh;overflow:auto;padding:1rem 1.2rem;background:#7a1712;"
    "color:#fff;font:14px/1.5 ui-monospace,monospace;overflow-wrap:anywhere"
)


class Overlay:
    """A WSGI application: *site*, and while there are *problems*, these over each of its HTML pages."""

    def __init__(self, site: WSGIApplication) -> None:
        self.site = site
        self.problems: tuple[str, ...] = ()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        problems = self.problems
        if not problems or environ["PATH_INFO"].startswith("/livereload/"):
            return self.site(environ, start_response)
        answered: list[tuple[str, list[tuple[str, str]]]] = []

        def answer(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None = None,
            /,
        ) -> Any:
            answered.append((status, headers))

        parts = self.site(environ, answer)
        status, headers = answered[-1]
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            start_response(status, headers)
            return parts
        page = over(b"".join(parts), problems)
        if hasattr(parts, "close"):
            parts.close()
        others = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*others, ("Content-Length", str(len(page)))])
        return [page]


def over(page: bytes, problems: Sequence[str]) -> bytes:
    """Return the HTML *page* with *problems*, a line each, over it."""
    more = [f"… and {len(problems) - SHOWN} more, in the terminal"] if len(problems) > SHOWN else []
    lines = "<br>".join(html.escape(line) for line in (*problems[:SHOWN], *more))
    box = (
        f'<div role="alert" id="broken-data" style="{_STYLE}"><strong>What was saved '
        f"last could not be built. This is the site as it was before.</strong><br>{lines}</div>"
    ).encode()
    before, end, after = page.rpartition(b"</body>")
    return before + box + end + after if end else page + box
