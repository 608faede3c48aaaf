"""Where the data can be edited: the address of the repository, and the commit at which each file last changed.

Asked of git by `cli` before anything is rendered; where there is no repository on the web, pages have no such links.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Repository:
    """A repository on the web: its *url*, the *branch* to edit, and for each unchanged file its last commit."""

    url: str
    branch: str
    commits: Mapping[str, str]

    @property
    def _views(self) -> str:
        """GitLab keeps its views below /-/, GitHub and the others do not."""
        return f"{self.url}/-" if "gitlab" in self.url else self.url

    def edit(self, path: str, first: int, last: int) -> str:
        """Return where lines *first* to *last* of the file *path* can be edited on the branch."""
        return f"{self._views}/edit/{quote(self.branch)}/{quote(path)}#L{first}-L{last}"

    def permanent(self, path: str, first: int, last: int) -> str | None:
        """Return where these lines stand for ever; None while the file has changes that no commit has."""
        commit = self.commits.get(path)
        return f"{self._views}/blob/{commit}/{quote(path)}#L{first}-L{last}" if commit else None

    def report(self, id: str, value: str, source: str) -> str:
        """Return the form for reporting a mistake, filled in with what it is about."""
        fields = {"template": "mistake.yml", "title": f"Mistake: {id}", "where": id, "wrong": value, "source": source}
        if "gitlab" in self.url:
            fields = {"issue[title]": fields["title"], "issue[description]": f"{value}\n\n{source}"}
        return f"{self._views}/issues/new?{urlencode(fields, quote_via=quote)}"


def find_repository(root: Path, url: str | None = None) -> Repository | None:
    """Return the repository of the checkout *root*: at *url*, or where `origin` is; None where that is nowhere."""
    address = _web_address(url or _git(root, "remote", "get-url", "origin"))
    if address is None:
        return None
    head = _git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
    return Repository(address, head or _git(root, "branch", "--show-current") or "main", _last_commits(root))


def _web_address(remote: str) -> str | None:
    """Return the https address that belongs to a git *remote*, or None for a path or another protocol."""
    found = re.fullmatch(
        r"(?:https?://(?:[^@/]*@)?|ssh://git@|git@)([A-Za-z0-9.-]+)[/:]([\w.~/-]+?)(?:\.git)?/?", remote
    )
    return f"https://{found[1]}/{found[2]}" if found else None


def _last_commits(root: Path) -> dict[str, str]:
    """Return for each file of data/ that is as committed the last commit that changed it."""
    commits: dict[str, str] = {}
    commit = ""
    for line in _git(root, "log", "--format=commit %H", "--name-only", "--relative", "--", "data").splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        elif line:
            commits.setdefault(line, commit)
    for line in _git(root, "status", "--porcelain", "--no-renames", "--", "data").splitlines():
        commits.pop(line[3:], None)
    return commits


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, or nothing where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.rstrip("\n") if done.returncode == 0 else ""
