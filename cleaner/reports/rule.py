"""A rule in words."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.rules.model import Entity, Rule


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


def described(rule: Rule) -> Iterator[str]:
    """Everything about a rule, line by line, for a person who met it in a report."""
    yield rule.id
    for name, value in _facts(rule):
        yield f"  {name:<11} {value}"
    for example in rule.examples:
        if example.shows == "change":
            yield f"  {'example':<11} {example.before}"
            yield f"  {'':<11} -> {example.after}"
        else:
            yield f"  {'leaves' if example.shows == 'same' else 'reports':<11} {example.before}"
    yield f"  {'to silence':<11} cleaner fix --ignore {rule.id} ...; for good, a rule of your own (--rules)"
    yield f"  {'':<11} with this id and `level: off`"


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "stands in", rule.source
    yield "level", {
        "fix": "fix: `cleaner fix` applies it",
        "suggest": "suggest: shown; applied with --level suggest",
        "report": "report: shown, never applied",
        "off": "off",
    }[rule.level]
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
        own = ", or this one rightly spelled" if isinstance(rule.options, Entity) and when.document else ""
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
