"""Selectors: which rules a word on the command line, in a comment or in the configuration means."""

from __future__ import annotations

import pytest

from cleaner.errors import UsageError
from cleaner.rules.selectors import check_selector, most_exact, selects, separated

IDS = [
    "names/people/ma-yun",
    "names/people/ma-yun/likely",
    "names/organisations/ant-group",
    "punctuation/doubled-comma",
    "quotes/single",
    "quotes/single-stray",
]

SELECTED = [
    pytest.param("names/people/ma-yun", [0], id="an id, and not what is made from it"),
    pytest.param("ma-yun", [0], id="the last part of an id"),
    pytest.param("people/ma-yun", [0], id="the end of an id"),
    pytest.param("ma-yun/likely", [1], id="made forms"),
    pytest.param("names", [0, 1, 2], id="a folder"),
    pytest.param("names/people/", [0, 1], id="a folder with a slash"),
    pytest.param("people", [0, 1], id="a folder in a folder"),
    pytest.param("names/*", [0, 1, 2], id="a pattern"),
    pytest.param("doubled-*", [], id="a pattern is one of whole ids"),
    pytest.param("*single", [4], id="a pattern of any beginning"),
    pytest.param("single", [4], id="a whole part only"),
    pytest.param("ma", [], id="a part of a word"),
    pytest.param("", [], id="nothing"),
    pytest.param("/", [], id="a slash"),
]


@pytest.mark.parametrize(("selector", "numbers"), SELECTED)
def test_selects(selector: str, numbers: list[int]) -> None:
    assert [id_ for id_ in IDS if selects(selector, id_)] == [IDS[number] for number in numbers]


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        pytest.param("quote", "did you mean `quotes`?", id="a folder"),
        pytest.param("people/ma-yum", "did you mean", id="an id"),
        pytest.param("Ma-Yun", "did you mean `ma-yun`?", id="capitals"),
        pytest.param("furniture", "`cleaner rules list` shows them all", id="nothing like it"),
    ],
)
def test_one_that_stands_for_no_rule(selector: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_selector(IDS, selector, "select")
    assert str(caught.value).startswith(f"no rule's id matches “{selector}”; {hint}")
    assert caught.value.about == ("select", selector)


def test_lists_are_separated_by_commas_or_spaces() -> None:
    assert separated(["a,b", " c , d ", ",", ""]) == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("selectors", "wanted"),
    [
        pytest.param(["names/people", "ma-yun"], "ma-yun", id="a short id, a long folder"),
        pytest.param(["people", "ma-yun"], "ma-yun", id="a folder that is as long"),
        pytest.param(["ma-yun", "people/ma-yun"], "people/ma-yun", id="two ends of an id"),
        pytest.param(["names", "names/people"], "names/people", id="two folders"),
        pytest.param(["names/people/*", "names"], "names", id="a folder, a glob"),
        pytest.param(["*", "names/*"], "names/*", id="two globs"),
        pytest.param(["*/ma-yun", "ma-yun"], "ma-yun", id="an id, a glob"),
        pytest.param(["quotes", "names"], "names", id="another folder"),
        pytest.param(["quotes"], None, id="none of them"),
    ],
)
def test_the_most_exact_one_counts(selectors: list[str], wanted: str | None) -> None:
    for given in (selectors, selectors[::-1]):
        assert most_exact(given, "names/people/ma-yun") == wanted
