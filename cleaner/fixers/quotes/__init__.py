"""kind: quotes. Gives quotation marks that are glued to a word their space and direction back.

The style `single` repairs ’X’ and 'X' whose opening mark is glued to the word before, or whose
closing mark is glued to the word behind. `tex` turns ``X'' into typeset quotes. `inner` removes
the spaces inside " X ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.fixers.quotes.reading import Habits, Pair, glued, inner_spaces, is_glued, pairs
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.style import is_style
from cleaner.text.words import is_contraction, is_familiar, is_ordinary

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_OPEN_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}"
_CLOSE_DOUBLE = "\N{RIGHT DOUBLE QUOTATION MARK}"
# What a document has where it does not set quotation marks as for TeX, or not with spaces inside.
_OTHER_OPENER = re.compile(rf'{_OPEN_DOUBLE}|(?<!\S)"(?=\w)')
_NO_INNER_SPACE = re.compile(r'(?<!\S)"\w[^"\r\n]*(?<=\S)"')
_TEX = re.compile(r"``(?=\S)([^`'\r\n]*(?:'(?!')[^`'\r\n]*)*)(?<=\S)''")
# A document is known to lose openers if it has this many certain repairs, and one for each so
# many code points. Then its other glued marks count as opening marks too.
_TRUST = 2
_TRUST_EVERY = 10_000


class Options(NamedTuple):
    """The keys of a rule of this kind; all but the first two are for the style `single`.

    See `cleaner.fixers.quotes.reading.Habits` for the lists of words. `words` is the longest
    quotation, in words.
    """

    style: Literal["single", "tex", "inner"]
    message: str
    function_words: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    elided: tuple[str, ...] = ()
    words: int = 40

    def habits(self) -> Habits:
        """Return what is known of English quotation marks, as the reading of them needs it."""
        return Habits(
            function_words=frozenset(self.function_words),
            tails=frozenset(self.tails),
            elisions=frozenset(self.elisions),
            endings=frozenset(self.endings),
            followers=frozenset(self.followers),
            prefixes=frozenset(self.prefixes),
            elided=frozenset(self.elided),
            is_contraction=is_contraction,
            is_in_dictionary=is_ordinary,
            is_ordinary=is_familiar,
            words=self.words,
        )


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield what a repair begins with: a mark that begins no contraction, TeX's marks, a mark and
    a space.
    """
    for rule in rules:
        options = options_of(rule, Options)
        match options.style:
            case "single":
                for piece in sorted(glued(options.tails)):
                    yield rule, piece
            case "tex":
                yield rule, b"``"
            case "inner":
                yield rule, b'" '


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the marks that change."""
    for rule in rules:
        spans = [span for span, _ in hits[rule.id]]
        match options_of(rule, Options).style:
            case "single":
                yield from _single(document, rule, spans)
            case "tex":
                yield from _tex(document, rule, spans)
            case "inner":
                yield from _inner(document, rule, spans)


def _english(document: Document, spans: Iterable[Span]) -> list[Span]:
    """Return the blocks of English prose that contain these spans, each once."""
    blocks = dict.fromkeys(document.block(span.start) for span in spans)
    return [block for block in blocks if document.is_english_prose(block)]


def _inner(document: Document, rule: Rule, spans: Iterable[Span]) -> Iterator[Edit]:
    wanted: list[Edit] = []
    for block in _english(document, spans):
        for at in inner_spaces(block.of(document.text)):
            wanted.append(Edit(Span(block.start + at, block.start + at + 1), "", (rule.id,)))
    if not is_style(len(wanted) // 2, lambda: _NO_INNER_SPACE.finditer(document.text)):
        yield from wanted


def _tex(document: Document, rule: Rule, spans: Iterable[Span]) -> Iterator[Edit]:
    wanted: list[Edit] = []
    for block in _english(document, spans):
        for found in _TEX.finditer(document.text, *block):
            opening = Span(found.start(), found.start() + 2)
            closing = Span(found.end() - 2, found.end())
            if not (document.is_protected(opening) or document.is_protected(closing)):
                wanted.append(Edit(opening, _OPEN_DOUBLE, (rule.id,)))
                wanted.append(Edit(closing, _CLOSE_DOUBLE, (rule.id,)))
    if not is_style(len(wanted) // 2, lambda: _OTHER_OPENER.finditer(document.text)):
        yield from wanted


def _single(document: Document, rule: Rule, spans: Iterable[Span]) -> Iterator[Edit]:
    options = options_of(rule, Options)
    prefixes = frozenset(options.prefixes)
    glued_marks = [span for span in spans if is_glued(document.text, span.start, prefixes)]
    blocks = _english(document, glued_marks)
    habits = options.habits()
    certain: list[tuple[Span, Pair]] = []
    for block, inside in _read(document, blocks, habits, damaged=False).items():
        text = block.of(document.text)
        certain += [(block, pair) for pair in inside if pair.glued and pair.is_certain(text)]
    if len(certain) >= max(_TRUST, len(document.text) / _TRUST_EVERY):
        for block, inside in _read(document, blocks, habits, damaged=True).items():
            for pair in inside:
                if pair.glued:
                    yield from _repair(document, block, pair, rule.id)
        return
    for block, pair in certain:
        yield from _repair(document, block, pair, rule.id)


def _read(
    document: Document, blocks: Sequence[Span], habits: Habits, *, damaged: bool
) -> Mapping[Span, Sequence[Pair]]:
    """Return the quotations of each block."""
    found: dict[Span, Sequence[Pair]] = {}
    for block in blocks:

        def is_prose(at: int, start: int = block.start) -> bool:
            return document.is_prose(start + at)

        text = block.of(document.text)
        found[block] = list(pairs(text, habits, damaged=damaged, counts=is_prose))
    return found


def _repair(document: Document, block: Span, pair: Pair, rule: str) -> Iterator[Edit]:
    text = block.of(document.text)
    marks = (pair.opener.at, pair.closer.at)
    for at, written in zip(marks, pair.written(text), strict=True):
        if text[at] != written:
            yield Edit(Span(block.start + at, block.start + at + 1), written, (rule,))
