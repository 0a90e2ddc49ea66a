"""Markdown: CommonMark with front matter, tables and footnotes, as GitHub, Jekyll and Pandoc write
it.

The text is what a reader sees of its paragraphs, headings and cells; all else is structure.
`blocks` finds these line by line with markdown-it; `inlines` and `emphasis` find the markup inside
them; `passages` puts together what a reader sees; `writing` writes new text so that it makes no
markup; `front_matter` reads titles.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.text.document import Document

NAME = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
FIELDS = True  # keys of the front matter, if they are asked for


def read(source: str, fields: Sequence[str] = ()) -> Document:
    r"""Return Markdown as a document.

    Args:
        source: the Markdown.
        fields: keys of the front matter whose values are text, such as `title`.

    >>> document = read("# Alibaba under fire\n\n> It was a week for **Mar**win\n> in `Marwin`.\n")
    >>> for span, kind in document.blocks():
    ...     print(kind, repr(span.of(document.text)))
    headline 'Alibaba under fire'
    paragraph 'It was a week for Marwin\nin `Marwin`.'
    """
    from cleaner.formats.markdown.blocks import parse
    from cleaner.formats.markdown.passages import add_block, add_comments
    from cleaner.text.builder import Builder

    builder = Builder(source)
    parsed = parse(source)
    if fields:
        from cleaner.formats.markdown.front_matter import add_fields

        add_fields(builder, parsed.front_matter, fields)
    for block in parsed.blocks:
        add_block(builder, block, parsed.labels)
    add_comments(builder, parsed.html)
    return builder.document()
