"""Reading a page: which of its parts are text, and which of them make up one block.

The reader goes through the tokens once. It keeps a stack of the elements that matter: blocks, and
those whose content is left out. Elements inside a line, such as <b>, are not on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from cleaner.formats.html.elements import (
    ASIDE,
    BESIDE,
    BLOCKS,
    DELETABLE,
    ENDED_BY,
    HEADINGS,
    LEFT_OUT,
    LOCKED,
    OUTSIDE_P,
    SCOPES,
    SHOWN,
    TABLE_PARTS,
    TEXT_ATTRIBUTES,
    VOID,
    WRAPPERS,
)
from cleaner.formats.html.references import Habits, reference_at, spell_cdata
from cleaner.formats.html.tokens import Attribute, Token, tokens
from cleaner.text import directives
from cleaner.text.builder import Builder
from cleaner.text.directives import Wish
from cleaner.text.edits import Span
from cleaner.text.layout import RUNNING, BlockKind
from cleaner.text.passage import OBJECT, Passage

# Text up to white space that is not one space, or to a reference.
_PLAIN = re.compile(r"[^\t\n\f\r &]+(?: [^\t\n\f\r &]+)*+")
_PLAIN_CDATA = re.compile(r"[^\t\n\f\r ]+(?: [^\t\n\f\r ]+)*+")
_SPACE = re.compile(r"[\t\n\f\r ]+")
_BARE_VALUE = re.compile(r"[^\t\n\f\r \"'=<>`]+")
_REST_OF_LINE = re.compile(r"[\t ]*+(?:\r?\n|\r)")
_LINK = re.compile(r"\s*<a\b", re.IGNORECASE)
_FIXED = {"wide space": " ", "break": "\n", "object": OBJECT}
_TRIMMED = f"\n{OBJECT}"  # what is no part of a block at its edges
_DEEP = 200  # open elements that are searched for the one that a tag ends
_PREFORMATTED = frozenset(["pre", "listing", "xmp", "plaintext"])
_FOREIGN = frozenset({"svg", "math"})
_NAMELESS = frozenset(["link", "style", "meta"])  # their titles are names for programs
_NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
    }
)
_ENDED_BY_THE_NEXT = frozenset({"p", "li"})
# What a page as a whole declares is not relied on: a translated page often still declares the
# language that it was translated from. Its words tell.
_WHOLE_PAGE = frozenset({"html", "body"})


class _Pending(NamedTuple):
    """What is added to a block only if text follows: white space, a line end, a picture.

    White space that continues behind a tag is a "wide space". It must stay: if its first part were
    deleted, a reader would see the second.
    """

    kind: Literal["space", "wide space", "break", "object"]
    span: Span


@dataclass(slots=True)
class _Comment:
    """A comment that is addressed to the tool; `following` is what an “ignore” is about."""

    span: Span
    wish: Wish
    following: Span


@dataclass(slots=True)
class _Element:
    """An open element that is a block, and what there was before it."""

    name: str
    tag: Span
    kind: BlockKind | None
    language: str
    blocks: int  # with text
    things: int  # that must stay
    locked: Mapping[str, int]
    ignores: list[_Comment]  # that are about it
    outside: tuple[Passage, list[_Pending]] | None  # of an aside: the sentence around it


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
        self._spell = habits.spell()
        self._stack: list[_Element] = []
        self._open: Counter[str] = Counter()  # elements on the stack, by name
        self._left_out = ""  # the element whose content is being left out
        self._depth = 0  # how many elements of its name are open
        self._prefixes: set[str] = set()  # of names that HTML knows, in XML
        self._link_end = -1  # where the start tag of the last link ends
        self._passage: Passage | None = None  # the block that is open
        self._passage_start = 0
        self._pending: list[_Pending] = []
        self._locked: Counter[str] = Counter()  # open elements whose text must not be changed
        self._blocks = 0  # with text, so far
        self._things = 0  # that must stay, so far: pictures, targets of links, comments
        self._last: Passage | None = None  # the last block with text
        self._read_later: list[tuple[Attribute, str]] = []  # each with its language
        self._comments: list[_Comment] = []
        self._waiting: list[_Comment] = []  # “ignore”; what they are about has not come yet
        self._inside: list[_Comment] = []  # “ignore”; they are about the block that is open

    def read(self) -> None:
        for token in tokens(self._source, self._span, is_xml=self._is_xml):
            if token.kind == "comment":
                self._comment(token.span)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(self._local(token.name), token.span)
            elif token.kind != "raw" and not self._left_out:
                self._text(token.span, is_cdata=token.kind == "cdata")
        self._close(len(self._stack), self._span.end)
        self._break(self._span.end)
        for attribute, language in self._read_later:
            self._attribute(attribute, language)
        for span, wish, following in map(attrgetter("span", "wish", "following"), self._comments):
            self._builder.comment(span, wish.action, wish.rules, following)

    # Comments

    def _comment(self, span: Span) -> None:
        wish = directives.parse(span.of(self._source))
        if wish is None:
            self._things += 1
            return
        comment = _Comment(span, wish, Span(span.end, span.end))
        self._comments.append(comment)
        if wish.action != "ignore":
            return
        if self._passage is None:
            self._waiting.append(comment)
            return
        begin = self._passage_start
        if self._stack and self._stack[-1].blocks + 1 == self._blocks:
            begin = self._stack[-1].tag.start  # with the attributes of the tag
        comment.following = Span(begin, begin)
        self._inside.append(comment)

    # Elements

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
            self._line_break(token.span)
        elif name in BLOCKS or name in ASIDE:
            self._start_block(name, token, values, is_empty=is_empty)
        else:
            self._start_inline(name, token, values, is_empty=is_empty)

    def _start_inline(
        self, name: str, token: Token, values: Mapping[str, Attribute], *, is_empty: bool
    ) -> None:
        is_note = name == "sup" and self._is_note(token)
        if name in _PREFORMATTED:
            self._break(token.span.start)
            self._waiting.clear()
        if name in SHOWN or is_note:
            self._pending.append(_object(token.span))
        if name in SHOWN or name in LEFT_OUT or is_note or {"id", "name", "xml:id"} & values.keys():
            self._things += 1
        if not is_empty and (name in LEFT_OUT or is_note):
            self._left_out, self._depth = name, 1
        if not is_empty and name in LOCKED:
            self._locked[name] += 1
        if name == "a":
            self._link_end = token.span.end
        self._attributes(name, values)

    def _is_note(self, token: Token) -> bool:
        """Return whether a <sup> is the mark of a note, since a link is around it or in it."""
        is_in_link = token.span.start == self._link_end
        return is_in_link or bool(_LINK.match(self._source, token.span.end, self._span.end))

    def _start_block(
        self, name: str, token: Token, values: Mapping[str, Attribute], *, is_empty: bool
    ) -> None:
        if not self._is_xml:
            self._end_implied(name, token.span.start)
        outside = None
        if name in ASIDE and self._passage:
            outside = self._passage, self._pending
            self._passage, self._pending = None, []
        else:
            self._break(token.span.start)
        around = self._stack[-1] if self._stack else None
        element = _Element(
            name,
            token.span,
            _kind(name, around.kind if around else None),
            "" if name in _WHOLE_PAGE else self._language(values),
            self._blocks,
            self._things,
            dict(self._locked),
            self._waiting,
            outside,
        )
        self._waiting = []
        self._things += name == "hr" or bool({"id", "name", "xml:id"} & values.keys())
        self._stack.append(element)
        self._open[name] += 1
        self._attributes(name, values)
        if is_empty:
            self._pop(token.span.end, token.span.end)

    def _language(self, values: Mapping[str, Attribute]) -> str:
        """Return the language of an element that is about to be opened."""
        for name in ("xml:lang", "lang"):
            if name in values:
                return values[name].value.of(self._source).strip()
        return self._stack[-1].language if self._stack else ""

    def _end_implied(self, name: str, at: int) -> None:
        """End the elements that a start tag ends, as browsers do: <p>, <li>, <td> ..."""
        if self._stack and self._stack[-1].name == "p" and name not in OUTSIDE_P | ASIDE:
            self._close(1, at)
        ended, stops = ENDED_BY.get(name, (frozenset(), frozenset()))
        if not any(self._open[one] for one in ended):
            return
        found = 0
        for count, element in enumerate(reversed(self._stack[-_DEEP:]), 1):
            if element.name in stops:
                break
            if element.name in ended:
                found = count
        self._close(found, at)

    def _close(self, count: int, at: int) -> None:
        """End the last elements, which have no end tags."""
        for _ in range(count):
            self._break(at)
            self._pop(at, None)

    def _end(self, name: str, span: Span) -> None:
        if self._left_out:
            self._depth -= name == self._left_out
            if not self._depth:
                self._left_out = ""
        elif name == "br" and not self._is_xml:
            self._line_break(span)
        elif name in LOCKED:
            self._locked[name] = max(self._locked[name] - 1, 0)
        elif name in BLOCKS or name in ASIDE:
            self._end_block(name, span)

    def _end_block(self, name: str, span: Span) -> None:
        """End the last element of this name. An end tag without one says nothing, except </p>."""
        count = self._count_up_to(name)
        if count:
            self._close(count - 1, span.start)
            self._break(span.start)
            self._pop(span.start, span.end)
        elif name == "p":
            self._break(span.start)

    def _count_up_to(self, name: str) -> int:
        """Return how many elements end with one of this name; 0 if none is open."""
        names = HEADINGS if name in HEADINGS else frozenset({name})
        if not any(self._open[one] for one in names):
            return 0
        for count, element in enumerate(reversed(self._stack[-_DEEP:]), 1):
            if element.name in names:
                return count
            if element.name in SCOPES and name not in TABLE_PARTS:
                break
        return 0

    def _pop(self, at: int, end: int | None) -> None:
        """End the last element.

        Args:
            at: where its content ends.
            end: where its end tag ends; None if it has none.
        """
        element = self._stack.pop()
        self._open[element.name] -= 1
        self._waiting.clear()
        for comment in element.ignores:
            comment.following = Span(comment.span.end, at)
        for name, count in self._locked.items():  # what was not closed ends here
            self._locked[name] = min(count, element.locked.get(name, 0))
        if end is None and self._ends_by_itself(element, at):
            end = at
        if end is not None:
            self._enclose(element, end)
        if element.outside:
            self._passage, self._pending = element.outside
            if element.name in SHOWN:
                self._pending.append(_object(element.tag))

    def _ends_by_itself(self, element: _Element, at: int) -> bool:
        """Return whether an element needs no end tag: a paragraph or item with nothing but text."""
        if self._is_xml or element.name not in _ENDED_BY_THE_NEXT:
            return False
        return "<" not in self._source[element.tag.end : at]

    def _enclose(self, element: _Element, end: int) -> None:
        """Say that the only block of an element is deleted with it."""
        passage = self._last
        is_only = self._blocks == element.blocks + 1 and self._things == element.things
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

    # Text

    def _break(self, at: int) -> None:
        """End the block that is open, if there is one."""
        self._passage, self._pending = None, []
        for comment in self._inside:
            comment.following = Span(min(comment.following.start, at), at)
        self._inside.clear()

    def _line_break(self, span: Span) -> None:
        """Add a line break. A second one ends the block, as authors mean it."""
        if any(one.kind == "break" for one in self._pending):
            self._break(span.start)
        elif self._passage:
            if self._pending and self._pending[-1].kind != "object":
                self._pending.pop()
            self._pending.append(_Pending("break", span))

    def _text(self, span: Span, *, is_cdata: bool) -> None:
        source, end = self._source, span.end
        plain = _PLAIN_CDATA if is_cdata else _PLAIN
        spell = spell_cdata if is_cdata else self._spell
        at = span.start
        while at < end:
            found = _SPACE.match(source, at, end)
            if found:
                self._add_space(Span(*found.span()))
            else:
                found = plain.match(source, at, end)
                if found:
                    passage = self._opened(at)
                    passage.spell = spell
                    passage.verbatim(source, Span(*found.span()))
            at = found.end() if found else self._add_reference(at, end)

    def _add_space(self, span: Span) -> None:
        last = self._pending[-1].kind if self._pending else "object"
        if last == "space":
            self._pending[-1] = self._pending[-1]._replace(kind="wide space")
        elif last == "object" and self._passage:
            self._pending.append(_Pending("space", span))

    def _add_reference(self, at: int, end: int) -> int:
        """Add the reference that begins at `at`; return where it ends."""
        span, text = reference_at(self._source, at, end, in_value=False, is_xml=self._is_xml)
        if text is not None and _SPACE.fullmatch(text):
            self._add_space(span)
            return span.end
        passage = self._opened(at)
        if text is None:
            passage.fixed(span, OBJECT)
        else:
            passage.spell = self._habits.spell_as(span.of(self._source))
            passage.spelled(span, text)
        return span.end

    def _opened(self, at: int) -> Passage:
        """Return the block that is open, ready for text; open one if there is none."""
        if self._passage is None:
            self._open_passage(at)
        passage = self._passage
        assert passage is not None
        passage.locked = any(self._locked.values())
        if self._pending:
            passage.spell = self._spell
            for kind, span in self._pending:
                if kind == "space":
                    passage.space(self._source, span)
                else:
                    passage.fixed(span, _FIXED[kind])
            self._pending.clear()
        return passage

    def _open_passage(self, at: int) -> None:
        top = self._stack[-1] if self._stack else None
        passage = self._builder.open(top.kind if top else None)
        passage.trimmed = _TRIMMED
        passage.language = top.language if top else ""
        self._passage, self._passage_start = passage, at
        self._pending = []
        self._blocks += 1
        self._last = passage
        self._inside += self._waiting
        self._waiting = []

    # Attributes

    def _attributes(self, name: str, values: Mapping[str, Attribute]) -> None:
        """Note the attributes of a tag that a reader reads. Each becomes a block.

        They come behind all others, so that the order of blocks does not depend on their text.
        """
        if name in LEFT_OUT:
            return
        for attribute in values.values():
            is_text = attribute.name in TEXT_ATTRIBUTES and name not in _NAMELESS
            if is_text or (attribute.name == "content" and self._is_description(name, values)):
                self._read_later.append((attribute, self._language(values)))

    def _is_description(self, name: str, values: Mapping[str, Attribute]) -> bool:
        said = values["name"].value.of(self._source) if "name" in values else ""
        return name == "meta" and said.strip().lower() == "description"

    def _attribute(self, attribute: Attribute, language: str) -> None:
        source, quote = self._source, attribute.quote
        span = attribute.value
        around = Span(span.start - len(quote), span.end + len(quote))
        self._builder.frame(around, str if quote else _quoted_if_needed)
        spell = self._habits.spell(quote or '"')
        passage = self._builder.open("attribute", spell=spell)
        passage.language = language
        at = span.start
        while at < span.end:
            found = _SPACE.match(source, at, span.end)
            if found:
                passage.space(source, Span(*found.span()))
                at = found.end()
                continue
            found = _PLAIN.match(source, at, span.end)
            if found:
                passage.verbatim(source, Span(*found.span()))
                at = found.end()
                continue
            there, text = reference_at(source, at, span.end, in_value=True, is_xml=self._is_xml)
            if text is None:
                passage.fixed(there, OBJECT)
            else:
                passage.spell = self._habits.spell_as(there.of(source), quote or '"')
                passage.spelled(there, text)
                passage.spell = spell
            at = there.end


def _object(tag: Span) -> _Pending:
    """Return what stands for a picture. It is the first mark of the tag: a text may be in it."""
    return _Pending("object", Span(tag.start, tag.start + 1))


def _quoted_if_needed(value: str) -> str:
    """Return the value of an attribute without quotation marks as it has to be written.

    >>> _quoted_if_needed("Marwin"), _quoted_if_needed("Ma Yun")
    ('Marwin', '"Ma Yun"')
    """
    if _BARE_VALUE.fullmatch(value):
        return value
    return '"' + value.replace('"', "&quot;") + '"'


def _kind(name: str, around: BlockKind | None) -> BlockKind | None:
    """Return what the text of an element is, in an element whose text is `around`."""
    if around is not None and around not in RUNNING:
        return around
    if name in HEADINGS:
        return "headline"
    if name == "figcaption":
        return "caption"
    return BESIDE.get(name, around)
