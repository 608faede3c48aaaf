"""The server that tests and measurements start: what it gives out, and that nothing of it is left afterwards."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.serving import StaticHost, served


class KeepsOpen(StaticHost):
    """Lets a browser ask several times through one connection."""

    protocol_version = "HTTP/1.1"


def test_what_is_in_the_folder_is_served_and_what_is_not_is_answered_with_the_folders_own_page(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("The site.")
    (tmp_path / "404.html").write_text("Not here.")

    with served(tmp_path) as address:
        assert urllib.request.urlopen(address).read() == b"The site."
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(f"{address}fog/")

    assert (answer.value.code, answer.value.read()) == (404, b"Not here.")


def test_where_the_folder_has_no_page_of_its_own_what_is_not_there_is_404_all_the_same(tmp_path: Path) -> None:
    with served(tmp_path) as address, pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}fog.html")


def test_afterwards_nobody_listens_and_no_thread_is_left_though_a_browser_keeps_its_connections(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("The site.")
    before = threading.enumerate()

    with served(tmp_path, KeepsOpen) as address:
        place = (urlsplit(address).hostname, urlsplit(address).port)
        silent, asked = socket.create_connection(place, timeout=20), socket.create_connection(place, timeout=20)
        asked.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert asked.recv(15) == b"HTTP/1.1 200 OK"
        assert len(threading.enumerate()) > len(before)

    assert {*threading.enumerate()} <= {*before}
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(place, timeout=20)
    silent.close()
    asked.close()


def test_the_server_ends_also_when_the_body_fails(tmp_path: Path) -> None:
    before = threading.enumerate()
    with pytest.raises(ZeroDivisionError), served(tmp_path):
        raise ZeroDivisionError
    assert {*threading.enumerate()} <= {*before}
