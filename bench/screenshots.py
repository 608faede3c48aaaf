"""site/ -> docs/assets/screenshots/: the pictures of the site that README.md shows.

Run by `python3 noxfile.py -s screenshots` after a build, and its pictures committed, when the looks of the site change.
The pages come from a server of this process on 127.0.0.1; Chromium draws them and asks nobody else.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from bench.browser import NONE, chromium
from bench.serving import served

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
PICTURES = ROOT / "docs" / "assets" / "screenshots"
MAX_BYTES = 250_000


@dataclass(frozen=True)
class Picture:
    """A picture: its file's *name*, the *page* it shows, below the top of the site, and the window it is seen in."""

    name: str
    page: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


TAKEN = (
    Picture("home-light.png", "", 1440, 900, "light"),
    Picture("summit-dark.png", "summits/2021-brussels/", 390, 844, "dark"),
)


def take(pictures: tuple[Picture, ...], browser_path: str) -> None:
    """Write *pictures* of the built site, drawn by the browser at *browser_path*."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
    with served(SITE) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        for picture in pictures:
            context = browser.new_context(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme=picture.scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(site + picture.page, wait_until="networkidle")
            page.screenshot(path=PICTURES / picture.name, animations="disabled")
            context.close()
        browser.close()


def main() -> int:
    """Take the pictures and return the exit status: 1 where one is too big for a README, 2 where none can be taken."""
    browser = chromium()
    missing = [picture.page for picture in TAKEN if not (SITE / picture.page / "index.html").is_file()]
    if not browser:
        print(f"screenshots.py: {NONE}", file=sys.stderr)
        return 2
    if missing:
        print(f"screenshots.py: no page site/{missing[0]}; run `python3 noxfile.py -s build` first", file=sys.stderr)
        return 2
    take(TAKEN, browser)
    sizes = {picture.name: (PICTURES / picture.name).stat().st_size for picture in TAKEN}
    for name, size in sizes.items():
        print(f"{(PICTURES / name).relative_to(ROOT)}: {size:,} bytes, at most {MAX_BYTES:,}", file=sys.stderr)
    return 1 if any(size > MAX_BYTES for size in sizes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
