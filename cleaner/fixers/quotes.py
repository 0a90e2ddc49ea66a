"""kind: quotes. Gives glued quotation marks their space and their direction back, or reports what nobody closed.

Styles: `single` repairs ’X’ and 'X' whose opener is glued to the word before (or whose closer is glued to the word
behind); `tex` turns ``X'' into typeset quotes; `unclosed` points at an opening double mark without a closing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from cleaner.document import Document
from cleaner.literals import Hit
from cleaner.quotation import Habits, Pair, glued, pairs
from cleaner.rules.model import Level, Rule
from cleaner.text import Edit, Span
from cleaner.words import is_ordinary

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_OPEN, _CLOSE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_OPEN_DOUBLE, _CLOSE_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_TEX = re.compile(r"``(?=\S)([^`'\r\n]*(?:'(?!')[^`'\r\n]*)*)(?<=\S)''")
_CODE = re.compile(r"[{}<>|\\]|\$\w|;\s*$|\w\(['\")]|==|^[ \t]{4}|^\t|(?<!\w)/[^\s/]*['’]", re.MULTILINE)
_NEXT = re.compile(rf"\s*{_OPEN_DOUBLE}")
_TRUST = 2  # repairs in one document after which its other glued marks are believed to be openers too


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The style, and for `single` what is known of English marks (see `cleaner.quotation.Habits`)."""

    style: Literal["single", "tex", "unclosed"]
    message: str
    function_words: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    words: str = "40"


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """What begins a repair: a mark followed by something that is no contraction, TeX's marks, an opening mark."""
    for rule in rules:
        match (options := _options(rule)).style:
            case "single":
                yield from ((rule, piece) for piece in sorted(glued(options.tails)))
            case "tex":
                yield rule, b"``"
            case "unclosed":
                yield rule, _OPEN_DOUBLE.encode()


def edits(document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]) -> Iterator[Edit]:
    """The marks that change; for `unclosed`, the mark itself."""
    for rule in rules:
        blocks = list(dict.fromkeys(document.block(span.start).span for span, _ in hits[rule.id]))
        match _options(rule).style:
            case "single":
                yield from _single(document, rule, [block for block in blocks if _is_prose(document, block)])
            case "tex":
                for block in blocks:
                    for found in _TEX.finditer(document.text, *block):
                        yield Edit(Span(found.start(), found.start() + 2), _OPEN_DOUBLE, rule.id)
                        yield Edit(Span(found.end() - 2, found.end()), _CLOSE_DOUBLE, rule.id)
            case "unclosed":
                yield from (Edit(span, _OPEN_DOUBLE, rule.id) for block in blocks for span in _open(document, block))


def _is_prose(document: Document, block: Span) -> bool:
    return not _CODE.search(document.text, *block)


def _single(document: Document, rule: Rule, blocks: Sequence[Span]) -> Iterator[Edit]:
    options = _options(rule)
    habits = Habits(
        frozenset(options.function_words), frozenset(options.tails), frozenset(options.elisions),
        frozenset(options.endings), frozenset(options.prefixes), is_ordinary, int(options.words),
    )  # fmt: skip
    found = {block: list(pairs(document.text[slice(*block)], habits)) for block in blocks}
    if sum(pair.glued for inside in found.values() for pair in inside) >= _TRUST:
        found = {block: list(pairs(document.text[slice(*block)], habits, damaged=True)) for block in blocks}
    for block, inside in found.items():
        for pair in inside:
            if pair.glued:
                yield from _repair(document.text, block.start, pair, rule.id)


def _repair(text: str, start: int, pair: Pair, rule: str) -> Iterator[Edit]:
    opener, closer = start + pair.opener.at, start + pair.closer.at
    curly = {text[opener], text[closer]} != {"'"}
    opening = (" " if pair.opener.glued_left else "") + (_OPEN if curly else "'")
    closing = (_CLOSE if curly else "'") + (" " if pair.closer.glued_right else "")
    for at, mark in ((opener, opening), (closer, closing)):
        if text[at] != mark:
            yield Edit(Span(at, at + 1), mark, rule)


def _open(document: Document, block: Span) -> Iterator[Span]:
    """The last opening double mark that nothing closes, unless the next block goes on with the quotation."""
    inside = document.text[slice(*block)]
    if inside.count(_OPEN_DOUBLE) > inside.count(_CLOSE_DOUBLE):
        goes_on = _NEXT.match(document.text, block.end)
        if not goes_on:
            at = block.start + inside.rindex(_OPEN_DOUBLE)
            yield Span(at, at + 1)


def _options(rule: Rule) -> Options:
    return cast(Options, rule.options)
