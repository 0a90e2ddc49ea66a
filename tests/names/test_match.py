"""The matcher: which name is meant, what is left alone, and why."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Matcher, Name
from cleaner.names.shortlist import SkeletonIndex

NAMES = [
    Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma",)),
    Name("Jiang Fan", "person", "蒋凡"),
    Name("Zhang Fan"),
    Name("Xu Lin", "person", "徐麟"),
    Name("Sun Tianqi", hangul=("쑨톈치",)),
    Name("Jing Xiandong"),
    Name("Ant Group", "organisation"),
    Name("Jiang Shuying", "person", "江疏影"),
    Name("Kenji Takahashi"),
    Name("Elkeson"),
    Name("Wang Yinglin"),
    Name("Zhuo Lin"),
    Name("Hangzhou", "place"),
    Name("Lucas Pratto"),
]
MATCHER = Matcher(NAMES, pivot="ko")


def check(form: str, canonical: str, *, among: int = 1) -> None:
    found = [candidate.canonical for candidate in MATCHER.link(form)]
    assert canonical in found[:among], found


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        pytest.param("Marwin", "Ma Yun", id="stray-r"),
        pytest.param("Ma Win", "Ma Yun", id="spaced"),
        pytest.param("Ma-win", "Ma Yun", id="hyphenated"),
        pytest.param("Mar-win", "Ma Yun", id="both"),
        pytest.param("MARWIN", "Ma Yun", id="capitals"),
        pytest.param("Ma\N{NO-BREAK SPACE}Win", "Ma Yun", id="no-break-space"),
        pytest.param("Win Ma", "Ma Yun", id="order-flipped"),
        pytest.param("Fan Jiang", "Jiang Fan", id="right-letters-in-the-wrong-order"),
        pytest.param("Shirin", "Xu Lin", id="u-umlaut-as-i"),
        pytest.param("Jing Xian-dong", "Jing Xiandong", id="korean-hyphen"),
        pytest.param("Jing Syendung", "Jing Xiandong", id="by-program"),
        pytest.param("Sun Tian-chi", "Sun Tianqi", id="ch"),
        pytest.param("Antgroup", "Ant Group", id="joined"),
        pytest.param("Gang-so-yeong", "Jiang Shuying", id="characters-read-in-korean"),
        pytest.param("Wang Eung-rin", "Wang Yinglin", id="characters-guessed"),
        pytest.param("Jwolin", "Zhuo Lin", id="academic-spelling"),
        pytest.param("Dakahasi Kenji", "Kenji Takahashi", id="japanese-flipped"),
        pytest.param("Elkesong", "Elkeson", id="western"),
        pytest.param("Rukaseu Peurato", "Lucas Pratto", id="western-vowels-put-in"),
        pytest.param("Hangjeou", "Hangzhou", id="place"),
    ],
)
def test_the_right_name_comes_first(form: str, canonical: str) -> None:
    check(form, canonical)


@pytest.mark.parametrize("form", ["Jang Pan", "Jangfan", "Zhangfan"])
def test_homophones_are_shown_together_and_never_strong(form: str) -> None:
    check(form, "Jiang Fan", among=2)
    check(form, "Zhang Fan", among=2)
    assert not any(candidate.strong for candidate in MATCHER.link(form))


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("Kim Min-soo", id="reporter"),
        pytest.param("Lee Dae-hee", id="reporter-two"),
        pytest.param("Dae-hee Lee", id="reporter-flipped"),
        pytest.param("Ma Yun", id="right"),
        pytest.param("Jack Ma", id="alias"),
        pytest.param("Margin", id="word"),
        pytest.param("Tribunal", id="unlike-any"),
        pytest.param("Kenneth Anderson", id="english-name"),
        pytest.param("Saint-Malo", id="city"),
        pytest.param("", id="empty"),
        pytest.param(" ", id="space"),
        pytest.param("M", id="one-letter"),
        pytest.param("마윈", id="hangul"),
        pytest.param("مايون", id="right-to-left"),
        pytest.param("123-456", id="digits"),
    ],
)
def test_nothing_is_proposed(form: str) -> None:
    assert MATCHER.link(form) == []


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        pytest.param("Kang So-young", "Jiang Shuying", id="cannot-be-told-from-a-korean"),
        pytest.param("Lin", "Xu Lin", id="one-syllable"),
        pytest.param("Shírin", "Xu Lin", id="accents"),
        pytest.param("Yinglin", "Wang Yinglin", id="part-of-a-right-name"),
        pytest.param("Hanzhou", "Hangzhou", id="pinyin-of-another-place"),
        pytest.param("Hsu Lin", "Xu Lin", id="wade-giles"),
    ],
)
def test_what_may_be_right_is_never_strong(form: str, canonical: str) -> None:
    found = MATCHER.link(form, score_cutoff=0.0)
    assert canonical in [candidate.canonical for candidate in found]
    assert not any(candidate.strong for candidate in found)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("Takahashi Kenji", id="family-name-first"),
        pytest.param("MA YUN", id="capitals"),
        pytest.param("Mǎ Yún", id="tone-marks"),
        pytest.param("Ma-Yun", id="hyphen"),
        pytest.param("jack ma", id="alias-in-small-letters"),
    ],
)
def test_a_right_form_in_another_case_order_or_with_accents_is_right(form: str) -> None:
    assert MATCHER.link(form) == []
    assert MATCHER.link(form, score_cutoff=0.0) == []
    assert MATCHER.weigh(form).right
    assert Matcher(NAMES, pivot="none").link(form) == []


@pytest.mark.parametrize(
    ("form", "against"),
    [
        ("Kang So-young", "written as Koreans write their names"),
        ("Margin", "an ordinary word of English"),
        ("Jóng Shendung", "written with accents"),
    ],
)
def test_weighing_says_what_lowers_a_score(form: str, against: str) -> None:
    weighing = MATCHER.weigh(form)
    assert against in weighing.against
    assert weighing.candidates
    shown = MATCHER.link(form)
    assert list(weighing.candidates[: weighing.proposed]) == shown


def test_many_forms_at_once_are_linked_like_one_by_one() -> None:
    forms = ["Marwin", "", "Kim Min-soo", "Jangfan", "Ma Yun", "Hangjeou", "마윈"] * 20
    assert list(MATCHER.link_all(forms)) == [MATCHER.link(form) for form in forms]


def test_a_stored_index_finds_the_same_names() -> None:
    index = MATCHER.index
    stored = SkeletonIndex("\n".join(index.skeletons).split("\n"), np.array(index.owners.tolist()))
    again = Matcher(NAMES, pivot="ko", index=stored)
    for form in ("Marwin", "Jangfan", "Hangjeou"):
        assert again.link(form) == MATCHER.link(form)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("Marwin", "Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]"),
        ("Shirin", "Shirin <- 쉬린 <- Xu Lin [ㅅ=sh ㅟ=i ㄹ=r ㅣ=i ㄴ=n]"),
        ("Elkesong", "Elkesong <- Elkeson [e=e l=l k=k e=e s=s o=o n=ng]"),
    ],
)
def test_the_derivation_says_why(form: str, why: str) -> None:
    assert MATCHER.link(form)[0].why == why


@pytest.mark.parametrize("form", ["Marwin", "Ma-win", "Antgroup", "Jing Syendung"])
def test_a_form_of_one_name_only_is_strong_or_nearly_certain(form: str) -> None:
    few = Matcher([name for name in NAMES if name.canonical != "Zhang Fan"], pivot="ko")
    first, *others = few.link(form)
    assert first.strong or first.score > 0.8
    assert not any(candidate.strong for candidate in others)


def test_scores_fall_and_reach_the_cutoff() -> None:
    found = MATCHER.link("Jangfan", score_cutoff=0.0, limit=2)
    assert len(found) == 2
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(0 <= candidate.score <= 1 for candidate in found)
    assert MATCHER.link("Jangfan", score_cutoff=1.0) == []


def test_without_names_there_are_no_candidates() -> None:
    assert Matcher([]).link("Marwin") == []
    assert Matcher([], pivot="none").link("Marwin") == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(Name("\N{LATIN CAPITAL LETTER EZH}"), id="no letter from a to z"),
        pytest.param(Name("Hn"), id="an h without a vowel before it"),
        pytest.param(Name("Xu Lin", hanzi="·"), id="Hanzi that are only a separator"),
    ],
)
def test_an_odd_name_hides_no_other(name: Name) -> None:
    assert Matcher([name], pivot="ko").link("Marwin") == []
    for names in ([Name("Ma Yun"), name], [name, Name("Ma Yun")]):
        found = Matcher(names, pivot="ko").link("Marwin")
        assert [candidate.canonical for candidate in found] == ["Ma Yun"]


def test_without_a_pivot_the_letters_decide() -> None:
    plain = Matcher(NAMES, pivot="none")
    assert [candidate.canonical for candidate in plain.link("Jing Xiandng")] == ["Jing Xiandong"]
    assert not plain.link("Jing Xiandng")[0].strong
    assert plain.link("Marwin") == plain.link("Kim Min-soo") == []


def test_the_order_of_names_does_not_matter() -> None:
    turned = Matcher(NAMES[::-1], pivot="ko")
    for form in ("Marwin", "Jangfan", "Sun Tian-chi", "Hangjeou"):
        assert [(c.canonical, c.score) for c in turned.link(form)] == [
            (c.canonical, c.score) for c in MATCHER.link(form)
        ]


@given(st.text(max_size=60))
def test_every_score_is_between_0_and_1(form: str) -> None:
    for candidate in MATCHER.link(form):
        assert 0 <= candidate.score <= 1


def test_a_form_of_a_megabyte_has_no_candidates() -> None:
    assert MATCHER.link("a" * 1_000_000) == []
    assert MATCHER.link("ma-" * 300_000) == []


def test_importing_cleaner_needs_neither_numpy_nor_rapidfuzz() -> None:
    code = (
        "import sys, cleaner; "
        "print([m for m in ('numpy', 'rapidfuzz', 'cleaner.names') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_accents_and_composition_do_not_matter() -> None:
    accented = Matcher([Name("Lü Buwei"), Name("José Sarney")], pivot="ko")
    for form in ("Joje Sareunei", unicodedata.normalize("NFD", "Jojé Sareunei")):
        assert [candidate.canonical for candidate in accented.link(form)] == ["José Sarney"]
