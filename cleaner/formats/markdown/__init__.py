"""Markdown: CommonMark with front matter, tables and footnotes, as GitHub, Jekyll and Pandoc write
it.

The text is never rendered. `blocks` finds its prose line by line with markdown-it; everything else
is structure: markers, fences, code, HTML, definitions. `inlines` finds what is protected inside a
paragraph. `directives` reads the comments that tell the tool something.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter

from cleaner.formats.markdown import directives, inlines
from cleaner.formats.markdown.blocks import Block, Parsed, parse, trimmed
from cleaner.text import prose
from cleaner.text.document import BlockKind, Directive, Document, Layout
from cleaner.text.edits import Span, merge_spans

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

# How an escape, an entity or a hard line break begins. These may be deleted with their paragraph.
_DISPENSABLE = frozenset("\\& ")
_PICTURE = re.compile(r"\[?!\[[^\r\n]*\)\s*(?=[\r\n]|\Z)")  # an image alone in the first line


def document(text: str) -> Document:
    r"""Return Markdown as a document. It is parsed when the document is first asked something.

    >>> text = "# Alibaba under fire\n\n> It was a hard week for *Marwin*\n> in `Marwin`.\n"
    >>> for span, kind in document(text).blocks():
    ...     print(kind, repr(span.of(text)))
    paragraph '#'
    headline 'Alibaba under fire'
    paragraph '>'
    paragraph 'It was a hard week for *Marwin*\n> in `Marwin`.'
    """
    return Document(text, _MarkdownLayout(text))


class _MarkdownLayout(Layout):
    """The blocks and protected spans of a text in Markdown, each worked out once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._protected: dict[Span, Sequence[Span]] = {}  # by the span of the block they are in

    @cached_property
    def _parsed(self) -> Parsed:
        return parse(self._text)

    def _first_ending_after(self, at: int) -> int:
        """Return the index of the first block that ends behind the position `at`."""
        return bisect_right(self._parsed.blocks, at, key=_end)

    def block(self, at: int) -> Span:
        blocks = self._parsed.blocks
        number = self._first_ending_after(at)
        start = blocks[number - 1].span.end if number else 0
        end = len(self._text)
        if number < len(blocks):
            following = blocks[number].span
            if following.start <= at:
                return following
            end = following.start
        return trimmed(self._text, Span(start, end))

    def kind(self, block: Span) -> BlockKind:
        blocks = self._parsed.blocks
        number = self._first_ending_after(block.start)
        if number == len(blocks) or blocks[number].span != block:
            return "paragraph"  # structure
        if blocks[number].type == "heading_open":
            return "headline"
        text = block.of(self._text)
        if _PICTURE.match(text):
            return "caption"
        kind = prose.block_kind(text.strip("*_ "))
        return "paragraph" if kind == "headline" else kind

    def is_protected(self, span: Span) -> bool:
        """Return whether the span must not be edited.

        An edit has to stay inside one block, or delete whole paragraphs and no structure.
        """
        blocks = self._parsed.blocks
        number = bisect_left(blocks, span.start, key=_end)
        if number < len(blocks) and blocks[number].span.covers(span):
            return self._touches_protected(blocks[number], span)
        return not self._may_be_deleted(span)

    def _touches_protected(self, block: Block, span: Span) -> bool:
        """Return whether a span inside a block touches something protected there."""
        protected = self._protected_in(block)
        number = bisect_left(protected, span.start, key=attrgetter("end"))
        near = protected[number : number + 2]
        return any(span.overlaps(there) or there.covers(span) for there in near)

    def _may_be_deleted(self, span: Span) -> bool:
        """Return whether a span that is not inside a block may be deleted.

        It has to consist of whole paragraphs of one list item, quote or the like, with nothing but
        white space between them, and of no markup that the rest of the text may need.
        """
        blocks = self._parsed.blocks
        first = self._first_ending_after(span.start)
        end = bisect_left(blocks, span.end, lo=first, key=_start)
        deleted = blocks[first:end]
        if not deleted or not self._is_only_paragraphs(span, deleted):
            return False
        containers = {block.within for block in deleted}
        if end < len(blocks) and blocks[end].span.start == span.end:
            containers.add(blocks[end].within)  # the block that moves up to where `span` began
        if len(containers) > 1:
            return False
        for block in deleted:
            for protected in self._protected_in(block):
                if self._text[protected.start] not in _DISPENSABLE:
                    return False
        return True

    def _is_only_paragraphs(self, span: Span, blocks: Iterable[Block]) -> bool:
        """Return whether the span is made of these blocks, all of them paragraphs, and space."""
        at = span.start
        for block in blocks:
            if block.type != "paragraph_open" or not span.covers(block.span):
                return False
            if self._text[at : block.span.start].strip():
                return False
            at = block.span.end
        return not self._text[at : span.end].strip()

    def _protected_in(self, block: Block) -> Sequence[Span]:
        """Return the protected spans in a block, in order."""
        known = self._protected.get(block.span)
        if known is None:
            known = self._protected[block.span] = self._find_protected(block)
        return known

    def _find_protected(self, block: Block) -> Sequence[Span]:
        """Work out the protected spans in a block: markup, and markers between its lines."""
        text, start = self._text, block.span.start
        paragraph: list[str] = []  # the block with spaces for markers, so that offsets stay
        protected: list[Span] = []
        at = start
        for line in block.lines:
            if text[at : line.start].strip():
                protected.append(Span(at, line.start))
            paragraph += (" " * (line.start - at), line.of(text))
            at = line.end
        for low, high in inlines.protected("".join(paragraph), self._parsed.references):
            protected.append(Span(start + low, start + high))
        return merge_spans(protected)

    def directives(self) -> Iterable[Directive]:
        """Return the directives in real comments, in order.

        A comment that is a block of its own is about the block, list, quote or table after it; a
        comment inside a block is about that block.
        """
        found: list[tuple[Span, Span]] = []
        for comment in directives.comments(self._text):
            reach = self._reach(comment)
            if reach is not None:
                found.append((comment, reach))
        return directives.parse_directives(self._text, found)

    def _reach(self, comment: Span) -> Span | None:
        """Return what a comment is about, or None if it is not a comment but, say, code."""
        blocks, html = self._parsed.blocks, self._parsed.html
        number = self._first_ending_after(comment.start)
        if number < len(blocks) and blocks[number].span.covers(comment):
            block = blocks[number]
            return block.span if comment in self._protected_in(block) else None
        number = bisect_right(html, comment.start, key=lambda each: each.span.start) - 1
        if number >= 0 and html[number].span.covers(comment):
            return html[number].following
        return None


def _start(block: Block) -> int:
    return block.span.start


def _end(block: Block) -> int:
    return block.span.end
