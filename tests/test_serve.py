"""Which saved files make `serve` build anew, and the process that builds."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_build import project
from watchdog.events import FileModifiedEvent

from generator import serve
from generator import write as write_module
from generator.markup import SIGN
from generator.serve import Builder, Server, Stopped

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


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    """Return a process that builds the small site in tmp_path / "project"."""
    made = Builder(project(tmp_path / "project") / "mkdocs.yml")
    try:
        yield made
    finally:
        made.close()


def test_a_broken_file_stops_the_build_and_the_mended_one_is_built(builder: Builder, tmp_path: Path) -> None:
    builder.build()
    topic, page = (tmp_path / "project" / one for one in ("data/topics/ferries.yml", "site/topics/ferries/index.html"))
    good, before = topic.read_text(encoding="utf-8"), page.read_bytes()

    topic.write_text(good.replace("name:", "nmae:"), encoding="utf-8")
    with pytest.raises(Stopped, match=r"^the data has problems; the site stays as it was$") as stopped:
        builder.build()
    (problem,) = stopped.value.problems
    assert problem.startswith("data/topics/ferries.yml:1:1: unknown key 'nmae'")
    assert page.read_bytes() == before

    topic.write_text(good.replace("name: Ferries", "name: Night ferries"), encoding="utf-8")
    assert "files made" in builder.build()
    assert b"Night ferries" in page.read_bytes()


def test_settings_that_cannot_be_read_stop_the_build_and_not_the_process(builder: Builder, tmp_path: Path) -> None:
    settings = tmp_path / "project" / "mkdocs.yml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good.replace("plugins: []", "plugins: [nothing]"), encoding="utf-8")

    with pytest.raises(Stopped) as stopped:
        builder.build()
    assert stopped.value.problems

    settings.write_text(good, encoding="utf-8")
    assert "files made" in builder.build()


def test_a_process_that_was_killed_while_it_waited_is_replaced(builder: Builder) -> None:
    builder._process.kill()
    builder._process.join()

    assert "files made" in builder.build()


def test_a_process_that_is_killed_while_it_builds_is_noticed_also_when_something_else_holds_its_line(
    builder: Builder,
) -> None:
    builder._line, held = multiprocessing.Pipe()
    killer = threading.Timer(0.5, builder._process.kill)
    killer.start()
    try:
        with pytest.raises(Stopped, match="was killed"):
            builder.build()
    finally:
        killer.join()
        held.close()

    assert "files made" in builder.build()


def test_a_process_that_does_not_end_by_itself_is_made_to(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.2)
    assert builder._process.pid
    os.kill(builder._process.pid, signal.SIGSTOP)

    builder.close()

    assert not builder._process.is_alive()


def test_a_fault_of_the_generator_is_told_and_the_next_build_is_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve.site, "build", lambda config_file: {}["fog"])

    done, words, problems = serve._built(tmp_path / "mkdocs.yml")

    assert not done
    assert words == problems[0] == "a fault of the generator, KeyError: 'fog'; the terminal has more"
    assert "Traceback" in capsys.readouterr().err
