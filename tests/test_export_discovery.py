"""How the data are found: links in heads, robots.txt, opensearch.xml, llms.txt, the page of the data, CITATION.cff."""

from __future__ import annotations

import re
import tomllib
import urllib.robotparser
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import jinja2
import pytest
import yaml
from export_help import AWKWARD, SITE, made, pages, real, real_files, real_pages, small, small_files, with_text
from fact_bases import ROOT
from page_tree import read

from generator import cli
from generator.export import API, SCHEMA_VERSION, Edition
from generator.export.fields import fields, inner
from generator.export.tables import TABLES
from generator.markup import SIGN
from generator.model import KINDS, Entity
from generator.render import render
from generator.write import write

TOP = {"robots.txt", "llms.txt"}
each_text = pytest.mark.parametrize("name", AWKWARD)


def meta(text: str) -> Any:
    """Return the front matter of a page, as MkDocs reads it."""
    return yaml.safe_load(text.split("\n---\n")[0])


# In the head


def test_links_in_the_head_lead_to_files() -> None:
    texts = real_pages()
    found = {path: meta(text).get("alternates", []) for path, text in texts.items()}
    for path, several in found.items():
        for one in several:
            assert one.keys() == {"href", "type", "title"}
            assert one["href"] in real_files(), path
    for record in real().records.values():
        if isinstance(record, Entity) and record.pages:
            hrefs = [one["href"] for one in found[f"{record.pages}/{record.id}.md"]]
            assert hrefs[0] == f"{API}{record.kind_name}/{record.id}.json"
            feeds = (
                [f"{API}feed/{what}{record.kind_name}/{record.id}.xml" for what in ("", "changes/")]
                if record.kind_name in ("summit", "leader", "topic")
                else []
            )
            assert [one for one in hrefs if "/feed/" in one] == feeds
    assert [one["href"] for one in found["facts/index.md"]] == [f"{API}fact.json", f"{API}facts.csv"]


@each_text
def test_front_matter_holds_any_text(name: str) -> None:
    texts = pages(with_text(small(), AWKWARD[name]))
    for record in small().records.values():
        if isinstance(record, Entity) and record.pages:
            read_back = meta(texts[f"{record.pages}/{record.id}.md"])
            assert read_back["alternates"][0]["title"] == f"{AWKWARD[name]}: data"


def test_theme_writes_the_links() -> None:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.FileSystemLoader(ROOT / "generator" / "theme"),
                jinja2.DictLoader({"base.html": "{% block extrahead %}{% endblock %}"}),
            ]
        )
    )
    environment.filters["url"] = lambda path: f"../../{path}"
    page = {"meta": {"alternates": [{"href": "api/x.json", "type": "application/json", "title": 'a "<b>"'}]}}
    html = environment.get_template("main.html").render(page=page, config={"site_url": SITE})
    links = [one.attributes for one in read(html).all("link")]
    assert {(one["rel"].strip(), one["type"], one["href"]) for one in links} == {
        ("alternate", "application/json", "../../api/x.json"),
        ("alternate", "application/atom+xml", f"../../{API}feed/facts.xml"),
        ("search", "application/opensearchdescription+xml", "../../opensearch.xml"),
    }
    assert links[0]["title"] == 'a "<b>"'
    assert 'rel="alternate"' not in html  # the theme's script would ask for a sitemap.xml beside each
    html = environment.get_template("main.html").render(page=None, config={"site_url": None})
    assert [one.attributes["rel"].strip() for one in read(html).all("link")] == ["alternate"]


# At the top of the site


def test_robots_may_read_everything() -> None:
    for site in ("", SITE):
        reader = urllib.robotparser.RobotFileParser()
        reader.parse(small_files(site)["robots.txt"].decode().splitlines())
        assert reader.can_fetch("AnyBot", "/nato/summits/")
        assert reader.site_maps() == ([f"{SITE}sitemap.xml"] if site else None)


def test_search_is_described_where_the_site_has_an_address() -> None:
    assert "opensearch.xml" not in small_files()
    root = ElementTree.fromstring(small_files(SITE)["opensearch.xml"])
    namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{namespace}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{namespace}ShortName") or "") <= 16
    assert 0 < len(root.findtext(f"{namespace}Description") or "") <= 1024
    urls = {one.get("type"): one.get("template") for one in root.iter(f"{namespace}Url")}
    assert urls["text/html"] == f"{SITE}?q={{searchTerms}}"


@pytest.mark.parametrize("site", ["", SITE])
def test_llms_txt_has_its_form_and_its_links_lead_somewhere(site: str) -> None:
    text = real_files(site)["llms.txt"].decode()
    assert re.match(r"# .+\n\n> .+\n", text)
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): .+$", text, re.MULTILINE)
    assert len(links) == text.count("\n- ")
    texts = real_pages(site)
    for one in links:
        path = one.removeprefix(site)
        assert (path in real_files(site)) or f"{path}index.md" in texts


def test_files_outside_the_data_folder_bear_the_sign() -> None:
    outside = {path: one for path, one in small_files(SITE).items() if not path.startswith(API)}
    assert {one for one in outside if not one.startswith("share/")} == TOP | {"opensearch.xml"}
    assert all(SIGN.encode() in one[:4096] for one in outside.values())


def test_what_is_no_longer_made_is_removed(tmp_path: Path) -> None:
    write(render(small(), edition=Edition(SITE)), tmp_path)
    assert (tmp_path / "opensearch.xml").exists()
    changes = write(render(small()), tmp_path)
    assert {one for one in changes.removed if not one.startswith("share/")} == {"opensearch.xml"}
    assert not (tmp_path / "share").exists()
    assert write(render(small()), tmp_path).written == ()


def test_git_ignores_what_is_made() -> None:
    ignored = set(re.findall(r"^/docs/(.+?)/?$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE))
    made_here = {one.path.partition("/")[0] for one in render(small(), edition=Edition(SITE))}
    assert made_here <= ignored


# No address of a machine, no relative link where a full one is wanted


def test_without_an_address_nothing_pretends_to_have_one() -> None:
    known = {"www.w3.org", "purl.org", "creativecommons.org", "datapackage.org", "json-schema.org", "schema.org"}
    named = {"a9.com", "semver.org", *known}
    sources = {urlsplit(url).netloc for url in _urls(small_files()[f"{API}source.json"])}
    for path, content in small_files().items():
        if not path.endswith(".sqlite"):
            assert {urlsplit(url).netloc for url in _urls(content)} <= named | sources, path


def _urls(content: bytes) -> list[str]:
    return re.findall(r"https?://[^\s\"'<>)]+", content.decode())


# The page of the data


def test_page_of_the_data_documents_every_field_and_column() -> None:
    page = read(real_pages()["data/index.md"])
    rows: dict[str, set[str]] = {}
    heading = ""
    for one in page.elements:
        heading = one.attributes.get("id", "") if one.tag in ("h2", "h3") else heading
        for row in one.all("tr"):
            cells = [cell.text for cell in row.all("td")]
            if cells:
                rows.setdefault(heading, set()).add(cells[0].removesuffix(" ∘"))
                assert all(cells), (heading, cells)
    for shape in dict.fromkeys(one for kind in KINDS for one in inner(kind)):
        assert {one.name for one in fields(shape)} <= rows[shape.__name__.lower()]
    for table in TABLES:
        assert {one.name for one in table.columns} == rows[f"table-{table.name}"]


def test_page_of_the_data_names_versions_and_licence() -> None:
    text = read(real_pages()["data/index.md"]).text
    assert SCHEMA_VERSION in text
    assert "Creative Commons Attribution 4.0 International" in text
    assert "this build does not know the address of the site" in text.lower()
    assert "this build does not know the address" not in read(real_pages(SITE)["data/index.md"]).text.lower()


def test_links_of_the_page_of_the_data_lead_somewhere() -> None:
    page = read(real_pages()["data/index.md"])
    ids = {one.attributes["id"] for tag in ("h1", "h2", "h3") for one in page.all(tag) if "id" in one.attributes}
    for link in page.links():
        if link.startswith("#"):
            assert link[1:] in ids
        elif not link.startswith("https://"):
            assert link.removeprefix("../") in real_files()


# Citation


def test_citation_file_says_what_the_data_say() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()  # what the format demands
    assert citation["cff-version"] == "1.2.0"
    assert citation["license"] == "CC-BY-4.0"
    assert "SPDX-License-Identifier: CC-BY-4.0" in (ROOT / "data" / "LICENSE").read_text(encoding="utf-8")
    assert citation["version"] == project["version"]
    assert citation["authors"] == [{"name": project["authors"][0]["name"]}]


# The command line


@pytest.mark.parametrize("address", ["ftp://x.example", "record.example", "https://x.example/?a=b", "https://x y/"])
def test_command_refuses_what_is_no_address(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "--root", str(tmp_path), "--site-url", address]) == cli.MISUSE
    assert "not a web address" in capsys.readouterr().err


def test_command_hands_the_address_and_the_version_on(checkout: Any) -> None:
    root = checkout()
    arguments = ["generate", "--root", str(root), "--site-url", SITE.rstrip("/"), "--data-version", "2031.6.0"]
    assert cli.main(arguments) == cli.DONE
    expected = made(small(), SITE, "2031.6.0")
    for path in ("opensearch.xml", f"{API}index.json", f"{API}fact.json"):
        assert (root / "docs" / path).read_bytes() == expected[path]


# What other sites show of a link


def test_pictures_are_made_where_the_site_has_an_address_and_pages_name_them() -> None:
    made = {one.path for one in render(real(), edition=Edition(SITE))}
    named = {path: re.search(r"^image: (\S+)$", text, re.MULTILINE) for path, text in real_pages(SITE).items()}

    assert {one[1] for one in named.values() if one} == {path for path in made if path.startswith("share/")}
    assert [path for path, one in named.items() if one is None] == []
    assert named["summits/2021-brussels.md"][1] == "share/summits/2021-brussels.png"  # type: ignore[index]
    assert named["leaders/joe-biden.md"][1] == "share/leaders.png"  # type: ignore[index]


def test_without_an_address_there_are_no_pictures() -> None:
    assert [one.path for one in render(real()) if one.path.startswith("share/")] == []
    assert [path for path, text in real_pages().items() if "\nimage: " in text] == []


def test_titles_and_descriptions_are_unique_and_short_enough_for_search_engines() -> None:
    heads = {path: meta(text) for path, text in real_pages().items()}
    for key, most in (("title", 90), ("description", 160)):
        values: dict[str, list[str]] = {}
        for path, head in heads.items():
            values.setdefault(unescape(head[key]), []).append(path)
        assert [paths for paths in values.values() if len(paths) > 1] == []
        assert [value for value in values if len(value) > most] == []


def test_summits_whose_names_the_font_cannot_show_have_the_picture_of_their_kind() -> None:
    base = with_text(small(), AWKWARD["georgian"])
    pictures = {one.path for one in render(base, edition=Edition(SITE)) if one.path.startswith("share/")}
    assert "share/summits.png" in pictures
    assert not [path for path in pictures if path.startswith("share/summits/")]
