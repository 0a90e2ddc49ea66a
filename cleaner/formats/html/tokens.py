"""The parts of HTML and XHTML: tags, comments and text, each with its exact span in the source.

`html.parser` of the standard library is not used: where a script, a comment or broken markup ends
differs between patch versions of Python, and it says nothing about where an attribute stands. The
rules here are those of the HTML standard (https://html.spec.whatwg.org/#tokenization); a source of
XML has some of its own. Nothing is ever refused, and every part of the source is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from cleaner.text.edits import Span

Kind: TypeAlias = Literal["start", "end", "text", "raw", "cdata", "comment"]

# Elements whose content is no markup: up to their end tag there is only text.
RAW = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"])
_WITH_REFERENCES = frozenset({"textarea", "title"})  # in it, &amp; is a reference
_FOREIGN = frozenset({"svg", "math"})  # where HTML follows the rules of XML

_SPACE = r"[\t\n\f\r ]"
_NAME = re.compile(r"[^\t\n\f\r />]+")
_ATTRIBUTE = re.compile(
    rf"""(?:{_SPACE}|/)*+                      # a slash counts only right before the end
    (?:(?P<end>/?>)
      | (?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)
        (?:{_SPACE}*+={_SPACE}*+
          (?: "(?P<double>[^"]*+)(?:"|\Z) | '(?P<single>[^']*+)(?:'|\Z)
            | (?P<bare>[^\t\n\f\r >"'][^\t\n\f\r >]*+) | (?=>) )
        )?+
    )""",
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>|\Z")
_SUBSET_END = re.compile(r"\]\s*>|\Z")


class Attribute(NamedTuple):
    """An attribute that has a value.

    Attributes:
        name: its name, in small letters in HTML.
        value: the span of the value without quotation marks.
        quote: the quotation mark around it, or "".
    """

    name: str
    value: Span
    quote: str


class Token(NamedTuple):
    """A part of the source.

    Attributes:
        kind: a start tag, an end tag, text with references, text without ("raw", and "cdata" for
            the inside of a CDATA section), or a comment.
        span: where it stands.
        name: the name of a tag, in small letters in HTML.
        attributes: of a start tag.
        is_empty: whether a start tag ends with a slash.
    """

    kind: Kind
    span: Span
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    is_empty: bool = False


def tokens(source: str, span: Span, *, is_xml: bool) -> Iterator[Token]:
    """Yield the parts of a source in order; markup that says nothing to a reader is left out.

    Args:
        source: the source.
        span: the part of it to read.
        is_xml: whether it follows the rules of XML.

    >>> [token.kind for token in tokens("<p>Ma<!-- x --> Win", Span(0, 19), is_xml=False)]
    ['start', 'text', 'comment', 'text']
    """
    return _Tokenizer(source, span, is_xml=is_xml).tokens()


class _Tokenizer:
    """Goes through a source once. `_at` is how far it has come."""

    def __init__(self, source: str, span: Span, *, is_xml: bool) -> None:
        self._source, self._end, self._is_xml = source, span.end, is_xml
        self._at = span.start
        self._foreign = 0  # how many foreign elements are open
        self._gone: set[str] = set()  # raw elements without an end tag further on

    def tokens(self) -> Iterator[Token]:
        source, end = self._source, self._end
        text = self._at  # where the text before the next markup begins
        while self._at < end:
            markup = source.find("<", self._at, end)
            if markup < 0:
                break
            self._at = markup
            following = source[markup + 1 : markup + 2]
            if not (following in {"/", "!", "?"} or self._begins_name(following)):
                self._at += 1  # a mark that is text
                continue
            if text < markup:
                yield Token("text", Span(text, markup))
            yield from self._markup(following)
            text = self._at
        if text < end:
            yield Token("text", Span(text, end))

    def _begins_name(self, char: str) -> bool:
        if self._is_xml:
            return char.isalpha() or char == "_"
        return char.isascii() and char.isalpha()

    def _markup(self, following: str) -> Iterator[Token]:
        source, start = self._source, self._at
        if following == "/":
            yield from self._end_tag()
        elif following == "?":
            self._skip_to("?>" if self._is_xml else ">")
        elif following != "!":
            yield from self._start_tag()
        elif source.startswith("<!--", start):
            yield self._comment()
        elif source.startswith("<![CDATA[", start) and (self._is_xml or self._foreign):
            self._skip_to("]]>")
            inside = Span(start + 9, max(self._at - 3, start + 9))
            if inside.start < inside.end:
                yield Token("cdata", inside)
        elif self._is_xml and self._has_subset():
            found = _SUBSET_END.search(source, start, self._end)
            self._at = found.end() if found else self._end
        else:
            self._skip_to(">")

    def _has_subset(self) -> bool:
        """Return whether a document type has an internal subset of declarations."""
        if not self._source.startswith("<!DOCTYPE", self._at):
            return False
        bracket = self._source.find("[", self._at, self._end)
        return 0 <= bracket < self._source.find(">", self._at, self._end)

    def _skip_to(self, mark: str) -> None:
        found = self._source.find(mark, self._at, self._end)
        self._at = found + len(mark) if found >= 0 else self._end

    def _comment(self) -> Token:
        start = self._at
        short = next((end for end in (">", "->") if self._source.startswith(end, start + 4)), "")
        if short and not self._is_xml:
            self._at = start + 4 + len(short)
        else:
            found = _COMMENT_END.search(self._source, start + 4, self._end)
            self._at = found.end() if found else self._end
        return Token("comment", Span(start, self._at))

    def _end_tag(self) -> Iterator[Token]:
        start = self._at
        name = self._source[start + 2 : start + 3]
        if not self._begins_name(name):
            self._skip_to(">")  # a comment of a kind, or nothing
            return
        token = self._tag(start + 2, "end")
        if token:
            self._foreign -= bool(self._foreign and token.name in _FOREIGN)
            yield token

    def _start_tag(self) -> Iterator[Token]:
        token = self._tag(self._at + 1, "start")
        if token is None:
            return
        yield token
        if self._is_xml:
            return
        if token.name in _FOREIGN:
            self._foreign += not token.is_empty
        elif token.name in RAW and not self._foreign:
            yield from self._raw_text(token.name)
        elif token.name == "plaintext":
            yield Token("raw", Span(self._at, self._end))
            self._at = self._end

    def _tag(self, at: int, kind: Literal["start", "end"]) -> Token | None:
        """Read a tag whose name begins at `at`. One that never ends says nothing."""
        start = self._at
        found = _NAME.match(self._source, at, self._end)
        name = found.group() if found else ""
        at += len(name)
        attributes: list[Attribute] = []
        is_empty = False
        while True:
            found = _ATTRIBUTE.match(self._source, at, self._end)
            if found is None:
                self._at = self._end
                return None
            at = found.end()
            if found.group("end"):
                # The slash before the end was taken for one that counts nothing.
                is_empty = self._source[at - 2 : at] == "/>" and not _is_bare(attributes, at - 1)
                break
            attribute = self._attribute(found)
            if attribute:
                attributes.append(attribute)
        self._at = at
        name = name if self._is_xml else name.lower()
        return Token(kind, Span(start, at), name, tuple(attributes), is_empty)

    def _attribute(self, found: re.Match[str]) -> Attribute | None:
        for group, quote in (("double", '"'), ("single", "'"), ("bare", "")):
            if found.group(group) is not None:
                name = found.group("name")
                value = Span(*found.span(group))
                return Attribute(name if self._is_xml else name.lower(), value, quote)
        return None

    def _raw_text(self, name: str) -> Iterator[Token]:
        """Yield the content of an element that holds only text."""
        start = self._at
        end = self._end
        if name not in self._gone:
            close = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
            found = close.search(self._source, start, self._end)
            if found:
                end = found.start()
            else:
                self._gone.add(name)
        self._at = end
        if start < end:
            yield Token("text" if name in _WITH_REFERENCES else "raw", Span(start, end))


def _is_bare(attributes: list[Attribute], end: int) -> bool:
    """Return whether a value without quotation marks ends there, and so has the slash before it."""
    return bool(attributes) and not attributes[-1].quote and attributes[-1].value.end == end
