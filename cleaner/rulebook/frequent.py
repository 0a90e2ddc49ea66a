"""How many paragraphs of ordinary English hold one of the literals of a rule.

A rule is tried in a paragraph if one of its literals is there. `rules/frequent.yaml` has the short
texts that are in many paragraphs; `tests/bench/frequent.py` measured it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import prod

from cleaner.reading import read_file
from cleaner.rules.layers import bundled
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.reader import read_yaml
from cleaner.rules.shape import items_of, mapping_of, text_of

LONGEST = 4  # characters of a text in the table


def share(literals: Iterable[bytes]) -> float:
    """Return the share of paragraphs, from 0 to 1, that hold one of the literals, at most.

    A literal is in no more paragraphs than any part of it.

    >>> round(share([b"the"]), 1), share([b"chairman of"])
    (1.0, 0.0)
    """
    return 1 - prod(1 - of_one(literal) for literal in literals)


def of_one(literal: bytes) -> float:
    """Return the share of paragraphs that hold one literal in any case, at most."""
    shares, literal = _shares(), literal.lower()
    size = min(LONGEST, len(literal))
    parts = [literal[at : at + size] for at in range(len(literal) - size + 1)]
    return min((shares.get(part, 0.0) for part in parts if part), default=1.0)


@cache
def _shares() -> Mapping[bytes, float]:
    path = bundled() / "frequent.yaml"
    shares: dict[bytes, float] = {}
    for percent, texts in mapping_of(read_yaml(read_file(path, MAX_BYTES), path.name)).items():
        if percent != "kind":
            for text in items_of(texts, percent):
                shares[text_of(text, percent, empty=True).encode()] = int(percent) / 100
    return shares
