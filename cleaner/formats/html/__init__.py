"""HTML: what a reader sees of a page, and the alternative texts and titles in its tags.

`tokens` divides a source into tags, comments and text, `elements` says what elements mean,
`reader` finds the blocks, and `references` reads and writes `&rsquo;`.

A page is read as browsers read it, however broken its markup is. One that begins as XML does has
to be well-formed.
"""

from __future__ import annotations

import re

from cleaner.formats import MalformedError
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span

NAME = "html"
SUFFIXES = (".html", ".htm")

_XML = re.compile(r"\ufeff?\s*<\?xml\s")
_XMLNS = re.compile(r"<html\b[^>]*\sxmlns\s*=", re.IGNORECASE)
_HEAD = 4_096  # code points in which <html> is looked for


def read(source: str) -> Document:
    """Return a page as a document.

    >>> read("<h1>Fall</h1><p title=X>M<i>ar</i>win fell.").text
    'Fall\\n\\nMarwin fell.\\n\\nX'
    """
    return read_as(source, is_xml=_is_xml(source))


def _is_xml(source: str) -> bool:
    """Return whether a page follows the rules of XML.

    Raises:
        MalformedError: it says so at the beginning, and does not.
    """
    from cleaner.formats.html import wellformed

    is_declared = bool(_XML.match(source))
    if not is_declared and not _XMLNS.search(source, 0, _HEAD):
        return False
    try:
        wellformed.check(source)
    except MalformedError:
        if is_declared:
            raise
        return False
    return True


def read_as(source: str, *, is_xml: bool) -> Document:
    """Return a page as a document, as HTML or as XML."""
    builder = Builder(source)
    add_page(builder, Span(0, len(source)), is_xml=is_xml)
    return builder.document()


def add_page(builder: Builder, span: Span, *, is_xml: bool) -> None:
    """Add a page to a document that is being made."""
    from cleaner.formats.html.reader import read_page
    from cleaner.formats.html.references import Habits

    page = span.of(builder.source)
    encoding = declared_encoding(page[:_HEAD].encode("utf-8", "replace"))
    habits = Habits(page, is_xml=is_xml, encoding=encoding or ("utf-8" if is_xml else ""))
    read_page(builder, span, habits, is_xml=is_xml)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page declares in <meta> or in its XML declaration."""
    from cleaner.formats.html.encodings import declared

    return declared(data)
