"""The tables of a pivot, read strictly from its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cleaner.errors import RuleError, UsageError
from cleaner.rules.layers import bundled
from cleaner.rules.reader import Node, read_yaml

Costs = Mapping[str, Mapping[str, float]]
_ABOUT = ("kind", "source", "made")


@dataclass(slots=True)
class Tables:
    """What is known of a pivot. Costs are negative logarithms of probabilities, in nats."""

    sound: dict[str, str] = field(default_factory=dict)  # pinyin syllable -> pivot text
    # pivot text -> other spelling of it -> cost
    variants: dict[str, dict[str, float]] = field(default_factory=dict)
    # pinyin syllable -> reading -> probability
    sino: dict[str, dict[str, float]] = field(default_factory=dict)
    # the same, not at the beginning of a word
    sino_inner: dict[str, dict[str, float]] = field(default_factory=dict)
    # mora -> at the beginning of a word, elsewhere
    romaji: dict[str, list[str]] = field(default_factory=dict)
    hanja: dict[str, str] = field(default_factory=dict)  # reading -> the characters that have it
    # reading -> what it is at the beginning of a word
    dropped: dict[str, str] = field(default_factory=dict)
    # pinyin syllable -> the characters that have it
    hanzi: dict[str, str] = field(default_factory=dict)
    spelling: dict[str, dict[str, float]] = field(default_factory=dict)  # unit -> letters -> cost
    # letters of a name -> letters -> cost
    graphemes: dict[str, dict[str, float]] = field(default_factory=dict)
    habits: dict[str, float] = field(default_factory=dict)  # cost of a stray letter, of a lost unit
    # letter -> next letter -> cost
    ordinary: dict[str, dict[str, float]] = field(default_factory=dict)
    surnames: dict[str, float] = field(default_factory=dict)  # spelling of a Korean surname -> cost
    # reading -> the characters of Koreans' surnames
    surname_hanja: dict[str, str] = field(default_factory=dict)
    # spelling of a syllable of a given name -> cost
    given: dict[str, float] = field(default_factory=dict)
    # romanisation -> unit -> letters
    systems: dict[str, dict[str, str]] = field(default_factory=dict)
    # what a document through this pivot has -> how telling it is
    marks: dict[str, float] = field(default_factory=dict)
    skeleton: dict[str, str] = field(default_factory=dict)  # letters -> class
    rank: dict[str, float] = field(default_factory=dict)  # feature -> weight: which name is meant
    score: dict[str, float] = field(default_factory=dict)  # feature -> weight: whether it is meant
    thresholds: dict[str, float] = field(default_factory=dict)  # propose, strong, margin


def pivots() -> list[str]:
    """The pivots there are tables for."""
    return sorted(path.name for path in (bundled() / "pivots").iterdir() if path.is_dir())


@cache
def load(pivot: str) -> Tables:
    """The tables of a pivot that comes with the package, read once.

    Raises:
        UsageError: there is no such pivot.
    """
    if pivot not in pivots():
        raise UsageError(
            f"there is no pivot “{pivot}”; there is {', '.join(pivots())}, none and auto"
        )
    return read_folder(bundled() / "pivots" / pivot)


def read_folder(folder: Path) -> Tables:
    """The tables in the YAML files of a folder; a table may be spread over several files, but not a
    row of it.

    Raises:
        RuleError: a file is no pivot file, has an unknown table, or a row that stands twice or has
        another shape.
    """
    tables = Tables()
    for path in sorted(folder.glob("*.yaml")):
        root = read_yaml(path.read_bytes(), str(path))
        top = root.value
        if (
            not isinstance(top, dict)
            or next(iter(top), "") != "kind"
            or top["kind"].value != "pivot"
        ):
            raise RuleError(
                root.place,
                "this is no table of a pivot",
                "begin with `kind: pivot`, `source:` and `made:`",
            )
        for key, node in top.items():
            if key in _ABOUT:
                continue
            table = getattr(tables, key, None) if key in Tables.__slots__ else None
            if table is None or not isinstance(node.value, dict):
                raise RuleError(
                    root.keys[key],
                    f"unknown table `{key}`",
                    f"tables are {', '.join(Tables.__slots__)}",
                )
            for row, cell in node.value.items():
                if row in table:
                    raise RuleError(
                        node.keys[row], f"the row `{row}` stands in another file too", "keep one"
                    )
                table[row] = _VALUES[Tables.__annotations__[key]](cell)
    return tables


def _number(node: Node) -> float:
    try:
        return float(_text(node))
    except ValueError:
        raise RuleError(node.place, f"“{node.value}” is no number", "write it as 2.5") from None


def _numbers(node: Node) -> dict[str, float]:
    if not isinstance(node.value, dict):
        raise RuleError(node.place, f"this row is {node.shape}", "write it as {a: 0.5, ah: 2.5}")
    return {key: _number(cell) for key, cell in node.value.items()}


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise RuleError(node.place, f"this is {node.shape}", "write text here")
    return node.value


def _texts(node: Node) -> list[str]:
    if not isinstance(node.value, list):
        raise RuleError(node.place, f"this row is {node.shape}", "write it as [a, b]")
    return [_text(cell) for cell in node.value]


def _spellings(node: Node) -> dict[str, str]:
    if not isinstance(node.value, dict):
        raise RuleError(node.place, f"this row is {node.shape}", "write it as {a: b}")
    return {key: _text(cell) for key, cell in node.value.items()}


_VALUES = {
    "dict[str, str]": _text,
    "dict[str, float]": _number,
    "dict[str, list[str]]": _texts,
    "dict[str, dict[str, str]]": _spellings,
    "dict[str, dict[str, float]]": _numbers,
}


def inverted(table: Mapping[str, str]) -> dict[str, list[str]]:
    """A table of readings the other way round: character -> its readings.

    >>> inverted({"강": "江姜", "장": "江"})["江"]
    ['강', '장']
    """
    readings: dict[str, list[str]] = {}
    for reading, char in _pairs(table):
        readings.setdefault(char, []).append(reading)
    return readings


def _pairs(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((reading, char) for reading, chars in table.items() for char in chars)
