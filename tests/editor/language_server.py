"""The schemas in a real editor's engine: yaml-language-server, spoken to as an editor does (`nox -s editor`).

Not collected with the other tests: it needs Node and npm, and the session brings the server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SERVER = os.environ["YAML_LANGUAGE_SERVER"]
"""The path of the server's JavaScript."""

SECONDS = 60


class Editor:
    """A client of the language server for the checkout *root*, whose settings are those of .vscode/settings.json."""

    def __init__(self, root: Path, *, settings: bool = True) -> None:
        self.root = root
        self.settings = json.loads((ROOT / ".vscode" / "settings.json").read_text()) if settings else {}
        self.process = subprocess.Popen(["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers: Queue[dict[str, Any]] = Queue()
        self.diagnostics: dict[str, Queue[list[dict[str, Any]]]] = {}
        self.number = self.version = 0
        threading.Thread(target=self._listen, daemon=True).start()
        folder = {"uri": root.as_uri(), "name": "summit-record"}
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": {}}}}
        self.ask(
            "initialize", processId=None, rootUri=root.as_uri(), workspaceFolders=[folder], capabilities=capabilities
        )
        self._send({"method": "initialized", "params": {}})
        self._send(
            {"method": "workspace/didChangeConfiguration", "params": {"settings": {"yaml": self._section("yaml")}}}
        )

    def _section(self, name: str) -> Any:
        found = {
            key.removeprefix(f"{name}."): value for key, value in self.settings.items() if key.startswith(f"{name}.")
        }
        if name == "yaml":
            found = {**found, "hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}
        return found

    def open(self, path: str, text: str | None = None) -> list[dict[str, Any]]:
        """Open the file at *path*, with *text* in place of what is on disk; return what is underlined in it."""
        uri = (self.root / path).as_uri()
        content = text if text is not None else (self.root / path).read_text(encoding="utf-8")
        self.version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self.version}
        if uri in self.diagnostics:
            change = {"textDocument": document, "contentChanges": [{"text": content}]}
            self._send({"method": "textDocument/didChange", "params": change})
        else:
            self.diagnostics[uri] = Queue()
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": {**document, "text": content}}})
        try:
            return self.diagnostics[uri].get(timeout=SECONDS)
        except Empty:
            raise AssertionError(f"the server said nothing of {path}") from None

    def at(self, method: str, path: str, line: int, column: int) -> Any:
        """Ask for *method* at a place of the file at *path*; line and column count from 1."""
        place = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{method}", textDocument={"uri": (self.root / path).as_uri()}, position=place)

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        answer = self.answers.get(timeout=SECONDS)
        assert answer["id"] == self.number
        return answer.get("result")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            size = int(header.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            self._take(json.loads(self.process.stdout.read(size)))

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "workspace/configuration":
            result = [self._section(one["section"]) for one in message["params"]["items"]]
            self._send({"id": message["id"], "result": result})
        elif method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]].put(message["params"]["diagnostics"])
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self.answers.put(message)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("data", "seeds"):
        shutil.copytree(ROOT / folder, root / folder)
    subprocess.run([sys.executable, "-m", "generator", "schema", "--root", root], cwd=ROOT, check=True)
    return root


@pytest.fixture(scope="module")
def editor(checkout: Path) -> Iterator[Editor]:
    """An editor with the checkout's settings."""
    editor = Editor(checkout)
    yield editor
    editor.close()


@pytest.fixture(scope="module")
def plain_editor(checkout: Path) -> Iterator[Editor]:
    """An editor that has no settings of the checkout."""
    editor = Editor(checkout, settings=False)
    yield editor
    editor.close()


FACT = """\
- id: wion-2021-06-08-f99
  date: 2021-06-07
  kind: event
  text: They met.
  by: [joe-biden]
  evidence:
    - source: wion-2021-06-08
      speaker: \n"""


def test_no_data_file_is_underlined(editor: Editor, checkout: Path) -> None:
    files = sorted(path.relative_to(checkout).as_posix() for path in checkout.glob("data/**/*.yml"))

    assert {path: found for path in files if (found := editor.open(path))} == {}


def test_completion_offers_the_ids_of_leaders_with_their_names(editor: Editor) -> None:
    editor.open("data/facts/wion-2021-06-08.yml", FACT)

    offered = editor.at("completion", "data/facts/wion-2021-06-08.yml", 8, 16)["items"]

    leader = next(one for one in offered if one["label"] == "jens-stoltenberg")
    assert "Jens Stoltenberg" in json.dumps(leader["documentation"])
    assert "brussels" not in {one["label"] for one in offered}


def test_completion_offers_ids_inside_brackets(editor: Editor) -> None:
    editor.open(
        "data/facts/ap-2023-07-10.yml", FACT.replace("[joe-biden]", "[joe-biden, ]").replace("      speaker: \n", "")
    )

    offered = editor.at("completion", "data/facts/ap-2023-07-10.yml", 5, 19)["items"]

    assert [one["documentation"] for one in offered if one["label"] == "jens-stoltenberg"] == ["Jens Stoltenberg"]
    assert len(offered) == len({one["label"] for one in offered})


def test_completion_offers_the_keys_that_are_missing(editor: Editor) -> None:
    editor.open("data/leaders/jen-psaki.yml", "name: Jen Psaki\n\n")

    offered = {one["label"] for one in editor.at("completion", "data/leaders/jen-psaki.yml", 2, 1)["items"]}

    assert {"aliases", "memberships"} <= offered
    assert "name" not in offered


def test_hover_says_what_a_key_means(editor: Editor) -> None:
    editor.open("data/facts/tass-2021-09-10.yml", FACT)

    shown = editor.at("hover", "data/facts/tass-2021-09-10.yml", 4, 4)

    assert "own words" in shown["contents"]["value"]


def test_hover_on_an_id_shows_the_name(editor: Editor) -> None:
    editor.open("data/facts/reuters-2021-06-10.yml", FACT.replace("speaker: ", "speaker: jens-stoltenberg"))

    shown = json.dumps(editor.at("hover", "data/facts/reuters-2021-06-10.yml", 8, 20))

    assert "Jens Stoltenberg" in shown
    assert "Joe Biden" not in shown


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("kind: event", "kind: evnt", 3),
        ("kind: event", "knid: event", 3),
        ("2021-06-07", "2021-06-31", 2),
        ("[joe-biden]", "[joe-bidne]", 5),
        ("text: They met.", "text: ''", 4),
    ],
)
def test_a_slip_is_underlined_where_it_is(editor: Editor, right: str, wrong: str, line: int) -> None:
    text = FACT.replace("      speaker: \n", "").replace(right, wrong)

    found = editor.open("data/facts/politico-2024-06-17.yml", text)

    assert line in {one["range"]["start"]["line"] + 1 for one in found if len(one["message"]) < 200}


def test_an_editor_without_settings_finds_the_schema_by_the_first_line(plain_editor: Editor, checkout: Path) -> None:
    line = "# yaml-language-server: $schema=../../.schema/leader.json\n"

    assert plain_editor.open("data/leaders/mark-rutte.yml", line + "name: Mark Rutte\n") == []
    (found,) = plain_editor.open("data/leaders/boris-johnson.yml", line + "nmae: Boris Johnson\nname: Boris Johnson\n")
    assert found["range"]["start"]["line"] == 1
