"""kind: unclosed. Points at an opening double quotation mark that nothing closes in its block.

Where the quotation ends only the source could tell. A block whose next one goes on with an opening
mark is a speech of several paragraphs, and right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("report", "off")

_OPEN, _CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_NEXT = re.compile(rf"\s*{_OPEN}")


class Options(NamedTuple):
    """Nothing to set but the message."""

    message: str


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """The opening mark."""
    for rule in rules:
        yield rule, _OPEN.encode()


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The last opening mark of each block that has more of them than closing ones, as an edit that
    changes nothing.
    """
    text = document.text
    if text.count(_OPEN) == text.count(_CLOSE):
        return
    for rule in rules:
        for start, end in dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id]):
            unbalanced = text.count(_OPEN, start, end) > text.count(_CLOSE, start, end)
            if unbalanced and not _NEXT.match(text, end):
                at = text.rindex(_OPEN, start, end)
                yield Edit(Span(at, at + 1), _OPEN, (rule.id,))
