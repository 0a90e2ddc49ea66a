"""`cleaner decisions`: what was rejected in review; take it back."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count, paint
from cleaner.review import decisions
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.text.visible import visible

app = typer.Typer(help="List what was rejected in review; take it back.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    """List what was rejected in review; take it back."""
    if context.invoked_subcommand is None:
        list_()


@app.command("list", short_help="All decisions, by id.")
def list_(config: options.ConfigFile = None) -> None:
    """All decisions: id, verdict, form and name, day, reason.

    \b
    Example:
      cleaner decisions list
    """
    import sys

    project = Project(options.settings(config, False))
    known = decisions.by_id(decisions.read_decisions(project.decisions))
    for id_, one in known.items():
        verdict = paint(one.verdict, {"reject": "red", "accept": "green"}[one.verdict], sys.stdout)
        name = f"“{one.canonical}”" if one.canonical else "a name"
        reason = f": {one.reason}" if one.reason else ""
        typer.echo(
            f"{visible(id_)}  {verdict}  {visible(f'“{one.form}” as {name}  {one.date}{reason}')}"
        )
    complain(count(len(known), "decision"))


@app.command("take-back", short_help="Forget a decision.")
def take_back(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A decision, as `cleaner decisions` lists it.")
    ],
    config: options.ConfigFile = None,
) -> None:
    """Forget a decision: the form may be proposed again, by the next `cleaner suggest`.

    \b
    Example:
      cleaner decisions take-back marwin-ma-yuan
    """
    project = Project(options.settings(config, False))
    one, _ = decisions.take_back(project.decisions, id_)
    complain(
        f"{display_path(project.decisions)}: {one.form} may be proposed as {one.canonical or 'a name'} again"
    )
