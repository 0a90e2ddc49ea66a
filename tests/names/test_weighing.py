"""What a page adds to the score of a candidate, and takes from it."""

from __future__ import annotations

import pytest

from cleaner.names.match import Candidate
from cleaner.names.name import Name
from cleaner.names.weighing import MIN_SCORE, Reasons, weighed


def candidate(score: float, *, strong: bool = False) -> Candidate:
    return Candidate("Ma Yun", score, strong, "why", Name("Ma Yun"))


WEIGHED = [
    pytest.param(0.97, Reasons(), True, id="nearly certain without a reason"),
    pytest.param(0.7, Reasons(), False, id="likely without a reason"),
    pytest.param(0.4, Reasons(in_document=True), True, id="the right name is there"),
    pytest.param(0.4, Reasons(accompanied=True), True, id="a companion is there"),
    pytest.param(0.7, Reasons(listed=True), True, id="a name that the user listed"),
    pytest.param(0.97, Reasons(common=False), False, id="a name of a long list"),
    pytest.param(0.97, Reasons(common=False, in_document=True), True, id="which is there"),
    pytest.param(0.99, Reasons(listed=True, part=True), False, id="a part of another name"),
    pytest.param(0.97, Reasons(listed=True, shared=True), True, id="also a part of another name"),
    pytest.param(0.97, Reasons(documents=100), False, id="in many documents, the name in none"),
    pytest.param(1.0, Reasons(), True, id="certain"),
    pytest.param(0.0, Reasons(in_document=True), False, id="impossible"),
]


@pytest.mark.parametrize(("score", "reasons", "is_proposed"), WEIGHED)
def test_what_a_page_makes_of_a_score(score: float, reasons: Reasons, is_proposed: bool) -> None:
    found = weighed(candidate(score), reasons)
    assert 0 <= found.score <= 1
    assert (found.score >= MIN_SCORE) == is_proposed


@pytest.mark.parametrize(
    ("reasons", "strong"),
    [
        pytest.param(Reasons(in_document=True), True, id="the right name is there"),
        pytest.param(Reasons(), True, id="nothing is known"),
        pytest.param(Reasons(part=True), False, id="a part of another name"),
        pytest.param(Reasons(shared=True), False, id="also a part of another name"),
    ],
)
def test_what_stays_beyond_doubt(reasons: Reasons, strong: bool) -> None:
    assert weighed(candidate(0.99, strong=True), reasons).strong == strong
