"""What the tests of Markdown share: cleaners, and the structure of a text for markdown-it."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from cleaner import Cleaner, load_rules
from cleaner.formats import markdown
from tests.samples import names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
DAMAGE = Cleaner(load_rules(), damaged=True)
RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def cleaned(text: str, cleaner: Cleaner = MA) -> str:
    """Return the text after cleaning, and check that cleaning it again changes nothing."""
    after = cleaner.clean(text, markdown.document).text
    assert cleaner.clean(after, markdown.document).text == after
    return after


def with_other_letters(text: str) -> str:
    """Return the text with a “z” for each letter that may be edited."""
    document = markdown.document(text)
    changed = list(text)
    for at, char in enumerate(text):
        if char.isalpha() and document.is_prose(at):
            changed[at] = "z"
    return "".join(changed)


def structure(text: str) -> list[tuple[str, ...]]:
    """Return what markdown-it makes of a text, without its prose."""
    entries: list[tuple[str, ...]] = []
    for token in RENDER.parse(text):
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
