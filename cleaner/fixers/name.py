"""kind: name. Writes the canonical form of a name, organisation, place or term where a garbled form
stands.

One name, followed through: the rule has `canonical: Ma Yun` and the variant `Ma Win`; the text says
"MA WIN" at the end of one line, or "Ma" there and "Win" on the next. Literals finds both; capitals
come out as capitals, and the line still ends where it ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.rules.model import Entity, Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.literals import Hit, spelled

Options = Entity
LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*")


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """The variants."""
    for rule in rules:
        for variant in _entity(rule).variants:
            yield rule, variant


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The canonical form for every variant that is spelled as the rule has it, or all in capitals."""
    text = document.text
    for rule in rules:
        canonical = _entity(rule).canonical
        for span, variant in hits[rule.id]:
            assert isinstance(variant, str)
            there = text[span.start : span.end]
            if there == variant:
                yield Edit(span, canonical, (rule.id,))
            elif spelling := spelled(text, span, variant):
                written = canonical if spelling == "exact" else canonical.upper()
                if found := _BREAK.search(there):
                    if document.block(span.start) != document.block(span.end - 1):
                        continue
                    # a single word loses the break
                    written = written.replace(" ", found.group(), 1)
                yield Edit(span, written, (rule.id,))


def _entity(rule: Rule) -> Entity:
    assert isinstance(rule.options, Entity)
    return rule.options
