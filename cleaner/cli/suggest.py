"""`cleaner suggest`: find forms that may be garbled names, and keep them for review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner import formats
from cleaner.cli.options import Given, Paths, paths_of, shared
from cleaner.cli.terminal import paint, progress, say
from cleaner.errors import RefusedError
from cleaner.names.suggestion import Group
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.revision import confirm
from cleaner.project.selection import acts, discover, read_file, ruleset
from cleaner.reading import real_path
from cleaner.reports import suggestions as reports
from cleaner.reports.tally import nothing_read
from cleaner.review import decisions, suggestions
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.rules.model import Entity
from cleaner.text.counting import count
from cleaner.text.document import Document
from cleaner.text.folding import normal
from cleaner.text.visible import escape_invisible

if TYPE_CHECKING:
    from cleaner.names.suggest import Finder

STDIN = Path("-")


@shared(
    "select",
    "ignore",
    "rules",
    "bundled",
    "encoding",
    "read_as",
    "fields",
    "no_exclude",
    "config",
    "isolated",
)
def suggest(
    paths: Paths = None,
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="Your own right names, besides those that are known."
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
    *,
    given: Given,
) -> None:
    """Find forms that may be garbled names, each with the name it may be, why, and where it is. No
    text is changed.

    Names are looked up in this order: those in the same document, those of rules, the bundled
    gazetteer, --names. What rules already know, what was rejected before, ordinary words and names
    of Koreans are left out.

    \b
    Examples:
      cleaner suggest articles/
      cleaner suggest --names people.tsv --score-cutoff 0.9 articles/
      cleaner suggest --format json articles/ | jq '.groups[].canonical'
    """
    wanted = paths_of(paths)
    settings = given.settings(pivot=pivot)
    project = Project(settings)
    finder = _finder(settings, project, names)
    searched: list[str] = []
    refused = False
    for name, document in _documents(settings, wanted, project.folder):
        if document is None:
            refused = True
        else:
            finder.add(name, document, settings.pivot)
            searched.append(name)
    groups = finder.groups(score_cutoff)[:limit]
    _print(groups, format)
    change = project.keep(groups, searched) if keep else None
    if searched or refused:
        _summary(project, groups, finder, files=len(searched), keep=keep)
    else:
        say(nothing_read())
    confirm(change)
    raise typer.Exit(3 if refused else 0)


def _finder(settings: Config, project: Project, names: Path | None) -> Finder:
    """Return a finder of forms that rules do not know and nobody has rejected."""
    from cleaner.names.gazetteer import known_names, load_names
    from cleaner.names.suggest import Finder

    rules = ruleset(settings)
    right = known_names(rules)
    if names:
        own = load_names(names)
        own_canonical = {name.canonical for name in own}
        right = [*own, *(name for name in right if name.canonical not in own_canonical)]
    settled: set[str] = set()
    for rule in rules:
        if isinstance(rule.options, Entity) and acts(settings, rule.id):
            settled.update(map(normal, rule.options.variants))
    verdicts = {
        decision.pair: decision.verdict for decision in decisions.read_decisions(project.decisions)
    }

    def rejected(form: str, canonical: str) -> bool:
        return verdicts.get((normal(form), normal(canonical))) == "reject"

    return Finder(right, known=settled.__contains__, held=rejected)


def _documents(
    settings: Config, wanted: Sequence[Path], folder: Path
) -> Iterator[tuple[str, Document | None]]:
    """Yield the documents to search by their names, as seen from the project's folder.

    Of a file that is left alone, the document is None.
    """
    if wanted == [STDIN]:
        reader = formats.for_name("<stdin>", settings.read_as)
        file = files.decode(files.read_stdin(), Path("<stdin>"), settings.encoding, reader)
        yield "<stdin>", file.document
        return
    found, notes = discover(settings, wanted)
    for note in notes:
        say(note)
    for path in progress(found, "Reading"):
        try:
            if isinstance(path, RefusedError):
                raise path
            document = read_file(settings, path, wanted).document
            yield files.seen_from(real_path(path), folder), document
        except RefusedError as error:
            say(f"{error.path}: left alone: {error.why}")
            yield str(error.path), None


def _print(groups: Sequence[Group], format: str) -> None:
    match format:
        case "yaml":
            typer.echo(suggestions.render(groups), nl=False)
        case "json":
            plain = [reports.plain(group) for group in groups]
            typer.echo(
                escape_invisible(json.dumps({"groups": plain}, ensure_ascii=False, indent=2))
            )
        case _:
            for group in groups:
                for line in reports.lines(group, paint):
                    typer.echo(line)
                typer.echo()


def _summary(
    project: Project, groups: Sequence[Group], finder: Finder, *, files: int, keep: bool
) -> None:
    forms = sum(len(group.members) for group in groups)
    rejected = f", {finder.held_back:,} rejected before" if finder.held_back else ""
    kept = ""
    if keep and groups:
        kept = f"; kept in {display_path(project.suggestions)} (next: cleaner review)"
    found = f"{count(len(groups), 'name')}, {count(forms, 'form')}"
    say(f"{count(files, 'file')}: {found}{rejected}{kept}")
