"""The blocks of the running text, for all rules of this kind together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice

from cleaner.text.document import Document
from cleaner.text.edits import Span


class Running:
    """The blocks of the running text, each asked for only once and only if it is needed."""

    def __init__(self, document: Document) -> None:
        self._further = document.running()
        self._known: list[Span] = []

    def first(self, most: int = sys.maxsize) -> Sequence[Span]:
        """Return the first blocks, so many at most; all of them if nothing is said."""
        self._known += islice(self._further, max(0, most - len(self._known)))
        return self._known[:most]
