"""The words of a canonical form that stand beside a variant already.

With the variant `Antgroup`, “Antgroup Group” is the Ant Group: to write “Ant Group” over the
variant alone would double a word. So the words beside it are part of the edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import DOUBLE_QUOTES, SINGLE_QUOTES, normal
from cleaner.text.seen import Seen, without_invisible

# What may be between two words of a name.
_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]{0,3}(?:\r\n|\r|\n)[^\S\r\n]{0,3})"
_LONGEST_GAP = 8  # code points
_MARKS = SINGLE_QUOTES + DOUBLE_QUOTES
_BESIDE = rf"(?P<beside>[{_MARKS}]?{_GAP}[{_MARKS}]?)"  # the same beside a variant


def with_rest(document: Document, span: Span, canonical: str) -> Span | None:
    """Return the span with the words of the canonical form that stand beside it already.

    None says that nothing can be written there without doubling a word: together they are the
    canonical form, or there is a quotation mark between them, or the last word is in a plural that
    changes its spelling.
    """
    words = canonical.split()
    if len(words) == 1:
        return span
    block = document.block(span.start)
    reach = len(canonical) + len(words) * _LONGEST_GAP
    first, last = max(block.start, span.start - reach), min(block.end, span.end + reach)
    before = _seen(document.text[first : span.start])
    behind = _seen(document.text[span.end : last])
    if not _may_be_beside(words, before.text, behind.text):
        return span
    variant = _folded(span.of(document.text).split())
    start, end = span
    for part in _parts(words):
        size = len(part.words)
        if _is_said(part, before.text.split()[-size - 1 :], before.text[-1:]):
            found = _before(part, variant, before.text)
            if found and _is_apart(found):
                return None
            if found:
                start = min(start, first + before.origin(Span(*found.span())).start)
        if _is_said(part, behind.text.split()[: size + 1], behind.text[:1]):
            found = _behind(part, variant, behind.text)
            if found and _is_apart(found):
                return None
            if found:
                end = max(end, span.end + behind.origin(Span(*found.span())).end)
    whole = Span(start, end)
    there = normal(whole.of(document.text))
    is_right = whole != span and there.casefold() == normal(canonical).casefold()
    return None if is_right else whole


class _Part(NamedTuple):
    """Words of a canonical form that stand in a row, but not all of its words."""

    words: Sequence[str]
    begins: bool  # whether the form begins with them
    ends: bool

    @property
    def is_inner(self) -> bool:
        return not (self.begins or self.ends)


def _parts(words: Sequence[str]) -> Iterator[_Part]:
    for size in range(1, len(words)):
        for start in range(len(words) - size + 1):
            end = start + size
            yield _Part(words[start:end], begins=not start, ends=end == len(words))


def _may_be_beside(words: Iterable[str], before: str, behind: str) -> bool:
    """Return whether any of these words may stand beside a variant. This check costs little."""
    letters = "".join(f"{before} {behind}".split()).casefold()
    return any(word[:-1].casefold() in letters for word in words)


def _is_said(part: _Part, there: Sequence[str], beside: str) -> bool:
    """Return whether words may stand beside a variant. This check costs little."""
    if not (beside.isspace() or beside in _MARKS) or not there:
        return False
    return part.words[0][:-1].casefold() in "".join(there).casefold()


def _before(part: _Part, variant: Sequence[str], text: str) -> re.Match[str] | None:
    """Return where words of the canonical form are, if the text ends with them.

    Words that stand in the variant too are not meant, nor those that belong behind it.
    """
    if part.ends or variant[: len(part.words)] == _folded(part.words):
        return None
    return re.search(rf"(?<!\w){_written(part)}{_BESIDE}\Z", text)


def _behind(part: _Part, variant: Sequence[str], text: str) -> re.Match[str] | None:
    """Return where words of the canonical form are, if the text begins with them.

    The last one may be in the plural.
    """
    if part.begins or variant[-len(part.words) :] == _folded(part.words):
        return None
    if part.is_inner:
        return re.match(rf"{_BESIDE}{_written(part)}(?!\w)", text)
    rest = _gapped(part)
    plural = rf"{rest}(?=(?:e?s)?(?!\w))"
    if rest.endswith("y"):
        plural += rf"|{rest[:-1]}(?P<ies>ies)\b"
    return re.match(rf"{_BESIDE}(?i:{plural})", text)


def _written(part: _Part) -> str:
    """Return a pattern for words; inner ones (the “of” of a bank) only with their capitals."""
    rest = _gapped(part)
    if part.is_inner:
        return rest if part.words[0][0].isupper() else r"(?!)"
    return f"(?i:{rest})"


def _gapped(part: _Part) -> str:
    return _GAP.join(map(re.escape, part.words))


def _is_apart(found: re.Match[str]) -> bool:
    """Return whether the words cannot be one with a variant."""
    return bool(found["beside"].strip() or found.groupdict().get("ies"))


def _seen(text: str) -> Seen:
    return without_invisible(text) or Seen(text, [], [0])


def _folded(words: Iterable[str]) -> list[str]:
    return [normal(word).casefold() for word in words]
