"""`cleaner explain`: everything that is known of a form, or of a place in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleaner import formats
from cleaner.cli.options import Given, shared
from cleaner.cli.places import Place, parse_place
from cleaner.engine.findings import Finding
from cleaner.engine.trace import Explained, Explanation
from cleaner.errors import UsageError
from cleaner.names.account import Account, account
from cleaner.names.gazetteer import known_names, load_names
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.corpus import refuse_unknown
from cleaner.project.selection import Selection, ruleset
from cleaner.reading import exists
from cleaner.reports.changes import change, without_line_ends
from cleaner.rules.model import Entity, Rule
from cleaner.text.edits import Lines
from cleaner.text.visible import shortened, visible


@shared("rules", "bundled", "read_as", "config", "isolated")
def explain(
    what: Annotated[
        str, typer.Argument(metavar="FORM|FILE:LINE[:COL]", help="A form, or a place in a file.")
    ],
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="Your own right names, besides those that are known."
        ),
    ] = None,
    *,
    given: Given,
) -> None:
    """Say what is known of a form: which name it may be and how it became what it is, why it would
    be left alone, and which rules have it. Of a place in a file: which rules have something to say
    there, and why they act or do not act.

    \b
    Examples:
      cleaner explain Marwin
      cleaner explain 'Jang Pan'
      cleaner explain article.txt:3
    """
    settings = given.settings()
    place = parse_place(what)
    if place and not exists(place.path):
        raise UsageError(f"{place.path}: there is no such file")
    lines = _of_place(settings, place) if place else _of_form(settings, what, names)
    for line in lines:
        typer.echo(visible(line))


def _of_form(settings: Config, form: str, names: Path | None) -> Iterator[str]:
    rules = ruleset(settings)
    right = [*(load_names(names) if names else ()), *known_names(rules)]
    pivot = "ko" if settings.pivot == "auto" else settings.pivot
    found = account(form, right, rules, pivot=pivot)
    yield found.form
    yield from _names(found)
    for rule in found.rules:
        yield _claim(rule)
    if not found.rules:
        yield "  no rule has this form"


def _names(found: Account) -> Iterator[str]:
    for guard in found.guards:
        yield f"  left alone: it is {guard}"
    for candidate in found.candidates:
        strong = " strong" if candidate.strong else ""
        yield f"  {candidate.score:.2f}{strong}  {candidate.why}"
    if not found.candidates and not found.guards:
        yield "  no name is similar"


def _claim(rule: Rule) -> str:
    assert isinstance(rule.options, Entity)
    waits = " if there is evidence" if rule.when else ""
    return f"  rule {rule.id} ({rule.source}) writes {rule.options.canonical}{waits}"


def _of_place(settings: Config, place: Place) -> Iterator[str]:
    selection = Selection(settings, named=[place.path])
    local = selection.local(place.path)
    refuse_unknown(place.path, local.read_as)
    source = files.read_source(place.path, settings.encoding)
    document = formats.for_name(str(place.path), local.read_as)
    cleaner = selection.cleaner.without(local.disabled)
    explanation = Explanation()
    cleaner.clean(source.text, document, local.ignores, explanation)
    where = Lines(source.text)
    told = False
    for outcome in explanation.outcomes:
        if place.shows(source.text, where, outcome.edit.span):
            yield from _outcome(
                outcome, place, source.text, where, cleaner.rules[outcome.edit.rule]
            )
            told = True
    if not told:
        nothing = "no rule has anything to say here; `cleaner explain FORM` is about a form"
        yield f"{place.path}:{place.line}: {nothing}"


def _outcome(
    outcome: Explained, place: Place, text: str, where: Lines, rule: Rule
) -> Iterator[str]:
    edit = outcome.edit
    line, column = where.place(without_line_ends(text, edit.span).start)
    wanted = Finding(edit.rules, rule.level, edit.span, edit.span.of(text), edit.replacement, "")
    yield f"{place.path}:{line}:{column}: {rule.id}: {shortened(change(text, wanted), 100)}"
    if outcome.why_not:
        yield f"    does not act: {outcome.why_not}"
    else:
        yield f"    acts (level {rule.level})"
