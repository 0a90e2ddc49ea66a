"""A quick look for texts in which words stand twice in a row: of the river of the river.

A regular expression that refers to its own beginning is tried at every word, which takes long. Here
all words of many texts are compared at once. Their first letters are the bytes of one large number.
Where some words stand twice in a row, the same bytes stand there twice in a row. So in the
difference (XOR) between the number and the number without its first bytes, as many bytes as there
are words are zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from cleaner.text.lazy import lazy_pattern

_MOST = 12  # words in a row that are looked for; a-long-time is three
# Marks inside words. A text with more of them may have more words twice in a row.
_INNER_MARKS = ("'", "\N{RIGHT SINGLE QUOTATION MARK}", "-")
# Frequent characters beyond ASCII that belong to no word.
_PUNCTUATION = (
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}"
)
_NO_WORD = lazy_pattern(r"[^\w\x00-\x7f]+")  # the rest of it
_LETTERS_I = frozenset("\u0130\u0131")  # the dotted capital and the dotless small one of Turkish
# Writes small ASCII letters, and a blank for ASCII that belongs to no word.
_BLANKED = bytes(
    ord(char.lower()) if char.isalnum() or char == "_" else ord(" ")
    for char in map(chr, range(128))
) + bytes(range(128, 256))
_FIRST = itemgetter(0)


def with_doubled_words(texts: Sequence[str]) -> Sequence[int]:
    """Return the numbers of the texts that may have words twice in a row.

    A word is a run of letters, digits and underscores, in any case; what is between the words does
    not count. Some texts are returned that have none, such as those with many hyphens.

    >>> with_doubled_words(["the old river", "of the river, of the river", "so: So", "river, of"])
    [1, 2]
    """
    found: set[int] = set()
    words: list[bytes] = []
    ends: list[int] = []  # for each text, where its words end
    for number, text in enumerate(texts):
        small = _small(text)
        if small is None or sum(map(text.count, _INNER_MARKS)) > _MOST:
            found.add(number)
        else:
            words += small.encode().translate(_BLANKED).split()
        words.append(b"\n%d" % number)  # is no other word
        ends.append(len(words))
    found.update(_texts_with_doubled(words, ends))
    return sorted(found)


def _small(text: str) -> str | None:
    """Return a text with blanks instead of punctuation beyond ASCII, and small letters beyond it.

    None if it has letters that `re` may take for others.
    """
    if text.isascii():
        return text
    for mark in _PUNCTUATION:
        text = text.replace(mark, " ")
    if text.isascii():
        return text
    plain = _NO_WORD.sub(" ", text)
    small = plain.lower()
    is_simple = small == plain.casefold() and not _LETTERS_I.intersection(plain)
    return small if is_simple else None


def _texts_with_doubled(words: Sequence[bytes], ends: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the texts with words twice in a row, given where the texts end."""
    firsts = int.from_bytes(map(_FIRST, words), "little")
    for count in range(1, _MOST + 1):
        differences = firsts ^ (firsts >> (8 * count))
        same = bytes(count)
        data = differences.to_bytes(len(words), "little")
        at = data.find(same)
        while at >= 0:
            end = at + count
            if words[at:end] == words[end : end + count]:
                number = bisect_right(ends, at)
                yield number
                end = ends[number]  # the rest of this text need not be looked at
                at = data.find(same, end)
            else:
                at = data.find(same, at + 1)
