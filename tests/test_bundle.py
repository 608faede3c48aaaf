"""The offline bundle: links that lead to files, and the same bytes for the same site."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fact_bases import ROOT

from generator import cli
from generator.bundle import bundle, for_disk
from generator.load import load_site


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("../leaders/", "../leaders/index.html"),
        ("../leaders/joe-biden/#facts", "../leaders/joe-biden/index.html#facts"),
        ("search/?q=x", "search/index.html?q=x"),
        ("#here", "#here"),
        ("../api/v1/facts.csv", "../api/v1/facts.csv"),
        ("../assets/site.css", "../assets/site.css"),
        ("https://www.nato.int/", "https://www.nato.int/"),
        ("//example.org/", "//example.org/"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
    ],
)
def test_links_to_folders_lead_to_their_pages(href: str, expected: str) -> None:
    assert for_disk(f'<a class="x" href="{href}">') == f'<a class="x" href="{expected}">'


def test_ways_on_and_forms_lead_to_pages_as_well() -> None:
    assert for_disk('<meta content="0; url=../new/">') == '<meta content="0; url=../new/index.html">'
    assert for_disk('<form action="../search/">') == '<form action="../search/index.html">'


def test_same_site_makes_the_same_bytes_in_any_order() -> None:
    site = {"index.html": b"<p>x", "b/index.html": b'<a href="..">', "a.bin": bytes(range(256))}
    assert bundle(site) == bundle(dict(reversed(site.items())))


def test_bundle_holds_the_site_below_one_folder() -> None:
    archive = zipfile.ZipFile(io.BytesIO(bundle({"index.html": b"<p>x", "404.html": b"", "api/x.csv": b"1\r\n"})))
    assert archive.namelist() == ["summit-record/api/x.csv", "summit-record/index.html"]
    assert archive.read("summit-record/api/x.csv") == b"1\r\n"
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_command_writes_the_zip_or_says_that_there_is_no_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, target = tmp_path / "site", tmp_path / "x.zip"
    arguments = ["bundle", "--site", str(site), "--to", str(target)]
    assert cli.main(arguments) == cli.MISUSE
    assert "no built site here" in capsys.readouterr().err
    site.mkdir()
    (site / "index.html").write_bytes(b"<p>x")
    assert cli.main(arguments) == cli.DONE
    assert target.read_bytes() == bundle(load_site(site))
    assert cli.main(arguments) == cli.DONE
    assert "as it was" in capsys.readouterr().err


def test_bytes_do_not_hang_on_the_hash_seed() -> None:
    code = "import sys; from generator.bundle import bundle; sys.stdout.buffer.write(bundle({'b': b'x', 'a': b'y'}))"
    made = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] != b""
