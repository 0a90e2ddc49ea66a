"""All commands of `cleaner`, each made from its file when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

import typer
from typer.main import get_command, get_group

from cleaner import __version__, process
from cleaner.cli.mistakes import Group, WrongUsage, said_of
from cleaner.cli.narrow import Context
from cleaner.cli.terminal import say

# What each command is for. Its file is `cleaner/cli/NAME.py`, with a function of that name, or
# with an `app` that has commands of its own.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "fix": "Clean files in place, or filter stdin.",
        "check": "Say what is wrong; change nothing.",
        "corpus": "Clean a table of documents of any size.",
        "ignore": "Leave the findings of a line as they are.",
        "init": "Set up a folder of your own.",
        "suggest": "Find names that no rule knows.",
        "explain": "Say what is known of a form, or of a place.",
        "review": "Decide about suggestions, one name a screen.",
        "pending": "List suggestions and what each would do.",
        "accept": "Turn suggestions into rules.",
        "reject": "Say that a form is not that name.",
        "decisions": "List what was rejected; take it back.",
        "test": "Test the rules on examples and goldens.",
        "golden": "Add a text and how it should come out.",
        "config": "Show the settings and where they come from.",
        "names": "Link garbled names; convert lists of names.",
        "rules": "List, explain and lint rules.",
        "help": "Show the manual, or the help of a command.",
    }
)
_FIRST = "Begin with: cleaner fix --diff FILE, which only shows what would change; cleaner help."
_EXIT_CODES = (
    "Exit codes: 0 done, 1 something to see, 2 wrong usage, configuration or rule, "
    "3 a file was left alone, or may not last."
)
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class _Commands(Group):
    """The commands of the table above; each is made from its module when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write what each command is for, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command = _command(cmd_name)
        command.name, command.short_help = cmd_name, COMMANDS[cmd_name]
        command.context_class = Context
        return command


def _command(name: str) -> Any:
    module = import_module(f"{__package__}.{name}")
    group = getattr(module, "app", None)
    if group is not None:
        return get_group(group)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    alone.command(name)(getattr(module, name))
    return get_command(alone)


app = typer.Typer(
    name="cleaner",
    cls=_Commands,
    help="Clean up English that was machine-translated from Korean.",
    epilog=f"{_FIRST}\n\n{_EXIT_CODES}",
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
        False, "--version", "-V", callback=_version, is_eager=True, help="Say the version."
    ),
) -> None:
    """Clean up English that was machine-translated from Korean."""


def main() -> int:
    """Run the command line. Every error is one line and an exit code, never a traceback."""
    return process.run("cleaner", _run)


def _run() -> int:
    """Run the command that the arguments name; say in one line what is wrong with them."""
    try:
        return app(prog_name="cleaner", standalone_mode=False) or 0
    except typer.Abort:  # somebody left a question unanswered
        return process.INTERRUPTED
    except WrongUsage as error:
        context = cast(Any, error).ctx
        message = cast(Any, error).format_message()
        if context and message == context.get_help():  # nothing was given, and help is the answer
            typer.echo(message, err=True)
        else:
            say(said_of(error))
        return 2
