"""The reviewer's own editor, opened at a line."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.names.suggestion import Place
from cleaner.reading import is_file
from cleaner.rules.layers import display_path

_GOTO = {"code", "codium", "cursor", "windsurf"}  # --wait --goto FILE:LINE:COLUMN
_PLUS_COLUMN = {"emacs", "emacsclient", "kak", "micro"}  # +LINE:COLUMN FILE
_JOINED = {"hx", "helix", "subl", "zed", "mate"}  # FILE:LINE:COLUMN
_NEED_WAIT = {"subl", "zed", "mate"}  # these return at once without --wait


def command(editor: str, place: Place) -> list[str]:
    """Return the command that opens a place and returns when the editor is closed.

    An editor that is not known gets `+LINE FILE`, which vi, nano and most others understand.

    >>> command("code", Place("a.txt", 3, 5, "", 0))[1:]
    ['--wait', '--goto', 'a.txt:3:5']
    >>> command("nano -w", Place("a.txt", 3, 5, "", 0))
    ['nano', '-w', '+3', 'a.txt']

    Raises:
        ValueError: a quotation mark in `editor` is not closed.
    """
    words = shlex.split(editor)
    name = Path(words[0]).stem if words else ""
    at = f"{place.line}:{place.column}"
    if name in _GOTO:
        return [*words, "--wait", "--goto", f"{place.file}:{at}"]
    if name in _JOINED:
        wait = ["--wait"] if name in _NEED_WAIT else []
        return [*words, *wait, f"{place.file}:{at}"]
    if name in _PLUS_COLUMN:
        return [*words, f"+{at}", place.file]
    return [*words, f"+{place.line}", place.file]


def show(place: Place, environment: Mapping[str, str]) -> str:
    """Open a place in the editor that `VISUAL` or `EDITOR` names, and wait until it is closed.

    Returns:
        What to tell the reviewer.

    Raises:
        UsageError: the file or the editor does not exist, or the editor failed.
    """
    file = Path(place.file)
    if not is_file(file):
        raise UsageError(f"{display_path(file)} is gone; run cleaner suggest again")
    named = environment.get("VISUAL") or environment.get("EDITOR")
    editor = named or _installed(("nano", "vi"))
    if not editor.strip():
        raise UsageError("no editor is named; set EDITOR, as in EDITOR=nano")
    if editor == "vi" and not named:
        what = "only vi is installed, which has keys of its own"
        raise UsageError(f"{what}; set EDITOR=vi if you know them, or use cleaner review --web")
    try:
        # An absolute path cannot be taken for an option.
        called = command(editor, place._replace(file=str(file.absolute())))
        ended = subprocess.run(called, check=False)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        what = f"the editor “{editor}” does not start ({why})"
        raise UsageError(f"{what}; set EDITOR to another") from None
    if ended.returncode:
        raise UsageError(f"the editor “{editor}” ended with code {ended.returncode}")
    name = Path(called[0]).name
    return f"{file.name} was open in {name}. The next cleaner suggest sees what you changed."


def _installed(editors: Sequence[str]) -> str:
    """Return the first of these editors that is installed; "" if none is."""
    return next((editor for editor in editors if shutil.which(editor)), "")
