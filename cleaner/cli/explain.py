"""`cleaner explain`: all that is known of a form, or of a place in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cleaner import formats
from cleaner.cli import options
from cleaner.engine.findings import Finding
from cleaner.engine.verdicts import verdicts
from cleaner.errors import UsageError
from cleaner.names.account import Account, account
from cleaner.project import files
from cleaner.project.config import Config
from cleaner.project.selection import Selection, ruleset
from cleaner.reports.entry import without_line_ends
from cleaner.reports.text import change
from cleaner.text.edits import Lines
from cleaner.text.visible import shortened, visible

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?:?")


def explain(
    what: Annotated[
        str, typer.Argument(metavar="FORM|FILE:LINE[:COL]", help="A form, or a place in a file.")
    ],
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="Your own right names, beside those that are known."
        ),
    ] = None,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Say what is known of a form: who it may be and how it became what it is, which guards hold it
    back, which rule knows it. Of a place in a file: which rules were hit there, and why they do or
    do not fire.

    \b
    Examples:
      cleaner explain Marwin
      cleaner explain 'Jang Pan'
      cleaner explain article.txt:3
    """
    settings = options.settings(config, isolated, rules=rules, bundled=bundled)
    place = _PLACE.fullmatch(what)
    if place and Path(place["file"]).exists():
        _place(settings, Path(place["file"]), int(place["line"]), int(place["column"] or 0))
        return
    if place:
        raise UsageError(f"{place['file']}: there is no such file")
    from cleaner.names.gazetteer import known_names, load_names

    rule_set = ruleset(settings)
    right = [*(load_names(names) if names else ()), *known_names(rule_set)]
    pivot = "ko" if settings.pivot == "auto" else settings.pivot
    for line in _said(account(what, right, rule_set, pivot=pivot)):
        typer.echo(visible(line))


def _said(found: Account) -> list[str]:
    lines = [found.form]
    lines += [f"  left alone: it is {guard}" for guard in found.guards]
    for one in found.candidates:
        verdict = " strong" if one.strong else ""
        lines.append(f"  {one.score:.2f}{verdict}  {one.why}")
    if not found.candidates and not found.guards:
        lines.append("  no name is near")
    for rule in found.rules:
        waits = " if there is evidence" if rule.when else ""
        lines.append(f"  rule {rule.id} ({rule.source}) writes {rule.options.canonical}{waits}")  # type: ignore[attr-defined]
    if not found.rules:
        lines.append("  no rule has this form")
    return lines


def _place(settings: Config, path: Path, line: int, column: int) -> None:
    source = files.read_source(path, settings.encoding)
    chosen = Selection(settings)
    silent, ignores = chosen.local(path)
    cleaner = chosen.cleaner.without(silent)
    where = Lines(source.text)
    told = 0
    for edit, why_not in verdicts(cleaner, source.text, formats.for_name(path.name), ignores):
        there = where.place(without_line_ends(source.text, edit.span).start)
        length = edit.span.end - edit.span.start
        if there[0] != line or (column and not there[1] <= column < there[1] + max(length, 1)):
            continue
        rule = chosen.cleaner.rules[edit.rule]
        before = edit.span.of(source.text)
        wanted = change(
            source.text, Finding(edit.rules, rule.level, edit.span, before, edit.replacement, "")
        )
        verdict = f"silent: {why_not}" if why_not else f"fires (level {rule.level})"
        typer.echo(visible(f"{path}:{there[0]}:{there[1]}: {edit.rule}: {shortened(wanted, 100)}"))
        typer.echo(visible(f"    {verdict}"))
        told += 1
    if not told:
        typer.echo(f"{path}:{line}: no rule was hit here; `cleaner explain FORM` tells of a form")
