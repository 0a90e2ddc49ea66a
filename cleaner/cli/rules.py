"""`cleaner rules`: list the rules, explain one, lint them all."""

from __future__ import annotations

import sys
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.terminal import complain, count, paint
from cleaner.engine.cleaner import Cleaner
from cleaner.errors import UsageError
from cleaner.project import files, selection
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned, clean_files
from cleaner.reports.rule import described, subject
from cleaner.rulebook.lint import lint
from cleaner.rules.model import RuleSet
from cleaner.text.visible import visible

app = typer.Typer(help="List, explain and lint rules.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list", short_help="All rules, and how often they fire.")
def list_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files in which to count hits.", show_default=False),
    ] = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """All rules: level, id, what they write or look for, and how often they fire in PATHS.

    \b
    Example:
      cleaner rules list articles/
    """
    settings = options.settings(config, isolated, rules=rules, bundled=bundled)
    known = selection.styled(settings, selection.ruleset(settings))
    hits = _hits(known, settings, paths) if paths else None
    for rule in known:
        number = f"{hits[rule.id]:6,}  " if hits is not None else ""
        level = paint(
            f"{rule.level:7}",
            {"fix": "green", "suggest": "yellow"}.get(rule.level, "cyan"),
            sys.stdout,
        )
        typer.echo(f"{level}  {number}{rule.id}: {visible(subject(rule))}")
    for note in known.notes:
        complain(note)
    complain(count(len(known), "rule"))


def _hits(known: RuleSet, settings: Config, paths: list[Path]) -> Counter[str]:
    hits: Counter[str] = Counter()
    found, notes = selection.discover(settings, paths)
    for note in notes:
        complain(note)
    for outcome in clean_files(Cleaner(known), found, settings.encoding):
        if isinstance(outcome, Cleaned):
            hits.update(id_ for finding in outcome.result.findings for id_ in finding.rules)
    return hits


@app.command("explain", short_help="Everything about one rule.")
def explain(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, or the last part of it.")],
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Everything about one rule: what it does, when, why, its proof, and how to silence it.

    \b
    Example:
      cleaner rules explain ma-yun
    """
    settings = options.settings(config, isolated, rules=rules, bundled=bundled)
    known = {rule.id: rule for rule in selection.styled(settings, selection.ruleset(settings))}
    chosen = [id_] if id_ in known else [full for full in known if full.endswith(f"/{id_}")]
    if not chosen:
        short = {full.rpartition("/")[2]: full for full in known}
        close = get_close_matches(id_.rpartition("/")[2], short, n=1)
        hint = (
            f"did you mean {short[close[0]]}?" if close else "`cleaner rules list` shows them all"
        )
        raise UsageError(f"there is no rule {id_}; {hint}")
    width = get_terminal_size().columns if sys.stdout.isatty() else 0
    typer.echo(
        "\n\n".join("\n".join(map(visible, described(known[full], width))) for full in chosen)
    )


@app.command("lint", short_help="Find faults in rules.")
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
    ] = Path("seeds"),
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Check rules: that they load, prove themselves, agree with one another, and can fire.

    Exit 1 if something is wrong. What is merely worth a look is marked as a note.

    \b
    Example:
      cleaner rules lint my-rules/
    """
    settings = options.settings(config, isolated, rules=paths, bundled=bundled)
    known = selection.ruleset(settings)
    texts = [
        outcome.source.text
        for outcome in clean_files(
            Cleaner(known), files.discover([seeds] if seeds.is_dir() else []), settings.encoding
        )
        if isinstance(outcome, Cleaned)
    ]
    wrong = 0
    for problem in lint(known, texts):
        wrong += problem.wrong
        typer.echo(visible(str(problem)))
    complain(f"{count(len(known), 'rule')}: {count(wrong, 'problem')}")
    raise typer.Exit(int(wrong > 0))
