"""Learns the spelling costs of rules/pivots/ko/spelling.yaml and graphemes.yaml (called by
train.py).
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from math import log
from pathlib import Path

from em import Costs, Pair, best_cost, learn, sampled
from samples import Sample

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.pivot.background import FOREIGN, Background
from cleaner.names.pivot.graphemes import graphemes
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.romaji import morae
from cleaner.names.pivot.script import letters, units, words
from cleaner.names.pivot.tables import load

WESTERN_NAMES = 14_000  # that graphemes are learned from; learning takes a second for 200
HANGUL = re.compile("[가-힣 ]+")

CLASSES = [
    {"k", "g", "c", "kk", "gg", "ch", "kh", "q"},
    {"t", "d", "tt", "dd", "teu", "deu", "th"},
    {"p", "b", "f", "v", "pp", "bb", "peu", "beu", "ph"},
    {"s", "ss", "sh", "seu", "z", "x", "sy"},
    {"j", "ch", "z", "zh", "ts", "jj", "jeu", "cheu", "chi", "tch", "q"},
    {"l", "r", "ll", "leu", "reu", "lr", "n"},
    {"m"},
    {"n", "ng", "m"},
    {"h", ""},
    {"w", "oo", "u", "o", "wi", "we", "wo", "wa", "yu", "woo"},
    {"i", "ee", "y", "e", "ai", "ei", "a", "eo", "eu", "ae", "ye", "yi"},
    {
        "o",
        "u",
        "oo",
        "eo",
        "a",
        "ah",
        "oh",
        "uh",
        "ou",
        "ao",
        "eu",
        "ya",
        "yo",
        "yu",
        "woo",
        "eoi",
        "iu",
    },
]
SOUND = {
    "c": "kgsc",
    "x": "sk",
    "q": "k",
    "f": "p",
    "v": "b",
    "z": "j",
    "th": "sdt",
    "ph": "p",
    "j": "jyh",
    "w": "wu",
    "y": "iy",
    "sch": "s",
    "ch": "ck",
    "ck": "k",
    "tch": "c",
    "qu": "k",
    "gn": "n",
    "kn": "n",
    "wh": "w",
    "wr": "r",
    "gh": "gk",
    "ng": "n",
    "tz": "c",
    "ts": "c",
    "sz": "s",
    "zh": "jc",
    "sh": "s",
    "g": "gj",
    "ps": "s",
    "rh": "r",
    "cq": "k",
    "h": "h",
}

# What people write who know pinyin or Japanese, whatever the Hangul says; the most that it may
# cost.
HABITS: Costs = {
    "ㅍ": {"f": 2.5},
    "ㅈ": {"zh": 2.7, "z": 3.5, "ch": 2.0},
    "ㅉ": {"z": 2.2, "zh": 2.5, "ts": 2.3, "tz": 2.8},
    "ㅊ": {"q": 3.2, "c": 3.2, "ts": 3.5},
    "ㅅ": {"x": 3.5, "sh": 2.4, "hs": 4.0},
    "ㅟ": {"i": 3.2, "u": 2.8, "yu": 2.4, "wi": 1.0, "rwi": 3.0},
    "ㅓ": {"e": 2.8},
    "ㅡ": {"i": 3.0},
    "ㅜ": {"o": 3.2},
    "ㅂ": {"v": 4.0, "f": 4.0},
    "ㅎ": {"kh": 4.5},
    "ㅌ": {"th": 2.5},
    "ㅕ": {"ye": 2.8, "ya": 4.0, "ia": 3.5},
    "ㅝ": {"uo": 2.8, "o": 3.0},
    "ㅘ": {"ua": 2.5},
    "ㅇ": {"r": 4.2},
    "ㄹ": {"l": 1.1, "r": 0.7},
    "ㅢ": {"i": 2.5, "ee": 2.2},
    "ㅏ": {"ar": 3.0},
    "-ㄹ": {"r": 2.2},
}


def jamo_pairs(samples: Iterable[Sample], syllables: Path, costs: Costs) -> list[Pair]:
    """Hangul and its spelling: garbles with their Hangul in the order of words that fits, and
    syllables of Koreans' names. A garble seen on a page counts twice.
    """
    pairs: list[Pair] = []
    for sample in samples:
        if not sample.hangul or (sample.source == "real" and sample.pivot != "ko"):
            continue
        parts = sample.hangul.split()
        orders = [units("".join(parts)), units("".join(reversed(parts)))]
        got = letters(sample.form)
        best = min(orders, key=lambda order: best_cost(order, got, costs))
        if best_cost(best, got, costs) < 3.2 * len(best) + 4:
            pairs.append((best, got, 2.0 if sample.source == "real" else 1.0))
    for syllable, spellings in json.loads(syllables.read_text(encoding="utf-8")).items():
        total = sum(spellings.values())
        for spelled, count in spellings.items():
            if count / total > 0.02:
                pairs.append(
                    (units(syllable.removeprefix("^")), spelled, 0.15 * count / total**0.5)
                )
    return pairs


def grapheme_pairs(names: Mapping[str, str], spelling: Costs, *, seed: int) -> list[Pair]:
    """Western names and garbles of their Hangul, drawn from the channel."""
    dice = random.Random(seed)
    chosen = sorted(name for name, hangul in names.items() if is_western(name, hangul))
    dice.shuffle(chosen)
    pairs: list[Pair] = []
    for name in chosen[:WESTERN_NAMES]:
        symbols = graphemes(words(name))
        garble = sampled(units(names[name]), spelling, dice, temperature=0.8)
        if symbols and 0.5 < len(garble) / len(letters(name)) < 2.5 and len(garble) < 26:
            pairs.append((symbols, garble, 1.0))
    return pairs


def is_western(name: str, hangul: str) -> bool:
    """Whether a name is written by its sound in Hangul, and is no pinyin, romaji or Korean."""
    parts = words(name)
    if not parts or not HANGUL.fullmatch(hangul) or len(parts) != len(hangul.split()):
        return False
    tables = load("ko")
    is_romaji = all(morae(part, tables.romaji) for part in parts)
    if is_romaji or Pinyin(tables).parses(parts):
        return False
    return Background(tables).korean_cost(name) >= FOREIGN - 6


def first_graphemes(inventory: Iterable[str]) -> Costs:
    """A guess to begin with: a grapheme is spelled as it is, or by something of its class."""
    costs: Costs = {}
    for unit in inventory:
        plain = unit.removesuffix(".")
        row = {plain: 0.8, "": 3.5}
        for sound in SOUND.get(plain, plain[0] if plain[0] not in "aeiou" else plain):
            for group in CLASSES:
                if sound in group:
                    for chunk in group:
                        row.setdefault(chunk, 3.0)
                        if unit.endswith(".") and len(chunk) < 3 and chunk:
                            row.setdefault(f"{chunk}eu", 4.0)
        costs[unit] = row
    return costs


def learn_graphemes(pairs: Sequence[Pair], *, rounds: int = 5, minimum: int = 25) -> Costs:
    """Two passes: the first finds pairs that do not belong together (a translated name), the second
    leaves them out.
    """
    counted: dict[str, int] = {}
    for symbols, _, _ in pairs:
        for symbol in symbols:
            counted[symbol] = counted.get(symbol, 0) + 1
    inventory = {symbol for symbol, count in counted.items() if count >= minimum}
    pairs = [
        (row, got, weight)
        for symbols, got, weight in pairs
        if (row := list(_known(symbols, inventory)))
    ]
    first = first_graphemes(sorted(inventory))
    costs = learn(pairs[:3000], first, rounds=2)
    worth = sorted(pairs, key=lambda pair: best_cost(pair[0], pair[1], costs) / len(pair[0]))
    return learn(worth[: int(len(worth) * 0.88)], costs, rounds=rounds, prior=0.3)


def _known(symbols: Iterable[str], inventory: set[str]) -> Iterable[str]:
    for symbol in symbols:
        if symbol in inventory:
            yield symbol
        else:
            yield from (letter for letter in symbol if letter in inventory)


def as_rows(costs: Costs) -> list[str]:
    """YAML rows, the likeliest spelling first."""
    rows = []
    for unit in sorted(costs):
        cells = sorted(costs[unit].items(), key=lambda item: (item[1], item[0]))
        inner = ", ".join(f"{_quoted(chunk)}: {cost:.2f}" for chunk, cost in cells)
        rows.append(f"  {_quoted(unit)}: {{{inner}}}")
    return rows


def _quoted(text: str) -> str:
    return (
        text
        if text.isalpha() and text not in ("no", "on", "yes", "n", "y", "off", "true", "null")
        else f'"{text}"'
    )


def entropy(costs: Costs, pairs: Sequence[Pair]) -> float:
    """The mean cost of a letter, in nats: how well the costs explain the pairs."""
    fit = [(best_cost(symbols, got, costs), len(got)) for symbols, got, _ in pairs if got]
    return sum(cost for cost, _ in fit) / max(1, sum(size for _, size in fit)) if fit else log(26)
