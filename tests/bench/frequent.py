"""Which short texts are in most paragraphs of English: the table by which lint judges literals.

    python tests/bench/frequent.py FOLDER ... > rules/frequent.yaml

The folders hold clean English as plain text. A paragraph counts from 20 words on, and of each file
at most 400 count. Texts are counted as rules look for them: in small letters, with every run of
white space as one space. Only ASCII is written.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from cleaner.rulebook.frequent import LONGEST
from cleaner.text.folding import Folded

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FEWEST_WORDS = 20
_MOST_OF_A_FILE = 400
_LEAST = {1: 0.01, 2: 0.01}  # the share that a text must have to be written, by its length
_LEAST_OF_LONGER = 0.1

HEAD = """\
# Short texts, by the share of the paragraphs of clean English that they are in, in percent. What a
# rule looks for first should not be among those that are in many. Written by
# tests/bench/frequent.py, from {count:,} paragraphs of {length:,.0f} characters on average.
kind: frequent
"""


def paragraphs(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the paragraphs of all files in some folders."""
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            text = file.read_text(encoding="utf-8", errors="ignore")
            long = [part for part in _BLANK_LINE.split(text) if len(part.split()) >= _FEWEST_WORDS]
            yield from long[:_MOST_OF_A_FILE]


def texts_in(paragraph: str) -> set[str]:
    """Return all short texts of a paragraph, as rules look for them."""
    folded = Folded(paragraph.strip()).data.decode()
    found: set[str] = set()
    for size in range(1, LONGEST + 1):
        found.update(folded[at : at + size] for at in range(len(folded) - size + 1))
    return {text for text in found if text.isascii() and text.isprintable()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    counts: Counter[str] = Counter()
    count = length = 0
    for paragraph in paragraphs(parser.parse_args().folders):
        counts.update(texts_in(paragraph))
        count += 1
        length += len(paragraph)
    by_percent: dict[int, list[str]] = {}
    for text, times in counts.items():
        if times >= _LEAST.get(len(text), _LEAST_OF_LONGER) * count:
            by_percent.setdefault(round(100 * times / count), []).append(text)
    print(HEAD.format(count=count, length=length / count), end="")
    for percent in sorted(by_percent, reverse=True):
        row = {str(percent): sorted(by_percent[percent])}
        print(yaml.safe_dump(row, default_flow_style=None, width=100, allow_unicode=True), end="")


if __name__ == "__main__":
    main()
