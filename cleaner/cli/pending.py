"""`cleaner pending`: suggestions that nobody has decided yet, and what each would do as a rule."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cleaner.cli.given import Given
from cleaner.cli.options import shared
from cleaner.cli.terminal import progress, say, waiting
from cleaner.names.suggestion import Group
from cleaner.reports import suggestions
from cleaner.review.project import Project
from cleaner.review.trial import Change, Shift, Trial
from cleaner.text.counting import count
from cleaner.text.visible import escape_invisible, visible


@shared("rules", "bundled", "config")
def pending(
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print them.")
    ] = "text",
    min_score: Annotated[
        float,
        typer.Option("--min-score", metavar="S", min=0, max=1, help="Only from this score on."),
    ] = 0.0,
    seeds: Annotated[
        Path | None,
        typer.Option("--seeds", metavar="FOLDER", help="Texts as they come in; seeds by default."),
    ] = None,
    golden: Annotated[
        Path | None,
        typer.Option(
            "--golden", metavar="FOLDER", help="The same texts as wanted; golden by default."
        ),
    ] = None,
    *,
    given: Given,
) -> None:
    """List the suggestions that nobody has decided yet, each with what it would do as a rule.

    Each was tried on the goldens, the examples, the good pages and the files it was found in.

    \b
    Examples:
      cleaner pending
      cleaner pending --min-score 0.9 --format json | jq '.pending[].id'
    """
    project = Project(given.settings())
    undecided, held_back = project.pending()
    groups = [group for group in undecided if group.score >= min_score]
    with waiting("Reading the rules and the texts"):
        texts = project.texts(groups, seeds, golden)
        trials = project.trials(project.rules(), texts)
    for line in texts.unreadable:
        say(f"{line}; what was found there is still listed")
    tried = progress(
        ((group, trials.of(group)) for group in groups),
        "Trying",
        len(groups),
        things="suggestions",
        speaks=lambda _: format == "text",
    )
    if format == "json":
        listed = [_plain(group, trial) for group, trial in tried]
        whole = {"pending": listed, "held_back": held_back}
        typer.echo(escape_invisible(json.dumps(whole, ensure_ascii=False, indent=2)))
    else:
        for group, trial in tried:
            _print(group, trial)
    if undecided and not groups:
        say(f"no suggestion has a score of {min_score} or more")
    rejected = f", {held_back:,} rejected before" if held_back else ""
    next_step = "; cleaner accept ID, cleaner reject ID" if groups else ""
    say(f"{count(len(groups), 'suggestion')}{rejected}{next_step}")


def _print(group: Group, trial: Trial) -> None:
    line = suggestions.in_one_line(group)
    typer.echo(visible(f"{group.id}: {line}  score {group.score:.2f}"))
    typer.echo(visible(f"    {trial.summary}"))


def _plain(group: Group, trial: Trial) -> dict[str, Any]:
    """Return a suggestion and its trial as plain data."""
    tried: dict[str, Any] = {"verdict": trial.summary, "harmful": trial.harmful}
    for key in ("changes", "seeds", "clean", "silenced"):
        tried[key] = _changes(getattr(trial, key))
    for key in ("improved", "broken"):
        tried[key] = _shifts(getattr(trial, key))
    for key in ("examples", "known", "faults"):
        tried[key] = list(getattr(trial, key))
    return {**suggestions.plain(group), "trial": tried}


def _shifts(shifts: Iterable[Shift]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for shift in shifts:
        harm = [*shift.harmful, *map(str, shift.opened)]
        closed = list(map(str, shift.closed))
        listed.append({"golden": shift.name, "closed": closed, "harm": harm})
    return listed


def _changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {
            "file": change.place.file,
            "line": change.place.line,
            "column": change.place.column,
            "before": change.before,
            "after": change.after,
            "rule": change.rule,
        }
        for change in changes
    ]
