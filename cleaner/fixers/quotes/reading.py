"""The quotations of a paragraph: which marks open and close them, and how sure that is.

In damaged text an opening mark arrives as an apostrophe or as a closing mark, and the space before
it is lost: `as a’rat passing by’`. Nothing next to that mark tells it from the one in O’Brien. What
tells is the rest of the paragraph: whether a mark follows that can close the quotation. So all
marks of a paragraph, single and double, are read together:

1. Each mark gets a cost for each of three roles: opener, closer, neither. The cost says how much
   the characters and words around the mark speak against the role
   (`cleaner.fixers.quotes.singles`, `cleaner.fixers.quotes.doubles`).
2. A reading gives each mark one role. Quotations nest, as in “a ‘b’ c”.
3. The cost of a reading is the sum of the costs of its roles, plus what speaks against each pair
   as a quotation (`_Pairs.cost`): a single quotation with a sentence end inside it is less
   likely, a very long one is impossible.
4. The cheapest reading wins; at equal cost a mark is neither (`cleaner.fixers.quotes.search`).

Which quotations are sure enough to be changed is not said here, but in
`cleaner.fixers.quotes.decision`.

A worked example. In `Xi’an’s’Class B’shares` the costs are (`-` is never):

    mark        neither  opener  closer  because
    Xi’an          0        -       -    Xi is the beginning of a name
    an’s           0        -       -    ’s
    s’Class        4        1       -    after ’s a mark is rarely an apostrophe
    B’shares       2        -       2    “shares” is a word of its own

Four apostrophes cost 0 + 0 + 4 + 2 = 6. Two apostrophes and a quotation cost 0 + 0 + 1 + 2 = 3,
which is the cheapest reading: `Xi’an’s ‘Class B’ shares`.

>>> habits = Habits(set(), {"s"}, set(), set(), set(), {"Xi"}, {"Class", "shares"}.__contains__, 40)
>>> text = "Xi’an’s’Class B’shares"
>>> for at in (2, 5, 7, 15):
...     mark = weigh_single(text, at, habits, damaged=False)
...     print(mark.neither, mark.opener, mark.closer)
0.0 99.0 99.0
0.0 99.0 99.0
4.0 1.0 99.0
2.0 99.0 2.0
>>> [(pair.opener.at, pair.closer.at) for pair in read(text, habits).pairs]
[(7, 15)]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from cleaner.fixers.quotes.doubles import weigh_double
from cleaner.fixers.quotes.marks import (
    CLOSING_DOUBLE,
    CLOSING_SINGLE,
    DOUBLES,
    GRAVE,
    NEVER,
    OPENING_DOUBLE,
    OPENING_SINGLE,
    TEX_CLOSER,
    TEX_OPENER,
    Kind,
    Mark,
    find_marks,
)
from cleaner.fixers.quotes.search import Choice, choose_roles, evident_roles
from cleaner.fixers.quotes.singles import weigh_single
from cleaner.fixers.quotes.surroundings import Habits

# The two marks of a single quotation are at most so many code points apart. No quotation of forty
# words is longer.
_LONGEST_SINGLE = 500
_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")
_SENTENCE_END_COST = 1.5  # for each end of a sentence inside a single quotation
_UNEVEN_COST = 1.0  # of a pair of double marks that are not typed alike: “so"
_MIXED_COST = 3.0  # of a single opener with a double closer: ‘so”
_UNCLOSED_COST = 3.0  # of a double quotation that goes on in the next paragraph
_GOES_ON_COST = 1.0  # the same if it begins with the paragraph
_CURLY = frozenset({OPENING_DOUBLE, CLOSING_DOUBLE})
_TEX = frozenset({TEX_OPENER, TEX_CLOSER})
# The marks of a double quotation of which one has become a single one: ‘So.” and “So.’
_MIXED = frozenset({(OPENING_SINGLE, CLOSING_DOUBLE), (OPENING_DOUBLE, CLOSING_SINGLE)})
_FEWEST_SPACES = 2  # in such a quotation
_ENDS_CLAUSE = frozenset(".,!?")
_FREE = frozenset({"", " ", "\n", "\r"})


class Pair(NamedTuple):
    """The two marks of a quotation, and what speaks against the pair.

    Attributes:
        opener: the mark at its beginning.
        closer: the mark at its end.
        cost: what speaks against the pair beside the costs of its marks.
        certainty: how much more the cheapest reading costs that has not this pair.
        is_interrupted: whether a mark inside may close it, if a space is lost.
    """

    opener: Mark
    closer: Mark
    cost: float = 0.0
    certainty: float = 0.0
    is_interrupted: bool = False

    @property
    def kind(self) -> Kind:
        """Whether the quotation has single marks or, one at least, double ones."""
        return "double" if "double" in {self.opener.kind, self.closer.kind} else "single"

    @property
    def margin(self) -> float:
        """How much more the two marks would cost if they were no quotation marks."""
        neither = self.opener.neither + self.closer.neither
        return neither - (self.opener.opener + self.closer.closer + self.cost)


class Reading(NamedTuple):
    """The cheapest reading of a paragraph.

    Attributes:
        pairs: its quotations, in the order of their closing marks.
        others: the marks that are neither the beginning nor the end of a quotation in it.
        unclosed: the marks that begin a quotation without an end.
    """

    pairs: Sequence[Pair]
    others: Sequence[Mark]
    unclosed: Sequence[Mark]


def read(
    text: str,
    habits: Habits,
    *,
    damaged: bool = False,
    counts: Callable[[int], bool] = lambda _: True,
) -> Reading:
    """Return the cheapest reading of the marks of one paragraph.

    Args:
        text: the paragraph.
        habits: what is known about English words and marks.
        damaged: whether the document is damaged. Then an opener may also be glued to a word that no
            list and no dictionary has, and a single mark may stand for a double one.
        counts: whether the mark at a position belongs to prose; those of code are left out.

    >>> habits = Habits({"a"}, {"s"}, set(), set(), {"and"}, {"O"}, {"rat"}.__contains__, 40)
    >>> text = "“a’rat passing by the main street’, said O’Brien’s son”"
    >>> [(pair.opener.at, pair.closer.at) for pair in read(text, habits).pairs]
    [(2, 33), (0, 54)]
    """
    places = [(at, written) for at, written in find_marks(text) if counts(at)]
    return Paragraph(text, places, habits).reading(damaged=damaged)


class Paragraph:
    """A paragraph and its marks. They are weighed and read when that is first asked for.

    Args:
        text: the paragraph.
        places: where the marks are that belong to prose, and how they are written.
        habits: what is known about English words and marks.
    """

    def __init__(self, text: str, places: Sequence[tuple[int, str]], habits: Habits) -> None:
        self.text = text
        self.habits = habits
        self._places = places
        self._marks: dict[bool, Sequence[Mark]] = {}  # by whether the document is damaged
        self._readings: dict[bool, Reading] = {}

    def marks(self, *, damaged: bool) -> Sequence[Mark]:
        """Return the marks with the costs of their roles, if the document is damaged or not."""
        marks = self._marks.get(damaged)
        if marks is None:
            known = self._marks.get(not damaged, ())
            if known:
                marks = [self._weighed_again(mark, damaged=damaged) for mark in known]
            else:
                marks = [self._weighed(*place, damaged=damaged) for place in self._places]
            self._marks[damaged] = marks
        return marks

    def _weighed_again(self, mark: Mark, *, damaged: bool) -> Mark:
        """Return a mark as it is if the document is damaged, given the mark if it is not, or the
        other way round.
        """
        if mark.kind == "double" or not (damaged or _depends_on_damage(mark)):
            return mark
        return self._weighed(mark.at, mark.written, damaged=damaged)

    def _weighed(self, at: int, written: str, *, damaged: bool) -> Mark:
        if written in DOUBLES or len(written) > 1:
            return weigh_double(self.text, at, written)
        return weigh_single(self.text, at, self.habits, damaged=damaged)

    def reading(self, *, damaged: bool) -> Reading:
        """Return the cheapest reading, if the document is damaged or not."""
        reading = self._readings.get(damaged)
        if reading is None:
            reading = self._readings.get(not damaged)
            if reading is None or not self._is_always_alike():
                reading = self._read(damaged=damaged)
            self._readings[damaged] = reading
        return reading

    def _is_always_alike(self) -> bool:
        """Return whether the paragraph has the same reading in a damaged document and in others."""
        marks = self.marks(damaged=True)
        return marks == self.marks(damaged=False) and not _may_be_mixed(marks)

    def _read(self, *, damaged: bool) -> Reading:
        marks = self.marks(damaged=damaged)
        pairs = _Pairs(self.text, self.habits.words, damaged=damaged)
        choices = evident_roles(marks, pairs.cost, _unclosed_cost)
        if choices is None:
            choices = choose_roles(marks, pairs.cost, _unclosed_cost)
        return _reading(marks, choices, pairs)


def _depends_on_damage(mark: Mark) -> bool:
    """Return whether a mark of a damaged document may have other costs if it were not damaged."""
    is_glued = mark.glued_left or mark.glued_right
    return mark.written == GRAVE or (is_glued and mark.kind == "single")


def _may_be_mixed(marks: Sequence[Mark]) -> bool:
    """Return whether one mark of a double quotation may have become a single one."""
    openers = {mark.written for mark in marks if mark.opener < NEVER}
    closers = {mark.written for mark in marks if mark.closer < NEVER}
    return any(opener in openers and closer in closers for opener, closer in _MIXED)


def _unclosed_cost(mark: Mark) -> float:
    """Return what it costs that a quotation has no end in the paragraph.

    A single mark without an end is read as an apostrophe.
    """
    if mark.kind == "single":
        return mark.neither - mark.opener + _UNEVEN_COST / 2
    return _GOES_ON_COST if mark.at == 0 else _UNCLOSED_COST


class _Pairs:
    """What of a paragraph decides whether two marks can enclose a quotation.

    The positions are found once, when they are first asked for, so that a paragraph of many marks
    is not searched again and again.
    """

    def __init__(self, text: str, words: int, *, damaged: bool = False) -> None:
        self._text = text
        self._words = words
        self._damaged = damaged

    @cached_property
    def _spaces(self) -> Sequence[int]:
        return [found.start() for found in re.finditer(" ", self._text)]

    @cached_property
    def _single_openers(self) -> Sequence[int]:
        return [found.start() for found in re.finditer(OPENING_SINGLE, self._text)]

    @cached_property
    def _sentence_ends(self) -> Sequence[int]:
        return [found.start() for found in _SENTENCE_END.finditer(self._text)]

    def cost(self, opener: Mark, closer: Mark) -> float:
        """Return what speaks against a quotation between two marks.

        >>> _Pairs("‘a rat. A dog’", 40).cost(Mark(0), Mark(13))
        1.5
        >>> _Pairs("‘a rat ’", 40).cost(Mark(0), Mark(7)) == NEVER
        True
        >>> _Pairs('“a rat. A dog"', 40).cost(Mark(0, written="“"), Mark(13, written='"'))
        1.0
        """
        before_opener, before_closer = opener.at - 1, closer.at - 1
        if _is_digit(self._text, before_opener) and _is_digit(self._text, before_closer):
            return NEVER  # primes: 5’10’’ tall, from 5’to 6’, 26’46’’N, the 5’and 3’ends
        if opener.kind == closer.kind == "single":
            return self._single_cost(opener.at, closer.at)
        if opener.kind == closer.kind:
            return 0.0 if _is_even(opener, closer) else _UNEVEN_COST
        is_possible = self._damaged and self._is_mixed(opener, closer)
        return _MIXED_COST if is_possible else NEVER

    def _is_mixed(self, opener: Mark, closer: Mark) -> bool:
        """Return whether one mark of a double quotation may have become a single one.

        >>> text = "He said, ‘The river is long.” So"
        >>> _Pairs(text, 40)._is_mixed(Mark(9, written="‘"), Mark(28, written="”"))
        True
        """
        if (opener.written, closer.written) not in _MIXED:
            return False
        text = self._text
        ends_sentence = (
            text[closer.at - 1] in _ENDS_CLAUSE and text[closer.end : closer.end + 1] in _FREE
        )
        begins_sentence = text[opener.end : opener.end + 1].isupper()
        if not (ends_sentence and begins_sentence):
            return False
        is_long = count_between(self._spaces, opener.at, closer.at) >= _FEWEST_SPACES
        return is_long and not count_between(self._single_openers, opener.at, closer.at)

    def _single_cost(self, opener: int, closer: int) -> float:
        inside = self._text[opener + 1 : opener + 3]
        is_too_short = closer - opener < 3 or (closer - opener == 3 and inside != inside.strip())
        if is_too_short or self._text[closer - 1].isspace():
            return NEVER
        if closer - opener > _LONGEST_SINGLE:
            return NEVER
        if self._text.count(" ", opener, closer) >= self._words:
            return NEVER
        ends = count_between(self._sentence_ends, opener, closer - 2)
        return _SENTENCE_END_COST * ends


def _is_even(opener: Mark, closer: Mark) -> bool:
    """Return whether two double marks are typed alike."""
    written = {opener.written, closer.written}
    return written <= _CURLY or written <= _TEX or len(written) == 1


def _is_digit(text: str, at: int) -> bool:
    return text[max(0, at) : at + 1].isdigit()


def count_between(places: Sequence[int], after: int, before: int) -> int:
    """Return how many of some sorted positions lie between two others."""
    return bisect_left(places, before) - bisect_right(places, after)


def _reading(marks: Sequence[Mark], choices: Sequence[Choice], pairs: _Pairs) -> Reading:
    """Put together what the marks are."""
    may_close: dict[Kind, list[int]] = {"single": [], "double": []}
    possible: list[int] = []
    for mark in marks:
        if mark.closer < NEVER and mark.glued_right:
            may_close[mark.kind].append(mark.at)
        if mark.closer < mark.neither:
            possible.append(mark.at)
    found: list[Pair] = []
    others: list[Mark] = []
    unclosed: dict[int, Mark] = {}
    for number, (mark, choice) in enumerate(zip(marks, choices, strict=True)):
        if choice.role == "neither":
            others.append(mark)
        elif choice.role == "opener":
            unclosed[number] = mark
        else:
            opener = unclosed.pop(choice.opener)
            certainty = min(choice.margin, choices[choice.opener].margin)
            cost = pairs.cost(opener, mark)
            inside = count_between(may_close[mark.kind], opener.at, mark.at)
            if mark.kind != opener.kind:
                inside += count_between(possible, opener.at, mark.at)
            found.append(Pair(opener, mark, cost, certainty, inside > 0))
    return Reading(found, others, list(unclosed.values()))
