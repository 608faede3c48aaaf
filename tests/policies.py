"""What a page tells the browser to let run, taken apart."""

from __future__ import annotations

import base64
import hashlib
import re


def digest(script: str) -> str:
    """Return the source expression that names *script* in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy_of(page: str) -> dict[str, list[str]]:
    """Return the values of each directive in the policy of *page*."""
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return {name: values for name, *values in (one.split() for one in content.split(";") if one.strip())}
