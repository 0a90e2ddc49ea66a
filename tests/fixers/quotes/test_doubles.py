"""The role of one double mark by what is around it, without the other marks of its paragraph."""

from __future__ import annotations

import pytest

from cleaner.fixers.quotes.doubles import weigh_double
from cleaner.fixers.quotes.marks import NEVER, Mark


def weigh(text: str) -> Mark:
    """Weigh the mark that stands between two bars."""
    before, mark, after = text.split("|")
    return weigh_double(before + mark + after, len(before), mark)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("say |“|yes", "opener", id="a space before it"),
        pytest.param('|"|yes', "opener", id="the beginning"),
        pytest.param("so—|“|yes", "opener", id="a dash before it"),
        pytest.param("▶|”|Yes", "opener", id="a bullet before it, turned"),
        pytest.param("(|“|yes", "opener", id="a bracket before it"),
        pytest.param("‘|“|yes", "opener", id="an opening mark before it"),
        pytest.param("say |``| yes", "opener", id="TeX, a space too many"),
        pytest.param("yes|”| he", "closer", id="a space behind it"),
        pytest.param('yes.|"|', "closer", id="the end"),
        pytest.param("yes|”|, he", "closer", id="a comma behind it"),
        pytest.param("yes|”|[12]", "closer", id="the number of a note behind it"),
        pytest.param("yes|''| he", "closer", id="TeX"),
        pytest.param(
            '6|"| wide', "closer", id="a digit before it; it may be the end of a quotation"
        ),
        pytest.param('style=|"|a', "neither", id="an attribute in code"),
        pytest.param("\\verb|”|a", "neither", id="behind a command of TeX"),
        pytest.param("5|″| wide", "neither", id="a double prime"),
    ],
)
def test_the_cheapest_role(text: str, role: str) -> None:
    mark = weigh(text)
    costs = {"closer": mark.closer, "opener": mark.opener, "neither": mark.neither}
    assert min(costs, key=costs.__getitem__) == role


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("say|”|yes", id="words on both sides"),
        pytest.param("says,|”|yes", id="a comma before it"),
        pytest.param("yes.|”|He", id="a full stop before it"),
        pytest.param('yes, |"|he', id="the space on one side"),
        pytest.param('yes |"| he', id="spaces on both sides"),
    ],
)
def test_both_roles_are_possible(text: str) -> None:
    mark = weigh(text)
    assert max(mark.opener, mark.closer) < mark.neither < NEVER
