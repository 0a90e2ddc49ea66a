"""Which pivot a document came through."""

from __future__ import annotations

import pytest

from cleaner.names.pivot.detect import pivot_of


@pytest.mark.parametrize(
    ("text", "pivot"),
    [
        pytest.param("Ma Win fled. [AP=연합뉴스]", "ko", id="hangul"),
        pytest.param(
            "By Kim Min-soo, Lee Dae-hee, Park Ji-won and Choi Soo-jin.", "ko", id="bylines"
        ),
        pytest.param("Photo: Yonhap", "ko", id="credit"),
        pytest.param(
            "the’living god’ of Kim Min-soo, at 9 (Korean time)", "ko", id="quotes, time and a name"
        ),
        pytest.param(
            "the’living god’, the’dead god’, a’new god’, his’own god’", "none", id="quotes"
        ),
        pytest.param("Ma Win fled. Photo: AP", "none", id="none"),
        pytest.param("", "none", id="empty"),
        pytest.param("马云 spoke.", "none", id="characters"),
    ],
)
def test_the_pivot_of_a_document(text: str, pivot: str) -> None:
    assert pivot_of(text) == pivot
