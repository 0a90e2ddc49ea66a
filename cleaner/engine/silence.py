"""Where a comment or the configuration suppresses a rule.

Everything is in code points of the input: what is suppressed in one pass stays suppressed in the
next, whatever has changed around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from cleaner.rules.selectors import any_selects
from cleaner.text.directives import Directive
from cleaner.text.edits import Span
from cleaner.text.literals import occurrences

_READABLE = re.compile(r"\w\w")
_WORD_BEFORE = re.compile(r"\S+[^\S\r\n]*\Z")
_WORD_AFTER = re.compile(r"[^\S\r\n]*\S+")
_TOUCHING_BEFORE = re.compile(r"\S*\Z")
_TOUCHING_AFTER = re.compile(r"\S*")
_FAR = 200  # code points that are searched for the next word
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_NOWHERE = Span(-1, -1)
_MOST_WORDS = 50  # with more, an entry is no shorter than most lines, and takes long to find


class Ignore(NamedTuple):
    """A text that a rule must not change, wherever it is in a file. `rule` selects rules."""

    rule: str
    text: str


class Suppression(NamedTuple):
    """A span in which some rules are suppressed, and what says so.

    `rules` are selectors of rules; an empty tuple means all rules.
    """

    reach: Span
    rules: tuple[str, ...]
    source: Directive | Ignore


def concerns(selectors: Sequence[str], rule: str) -> bool:
    """Return whether one of the selectors stands for a rule. None at all stand for every rule.

    >>> concerns(["names"], "names/people/ma-yun"), concerns([], "quotes/single")
    (True, True)
    """
    return not selectors or any_selects(selectors, rule)


class Suppressions:
    """All suppressions of one text. It records which of them were of use."""

    def __init__(
        self, text: str, directives: Iterable[Directive], ignores: Sequence[Ignore]
    ) -> None:
        found: list[Suppression] = []
        self._unknown: list[Directive] = []
        for directive in directives:
            reaches = directive.reaches or (_NOWHERE,)  # then it is idle
            if directive.action == "unknown":
                self._unknown.append(directive)
            elif directive.action != "on":
                found += (Suppression(reach, directive.rules, directive) for reach in reaches)
        places = occurrences(text, [ignore.text for ignore in ignores])
        for ignore in ignores:
            for span in places[ignore.text]:
                found.append(Suppression(span, (ignore.rule,), ignore))
        self._found = sorted(found, key=attrgetter("reach"))
        self._by_selector: dict[str, _Reaches] = {}
        for number, suppression in enumerate(self._found):
            for selector in suppression.rules or ("*",):
                reaches_of = self._by_selector.setdefault(selector, _Reaches())
                reaches_of.add(number, suppression.reach)
        self._concerning: dict[str, list[_Reaches]] = {}  # by the id of a rule
        self._used: set[Directive | Ignore] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def suppressing(self, rule: str, span: Span) -> Suppression | None:
        """Return what suppresses a rule at a span of the input, or None.

        Of several, it is the one that begins last.
        """
        reaches = self._concerning.get(rule)
        if reaches is None:
            reaches = [
                found for selector, found in self._by_selector.items() if concerns([selector], rule)
            ]
            self._concerning[rule] = reaches
        last = max((reach.last_covering(span) for reach in reaches), default=-1)
        return self._found[last] if last >= 0 else None

    def record(self, suppression: Suppression) -> None:
        """Remember that a suppression was of use."""
        self._used.add(suppression.source)

    @property
    def used_ignores(self) -> frozenset[Ignore]:
        """The ignores that suppressed a rule."""
        return frozenset(source for source in self._used if isinstance(source, Ignore))

    @property
    def comments(self) -> Sequence[Directive]:
        """The comments that suppress something if their rules find it, in the order of the text."""
        sources = dict.fromkeys(suppression.source for suppression in self._found)
        return [source for source in sources if isinstance(source, Directive)]

    def was_of_use(self, comment: Directive) -> bool:
        """Return whether a comment suppressed something."""
        return comment in self._used

    @property
    def unknown_comments(self) -> Sequence[Directive]:
        """The comments that ask for something unknown."""
        return self._unknown


class _Reaches:
    """The spans in which one selector is suppressed, each with the number of its suppression.

    They may overlap, and one of them may reach over thousands of others. So each span knows the
    last one before it that reaches further than it does: those between the two need no look.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._numbers: list[int] = []
        self._further: list[int] = []  # the last place before that reaches further, or -1

    def add(self, number: int, reach: Span) -> None:
        """Add a span that does not begin before those that were added so far."""
        before = len(self._ends) - 1
        while before >= 0 and self._ends[before] <= reach.end:
            before = self._further[before]
        self._starts.append(reach.start)
        self._ends.append(reach.end)
        self._numbers.append(number)
        self._further.append(before)

    def last_covering(self, span: Span) -> int:
        """Return the number of the last suppression that covers a span, or -1."""
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0 and self._ends[at] < span.end:
            at = self._further[at]
        return self._numbers[at] if at >= 0 else -1


def quoted(text: str, spans: Iterable[Span]) -> dict[Span, str]:
    """Return the words to write down for each span so that they mean one place only.

    These are the words of the span, and as many words beside it as it takes. If `_MOST_WORDS` do
    not tell the place from others, the whole line is returned.

    >>> quoted("Marwin fell. Marwin Hitz scored.", [Span(13, 19)])
    {Span(start=13, end=19): 'Marwin Hitz'}
    >>> quoted("the\u2019rat race", [Span(3, 4)])
    {Span(start=3, end=4): 'the\u2019rat'}
    """
    words: dict[Span, str] = {}
    widened = {span: _widened(text, _readable(text, span)) for span in spans}
    for _ in range(_MOST_WORDS):
        tried = {span: next(wider, span).of(text) for span, wider in widened.items()}
        places = occurrences(text, tried.values())
        for span, words_tried in tried.items():
            if len(places[words_tried]) == 1:
                words[span] = words_tried
                del widened[span]
    if widened:
        words |= _lines(text, widened)
    return words


def _readable(text: str, span: Span) -> Span:
    """Return a span; if it has only a mark, the words that it touches too."""
    start, end = span
    if _READABLE.search(text[start:end]):
        return span
    before = _TOUCHING_BEFORE.search(text, max(0, start - _FAR), start)
    after = _TOUCHING_AFTER.match(text, end)
    return Span(before.start() if before else start, after.end() if after else end)


def _widened(text: str, span: Span) -> Iterator[Span]:
    """Yield the span, then with one word more each time: first those behind it in its line."""
    start, end = span
    yield Span(start, end)
    while after := _WORD_AFTER.match(text, end):
        end = after.end()
        yield Span(start, end)
    while before := _WORD_BEFORE.search(text, max(0, start - _FAR), start):
        start = before.start()
        yield Span(start, end)


def _lines(text: str, spans: Iterable[Span]) -> dict[Span, str]:
    """Return for each span the lines that it is in, without the white space around them."""
    lines = [Span(*found.span()) for found in _LINE.finditer(text)]
    of: dict[Span, str] = {}  # of thousands of places in one line, each has the same text
    words: dict[Span, str] = {}
    for span in spans:
        start, end = span
        first = bisect_right(lines, start, key=attrgetter("start")) - 1
        last = bisect_left(lines, end, key=attrgetter("start")) - 1
        if first >= 0 and lines[first].end > start:
            start = lines[first].start
        if last >= 0:
            end = max(end, lines[last].end)
        whole = Span(start, end)
        if whole not in of:
            of[whole] = whole.of(text)
        words[span] = of[whole]
    return words


def ignores_for(text: str, findings: Iterable[tuple[Sequence[str], Span]]) -> list[Ignore]:
    """Return the ignores that suppress these findings, given as rule ids and a span."""
    findings = list(findings)
    words = quoted(text, [span for _, span in findings])
    ignores: dict[Ignore, None] = {}
    for rules, span in findings:
        for rule in rules:
            ignores[Ignore(rule, words[span])] = None
    return list(ignores)
