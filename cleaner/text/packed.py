"""A long text as the UTF-8 that it was read from, of which parts can be read.

As a `str`, every code point of a text takes two bytes if there is one curly quotation mark in it,
and four if there is one emoji. While a long text is cleaned, there is one such copy of it: the text
as the passes have left it. The text before them is kept like this.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

_EACH = 16_000  # bytes of a piece, so that little is decoded to read a few words
_NUMBER = "q"
_LONGEST = 4  # bytes of a character
_CONTINUATION = range(0x80, 0xC0)  # the bytes of a character but the first one


class Packed:
    """A text that is kept as UTF-8. Positions are counted in code points, as in a `str`.

    Args:
        data: bytes with the text in them.
        start: where the text begins in them.
        each: bytes that are decoded together.

    Raises:
        UnicodeDecodeError: they are not UTF-8.

    >>> packed = Packed("Ma Yun’s wealth".encode())
    >>> packed[3:8], len(packed)
    ('Yun’s', 15)
    """

    def __init__(self, data: bytes, start: int = 0, each: int = _EACH) -> None:
        self._data = data
        self._each = each
        self._begin = start
        # Where pieces begin, in bytes and in code points, and where the last one ends.
        self._bytes = array(_NUMBER, [start])
        self._points = array(_NUMBER, [0])
        while start < len(data):
            start = self._end_of_piece(start)
            piece = data[self._bytes[-1] : start].decode()
            self._bytes.append(start)
            self._points.append(self._points[-1] + len(piece))

    def _end_of_piece(self, start: int) -> int:
        """Return where the piece that begins at `start` ends: before the first byte of a character.

        What is not UTF-8 may end anywhere, because it is not decoded in any case.
        """
        end = min(start + self._each, len(self._data))
        for back in range(min(_LONGEST, end - start)):
            if end == len(self._data) or self._data[end - back] not in _CONTINUATION:
                return end - back
        return end

    def __len__(self) -> int:
        return self._points[-1]

    def __getitem__(self, part: slice) -> str:
        start, stop, step = part.indices(len(self))
        if step != 1:
            raise IndexError("only parts that are whole can be read")
        if start >= stop:
            return ""
        first = bisect_right(self._points, start) - 1
        last = bisect_right(self._points, stop - 1)
        there = self._data[self._bytes[first] : self._bytes[last]].decode()
        begin = self._points[first]
        return there[start - begin : stop - begin]

    def __str__(self) -> str:
        return str(memoryview(self._data)[self._begin :], "utf-8")

    def pieces(self) -> Iterator[str]:
        """Yield the text in pieces."""
        for start, end in zip(self._bytes, self._bytes[1:], strict=False):
            yield self._data[start:end].decode()

    def gives(self, text: str) -> bool:
        """Return whether this is the text, without decoding all of it at once.

        >>> Packed(b"Marwin").gives("Marwin"), Packed(b"Marwin").gives("Marwin fell")
        (True, False)
        """
        at = 0
        for piece in self.pieces():
            if not text.startswith(piece, at):
                return False
            at += len(piece)
        return at == len(text)
