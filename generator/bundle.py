"""The built site -> one zip that opens from the disk, without a server: links lead to files, not to folders.

The same site makes the same bytes: files in order, one date for all, nothing of the machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

TOP: Final = "summit-record/"
"""The folder in the zip that holds everything."""

WITHOUT: Final = ("404.html", "opensearch.xml", "robots.txt", "sitemap.xml", "sitemap.xml.gz")
"""Files that mean something to a server or a search engine only."""

DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can tell."""

_LINK = re.compile(r'(?P<before>\s(?:href|action|xlink:href)="|;\s*url=)(?P<path>[^"#?]*)(?P<rest>[^"]*")')


def bundle(site: Mapping[str, bytes]) -> bytes:
    """Return the zip of *site*, its files by path below its top."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(site):
            if path in WITHOUT or path.endswith(".map"):
                continue
            content = for_disk(site[path].decode()).encode() if path.endswith(".html") else site[path]
            about = zipfile.ZipInfo(TOP + path, DATE)
            about.create_system = 3  # Unix, wherever it is made
            about.external_attr = 0o644 << 16
            archive.writestr(about, content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def for_disk(html: str) -> str:
    """Return the page *html* with `index.html` in each link to a folder of the site."""

    def lead(match: re.Match[str]) -> str:
        path = match["path"]
        if not path and match["rest"] != '"' and match["rest"][0] == "#":
            return match[0]
        if re.match(r"[a-z]+:|//", path, re.IGNORECASE) or path.rpartition("/")[2] not in ("", ".", ".."):
            return match[0]
        folder = path if path.endswith("/") or not path else f"{path}/"
        return f"{match['before']}{folder}index.html{match['rest']}"

    return _LINK.sub(lead, html)
