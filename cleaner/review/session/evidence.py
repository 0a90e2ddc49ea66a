"""Which words of a line can be evidence, and which are proposed for a new rule.

A garbled name is often a right name in another text. So a new rule acts only in texts that contain
one of a few phrases, unless the reviewer says that it should act in every text. What is proposed
are names that occur beside the forms: of all texts in which the forms were found, each contains one
of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.names.suggestion import Group, Place
from cleaner.text.edits import Span
from cleaner.text.words import is_ordinary

_WORD = re.compile(r"[^\W_](?:[\w’'.&-]*[^\W_])?")
_CALENDAR = re.compile(
    "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    "|(Septem|Octo|Novem|Decem)ber"
)
_POSSESSIVE = re.compile(r"['’][sS]$")
_LONG_WORD = 4  # letters that a word needs to be proposed where no name is near
_WORDS_AROUND = 2  # words on each side that tell a place
_ELSEWHERE = 100_000  # the distance of a name in another line
_Text = tuple[str, str]  # the name of a file, and what is in it, as a chapter of a book
_RIGHT_FORM, _KNOWN, _NAME, _ANY_WORD = range(4)  # the ranks of phrases


def words(line: str, forms: Iterable[str] = ()) -> tuple[Span, ...]:
    """Return the words of a line, without those that touch one of these forms.

    >>> line = "Marwin’s Alibaba"
    >>> [word.of(line) for word in words(line, ["Marwin"])]
    ['Alibaba']
    """
    taken = [span for form in forms for span in _occurrences(line, form)]
    found = [_without_possessive(match) for match in _WORD.finditer(line)]
    return tuple(word for word in found if not any(word.overlaps(span) for span in taken))


def looks_like_name(word: str) -> bool:
    """Return whether a word has a capital and is not a month or a day of the week."""
    return word[0].isupper() and len(word) > 1 and not _CALENDAR.fullmatch(word)


def begins_sentence(before: str) -> bool:
    """Return whether the word behind this text begins a sentence."""
    text = before.rstrip(" \"'“‘")
    return not text or text[-1] in ".!?:"


def distance(word: Span, form: Span) -> int:
    """Return how many code points are between a word and the form."""
    return form.start - word.end if word.end <= form.start else word.start - form.end


def proposals(groups: Collection[Group]) -> dict[str, tuple[str, ...]]:
    """Return the phrases that are proposed as evidence for groups, by their ids.

    None of them contains a form of a group: a rule would take its own evidence away.
    """
    forms = [member.form for group in groups for member in group.members]
    by_word: dict[str, list[str]] = {}  # a line is searched only for forms with a word of it
    for form in forms:
        for found in _WORD.finditer(form):
            by_word.setdefault(found.group(), []).append(form)
    names = _names_of_texts(groups, by_word)
    known = {name for group in groups for name in (group.canonical, *group.aliases) if name}
    return {group.id: _proposed(group, by_word, names, known) for group in groups}


def left_alone(group: Group, form: str, place: Place) -> str:
    """Return a phrase of a line that tells this place of a form from all others that are known.

    It is the form with some words before and behind it; "" if there are none.

    >>> place = Place("a.txt", 1, 1, "Jang Jungmo of Busan is a painter.", 0)
    >>> left_alone(Group("x", "X", ()), "Jang Jungmo", place)
    'Jang Jungmo of Busan'
    """
    line, start, end = place.context, place.start, place.start + len(form)
    behind = [found.end() for found in _WORD.finditer(line) if found.start() >= end]
    before = [found.start() for found in _WORD.finditer(line) if found.end() <= start][::-1]
    elsewhere: list[str] = []
    for member in group.members:
        elsewhere += [one.context for one in member.places if one != place]
    phrase = ""
    for number in range(_WORDS_AROUND, max(len(behind), len(before), _WORDS_AROUND) + 1):
        first = before[:number][-1] if before else start
        last = behind[:number][-1] if behind else end
        phrase = line[first:last]
        if not any(phrase in other for other in elsewhere):
            break
    return "" if phrase == form else phrase


class _Phrase(NamedTuple):
    """Words of a line that can be evidence.

    Attributes:
        text: the words.
        rank: 0 for another right form of the name, 1 for a right name of another suggestion, 2 for
            any other name, 3 for any other word.
        distance: how many code points are between them and the form.
    """

    text: str
    rank: int
    distance: int


def _names_of_texts(
    groups: Iterable[Group], by_word: Mapping[str, list[str]]
) -> dict[_Text, Counter[str]]:
    """Return the names in the lines of each text that are known, with how many lines have them."""
    lines: dict[_Text, dict[str, set[str]]] = {}  # by text: its lines, and the forms in each
    for group in groups:
        for member in group.members:
            for place in member.places:
                there = lines.setdefault((place.file, place.member), {})
                there.setdefault(place.context, set()).add(member.form)
        for place in group.canonical_places:
            there = lines.setdefault((place.file, place.member), {})
            there.setdefault(place.context, set())
    found: dict[_Text, Counter[str]] = {}
    for text, forms in lines.items():
        names: Counter[str] = Counter()
        for line, inside in forms.items():
            free = _free(line, by_word, *inside)
            names.update({name.of(line): 1 for name in _names(line, free)})
        found[text] = names
    return found


def _proposed(
    group: Group,
    by_word: Mapping[str, list[str]],
    names: Mapping[_Text, Counter[str]],
    known: Collection[str],
) -> tuple[str, ...]:
    """Return as few phrases as it takes to have one in each text in which a form was found.

    Right forms of the name come first, then names that are known, then any. Where none is near,
    names in other lines of the text count, the most frequent first. Words that are no names count
    only in texts without names. Of phrases that occur in equally many texts, the nearest one is
    taken.

    Args:
        group: the suggestion.
        by_word: all forms, by the words in them.
        names: the names in the known lines of each text, with how many lines have them.
        known: the right names of all suggestions.
    """
    texts: dict[_Text, list[_Phrase]] = {}
    for member in group.members:
        for place in member.places:
            text = place.file, place.member
            there = texts.setdefault(text, [])
            for phrase in _phrases(place, member.form, group, by_word):
                is_known = phrase.rank == _NAME and phrase.text in known
                there.append(phrase._replace(rank=_KNOWN) if is_known else phrase)
            nearest = min((phrase.rank for phrase in there), default=_ANY_WORD)
            for number, (name, _) in enumerate(names[text].most_common()):
                rank = _KNOWN if name in known else _NAME
                if rank < nearest:
                    there.append(_Phrase(name, rank, _ELSEWHERE + number))
    left = [_best(found) for found in texts.values() if found]
    chosen: list[str] = []
    while left:
        best = _most_frequent(left)
        chosen.append(best)
        left = [found for found in left if best not in found]
    return tuple(chosen)


def _most_frequent(texts: Sequence[Mapping[str, _Phrase]]) -> str:
    """Return the phrase that is in most texts; of several, the nearest one of the best rank."""
    number: Counter[str] = Counter()
    nearest: dict[str, tuple[int, int]] = {}
    for found in texts:
        for phrase in found.values():
            number[phrase.text] += 1
            how_near = (phrase.rank, phrase.distance)
            nearest[phrase.text] = min(how_near, nearest.get(phrase.text, how_near))
    return min(number, key=lambda text: (-number[text], nearest[text]))


def _best(found: Iterable[_Phrase]) -> dict[str, _Phrase]:
    """Return the phrases of a text by their words; those that are no names only if none is one."""
    ranked = sorted(found, key=lambda phrase: (phrase.rank, phrase.distance))
    best: dict[str, _Phrase] = {}
    for phrase in ranked:
        if phrase.rank < _ANY_WORD or ranked[0].rank == _ANY_WORD:
            best.setdefault(phrase.text, phrase)
    return best


def _phrases(
    place: Place, form: str, group: Group, by_word: Mapping[str, list[str]]
) -> Iterator[_Phrase]:
    """Yield what can be evidence in the line of a place.

    A word that begins a sentence is a name only if it is not an ordinary word. A name directly
    beside the form may be a part of it (Marvin Hitz), so it counts as any other word.
    """
    line, here = place.context, Span(place.start, place.start + len(form))
    free = _free(line, by_word, form)
    for right in (*group.source.values(), *group.aliases):
        for span in _occurrences(line, right):
            if not span.overlaps(here):
                yield _Phrase(right, _RIGHT_FORM, distance(span, here))
    for name in _names(line, free):
        is_beside = distance(name, here) <= 1
        yield _Phrase(name.of(line), _ANY_WORD if is_beside else _NAME, distance(name, here))
    others = [word for word in free if not looks_like_name(word.of(line))]
    longest = max(others, key=lambda word: word.end - word.start, default=Span(0, 0))
    if longest.end - longest.start >= _LONG_WORD:
        yield _Phrase(longest.of(line), _ANY_WORD, distance(longest, here))


def _free(line: str, by_word: Mapping[str, list[str]], *forms: str) -> tuple[Span, ...]:
    """Return the words of a line that touch no form."""
    near = set(forms)
    for found in _WORD.finditer(line):
        near.update(by_word.get(found.group(), ()))
        near.update(by_word.get(_without_possessive(found).of(line), ()))
    return words(line, near)


def _names(line: str, free: Iterable[Span]) -> Iterator[Span]:
    """Yield the names among the words of a line. Names that follow one another are one."""
    name: Span | None = None
    for word in free:
        if not _is_name(line, word):
            continue
        if name and Span(name.end, word.start).of(line) == " ":
            name = Span(name.start, word.end)
            continue
        if name:
            yield name
        name = word
    if name:
        yield name


def _is_name(line: str, word: Span) -> bool:
    text = word.of(line)
    if not looks_like_name(text):
        return False
    return not (begins_sentence(line[: word.start]) and is_ordinary(text))


def _occurrences(line: str, form: str) -> Iterator[Span]:
    at = line.find(form) if form else -1
    while at >= 0:
        yield Span(at, at + len(form))
        at = line.find(form, at + len(form))


def _without_possessive(found: re.Match[str]) -> Span:
    word = _POSSESSIVE.sub("", found.group())
    return Span(found.start(), found.start() + len(word))
