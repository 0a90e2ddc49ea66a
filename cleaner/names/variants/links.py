"""Forms that may be spellings of other forms, and which pairs of forms are worth comparing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.suggestion import Relation
from cleaner.names.variants.letters import MIN_MOVED
from cleaner.names.variants.sightings import Seen

TWO_CHANGES = 7  # letters from which on two of them may differ
_MIN_FRAME = 3  # consonants of which two words have the same in common
# Frames are skeletons without the classes of vowels; in them z and j are as good as s.
_TO_FRAME = str.maketrans("c", "s", "aeio")
_MAX_BUCKET = 8  # forms of a bucket with which all others of it are compared
_MOST_TENFOLD = 2.0  # a name seen thousands of times has unlike neighbours too
_TRUSTED_COUNT = 100  # how often a right name counts as seen at least
_RIGHT_TIMES = 3  # times that a form counts as seen which is rightly spelled


Rank = tuple[bool, int, int, int, str]


class Form(NamedTuple):
    """A form that may be a name.

    Attributes:
        text: the form.
        letters: its plain letters.
        seen: what is known of it.
        trusted: whether a rule or a list says that it is right.
        may_be_variant: whether it may be a misspelling of another form.
        spelled: whether it is a right name, or a part of one.
        support: how often its words are seen, alone or in other names.
    """

    text: str
    letters: str
    seen: Seen
    trusted: bool = False
    may_be_variant: bool = True
    spelled: bool = False
    support: int = 0

    @property
    def rank(self) -> Rank:
        """What makes one form rather canonical than another; the highest wins."""
        count = self.seen.count * (_RIGHT_TIMES if self.spelled else 1)
        return self.trusted, count, self.support, len(self.text), self.text


class Link(NamedTuple):
    """A form that may be a spelling of another one.

    Attributes:
        variant: the form.
        canonical: the other form.
        weight: the logarithm of the odds that it is one.
        why: what speaks for it, in words.
        relation: `case` if only capitals differ.
    """

    variant: Form
    canonical: Form
    weight: float
    why: str
    relation: Relation = "spelling"


Pair = tuple[Form, Form]


def close_pairs(forms: Sequence[Form], skeletons: Skeletons) -> Iterator[Pair]:
    """Yield pairs of forms that differ in a letter or two, or have the same consonants by class.

    Args:
        forms: forms without repetition.
        skeletons: makes skeletons of plain letters.
    """
    buckets: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        # the capitals keep the kinds of buckets apart
        skeleton = skeletons.of(form.letters)
        buckets["S" + skeleton].append(form)
        frame = skeleton.translate(_TO_FRAME)
        if len(frame) >= _MIN_FRAME:
            buckets["F" + frame].append(form)
        if len(form.letters) >= MIN_MOVED:
            buckets["M" + "".join(sorted(form.letters))].append(form)
        for rest in _deletions(form.letters):
            buckets[rest].append(form)
    return ranked_pairs(buckets.values())


def ranked_pairs(buckets: Iterable[Sequence[Form]]) -> Iterator[Pair]:
    """Yield the pairs of forms that share a bucket, each once, the lower rank first.

    The first form of each may be a variant. In a large bucket only the highest ranks are compared
    with all others, so that the work stays linear.
    """
    seen: set[tuple[str, str]] = set()
    for bucket in buckets:
        if len(bucket) < 2:
            continue
        ranked = sorted(bucket, key=lambda form: form.rank, reverse=True)
        for place, canonical in enumerate(ranked[:_MAX_BUCKET]):
            for variant in ranked[place + 1 :]:
                pair = (variant.text, canonical.text)
                if variant.may_be_variant and pair not in seen:
                    seen.add(pair)
                    yield variant, canonical


def frequency(variant: Form, canonical: Form) -> float:
    """Return how much oftener the canonical form is seen, as the logarithm to the base of ten."""
    count = canonical.seen.count
    if canonical.trusted:
        count = max(count, _TRUSTED_COUNT)
    return min(_MOST_TENFOLD, math.log10(max(count, 1) / variant.seen.count))


def _deletions(letters: str) -> set[str]:
    """Return what is left of a word when one letter, or of a longer word up to two, is left out.

    Two words that differ in one letter share one of these.

    >>> sorted(_deletions("esuar"))
    ['esar', 'esua', 'esuar', 'esur', 'euar', 'suar']
    """
    rests = {letters}
    rests.update(_without_one(letters))
    if len(letters) >= TWO_CHANGES:
        for rest in tuple(rests):
            rests.update(_without_one(rest))
    return rests


def _without_one(letters: str) -> Iterator[str]:
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1 :]
