"""Texts that are compared as bits of numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from cleaner.names.pivot.subsequences import MIN_POINTS, Subsequences, bits_of

LETTERS = "abc"


def _like_rapidfuzz(others: list[str], texts: list[str], most_less: int) -> None:
    """Check that the similar texts and their points are those that rapidfuzz finds."""
    others = sorted(others, key=len)
    letters, bits = bits_of(others)
    long = others[sum(one.shape[1] for one in bits) :]
    compared = Subsequences(np.array(list(map(len, others)), np.intp), letters, bits, long)
    places, points = compared.similar(texts, most_less)
    expected = process.cdist(
        texts, others, scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=MIN_POINTS
    )
    best = expected.max(axis=0)
    similar = np.flatnonzero(best >= max(1, int(best.max()) - most_less))
    assert places.tolist() == similar.tolist()
    assert points.tolist() == expected[:, similar].tolist()


@given(
    st.lists(st.text(LETTERS, max_size=20), min_size=1, max_size=30),
    st.lists(st.text(LETTERS + "x", max_size=12), min_size=1, max_size=3),
)
def test_points_are_those_of_rapidfuzz(others: list[str], texts: list[str]) -> None:
    _like_rapidfuzz(others, texts, 30)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 130])
def test_texts_of_any_length_are_compared(length: int) -> None:
    others = [(LETTERS * 50)[:length], (LETTERS[::-1] * 50)[:length], "", "a" * 70]
    for text in ("", "a", "abcabcab", "cba" * 13):
        _like_rapidfuzz(others, [text], 100)
