"""What is wrong with a command line, said in one line as everything else is said.

Depending on the version of typer, its own words come from click or from pydantic.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, cast, get_args, get_origin

import typer
from typer.core import TyperGroup

from cleaner.cli.narrow import Context
from cleaner.errors import UsageError, closest_option, did_you_mean
from cleaner.reading import exists, is_folder

# An error of click, of which typer may have its own copy.
WrongUsage = cast(type[Exception], typer.BadParameter.__base__)

_MORE = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


# What people type who know other tools, and what it is called here.
_OTHER_WORDS: Mapping[str, str] = MappingProxyType(
    {"clean": "fix", "diff": "fix --diff", "lint": "rules lint", "version": "--version"}
)
_OTHER_OPTIONS: Mapping[str, str] = MappingProxyType({"--dry-run": "--diff"})


class Group(TyperGroup):
    """Commands with a common name, or all of them. It says which command may be meant."""

    context_class = Context

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.context_class = Context
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise UsageError(_no_command(name, ctx.command_path, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


def _no_command(name: str, path: str, known: Sequence[str]) -> str:
    """Return what to say about a command that does not exist.

    `path` is what was given before it: the program, or a group of commands.
    """
    _, _, group = path.partition(" ")
    if group:
        return f"there is no command “{group} {name}”; {did_you_mean(name, known)}"
    if exists(Path(name)):
        from cleaner.cli.places import argument  # it needs the engine

        what = "folder" if is_folder(Path(name)) else "file"
        file = argument(Path(name))
        does = f"cleaner fix {file} cleans it, cleaner check {file} says what is wrong"
        return f"{name} is a {what}; {does}"
    other = _OTHER_WORDS.get(name)
    hint = f"did you mean `{other}`?" if other else did_you_mean(name, known)
    return f"there is no command “{name}”; {hint}"


def said_of(error: Any) -> str:
    """Return what to say about an error of click: the command, what is wrong, what to do."""
    command = error.ctx.command_path if error.ctx else " ".join(["cleaner", *sys.argv[1:2]])
    what, remedy = _reason(error)
    return f"{command}: {what}; {remedy or f'{command} -h says what can be given'}"


def _reason(error: Any) -> tuple[str, str]:
    """Return what is wrong, and what to do; "" where only the help can say that."""
    param = getattr(error, "param", None)
    option = getattr(error, "option_name", "")
    if option and hasattr(error, "possibilities"):
        return _no_option(option, error.ctx)
    if option and "requires" in error.message:
        return f"{option} is without its value", "give one behind it"
    if option:
        return f"{option} takes no value", "leave it out"
    if param is None:
        more = _MORE.search(error.format_message())
        return f"“{more[1]}” is too much" if more else _lower(error.format_message()), ""
    is_option = param.opts[0].startswith("-")
    label = param.opts[0] if is_option else param.metavar or param.name
    if hasattr(error, "param_type"):  # of a parameter that is missing
        return f"{label} is missing", ""
    found = _wrong_value(error.ctx, param, label) if error.ctx else None
    return found or (_lower(error.format_message()), "")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _no_option(option: str, context: Any) -> tuple[str, str]:
    """Return what to say about an option that a command does not have."""
    known = [name for param in context.command.params for name in param.opts]
    other = _OTHER_OPTIONS.get(option)
    close = other if other in known else closest_option(option, known)
    if isinstance(context.command, TyperGroup) and not close:
        what = f"there is no option “{option}” before the command"
        return what, "give it behind the command"
    return f"there is no option “{option}”", f"did you mean `{close}`?" if close else ""


def _wrong_value(context: Any, param: Any, label: str) -> tuple[str, str] | None:
    """Return what is wrong with the value of a parameter, from the type that it was declared with.

    None means that any value should do.
    """
    parameters = inspect.signature(context.command.callback, eval_str=True).parameters
    declared = parameters[param.name].annotation
    settings: Any = None
    if get_origin(declared) is Annotated:
        declared, settings = get_args(declared)[:2]
    given = _given(sys.argv[1:], param.opts)
    for one in (declared, *get_args(declared)):
        if get_origin(one) is Literal:
            what = f"there is no {label.lstrip('-').lower()} “{given}”"
            return what, did_you_mean(given, get_args(one))
        if one in {int, float}:
            kind = "whole number" if one is int else "number"
            return f"{label}: “{given}” is not a {kind}{_bounds(settings)}", ""
    return None


def _bounds(settings: Any) -> str:
    """Return what else is asked of a number.

    >>> from types import SimpleNamespace
    >>> _bounds(SimpleNamespace(min=1, max=None)), _bounds(SimpleNamespace(min=0, max=1))
    (' from 1 on', ' from 0 to 1')
    """
    low, high = getattr(settings, "min", None), getattr(settings, "max", None)
    if low is None or high is None:
        return "" if low is None else f" from {low:g} on"
    return f" from {low:g} to {high:g}"


def _given(words: Sequence[str], names: Sequence[str]) -> str:
    """Return the value that a command line gives an option, the last one; else its last word.

    >>> _given(["suggest", "--limit", "x", "."], ["--limit"])
    'x'
    >>> _given(["suggest", "--limit=y", "."], ["--limit"])
    'y'
    >>> _given(["rules", "schema", "z"], ["what"])
    'z'
    """
    value = words[-1] if words else ""
    for number, word in enumerate(words):
        name, equals, text = word.partition("=")
        if name in names:
            value = text if equals else "".join(words[number + 1 : number + 2])
    return value
