"""The folded copy of a text, on which literals are looked for, and the way back.

A name is the same name when its space is a NO-BREAK SPACE, a line break or three spaces, when its
apostrophe is straight or curly, when its accents are separate code points, and when it is set in
capitals. Folding takes such differences away; case comes back later, when a rule compares the text
itself with the form it knows.

It works on UTF-8 bytes with operations that run at memory speed, because nearly all text needs no
more than that: only runs of white space and separate accents change its length, and just those are
remembered.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

SINGLE_QUOTES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
DOUBLE_QUOTES = '"\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}'
# White space beside the ASCII kind that may stand between the words of a name; not the line
# separators of Unicode, which are no line ends in the files people have.
SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{EN SPACE}\N{EM SPACE}"

_STRAIGHT = str.maketrans(
    {**dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DOUBLE_QUOTES, '"')}
)
_LOWER = bytes(b + 32 if 65 <= b <= 90 else 32 if b in b"\t\n\r" else b for b in range(256))
_LINE_END = re.compile(rb"\r\n|\r|\n")
_ACCENTED = re.compile(
    rb"(?:[\x21-\x7f]|[\xc2-\xf4][\x80-\xbf]+)(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf])+"
)
_JAMO = re.compile(
    rb"\xe1\x84[\x80-\x92]\xe1\x85[\xa1-\xb5](?:\xe1(?:\x86[\xa8-\xbf]|\x87[\x80-\x82]))?"
)
# a form with more of them is looked for in straight and in typeset quotes only, not in every
# mixture
_MOST_QUOTES = 3


def normal(form: str) -> str:
    """The form in which two spellings of one name are compared: composed, single spaces, straight
    quotes, case kept.

    >>> normal("Xi\N{RIGHT SINGLE QUOTATION MARK}an\N{NO-BREAK SPACE} Jiaotong")
    "Xi'an Jiaotong"
    """
    if form.isascii() and form.split(" ") == form.split():
        return form
    return unicodedata.normalize("NFC", " ".join(form.translate(_STRAIGHT).split()))


def keys(form: str) -> Iterator[bytes]:
    """What to look for in a folded text to find `form`, in any case and with any kind of quotation
    mark.

    >>> sorted(keys("Ma Yun"))
    [b'ma yun']
    """
    form = normal(form)
    quotes = [c for c in form if c in "'\""]
    kinds = {"'": SINGLE_QUOTES, '"': DOUBLE_QUOTES}
    mixtures: Iterable[Sequence[str]] = product(*(kinds[c] for c in quotes))
    if len(quotes) > _MOST_QUOTES:
        mixtures = (quotes, [kinds[c][1] for c in quotes])
    for mixture in mixtures:
        marks = iter(mixture)
        typed = "".join(next(marks) if c in kinds else c for c in form)
        yield from {
            case.encode().translate(_LOWER) for case in (typed, typed.lower(), typed.upper())
        }


class Folded:
    """A text as lower-case bytes with single spaces; `back` leads from its offsets to code points
    of the text.

    A blank line is kept as it is, so that no form matches across it.
    """

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._ascii = len(self._data) == len(text)
        data = self._data.translate(_LOWER)
        for space in SPACES:
            if space in text:
                code = space.encode()
                data = data.replace(code, b" " * len(code))
        self._resume: list[int] = []  # folded offsets at which a shortened piece ends ...
        self._shift: list[int] = []  # ... and how far the text is ahead from there on
        self.gaps: list[int] = []  # folded offsets of runs of spaces inside a line
        self.data = self._shorten(data)

    def _shorten(self, data: bytes) -> bytes:
        pieces: list[bytes] = []
        end = size = 0
        for start, stop, short in sorted(self._shortened(data)):
            if start < end:
                continue  # an accent on a syllable of jamo: the syllable counts
            pieces += (data[end:start], short)
            size += start - end + len(short)
            end = stop
            if self._data[start:stop].isspace() and not _LINE_END.search(self._data, start, stop):
                self.gaps.append(size - 1)
            self._resume.append(size)
            self._shift.append(stop - size)
        return b"".join((*pieces, data[end:])) if pieces else data

    def _shortened(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        start = data.find(b"  ")
        while start >= 0:
            stop = start + 2
            while data[stop : stop + 1] == b" ":
                stop += 1
            between = self._data[start:stop]
            if between != b"\n\n" and len(_LINE_END.findall(between)) < 2:
                yield start, stop, b" "
            start = data.find(b"  ", stop)
        if b"\xcc" in data or b"\xcd" in data:
            yield from self._composed(_ACCENTED, data)
        if b"\xe1" in data and b"\xe1\x84" in data:
            yield from self._composed(_JAMO, data)

    def _composed(
        self, pattern: re.Pattern[bytes], data: bytes
    ) -> Iterator[tuple[int, int, bytes]]:
        for cluster in pattern.finditer(data):
            start, stop = cluster.span()
            whole = unicodedata.normalize("NFC", self._data[start:stop].decode())
            yield start, stop, whole.encode().translate(_LOWER)

    def back(self, offsets: Iterable[int]) -> dict[int, int]:
        """Folded byte offsets -> code points of the text. One inside a character counts as its end.

        >>> Folded("Ma \N{NO-BREAK SPACE} Win").back([0, 3, 6])
        {0: 0, 3: 5, 6: 8}
        """
        wanted = sorted(set(offsets))
        places = wanted
        if self._resume:
            places = [
                at + self._shift[i - 1] if (i := bisect_right(self._resume, at)) else at
                for at in wanted
            ]
        if self._ascii:
            return dict(zip(wanted, places, strict=True))
        out: dict[int, int] = {}
        data, done, points = self._data, 0, 0
        for offset, place in zip(wanted, places, strict=True):
            while place < len(data) and data[place] & 0xC0 == 0x80:
                place += 1
            points += len(data[done:place].decode())
            done = place
            out[offset] = points
        return out
