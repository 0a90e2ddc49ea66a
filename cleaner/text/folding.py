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
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, product
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
_SPACE_RUN = re.compile(rb"  +")
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
_CONTINUATION = bytes(range(0x80, 0xC0))  # the bytes of a character in UTF-8 but the first one
_PIECE_SIZE = 256  # bytes of a text as UTF-8 whose characters are counted together
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
    """

    def __init__(self, text: str) -> None:
        self._utf8 = text.encode()
        self._is_ascii = len(self._utf8) == len(text)
        # From the offset `_resume[n]` of `data` on, the text is `_ahead[n + 1]` bytes ahead of it.
        self._resume: list[int] = []
        self._ahead = [0]
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
        resume, ahead = self._resume, self._ahead
        copied = 0  # bytes of `data` that are done
        size = 0  # bytes of the result so far
        for start, stop, replacement in self._changes(data):
            if start < copied:
                continue  # an accent on a syllable of jamo, which the change before it composed
            pieces += (data[copied:start], replacement)
            size += start - copied + len(replacement)
            copied = stop
            resume.append(size)
            ahead.append(stop - size)
        if not pieces:
            return data
        pieces.append(data[copied:])
        return b"".join(pieces)

    @cached_property
    def gaps(self) -> Sequence[int]:
        """The byte offsets in `data` of spaces that replace two or more ASCII spaces or tabs inside
        a line, in ascending order.
        """
        found: list[int] = []
        before = 0  # how far the text is ahead in front of the change
        for end, behind in zip(self._resume, self._ahead[1:], strict=True):
            original = self._utf8[end - 1 + before : end + behind]
            if original.isspace() and not _LINE_END.search(original):
                found.append(end - 1)
            before = behind
        return found

    def _changes(self, data: bytes) -> Sequence[_Change]:
        """Return the changes to `data` that alter its length, in order; they may overlap."""
        changes = self._space_runs(data)
        # The lead bytes tell at little cost that a text has no accents and no jamo to compose.
        has_accents = b"\xcc" in data or b"\xcd" in data
        has_jamo = b"\xe1" in data and b"\xe1\x84" in data
        if has_accents:
            changes += self._composed(_ACCENTED, data)
        if has_jamo:
            changes += self._composed(_JAMO, data)
        if has_accents or has_jamo:
            changes.sort()
        return changes

    def _space_runs(self, data: bytes) -> list[_Change]:
        """Return a change for each run of spaces in `data` that holds no blank line."""
        utf8 = self._utf8
        changes: list[_Change] = []
        for run in _SPACE_RUN.finditer(data):
            start, stop = run.span()
            original = utf8[start:stop]
            # The first comparisons settle the most frequent cases without a regular expression.
            if original == b"\n\n":
                continue
            marks = original.count(b"\n") + original.count(b"\r")
            if marks < 2 or len(_LINE_END.findall(original)) < 2:
                changes.append((start, stop, b" "))
        return changes

    def _composed(self, pattern: re.Pattern[bytes], data: bytes) -> Iterator[_Change]:
        """Yield a change for each match of `pattern`, which describes code points to compose."""
        for cluster in pattern.finditer(data):
            start, stop = cluster.span()
            composed = unicodedata.normalize("NFC", self._utf8[start:stop].decode())
            yield start, stop, composed.encode().translate(_FOLD_BYTE)

    def code_point(self, offset: int) -> int:
        """Return the position in the text, in code points, of a byte offset in `data`.

        An offset inside a character counts as the end of that character.

        >>> folded = Folded("Ma \N{NO-BREAK SPACE} Win")
        >>> folded.code_point(0), folded.code_point(3), folded.code_point(6)
        (0, 5, 8)
        """
        if self._resume:
            offset += self._ahead[bisect_right(self._resume, offset)]
        if self._is_ascii:
            return offset
        piece, rest = divmod(offset, _PIECE_SIZE)
        begin = offset - rest
        return self._characters_before[piece] + _count_characters(self._utf8[begin:offset])

    @cached_property
    def _characters_before(self) -> list[int]:
        """How many characters begin before each piece of the text as UTF-8."""
        utf8 = self._utf8
        begins = range(0, len(utf8), _PIECE_SIZE)
        counts = (_count_characters(utf8[begin : begin + _PIECE_SIZE]) for begin in begins)
        return list(accumulate(counts, initial=0))


def _count_characters(utf8: bytes) -> int:
    """Return how many characters begin in a part of a text as UTF-8."""
    return len(utf8.translate(None, _CONTINUATION))
