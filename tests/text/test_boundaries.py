"""Boundaries of names: which occurrences are a whole name, and which are a part of a word."""

from __future__ import annotations

import re

import pytest

from cleaner.text.boundaries import Boundaries, is_mentioned, is_written, stands_alone
from cleaner.text.characters import HYPHENS, INVISIBLE, SYLLABLE_MARKS
from cleaner.text.edits import Span
from tests.text.samples import ACUTE, NBSP

WORDS = Boundaries(
    suffixes=frozenset({"led", "backed", "based"}),
    prefixes=frozenset({"pro", "anti", "ex"}),
    particles=frozenset({"의", "에서", "은"}),
)


def marked_span(marked: str) -> tuple[str, Span]:
    """Return the text and the span of the name between ⟨ and ⟩."""
    before, name, after = re.split("[⟨⟩]", marked)
    return before + name + after, Span(len(before), len(before) + len(name))


def alone(marked: str) -> bool:
    """Return whether the name between ⟨ and ⟩ stands alone."""
    text, span = marked_span(marked)
    return stands_alone(text, span, WORDS)


ALONE = [
    "⟨Ma Yun⟩",
    "(⟨Ma Yun⟩)",
    "“⟨Ma Yun⟩”",
    "‘⟨Ma Yun⟩’",
    "⟨Ma Yun⟩’s",
    "⟨Ma Yun⟩'s",
    "⟨Ma Yun⟩.",
    "x ⟨Ma Yun⟩ x",
    "⟨Alibaba⟩’ ",
    "⟨Alibaba⟩-led",
    "⟨Alibaba⟩-Backed firms",
    "⟨Alibaba⟩-LED",
    "⟨Alibaba⟩\N{NON-BREAKING HYPHEN}led",
    "⟨Alibaba⟩-led’s",
    "⟨Ma Yun⟩–Wang",
    "China—⟨Ma Yun⟩—",
    "and/⟨Ma Yun⟩/or",
    "said’⟨Ma Win⟩",
    "the firm’⟨Ma Win⟩",
    "’⟨Ma Win⟩",
    "\N{GRINNING FACE}⟨Ma Yun⟩\N{GRINNING FACE}",
    "。⟨Ma Yun⟩。",
    "[⟨Ma Yun⟩=연합뉴스]",
    "\r\n⟨Ma Yun⟩\r\n",
    f"{NBSP}⟨Ma Yun⟩{NBSP}",
    "“‘⟨Ma Yun⟩’s",
    "I’⟨Alibaba⟩",
    "pro-⟨Alibaba⟩",
    "Anti-⟨Alibaba⟩",
    "EX-⟨Ma Yun⟩",
    "(ex-⟨Ma Yun⟩)",
    "anti-⟨Alibaba⟩-led",
    "⟨Alibaba⟩--led",
    "so--⟨Alibaba⟩--he",
    "so---⟨Alibaba⟩---he",
    "⟨Alibaba⟩-\nled",
    "⟨Alibaba⟩-\r\nled",
    "pro-\n⟨Alibaba⟩",
    "so -\n⟨Alibaba⟩",
    "⟨Alibaba⟩- and Tencent-backed",
    "⟨Alibaba⟩- or Tencent-backed",
    "⟨Alibaba⟩\N{SUPERSCRIPT TWO}",
    "\N{CIRCLED DIGIT ONE}⟨Alibaba⟩",
    *(f"pro{hyphen}⟨Alibaba⟩" for hyphen in HYPHENS),
    *(f"⟨Ma Yun⟩{mark}s" for mark in SYLLABLE_MARKS),
    "⟨Ma Yun⟩’S",
    "⟨Ma Yun⟩’ll",
    "⟨Ma Yun⟩’d",
    "⟨Ma Yun⟩’re",
    "⟨Ma Yun⟩’ve",
    "⟨Ma Yun⟩’은",
    *(f"x {char}⟨Ma Yun⟩{char} x" for char in INVISIBLE),
]
JOINED = [
    "⟨Sun Tian⟩-chi",
    "⟨Alibaba⟩-ledger",
    "⟨Alibaba⟩-",
    "⟨Alibaba⟩-\nledger",
    "hyun-\n⟨Alibaba⟩",
    "Hyun-\r\n⟨Alibaba⟩",
    "⟨Alibaba⟩- but",
    "⟨Alibaba⟩Ⅱ",
    "⟨Alibaba⟩\N{HYPHEN}chi",
    "hyun-⟨Alibaba⟩",
    "-⟨Alibaba⟩",
    "x-pro-⟨Alibaba⟩",
    "O’pro-⟨Alibaba⟩",
    "promo-⟨Alibaba⟩",
    "kyu-⟨Alibaba⟩",
    "⟨Ali⟩\N{SOFT HYPHEN}baba",
    "Ali\N{SOFT HYPHEN}⟨baba⟩",
    "\N{NON-BREAKING HYPHEN}⟨Yun⟩",
    "O’⟨Brien⟩",
    "O'⟨Brien⟩",
    "(O’⟨Brien⟩)",
    "D’⟨Arcy⟩",
    "“D’⟨Arcy⟩”",
    "by d’⟨Arcy⟩",
    "l’⟨Alibaba⟩",
    "L'⟨Alibaba⟩",
    "x⟨Ma Yun⟩",
    "⟨Ma Yun⟩x",
    "1⟨Ma Yun⟩",
    "⟨Ma Yun⟩1",
    "_⟨Ma Yun⟩",
    "⟨Ma Yun⟩_",
    "é⟨Ma Yun⟩",
    "⟨Ma Yun⟩é",
    f"⟨Ma Yun⟩{ACUTE}",
    f"e{ACUTE}⟨Ma⟩",
    "⟨Ma Yun⟩\N{ZERO WIDTH JOINER}",
    "\N{ZERO WIDTH JOINER}⟨Ma Yun⟩",
    "⟨Ma⟩\N{ZERO WIDTH NON-JOINER}Yun",
    "⟨Ma⟩\N{WORD JOINER}Yun",
    "⟨Ma Yun⟩은",
    "한⟨Ma Yun⟩",
    "⟨마윈⟩은",
    "⟨Ma Yun⟩\N{VARIATION SELECTOR-16}",
    "⟨Ma Yun⟩馬",
    "x-⟨Ma Yun⟩-led",
    *(f"⟨Jang Chang⟩{mark}an" for mark in SYLLABLE_MARKS),
    "⟨Jang Chang⟩’e",
    "⟨JANG CHANG⟩’AN",
    "‘⟨Jang Chang⟩’an’",
    "⟨Jang Chang⟩’sa",
    "⟨Ma Yun⟩’Arabi",
    *(f"⟨Ali⟩{char}baba" for char in INVISIBLE),
    *(f"Ali{char}⟨baba⟩" for char in INVISIBLE),
]
# Names with a mark between two syllables. The cities are all of prefecture level in China (GB/T
# 2260) whose pinyin has one; then other places, companies, people and words of other languages.
SYLLABLES = """
    Huai'an Ma'anshan Lu'an Ji'an Tai'an Guang'an Ya'an Pu'er Xi'an Yan'an Xing'an Ha'erbin
    Qiqiha'er Hulunbei'er Bayannao'er E'erduosi Daxing'anling Bo'ertala Ke'erkezi
    Xiong'an Bao'an Jing'an Gui'an Da'an Ning'an Rui'an Lin'an Nan'an Tong'an Hai'an Fu'an Bei'an
    Chang'an Chang'e Tian'anmen Ping'an Zhong'an Jian'ou Dong'e Shi'an Zhu'ai
    Hawai'i O'ahu Kaua'i Moloka'i Lana'i Ni'ihau Qur'an Ka'bah Sana'a Shi'a Be'er Ra'anana Nu'man
    Isma'il Sa'id Ru'a N'Djamena d'Alene d'Ivoire A'ja Ja'Marr De'Aaron D'Angelo
"""


@pytest.mark.parametrize("name", SYLLABLES.split())
@pytest.mark.parametrize("mark", SYLLABLE_MARKS, ids=ascii)
def test_a_name_that_goes_on_behind_a_syllable_mark_is_another_name(name: str, mark: str) -> None:
    head, _, tail = name.partition("'")
    for form in (name, name.upper()):
        head, tail = form[: len(head)], form[len(head) + 1 :]
        for before, after in [("", ""), ("in ", " now"), ("‘", "’"), ("'", "'"), ("“", "”")]:
            assert not alone(f"{before}⟨{head}⟩{mark}{tail}{after}")
            if tail:
                assert alone(f"{before}⟨{head}{mark}{tail}⟩{after}")


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in ALONE])
def test_a_name_stands_alone(marked: str) -> None:
    assert alone(marked)


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in JOINED])
def test_a_part_of_a_word_does_not(marked: str) -> None:
    assert not alone(marked)


WRITTEN = [
    *ALONE,
    *(f"Xiao Zhan{hyphen}⟨Wang Yibo⟩" for hyphen in (*HYPHENS, "‒", "–", "—", "―", "−")),
    *(f"⟨Fudan University⟩{hyphen}educated" for hyphen in (*HYPHENS, "‒", "–", "—", "―", "−")),
    "⟨Ant Group⟩s",
    "⟨Ant Group⟩s’",
    "⟨Ma Yun⟩s’",
    "⟨ANT GROUP⟩S",
    "⟨Zhang Xinbox⟩es",
    "⟨Ant Group⟩s-led",
    "⟨Ant Group⟩2",
    "⟨Ant Group⟩_x",
    "x_⟨Ant Group⟩",
    "1⟨Ant Group⟩",
    "⟨Ant Group⟩은",
    "한⟨Ant Group⟩",
    "⟨Ant Group⟩馬",
    "O’⟨Brien⟩",
]
NOT_WRITTEN = [
    "x⟨Ma Yun⟩",
    "⟨Ma Yun⟩x",
    "⟨Ant Group⟩ies",
    "⟨Ant Group⟩sx",
    "⟨Ant Group⟩esx",
    "é⟨Ma Yun⟩",
    "⟨Ma Yun⟩é",
    f"⟨Ma Yun⟩{ACUTE}",
    "⟨Ma Yun⟩\N{ZERO WIDTH JOINER}",
    "⟨Ma Yun⟩\N{VARIATION SELECTOR-16}",
    "⟨Ali⟩\N{SOFT HYPHEN}baba",
]


@pytest.mark.parametrize("marked", WRITTEN, ids=ascii)
def test_a_right_form_is_written(marked: str) -> None:
    assert is_written(*marked_span(marked))


@pytest.mark.parametrize("marked", NOT_WRITTEN, ids=ascii)
def test_a_part_of_a_word_is_not(marked: str) -> None:
    assert not is_written(*marked_span(marked))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("⟨텐센트⟩의", True, id="particle"),
        pytest.param("⟨텐센트⟩에서 왔다", True, id="particle of two syllables"),
        pytest.param("⟨Tencent⟩의", True, id="behind Latin letters"),
        pytest.param("‘⟨텐센트⟩’의", True, id="behind a quotation mark"),
        pytest.param("⟨텐센트⟩뮤직", False, id="another word"),
        pytest.param("⟨텐센트⟩의회", False, id="a word that begins like a particle"),
        pytest.param("중국⟨텐센트⟩의", False, id="inside another word"),
        pytest.param("⟨이⟩은", False, id="one syllable"),
    ],
)
def test_a_name_with_a_particle_is_mentioned(marked: str, expected: bool) -> None:
    assert is_mentioned(*marked_span(marked), WORDS) is expected
