"""`cleaner accept`: turn suggestions into rules."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from cleaner.cli.given import Given
from cleaner.cli.options import shared
from cleaner.cli.terminal import print_diff_line, progress, say, waiting
from cleaner.errors import CleanerError, UsageError
from cleaner.names.suggestion import Group
from cleaner.project.revision import confirm
from cleaner.review.accept import Acceptance, Terms
from cleaner.review.project import Pending, Project
from cleaner.rules.layers import display_path
from cleaner.rules.model import RuleSet
from cleaner.text.counting import count


@shared("rules", "bundled", "config")
def accept(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Suggestions, by id.", show_default=False),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Everything that is pending and has a known name.")
    ] = False,
    min_score: Annotated[
        float | None,
        typer.Option(
            "--min-score", metavar="S", min=0, max=1, help="With --all: only from this score on."
        ),
    ] = None,
    canonical: Annotated[
        str | None,
        typer.Option("--as", metavar="CANONICAL", help="The right form, if it is another one."),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="FORM", help="This form is not that name."),
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
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="With --all: also what a trial has something against."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    *,
    given: Given,
) -> None:
    """Turn suggestions into rules: they are inserted into your rules file, with examples from the
    lines they were found in.

    If your files already have a rule for a name, its new forms are added there. The new text is
    loaded, proven and linted before it replaces the old one. --drop is remembered, so that the
    form is not proposed for this name again.

    \b
    Examples:
      cleaner accept ma-yun
      cleaner accept ma-yun --drop Mavin --when Alibaba --dry-run
      cleaner accept group-7 --as "Zhang Fan"
      cleaner accept --all --min-score 0.9
    """
    if all_ == bool(ids):
        raise UsageError("give ids, or --all" if not ids else "--all and ids exclude each other")
    if min_score is not None and not all_:
        raise UsageError("--min-score goes with --all")
    if doubtful and not all_:
        raise UsageError("--doubtful goes with --all")
    if (canonical or drop or same) and (all_ or len(ids or ()) > 1):
        raise UsageError("--as, --drop and --same are about one suggestion; name it by its id")
    _refuse_empty("--when", when or ())
    _refuse_empty("--same", same or ())
    _refuse_empty("--as", [] if canonical is None else [canonical])
    project = Project(given.settings())
    groups: Sequence[Group] = _groups(project.pending(), ids or (), min_score or 0)
    if not groups:
        say("nothing matches, nothing is written")
        return
    terms = Terms(
        canonical=canonical or "",
        dropped=frozenset(drop or ()),
        level=level,
        when=tuple(when or ()),
        same=tuple(same or ()),
    )
    if all_ and not doubtful:
        groups = _without_doubtful(project, groups, terms)
    exit_code = _accept_each(project, groups, terms, dry_run=dry_run)
    note = "" if dry_run else project.unused()
    if note:
        say(note)
    raise typer.Exit(exit_code)


def _refuse_empty(option: str, texts: Sequence[str]) -> None:
    if not all(text.strip() for text in texts):
        raise UsageError(f"{option} is empty")


def _groups(pending: Pending, ids: Sequence[str], min_score: float) -> list[Group]:
    """Return the suggestions of these ids; without ids all that have a name and the score."""
    if ids:
        return [pending.group(id_) for id_ in dict.fromkeys(ids)]
    named = [group for group in pending.groups if group.canonical]
    nameless = len(pending.groups) - len(named)
    if nameless:
        say(f"skipped: {count(nameless, 'suggestion')} without a known name")
    return [group for group in named if group.score >= min_score]


def _without_doubtful(project: Project, groups: Sequence[Group], terms: Terms) -> Sequence[Group]:
    """Return the suggestions against which a trial has nothing; name the others."""
    with waiting("Reading the rules and the texts"):
        trials = project.trials(project.rules(), project.texts(groups))
    kept: list[Group] = []
    all_tried = progress(
        ((group, trials.of(group, when=terms.when, level=terms.level)) for group in groups),
        "Trying",
        len(groups),
        things="suggestions",
        speaks=lambda tried: tried[1].harmful or bool(tried[1].known),
    )
    for group, trial in all_tried:
        if trial.harmful or trial.known:
            say(f"left: {group.id}: {trial.summary}; cleaner accept {group.id} takes it")
        else:
            kept.append(group)
    return kept


def _accept_each(project: Project, groups: Sequence[Group], terms: Terms, *, dry_run: bool) -> int:
    """Accept suggestions one by one; return the exit code.

    One that is refused does not stop the others, and if there is only one, it is an error.
    """
    today = datetime.date.today().isoformat()
    others = project.pending().groups
    exit_code = 0
    shown = progress(groups, "Accepting", len(groups), things="suggestions", speaks=lambda _: True)
    for group in shown:
        try:
            known = project.rules()
            wanted = project.prepare(group, known, terms, date=today, others=others)
            if dry_run:
                _show(project, group, wanted, known, today)
            else:
                _write(project, group, wanted, known, today)
        except CleanerError as error:
            if len(groups) == 1:
                raise
            say(f"{group.id}: {error}")
            exit_code = max(exit_code, error.exit_code)
    return exit_code


def _show(project: Project, group: Group, wanted: Acceptance, known: RuleSet, today: str) -> None:
    for line in project.preview(group, wanted, known, date=today):
        print_diff_line(line)


def _write(project: Project, group: Group, wanted: Acceptance, known: RuleSet, today: str) -> None:
    path = project.target(wanted, known)
    changes = project.accept(group, wanted, known, date=today)
    done = f"{display_path(path)}: {', '.join(wanted.variants)} -> {wanted.canonical}"
    if not any(change.path == path for change in changes):
        done += " was already there"
    say(done)
    confirm(*changes)
    if not wanted.examples:
        what = "no line it was found in proves the rule by itself, so it has no example"
        say(f"{group.id}: {what}")
