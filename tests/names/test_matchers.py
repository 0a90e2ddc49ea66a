"""Indexes that are kept in the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import cache
from cleaner.names import matchers
from cleaner.names.match import Matcher
from cleaner.names.matchers import matcher_of
from cleaner.names.name import Name

NAMES = [
    Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma",)),
    Name("Xu Lin", "person"),
    Name("Leonardo DiCaprio", hangul=("레오나르도 디카프리오",)),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(matchers, "MANY", len(NAMES))
    return tmp_path / "cache"


@pytest.mark.parametrize("form", ["Marwin", "Shirin", "Reonado Dikapeurio", "Mayun"])
def test_a_kept_index_finds_what_a_new_one_finds(form: str) -> None:
    matcher_of(NAMES, "ko")
    expected = Matcher(NAMES, pivot="ko").link(form)
    assert matcher_of(NAMES, "ko").link(form) == expected != []


def test_an_index_is_made_once(folder: Path) -> None:
    first = matcher_of(NAMES, "ko").index
    (kept,) = folder.glob("index-*")
    before = kept.stat().st_mtime_ns
    again = matcher_of(NAMES, "auto").index
    assert kept.stat().st_mtime_ns == before
    assert list(again.skeletons) == list(first.skeletons)
    assert again.owners.tolist() == first.owners.tolist()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(Name("Xu Ling", "person"), id="canonical"),
        pytest.param(Name("Xu Lin", "place"), id="kind"),
        pytest.param(Name("Xu Lin", "person", "许琳"), id="hanzi"),
        pytest.param(Name("Xu Lin", "person", hangul=("쉬린",)), id="hangul"),
        pytest.param(Name("Xu Lin", "person", aliases=("Lynn Xu",)), id="alias"),
    ],
)
def test_another_name_is_another_index(folder: Path, name: Name) -> None:
    matcher_of(NAMES, "ko")
    matcher_of([NAMES[0], name, NAMES[2]], "ko")
    assert len(list(folder.glob("index-*"))) == 2


def _index(names: list[Name]) -> bytes:
    return Matcher(names, pivot="ko").dump()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"main sulin", id="no-parts"),
        pytest.param(_index(NAMES[:2]), id="other-names"),
        pytest.param(_index(NAMES)[:-4], id="cut"),
        pytest.param(_index(NAMES).replace(b'"ways"', b'"WAYS"'), id="no-ways"),
        pytest.param(_index(NAMES).replace(b"main", b"\xff\xff\xff\xff"), id="not-text"),
        pytest.param(_index(NAMES).replace(b"main ", b"main-"), id="too-few-skeletons"),
    ],
)
def test_an_index_of_another_shape_is_made_again(folder: Path, damage: bytes) -> None:
    matcher_of(NAMES, "ko")
    (kept,) = folder.glob("index-*")
    cache.remember(kept.name, damage)
    assert [one.canonical for one in matcher_of(NAMES, "ko").link("Marwin")] == ["Ma Yun"]
    assert cache.recall(kept.name) != damage


def test_without_a_pivot_nothing_is_kept(folder: Path) -> None:
    assert matcher_of(NAMES, "none").link("Leonardo DiCapriu") != []
    assert not folder.exists()


def test_an_index_of_few_names_is_not_kept(folder: Path) -> None:
    assert matcher_of(NAMES[:2], "ko").link("Marwin") != []
    assert not folder.exists()
