"""What the project is made of: a bill of materials that is right, and a reason for every direct dependency."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from fact_bases import ROOT

from bench.offline import NO_NETWORK, requirements
from bench.sbom import needed, sbom, sources


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(sbom(*sources()))
    return made


def test_the_bill_of_materials_is_cyclonedx_and_the_same_each_time() -> None:
    made = sbom(*sources())

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None
    assert sbom(*sources()) == made
    assert b"timestamp" not in made
    assert b"serialNumber" not in made


def test_the_bill_names_every_package_of_the_lock_with_its_hashes(bill: dict[str, Any]) -> None:
    lock, _ = sources()

    assert len(bill["components"]) == len(re.findall(r"(?m)^[a-z0-9][^ ]*==", lock))
    hashes = [one["content"] for part in bill["components"] for one in part["externalReferences"][0]["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock))
    assert {one["ref"] for one in bill["dependencies"]} == {
        "summit-record",
        *(one["bom-ref"] for one in bill["components"]),
    }


def test_what_a_build_needs_is_told_from_what_tests_need(bill: dict[str, Any]) -> None:
    scope = {one["name"]: one["scope"] for one in bill["components"]}

    assert {scope[name] for name in ("mkdocs", "mkdocs-material", "pydantic-core", "markupsafe", "pyyaml")} == {
        "required"
    }
    assert {scope[name] for name in ("pytest", "hypothesis", "playwright", "mypy")} == {"optional"}
    direct = next(one for one in bill["dependencies"] if one["ref"] == "summit-record")["dependsOn"]
    assert {"mkdocs", "pydantic"} <= {one.removeprefix("pkg:pypi/").partition("@")[0] for one in direct}


def test_every_direct_dependency_has_a_reason_and_is_locked() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    _, project = sources()
    direct = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    for one in direct:
        assert re.search(rf'(?m)^    "{re.escape(one)}", # \S.{{3,}}$', text), one
    lock, _ = sources()
    assert all(re.search(r"(?m)^    --hash=sha256:", part) for part in re.split(r"(?m)^(?=[a-z0-9][^ ]*==)", lock)[1:])


def test_an_installation_without_a_network_takes_what_a_build_needs_and_no_more() -> None:
    lock, project = sources()
    names = {line.partition("==")[0] for line in requirements(lock, needed(lock, project)).splitlines() if "==" in line}

    assert names == needed(lock, project)
    assert "pytest" not in names
    assert "socket.connect" in NO_NETWORK


def test_the_policy_on_security_says_who_what_and_how() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    for part in (
        "Report a weakness",
        "Who may put in what",
        "What the builder trusts",
        "What the reader's browser trusts",
    ):
        assert f"## {part}\n" in text
    placed = (ROOT / "generator" / "theme" / "main.html").read_text(encoding="utf-8")
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', placed)[0]
    for directive in policy.split(";"):
        for hole in re.findall(r"'unsafe-[a-z]+'|'wasm-unsafe-eval'|data:|blob:", directive):
            assert f"`{directive.split()[0]} {hole}" in text, directive
