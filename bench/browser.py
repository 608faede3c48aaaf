"""The browser that measurements and tests of the site use: Chromium, as the machine has it."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
NONE = f"no browser: none of {', '.join(NAMES)} is on the path; on Debian, `apt install chromium`"


def chromium() -> str | None:
    """Return the path of the program, or None where there is none: then NONE is what to say."""
    return next(filter(None, map(shutil.which, NAMES)), None)
