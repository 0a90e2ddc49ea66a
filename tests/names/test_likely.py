"""The likely forms of a rule's entity: what is refused, and what the cache keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import cache
from cleaner.names import likely
from cleaner.names.garbles import garbles
from cleaner.names.gazetteer import name_of
from cleaner.names.likely import MAX_COST, MOST, chosen, likely_forms, refusal
from cleaner.names.name import Name
from cleaner.names.pivot.script import letters
from cleaner.rules.model import Entity

MA = Entity("Ma Yun", ("Marwin",), aliases=("Jack Ma",), source={"zh": "马云", "ko": "마윈"})


@pytest.fixture(scope="module")
def refuses() -> Callable[[str], bool]:
    return refusal()


@pytest.mark.parametrize(
    ("form", "refused"),
    [
        pytest.param("Jack Ma", True, id="right"),
        pytest.param("JACK MA", True, id="right, in capitals"),
        pytest.param("Shaker", True, id="a word"),
        pytest.param("Win Mint", True, id="words"),
        pytest.param("Kim Min-soo", True, id="a Korean"),
        pytest.param("Ryu Seongsu", True, id="a Korean without a hyphen"),
        pytest.param("Seo Huiwon", True, id="a Korean of a rare name"),
        pytest.param("Gojaeho", True, id="a Korean in one word"),
        pytest.param("Marwin", False, id="a garble"),
        pytest.param("Jang Boheong", False, id="half Korean, half Chinese"),
        pytest.param("Rijansu", False, id="a surname that no Korean in the South has"),
    ],
)
def test_what_is_refused(form: str, refused: bool, refuses: Callable[[str], bool]) -> None:
    assert refuses(form) == refused


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param(
            Name("Yuma Kagiyama", hangul=("가기야마 유마",)), "Kagiyama Yuma", id="flipped"
        ),
        pytest.param(Name("Yuma Kagiyama"), "Yuma-kagiyama", id="hyphenated"),
        pytest.param(Name("Wang Meng", hanzi="王濛", hangul=("왕멍",)), "Wangmeng", id="glued"),
    ],
)
def test_the_letters_of_the_right_name_are_no_garble(name: Name, form: str) -> None:
    assert form in {garble.form for garble in garbles(name, limit=200)}
    assert form not in {garble.form for garble in chosen(name, lambda _: False, 200, 99.0)}


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["马", "王", "李", "江", "蒋", "石", "谢", "郑", "潘"]),
    st.sampled_from(["云", "凡", "宇奇", "秋雯"]),
)
def test_likely_forms_are_few_cheap_and_in_order(surname: str, given_name: str) -> None:
    name = Name("Xx Yy", hanzi=surname + given_name)
    found = chosen(name, lambda _: False)
    costs = [garble.cost for garble in found]
    assert len(found) <= MOST
    assert costs == sorted(costs)
    assert all(cost <= MAX_COST for cost in costs)
    assert letters("Xx Yy") not in {letters(garble.form) for garble in found}


def test_they_are_kept_until_the_entity_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    first = likely_forms([MA])
    assert "Mawin" in first[0]
    [kept] = tmp_path.glob("likely-*")
    monkeypatch.setattr(likely, "refusal", lambda: pytest.fail("made again"))
    assert likely_forms([MA]) == first
    assert likely_forms([MA._replace(variants=("Mar Win",))]) == first
    monkeypatch.setattr(likely, "refusal", lambda: lambda _: True)
    assert likely_forms([MA._replace(source={})]) == [{}]
    cache.remember(kept.name, b'[{"Mawin": 1}]')  # of another shape
    assert likely_forms([MA]) == [{}]


def test_without_a_cache_they_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert likely_forms([MA]) == likely_forms([MA])


def test_each_form_says_how_it_comes_about() -> None:
    [forms] = likely_forms([MA])
    assert {why.partition(" <- ")[0] for why in forms.values()} == {*forms}
    assert all(f" {name_of(MA).canonical} (" in why for why in forms.values())
