"""Every shape of damage between many neighbours: it is repaired, or left, and never made worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

MARKS = {"quotes/single", "quotes/double", "quotes/settled", "quotes/unsettled"}
ALONE = Cleaner(bundled_index(), acts=MARKS.__contains__)
DAMAGED = Cleaner(bundled_index(), acts=MARKS.__contains__, damaged=True)


class Shape(NamedTuple):
    """How a quotation is broken: `l` is what stands before it, `q` what it holds."""

    name: str
    before: str
    after: str
    lefts: str  # the list of neighbours
    inside: str  # the list of words


# Neighbours before a quotation that lost its space, and whole beginnings of sentences.
WORDS = {
    "words": [
        "She lives in the",
        "They call him a",
        "It was a kind of",
        "Nobody knew that it was",
        "The critics spoke about",
        "The town is proud of its so-called",
        "He left the harbour’s",
        "The mayor of Dremvale’s",
        "It is a song titled",
        "He never won the",
        "They asked for more",
    ],
    "names": [
        "It is from Holvartin",
        "The best singer of Ondravel",
        "It was shown on QTVN",
        "The prize went to Kang Bo-ram",
    ],
    "sayings": [
        "The captain says,",
        "She wrote to the owner, saying,",
        "He asks,",
        "The old farmer answered,",
    ],
    "ends": ["A long day is over…", "Nobody was there…"],
    "bullets": ["▶", "★ Today ◆", "■", "* One ▷"],
    "clauses": ["I told you,", "The captain said,", "She wrote,"],
}
INSIDE = {
    "phrases": [
        "quiet garden",
        "golden age of fishing",
        "River and Sky",
        "captain’s daughter",
        "Class of 2019",
        "third way",
        "Silver Lantern",
    ],
    "strange": ["kimbap", "gochujang", "haenyeo", "makgeolli"],
    "codes": ["K-200", "No 7", "Apollo 13"],
    "numbers": ["19 gold", "12 stations"],
    "sentences": [
        "the harbour is closed today",
        "nobody comes here in winter",
        "we will wait for the boat",
    ],
    "speeches": ["We wait for you", "It is time", "The boat is late, and nobody knows why"],
}
SHAPES = [
    Shape("single", "{l}’{q}’ of the year.", "{l} ‘{q}’ of the year.", "words", "phrases"),
    Shape("comma", "{l}’{q}’, which is new.", "{l} ‘{q}’, which is new.", "words", "phrases"),
    Shape("straight", "{l}'{q}' and left.", "{l} '{q}' and left.", "words", "phrases"),
    Shape("uneven", "{l}’{q}' and left.", "{l} ‘{q}’ and left.", "words", "phrases"),
    Shape("both", "{l}’{q}’and left.", "{l} ‘{q}’ and left.", "words", "phrases"),
    Shape("quoted", "“{l}’{q}’,” he said.", "“{l} ‘{q}’,” he said.", "words", "phrases"),
    Shape("at the end", "“{l}’{q}’”", "“{l} ‘{q}’”", "words", "phrases"),
    Shape("name", "{l}’{q}’ of the year.", "{l} ‘{q}’ of the year.", "names", "phrases"),
    Shape("one word", "{l}’{q}’ of the year.", "{l} ‘{q}’ of the year.", "words", "strange"),
    Shape("said", "{l}’{q}’.", "{l} ‘{q}’.", "sayings", "sentences"),
    Shape("prime", "{l}’{q}′ and left.", "{l} ‘{q}’ and left.", "words", "codes"),
    Shape("number", "{l}’{q}’ and left.", "{l} ‘{q}’ and left.", "words", "numbers"),
    Shape("bullet", "{l}’{q}’ opens today.", "{l}‘{q}’ opens today.", "bullets", "phrases"),
    Shape("turned", "{l} ’{q}’ of the year.", "{l} ‘{q}’ of the year.", "words", "phrases"),
    Shape("double", "{l}”{q}” of the year.", "{l} “{q}” of the year.", "words", "phrases"),
    Shape("double both", "{l}”{q}”and left.", "{l} “{q}” and left.", "words", "phrases"),
    Shape(
        "double said",
        "{l}”{q}”, said the cook.",
        "{l} “{q}”, said the cook.",
        "sayings",
        "sentences",
    ),
    Shape("double name", "{l}”{q}” of the year.", "{l} “{q}” of the year.", "names", "phrases"),
    Shape("double straight", '{l}"{q}" of the year.', '{l} "{q}" of the year.', "words", "phrases"),
    Shape("ellipsis", "{l}”{q}” she sang.", "{l} “{q}” she sang.", "ends", "sentences"),
    Shape(
        "closer", "{l} “{q}.”Judge Han left.", "{l} “{q}.” Judge Han left.", "clauses", "speeches"
    ),
    Shape(
        "closer and", "{l} “{q},”and they left.", "{l} “{q},” and they left.", "clauses", "speeches"
    ),
    Shape("moved", '{l} "{q}, "he said.', '{l} "{q}," he said.', "clauses", "speeches"),
    Shape("moved curly", "{l} “{q}, “he said.", "{l} “{q},” he said.", "clauses", "speeches"),
    Shape("moved end", '{l} "{q}. "They left.', '{l} "{q}." They left.', "clauses", "speeches"),
    Shape("inner", '{l} "{q}. "', '{l} "{q}."', "clauses", "speeches"),
    Shape("inner begin", '{l} " {q}."', '{l} "{q}."', "clauses", "speeches"),
    Shape("half TeX", '{l} ``{q}."', '{l} "{q}."', "clauses", "speeches"),
    Shape("mixed", "{l} ‘{q}.” They left.", "{l} “{q}.” They left.", "clauses", "speeches"),
    Shape("mixed end", "{l} “{q}.’ They left.", "{l} “{q}.” They left.", "clauses", "speeches"),
]


# Shapes that are certain in themselves, with which a document proves that it is damaged.
CERTAIN = {
    "single",
    "comma",
    "straight",
    "uneven",
    "both",
    "quoted",
    "at the end",
    "said",
    "prime",
    "number",
    "double said",
}


def rows(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield each damaged text of a shape and how it should be."""
    for left, inside in product(WORDS[shape.lefts], INSIDE[shape.inside]):
        before, after = (text.format(l=left, q=inside) for text in (shape.before, shape.after))
        if "straight" in shape.name:
            before, after = before.replace("’", "'"), after.replace("’", "'")
        yield before, after


def check(cleaner: Cleaner, shape: Shape, *, least: float) -> None:
    """Clean the texts of a shape: none may come out wrong, and so many must be repaired."""
    found = Counter[str]()
    for before, after in rows(shape):
        result = cleaner.clean(before).text
        assert result in {before, after}
        assert cleaner.clean(result).text == result
        assert cleaner.clean(after).text == after
        found["repaired" if result == after else "left"] += 1
    assert found["repaired"] >= least * found.total()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_damaged_document_is_repaired(shape: Shape) -> None:
    check(DAMAGED, shape, least=0.9)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_what_is_certain_in_itself_needs_no_damage(shape: Shape) -> None:
    check(ALONE, shape, least=0.9 if shape.name in CERTAIN else 0.0)
