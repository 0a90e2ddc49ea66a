"""A headline that stands twice: in one of the next lines, or at the beginning of a paragraph."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from cleaner.fixers.repeat.comparison import (
    CREDIT,
    ELLIPSES,
    SHORTEST,
    WORD,
    letters,
    without_ellipsis,
)
from cleaner.fixers.repeat.running import Running
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

_HEADLINE_WORDS = 3  # shorter ones are a name, or the title of a section
_LONGEST_HEADLINE = 250  # code points
_NO_HEADLINE_END = ".,;:"  # what a headline does not end with
_SHORTEST_CUT = 20  # letters and digits of a headline that is cut off
_NEAR_HEADLINE = 4  # the first lines of a text, in which its headline may stand again
_TOP = 8  # the first lines of a text, one of which is its headline
_FURTHEST_CAPTION = 30  # blocks from the top to a caption that begins with the headline

_LINE = lazy_pattern(r"[^\s][^\r\n]*(?<=\S)")
# The name of a site behind a headline.
_SITE = lazy_pattern(
    r" [-|:\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}] (?:[^\W_][^\r\n:|-]{1,38}[^\W_]\)?)\Z"
)
_LABEL = lazy_pattern(r"\A[\[(<][^\[\]()<>\r\n]{1,20}[\])>] ?")  # a label before a headline
_NEWS_LABEL = lazy_pattern(r" ?\((?:Comprehensive|Summary|Update|Updated)\)\Z")  # of an agency


def find_headlines(text: str, running: Running, marks: Collection[str]) -> Iterator[Span]:
    """Yield the headline or another one of the first lines that repeats it."""
    lines = list(_top(text, running, _NEAR_HEADLINE))
    if not lines or not _is_headline(lines[0].of(text), marks):
        return
    headline = lines[0].of(text)
    if len(headline) < SHORTEST:
        del lines[2:]
    for before, line in pairwise(lines):
        other = line.of(text)
        if _says_no_more(other, headline):
            yield Span(before.end, line.end)
        elif _says_no_more(headline, other):
            yield Span(lines[0].start, lines[1].start)
            return


def _says_no_more(line: str, headline: str) -> bool:
    """Return whether a line has the words of a headline, maybe with the name of a site behind them.

    It may also be cut off with an ellipsis.

    >>> _says_no_more("[Sea] The ice of Muldeul - Dalbit", "The Ice of Muldeul")
    True
    >>> _says_no_more("The ice of Muldeul is whi...", "The ice of Muldeul is white")
    True
    """
    whole, there = _headline_letters(headline), _headline_letters(line)
    if whole in (there, _headline_letters(_SITE.sub("", line))):
        return True
    is_cut_off = line.endswith(ELLIPSES) and _is_headline(headline, ())
    return is_cut_off and len(there) >= _SHORTEST_CUT and whole.startswith(there)


def _headline_letters(headline: str) -> str:
    """Return the letters and digits of a headline without its label, in one case."""
    return letters(_LABEL.sub("", headline)).casefold()


def find_beginnings(text: str, running: Running, marks: Collection[str]) -> Iterator[Span]:
    """Yield the headline where a paragraph begins with it, and the space behind it."""
    by_beginning: dict[str, list[str]] = {}
    for line in _top(text, running, _TOP):
        if line.end - line.start >= SHORTEST:
            headline = line.of(text)
            by_beginning.setdefault(headline[:SHORTEST], []).append(headline)
    for block in running.first(_FURTHEST_CAPTION)[1:] if by_beginning else ():
        alike = by_beginning.get(text[block.start : block.start + SHORTEST], ())
        if any(_begins_with(text, block.start, line) for line in alike):
            headlines = [line for line in alike if _is_headline(line, marks)]
            if headlines and _begins_with(text, block.start, headlines[-1]):
                yield Span(block.start, block.start + len(headlines[-1]) + 1)


def _begins_with(text: str, at: int, headline: str) -> bool:
    """Return whether a sentence is behind a headline that begins at a place of a text.

    >>> _begins_with("Ice in Muldeul The sea froze.", 0, "Ice in Muldeul")
    True
    """
    sentence = at + len(headline) + 1
    return text.startswith(f"{headline} ", at) and text[sentence : sentence + 1].isupper()


def _top(text: str, running: Running, most: int) -> Sequence[Span]:
    """Return the first lines of the running text that are not blank, so many at most."""
    lines: list[Span] = []
    for block in running.first(most):
        for line in _LINE.finditer(text, *block):
            lines.append(Span(*line.span()))
            if len(lines) == most:
                return lines
    return lines


def _is_headline(headline: str, marks: Collection[str]) -> bool:
    """Return whether a line at the top is a headline, with one of the marks if there are any.

    >>> _is_headline("Harbour frozen… again", ["…"]), _is_headline("The harbour is frozen.", [])
    (True, False)
    """
    if len(headline) > _LONGEST_HEADLINE:
        return False
    if without_ellipsis(headline)[-1:] in _NO_HEADLINE_END:
        return False
    if marks and not any(mark in headline for mark in marks):
        return False
    if CREDIT.search(_NEWS_LABEL.sub("", _SITE.sub("", headline))):
        return False
    return len(WORD.findall(headline)) >= _HEADLINE_WORDS
