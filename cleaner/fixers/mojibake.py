"""kind: mojibake. Reports text that was decoded with the wrong encoding: `cafÃ©` for `café`.

ftfy knows which sequences of characters are likely to be mojibake. Nothing is changed, because
what the text was cannot be told for certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.fixers import Hits
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

LEVELS: tuple[Level, ...] = ("report", "off")

# How the first bytes of characters in UTF-8 look when they are read as Windows-1252.
_FIRST_BYTES = "ÂÃÅâãäåæçèéêëìí"
# How the next bytes look, in UTF-8. Quotation marks and dashes are left out: they follow any word.
_NEXT_BYTES = (b"\xc2", b"\xc5", b"\xc6", b"\xcb", "€".encode(), "™".encode())
# How marks and accents look in other encodings: the Baltic and the Cyrillic one of Windows, that of
# old Macs, and Chinese marks in Windows-1252.
_ELSEWHERE = ("ā€", "вЂ", "‚Ä", "√©", "√®", "¡¯", "¡°", "¡±")


class Options(NamedTuple):
    """The keys of a rule of this kind: only the message."""

    message: str


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield what mojibake of UTF-8 begins with: two bytes that were each read as a character."""
    for rule in rules:
        for first in _FIRST_BYTES:
            for following in _NEXT_BYTES:
                yield rule, first.encode() + following
        for piece in _ELSEWHERE:
            yield rule, piece.encode()


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield each likely piece of mojibake in the blocks with a hit.

    The edits change nothing: they replace the piece by itself.
    """
    # ftfy documents `badness`, which counts such pieces, and `is_bad`, which says whether there is
    # one. Neither says where. Asking `is_bad` about each word would miss the pieces that contain a
    # space. tests/fixers/test_mojibake.py fails if this pattern goes, or if ftfy stops using it.
    from ftfy.badness import BADNESS_RE

    text = document.text
    for rule in rules:
        for block in dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id]):
            for found in BADNESS_RE.finditer(block.of(text)):
                span = Span(block.start + found.start(), block.start + found.end())
                yield Edit(span, found.group(), (rule.id,))
