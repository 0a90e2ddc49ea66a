"""Which elements are open, and which of them a tag ends, as browsers do it.

Only the elements that matter are on the stack: blocks, and those that have a block of their own.
Elements inside a line, such as <b>, are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.formats.html.comments import Comment
from cleaner.formats.html.elements import (
    ASIDE,
    ENDED_BY,
    HEADINGS,
    OUTSIDE_P,
    SCOPES,
    TABLE_PARTS,
)
from cleaner.text.edits import Span
from cleaner.text.layout import BlockKind

_DEEP = 200  # open elements that are searched for the one that a tag ends


@dataclass(slots=True)
class Element:
    """An open element that is a block, and what there was before it."""

    name: str
    tag: Span
    kind: BlockKind | None
    language: str
    blocks: int  # with text
    things: int  # that must stay
    comments: Sequence[Comment]  # that are about it
    interrupts: bool  # the sentence around it, which goes on behind it
    locked: Mapping[str, int] = field(default_factory=dict)


class Stack:
    """The elements that are open."""

    def __init__(self) -> None:
        self._elements: list[Element] = []
        self._open: Counter[str] = Counter()  # how many elements of a name are on the stack
        self._locked: Counter[str] = Counter()  # open elements in a line, such as <code>, by name

    def __len__(self) -> int:
        return len(self._elements)

    @property
    def top(self) -> Element | None:
        """The element that was opened last."""
        return self._elements[-1] if self._elements else None

    def push(self, element: Element) -> None:
        """Open an element."""
        element.locked = dict(self._locked)
        self._elements.append(element)
        self._open[element.name] += 1

    def pop(self) -> Element:
        """End the element that was opened last; return it."""
        element = self._elements.pop()
        self._open[element.name] -= 1
        for name, count in self._locked.items():  # what was not closed ends here
            self._locked[name] = min(count, element.locked.get(name, 0))
        return element

    def lock(self, name: str) -> None:
        """Open an element in a line whose text must not be changed."""
        self._locked[name] += 1

    def unlock(self, name: str) -> None:
        """End an element in a line whose text must not be changed, if one is open."""
        self._locked[name] = max(self._locked[name] - 1, 0)

    @property
    def is_locked(self) -> bool:
        """Whether text at this place must not be changed."""
        return any(self._locked.values())

    def ends_paragraph(self, name: str) -> bool:
        """Return whether a start tag ends the paragraph that was opened last, if one was."""
        is_in_paragraph = bool(self._elements) and self._elements[-1].name == "p"
        return is_in_paragraph and name not in OUTSIDE_P and name not in ASIDE

    def ended_by_start(self, name: str) -> int:
        """Return how many elements a start tag ends: <li> ends the <li> before it."""
        ended, stops = ENDED_BY.get(name, (frozenset(), frozenset()))
        if not any(self._open[one] for one in ended):
            return 0
        found = 0
        for count, element in enumerate(reversed(self._elements[-_DEEP:]), 1):
            if element.name in stops:
                break
            if element.name in ended:
                found = count
        return found

    def ended_by_end(self, name: str) -> int:
        """Return how many elements an end tag ends; 0 if none of its name is open."""
        names = HEADINGS if name in HEADINGS else frozenset({name})
        if not any(self._open[one] for one in names):
            return 0
        for count, element in enumerate(reversed(self._elements[-_DEEP:]), 1):
            if element.name in names:
                return count
            if element.name in SCOPES and name not in TABLE_PARTS:
                break
        return 0
