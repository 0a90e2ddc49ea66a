"""Edits that wait for evidence.

What fires is evidence for others, so edits are looked at again and again. But only those that
something new was learned about: otherwise a chain of a thousand rules, each of which needs the name
that the rule before it writes, would take a million looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from cleaner.engine.evidence import Evidence
from cleaner.engine.index import Index
from cleaner.text.edits import Edit

_Numbered: TypeAlias = tuple[int, Edit]


class Waiting:
    """The edits of one pass whose rules lack evidence so far."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        self._rules = index.rules
        self._evidence = evidence
        self._edits: dict[str, list[_Numbered]] = {}  # by rule, numbered in the order of arrival
        self._added = 0
        self._to_look_at: dict[str, None] = {}  # rules
        self._asking: dict[tuple[str, ...], list[str]] = {}  # by phrases: rules that ask for them

    def add(self, edits: Iterable[Edit]) -> None:
        """Add edits whose rules have a `when`."""
        for edit in edits:
            if edit.rule not in self._edits:
                self._edits[edit.rule] = []
                for phrases in self._evidence.asked_for(self._rules[edit.rule]):
                    self._asking.setdefault(phrases, []).append(edit.rule)
            self._edits[edit.rule].append((self._added, edit))
            self._to_look_at[edit.rule] = None
            self._added += 1

    def ready(self) -> list[Edit]:
        """Return the edits whose evidence is there now, and forget them."""
        news = self._evidence.news()
        for phrases in news.phrases:
            self._to_look_at |= dict.fromkeys(self._asking.get(phrases, ()))
        if news.damage:
            self._to_look_at |= dict.fromkeys(filter(self._needs_damage, self._edits))
        ready: list[_Numbered] = []
        for id_ in self._to_look_at:
            rule = self._rules[id_]
            still: list[_Numbered] = []
            for numbered in self._edits[id_]:
                holds = self._evidence.holds(rule, numbered[1].span)
                (ready if holds else still).append(numbered)
            self._edits[id_] = still
        self._to_look_at.clear()
        return [edit for _, edit in sorted(ready)]

    def _needs_damage(self, rule: str) -> bool:
        when = self._rules[rule].when
        return bool(when and when.damaged)

    def __iter__(self) -> Iterator[Edit]:
        """Yield the edits that still wait."""
        for edits in self._edits.values():
            yield from (edit for _, edit in edits)
