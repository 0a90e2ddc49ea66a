"""Labels of broadcasts in Hangul: which are translated, and what only holds the same word."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled, bundled_index

LABELS = Cleaner(bundled_index(), acts=lambda id_: id_ == "labels/speakers")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("[앵커]\nThe sea has frozen.", "[Anchor]\nThe sea has frozen.", id="anchor"),
        pytest.param("<기자>\r\n\r\nIt is cold.", "<Reporter>\r\n\r\nIt is cold.", id="CRLF"),
        pytest.param("It is cold.\n[ 리포트 ] Ice.", "It is cold.\n[ Report ] Ice.", id="spaces"),
        pytest.param("◀ 앵커 ▶\nIt is cold.", "◀ Anchor ▶\nIt is cold.", id="triangles"),
        pytest.param("【자막】 It is cold.", "【Caption】 It is cold.", id="lenticular brackets"),
        pytest.param("It is cold.\n\n기자\n\nIce.", "It is cold.\n\nReporter\n\nIce.", id="bare"),
    ],
)
def test_labels(before: str, after: str) -> None:
    assert LABELS.clean(before).text == after
    assert LABELS.clean(after).text == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The anchor (앵커) speaks.", id="a gloss"),
        pytest.param("He asked [기자] why.", id="inside a line"),
        pytest.param("[홍길동 기자] It is cold.", id="a byline"),
        pytest.param("[기자회견] It is cold.", id="a longer word"),
        pytest.param("[기자) It is cold.", id="brackets of two kinds"),
        pytest.param("기자 is a reporter.", id="a word in a sentence"),
        pytest.param("`[기자]` is a label.", id="code"),
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert LABELS.clean(text).text == text


def test_a_label_proves_damage() -> None:
    page = "[기자]\nThe sea has frozen.\n\nShare on Facebook\n\nIt is cold."
    cleaned = bundled().clean(page).text
    assert cleaned == "[Reporter]\nThe sea has frozen.\n\nIt is cold."
