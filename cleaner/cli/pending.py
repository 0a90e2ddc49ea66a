"""`cleaner pending`: what nobody has decided yet, and what it would do as a rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count
from cleaner.names.suggestion import Group
from cleaner.review.project import Project
from cleaner.review.trial import Change, Shift, Trial
from cleaner.text.visible import spelled, visible


def pending(
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print it.")
    ] = "text",
    min_score: Annotated[
        float,
        typer.Option("--min-score", metavar="S", min=0, max=1, help="Only from this score on."),
    ] = 0.0,
    seeds: Annotated[
        Path | None,
        typer.Option("--seeds", metavar="FOLDER", help="Texts as they come in; usually seeds."),
    ] = None,
    golden: Annotated[
        Path | None,
        typer.Option(
            "--golden", metavar="FOLDER", help="The same texts as wanted; usually golden."
        ),
    ] = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
) -> None:
    """List the suggestions that nobody has decided yet, each with what it would do as a rule.

    Every one was tried against the goldens, the examples, the good pages and the files it was found
    in.

    \b
    Examples:
      cleaner pending
      cleaner pending --min-score 0.9 --format json | jq '.pending[].id'
    """
    project = Project(options.settings(config, False, rules=rules, bundled=bundled))
    waiting, held = project.pending()
    groups = [group for group in waiting if group.score >= min_score]
    known = project.rules()
    texts = project.texts(groups, seeds, golden)
    trials = project.trials(known, texts)
    for line in texts.unreadable:
        complain(f"{line}; what was found there is still listed")
    tried = ((group, trials.of(group)) for group in groups)
    if format == "json":
        whole = {"pending": [_plain(*one) for one in tried], "held_back": held}
        typer.echo(spelled(json.dumps(whole, ensure_ascii=False, indent=2)))
    else:
        for group, trial in tried:
            forms = ", ".join(f"{member.form} ({member.count:,})" for member in group.members)
            typer.echo(
                visible(f"{group.id}: {forms} -> {group.canonical or '?'}  score {group.score:.2f}")
            )
            typer.echo(visible(f"    {trial.summary}"))
    left = f", {held:,} rejected before" if held else ""
    if waiting and not groups:
        complain(f"no suggestion has a score from {min_score} on")
    complain(
        f"{count(len(groups), 'suggestion')}{left}"
        + ("; cleaner accept ID, cleaner reject ID" if groups else "")
    )


def _plain(group: Group, trial: Trial) -> dict[str, Any]:
    members = [
        {**member._asdict(), "places": [place._asdict() for place in member.places]}
        for member in group.members
    ]
    spans = ("changes", "seeds", "clean", "silenced")
    tried = {
        "verdict": trial.summary,
        "harmful": trial.harmful,
        **{key: _changes(getattr(trial, key)) for key in spans},
        **{key: _shifts(getattr(trial, key)) for key in ("improved", "broken")},
        **{key: list(getattr(trial, key)) for key in ("examples", "known", "faults")},
    }
    return {
        **group._asdict(),
        "source": dict(group.source),
        "score": group.score,
        "members": members,
        "trial": tried,
    }


def _shifts(shifts: tuple[Shift, ...]) -> list[dict[str, Any]]:
    harm = {one.name: [*one.harmful, *map(str, one.opened)] for one in shifts}
    return [
        {"golden": one.name, "closed": list(map(str, one.closed)), "harm": harm[one.name]}
        for one in shifts
    ]


def _changes(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [
        {
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "before": one.before,
            "after": one.after,
            "rule": one.rule,
        }
        for one in changes
    ]
