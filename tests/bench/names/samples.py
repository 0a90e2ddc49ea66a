"""What the matcher is trained on and measured with: garbled names, and what must be left alone.

A sample is a form with the name that is meant, if any, in one of several lists of names. Made rows
come from the files `queries` and `gazetteer`; real rows, seen on public pages, from
real_rows.jsonl.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

from spellchecker import SpellChecker

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner.names.name import Name
from cleaner.names.pivot.background import is_ordinary_word
from cleaner.names.pivot.script import letters, word_key
from cleaner.names.pivot.tables import Tables
from cleaner.names.right import may_be_flipped

FOLDS = 5
REAL_ROWS = Path(__file__).with_name("real_rows.jsonl")
REAL = "real"  # the list of the names that real rows mean
MADE_KOREAN = "made Korean"
STRANGERS = 1_500  # right names that no list has, as samples of what must be left alone

Row = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A form, and what is meant by it.

    Attributes:
        form: what was written.
        right: the canonical form of the name that is meant; "" if the form must be left alone.
        origin: of which kind it is, for tables by kind.
        source: `made` or `real`.
        pivot: the language in between.
        fold: in which part of the cross-validation it is judged.
        hangul: how the name is written in Hangul, if it is known; to learn spellings from.
        also: other right forms of the name.
    """

    form: str
    right: str
    origin: str
    source: str
    pivot: str
    fold: int
    hangul: str = ""
    also: tuple[str, ...] = ()


def rows(path: Path) -> list[Row]:
    """Return the rows of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def made_samples(queries: Path) -> list[Sample]:
    """Return garbles that were made by program, and words, cities and names of other people."""
    return [
        Sample(
            form=row["query"],
            right=row["canonical"] or "",
            origin=row["origin"],
            source="made",
            pivot="ko",
            fold=_number(row["canonical"] or row["query"]) % FOLDS,
            hangul=row["pivot"] or "",
        )
        for row in rows(queries)
    ]


def real_samples(path: Path = REAL_ROWS) -> list[Sample]:
    """Return garbles and traps seen on public pages.

    What shares a page or a name is in one fold: no page and no name is both learned from and
    judged.
    """
    found = rows(path)
    groups = _Groups()
    for row in found:
        groups.join(f"page {row['page']}", f"name {row['right'] or row['form']}")
    return [
        Sample(
            form=row["form"],
            right=row["right"] or "",
            origin=row["kind"] if row["right"] else row["trap"],
            source="real",
            pivot=row["pivot"],
            fold=_number(groups.of(f"page {row['page']}")) % FOLDS,
            hangul=row.get("ko", ""),
            also=tuple(row.get("also", ())),
        )
        for row in found
    ]


class _Groups:
    """Things that belong together: joined one by one, each group named by one of its members."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, thing: str) -> str:
        parent = self._parents.setdefault(thing, thing)
        return thing if parent == thing else self.of(parent)

    def join(self, one: str, other: str) -> None:
        self._parents[self.of(one)] = self.of(other)


def real_names(path: Path = REAL_ROWS, *, known: bool = False) -> list[Name]:
    """Return the names that real rows mean, with their Hanzi and Hangul if they are to be known."""
    names: dict[str, Name] = {}
    for row in rows(path):
        if row["right"] and row["right"] not in names:
            names[row["right"]] = Name(
                row["right"],
                hanzi=row.get("zh", "") if known and row["pivot"] in ("ko", "zh") else "",
                hangul=(row["ko"],) if known and "ko" in row else (),
                aliases=tuple(row.get("also", ())),
            )
    return list(names.values())


def made_names(gazetteer: Path, tier: int) -> list[Name]:
    """Return the names of a gazetteer up to a tier."""
    return [Name(row["name"]) for row in rows(gazetteer) if int(row["tier"]) <= tier]


def hangul_of(wikidata: Path) -> dict[str, str]:
    """Return many names with their Hangul, from a table with a header."""
    with wikidata.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["canonical"]: row["ko"] for row in table}


def with_hangul(names: Iterable[Name], hangul: dict[str, str]) -> list[Name]:
    """Return the names, half of them with their Hangul."""
    return [
        replace(name, hangul=(hangul[name.canonical],))
        if name.canonical in hangul and _number(name.canonical) % 2
        else name
        for name in names
    ]


def with_all_names(names: Sequence[Name], hangul: Mapping[str, str]) -> list[Name]:
    """Return the names, and after them all others of a table."""
    known = {name.canonical for name in names}
    return [*names, *map(Name, sorted(hangul.keys() - known))]


def strangers(hangul: dict[str, str], number: int = STRANGERS) -> list[Sample]:
    """Return right names as samples of what must be left alone where a list does not have them."""
    chosen = random.Random(1).sample(sorted(hangul), number)
    return [Sample(form, "", "right name", "made", "ko", _number(form) % FOLDS) for form in chosen]


def koreans(tables: Tables, number: int = STRANGERS) -> list[Sample]:
    """Return names of Koreans as they are written: Kim Min-soo, Kim Minsoo, Min-soo Kim, Min-soo.

    Surnames and syllables are as frequent as among the people whom the tables count.
    """
    chance = random.Random(3)
    surnames, syllables = _by_chance(tables.surnames), _by_chance(tables.given)
    found: dict[str, None] = {}
    while len(found) < number:
        (surname,) = chance.choices(*surnames)
        first, second = chance.choices(*syllables, k=2)
        family = surname.capitalize()
        given = f"{first}{chance.choice(('-', '-', ''))}{second}".capitalize()
        forms = (f"{family} {given}", f"{given} {family}", given)
        found |= dict.fromkeys(chance.choices(forms, (6, 3, 1)))
    return [Sample(form, "", MADE_KOREAN, "made", "ko", _number(form) % FOLDS) for form in found]


def _by_chance(costs: Mapping[str, float]) -> tuple[list[str], list[float]]:
    """Return what has costs (negative logarithms), and how likely each is."""
    return list(costs), [exp(-cost) for cost in costs.values()]


def ordinary_words(number: int = STRANGERS) -> list[Sample]:
    """Return ordinary words with a capital, such as begin sentences and stand in titles."""
    known = SpellChecker(language="en").word_frequency.dictionary
    usable = sorted(word for word in known if len(word) >= 4 and is_ordinary_word(word))
    chosen = random.Random(2).sample(usable, number)
    return [
        Sample(word.title(), "", "word", "made", "ko", _number(word) % FOLDS) for word in chosen
    ]


def fitting(samples: Iterable[Sample], names: Sequence[Name]) -> Iterator[Sample]:
    """Yield the garbles of these names, and what must be left alone."""
    for sample, strange in fitting_or_strange(samples, names):
        if not strange:
            yield sample


def fitting_or_strange(
    samples: Iterable[Sample], names: Sequence[Name]
) -> Iterator[tuple[Sample, bool]]:
    """Yield samples, and of each whether it is a garble of a name that is not among these.

    Left out are forms that need no correction: their letters are those of a name, or their words
    in another order that is right too.
    """
    canonical = {name.canonical for name in names}
    right = [form for name in names for form in name.right]
    spelled = set(map(letters, right))
    keys = {word_key(form) for form in right if may_be_flipped(form)}
    for sample in samples:
        if letters(sample.form) not in spelled and word_key(sample.form) not in keys:
            yield sample, bool(sample.right) and sample.right not in canonical


def _number(text: str) -> int:
    return zlib.crc32(text.encode())
