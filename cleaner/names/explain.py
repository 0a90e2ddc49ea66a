"""Why a name is proposed: how it became what was written, letter by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from cleaner.names.name import Name
from cleaner.names.pivot.channel import MAX_READINGS, Channel, CostsByUnit, UnitSequence
from cleaner.names.pivot.renderings import Rendering

Step = tuple[str, str]  # a unit and the letters that spell it; no unit for stray letters

# Costs in nats. They decide only how an explanation looks.
USUAL = 2.9  # up to this cost letters count as a spelling of a unit, and not as stray letters
SILENT = 1.0  # a unit that may be left unspelled for less is not mentioned when it is
UNUSUAL = 9.0  # the cost of a spelling that the tables do not know

# Lone consonants, as tables write them, and the same at the end of a Hangul syllable.
_FINAL_CONSONANTS = str.maketrans(
    {
        "ㄴ": "\N{HANGUL JONGSEONG NIEUN}",
        "ㅁ": "\N{HANGUL JONGSEONG MIEUM}",
        "ㅅ": "\N{HANGUL JONGSEONG SIOS}",
    }
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a name became a form.

    Attributes:
        form: what was written.
        through: the name in the pivot's script; empty if it got there letter by letter.
        canonical: the canonical form of the name.
        steps: which letters of the form spell which unit.
    """

    form: str
    through: str
    canonical: str
    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """The derivation in one line: `Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]`."""
        middle = f"{self.through} <- " if self.through else ""
        steps = " ".join(_step_text(unit, chunk) for unit, chunk in self.steps)
        return f"{self.form} <- {middle}{self.canonical} [{steps}]"


def _step_text(unit: str, chunk: str) -> str:
    return f"{unit.removeprefix('-')}={chunk}" if unit else f"+{chunk}"


class _Path(NamedTuple):
    """The cheapest way found so far to spell the beginning of a mention."""

    cost: float = 0.0
    steps: tuple[Step, ...] = ()
    through: str = ""


_Paths = Mapping[int, _Path]  # by how many letters of the mention are spelled


def derive(
    form: str,
    mention: str,
    name: Name,
    rendering: Rendering,
    channel: Channel,
    *,
    max_cost: float = inf,
) -> Derivation:
    """Return the cheapest way to spell a rendering of a name with the letters of a mention.

    Args:
        form: what was written, as the explanation shows it.
        mention: its plain letters, in the order in which they are aligned.
        name: the name that is meant.
        rendering: one of its renderings.
        channel: the costs.
        max_cost: the cost of the cheapest way in nats, if it is known. Nothing that costs more is
            followed.
    """
    paths: _Paths = {0: _Path()}
    costs = channel.costs_by_unit(mention)
    for symbol in rendering.symbols:
        paths = _spell_symbol(symbol, rendering, mention, paths, channel, costs)
        paths = {end: path for end, path in paths.items() if path.cost <= max_cost}
    best = paths.get(len(mention), _Path())
    steps = tuple(_readable(best.steps, channel))
    return Derivation(form, composed(best.through), name.canonical, steps)


def _spell_symbol(
    symbol: str,
    rendering: Rendering,
    mention: str,
    paths: _Paths,
    channel: Channel,
    costs: CostsByUnit,
) -> _Paths:
    """Return the paths after one more symbol, by the cheapest of its readings."""
    if rendering.way == "latin":
        texts = [""]
    else:
        texts = [text for text, _ in channel.readings.of(symbol)[:MAX_READINGS]]
    best: dict[int, _Path] = {}
    readings = zip(channel.unit_sequences(symbol), texts, strict=True)
    for (units, reading_cost), text in readings:
        for end, path in _spell_units(units, mention, paths, costs).items():
            cost = path.cost + reading_cost
            if end not in best or cost < best[end].cost:
                best[end] = _Path(cost, path.steps, path.through + text)
    return best


def _spell_units(units: UnitSequence, mention: str, paths: _Paths, costs: CostsByUnit) -> _Paths:
    """Return the paths after a sequence of units."""
    for unit in units:
        best: dict[int, _Path] = {}
        for start, path in paths.items():
            for length, unit_cost in enumerate(costs[unit][start]):
                end = start + length
                cost = path.cost + unit_cost
                if end <= len(mention) and (end not in best or cost < best[end].cost):
                    chunk = mention[start:end]
                    best[end] = _Path(cost, (*path.steps, (unit, chunk)), path.through)
        paths = best
    return paths


def _readable(steps: Iterable[Step], channel: Channel) -> list[Step]:
    """Return steps as a person reads them.

    Letters that no unit accounts for become steps of their own. A unit that is often silent is
    left out where it is silent.
    """
    tables = channel.readings.tables
    readable: list[Step] = []
    for unit, chunk in steps:
        costs = tables.spelling.get(unit) or tables.graphemes.get(unit, {})
        may_be_silent = costs.get("", UNUSUAL) < SILENT
        shown_unit = unit.removesuffix(".")
        usual = _usual_part(chunk, costs)
        if usual:
            start, end = usual
            parts = [("", chunk[:start]), (shown_unit, chunk[start:end]), ("", chunk[end:])]
            readable += [(label, letters) for label, letters in parts if letters]
        elif not may_be_silent:
            readable.append((shown_unit, chunk))
        elif chunk:
            readable.append(("", chunk))
    return readable


def _usual_part(chunk: str, costs: Mapping[str, float]) -> tuple[int, int] | None:
    """Return where the longest part of a chunk is that usually spells a unit, the first of those.

    The place is a start and an end in letters of the chunk; None if there is no such part.
    """
    for size in range(len(chunk), 0, -1):
        for start in range(len(chunk) - size + 1):
            end = start + size
            if costs.get(chunk[start:end], UNUSUAL) <= USUAL:
                return start, end
    return None


def composed(text: str) -> str:
    """Return a text in the pivot's script with lone consonants joined to the syllable before them.

    >>> composed("게ㄴ지")
    '겐지'
    """
    return unicodedata.normalize("NFC", text.translate(_FINAL_CONSONANTS))
