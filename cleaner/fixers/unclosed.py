"""kind: unclosed. Reports an opening double quotation mark without a closing one in its block.

Nothing is changed, because only the source can tell where the quotation ends. If the next block
also begins with an opening mark, a speech of several paragraphs goes on, which is correct English.
If the next mark is a closing one, the quotation ends in a later block. A straight mark closes a
quotation too. Cues of subtitles are passed over: a speech goes on from cue to cue, and each editor
marks that in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.fixers import Hits
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

LEVELS: tuple[Level, ...] = ("report", "off")

_OPENING = "\N{LEFT DOUBLE QUOTATION MARK}"
_CLOSING = "\N{RIGHT DOUBLE QUOTATION MARK}"
_NEXT_MARK = re.compile(rf"[{_OPENING}{_CLOSING}]")
_LONGEST_SPEECH = 5_000  # code points behind a block in which its quotation may end
_OPENING_NEXT = re.compile(rf"\s*{_OPENING}")
# An opening mark of which the next mark of its line is no closing one: only such a mark may be
# without an end in its block. Of good text nearly every mark is followed by its end.
_SUSPECT = re.compile(rf'{_OPENING}(?![^{_OPENING}{_CLOSING}"\r\n]*[{_CLOSING}"])')


class Options(NamedTuple):
    """The keys of a rule of this kind: only the message."""

    message: str


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield the opening mark."""
    for rule in rules:
        yield rule, _OPENING.encode()


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the last opening mark of each block in which one is not closed.

    The edits change nothing: they replace the mark by itself.
    """
    text = document.text
    if text.count(_OPENING) == text.count(_CLOSING):
        return
    for rule in rules:
        suspects = [span.start for span, _ in hits[rule.id] if _SUSPECT.match(text, span.start)]
        for block in dict.fromkeys(map(document.block, suspects)):
            if not _is_unclosed(text, block) or document.kind(block) == "cue":
                continue
            if document.is_english_prose(block):
                at = text.rindex(_OPENING, *block)
                yield Edit(Span(at, at + 1), _OPENING, (rule.id,))


def _is_unclosed(text: str, block: Span) -> bool:
    """Return whether a block opens more quotations than it closes, and no later one goes on."""
    opened = text.count(_OPENING, *block)
    closed = text.count(_CLOSING, *block) + text.count('"', *block)
    if opened <= closed or _OPENING_NEXT.match(text, block.end):
        return False
    following = _NEXT_MARK.search(text, block.end, block.end + _LONGEST_SPEECH)
    return following is None or following.group() == _OPENING
