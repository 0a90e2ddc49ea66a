"""Variants in a corpus: which forms are spellings of one name, without any list of names.

A name that documents write 300 times as Mashiro and 12 times as Masiro is Mashiro. What speaks for
one name: few letters differ, the rarer form is much rarer, both are in the same documents but not
in the same sentences, have the same honorifics and are beside the same names, or some Hangul can
be written as both. Only forms are compared that share a skeleton or all but one or two letters, so
the work grows with the number of forms.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cleaner.names.pivot.script import letters, words
from cleaner.names.suggestion import Group, Member, slug
from cleaner.names.variants.hangul import is_korean_given
from cleaner.names.variants.links import Form, Link, Rank
from cleaner.names.variants.names import NameVariants
from cleaner.names.variants.sightings import Seen, Sightings
from cleaner.names.variants.words import WordVariants
from cleaner.names.vocabulary import vocabulary
from cleaner.text.words import is_ordinary

IsName = Callable[[str], bool]

MIN_SCORE = 0.4  # a less likely variant is not worth a person's time
STRONG_SCORE = 0.97
_MIN_STRONG_LETTERS = 6
_MIN_STRONG_COUNT = 10  # sightings of the name for each of the form
_MIN_LETTERS = 4  # of a word that is compared
_CANONICAL_PLACES = 5  # of a canonical form that are kept

# Laughs, screams and other sounds.
_SOUND = re.compile(r"(.)\1\1|(..+?)\2\2|^[aeiouhwy]+$|^[^aeiouy]+$", re.IGNORECASE)
_DERIVED = ("s", "es", "d", "ed", "ing", "er", "ly", "ness")
_MANY_INSIDE = 100  # sightings from which on capitals alone make a word a name
_MIN_INSIDE = 5  # sightings inside sentences of a word of the dictionary that is a name
_NUMERAL = re.compile("[IVXLC]+", re.IGNORECASE)


def _never(_: str) -> bool:
    return False


def find_variants(
    sightings: Sightings,
    *,
    right: Collection[str] | IsName = (),
    spelled: IsName = _never,
    part: IsName = _never,
    known: IsName = _never,
    held: Callable[[str, str], bool] = lambda _form, _canonical: False,
) -> list[Group]:
    """Return groups of forms that are rarer spellings of one name, the likeliest first.

    Args:
        sightings: the forms of all documents.
        right: the right forms of names that rules or lists know. They are canonical, however rare
            they are, even if no document has them. A function says only of forms in the documents
            whether they are right.
        spelled: whether a form is rightly spelled, such as a name of the gazetteer. It is no
            variant, but canonical only if the other form is not much commoner.
        part: whether a word is a part of such a name. It is rather canonical than a variant.
        known: whether a form is settled: it is no variant, and canonical only if it is right.
        held: whether a person has rejected a form (the first argument) for a name (the second).
    """
    return _Finder(sightings, right, spelled, part, known, held).groups()


@dataclass
class _Finder:
    sightings: Sightings
    right: Collection[str] | IsName
    spelled: IsName
    part: IsName
    known: IsName
    held: Callable[[str, str], bool]

    def groups(self) -> list[Group]:
        by_words = _chosen(self._allowed(self._word_links()))
        by_names = _chosen(self._allowed(NameVariants(self._names, self._words).links()))
        groups = list(_grouped({**_without_parts(by_words, by_names), **by_names}))
        groups.sort(key=lambda group: (not group.strong, -group.score, -group.count, group.id))
        return groups

    def _word_links(self) -> Iterator[Link]:
        """Yield the links between words, and those of words that are seldom in small letters."""
        compared = WordVariants(self.sightings)
        yield from compared.links(self._words)
        for link in compared.small(self._words):
            if not self.known(link.variant.text):
                yield link

    def _allowed(self, links: Iterable[Link]) -> Iterator[Link]:
        """Leave out links that a person has rejected."""
        for link in links:
            if not self.held(link.variant.text, link.canonical.text):
                yield link

    @cached_property
    def _right_forms(self) -> frozenset[str]:
        """The right forms that are listed."""
        return frozenset() if callable(self.right) else frozenset(self.right)

    def _is_right(self, form: str) -> bool:
        return self.right(form) if callable(self.right) else form in self._right_forms

    def _form(self, text: str, seen: Seen) -> Form | None:
        """Return a form that documents have; None if it is settled and not right."""
        trusted = self._is_right(text) or text in self._right_words
        settled = self.known(text)
        if settled and not trusted:
            return None
        plain = letters(text)
        if seen.only_in_capitals and plain in self._letters_in_small:
            return None
        spelled = self.spelled(text)
        free = not (trusted or settled or spelled) and bool(seen.shown.places)
        is_right = trusted or spelled or self.part(text)
        support = self._support(text, seen)
        return Form(text, plain, seen, trusted, free, is_right, support)

    @cached_property
    def _letters_in_small(self) -> frozenset[str]:
        """The plain letters of all forms that are written in small letters somewhere.

        A form in capitals with the same letters is no spelling of its own.
        """
        tables = (self.sightings.words, self.sightings.names)
        return frozenset(
            letters(text)
            for table in tables
            for text, seen in table.items()
            if not seen.only_in_capitals
        )

    @cached_property
    def _words(self) -> list[Form]:
        """The words that may be names, sorted."""
        found = []
        for text, seen in self.sightings.words.items():
            if not self._looks_like_name(text, seen):
                continue
            form = self._form(text, seen)
            if form and len(form.letters) >= _MIN_LETTERS:
                free = form.may_be_variant and not _is_of_ordinary_words(text)
                found.append(form._replace(may_be_variant=free))
        unseen = self._right_words - self.sightings.words.keys()
        found += (_unseen(text) for text in unseen)
        return sorted(found, key=lambda form: form.text)

    @cached_property
    def _names(self) -> list[Form]:
        """The names of several words, sorted."""
        found = []
        for text, seen in self.sightings.names.items():
            form = self._form(text, seen)
            if form:
                found.append(form)
        for text in self._right_forms - self.sightings.names.keys():
            if " " in text:
                found.append(_unseen(text))
        return sorted(found, key=lambda form: form.text)

    def _support(self, form: str, seen: Seen) -> int:
        """Return how often the words of a name are seen, or other words of a name beside a word."""
        if " " not in form:
            return seen.mates.total()
        known = self.sightings.words
        return sum(known[word].count for word in form.split() if word in known)

    @cached_property
    def _right_words(self) -> frozenset[str]:
        """The words of right names, without ordinary words."""
        found = set()
        for name in self._right_forms:
            for word in name.split():
                if len(letters(word)) >= _MIN_LETTERS and not is_ordinary(word):
                    found.add(word)
        return frozenset(found)

    def _looks_like_name(self, text: str, seen: Seen) -> bool:
        """Return whether a capitalised word is no sound and no word that begins sentences."""
        if _SOUND.search(text) or _NUMERAL.fullmatch(text):
            return False
        lower = self.sightings.lower_case[text.lower()]
        if all(map(is_ordinary, words(text))):
            is_always = seen.inside >= _MANY_INSIDE and lower * _MANY_INSIDE < seen.inside
            is_often = seen.inside >= _MIN_INSIDE and lower * 8 < seen.inside
            return is_always or (is_often and _is_person(text))
        is_sound = seen.exclaimed * 3 > seen.count and seen.starts * 10 > 9 * seen.count
        return lower * 4 < seen.count and not is_sound


def _is_of_ordinary_words(text: str) -> bool:
    """Return whether a form is an ordinary word, or several with hyphens that are no Korean's name.

    >>> [_is_of_ordinary_words(form) for form in ("Government", "South-West", "Sun-young")]
    [True, True, False]
    """
    parts = words(text)
    return all(map(is_ordinary, parts)) and not (len(parts) > 1 and is_korean_given(parts))


def _is_person(text: str) -> bool:
    """Return whether a word of the dictionary is a name: nothing is derived from it.

    >>> [_is_person(word) for word in ("Daniel", "Sakura", "Government", "Southern")]
    [True, True, False, False]
    """
    lower = text.lower()
    if lower in vocabulary().personal_names:
        return True
    return not any(is_ordinary(lower + ending) for ending in _DERIVED)


def _unseen(text: str) -> Form:
    """Return a right form that no document has."""
    return Form(text, letters(text), Seen(), trusted=True, may_be_variant=False, spelled=True)


class _Choice(NamedTuple):
    """What a form is a variant of.

    Attributes:
        link: the likeliest link of the form.
        root: the canonical form. It is not that of the link if that one is a variant too.
        score: how likely the form is a spelling of the name, from 0 to 1.
    """

    link: Link
    root: Form
    score: float


def _chosen(links: Iterable[Link]) -> dict[str, _Choice]:
    """Return for each variant its likeliest name, the commonest spelling of it as the root.

    The other names that it may be make it less likely.
    """
    by_variant: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_variant[link.variant.text].append(link)
    chosen: dict[str, _Choice] = {}
    # the canonical form of a link ranks higher than its variant, so that its root is known
    for rivals in sorted(
        by_variant.values(), key=lambda links: links[0].variant.rank, reverse=True
    ):
        best_by_root: dict[str, Link] = {}
        for link in rivals:
            canonical = link.canonical.text
            root = chosen[canonical].root.text if canonical in chosen else canonical
            known = best_by_root.get(root)
            if known is None or _preference(link) > _preference(known):
                best_by_root[root] = link
        best = max(best_by_root.values(), key=_preference)
        total = 1 + sum(math.exp(link.weight) for link in best_by_root.values())
        score = math.exp(best.weight) / total
        if score >= MIN_SCORE:
            parent = chosen.get(best.canonical.text)
            root_form = parent.root if parent else best.canonical
            chosen[best.variant.text] = _Choice(best, root_form, score)
    return chosen


def _preference(link: Link) -> tuple[float, Rank]:
    return link.weight, link.canonical.rank


def _without_parts(
    words: Mapping[str, _Choice], names: Mapping[str, _Choice]
) -> dict[str, _Choice]:
    """Leave out words that are never without a name that is a variant itself.

    Where Bae Ju-hyeon is proposed for Bae Joo-hyun, Ju-hyeon is proposed only if it is elsewhere;
    nor is Joo-hyun proposed for Ju-hyeon.
    """
    inside: Counter[str] = Counter()
    said: set[tuple[str, str]] = set()
    for choice in names.values():
        variant, root = choice.link.variant, choice.root
        for word in variant.text.split():
            inside[word] += variant.seen.count
            said.update((other, word) for other in root.text.split())
    return {
        word: choice
        for word, choice in words.items()
        if choice.link.variant.seen.count > inside[word] and (word, choice.root.text) not in said
    }


def _grouped(chosen: Mapping[str, _Choice]) -> Iterator[Group]:
    """Yield a group for each name that has variants."""
    groups: defaultdict[tuple[str, str], list[_Choice]] = defaultdict(list)
    for choice in chosen.values():
        groups[choice.root.text, choice.link.relation].append(choice)
    for choices in groups.values():
        root = choices[0].root
        members = sorted(
            map(_member, choices), key=lambda member: (-member.score, -member.count, member.form)
        )
        yield Group(
            id=slug(root.text),
            canonical=root.text,
            members=tuple(members),
            relation=choices[0].link.relation,
            canonical_count=root.seen.count,
            canonical_places=tuple(root.seen.shown.places[:_CANONICAL_PLACES]),
        )


def _member(choice: _Choice) -> Member:
    record = choice.link.variant.seen.shown
    return Member(
        choice.link.variant.text,
        record.count,
        round(choice.score, 3),
        _is_strong(choice),
        choice.link.why,
        tuple(record.places),
    )


def _is_strong(choice: _Choice) -> bool:
    """Return whether nobody could doubt that a form is a slip: a long one, seldom, of a name."""
    variant = choice.link.variant
    count = max(choice.root.seen.count, _MIN_STRONG_COUNT if choice.root.trusted else 0)
    return (
        choice.score >= STRONG_SCORE
        and len(variant.letters) >= _MIN_STRONG_LETTERS
        and count >= _MIN_STRONG_COUNT * variant.seen.count
    )
