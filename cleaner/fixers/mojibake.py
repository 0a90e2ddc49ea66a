"""kind: mojibake. Reports blocks that were decoded with the wrong encoding, by ftfy's measure of
badness.

What the text was cannot be told for certain, so nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("report", "off")

_LEADS = "ÂÃÅâãäåæçèéêëìí"  # how the first bytes of UTF-8 look in Windows-1252 ...
# ... and how the characters begin that the next ones look like (not the quotes and dashes: they
# follow any word)
_FOLLOWS = (b"\xc2", b"\xc5", b"\xc6", b"\xcb", "€".encode(), "™".encode())


class Options(NamedTuple):
    """Nothing to set but the message."""

    message: str


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """The letters that mojibake begins with, before what stands for a second byte."""
    for rule in rules:
        for lead in _LEADS:
            yield from ((rule, lead.encode() + follow) for follow in _FOLLOWS)


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The words that look wrong, as edits that change nothing."""
    from ftfy.badness import BADNESS_RE

    for rule in rules:
        for start, end in dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id]):
            for found in BADNESS_RE.finditer(document.text[start:end]):
                yield Edit(
                    Span(start + found.start(), start + found.end()), found.group(), (rule.id,)
                )
