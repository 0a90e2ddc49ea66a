"""Why a name is proposed: the way from it to what was written, letter by letter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cleaner.names.gazetteer import Name
from cleaner.names.pivot.channel import MAX_CHUNK, MOST_READINGS, Channel
from cleaner.names.pivot.readings import Form

USUAL = 2.9  # the cost up to which letters count as a spelling of a unit and not as stray
SILENT = 1.0  # the cost up to which it is nothing to remark on if a unit is not spelled at all
UNUSUAL = 9.0


@dataclass(frozen=True, slots=True)
class Derivation:
    """A form, the pivot text it went through (empty if none), the name, and which letters spell
    which unit.
    """

    form: str
    through: str
    canonical: str
    steps: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """As in `Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]`."""
        middle = f"{self.through} <- " if self.through else ""
        steps = " ".join(
            f"{unit.removeprefix('-')}={chunk}" if unit else f"+{chunk}"
            for unit, chunk in self.steps
        )
        return f"{self.form} <- {middle}{self.canonical} [{steps}]"


def derive(form: str, mention: str, name: Name, way: Form, channel: Channel) -> Derivation:
    """The cheapest way to spell a form of a name with the letters of a mention."""
    paths: dict[int, tuple[float, list[tuple[str, str]], str]] = {0: (0.0, [], "")}
    for symbol in way.symbols:
        there: dict[int, tuple[float, list[tuple[str, str]], str]] = {}
        texts = (
            [""]
            if way.way == "latin"
            else [text for text, _ in channel.reader.readings(symbol)[:MOST_READINGS]]
        )
        for (row, prior), text in zip(channel.rows(symbol), texts, strict=True):
            for end, (cost, (start, more)) in _spelled(row, mention, paths, channel).items():
                if end not in there or cost + prior < there[end][0]:
                    there[end] = (cost + prior, [*paths[start][1], *more], paths[start][2] + text)
        paths = there
    _, steps, through = paths.get(len(mention), (0.0, [], ""))
    return Derivation(form, composed(through), name.canonical, tuple(_shown(steps, channel)))


def _spelled(
    row: tuple[str, ...],
    mention: str,
    paths: dict[int, tuple[float, list[tuple[str, str]], str]],
    channel: Channel,
) -> dict[int, tuple[float, tuple[int, list[tuple[str, str]]]]]:
    reached = {
        start: (cost, (start, list[tuple[str, str]]())) for start, (cost, _, _) in paths.items()
    }
    for unit in row:
        there: dict[int, tuple[float, tuple[int, list[tuple[str, str]]]]] = {}
        for place, (before, (start, steps)) in reached.items():
            for end in range(place, min(place + MAX_CHUNK, len(mention)) + 1):
                chunk = mention[place:end]
                cost = before + channel.unit_cost(unit, chunk)
                if end not in there or cost < there[end][0]:
                    there[end] = (cost, (start, [*steps, (unit, chunk)]))
        reached = there
    return reached


def _shown(steps: list[tuple[str, str]], channel: Channel) -> list[tuple[str, str]]:
    """Steps for a reader: a silent unit that is silent is left out, letters that no unit accounts
    for are stray.
    """
    shown: list[tuple[str, str]] = []
    for unit, chunk in steps:
        known = channel.reader.tables.spelling.get(unit) or channel.reader.tables.graphemes.get(
            unit, {}
        )
        silent = known.get("", UNUSUAL) < SILENT
        plain = unit.removesuffix(".")
        pieces = [(a, b) for a in range(len(chunk)) for b in range(a + 1, len(chunk) + 1)]
        usual = [(a, b) for a, b in pieces if known.get(chunk[a:b], UNUSUAL) <= USUAL]
        if usual:
            start, end = max(usual, key=lambda piece: (piece[1] - piece[0], -piece[0]))
            around = [("", chunk[:start]), (plain, chunk[start:end]), ("", chunk[end:])]
            shown += [(one, part) for one, part in around if part]
        elif silent and chunk:
            shown.append(("", chunk))
        elif not silent:
            shown.append((plain, chunk))
    return shown


def composed(text: str) -> str:
    """A text in the pivot's script with lone consonants put under the syllable before them.

    >>> composed("게ㄴ지")
    '겐지'
    """
    finals = {
        "ㄴ": "\N{HANGUL JONGSEONG NIEUN}",
        "ㅁ": "\N{HANGUL JONGSEONG MIEUM}",
        "ㅅ": "\N{HANGUL JONGSEONG SIOS}",
    }
    return unicodedata.normalize("NFC", "".join(finals.get(char, char) for char in text))
