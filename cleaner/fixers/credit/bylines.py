"""Bylines in Korean order, at the beginning of a paragraph.

| found                                  | written                            |
|----------------------------------------|------------------------------------|
| `Reporter Hong Gil-dong = The rain`    | `Reporter Hong Gil-dong – The rain` |
| `Hong Gil-dong reporter = The rain`    | `Reporter Hong Gil-dong – The rain` |
| `Beijing = Reporter Hong Gil-dong`     | `Reporter Hong Gil-dong, Beijing`  |
| `Beijing = correspondent Hong Gil-dong` | `Hong Gil-dong, Beijing correspondent` |
| `[Blue Daily Reporter Hong Gil-dong]`  | `[By Hong Gil-dong, Blue Daily]`   |
| `[Blue Daily Hong Gil-dong Reporter]`  | `[By Hong Gil-dong, Blue Daily]`   |
| `[Reporter Hong Gil-dong, Blue Daily]` | `[By Hong Gil-dong, Blue Daily]`   |

A dateline in brackets may be before the first two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.fixers.credit.words import Lexicon
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

_RANK = r"(?:[Ss]enior|[Ii]ntern|[Ss]taff|[Pp]hoto)"
_TITLE = rf"(?:{_RANK} )?(?:[Rr]eporter|[Cc]orrespondent|[Jj]ournalist)"
_NAME_WORD = r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)?"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,2}}"
_DATELINE_IN_BRACKETS = r"[\[(【（][^\[\]()【】（）\r\n]{2,80}[\])】）]\s*"
_BARE_DATELINE = r"[A-Z][A-Za-z, ]{1,40}=[A-Z][A-Za-z1/]{1,40} "
_QUOTES = (
    r"\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
    r"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
)
_BEFORE_TEXT = lazy_pattern(
    rf"\s*(?:{_DATELINE_IN_BRACKETS}|{_BARE_DATELINE})?"
    rf"(?P<byline>(?:(?P<title>{_TITLE}) (?P<name>{_NAME})|(?P<name_first>{_NAME}) {_TITLE}),?"
    rf"\s*=\s*)(?=[A-Z0-9{_QUOTES}])"
)
_PLACE = r"(?P<place>[A-Z][A-Za-z., ]{1,40}?)"
_BEHIND_PLACE = lazy_pattern(
    rf"\s*(?P<byline>{_PLACE}\s*=\s*(?P<title>{_TITLE}) (?P<name>{_NAME}))(?![\w-])"
)
_OUTLET = rf"(?P<outlet>(?!{_TITLE}|{_RANK})[A-Z][\w&.'-]*(?: [A-Z0-9][\w&.'-]*){{0,4}}?)"
_IN_BRACKETS = (
    re.compile(rf"\s*\[(?P<byline>{_OUTLET} {_TITLE} (?P<name>{_NAME}))\]"),
    re.compile(rf"\s*\[(?P<byline>{_OUTLET} (?P<name>{_NAME_WORD} {_NAME_WORD}) {_TITLE})\]"),
    re.compile(rf"\s*\[(?P<byline>{_TITLE} (?P<name>{_NAME}), {_OUTLET})\]"),
)


class Byline(NamedTuple):
    """A byline: its span in the block, and how it is written in English."""

    span: Span
    english: str


def find_bylines(text: str, lexicon: Lexicon) -> Iterator[Byline]:
    """Yield the byline that a block begins with."""
    found = _BEFORE_TEXT.match(text)
    if found:
        title = found.group("title") or "Reporter"
        name = found.group("name") or found.group("name_first")
        yield Byline(Span(*found.span("byline")), f"{title} {name} \N{EN DASH} ")
    found = _BEHIND_PLACE.match(text)
    if found and _are_places(found.group("place"), lexicon):
        yield Byline(Span(*found.span("byline")), _behind_place(found))
    in_brackets = (shape.match(text) for shape in _IN_BRACKETS)
    found = next(filter(None, in_brackets), None)
    if found:
        english = f"By {found.group('name')}, {found.group('outlet')}"
        yield Byline(Span(*found.span("byline")), english)


def _behind_place(found: re.Match[str]) -> str:
    """Return a byline whose place was in front of it."""
    place, title, name = found.group("place", "title", "name")
    if title.lower() == "correspondent":
        return f"{name}, {place} correspondent"
    return f"{title[0].upper()}{title[1:]} {name}, {place}"


def _are_places(text: str, lexicon: Lexicon) -> bool:
    """Return whether a text is a place, or several places with commas between them."""
    for piece in text.split(","):
        tokens = lexicon.tokens(piece)
        if not tokens or len(tokens) > 1 or tokens[0].part not in {"place", "name"}:
            return False
        if len(tokens[0].found.split()) > 2:
            return False
    return True
