"""MkDocs calls this (mkdocs.yml, `hooks`): the pages are made from data/ before each build, and `serve` watches data/.

The one file that knows both MkDocs and the generator.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parents[1]))  # the `mkdocs` command does not look beside mkdocs.yml

from generator import cli
from generator.policy import sealed
from generator.preview import Overlay

log = get_plugin_logger("summit-record")
commands: list[str] = []
"""The commands of MkDocs that this process runs: `serve` calls its own loopback address the site's."""


class Refused(Abort):
    """A build that stopped because of the data; *problems* are the lines that say what is wrong with it, if it is."""

    def __init__(self, problems: str) -> None:
        what = "the data has problems" if problems else "the pages could not be made, see above"
        super().__init__(f"{what}; the site stays as it was")
        self.problems = tuple(problems.splitlines())


def on_startup(command: str, dirty: bool) -> None:
    """Remember what MkDocs was called for."""
    commands.append(command)


def on_pre_build(config: MkDocsConfig) -> None:
    """Make the pages; where the data has problems they are printed, nothing is written and the build stops."""
    root = os.path.relpath(Path(config.config_file_path).parent)
    repository = config.extra.get("repository")
    setting = ["--repository", repository] if repository else []
    if config.site_url and "serve" not in commands:
        setting += ["--site-url", config.site_url]
    if seconds := os.environ.get("SOURCE_DATE_EPOCH"):  # the site's date, as in its sitemap
        day = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
        setting += ["--data-date", day.isoformat()]
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        status = cli.main(["generate", "--root", root, *setting])
    sys.stdout.write(told.getvalue())
    sys.stdout.flush()  # `serve` goes on for hours; the problems are for now, also when they go to a file or a pipe
    if status != cli.DONE:
        raise Refused(told.getvalue())


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Return the HTML of a page with a policy for its own scripts; `serve` puts one more into each page later."""
    return output if "serve" in commands else sealed(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Return the same for the pages that have no source, such as 404.html."""
    return output_content if "serve" in commands or not template_name.endswith(".html") else sealed(output_content)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Build anew when a data file, a fingerprint or a template changes, and outlive a build that stops."""
    root = Path(config.config_file_path).parent
    for folder in ("data", "seeds", "generator/templates"):
        server.watch(str(root / folder))
    overlay = Overlay(server.get_app())  # type: ignore[arg-type]
    server.set_app(overlay)
    server.builder = partial(_build_or_keep, server.builder, overlay)
    return server


def _build_or_keep(build: Callable[[], None], overlay: Overlay) -> None:
    """Call *build*; if it stops, say why, also over the pages, and keep the site: MkDocs' server would answer nobody
    until one succeeds.
    """
    overlay.problems = ()
    try:
        build()
    except Abort as error:
        log.error("%s", error)
        overlay.problems = getattr(error, "problems", ()) or (str(error),)
