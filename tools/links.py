"""Says what became of every address outside the site: ok, moved, blocked to robots, or dead.

A report and never a verdict: a link of a source that died is still where the words were read, so the exit status is 0
whatever is found. `python -m tools.links [SITE]` reads the pages of site/ and prints Markdown; --json writes a file.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import socket
import ssl
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

STATES = ("dead", "moved", "blocked", "ok")
AGENT = "Mozilla/5.0 (compatible; summit-record-links/1; reads one page a night, follows no further link)"
REFUSED = frozenset((401, 402, 403, 405, 406, 407, 418, 429, 451, 503, 999))
"""Answers that are for robots, or for whoever asks too often; a person may well see the page."""
MOVED = frozenset((301, 308))
ON_THE_WAY = frozenset((302, 303, 307))
REDIRECTS = 8


@dataclass(frozen=True)
class Link:
    """What became of the address *url*, which stands on *page* first: its *state*, and *why* in words."""

    url: str
    page: str
    state: str
    why: str


class _Anchors(HTMLParser):
    """Collects the addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def outside(site: Path) -> dict[str, str]:
    """Return the addresses outside *site* that its pages link to, each with the first page that does."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Anchors()
        parser.feed(path.read_text(encoding="utf-8"))
        for href in parser.found:
            if href.startswith(("http://", "https://")):
                found.setdefault(urldefrag(href)[0], path.relative_to(site).as_posix())
    return found


def ask(url: str, seconds: float = 20) -> tuple[str, str]:
    """Return the state of *url* and why, after at most two tries."""
    state, why = _ask(url, seconds)
    if why.startswith("no answer"):
        state, why = _ask(url, seconds)
    return state, why


def _ask(url: str, seconds: float) -> tuple[str, str]:
    at, moved = url, ""
    for _ in range(REDIRECTS):
        try:
            status, location = _get(at, seconds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return "dead", f"no answer: {_short(error)}"
        if location and status in MOVED | ON_THE_WAY:
            at = urljoin(at, location)
            if status in MOVED:
                moved = at
            if urlsplit(at).scheme not in ("http", "https"):
                return "dead", f"leads to {at}"
        elif status in REFUSED:
            return "blocked", f"{status} {http.client.responses.get(status, '')}".strip()
        elif 200 <= status < 300:
            return ("moved", moved) if moved and not _alike(url, moved) else ("ok", str(status))
        else:
            return "dead", f"{status} {http.client.responses.get(status, '')}".strip()
    return "dead", f"more than {REDIRECTS} redirections"


def _get(url: str, seconds: float) -> tuple[int, str | None]:
    """Return status and Location of the answer to one GET of *url*; what it holds is not read."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=seconds)
    try:
        path = re.sub(r"[^!-~]", _percent, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        connection.request("GET", path, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")
    finally:
        connection.close()


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _alike(url: str, other: str) -> bool:
    """Say whether the two differ in the scheme only, or in a slash at the end: nothing that an editor would mend."""
    return url.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")


def _short(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host"
    return (str(error) or type(error).__name__)[:120]


def report(urls: Mapping[str, str], seconds: float = 20, pause: float = 1) -> list[Link]:
    """Return what became of each of *urls*; a host is asked one thing at a time, with a *pause* between two."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)

    def of_host(several: Iterable[str]) -> list[Link]:
        links = []
        for number, url in enumerate(several):
            if number:
                time.sleep(pause)
            links.append(Link(url, urls[url], *ask(url, seconds)))
        return links

    with ThreadPoolExecutor(max_workers=8) as pool:
        found = [link for links in pool.map(of_host, by_host.values()) for link in links]
    return sorted(found, key=lambda link: (STATES.index(link.state), link.url))


def as_markdown(links: Iterable[Link]) -> Iterator[str]:
    """Yield the lines of a report: the numbers, then what needs a look."""
    several = list(links)
    yield "## Links to other sites"
    yield ""
    yield ", ".join(f"{sum(one.state == state for one in several)} {state}" for state in reversed(STATES))
    yield ""
    yield "| State | Address | Why | First on |"
    yield "| --- | --- | --- | --- |"
    for one in several:
        if one.state != "ok":
            cells = (one.state, f"<{one.url}>", one.why, one.page)
            yield "| " + " | ".join(cell.replace("|", "&#124;").replace("\n", " ") for cell in cells) + " |"


def main(arguments: list[str]) -> int:
    """Print the report that *arguments* ask for, and return the exit status: 0, or 2 without a site."""
    parser = argparse.ArgumentParser(prog="tools.links", description=__doc__.partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"), help="the built site (default: site/)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every link with its state there")
    options = parser.parse_args(arguments)
    if not options.site.is_dir():
        print(f"no folder {options.site}; build the site first", file=sys.stderr)
        return 2
    links = report(outside(options.site))
    print("\n".join(as_markdown(links)))
    if options.json:
        text = json.dumps([asdict(one) for one in links], indent=1, ensure_ascii=False) + "\n"
        options.json.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
