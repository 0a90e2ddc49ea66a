"""kind: quotes. Gives quotation marks their spaces and their direction back.

The styles `single` and `double` repair marks that are glued to a word: ’X’ and ”X” with the space
before the opening mark or behind the closing mark lost, where that is certain in itself. `settled`
repairs whatever the marks of a paragraph leave no doubt about; it is for damaged documents, and so
is `unsettled`, which points at marks that have no certain reading. `tex` turns ``X'' into typeset
quotes. `inner` removes the spaces inside " X ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.fixers.quotes.inner import inner_spaces
from cleaner.fixers.quotes.literals import (
    anywhere,
    glued,
    glued_double,
    is_glued,
    tails_alone,
)
from cleaner.fixers.quotes.marks import CLOSING_DOUBLE, OPENING_DOUBLE, find_marks
from cleaner.fixers.quotes.repairs import (
    Readings,
    certain_repairs,
    doubtful_marks,
    settled_repairs,
)
from cleaner.fixers.quotes.surroundings import Habits
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.style import is_style
from cleaner.text.words import is_contraction, is_familiar, is_ordinary

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

# What a document has where it does not set quotation marks as for TeX, or not with spaces inside.
_OTHER_OPENER = re.compile(rf'{OPENING_DOUBLE}|(?<!\S)"(?=\w)')
_NO_INNER_SPACE = re.compile(r'(?<!\S)"\w[^"\r\n]*(?<=\S)"')
_TEX = re.compile(r"``(?=\S)([^`'\r\n]*(?:'(?!')[^`'\r\n]*)*)(?<=\S)''")


class Options(NamedTuple):
    """The keys of a rule of this kind; all but the first two are for the first four styles.

    See `cleaner.fixers.quotes.surroundings.Habits` for the lists of words. `words` is the longest
    single quotation, in words.
    """

    style: Literal["single", "double", "settled", "unsettled", "tex", "inner"]
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
        for piece in _pieces(options):
            yield rule, piece


def _pieces(options: Options) -> Sequence[bytes]:
    """Return the literals of a style."""
    match options.style:
        case "single":
            return sorted(glued(options.tails))
        case "double":
            return sorted(glued_double())
        case "settled":
            return sorted({*glued(options.tails), *glued_double(), *anywhere()})
        case "unsettled":
            return sorted({*glued(options.tails), *glued_double(), *anywhere(), *tails_alone()})
        case "tex":
            return [b"``"]
        case "inner":
            return [b'" ']


def could_act(_rule: Rule, text: str) -> bool:
    """Return whether a text has any mark."""
    return any(True for _ in find_marks(text))


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the marks that change."""
    readings: dict[Habits, Readings] = {}
    for rule in rules:
        options = options_of(rule, Options)
        spans = [span for span, _ in hits[rule.id]]
        if options.style == "tex":
            yield from _tex(document, rule, spans)
        elif options.style == "inner":
            yield from _inner(document, rule, spans)
        else:
            habits = _habits(options)
            if habits not in readings:
                readings[habits] = Readings(document, habits)
            yield from _paired(document, rule, spans, readings[habits])


@lru_cache(maxsize=32)
def _habits(options: Options) -> Habits:
    """Return the habits of some options: always the same object, which is quick to compare."""
    return options.habits()


def _paired(
    document: Document, rule: Rule, spans: Sequence[Span], readings: Readings
) -> Iterator[Edit]:
    """Yield what a style says that reads all marks of a block."""
    options = options_of(rule, Options)
    if options.style == "single":
        prefixes = frozenset(options.prefixes)
        spans = [span for span in spans if is_glued(document.text, span.start, prefixes)]
    match options.style:
        case "settled":
            found = settled_repairs(readings, _blocks(document, spans))
        case "unsettled":
            found = doubtful_marks(readings, _blocks(document, spans))
        case "single" | "double" as kind:
            found = certain_repairs(readings, _blocks(document, spans), kind)
        case _:
            return
    for span, written in found:
        yield Edit(span, written, (rule.id,))


def _blocks(document: Document, spans: Iterable[Span]) -> Iterable[Span]:
    """Return the blocks that contain these spans, each once.

    White space at the beginning of a span may stand before the block.
    """
    blocks: dict[Span, None] = {}
    block = Span(0, 0)
    for start, end in spans:
        at = end - 1 if document.text[start : start + 1].isspace() else start
        if not block.start <= at < block.end:
            block = document.block(at)
            blocks[block] = None
    return blocks


def _inner(document: Document, rule: Rule, spans: Iterable[Span]) -> Iterator[Edit]:
    wanted: list[Edit] = []
    for block in _blocks(document, spans):
        spaces = inner_spaces(block.of(document.text))
        if not spaces or not document.is_english_prose(block):
            continue
        for at in spaces:
            wanted.append(Edit(Span(block.start + at, block.start + at + 1), "", (rule.id,)))
    if not is_style(len(wanted) // 2, lambda: _NO_INNER_SPACE.finditer(document.text)):
        yield from wanted


def _tex(document: Document, rule: Rule, spans: Iterable[Span]) -> Iterator[Edit]:
    wanted: list[Edit] = []
    for block in _blocks(document, spans):
        quotations = list(_TEX.finditer(document.text, *block))
        if not quotations or not document.is_english_prose(block):
            continue
        for found in quotations:
            opening = Span(found.start(), found.start() + 2)
            closing = Span(found.end() - 2, found.end())
            if not (document.is_protected(opening) or document.is_protected(closing)):
                wanted.append(Edit(opening, OPENING_DOUBLE, (rule.id,)))
                wanted.append(Edit(closing, CLOSING_DOUBLE, (rule.id,)))
    if not is_style(len(wanted) // 2, lambda: _OTHER_OPENER.finditer(document.text)):
        yield from wanted
