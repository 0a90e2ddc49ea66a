"""How a name may stand in the pivot's script: its forms, as rows of symbols.

A symbol is a piece of a name (a Chinese syllable taken by sound, the same syllable read the
Sino-Korean way, a Japanese mora, a Hangul syllable that is known, a grapheme of a Western name)
with all its readings in the pivot's script and what each costs. So one form stands for all the ways
to read it, and nothing is enumerated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product
from math import log

from cleaner.names.gazetteer import Name
from cleaner.names.pivot.script import words
from cleaner.names.pivot.tables import Tables, inverted

ACRONYM = 5  # letters of an abbreviation: as an alias it is no word that anybody hears
# of a Chinese name: longer ones that happen to be spelled like pinyin are not Chinese
MAX_SYLLABLES = 6
MAX_PARSES = 4  # ways to cut a name into syllables that are kept: Xian and Xi’an
_GRAPHEMES = (
    "sch|tch|ch|ck|cq|gh|gn|kn|ng|ph|ps|qu|rh|sh|sz|th|ts|tz|wh|wr|zh|aa|ae|ai|au|aw|ay|ea|ee|ei|eu|ew|ey|ia|ie|io|oa|"
    "oe|oi|oo|ou|ow|oy|ua|ue|ui|uy|([bcdfgklmnprstvz])\\1|."
)
_GRAPHEME = re.compile(_GRAPHEMES)
_VOWELS = frozenset("aeiouy")
_MORA = re.compile(
    r"([kstp])(?=\1)|t(?=ch)|n(?![aeiouy])|m(?=[bmp])|[bcdfghjkmnprstwyz]{0,3}[aeiou]|h(?![aeiou])"
)

Readings = tuple[tuple[str, float], ...]  # pivot text and cost, cheapest first


@dataclass(frozen=True, slots=True)
class Form:
    """One way to take a name: `way` says which, `symbols` are keys of readings, such as
    `sound:jiang`.

    `words` are how many symbols each word has; `flipped` forms have the words in another order than
    the canonical form.
    """

    way: str
    symbols: tuple[str, ...]
    words: tuple[int, ...]
    flipped: bool = False


@dataclass
class Reader:
    """Knows the forms of names and the readings of symbols, by the tables of one pivot."""

    tables: Tables

    @cached_property
    def _hanja(self) -> dict[str, list[str]]:
        return inverted(self.tables.hanja)

    @cached_property
    def _hanzi(self) -> dict[str, list[str]]:
        return inverted(self.tables.hanzi)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.tables.sound), default=0)

    def forms(self, name: Name) -> Iterator[Form]:
        """Every form of a name: Latin, by sound, by character, by mora, in Hangul if that is known.

        >>> from cleaner.names.pivot.tables import load
        >>> [form.way for form in Reader(load("ko")).forms(Name("Ma Yun", hanzi="马云"))]
        ['latin', 'sound', 'romaji', 'romaji', 'sino']
        """
        for canonical in name.right:
            if canonical != name.canonical and canonical.isupper() and len(canonical) <= ACRONYM:
                continue
            if not (parts := words(canonical)):
                continue
            pieces = [tuple(f"latin:{unit}" for unit in graphemes([part])) for part in parts]
            yield _form("latin", pieces)
            yield from self._chinese(parts, known=bool(name.hanzi))
            if "ü" in canonical.lower():
                yield from self._chinese(
                    words(canonical.lower().replace("ü", "v")), known=bool(name.hanzi)
                )
            yield from self._japanese(parts)
        if name.hanzi:
            yield from self._characters(name)
        if name.hangul:
            pieces = [tuple(f"pivot:{char}" for char in word) for word in name.hangul.split()]
            yield _form("pivot", pieces)
            if len(pieces) == 2:
                yield _form("pivot", pieces[::-1], flipped=True)

    def _chinese(self, parts: Sequence[str], *, known: bool) -> Iterator[Form]:
        cuts = [
            list(islice(_cuts(part, self.tables.sound, self._longest), MAX_PARSES))
            for part in parts
        ]
        if not all(cuts) or len(parts) > MAX_SYLLABLES:
            return
        parses = sorted(islice(product(*cuts), 16), key=lambda parse: sum(map(len, parse)))
        for parse in parses[:MAX_PARSES]:
            syllables = sum(parse, ())
            sizes = tuple(map(len, parse))
            if len(syllables) <= MAX_SYLLABLES:
                yield Form("sound", tuple(f"sound:{syllable}" for syllable in syllables), sizes)
                if not known and all(syllable in self.tables.sino for syllable in syllables):
                    heads = (
                        f"sino:{syllables[0]}",
                        *(f"inner:{syllable}" for syllable in syllables[1:]),
                    )
                    yield Form("sino", heads, sizes)

    def _characters(self, name: Name) -> Iterator[Form]:
        chars = [char for char in name.hanzi if char not in "·・ "]
        if all(char in self._hanja for char in chars):
            symbols = (f"hanja:{chars[0]}", *(f"inner-hanja:{char}" for char in chars[1:]))
            yield Form(
                "sino", symbols, (1, len(chars) - 1) if name.kind == "person" else (len(chars),)
            )

    def _japanese(self, parts: Sequence[str]) -> Iterator[Form]:
        pieces = []
        for part in parts:
            morae = [match.group() for match in _MORA.finditer(part)]
            if "".join(morae) != part or not all(
                _is_mora(mora, self.tables.romaji) for mora in morae
            ):
                return
            pieces.append((f"mora:{morae[0]}", *_lengthened(morae)))
        yield _form("romaji", pieces)
        if len(pieces) == 2:
            yield _form("romaji", pieces[::-1], flipped=True)

    def readings(self, symbol: str) -> Readings:
        """What a symbol may be in the pivot's script, and the cost of each; graphemes are their own
        reading.

        >>> from cleaner.names.pivot.tables import load
        >>> Reader(load("ko")).readings("sound:yun")[0]
        ('윈', 0.0)
        """
        kind, _, key = symbol.partition(":")
        tables = self.tables
        if kind == "sound":
            text = tables.sound[key]
            found = {text: 0.0}
            for part, spellings in tables.variants.items():
                if part in text:
                    for other, cost in spellings.items():
                        found.setdefault(text.replace(part, other), cost)
        elif kind in ("sino", "inner"):
            found = {text: -log(p) for text, p in tables.sino[key].items()}
            if kind == "inner" and key in tables.sino_inner:
                found = {text: cost + 1.5 for text, cost in found.items()}
                found |= {text: -log(p) for text, p in tables.sino_inner[key].items()}
        elif kind in ("hanja", "inner-hanja"):
            found = {text: 0.3 + rank for rank, text in enumerate(self._hanja[key])}
            if kind == "hanja":
                found |= {
                    tables.dropped[text]: cost - 0.2
                    for text, cost in found.items()
                    if text in tables.dropped
                }
        elif kind == "long":
            found = {"": 0.3, tables.romaji.get(key, [""])[0]: 2.0}
        elif kind in ("mora", "inner-mora"):
            found = _mora(key, tables.romaji, inner=kind != "mora")
        else:
            found = {key: 0.0}
        return tuple(sorted(found.items(), key=lambda item: (item[1], item[0])))

    def is_chinese(self, form: str) -> bool:
        """Whether a form is written as Chinese names are: a syllable, and one word of one or two;
        all of them pinyin.

        >>> from cleaner.names.pivot.tables import load
        >>> reader = Reader(load("ko"))
        >>> [reader.is_chinese(form) for form in ("Gao Honghao", "Jang Pan", "Sun Tian-chi", "Zhangfan")]
        [True, False, False, False]
        """
        if (
            not form.istitle()
            or len(parts := form.lower().split()) != 2
            or not "".join(parts).isalpha()
        ):
            return False
        surname, given = parts
        cuts = _cuts(given, self.tables.sound, self._longest)
        return surname in self.tables.sound and any(len(cut) <= 2 for cut in cuts)

    def hanzi_syllables(self, hanzi: str) -> tuple[str, ...]:
        """The pinyin syllables of characters; empty if one is unknown."""
        found = [self._hanzi.get(char, [""])[0] for char in hanzi]
        return tuple(found) if all(found) else ()


def _form(way: str, pieces: Sequence[tuple[str, ...]], *, flipped: bool = False) -> Form:
    return Form(
        way, tuple(symbol for piece in pieces for symbol in piece), tuple(map(len, pieces)), flipped
    )


def graphemes(parts: Sequence[str]) -> list[str]:
    """The graphemes of the words of a name; a consonant that no vowel follows is marked with a full
    stop.

    >>> graphemes(["smith", "anna"])
    ['s.', 'm', 'i', 'th.', 'a', 'nn', 'a']
    """
    found = []
    for part in parts:
        pieces = [match.group() for match in _GRAPHEME.finditer(part)]
        for piece, after in zip(pieces, [*pieces[1:], "."], strict=True):
            found.append(piece if piece[0] in _VOWELS or after[0] in _VOWELS else f"{piece}.")
    return found


def _cuts(word: str, inventory: dict[str, str], longest: int) -> Iterator[tuple[str, ...]]:
    """The ways to cut a word into syllables, those with long syllables first."""
    if not word:
        yield ()
    for size in range(min(longest, len(word)), 0, -1):
        if (head := word[:size]) in inventory and len(word) <= 18:
            yield from ((head, *rest) for rest in _cuts(word[size:], inventory, longest))


def _is_mora(mora: str, inventory: dict[str, list[str]]) -> bool:
    return mora in inventory or mora in ("n", "m", "h", "k", "s", "t", "p")


def _lengthened(morae: Sequence[str]) -> Iterator[str]:
    """The morae after the first; an o or u that only lengthens the vowel before it, or an h, may be
    silent.
    """
    for before, mora in pairwise(morae):
        long = (before[-1], mora) in {
            ("o", "o"),
            ("o", "u"),
            ("u", "u"),
            ("a", "a"),
            ("e", "e"),
        } or mora == "h"
        yield f"long:{mora}" if long else f"inner-mora:{mora}"


def _mora(key: str, inventory: dict[str, list[str]], *, inner: bool) -> dict[str, float]:
    if key in ("n", "m"):
        return {"ㄴ": 0.0, "ㅁ": 2.5}
    if key in ("k", "s", "t", "p"):
        return {"ㅅ": 0.3, "": 1.5}
    first, elsewhere = inventory[key]
    found = {first: 0.5, elsewhere: 1.0} if not inner else {elsewhere: 0.2, first: 2.0}
    return found if first != elsewhere else {first: 0.0}
