"""What a reviewer is told about a rule before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.names.suggestion import Group, Member
from cleaner.review.desk import ProjectDesk
from cleaner.review.session.effects import Choices, Remark
from tests.cli.test_review_commands import folder, project

__all__ = ["folder"]  # the fixture
FULL = Group("namgung-hyeok", "Namgung Hyeok", (Member("Nam Gung-hyeok", 1),), relation="spelling")
SHORT = Group("hyeok", "Hyeok", (Member("Hyuk", 3),), relation="spelling", canonical_count=9)
PART = Remark("plain", "“Hyeok” is also a part of “Namgung Hyeok”, which is decided by itself")
UNLIKE = Remark("bad", "“Namgung Hyeok” keeps the spelling “Hyeok”; spell both names alike")


@pytest.mark.parametrize(
    ("group", "choices", "wanted"),
    [
        pytest.param(SHORT, Choices("Hyeok"), [PART], id="the same spelling"),
        pytest.param(SHORT, Choices("Hyuk"), [UNLIKE], id="the other spelling"),
        pytest.param(SHORT, Choices("Hyuk", frozenset({"Hyeok"})), [], id="left out"),
        pytest.param(SHORT, Choices("Yeok"), [UNLIKE], id="a third spelling"),
        pytest.param(FULL, Choices("Namgung Hyeok"), [], id="the longer name"),
    ],
)
def test_a_short_form(group: Group, choices: Choices, wanted: list[Remark], folder: Path) -> None:
    desk = ProjectDesk(project(folder), [FULL, SHORT])
    said = desk.trial(group, choices._replace(everywhere=True))
    assert [remark for remark in said if remark in (PART, UNLIKE)] == wanted
