"""A text that is kept as UTF-8 reads as the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import Lines, Span, parts
from cleaner.text.packed import Packed

texts = st.text(st.sampled_from("aé’한\N{GRINNING FACE}\r\n "), max_size=40)
places = st.integers(0, 45)
sizes = st.integers(4, 9)


@given(texts, sizes, places, places)
def test_parts(text: str, each: int, start: int, end: int) -> None:
    packed = Packed(text.encode(), each=each)
    assert packed[start:end] == text[start:end]
    assert len(packed) == len(text)
    assert "".join(packed.pieces()) == str(packed) == text
    assert "".join(parts(packed, Span(0, len(packed)))) == text


@given(texts, texts, sizes)
def test_gives_no_other_text(text: str, other: str, each: int) -> None:
    assert Packed(text.encode(), each=each).gives(text)
    assert Packed(text.encode(), each=each).gives(other) == (text == other)


@given(texts)
def test_lines(text: str) -> None:
    lines, packed = Lines(text), Lines(Packed(text.encode(), each=4))
    for at in range(len(text) + 1):
        assert packed.place(at) == lines.place(at)


def test_what_is_before_the_text_does_not_count() -> None:
    packed = Packed(b"\xef\xbb\xbfMa Yun", start=3)
    assert (packed[0:2], str(packed), len(packed)) == ("Ma", "Ma Yun", 6)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"Ma \xff Yun", id="no UTF-8"),
        pytest.param("Ma 한".encode()[:-1], id="cut off"),
        pytest.param(b"\x80" * 20, id="no beginning of a character"),
        pytest.param(b"Ma \xed\xa0\x80", id="half of a pair"),
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        Packed(data, each=4)
