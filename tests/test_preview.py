from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.preview import SHOWN, Overlay

PROBLEM = "data/topics/fog.yml:1:1: unknown key '<b>'; did you mean 'name'? (unknown-key)"

Answer = Callable[..., Any]


def site(environ: dict[str, Any], start_response: Answer) -> list[bytes]:
    """A site of one page, with a picture and a poll that would wait."""
    page = environ["PATH_INFO"].endswith("/")
    body = b"<html><body><p>Fog</p></body></html>" if page else b"</body>"
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8" if page else "image/svg+xml")])
    return [body]


def asked(overlay: Overlay, path: str) -> tuple[dict[str, str], str]:
    got: list[dict[str, str]] = []
    body = overlay({"PATH_INFO": path}, lambda status, headers, *_: got.append(dict(headers)))  # type: ignore[arg-type, func-returns-value]
    return got[-1], b"".join(body).decode()


def test_a_site_without_problems_is_served_as_it_is() -> None:
    assert asked(Overlay(site), "/")[1] == "<html><body><p>Fog</p></body></html>"


def test_problems_stand_over_the_last_good_page_as_text() -> None:
    overlay = Overlay(site)
    overlay.problems = (PROBLEM,)

    headers, page = asked(overlay, "/")

    assert "<p>Fog</p>" in page
    assert "unknown key &#x27;&lt;b&gt;&#x27;" in page
    assert page.endswith("</div></body></html>")
    assert headers["Content-Length"] == str(len(page.encode()))


def test_what_is_no_page_is_left_alone() -> None:
    overlay = Overlay(site)
    overlay.problems = (PROBLEM,)

    assert asked(overlay, "/mark.svg")[1] == "</body>"
    assert asked(overlay, "/livereload/1/2")[1] == "</body>"


def test_many_problems_are_numbered() -> None:
    overlay = Overlay(site)
    overlay.problems = (PROBLEM,) * (SHOWN + 3)

    assert "… and 3 more" in asked(overlay, "/")[1]
