"""Words that English writes with capitals although they are not part of a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleaner.reading import read_file
from cleaner.rules.layers import bundled
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.reader import Node, read_yaml

_FILES = ("mentions.yaml", "boundaries.yaml")


class Vocabulary(NamedTuple):
    """Lists of words in lower case, as rules/mentions.yaml and rules/boundaries.yaml have them.

    Attributes:
        function_words: words that begin sentences (`the`, `but`).
        titles: words before a name (`chairman`).
        calendar: days, months and seasons.
        suffixes: participles that are joined to a name with a hyphen (`led`, `backed`).
    """

    function_words: frozenset[str]
    titles: frozenset[str]
    calendar: frozenset[str]
    suffixes: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the two files, read once."""
    lists: dict[str, frozenset[str]] = {}
    for file in _FILES:
        top = read_yaml(read_file(bundled() / file, MAX_BYTES), f"rules/{file}").value
        assert isinstance(top, dict)
        for key, node in top.items():
            if key in Vocabulary._fields:
                lists[key] = _words(node)
    return Vocabulary(**lists)


@cache
def not_in_names() -> frozenset[str]:
    """Return the words of the vocabulary that are never part of a name."""
    words = vocabulary()
    return words.function_words | words.titles | words.calendar


def _words(node: Node) -> frozenset[str]:
    return frozenset(str(item.value) for item in node.value if isinstance(item, Node))
