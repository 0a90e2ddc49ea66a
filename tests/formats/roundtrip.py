"""What every format has to keep: reading, writing and reading again lose nothing.

A test of a format calls `check` with the function that reads its sources and some sources of its
own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

from cleaner.text.document import Document, ReadDocument
from cleaner.text.edits import Edit, Span, apply
from cleaner.text.sourcemap import Piece, Way

_LETTER = re.compile(r"[^\W\d_]")
_RULE = ("test/letters",)
_TRIES = 40  # random edits of a source
_LONGEST = 9  # code points that a random edit replaces


def check(read: ReadDocument, source: str, seed: int = 1) -> None:
    """Check everything that this module describes, for one source."""
    check_reading(read, source)
    check_letters(read, source)
    check_random_edits(read, source, seed)


def check_reading(read: ReadDocument, source: str) -> None:
    """Check that each piece stands where it says, and that without edits nothing changes."""
    document = read(source)
    _check_pieces(document)
    assert document.rewritten([]) == source


def mirrored(text: str) -> str:
    """Return the text with another letter for each letter, of the same kind if there is one.

    Done twice it gives the text again.

    >>> mirrored("Café 9"), mirrored(mirrored("Café 9"))
    ('Pnsè 9', 'Café 9')
    """
    return "".join(map(_mirrored, text))


def _mirrored(char: str) -> str:
    if char.isascii() and char.isalpha():
        first = ord("a") if char.islower() else ord("A")
        return chr(first + (ord(char) - first + 13) % 26)
    other = chr(ord(char) ^ 1)
    return other if char.isalpha() and other.isalpha() else char


def _check_pieces(document: Document) -> None:
    """Check that each piece stands where it says, and that they do not overlap."""
    end = 0
    for piece in pieces_of(document):
        assert end <= piece.text.start < piece.text.end
        end = piece.text.end
        if piece.way is Way.VERBATIM:
            assert piece.source.of(document.source) == piece.text.of(document.text)
    assert end <= len(document.text)
    by_source = sorted(piece.source for piece in pieces_of(document))
    for one, other in pairwise(by_source):
        assert one.end <= other.start, (one.of(document.source), other.of(document.source))


def pieces_of(document: Document) -> Sequence[Piece]:
    """Return the pieces of a document; a text that is its own source has none."""
    layout: Any = document._layout
    return () if document.is_identity else layout._pieces._pieces


def check_letters(read: ReadDocument, source: str) -> None:
    """Replace every letter that may be replaced, and go back.

    There is an edit for each letter, because one for a whole word may move letters from one side
    of markup to the other.
    """
    document = read(source)
    there: list[Edit] = []
    back: list[Edit] = []
    for letter in _LETTER.finditer(document.text):
        edit = Edit(Span(*letter.span()), mirrored(letter.group()), _RULE)
        if document.fit(edit) == edit:
            there.append(edit)
            back.append(edit._replace(replacement=letter.group()))
    other = document.rewritten(there)
    again = read(other)
    assert again.text == apply(document.text, there)
    assert again.structure() == document.structure()
    assert again.rewritten(back) == source


def check_random_edits(read: ReadDocument, source: str, seed: int) -> None:
    """Edit anywhere inside blocks, also across markup, and read what was written."""
    document = read(source)
    edits = _random_edits(document, Random(seed))
    again = read(document.rewritten(edits))
    assert again.text == apply(document.text, edits)
    assert again.structure(()) == document.structure(edits)


def _random_edits(document: Document, random: Random) -> list[Edit]:
    """Return edits in order that may be made, none of which deletes or touches another one."""
    edits: list[Edit] = []
    blocks = list(document.spans())
    for _ in range(_TRIES if blocks else 0):
        block = random.choice(blocks)
        start = random.randrange(block.start, block.end)
        span = Span(start, min(start + random.randrange(_LONGEST), block.end))
        words = ("x", "Yun", "Q q", "longer words")
        edit = Edit(span, random.choice(words), _RULE)
        around = Span(span.start - 1, span.end + 1)
        is_free = not any(around.overlaps(other.span) for other in edits)
        if is_free and document.fit(edit) == edit:
            edits.append(edit)
    return sorted(edits)
