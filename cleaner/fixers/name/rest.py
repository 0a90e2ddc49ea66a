"""The words of a canonical form that stand beside a variant already.

With the variant `Antgroup`, “Antgroup Group” is the Ant Group: to write “Ant Group” over the
variant alone would double a word. So the words beside it are part of the edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import DOUBLE_QUOTES, SINGLE_QUOTES, normal

# What may be between two words of a name.
_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]{0,3}(?:\r\n|\r|\n)[^\S\r\n]{0,3})"
_LONGEST_GAP = 8  # code points
_MARKS = SINGLE_QUOTES + DOUBLE_QUOTES


def with_rest(document: Document, span: Span, canonical: str) -> Span | None:
    """Return the span with the words of the canonical form that stand beside it already.

    None says that nothing can be written there without doubling a word: together they are the
    canonical form, or there is a quotation mark between them, or the last word is in a plural that
    changes its spelling.
    """
    words = canonical.split()
    if len(words) == 1:
        return span
    reach = len(canonical) + len(words) * _LONGEST_GAP
    block = document.block(span.start)
    before = document.text[max(block.start, span.start - reach) : span.start]
    behind = document.text[span.end : min(block.end, span.end + reach)]
    start, end = span
    for number in range(1, len(words)):
        if _is_said(words[:number], before.split()[-number - 1 :], before[-1:]):
            found = _words_before(words[:number]).search(before)
            if found and found["mark"]:
                return None
            start = min(start, span.start - len(found.group())) if found else start
        if _is_said(words[-number:], behind.split()[: number + 1], behind[:1]):
            found = _words_behind(words[-number:]).match(behind)
            if found and (found["mark"] or found.groupdict().get("ies")):
                return None
            end = max(end, span.end + len(found["words"])) if found else end
    whole = Span(start, end)
    there = normal(whole.of(document.text))
    return None if there.casefold() == normal(canonical).casefold() else whole


def _is_said(words: Sequence[str], there: Sequence[str], beside: str) -> bool:
    """Return whether words may stand beside a variant. This check costs little."""
    if not (beside.isspace() or beside in _MARKS) or not there:
        return False
    return words[0][:-1].casefold() in "".join(there).casefold()


def _words_before(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for words before a variant."""
    return re.compile(rf"(?<!\w){_gapped(words)}{_GAP}(?P<mark>[{_MARKS}]?)\Z", re.IGNORECASE)


def _words_behind(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for words behind a variant, the last of which may be in the plural."""
    rest = _gapped(words)
    plural = rf"{rest}(?=(?:e?s)?(?!\w))"
    if rest.endswith("y"):
        plural += rf"|{rest[:-1]}(?P<ies>ies)\b"
    return re.compile(rf"(?P<mark>[{_MARKS}]?)(?P<words>{_GAP}(?:{plural}))", re.IGNORECASE)


def _gapped(words: Iterable[str]) -> str:
    return _GAP.join(map(re.escape, words))
