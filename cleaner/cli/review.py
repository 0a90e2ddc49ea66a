"""`cleaner review`: go through the suggestions, one name a screen."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from cleaner.cli import fix, options
from cleaner.cli.terminal import coloured, complain, count
from cleaner.names.suggestion import Group
from cleaner.project.files import seen_from
from cleaner.review.project import Project
from cleaner.text.visible import visible


def review(
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
) -> None:
    """Go through what cleaner suggest found, one name a screen, and decide with one key each.

    Every decision is written at once: an accepted name becomes a rule in your rules file, a
    rejected one is never proposed again. Leave when you like; what is not decided waits. Without a
    terminal, and in CI, nothing is decided: the commands that would do it are printed, and the exit
    code is 1 if anything is pending.

    \b
    Examples:
      cleaner review
    """
    from cleaner.review.screen import terminal
    from cleaner.review.screen.desk import ProjectDesk
    from cleaner.review.screen.session import begin

    project = Project(options.settings(config, False, rules=rules, bundled=bundled))
    groups, held = project.pending()
    before = f" ({held:,} rejected before)" if held else ""
    if not groups:
        complain(f"nothing is pending{before}; cleaner suggest looks for names")
        return
    if os.environ.get("CI") or not terminal.possible(os.environ):
        _commands(groups)
        complain(
            f"{count(len(groups), 'suggestion')} pending{before}; to decide with single keys, use a terminal"
        )
        raise typer.Exit(1)
    desk = ProjectDesk(project, groups, os.environ)
    session, left = terminal.review(begin(groups), desk, colour=coloured(sys.stdout))
    done = [group for group in groups if session.statuses.get(group.id) == "accepted"]
    pending = len(groups) - len(done) - session.count("rejected")
    complain(f"{len(done):,} accepted, {session.count('rejected'):,} rejected, {pending:,} pending")
    note = project.unused() if done else ""
    if note:
        complain(note)
    found = _files(project, done)
    if left.fix and found:
        fix.fix(
            [str(path) for path in found],
            rules=[*(rules or ()), *([project.accept_to] if note else ())],
            bundled=bundled,
            config=config,
        )
    elif found:
        complain(
            f"to apply what you accepted: cleaner fix {shlex.join(map(str, found[:5]))}{' …' * (len(found) > 5)}"
        )


def _commands(groups: Sequence[Group]) -> None:
    """What somebody would type instead of pressing keys."""
    for group in groups:
        forms = ", ".join(f"{member.form} ({member.count:,})" for member in group.members)
        typer.echo(visible(f"# {forms} -> {group.canonical or '?'}"))
        typer.echo(f"cleaner accept {group.id}" + ("" if group.canonical else " --as NAME"))
        typer.echo(f"cleaner reject {group.id}")


def _files(project: Project, groups: Sequence[Group]) -> list[Path]:
    """The files that accepted names were found in, as they are seen from here."""
    names = dict.fromkeys(
        place.file for group in groups for member in group.members for place in member.places
    )
    there = [path for name in names if (path := project.folder / name).is_file()]
    return [Path(seen_from(path, Path.cwd())) for path in there]
