"""Answers about texts that are remembered: every pass asks about most blocks again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 2_000_000  # code points of all texts together whose answers are remembered


class Memo(Generic[T]):
    """What a function says about texts; each text that is remembered is asked about once.

    A cache of so many answers would be of no use where a document has more blocks than that: each
    answer would be forgotten before the next pass asks again. So the limit is how much the texts
    hold, and all answers are forgotten together.

    Args:
        find: the function.
        most: how many code points the texts may hold that are remembered.

    >>> lengths = Memo(len)
    >>> lengths("Marwin"), lengths("Marwin")
    (6, 6)
    """

    def __init__(self, find: Callable[[str], T], most: int = _MOST) -> None:
        self._find = find
        self._most = most
        self._known: dict[str, T] = {}
        self._size = 0

    def __call__(self, text: str) -> T:
        """Return what the function says about a text."""
        if text in self._known:
            return self._known[text]
        answer = self._find(text)
        self.remember(text, answer)
        return answer

    def __contains__(self, text: str) -> bool:
        """Return whether the answer about a text is known."""
        return text in self._known

    def remember(self, text: str, answer: T) -> None:
        """Remember what the function would say about a text."""
        if self._size + len(text) > self._most:
            self._known.clear()
            self._size = 0
        if len(text) <= self._most:
            self._known[text] = answer
            self._size += len(text)
