"""`cleaner ignore`: the findings of a line are right as they are; say so in the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.given import Given
from cleaner.cli.options import shared
from cleaner.cli.places import Place, argument, parse_place
from cleaner.cli.terminal import say, waiting
from cleaner.engine.comments import IDLE
from cleaner.engine.silence import Ignore, concerns, ignores_for
from cleaner.errors import RefusedError, UsageError
from cleaner.project import files, globs, tomlfile
from cleaner.project.config import Config, parse_text
from cleaner.project.corpus import Cleaned, Refused
from cleaner.project.revision import confirm, revise
from cleaner.project.selection import Selection, acts
from cleaner.reading import real_path
from cleaner.text.literals import occurrences
from cleaner.text.visible import shortened


@shared("read_as", "fields", "config")
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
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why, for those who read the configuration."),
    ] = None,
    *,
    given: Given,
) -> None:
    """Leave the findings of a line as they are, from now on.

    For each finding an entry is added at the end of the configuration (cleaner.toml is made if
    there is none). It names the file, the rule and the exact text, with as many words around it as
    it takes to mean this place only. In Markdown, web pages and books, a comment before the block
    does the same:

    \b
      <!-- cleaner: ignore RULE -->

    \b
    Examples:
      cleaner ignore cup.txt:12
      cleaner ignore book.epub:OEBPS/two.xhtml:12
      cleaner ignore cup.txt:12 --rule 'names/*' --reason "the goalkeeper"
    """
    where = parse_place(place)
    if where is None:
        raise UsageError(f"{place}: give FILE:LINE, as in article.txt:12")
    settings = given.settings()
    with waiting("Reading the rules"):
        (outcome,) = Selection(settings, named=[where.path]).clean([where.path])
    if isinstance(outcome, Refused):
        raise RefusedError(*outcome)
    entries = _entries(outcome, where._replace(column=0), rule, settings)
    if not entries:
        which = f" of {rule}" if rule else ""
        what = f"{where.path}:{where.line}: no finding{which} on this line"
        raise UsageError(f"{what}; `cleaner check {argument(where.path)}` lists them")
    target = _configuration(settings)
    name = _name(where.path, target)
    change = revise(target, partial(_with_entries, settings, target, name, entries, reason))
    places = occurrences(outcome.result.document.text, [entry.text for entry in entries])
    for entry in entries:
        times = len(places[entry.text])
        more = f", in all {times:,} places" if times > 1 else ""
        text = shortened(entry.text)
        file = tomlfile.relative_path(target)
        say(f"{file}: {entry.rule} leaves “{text}” alone in {name}{more}")
    confirm(change)


def _entries(
    outcome: Cleaned, place: Place, rule: str | None, settings: Config
) -> Sequence[Ignore]:
    """Return what to ignore: the findings at a place, of the rules that were asked for and act."""
    document = outcome.result.document
    wanted = [rule] if rule else []
    findings = []
    for finding in outcome.result.findings:
        if finding.rules != (IDLE,) and place.shows(document, finding.span):
            findings.append((finding.rules, finding.span))
    return [
        entry
        for entry in ignores_for(document.text, findings)
        if concerns(wanted, entry.rule) and acts(settings, entry.rule)
    ]


def _configuration(settings: Config) -> Path:
    """Return the configuration file that exists, or the one to be made."""
    if settings.file:
        return settings.file.path
    return tomlfile.home(Path.cwd().resolve()) / "cleaner.toml"


def _name(path: Path, target: Path) -> str:
    """Return the pattern that means one file, as the configuration writes it.

    Raises:
        UsageError: the file is not below the folder of the configuration, or its name is no text.
    """
    name = globs.exactly(files.seen_from(real_path(path), target.parent))
    if name.startswith("/../"):
        where = tomlfile.relative_path(target)
        raise UsageError(f"{path}: is not below the folder of {where}; run this in its own folder")
    try:
        name.encode()
    except UnicodeEncodeError:
        what = f"{path}: a file name that is not UTF-8 cannot be in a configuration"
        raise UsageError(f"{what}; rename the file") from None
    return name


def _with_entries(
    settings: Config,
    target: Path,
    name: str,
    entries: Sequence[Ignore],
    reason: str | None,
    text: str,
) -> str:
    """Return the text of the configuration file with the entries that it does not have yet.

    Raises:
        UsageError, ConfigError: it is not what it should be, or would become too large to be read;
            others may have changed it meanwhile.
    """
    where = tomlfile.relative_path(target)
    header = settings.file.header if settings.file else ()
    known = {(entry.file, entry.rule, entry.text) for entry in parse_text(target, text).ignores}
    more: list[dict[str, str]] = []
    for entry in entries:
        keys = {"file": name, "rule": entry.rule, "text": entry.text}
        if tuple(keys.values()) not in known:
            more.append({**keys, "reason": reason} if reason else keys)
    try:
        whole = tomlfile.appended(text, header, "ignores", more)
    except ValueError:
        raise UsageError(f"{where}: `ignores` is a list; write it as [[ignores]]") from None
    if len(whole.encode()) > tomlfile.MAX_BYTES:
        what = f"{where}: with what is to be ignored it would be too large to be read"
        raise UsageError(f"{what}; turn rules off for the file in [per-file-ignores]")
    return whole
