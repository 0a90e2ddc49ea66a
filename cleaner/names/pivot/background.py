"""What a mention is if it is no garble: an ordinary word or name, or the name of a Korean.

Both answers are costs (negative logarithms of probabilities, in nats), to be compared with what the
channel asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.names.pivot.script import letters, words
from cleaner.names.pivot.tables import Tables

UNSEEN = 8.0  # cost of a pair of letters that no ordinary word has
FOREIGN = 30.0  # cost of what cannot be read as the name of a Korean
MAX_SYLLABLE = 7  # letters
_HYPHEN = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}"
# Kim Min-soo, Min-soo Kim
_NEWSPAPER = re.compile(rf"\w+\s+\w+[{_HYPHEN}]\w+|\w+[{_HYPHEN}]\w+\s+\w+")


def is_newspaper_style(form: str) -> bool:
    """Whether a form is written as newspapers write Koreans: Kim Min-soo, Min-soo Kim."""
    return bool(_NEWSPAPER.fullmatch(form))


@dataclass(frozen=True)
class Background:
    """Ordinary English, and Korean people's names, by the tables of a pivot."""

    tables: Tables

    def ordinary(self, form: str) -> float:
        """The cost of a form as ordinary English: letter by letter, each known by the two before
        it.
        """
        table = self.tables.ordinary
        total = 0.0
        for word in words(form):
            history = "^"
            for letter in f"{word}$":
                row = table.get(history[-2:]) or table.get(history[-1:]) or {}
                cost = row.get(letter)
                if cost is None:
                    cost = 1.5 + table.get(history[-1:], {}).get(letter, UNSEEN)
                total += cost
                history += letter
        return total

    def korean(self, form: str) -> float:
        """The cost of a form as the name of a Korean: a surname and one or two syllables, or the
        other way round.

        >>> from cleaner.names.pivot.tables import load
        >>> people = Background(load("ko"))
        >>> people.korean("Kim Min-soo") < people.korean("Kang So-young") < people.korean("Tsinghua") == FOREIGN
        True
        """
        parts = words(form)
        if not 1 <= len(parts) <= 3:
            return FOREIGN
        whole = letters(form)
        best = FOREIGN
        for size in range(1, min(MAX_SYLLABLE, len(whole) - 1) + 1):
            parted = 0.0 if size == len(parts[0]) else 3.0
            surname = self._surname(whole[:size])
            if surname < FOREIGN:
                best = min(best, surname + parted + self._given(whole[size:]))
        if len(parts) > 1:
            flipped = self._surname(parts[-1]) + self._given("".join(parts[:-1])) + 2.0
            best = min(best, flipped)
        return best

    def is_korean(self, form: str) -> bool:
        """Whether a form is written as Koreans write their names: a surname, and two syllables that
        given names have.

        With a hyphen between the two (Kim Min-soo) rare syllables will do; Chinese names never look
        like that unless they were read in Korean, and then nothing tells them from a Korean's.

        >>> from cleaner.names.pivot.tables import load
        >>> people = Background(load("ko"))
        >>> [people.is_korean(form) for form in ("Kim Min-soo", "Lee Dae-hee", "Jing Xian-dong", "Marwin")]
        [True, True, False, False]
        """
        parts = words(form)
        if len(parts) not in (2, 3):
            return False
        limits = self.tables.thresholds
        limit = limits["hyphenated korean"] if is_newspaper_style(form) else limits["korean"]
        return any(
            self._surname(surname) + self._two(given) < limit
            for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1]))
        )

    def _two(self, given: Sequence[str]) -> float:
        """The cost of a given name of two syllables, which may be written as one word of at least
        four letters.
        """
        if len(given) == 2:
            pairs = [(given[0], given[1])]
        else:
            pairs = [(given[0][:cut], given[0][cut:]) for cut in range(2, len(given[0]) - 1)]
        known = self.tables.given
        return min(
            (known.get(one, FOREIGN) + known.get(two, FOREIGN) for one, two in pairs),
            default=FOREIGN,
        )

    def _surname(self, spelled: str) -> float:
        return self.tables.surnames.get(spelled, FOREIGN)

    def _given(self, spelled: str) -> float:
        known = self.tables.given
        best = known.get(spelled, FOREIGN) + 3.0
        for cut in range(
            max(1, len(spelled) - MAX_SYLLABLE), min(MAX_SYLLABLE, len(spelled) - 1) + 1
        ):
            cost = known.get(spelled[:cut], FOREIGN) + known.get(spelled[cut:], FOREIGN)
            best = min(best, cost)
        return min(best, FOREIGN)
