"""Which words are proposed as evidence, and which phrase tells one place from others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.names.suggestion import Group, Member
from cleaner.review.session import actions
from cleaner.review.session.evidence import left_alone, proposals
from cleaner.review.session.merging import merged
from cleaner.review.session.model import begin
from tests.review.samples import place


def group(*lines: tuple[str, str], form: str = "Marwin", id_: str = "ma-yun") -> Group:
    """Return a group of one form, found in these lines of these files."""
    places = tuple(place(file, 1, line, form) for file, line in lines)
    source = {"zh": "马云", "ko": "마윈"}
    return Group(id_, "Ma Yun", (Member(form, len(lines), places=places),), "person", source)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param([("a", "Alibaba fell, and Marwin left.")], ["Alibaba"], id="a name"),
        pytest.param([("a", "Marwin of Ant Group left.")], ["Ant Group"], id="of two words"),
        pytest.param([("a", "Marwin (마윈) of Alibaba left.")], ["마윈"], id="the name itself"),
        pytest.param(
            [("a", "On Monday Marwin left Hangzhou."), ("b", "Marwin came to Hangzhou.")],
            ["Hangzhou"],
            id="one name for two texts",
        ),
        pytest.param(
            [("a", "Alibaba’s Marwin left."), ("b", "Tencent met Marwin.")],
            ["Alibaba", "Tencent"],
            id="a name for each text",
        ),
        pytest.param([("a", "Then Marwin was silent.")], ["silent"], id="a long word"),
        pytest.param([("a", "Marwin Hitz kept his goal.")], ["Hitz"], id="a part of the name"),
        pytest.param(
            [("a", "Marwin Hitz played for Dortmund.")], ["Dortmund"], id="rather than that"
        ),
        pytest.param([("a", "Marwin Marwin")], [], id="not the form itself"),
        pytest.param([("a", "Marwin is in.")], [], id="nothing of use"),
    ],
)
def test_what_is_proposed(lines: Sequence[tuple[str, str]], wanted: Sequence[str]) -> None:
    assert list(proposals([group(*lines)])["ma-yun"]) == wanted


NOVEL = "“Marwin laughed,” he said."


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        pytest.param([], "laughed", id="no name anywhere"),
        pytest.param(["Jang Pan of Hangzhou slept."], "Hangzhou", id="a name in another line"),
        pytest.param(
            ["Jang Pan of Hangzhou met Kaguya.", "Jang Pan saw Kaguya."],
            "Kaguya",
            id="the most frequent one",
        ),
        pytest.param(
            ["Jang Pan of Hangzhou met Kaguya.", "Jang Pan met Kaguya and Jiang Fan."],
            "Jiang Fan",
            id="rather one that is known",
        ),
    ],
)
def test_where_no_name_is_near_others_of_the_text_count(others: Sequence[str], wanted: str) -> None:
    lines = [("a", line) for line in others] or [("b", "Jang Pan of Seoul")]
    other = group(*lines, form="Jang Pan", id_="fan")._replace(canonical="Jiang Fan")
    assert proposals([group(("a", NOVEL)), other])["ma-yun"] == (wanted,)


@pytest.mark.parametrize(
    ("phrase", "refused"),
    [("Marwin", True), ("near Marwin", True), ("Marwinia", False), ("Alibaba", False)],
)
def test_a_rule_cannot_have_its_own_form_as_evidence(phrase: str, refused: bool) -> None:
    one = group(("a", "Alibaba fell, and Marwin left."))
    turn = actions.evidence(begin((one,)), one, [phrase], everywhere=False)
    assert turn.review.message.bad == refused
    assert (phrase in turn.review.chosen(one).when) == (not refused)


def test_what_another_rule_would_change_is_no_evidence() -> None:
    line = ("a", "Jang Pan met Marwin in Seoul.")
    found = proposals([group(line), group(line, form="Jang Pan", id_="zhang-fan")])
    assert found == {"ma-yun": ("Seoul",), "zhang-fan": ("Seoul",)}


def test_a_rule_without_evidence_has_to_be_asked_for() -> None:
    one = group(("a", "Marwin is in."))
    review = begin((one,))
    refused = actions.accept(review, one)
    assert (refused.deeds, refused.review.message.bad) == ((), True)
    everywhere = actions.evidence(review, one, [], everywhere=True).review
    assert actions.accept(everywhere, one).deeds


@pytest.mark.parametrize(
    ("line", "others", "wanted"),
    [
        pytest.param(
            "A painter, Marwin, is from Busan.", [], "A painter, Marwin, is from", id="near"
        ),
        pytest.param(
            "A painter, Marwin, is from Busan.",
            ["A painter, Marwin, is from Seoul."],
            "A painter, Marwin, is from Busan",
            id="as far as it takes",
        ),
        pytest.param("Marwin", [], "", id="nothing else there"),
    ],
)
def test_what_is_left_alone(line: str, others: Sequence[str], wanted: str) -> None:
    one = group(("a", line), *(("a", other) for other in others))
    member = one.members[0]
    assert left_alone(one, "Marwin", member.places[0]) == wanted


def test_what_others_decide_is_merged() -> None:
    one, other = group(("a", "x Marwin")), group(("a", "y Jang Pan"), form="Jang Pan", id_="b")
    review = begin((one, other))
    gone = merged(review, (other,), {"ma-yun": "accepted"})
    assert (gone.statuses, len(gone.groups)) == ({"ma-yun": "accepted"}, 2)
    assert merged(gone, (one, other), {}).statuses == {}
    assert merged(review, (other,), {}).groups == (other,)
