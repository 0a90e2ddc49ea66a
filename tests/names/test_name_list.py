"""Names as tables in which they are looked up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import cache
from cleaner.names.name import Name
from cleaner.names.name_list import NameList, dump, kept
from cleaner.names.pivot.script import letters, word_key

NAMES = [
    Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma",), ("Alibaba",)),
    Name("Xi’an", "place", "西安"),
    Name("Xi’an Jiaotong University", common=False),
    Name("Ma Teng", variants=("Ma Deng", "Jack Ma")),
    Name("Joshua Wong", hanzi="黃之鋒"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


TEXTS = st.text("aEü’é- 马마|\t", min_size=1, max_size=8)
SEVERAL = st.lists(TEXTS, max_size=3).map(tuple)
ANY_NAMES = st.lists(
    st.builds(
        Name, TEXTS, st.just("person"), TEXTS, SEVERAL, SEVERAL, SEVERAL, st.booleans(), SEVERAL
    ),
    max_size=5,
)


@given(ANY_NAMES)
def test_a_list_has_the_names_it_was_made_of(names: list[Name]) -> None:
    made = NameList(dump(names))
    assert list(made) == names
    assert made[1:] == names[1:]
    for number, name in enumerate(names):
        assert made.letters(number) == list(map(letters, name.right))


@given(ANY_NAMES, SEVERAL)
def test_a_list_finds_what_a_search_finds(names: list[Name], forms: tuple[str, ...]) -> None:
    made = NameList.of(names)
    for form in (*forms, *(form for name in names for form in name.right)):
        key = word_key(form)
        longer = {number for number, name in enumerate(names) if _has_more(name, key)}
        assert made.longer(key) == longer
        assert made.called([form]) == [name for name in names if name.canonical == form]
        assert made.has_word(form) == any(form in _words(name) for name in names)


def _has_more(name: Name, key: tuple[str, ...]) -> bool:
    owns = map(word_key, name.right)
    return any(len(key) < len(own) and set(key) <= set(own) for own in owns)


def _words(name: Name) -> Iterable[str]:
    return {word for form in name.right for word in form.split()}


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        pytest.param("ma yun", [("Ma Yun", 0)], id="canonical"),
        pytest.param("jack ma", [("Jack Ma", 0)], id="alias"),
        pytest.param("xian", [("Xi’an", 1)], id="apostrophe"),
        pytest.param("yun ma", [], id="other-order"),
    ],
)
def test_names_are_found_by_spelling(spelling: str, expected: list[tuple[str, int]]) -> None:
    assert NameList.of(NAMES).spelled(spelling) == expected


def test_names_are_found_by_pinyin() -> None:
    names = NameList.of(NAMES)
    assert list(names.in_pinyin("huangzhifeng")) == [4]
    assert list(names.with_syllables(("xi", "an"))) == [1]
    assert list(names.with_syllables(("xian",))) == []


def test_a_right_form_is_no_stated_variant() -> None:
    names = NameList.of(NAMES)
    assert names.stated("Ma Deng") == [NAMES[3]]
    assert names.stated("Jack Ma") == []


@pytest.mark.usefixtures("folder")
def test_a_list_is_made_once() -> None:
    assert list(kept("key", lambda: NAMES)) == NAMES
    assert list(kept("key", list)) == NAMES
    assert list(kept("another key", list)) == []


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\2\0\0\0{}", id="no-parts"),
        pytest.param(dump(NAMES)[:-4], id="cut"),
        pytest.param(dump(NAMES).replace(b'"letters"', b'"LETTERS"'), id="no-letters"),
    ],
)
def test_a_list_of_another_shape_is_made_again(folder: Path, damage: bytes) -> None:
    kept("key", lambda: NAMES)
    (file,) = folder.glob("list-*")
    cache.remember(file.name, damage)
    assert list(kept("key", lambda: NAMES)) == NAMES
    assert cache.recall(file.name) == dump(NAMES)
