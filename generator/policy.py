"""The page as MkDocs made it -> the page with a policy that lets its own inline scripts run, and no other."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
"""A script that stands in the page; a block of data has a type, and none runs."""

_ALL = re.compile(r"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*script-src [^;\"]*)'unsafe-inline'")

_SCRIPTS = re.compile(rb"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*script-src)[^;\"]*")


def sealed(page: str) -> str:
    """Return *page* with the SHA-256 of each of its scripts in its policy, in place of a leave for all (CSP 3)."""
    bodies = dict.fromkeys(_INLINE.findall(page))
    hashes = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies)
    return _ALL.sub(lambda found: found[1] + " ".join(f"'sha256-{one}'" for one in hashes), page, count=1)


def unsealed(page: bytes) -> bytes:
    """Return *page* with leave for all inline scripts: while editing, the server adds one that reloads it."""
    return _SCRIPTS.sub(rb"\1 'self' 'unsafe-inline'", page, count=1)
