"""`cleaner explain`: everything that is known of a form, or of a place in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.options import Given, shared
from cleaner.cli.places import Place, parse_place
from cleaner.engine.findings import Finding
from cleaner.engine.trace import Explained, Explanation
from cleaner.errors import UsageError
from cleaner.names.account import Account, account
from cleaner.names.gazetteer import known_names, load_names
from cleaner.project.config import Config
from cleaner.project.corpus import clean_file, read_file
from cleaner.project.selection import Selection, ruleset
from cleaner.reading import exists
from cleaner.reports.changes import change, location
from cleaner.rules.model import Entity, Rule
from cleaner.text.document import Document
from cleaner.text.visible import shortened, visible


@shared("rules", "bundled", "read_as", "fields", "config", "isolated")
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
      cleaner explain book.epub:OEBPS/two.xhtml:12
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
    file = read_file(place.path, settings.encoding, local)
    explanation = Explanation()
    document = clean_file(selection.cleaner, file, local, explanation).result.document
    told = False
    for outcome in explanation.outcomes:
        if place.shows(document, outcome.edit.span):
            yield from _outcome(outcome, place.path, document, selection.cleaner.rules)
            told = True
    if not told:
        nothing = "no rule has anything to say here; `cleaner explain FORM` is about a form"
        member = f":{place.member}" if place.member else ""
        yield f"{place.path}{member}:{place.line}: {nothing}"


def _outcome(
    outcome: Explained, path: Path, document: Document, rules: Mapping[str, Rule]
) -> Iterator[str]:
    edit = outcome.edit
    text, rule = document.text, rules[edit.rule]
    wanted = Finding(edit.rules, rule.level, edit.span, edit.span.of(text), edit.replacement, "")
    place = location(document, wanted)
    yield f"{path}:{place}: {rule.id}: {shortened(change(text, wanted), 100)}"
    if outcome.why_not:
        yield f"    does not act: {outcome.why_not}"
    else:
        yield f"    acts (level {rule.level})"
