"""Asking git about a folder that somebody else may have prepared.

The configuration of a repository can name programs, and git runs them: a file system monitor,
hooks, filters, and whatever fetches objects that a partial clone lacks. Here git runs none of them,
and the environment cannot point it at another repository (the hooks of git set GIT_DIR).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError

_PATIENCE = 60  # seconds; git itself waits for ever when .gitignore is a pipe
_HARMLESS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "safe.bareRepository=explicit"),
)
# An empty list of protocols forbids all of them, whatever the configuration allows.
_SETTINGS = {"LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1"}


class Answer(NamedTuple):
    """What git printed, and what it warned of."""

    out: bytes
    warnings: str


def ask(folder: Path, *arguments: str) -> Answer | None:
    """Run git in a folder; None if it is in no repository, or there is no git.

    Raises:
        RefusedError: the folder is in a repository, and git fails or does not answer. What it
            ignores is unknown then.
    """
    import subprocess

    try:
        os.scandir(folder).close()
        done = subprocess.run(
            ["git", *_HARMLESS, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(os.environ),
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        what = f"git does not answer within {_PATIENCE} seconds"
        raise RefusedError(folder, f"{what}; look for a .gitignore that is no file") from None
    except OSError:
        return None
    said = done.stderr.decode(errors="replace")
    if not done.returncode:
        return Answer(done.stdout, said)
    if not _in_repository(folder):
        return None
    what = f"git cannot say which files it ignores here ({_reason(said)})"
    raise RefusedError(folder, f"{what}; make `git status` work there, or name the files")


def tracks(path: Path) -> bool:
    """Return whether git has a version of a file, so that a change of it can be undone."""
    try:
        answer = ask(path.parent, "ls-files", "-z", "--cached", "--", f":(literal){path.name}")
    except RefusedError:
        return False
    return bool(answer and answer.out)


def _in_repository(folder: Path) -> bool:
    """Return whether git, going up from a folder, comes to a `.git`. It stays on one disk."""
    real = Path(os.path.realpath(folder))
    disk = os.stat(real).st_dev  # noqa: PTH116 - one way to call the system
    for place in (real, *real.parents):
        if os.stat(place).st_dev != disk:  # noqa: PTH116
            return False
        if os.path.lexists(place / ".git"):
            return True
    return False


def _reason(said: str) -> str:
    """Return what git said was fatal, without the advice below it.

    >>> _reason("warning: x\\nfatal: index file smaller than expected\\n\\nTo add ...")
    'index file smaller than expected'
    """
    lines = said.splitlines() or ["it does not say why"]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return fatal[-1].partition(": ")[2] if fatal else lines[0]


def _environment(usual: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what tells git where to look and what to run."""
    kept = {name: value for name, value in usual.items() if not name.startswith("GIT_")}
    return {**kept, **_SETTINGS}
