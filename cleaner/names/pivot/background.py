"""What a form is if it is not a garbled name: ordinary English, or the name of a Korean.

Both answers are costs (negative logarithms of probabilities, in nats), so that they can be
compared with what the channel asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.names.pivot.script import letters, words
from cleaner.names.pivot.tables import Tables
from cleaner.text.characters import HYPHENS
from cleaner.text.words import is_ordinary

# Costs in nats.
UNSEEN = 8.0  # a letter after one that no ordinary word has before it
FOREIGN = 30.0  # a form that cannot be read as the name of a Korean; no cost is higher
_SHORTER_HISTORY = 1.5  # a letter that is only known by the one letter before it
_OTHER_BREAK = 3.0  # a surname that does not end where the first word ends
_SURNAME_LAST = 2.0  # the given name before the surname
_ONE_SYLLABLE = 3.0  # a given name of one syllable; most have two

MAX_SYLLABLE = 7  # letters of a Korean syllable
MIN_WORD = 4  # letters of an ordinary word; a shorter one (Ma, Win) may be a part of a name
_HYPHENS = HYPHENS + "\N{EN DASH}"
# Kim Min-soo, Min-soo Kim
_NEWSPAPER_STYLE = re.compile(rf"\w+\s+\w+[{_HYPHENS}]\w+|\w+[{_HYPHENS}]\w+\s+\w+")


def is_newspaper_style(form: str) -> bool:
    """Return whether a form is written as newspapers write Koreans: Kim Min-soo, Min-soo Kim."""
    return bool(_NEWSPAPER_STYLE.fullmatch(form))


def is_ordinary_word(form: str) -> bool:
    """Return whether a form is one ordinary English word that is no part of a name.

    >>> is_ordinary_word("Margin"), is_ordinary_word("Win"), is_ordinary_word("Marwin")
    (True, False, False)
    """
    parts = words(form)
    return len(parts) == 1 and len(parts[0]) >= MIN_WORD and is_ordinary(parts[0])


@dataclass(frozen=True)
class Background:
    """Ordinary English, and the names of Koreans, by the tables of a pivot."""

    tables: Tables

    def ordinary_cost(self, form: str) -> float:
        """Return the cost of a form as ordinary English.

        Each letter has a cost that depends on the two letters before it.
        """
        table = self.tables.ordinary
        total = 0.0
        for word in words(form):
            history = "^"
            for letter in f"{word}$":
                two, one = history[-2:], history[-1:]
                costs = table.get(two) or table.get(one) or {}
                cost = costs.get(letter)
                if cost is None:
                    cost = _SHORTER_HISTORY + table.get(one, {}).get(letter, UNSEEN)
                total += cost
                history += letter
        return total

    def korean_cost(self, form: str) -> float:
        """Return the cost of a form as the name of a Korean.

        That is a surname and a given name of one or two syllables, in either order.

        >>> from cleaner.names.pivot.tables import load
        >>> cost = Background(load("ko")).korean_cost
        >>> cost("Kim Min-soo") < cost("Kang So-young") < cost("Tsinghua") == FOREIGN
        True
        """
        parts = words(form)
        if not 1 <= len(parts) <= 3:
            return FOREIGN
        whole = letters(form)
        best = FOREIGN
        for size in range(1, min(MAX_SYLLABLE, len(whole) - 1) + 1):
            surname = self._surname_cost(whole[:size])
            if surname < FOREIGN:
                word_break = 0.0 if size == len(parts[0]) else _OTHER_BREAK
                given = self._given_name_cost(whole[size:])
                best = min(best, surname + word_break + given)
        if len(parts) > 1:
            surname = self._surname_cost(parts[-1])
            given = self._given_name_cost("".join(parts[:-1]))
            best = min(best, surname + given + _SURNAME_LAST)
        return best

    def is_korean(self, form: str) -> bool:
        """Return whether a form is written as Koreans write their names.

        That is a surname and two syllables that occur in given names. With a hyphen between the
        syllables (Kim Min-soo) rare ones are enough: a Chinese name is never written like that
        unless it was read in Korean, and then nothing tells it from the name of a Korean.

        >>> from cleaner.names.pivot.tables import load
        >>> is_korean = Background(load("ko")).is_korean
        >>> [is_korean(form) for form in ("Kim Min-soo", "Lee Dae-hee", "Jing Xian-dong", "Marwin")]
        [True, True, False, False]
        """
        kind = "hyphenated korean" if is_newspaper_style(form) else "korean"
        return self.person_cost(form) < self.tables.thresholds[kind]

    def person_cost(self, form: str) -> float:
        """Return the cost of a form as a surname and two syllables of a given name.

        Unlike `korean_cost`, it knows no given name of one syllable, and the surname is a word.
        """
        parts = words(form)
        if len(parts) not in (2, 3):
            return FOREIGN
        surname_first = self._surname_cost(parts[0]) + self._two_syllable_cost(parts[1:])
        surname_last = self._surname_cost(parts[-1]) + self._two_syllable_cost(parts[:-1])
        return min(surname_first, surname_last, FOREIGN)

    def given_name_cost(self, form: str) -> float:
        """Return the cost of a form as a Korean given name of two syllables, in one or two words.

        >>> from cleaner.names.pivot.tables import load
        >>> cost = Background(load("ko")).given_name_cost
        >>> cost("Soo-hyun") < cost("Myungbo") < cost("Antgroup") == FOREIGN
        True
        """
        parts = words(form)
        return min(self._two_syllable_cost(parts), FOREIGN) if len(parts) in (1, 2) else FOREIGN

    def _surname_cost(self, spelled: str) -> float:
        return self.tables.surnames.get(spelled, FOREIGN)

    def _given_name_cost(self, spelled: str) -> float:
        """Return the cost of letters as a given name of one or two syllables."""
        costs = self.tables.given
        best = costs.get(spelled, FOREIGN) + _ONE_SYLLABLE
        first_cut = max(1, len(spelled) - MAX_SYLLABLE)
        last_cut = min(MAX_SYLLABLE, len(spelled) - 1)
        for cut in range(first_cut, last_cut + 1):
            best = min(best, self._syllables_cost(spelled[:cut], spelled[cut:]))
        return min(best, FOREIGN)

    def _two_syllable_cost(self, given: Sequence[str]) -> float:
        """Return the cost of a given name of two syllables, in two words or in one.

        In one word each syllable has at least two letters.
        """
        if len(given) == 2:
            return self._syllables_cost(given[0], given[1])
        word = given[0]
        cuts = range(2, len(word) - 1)
        costs = (self._syllables_cost(word[:cut], word[cut:]) for cut in cuts)
        return min(costs, default=FOREIGN)

    def _syllables_cost(self, first: str, second: str) -> float:
        costs = self.tables.given
        return costs.get(first, FOREIGN) + costs.get(second, FOREIGN)
