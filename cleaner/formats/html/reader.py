"""Reading a page: which of its parts are text, and which of them make up one block.

The reader goes through the tokens once. `stack` knows which elements are open, `text` makes the
blocks, `comments` knows what each comment is about, `attributes` reads those that people read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.formats.html.attributes import add_attribute, readable_attributes
from cleaner.formats.html.comments import Comments
from cleaner.formats.html.elements import (
    ASIDE,
    BESIDE,
    BLOCKS,
    DELETABLE,
    HEADINGS,
    LEFT_OUT,
    LOCKED,
    SHOWN,
    VOID,
    WRAPPERS,
)
from cleaner.formats.html.references import Habits
from cleaner.formats.html.stack import Element, Stack
from cleaner.formats.html.text import Blocks
from cleaner.formats.html.tokens import Attribute, Token, tokens
from cleaner.text import directives
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.layout import RUNNING, BlockKind

_REST_OF_LINE = re.compile(r"[\t ]*+(?:\r?\n|\r)")
_LINK = re.compile(r"\s*<a\b", re.IGNORECASE)
_PREFORMATTED = frozenset(["pre", "listing", "xmp", "plaintext"])
_FOREIGN = frozenset({"svg", "math"})
_NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
    }
)
_TARGETS = frozenset({"id", "name", "xml:id"})  # attributes to which a link may lead
_ENDED_BY_THE_NEXT = frozenset({"p", "li"})
# What a page as a whole declares is not relied on: a translated page often still declares the
# language that it was translated from. Its words tell.
_WHOLE_PAGE = frozenset({"html", "body"})


def read_page(builder: Builder, span: Span, habits: Habits, *, is_xml: bool) -> None:
    """Add the text of a page to a document.

    Args:
        builder: makes the document.
        span: the page in its source.
        habits: how characters are written in it.
        is_xml: whether it follows the rules of XML.
    """
    _Page(builder, span, habits, is_xml=is_xml).read()


class _Page:
    """A page while it is read."""

    def __init__(self, builder: Builder, span: Span, habits: Habits, *, is_xml: bool) -> None:
        self._builder, self._source, self._span = builder, builder.source, span
        self._habits, self._is_xml = habits, is_xml
        self._stack = Stack()
        self._comments = Comments()
        self._blocks = Blocks(builder, habits, self._stack, self._comments, is_xml=is_xml)
        self._left_out = ""  # the element whose content is being left out
        self._depth = 0  # how many elements of its name are open
        self._prefixes: set[str] = set()  # of names that HTML knows, in XML
        self._link_end = -1  # where the start tag of the last link ends
        self._things = 0  # that must stay, so far: pictures, targets of links, comments
        self._read_later: list[tuple[Attribute, str]] = []  # each with its language

    def read(self) -> None:
        for token in tokens(self._source, self._span, is_xml=self._is_xml):
            if token.kind == "comment":
                self._comment(token.span)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(self._local(token.name), token.span)
            elif token.kind != "raw" and not self._left_out:
                self._blocks.add_text(token.span, is_cdata=token.kind == "cdata")
        self._close(len(self._stack), self._span.end)
        self._blocks.end(self._span.end)
        for attribute, language in self._read_later:
            add_attribute(self._builder, attribute, language, self._habits, is_xml=self._is_xml)
        self._comments.tell(self._builder)

    def _comment(self, span: Span) -> None:
        wish = directives.parse(span.of(self._source))
        if wish is None:
            self._things += 1
        else:
            self._comments.add(span, wish, self._start_of_block())

    def _start_of_block(self) -> int | None:
        """Return where the block that is open begins, with the tag of its element if it is first.

        None if no block is open.
        """
        if self._blocks.open is None:
            return None
        top = self._stack.top
        if top and top.blocks + 1 == self._blocks.count:
            return top.tag.start
        return self._blocks.start

    # Names

    def _local(self, name: str) -> str:
        """Return the name of an element without a prefix that stands for HTML."""
        prefix, colon, local = name.partition(":")
        return local if colon and prefix in self._prefixes else name

    def _note_prefixes(self, token: Token) -> None:
        for attribute in token.attributes:
            if attribute.name.startswith("xmlns:"):
                prefix = attribute.name.removeprefix("xmlns:")
                if attribute.value.of(self._source).strip() in _NAMESPACES:
                    self._prefixes.add(prefix)
                else:
                    self._prefixes.discard(prefix)

    # Start tags

    def _start(self, token: Token) -> None:
        if self._is_xml:
            self._note_prefixes(token)
        name = self._local(token.name)
        is_empty = token.is_empty if self._is_xml or name in _FOREIGN else name in VOID
        if self._left_out:
            self._depth += name == self._left_out and not is_empty
            return
        values: dict[str, Attribute] = {}
        for attribute in token.attributes:
            values.setdefault(attribute.name, attribute)  # of doubled ones, the first counts
        if name == "br":
            self._blocks.add_line_break(token.span)
        elif name in BLOCKS or name in ASIDE:
            self._start_block(name, token, values, is_empty=is_empty)
        else:
            self._start_inline(name, token, values, is_empty=is_empty)

    def _start_inline(
        self, name: str, token: Token, values: Mapping[str, Attribute], *, is_empty: bool
    ) -> None:
        is_note = name == "sup" and self._is_note(token)
        is_target = not _TARGETS.isdisjoint(values)
        if name in _PREFORMATTED:
            self._blocks.end(token.span.start)
            self._comments.forget_waiting()
        if name in SHOWN or is_note:
            self._blocks.add_picture(token.span)
        if name in SHOWN or name in LEFT_OUT or is_note or is_target:
            self._things += 1
        if not is_empty and (name in LEFT_OUT or is_note):
            self._left_out, self._depth = name, 1
        if not is_empty and name in LOCKED:
            self._stack.lock(name)
        if name == "a":
            self._link_end = token.span.end
        self._note_attributes(name, values)

    def _is_note(self, token: Token) -> bool:
        """Return whether a <sup> is the mark of a note, since a link is around it or in it."""
        is_in_link = token.span.start == self._link_end
        return is_in_link or bool(_LINK.match(self._source, token.span.end, self._span.end))

    def _start_block(
        self, name: str, token: Token, values: Mapping[str, Attribute], *, is_empty: bool
    ) -> None:
        at = token.span.start
        if not self._is_xml:
            self._end_implied(name, at)
        interrupts = name in ASIDE and self._blocks.interrupt()
        if not interrupts:
            self._blocks.end(at)
        around = self._stack.top
        element = Element(
            name,
            token.span,
            _kind(name, around.kind if around else None),
            "" if name in _WHOLE_PAGE else self._language(values),
            self._blocks.count,
            self._things,
            self._comments.begin_element(),
            interrupts,
        )
        self._things += name == "hr" or not _TARGETS.isdisjoint(values)
        self._stack.push(element)
        self._note_attributes(name, values)
        if is_empty:
            self._pop(token.span.end, token.span.end)

    def _language(self, values: Mapping[str, Attribute]) -> str:
        """Return the language of an element that is about to be opened."""
        for name in ("xml:lang", "lang"):
            if name in values:
                return values[name].value.of(self._source).strip()
        around = self._stack.top
        return around.language if around else ""

    def _note_attributes(self, name: str, values: Mapping[str, Attribute]) -> None:
        """Note the attributes of a tag that a reader reads.

        They come behind all blocks, so that the order of blocks does not depend on their text.
        """
        for attribute in readable_attributes(self._source, name, values):
            self._read_later.append((attribute, self._language(values)))

    def _end_implied(self, name: str, at: int) -> None:
        """End the elements that a start tag ends, as browsers do: <p>, <li>, <td> ..."""
        if self._stack.ends_paragraph(name):
            self._close(1, at)
        self._close(self._stack.ended_by_start(name), at)

    # End tags

    def _end(self, name: str, span: Span) -> None:
        if self._left_out:
            self._depth -= name == self._left_out
            if not self._depth:
                self._left_out = ""
        elif name == "br" and not self._is_xml:
            self._blocks.add_line_break(span)
        elif name in LOCKED:
            self._stack.unlock(name)
        elif name in BLOCKS or name in ASIDE:
            self._end_block(name, span)

    def _end_block(self, name: str, span: Span) -> None:
        """End the last element of this name. An end tag without one says nothing, except </p>."""
        count = self._stack.ended_by_end(name)
        if count:
            self._close(count - 1, span.start)
            self._blocks.end(span.start)
            self._pop(span.start, span.end)
        elif name == "p":
            self._blocks.end(span.start)

    def _close(self, count: int, at: int) -> None:
        """End the last elements, which have no end tags."""
        for _ in range(count):
            self._blocks.end(at)
            self._pop(at, None)

    def _pop(self, at: int, end: int | None) -> None:
        """End the last element.

        Args:
            at: where its content ends.
            end: where its end tag ends; None if it has none.
        """
        element = self._stack.pop()
        self._comments.end_element(element.comments, at)
        if end is None and self._ends_by_itself(element, at):
            end = at
        if end is not None:
            self._enclose(element, end)
        if element.interrupts:
            self._blocks.resume()
            if element.name in SHOWN:
                self._blocks.add_picture(element.tag)

    def _ends_by_itself(self, element: Element, at: int) -> bool:
        """Return whether an element needs no end tag: a paragraph or item with nothing but text."""
        if self._is_xml or element.name not in _ENDED_BY_THE_NEXT:
            return False
        return "<" not in self._source[element.tag.end : at]

    def _enclose(self, element: Element, end: int) -> None:
        """Say that the only block of an element is deleted with it."""
        passage = self._blocks.last
        is_only = self._blocks.count == element.blocks + 1 and self._things == element.things
        if passage is None or not is_only or not (passage.kind is None or passage.kind in RUNNING):
            return
        if element.name in (WRAPPERS if passage.enclosure else DELETABLE):
            passage.enclosure = self._with_line(Span(element.tag.start, end))

    def _with_line(self, span: Span) -> Span:
        """Return the span with its line, if it stands alone on it."""
        start = span.start
        while start > self._span.start and self._source[start - 1] in "\t ":
            start -= 1
        is_first = start == self._span.start or self._source[start - 1] in "\n\r"
        rest = _REST_OF_LINE.match(self._source, span.end, self._span.end)
        return Span(start, rest.end()) if is_first and rest else span


def _kind(name: str, around: BlockKind | None) -> BlockKind | None:
    """Return what the text of an element is, in an element whose text is `around`."""
    if around is not None and around not in RUNNING:
        return around
    if name in HEADINGS:
        return "headline"
    if name == "figcaption":
        return "caption"
    return BESIDE.get(name, around)
