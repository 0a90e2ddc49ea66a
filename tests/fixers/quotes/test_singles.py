"""The role of one mark by what is around it, without the other marks of its paragraph."""

from __future__ import annotations

import pytest

from cleaner.fixers.quotes.marks import NEVER
from cleaner.fixers.quotes.singles import weigh_single
from cleaner.fixers.quotes.surroundings import Habits

DICTIONARY = {"called", "goose", "Class", "shares", "Story", "quiet", "saying"}
HABITS = Habits(
    function_words={"the", "in"},
    tails={"s", "t"},
    elisions={"tis", "90s"},
    endings={"o"},
    followers={"and"},
    prefixes={"O", "Xi"},
    is_ordinary=DICTIONARY.__contains__,
    words=40,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("isn|t", "apostrophe", id="a contraction"),
        pytest.param("ISN|T", "apostrophe", id="a contraction in capitals"),
        pytest.param("O|Brien", "apostrophe", id="a prefix of names"),
        pytest.param("rock’n|roll", "apostrophe", id="n between two marks"),
        pytest.param("Toys|R’Us", "apostrophe", id="a single letter between two marks"),
        pytest.param("say |tis so", "apostrophe", id="an elision"),
        pytest.param("in|90s", "apostrophe", id="an elision that lost its space"),
        pytest.param("nor|easter", "apostrophe", id="a piece of a word"),
        pytest.param("the students| books", "apostrophe", id="a plural possessive"),
        pytest.param("say |quiet", "opener", id="a word behind it and a space before it"),
        pytest.param("say *|quiet", "opener", id="emphasis before it"),
        pytest.param("the|quiet", "opener", id="glued to a function word"),
        pytest.param("called|goose", "opener", id="glued to a word of the dictionary"),
        pytest.param("Nexon’s|Class", "opener", id="glued to a possessive"),
        pytest.param("it, saying,|quiet", "opener", id="glued to a comma"),
        pytest.param("a goose| here", "closer", id="behind a word"),
        pytest.param("the students| and", "closer", id="behind a plural, before a conjunction"),
    ],
)
def test_the_cheapest_role(text: str, role: str) -> None:
    mark = weigh_single(text.replace("|", "’"), text.index("|"), HABITS, damaged=False)
    costs = {"apostrophe": mark.neither, "opener": mark.opener, "closer": mark.closer}
    assert min(costs, key=costs.__getitem__) == role


def test_only_a_damaged_document_opens_behind_an_unknown_word() -> None:
    text = "Holtialbaen’quiet"
    assert weigh_single(text, 11, HABITS, damaged=False).opener >= NEVER
    assert weigh_single(text, 11, HABITS, damaged=True).opener < NEVER
