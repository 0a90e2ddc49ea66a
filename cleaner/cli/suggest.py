"""`cleaner suggest`: find forms that may be garbled names, and keep them for review."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from cleaner import formats
from cleaner.cli.given import Given, paths_of
from cleaner.cli.options import SEARCHING, Paths, Pivot, shared
from cleaner.cli.terminal import paint, progress, say, waiting
from cleaner.errors import RefusedError
from cleaner.names.suggestion import Group
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.revision import confirm
from cleaner.project.selection import acts, check_selectors, discover, read_file, written
from cleaner.reading import real_path
from cleaner.reports import suggestions as reports
from cleaner.reports.tally import nothing_read
from cleaner.review import decisions, suggestions
from cleaner.review.project import Project
from cleaner.rules.layers import display_path
from cleaner.rules.model import Entity
from cleaner.rules.selectors import separated
from cleaner.text.counting import count
from cleaner.text.document import Document
from cleaner.text.folding import normal
from cleaner.text.visible import escape_invisible

if TYPE_CHECKING:
    from cleaner.names.suggest import Finder

STDIN = Path("-")


@shared(*SEARCHING, "quiet", "isolated")
def suggest(
    paths: Paths = None,
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
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many names.")
    ] = None,
    pivot: Pivot = None,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep them in .cleaner/suggestions.yaml.")
    ] = True,
    *,
    given: Given,
) -> None:
    """Find names that are spelled in several ways, and forms that may be garbled names, each with
    the right name, why, and where it is. No text is changed.

    Spellings of one name in your files come first; the commonest is taken for the right one. Then
    come forms of known names: those of your own lists and of rules, and, if you have no list, those
    that come with cleaner, in files that came through Korean. What rules already know and what was
    rejected before is left out.

    \b
    Examples:
      cleaner suggest articles/
      cleaner suggest --names people.tsv --score-cutoff 0.9 articles/
      cleaner suggest --format json articles/ | jq '.groups[].canonical'
    """
    wanted = paths_of(paths)
    settings = given.settings(pivot=pivot)
    project = Project(settings)
    found = search(settings, project, wanted, quiet=given.quiet)
    with waiting("Comparing names", quiet=given.quiet):
        groups = found.finder.groups(score_cutoff)[:limit]
    # First kept, then printed: nobody may read the output to its end.
    change = project.keep(groups, found.names, used_rules(given)) if keep else None
    _print(groups, format)
    if not given.quiet:
        say_what_was_not_searched(found.finder, settings)
        if found.names or found.refused:
            _summary(project, groups, found, keep=keep)
        else:
            say(nothing_read())
    confirm(change)
    raise typer.Exit(3 if found.refused else 0)


def used_rules(given: Given) -> suggestions.RuleChoice:
    """Return which rules a search uses, as far as the command line says so."""
    return suggestions.RuleChoice(separated(given.select or ()), separated(given.ignore or ()))


_MORE_THAN_WORDS = re.compile(r"[^\w\s'’.-]")  # what no name has


class Search(NamedTuple):
    """A finished search: the finder, the names of what was read, how many files were not."""

    finder: Finder
    names: Sequence[str]
    refused: int


def search(
    settings: Config, project: Project, wanted: Sequence[Path], *, quiet: bool = False
) -> Search:
    """Read files and look for names in them; say which files are left alone, and how far it is."""
    with waiting("Reading the rules and lists of names", quiet=quiet):
        finder = _finder(settings, project)
    names: list[str] = []
    refused = 0
    for name, document in _documents(settings, wanted, project.folder, quiet=quiet):
        if document is None:
            refused += 1
        else:
            finder.add(name, document, settings.pivot)
            names.append(name)
    return Search(finder, names, refused)


def _finder(settings: Config, project: Project) -> Finder:
    """Return a finder of forms that rules do not know and nobody has rejected."""
    from cleaner.names.gazetteer import right_names
    from cleaner.names.suggest import Finder

    known = written(settings)
    check_selectors(settings, known)
    rules = known.rules.values()
    lists, gazetteer = settings.names
    right = right_names(rules, lists, gazetteer=gazetteer, lowest=int(settings.bundled))
    settled: set[str] = set()
    for rule in rules:
        if rule.made_from or not acts(settings, rule.id):
            continue
        if isinstance(rule.options, Entity):
            settled.update(map(normal, rule.options.variants))
    rejected = decisions.rejected_pairs(decisions.read_decisions(project.decisions))
    held = partial(decisions.is_rejected, rejected)
    return Finder(
        right.names,
        right.listed,
        known=settled.__contains__,
        held=held,
        settled_phrases=[variant for variant in settled if _MORE_THAN_WORDS.search(variant)],
    )


def _documents(
    settings: Config, wanted: Sequence[Path], folder: Path, *, quiet: bool
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
    for note in () if quiet else notes:
        say(note)
    for path in progress(found, "Reading", len(found), quiet=quiet):
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


def say_what_was_not_searched(finder: Finder, settings: Config) -> None:
    """Say that files without traces of a pivot were not compared with the gazetteer."""
    number = finder.without_pivot
    lists, gazetteer = settings.names
    has_gazetteer = not lists if gazetteer is None else gazetteer
    if not number or settings.pivot == "none" or not has_gazetteer:
        return
    shows, it_was = ("shows", "it was") if number == 1 else ("show", "they were")
    say(
        f"{count(number, 'file')} {shows} no sign of Korean, so names of the gazetteer were not"
        f" looked for there; if {it_was} translated from Korean, add --pivot ko"
    )


def _summary(project: Project, groups: Sequence[Group], search: Search, *, keep: bool) -> None:
    finder = search.finder
    forms = sum(len(group.members) for group in groups)
    swapped = next(filter(None, map(_swapped, groups)), "")
    if keep and swapped:
        say(f"where a rarer spelling is the right one: {swapped}")
    rejected = f", {finder.held_back:,} rejected before" if finder.held_back else ""
    left_alone = f", {search.refused:,} left alone" if search.refused else ""
    kept = ""
    if keep and groups:
        kept = f"; kept in {display_path(project.suggestions)} (next: cleaner review)"
    found = f"{count(len(groups), 'name')}, {count(forms, 'form')}"
    number = len(search.names) + search.refused
    say(f"{count(number, 'file')}: {found}{rejected}{left_alone}{kept}")


def _swapped(group: Group) -> str:
    """Return the command that takes another spelling for the right one; "" if none is common."""
    form = reports.rival_spelling(group)
    return f"cleaner accept {group.id} --as {shlex.quote(form)}" if form else ""
