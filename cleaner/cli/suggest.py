"""`cleaner suggest`: find forms that may be garbled names, and keep them for review."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner import formats
from cleaner.cli import options
from cleaner.cli.terminal import complain, count, paint, progress
from cleaner.errors import RefusedError
from cleaner.names.suggestion import Group
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.selection import acts, discover, ruleset
from cleaner.reports import suggestions as listing
from cleaner.review import decisions, suggestions
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.rules.model import Entity, RuleSet
from cleaner.text.folding import normal
from cleaner.text.visible import spelled

if TYPE_CHECKING:
    from cleaner.names.suggest import Finder

_COLOURS = {"name": "green", "form": "red", "strong": "green"}


def suggest(
    paths: options.Paths = None,
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="Your own right names, beside those that are known."
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json", "yaml"], typer.Option("--format", help="How to print them.")
    ] = "text",
    score_cutoff: Annotated[
        float | None,
        typer.Option(
            "--score-cutoff", metavar="S", min=0, max=1, help="Only forms from this score on."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="At most so many names.")
    ] = None,
    pivot: Annotated[
        Literal["auto", "ko", "none"] | None,
        typer.Option(
            "--pivot", help="The language the texts came through; auto: look for it in each."
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep them in .cleaner/suggestions.yaml.")
    ] = True,
    select: options.Select = None,
    ignore: options.Ignore = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    encoding: options.Encoding = None,
    no_exclude: options.NoExclude = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Find forms that may be garbled names, each with the name it may be, why, and where it stands.
    No text is changed.

    Names are looked for in this order: those that stand in the same document, those of rules, the
    bundled gazetteer, --names. What rules already know, what was rejected before, ordinary words
    and names of Koreans are left out.

    \b
    Examples:
      cleaner suggest articles/
      cleaner suggest --names people.tsv --score-cutoff 0.9 articles/
      cleaner suggest --format json articles/ | jq '.groups[].canonical'
    """
    wanted = options.given(paths)
    settings = options.settings(
        config,
        isolated,
        rules=rules,
        bundled=bundled,
        select=select,
        ignore=ignore,
        encoding=encoding,
        no_exclude=no_exclude,
        pivot=pivot,
    )
    project = Project(settings)
    known = ruleset(settings)
    last = {
        decision.pair: decision.verdict for decision in decisions.read_decisions(project.decisions)
    }
    finder = _finder(
        known,
        settings,
        names,
        lambda *pair: last.get((normal(pair[0]), normal(pair[1]))) == "reject",
    )
    read, refused = 0, 0
    seen: list[str] = []
    for name, text in _texts(settings, wanted, project.folder):
        if text is None:
            refused += 1
            continue
        finder.add(name, formats.for_name(name)(text), settings.pivot)
        seen.append(name)
        read += 1
    groups = finder.groups(score_cutoff)[:limit]
    _print(groups, format)
    if keep:
        project.keep(groups, seen)
    forms = sum(len(group.members) for group in groups)
    held = f", {finder.held_back:,} rejected before" if finder.held_back else ""
    kept = (
        f"; kept in {display_path(project.suggestions)} (next: cleaner review)"
        if keep and groups
        else ""
    )
    complain(
        f"{count(read, 'file')}: {count(len(groups), 'name')}, {count(forms, 'form')}{held}{kept}"
    )
    raise typer.Exit(3 if refused else 0)


def _finder(
    known: RuleSet, settings: Config, names: Path | None, rejected: Callable[[str, str], bool]
) -> Finder:
    from cleaner.names.gazetteer import known as right_names
    from cleaner.names.gazetteer import load_names
    from cleaner.names.suggest import Finder

    right = right_names(known)
    if names:
        own = load_names(names)
        mine = {name.canonical for name in own}
        right = [*own, *(name for name in right if name.canonical not in mine)]
    settled = {
        normal(variant)
        for rule in known
        if isinstance(rule.options, Entity) and acts(settings, rule.id)
        for variant in rule.options.variants
    }
    return Finder(right, known=settled.__contains__, held=rejected)


def _texts(
    settings: Config, wanted: Sequence[Path], folder: Path
) -> Iterator[tuple[str, str | None]]:
    """The texts to read by their names, seen from the project's folder; None for a file that is
    left alone.
    """
    if wanted == [Path("-")]:
        source = files.decode(sys.stdin.buffer.read(), Path("<stdin>"), settings.encoding)
        yield "<stdin>", source.text
        return
    found, notes = discover(settings, wanted)
    for note in notes:
        complain(note)
    for path in progress(found, "Reading"):
        try:
            if isinstance(path, RefusedError):
                raise path
            yield (
                files.seen_from(path.resolve(), folder),
                files.read_source(path, settings.encoding).text,
            )
        except RefusedError as error:
            complain(f"{error.path}: left alone: {error.why}")
            yield str(error.path), None


def _print(groups: Sequence[Group], format: str) -> None:
    if format == "yaml":
        typer.echo(suggestions.render(groups), nl=False)
    elif format == "json":
        plain = [_plain(group) for group in groups]
        typer.echo(spelled(json.dumps({"groups": plain}, ensure_ascii=False, indent=2)))
    else:
        for group in groups:
            for line in listing.lines(group, _painted):
                typer.echo(line)
            typer.echo()


def _painted(text: str, role: str) -> str:
    return paint(text, _COLOURS[role], sys.stdout)


def _plain(group: Group) -> dict[str, object]:
    members = [
        member._asdict() | {"places": [place._asdict() for place in member.places]}
        for member in group.members
    ]
    return group._asdict() | {
        "source": dict(group.source),
        "members": members,
        "score": group.score,
    }
