"""What checks and packs the site: links to other sites, the bundle of a release, the comparison of two builds."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from export_help import AWKWARD

from bench.serving import answered
from tools import audit, builders, licences, links, release, repeatable

# Links to other sites


class Elsewhere(BaseHTTPRequestHandler):
    """Another site on the loopback: what it answers stands in the path."""

    tries: dict[str, int] = {}  # noqa: RUF012 - the server makes one handler for each request

    def do_GET(self) -> None:
        self.tries[self.path] = self.tries.get(self.path, 0) + 1
        first, _, rest = self.path[1:].partition("/")
        if first == "silent" and self.tries[self.path] == 1:
            self.connection.close()
            return
        status = int(first) if first.isdigit() else 200
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"/{rest}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with answered(Elsewhere) as address:
        yield address.removesuffix("/")


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/200", "ok", "200"),
        ("/a page/ქარი?x=1", "ok", "200"),
        ("/302/200", "ok", "200"),
        ("/301/new", "moved", "/new"),
        ("/308/302/new", "moved", "/302/new"),
        ("/301/301/", "moved", "/"),
        ("/403", "blocked", "403 Forbidden"),
        ("/429", "blocked", "429 Too Many Requests"),
        ("/301/451", "blocked", "451 Unavailable For Legal Reasons"),
        ("/999", "blocked", "999"),
        ("/404", "dead", "404 Not Found"),
        ("/410", "dead", "410 Gone"),
        ("/500", "dead", "500 Internal Server Error"),
        ("/301/404", "dead", "404 Not Found"),
        ("/silent", "ok", "200"),
    ],
)
def test_state_of_a_link(elsewhere: str, path: str, state: str, why: str) -> None:
    found = links.ask(elsewhere + path, seconds=5)
    assert found == (state, elsewhere + why if why.startswith("/") else why)


def test_link_that_goes_round_or_nowhere_is_dead(elsewhere: str) -> None:
    assert links.ask(elsewhere + "/302" * 20, seconds=5) == ("dead", "more than 8 redirections")
    state, why = links.ask("http://127.0.0.1:9/", seconds=5)
    assert (state, why.partition(":")[0]) == ("dead", "no answer")
    assert links.ask("http://no-such-host.invalid/", seconds=5) == ("dead", "no answer: no such host")
    assert links.ask("https://[", seconds=5)[0] == "dead"


def test_address_that_differs_by_scheme_or_slash_only_has_not_moved() -> None:
    assert links._alike("http://a.example/b", "https://a.example/b/")
    assert not links._alike("http://a.example/b", "https://a.example/")


def test_report_has_every_link_once_with_its_page_and_blocks_nobody(
    elsewhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b").mkdir()
    hrefs = [f"{elsewhere}/{path}" for path in ("404", "301/new", "403", "200#part")]
    (tmp_path / "a.html").write_text("".join(f'<a href="{one}">x</a>' for one in hrefs) + '<a href="b/">y</a>')
    (tmp_path / "b" / "index.html").write_text(f'<a href="{hrefs[0]}">z</a><link href="{elsewhere}/500">')

    assert links.main([str(tmp_path), "--json", str(tmp_path / "found.json")]) == 0

    told = capsys.readouterr().out
    assert "1 ok, 1 blocked, 1 moved, 1 dead" in told
    assert f"| dead | <{elsewhere}/404> | 404 Not Found | a.html |" in told
    found = json.loads((tmp_path / "found.json").read_text())
    assert [one["state"] for one in found] == list(links.STATES)
    assert links.main([str(tmp_path / "nowhere")]) == 2


# The bundle of a release

AWKWARD_FILES = {f"data/{name}.txt": text.encode() for name, text in AWKWARD.items()}
AWKWARD_FILES |= {f"data/{'x' * 250}/საქართველო ⛴️.txt": b"x", "data/empty": b""}


def test_bundle_has_the_same_bytes_whatever_the_order_and_the_day() -> None:
    one = release.pack(AWKWARD_FILES, "summit-record-1.0.0", 1_700_000_000)
    other = release.pack(dict(reversed(AWKWARD_FILES.items())), "summit-record-1.0.0", 1_700_000_000)
    assert one == other
    assert list(release.faults(one)) == []


def test_bundle_opens_as_it_was_packed() -> None:
    archive = release.pack(AWKWARD_FILES, "top", 1_700_000_000)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        found = {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]
        assert {(entry.mtime, entry.uid, entry.mode) for entry in tar} == {(1_700_000_000, 0, 0o644)}
    assert found.pop(f"top/{release.SUMS}") == release.sums(AWKWARD_FILES)
    assert found == {f"top/{path}": content for path, content in AWKWARD_FILES.items()}


def test_sums_are_those_of_sha256sum() -> None:
    assert release.sums({"b": b"2", "a": b"1"}).decode().splitlines() == [
        f"{hashlib.sha256(b'1').hexdigest()}  a",
        f"{hashlib.sha256(b'2').hexdigest()}  b",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda files: {**files, "a": b"other"}, "a: is not as its sum says"),
        (lambda files: {**files, "c": b"3"}, "c: has no sum"),
        (lambda files: {name: one for name, one in files.items() if name != "b"}, "b: has a sum and is not there"),
        (lambda files: {"a": files["a"], "b": files["b"]}, f"no {release.SUMS}"),
    ],
)
def test_bundle_that_was_changed_does_not_verify(change: object, told: str, tmp_path: Path) -> None:
    files = {"a": b"1", "b": b"2"}
    whole = change({**files, release.SUMS: release.sums(files)})  # type: ignore[operator]
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, content in whole.items():
            entry = tarfile.TarInfo(f"top/{name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    (tmp_path / "x.tar.gz").write_bytes(gzip.compress(archive.getvalue()))
    assert list(release.faults((tmp_path / "x.tar.gz").read_bytes())) == [told]
    assert release.main(["--verify", str(tmp_path / "x.tar.gz")]) == 1


def checkout(root: Path, version: str) -> Path:
    for path, content in {
        "site/index.html": "x",
        "site/api/v1/index.json": json.dumps({"data_version": version}),
        "data/facts/x.yml": "[]",
        "seeds/x.json": "{}",
        "seeds/article.txt": "whole text",
        "CITATION.cff": "x",
        "unrelated.md": "x",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def test_bundle_has_site_and_data_and_no_text_of_an_article(tmp_path: Path) -> None:
    found = release.members(checkout(tmp_path, "1.0.0"))
    assert sorted(found) == [
        "CITATION.cff", "data/facts/x.yml", "seeds/x.json", "site/api/v1/index.json", "site/index.html",
    ]  # fmt: skip
    with pytest.raises(FileNotFoundError):
        release.members(tmp_path / "data")


def test_tag_must_be_the_version_of_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "ROOT", checkout(tmp_path, "1.0.0"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert release.main(["--tag", "v1.0.1"]) == 1
    assert "the tag is v1.0.1, and the data are 1.0.0" in capsys.readouterr().out
    assert release.main(["--tag", "v1.0.0"]) == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert release.main(["--tag", "v1.0.0"]) == 0
    archive = tmp_path / "dist" / "summit-record-1.0.0.tar.gz"
    sum = archive.with_name(f"{archive.name}.sha256").read_text()
    assert sum == f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n"
    assert release.main(["--verify", str(archive)]) == 0


# Two builds


def test_two_folders_are_the_same_only_byte_for_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "x").write_bytes(b"the same")
    assert list(repeatable.different(tmp_path / "one", tmp_path / "two")) == []
    (tmp_path / "one" / "only").write_bytes(b"")
    (tmp_path / "two" / "in" / "x").write_bytes(b"the Same")
    told = list(repeatable.different(tmp_path / "one", tmp_path / "two"))
    assert [one.partition(":")[0] for one in told] == ["in/x", "only"]
    assert "from byte 4 on" in told[0]


def test_machines_are_as_unlike_as_they_can_be() -> None:
    one, other = repeatable.MACHINES
    assert one.folder != other.folder
    assert one.umask != other.umask
    assert one.days_ahead != other.days_ahead
    for name in ("TZ", "LC_ALL", "PYTHONHASHSEED"):
        assert dict(one.variables)[name] != dict(other.variables)[name]


# The packages


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("(MIT AND PSF-2.0) OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_licence_is_allowed_where_one_way_is(expression: str, verdict: bool) -> None:
    assert licences.allowed(expression) is verdict


def test_every_locked_package_has_a_licence_that_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main() == 0
    told = capsys.readouterr().out
    names = licences.locked(licences.LOCK.read_text(encoding="utf-8"))
    assert len(names) > 50
    assert f"{len(names)} packages, 0 without a licence that is allowed" in told


def test_package_without_a_licence_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements.lock").write_text("pyyaml==6.0.3\nno-such-package==1.0\n")
    monkeypatch.setattr(licences, "LOCK", tmp_path / "requirements.lock")
    assert licences.main() == 1
    assert "not for this platform" in capsys.readouterr().out


SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "strict", "status", "last"),
    [
        ([SOUND], True, 0, "1 packages looked up, 0 vulnerabilities known"),
        ([SOUND, FAULTY], False, 1, "2 packages looked up, 1 vulnerabilities known"),
        ([SOUND, SKIPPED], False, 0, "NOT CHECKED for vulnerabilities: 1 packages"),
        ([SOUND, SKIPPED], True, 3, "NOT CHECKED for vulnerabilities: 1 packages"),
        ([FAULTY, SKIPPED], False, 1, "NOT CHECKED for vulnerabilities: 1 packages"),
        ([], True, 3, "NOT CHECKED for vulnerabilities: all packages could not be looked up; no route"),
    ],
)
def test_audit_is_never_silently_green(packages: list[object], strict: bool, status: int, last: str) -> None:
    lines, code = audit.verdict(json.dumps({"dependencies": packages}), "some\nno route", strict=strict)
    assert code == status
    assert lines[-1].startswith(last)


def test_audit_that_broke_off_checked_nothing() -> None:
    assert audit.verdict("", "Traceback\nno route", strict=True)[1] == 3


# Another builder

PAGE = """<html><head><title>{title}</title></head><body><nav><a href="/x">no</a></nav><article>
<h1 id="top">A<a class="headerlink" href="#top">#</a></h1><p>{text} <a href="{href}">on</a></p><img src="y">
<script>var no = 1</script></article></body></html>"""


def laid(root: Path, **pages: str) -> dict[str, builders.Page]:
    for name, html in pages.items():
        path = root / ("index.html" if name == "home" else f"{name}/index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    return builders.read(root)


@pytest.mark.parametrize("name", AWKWARD)
def test_same_pages_have_no_differences(name: str, tmp_path: Path) -> None:
    page = PAGE.format(title="T", text=escape(AWKWARD[name]), href="b/#top")
    other = PAGE.format(title="T", text="x", href="../index.html#top")
    ours = laid(tmp_path / "ours", home=page, b=other)
    assert ours[""].links == ("/b/#top",)
    assert ours["b/"].links == ("/#top",)
    assert ours[""].text == " ".join(f"A # {AWKWARD[name]} on".split())
    found = builders.differences(ours, laid(tmp_path / "theirs", home=page, b=other))
    assert not any(found.values())


@pytest.mark.parametrize(
    ("home", "told"),
    [
        (PAGE.format(title="U", text="x", href="b/"), {"titles that differ": 1}),
        (PAGE.format(title="T", text="y", href="b/"), {"pages whose text differs": 1}),
        (
            PAGE.format(title="T", text="x", href="c/"),
            {"pages whose links lead elsewhere": 1, "links that lead nowhere": 1},
        ),
        (PAGE.replace("top", "end").format(title="T", text="x", href="b/"), {"pages whose anchors differ": 1}),
    ],
)
def test_every_difference_is_told_by_its_name(home: str, told: dict[str, int], tmp_path: Path) -> None:
    page = PAGE.format(title="T", text="x", href="b/")
    found = builders.differences(laid(tmp_path / "a", home=page, b=page), laid(tmp_path / "b", home=home, b=page))
    assert {what: len(several) for what, several in found.items() if several and what != "links that lead nowhere"} == {
        what: number for what, number in told.items() if what != "links that lead nowhere"
    }
    assert any("/ -> /c/" in one for one in found["links that lead nowhere"]) is ("links that lead nowhere" in told)


def test_pages_that_one_lacks_are_named(tmp_path: Path) -> None:
    page = PAGE.format(title="T", text="x", href="#top")
    found = builders.differences(laid(tmp_path / "a", home=page, b=page), laid(tmp_path / "b", home=page, c=page))
    assert (found["pages missing"], found["pages more"]) == (["/b/"], ["/c/"])
