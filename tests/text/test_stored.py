"""Tables that are read where they lie."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import stored
from cleaner.text.stored import Parts, place

NUMBERS = st.integers(0, 2**32 - 1)


@given(texts=st.lists(st.binary(max_size=5)), lists=st.lists(st.lists(NUMBERS)))
def test_what_goes_in_comes_out(texts: list[bytes], lists: list[list[int]]) -> None:
    parts = {**stored.texts("texts", texts), **stored.lists("lists", lists)}
    read = Parts(stored.joined(parts))
    assert [*read.texts("texts")] == texts
    assert [list(each) for each in read.lists("lists")] == lists
    assert read.texts("texts").size == sum(map(len, texts))
    assert read.texts("texts").has_empty() == (b"" in texts)
    assert read.texts("texts")[1:3] == texts[1:3]
    assert read.parts == parts


@given(items=st.sets(st.integers(0, 9)), wanted=st.integers(-1, 10))
def test_where_something_stands(items: set[int], wanted: int) -> None:
    in_order = sorted(items)
    found = in_order.index(wanted) if wanted in items else None
    assert place(in_order, wanted) == found


GOOD = stored.joined(stored.texts("names", [b"Ma", b"Win"]))


def headed(sizes: object) -> bytes:
    head = json.dumps(sizes).encode()
    return len(head).to_bytes(4, "little") + head


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(GOOD[:-1], id="cut"),
        pytest.param(GOOD + b"x", id="too long"),
        pytest.param(headed({"order": "middle"}), id="another machine"),
        pytest.param(headed({"order": sys.byteorder, "a": -1, "b": 1}), id="a negative size"),
    ],
)
def test_what_is_no_data(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|parts|machine"):
        Parts(data)


@pytest.mark.parametrize("ends", [(), (1, 5), (0, 4)], ids=repr)
def test_offsets_of_something_else(ends: tuple[int, ...]) -> None:
    parts = {**stored.texts("names", [b"Ma", b"Win"]), **stored.numbers("names.ends", ends)}
    with pytest.raises(ValueError, match="offsets"):
        Parts(stored.joined(parts)).texts("names")
