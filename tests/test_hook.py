from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator import hook

Checkout = Callable[..., Path]


def config(root: Path) -> MkDocsConfig:
    made = MkDocsConfig(config_file_path=str(root / "mkdocs.yml"))
    made.load_dict({"site_name": "Fog", "docs_dir": str(root / "docs")})
    return made


def test_the_pages_are_made_before_each_build(checkout: Checkout, capfd: pytest.CaptureFixture[str]) -> None:
    root = checkout()

    hook.on_pre_build(config(root))

    assert (root / "docs" / "summits" / "2031-saltmere.md").is_file()
    assert capfd.readouterr().out == ""


def test_a_build_of_data_with_problems_stops_with_the_problems_and_the_site_stays(
    checkout: Checkout, capfd: pytest.CaptureFixture[str]
) -> None:
    root = checkout({"data/topics/fog.yml": "nmae: Fog\nscope: x\n"})

    with pytest.raises(Abort, match="the site stays as it was"):
        hook.on_pre_build(config(root))

    assert "data/topics/fog.yml:1:1: unknown key 'nmae'; did you mean 'name'? (unknown-key)" in capfd.readouterr().out
    assert not (root / "docs").exists()


def test_citations_have_the_date_that_the_build_was_given(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1939766400")

    hook.on_pre_build(config(root))

    assert ", 21 June 2031." in (root / "docs/api/v1/cite/summit-record.txt").read_text(encoding="utf-8")
