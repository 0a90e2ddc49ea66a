"""`cleaner accept`: make rules of suggestions."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count, diff_line
from cleaner.errors import CleanerError, UsageError
from cleaner.names.suggestion import Group
from cleaner.review.accept import Acceptance, Terms
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.rules.model import RuleSet


def accept(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Suggestions, by id.", show_default=False),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="All that is pending and has a known name.")
    ] = False,
    min_score: Annotated[
        float | None,
        typer.Option(
            "--min-score", metavar="S", min=0, max=1, help="With --all: from this score on."
        ),
    ] = None,
    canonical: Annotated[
        str | None,
        typer.Option("--as", metavar="CANONICAL", help="The right form, if it is another one."),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="FORM", help="This form is not that name.")
    ] = None,
    level: Annotated[
        Literal["fix", "suggest", "report", "off"],
        typer.Option("--level", help="The level of the rule."),
    ] = "fix",
    when: Annotated[
        list[str] | None,
        typer.Option("--when", metavar="PHRASE", help="Only in documents that hold this phrase."),
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="LINE", help="A line that the rule must never change."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
) -> None:
    """Make rules of suggestions: text is put into your rules file, with examples from the lines
    they were found in.

    A name that has a rule in your files gets its new forms there. The new text is loaded, proven
    and linted before it takes the place of the old one; --drop is remembered, so that the form is
    not proposed for this name again.

    \b
    Examples:
      cleaner accept ma-yun
      cleaner accept ma-yun --drop Mavin --when Alibaba --dry-run
      cleaner accept group-7 --as "Zhang Fan"
      cleaner accept --all --min-score 0.9
    """
    if all_ == bool(ids):
        raise UsageError(
            "say which: ids, or --all" if not ids else "--all and ids exclude each other"
        )
    if min_score is not None and not all_:
        raise UsageError("--min-score goes with --all")
    if (canonical or drop or same) and (all_ or len(ids or ()) > 1):
        raise UsageError("--as, --drop and --same are about one suggestion; name it by its id")
    for option, texts in (
        ("--when", when),
        ("--same", same),
        ("--as", [canonical] if canonical is not None else None),
    ):
        if texts and not all(text.strip() for text in texts):
            raise UsageError(f"{option} is empty")
    project = Project(options.settings(config, False, rules=rules, bundled=bundled))
    pending = project.pending()
    groups = [pending.group(id_) for id_ in dict.fromkeys(ids or ())]
    if all_:
        named = [group for group in pending.groups if group.canonical]
        groups = [group for group in named if group.score >= (min_score or 0)]
        if len(named) < len(pending.groups):
            complain(
                f"passed over: {count(len(pending.groups) - len(named), 'suggestion')} without a known name"
            )
    if not groups:
        complain("nothing matches, nothing is written")
        return
    today = datetime.date.today().isoformat()
    refused: list[CleanerError] = []
    for group in groups:
        try:
            known = project.rules()
            terms = Terms(
                canonical or "",
                frozenset(drop or ()),
                level,
                tuple(when or ()),
                tuple(same or ()),
            )
            wanted = project.prepare(group, known, terms, date=today)
            if dry_run:
                _show(project, group, wanted, known, today)
            else:
                _write(project, group, wanted, known, today)
        except CleanerError as error:
            if len(groups) == 1:
                raise
            complain(f"{group.id}: {error}")
            refused.append(error)
    if not dry_run and (note := project.unused()):
        complain(note)
    raise typer.Exit(max((error.exit_code for error in refused), default=0))


def _show(project: Project, group: Group, wanted: Acceptance, known: RuleSet, today: str) -> None:
    for line in project.preview(group, wanted, known, date=today):
        typer.echo(diff_line(line), nl=False)


def _write(project: Project, group: Group, wanted: Acceptance, known: RuleSet, today: str) -> None:
    path = project.target(wanted, known)
    there = project.accept(group, wanted, known, date=today)
    said = f"{display_path(path)}: {', '.join(wanted.variants)} -> {wanted.canonical}"
    if not any(change.path == path for change in there):
        said += " stood there already"
    complain(said)
    if not wanted.examples:
        complain(
            f"{group.id}: no line it was found in proves the rule by itself, so it has no example"
        )
