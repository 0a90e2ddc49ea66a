"""`cleaner decisions`: what was rejected in review; take it back."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.given import Given
from cleaner.cli.mistakes import Group
from cleaner.cli.options import shared
from cleaner.cli.terminal import paint, say
from cleaner.project.revision import confirm
from cleaner.review import decisions
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.text.counting import count
from cleaner.text.visible import visible

app = typer.Typer(
    help="List what was rejected in review; take it back.", cls=Group, rich_markup_mode=None
)


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    """List what was rejected in review; take it back."""
    if context.invoked_subcommand is None:
        _list(Given())


@app.command("list", short_help="All decisions, by id.")
@shared("config")
def list_(*, given: Given) -> None:
    """List all decisions: id, verdict, form and name, day, reason.

    \b
    Example:
      cleaner decisions list
    """
    _list(given)


def _list(given: Given) -> None:
    project = Project(given.settings())
    known = decisions.by_id(decisions.read_decisions(project.decisions))
    for id_, decision in known.items():
        name = f"“{decision.canonical}”" if decision.canonical else "a name"
        reason = f": {decision.reason}" if decision.reason else ""
        pair = visible(f"“{decision.form}” as {name}  {decision.date}{reason}")
        verdict = paint(decision.verdict, decision.verdict)
        typer.echo(f"{visible(id_)}  {verdict}  {pair}")
    say(count(len(known), "decision"))


@app.command("take-back", short_help="Forget a decision.")
@shared("config")
def take_back(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A decision, as `cleaner decisions` lists it.")
    ],
    *,
    given: Given,
) -> None:
    """Forget a decision: the next `cleaner suggest` may propose the form again.

    \b
    Example:
      cleaner decisions take-back marwin-ma-yuan
    """
    project = Project(given.settings())
    decision, change = decisions.take_back(project.decisions, id_)
    name = decision.canonical or "a name"
    file = display_path(project.decisions)
    say(f"{file}: {decision.form} may be proposed as {name} again")
    confirm(change)
