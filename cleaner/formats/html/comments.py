"""Comments of a page that are addressed to the tool, and which part of the page each is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.text.builder import Builder
from cleaner.text.directives import Wish
from cleaner.text.edits import Span


@dataclass(slots=True)
class Comment:
    """A comment that is addressed to the tool; `following` is what an “ignore” is about."""

    span: Span
    wish: Wish
    following: Span


class Comments:
    """The comments of a page while it is read.

    An “ignore” in a block is about that block. Otherwise it is about what comes next: an element
    that is a block, with its tags, or text.
    """

    def __init__(self) -> None:
        self._all: list[Comment] = []
        self._waiting: list[Comment] = []  # “ignore”; what they are about has not come yet
        self._inside: list[Comment] = []  # “ignore”; they are about the block that is open

    def add(self, span: Span, wish: Wish, block: int | None) -> None:
        """Add a comment. `block` is where the block that is open begins; None if none is."""
        comment = Comment(span, wish, Span(span.end, span.end))
        self._all.append(comment)
        if wish.action != "ignore":
            return
        if block is None:
            self._waiting.append(comment)
        else:
            comment.following = Span(block, block)
            self._inside.append(comment)

    def forget_waiting(self) -> None:
        """Let the comments that wait be about nothing, because nothing follows that is text."""
        self._waiting.clear()

    def begin_element(self) -> list[Comment]:
        """Return the comments that wait: they are about an element that begins."""
        about, self._waiting = self._waiting, []
        return about

    def end_element(self, about: Sequence[Comment], at: int) -> None:
        """Take note of where the content of an element ends, given the comments about it."""
        self.forget_waiting()
        for comment in about:
            comment.following = Span(comment.span.end, at)

    def begin_block(self) -> None:
        """Take note that a block begins: the comments that wait are about it."""
        self._inside += self._waiting
        self._waiting = []

    def end_block(self, at: int) -> None:
        """Take note of where the block that is open ends."""
        for comment in self._inside:
            comment.following = Span(min(comment.following.start, at), at)
        self._inside.clear()

    def tell(self, builder: Builder) -> None:
        """Tell a builder what the comments are about, now that the page was read."""
        for comment in self._all:
            wish = comment.wish
            builder.comment(comment.span, wish.action, wish.rules, comment.following)
