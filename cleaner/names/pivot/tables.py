"""The tables of a pivot, read strictly from its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache as once
from hashlib import blake2b
from pathlib import Path

from cleaner import cache
from cleaner.errors import RuleError, UsageError
from cleaner.reading import is_folder, read_file
from cleaner.rules.layers import bundled, fingerprint
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.reader import Node, read_yaml

USUAL_PIVOT = "ko"  # where nothing says which pivot it is
NO_PIVOT = "none"  # instead of the name of a pivot: compare letters only

Costs = Mapping[str, Mapping[str, float]]

_ABOUT = ("kind", "source", "made")  # keys that describe a file and hold no table


@dataclass(slots=True)
class Tables:
    """All tables of one pivot.

    A cost is the negative logarithm of a probability, in nats. A unit is a letter of the pivot's
    script (see `script`). The name of a field is the name of the table in YAML, and its annotation
    decides how a row is read.
    """

    __hash__ = object.__hash__  # what is made of tables is kept by the object, which is big

    # Readings: how a piece of a name is written in the pivot's script.
    sound: dict[str, str] = field(default_factory=dict)
    """Pinyin syllable -> its transcription in the pivot's script."""
    variants: dict[str, dict[str, float]] = field(default_factory=dict)
    """Pivot text -> another way to write it -> cost."""
    sino: dict[str, dict[str, float]] = field(default_factory=dict)
    """Pinyin syllable -> Sino-Korean reading of its characters -> probability."""
    sino_inner: dict[str, dict[str, float]] = field(default_factory=dict)
    """The same for a syllable that does not begin a word."""
    romaji: dict[str, list[str]] = field(default_factory=dict)
    """Japanese mora -> its transcription at the beginning of a word, and elsewhere."""
    hanja: dict[str, str] = field(default_factory=dict)
    """Sino-Korean reading -> the characters that have it."""
    dropped: dict[str, str] = field(default_factory=dict)
    """Sino-Korean reading -> what becomes of it at the beginning of a word."""
    hanzi: dict[str, str] = field(default_factory=dict)
    """Pinyin syllable -> the characters that have it."""

    # Spelling: what becomes of the pivot's script in Latin letters.
    spelling: dict[str, dict[str, float]] = field(default_factory=dict)
    """Unit -> letters -> cost."""
    graphemes: dict[str, dict[str, float]] = field(default_factory=dict)
    """Grapheme of a Western name -> letters after the way through the pivot -> cost."""
    habits: dict[str, float] = field(default_factory=dict)
    """`stray`: cost of a letter that spells no unit; `lost`: cost of a unit without a letter."""
    systems: dict[str, dict[str, str]] = field(default_factory=dict)
    """System of romanisation -> unit -> letters."""
    skeleton: dict[str, str] = field(default_factory=dict)
    """Class -> the letters that belong to it, separated by spaces."""

    # Background: what else a form may be.
    ordinary: dict[str, dict[str, float]] = field(default_factory=dict)
    """One or two letters of an English word -> the next letter -> cost."""
    surnames: dict[str, float] = field(default_factory=dict)
    """Spelling of a Korean surname -> cost."""
    surname_hanja: dict[str, str] = field(default_factory=dict)
    """Korean surname -> its characters."""
    given: dict[str, float] = field(default_factory=dict)
    """Spelling of a syllable of a Korean given name -> cost."""
    marks: dict[str, float] = field(default_factory=dict)
    """Text that shows that a document came through this pivot -> its weight."""

    # Scoring.
    rank: dict[str, float] = field(default_factory=dict)
    """Feature -> weight for the question which name is meant."""
    score: dict[str, float] = field(default_factory=dict)
    """Feature -> weight for the question how likely the name is meant at all."""
    thresholds: dict[str, float] = field(default_factory=dict)
    """Name of a limit -> limit, set by hand. Scores are from 0 to 1, costs in nats.

    - `propose few`, `propose`, `propose most`: the sum of the scores of all candidates from which
      on any is proposed, among few, many and very many names (see `Scorer.propose_limit`);
    - `also`: the score of a single candidate from which on it is among them;
    - `alike`: the score from which on a name is proposed without a pivot;
    - `strong`: the score of a strong candidate;
    - `margin`: how far its score is from the next best;
    - `strong korean`, `strong given`: the least cost, as the name of a Korean, of a form with a
      strong candidate; and of a single word as a Korean given name;
    - `korean`, `hyphenated korean`: the cost below which a form is taken for the name of a Korean,
      without and with the hyphen.
    """


def pivots() -> list[str]:
    """Return the names of the bundled pivots, sorted."""
    return sorted(path.name for path in (bundled() / "pivots").iterdir() if is_folder(path))


@once
def load(pivot: str) -> Tables:
    """Return the tables of a bundled pivot. Each pivot is read once.

    They are kept in the user's cache until one of them or this program changes, because reading
    YAML takes twenty times as long.

    Raises:
        UsageError: there is no such pivot.
    """
    known = pivots()
    if pivot not in known:
        raise UsageError(
            f"there is no pivot “{pivot}”; choose {', '.join(known)}, {NO_PIVOT} or auto"
        )
    folder = bundled() / "pivots" / pivot
    digests = (blake2b(read_file(path, MAX_BYTES)).hexdigest() for path in _files(folder))
    name = f"pivot-{fingerprint([], *digests)}"
    with suppress(ValueError, TypeError):  # nothing was kept, or it is damaged
        return Tables(**json.loads(cache.recall(name) or b""))
    tables = read_folder(folder)
    plain = {table: getattr(tables, table) for table in Tables.__slots__}
    cache.remember(name, json.dumps(plain, ensure_ascii=False).encode())
    return tables


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def load_or_usual(pivot: str) -> Tables:
    """Return the tables of a pivot; for `none` those of the usual pivot.

    Without a pivot, skeletons and the names of Koreans are still judged by the usual tables.
    """
    return load(USUAL_PIVOT if pivot == NO_PIVOT else pivot)


def read_folder(folder: Path) -> Tables:
    """Return the tables in the YAML files of a folder.

    Several files may add rows to one table, but no row may appear twice.

    Raises:
        RuleError: a file is not a pivot file, has an unknown table, a row that another file has
            too, or a row of the wrong shape.
    """
    tables = Tables()
    for path in _files(folder):
        root = read_yaml(read_file(path, MAX_BYTES), str(path))
        for key, node in _pivot_file(root).items():
            if key not in _ABOUT:
                _add_rows(tables, key, node, root)
    return tables


def _pivot_file(root: Node) -> dict[str, Node]:
    """Return the top-level mapping of a file, which must begin with `kind: pivot`."""
    top = root.value
    if not isinstance(top, dict) or next(iter(top), "") != "kind" or top["kind"].value != "pivot":
        raise RuleError(
            root.place,
            "this is not a table of a pivot",
            "begin with `kind: pivot`, `source:` and `made:`",
        )
    return top


def _add_rows(tables: Tables, key: str, node: Node, root: Node) -> None:
    """Read one table of a file and add its rows."""
    table = getattr(tables, key, None) if key in Tables.__slots__ else None
    if table is None or not isinstance(node.value, dict):
        known = ", ".join(Tables.__slots__)
        raise RuleError(root.keys[key], f"unknown table `{key}`", f"tables are {known}")
    read_row = _ROW_READERS[Tables.__annotations__[key]]
    for row, cell in node.value.items():
        if row in table:
            raise RuleError(node.keys[row], f"another file has the row `{row}` too", "keep one")
        table[row] = read_row(cell)


def _number(node: Node) -> float:
    try:
        return float(_text(node))
    except ValueError:
        raise RuleError(node.place, f"“{node.value}” is not a number", "write it as 2.5") from None


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


def _text_by_key(node: Node) -> dict[str, str]:
    if not isinstance(node.value, dict):
        raise RuleError(node.place, f"this row is {node.shape}", "write it as {a: b}")
    return {key: _text(cell) for key, cell in node.value.items()}


# By the annotation of a field of `Tables`: how one row of that table is read.
_ROW_READERS = {
    "dict[str, str]": _text,
    "dict[str, float]": _number,
    "dict[str, list[str]]": _texts,
    "dict[str, dict[str, str]]": _text_by_key,
    "dict[str, dict[str, float]]": _numbers,
}


def inverted(table: Mapping[str, str]) -> dict[str, list[str]]:
    """Return a table of readings the other way round: character -> its readings.

    >>> inverted({"강": "江姜", "장": "江"})["江"]
    ['강', '장']
    """
    readings: dict[str, list[str]] = {}
    for reading, characters in table.items():
        for character in characters:
            readings.setdefault(character, []).append(reading)
    return readings
