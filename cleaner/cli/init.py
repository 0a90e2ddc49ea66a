"""`cleaner init`: what a folder of articles needs for rules, goldens and reviews of its own."""

from __future__ import annotations

from pathlib import Path

import typer

from cleaner.cli import schemas
from cleaner.cli.terminal import say
from cleaner.goldens import GAPS, render_gaps
from cleaner.project import tomlfile
from cleaner.project.config import parse
from cleaner.project.revision import Undo, confirm, create, revise
from cleaner.review import suggestions
from cleaner.review.accept import HEAD
from cleaner.review.project import ACCEPT_TO
from cleaner.rules.layers import display_path

_ACCEPT_TO = ACCEPT_TO.as_posix()
# Where editors find the JSON Schemas of the files that people write; see `cleaner rules schema`.
_SCHEMAS = {
    "rules": Path(".cleaner/rules.schema.json"),
    "configuration": Path(".cleaner/configuration.schema.json"),
}
_CONFIG = f"""\
#:schema {_SCHEMAS["configuration"].as_posix()}
# The settings of every cleaner command here; `cleaner config` shows all of them.
# Paths are relative to this folder.
rules = ["rules"]                # your own rules; they override those that come with cleaner
exclude = ["seeds/", "golden/"]  # never cleaned; add your drafts/; patterns as in .gitignore
accept-to = "{_ACCEPT_TO}"  # where `cleaner accept` writes
# ignore = ["residue/*"]         # rules that do not act, by id
# encoding = "utf-8"             # of the files

# [levels]                       # rules = the level they get: fix, suggest, report or off
# "names/*" = "suggest"

# [prefer]                       # house style: canonical form = the alias to write
# "Ma Yun" = "Jack Ma"
"""
# What a configuration that already exists should have, too.
_KEYS = {
    "rules": '["rules"]',
    "exclude": '["seeds/", "golden/"]',
    "accept-to": f'"{_ACCEPT_TO}"',
}
_IGNORED = suggestions.PATH.as_posix()
_NEXT = """\
next: cleaner check .           says what is wrong, cleaner fix . mends it
      cleaner suggest .         finds names that no rule knows; cleaner review decides about them
      cleaner golden add FILE   turns a text into a test; cleaner test runs them all"""


def init() -> None:
    """Set up a folder of your own: a configuration, a file for accepted rules, folders for
    goldens, schemas for editors, and a line in .gitignore.

    In a git repository the root of the repository is set up. Nothing that already exists is
    overwritten; run it again at any time.

    \b
    Example:
      cleaner init
    """
    folder = tomlfile.home(Path.cwd().resolve())
    config = tomlfile.nearest(folder)
    changes: list[Undo | None] = []
    if config:
        parse(config)  # so that what is wrong in it is said before anything is made
        name = display_path(config.path)
        say(f"{name}: already exists")
        for key, value in _KEYS.items():
            if key not in config.table:
                say(f"{name}: has no {key}; add {key} = {value}")
    else:
        changes.append(_make(folder / "cleaner.toml", _CONFIG))
    changes.append(_make(folder / ACCEPT_TO, _head(ACCEPT_TO) + HEAD))
    for what, path in _SCHEMAS.items():
        changes.append(_make(folder / path, schemas.text(what)))
    changes.append(_make(folder / "golden" / GAPS, render_gaps({})))
    changes.append(_make(folder / "seeds" / ".gitkeep", ""))
    changes.append(_make(folder / "seeds" / "clean" / ".gitkeep", ""))
    changes.append(_ignore_suggestions(folder / ".gitignore"))
    typer.echo(_NEXT)
    confirm(*changes)


def _head(path: Path) -> str:
    """Return the line of a rules file that tells an editor where the schema is."""
    up = "../" * (len(path.parts) - 1)
    return f"# yaml-language-server: $schema={up}{_SCHEMAS['rules'].as_posix()}\n"


def _make(path: Path, text: str) -> Undo | None:
    """Write a file, unless it already exists; return what was done."""
    done = create(path, text.encode())
    if not done:
        say(f"{display_path(path)}: already exists")
    else:
        say(f"{display_path(path)}: written")
    return done


def _ignore_suggestions(path: Path) -> Undo | None:
    """Add the file of suggestions to a .gitignore, unless it is there; return what was done."""
    done = revise(path, _with_suggestions)
    what = f"{_IGNORED} is ignored now" if done else f"{_IGNORED} is already ignored"
    say(f"{display_path(path)}: {what}")
    return done


def _with_suggestions(text: str) -> str:
    lines = [line.strip().lstrip("/") for line in text.splitlines()]
    if _IGNORED in lines or ".cleaner/" in lines:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith(("\n", "\r")) else ""
    return f"{text}{gap}{_IGNORED}{end}"
