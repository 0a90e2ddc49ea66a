"""`cleaner explain`: everything that is known of a form, or of a place in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.given import Given
from cleaner.cli.options import RIGHT_NAMES, shared
from cleaner.cli.places import Place, argument, parse_place
from cleaner.engine.findings import Finding
from cleaner.engine.trace import Explained, Explanation
from cleaner.errors import UsageError
from cleaner.names.account import account
from cleaner.names.gazetteer import right_names
from cleaner.project.config import Config
from cleaner.project.corpus import clean_file, read_file
from cleaner.project.selection import Selection, acts, ruleset
from cleaner.reading import is_file
from cleaner.reports.changes import change, location
from cleaner.reports.suggestions import in_one_line
from cleaner.review import decisions
from cleaner.review.project import Project
from cleaner.rules.model import Entity, Rule
from cleaner.text.counting import count
from cleaner.text.document import Document
from cleaner.text.edits import Lines
from cleaner.text.folding import normal
from cleaner.text.visible import shortened, visible


@shared("rules", "bundled", "read_as", "fields", *RIGHT_NAMES, "config", "isolated")
def explain(
    what: Annotated[
        str, typer.Argument(metavar="FORM|FILE:LINE[:COL]", help="A form, or a place in a file.")
    ],
    *,
    given: Given,
) -> None:
    """Say what is known of a form: which name it may be and how it became what it is; whether
    suggest proposes it, and why or why not; which rules have it; what was decided about it in
    review. Whether it is a rarer spelling of another form, only your files can tell: see suggest.

    Of a place in a file: which rules have something to say
    there, and why they act or do not act.

    \b
    Examples:
      cleaner explain Marwin
      cleaner explain 'Jang Pan'
      cleaner explain article.txt:3
      cleaner explain book.epub:OEBPS/two.xhtml:12
    """
    settings = given.settings()
    if not what.strip():
        raise UsageError("give a form, or a place in a file; it is empty")
    place = parse_place(what)
    if not place and is_file(Path(what)):
        file = argument(Path(what))
        raise UsageError(f"{what} is a file; name a line of it, as in cleaner explain {file}:1")
    lines = _of_place(settings, place) if place else _of_form(settings, what)
    for line in lines:
        typer.echo(visible(line))


def _of_form(settings: Config, form: str) -> Iterator[str]:
    rules = ruleset(settings)
    lists, gazetteer = settings.names
    right = right_names(rules, lists, gazetteer=gazetteer, lowest=int(settings.bundled))
    pivot = "ko" if settings.pivot == "auto" else settings.pivot
    found = account(form, right.names, rules, listed=right.listed, pivot=pivot)
    yield found.form
    for candidate in found.candidates:
        strong = " strong" if candidate.strong else ""
        yield f"  {candidate.score:.2f}{strong}  {candidate.why}"
    settled = [rule for rule in found.rules if acts(settings, rule.id) and not rule.made_from]
    if settled:
        yield "  nothing is proposed: a rule has it already"
    else:
        for reason in found.reasons:
            yield f"  {reason}"
    for rule in found.rules:
        yield _claim(rule)
    yield from _review_of(Project(settings), found.form)


def _review_of(project: Project, form: str) -> Iterator[str]:
    """Yield what waits for review, and what was decided in review, about a form."""
    for group in project.pending().groups:
        for member in group.members:
            if normal(member.form) == form:
                yield f"  suggested, and not decided yet: {in_one_line(group)} ({group.id})"
    made = decisions.read_decisions(project.decisions)
    rejected = decisions.rejected_pairs(made)
    for id_, decision in decisions.by_id(made).items():
        if form in decision.pair and decision.pair in rejected and decision.verdict == "reject":
            name = f"“{decision.canonical}”" if decision.canonical else "a name"
            reason = f": {decision.reason}" if decision.reason else ""
            yield f"  rejected: “{decision.form}” as {name}, {decision.date}{reason} ({id_})"


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
        lines, column = Lines(document.source).place(len(document.source))
        lines -= column == 1 < lines  # behind the last line end there is no line
        if not document.is_container and place.line > lines:
            raise UsageError(f"{place.path} has only {count(lines, 'line')}; name one of them")
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
        yield f"    acts (level {outcome.level})"
