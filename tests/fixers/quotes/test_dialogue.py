"""Good dialogue is damaged in the ways of real pages, and comes back: all of it, or less, never
anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from random import Random

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

MARKS = {"quotes/single", "quotes/double", "quotes/settled"}
ALONE = Cleaner(bundled_index(), acts=MARKS.__contains__)
DAMAGED = Cleaner(bundled_index(), acts=MARKS.__contains__, damaged=True)

AMERICAN = [
    "“We leave at dawn,” said the ferryman. “Nobody waits for you.”",
    "She asked, “Did he really say ‘never again’ to the whole crew?” and laughed.",
    "The sign called it a “historic harbor” and the guide a “sleepy village” by the sea.",
    "“The song ‘Winter Light’ is the best of them,” the singer said, “and it’s the last.”",
    "“I told you, ‘Close the gate,’ and you left it open,” the farmer answered.",
    "The mayor said, “The bridge is safe.” The engineers said, “It isn’t.”",
    "Her first novel, “The Glass Orchard,” sold well; her second, “Salt Roads,” did not.",
    "“What is a ‘fair price’ for the students’ rooms?” he wondered. “Nobody knows.”",
    "He wrote “wait for the tide” on the wall, and under it “it never comes” in red.",
    "“Go home,” she said, “and don’t come back before the dogs’ supper is ready.”",
]
BRITISH = [
    "‘We leave at dawn,’ said the ferryman. ‘Nobody waits for you.’",
    "She asked, ‘Did he really say “never again” to the whole crew?’ and laughed.",
    "The sign called it a ‘historic harbour’ and the guide a ‘sleepy village’ by the sea.",
    "‘The song “Winter Light” is the best of them,’ the singer said, ‘and it’s the last.’",
    "‘I told you, “Close the gate,” and you left it open,’ the farmer answered.",
    "Her first novel, ‘The Glass Orchard’, sold well; her second, ‘Salt Roads’, did not.",
]
OPENER = re.compile(r" ([“‘\"])(?=\w)")
CLOSER = re.compile(r"(?<=[\w.,?!])([”\"]) (?=\w)")
GLUED_CLOSER = re.compile(r"(?<=[\w.,?!])([”’\"]) (?=\w)")
TURNED = {"“": "”", "‘": "’", '"': '"'}

Damage = tuple[int, int, str]  # a span of the good text, and what it becomes


def damages(text: str) -> Iterator[Damage]:
    """Yield the ways in which one mark of a good text may be damaged."""
    for found in OPENER.finditer(text):
        yield found.start(), found.end(), TURNED[found[1]]  # the space is lost
        if found[1] != "‘":
            yield found.start() + 1, found.end(), f"{found[1]} "  # a space too many
    for found in GLUED_CLOSER.finditer(text):
        yield found.start(), found.end(), found[1]
    for found in CLOSER.finditer(text):
        if text[found.start() - 1] in ".,?!":
            yield found.start(), found.end(), f" {found[1]}"  # the space is on the wrong side


def apply(text: str, chosen: Sequence[Damage]) -> str:
    """Return a text with some damages, which do not overlap."""
    for start, end, written in sorted(chosen, reverse=True):
        text = text[:start] + written + text[end:]
    return text


def subsets(chosen: Sequence[Damage]) -> Iterator[Sequence[Damage]]:
    """Yield every choice among some damages."""
    return chain.from_iterable(combinations(chosen, n) for n in range(len(chosen) + 1))


def overlap(one: Damage, other: Damage) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def straight(text: str) -> str:
    return re.sub("[‘’]", "'", re.sub("[“”]", '"', text))


TEXTS = [*AMERICAN, *BRITISH, *map(straight, [*AMERICAN, *BRITISH])]


def check(cleaner: Cleaner, text: str, chosen: Sequence[Damage]) -> str:
    """Clean a damaged text: nothing may change but damage that is undone. Return what happened."""
    broken = apply(text, chosen)
    result = cleaner.clean(broken).text
    assert result in {apply(text, rest) for rest in subsets(chosen)}
    assert cleaner.clean(result).text == result
    if result == text:
        return "repaired"
    return "left" if result == broken else "in part"


@pytest.mark.parametrize("text", TEXTS)
def test_good_dialogue_stays(text: str) -> None:
    for cleaner in (ALONE, DAMAGED):
        assert cleaner.clean(text).text == text


@pytest.mark.parametrize("cleaner", [ALONE, DAMAGED], ids=["alone", "damaged"])
@pytest.mark.parametrize("text", TEXTS)
def test_one_damage_is_repaired_or_stays(text: str, cleaner: Cleaner) -> None:
    for damage in damages(text):
        check(cleaner, text, [damage])


def test_most_damage_is_repaired_in_a_damaged_document() -> None:
    outcomes = Counter[str]()
    for text in TEXTS:
        outcomes.update(check(DAMAGED, text, [damage]) for damage in damages(text))
    assert outcomes["repaired"] >= 0.8 * outcomes.total()


def test_several_damages_are_repaired_or_stay() -> None:
    random = Random(15)
    outcomes = Counter[str]()
    for text in TEXTS * 4:
        possible = list(damages(text))
        chosen: list[Damage] = []
        for damage in random.sample(possible, min(3, len(possible))):
            if not any(overlap(damage, other) for other in chosen):
                chosen.append(damage)
        outcomes[check(DAMAGED, text, chosen)] += 1
    assert outcomes["repaired"] >= 0.6 * outcomes.total()
