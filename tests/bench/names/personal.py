"""Make rules/personal-names.yaml: given names and surnames that the dictionary takes for words.

    python tests/bench/names/personal.py --given FILE FILE --surnames FILE --words FILE \\
        --out rules/personal-names.yaml

The first three are the lists of the United States Census Bureau of 1990 (public domain), a name at
the beginning of each line, the most frequent first: dist.male.first, dist.female.first and
dist.all.last. They also come with the package `names`. FILE of --words has an English word on each
line (Debian's package wamerican). A name that is a word in small letters too is left out: “May
Marwin” may begin a question.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from cleaner.text.words import is_ordinary

MOST_GIVEN = 300  # of each list; nine of ten people in the lists have one of these
MOST_SURNAMES = 1000
# Places, months and peoples more often than people.
NO_NAMES = """
    april june georgia virginia florence jordan victoria christian austin houston washington england
    holland cleveland york lancaster richmond valencia
"""
# Frequent names that are words in small letters too, but words that do not stand beside a name.
ALSO = """
    smith miller martin lee walker baker turner cooper gray griffin sanders porter mason wells
    tucker warren hicks rogers reed sims peters lynch welch bowman watts bates beck
    john jack peter tom frank max victor bob rob mark bill robin dick harry billy randy bobby terry
    roger jimmy tony mike dale ray don troy derrick glen hector brad ken maria carol heather sally
    holly rosemary colleen patsy violet daisy rick
    brown hill hall wood woods fox ward bush rice park parks ford brooks ma
"""
HEAD = """\
# Given names and surnames that a dictionary of English takes for words, because subtitles are full
# of them. Beside a variant they show that somebody else is meant: Kevin Marwin, Marwin Johnson.
# Names that no dictionary knows (Okafor) need not be here. Made by tests/bench/names/personal.py
# from the name lists of the United States Census Bureau, 1990.
kind: boundaries
"""


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--given", type=Path, nargs=2, required=True)
    for name in ("--surnames", "--words", "--out"):
        ask.add_argument(name, type=Path, required=True)
    asked = ask.parse_args()
    words = {*asked.words.read_text(encoding="utf-8").split(), *NO_NAMES.split()}
    names = _names(asked.surnames, MOST_SURNAMES)
    for file in asked.given:
        names += _names(file, MOST_GIVEN)
    listed = {*_taken_for_words(names, words), *ALSO.split()}
    asked.out.write_text(HEAD + _list("personal_names", listed), encoding="utf-8")


def _names(file: Path, most: int) -> list[str]:
    lines = file.read_text(encoding="ascii").splitlines()[:most]
    return [line.split()[0].lower() for line in lines]


def _taken_for_words(names: Iterable[str], words: set[str]) -> set[str]:
    return {name for name in names if is_ordinary(name) and name not in words}


def _list(key: str, names: Iterable[str]) -> str:
    indent = "  "
    lines = fill(", ".join(sorted(names)), 100, initial_indent=indent, subsequent_indent=indent)
    return f"{key}: [\n{lines}]\n"


if __name__ == "__main__":
    main()
