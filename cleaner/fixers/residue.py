"""kind: residue. Points at signs that something is left which only the source could tell.

A residue rule never changes anything: its level is `report`, and its edits replace a text by
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

LEVELS: tuple[Level, ...] = ("report", "off")


class Options(NamedTuple):
    """The keys of a rule of this kind: `message` says what the sign means and what to do."""

    match: str
    message: str

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield each match as an edit that changes nothing. What is not English has no residue."""
    if not document.is_english():
        return
    for rule in rules:
        pattern = options_of(rule, Options).match
        for start, match in matches(pattern, document, hits[rule.id], rule.id):
            span = Span(start + match.start(), start + match.end())
            yield Edit(span, match.group(), (rule.id,))
