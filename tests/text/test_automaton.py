"""Many words are searched for by their beginnings, and the same is found as with whole keys."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.engine.index import Index
from cleaner.text.automaton import LETTERS, Match, beginnings, ends_of, search
from cleaner.text.literals import Literals, Table, table
from tests.samples import SEEDS, bundled_rules, read

PIECES = st.text("ab -é", min_size=1, max_size=4)
NAMES = ("Ma", "Ma Yun", "Ma Yun-hao", "Mao", "Yun", "Kim’s", "Brontë", "마윈", "X", "New York")


def not_inside_a_word(matches: Sequence[Match], words: int, data: bytes) -> list[Match]:
    return [
        (key, start, end)
        for key, start, end in matches
        if key >= words or not (start and data[start - 1] in LETTERS)
    ]


@given(
    words=st.sets(st.text("ab -é", min_size=1, max_size=12), min_size=1, max_size=16),
    pieces=st.sets(PIECES, max_size=3),
    text=st.text("ab -é", max_size=80),
    most=st.sampled_from([1, 10, 30, 1000]),
)
def test_both_searches_find_the_same(
    words: set[str], pieces: set[str], text: str, most: int
) -> None:
    in_order = sorted(map(str.encode, words))
    keys = [*in_order, *map(str.encode, sorted(pieces))]
    data = text.encode()
    ends = ends_of(keys)
    whole = not_inside_a_word(search(keys, ends).matches(data), len(words), data)
    begin = beginnings(in_order, few=0, most=most)
    assert search(keys, ends, begin=begin).matches(data) == whole


@given(
    keys=st.lists(
        st.binary(max_size=6).filter(bool) | st.text("ab -é", min_size=1).map(str.encode),
        min_size=1,
        max_size=30,
        unique=True,
    ),
    data=st.text("ab -é", max_size=80).map(str.encode) | st.binary(max_size=80),
)
def test_short_texts_are_searched_for_few_keys(keys: list[bytes], data: bytes) -> None:
    others = [b"other key %d" % number for number in range(1_000)]
    every = [*keys, *others]
    searching = search(every, ends_of(every))
    short = [list(searching.matches(data)) for _ in range(8)]
    with_automaton = list(searching.matches(data))
    assert short == [with_automaton] * 8


def by_beginning(found: Table) -> Table:
    """Return a table in which the words count as many."""
    begin = beginnings(found.keys[: found.words], few=0)
    assert begin is not None
    return found._replace(beginnings=begin)


@given(
    words=st.sets(st.sampled_from(NAMES), min_size=1),
    text=st.lists(
        st.sampled_from([*NAMES, "MA YUN", "Mas", "ma", "Yun’s", "ÉMA", "a", ",", " ", "\n", "s"])
    ).map("".join),
)
def test_forms_are_found_in_every_spelling(words: set[str], text: str) -> None:
    found = table(sorted(words), [b", ", "에".encode()])
    assert Literals(by_beginning(found)).find(text) == Literals(found).find(text)


@pytest.mark.parametrize(
    ("most", "longest"),
    [pytest.param(1000, 8, id="room for all"), pytest.param(1, 3, id="room for none")],
)
def test_how_long_beginnings_are(most: int, longest: int) -> None:
    begin = beginnings([b"alibaba group", b"alibaba pictures", b"ma"], few=0, most=most)
    assert begin is not None
    assert max(map(len, begin.texts)) == longest


def test_few_words_need_no_beginnings() -> None:
    assert table(["Ma Yun"]).beginnings is None


def test_the_bundled_rules_clean_the_same_either_way() -> None:
    text = "\n\n".join(map(read, SEEDS))
    known = bundled_rules()
    usual = Index.of(known)
    other = Index.of(known)
    other.literals = by_beginning(other.literals)
    assert Cleaner(other).clean(text) == Cleaner(usual).clean(text)
    stored = Index.load(other.dump())
    assert stored.literals.beginnings is not None
    assert Cleaner(stored).clean(text) == Cleaner(usual).clean(text)
