"""How many of the garbled names on real pages the likely forms of their names hold.

    python tests/bench/names/likely.py ROWS.jsonl

A row is a garbled name: form, right, pivot and, where they are known, zh, ko, also. Only rows that
came through Hangul count. For each limit the table says: the share of these forms that the likely
forms hold, the same for names whose characters are known, how many forms a name has, and which
share of the likeliest forms is refused because they would mean something else.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cleaner.names.garbles import Garble, garbles
from cleaner.names.gazetteer import bundled_names
from cleaner.names.likely import chosen, refusal
from cleaner.names.name import Name
from cleaner.rules import layers

_MOST = (10, 20, 30)
_MAX_COST = (1.5, 2.0, 3.0, 4.0, 5.0)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("rows", type=Path, nargs="+")
    names = _names(options.parse_args().rows)
    refuses = refusal()
    print(f"{sum(map(len, names.values()))} garbled forms of {len(names)} names")
    print("most  cost   held  with characters  forms a name")
    for most in _MOST:
        for max_cost in _MAX_COST:
            likely = {name: chosen(name, refuses, most, max_cost) for name in names}
            known = {name: forms for name, forms in names.items() if name.hanzi}
            each = sum(map(len, likely.values())) / len(names)
            held, held_known = _held(names, likely), _held(known, likely)
            print(f"{most:4}  {max_cost:4}  {held:5.3f}  {held_known:15.3f}  {each:12.1f}")
    every = [one.form for name in names for one in garbles(name, limit=max(_MOST))]
    print(f"refused: {sum(map(refuses, every)) / len(every):.3f} of the likeliest {max(_MOST)}")


def _held(names: Mapping[Name, set[str]], likely: Mapping[Name, Iterable[Garble]]) -> float:
    """Return the share of the garbled forms that the likely forms of their names hold."""
    held = total = 0
    for name, forms in names.items():
        held += len(forms & {one.form.casefold() for one in likely[name]})
        total += len(forms)
    return held / total


def _names(paths: Iterable[Path]) -> dict[Name, set[str]]:
    """Return the names of the rows, each with its garbled forms."""
    listed = {name.canonical: name for name in bundled_names(layers.bundled())}
    rows: dict[str, list[dict[str, Any]]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("right") and row["pivot"] == "ko":
                rows.setdefault(row["right"], []).append(row)
    return {
        _name(right, some, listed.get(right)): {row["form"].casefold() for row in some}
        for right, some in rows.items()
    }


def _name(right: str, rows: Iterable[Mapping[str, Any]], listed: Name | None) -> Name:
    """Return a name with what the rows say about it, or else the gazetteer."""
    hanzi = listed.hanzi if listed else ""
    hangul = listed.hangul if listed else ()
    aliases: tuple[str, ...] = ()
    for row in rows:
        hanzi = row.get("zh") or hanzi
        hangul = (row["ko"],) if row.get("ko") else hangul
        aliases = tuple(row.get("also") or aliases)
    return Name(right, hanzi=hanzi, hangul=hangul, aliases=aliases)


if __name__ == "__main__":
    main()
