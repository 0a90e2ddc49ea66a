"""kind: label. Translates labels that say who speaks in a broadcast: `[기자]` is `[Reporter]`.

A label stands in brackets at the beginning of a line, or is a line by itself. The brackets stay as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

# Each opening bracket with the closing one that belongs to it.
_BRACKETS = {
    "[": "]",
    "<": ">",
    "(": ")",
    "\N{LEFT ANGLE BRACKET}": "\N{RIGHT ANGLE BRACKET}",
    "\N{LEFT BLACK LENTICULAR BRACKET}": "\N{RIGHT BLACK LENTICULAR BRACKET}",
    "\N{FULLWIDTH LEFT SQUARE BRACKET}": "\N{FULLWIDTH RIGHT SQUARE BRACKET}",
    "\N{BLACK LEFT-POINTING TRIANGLE}": "\N{BLACK RIGHT-POINTING TRIANGLE}",
    "\N{WHITE LEFT-POINTING TRIANGLE}": "\N{WHITE RIGHT-POINTING TRIANGLE}",
}
_REACH = 8  # code points on each side of a label in which its bracket is looked for
_BEGINS_LINE = re.compile(rf"(?:\A|[\r\n])[^\S\r\n]*([{re.escape(''.join(_BRACKETS))}]?)[ ]*\Z")
_BEHIND = re.compile(r"[^\S\r\n]*(\S?)")


class Options(NamedTuple):
    """The keys of a rule of this kind: what is wrong, and the English of each label."""

    message: str
    labels: Mapping[str, str]


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield the labels."""
    for rule in rules:
        for label in options_of(rule, Options).labels:
            yield rule, label.encode()


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the translation of every label."""
    text = document.text
    for rule in rules:
        labels = options_of(rule, Options).labels
        for span, _ in hits[rule.id]:
            if span.of(text) in labels and _is_label(text, span):
                yield Edit(span, labels[span.of(text)], (rule.id,))


def _is_label(text: str, span: Span) -> bool:
    """Return whether a word is in brackets at the beginning of a line, or is the whole line.

    >>> _is_label("[label] Good evening.", Span(1, 6)), _is_label("A [label]", Span(3, 8))
    (True, False)
    >>> _is_label("label", Span(0, 5)), _is_label("label of a line", Span(0, 5))
    (True, False)
    """
    near = max(0, span.start - _REACH)
    before = _BEGINS_LINE.search(("\n" if not near else "") + text[near : span.start])
    behind = _BEHIND.match(text[span.end : span.end + _REACH])
    if not before or not behind:
        return False
    opening, closing = before[1], behind[1]
    return closing == _BRACKETS.get(opening, "")
