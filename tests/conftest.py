"""What all tests share: the option that writes goldens anew, and builders of small fact bases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fact_bases import BASE, Content, lay
from hypothesis import settings

from generator.links import Links
from generator.load import load
from generator.model import FactBase

settings.register_profile("summit-record", deadline=None)  # a slow machine is no fault
settings.load_profile("summit-record")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write tests/golden/*/pages anew; read their diff")


FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[str]:
    """What tests have measured, for people to read: each line is printed at the end of the run."""
    return pytestconfig.stash[FIGURES]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[FIGURES]:
        terminalreporter.section("figures")
        for line in config.stash[FIGURES]:
            terminalreporter.write_line(line)


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether the goldens are to be written instead of compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture
def checkout(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that lays tests/base into a folder, with files by path: `checkout({"data/…": "…"})`."""

    def make(files: dict[str, Content] | None = None) -> Path:
        return lay(tmp_path / "checkout", files)

    return make


@pytest.fixture(scope="session")
def small_base() -> FactBase:
    """The made-up fact base of tests/base, loaded."""
    return load(BASE)


@pytest.fixture(scope="session")
def small_links(small_base: FactBase) -> Links:
    return Links(small_base)
