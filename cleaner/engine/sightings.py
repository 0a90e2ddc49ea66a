"""Where the literals of all rules occur in a text, as the engine has to know it in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from cleaner.text.edits import Span
from cleaner.text.folding import SPACES
from cleaner.text.literals import Found, Literals
from cleaner.text.seen import QUOTATION_MARKS, part_around, parts_of

_MARKS = "|".join(QUOTATION_MARKS).encode()
_MARK = re.compile(_MARKS)
_BETWEEN_WORDS = rb"(?:%s|\s|%s)+" % (_MARKS, "|".join(SPACES).encode())
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9.&-]+(?: [A-Za-z0-9.&-]+)+")
_FEW = 20  # forms that are looked for one by one; all at once take as long as about 30
_TOGETHER = 200_000  # code points that are searched together, so that little is copied


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

    def across_marks(self, forms: Iterable[str]) -> Mapping[str, Sequence[Span]]:
        """Return where each of some forms occurs across quotation marks: “Ant” Group."""
        alone: dict[str, list[Span]] = {}
        others: dict[str, Sequence[Span]] = {}
        for form in forms:
            if " " in form and self._is_looked_for_alone(form):
                alone[form] = []
            elif " " in form:
                others[form] = self._quoted.get(form, ())
        if alone:
            for form, part in dict.fromkeys(self._parts_with_marks_in(alone)):
                alone[form] += self.quoted_in(part).get(form, ())
        return {**alone, **others}

    def _is_looked_for_alone(self, form: str) -> bool:
        """Return whether to look for a form by itself: one of the first, with one spelling."""
        self._forms += 1
        return self._forms <= _FEW and bool(_PLAIN_WORDS.fullmatch(form))

    def _parts_with_marks_in(self, forms: Iterable[str]) -> Iterator[tuple[str, Span]]:
        """Yield the parts of the text in which the words of a form have a mark between them.

        Each comes with the form. A form that is all ASCII is found in UTF-8 with small ASCII
        letters, which needs no other copy of the text.
        """
        words = {form: form.lower().encode().split(b" ") for form in forms}
        for stretch in parts_of(self.text, _TOGETHER):
            small = stretch.of(self.text).encode().lower()
            for form, its_words in words.items():
                if all(word in small for word in its_words):
                    for at in _places_with_marks(form, small):
                        yield form, self.part_around(stretch.start + at)

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


def _places_with_marks(form: str, small: bytes) -> Iterator[int]:
    """Yield the code points of a text where the words of a form begin that have a mark between.

    >>> list(_places_with_marks("ma yun", "é ma “yun ma yun".encode()))
    [2]
    """
    counted = at = 0  # bytes that are counted, and the code points in them
    for found in _apart(form).finditer(small):
        if _MARK.search(found.group()):
            at += len(small[counted : found.start()].decode())
            counted = found.start()
            yield at


@cache
def _apart(form: str) -> re.Pattern[bytes]:
    """Return what finds the words of a form, with white space or marks between them."""
    words = map(re.escape, form.lower().encode().split(b" "))
    return re.compile(_BETWEEN_WORDS.join(words))
