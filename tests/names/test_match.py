"""The matcher: which name is meant, what is left alone, and why."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Matcher, Name
from cleaner.names.garbles import garbles
from cleaner.names.gazetteer import bundled, known
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.detect import pivot_of
from cleaner.names.pivot.readings import Reader
from cleaner.names.pivot.script import letters, units
from cleaner.names.pivot.tables import load
from cleaner.rulebook import load_rules
from cleaner.rules import layers
from tests.samples import ROOT

NAMES = [
    Name("Ma Yun", "person", "马云", "마윈", ("Jack Ma",)),
    Name("Jiang Fan", "person", "蒋凡"),
    Name("Zhang Fan"),
    Name("Xu Lin", "person", "徐麟"),
    Name("Sun Tianqi", hangul="쑨톈치"),
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
        pytest.param("Kang So-young", id="cannot-be-told-from-a-korean"),
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
    ("form", "why"),
    [
        ("Marwin", "Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]"),
        ("Shirin", "Shirin <- 쉬린 <- Xu Lin [ㅅ=sh ㅟ=i ㄹ=r ㅣ=i ㄴ=n]"),
        ("Elkesong", "Elkesong <- Elkeson [e=e l=l k=k e=e s=s o=o n=ng]"),
    ],
)
def test_the_derivation_says_why(form: str, why: str) -> None:
    assert MATCHER.link(form)[0].why == why


@pytest.mark.parametrize("form", ["Marwin", "Shirin", "Ma-win", "Antgroup"])
def test_what_is_beyond_doubt_is_strong(form: str) -> None:
    few = Matcher([name for name in NAMES if name.canonical != "Zhang Fan"], pivot="ko")
    first, *others = few.link(form)
    assert first.strong or first.score > 0.9
    assert not any(candidate.strong for candidate in others)


def test_scores_fall_and_obey_the_cutoff() -> None:
    found = MATCHER.link("Jangfan", score_cutoff=0.0, limit=2)
    assert len(found) == 2
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(0 <= candidate.score <= 1 for candidate in found)
    assert MATCHER.link("Jangfan", score_cutoff=1.0) == []


def test_no_names_no_candidates() -> None:
    assert Matcher([]).link("Marwin") == []
    assert Matcher([], pivot="none").link("Marwin") == []


def test_without_a_pivot_letters_decide() -> None:
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
def test_any_text_has_an_answer(form: str) -> None:
    for candidate in MATCHER.link(form):
        assert 0 <= candidate.score <= 1


def test_a_megabyte_is_one_form_that_nobody_has() -> None:
    assert MATCHER.link("a" * 1_000_000) == []
    assert MATCHER.link("ma-" * 300_000) == []


def test_the_likeliest_garbles_link_back() -> None:
    """The round trip, over a sample of the bundled gazetteer, or of the rules' names where there is
    none yet.
    """
    names = known(load_rules())
    sample = [name for name in names if name.kind != "work"][:: max(1, len(names) // 150)]
    matcher = Matcher(names, pivot="ko")
    people = Background(load("ko"))
    right = {letters(form) for name in names for form in name.right}
    asked = back = 0
    for name in sample:
        for garble in garbles(name):
            if not people.is_korean(garble.form) and letters(garble.form) not in right:
                asked += 1
                back += any(
                    one.name == name
                    for one in matcher.link(garble.form, limit=10, score_cutoff=0.01)
                )
    assert asked > 2 * len(sample)
    assert back / asked >= 0.95, (back, asked)


@pytest.mark.parametrize(
    ("name", "garbled"),
    [
        (Name("Ma Yun"), "Ma Win"),
        (Name("Ma Yun"), "Mawin"),
        (Name("Ma Yun"), "Ma-win"),
        (Name("Jing Xiandong"), "Jing Syen-dung"),
        (Name("Jiang Shuying", "person", "江疏影"), "Jang Suing"),
        (Name("Kenji Takahashi"), "Dakahasi Kenji"),
    ],
)
def test_known_garbles_are_among_the_forms(name: Name, garbled: str) -> None:
    forms = [garble.form for garble in garbles(name, limit=40)]
    assert garbled in forms
    assert name.canonical not in forms


def test_garbles_come_likeliest_first() -> None:
    costs = [garble.cost for garble in garbles(Name("Sun Tianqi"), limit=30)]
    assert costs == sorted(costs)
    assert len(costs) == 30


@pytest.mark.parametrize(
    ("text", "pivot"),
    [
        pytest.param("Ma Win fled. [AP=연합뉴스]", "ko", id="hangul"),
        pytest.param(
            "By Kim Min-soo, Lee Dae-hee, Park Ji-won and Choi Soo-jin.", "ko", id="bylines"
        ),
        pytest.param("Photo: Yonhap", "ko", id="credit"),
        pytest.param("Ma Win fled. Photo: AP", "none", id="none"),
        pytest.param("", "none", id="empty"),
        pytest.param("马云 spoke.", "none", id="characters"),
    ],
)
def test_the_pivot_of_a_document(text: str, pivot: str) -> None:
    assert pivot_of(text) == pivot


@pytest.mark.parametrize(
    ("name", "form", "reading"),
    [
        pytest.param(Name("Ma Yun"), "sound", "마윈", id="pinyin"),
        pytest.param(Name("Jiang Shuying", hanzi="江疏影"), "sino", "강소영", id="characters"),
        pytest.param(
            Name("Li Chengliang", hanzi="李成梁"), "sino", "이성량", id="initial-sound-law"
        ),
        pytest.param(Name("Xi’an"), "sound", "시안", id="apostrophe"),
        pytest.param(Name("Sun Tianqi", hangul="쑨톈치"), "pivot", "쑨톈치", id="known"),
        pytest.param(Name("Kiyotaka"), "romaji", "기요타카", id="romaji"),
    ],
)
def test_readings_of_a_name(name: Name, form: str, reading: str) -> None:
    reader = Reader(load("ko"))
    found = [
        "".join(reader.readings(symbol)[0][0] for symbol in one.symbols)
        for one in reader.forms(name)
        if one.way == form
    ]
    assert reading in found


def test_the_table_has_every_syllable_of_pinyin() -> None:
    tables = load("ko")
    assert len(tables.sound) == 418
    assert set(tables.sino) <= set(tables.sound)
    spelled = {unit for hangul in tables.sound.values() for unit in units(hangul)}
    assert spelled <= set(tables.spelling)


def test_every_file_of_a_pivot_has_its_source_and_how_it_was_made() -> None:
    files = sorted((ROOT / "rules" / "pivots").rglob("*.yaml"))
    assert len(files) >= 10
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), path.name
        keys = [line.partition(":")[0] for line in lines if not line.startswith(("#", " "))]
        assert keys[:3] == ["kind", "source", "made"], path.name


def test_the_gazetteer_holds_no_garbled_form() -> None:
    """Where a rule says that a form is garbled, the gazetteer must not say that it is right."""
    right = {form for name in bundled(layers.bundled()) for form in name.right}
    variants = {
        variant for rule in load_rules() for variant in getattr(rule.options, "variants", ())
    }
    assert right & variants == set()


def test_importing_cleaner_needs_neither_numpy_nor_rapidfuzz() -> None:
    code = "import sys, cleaner; print([m for m in ('numpy', 'rapidfuzz', 'cleaner.names') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_accents_and_composition_do_not_matter() -> None:
    accented = Matcher([Name("Lü Buwei"), Name("José Sarney")], pivot="ko")
    for form in ("Joje Sareunei", unicodedata.normalize("NFD", "Jojé Sareunei")):
        assert [candidate.canonical for candidate in accented.link(form)] == ["José Sarney"]
