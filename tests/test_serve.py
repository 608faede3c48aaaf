"""Which saved files make `serve` build anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileModifiedEvent

from generator import write as write_module
from generator.markup import SIGN
from generator.serve import Server

GENERATED = f"---\n# {SIGN}\ntitle: Fog\n---\n\nFog.\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a server that listens to nobody, of a site in tmp_path."""
    docs = tmp_path / "docs"
    for path, text in {"about.md": "# About\n", "topics/fog.md": GENERATED, "api/v1/fog.json": "{}"}.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")
    made = Server(lambda: None, "127.0.0.1", 0, tmp_path / "site", docs, "/")
    try:
        yield made
    finally:
        made.server_close()


def builds_after(server: Server, path: str) -> bool:
    server._want_rebuild = False
    server._changed(FileModifiedEvent(str(server.docs.parent / path)))
    return server._want_rebuild


def test_a_saved_page_is_built_and_what_builds_write_is_not(server: Server) -> None:
    assert builds_after(server, "docs/about.md")
    assert builds_after(server, "data/facts.yml")
    assert not builds_after(server, "docs/topics/fog.md")
    assert not builds_after(server, "docs/api/v1/fog.json")
    assert not builds_after(server, "docs/.staging/3")
    assert not builds_after(server, "docs/about.md~")


def test_a_page_that_comes_or_goes_counts_and_one_that_was_never_written_by_hand_does_not(server: Server) -> None:
    (server.docs / "new.md").write_text("# New\n", encoding="utf-8")
    assert builds_after(server, "docs/new.md")
    (server.docs / "about.md").unlink()
    (server.docs / "topics" / "fog.md").unlink()

    assert builds_after(server, "docs/about.md")
    assert not builds_after(server, "docs/topics/fog.md")
    assert not builds_after(server, "docs/about.md")


def test_a_change_costs_a_look_at_that_file_and_not_at_all_others(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, generated = [], write_module._generated
    monkeypatch.setattr(write_module, "_generated", lambda file, path: looked.append(path) or generated(file, path))

    builds_after(server, "docs/topics/fog.md")

    assert looked == ["topics/fog.md"]
