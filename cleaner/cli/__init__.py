"""The command `cleaner`: one file per command, which reads the command line, calls, and prints.

`commands` lists them. A command's file is imported when the command is called, or when help or a
shell asks for all. `fixing` and `checking` need no typer, so that `cleaner fix FILE` and
`cleaner check FILE` start quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.cli.commands import COMMANDS, app, main

__all__ = ["COMMANDS", "app", "main"]


def __getattr__(name: str) -> Any:
    """Import the commands, and typer with them, when somebody asks for them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaner.cli import commands

    return getattr(commands, name)
