"""The folded copy of a text, in which literals are searched for, and the way back to the text.

A name stays the same name when its words are separated by a NO-BREAK SPACE, a line break or three
spaces, when its accents are separate code points, and when it is written in capitals. Folding
removes these differences, so that one search for exact bytes finds the name. Two differences are
handled elsewhere: `search_keys` lists every kind of quotation mark, and a rule compares the case
of what was found with the form it knows.

Folding works on UTF-8 bytes with the bulk operations of `bytes`, which run at memory speed. Only
runs of white space and separate accents change the length of the text, so only these places are
recorded for the way back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from cleaner.text.characters import LINE_END, SYLLABLE_MARKS
from cleaner.text.seen import without_invisible

# The straight mark first, then the typeset marks.
SINGLE_QUOTES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
DOUBLE_QUOTES = '"\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}'
# White space outside ASCII that may separate the words of a name. The line separators of Unicode
# are not among them, because they do not end lines in the files that people have.
SPACES = (
    "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}"
    "\N{EN SPACE}\N{EM SPACE}\N{EN QUAD}\N{EM QUAD}\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}"
    "\N{SIX-PER-EM SPACE}\N{PUNCTUATION SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}"
)

_STRAIGHT = str.maketrans(
    {**dict.fromkeys(SYLLABLE_MARKS, "'"), **dict.fromkeys(DOUBLE_QUOTES, '"')}
)
_TYPESET = str.maketrans({"'": SINGLE_QUOTES[1], '"': DOUBLE_QUOTES[1]})
_QUOTES = {"'": SINGLE_QUOTES, '"': DOUBLE_QUOTES}
# A form with more quotation marks is searched for with all marks straight and with all marks
# typeset, not in every mixture: n marks have 3 ** n mixtures.
_MOST_QUOTES = 3
_RARE_MARKS = SYLLABLE_MARKS[len(SINGLE_QUOTES) :]

# Folds one byte: capital ASCII letters become small, a tab or a part of a line end becomes a
# space.
_FOLD_BYTE = bytes(b + 32 if 65 <= b <= 90 else 32 if b in b"\t\n\r" else b for b in range(256))
_LINE_END = re.compile(LINE_END.pattern.encode())
# Composing sorts the accents of a character, which takes time with the square of their number. No
# writing has more than so many of them (Unicode Standard Annex 15, “Stream-Safe Text Format”).
_MOST_ACCENTS = 30
# A character and the combining accents (U+0300 to U+036F) behind it, as UTF-8.
_ACCENTED = re.compile(
    rb"(?:[\x21-\x7f]|[\xc2-\xf4][\x80-\xbf]+)(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]){1,%d}+"
    % _MOST_ACCENTS
)
# Pieces of a long text that are composed one by one. A piece ends before an ASCII character, with
# which no character is composed, or else after very many others.
_PIECE = re.compile(r"[\x00-\x7f]*[^\x00-\x7f]{0,1000}")
_LONG = 1000  # code points; a longer text is composed in pieces
# A Hangul syllable written as two or three conjoining jamo (U+1100 to U+11C2), as UTF-8.
_JAMO = re.compile(
    rb"\xe1\x84[\x80-\x92]\xe1\x85[\xa1-\xb5](?:\xe1(?:\x86[\xa8-\xbf]|\x87[\x80-\x82]))?"
)

# Replace the bytes from the first offset up to the second by these bytes.
_Change: TypeAlias = tuple[int, int, bytes]


def normal(form: str) -> str:
    """Return the normal form of `form`: composed, single spaces, straight quotes, case kept.

    It has no characters without width, and no hyphens but the ASCII one.

    Two spellings are the same name if their normal forms are equal.

    >>> normal("Xi\N{RIGHT SINGLE QUOTATION MARK}an\N{NO-BREAK SPACE} Jiaotong")
    "Xi'an Jiaotong"
    """
    if form.isascii() and form.split(" ") == form.split():
        return form.translate(_STRAIGHT)
    seen = without_invisible(form)
    visible = form if seen is None else seen.text
    return _composed(" ".join(visible.translate(_STRAIGHT).split()))


def _composed(text: str) -> str:
    """Return the text with letters and their accents composed, in linear time."""
    pieces = _PIECE.findall(text) if len(text) > _LONG else (text,)
    return "".join(unicodedata.normalize("NFC", piece) for piece in pieces)


def search_keys(form: str) -> Iterator[bytes]:
    """Yield the bytes to search a folded text for in order to find `form`.

    They find the form as it is given, in small letters and in capitals, with any kind of quotation
    mark. No key is yielded twice.

    >>> list(search_keys("Ma Yun"))
    [b'ma yun']
    """
    for spelling in _quoted_spellings(normal(form)):
        cases = (spelling, spelling.lower(), spelling.upper())
        yield from dict.fromkeys(case.encode().translate(_FOLD_BYTE) for case in cases)


def _quoted_spellings(form: str) -> Iterator[str]:
    """Yield a normal form with each kind of quotation mark that a text may have in it."""
    quotes = form.count("'") + form.count('"')
    if not quotes:
        yield form
    elif quotes <= _MOST_QUOTES:
        yield from map("".join, product(*(_QUOTES.get(char, char) for char in form)))
    else:
        yield form
        yield form.translate(_TYPESET)
    if "'" in form:
        for mark in _RARE_MARKS:
            yield form.replace("'", mark)


class Folded:
    """The folded copy of a text. A blank line is not folded, so no form matches across it.

    Attributes:
        data: the copy, as UTF-8: ASCII letters are small, a run of white space is one space, and
            accents are composed with their letters.
        gaps: the byte offsets in `data` of spaces that replace two or more ASCII spaces or tabs
            inside a line, in ascending order.
    """

    def __init__(self, text: str) -> None:
        self._utf8 = text.encode()
        self._is_ascii = len(self._utf8) == len(text)
        # From the offset `_resume[n]` of `data` on, the text is `_ahead[n + 1]` bytes ahead of it.
        self._resume: list[int] = []
        self._ahead = [0]
        self.gaps: list[int] = []
        self.data = self._apply_changes(self._fold_bytes(text))

    def _fold_bytes(self, text: str) -> bytes:
        """Return the UTF-8 of the text with every change that keeps its length."""
        data = self._utf8.translate(_FOLD_BYTE)
        for space in () if self._is_ascii else SPACES:
            if space in text:
                utf8 = space.encode()
                data = data.replace(utf8, b" " * len(utf8))
        return data

    def _apply_changes(self, data: bytes) -> bytes:
        """Return `data` with the changes that alter its length, and record each of them."""
        pieces: list[bytes] = []
        copied = 0  # bytes of `data` that are done
        size = 0  # bytes of the result so far
        for start, stop, replacement in self._changes(data):
            if start < copied:
                continue  # an accent on a syllable of jamo, which the change before it composed
            pieces += (data[copied:start], replacement)
            size += start - copied + len(replacement)
            copied = stop
            original = self._utf8[start:stop]
            if original.isspace() and not _LINE_END.search(original):
                self.gaps.append(size - 1)
            self._resume.append(size)
            self._ahead.append(stop - size)
        if not pieces:
            return data
        pieces.append(data[copied:])
        return b"".join(pieces)

    def _changes(self, data: bytes) -> Sequence[_Change]:
        """Return the changes to `data` that alter its length, in order; they may overlap."""
        changes = list(self._space_runs(data))
        # The lead bytes tell at little cost that a text has no accents and no jamo to compose.
        if b"\xcc" in data or b"\xcd" in data:
            changes += self._composed(_ACCENTED, data)
        if b"\xe1" in data and b"\xe1\x84" in data:
            changes += self._composed(_JAMO, data)
        changes.sort()
        return changes

    def _space_runs(self, data: bytes) -> Iterator[_Change]:
        """Yield a change for each run of spaces in `data` that holds no blank line."""
        start = data.find(b"  ")
        while start >= 0:
            stop = start + 2
            while data[stop : stop + 1] == b" ":
                stop += 1
            original = self._utf8[start:stop]
            # The first comparison settles the most frequent case without a regular expression.
            if original != b"\n\n" and len(_LINE_END.findall(original)) < 2:
                yield start, stop, b" "
            start = data.find(b"  ", stop)

    def _composed(self, pattern: re.Pattern[bytes], data: bytes) -> Iterator[_Change]:
        """Yield a change for each match of `pattern`, which describes code points to compose."""
        for cluster in pattern.finditer(data):
            start, stop = cluster.span()
            composed = unicodedata.normalize("NFC", self._utf8[start:stop].decode())
            yield start, stop, composed.encode().translate(_FOLD_BYTE)

    def to_code_points(self, offsets: Iterable[int]) -> dict[int, int]:
        """Return for each byte offset in `data` its position in the text, in code points.

        An offset inside a character counts as the end of that character.

        >>> Folded("Ma \N{NO-BREAK SPACE} Win").to_code_points([0, 3, 6])
        {0: 0, 3: 5, 6: 8}
        """
        wanted = sorted(set(offsets))
        places = self._utf8_offsets(wanted) if self._resume else wanted
        if not self._is_ascii:
            places = self._count_code_points(places)
        return dict(zip(wanted, places, strict=True))

    def _utf8_offsets(self, offsets: Iterable[int]) -> list[int]:
        """Return for each byte offset in `data` the byte offset in the text as UTF-8."""
        resume, ahead = self._resume, self._ahead
        return [offset + ahead[bisect_right(resume, offset)] for offset in offsets]

    def _count_code_points(self, places: Iterable[int]) -> list[int]:
        """Return for ascending byte offsets in the text as UTF-8 the positions in code points."""
        utf8 = self._utf8
        size = len(utf8)
        points: list[int] = []
        counted = 0  # bytes
        position = 0  # code points in these bytes
        for place in places:
            while place < size and utf8[place] & 0xC0 == 0x80:  # inside a character
                place += 1
            position += len(utf8[counted:place].decode())
            counted = place
            points.append(position)
        return points
