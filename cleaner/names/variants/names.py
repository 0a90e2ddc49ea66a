"""Whether a name of several words is another spelling of one: Im Hyo-jun and Hyo-jun Lim.

Two kinds are looked for: the same letters with other spaces, hyphens, capitals or another order of
the words; and Koreans whose surname and given name may be the same Hangul.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cleaner.names.pivot.script import words
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.names.suggestion import Relation
from cleaner.names.variants.hangul import (
    MIN_LIKENESS,
    common_hangul,
    is_korean_given,
    is_korean_syllable,
    surname_likeness,
    usual_spelling,
)
from cleaner.names.variants.links import Form, Link, frequency, ranked_pairs
from cleaner.names.variants.words import weight_of
from cleaner.names.vocabulary import is_word, not_in_names

_MIN_JOINED = 6  # letters of a name that may be written in one word


class _Person(NamedTuple):
    """A name read as that of a Korean."""

    form: Form
    surname: str
    given: str
    surname_last: bool


@dataclass
class NameVariants:
    """Compares the names of several words, and words that may be such names without spaces."""

    names: Sequence[Form]
    words: Sequence[Form]

    @cached_property
    def _skeletons(self) -> Skeletons:
        return Skeletons(load(USUAL_PIVOT).skeleton)

    def links(self) -> Iterator[Link]:
        """Yield the links between names that may be one."""
        yield from self._same_letters()
        yield from self._other_order()
        yield from self._same_hangul()

    def _same_letters(self) -> Iterator[Link]:
        """Yield links between names that differ in spaces, hyphens, accents or capitals."""
        buckets: defaultdict[str, list[Form]] = defaultdict(list)
        for form in self.names:
            buckets[form.letters].append(form)
        for form in self.words:
            if len(form.letters) >= _MIN_JOINED and form.letters in buckets:
                buckets[form.letters].append(form)
        for variant, canonical in ranked_pairs(buckets.values()):
            if " " not in variant.text + canonical.text:
                continue
            is_case = variant.text.lower() == canonical.text.lower()
            how = "other capitals" if is_case else "other spaces or hyphens"
            relation: Relation = "case" if is_case else "spelling"
            yield _link(variant, canonical, {"whole name, same letters": 1.0}, how, relation)

    def _other_order(self) -> Iterator[Link]:
        buckets: defaultdict[tuple[str, ...], list[Form]] = defaultdict(list)
        for form in self.names:
            buckets[tuple(sorted(words(form.text)))].append(form)
        for variant, canonical in ranked_pairs(buckets.values()):
            if _is_flipped(variant, canonical):
                features = {"whole name, other order": 1.0}
                yield _link(variant, canonical, features, "the same words in another order")

    def _same_hangul(self) -> Iterator[Link]:
        """Yield links between Koreans whose names some Hangul can be written as."""
        buckets: defaultdict[str, list[Form]] = defaultdict(list)
        people: dict[str, list[_Person]] = {}
        for form in self.names:
            people[form.text] = list(_people(form))
            for person in people[form.text]:
                # the skeletons of Woo-hee and U-hui differ in how h is read
                key = self._skeletons.of(person.given).replace("h", "")
                if form not in buckets[key][-1:]:
                    buckets[key].append(form)
        for variant, canonical in ranked_pairs(buckets.values()):
            if variant.letters == canonical.letters:
                continue
            link = _same_person(variant, people[variant.text], canonical, people[canonical.text])
            if link:
                yield link


def _is_flipped(variant: Form, canonical: Form) -> bool:
    """Return whether two names differ in which of their words is the surname.

    The others keep their order: John Charles Cole is not Charles John Cole. An ordinary word that
    no Korean may be called is no part of a name: West Tyrone is not Tyrone West.
    """
    one, other = words(variant.text), words(canonical.text)
    if one == other or one not in ([*other[1:], other[0]], [other[-1], *other[:-1]]):
        return False
    if any(_people(variant)):
        return True
    tables = load(USUAL_PIVOT)
    return not any(
        word in not_in_names() or (is_word(word) and word not in tables.surnames) for word in one
    )


def _people(form: Form) -> Iterator[_Person]:
    """Yield the readings of a name as a Korean's: surname first, surname last."""
    parts = words(form.text)
    if not 2 <= len(parts) <= 3 or " " not in form.text:
        return
    surnames = load(USUAL_PIVOT).surnames
    first, *rest = parts
    is_given = is_korean_given(rest) or is_korean_syllable(rest)
    if usual_spelling(first) in surnames and is_given:
        yield _Person(form, first, "".join(rest), surname_last=False)
    *rest, last = parts
    if usual_spelling(last) in surnames and is_korean_given(rest):
        yield _Person(form, last, "".join(rest), surname_last=True)


def _same_person(
    variant: Form, readings: Sequence[_Person], canonical: Form, others: Sequence[_Person]
) -> Link | None:
    """Return the link between two Koreans' names, by the reading that makes them most alike."""
    hangul = common_hangul()
    best = 0.0
    flipped = False
    for one in readings:
        for other in others:
            surnames = surname_likeness(one.surname, other.surname)
            given = hangul.likeness(one.given, other.given)
            if min(surnames, given) >= MIN_LIKENESS and surnames * given > best:
                best = surnames * given
                flipped = one.surname_last != other.surname_last
    if not best:
        return None
    how = "one name in Hangul" + (", in the other order" if flipped else "")
    features = {"whole name, one Hangul": 1.0, "whole name, likeness in Hangul": math.log(best)}
    if len(words(variant.text)) == 2 and not is_korean_given(words(variant.text)[1:]):
        features["whole name, short"] = 1.0
    return _link(variant, canonical, features, how)


def _link(
    variant: Form,
    canonical: Form,
    features: Mapping[str, float],
    how: str,
    relation: Relation = "spelling",
) -> Link:
    tenfold = {"whole name, tenfold": frequency(variant, canonical)}
    why = f"{variant.text} ~ {canonical.text}: {how}"
    return Link(variant, canonical, weight_of({**features, **tenfold}), why, relation)
