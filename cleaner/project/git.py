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
    """Run git in a folder; None if there is no git, or it fails, as it does outside a repository.

    Raises:
        RefusedError: git does not answer. What it ignores is unknown then.
    """
    import subprocess

    try:
        os.scandir(folder).close()
        done = subprocess.run(
            ["git", *_HARMLESS, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env=_environment(os.environ),
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        what = f"git does not answer within {_PATIENCE} seconds"
        raise RefusedError(folder, f"{what}; look for a .gitignore that is no file") from None
    except (OSError, subprocess.CalledProcessError):
        return None
    return Answer(done.stdout, done.stderr.decode(errors="replace"))


def _environment(usual: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what tells git where to look and what to run."""
    kept = {name: value for name, value in usual.items() if not name.startswith("GIT_")}
    return {**kept, **_SETTINGS}
