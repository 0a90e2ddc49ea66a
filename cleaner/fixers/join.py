"""kind: join. Joins a sentence that a page tore in two: the end of it is the next paragraph.

Pages of broadcasts do that behind the label of a speaker: `<Reporter> The`, a blank line, `mayor
left.` The first part is what `match`, or its group `first`, matches; the second begins with a small
letter and is no single word. Both become one paragraph. If something else stands before the first
part in its line (`I saw ice.] The`), that stays a paragraph of its own, and the first part goes to
the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.layout import RUNNING

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_BEGINS_LINE = ("", "\n", "\r")
_BETWEEN = re.compile(r"\s+")
_GOES_ON = re.compile(r"[a-z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]* ")


class Options(NamedTuple):
    """The keys of a rule of this kind: what the first part is, and what is wrong."""

    match: str
    message: str

    def check(self) -> None:
        """Refuse a pattern that no rule may have (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield an edit for each torn sentence."""
    for rule in rules:
        pattern = options_of(rule, Options).match
        for start, match in matches(pattern, document, hits[rule.id], rule.id, quick=rule.quick):
            group = "first" if "first" in match.groupdict() else 0
            first = Span(start + match.start(group), start + match.end(group))
            between = _BETWEEN.match(document.text, first.end)
            if between and _goes_on(document, between.end()):
                span, joined = _joined(document.text, first, Span(*between.span()))
                yield Edit(span, joined, (rule.id,))


def _joined(text: str, first: Span, between: Span) -> tuple[Span, str]:
    r"""Return what to replace, and the text for it, so that the first part is before the second.

    >>> _joined("The\n\nsea", Span(0, 3), Span(3, 5))
    (Span(start=3, end=5), ' ')
    >>> _joined("Ice.] The\n\nsea", Span(5, 9), Span(9, 11))
    (Span(start=5, end=11), '\n\nThe ')
    """
    if text[first.start - 1 : first.start] in _BEGINS_LINE:
        return between, " "
    apart = between.of(text).lstrip(" ")
    return Span(first.start, between.end), f"{apart}{first.of(text).strip()} "


def _goes_on(document: Document, at: int) -> bool:
    """Return whether a block of English prose begins at `at` with a word in small letters."""
    if not _GOES_ON.match(document.text, at):
        return False
    block = document.block(at)
    if block.start != at or document.kind(block) not in RUNNING:
        return False
    return document.is_english_prose(block)
