"""DOCX: the documents of Word, and of all programs that can save like it.

A document is a zip archive with parts in XML: the body, footnotes, endnotes, headers and footers
are text. A paragraph (`w:p`) is a block; its text is in runs (`w:r`), and runs end where anything
about the type, the proofing or the history of the text changes, so also inside words. The names of
the elements are those of ECMA-376, part 1, section 17
(https://ecma-international.org/publications-and-standards/standards/ecma-376/).

What a reader does not see is left out: what was deleted but is still tracked, hidden text, the
codes of fields, comments. Formulas and pictures in a line stand as one character that is no letter.
"""

from __future__ import annotations

from cleaner.text.document import Document

NAME = "docx"
SUFFIXES = (".docx",)


def unpack(data: bytes) -> str:
    """Return the source in the bytes of a document: its body, which has no name, notes, headers,
    footers, properties and styles.

    Raises:
        MalformedError: it is no DOCX, is encrypted, or has no body.
    """
    from cleaner.formats.docx import package

    return package.unpack(data)


def pack(data: bytes, source: str) -> bytes:
    """Return the bytes of a document with a changed source; other parts stay as they are.

    Raises:
        MalformedError: a change cannot be written.
    """
    from cleaner.formats.docx import package

    return package.pack(data, source)


def read(source: str) -> Document:
    r"""Return a document of the parts that `unpack` has found.

    >>> w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    >>> runs = "<w:r><w:t>Mar</w:t></w:r><w:r><w:t>win</w:t></w:r>"
    >>> read(f"\0\0<w:document xmlns:w='{w}'><w:body><w:p>{runs}</w:p></w:body></w:document>").text
    'Marwin'

    Raises:
        MalformedError: the XML of a part is not well-formed.
    """
    from cleaner.formats.docx import parts

    return parts.read(source)
