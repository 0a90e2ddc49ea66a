"""Whether a word is a rarer spelling of another: Masiro, Mashiro.

Each feature of a pair of words has a weight in rules/variants.yaml: the logarithm of how much
likelier it makes one name than two. The weights of all features are added.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.romaji import mora_symbols, morae
from cleaner.names.pivot.script import words
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.names.suggestion import Relation
from cleaner.names.variants.hangul import (
    MIN_LIKENESS,
    common_hangul,
    is_korean_given,
    surname_likeness,
)
from cleaner.names.variants.letters import Change, Kind, changes, in_words, steps
from cleaner.names.variants.links import TWO_CHANGES, Form, Link, close_pairs, frequency
from cleaner.names.variants.sightings import Seen, Sightings
from cleaner.names.vocabulary import is_surname, is_word, variant_weights
from cleaner.text.words import is_ordinary

Features = dict[str, float]

_USUAL_LETTERS = 6  # of a name; more letters say more
_MOST_LETTERS = 12
_SYLLABLES = 2  # of a Chinese given name, at most
_SLIPS = 6  # sightings up to which a form may be a slip
_FEW_MATES = 3  # different words beside an ordinary word that makes two of them one name
_SOME_SIGHTINGS = 4  # fewer say nothing
_SOME_DOCUMENTS = 5  # fewer say nothing
_MOST_SAID = 2.5  # by documents, and by company
_MUCH_SAID = 1.5
_MOST_SAID_AGAINST = 1.0
# Between two spellings of one name; of a longer one, or one in the same company; and of one that
# sounds alike in all letters.
_FEW_STEPS = 1.5
_MANY_STEPS = 2.0
_STEPS_ALIKE = 2.25
# Sightings inside sentences of a name that is never meant to have small letters.
_MANY_CAPITALS = 5
_DOUBLED = ("k", "s", "t", "p")  # what is left of a doubled consonant in romaji
_SAME_SOUND = (Kind.DOUBLED, Kind.SPELLING)
_ALIKE = (*_SAME_SOUND, Kind.CONFUSABLE)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# Endings that make another word of a name: plurals, adjectives, inhabitants, patronymics.
_ENDING = re.compile(
    "s|es|n|an|ian|ean|ese|ish|ic|i|y|ie|ies|er|ers|ist|ists|ism|ite|ites|al|ly|a?ns|ed|ing|like"
    "|[eo]?vn?a|sk[iy]|skaya|ski|aya|na"
)
_WORD_PAIRS = ({"ism", "ist"}, {"man", "men"})  # endings that make two words of a name
_MALE = ("", "o", "us", "ius", "os", "y", "oy")
_FEMALE = ("a", "ia", "ina", "ine", "ette", "elle", "aya", "na")


@dataclass
class WordVariants:
    """Compares the words of a corpus."""

    sightings: Sightings
    _like_words: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _skeletons(self) -> Skeletons:
        return Skeletons(load(USUAL_PIVOT).skeleton)

    @cached_property
    def _pinyin(self) -> Pinyin:
        return Pinyin(load(USUAL_PIVOT))

    @cached_property
    def _all_words(self) -> int:
        return sum(seen.count for seen in self.sightings.words.values())

    def links(self, forms: Sequence[Form]) -> Iterator[Link]:
        """Yield the links between words that may be one name."""
        for variant, canonical in close_pairs(forms, self._skeletons):
            features = self.features(variant, canonical)
            if features:
                mates = self._common_mates(variant.seen, canonical.seen)
                yield _link(variant, canonical, features, mates)

    def small(self, forms: Iterable[Form]) -> Iterator[Link]:
        """Yield the links of names that are seldom written with small letters: dullahans."""
        for canonical in forms:
            record = self.sightings.small.get(canonical.text.lower())
            if record is None or not record.places or canonical.seen.inside < _MANY_CAPITALS:
                continue
            if any(map(is_ordinary, _one_letter_away(canonical.letters))):
                continue  # a word of another English, such as armoured
            seen = Seen()
            seen.record = record
            variant = Form(canonical.text.lower(), canonical.letters, seen)
            features = {
                "small letters": 1.0,
                "small letters, tenfold": frequency(variant, canonical),
            }
            how = "small letters"
            why = f"{variant.text} ~ {canonical.text}: {how}"
            yield Link(variant, canonical, weight_of(features), why, "case")

    def features(self, variant: Form, canonical: Form) -> Features:
        """Return what speaks for one name and against it; nothing if it cannot be one."""
        one, other = variant.letters, canonical.letters
        if variant.text.startswith(canonical.text + "-"):
            return {}  # something behind the name, such as an honorific that breaks off
        if one == other:
            features = _style(variant, canonical)
        elif _is_other_word(one, other) or _are_two_surnames(variant, canonical):
            return {}
        elif _is_korean_given(variant) and _is_korean_given(canonical):
            features = _hangul(variant, canonical)
        else:
            features = self._letters(variant, canonical)
        if features:
            features |= _counts(variant, canonical)
            features |= self._company(variant, canonical)
            features |= self._other_than_name(variant)
            mates = self._common_mates(variant.seen, canonical.seen)
            features |= _beside(mates, variant.seen, canonical.seen)
        return features

    def _letters(self, variant: Form, canonical: Form) -> Features:
        """Return what the letters of two words say; nothing if too many differ."""
        one, other = variant.letters, canonical.letters
        differences = changes(one, other)
        if steps(differences) > self._most_steps(differences, variant, canonical):
            return {}
        features = {
            "always": 1.0,
            "letters": min(len(one), _MOST_LETTERS) - _USUAL_LETTERS,
            "more changes": len(differences) - 1,
        }
        for change in differences:
            kind = _feature(change.kind)
            features[kind] = features.get(kind, 0.0) + 1.0
        if one[0] != other[0]:
            features[_first_letter(differences[0].kind)] = 1.0
        if any(change.at == 1 and change.kind not in _SAME_SOUND for change in differences):
            features["last letter"] = 1.0
        if _is_other_gender(one, other):
            features["other gender"] = 1.0
        japanese = (_japanese(one), _japanese(other))
        if all(japanese):
            is_same = japanese[0] == japanese[1]
            features["same skeleton" if is_same else "both romaji"] = 1.0
        else:
            if self._sounds(one) == self._sounds(other):
                features["same skeleton"] = 1.0
            if self._is_pinyin(one) and self._is_pinyin(other):
                features["both pinyin"] = 1.0
        return features

    def _common_mates(self, first: Seen, second: Seen) -> list[str]:
        """Return the words that are beside both of two words, sorted.

        An ordinary word that is beside many words says nothing: Hubei Province, Hebei Province.
        """
        found = []
        for mate in sorted(first.mates.keys() & second.mates.keys()):
            others = self.sightings.words[mate].mates
            if len(others) <= _FEW_MATES or not is_word(mate):
                found.append(mate)
        return found

    def _most_steps(self, differences: Sequence[Change], variant: Form, canonical: Form) -> float:
        """Return how far apart two words may be as spellings of one name."""
        if variant.letters[0] != canonical.letters[0]:
            return _FEW_STEPS
        if all(change.kind in _ALIKE for change in differences):
            return _STEPS_ALIKE
        if len(canonical.letters) >= TWO_CHANGES:
            return _MANY_STEPS
        if len(canonical.letters) < _USUAL_LETTERS:
            return _FEW_STEPS
        has_company = self._same_company(variant.seen, canonical) >= _MUCH_SAID
        has_mates = bool(self._common_mates(variant.seen, canonical.seen))
        return _MANY_STEPS if has_company or has_mates else _FEW_STEPS

    def _sounds(self, spelled: str) -> str:
        """Return the skeleton of a spelling without h, which may only make a vowel long."""
        return self._skeletons.of(spelled).replace("h", "")

    def _is_pinyin(self, spelled: str) -> bool:
        """Return whether letters are the one or two syllables of a Chinese given name."""
        parses = self._pinyin.parses([spelled])
        return bool(parses) and len(parses[0][0]) <= _SYLLABLES

    def _company(self, variant: Form, canonical: Form) -> Features:
        """Return what documents and sentences say about two words."""
        together = variant.seen.company[canonical.text]
        is_often = together > 1 and together * 4 > variant.seen.count
        return {
            "same sentence": float(together > 0 and not is_often),
            "side by side": float(is_often),
            "documents": self._documents(variant.seen, canonical.seen),
            "company": self._same_company(variant.seen, canonical),
        }

    def _documents(self, variant: Seen, canonical: Seen) -> float:
        """Return whether two words share more documents than by chance, or nearly none.

        Where a text was translated piece by piece, each piece has its own spelling.
        """
        total = self.sightings.documents
        if total < _SOME_DOCUMENTS or not canonical.documents:
            return 0.0
        share = min(0.98, len(canonical.documents) / total)
        common = len(set(variant.documents).intersection(canonical.documents))
        size = len(variant.documents)
        said = common * math.log(0.5 / share) + (size - common) * math.log(0.5 / (1 - share))
        return _limited(said / size * min(size, 2))

    def _same_company(self, variant: Seen, canonical: Form) -> float:
        """Return whether the same names are in the sentences of two words."""
        seen = canonical.seen
        if seen.count < _SOME_DOCUMENTS:
            return 0.0
        said = 0.0
        size = 0
        for form, times in variant.company.items():
            if form != canonical.text:
                share = self.sightings.words[form].count / self._all_words
                beside = seen.company[form] / seen.count
                said += times * math.log((beside + share) / 2 / share)
                size += times
        return _limited(said / size * min(size, 3)) if size else 0.0

    def _other_than_name(self, variant: Form) -> Features:
        """Return what says that a form is the misspelling of an ordinary word, or a sound."""
        seen = variant.seen
        features = {}
        if self._is_like_word(variant.letters):
            features["like a word"] = 1.0
            if not seen.inside:
                features["like a word that begins sentences"] = 1.0
        if seen.exclaimed * 2 > seen.count:
            features["exclaimed"] = 1.0
        return features

    def _is_like_word(self, spelled: str) -> bool:
        """Return whether a spelling is a letter away from an ordinary word of the documents."""
        known = self._like_words.get(spelled)
        if known is None:
            lower_case = self.sightings.lower_case
            near = (word for word in _one_letter_away(spelled) if word in lower_case)
            known = any(word != spelled and is_ordinary(word) for word in near)
            self._like_words[spelled] = known
        return known


def weight_of(features: Mapping[str, float]) -> float:
    """Return how much features say together, as the logarithm of odds."""
    weights = variant_weights()
    return sum(weights[feature] * value for feature, value in features.items())


def _link(variant: Form, canonical: Form, features: Features, mates: Sequence[str]) -> Link:
    relation: Relation = "spelling"
    if "other capitals" in features:
        relation = "case"
        how = "other capitals"
    elif "likeness in Hangul" in features:
        how = "one name in Hangul"
    else:
        how = in_words(changes(variant.letters, canonical.letters))
    reasons = [how, *_in_common(mates, variant.seen, canonical.seen)]
    why = f"{variant.text} ~ {canonical.text}: {'; '.join(reasons)}"
    return Link(variant, canonical, weight_of(features), why, relation)


def _style(variant: Form, canonical: Form) -> Features:
    """Return the features of two forms that differ in capitals, accents or hyphens."""
    features = {"same letters": 1.0}
    if variant.text.lower() == canonical.text.lower():
        features["other capitals"] = 1.0
    elif "-" in variant.text + canonical.text and not is_korean_given(words(canonical.text)):
        # “Ra-nce” is Rance, called aloud
        features["other hyphens"] = 1.0
    return features


def _hangul(variant: Form, canonical: Form) -> Features:
    """Return what Hangul says about two given names of Koreans; nothing if they are two names."""
    likeness = common_hangul().likeness(variant.letters, canonical.letters)
    if likeness < MIN_LIKENESS:
        return {}
    surnames = [_surnames(form) for form in (variant, canonical)]
    if all(surnames) and not _any_alike(*surnames):
        return {}
    return {"one Hangul": 1.0, "likeness in Hangul": math.log(likeness)}


def _counts(variant: Form, canonical: Form) -> Features:
    times = variant.seen.count
    return {
        "tenfold": frequency(variant, canonical),
        "no slip": math.log(max(times, _SLIPS) / _SLIPS),
    }


def _beside(mates: Sequence[str], variant: Seen, canonical: Seen) -> Features:
    """Return what two words have in common beside them.

    Without that, two words that are both seldom may well be two names.
    """
    if mates:
        return {"same name beside": 1.0}
    if variant.roles.keys() & canonical.roles.keys():
        return {"same title": 1.0}
    is_seldom = 0 < canonical.count < _SOME_SIGHTINGS
    return {"both seldom": 1.0} if is_seldom else {}


def _in_common(mates: Sequence[str], variant: Seen, canonical: Seen) -> list[str]:
    """Return what two words have in common beside them, in words."""
    if mates:
        return [f"both beside {mates[0]}"]
    roles = sorted(variant.roles.keys() & canonical.roles.keys())
    return [f"both with {roles[0]}"] if roles else []


def _first_letter(kind: Kind) -> str:
    """Return the feature of a change of the first letter."""
    if kind in _SAME_SOUND:
        return "first letter, one sound"
    return "first letter, alike" if kind in _ALIKE else "first letter"


def _japanese(spelled: str) -> tuple[tuple[str, ...], ...]:
    """Return how Korean writes the morae of romaji, without long vowels and doubled consonants.

    Two spellings of one Japanese name have the same. Empty if the spelling is no romaji.

    >>> _japanese("yuusaku") == _japanese("yusaku"), _japanese("reina") == _japanese("rena")
    (True, False)
    """
    table = load(USUAL_PIVOT).romaji
    found = []
    parts = morae(spelled, table)
    for symbol in mora_symbols(parts) if parts else ():
        kind, _, mora = symbol.partition(":")
        if kind != "long" and mora not in _DOUBLED:
            found.append(tuple(table.get(mora, (mora,))))
    return tuple(found)


def _limited(said: float) -> float:
    return max(-_MOST_SAID_AGAINST, min(_MOST_SAID, said))


def _feature(kind: Kind) -> str:
    return kind.name.lower().replace("_", " ")


def _one_letter_away(spelled: str) -> Iterator[str]:
    """Yield what becomes of letters when one is left out, added or changed, or two are swapped."""
    for at in range(len(spelled) + 1):
        head, tail = spelled[:at], spelled[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in _ALPHABET:
            yield head + letter + tail
            yield head + letter + tail[1:]


def _is_other_word(first: str, second: str) -> bool:
    """Return whether two spellings are a name and its plural, adjective or inhabitants.

    >>> _is_other_word("uighurs", "uighur"), _is_other_word("korea", "korean")
    (True, True)
    >>> _is_other_word("daoism", "daoist"), _is_other_word("sharkmen", "sharkman")
    (True, True)
    >>> _is_other_word("esuaar", "esuar")
    False
    """
    shorter, longer = sorted((first, second), key=len)
    stem = 0
    while stem < len(shorter) and shorter[stem] == longer[stem]:
        stem += 1
    if stem < 3:
        return False
    if {shorter[-3:], longer[-3:]} in _WORD_PAIRS:
        return shorter[:-3] == longer[:-3]
    endings = (shorter[stem:], longer[stem:])
    if endings == ("", "g") and shorter.endswith("in"):
        return True  # dialect
    if not endings[0]:
        return bool(_ENDING.fullmatch(endings[1]))
    return all(len(ending) > 1 and _ENDING.fullmatch(ending) for ending in endings)


def _is_other_gender(first: str, second: str) -> bool:
    """Return whether two spellings may be the names of a man and of a woman: Alexius, Alexia."""
    for stem in range(min(len(first), len(second)), 2, -1):
        if first[:stem] == second[:stem]:
            endings = (first[stem:], second[stem:])
            male = any(ending in _MALE for ending in endings)
            return male and any(ending in _FEMALE for ending in endings)
    return False


def _is_korean_given(form: Form) -> bool:
    """Return whether a word is written like the given name of a Korean: Min-soo.

    Without a hyphen it must have a Korean surname beside it somewhere.
    """
    parts = words(form.text)
    return is_korean_given(parts) and (len(parts) == 2 or bool(_surnames(form)))


def _are_two_surnames(first: Form, second: Form) -> bool:
    """Return whether one of two words is a Korean surname, and nobody has both.

    Without a given name a surname says nothing: Kang is not Kwang.
    """
    if not (is_surname(first.letters) or is_surname(second.letters)):
        return False
    return first.seen.mates.keys().isdisjoint(second.seen.mates)


def _surnames(form: Form) -> frozenset[str]:
    """Return the Korean surnames beside a word."""
    known = load(USUAL_PIVOT).surnames
    return frozenset(mate.lower() for mate in form.seen.mates if mate.lower() in known)


def _any_alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return any(surname_likeness(one, other) >= MIN_LIKENESS for one in first for other in second)
