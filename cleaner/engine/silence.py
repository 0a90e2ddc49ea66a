"""Where a comment or the configuration suppresses a rule.

Everything is in code points of the input: what is suppressed in one pass stays suppressed in the
next, whatever has changed around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from cleaner.text.document import Directive
from cleaner.text.edits import Span
from cleaner.text.literals import occurrences

_READABLE = re.compile(r"\w\w")
_WORD_BEFORE = re.compile(r"\S+[^\S\r\n]*\Z")
_WORD_AFTER = re.compile(r"[^\S\r\n]*\S+")
_TOUCHING_BEFORE = re.compile(r"\S*\Z")
_TOUCHING_AFTER = re.compile(r"\S*")
_FAR = 200  # code points that are searched for the next word


class Ignore(NamedTuple):
    """A text that a rule must not change, wherever it is in a file. `rule` is a glob of ids."""

    rule: str
    text: str


class Suppression(NamedTuple):
    """A span in which some rules are suppressed, and what says so.

    `rules` are globs of rule ids; an empty tuple means all rules.
    """

    reach: Span
    rules: tuple[str, ...]
    source: Directive | Ignore


def concerns(globs: Sequence[str], rule: str) -> bool:
    """Return whether one of the globs matches a rule id. No globs at all match every rule.

    >>> concerns(["names/*"], "names/people/ma-yun"), concerns([], "quotes/single")
    (True, True)
    """
    return not globs or any(fnmatchcase(rule, glob) for glob in globs)


class Suppressions:
    """All suppressions of one text. It records which of them were of use."""

    def __init__(
        self, text: str, directives: Iterable[Directive], ignores: Sequence[Ignore]
    ) -> None:
        found: list[Suppression] = []
        for directive in directives:
            if directive.action != "on":
                found.append(Suppression(directive.reach, directive.rules, directive))
        places = occurrences(text, [ignore.text for ignore in ignores])
        for ignore in ignores:
            for span in places[ignore.text]:
                found.append(Suppression(span, (ignore.rule,), ignore))
        self._found = sorted(found, key=attrgetter("reach"))
        self._by_glob: dict[str, _Reaches] = {}
        for number, suppression in enumerate(self._found):
            for glob in suppression.rules or ("*",):
                self._by_glob.setdefault(glob, _Reaches()).add(number, suppression.reach)
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
            reaches = [self._by_glob[glob] for glob in self._by_glob if concerns([glob], rule)]
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
    def idle_comments(self) -> Sequence[Directive]:
        """The comments that suppressed nothing, in the order of the text."""
        sources = dict.fromkeys(suppression.source for suppression in self._found)
        comments = (source for source in sources if isinstance(source, Directive))
        return [comment for comment in comments if comment not in self._used]


class _Reaches:
    """The spans in which one glob is suppressed, each with the number of its suppression.

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


def quoted(text: str, span: Span) -> str:
    """Return the words to write down so that they mean one place only.

    These are the words of the span, and as many words beside it as it takes. If even the whole
    line occurs more than once, the line is returned.

    >>> quoted("Marwin fell. Marwin Hitz scored.", Span(13, 19))
    'Marwin Hitz'
    >>> quoted("the\u2019rat race", Span(3, 4))
    'the\u2019rat'
    """
    start, end = span
    if not _READABLE.search(text[start:end]):  # only a mark: take the words that it touches
        before = _TOUCHING_BEFORE.search(text, max(0, start - _FAR), start)
        after = _TOUCHING_AFTER.match(text, end)
        start = before.start() if before else start
        end = after.end() if after else end
    widened = _widened(text, Span(start, end))
    tried = [next(widened)]
    # Twice as many words each time, then back to the fewest: a line may have very many words.
    while not _is_unique(text, tried[-1]):
        wider = list(islice(widened, len(tried)))
        if not wider:
            return tried[-1].of(text)
        tried += wider
    fewest = bisect_left(tried, 1, key=lambda span: int(_is_unique(text, span)))
    return tried[fewest].of(text)


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


def _is_unique(text: str, span: Span) -> bool:
    words = span.of(text)
    return text.find(words, text.find(words) + len(words)) < 0


def ignores_for(text: str, findings: Iterable[tuple[Sequence[str], Span]]) -> list[Ignore]:
    """Return the ignores that suppress these findings, given as rule ids and a span."""
    ignores: dict[Ignore, None] = {}
    for rules, span in findings:
        words = quoted(text, span)
        for rule in rules:
            ignores[Ignore(rule, words)] = None
    return list(ignores)
