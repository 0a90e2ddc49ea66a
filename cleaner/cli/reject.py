"""`cleaner reject`: a form is not that name; remember it."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from cleaner.cli.given import Given
from cleaner.cli.options import shared
from cleaner.cli.terminal import say
from cleaner.errors import UsageError
from cleaner.project.revision import Undo, confirm
from cleaner.review.project import Project
from cleaner.rules.layers import display_path


@shared("config")
def reject(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Suggestions, by id.", show_default=False)
    ],
    form: Annotated[
        list[str] | None,
        typer.Option("--form", metavar="FORM", help="Only this form; the others stay pending."),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why, for those who read it.")
    ] = "",
    *,
    given: Given,
) -> None:
    """Say that forms are not the name they were taken for. They are never proposed for that name
    again, in any document.

    The decision is written to .cleaner/decisions.yaml; commit that file. `cleaner decisions` lists
    what was rejected and takes it back.

    \b
    Examples:
      cleaner reject ma-yun
      cleaner reject ma-yun --form Marvin --reason "the robot"
    """
    if form and len(ids) > 1:
        raise UsageError("--form is about one suggestion; name it by its id")
    project = Project(given.settings())
    pending = project.pending()
    groups = [pending.group(id_) for id_ in dict.fromkeys(ids)]
    today = datetime.date.today().isoformat()
    changes: list[Undo] = []
    for group in groups:
        changes += project.reject(group, date=today, forms=form or (), reason=reason)
        forms = ", ".join(form or (member.form for member in group.members))
        name = f"is not {group.canonical}" if group.canonical else "is no name"
        say(f"{display_path(project.decisions)}: {forms} {name}")
    confirm(*changes)
