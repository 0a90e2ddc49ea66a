"""kind: caption. Drops a caption that stands twice in neighbouring blocks, as alt text and as
caption.

The two are compared without what the page did to one of them: quotation marks, runs of spaces, the
placeholder of an e-mail address, the credit. The longer one stays, of two alike the second, whose
typography is better. Nothing is looked at in a document without a sign of such a page (Hangul, or a
placeholder), and two blocks that are the same to the letter, without a credit, are a refrain and
stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import required
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.folding import normal
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

# code points without the credit; shorter neighbours that begin alike are headings, or verse
_LEAST = 40
_SIGNS = r"[\uAC00-\uD7A3]|\[email[\s\N{NO-BREAK SPACE}]protected\]"
_PLACEHOLDER = re.compile(r"\s*\[email\sprotected\]")
# A credit at the end: in square or angle brackets, or in round ones that speak of a picture; others
# hold a gloss.
_SQUARE = r"\\?[\[<][^\[\]<>\n]{0,80}[\uAC00-\uD7A3][^\[\]<>\n]{0,80}[\]>]"
_ROUND = r"\((?=[^()\n]*(?:사진|제공|캡처|=))[^()\n]{0,80}[\uAC00-\uD7A3][^()\n]{0,80}\)"
_CREDIT = re.compile(rf"\s*(?:{_SQUARE}|{_ROUND})\s*$")
_PAGE = re.compile(rf"{_PLACEHOLDER.pattern}|(?:{_SQUARE}|{_ROUND})\s*$", re.MULTILINE)
_NO_LETTER = re.compile(r"\W+")
_TEX = re.compile("``|''")


class Options(NamedTuple):
    """Nothing to set but the message."""

    message: str


class _Caption(NamedTuple):
    span: Span
    words: str  # what is compared
    credit: str  # without white space
    credited: bool  # by a credit or by a placeholder


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """The signs of such a page."""
    for rule in rules:
        yield from ((rule, sign) for sign in sorted(required(_SIGNS)))


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """Deletions of whole blocks, each with the blank line between it and the one that stays."""
    for rule in rules:
        text = document.text
        if hits[rule.id] and _PAGE.search(text):
            begins = ((_beginning(text, block), block) for block in document.spans())
            for (begin, first), (other, second) in pairwise(begins):
                if begin == other and (
                    span := _dropped(text, _caption(text, first), _caption(text, second))
                ):
                    yield Edit(span, "", (rule.id,))


def _beginning(text: str, block: Span) -> str:
    """The first letters, to tell at little cost that two blocks differ."""
    return _NO_LETTER.sub("", text[block.start : min(block.end, block.start + _LEAST)])[:10]


def _caption(text: str, span: Span) -> _Caption:
    there = span.of(text)
    bare = _PLACEHOLDER.sub("", there)
    uncredited = _CREDIT.sub("", bare)
    words = _TEX.sub('"', normal(uncredited + "  ")).replace('"', "'")
    return _Caption(
        span, words, "".join(bare[len(uncredited) :].split()), bool(uncredited != there and words)
    )


def _dropped(text: str, first: _Caption, second: _Caption) -> Span | None:
    """What to delete of two neighbouring blocks, if they are one caption."""
    if min(len(first.words), len(second.words)) < _LEAST:
        return None
    if first.credit and second.credit and first.credit != second.credit:
        return None
    credited = first.credited or second.credited
    blank_line = re.search(
        r"(?:\r\n|\r|\n)\s*?(?:\r\n|\r|\n)", text[first.span.end : second.span.start]
    )
    if not credited and (not blank_line or first.span.of(text) == second.span.of(text)):
        return None
    if _begins(first.words, second.words) and (credited or first.words == second.words):
        return Span(first.span.start, second.span.start)
    if _begins(second.words, first.words) and credited:
        return Span(first.span.end, second.span.end)
    return None


def _begins(short: str, long: str) -> bool:
    """Whether `long` begins with `short`, and not in the middle of a word."""
    rest = long[len(short) :]
    return long.startswith(short) and not (rest[:1].isalnum() and short[-1].isalnum())
