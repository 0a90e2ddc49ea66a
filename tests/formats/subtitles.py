"""What the tests of subtitle formats share."""

from __future__ import annotations

import pytest

from cleaner.text.document import ReadDocument
from cleaner.text.edits import Edit, Span
from cleaner.text.sourcemap import UnwritableError
from tests import oracles
from tests.formats import roundtrip
from tests.samples import names

ENGINE = names(
    "canonical: Ma Yun, variants: [Marwin, Ma Win]",
    "canonical: Alibaba, variants: [Ali Baba]",
    "canonical: Wan & Son, variants: [Wanson]",
    "canonical: 'Li <3', variants: [Lihart]",
    "canonical: 'Zhao --> Wu', variants: [Zhaowu]",
    "canonical: 'Sun {b}', variants: [Sunb]",
    "canonical: 'Guo, Inc.', variants: [Guoinc]",
)


def blocks_of(read: ReadDocument, source: str) -> list[str]:
    """Return the text of each block of a source; that of a voice with its kind before it.

    It also checks what holds for every source.
    """
    roundtrip.check(read, source)
    document = read(source)
    found: list[str] = []
    for block in document.blocks():
        text = block.span.of(document.text)
        found.append(text if block.kind == "cue" else f"{block.kind}: {text}")
    return found


def cleaned(read: ReadDocument, source: str) -> str:
    """Return a source after cleaning.

    It also checks that cleaning it again changes nothing, and that another library, if it can read
    the source, sees the same structure before and after.
    """
    after = ENGINE.clean(source, read).source
    assert ENGINE.clean(after, read).source == after
    kind = read.__module__.rpartition(".")[2]
    try:
        structure = oracles.structure(kind, source.encode())
    except oracles.UnreadableError:
        return after
    assert oracles.structure(kind, after.encode()) == structure
    return after


def places(read: ReadDocument, source: str) -> list[str]:
    """Return where each block begins, as reports say it."""
    document = read(source)
    found: list[str] = []
    for span in document.spans():
        place = document.location(span.start)
        found.append(f"{place} {place.label}")
    return found


def check_unwritable(read: ReadDocument, source: str, written: str) -> None:
    """Check that this cannot be written in the place of a word, alone or with other edits."""
    document = read(source)
    at = document.text.index("WORD")
    edit = Edit(Span(at, at + len("WORD")), written, ("test",))
    assert document.fit(edit) is None
    with pytest.raises(UnwritableError):
        document.rewritten([edit])
