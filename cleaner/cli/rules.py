"""`cleaner rules`: list the rules, explain one, lint them all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, Literal, NamedTuple

import typer

from cleaner.cli.given import Given
from cleaner.cli.mistakes import Group
from cleaner.cli.options import shared
from cleaner.cli.terminal import paint, progress, say, waiting
from cleaner.engine.cleaner import Cleaner
from cleaner.errors import UsageError
from cleaner.project import files, selection
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, Local, Refused, clean_files
from cleaner.reading import is_folder
from cleaner.reports.rule import described, subject
from cleaner.reports.tally import refusal
from cleaner.rulebook.lint import lint
from cleaner.rules.model import RuleSet
from cleaner.text.counting import count
from cleaner.text.visible import visible

_SEEDS = Path("seeds")

app = typer.Typer(
    help="List, explain and lint rules.", no_args_is_help=True, cls=Group, rich_markup_mode=None
)


@app.command("list", short_help="All rules, and how often they fire.")
@shared("rules", "bundled", "read_as", "fields", "quiet", "config", "isolated")
def list_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files in which to count hits.", show_default=False),
    ] = None,
    *,
    given: Given,
) -> None:
    """List all rules: level, id, what they write or look for, and how often they fire in PATHS.

    \b
    Example:
      cleaner rules list articles/
    """
    settings = given.settings()
    with waiting("Reading the rules", quiet=given.quiet):
        known = selection.styled(settings, selection.ruleset(settings))
    counted = _hits(known, settings, paths, quiet=given.quiet) if paths else None
    hits = counted.hits if counted else None
    for rule in known:
        number = "" if hits is None else f"{hits[rule.id]:6,}  "
        level = paint(f"{rule.level:7}", rule.level)
        typer.echo(f"{level}  {number}{rule.id}: {visible(subject(rule))}")
    if not given.quiet:
        for note in known.notes:
            say(note)
        read = f"{count(counted.files, 'file')}, " if counted else ""
        left_alone = f"{counted.refused:,} left alone, " if counted and counted.refused else ""
        say(f"{read}{left_alone}{count(len(known), 'rule')}")
    raise typer.Exit(3 if counted and counted.refused else 0)


class _Hits(NamedTuple):
    """How often each rule fires in files, by its id, and how many files were not read."""

    hits: Counter[str]
    files: int
    refused: int


def _hits(known: RuleSet, settings: Config, paths: Sequence[Path], *, quiet: bool) -> _Hits:
    """Count how often each rule fires in some files."""
    hits: Counter[str] = Counter()
    refused = 0
    found, notes = selection.discover(settings, paths)
    for note in () if quiet else notes:
        say(note)

    def local(path: Path) -> Local:
        return selection.reading(settings, path, paths)

    outcomes = clean_files(Cleaner(known), found, settings.encoding, local)
    for outcome in progress(
        outcomes,
        "Reading",
        len(found),
        speaks=lambda outcome: isinstance(outcome, Refused),
        quiet=quiet,
    ):
        if isinstance(outcome, Cleaned):
            for finding in outcome.result.findings:
                hits.update(finding.rules)
        else:
            refused += 1
            say(refusal(*outcome))
    return _Hits(hits, len(found), refused)


@app.command("explain", short_help="Everything about one rule.")
@shared("rules", "bundled", "config", "isolated")
def explain(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, or the last part of it.")],
    *,
    given: Given,
) -> None:
    """Show everything about one rule: what it does, when, why, its examples, how to suppress it.

    \b
    Example:
      cleaner rules explain ma-yun
    """
    settings = given.settings()
    rules = selection.styled(settings, selection.ruleset(settings))
    known = {rule.id: rule for rule in rules}
    chosen = _ids(id_, list(known))
    width = get_terminal_size().columns if sys.stdout.isatty() else 0
    parts = ["\n".join(map(visible, described(known[full], width))) for full in chosen]
    typer.echo("\n\n".join(parts))


def _ids(wanted: str, known: Sequence[str]) -> list[str]:
    """Return the ids that are meant: that id, or all that end with it.

    Raises:
        UsageError: there is none.
    """
    if wanted in known:
        return [wanted]
    chosen = [full for full in known if full.endswith(f"/{wanted}")]
    if chosen:
        return chosen
    inside = sum(f"/{full}".find(f"/{wanted.strip('/')}/") >= 0 for full in known)
    if inside:
        what = f"{wanted} is a folder of {count(inside, 'rule')}"
        raise UsageError(f"{what}; name one of them, `cleaner rules list` shows all")
    short = {full.rpartition("/")[2]: full for full in known}
    close = get_close_matches(wanted.rpartition("/")[2], short, n=1)
    hint = f"did you mean {short[close[0]]}?" if close else "`cleaner rules list` shows all rules"
    raise UsageError(f"there is no rule {wanted}; {hint}")


@app.command("schema", short_help="JSON Schemas, for editors.")
def schema_(
    what: Annotated[
        Literal["rules", "gazetteer", "configuration", "suggestions"],
        typer.Argument(
            metavar="KIND",
            help="Of which kind of file: rules, gazetteer, configuration or suggestions.",
        ),
    ] = "rules",
) -> None:
    """Print the JSON Schema (draft 2020-12) of a rule file, or of another file that people write.

    An editor with the YAML language server reads it from the first line of a file, as in the files
    that `cleaner init` writes: # yaml-language-server: $schema=rules.schema.json

    \b
    Examples:
      cleaner rules schema > rules.schema.json
      cleaner rules schema configuration > cleaner.schema.json
    """
    from cleaner.cli import schemas

    typer.echo(schemas.text(what), nl=False)


@app.command("lint", short_help="Find faults in rules.")
@shared("bundled", "quiet", "config", "isolated")
def lint_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Your own rules.", show_default=False),
    ] = None,
    seeds: Annotated[
        Path,
        typer.Option(
            "--seeds", metavar="FOLDER", help="Texts in which each rule should fire somewhere."
        ),
    ] = _SEEDS,
    *,
    given: Given,
) -> None:
    """Check rules: that they load, pass their examples, agree with one another, and can fire.

    The exit code is 1 if something is wrong. What is only worth a look is marked as a note. If
    paths are given, the rules that come with cleaner are left out; if you have rules of your own,
    there are no notes about those that come with cleaner.

    \b
    Example:
      cleaner rules lint my-rules/
    """
    settings = given.settings().overlaid(rules=tuple(paths) if paths else None)
    if not is_folder(seeds) and seeds != _SEEDS:
        raise UsageError(f"--seeds {seeds}: there is no such folder; check the path")
    with waiting("Reading the rules", quiet=given.quiet):
        known = selection.ruleset(settings)
    texts = _texts(known, seeds, settings, quiet=given.quiet)
    wrong = 0
    with waiting("Checking the rules", quiet=given.quiet):
        problems = list(lint(known, texts, lowest=int(settings.bundled), own=bool(paths)))
    bundled = _files_of_bundled(known, settings)
    for problem in problems:
        wrong += problem.wrong
        if not problem.wrong and problem.place.file in bundled:
            continue  # whoever has rules of their own cannot change these
        typer.echo(visible(str(problem)))
    if not given.quiet:
        say(f"{count(len(known), 'rule')}: {count(wrong, 'problem')}")
    raise typer.Exit(int(wrong > 0))


def _files_of_bundled(known: RuleSet, settings: Config) -> frozenset[str]:
    """Return the files of the rules that come with cleaner, if there are others besides."""
    lowest = int(settings.bundled)
    if all(rule.layer < lowest for rule in known):
        return frozenset()
    return frozenset(rule.place.file for rule in known if rule.layer < lowest)


def _texts(known: RuleSet, seeds: Path, settings: Config, *, quiet: bool) -> list[str]:
    """Return the sources of all seeds that can be cleaned."""
    found = list(files.discover([seeds] if is_folder(seeds) else []))
    outcomes = clean_files(Cleaner(known), found, settings.encoding)
    shown = progress(outcomes, "Cleaning", len(found), things="seeds", quiet=quiet)
    return [outcome.file.source for outcome in shown if isinstance(outcome, Cleaned)]
