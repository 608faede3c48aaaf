"""Text that tries to become more: laid into every text of every kind of record, and followed to the browser."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from fact_bases import BASE, PAGE, found, lay
from payloads import REFUSED, REFUSED_ADDRESSES, SHOWN
from playwright.sync_api import Browser, Page
from test_site import browser, copy_checkout, mkdocs

from bench.serving import served
from generator import syntax
from generator.edit.kinds import is_list, kind_of
from generator.load import load
from generator.model import KINDS, Release, Shape, _text, field_shapes
from generator.syntax import Node

assert browser  # the fixture

CONTROL = "Fog"
"""A text without any sign in it; what its pages are made of, all others are made of."""

BUILD = """
from mkdocs.__main__ import cli
from generator.check.rule import Result, Rule
Rule.run = lambda rule, base: Result(rule, 1, 0, (), ())  # the texts are no facts, and nobody printed the quotations
cli(["build", "--strict"])
"""


@cache
def texts(shape: type[Shape]) -> tuple[str, ...]:
    """Return the names of the fields of *shape* that hold a text that a person writes."""
    fields = shape.model_fields.items()
    return tuple(name for name, info in fields if _text.__name__ in f"{info.annotation}{info.metadata}")


def filled(value: Any, shape: type[Shape], text: str, id: Callable[[str], str]) -> Any:
    """Return *value*, a mapping of *shape*, with *text* for each of its texts, also those that it had not."""
    fields = {one.name: one for one in field_shapes(shape)}
    result = {name: _filled(one, fields[name], text, id) for name, one in value.items()}
    for name in texts(shape):
        field = fields[name]
        if field.nesting == "{":
            result[name] = dict.fromkeys(value.get(name, ()), text)
        elif field.nesting == "[":
            result[name] = [text]
        else:
            result[name] = text
            if field.sourced and name not in value:
                result.setdefault("evidence", {})[name] = [{"source": id(PAGE), "inferred": text}]
                result.get("unknown", {}).pop(name, None)
    if "aliases" in fields:
        result["aliases"] = [{"name": f"{text} too", "note": text}, {"name": text, "kind": "misprint"}]
    return result


def _filled(value: Any, field: Any, text: str, id: Callable[[str], str], nesting: str | None = None) -> Any:
    nesting = field.nesting if nesting is None else nesting
    if nesting.startswith("["):
        return [_filled(one, field, text, id, nesting[1:]) for one in value]
    if nesting.startswith("{"):
        return {key: _filled(one, field, text, id, nesting[1:]) for key, one in value.items()}
    if field.inside:
        return filled(value, field.inside, text, id)
    return id(value) if field.kinds or field.name == "id" or value in base_ids() else value


@cache
def base_ids() -> frozenset[str]:
    """Return the ids of the base: what has changed is named by id where no kind is asked for."""
    return frozenset(load(BASE).records)


def hostile_base(root: Path, several: list[str]) -> None:
    """Write into *root* the base of the tests as often as there are texts, each time with one of them everywhere."""
    lists: dict[str, list[Any]] = defaultdict(list)
    for number, text in enumerate(several):
        suffix = f"-p{number:03}"

        def id(one: str, suffix: str = suffix) -> str:
            fact = re.fullmatch(r"(.+)(-f[0-9]+)", one)
            return f"{fact[1]}{suffix}{fact[2]}" if fact else f"{one}{suffix}"

        for path in sorted((BASE / "data").rglob("*.yml")):
            place = path.relative_to(BASE).as_posix()
            kind = kind_of(place)
            node, _ = syntax.parse(PurePosixPath(place), path.read_bytes())
            assert kind
            assert isinstance(node, Node)
            value: Any = copy.deepcopy(node.plain())
            if kind is Release:
                version = f"0.{number}.{path.stem.split('.')[1]}.yml"
                release = json.dumps(filled(value, kind, text, id), ensure_ascii=False)
                (root / place).parent.mkdir(exist_ok=True)
                (root / place).with_name(version).write_text(release, encoding="utf-8")
            elif not is_list(kind):
                write(root / place, filled(value, kind, text, id), id)
            elif "/facts/" in place:
                write(root / place, [filled(one, kind, text, id) for one in value], id)
            else:
                lists[place] += [filled(one, kind, text, id) for one in value]
        for path in (BASE / "seeds").glob("*.json"):
            shutil.copy(path, root / "seeds" / f"{path.stem}{suffix}.json")
    for place, value in lists.items():
        (root / place).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def write(path: Path, value: Any, id: Callable[[str], str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_stem(id(path.stem)).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def number_of(path: str) -> int | None:
    found = re.search(r"-p(\d{3})", path)
    return int(found[1]) if found else None


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the whole site built from the hostile texts."""
    checkout = copy_checkout(tmp_path_factory.mktemp("hostile") / "checkout")
    for folder in ("data", "seeds"):
        shutil.rmtree(checkout / folder)
        (checkout / folder).mkdir()
    hostile_base(checkout, [CONTROL, *SHOWN])
    _, environment = mkdocs()
    build = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert build.returncode == 0, (build.stdout + build.stderr)[-4000:]
    return checkout


class Elements(HTMLParser):
    """Reads a page: which elements with which attributes there are, what its scripts hold, and the text of its h1."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.kinds: set[tuple[str, tuple[str, ...]]] = set()
        self.addresses: set[str] = set()
        self.scripts: list[str] = []
        self.h1 = ""
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.kinds.add((tag, tuple(sorted(name for name, _ in attributes))))
        self.addresses |= {value or "" for name, value in attributes if name in ("href", "src", "xlink:href", "action")}
        self.inside.append("headerlink" if ("class", "headerlink") in attributes else tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() not in (tag, "headerlink"):
            pass

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "script":
            self.scripts.append(data)
        if "h1" in self.inside and "headerlink" not in self.inside:
            self.h1 += data


@pytest.fixture(scope="session")
def read(hostile: Path) -> dict[str, Elements]:
    """Every page that was built, by its path."""
    return {
        path.relative_to(hostile / "site").as_posix(): Elements(path.read_text(encoding="utf-8"))
        for path in sorted((hostile / "site").rglob("*.html"))
    }


def test_there_are_enough_texts_and_each_is_there_once() -> None:
    assert len(SHOWN) >= 150
    assert len({*SHOWN}) == len(SHOWN)


def test_every_text_of_every_kind_of_record_is_filled() -> None:
    assert all(texts(kind) for kind in KINDS)
    assert {"name", "unknown", "venue"} <= {*texts(KINDS[0])}


def test_no_text_adds_an_element_or_an_attribute(read: dict[str, Elements]) -> None:
    allowed: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    everywhere = {one for path, page in read.items() if number_of(path) is None for one in page.kinds}
    for path, page in read.items():
        if number_of(path) == 0:
            allowed[path.partition("/")[0]] |= page.kinds
    wrong = {
        path: page.kinds - allowed[path.partition("/")[0]]
        for path, page in read.items()
        if number_of(path) and page.kinds - allowed[path.partition("/")[0]] - everywhere
    }
    assert wrong == {}
    names = {name for page in read.values() for _, attributes in page.kinds for name in attributes}
    assert {name for name in names if name.startswith("on")} == set()
    assert {tag for page in read.values() for tag, _ in page.kinds} & {
        "iframe",
        "object",
        "embed",
        "base",
        "math",
    } == set()


def test_no_address_leads_anywhere_but_to_pages(read: dict[str, Elements]) -> None:
    addresses = {address for page in read.values() for address in page.addresses}
    schemes = {address.partition(":")[0] for address in addresses if re.match(r"\s*[a-zA-Z][\w+.-]*:", address)}

    assert schemes <= {"https", "http", "javascript"}
    assert {one for one in addresses if one.startswith("javascript:")} <= {"javascript:void(0)"}  # the theme's
    hosts = {urlsplit(urljoin("https://here.example/x/", one)).netloc for one in addresses}
    assert not [one for one in hosts if "evil" in one]


def test_every_record_shows_its_text_as_typed(read: dict[str, Elements]) -> None:
    several = [CONTROL, *SHOWN]
    wrong = {}
    shown = set()
    for path, page in read.items():
        number = number_of(path)
        if number is not None:
            shown.add(number)
            heading = " ".join(page.h1.split()).removeprefix("On the agenda: ")
            if not heading.startswith(" ".join(several[number].split())):  # a date may follow
                wrong[path] = page.h1
    assert wrong == {}
    assert shown == {*range(len(several))}


def test_scripts_in_pages_are_the_themes_and_data_that_can_be_read(read: dict[str, Elements]) -> None:
    control = {one for path, page in read.items() if number_of(path) in (0, None) for one in page.scripts}
    for path, page in read.items():
        for script in page.scripts:
            if script not in control:
                json.loads(script)
                assert "<" not in script, path


# The files


def test_every_file_can_be_read_and_has_every_text_as_typed(hostile: Path) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted((hostile / "site").rglob("*")):
        if path.is_file() and path.suffix not in (
            ".html",
            ".gz",
            ".js",
            ".css",
            ".map",
            ".png",
            ".svg",
            ".ico",
            ".woff2",
        ):
            content = path.read_bytes()
            reader = READERS.get(path.suffix, plain_text)
            seen[path.suffix] |= set(reader(content, path))
    several = {one for one in SHOWN if not one.startswith(("null", "true"))}
    for suffix in (".json", ".csv", ".sqlite", ".ics", ".xml"):
        missing = {one for one in several if one not in seen[suffix] and " ".join(one.split()) not in seen[suffix]}
        assert missing == set(), suffix


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (key for key in value)
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def read_json(content: bytes, path: Path) -> Iterator[str]:
    yield from strings(json.loads(content))


def read_xml(content: bytes, path: Path) -> Iterator[str]:
    assert b"<!ENTITY" not in content
    for element in ElementTree.fromstring(content).iter():
        yield " ".join((element.text or "").split())
        for address in (element.get("href") or "", element.get("src") or ""):
            assert re.match(r"https?://|urn:|tag:|[^:]*$", address), (path, address)


def read_csv(content: bytes, path: Path) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}, path
    for row in rows:
        yield from row
        yield from (one for cell in row for one in cell.split("; "))


PROPERTIES = re.compile(
    r"(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|DESCRIPTION|UID|DTSTAMP|DTSTART;VALUE=DATE"
    r"|DTEND;VALUE=DATE|SUMMARY|LOCATION|CATEGORIES|STATUS|TRANSP|URL):(.*)"
)


def read_ics(content: bytes, path: Path) -> Iterator[str]:
    text = content.decode()
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    for line in lines:
        found = PROPERTIES.fullmatch(line)
        assert found, (path, line)
        yield re.sub(r"\\([\\;,])", r"\1", found[2])
    assert {line for line in lines if line.startswith("BEGIN:")} <= {"BEGIN:VCALENDAR", "BEGIN:VEVENT"}


def read_sqlite(content: bytes, path: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"').fetchall():
                yield from (one for one in row if isinstance(one, str))
    database.close()


def read_ris(content: bytes, path: Path) -> Iterator[str]:
    for line in content.decode().splitlines():
        assert re.match(r"[A-Z][A-Z0-9]  - |$", line), (path, line)
        yield line[6:]


def plain_text(content: bytes, path: Path) -> Iterator[str]:
    text = content.decode()
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text), path
    yield from text.splitlines()


READERS: dict[str, Callable[[bytes, Path], Iterator[str]]] = {
    ".json": read_json, ".jsonld": read_json, ".xml": read_xml, ".csv": read_csv, ".ics": read_ics,
    ".sqlite": read_sqlite, ".ris": read_ris,
}  # fmt: skip


# The browser

CANARY = """
window.ran = [];
window.canary = (...what) => { window.ran.push(String(what)); };
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = window.canary;
document.addEventListener("securitypolicyviolation", one => window.ran.push("policy: " + one.violatedDirective));
"""


@pytest.fixture(scope="session")
def hostile_host(hostile: Path) -> Iterator[str]:
    with served(hostile / "site") as address:
        yield address


@pytest.fixture
def watched(browser: Browser, hostile_host: str) -> Iterator[tuple[Page, list[str]]]:
    """A page in which whatever runs, asks elsewhere or opens a dialog is noted."""
    context = browser.new_context()
    context.add_init_script(CANARY)
    faults: list[str] = []

    def note(address: str) -> None:
        if not address.startswith((hostile_host, "data:", "blob:")):
            faults.append(f"foreign request: {address}")

    context.route(lambda address: not address.startswith((hostile_host, "data:", "blob:")), lambda route: route.abort())
    context.on("request", lambda request: note(request.url))
    context.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    context.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page, faults
    context.close()


def opened(hostile: Path) -> list[str]:
    """Return the pages that are opened: of each text one, of another kind each time, and some of each kind of list."""
    by_number: dict[int, list[str]] = defaultdict(list)
    lists: dict[str, list[str]] = defaultdict(list)
    for path in sorted((hostile / "site").rglob("*.html")):
        place = path.relative_to(hostile / "site").as_posix()
        number = number_of(place)
        if number is None:
            lists[place.partition("/")[0]].append(place)
        else:
            by_number[number].append(place)
    some = [place for places in lists.values() for place in places[:: max(1, len(places) // 8)]]
    return [*some, *(places[number % len(places)] for number, places in by_number.items())]


@pytest.mark.browser
def test_in_a_browser_nothing_runs_nothing_is_asked_for_and_the_text_is_there(
    hostile: Path, hostile_host: str, watched: tuple[Page, list[str]]
) -> None:
    page, faults = watched
    several = [CONTROL, *SHOWN]
    wrong: dict[str, Any] = {}
    for place in opened(hostile):
        page.goto(hostile_host + place)
        page.mouse.move(300, 300)
        ran = page.evaluate("window.ran")
        if ran or faults:
            wrong[place] = [*ran, *faults]
            faults.clear()
        number = number_of(place)
        if number is not None:
            shown = page.evaluate(
                "(() => { const h1 = document.querySelector('h1').cloneNode(true);"
                " h1.querySelectorAll('.headerlink').forEach(one => one.remove()); return h1.textContent })()"
            )
            heading = " ".join(shown.split()).removeprefix("On the agenda: ")
            if not heading.startswith(" ".join(several[number].split())):
                wrong[f"{place} text"] = shown
    assert wrong == {}


@pytest.mark.browser
def test_search_shows_hostile_results_as_text(hostile_host: str, watched: tuple[Page, list[str]]) -> None:
    page, faults = watched
    page.goto(f"{hostile_host}about/")
    page.keyboard.press("/")
    for words in ("script canary", "img onerror", "svg onload", "javascript canary", "iframe srcdoc", "Fog"):
        box = page.locator(".md-search__input")
        box.fill("")
        box.press_sequentially(words)
        page.wait_for_function(
            """query => {
                const box = document.querySelector(".md-search")
                return box.dataset.query === query && box.dataset.state === "done"
            }""",
            arg=words,
        )
        assert page.locator(".md-search [role=option]").count()
        assert page.evaluate("window.ran") == []
        assert page.locator(".md-search [role=option] :is(script, img, iframe, svg[onload], style)").count() == 0
    assert faults == []


# What the loader refuses


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_cannot_be_shown_is_refused(tmp_path: Path, text: str) -> None:
    problems = found(lay(tmp_path, {"data/topics/fog.yml": json.dumps({"name": text, "scope": "x"})}))

    assert problems
    assert all("\n" not in str(one) for one in problems)


@pytest.mark.parametrize("address", REFUSED_ADDRESSES, ids=ascii)
def test_an_address_is_http_or_https_or_refused(tmp_path: Path, address: str) -> None:
    source = (BASE / "data/sources/tide-board-2031-06-20.yml").read_text()
    changed = re.sub(r"(?m)^url: .*$", lambda _: f"url: {json.dumps(address)}", source)
    assert changed != source
    (problem,) = found(lay(tmp_path, {"data/sources/tide-board-2031-06-20.yml": changed}))

    assert problem.rule == "wrong-value"
