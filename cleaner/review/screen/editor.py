"""A person's own editor, opened at a line."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.names.suggestion import Place
from cleaner.rules.layers import display_path

# --goto FILE:LINE:COLUMN, and --wait to come back
_COLON = {"code", "codium", "cursor", "windsurf"}
_PLUS_COLUMN = {"emacs", "emacsclient", "kak", "micro"}  # +LINE:COLUMN FILE
_JOINED = {"hx", "helix", "subl", "zed", "mate"}  # FILE:LINE:COLUMN
_WAITING = {"subl", "zed", "mate"}


def command(editor: str, place: Place) -> list[str]:
    """How an editor is called so that it opens a place and stays until it is closed.

    An editor that is not known gets `+LINE FILE`, as vi, nano and most others want it.

    >>> command("code", Place("a.txt", 3, 5, "", 0))[1:]
    ['--wait', '--goto', 'a.txt:3:5']
    >>> command("nano -w", Place("a.txt", 3, 5, "", 0))
    ['nano', '-w', '+3', 'a.txt']

    Raises:
        ValueError: a quotation mark in `editor` is never closed.
    """
    called = shlex.split(editor)
    name = Path(called[0]).stem if called else ""
    at = f"{place.line}:{place.column}"
    if name in _COLON:
        return [*called, "--wait", "--goto", f"{place.file}:{at}"]
    if name in _JOINED:
        return [*called, *(["--wait"] if name in _WAITING else []), f"{place.file}:{at}"]
    return [*called, f"+{at}" if name in _PLUS_COLUMN else f"+{place.line}", place.file]


def show(place: Place, environment: Mapping[str, str]) -> str:
    """Open a place in the editor that `VISUAL` or `EDITOR` names, and come back when it is closed;
    what to say then.

    Raises:
        UsageError: there is no such file or editor, or the editor failed.
    """
    file = Path(place.file)
    if not file.is_file():
        raise UsageError(f"{display_path(file)} is gone; run cleaner suggest again")
    editor = environment.get("VISUAL") or environment.get("EDITOR") or _found(("nano", "vi"))
    if not editor.strip():
        raise UsageError("no editor is named; set EDITOR, as in EDITOR=nano")
    try:  # a path from the root cannot be taken for an option
        ended = subprocess.run(
            command(editor, place._replace(file=str(file.absolute()))), check=False
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            f"the editor “{editor}” does not start ({why}); set EDITOR to another"
        ) from None
    if ended.returncode:
        raise UsageError(f"the editor “{editor}” ended with code {ended.returncode}")
    return f"{file.name} was open in {Path(shlex.split(editor)[0]).name}. What you changed is seen by the next suggest."


def _found(editors: Sequence[str]) -> str:
    return next((editor for editor in editors if shutil.which(editor)), "")
