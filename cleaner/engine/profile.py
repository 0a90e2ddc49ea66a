"""How long the kinds of fixes and the rules take: the engine run with a tracer that has a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time

from cleaner.engine.trace import Tracer
from cleaner.fixers import Fixer, Hits
from cleaner.rules.model import Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.stopwatch import Stopwatch


@dataclass
class Cost:
    """What a kind or a rule has cost so far.

    Attributes:
        seconds: of CPU time.
        hits: places where a literal of a rule occurs.
        edits: what was asked for there, whether or not it was applied.
    """

    seconds: float = 0.0
    hits: int = 0
    edits: int = 0

    def add(self, seconds: float, hits: int, edits: int) -> None:
        """Add what one more search has cost."""
        self.seconds += seconds
        self.hits += hits
        self.edits += edits


class Profile(Tracer):
    """Measures what fixers do.

    A fixer looks at all rules of its kind together; that is the time of the kind. Then each of
    these rules is looked at once more, alone. The times of the rules do not add up to that of their
    kind, because what they share is worked out again for each, or is known already.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, Cost] = {}
        self._rules: dict[str, Cost] = {}
        self.overhead = 0.0  # seconds that measuring the rules has taken

    @property
    def kinds(self) -> Mapping[str, Cost]:
        """The cost of each kind."""
        return self._kinds

    @property
    def rules(self) -> Mapping[str, Cost]:
        """The cost of each rule, alone, by its id."""
        return self._rules

    def ask(
        self, fixer: Fixer, document: Document, rules: Sequence[Rule], hits: Hits
    ) -> Iterable[Edit]:
        """See `Tracer`."""
        kind = self._kinds.setdefault(rules[0].kind, Cost())
        edits = _measured(kind, fixer, document, rules, hits)
        began = process_time()
        searching, document.searching = document.searching, Stopwatch()  # this does not count
        for rule in rules:
            cost = self._rules.setdefault(rule.id, Cost())
            _measured(cost, fixer, document, [rule], {rule.id: hits[rule.id]})
        document.searching = searching
        self.overhead += process_time() - began
        return edits


def _measured(
    cost: Cost, fixer: Fixer, document: Document, rules: Sequence[Rule], hits: Hits
) -> list[Edit]:
    """Return what a fixer asks for, and add what that has cost."""
    began = process_time()
    edits = list(fixer.edits(document, rules, hits))
    cost.add(process_time() - began, sum(map(len, hits.values())), len(edits))
    return edits
