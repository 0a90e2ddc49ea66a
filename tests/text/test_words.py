"""Ordinary English words, and words that have lost a letter or two inside."""

from __future__ import annotations

import pytest

from cleaner.text import words

LINES = b"".join(sorted(b"%s\n" % word for word in (b"a", b"almost", b"governor", b"regular")))


@pytest.mark.parametrize(
    ("head", "tail", "known"),
    [
        pytest.param("a", "most", True, id="one letter lost"),
        pytest.param("gov", "nor", True, id="two letters lost"),
        pytest.param("REG", "lar", True, id="capitals"),
        pytest.param("go", "nor", False, id="more than two letters lost"),
        pytest.param("gover", "nor", False, id="no letter lost"),
        pytest.param("governo", "nor", False, id="ends that overlap"),
        pytest.param("x", "y", False, id="behind the last word"),
        pytest.param("é", "y", False, id="not ASCII"),
    ],
)
def test_contractions(
    monkeypatch: pytest.MonkeyPatch, head: str, tail: str, *, known: bool
) -> None:
    monkeypatch.setattr(words, "_words", lambda _: LINES)
    assert words.is_contraction.__wrapped__(head, tail) == known
