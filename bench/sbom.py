"""The software bill of materials of a release: what requirements.lock names, as CycloneDX 1.6.

    python -m bench.sbom FILE

writes it to FILE. The same lock gives the same bytes: no clock, no random serial number, no machine.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

_PACKAGE = re.compile(r"(?m)^([a-z0-9][a-z0-9._-]*)==([^ ;\\\n]+)([^\n]*(?:\n[ ]+[^\n]+)*)")
"""A package of the lock: its name, its version, and the lines that follow with hashes and who asked for it."""


def needed(lock: str, project: dict[str, Any]) -> set[str]:
    """Return the packages of *lock* that a build needs: what the *project* depends on, and what that depends on."""
    asked = dependencies(lock)
    direct = (re.match(r"[A-Za-z0-9._-]+", one) for one in project["dependencies"])
    found: set[str] = set()
    waiting = [one[0].lower().replace("_", "-").replace(".", "-") for one in direct if one]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += asked[name]
    return found


def components(lock: str, project: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each package of *lock* with its version and hashes, by name; those that only tests need are optional."""
    found = []
    required = needed(lock, project)
    for name, version, rest in _PACKAGE.findall(lock):
        hashes = sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", rest))
        assert hashes, f"{name} has no hash in the lock"
        marker = re.search(r";\s*([^\\\n]+)", rest)
        found.append(
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "scope": "required" if name in required else "optional",
                # one hash for each file of the release that an installer may take
                "externalReferences": [
                    {
                        "type": "distribution",
                        "url": f"https://pypi.org/project/{name}/{version}/",
                        "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
                    }
                ],
                **({"properties": [{"name": "python:marker", "value": marker[1].strip()}]} if marker else {}),
            }
        )
    return found


def dependencies(lock: str) -> dict[str, list[str]]:
    """Return for each package of *lock*, and for the project, the packages it asks for, by name."""
    asked: dict[str, list[str]] = {}
    for name, _, rest in _PACKAGE.findall(lock):
        asked.setdefault(name, [])
        for line in rest.split("# via", 1)[1:]:
            for parent in re.findall(r"(?m)^\s*#?\s*([a-z0-9][a-z0-9._-]*)(?: \(pyproject\.toml\))?\s*$", line):
                asked.setdefault(parent, []).append(name)
    return asked


def sbom(lock: str, project: dict[str, Any]) -> bytes:
    """Return the bill of materials of the *project*, as pyproject.toml has it, built with what *lock* names."""
    listed = components(lock, project)
    refs = {one["name"]: one["bom-ref"] for one in listed}
    itself = {"type": "application", "bom-ref": "summit-record", "name": "summit-record"}
    asked = dependencies(lock)
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**itself, "version": project["version"], "licenses": [{"license": {"id": "MIT"}}]}},
        "components": listed,
        "dependencies": [
            {"ref": refs.get(name, name), "dependsOn": sorted({refs[one] for one in asked.get(name, ())})}
            for name in ["summit-record", *refs]
        ],
    }
    return (json.dumps(bill, indent=1, ensure_ascii=False) + "\n").encode()


def sources() -> tuple[str, dict[str, Any]]:
    """Return the lock, and what pyproject.toml says of the project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return (ROOT / "requirements.lock").read_text(encoding="utf-8"), project


def main(target: str) -> None:
    """Write the bill of materials of this checkout to the file *target*."""
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sbom(*sources()))
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
