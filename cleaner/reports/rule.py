"""A rule in words, for a person who met it in a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from cleaner.rules.model import Entity, Rule, When
from cleaner.text.counting import count

_INDENT = 14  # columns before the values
_LEVELS = {
    "fix": "fix: `cleaner fix` applies it",
    "suggest": "suggest: shown; applied with --level suggest",
    "report": "report: shown, never applied",
    "off": "off",
}
Fact = tuple[str, str]  # a name and a value


def subject(rule: Rule) -> str:
    """Return what a rule writes or looks for, in one line.

    >>> from cleaner import load_rules
    >>> [subject(rule) for rule in load_rules() if rule.id == "names/people/ma-yun"]
    ['Marwin, Ma Win, Ma-win, Mar-win -> Ma Yun']
    """
    options = rule.options
    if isinstance(options, Entity):
        return f"{', '.join(options.variants)} -> {options.canonical}"
    return options.message


def described(rule: Rule, width: int = 0) -> Iterator[str]:
    """Yield lines with everything about a rule, wrapped to `width` columns if that is not 0."""
    yield rule.id
    for name, value in (*_facts(rule), *_examples(rule), *_how_to_suppress(rule)):
        value = re.sub(r"\n+", " \N{RETURN SYMBOL} ", value)
        lines = [value]
        if width > 2 * _INDENT and " " in value:  # a web address stays whole
            lines = wrap(value, width - _INDENT, break_on_hyphens=False) or [""]
        yield f"  {name:<{_INDENT - 3}} {lines[0]}"
        for line in lines[1:]:
            yield " " * _INDENT + line


def _facts(rule: Rule) -> Iterator[Fact]:
    yield "file", rule.source
    if rule.made_from:
        yield "made from", f"{rule.made_from}: it says `forms: likely`; nobody has seen these"
    yield "level", _LEVELS[rule.level]
    if isinstance(rule.options, Entity):
        yield from _entity(rule.options)
    else:
        yield from _options(rule)
    if rule.when:
        yield from _conditions(rule.when, is_name=isinstance(rule.options, Entity))
    if rule.otherwise:
        yield "otherwise", _LEVELS[rule.otherwise]
    if rule.once:
        yield "once", "all places of a document are one finding, at the first of them"
    if rule.damage:
        edits, characters = rule.damage
        yield "proves", f"damage, by {count(edits, 'edit')} in {characters:,} characters"
    if rule.unless:
        yield "unless", f"it is part of: {', '.join(rule.unless)}"
    yield from _provenance(rule)


def _entity(entity: Entity) -> Iterator[Fact]:
    yield "writes", f"{entity.canonical} ({entity.message})"
    yield "instead of", ", ".join(entity.variants)
    if entity.forms == "likely":
        yield "and", "the likeliest garbled forms of the name, by a rule of their own: ID/likely"
    if entity.aliases:
        yield "also right", ", ".join(entity.aliases)


def _options(rule: Rule) -> Iterator[Fact]:
    """Yield every option of a rule that is set, whatever its kind."""
    yield "kind", rule.kind
    options = rule.options._asdict()
    yield "message", options.pop("message")
    for key, value in options.items():
        if value not in ("", (), {}):
            yield key, _in_words(value)


def _in_words(value: Any) -> str:
    """Return an option as text.

    >>> _in_words(("led", "based")), _in_words({"사진": "Photo: {}"}), _in_words(40)
    ('led, based', '사진 = Photo: {}', '40')
    """
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {text}" for key, text in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _conditions(when: When, *, is_name: bool) -> Iterator[Fact]:
    if when.damaged:
        frequent = f", and that of the kind {when.frequent} is frequent around the place"
        yield "when", f"the document holds proven damage{frequent if when.frequent else ''}"
    if when.document:
        alone = not (when.paragraph or when.near)
        own = ", or a right form of this name" if is_name and alone else ""
        yield "when", f"the document names one of: {', '.join(when.document)}{own}"
    if when.paragraph:
        yield "when", f"the paragraph names one of: {', '.join(when.paragraph)}"
    if when.near:
        yield "when", f"one of these is within {when.words} words: {', '.join(when.near)}"


def _provenance(rule: Rule) -> Iterator[Fact]:
    """Yield where the forms were seen, and why; a page, or the way of a made form, at a time."""
    for key, value in rule.provenance.items():
        parts = [value]
        if key == "pages":
            parts = value.split()
        elif rule.made_from:
            parts = value.split("; ")
        for part in parts:
            yield key, part


def _examples(rule: Rule) -> Iterator[Fact]:
    for example in rule.examples:
        match example.shows:
            case "change":
                yield "example", example.before
                yield "  gives", example.after or "(nothing)"
            case "same":
                yield "leaves", example.before
            case "report":
                yield "reports", example.before


def _how_to_suppress(rule: Rule) -> Iterator[Fact]:
    yield "to suppress", f"in one place: cleaner ignore FILE:LINE --rule {rule.id}"
    yield "", f"in Markdown: <!-- cleaner: ignore {rule.id} --> before the block"
    yield "", f'in some files: per-file-ignores = {{"lyrics/" = ["{rule.id}"]}} in cleaner.toml'
    yield "", f'everywhere: ignore = ["{rule.id}"] in cleaner.toml; for once: --ignore {rule.id}'
