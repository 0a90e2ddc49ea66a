"""Whether two spellings may be one name: whether some Hangul can be written as both.

Jeong, Jung and Chung are one surname in Hangul. The tables of the pivot say how likely a Hangul
letter is spelled with which Latin letters: P(a|h). The sum of P(h) P(a|h) P(b|h) over all Hangul h,
compared with P(a) P(b), says how much likelier two spellings are as one name than as two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from cleaner.names.pivot.tables import USUAL_PIVOT, Tables, load
from cleaner.names.vocabulary import surname_families

MAX_CHUNK = 4  # letters that spell one Hangul letter
MAX_LETTERS = 16  # of a spelling; a longer one is no part of a Korean name
_RAREST = 5.0  # cost in nats above which a spelling of a letter is an error in the tables
_NO_FINAL = 0.55  # share of syllables without a final letter
_VOWELS = range(ord("ㅏ"), ord("ㅣ") + 1)
# Of two spellings, from 0 to 1: below it hardly any Hangul is written as both. Seo-hee and So-hee
# are two names at 0.057, Sung-ki and Seong-gi are one at 0.20.
MIN_LIKENESS = 0.06
_HABIT = 0.3  # likeness of two spellings of one surname by habit
NEVER = -100.0  # instead of the logarithm of nothing

Pair = tuple[str, str]
Chances = Mapping[str, Mapping[str, float]]  # that a unit is spelled with both of two chunks
Share = tuple[float, Mapping[str, float]]  # of a unit, and the chances of its spellings


@dataclass
class CommonHangul:
    """Compares spellings by the Hangul that they may be."""

    tables: Tables
    _known: dict[Pair, float] = field(default_factory=dict)

    @cached_property
    def _positions(self) -> tuple[list[Share], ...]:
        """For the first, middle and last letter of a syllable: units with share and spellings."""
        initials, medials, finals = [], [], []
        for unit, costs in self.tables.spelling.items():
            chances = {chunk: math.exp(-cost) for chunk, cost in costs.items() if cost <= _RAREST}
            if unit.startswith("-"):
                finals.append(chances)
            elif ord(unit[0]) in _VOWELS:
                medials.append(chances)
            else:
                initials.append(chances)
        return (
            _shares(initials, 1.0),
            _shares(medials, 1.0),
            [(_NO_FINAL, {"": 1.0}), *_shares(finals, 1 - _NO_FINAL)],
        )

    @cached_property
    def _pairs(self) -> tuple[Chances, ...]:
        """For each position the chance that one unit is spelled with both of two chunks."""
        tables = []
        for position in self._positions:
            table: dict[str, dict[str, float]] = {}
            for share, chances in position:
                for first, chance in chances.items():
                    row = table.setdefault(first, {})
                    for second, other in chances.items():
                        row[second] = row.get(second, 0.0) + share * chance * other
            tables.append(table)
        return tuple(tables)

    def together(self, first: str, second: str) -> float:
        """Return the logarithm of the chance that one name is spelled as both."""
        pair = (first, second) if first <= second else (second, first)
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = self._sum_over_hangul(*pair)
        return known

    def _sum_over_hangul(self, first: str, second: str) -> float:
        if max(len(first), len(second)) > MAX_LETTERS:
            return NEVER
        # reached[i, j]: chance of whole syllables that are spelled with first[:i] and second[:j]
        reached: dict[tuple[int, int], float] = {(0, 0): 1.0}
        ends = (len(first), len(second))
        for i in range(len(first) + 1):
            for j in range(len(second) + 1):
                chance = reached.get((i, j))
                if chance is None or (i, j) == ends:
                    continue
                states = {(i, j): chance}
                for table in self._pairs:
                    states = _step(states, table, first, second)
                for state, more in states.items():
                    if state != (i, j):
                        reached[state] = reached.get(state, 0.0) + more
        total = reached.get(ends, 0.0)
        return math.log(total) if total else NEVER

    def likeness(self, first: str, second: str) -> float:
        """Return how alike two spellings are as Hangul, from 0 to 1."""
        first, second = usual_spelling(first), usual_spelling(second)
        if first == second:
            return 1.0
        both = self.together(first, second)
        if both == NEVER:
            return 0.0
        return math.exp(both - (self.together(first, first) + self.together(second, second)) / 2)


def _shares(units: Sequence[Mapping[str, float]], total: float) -> list[Share]:
    """Return units with equal shares of a total."""
    return [(total / len(units), chances) for chances in units]


def usual_spelling(spelled: str) -> str:
    """Return a spelling without a letter that is not heard.

    >>> usual_spelling("limb"), usual_spelling("lim")
    ('lim', 'lim')
    """
    return spelled[:-1] if spelled.endswith("mb") else spelled


def is_korean_given(parts: Sequence[str]) -> bool:
    """Return whether the words or hyphenated parts of a given name are two Korean syllables.

    >>> is_korean_given(["hyo", "jun"]), is_korean_given(["hyojun"]), is_korean_given(["kevin"])
    (True, True, False)
    """
    syllables = load(USUAL_PIVOT).given.keys() | {"a", "u"}
    if len(parts) == 2:
        return all(part in syllables for part in parts)
    if len(parts) != 1:
        return False
    whole = parts[0]
    cuts = range(2, len(whole) - 1)
    return any(whole[:cut] in syllables and whole[cut:] in syllables for cut in cuts)


def is_korean_syllable(parts: Sequence[str]) -> bool:
    """Return whether a given name is one Korean syllable of at least two letters: Bin."""
    return len(parts) == 1 and len(parts[0]) > 1 and parts[0] in load(USUAL_PIVOT).given


def _step(
    states: Mapping[tuple[int, int], float], table: Chances, first: str, second: str
) -> dict[tuple[int, int], float]:
    """Return the states after one more unit of Hangul, which is spelled with both spellings."""
    after: dict[tuple[int, int], float] = {}
    for (i, j), chance in states.items():
        for i_end in range(i, min(i + MAX_CHUNK, len(first)) + 1):
            row = table.get(first[i:i_end])
            if row is None:
                continue
            for j_end in range(j, min(j + MAX_CHUNK, len(second)) + 1):
                more = row.get(second[j:j_end])
                if more is not None:
                    state = (i_end, j_end)
                    after[state] = after.get(state, 0.0) + chance * more
    return after


def surname_likeness(first: str, second: str) -> float:
    """Return how alike two surnames are, from 0 to 1: as Hangul, or by the habits of people.

    >>> surname_likeness("lee", "rhee"), surname_likeness("kim", "lee")
    (0.3, 0.0)
    """
    likeness = common_hangul().likeness(first, second)
    is_habit = second in surname_families().get(first, ())
    return max(likeness, _HABIT) if is_habit else likeness


@cache
def common_hangul() -> CommonHangul:
    """Return the comparison by the tables of the usual pivot."""
    return CommonHangul(load(USUAL_PIVOT))
