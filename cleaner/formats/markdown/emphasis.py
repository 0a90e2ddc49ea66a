"""Which asterisks, underscores and tildes of a paragraph mark emphasis, and which are text.

This is the procedure “process emphasis” of the CommonMark specification, with the struck-out text
of GitHub (`~~so~~`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.text.edits import Span

_PAIR = 2  # characters of strong emphasis, and of struck-out text


class Run(NamedTuple):
    """A run of the same character that may begin or end emphasis.

    Attributes:
        span: where it is.
        char: the character.
        can_open, can_close: whether it may begin emphasis, whether it may end it.
    """

    span: Span
    char: str
    can_open: bool
    can_close: bool

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Run:
        """Return what a run of a paragraph may do, judged by the characters beside it."""
        before = text[start - 1] if start else " "
        behind = text[end] if end < len(text) else " "
        char = text[start]
        left = _is_flanking(behind, before)
        right = _is_flanking(before, behind)
        if char == "_":
            opens = left and (not right or _is_punctuation(before))
            closes = right and (not left or _is_punctuation(behind))
            return cls(Span(start, end), char, opens, closes)
        if char == "~" and (end - start) % _PAIR:
            start += 1
        return cls(Span(start, end), char, left, right)


def _is_flanking(inner: str, outer: str) -> bool:
    """Return whether emphasis may begin (or end) between these two characters."""
    if _is_space(inner):
        return False
    return not _is_punctuation(inner) or _is_space(outer) or _is_punctuation(outer)


def _is_space(char: str) -> bool:
    if char.isalnum():
        return False
    from markdown_it.common.utils import isWhiteSpace

    return isWhiteSpace(ord(char))


def _is_punctuation(char: str) -> bool:
    if char.isalnum() or char == " ":
        return False
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def markers(runs: Sequence[Run]) -> Iterator[Span]:
    """Yield the parts of these runs that mark emphasis.

    >>> text = "**Ma** * Win"
    >>> runs = [Run.of(text, 0, 2), Run.of(text, 4, 6), Run.of(text, 7, 8)]
    >>> [tuple(span) for span in markers(runs)]
    [(0, 2), (4, 6)]
    """
    starts = [run.span.start for run in runs]  # of what is left of each
    ends = [run.span.end for run in runs]
    before = list(range(-1, len(runs) - 1))  # the run before each, without those that are done
    bottoms: dict[tuple[str, bool, int], int] = {}  # no opener for such a closer is before that
    for number, closer in enumerate(runs):
        if not closer.can_close:
            continue
        key = (closer.char, closer.can_open, _length(closer) % 3)
        while starts[number] < ends[number]:
            opener = before[number]
            bottom = bottoms.get(key, -1)
            while opener > bottom and not _are_pair(runs[opener], closer):
                opener = before[opener]
            if opener <= bottom:
                bottoms[key] = before[number]
                break
            left = min(ends[opener] - starts[opener], ends[number] - starts[number])
            use = min(left, _PAIR)
            ends[opener] -= use
            yield Span(ends[opener], ends[opener] + use)
            yield Span(starts[number], starts[number] + use)
            starts[number] += use
            before[number] = opener if starts[opener] < ends[opener] else before[opener]
        is_done = starts[number] == ends[number] or not closer.can_open
        if is_done and number + 1 < len(runs):
            before[number + 1] = before[number]


def _are_pair(opener: Run, closer: Run) -> bool:
    """Return whether emphasis may go from one run to another one."""
    if opener.char != closer.char or not opener.can_open:
        return False
    if not (opener.can_close or closer.can_open):
        return True
    return _length(closer) % 3 == 0 or (_length(opener) + _length(closer)) % 3 != 0


def _length(run: Run) -> int:
    """Return the length of a run as far as it decides which runs are a pair."""
    return 0 if run.char == "~" else run.span.end - run.span.start
