"""kind: caption. Deletes one of two neighbouring blocks that are the same caption.

Blogs print the caption of a picture twice: first the alternative text as it came, then the caption
with typeset quotation marks. The two are compared without what the page changed in one of them:
quotation marks, runs of spaces, the placeholder of an e-mail address, the credit. The longer one
is kept; if both say the same, the second is kept, because its typography is better.

A careless version of this rule deletes good text, so there are three limits:

- The document must contain a credit in Hangul or a placeholder at all.
- Both captions must have a certain length. Short neighbours that begin alike are headings or
  verse.
- Two blocks without a credit or a placeholder must differ in their typography. If they are the
  same in every character, they are a refrain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.fixers import Hits
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import required
from cleaner.text.characters import HANGUL, LINE_END
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.folding import normal
from cleaner.text.lazy import lazy_pattern

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

# Code points that a caption must have without its credit.
_SHORTEST = 40
# Letters and digits that two blocks must share at their beginning before they are compared in
# full.
_SHARED_BEGINNING = 10

# What a document must contain before it is searched for captions.
_SIGNS = rf"[{HANGUL}]|\[email[\s\N{{NO-BREAK SPACE}}]protected\]"
# White space, begun where it begins: a long run takes linear time then.
_SPACE = r"(?<!\s)\s*+"
_PLACEHOLDER = rf"{_SPACE}\[email\sprotected\]"
# A credit at the end of a caption: any Hangul in square or angle brackets, but in round ones only
# Hangul that is about a picture, because other round brackets explain a word.
_SQUARE = rf"\\?[\[<][^\[\]<>\n]{{0,80}}[{HANGUL}][^\[\]<>\n]{{0,80}}[\]>]"
_ROUND = rf"\((?=[^()\n]*(?:사진|제공|캡처|=))[^()\n]{{0,80}}[{HANGUL}][^()\n]{{0,80}}\)"
_CREDIT = rf"(?:{_SQUARE}|{_ROUND})\s*$"

_ANY_PLACEHOLDER = lazy_pattern(_PLACEHOLDER)
_CREDIT_AT_END = lazy_pattern(rf"{_SPACE}{_CREDIT}")
_CREDIT_OR_PLACEHOLDER = lazy_pattern(rf"{_PLACEHOLDER}|{_CREDIT}", re.MULTILINE)
_BLANK_LINE = lazy_pattern(rf"(?:{LINE_END.pattern})\s*?(?:{LINE_END.pattern})")
_LETTER = lazy_pattern(r"\w")
_NO_LETTER = lazy_pattern(r"\W+")
_TEX_MARKS = lazy_pattern("``|''")


class Options(NamedTuple):
    """The keys of a rule of this kind: only the message."""

    message: str


class _Caption(NamedTuple):
    """A block, read as a caption."""

    span: Span
    words: str  # what is compared with other captions
    credit: str  # without white space; "" if there is none
    is_marked: bool  # whether it has a credit or a placeholder


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield what the documents contain in which captions are printed twice."""
    for rule in rules:
        for sign in sorted(required(_SIGNS)):
            yield rule, sign


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield deletions of whole blocks, each with the blank line between it and the other block."""
    for rule in rules:
        if hits[rule.id] and _CREDIT_OR_PLACEHOLDER.search(document.text):
            for first, second in _neighbours(document):
                span = _to_delete(document.text, first, second)
                if span:
                    yield Edit(span, "", (rule.id,))


def _neighbours(document: Document) -> Iterator[tuple[_Caption, _Caption]]:
    """Yield pairs of neighbouring blocks of the running text whose first letters are the same."""
    text = document.text
    letters = ((_first_letter(text, span), span) for span in document.running())
    for (letter, first), (other, second) in pairwise(letters):
        if letter == other and _beginning(text, first) == _beginning(text, second):
            yield _caption(text, first), _caption(text, second)


def _first_letter(text: str, block: Span) -> str:
    """Return the first letter or digit of the beginning of a block; "" if it has none."""
    found = _LETTER.search(text, block.start, min(block.end, block.start + _SHORTEST))
    return found.group() if found else ""


def _beginning(text: str, block: Span) -> str:
    """Return the first letters and digits of a block, which are cheap to compare."""
    start = Span(block.start, min(block.end, block.start + _SHORTEST))
    return _NO_LETTER.sub("", start.of(text))[:_SHARED_BEGINNING]


def _caption(text: str, span: Span) -> _Caption:
    block = span.of(text)
    without_placeholder = _ANY_PLACEHOLDER.sub("", block)
    plain = _CREDIT_AT_END.sub("", without_placeholder)
    credit = without_placeholder[len(plain) :]
    words = _comparable(plain)
    return _Caption(
        span,
        words,
        credit="".join(credit.split()),
        is_marked=bool(words) and plain != block,
    )


def _comparable(caption: str) -> str:
    """Return the words of a caption with single spaces and one kind of quotation mark.

    >>> _comparable("He  said ``so.''") == _comparable("He said “so.”")
    True
    """
    return _TEX_MARKS.sub('"', normal(caption)).replace('"', "'")


def _to_delete(text: str, first: _Caption, second: _Caption) -> Span | None:
    """Return the span of the superfluous block and a blank line, or None if both must stay."""
    if min(len(first.words), len(second.words)) < _SHORTEST:
        return None
    if first.credit and second.credit and first.credit != second.credit:
        return None
    is_marked = first.is_marked or second.is_marked
    if not is_marked and not _differ_in_typography(text, first.span, second.span):
        return None
    if first.words == second.words or (is_marked and _begins(first.words, second.words)):
        return Span(first.span.start, second.span.start)
    if is_marked and _begins(second.words, first.words):
        return Span(first.span.end, second.span.end)
    return None


def _differ_in_typography(text: str, first: Span, second: Span) -> bool:
    """Return whether two paragraphs with a blank line between them differ in any character."""
    between = Span(first.end, second.start).of(text)
    return bool(_BLANK_LINE.search(between)) and first.of(text) != second.of(text)


def _begins(short: str, long: str) -> bool:
    """Return whether `long` begins with `short`, and `short` does not end inside a word.

    >>> _begins("the gate", "the gate of"), _begins("the gate", "the gateway")
    (True, False)
    """
    rest = long[len(short) :]
    ends_inside_word = rest[:1].isalnum() and short[-1].isalnum()
    return long.startswith(short) and not ends_inside_word
