"""Where a comment or the configuration suppresses a rule.

Everything is in code points of the input: what is suppressed in one pass stays suppressed in the
next, whatever has changed around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from operator import attrgetter
from typing import NamedTuple

from cleaner.text.document import Directive
from cleaner.text.edits import Span

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
        self, text: str, directives: Iterable[Directive], ignores: Iterable[Ignore]
    ) -> None:
        found: list[Suppression] = []
        for directive in directives:
            if directive.action != "on":
                found.append(Suppression(directive.reach, directive.rules, directive))
        for ignore in ignores:
            for span in _occurrences(text, ignore.text):
                found.append(Suppression(span, (ignore.rule,), ignore))
        self._found = sorted(found, key=attrgetter("reach"))
        self._longest = max((end - start for start, end in map(_reach, found)), default=0)
        self._used: set[Directive | Ignore] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def suppressing(self, rule: str, span: Span) -> Suppression | None:
        """Return what suppresses a rule at a span of the input, or None."""
        at = bisect_right(self._found, span.start, key=lambda one: one.reach.start)
        while at and self._found[at - 1].reach.start >= span.end - self._longest:
            at -= 1
            suppression = self._found[at]
            if suppression.reach.covers(span) and concerns(suppression.rules, rule):
                return suppression
        return None

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


def _reach(suppression: Suppression) -> Span:
    return suppression.reach


def _occurrences(text: str, wanted: str) -> Iterator[Span]:
    at = text.find(wanted)
    while at >= 0:
        yield Span(at, at + len(wanted))
        at = text.find(wanted, at + 1)


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
    while text.count(text[start:end]) > 1:
        after = _WORD_AFTER.match(text, end)
        if after:
            end = after.end()
            continue
        before = _WORD_BEFORE.search(text, max(0, start - _FAR), start)
        if not before:
            break
        start = before.start()
    return text[start:end]


def ignores_for(text: str, findings: Iterable[tuple[Sequence[str], Span]]) -> list[Ignore]:
    """Return the ignores that suppress these findings, given as rule ids and a span."""
    ignores: dict[Ignore, None] = {}
    for rules, span in findings:
        words = quoted(text, span)
        for rule in rules:
            ignores[Ignore(rule, words)] = None
    return list(ignores)
