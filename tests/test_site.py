"""The whole site, built once from the real data by `mkdocs build --strict`: as files, and in a real browser."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fact_bases import lay
from html_page import HtmlPage, read_site
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect, sync_playwright
from policies import digest, policy_of

from bench.browser import NONE, chromium
from bench.search import Weighed, grown, measured
from bench.serving import served
from generator.bundle import bundle
from generator.links import Links
from generator.load import load, load_prose, load_site
from generator.model import Fact
from generator.quotation import text_fragment
from generator.search import files, words

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

PAGE_KINDS = {
    "home": "",
    "summits": "summits/",
    "summit": "summits/2021-brussels/",
    "meetings": "meetings/",
    "meeting": "meetings/2021-06-07-white-house/",
    "leaders": "leaders/",
    "leader": "leaders/joe-biden/",
    "topics": "topics/",
    "topic": "topics/burden-sharing/",
    "facts": "facts/",
    "facts of a year": "facts/2022/",
    "facts of a year, second page": "facts/2021-2/",
    "quotations": "quotations/",
    "figures": "figures/",
    "timeline": "timeline/",
    "agenda": "agenda/",
    "agenda of a summit": "agenda/2021-brussels/",
    "who met whom": "who-met-whom/",
    "glossary": "glossary/",
    "organisation": "organisations/white-house/",
    "post": "posts/nato-secretary-general/",
    "sources": "sources/",
    "article": "sources/dod-news-2023-06-13/",
    "cited page": "sources/nato-2023-07-12/",
    "coverage": "coverage/",
    "trust": "trust/",
    "rules": "rules/",
    "about": "about/",
    "contributing": "contributing/",
    "kinds of record": "records/",
    "kind of record": "records/fact/",
    "commands": "commands/",
    "search": "search/",
    "not found": "404.html",
}
MORE_ADDRESSES = [
    "leaders/jens-stoltenberg/",
    *("countries/", "countries/turkiye/", "organisations/", "places/", "places/brussels/", "posts/"),
    *("summits/2014-wales/", "summits/2021-geneva/", "summits/2022-madrid/", "summits/2023-vilnius/"),
]

SEARCHES = [line.split("\t") for line in (ROOT / "tests" / "searches.tsv").read_text(encoding="utf-8").splitlines()]
"""What readers type, the address of the first result they expect, and whether the ranking was tuned on it."""

# What a fact on those pages says, so that "readable" means the sentence and not the frame around it.
SENTENCES = {
    "summits/2021-brussels/": "Joe Biden and Jens Stoltenberg met on 7 June 2021, a week before the Brussels summit.",
    "leaders/jens-stoltenberg/": "Joe Biden received Jens Stoltenberg in the Oval Office.",
    "facts/2021/": "Joe Biden and Jens Stoltenberg met on 7 June 2021, a week before the Brussels summit.",
    "sources/business-standard-2019-11-10/": 'Emmanuel Macron said that NATO was going through a "brain death".',
}

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# Each page kind is seen light and dark, on a desk and on a phone; some kinds in the other two combinations as well.
LOOKS = {"light desktop": DESKTOP | {"color_scheme": "light"}, "dark phone": PHONE | {"color_scheme": "dark"}}
MORE_LOOKS = {"dark desktop": DESKTOP | {"color_scheme": "dark"}, "light phone": PHONE | {"color_scheme": "light"}}
LOOKED_AT = [
    *((kind, look) for kind in PAGE_KINDS for look in LOOKS),
    *((kind, look) for kind in ("home", "summit", "topics", "about") for look in MORE_LOOKS),
]

AXE = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}

each_page_kind = pytest.mark.parametrize("address", PAGE_KINDS.values(), ids=PAGE_KINDS)


def copy_checkout(target: Path) -> Path:
    """Copy to *target* what a fresh clone has and a build reads: of docs/ only what people write."""
    ignored = re.findall(r"^/docs/(.+?)/?$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert "facts" in ignored
    shutil.copytree(DOCS, target / "docs", ignore=lambda folder, _: ignored if folder == str(DOCS) else [])
    for name in ("data", "generator", "seeds"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def mkdocs(*arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return the command that runs MkDocs with *arguments*, and its environment."""
    return [sys.executable, "-m", "mkdocs", *arguments], {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    checkout = copy_checkout(tmp_path_factory.mktemp("checkout"))
    command, environment = mkdocs("build", "--strict")
    build = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stdout + build.stderr
    return checkout / "site"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, HtmlPage]:
    """Every page of the site by its address."""
    return read_site(site)


def test_every_address_and_anchor_ever_published_leads_somewhere(pages: dict[str, HtmlPage]) -> None:
    register = load(ROOT).register
    assert len(register.pages) > 100
    assert len(register.facts) > 200
    assert [one for one in register.pages if one not in pages] == []
    homes = [(one, *one.rsplit("-", 1)) for one in register.facts if one not in register.withdrawals]
    assert [one for one, home, number in homes if number not in pages[f"sources/{home}/"].ids] == []


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The address of a server of the site on the loopback interface, with a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it; without one the tests are skipped, or fail where CI is set."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{NONE}; in CI a skip is a failure")
        pytest.skip(NONE)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


class Reader:
    """Somebody who reads the site in a browser; what the site must never do to a reader is noted in *faults*."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.host = host
        self.requests: list[str] = []
        self.faults: list[str] = []
        context.route(lambda address: not self._is_ours(address), lambda route: route.abort())
        context.on("request", lambda request: self._note_request(request.url))
        context.on("console", lambda message: self._note_console(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.page: Page = context.new_page()

    def _is_ours(self, address: str) -> bool:
        return address.startswith((self.host, "data:", "blob:"))

    def _note_request(self, address: str) -> None:
        self.requests.append(address)
        if not self._is_ours(address):
            self.faults.append(f"foreign request: {address}")

    def _note_console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"console {kind}: {text}")

    def open(self, address: str) -> Page:
        """Go to *address* and wait until it is loaded."""
        self.page.goto(self.host + address)
        return self.page

    def open_search(self) -> Locator:
        """Open the search dialog and return its box."""
        box = self.page.locator(".md-search__input")
        self.page.keyboard.press("/")  # as the theme has it; on a phone the box hides behind an icon
        expect(box).to_be_focused()
        return box

    def address(self) -> str:
        """Return where the reader is, below the top of the site."""
        return self.page.url.removeprefix(self.host)


@contextmanager
def reading(browser: Browser, host: str, **options: object) -> Iterator[Reader]:
    """Give a reader with a browser of its own, as *options* say, and complain of every fault that it met."""
    context = browser.new_context(**(DESKTOP | options))
    context.set_default_timeout(60_000)
    reader = Reader(context, host)
    yield reader
    context.close()
    assert reader.faults == []


@pytest.fixture
def reader(browser: Browser, host: str) -> Iterator[Reader]:
    """Somebody at a desk, in a browser that knows nothing of the site yet."""
    with reading(browser, host) as one:
        yield one


FIRST_VIEW = 250_000
"""In bytes, compressed: what a reader on a telephone waits for at most before a page stands."""


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "summits/2021-brussels/", "leaders/jens-stoltenberg/"])
def test_the_first_view_of_a_page_is_light_and_nothing_moves_in_it(
    browser: Browser, host: str, address: str, figures: list[str]
) -> None:
    with reading(browser, host, **PHONE) as reader:
        bodies: list[bytes] = []
        reader.page.on("requestfinished", lambda one: bodies.append(one.response().body()))  # type: ignore[union-attr]
        page = reader.open(address)
        page.wait_for_load_state("networkidle")
        waited_for = page.evaluate(
            "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking')"
            ".map(one => one.name.replace(/.*[/]/, '').replace(/[.][0-9a-f]{8}[.]min/, ''))"
        )
        moved = page.evaluate(
            "() => new Promise(done => { let moved = 0; new PerformanceObserver(list => { for (const one of "
            "list.getEntries()) moved += one.value }).observe({type: 'layout-shift', buffered: true}); "
            "setTimeout(() => done(moved), 300) })"
        )
        unsized = page.locator("img:not([width][height])").count()
    sent = sum(len(gzip.compress(body)) for body in bodies)
    figures.append(f"first view of /{address}: {sent / 1000:.0f} kB compressed in {len(bodies)} files")
    assert 0 < sent < FIRST_VIEW
    assert waited_for == ["main.css", "palette.css", "site.css", "bundle.js"]
    assert unsized == 0
    assert moved < 0.05


# The files


def test_permanent_addresses_exist(pages: dict[str, HtmlPage]) -> None:
    assert [address for address in [*PAGE_KINDS.values(), *MORE_ADDRESSES] if address not in pages] == []


def test_every_record_has_a_page(pages: dict[str, HtmlPage]) -> None:
    for kind in ("summits", "meetings", "leaders", "topics", "sources"):
        records = [path.stem for path in (ROOT / "data" / kind).glob("*.yml")]
        assert records
        assert [id for id in records if f"{kind}/{id}/" not in pages] == []


def test_internal_links_and_anchors_lead_somewhere(site: Path, pages: dict[str, HtmlPage]) -> None:
    checked, broken = 0, []
    for page in pages.values():
        for link in [*page.links, *page.loaded]:
            target = page.target(link)
            if target is None:
                continue
            checked += 1
            address, fragment = target
            if address in pages:
                if fragment and fragment not in pages[address].ids:
                    broken.append(f"{page.address or '/'}: {link}: no such anchor")
            elif fragment or not (site / address).is_file():
                broken.append(f"{page.address or '/'}: {link}: no such page")
    assert broken == []
    assert checked > 1000


def test_links_out_of_the_site_are_https_or_http(pages: dict[str, HtmlPage]) -> None:
    leaving = [link for page in pages.values() for link in page.links if page.target(link) is None]
    assert leaving
    assert [link for link in leaving if not re.match(r"https?://", link)] == []


def test_pages_load_nothing_from_elsewhere(pages: dict[str, HtmlPage]) -> None:
    loaded = [(page, link) for page in pages.values() for link in page.loaded]
    assert loaded
    assert [(page.address, link) for page, link in loaded if page.target(link) is None] == []


def test_every_page_says_what_it_is(pages: dict[str, HtmlPage]) -> None:
    assert [address for address, page in pages.items() if not page.title.strip()] == []
    assert [address for address, page in pages.items() if not page.description.strip()] == []
    assert [(address, page.h1) for address, page in pages.items() if page.h1 != 1] == []
    assert [(address, page.lang) for address, page in pages.items() if page.lang != "en"] == []


def test_ids_are_unique_on_their_page(pages: dict[str, HtmlPage]) -> None:
    doubled = [(address, id) for address, page in pages.items() for id, number in page.ids.items() if number > 1]
    assert doubled == []


def test_evidence_leads_to_the_paragraph_of_the_source(pages: dict[str, HtmlPage]) -> None:
    for address in ("summits/2021-brussels/", "meetings/2021-06-07-white-house/", "leaders/jens-stoltenberg/"):
        targets = [pages[address].target(link) for link in pages[address].links]
        paragraphs = [target for target in targets if target and re.fullmatch(r"p\d+", target[1])]
        assert paragraphs
        assert [t for t in paragraphs if not t[0].startswith("sources/") or t[1] not in pages[t[0]].ids] == []


# In a browser


@pytest.mark.browser
@each_page_kind
def test_page_asks_only_its_own_host_and_logs_nothing(reader: Reader, address: str) -> None:
    page = reader.open(address)
    reader.open_search()
    page.wait_for_load_state("networkidle")
    assert any(request.endswith("search/words.js") for request in reader.requests)
    assert page.locator("h1").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("is_in_force", [True, False], ids=["in force", "switched off"])
def test_policy_stops_requests_to_other_hosts(browser: Browser, host: str, is_in_force: bool) -> None:
    elsewhere = host.replace("127.0.0.1", "localhost")  # the same server, and another origin
    load_image = """address => new Promise(done => {
        const image = new Image()
        image.onload = () => done(true)
        image.onerror = () => done(false)
        image.src = address + "assets/mark.svg"
    })"""
    context = browser.new_context(bypass_csp=not is_in_force)
    page = context.new_page()
    page.goto(host)
    is_loaded = page.evaluate(load_image, elsewhere)
    context.close()
    assert is_loaded is not is_in_force


# Search


@pytest.fixture(scope="module")
def searcher(browser: Browser, host: str) -> Iterator[Reader]:
    """Somebody with the search box open."""
    with reading(browser, host) as reader:
        reader.open("about/")
        reader.open_search()
        yield reader


def search(reader: Reader, query: str, delay: float = 0) -> Locator:
    """Type *query* key by key into the box of the header and return its results."""
    box = reader.page.locator(".md-search__input")
    box.press("Control+a")
    box.press("Delete")
    box.press_sequentially(query, delay=delay)
    reader.page.wait_for_function(
        """query => {
            const box = document.querySelector(".md-search")
            return box.dataset.query === query && box.dataset.state === "done"
        }""",
        arg=query,
    )
    return reader.page.locator(".md-search [role=option]")


def first(reader: Reader, query: str) -> str:
    """Return the address of the first result of *query*, below the top of the site."""
    links = search(reader, query)
    return (links.first.get_attribute("href") or "").removeprefix(reader.host) if links.count() else "nothing"


@pytest.mark.browser
def test_search_finds_first_what_readers_look_for(searcher: Reader, figures: list[str]) -> None:
    took, right, wrong = [], {"tuned": [0, 0], "held out": [0, 0]}, []
    for query, expected, part in SEARCHES:
        found = first(searcher, query)
        took.append(float(searcher.page.locator(".md-search").get_attribute("data-took") or "inf"))
        right[part][0] += found == expected
        right[part][1] += 1
        if found != expected:
            wrong.append(f"{query!r}: {found}, not {expected}")
    took.sort()
    told = ", ".join(f"{one} of {all} {part} ({one / all:.1%})" for part, (one, all) in right.items())
    figures.append(f"search: first result right for {told}; otherwise: {'; '.join(wrong)}")
    figures.append(
        f"search: from the last key to the results {took[len(took) // 2]:.0f} ms (median), "
        f"{took[len(took) * 95 // 100]:.0f} ms (95th percentile), {took[-1]:.0f} ms (longest) of {len(took)} searches"
    )
    assert len(SEARCHES) >= 60
    assert [part for part, (one, all) in right.items() if one < 0.95 * all] == []
    assert took[len(took) * 95 // 100] < 100


@pytest.mark.browser
def test_single_fact_is_a_result_once_and_its_link_leads_to_it(browser: Browser, host: str) -> None:
    with reading(browser, host) as reader:
        page = reader.open("about/")
        reader.open_search()
        found = search(reader, "commitment rock solid")
        addresses = [one.get_attribute("href") for one in found.all()]
        assert addresses.count(f"{host}sources/dod-news-2023-06-13/#f17") == 1
        assert len(set(addresses)) == len(addresses)
        expect(found.first).to_contain_text("13 June 2023 · commitment · DOD News, June 2023")
        expect(found.first.locator("mark", has_text="rock")).to_be_visible()
        found.first.click()
        fact = page.locator("#f17")
        expect(fact).to_be_in_viewport()
        expect(fact).to_contain_text("stands firmly by Article 5")
        assert reader.address() == "sources/dod-news-2023-06-13/#f17"
        assert page.evaluate("document.querySelector(':target').id") == "f17"


@pytest.mark.browser
def test_search_that_finds_nothing_says_so_and_suggests(searcher: Reader) -> None:
    expect(search(searcher, "qqqqzzzz stoltnb")).to_have_count(0)
    expect(searcher.page.locator(".md-search .sr-status")).to_have_text("Nothing found for “qqqqzzzz stoltnb”")
    below = searcher.page.locator(".md-search .sr-below")
    expect(below.get_by_role("link", name="Jens Stoltenberg", exact=True)).to_be_visible()
    expect(below.get_by_role("link", name="Quotations")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    "query", ['"', "+", "-", "*", "~", "title:", "^^^", "$", "nato~", "(((", "<b>x</b>", "@1", "__proto__", "x" * 300]
)
def test_odd_searches_break_nothing(searcher: Reader, query: str) -> None:
    search(searcher, query)
    assert first(searcher, "macron") == "leaders/emmanuel-macron/"


@pytest.mark.browser
def test_search_by_keyboard_chooses_opens_and_closes(reader: Reader) -> None:
    page = reader.open("about/")
    box = reader.open_search()
    expect(search(reader, "macron").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    chosen = page.locator("[role=option]").first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(chosen).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("s")
    expect(box).to_be_focused()
    expect(box).to_have_value("macron")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Emmanuel Macron")


@pytest.mark.browser
def test_search_in_the_address_is_done_at_once(reader: Reader) -> None:
    page = reader.open("?q=brain%20death")
    expect(page.locator(".md-search [role=option]").first).to_contain_text("brain death")
    page = reader.open("search/?q=brain+death")
    results = page.locator(".sr-results a")
    expect(results.first).to_contain_text("brain death")
    page.locator("#sr-page-query").fill("loud and clear")
    expect(results.first).to_contain_text("loud and clear")
    assert reader.address() == "search/?q=loud+and+clear"


@pytest.mark.browser
def test_enter_in_the_box_leads_to_all_results(reader: Reader) -> None:
    page = reader.open("leaders/")
    reader.open_search()
    search(reader, "biden")
    page.keyboard.press("Enter")
    expect(page.locator(".sr-results li")).to_have_count(20)
    assert reader.address() == "search/?q=biden"
    page.get_by_role("button", name="More results").click()
    expect(page.locator(".sr-results li")).to_have_count(40)


@pytest.mark.browser
def test_search_on_a_phone(browser: Browser, host: str) -> None:
    with reading(browser, host, **PHONE) as reader:
        page = reader.open("leaders/")
        page.locator(".md-header__button[for=__search]").tap()
        box = page.locator(".md-search__input")
        expect(box).to_be_focused()
        results = search(reader, "vilnius")
        page.wait_for_function("() => document.documentElement.scrollWidth === 390")  # the theme's circle grows first
        results.first.tap()
        expect(page.locator("h1")).to_contain_text("Vilnius")


@pytest.mark.browser
def test_without_scripts_the_box_leads_to_the_lists(browser: Browser, host: str) -> None:
    with reading(browser, host, java_script_enabled=False) as reader:
        page = reader.open("leaders/")
        page.locator(".md-search__input").fill("macron")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
        expect(page.locator(".md-content").get_by_role("link", name="Quotations")).to_be_visible()
        expect(page.locator("#sr-page-query")).to_be_hidden()


@pytest.mark.browser
def test_search_takes_words_apart_as_the_generator_does(searcher: Reader) -> None:
    facts = load(ROOT).all(Fact)
    texts = [fact.text for fact in facts] + [one.quote.exact for fact in facts for one in fact.evidence if one.quote]
    texts += ["Søren Łukasz Œuvre ß İstanbul ıslık Đà", "U.S. U.K. 2% per cent 3,500 1.5 2021-06-07", "Biden’s O'Neill"]
    texts += list(words.SAME) + list(words.STOP)
    found = searcher.page.evaluate("texts => window.summitRecordSearch.sequences(texts)", texts)
    assert [(text, one) for text, one in zip(texts, found, strict=True) if one != words.sequence(text)] == []


@pytest.mark.browser
def test_part_of_another_index_is_noticed_and_asked_for_anew(browser: Browser, host: str, site: Path) -> None:
    other = re.sub(
        r'", "\w+", ', '", "0123456789ab", ', (site / "search" / "p0.js").read_text(encoding="utf-8"), count=1
    )
    with reading(browser, host) as reader:
        asked: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.page.route("**/search/p0.js", lambda route: route.fulfill(body=other, content_type="text/javascript"))
        reader.open("about/")
        reader.open_search()
        assert first(reader, "brain death") == "sources/business-standard-2019-11-10/#f34"
        assert [address for address in asked if "/search/words.js?" in address]


@pytest.mark.browser
def test_search_without_its_index_says_so(browser: Browser, host: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page.route("**/search/*.js", lambda route: route.abort())
    page.goto(host)
    page.keyboard.press("/")
    page.keyboard.type("macron")
    expect(page.locator(".md-search .sr-status")).to_contain_text("The search index could not be read")
    page.unroute("**/search/*.js")
    page.keyboard.type(" ")
    expect(page.locator("[role=option]").first).to_contain_text("Emmanuel Macron")
    context.close()
    assert faults == []


@pytest.mark.browser
def test_search_at_10_000_facts_asks_for_little(
    browser: Browser, site: Path, tmp_path: Path, figures: list[str]
) -> None:
    for folder in ("about", "assets", "search"):
        shutil.copytree(site / folder, tmp_path / folder)
    base = grown(load(ROOT), 10_000)
    assert len(base.all(Fact)) >= 10_000
    for part in files(Links(base), load_prose(DOCS), {}):
        (tmp_path / part.path).write_bytes(part.content)
    with served(tmp_path, Weighed) as large:
        sent, _, times = measured(browser, large, [query for query, *_ in SEARCHES[::3]])
    times.sort()
    figures.append(
        f"search at {len(base.all(Fact)):,} facts: up to {max(sent) / 1000:.0f} kB compressed before the first result, "
        f"{times[len(times) // 2]:.0f} ms (median), {times[len(times) * 95 // 100]:.0f} ms (95th percentile)"
    )
    assert 0 < max(sent) <= 300_000
    assert times[len(times) * 95 // 100] < 500


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "words", "nearest"),
    [
        ("leaders/jens-stoltenburg/", "jens stoltenburg", "leaders/jens-stoltenberg/"),
        ("summits/2023/vilnius/index.html", "vilnius", "summits/2023-vilnius/"),
        ("a/b/c/topics/nord_stream.php", "nord stream", "topics/nord-stream-2/"),
        ("leaders/joe-bidden/x/1", "joe bidden", "leaders/joe-biden/"),
    ],
)
def test_bad_address_gets_the_words_of_it_searched(
    browser: Browser, host: str, address: str, words: str, nearest: str
) -> None:
    context = browser.new_context()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    answer = page.goto(host + address)
    assert answer
    assert answer.status == 404
    expect(page.locator("#sr-page-query")).to_have_value(words)
    expect(page.locator(".sr-results a").first).to_have_attribute("href", host + nearest)
    page.locator(".md-content").get_by_role("link", name="Topics", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Topics")
    context.close()
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("address", ["%", "%E0%A4%A", "a%20b?x=%zz#%", "<script>"])
def test_odd_addresses_break_nothing(browser: Browser, host: str, address: str) -> None:
    context = browser.new_context()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    page.goto(host + address)
    expect(page.locator("#sr-page-query")).to_be_visible()
    expect(page.locator("h1")).to_have_text("There is no page at this address")
    context.close()
    assert faults == []


def background(page: Page) -> tuple[int, ...]:
    """Return the red, green and blue of the page behind the text."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return tuple(int(float(number)) for number in re.findall(r"[\d.]+", colour)[:3])


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_first_visit_follows_the_readers_colour_scheme(browser: Browser, host: str, scheme: str, is_dark: bool) -> None:
    with reading(browser, host, color_scheme=scheme) as reader:
        assert (sum(background(reader.open(""))) < 200) is is_dark


@pytest.mark.browser
def test_toggle_changes_the_background_and_is_remembered(reader: Reader) -> None:
    page = reader.open("")
    light = background(page)
    page.get_by_title("Switch to dark mode").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    dark = background(page)
    assert sum(dark) < 200 < sum(light)
    assert background(reader.open("leaders/jens-stoltenberg/")) == dark
    page.get_by_title("Switch to light mode").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    assert background(page) == light


@pytest.mark.browser
@each_page_kind
def test_page_is_no_wider_than_a_phone(browser: Browser, host: str, address: str) -> None:
    with reading(browser, host, **PHONE) as reader:
        page = reader.open(address)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            sticking_out = page.evaluate(
                """width => [...document.querySelectorAll(".md-content *")]
                    .filter(one => one.getBoundingClientRect().right > width + 1)
                    .filter(one => !one.closest(".drawing, pre, .md-typeset__scrollwrap"))
                    .map(one => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`)""",
                width,
            )
            assert sticking_out == []
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
@pytest.mark.parametrize("address", SENTENCES, ids=[address.rstrip("/") for address in SENTENCES])
def test_facts_are_readable_without_scripts(browser: Browser, host: str, address: str) -> None:
    with reading(browser, host, java_script_enabled=False) as reader:
        page = reader.open(address)
        expect(page.locator(".md-content").get_by_text(SENTENCES[address]).first).to_be_visible()
        page.locator(".md-header .md-logo").click()
        expect(page.locator("h1.hero")).to_be_visible()


@pytest.mark.browser
def test_evidence_opens_the_source_at_its_paragraph(reader: Reader) -> None:
    page = reader.open("meetings/2021-06-07-white-house/")
    link = page.locator(".facts .evidence a[href*='#p']").first
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(page.locator(f"h2#{anchor}")).to_be_in_viewport()
    expect(page.locator(f"h2#{anchor}")).to_contain_text(f"Paragraph {anchor.removeprefix('p')}")


@pytest.mark.browser
def test_keyboard_skips_to_the_content_and_reaches_search(reader: Reader) -> None:
    page = reader.open("leaders/jens-stoltenberg/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text(re.compile("Skip to content"))
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert reader.address() == "leaders/jens-stoltenberg/#jens-stoltenberg"
    page = reader.open("leaders/jens-stoltenberg/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-search__input')"):
            break
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("vilnius")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with *page* as it is now, the first three places of each fault."""
    result = Axe().run(page, options=AXE).response
    assert result["passes"]
    return [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['html'][:200]}"
        for fault in result["violations"]
        for node in fault["nodes"][:3]
    ]


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "look"), LOOKED_AT, ids=[f"{kind}, {look}" for kind, look in LOOKED_AT])
def test_axe_finds_nothing(browser: Browser, host: str, kind: str, look: str) -> None:
    with reading(browser, host, **(LOOKS | MORE_LOOKS)[look], reduced_motion="reduce") as reader:
        assert violations(reader.open(PAGE_KINDS[kind])) == []


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_search(browser: Browser, host: str, look: str) -> None:
    with reading(browser, host, **LOOKS[look], reduced_motion="reduce") as reader:
        reader.open("about/")
        reader.open_search()
        for query in ("macron", "qqqqzzzz stoltnb"):
            search(reader, query)
            assert violations(reader.page) == []
        page = reader.open("search/?q=afghanistan")
        expect(page.locator(".sr-results li")).to_have_count(20)
        assert violations(page) == []


# From the disk


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the offline bundle, unpacked."""
    folder = tmp_path_factory.mktemp("bundle")
    zipfile.ZipFile(io.BytesIO(bundle(load_site(site)))).extractall(folder)
    return folder / "summit-record"


def test_links_of_the_bundle_lead_to_files(unpacked: Path) -> None:
    checked, broken = 0, []
    for page in unpacked.rglob("*.html"):
        for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', page.read_text(encoding="utf-8")):
            path = urllib.parse.unquote(re.split("[#?]", html.unescape(link))[0])
            if path and not re.match(r"[a-z]+:|//", path):
                checked += 1
                if not (page.parent / path).is_file():
                    broken.append(f"{page.relative_to(unpacked)}: {link}")
    assert broken == []
    assert checked > 1000


@pytest.mark.browser
def test_bundle_is_read_and_searched_from_the_disk(browser: Browser, unpacked: Path) -> None:
    with reading(browser, f"{unpacked.as_uri()}/") as reader:
        page = reader.open("index.html")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor")
            != "rgba(0, 0, 0, 0)"
        )
        reader.open_search()
        search(reader, "rock solid").first.click()
        expect(page.locator("#f17")).to_be_in_viewport()
        assert reader.address() == "sources/dod-news-2023-06-13/index.html#f17"
        page.locator(".md-tabs").get_by_role("link", name="Leaders").click()
        page.locator(".md-content").get_by_role("link", name="Joe Biden").first.click()
        page.wait_for_load_state()
        assert reader.address() == "leaders/joe-biden/index.html"
        reader.open_search()
        search(reader, "nord stream")
        page.keyboard.press("Enter")
        expect(page.locator(".sr-results a").first).to_have_attribute(
            "href", reader.host + "topics/nord-stream-2/index.html"
        )
        assert all(address.startswith("file:") for address in reader.requests)


# Citing


@pytest.mark.browser
def test_a_fact_has_a_button_that_copies_its_permanent_address(browser: Browser, host: str) -> None:
    with reading(browser, host, permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = reader.open("sources/dod-news-2023-06-13/?h=oval+office")
        button = page.locator("#f04 ~ p.tools").first.get_by_role("button", name="Copy link")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
        expect(button).to_be_focused()
        expect(button).to_have_accessible_description(re.compile("Joe Biden received Jens Stoltenberg"))
        assert page.evaluate("navigator.clipboard.readText()") == f"{host}sources/dod-news-2023-06-13/#f04"


@pytest.mark.browser
def test_a_fact_and_a_page_are_cited_on_the_spot_in_the_words_of_the_files(reader: Reader, site: Path) -> None:
    files = site / "api" / "v1" / "cite" / "source"
    page = reader.open("sources/dod-news-2023-06-13/")
    page.locator("#f04 ~ p.tools").first.get_by_role("button", name="Cite").press("Enter")
    shown = page.locator("#f04 ~ .citation").first
    for name, suffix in (("Plain text", "txt"), ("BibTeX", "bib"), ("RIS", "ris"), ("Wikipedia", "wiki.txt")):
        shown.get_by_label("Format").select_option(name)
        text = (files / f"dod-news-2023-06-13.{suffix}").read_text(encoding="utf-8")
        entry = next(one for one in text.strip().split("\n\n") if "received Jens Stoltenberg in the Oval" in one)
        expect(shown.locator("code")).to_have_text(entry)
    shown.get_by_label("Format").select_option("CSL-JSON")
    expect(shown.locator("code")).to_contain_text('"id": "dod-news-2023-06-13-f04"')
    page.locator("details.cite summary").press("Enter")
    expect(page.locator("details.cite .citation code")).to_contain_text("Biden, Stoltenberg Confer")
    assert violations(page) == []


@pytest.mark.browser
def test_without_scripts_the_citations_are_links_to_files(browser: Browser, host: str, site: Path) -> None:
    with reading(browser, host, java_script_enabled=False) as reader:
        page = reader.open("leaders/joe-biden/")
        page.locator("details.cite summary").click()
        link = page.locator("details.cite").get_by_role("link", name="BibTeX")
        expect(link).to_be_visible()
        address = str(link.get_attribute("href")).rpartition("../")[2]
        assert (site / address).read_text(encoding="utf-8").startswith("@misc{joe-biden,")


FRAGMENTS = {
    "words": ("we spent most of the time", None, None),
    "comma and hyphen": ("a well-known, one-off deal", None, None),
    "signs": ("100 % of #2 & more (so)", None, None),
    "left out": ("praised him … in such a time", None, None),
    "second of two": ("the same words here", "but then", None),
    "before": ("the same words here", None, "at the end"),
}


@pytest.mark.browser
@pytest.mark.parametrize("quotation", FRAGMENTS.values(), ids=FRAGMENTS)
def test_the_way_to_a_quotation_makes_a_browser_go_to_it(
    browser: Browser, quotation: tuple[str, str | None, str | None]
) -> None:
    sentences = [
        "the same words here and there",
        "Then we spent most of the time, he said",
        "It was a well-known, one-off deal at last",
        "Then 100 % of #2 & more (so) they said",
        "She praised him for his patience in such a time as this",
        "but then the same words here came again",
        "It had the same words here at the end",
    ]
    exact, prefix, suffix = quotation
    first = " ".join(filter(None, (prefix, exact.partition(" … ")[0], suffix)))
    expected = next(number for number, one in enumerate(sentences) if first in one)
    apart = "<p style='height: 3000px'></p>"
    body = apart.join(["", *(f"<p id=s{number}>{html.escape(one)}</p>" for number, one in enumerate(sentences))])
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    answer = {"body": f"<!doctype html><title>A page</title>{body}", "content_type": "text/html; charset=utf-8"}
    page.route("https://gazette.example/*", lambda route: route.fulfill(**answer))
    page.goto(f"https://gazette.example/#{text_fragment(*quotation)}")
    expect(page.locator(f"#s{expected}")).to_be_in_viewport()
    context.close()


# Exploring


def facts_table(site: Path) -> list[dict[str, str]]:
    with (site / "api" / "v1" / "facts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def has(row: dict[str, str], *ids: str) -> bool:
    return any(id in {row["at"], *row["by"].split(";"), *row["about"].split(";")} for id in ids)


def count_beside(page: Page, facet: str, value: str) -> int:
    box = page.locator("fieldset", has=page.locator(f"legend:text-is('{facet}')")).locator(f"input[value='{value}']")
    return int(box.locator("xpath=..").locator(".count").inner_text().replace(",", ""))


@pytest.mark.browser
def test_nothing_is_loaded_for_facets_until_a_reader_uses_them(reader: Reader) -> None:
    page = reader.open("facts/")
    page.wait_for_load_state("networkidle")
    assert [one for one in reader.requests if "explore.json" in one or "/text/" in one] == []
    page.locator("input[value='2022']").check()
    expect(page.locator(".explore-status")).to_contain_text(" of ")
    assert [one.removeprefix(reader.host) for one in reader.requests if "explore.json" in one] == ["facts/explore.json"]


@pytest.mark.browser
def test_counts_follow_the_other_facets_and_the_address_says_it_all(reader: Reader, site: Path) -> None:
    rows = facts_table(site)
    page = reader.open("facts/")
    page.get_by_role("checkbox", name="Joe Biden", exact=False).last.check()
    biden = [row for row in rows if has(row, "joe-biden")]
    expect(page.locator(".explore-status")).to_contain_text(f"{len(biden)} of {len(rows)} facts")
    assert count_beside(page, "Kind", "plan") == sum(1 for row in biden if row["kind"] == "plan")
    assert count_beside(page, "Leader", "jens-stoltenberg") == sum(1 for row in rows if has(row, "jens-stoltenberg"))

    page.locator("input[value='plan']").check()
    plans = [row for row in biden if row["kind"] == "plan"]
    expect(page.locator(".explore-status")).to_contain_text(f"{len(plans)} of")
    assert reader.page.url == f"{reader.host}facts/?leader=joe-biden&kind=plan"
    page.locator("input[value='jens-stoltenberg']").check()
    either = [row for row in rows if row["kind"] == "plan" and has(row, "joe-biden", "jens-stoltenberg")]
    expect(page.locator(".explore-status")).to_contain_text(f"{len(either)} of")

    page.go_back()
    expect(page.locator(".explore-status")).to_contain_text(f"{len(plans)} of")
    expect(page.locator("input[value='jens-stoltenberg']")).not_to_be_checked()
    page.go_back()
    expect(page.locator(".explore-status")).to_contain_text(f"{len(biden)} of")
    page.go_back()
    expect(page.locator(".explore-status")).to_have_text(re.compile(rf"{len(rows)} facts"))


@pytest.mark.browser
def test_every_page_of_a_selection_together_has_each_fact_once_in_order(reader: Reader, site: Path) -> None:
    rows = [row for row in facts_table(site) if row["time_earliest"].startswith("2021")]
    page = reader.open("facts/?year=2021&sort=oldest")
    expect(page.locator(".explore-status")).to_contain_text(f"{len(rows)} of")  # before: the newest facts
    seen: list[str] = []
    while True:
        expect(page.locator("#explore-list li").first).to_be_visible()
        links = page.locator("#explore-list a.when")
        assert links.count() <= 25
        seen += [str(one.get_attribute("href")).rpartition("/sources/")[2] for one in links.all()]
        following = page.get_by_role("link", name="Next", exact=True)
        if not following.count():
            break
        number = page.locator(".pager span").inner_text()
        following.click()
        expect(page.locator(".pager span")).not_to_have_text(number)
    ids = [one.replace("/#", "-") for one in seen]
    assert sorted(ids) == sorted(row["id"] for row in rows)
    days = {row["id"]: row["time_earliest"] for row in rows}
    assert [days[id] for id in ids] == sorted(days.values())
    page.go_back()
    expect(page.get_by_role("link", name="Next", exact=True)).to_be_visible()
    page.get_by_label("Order").select_option("Newest first")
    expect(page.locator("#explore-list a.when").first).to_have_attribute("href", re.compile(seen[-1] + "$"))


@pytest.mark.browser
def test_words_are_looked_for_without_accents_or_case(reader: Reader, site: Path) -> None:
    both = [row for row in facts_table(site) if "Erdoğan" in row["text"] and "Swed" in row["text"]]
    page = reader.open("facts/")
    page.get_by_label("Words in the sentence").press_sequentially("ERDOGAN sweden")
    expect(page.locator(".explore-status")).to_have_text(re.compile(rf"^{len(both)} of"))
    sentences = page.locator("#explore-list li").all_inner_texts()
    assert [one for one in sentences if "Erdoğan" not in one or "Swed" not in one] == []
    assert len(sentences) == len(both)
    assert page.url.endswith("?text=ERDOGAN+sweden")


@pytest.mark.browser
def test_values_that_nobody_knows_are_shown_and_can_be_taken_away(reader: Reader) -> None:
    page = reader.open("facts/?leader=<b>nobody</b>&page=99&sort=sideways&colour=red&evidence=proven")
    expect(page.locator(".explore-status")).to_contain_text("No fact of")
    page.get_by_role("button", name="Take away Leader: <b>nobody</b> (not known here)").click()
    expect(page.locator(".explore-status")).to_contain_text(" of ")
    expect(page.locator(".explore-status")).to_be_focused()
    assert page.url == f"{reader.host}facts/?evidence=proven"
    reader.open("facts/?year=2021&page=99")
    expect(page.locator(".pager span")).to_have_text(re.compile(r"Page (\d+) of \1$"))


@pytest.mark.browser
def test_downloads_are_the_published_rows_of_the_selection(reader: Reader, site: Path) -> None:
    page = reader.open("facts/?topic=burden-sharing&sort=oldest")
    expect(page.locator(".explore-status")).to_contain_text(" of ")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    text = saved.value.path().read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    published = {row["id"]: row for row in facts_table(site)}
    assert rows
    assert {row["id"] for row in rows} == {row["id"] for row in published.values() if has(row, "burden-sharing")}
    assert [published[row["id"]] for row in rows] == rows
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON", exact=True).click()
    made = json.loads(saved.value.path().read_bytes())
    whole = json.loads((site / "api" / "v1" / "fact.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in made["records"]] == [row["id"] for row in rows]
    assert [one for one in made["records"] if one not in whole["records"]] == []
    assert made["count"] == len(rows)
    assert set(made) == set(whole)


@pytest.mark.browser
def test_facets_work_by_keyboard_and_say_what_they_did(reader: Reader) -> None:
    page = reader.open("facts/")
    box = page.get_by_role("group", name="Evidence").get_by_role("checkbox", name="Proven")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text=" of ")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    more = page.get_by_role("button", name=re.compile("All .* of Topic"))
    more.focus()
    page.keyboard.press("Enter")
    find = page.get_by_label("Find in Topic")
    expect(find).to_be_focused()
    page.keyboard.type("sanction")
    expect(page.get_by_role("group", name="Topic").get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Fewer of Topic").press("Enter")
    expect(find).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("look", [*LOOKS, *MORE_LOOKS])
def test_axe_finds_nothing_among_chosen_facts(browser: Browser, host: str, look: str) -> None:
    with reading(browser, host, **(LOOKS | MORE_LOOKS)[look], reduced_motion="reduce") as reader:
        page = reader.open("facts/?year=2021&leader=joe-biden&topic=nothing&topic=summit-preparation")
        expect(page.locator(".explore-status")).to_contain_text(" of ")
        if page.locator(".facets").get_attribute("open") is None:
            page.locator(".facets > summary").click()
        page.get_by_role("button", name=re.compile("All .* of Topic")).click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_facts_that_were_not_asked_for_are_not_shown_while_others_are_looked_for(browser: Browser, host: str) -> None:
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/explore.json", lambda route: held.append(route))
    page.goto(f"{host}facts/?year=2021")
    expect(page.locator(".explore-status")).to_have_text("Looking for them …")
    expect(page.locator("#explore-list li").first).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#explore-list li").first).to_be_visible()
    expect(page.locator("#explore-list .when").first).to_contain_text("2021")
    context.close()


@pytest.mark.browser
def test_what_cannot_be_loaded_is_said_and_the_plain_list_is_there(browser: Browser, host: str) -> None:
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.route("**/explore.json", lambda route: route.abort())
    page.goto(f"{host}facts/?year=2021")
    expect(page.locator(".explore-status")).to_contain_text("could not be loaded")
    expect(page.locator("#explore-plain").get_by_role("link", name="2021")).to_be_visible()
    expect(page.locator("#explore-list li").first).to_be_visible()
    context.close()


@pytest.mark.browser
def test_all_facts_can_be_read_page_by_page_without_scripts(browser: Browser, host: str, site: Path) -> None:
    with reading(browser, host, java_script_enabled=False) as reader:
        page = reader.open("facts/?year=2021")
        expect(page.locator("#explore-list li").first).to_be_visible()
        expect(page.locator("fieldset, button.tool:visible, .explore-bar")).to_have_count(0)
        page.locator("#explore-plain").get_by_role("link", name="2021").click()
        numbers = page.locator(".facts > ul > li").count()
        page.locator(".pages").first.get_by_role("link", name="2").click()
        numbers += page.locator(".facts > ul > li").count()
        assert numbers == sum(1 for row in facts_table(site) if row["time_earliest"].startswith("2021"))


# What other sites show of a link


def head_of(path: Path) -> dict[str, str]:
    """Return what the head of the page at *path* says: properties, names of meta elements, and the canonical link."""
    text = path.read_text(encoding="utf-8").partition("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    found += re.findall(r'<link rel="(canonical)" href="([^"]*)">', text)
    assert len({name for name, _ in found}) == len(found), "each is said once"
    return dict(found)


def test_head_says_what_a_page_is_and_no_address_that_is_not_known(site: Path) -> None:
    for address in PAGE_KINDS.values():
        if address != "404.html":
            head = head_of(site / address / "index.html")
            assert head["og:title"], address
            assert head["og:description"] == head["description"], address
            assert head["og:site_name"] == "Summit Record"
            assert head["twitter:card"] == "summary"
            assert not {"og:url", "og:image", "canonical"} & set(head), address


def test_head_has_addresses_in_full_where_the_site_has_one(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    for folder in ("data", "seeds"):
        shutil.rmtree(checkout / folder)
    lay(checkout)
    settings = checkout / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nsite_url: https://record.example/nato/\n", "utf-8")
    command, environment = mkdocs("build", "-q")
    subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    for address in ("", "leaders/ada-brook/", "facts/2031/", "about/"):
        head = head_of(checkout / "site" / address / "index.html")
        assert head["og:url"] == head["canonical"] == f"https://record.example/nato/{address}"
        picture = head["og:image"].removeprefix("https://record.example/nato/")
        assert (checkout / "site" / picture).read_bytes().startswith(b"\x89PNG")
        assert head["twitter:card"] == "summary_large_image"


# While an editor works


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_of_mkdocs(port: int) -> list[str]:
    # --livereload is MkDocs' default, but click since 8.3 does not tell it so (mkdocs issue 4032).
    return mkdocs("serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}")[0]


def serve_of_ours(port: int) -> list[str]:
    return [sys.executable, "-m", "generator", "serve", "--port", str(port)]


@contextmanager
def serving(command: Sequence[str], checkout: Path, log: Path) -> Iterator[Callable[[Callable[[], bool]], None]]:
    """Run the server *command* in *checkout*, which talks to *log*; give what waits until a condition holds.

    At the end it gets Ctrl+C, and ends within a minute without a word of a fault.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(checkout)}
    was = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # where it is ignored, as behind nohup, children do so
    try:
        with log.open("w", encoding="utf-8") as said:
            process = subprocess.Popen(command, cwd=checkout, env=environment, stdout=said, stderr=said)
    finally:
        signal.signal(signal.SIGINT, was)

    def wait_until(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 180
        while not condition():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(log.read_text(encoding="utf-8"))
            time.sleep(0.2)

    try:
        yield wait_until
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert "Traceback" not in log.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("server", [serve_of_mkdocs, serve_of_ours])
def test_serve_outlives_a_mistake_and_shows_an_edit(server: Callable[[int], list[str]], tmp_path: Path) -> None:
    checkout, log, port = copy_checkout(tmp_path / "checkout"), tmp_path / "log", free_port()
    facts = checkout / "data" / "facts" / "kremlin-2021-06-16.yml"
    good = facts.read_text(encoding="utf-8")
    sentence = "held their summit in Geneva"
    assert sentence in good

    def served() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sources/kremlin-2021-06-16/", timeout=60) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, TimeoutError):
            return ""

    with serving(server(port), checkout, log) as wait_until:
        wait_until(lambda: sentence in served())

        facts.write_text(good.replace("- id: ", "- idd: ", 1), encoding="utf-8")
        where = re.compile(r"^data/facts/kremlin-2021-06-16\.yml:\d+:\d+: .*idd", re.MULTILINE)
        wait_until(lambda: bool(where.search(log.read_text(encoding="utf-8"))))
        wait_until(lambda: 'id="broken-data"' in served())
        assert sentence in served()
        assert "unknown key &#x27;idd&#x27;" in served()

        facts.write_text(good.replace(sentence, "had their summit in Geneva"), encoding="utf-8")
        wait_until(lambda: "had their summit in Geneva" in served())
        assert "broken-data" not in served()


# What a browser is told to let run


def test_every_built_page_has_a_policy_with_the_one_hole_that_the_theme_needs(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert pages
    for path in pages:
        page = path.read_text(encoding="utf-8")
        policy = policy_of(page)
        assert "'unsafe-inline'" not in policy["script-src"] + policy["style-src"], path
        assert [name for name, values in policy.items() if "'unsafe-inline'" in values] == ["style-src-attr"]
        assert not any(one in ("*", "http:", "https:", "'unsafe-eval'") for values in policy.values() for one in values)
        for script in re.findall(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", page, re.DOTALL):
            assert digest(script) in policy["script-src"], path
        assert policy["object-src"] == ["'none'"]
        assert policy["base-uri"] == policy["form-action"] == ["'self'"]


def test_the_headers_for_hosts_allow_what_the_pages_need(site: Path) -> None:
    headers = (site / "_headers").read_text(encoding="utf-8")
    sent = {
        name: values
        for name, *values in (
            one.split() for one in re.findall(r"Content-Security-Policy: (.*)", headers)[0].split(";")
        )
    }
    placed = policy_of((ROOT / "generator" / "theme" / "main.html").read_text(encoding="utf-8"))

    assert {name: sent.get(name) for name in placed} == placed
    assert {*sent} - {*placed} == {"frame-ancestors"}
    for header in ("X-Content-Type-Options: nosniff", "Referrer-Policy: ", "Permissions-Policy: "):
        assert f"\n  {header}" in headers
    assert all(
        line == "" or line[0] in "#/" or re.match(r"  [A-Z][A-Za-z-]+: \S", line) for line in headers.splitlines()
    )


# For everybody


@pytest.mark.browser
def test_nothing_scrolls_sideways_at_200_per_cent_of_1280(browser: Browser, host: str) -> None:
    with reading(browser, host, viewport={"width": 640, "height": 450}) as reader:
        wide = [
            kind
            for kind, address in PAGE_KINDS.items()
            if reader.open(address).evaluate("document.documentElement.scrollWidth > innerWidth")
        ]
    assert wide == []


@pytest.mark.browser
def test_nothing_moves_for_those_who_asked_for_rest(browser: Browser, host: str) -> None:
    longest = """() => Math.max(...[...document.querySelectorAll("*")].flatMap(one => {
        const style = getComputedStyle(one);
        return [style.transitionDuration, style.animationDuration].flatMap(all => all.split(",").map(parseFloat));
    }))"""
    with reading(browser, host, reduced_motion="reduce") as reader:
        for address in ("", "summits/2021-brussels/", "facts/"):
            page = reader.open(address)
            assert page.evaluate(longest) <= 0.01
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.browser
def test_whatever_has_the_focus_is_seen_to_have_it(reader: Reader) -> None:
    page = reader.open("summits/2021-brussels/")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const focused = document.activeElement;
                const one = focused.matches(".md-option") ? focused.nextElementSibling : focused;  // its label shows it
                const style = getComputedStyle(one), box = one.getBoundingClientRect();
                const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || one.matches("input");
                return seen && box.width && box.height ? null : one.outerHTML.slice(0, 120);
            }"""
        )
        unseen += [place] if place else []
    assert unseen == []


@pytest.mark.browser
def test_print_shows_addresses_of_sources_and_none_of_the_frame(reader: Reader) -> None:
    page = reader.open("summits/2021-brussels/")
    page.emulate_media(media="print")
    for frame in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-search"):
        assert not any(one.is_visible() for one in page.locator(frame).all()), frame
    page = reader.open("sources/nato-2023-07-12/")
    link = page.locator(".md-content a[href^='https://www.nato.int']").first
    expect(link).to_be_visible()
    address = link.get_attribute("href") or ""
    assert address in link.evaluate("one => getComputedStyle(one, '::after').content")
