"""What allows a rule to act and what forbids it: `when`, `unless`, and right forms of other names.

Evidence counts entities, not spellings. A phrase in `when` that names an entity is met by any
right form of that entity, and by any variant whose own rule fires. So it never matters which rule
comes first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from cleaner.engine.index import Index
from cleaner.engine.sightings import Sightings
from cleaner.rules.model import Entity, Rule, When
from cleaner.text.boundaries import is_mentioned, is_written
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Found, spelled
from cleaner.text.seen import has_quotation_marks, without_quotation_marks

_WORD = re.compile(r"\w+")
_REACH = 100  # code points beside a match in which a quotation mark may be in a name with it

# Damage is frequent where at least so many edits of its kind, and signs of a damaged page, begin at
# most so many code points away: about a page around the place.
_FREQUENT = 3
AROUND = 1_500
_ENOUGH = 0.999  # of a proof of damage, since thirds do not add up to exactly 1


class Condition(Enum):
    """The conditions of a `when`, in the order in which they are looked at."""

    DAMAGED = auto()
    FREQUENT = auto()
    DOCUMENT = auto()
    PARAGRAPH = auto()
    NEAR = auto()


class News(NamedTuple):
    """What was learned from edits that fired.

    Attributes:
        evidence: by groups of phrases, the new evidence for them.
        signs: where edits begin that prove damage.
    """

    evidence: Mapping[tuple[str, ...], Sequence[Span]]
    signs: Sequence[int]


class Evidence:
    """The evidence in one document. It grows while rules are seen to fire.

    Args:
        document: the document.
        sightings: where the literals of all rules occur in it.
        index: the rules.
        damaged: whether the document counts as damaged from the beginning; otherwise rules that
            prove damage have to fire first.
    """

    def __init__(
        self,
        document: Document,
        sightings: Sightings,
        index: Index,
        *,
        damaged: bool = False,
    ) -> None:
        self._document, self._index = document, index
        self._sightings = sightings
        self._mentions: dict[str, list[Span]] = {}  # by form
        self._fired: dict[str, list[Span]] = {}
        self._spans_of: dict[tuple[str, ...], list[Span]] = {}  # by phrases
        self._ends_of: dict[tuple[str, ...], list[tuple[int, int]]] = {}  # the same by their ends
        # By rule: the groups of phrases for which its entity is evidence.
        self._asking: dict[str, list[tuple[str, ...]]] = {}
        self._signs: list[int] = []  # where edits begin that prove damage, sorted
        self._wanted: dict[str, list[int]] = {}  # the same of edits that wait, by kind of damage
        self._proof = 0.0  # how much of a proof of damage the edits are that fired
        self._forced = damaged
        self.damaged = damaged

    def remember(self, applied: Iterable[tuple[int, Edit]]) -> None:
        """Add the damage that earlier passes repaired, so that a later one finishes their work.

        Args:
            applied: the edits so far, each with where it begins in the document as it is now.
        """
        for at, edit in applied:
            for rule in map(self._index.rules.__getitem__, edit.rules):
                if rule.damage:
                    insort(self._signs, at)
                    self._proof += rule.damage.share(1, len(self._document.text))
                if rule.when and rule.when.frequent:
                    self._wanted.setdefault(rule.when.frequent, []).append(at)
        self.damaged = self.damaged or self._proof > _ENOUGH

    def learn(self, edits: Iterable[Edit]) -> News:
        """Add edits that fire: their entities are present, and some of them prove damage."""
        new_evidence: dict[tuple[str, ...], list[Span]] = {}
        new_signs: list[int] = []
        for edit in edits:
            self._fired.setdefault(edit.rule, []).append(edit.span)
            damage = self._index.rules[edit.rule].damage
            if damage:
                insort(self._signs, edit.span.start)
                self._proof += damage.share(1, len(self._document.text))
                new_signs.append(edit.span.start)
            for phrases in self._asking.get(edit.rule, ()):
                insort(self._spans_of[phrases], edit.span)
                if phrases in self._ends_of:
                    insort(self._ends_of[phrases], (edit.span.end, edit.span.start))
                new_evidence.setdefault(phrases, []).append(edit.span)
        self.damaged = self.damaged or self._proof > _ENOUGH
        return News(new_evidence, new_signs)

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
        around = Span(span.start - AROUND, span.start + AROUND)
        near = _count_in(self._wanted.get(kind, ()), around) + _count_in(self._signs, around)
        return self._forced or near >= _FREQUENT

    def unmet(self, rule: Rule, span: Span) -> Condition | None:
        """Return the first condition of the rule's `when` that is not met for a match at `span`."""
        when = rule.when
        if when is None:
            return None
        if when.damaged and not (self.damaged or rule.otherwise):
            return Condition.DAMAGED
        if when.frequent and not self._is_frequent(when.frequent, span):
            return Condition.FREQUENT
        if when.document and not self._in_document(when, rule, span):
            return Condition.DOCUMENT
        if when.paragraph and not any(self._in_block(when.paragraph, span)):
            return Condition.PARAGRAPH
        if when.near and not self._is_near(when, span):
            return Condition.NEAR
        return None

    def phrases_of(self, rule: Rule, condition: Condition) -> tuple[str, ...]:
        """Return the phrases that a condition of a rule's `when` asks for."""
        when = rule.when
        match condition:
            case Condition.DOCUMENT if when:
                return self._anywhere(when, rule)
            case Condition.PARAGRAPH if when:
                return when.paragraph
            case Condition.NEAR if when:
                return when.near
        return ()

    def lacking(self, rule: Rule, span: Span) -> str:
        """Say what is missing for a rule to fire at `span`; "" if nothing is."""
        when = rule.when
        if when is None or self.unmet(rule, span) is None:
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
        phrases = self._anywhere(when, rule)
        if phrases not in self._spans_of and self._is_plainly_mentioned(phrases, span):
            return True
        return any(not span.overlaps(there) for there in self._spans(phrases))

    def _is_plainly_mentioned(self, phrases: Iterable[str], span: Span) -> bool:
        """Return whether a phrase is mentioned as it is, which is found out at little cost."""
        for phrase in phrases:
            for there in self._plain_mentions_of(phrase):
                if not span.overlaps(there):
                    return True
        return False

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
            spans += self._plain_mentions_of(form)
        for across in self._sightings.across_marks(forms).values():
            spans += filter(self._is_mentioned, across)
        spans.sort()
        self._spans_of[phrases] = spans
        return spans

    def _plain_mentions_of(self, form: str) -> list[Span]:
        """Return where a form is mentioned as a whole name, without quotation marks inside it."""
        known = self._mentions.get(form)
        if known is None:
            spans = self._sightings.plain.get(form, ())
            known = self._mentions[form] = list(filter(self._is_mentioned, spans))
        return known

    def _is_mentioned(self, span: Span) -> bool:
        """Return whether a form that occurs at `span` is mentioned there as a whole name."""
        return is_mentioned(self._document.text, span, self._index.boundaries)

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
        """Return whether the next evidence before or behind the match is near enough."""
        block = self._document.block(span.start)
        for beside in (self._before(when.near, block, span), self._behind(when.near, block, span)):
            if beside and self.words_between(span, beside, when.words) <= when.words:
                return True
        return False

    def _before(self, phrases: tuple[str, ...], block: Span, span: Span) -> Span | None:
        """Return the evidence in a block that ends last before a match."""
        ends = self._ends_of.get(phrases)
        if ends is None:
            ends = sorted((end, start) for start, end in self._spans(phrases))
            self._ends_of[phrases] = ends
        for at in range(bisect_right(ends, (span.start, span.start)) - 1, -1, -1):
            end, start = ends[at]
            if end <= block.start:
                return None
            if start >= block.start:
                return Span(start, end)
        return None

    def _behind(self, phrases: tuple[str, ...], block: Span, span: Span) -> Span | None:
        """Return the evidence in a block that begins first behind a match."""
        spans = self._spans(phrases)
        for at in range(bisect_left(spans, (span.end,)), len(spans)):
            if spans[at].start >= block.end:
                return None
            if spans[at].end <= block.end:
                return spans[at]
        return None

    def words_between(self, one: Span, other: Span, most: int) -> int:
        """Count the words between two spans; stop after one more than `most`."""
        first, second = sorted((one, other))
        words = _WORD.finditer(self._document.text, first.end, second.start)
        return sum(1 for _ in islice(words, most + 1))


class Guards:
    """Where no rule may fire: in or across a right form, and in a phrase of its own `unless`.

    A right form in quotation marks (“Ant” Group) is an obstacle for names only: the quotation
    marks in it may be wrong.
    """

    def __init__(self, document: Document, sightings: Sightings, index: Index) -> None:
        self._document = document
        self._sightings = sightings
        self._index = index
        self._right_quoted: dict[Span, _Cover] = {}  # by parts of the text

    def _has_marks_near(self, span: Span) -> bool:
        start, end = max(0, span.start - _REACH), span.end + _REACH
        return has_quotation_marks(self._document.text[start:end])

    @cached_property
    def _right(self) -> _Cover:
        return _Cover(self._right_spans(self._sightings.plain))

    def _crossing_quoted(self, span: Span) -> Span | None:
        """Return a right form across quotation marks that a span overlaps without covering it."""
        part = self._sightings.part_around(span.start)
        cover = self._right_quoted.get(part)
        if cover is None:
            cover = _Cover(self._right_spans(self._sightings.quoted_in(part)))
            self._right_quoted[part] = cover
        return cover.crossing(span)

    def _right_spans(self, found: Found) -> set[Span]:
        """Return where right forms are written, rightly or in capitals."""
        text = self._document.text
        right: set[Span] = set()
        for form, spans in found.items():
            if isinstance(form, str) and form in self._index.right:
                for span in spans:
                    if is_written(text, span) and _is_spelled(span.of(text), form):
                        right.add(span)
        return right

    def obstacle(self, rule: Rule, span: Span) -> Span | None:
        """Return what forbids the rule to act on `span`: a right form or a phrase of `unless`.

        A right form that lies entirely inside a longer variant is no obstacle.
        """
        right = self._right.crossing(span)
        views = [self._sightings.plain]
        if isinstance(rule.options, Entity) and self._has_marks_near(span):
            views.append(self._sightings.quoted_in(self._sightings.part_around(span.start)))
            right = right or self._crossing_quoted(span)
        if right is not None:
            return right
        for phrase in rule.unless:
            for found in views:
                holding = _holding(found.get(phrase, ()), span)
                if holding is not None and is_written(self._document.text, holding):
                    return holding
        return None


class _Cover:
    """Spans that can be asked which of them another span would break."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._reach: list[int] = []  # for every span how far it, or one before it, reaches
        furthest = 0
        for _, end in self._spans:
            furthest = max(furthest, end)
            self._reach.append(furthest)

    def crossing(self, span: Span) -> Span | None:
        """Return one that overlaps `span` and is not entirely inside it, or None."""
        at = bisect_left(self._spans, (span.end,))
        while at and self._reach[at - 1] > span.start:
            at -= 1
            there = self._spans[at]
            if there.overlaps(span) and not span.covers(there):
                return there
        return None


def _count_in(places: Sequence[int], span: Span) -> int:
    """Return how many of some sorted positions lie in a span."""
    return bisect_left(places, span.end) - bisect_left(places, span.start)


def _is_spelled(there: str, form: str) -> bool:
    """Return whether a text is a form or the form in capitals, but for quotation marks."""
    if spelled(there, Span(0, len(there)), form):
        return True
    read = without_quotation_marks(there).text
    return read != there and spelled(read, Span(0, len(read)), form) is not None


def _holding(spans: Sequence[Span], span: Span) -> Span | None:
    """Return the one of some sorted spans that covers `span`, or None."""
    before = bisect_right(spans, span.start, key=attrgetter("start"))
    if before and spans[before - 1].covers(span):
        return spans[before - 1]
    return None
