"""`cleaner review`: go through the suggestions, one name a screen or in the browser."""

from __future__ import annotations

import os
import shlex
import sys
import webbrowser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.fixing import IN_REVIEW, fix_files
from cleaner.cli.given import Given, paths_of
from cleaner.cli.options import SEARCHING, Paths, Pivot, shared
from cleaner.cli.places import argument
from cleaner.cli.suggest import STDIN, Search, say_what_was_not_searched, search, used_rules
from cleaner.cli.terminal import confirmed, say, waiting, wants_colour
from cleaner.errors import UsageError
from cleaner.names.suggestion import Group
from cleaner.project.config import Config
from cleaner.project.files import seen_from
from cleaner.project.revision import confirm
from cleaner.reading import is_file
from cleaner.reports.suggestions import in_one_line, rival_spelling
from cleaner.reports.tally import nothing_read
from cleaner.review.project import Project
from cleaner.text.counting import count
from cleaner.text.visible import visible

_IDLE = 30.0  # minutes
_LISTED = 5  # files that are named at the end


@shared(*SEARCHING)
def review(
    paths: Paths = None,
    pivot: Pivot = None,
    web: Annotated[
        bool, typer.Option("--web", help="Review in the browser, on a page of this machine.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="With --web: the port; a free one."
        ),
    ] = None,
    open_: Annotated[
        bool,
        typer.Option("--open/--no-open", help="With --web: open the page in the browser."),
    ] = True,
    idle: Annotated[
        float | None,
        typer.Option(
            "--idle",
            metavar="MINUTES",
            min=0,
            help="With --web: end so long after the last page was closed; 0 for never.",
        ),
    ] = None,
    *,
    given: Given,
) -> None:
    """Go through what `cleaner suggest` found, one name a screen; decide with one key each.

    Every decision is written at once: an accepted name becomes a rule in your rules file, a
    rejected one is never proposed again. Leave whenever you like; what is not decided waits.
    With PATHS, suggest looks for names in these files first. With --web, a page in your browser
    shows the texts beside the names; it needs no network, and nobody else can open it.
    Without a terminal, and in CI, nothing is decided: the commands that would do it are printed,
    and the exit code is 1 if anything is pending.

    \b
    Examples:
      cleaner review
      cleaner review --web chapters/
    """
    if not web and (port is not None or idle is not None or not open_):
        raise UsageError("--port, --idle and --no-open go with --web")
    if pivot and not paths:
        raise UsageError("--pivot goes with PATHS: it is for the search")
    settings = given.settings(pivot=pivot)
    project = Project(settings)
    found = _searched(given, settings, project, paths_of(paths)) if paths else None
    left_alone = 3 if found and found.refused else 0
    if found and not found.names:
        raise typer.Exit(left_alone)
    _say_what_is_left_out(project)
    if web:
        opens = open_ and can_open(os.environ)
        names = found.names if found else ()
        code = serve(project, names, port or 0, opens=opens, idle=_minutes(idle))
    else:
        code = _in_terminal(project, given)
    raise typer.Exit(max(code, left_alone))


def _minutes(idle: float | None) -> float:
    return _IDLE if idle is None else idle


def _searched(given: Given, settings: Config, project: Project, wanted: Sequence[Path]) -> Search:
    """Look for names in files, and keep what is found."""
    if wanted == [STDIN]:
        raise UsageError("review needs files, not stdin: they are shown and cleaned")
    found = search(settings, project, wanted)
    say_what_was_not_searched(found.finder, settings)
    if found.names:
        with waiting("Comparing names"):
            groups = found.finder.groups(None)
        confirm(project.keep(groups, found.names, used_rules(given)))
    elif not found.refused:
        say(nothing_read())
    return found


def _say_what_is_left_out(project: Project) -> None:
    """Say which rules trials leave out, because the search did."""
    for option, globs in project.search()._asdict().items():
        if globs:
            words = " ".join(f"--{option} {shlex.quote(glob)}" for glob in globs)
            say(f"tried without the rules that the search left out: {words}")


def serve(project: Project, names: Sequence[str], port: int, *, opens: bool, idle: float) -> int:
    """Serve the page until it is left; return the exit code.

    If there is nothing to see in it, only that is said.
    """
    from cleaner.review.web.server import Server
    from cleaner.review.web.sitting import Sitting

    with waiting("Reading the texts"):
        sitting = Sitting(project, names)
    if not sitting.has_something():
        if names:
            say(f"{count(len(names), 'file')}: no name to decide, and nothing to clean")
        else:
            _say_nothing_is_pending(project.pending().held_back)
        return 0
    try:
        server = Server(sitting, port, idle=idle * 60)
    except OSError as error:
        raise UsageError(f"--port {port}: it cannot be used ({error.strerror})") from None
    typer.echo(server.url)
    sys.stdout.flush()
    say("this page is for you alone; it ends with q there, or with Ctrl-C here")
    if opens:
        webbrowser.open(server.url)
    server.run()
    counts = Counter(sitting.review.statuses.values())
    pending = len(sitting.review.groups) - counts["accepted"] - counts["rejected"]
    done = f"{counts['accepted']:,} accepted, {counts['rejected']:,} rejected"
    say(f"{done}, {pending:,} pending")
    if counts["accepted"]:
        offer_to_set_up(project)
    return 0


def can_open(environment: Mapping[str, str]) -> bool:
    """Return whether a browser can be opened here: not in CI, and not from afar without a screen.

    >>> can_open({"CI": "true"}), can_open({"SSH_CONNECTION": "1"}), can_open({})
    (False, False, True)
    """
    if environment.get("CI"):
        return False
    has_screen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(has_screen) or not environment.get("SSH_CONNECTION")


def _say_nothing_is_pending(held_back: int) -> None:
    what = f"nothing is pending{_rejected_before(held_back)}"
    say(f"{what}; cleaner suggest looks for names, cleaner fix cleans the texts")


def _rejected_before(held_back: int) -> str:
    return f" ({held_back:,} rejected before)" if held_back else ""


def _in_terminal(project: Project, given: Given) -> int:
    """Review on the screen of the terminal, or print the commands; return the exit code."""
    from cleaner.review.screen import terminal
    from cleaner.review.screen.desk import TerminalDesk
    from cleaner.review.screen.session import begin

    groups, held_back = project.pending()
    if not groups:
        _say_nothing_is_pending(held_back)
        return 0
    if os.environ.get("CI") or not terminal.possible(os.environ):
        _print_commands(groups)
        pending = f"{count(len(groups), 'suggestion')} pending{_rejected_before(held_back)}"
        say(f"{pending}; to decide with single keys, use a terminal, or cleaner review --web")
        return 1
    desk = TerminalDesk(project, groups, os.environ)
    session, left = terminal.review(begin(groups), desk, colour=wants_colour(sys.stdout))
    accepted = [
        session.as_named(group) for group in groups if session.statuses.get(group.id) == "accepted"
    ]
    rejected = session.count("rejected")
    pending_now = len(groups) - len(accepted) - rejected
    say(f"{len(accepted):,} accepted, {rejected:,} rejected, {pending_now:,} pending")
    return _finish(project, accepted, given, fix=left.fix)


def _finish(project: Project, accepted: Sequence[Group], given: Given, *, fix: bool) -> int:
    """Clean the files in which accepted names were found, or say how to; return the exit code."""
    note = offer_to_set_up(project) if accepted else ""
    found = _files(project, accepted)
    if not found:
        return 0
    if fix:
        settings = given.settings()
        if note:  # the accepted rules count, although the configuration does not read them yet
            settings = settings.overlaid(rules=(project.accept_to,))
        return fix_files(settings, found, IN_REVIEW).exit_code
    listed = " ".join(map(argument, found[:_LISTED]))
    more = " …" if len(found) > _LISTED else ""
    say(f"to apply what you accepted: cleaner fix {listed}{more}")
    members = (member for group in accepted for member in group.members)
    if any(member.count > len(member.places) for member in members):
        say("only the first places of a form are kept; it may be in other files too")
    return 0


def offer_to_set_up(project: Project) -> str:
    """Say so if the configuration does not read accepted rules; return what was said.

    At a terminal, in a folder without a configuration, `cleaner init` is offered.
    """
    note = project.unused()
    if not note:
        return ""
    say(note)
    has_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    if project.config.file is None and has_terminal and not os.environ.get("CI"):
        from cleaner.cli.init import init

        if confirmed("Run cleaner init now?", default=True):
            init()
    return note


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
