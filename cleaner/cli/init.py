"""`cleaner init`: what a folder of articles needs for rules, goldens and reviews of its own."""

from __future__ import annotations

from pathlib import Path

import typer

from cleaner.cli.terminal import complain
from cleaner.errors import RefusedError
from cleaner.goldens import GAPS, render_gaps
from cleaner.project import files, tomlfile
from cleaner.project.revision import revise
from cleaner.review import suggestions
from cleaner.review.accept import HEAD
from cleaner.review.project import ACCEPT_TO
from cleaner.rules.layers import display_path

_CONFIG = f"""\
# What holds here for every command of cleaner; `cleaner config` shows all of it. Paths are seen
# from this folder.
rules = ["rules"]                # your own rules; they shadow those that come with cleaner
exclude = ["seeds/", "golden/"]  # never cleaned, and drafts/ or the like of yours; patterns as in .gitignore
accept-to = "{ACCEPT_TO.as_posix()}"  # where `cleaner accept` writes
# ignore = ["residue/*"]         # rules that do not act, by id
# encoding = "utf-8"             # of the files

# [levels]                       # rules = the level they get: fix, suggest, report or off
# "names/*" = "suggest"

# [prefer]                       # house style: canonical form = the alias to write
# "Ma Yun" = "Jack Ma"
"""
_IGNORED = suggestions.PATH.as_posix()
_NEXT = """\
next: cleaner check .           says what is wrong, cleaner fix . mends it
      cleaner suggest .         finds names that nobody has a rule for, cleaner review decides about them
      cleaner golden add FILE   makes a test of a text; cleaner test runs them all"""


def init() -> None:
    """Set up a folder of your own: a configuration, a file for accepted rules, goldens, and a line
    in .gitignore.

    In a git repository its root is meant. Nothing that is there is overwritten; run it again at any
    time.

    \b
    Example:
      cleaner init
    """
    folder = tomlfile.home(Path.cwd().resolve())
    config = tomlfile.nearest(folder)
    if config:
        complain(f"{display_path(config.path)}: is there already")
        own = (
            ("rules", '["rules"]'),
            ("exclude", '["seeds/", "golden/"]'),
            ("accept-to", f'"{ACCEPT_TO.as_posix()}"'),
        )
        for key, value in own:
            if key not in config.table:
                complain(f"{display_path(config.path)}: says nothing of {key}; add {key} = {value}")
    wanted = {
        "cleaner.toml": _CONFIG if not config else None,
        ACCEPT_TO.as_posix(): HEAD,
        f"golden/{GAPS}": render_gaps({}),
        "seeds/.gitkeep": "",
        "seeds/clean/.gitkeep": "",
    }
    for name, text in wanted.items():
        if text is not None:
            _make(folder / name, text)
    _ignore(folder / ".gitignore")
    typer.echo(_NEXT)


def _make(path: Path, text: str) -> None:
    if path.exists() or path.is_symlink():
        complain(f"{display_path(path)}: is there already")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(path.parent, f"cannot be made ({error.strerror})") from None
    files.save(path, text.encode())
    if path.name != ".gitkeep":
        complain(f"{display_path(path)}: written")


def _ignore(path: Path) -> None:
    def change(text: str) -> str:
        lines = text.splitlines()
        if any(line.strip().lstrip("/") in {_IGNORED, ".cleaner/"} for line in lines):
            return text
        end = "\r\n" if "\r\n" in text else "\n"
        gap = end if text and not text.endswith(("\n", "\r")) else ""
        return f"{text}{gap}{_IGNORED}{end}"

    done = revise(path, change)
    complain(
        f"{display_path(path)}: "
        + (f"{_IGNORED} is ignored now" if done else f"{_IGNORED} is ignored already")
    )
