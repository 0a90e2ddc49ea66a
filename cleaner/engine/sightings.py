"""Where the literals of all rules occur in a text, as the engine has to know it in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from cleaner.text.edits import Span
from cleaner.text.literals import Found, Literals
from cleaner.text.seen import QUOTATION_MARKS, part_around

_MARK = re.compile(f"[{QUOTATION_MARKS}]")
_BETWEEN_WORDS = rf"[{QUOTATION_MARKS}\s]+"
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9.&-]+(?: [A-Za-z0-9.&-]+)+")
_FEW = 20  # forms that are looked for one by one; all at once take as long as about 30


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
        self._forms = 0  # how many were looked for across quotation marks

    @cached_property
    def late(self) -> Found:
        """Where pieces occur that only rules wait for which need proven damage."""
        return self._late.find(self.text)

    def across_marks(self, form: str) -> Sequence[Span]:
        """Return where a form occurs across quotation marks: “Ant” Group."""
        if " " not in form:
            return ()
        if not self._is_looked_for_alone(form):
            return self._quoted.get(form, ())
        spans: list[Span] = []
        for part in self._parts_with_marks_in(form):
            spans += self.quoted_in(part).get(form, ())
        return spans

    def _is_looked_for_alone(self, form: str) -> bool:
        """Return whether to look for a form by itself: one of the first, with one spelling."""
        self._forms += 1
        if self._forms > _FEW or not _PLAIN_WORDS.fullmatch(form):
            return False
        return len(self._small) == len(self.text)  # so that places in one are places in the other

    def _parts_with_marks_in(self, form: str) -> Iterable[Span]:
        """Return the parts of the text in which the words of a form have a mark between them."""
        words = form.lower().split(" ")
        parts: dict[Span, None] = {}
        if all(word in self._small for word in words):
            for found in re.finditer(_BETWEEN_WORDS.join(map(re.escape, words)), self._small):
                if _MARK.search(found.group()):
                    parts[self.part_around(found.start())] = None
        return parts

    @cached_property
    def _small(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    @cached_property
    def _quoted(self) -> Found:
        """Where words occur across quotation marks. Found when first asked for."""
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
