"""Where the literals of all rules occur in a text, as the engine has to know it in one pass."""

from __future__ import annotations

from functools import cached_property

from cleaner.text.edits import Span
from cleaner.text.literals import Found, Literals
from cleaner.text.seen import part_around


class Sightings:
    """Where literals occur in a text. Words are not checked for what is beside them.

    Args:
        literals: the search for the literals of `Index.literals`.
        late: the search for those of `Index.late`.
        text: the text.

    Attributes:
        text: the text.
        plain: where literals occur as they are, without the late ones.
    """

    def __init__(self, literals: Literals, late: Literals, text: str) -> None:
        self.text = text
        self.plain: Found = literals.find(text)
        self._literals = literals
        self._late = late
        self._part = Span(0, 0)  # the part that was asked for last
        self._quoted_in: dict[Span, Found] = {}

    @cached_property
    def late(self) -> Found:
        """Where pieces occur that only rules wait for which need proven damage."""
        return self._late.find(self.text)

    @cached_property
    def quoted(self) -> Found:
        """Where words occur across quotation marks: “Ant” Group. Found when first asked for."""
        return self._literals.find_quoted(self.text)

    def part_around(self, at: int) -> Span:
        """Return the part of the text around a place, from one blank line to another."""
        if not self._part.start <= at < self._part.end:
            self._part = part_around(self.text, at)
        return self._part

    def quoted_in(self, part: Span) -> Found:
        """Return where words occur across quotation marks in a part that `part_around` returned."""
        known = self._quoted_in.get(part)
        if known is None:
            found = self._literals.find_quoted(part.of(self.text))
            known = {
                word: [span.moved(part.start) for span in spans] for word, spans in found.items()
            }
            self._quoted_in[part] = known
        return known

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where words begin: names and phrases that the rules know."""
        return frozenset(span.start for span in self._words())

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where words end."""
        return frozenset(span.end for span in self._words())

    def _words(self) -> list[Span]:
        words: list[Span] = []
        for literal, spans in self.plain.items():
            if isinstance(literal, str):
                words += spans
        return words
