"""A build without a network: wheels into a folder, from there into a fresh environment, and the site built there.

    python -m bench.offline [FOLDER]

Wheels that FOLDER (default: build/wheels) lacks are downloaded first, each by its hash in requirements.lock; that is
the only step with a network. The build runs in a network namespace of its own where the system gives one (Linux,
`unshare`), and in any case under a Python that refuses to open a connection.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.sbom import needed, sources

ROOT = Path(__file__).resolve().parents[1]

NO_NETWORK = """
import sys
def refuse(name, arguments):
    if name in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise OSError(f"no network while building: {name} {arguments[1:]}")
sys.addaudithook(refuse)
"""
"""What every Python of the environment runs first, as sitecustomize.py."""


def requirements(lock: str, names: set[str]) -> str:
    """Return the part of *lock* that names the packages *names*, with their hashes."""
    kept, keep = [], False
    for line in lock.splitlines():
        if line[:1].isalnum():
            keep = line.partition("==")[0] in names
        if keep and not line.lstrip().startswith("#"):
            kept.append(line)
    return "\n".join(kept) + "\n"


def alone() -> list[str]:
    """Return the command that runs another one without a network, where the system has it."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.call([*command, "true"], stderr=subprocess.DEVNULL) == 0:
        return command
    return []


def main(folder: str = "build/wheels") -> None:
    """Download, install and build; raises CalledProcessError where one of them fails."""
    wheels = ROOT / folder
    wheels.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        lock, project = sources()
        (place / "lock").write_text(requirements(lock, needed(lock, project)), encoding="utf-8")
        wanted = ["-q", "--require-hashes", "--only-binary=:all:", "-r", str(place / "lock")]
        subprocess.check_call([sys.executable, "-m", "pip", "download", *wanted, "-d", str(wheels)])
        subprocess.check_call([sys.executable, "-m", "venv", str(place / "fresh")])
        python = next(one for one in (place / "fresh").glob("*/python*") if one.stem == "python")
        offline = ["--no-index", "--find-links", str(wheels)]
        subprocess.check_call([*alone(), str(python), "-m", "pip", "install", *offline, *wanted])
        packages = subprocess.check_output([python, "-c", "import site; print(site.getsitepackages()[0])"], text=True)
        Path(packages.strip(), "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
        site = ["--site-dir", str(place / "site")]
        variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        build = [*alone(), str(python), "-m", "mkdocs", "build", "--strict", *site]
        subprocess.check_call(build, cwd=ROOT, env=variables)
        pages = len(list((place / "site").rglob("*.html")))
    how = "in a network namespace of its own" if alone() else "without leave to connect"
    print(f"installed {len(list(wheels.iterdir()))} wheels and built {pages} pages {how}")


if __name__ == "__main__":
    main(*sys.argv[1:])
