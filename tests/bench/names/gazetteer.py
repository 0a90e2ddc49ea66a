"""Compare the facts of the gazetteer with one another: Hanzi -> pinyin -> Hangul.

    python tests/bench/names/gazetteer.py         the counts
    python tests/bench/names/gazetteer.py --list  every difference, to be looked at

`ko` is what newspapers print, so it may differ from the table: by a customary reading (공자), by a
name that was never read by sound (홍콩), or by a slip. A gazetteer without any difference would
have been computed, not known.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import product

from cleaner.names.gazetteer import Name, bundled_names, gazetteer_files, load_names
from cleaner.names.pivot.readings import Readings
from cleaner.names.pivot.renderings import Renderings
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import Tables, load
from cleaner.rules import layers


def verdicts(names: list[Name], tables: Tables) -> Iterator[tuple[str, Name, str]]:
    """For every name with Hanzi: what the comparison says, and what the tables give."""
    renderings = Renderings(tables)
    pinyin: dict[str, list[str]] = {}
    for syllable, characters in tables.hanzi.items():
        for character in characters:
            pinyin.setdefault(character, []).append(syllable)
    for name in names:
        if not name.hanzi:
            continue
        options = [pinyin.get(character, []) for character in name.hanzi]
        spelled = (
            {"".join(parse) for parse in product(*options)}
            if all(options) and len(options) < 7
            else set()
        )
        latin = {letters(form) for form in name.right}
        if not spelled & latin:
            yield "not pinyin", name, "/".join(sorted(spelled)[:3])
            continue
        by_sound = {
            "".join(tables.sound.get(syllable, "?") for syllable in parse)
            for parse in product(*options)
            if "".join(parse) in latin
        }
        if not name.hangul:
            yield "no Hangul", name, ""
            continue
        printed = {written.replace(" ", "") for written in name.hangul}
        sino: set[str] = set()
        for rendering in renderings.of(Name("X", name.kind, name.hanzi)):
            if rendering.way == "sino":
                sino |= _readings(renderings.readings, rendering.symbols)
        if printed & by_sound:
            yield "as the table", name, ""
        elif printed & sino:
            yield "Sino-Korean", name, "/".join(by_sound)
        else:
            yield "differs", name, "/".join(by_sound)


def _readings(readings: Readings, symbols: tuple[str, ...]) -> set[str]:
    texts = [[text for text, _ in readings.of(symbol)] for symbol in symbols]
    return {"".join(parse) for parse in product(*texts)} if len(symbols) < 6 else set()


def described(names: list[Name]) -> str:
    """Return how many names there are, and of how many there is more than the canonical form."""
    parts = {
        "zh": sum(bool(name.hanzi) for name in names),
        "ko": sum(bool(name.hangul) for name in names),
        "several ko": sum(len(name.hangul) > 1 for name in names),
        "aliases": sum(bool(name.aliases) for name in names),
        "with": sum(bool(name.companions) for name in names),
    }
    kinds = Counter(name.kind for name in names)
    counted = (f"{number:,} {kind}" for kind, number in kinds.most_common())
    known = (f"{number:,} {part}" for part, number in parts.items())
    return f"{len(names):6,} names ({', '.join(counted)}); {', '.join(known)}"


def main() -> None:
    """Print the counts, or the differences."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--list", action="store_true")
    wish = options.parse_args()
    names = bundled_names(layers.bundled())
    found = list(verdicts(names, load("ko")))
    if wish.list:
        for verdict, name, given in found:
            if verdict != "as the table":
                print(verdict, name.canonical, name.hanzi, "|".join(name.hangul), given, sep="\t")
    for path in gazetteer_files(layers.bundled()):
        print(f"{path.name:20} {described(load_names(path))}")
    print(f"{'all':20} {described(names)}")
    for verdict, number in Counter(verdict for verdict, *_ in found).most_common():
        print(f"{number:6}  {verdict}")


if __name__ == "__main__":
    main()
