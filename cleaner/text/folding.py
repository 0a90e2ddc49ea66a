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
from itertools import accumulate, compress, product, repeat
from operator import add, sub

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
_FOLD_BYTE = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\n\r",
    b"abcdefghijklmnopqrstuvwxyz   ",
)
_LINE_END = re.compile(LINE_END.pattern.encode())
# Composing sorts the accents of a character, which takes time with the square of their number. No
# writing has more than so many of them (Unicode Standard Annex 15, “Stream-Safe Text Format”).
_MOST_ACCENTS = 30
# A character and the combining accents (U+0300 to U+036F) behind it, as UTF-8.
_ACCENTED = (
    rb"(?:[\x21-\x7f]|[\xc2-\xf4][\x80-\xbf]+)(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]){1,%d}+"
    % _MOST_ACCENTS
)
# Pieces of a long text that are composed one by one. A piece ends before an ASCII character, with
# which no character is composed, or else after very many others.
_PIECE = re.compile(r"[\x00-\x7f]*[^\x00-\x7f]{0,1000}")
_LONG = 1000  # code points; a longer text is composed in pieces
_ASCII = bytes(range(0x80))
_SPACES_BEYOND_ASCII = [space.encode() for space in SPACES]
_FAR = 60  # bytes before a place in which the beginning of its line is looked for
_LETTER_OR_DIGIT = re.compile(rb"[A-Za-z0-9]")
_BEHIND_WORD = re.compile(rb"[A-Za-z0-9,] ")
_CONTINUATION = range(0x80, 0xC0)  # the bytes of a character in UTF-8 but the first one
# A Hangul syllable written as two or three conjoining jamo (U+1100 to U+11C2), as UTF-8.
_JAMO = rb"\xe1\x84[\x80-\x92]\xe1\x85[\xa1-\xb5](?:\xe1(?:\x86[\xa8-\xbf]|\x87[\x80-\x82]))?"
# The places whose length folding may change. Two spaces are searched for quicker than ` {2,}`.
_SPACES = rb"   *"
_SPACE_RUN = re.compile(rb"(%s)" % _SPACES)
_SPACES_OR_COMPOSED = re.compile(rb"(%s|%s|%s)" % (_SPACES, _JAMO, _ACCENTED))


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

    Args:
        text: the text.
        runs: whether runs of white space may be runs of spaces in the copy, which then takes half
            of the time to make; see `is_one_space`.

    Attributes:
        data: the copy, as UTF-8: ASCII letters are small, a run of white space is one space, and
            accents are composed with their letters.
    """

    def __init__(self, text: str, *, runs: bool = False) -> None:
        self._utf8 = text.encode()
        self._is_ascii = len(self._utf8) == len(text)
        # Mostly little is left without ASCII, so that it costs nothing to look for signs in it.
        self._beyond_ascii = b"" if self._is_ascii else self._utf8.translate(None, _ASCII)
        # From the offset `_resume[n]` of `data` on, the text is `_ahead[n + 1]` bytes ahead of it.
        self._resume: list[int] = []
        self._ahead = [0]
        self._replaced: list[bytes] = []  # what was in the text before each of these offsets
        data = self._fold_bytes()
        to_change = None if runs else _SPACE_RUN
        if self._has_accents():
            to_change = _SPACES_OR_COMPOSED
        self.data = self._with_replacements(data, to_change) if to_change else data

    def _fold_bytes(self) -> bytes:
        """Return the UTF-8 of the text with every change that keeps its length."""
        data = self._utf8.translate(_FOLD_BYTE)
        for space in _SPACES_BEYOND_ASCII:
            if space in self._beyond_ascii:
                data = data.replace(space, b" " * len(space))
        return data

    def _has_accents(self) -> bool:
        """Return whether there may be accents or jamo to compose."""
        beyond = self._beyond_ascii
        return b"\xcc" in beyond or b"\xcd" in beyond or b"\xe1\x84" in beyond

    def _with_replacements(self, data: bytes, to_change: re.Pattern[bytes]) -> bytes:
        """Return `data` with the changes that may alter its length, and record each of them.

        The only group of `to_change` finds the places to change.

        A text has thousands of such places, but few different ones. So nothing is done place by
        place but what Python does for a whole list.
        """
        pieces = to_change.split(data)
        if len(pieces) == 1:
            return data
        ends = list(accumulate(map(len, pieces)))
        stops = ends[1::2]
        self._replaced = list(map(self._utf8.__getitem__, map(slice, ends[::2], stops)))
        replacements = {original: _replacement(original) for original in set(self._replaced)}
        pieces[1::2] = map(replacements.__getitem__, self._replaced)
        self._resume = list(accumulate(map(len, pieces)))[1::2]
        self._ahead += map(sub, stops, self._resume)
        return b"".join(pieces)

    @cached_property
    def gaps(self) -> Sequence[int]:
        """The byte offsets in `data` of spaces that replace two or more ASCII spaces or tabs inside
        a line, in ascending order.
        """
        are_gaps = {
            original: original.isspace() and not _LINE_END.search(original)
            for original in set(self._replaced)
        }
        is_gap = map(are_gaps.__getitem__, self._replaced)
        return [end - 1 for end in compress(self._resume, is_gap)]

    def is_one_space(self, start: int, end: int) -> bool:
        """Return whether a run of spaces in `data` counts as one: it has no blank line in it."""
        run = self.source(start, end) if self._resume else self._utf8[start:end]
        # The first check settles the most frequent case.
        return b"\n\n" not in run and len(_LINE_END.findall(run)) <= 1

    def source(self, start: int, end: int) -> bytes:
        """Return the text, as UTF-8, between two byte offsets in `data`.

        >>> Folded("The  Ma Win").source(3, 6)
        b'  Ma'
        """
        resume, ahead = self._resume, self._ahead
        first = start + ahead[bisect_right(resume, start)]
        return self._utf8[first : end + ahead[bisect_right(resume, end)]]

    def writes(self, words: bytes, start: int, end: int) -> bool:
        """Return whether the text between two byte offsets in `data` has words written so."""
        if self._resume:
            return words in self.source(start, end)
        return self._utf8.startswith(words, start)

    def is_first_in_line(self, offset: int) -> bool:
        """Return whether no ASCII letter or digit stands before a byte offset in its line.

        If the line begins far before the offset, it may be so.

        >>> folded = Folded("Source: a source")
        >>> folded.is_first_in_line(0), folded.is_first_in_line(10)
        (True, False)
        """
        end = offset + self._ahead[bisect_right(self._resume, offset)] if self._resume else offset
        if _BEHIND_WORD.match(self._utf8, max(0, end - 2), end):
            return False  # that is so nearly everywhere
        before = self._utf8[max(0, end - _FAR) : end]
        line = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        return not _LETTER_OR_DIGIT.search(before, line)

    def code_point(self, offset: int) -> int:
        """Return the position in the text, in code points, of a byte offset in `data`.

        An offset inside a character counts as the end of that character.

        >>> folded = Folded("Ma \N{NO-BREAK SPACE} Win")
        >>> folded.code_point(0), folded.code_point(3), folded.code_point(6)
        (0, 5, 8)
        """
        return self.code_points([offset])[0]

    def code_points(self, offsets: Sequence[int]) -> Sequence[int]:
        """Return for each of some byte offsets in `data` the position in the text.

        See `code_point`. Many are looked up together, because the characters of the text are
        counted from each place to the next one. They may be in any order.
        """
        in_text = offsets
        if self._resume:
            runs = map(bisect_right, repeat(self._resume), offsets)
            in_text = list(map(add, offsets, map(self._ahead.__getitem__, runs)))
        if self._is_ascii:
            return in_text
        points: dict[int, int] = {}
        utf8 = self._utf8
        counted = 0  # bytes of the text
        characters = 0
        for there in sorted(set(in_text)):
            end = there
            while end < len(utf8) and utf8[end] in _CONTINUATION:
                end += 1
            characters += len(utf8[counted:end].decode())
            points[there] = characters
            counted = end
        return list(map(points.__getitem__, in_text))


def _replacement(original: bytes) -> bytes:
    """Return what a place of a text is in the folded copy.

    Args:
        original: a run of white space, or code points to compose.
    """
    if original.decode().isspace():
        # The first comparison settles the most frequent case without a regular expression.
        is_blank = original == b"\n\n" or len(_LINE_END.findall(original)) > 1
        return b" " * len(original) if is_blank else b" "
    return unicodedata.normalize("NFC", original.decode()).encode().translate(_FOLD_BYTE)
