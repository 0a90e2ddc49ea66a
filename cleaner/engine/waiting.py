"""Edits that wait for evidence.

What fires is evidence for others, so edits are looked at again and again. But only those that
something new was learned about: otherwise a chain of a thousand rules, each of which needs the name
that the rule before it writes, would take a million looks. The same holds for a thousand edits of
two rules that need each other: what fires helps its neighbours only.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.engine.evidence import AROUND, Condition, Evidence, News
from cleaner.engine.index import Index
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span


class _Lack(NamedTuple):
    """What an edit waits for: a condition that is not met, and the evidence that would meet it."""

    condition: Condition
    phrases: tuple[str, ...] = ()
    words: int = 0  # for `near`


class Waiting:
    """The edits of one pass whose rules lack evidence so far."""

    def __init__(self, document: Document, index: Index, evidence: Evidence) -> None:
        self._document = document
        self._rules = index.rules
        self._evidence = evidence
        self._edits: list[Edit] = []  # in the order of arrival, which numbers them
        self._lacks: dict[int, _Lack] = {}  # by the number of an edit that waits
        self._queues: dict[_Lack, _Queue] = {}
        self._asking: dict[tuple[str, ...], list[_Lack]] = {}  # by phrases
        self._to_look_at: set[int] = set()

    def add(self, edits: Iterable[Edit]) -> None:
        """Add edits whose rules have a `when`."""
        for edit in edits:
            self._to_look_at.add(len(self._edits))
            self._edits.append(edit)

    def learn(self, news: News) -> None:
        """Note which edits have to be looked at again."""
        for phrases, spans in news.evidence.items():
            for lack in self._asking.get(phrases, ()):
                for span in spans:
                    self._to_look_at.update(self._concerned(lack, span))
        if news.signs and self._evidence.damaged:
            self._to_look_at.update(self._queue(_Lack(Condition.DAMAGED)).all())
        for sign in news.signs:
            around = Span(sign - AROUND, sign + AROUND)
            self._to_look_at.update(self._queue(_Lack(Condition.FREQUENT)).beginning_in(around))

    def ready(self) -> list[Edit]:
        """Return the edits whose evidence is there now, and forget them."""
        ready: list[Edit] = []
        for number in sorted(self._to_look_at):
            edit = self._edits[number]
            before = self._lacks.pop(number, None)
            lack = self._lack(edit)
            if lack != before and before is not None:
                self._queue(before).remove(number, edit.span)
            if lack is None:
                ready.append(edit)
                continue
            self._lacks[number] = lack
            if lack != before:
                self._queue(lack).add(number, edit.span)
        self._to_look_at.clear()
        return ready

    def _lack(self, edit: Edit) -> _Lack | None:
        rule = self._rules[edit.rule]
        condition = self._evidence.unmet(rule, edit.span)
        if condition is None:
            return None
        words = rule.when.words if rule.when and condition is Condition.NEAR else 0
        return _Lack(condition, self._evidence.phrases_of(rule, condition), words)

    def _queue(self, lack: _Lack) -> _Queue:
        if lack not in self._queues:
            self._queues[lack] = _Queue()
            self._asking.setdefault(lack.phrases, []).append(lack)
        return self._queues[lack]

    def _concerned(self, lack: _Lack, evidence: Span) -> Iterable[int]:
        """Return the edits of a queue for which new evidence may be what they lack."""
        queue = self._queue(lack)
        match lack.condition:
            case Condition.PARAGRAPH:
                return queue.beginning_in(self._document.block(evidence.start))
            case Condition.NEAR:
                return self._near(queue, evidence, lack.words)
        return queue.all()

    def _near(self, queue: _Queue, evidence: Span, words: int) -> Iterator[int]:
        """Yield the edits within so many words of new evidence."""
        for side in (queue.before(evidence), queue.behind(evidence)):
            for number in side:
                span = self._edits[number].span
                if self._evidence.words_between(span, evidence, words) > words:
                    break
                yield number

    def __iter__(self) -> Iterator[Edit]:
        """Yield the edits that still wait."""
        for number in sorted(self._lacks):
            yield self._edits[number]


class _Queue:
    """The numbers of edits that lack the same, by where they begin and by where they end."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []

    def add(self, number: int, span: Span) -> None:
        """Add an edit."""
        insort(self._starts, (span.start, number))
        insort(self._ends, (span.end, number))

    def remove(self, number: int, span: Span) -> None:
        """Remove an edit that was added."""
        del self._starts[bisect_left(self._starts, (span.start, number))]
        del self._ends[bisect_left(self._ends, (span.end, number))]

    def all(self) -> list[int]:
        """Return all numbers."""
        return [number for _, number in self._starts]

    def beginning_in(self, span: Span) -> list[int]:
        """Return the edits that begin in a span, or at its end."""
        first = bisect_left(self._starts, (span.start,))
        behind = bisect_left(self._starts, (span.end + 1,))
        return [number for _, number in self._starts[first:behind]]

    def before(self, span: Span) -> Iterator[int]:
        """Yield the edits that end before the end of a span, the last one first."""
        for at in range(bisect_left(self._ends, (span.end,)) - 1, -1, -1):
            yield self._ends[at][1]

    def behind(self, span: Span) -> Iterator[int]:
        """Yield the edits that begin behind the start of a span."""
        for at in range(bisect_left(self._starts, (span.start,)), len(self._starts)):
            yield self._starts[at][1]
