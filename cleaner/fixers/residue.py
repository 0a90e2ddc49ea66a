"""kind: residue. Points at signs that something is left which only the source could mend.

A residue rule never changes anything: its edits replace a text by itself, and its level is
`report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("report", "off")


class Options(NamedTuple):
    """`message` says what the sign means and what to do about it."""

    match: str
    message: str

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """Each match, as an edit that changes nothing."""
    for rule in rules:
        for block, match in matches(_options(rule).match, document, hits[rule.id], rule.id):
            yield Edit(Span(block + match.start(), block + match.end()), match.group(), (rule.id,))


def _options(rule: Rule) -> Options:
    assert isinstance(rule.options, Options)
    return rule.options
