"""Where the literals of all rules occur in a text, as the engine has to know it in one pass."""

from __future__ import annotations

from functools import cached_property

from cleaner.text.edits import Span
from cleaner.text.literals import Found, Literals


class Sightings:
    """Where literals occur in a text. Words are not checked for what is beside them.

    Attributes:
        text: the text.
        plain: where they occur as they are.
    """

    def __init__(self, literals: Literals, text: str) -> None:
        self.text = text
        self.plain: Found = literals.find(text)
        self._literals = literals

    @cached_property
    def quoted(self) -> Found:
        """Where words occur across quotation marks: “Ant” Group. Found when first asked for."""
        return self._literals.find_quoted(self.text)

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
