"""Where a rule has to hold its tongue because somebody said so: comments in the text, entries of a
configuration.

All of it is in coordinates of the input: what was silenced in one pass stays so in the next,
whatever has changed around it.
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
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"\S+[^\S\r\n]*\Z"), re.compile(r"[^\S\r\n]*\S+")
_TOUCHES_BEFORE, _TOUCHES_BEHIND = re.compile(r"\S*\Z"), re.compile(r"\S*")
_FAR = 200  # code points looked at for the next word


class Ignore(NamedTuple):
    """A text that a rule is not to change, to the letter, wherever it stands in a file; `rule` is a
    glob of ids.
    """

    rule: str
    text: str


class Silence(NamedTuple):
    """A span in which some rules say nothing (`rules` are globs of ids; none of them: all rules),
    and who said so.
    """

    reach: Span
    rules: tuple[str, ...]
    source: Directive | Ignore


def concerns(globs: Sequence[str], rule: str) -> bool:
    """Whether one of the globs is about a rule; none at all are about every rule.

    >>> concerns(["names/*"], "names/people/ma-yun"), concerns([], "quotes/single")
    (True, True)
    """
    return not globs or any(fnmatchcase(rule, glob) for glob in globs)


class Silences:
    """All silences of one text; it remembers which of them were of use."""

    def __init__(
        self, text: str, directives: Iterable[Directive], ignores: Iterable[Ignore]
    ) -> None:
        silences = [Silence(one.reach, one.rules, one) for one in directives if one.action != "on"]
        silences += [
            Silence(span, (one.rule,), one)
            for one in ignores
            for span in _occurrences(text, one.text)
        ]
        self._silences = sorted(silences, key=attrgetter("reach"))
        self._longest = max(
            (end - start for start, end in (one.reach for one in silences)), default=0
        )
        self.used: set[Directive | Ignore] = set()

    def __bool__(self) -> bool:
        return bool(self._silences)

    def hold(self, rule: str, span: Span) -> bool:
        """Whether a rule has to be silent about a span of the input."""
        at = bisect_right(self._silences, span.start, key=lambda one: one.reach.start)
        while at and self._silences[at - 1].reach.start >= span.end - self._longest:
            at -= 1
            one = self._silences[at]
            if one.reach.covers(span) and concerns(one.rules, rule):
                self.used.add(one.source)
                return True
        return False

    def idle(self) -> Sequence[Directive]:
        """The comments of the text that silenced nothing."""
        sources = dict.fromkeys(
            one.source for one in self._silences if isinstance(one.source, Directive)
        )
        return [source for source in sources if source not in self.used]


def _occurrences(text: str, wanted: str) -> Iterator[Span]:
    at = text.find(wanted)
    while at >= 0:
        yield Span(at, at + len(wanted))
        at = text.find(wanted, at + 1)


def quoted(text: str, span: Span) -> str:
    """The words to write down so that they stand for one place alone: those of the span, and as
    many beside it as it takes. Where a whole line does not tell places apart, the line.

    >>> quoted("Marwin fell. Marwin Hitz scored.", Span(13, 19)), quoted("the\u2019rat race", Span(3, 4))
    ('Marwin Hitz', 'the\u2019rat')
    """
    start, end = span
    if not _READABLE.search(text[start:end]):  # a mark: with the words it touches
        start = next(_TOUCHES_BEFORE.finditer(text, max(0, start - _FAR), start)).start()
        end = next(_TOUCHES_BEHIND.finditer(text, end)).end()
    while text.count(text[start:end]) > 1:
        if behind := _WORD_BEHIND.match(text, end):
            end = behind.end()
        elif before := _WORD_BEFORE.search(text, max(0, start - _FAR), start):
            start = before.start()
        else:
            break
    return text[start:end]


def written(text: str, findings: Iterable[tuple[Sequence[str], Span]]) -> list[Ignore]:
    """What to write down so that rules say no more about these places: pairs of rule ids and a span."""
    return list(
        dict.fromkeys(
            Ignore(rule, quoted(text, span)) for rules, span in findings for rule in rules
        )
    )
