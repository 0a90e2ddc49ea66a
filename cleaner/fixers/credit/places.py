"""Where in a block a credit, a dateline or a byline can be.

A credit is in brackets, or it is the end of a line:

| place                 | example                                    |
|-----------------------|--------------------------------------------|
| in brackets           | `The gate. [AP=연합뉴스]`, `(Photo = Newsis)`   |
| behind a sentence     | `The gate. Photo = Newsis`                 |
| glued to a sentence   | `The gate./Newsis`                         |
| behind a slash        | `The gate in May /Newsis`                  |
| from its label on     | `The gate in May Photo = Newsis`           |
| a line of its own     | `AP=Yonhap News`                           |

A dateline is at the beginning of a paragraph, with or without brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cleaner.text.characters import LINE_END
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

_OPENING, _CLOSING = r"\[(<【〈［（", r"\])>】〉］）"
_LONGEST = 120  # code points of a credit
# In Markdown a backslash may be before a bracket.
_IN_BRACKETS = lazy_pattern(
    rf"(?P<opening>[{_OPENING}])(?P<credit>[^{_OPENING}{_CLOSING}\r\n]{{1,{_LONGEST}}}?)\\?"
    rf"(?P<closing>[{_CLOSING}])"
)
_SENTENCE_END = r".!?\N{HORIZONTAL ELLIPSIS}"
_ENDS_SENTENCE = frozenset('.!?\N{HORIZONTAL ELLIPSIS}"\N{RIGHT DOUBLE QUOTATION MARK}')
_CLOSING_MARKS = r"\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_STRAIGHT_MARKS = frozenset("\"'")
_OPENING_MARKS = frozenset("([{\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")
_MARKS = r"=\N{FULLWIDTH EQUALS SIGN}\N{HANGUL LETTER I}"
_SLASHES = r"/\N{FULLWIDTH SOLIDUS}"
_SLASH_OR_SPACE = "/\N{FULLWIDTH SOLIDUS} \t\N{NO-BREAK SPACE}"
_COPYRIGHT = r"\N{CIRCLED LATIN SMALL LETTER C}"
# A word, up to a copyright mark in it.
_WORD = rf"(?=[^\s{_MARKS}{_SENTENCE_END}])[^\s{_MARKS}{_SENTENCE_END}{_COPYRIGHT}]*+"
# Where a credit without brackets may begin.
_BEGINNING = lazy_pattern(
    rf"""
      (?: [{_SENTENCE_END}] [{_CLOSING_MARKS}{_CLOSING}]* \s+
        | (?<= [a-z0-9] [a-z0-9%] ) [{_SENTENCE_END}] [{_CLOSING_MARKS}{_CLOSING}]*  # not in E.U.
        | [{_CLOSING}] \s*
      ) (?: [{_SLASHES}] \s* )?
    | \s [{_SLASHES}] \s*
    | (?: ^ | \s ) (?= {_WORD} (?: [ ] {_WORD} )?? \s? [{_MARKS}{_COPYRIGHT}] )
    | \s (?= [{_COPYRIGHT}] )
    """,
    re.VERBOSE,
)
# What a page may have behind a credit: the address of its author.
_BEHIND = lazy_pattern(r"(?:\s*(?:\[email\sprotected\]|\S+@\S*))?[\s.]*\Z")


class Place(NamedTuple):
    """Where a credit may be.

    Attributes:
        span: the credit in its block, without brackets and without the slash before it.
        opening: the bracket before it, or "".
        before: the character before it, its bracket or its slash; "" at the beginning of a line.
        glue: where white space is missing before it; -1 if none is.
        at_head: whether it is at the beginning of the block, with text behind it.
        at_end: whether it is at the end of a line.
        set_apart: whether it is in brackets, or behind a sentence.
    """

    span: Span
    opening: str
    before: str
    glue: int
    at_head: bool
    at_end: bool
    set_apart: bool


def find_places(text: str, may_be_in: Callable[[str], bool]) -> Iterator[Place]:
    """Yield the places of a block where a credit may be, those in brackets first.

    Args:
        text: the block.
        may_be_in: whether a credit may be in a part of it. At the ends of other lines none is.
    """
    yield from _in_brackets(text)
    start = 0
    for end, next_start in _line_ends(text):
        if may_be_in(text[max(start, end - _LONGEST) : end]):
            yield from _at_the_end(text, Span(start, end))
        start = next_start


def _line_ends(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of a text ends, and where the next one begins."""
    for line_end in LINE_END.finditer(text):
        yield line_end.span()
    yield len(text), len(text)


def _in_brackets(text: str) -> Iterator[Place]:
    """Yield the insides of all brackets."""
    first = len(text) - len(text.lstrip())
    for found in _IN_BRACKETS.finditer(text):
        outside = found.start()
        while outside and text[outside - 1] == "\\":
            outside -= 1
        before = _last_visible(text, outside)
        is_glued = bool(outside) and not _is_open(text, outside)
        yield Place(
            Span(*found.span("credit")),
            found.group("opening"),
            before,
            outside if is_glued else -1,
            at_head=outside <= first,
            at_end=_ends(text, found.end()),
            set_apart=not (is_glued and before.isalnum() and found.group("opening") == "("),
        )


def _is_open(text: str, at: int) -> bool:
    """Return whether something may begin at a place: behind a space, a bracket or a quotation mark
    that opens.

    >>> _is_open("“[AP", 1), _is_open('so "[AP', 4), _is_open("so”[AP", 3)
    (True, True, False)
    """
    before = text[at - 1 : at]
    if before in _STRAIGHT_MARKS:
        return _is_open(text, at - 1)
    return not before or before.isspace() or before in _OPENING_MARKS


def _at_the_end(text: str, line: Span) -> Iterator[Place]:
    """Yield the ends of a line that may be a credit, the longest first."""
    start = max(line.start, line.end - _LONGEST)
    is_whole = start == line.start
    while start < line.end and text[start].isspace():
        start += 1
    end = _end_of_credit(text, Span(start, line.end))
    begins = [start] if is_whole else []
    begins += (found.end() for found in _BEGINNING.finditer(text, start, end))
    for begin in begins:
        yield _end_from(text, line, Span(begin, end))


def _end_of_credit(text: str, span: Span) -> int:
    """Return where a credit ends that is at the end of a line, given the last part of the line.

    >>> _end_of_credit("Newsis. a@b.kr", Span(0, 14)), _end_of_credit("Newsis. ", Span(0, 8))
    (7, 6)
    """
    if text.find("@", *span) >= 0 or text.find("[email", *span) >= 0:
        behind = _BEHIND.search(text, *span)
        return behind.start() if behind else span.end
    end = span.end
    while end > span.start and (text[end - 1] == "." or text[end - 1].isspace()):
        end -= 1
    return end


def _end_from(text: str, line: Span, span: Span) -> Place:
    """Return the place of a credit that is the end of a line."""
    outside = span.start
    while outside > line.start and text[outside - 1] in _SLASH_OR_SPACE:
        outside -= 1
    before = text[outside - 1] if outside > line.start else ""
    is_glued = before in _ENDS_SENTENCE and not text[outside : outside + 1].isspace()
    return Place(
        span,
        "",
        before,
        outside if is_glued else -1,
        at_head=False,
        at_end=True,
        set_apart=bool(before) and not before.isalnum(),
    )


def _ends(text: str, at: int) -> bool:
    """Return whether nothing is behind a place of a line but what may be behind a credit."""
    line_end = LINE_END.search(text, at, at + _LONGEST)
    end = line_end.start() if line_end else len(text)
    return end - at < _LONGEST and bool(_BEHIND.match(text, at, end))


def _last_visible(text: str, end: int) -> str:
    """Return the last character before `end` but for white space; "" for none.

    >>> _last_visible("the gate ", 9), _last_visible(" ", 1)
    ('e', '')
    """
    while end and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end]
