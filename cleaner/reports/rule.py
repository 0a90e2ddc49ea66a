"""A rule in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from cleaner.rules.model import Entity, Rule

_INDENT = 14  # columns before the values


def subject(rule: Rule) -> str:
    """What a rule writes or looks for, in one line.

    >>> from cleaner import load_rules
    >>> [subject(rule) for rule in load_rules() if rule.id == "names/people/ma-yun"]
    ['Marwin, Ma Win, Ma-win, Mar-win -> Ma Yun']
    """
    options = rule.options
    if isinstance(options, Entity):
        return f"{', '.join(options.variants)} -> {options.canonical}"
    return options.message


def described(rule: Rule, width: int = 0) -> Iterator[str]:
    """Everything about a rule, for a person who met it in a report; lines are wrapped to `width`
    columns, if any.
    """
    yield rule.id
    for name, value in (*_facts(rule), *_proof(rule), *_silence(rule)):
        value = re.sub(r"\n+", " \N{RETURN SYMBOL} ", value)
        wrapped = wrap(value, width - _INDENT) if width > 2 * _INDENT else [value]
        yield f"  {name:<{_INDENT - 3}} {wrapped[0]}"
        yield from (" " * _INDENT + line for line in wrapped[1:])


def _proof(rule: Rule) -> Iterator[tuple[str, str]]:
    for example in rule.examples:
        if example.shows == "change":
            yield "example", example.before
            yield "  gives", example.after or "(nothing)"
        else:
            yield "leaves" if example.shows == "same" else "reports", example.before


def _silence(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "to silence", f"in one place: cleaner ignore FILE:LINE --rule {rule.id}"
    yield "", f"in Markdown: <!-- cleaner: ignore {rule.id} --> before the block"
    yield "", f'in some files: per-file-ignores = {{"lyrics/" = ["{rule.id}"]}} in cleaner.toml'
    yield "", f'everywhere: ignore = ["{rule.id}"] in cleaner.toml; for once: --ignore {rule.id}'


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "stands in", rule.source
    yield (
        "level",
        {
            "fix": "fix: `cleaner fix` applies it",
            "suggest": "suggest: shown; applied with --level suggest",
            "report": "report: shown, never applied",
            "off": "off",
        }[rule.level],
    )
    if isinstance(entity := rule.options, Entity):
        yield "writes", f"{entity.canonical} ({entity.message})"
        yield "instead of", ", ".join(entity.variants)
        if entity.aliases:
            yield "right too", ", ".join(entity.aliases)
    else:
        yield "says", rule.options.message
        for key in ("match", "replace", "report"):
            if value := getattr(rule.options, key, ""):
                yield key, value
    if when := rule.when:
        own = (
            ", or this one rightly spelled"
            if isinstance(rule.options, Entity) and when.document
            else ""
        )
        if when.damaged:
            yield "when", "the document holds undoubted damage"
        if when.document:
            own = "" if when.paragraph or when.near else own
            yield "when", f"the document names one of: {', '.join(when.document)}{own}"
        if when.paragraph:
            yield "when", f"the paragraph names one of: {', '.join(when.paragraph)}"
        if when.near:
            yield "when", f"within {when.words} words stands one of: {', '.join(when.near)}"
    if rule.unless:
        yield "unless", f"it stands in: {', '.join(rule.unless)}"
    for key, value in rule.provenance.items():
        yield key, value
