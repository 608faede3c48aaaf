"""Packs a release: the built site, the data and the checksums of every file in one archive, the same bytes each time.

`python -m tools.release [--tag v0.1.0]` packs site/ as the last build left it into dist/; with a tag, only where the
site says that its data are that release. `python -m tools.release --verify FILE` checks an archive against its sums.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "summit-record"
SUMS = "SHA256SUMS"
FOLDERS = ("data", "seeds", "site")
FILES = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "requirements.lock")
SBOM = "sbom.json"
"""A list of the packages that the site was built with, at the top of the checkout; packed where there is one."""


def members(root: Path) -> dict[str, bytes]:
    """Return the files of a release of the checkout *root* by path; raises FileNotFoundError without site/.

    Texts of articles (seeds/*.txt) belong to their publishers and are never packed.
    """
    if not (root / "site" / "index.html").is_file():
        raise FileNotFoundError(2, "no site; build it first", str(root / "site"))
    named = [path for path in (*FILES, SBOM) if (root / path).is_file()]
    found = {path: (root / path).read_bytes() for path in named}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not path.is_symlink() and not (folder == "seeds" and path.suffix == ".txt"):
                found[name] = path.read_bytes()
    return found


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of each of *files*, a line each, for `sha256sum --check`."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


def pack(files: Mapping[str, bytes], top: str, seconds: int) -> bytes:
    """Return *files* with their sums as a .tar.gz, all below the folder *top*, each of the time *seconds*."""
    whole = {**files, SUMS: sums(files)}
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(whole):
            entry = tarfile.TarInfo(f"{top}/{path}")
            entry.size, entry.mtime, entry.mode = len(whole[path]), seconds, 0o644
            tar.addfile(entry, io.BytesIO(whole[path]))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=seconds, compresslevel=9) as file:
        file.write(archive.getvalue())
    return packed.getvalue()


def faults(archive: bytes) -> Iterator[str]:
    """Yield what is wrong with *archive*: a file that is not as its sum says, one without a sum, a sum without one."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for entry in tar:
            file = tar.extractfile(entry)
            if file is None:
                yield f"{entry.name}: no plain file"
                continue
            found[entry.name.partition("/")[2]] = file.read()
    if SUMS not in found:
        yield f"no {SUMS}"
        return
    told = {path: sum for sum, _, path in (line.partition("  ") for line in found.pop(SUMS).decode().splitlines())}
    for path in sorted(told.keys() | found.keys()):
        if path not in found:
            yield f"{path}: has a sum and is not there"
        elif path not in told:
            yield f"{path}: has no sum"
        elif hashlib.sha256(found[path]).hexdigest() != told[path]:
            yield f"{path}: is not as its sum says"


def main(arguments: list[str]) -> int:
    """Pack or verify as *arguments* say, and return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.release", description=__doc__.partition("\n")[0])
    parser.add_argument("--tag", help="the tag that makes the release, v and its version")
    parser.add_argument("--verify", type=Path, metavar="FILE", help="check an archive against the sums in it")
    options = parser.parse_args(arguments)
    if options.verify:
        wrong = list(faults(options.verify.read_bytes()))
        print("\n".join([*wrong, f"{options.verify}: {len(wrong)} faults"]))
        return 1 if wrong else 0
    files = members(ROOT)
    version = json.loads(files["site/api/v1/index.json"])["data_version"]
    if options.tag and options.tag != f"v{version}":
        print(f"the tag is {options.tag}, and the data are {version}: `summit-record release` makes them a release")
        return 1
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        print("SOURCE_DATE_EPOCH is not set; `nox -s release` sets it to the time of the commit")
        return 2
    top = f"{NAME}-{version}"
    archive = pack(files, top, int(epoch))
    target = ROOT / "dist" / f"{top}.tar.gz"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(archive)
    line = f"{hashlib.sha256(archive).hexdigest()}  {target.name}\n"
    target.with_name(f"{target.name}.sha256").write_text(line, encoding="utf-8")
    print(f"dist/{target.name}: {len(files)} files, {len(archive):,} bytes\n{line}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
