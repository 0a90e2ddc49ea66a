"""What allows a rule to act and what forbids it: `when`, `unless`, and right forms of other names.

Evidence counts entities, not spellings. A phrase in `when` that names an entity is met by any
right form of that entity, and by any variant whose own rule fires. So it never matters which rule
comes first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from cleaner.engine.index import Index
from cleaner.rules.model import Rule, When
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Found, spelled

_WORD = re.compile(r"\w+")

# Damage is frequent where at least so many edits of its kind, and signs of a damaged page, begin at
# most so many code points away: about a page around the place.
_FREQUENT = 3
_AROUND = 1_500
_ENOUGH = 0.999  # of a proof of damage, since thirds do not add up to exactly 1


class News(NamedTuple):
    """What was learned since somebody asked last.

    Attributes:
        phrases: groups of phrases for which there is more evidence now.
        damage: whether there is more proof of damage.
    """

    phrases: Iterable[tuple[str, ...]]
    damage: bool


class Evidence:
    """The evidence in one document. It grows while rules are seen to fire.

    Args:
        document: the document.
        found: where the literals of all rules occur in it.
        index: the rules.
        damaged: whether the document counts as damaged from the beginning; otherwise rules that
            prove damage have to fire first.
    """

    def __init__(
        self, document: Document, found: Found, index: Index, *, damaged: bool = False
    ) -> None:
        self._document, self._found, self._index = document, found, index
        self._fired: dict[str, list[Span]] = {}
        self._spans_of: dict[tuple[str, ...], list[Span]] = {}  # by phrases
        # By rule: the groups of phrases for which its entity is evidence.
        self._asking: dict[str, list[tuple[str, ...]]] = {}
        self._news: dict[tuple[str, ...], None] = {}
        self._more_damage = False
        self._signs: list[int] = []  # where edits begin that prove damage, sorted
        self._wanted: dict[str, list[int]] = {}  # the same of edits that wait, by kind of damage
        self._proof = 0.0  # how much of a proof of damage the edits are that fired
        self._forced = damaged
        self.damaged = damaged

    def learn(self, edits: Iterable[Edit]) -> None:
        """Add edits that fire: their entities are present, and some of them prove damage."""
        for edit in edits:
            self._fired.setdefault(edit.rule, []).append(edit.span)
            damage = self._index.rules[edit.rule].damage
            if damage:
                insort(self._signs, edit.span.start)
                self._proof += damage.share(1, len(self._document.text))
                self._more_damage = True
            for phrases in self._asking.get(edit.rule, ()):
                insort(self._spans_of[phrases], edit.span)
                self._news[phrases] = None
        self.damaged = self.damaged or self._proof > _ENOUGH

    def news(self) -> News:
        """Return what was learned since the last call."""
        news = News(self._news, damage=self._more_damage)
        self._news, self._more_damage = {}, False
        return news

    def asked_for(self, rule: Rule) -> Iterator[tuple[str, ...]]:
        """Yield the groups of phrases that the answer of `holds` for a rule hangs on."""
        when = rule.when
        if when:
            yield from (self._anywhere(when, rule), when.paragraph, when.near)

    def notice(self, edits: Iterable[Edit]) -> None:
        """Add edits that wait for damage of their kind to be frequent around them."""
        for edit in edits:
            when = self._index.rules[edit.rule].when
            if when and when.frequent:
                self._wanted.setdefault(when.frequent, []).append(edit.span.start)
        for places in self._wanted.values():
            places.sort()

    def _is_frequent(self, kind: str, span: Span) -> bool:
        """Return whether edits of one kind of damage, and proofs of any, are frequent here."""
        around = Span(span.start - _AROUND, span.start + _AROUND)
        near = _count_in(self._wanted.get(kind, ()), around) + _count_in(self._signs, around)
        return self._forced or near >= _FREQUENT

    def holds(self, rule: Rule, span: Span) -> bool:
        """Return whether every condition of the rule's `when` is met for a match at `span`."""
        when = rule.when
        if when is None:
            return True
        if when.damaged and not self.damaged:
            return False
        if when.frequent and not self._is_frequent(when.frequent, span):
            return False
        if when.document and not self._in_document(when, rule, span):
            return False
        if when.paragraph and not any(self._in_block(when.paragraph, span)):
            return False
        return not when.near or self._is_near(when, span)

    def lacking(self, rule: Rule, span: Span) -> str:
        """Say what is missing for a rule to fire at `span`; "" if nothing is."""
        when = rule.when
        if when is None or self.holds(rule, span):
            return ""
        if when.damaged and not self.damaged:
            return "the document shows no proven damage"
        if when.frequent and not self._is_frequent(when.frequent, span):
            return f"damage of the kind “{when.frequent}” is rare around it"
        if when.near:
            return f"none of these is within {when.words} words: {', '.join(when.near)}"
        if when.paragraph:
            return f"its paragraph names none of: {', '.join(when.paragraph)}"
        phrases = (*when.document, *self._index.right_forms(rule.id))
        return f"the document names none of: {', '.join(phrases)}"

    def _in_document(self, when: When, rule: Rule, span: Span) -> bool:
        """Return whether the evidence of `document` is anywhere, except in the match itself."""
        spans = self._spans(self._anywhere(when, rule))
        return any(not span.overlaps(there) for there in spans)

    def _anywhere(self, when: When, rule: Rule) -> tuple[str, ...]:
        """Return the phrases that are evidence wherever they stand.

        Without a narrower condition, a right form of the rule's own entity is evidence too.
        """
        narrower = when.paragraph or when.near
        own = () if narrower else self._index.right_forms(rule.id)
        return (*when.document, *own)

    def _spans(self, phrases: tuple[str, ...]) -> list[Span]:
        """Return where the entities that these phrases name are, sorted."""
        known = self._spans_of.get(phrases)
        if known is not None:
            return known
        rules: dict[str, None] = {}
        for phrase in phrases:
            for rule in self._index.named.get(phrase, ()):
                rules[rule] = None
        forms = dict.fromkeys(phrases)
        spans: list[Span] = []
        for rule in rules:
            forms |= dict.fromkeys(self._index.right_forms(rule))
            spans += self._fired.get(rule, ())
            self._asking.setdefault(rule, []).append(phrases)
        for form in forms:
            spans += self._found.get(form, ())
        spans.sort()
        self._spans_of[phrases] = spans
        return spans

    def _in_block(self, phrases: tuple[str, ...], span: Span) -> Iterator[Span]:
        """Yield the evidence in the block of the match, without the match itself, in order."""
        block = self._document.block(span.start)
        spans = self._spans(phrases)
        for at in range(bisect_left(spans, (block.start,)), len(spans)):
            there = spans[at]
            if there.start >= block.end:
                break
            if block.covers(there) and not there.overlaps(span):
                yield there

    def _is_near(self, when: When, span: Span) -> bool:
        """Return whether the next evidence before or after the match is near enough."""
        block = self._document.block(span.start)
        spans = self._spans(when.near)
        here = bisect_left(spans, span)
        before = (spans[at] for at in range(here - 1, -1, -1))
        after = (spans[at] for at in range(here, len(spans)))
        for side in (before, after):
            next_one = self._next(side, block, span)
            if next_one and self._words_between(span, next_one, when.words) <= when.words:
                return True
        return False

    def _next(self, side: Iterable[Span], block: Span, span: Span) -> Span | None:
        """Return the first span on one side that is in the block and not the match itself."""
        for there in side:
            if not block.covers(there):
                return None
            if not there.overlaps(span):
                return there
        return None

    def _words_between(self, one: Span, other: Span, most: int) -> int:
        """Count the words between two spans; stop after one more than `most`."""
        first, second = sorted((one, other))
        words = _WORD.finditer(self._document.text, first.end, second.start)
        return sum(1 for _ in islice(words, most + 1))


class Guards:
    """Where no rule may fire: in or across a right form, and in a phrase of its own `unless`."""

    def __init__(self, document: Document, found: Found, index: Index) -> None:
        self._found = found
        right: set[Span] = set()
        for form, spans in found.items():
            if isinstance(form, str) and form in index.right:
                right.update(span for span in spans if spelled(document.text, span, form))
        self._right = sorted(right)
        self._reach = _reach(self._right)

    def obstacle(self, rule: Rule, span: Span) -> Span | None:
        """Return what forbids the rule to act on `span`: a right form or a phrase of `unless`.

        A right form that lies entirely inside a longer variant is no obstacle.
        """
        at = bisect_left(self._right, (span.end,))
        while at and self._reach[at - 1] > span.start:
            at -= 1
            right = self._right[at]
            if right.overlaps(span) and not span.covers(right):
                return right
        for phrase in rule.unless:
            holding = _holding(self._found.get(phrase, ()), span)
            if holding is not None:
                return holding
        return None


def _count_in(places: Sequence[int], span: Span) -> int:
    """Return how many of some sorted positions lie in a span."""
    return bisect_left(places, span.end) - bisect_left(places, span.start)


def _holding(spans: Sequence[Span], span: Span) -> Span | None:
    """Return the one of some sorted spans that covers `span`, or None."""
    before = bisect_right(spans, span.start, key=attrgetter("start"))
    if before and spans[before - 1].covers(span):
        return spans[before - 1]
    return None


def _reach(spans: Sequence[Span]) -> list[int]:
    """Return for every span how far it, or one before it, reaches."""
    reach: list[int] = []
    furthest = 0
    for _, end in spans:
        furthest = max(furthest, end)
        reach.append(furthest)
    return reach
