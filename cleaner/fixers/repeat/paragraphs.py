"""Paragraphs that stand twice: as a whole, or cut off before the whole one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from cleaner.fixers.repeat.comparison import (
    ELLIPSES,
    SHORTEST,
    WORD,
    first_letters,
    letters,
    without_credit,
    without_ellipsis,
)
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import RUNNING
from cleaner.text.lazy import lazy_pattern

_LONG = 100  # code points that a paragraph beside the two has, and a line of verse has not
_QUOTED = lazy_pattern(
    "\N{LEFT DOUBLE QUOTATION MARK}[^\N{RIGHT DOUBLE QUOTATION MARK}]*+"
    "|\N{LEFT SINGLE QUOTATION MARK}[^\N{RIGHT SINGLE QUOTATION MARK}]*+"
    '|"[^"]*+"?'
)
_SENTENCE_INSIDE = lazy_pattern(r"[.!?]\W{0,2} [A-Z]")
# Prose begins with a word, maybe in brackets or quotation marks, and not as an item of a list.
_BEGINS_AS_PROSE = lazy_pattern(r"[^\w\s*+#|>-]{0,3}[^\W\d_]")
# More than one line, the columns of a table, or the dots of a table of contents.
_NO_PROSE = lazy_pattern(r"[\r\n\t|]| {3}|\.{4}")


class Paragraphs:
    """The blocks of a text, some of which say the same as another one."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _blocks(self) -> Sequence[Span]:
        return list(self._document.spans())

    @cached_property
    def _texts(self) -> Sequence[str]:
        return [block.of(self._document.text) for block in self._blocks]

    @cached_property
    def _pairs(self) -> Sequence[tuple[int, int]]:
        """The numbers of each two blocks that have the same letters, and share them with no other.

        Both are at least as long as a paragraph that counts. So the first letters of a block tell
        that it has no equal: they are in front of a credit.
        """
        long = [number for number, text in enumerate(self._texts) if len(text) >= SHORTEST]
        beginnings = first_letters([self._texts[number] for number in long])
        times = Counter(beginnings)
        by_letters: dict[str, list[int]] = {}
        for number, beginning in zip(long, beginnings, strict=True):
            if times[beginning] > 1:
                said = letters(without_credit(self._texts[number]))
                by_letters.setdefault(said, []).append(number)
        return [(same[0], same[1]) for same in by_letters.values() if len(same) == 2]

    @cached_property
    def _alike(self) -> Sequence[int]:
        """The numbers of the blocks that begin like the next block and are shorter."""
        return [
            number
            for number, (one, other) in enumerate(pairwise(self._texts))
            if SHORTEST <= len(one) < len(other) and other.startswith(one[:SHORTEST])
        ]

    def repeated(self, distances: range, speech: Collection[str]) -> Iterator[Span]:
        """Yield one of each two blocks that are so many blocks apart, unless it is speech."""
        for first, second in self._pairs:
            if second - first not in distances:
                continue
            if second == 1 and self._is_headline(first):
                continue  # a rule of its own is about the headline and the next line
            beside = {first - 1, first + 1, second - 1, second + 1} - {first, second}
            is_among_prose = any(self._is_long(number) for number in beside)
            if is_among_prose and self._is_repeated_by_the_page(first, second, speech):
                yield self._to_delete(first, second)

    def cut_off(self, speech: Collection[str], *, is_whole: bool) -> Iterator[Span]:
        """Yield each paragraph that is cut off before another one with the same beginning.

        Args:
            speech: words that mark a text as somebody's speech.
            is_whole: whether all that is left of the first is the beginning of the second;
                otherwise only their first words are the same.
        """
        for number in self._alike:
            one, other = self._texts[number], self._texts[number + 1]
            if _is_cut_off(one, other) if is_whole else _is_another_version(one, other):
                is_title = not number and not _SENTENCE_INSIDE.search(one)
                if is_title or _is_speech(one, speech):
                    continue
                if self._is_repeated_by_the_page(number, number + 1, speech):
                    yield Span(self._blocks[number].start, self._blocks[number + 1].start)

    def _is_headline(self, number: int) -> bool:
        return self._document.kind(self._blocks[number]) == "headline"

    def _is_repeated_by_the_page(self, first: int, second: int, speech: Collection[str]) -> bool:
        """Return whether two blocks that say the same are prose that nobody repeats."""
        for number in (first, second):
            if self._document.kind(self._blocks[number]) not in RUNNING:
                return False
        one, other = self._texts[first], self._texts[second]
        if not (_is_prose(one) and _is_prose(other)):
            return False
        if one == other and _is_speech(one, speech):
            return False
        return self._document.is_english_prose(self._blocks[second])

    def _is_long(self, number: int) -> bool:
        return 0 <= number < len(self._texts) and len(self._texts[number]) >= _LONG

    def _to_delete(self, first: int, second: int) -> Span:
        """Return the span of the block that goes, with the blank line at one side of it.

        That is the first one, unless it is the headline of the text or has a credit that the second
        has not.
        """
        is_longer = second - first == 1 and len(self._texts[first]) > len(self._texts[second])
        if is_longer or (not first and self._is_headline(first)):
            return Span(self._blocks[second - 1].end, self._blocks[second].end)
        return Span(self._blocks[first].start, self._blocks[first + 1].start)


def _is_cut_off(one: str, other: str) -> bool:
    """Return whether a text is the beginning of another one, cut off by an ellipsis or in a word.

    >>> _is_cut_off("The sea fr", "The sea froze."), _is_cut_off("The sea", "The sea froze.")
    (True, False)
    """
    there = without_ellipsis(one)
    breaks_word = one[-1:].isalnum() and other[len(one) : len(one) + 1].isalpha()
    return other.startswith(there) and (there != one or breaks_word)


def _is_another_version(one: str, other: str) -> bool:
    """Return whether a text breaks off in a word or with an ellipsis, and another one does not."""
    breaks_off = one.endswith(ELLIPSES) or one[-1:].isalnum()
    return breaks_off and len(one) >= _LONG and not _is_cut_off(one, other)


def _is_speech(text: str, speech: Collection[str]) -> bool:
    """Return whether a text speaks to somebody, outside quotation marks.

    >>> _is_speech("Come with us.", ["us"]), _is_speech("He said, “Come with us.”", ["us"])
    (True, False)
    """
    for word in WORD.findall(_QUOTED.sub(" ", text)):
        if word in speech or word[0].lower() + word[1:] in speech:
            return True
    return False


def _is_prose(text: str) -> bool:
    """Return whether a block may be a caption or a paragraph, by its length and its shape."""
    is_long_enough = len(without_credit(text).strip()) >= SHORTEST
    has_shape = bool(_BEGINS_AS_PROSE.match(text)) and not _NO_PROSE.search(text)
    return is_long_enough and has_shape
