"""XHTML: HTML that has to be well-formed XML."""

from __future__ import annotations

from cleaner.formats import html
from cleaner.text.document import Document

NAME = "xhtml"
SUFFIXES = (".xhtml", ".xht")

declared_encoding = html.declared_encoding


def read(source: str) -> Document:
    """Return a page as a document.

    Raises:
        MalformedError: it is not well-formed.
    """
    from cleaner.formats.html import wellformed

    wellformed.check(source)
    return html.read_as(source, is_xml=True)
