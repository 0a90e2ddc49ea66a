"""What the tests of Markdown share: cleaners, and what markdown-it makes of a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from cleaner import Cleaner
from cleaner.formats import markdown
from cleaner.text.edits import Edit, Span
from cleaner.text.layout import BlockKind
from tests.samples import bundled, names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
DAMAGE = bundled(damaged=True)
RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
_WORD = re.compile(r"[^\W\d_]+")


def cleaned(source: str, cleaner: Cleaner = MA) -> str:
    """Return the source after cleaning, and check that cleaning it again changes nothing."""
    after = cleaner.clean(source, markdown.read).source
    assert cleaner.clean(after, markdown.read).source == after
    return after


def blocks(source: str) -> list[tuple[BlockKind, str]]:
    """Return the kind and the text of each block."""
    document = markdown.read(source)
    return [(block.kind, block.span.of(document.text)) for block in document.blocks()]


def with_other_letters(source: str) -> str:
    """Return the source with a “z” for each letter that may be edited."""
    document = markdown.read(source)
    edits: list[Edit] = []
    for word in _WORD.finditer(document.text):
        for at in range(*word.span()):
            edit = Edit(Span(at, at + 1), "z", ("test/letters",))
            if document.fit(edit) == edit:
                edits.append(edit)
    return document.rewritten(edits)


def structure(source: str) -> list[tuple[str, ...]]:
    """Return what markdown-it makes of a source, without its prose."""
    entries: list[tuple[str, ...]] = []
    for token in RENDER.parse(source):
        entries += _entries(token)
    return entries


def _entries(token: Token) -> Iterator[tuple[str, ...]]:
    if token.type == "inline":
        for child in token.children or ():
            if child.type != "text":
                yield from _entries(child)
    elif token.type in {"image", "softbreak"}:
        yield token.type, *(f"{key}={value}" for key, value in token.attrs.items() if key != "alt")
    else:
        yield token.type, token.tag, token.markup, token.info, token.content, str(token.attrs)


def rendered(source: str) -> list[str]:
    """Return the texts of the blocks that markdown-it makes of a source, without white space."""
    inline = [token for token in RENDER.parse(source) if token.type == "inline"]
    texts = ["".join(_rendered(token.children or ())) for token in inline]
    return sorted(filter(None, map(without_space, texts)))


def _rendered(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"text", "text_special", "code_inline"}:
            yield token.content
        elif token.type == "image":
            yield from _rendered(token.children or ())


def without_space(text: str) -> str:
    """Return a text without white space, backticks, and what stands for pictures."""
    return re.sub(r"[\s`\N{OBJECT REPLACEMENT CHARACTER}]+", "", text)
