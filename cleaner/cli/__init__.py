"""The command `cleaner`: one file per command, which reads the command line, calls the library and
prints.

A command's file is imported when it is called, or when help or a shell asks for all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from cleaner import __version__, process

# What each command is for; its file is `cleaner/cli/NAME.py`, and in it a function of that name, or
# `app`.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "fix": "Clean files in place, or filter stdin.",
        "check": "Say what is wrong; change no text.",
        "ignore": "Leave what was found on a line as it is.",
        "init": "Set up a folder of your own.",
        "suggest": "Find names that nobody has a rule for.",
        "explain": "What is known of a form, or of a place.",
        "review": "Decide about suggestions, one name a screen.",
        "pending": "List suggestions, and what each would do.",
        "accept": "Make rules of suggestions.",
        "reject": "Say that a form is not that name.",
        "decisions": "What was rejected; take it back.",
        "test": "Hold the rules against examples and goldens.",
        "golden": "Texts and how they should come out.",
        "config": "Say which settings hold, and why.",
        "names": "Link garbled names; show how names get garbled.",
        "rules": "List, explain and lint rules.",
    }
)
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(TyperGroup):
    """The commands of the table above, each made of its module when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"{__name__}.{cmd_name}")
        if found := getattr(module, "app", None):
            command: Any = get_group(found)
        else:
            alone = typer.Typer(
                add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS
            )
            alone.command(cmd_name)(getattr(module, cmd_name))
            command = get_command(alone)
        command.name, command.short_help = cmd_name, COMMANDS[cmd_name]
        return command


app = typer.Typer(
    name="cleaner",
    cls=_Commands,
    help="Clean up English that was machine-translated from Korean.",
    epilog="Exit codes: 0 done, 1 something to see, 2 wrong usage, configuration or rule, 3 a file was left alone.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_SETTINGS,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say the version."
    ),
) -> None:
    """Clean up English that was machine-translated from Korean."""


def main() -> None:
    """Run the command line; every error is one line and an exit code, never a traceback."""
    sys.exit(process.run("cleaner", app))
