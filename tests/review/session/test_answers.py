"""What a reviewer is told after a step was taken back, or done again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.names.suggestion import Group, Member
from cleaner.review.lookups import Lookup
from cleaner.review.session.actions import level
from cleaner.review.session.answers import answered, done_again, taken_back
from cleaner.review.session.effects import Accept, Answer, Choices, Deed, LookUp, Reject
from cleaner.review.session.model import Review, begin

GROUPS = tuple(Group(name.lower(), name, (Member(f"{name}a", 1),)) for name in ("Ma", "Xi", "Li"))
LOST = Lookup("a.txt", "3:42", "loss/lost", "of , and", "something was lost", "")


def after(*deeds: Deed) -> Review:
    review = begin(GROUPS)
    for deed in deeds:
        review = answered(review, deed, Answer())
    return review


@pytest.mark.parametrize(
    ("deed", "back", "again"),
    [
        pytest.param(
            Accept(GROUPS[0], Choices("Ma")), "Ma is not decided", "Ma is accepted", id="accept"
        ),
        pytest.param(Reject(GROUPS[1]), "Xi is not decided", "Xi is rejected", id="reject"),
        pytest.param(
            LookUp(LOST), "“of , and” is not ticked off", "“of , and” is ticked off", id="tick"
        ),
        pytest.param(
            LookUp(LOST, done=False),
            "“of , and” is ticked off",
            "“of , and” is not ticked off",
            id="put back",
        ),
    ],
)
def test_one_deed(deed: Deed, back: str, again: str) -> None:
    review = after(deed)
    assert taken_back(review, review.history[-1]) == f"Taken back: {back}."
    assert done_again(review, review.history[-1]) == f"Done again: {again}."


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        pytest.param(GROUPS[:2], "Ma and Xi are", id="two"),
        pytest.param(GROUPS, "Ma, Xi and Li are", id="three"),
        pytest.param((*GROUPS, Group("wu", "Wu", GROUPS[0].members)), "4 names are", id="many"),
    ],
)
def test_several_names(groups: Sequence[Group], names: str) -> None:
    review = begin(tuple(groups)).with_status(groups, "skipped", "Skip the rest")
    assert taken_back(review, review.history[-1]) == f"Taken back: {names} not decided."
    assert done_again(review, review.history[-1]) == f"Done again: {names} skipped."


def test_what_was_chosen() -> None:
    review = level(begin(GROUPS), GROUPS[0], "report").review
    assert taken_back(review, review.history[-1]) == "Taken back: what was changed about Ma."
