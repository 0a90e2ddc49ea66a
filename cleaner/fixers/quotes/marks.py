"""A quotation mark with what it costs to read it in each role, and where marks are in a text.

A cost says how much the text around a mark speaks against a role. 0 is what a reader expects at
that place, about 1 is unusual, 2 and more needs support from the marks around it, and `NEVER`
rules the role out. The costs have no unit: `cleaner.fixers.quotes.search` adds them up and
compares the sums. The tables in tests/fixers/quotes hold the readings that they must lead to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from cleaner.text.characters import APOSTROPHES
from cleaner.text.lazy import lazy_pattern

NEVER = 99.0  # a role at this cost or above is never chosen

Kind: TypeAlias = Literal["single", "double"]

OPENING_SINGLE = "\N{LEFT SINGLE QUOTATION MARK}"
CLOSING_SINGLE = "\N{RIGHT SINGLE QUOTATION MARK}"
OPENING_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}"
CLOSING_DOUBLE = "\N{RIGHT DOUBLE QUOTATION MARK}"
GRAVE = "`"  # stands for an opener beside a straight mark: `so'
PRIME = "\N{PRIME}"
DOUBLE_PRIME = "\N{DOUBLE PRIME}"
TEX_OPENER = "``"
TEX_CLOSER = "''"

SINGLES = frozenset({*APOSTROPHES, OPENING_SINGLE})  # and primes, which never stand in a word
DOUBLES = frozenset({'"', OPENING_DOUBLE, CLOSING_DOUBLE, DOUBLE_PRIME})

_BESIDES_TEX = "".join(sorted({*SINGLES, *DOUBLES, PRIME}))
_GRAVE = r"(?<![^\s(])`(?=\w)"  # where it may open a quotation
_OPENING_GRAVE = lazy_pattern(_GRAVE)
_MARK = lazy_pattern(f"[{_BESIDES_TEX}{GRAVE}]")  # a set alone is found ten times as fast
# Two straight marks are TeX's closer only in a paragraph that has its opener.
_MARK_OR_TEX = lazy_pattern(f"(?<!`)``(?!`)|(?<!')''(?!')|[{_BESIDES_TEX}]|{_GRAVE}")


class Mark(NamedTuple):
    """A quotation mark, or what looks like one, with the cost of each role.

    Attributes:
        at: where it begins.
        neither: the cost of reading it as an apostrophe, or as a sign for feet or inches.
        opener: the cost of reading it as the beginning of a quotation.
        closer: the cost of reading it as the end of one.
        glued_left: whether an opener here has lost the space before it.
        glued_right: whether a closer here has lost the space behind it.
        written: the mark as it is written, one character, or two as in TeX.
    """

    at: int
    neither: float = 0.0
    opener: float = NEVER
    closer: float = NEVER
    glued_left: bool = False
    glued_right: bool = False
    written: str = CLOSING_SINGLE

    @property
    def end(self) -> int:
        """Where the mark ends."""
        return self.at + len(self.written)

    @property
    def kind(self) -> Kind:
        """Whether it is a single mark or a double one."""
        is_double = self.written in DOUBLES or len(self.written) > 1
        return "double" if is_double else "single"


def find_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each mark begins, and the mark.

    >>> list(find_marks("``It's'' 5″"))
    [(0, '``'), (4, "'"), (6, "''"), (10, '″')]
    >>> list(find_marks("''"))
    [(0, "'"), (1, "'")]
    """
    if TEX_OPENER in text:
        for found in _MARK_OR_TEX.finditer(text):
            yield found.start(), found.group()
        return
    for found in _MARK.finditer(text):
        at, written = found.start(), found.group()
        if written != GRAVE or _OPENING_GRAVE.match(text, at):
            yield at, written
