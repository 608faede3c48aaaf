"""What a reader's browser is told to let run, and what a server gives away."""

from __future__ import annotations

import socket
import urllib.parse
from pathlib import Path

import pytest
from fact_bases import ROOT
from policies import digest, policy_of
from test_site import free_port

from generator import cli, commands
from generator.policy import sealed, unsealed

POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; script-src 'self' 'unsafe-inline'; x\">"
)


def test_a_policy_names_the_scripts_of_its_page_and_lets_no_other_run() -> None:
    data = "<script src=x.js></script><script type='application/json'>{}</script>"
    page = f"{POLICY}<script>a()\n</script>{data}<script id=x>b</script><script>b</script>"

    assert policy_of(sealed(page))["script-src"] == ["'self'", digest("a()\n"), digest("b")]
    assert sealed(page).replace(" ".join((digest("a()\n"), digest("b"))), "'unsafe-inline'") == page


def test_a_page_without_a_policy_and_one_without_scripts_stay_as_they_are() -> None:
    assert sealed("<script>a()</script>") == "<script>a()</script>"
    assert "unsafe-inline" not in sealed(POLICY)


def test_while_editing_the_script_that_reloads_a_page_may_run() -> None:
    page = sealed(f"{POLICY}<script>a()</script>")

    assert policy_of(unsealed(page.encode()).decode())["script-src"] == ["'self'", "'unsafe-inline'"]
    assert unsealed(b"<p>Fog</p>") == b"<p>Fog</p>"


# The server of `serve`

SECRET = "what stands outside of the site"

ESCAPES = [
    "/../secret.txt",
    "/../../../../../../../../etc/hostname",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/.%2e/secret.txt",
    "/....//secret.txt",
    "/x/../../secret.txt",
    "//secret.txt",
    "/\\..\\secret.txt",
    "/..%5csecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/..;/secret.txt",
    "/secret.txt%00.html",
    "/link/secret.txt%00",
    "../secret.txt",
    "http://127.0.0.1/../secret.txt",
    "file:///etc/hostname",
    "/etc/hostname",
    "*",
]


@pytest.fixture
def served(tmp_path: Path) -> object:
    """The address of MkDocs' server, on a folder beside a file that is none of it."""
    from mkdocs.livereload import LiveReloadServer

    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<body>The site.</body>")
    (tmp_path / "secret.txt").write_text(SECRET)
    server = LiveReloadServer(builder=lambda: None, host="127.0.0.1", port=free_port(), root=str(tmp_path / "site"))
    server.server_bind()
    server.server_activate()
    server.serve_thread.start()
    yield server.server_port, str(tmp_path)
    server.observer.start()  # it cannot be stopped otherwise
    server.shutdown(wait=True)


def asked(port: int, path: str) -> bytes:
    """Return the whole answer to a request for *path*, sent as it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_a_server_gives_nothing_away_but_the_site(served: tuple[int, str]) -> None:
    port, folder = served
    assert b"The site." in asked(port, "/")
    for path in (*ESCAPES, f"{folder}/secret.txt", f"/{urllib.parse.quote(folder, safe='')}%2fsecret.txt"):
        answer = asked(port, path)
        assert SECRET.encode() not in answer, path
        assert Path("/etc/hostname").read_bytes().strip() not in answer.partition(b"\r\n\r\n")[2], path


def test_serve_and_the_commands_that_the_documents_give_listen_on_the_loopback_interface_only() -> None:
    assert cli.LOOPBACK == "127.0.0.1"
    (serve,) = (one for one in commands.COMMANDS if one.name == "serve")
    assert [one.names for one in serve.arguments] == ["--port"]
    for document in ("README.md", "docs/contributing.md", "noxfile.py"):
        for line in (ROOT / document).read_text(encoding="utf-8").splitlines():
            assert "http.server" not in line or "-b 127.0.0.1" in line, line
