"""kind: quotes. Gives glued quotation marks their space and their direction back.

Styles: `single` repairs ’X’ and 'X' whose opener is glued to the word before (or whose closer is
glued to the word behind); `tex` turns ``X'' into typeset quotes; `inner` takes the spaces out of "
X ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast

from cleaner.fixers.quotes.reading import Habits, Pair, glued, inner_spaces, is_glued, pairs
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit
from cleaner.text.words import is_ordinary

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_OPEN_DOUBLE, _CLOSE_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_TEX = re.compile(r"``(?=\S)([^`'\r\n]*(?:'(?!')[^`'\r\n]*)*)(?<=\S)''")
_CODE = re.compile(
    r"""[{}]\s*$ | [)}\]'"];\s*$ | ^[ \t]{4} | ^[\t|] | \$\w | \\\w | == | \w\(['")] | </?\w
    | (?<!\w)/[^\s/]*['\N{RIGHT SINGLE QUOTATION MARK}]  # the sounds of a word: /fa'kl/""",
    re.MULTILINE | re.VERBOSE,
)
# repairs in one document after which its other glued marks are believed to be openers too
_TRUST = 2


class Options(NamedTuple):
    """The style, and for `single` what is known of English marks (see
    `cleaner.fixers.quotes.reading.Habits`).
    """

    style: Literal["single", "tex", "inner"]
    message: str
    function_words: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    words: int = 40


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """What begins a repair: a mark followed by something that is no contraction; TeX's marks; a
    mark and a space.
    """
    for rule in rules:
        match (options := _options(rule)).style:
            case "single":
                yield from ((rule, piece) for piece in sorted(glued(options.tails)))
            case "tex":
                yield rule, b"``"
            case "inner":
                yield rule, b'" '


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The marks that change."""
    for rule in rules:
        spans = [span for span, _ in hits[rule.id]]
        if _options(rule).style == "single":
            prefixes = frozenset(_options(rule).prefixes)
            spans = [span for span in spans if is_glued(document.text, span.start, prefixes)]
        blocks = list(dict.fromkeys(document.block(span.start) for span in spans))
        match _options(rule).style:
            case "single":
                yield from _single(document, rule, blocks)
            case "inner":
                for block in blocks:
                    for at in inner_spaces(block.of(document.text)):
                        yield Edit(Span(block.start + at, block.start + at + 1), "", (rule.id,))
            case "tex":
                for block in blocks:
                    for found in _TEX.finditer(document.text, *block):
                        marks = (
                            Span(found.start(), found.start() + 2),
                            Span(found.end() - 2, found.end()),
                        )
                        if not any(map(document.is_protected, marks)):
                            yield from map(
                                Edit, marks, (_OPEN_DOUBLE, _CLOSE_DOUBLE), ((rule.id,), (rule.id,))
                            )


def _single(document: Document, rule: Rule, blocks: Sequence[Span]) -> Iterator[Edit]:
    text, prose, options = document.text, document.is_prose, _options(rule)
    habits = Habits(
        frozenset(options.function_words),
        frozenset(options.tails),
        frozenset(options.elisions),
        frozenset(options.endings),
        frozenset(options.followers),
        frozenset(options.prefixes),
        is_ordinary,
        options.words,
    )

    def read(block: Span, *, damaged: bool) -> list[Pair]:
        return list(
            pairs(
                block.of(text),
                habits,
                damaged=damaged,
                counts=lambda at: prose(block.start + at),
            )
        )

    code = {
        block for block in blocks for sign in _CODE.finditer(text, *block) if prose(sign.end() - 1)
    }
    found = {block: read(block, damaged=False) for block in blocks if block not in code}
    if sum(pair.glued for inside in found.values() for pair in inside) >= _TRUST:
        found = {block: read(block, damaged=True) for block in found}
    for block, inside in found.items():
        for pair in (pair for pair in inside if pair.glued):
            yield from _repair(block.of(text), block.start, pair, rule.id)


def _repair(text: str, start: int, pair: Pair, rule: str) -> Iterator[Edit]:
    for at, mark in zip((pair.opener.at, pair.closer.at), pair.written(text), strict=True):
        if text[at] != mark:
            yield Edit(Span(start + at, start + at + 1), mark, (rule,))


def _options(rule: Rule) -> Options:
    return cast(Options, rule.options)
