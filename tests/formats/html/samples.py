"""What the tests of HTML share: rules, cleaning, and the blocks of a page."""

from __future__ import annotations

from collections.abc import Callable

from cleaner import Cleaner
from cleaner.formats import html
from cleaner.text.document import Document
from tests.samples import bundled, engine_for, names

MA = names(
    "canonical: Ma Yun, variants: [Marwin, Ma Win], unless: [Marwin Hitz]",
    "canonical: Erdoğan, variants: [Erdogen]",
    "canonical: “Dune”, variants: [Dunne]",
)
DAMAGE = bundled(damaged=True)
QUOTES = engine_for(
    """kind: pattern
rules:
- {id: apostrophe, match: "(?<=o)'(?=t)", replace: "\\u2019", message: apostrophe}
- {id: left, match: "'(?=M)", replace: "\\u2018", message: quote}
"""
)


def blocks(source: str, read: Callable[[str], Document] = html.read) -> list[tuple[str, str]]:
    """Return the text and the kind of each block."""
    document = read(source)
    return [(block.span.of(document.text), block.kind) for block in document.blocks()]


def cleaned(source: str, cleaner: Cleaner = MA, read: Callable[[str], Document] = html.read) -> str:
    """Return the source after cleaning, and check that cleaning it again changes nothing."""
    after = cleaner.clean(source, read).source
    assert cleaner.clean(after, read).source == after
    return after
