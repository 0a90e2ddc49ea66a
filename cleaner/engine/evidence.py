"""What speaks for a rule and what forbids it: `when`, `unless`, and correct forms that stand in the
way.

Evidence counts entities, not spellings. A phrase in `when` that names an entity is met by any
correct form of it and by any garbled form whose own rule fires; so which rule comes first never
matters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from cleaner.engine.index import Index
from cleaner.rules.model import Rule, When
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Found, spelled

_WORD = re.compile(r"\w+")


class Evidence:
    """The evidence in one document, given where forms and phrases stand; it grows as rules are seen
    to fire.
    """

    def __init__(
        self, document: Document, found: Found, index: Index, *, damaged: bool = False
    ) -> None:
        self._document, self._found, self._index = document, found, index
        self._fired: dict[str, list[Span]] = {}
        self._sorted: dict[tuple[str, ...], list[Span]] = {}
        self.damaged = damaged

    def learn(self, edits: Iterable[Edit]) -> None:
        """Take in edits that fire: their entities are present, and some of them are undoubted
        damage.
        """
        for edit in edits:
            self._fired.setdefault(edit.rule, []).append(edit.span)
            if wanted := self._index.rules[edit.rule].damage:
                self.damaged |= len(self._fired[edit.rule]) >= wanted
        self._sorted.clear()

    def holds(self, rule: Rule, span: Span) -> bool:
        """Whether every condition of the rule's `when` is met for a match at `span`."""
        if (when := rule.when) is None:
            return True
        if when.damaged and not self.damaged:
            return False
        if when.document:
            local = when.paragraph or when.near
            own = () if local else self._index.forms(rule.id)
            if not any(not span.overlaps(there) for there in self._spans((*when.document, *own))):
                return False
        if when.paragraph and not any(self._beside(when.paragraph, span)):
            return False
        return not when.near or self._near(when, span)

    def lacking(self, rule: Rule, span: Span) -> str:
        """What is missing for a rule to fire at `span`, in words; "" if nothing is."""
        if self.holds(rule, span) or (when := rule.when) is None:
            return ""
        if when.damaged:
            return "the document shows no undoubted damage"
        if when.near:
            return (
                f"within {when.words} words in its paragraph stands none of: {', '.join(when.near)}"
            )
        if when.paragraph:
            return f"its paragraph names none of: {', '.join(when.paragraph)}"
        return f"the document names none of: {', '.join((*when.document, *self._index.forms(rule.id)))}"

    def _spans(self, phrases: tuple[str, ...]) -> list[Span]:
        if (known := self._sorted.get(phrases)) is None:
            rules = {rule: None for phrase in phrases for rule in self._index.named.get(phrase, ())}
            forms = [*phrases, *(form for rule in rules for form in self._index.forms(rule))]
            spans = [span for form in dict.fromkeys(forms) for span in self._found.get(form, ())]
            spans += [span for rule in rules for span in self._fired.get(rule, ())]
            known = self._sorted[phrases] = sorted(spans)
        return known

    def _beside(self, phrases: tuple[str, ...], span: Span) -> Iterator[Span]:
        """The evidence in the block of the match, beside the match itself, in the order of the
        text.
        """
        block = self._document.block(span.start)
        spans = self._spans(phrases)
        for at in range(bisect_left(spans, (block.start,)), len(spans)):
            if spans[at].start >= block.end:
                break
            if block.covers(spans[at]) and not spans[at].overlaps(span):
                yield spans[at]

    def _near(self, when: When, span: Span) -> bool:
        """Whether the next evidence on either side is near enough."""
        block = self._document.block(span.start)
        spans = self._spans(when.near)
        here = bisect_left(spans, span)
        for side in (range(here - 1, -1, -1), range(here, len(spans))):
            for there in map(spans.__getitem__, side):
                if not block.covers(there):
                    break
                if not there.overlaps(span):
                    first, second = sorted((span, there))
                    words = islice(
                        _WORD.finditer(self._document.text, first.end, second.start), when.words + 1
                    )
                    if sum(1 for _ in words) <= when.words:
                        return True
                    break
        return False


class Guards:
    """Where no rule may fire: inside or across a correct form, and inside a phrase of its own
    `unless`.
    """

    def __init__(self, document: Document, found: Found, index: Index) -> None:
        self._found = found
        rights = [form for form in found if isinstance(form, str) and form in index.right]
        self._right = sorted(
            {span for form in rights for span in found[form] if spelled(document.text, span, form)}
        )
        self._reach = _reach(self._right)

    def allow(self, rule: Rule, span: Span) -> bool:
        """Whether the rule may speak about `span`."""
        return self.obstacle(rule, span) is None

    def obstacle(self, rule: Rule, span: Span) -> Span | None:
        """The correct form, or the phrase of the rule's `unless`, that keeps it from speaking about
        `span`.

        A correct form wholly inside a longer garbled one is no obstacle.
        """
        at = bisect_left(self._right, (span.end,))
        while at and self._reach[at - 1] > span.start:
            at -= 1
            right = self._right[at]
            if right.overlaps(span) and not span.covers(right):
                return right
        return next(
            filter(
                None, (self._holding(self._found.get(phrase, ()), span) for phrase in rule.unless)
            ),
            None,
        )

    def _holding(self, spans: Sequence[Span], span: Span) -> Span | None:
        """Of the occurrences of one phrase, which are in order, the one that covers `span`."""
        before = bisect_right(spans, span.start, key=attrgetter("start"))
        return spans[before - 1] if before and spans[before - 1].covers(span) else None


def _reach(spans: Sequence[Span]) -> list[int]:
    """For every span, how far it or one before it reaches."""
    out: list[int] = []
    for _, end in spans:
        out.append(max(end, out[-1]) if out else end)
    return out


def outermost(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that stand in no longer one: “Ma Win” inside “Ma Win Do” is not a name of its own.

    >>> short, long = Edit(Span(0, 6), "Ma Yun", ("a",)), Edit(Span(0, 9), "Ma Yuntao", ("b",))
    >>> outermost([short, long]) == [long]
    True
    """
    out: list[Edit] = []
    widest = Span(-1, -1)
    for edit in sorted(edits, key=lambda edit: (edit.span.start, -edit.span.end)):
        if edit.span.end > widest.end:
            widest = edit.span
        if edit.span == widest:
            out.append(edit)
    return out
