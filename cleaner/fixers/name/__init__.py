"""kind: name. Writes the canonical form of a name where a garbled form stands.

Names are those of people, organisations, places and terms. One name, step by step: the rule has
`canonical: Ma Yun` and the variant `Ma Win`. The text has "MA WIN" at the end of a line, and "Ma"
there and "Win" on the next line. The automaton finds both. Capitals are written as capitals, and
the line still ends where it ended.

Where the rest of the canonical form stands beside a variant already, it is part of the edit, so
that nothing is doubled: with the variant `Antgroup`, “Antgroup Group” becomes “Ant Group”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.fixers import Hits, options_of
from cleaner.fixers.name.rest import with_rest
from cleaner.rules.model import Entity, Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span, outermost
from cleaner.text.literals import spelled

Options = Entity
LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")
CLAIMS = True  # an edit says who is meant
choose = outermost  # “Ma Win” inside “Ma Win Do” is another name

# A line end with the blanks around it. The look-behind lets a match begin at one place of a run of
# blanks only, so that a long run takes linear time.
_LINE_BREAK = re.compile(r"(?<![^\S\r\n])[^\S\r\n]*+(?:\r\n|\r|\n)[^\S\r\n]*+")


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """Yield the variants."""
    for rule in rules:
        for variant in options_of(rule, Entity).variants:
            yield rule, variant


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Write the canonical form over variants spelled as in the rule, or in capitals.

    Where it would double a word the edit changes nothing, so that a tracer hears of it.
    """
    rules = list(rules)
    variants = {hit.span for rule in rules for hit in hits[rule.id]}
    for rule in rules:
        canonical = options_of(rule, Entity).canonical
        for span, variant in hits[rule.id]:
            assert isinstance(variant, str)
            spelling = spelled(document.text, span, variant)
            if spelling is None:
                continue  # only letters in another case match it
            whole = with_rest(document, span, canonical)
            if whole in variants:
                whole = span  # somebody listed the two together
            written = canonical if spelling == "exact" else canonical.upper()
            if whole is None:
                yield Edit(span, span.of(document.text), (rule.id,))
            elif (replacement := _as_broken(document, whole, written)) is not None:
                yield Edit(whole, replacement, (rule.id,))


def _as_broken(document: Document, span: Span, written: str) -> str | None:
    """Return what to write over a span so that a line still ends where it ended.

    None says that the span is not one name: it reaches from one block into the next.
    """
    line_break = _LINE_BREAK.search(span.of(document.text))
    if line_break is None:
        return written
    if document.block(span.start) != document.block(span.end - 1):
        return None  # the end of one block and the beginning of another
    return written.replace(" ", line_break.group(), 1)  # a single word loses the break
