"""`cleaner review`: go through the suggestions, one name a screen."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from cleaner.cli.fixing import IN_REVIEW, fix_files
from cleaner.cli.given import Given
from cleaner.cli.options import shared
from cleaner.cli.places import argument
from cleaner.cli.terminal import say, wants_colour
from cleaner.names.suggestion import Group
from cleaner.project.files import seen_from
from cleaner.reading import is_file
from cleaner.reports.suggestions import in_one_line, rival_spelling
from cleaner.review.project import Project
from cleaner.text.counting import count
from cleaner.text.visible import visible

_LISTED = 5  # files that are named at the end


@shared("rules", "bundled", "config")
def review(*, given: Given) -> None:
    """Go through what `cleaner suggest` found, one name a screen; decide with one key each.

    Every decision is written at once: an accepted name becomes a rule in your rules file, a
    rejected one is never proposed again. Leave whenever you like; what is not decided waits.
    Without a terminal, and in CI, nothing is decided: the commands that would do it are printed,
    and the exit code is 1 if anything is pending.

    \b
    Examples:
      cleaner review
    """
    from cleaner.review.screen import terminal
    from cleaner.review.screen.desk import ProjectDesk
    from cleaner.review.screen.session import begin

    project = Project(given.settings())
    groups, held_back = project.pending()
    before = f" ({held_back:,} rejected before)" if held_back else ""
    if not groups:
        say(f"nothing is pending{before}; cleaner suggest looks for names")
        return
    if os.environ.get("CI") or not terminal.possible(os.environ):
        _print_commands(groups)
        pending = f"{count(len(groups), 'suggestion')} pending{before}"
        say(f"{pending}; to decide with single keys, use a terminal")
        raise typer.Exit(1)
    desk = ProjectDesk(project, groups, os.environ)
    session, left = terminal.review(begin(groups), desk, colour=wants_colour(sys.stdout))
    accepted = [
        session.as_named(group) for group in groups if session.statuses.get(group.id) == "accepted"
    ]
    rejected = session.count("rejected")
    pending_now = len(groups) - len(accepted) - rejected
    say(f"{len(accepted):,} accepted, {rejected:,} rejected, {pending_now:,} pending")
    _finish(project, accepted, given, fix=left.fix)


def _finish(project: Project, accepted: Sequence[Group], given: Given, *, fix: bool) -> None:
    """Clean the files in which accepted names were found, or say how to."""
    note = project.unused() if accepted else ""
    if note:
        say(note)
    found = _files(project, accepted)
    if not found:
        return
    if fix:
        settings = given.settings()
        if note:  # the accepted rules count, although the configuration does not read them yet
            settings = settings.overlaid(rules=(project.accept_to,))
        raise typer.Exit(fix_files(settings, found, IN_REVIEW))
    listed = " ".join(map(argument, found[:_LISTED]))
    more = " …" if len(found) > _LISTED else ""
    say(f"to apply what you accepted: cleaner fix {listed}{more}")
    members = (member for group in accepted for member in group.members)
    if any(member.count > len(member.places) for member in members):
        say("only the first places of a form are kept; it may be in other files too")


def _print_commands(groups: Sequence[Group]) -> None:
    """Print what somebody would type instead of pressing keys."""
    for group in groups:
        typer.echo(visible(f"# {in_one_line(group)}"))
        typer.echo(f"cleaner accept {group.id}" + ("" if group.canonical else " --as NAME"))
        rival = rival_spelling(group)
        if rival:
            typer.echo(visible(f"cleaner accept {group.id} --as {shlex.quote(rival)}"))
        typer.echo(f"cleaner reject {group.id}")


def _files(project: Project, groups: Sequence[Group]) -> list[Path]:
    """Return the files in which the forms of these names were found, as seen from here."""
    names: dict[str, None] = {}
    for group in groups:
        for member in group.members:
            names |= dict.fromkeys(place.file for place in member.places)
    paths = [project.folder / name for name in names]
    return [Path(seen_from(path, Path.cwd())) for path in paths if is_file(path)]
