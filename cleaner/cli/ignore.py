"""`cleaner ignore`: what was found on a line is right; say so in the configuration."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain
from cleaner.engine.cleaner import IDLE
from cleaner.engine.silence import concerns, written
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files, globs, tomlfile
from cleaner.project.corpus import Cleaned
from cleaner.project.selection import Selection, acts
from cleaner.reports.entry import without_line_ends
from cleaner.text.edits import Lines
from cleaner.text.visible import shortened

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::[0-9]{1,9})?:?")


def ignore(
    place: Annotated[
        str, typer.Argument(metavar="FILE:LINE", help="The place, as `cleaner check` prints it.")
    ],
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule", metavar="GLOB", help="Only what this rule found there, as in 'names/*'."
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, for those who read it.")
    ] = None,
    config: options.ConfigFile = None,
) -> None:
    """Leave what was found on a line as it is, from now on.

    An entry for each finding goes to the end of the configuration (cleaner.toml is made if there is
    none). It names the file, the rule and the exact text, with as many words around it as it takes
    to mean this place alone. In Markdown a comment does the same: <!-- cleaner: ignore RULE -->
    before the block.

    \b
    Examples:
      cleaner ignore cup.txt:12
      cleaner ignore cup.txt:12 --rule names/people/ma-yun --reason "the goalkeeper"
    """
    found = _PLACE.fullmatch(place)
    if not found:
        raise UsageError(f"{place}: say FILE:LINE, as in article.txt:12")
    path, line = Path(found["file"]), int(found["line"])
    settings = options.settings(config, False)
    (outcome,) = Selection(settings).clean([path])
    if not isinstance(outcome, Cleaned):
        raise RefusedError(*outcome)
    text = outcome.source.text
    where = Lines(text)
    there = [
        (finding.rules, finding.span)
        for finding in outcome.result.findings
        if where.place(without_line_ends(text, finding.span).start)[0] == line
        and finding.rules != (IDLE,)
        and any(concerns([rule] if rule else [], id_) for id_ in finding.rules)
    ]
    entries = [
        entry
        for entry in written(text, there)
        if concerns([rule] if rule else [], entry.rule) and acts(settings, entry.rule)
    ]
    if not entries:
        which = f" of {rule}" if rule else ""
        raise UsageError(
            f"{path}:{line}: no finding{which} on this line; `cleaner check {path}` lists them"
        )
    file = settings.file
    target = file.path if file else tomlfile.home(Path.cwd().resolve()) / "cleaner.toml"
    name = globs.exactly(files.seen_from(path.resolve(), target.parent))
    if name.startswith("/../"):
        raise UsageError(
            f"{path}: lies outside the folder of {tomlfile.relative_path(target)}, which says nothing of it"
        )
    try:
        name.encode()
    except UnicodeEncodeError:
        raise UsageError(
            f"{path}: a name that is not UTF-8 cannot stand in a configuration; rename the file"
        ) from None
    whole = file.text if file else ""
    for entry in entries:
        keys = {"file": name, "rule": entry.rule, "text": entry.text} | (
            {"reason": reason} if reason else {}
        )
        try:
            whole = tomlfile.appended(whole, file.header if file else (), "ignores", keys)
        except ValueError:
            raise UsageError(
                f"{tomlfile.relative_path(target)}: `ignores` is a list there; write it as [[ignores]]"
            ) from None
    files.save(target, whole.encode())
    for entry in entries:
        times = text.count(entry.text)
        more = f", in all {times:,} places" if times > 1 else ""
        complain(
            f"{tomlfile.relative_path(target)}: {entry.rule} leaves “{shortened(entry.text)}” alone in {name}{more}"
        )
