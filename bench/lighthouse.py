"""How Lighthouse rates site/ on a phone: `python -m bench.lighthouse LIGHTHOUSE-CLI`, after a build; needs Chromium.

Prints the four figures of each page. Ends with 1 where accessibility, best practices or SEO is below 100, or
performance, the median of three runs, below 95.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from bench.browser import NONE, chromium
from bench.serving import StaticHost, served

SITE = Path(__file__).resolve().parents[1] / "site"
PAGES = ("", "summits/2021-brussels/", "leaders/joe-biden/", "facts/")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Compressed(StaticHost):
    """Serves site/ as a web host does: compressed, and kept for a day."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | None:
        """Answer with the file, compressed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        content, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(200)
        if kind.startswith("text/") or kind.endswith(("json", "javascript", "xml")):
            content = gzip.compress(content, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=86400")
        self.end_headers()
        return io.BytesIO(content)


def rate(lighthouse: str, address: str) -> dict[str, float]:
    """Return the figures, 0 to 100, that the program *lighthouse* gives the page at *address*."""
    command = ["node", lighthouse, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    environment = {"CHROME_PATH": chromium() or "", **os.environ}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report = json.loads(done.stdout)
    for category in report["categories"].values():
        for one in category["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and category["id"] != "performance" and audit["score"] not in (None, 1):
                print(f"    {category['id']}: {audit['title']}")
    return {name: 100 * report["categories"][name]["score"] for name in LEAST}


def main(lighthouse: str) -> int:
    """Print the figures of each page and return the exit status."""
    if not (chromium() or "CHROME_PATH" in os.environ):
        sys.exit(f"lighthouse.py: {NONE}")
    enough = True
    with served(SITE, Compressed) as site:
        for page in PAGES:
            runs = [rate(lighthouse, site + page) for _ in range(RUNS)]
            figures = {name: statistics.median(run[name] for run in runs) for name in LEAST}
            print(f"/{page}:", ", ".join(f"{name} {value:.0f}" for name, value in figures.items()), flush=True)
            enough = enough and all(round(figures[name]) >= least for name, least in LEAST.items())
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
