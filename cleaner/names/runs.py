"""Runs: capitalised words next to one another, in which names are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.names.vocabulary import is_word, not_in_names, vocabulary
from cleaner.text.characters import APOSTROPHES, HYPHENS
from cleaner.text.document import Document
from cleaner.text.edits import Span

# Letters of a word. A longer ordinary word is not part of a garbled name, a shorter one may be (Ma
# Win). A longer word in capitals is not an abbreviation.
_MAX_SHORT_WORD = 4
_WORD = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}{APOSTROPHES}&][^\W\d_]+)*")
# What may be between two words of a name: white space with one line end at most.
_BETWEEN_WORDS = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)?[^\S\r\n]*")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_CONTRACTION = re.compile(rf"[^{APOSTROPHES}]+[{APOSTROPHES}](?:t|re|ve|ll|d|m)")
# What follows the apostrophe in a possessive or a contraction.
_AFTER_APOSTROPHE = re.compile("[sS]|t|re|ve|ll|d|m|em|er|n", re.IGNORECASE)


class Token(NamedTuple):
    """A word without its possessive and without a participle such as `-led`.

    `ends_name` says that the word had one of these, so that no further word of a name follows it.
    """

    span: Span
    text: str
    ends_name: bool


Run = list[Token]


def find_runs(document: Document) -> Iterator[Run]:
    """Yield the runs of a document: words that may be part of a name, inside one block.

    Only white space is between the words of a run.
    """
    run: Run = []
    for token in _tokens(document.text):
        if run and not _are_neighbours(document, run[-1], token):
            yield run
            run = []
        if not _may_be_in_a_name(token.text) or document.is_protected(token.span):
            if run:
                yield run
                run = []
            continue
        run.append(token)
        if token.ends_name:
            yield run
            run = []
    if run:
        yield run


def _are_neighbours(document: Document, first: Token, second: Token) -> bool:
    """Return whether two words may be next to each other in one name."""
    if not _BETWEEN_WORDS.fullmatch(document.text, first.span.end, second.span.start):
        return False
    return document.block(first.span.start) == document.block(second.span.start)


def _may_be_in_a_name(word: str) -> bool:
    """Return whether a word may be part of a garbled name.

    It begins with a capital, and it is not an abbreviation, a contraction, a longer ordinary word
    or in the vocabulary.
    """
    if not word[0].isupper():
        return False
    if word.isupper() and len(word) <= _MAX_SHORT_WORD:
        return False
    lower = word.lower()
    if lower in not_in_names() or _CONTRACTION.fullmatch(lower):
        return False
    return len(lower) <= _MAX_SHORT_WORD or not is_word(lower)


def _tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text. Of several words in small letters in a row only the first is
    yielded: it ends a run.
    """
    ends_run = False
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isalpha() and word.islower():
            if not ends_run:
                yield Token(Span(*match.span()), word, ends_name=False)
            ends_run = True
            continue
        ends_run = False
        for start, end in _unglued(word):
            part = word[start:end]
            bare = _without_participle(_POSSESSIVE.sub("", part))
            begin = match.start() + start
            yield Token(Span(begin, begin + len(bare)), bare, ends_name=bare != part)


def _without_participle(word: str) -> str:
    """Return a word without a participle that is joined to it with a hyphen.

    >>> _without_participle("Zhangfan-led"), _without_participle("Tian-chi")
    ('Zhangfan', 'Tian-chi')
    """
    head, _, tail = word.rpartition("-")
    return head if head and tail in vocabulary().suffixes else word


def _unglued(word: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a word begin and end that a quotation mark glued together.

    >>> [list(_unglued(word)) for word in ("called’Lee", "O’Brien", "Xi’an", "Ma’s")]
    [[(0, 6), (7, 10)], [(0, 7)], [(0, 5)], [(0, 4)]]
    """
    starts = [0]
    for mark in _APOSTROPHE.finditer(word):
        before, after = word[starts[-1] : mark.start()], word[mark.end() :]
        if before and not _is_apostrophe(before, after):
            starts.append(mark.end())
    # the mark itself belongs to neither part
    for start, following in pairwise(starts):
        yield start, following - 1
    yield starts[-1], len(word)


def _is_apostrophe(before: str, after: str) -> bool:
    """Return whether the mark between two pieces of a word is an apostrophe, not a quotation mark.

    >>> _is_apostrophe("O", "Brien"), _is_apostrophe("Xi", "an"), _is_apostrophe("called", "Lee")
    (True, True, False)
    """
    is_elision = len(before) == 1 and before.isupper() and after[:1].isupper()
    divides_pinyin = before[:1].isupper() and after.startswith(("a", "e", "o"))
    return is_elision or divides_pinyin or bool(_AFTER_APOSTROPHE.fullmatch(after))
