"""`cleaner reject`: a form is not that name; remember it."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain
from cleaner.errors import UsageError
from cleaner.review.project import Project
from cleaner.rules.layers import display_path


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
    config: options.ConfigFile = None,
) -> None:
    """Say that forms are not the name they are taken for. They are never proposed for it again, in
    no document.

    It is written into .cleaner/decisions.yaml, which belongs into the repository; `cleaner
    decisions` lists what was rejected and takes it back.

    \b
    Examples:
      cleaner reject ma-yun
      cleaner reject ma-yun --form Marvin --reason "the robot"
    """
    if form and len(ids) > 1:
        raise UsageError("--form is about one suggestion; name it by its id")
    project = Project(options.settings(config, False))
    pending = project.pending()
    groups = [pending.group(id_) for id_ in dict.fromkeys(ids)]
    today = datetime.date.today().isoformat()
    for group in groups:
        project.reject(group, date=today, forms=form or (), reason=reason)
        what = ", ".join(form or (member.form for member in group.members))
        name = f"is not {group.canonical}" if group.canonical else "is no name"
        complain(f"{display_path(project.decisions)}: {what} {name}")
