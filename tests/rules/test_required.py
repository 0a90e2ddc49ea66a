"""The literals that a pattern requires: it never matches a text in which none of them occurs."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.rules.patterns import check, required
from cleaner.text.literals import Literals, table
from tests.text.samples import BETWEEN, NBSP, ascii_lower

# Pairs of a pattern and a text that it matches.
PATTERNS = [
    (",,", "out,, and"),
    (",{2,}", ",,,"),
    (r"(\w),\s*,(?!,)", "a, , b"),
    (r"\.\s\.", ". ."),
    ("(?:Anchor|Reporter):", "Anchor:"),
    ("Anchor", "Anchor"),
    ("(?i)anchor:", "ANCHOR:"),
    ("(?i:Re)porter", "rEporter"),
    ("[Pp]romises?", "promise"),
    ("gr[ae]y", "gray"),
    ("[,;]{2}", ",;"),
    ("(a|b)?,,", ",,"),
    ("x*?yz", "xyz"),
    ("(?:ab)+c", "ababc"),
    ("(?:ab){2,3}", "abab"),
    (r"\bmain\b journal", "main journal"),
    ("a++b", "aab"),
    (r"(?<=[.!?] )Hidden\.", ". Hidden."),
    ("(?=Ma Yun)Ma", "Ma Yun"),
    ("(?P<q>['‘])Tis(?P=q)", "‘Tis‘"),
    (r"([‘’])\w+\1", "’t’"),
    ("[“”]{2}", "“”"),
    ("``X''", "``X''"),
    ("\N{HORIZONTAL ELLIPSIS}+", "…"),
    (r"\N{NO-BREAK SPACE}%", f"{NBSP}%"),
    (r"\[email[\s\N{NO-BREAK SPACE}]protected\]", f"[email{NBSP}protected]"),
    (r"\[[^\[\]\r\n]{0,60}[\uAC00-\uD7A3][^\[\]\r\n]{0,60}\]", "[AP=연합뉴스]"),
    (r"[\uAC00-\uD7A3]+", "마윈"),
    (r"[\u4E00-\u9FFF]{2}", "馬雲"),
    (r"[\U0001F600-\U0001F64F]", "\N{GRINNING FACE}"),
    (r"[\u00C0-\u017F]x", "éx"),
    ("[éè]a", "èa"),
    ("é|à la", "à la"),
    ("제공|캡처", "캡처"),
    (r"(\d{1,2})(st|nd|rd|th) \(local", "5th (local"),
    (r"(American|British) and \1", "British and British"),
    ("(?>ab|a)c", "abc"),
    (r"(?x) \( c \)  # a sign", "(c)"),
    ("(?s)Ma.Yun", "Ma\nYun"),
    ("(?m)^- $", "- "),
    ("(?:-led|-based){1}", "-based"),
    ("A(?:B(?:C|D)|E)", "ABD"),
    (r"\x41\u0042", "AB"),
    (r"[^\W\d]{2}=", "AP="),
    ("(a)?(?(1)b|c)!", "c!"),
]
SAMPLES = [sample for _, sample in PATTERNS]
TEXTS = st.lists(st.sampled_from([*SAMPLES, *BETWEEN]), max_size=4).map("".join)


@pytest.mark.parametrize(
    ("match", "sample"),
    [pytest.param(match, sample, id=match) for match, sample in PATTERNS],
)
def test_a_pattern_never_matches_without_a_literal_it_requires(match: str, sample: str) -> None:
    @settings(max_examples=60)
    @given(TEXTS, st.from_regex(match, fullmatch=True) | TEXTS, TEXTS)
    @example("", sample, "")
    def prove(before: str, match_or_not: str, after: str) -> None:
        for text in (match_or_not, before + match_or_not + after):
            if regex.search(match, text):
                assert any(_occurs(literal, text) for literal in required(match))
                assert Literals(table([], required(match))).find(text)

    check(match)
    assert regex.search(match, sample)
    prove()


def _occurs(literal: bytes, text: str) -> bool:
    """Return whether a literal occurs in a text, in any case if it is in small letters."""
    return literal in text.encode() or literal in ascii_lower(text).encode()


@pytest.mark.parametrize(
    ("match", "literals"),
    [
        pytest.param("Anchor:", {"Anchor:"}, id="capitals as they are"),
        pytest.param("(?i:Anchor):", {"anchor:"}, id="small letters where case does not count"),
        pytest.param("(?:Anchor|Reporter):", {"Anchor:", "Reporter:"}, id="alternatives"),
        pytest.param("[Vv]ideo", {"video"}, id="small letters find capitals, too"),
        pytest.param("The [Vv]ideo", {"The Video", "The video"}, id="capitals before both cases"),
        pytest.param("photos?:", {"photo:", "photos:"}, id="what may be left out"),
        pytest.param("photos?", {"photo"}, id="nothing that begins with another literal"),
        pytest.param("(?:a )?photo", {"photo"}, id="not what may be left out at the beginning"),
        pytest.param("a[bcd]?efg", {"efg"}, id="not what is left out and has many spellings"),
        pytest.param("gr[ae]y", {"gray", "grey"}, id="small set"),
        pytest.param("ab*cde", {"cde"}, id="the longest run"),
        pytest.param("Ma Yun ", {"Ma Yun "}, id="single spaces stay"),
        pytest.param(r"(?<=\w)  +(?=\w)", {"  "}, id="a run of spaces"),
        pytest.param("said  the name", {"said the name"}, id="runs of spaces are folded"),
        pytest.param(",{2}x", {",,x"}, id="repeated"),
        pytest.param(",{2,}x", {",,"}, id="repeated at least twice"),
        pytest.param("(?:abcd)?e", {"e"}, id="what may be left out is not required"),
        pytest.param("제공", {"제공"}, id="Hangul"),
        pytest.param(r"(?<=x, )\w+", {"x, "}, id="look-behind"),
        pytest.param("(?!ab)[a-z]+", set(), id="what must not follow is not required"),
        pytest.param(",,|\\d", set(), id="an alternative without a literal"),
        pytest.param("[a-z]+", set(), id="large set"),
        pytest.param("(?i)é", set(), id="no case beyond ASCII"),
        pytest.param("[\u2000-\u200a]x", {"x"}, id="spaces are folded away"),
        pytest.param("e\u0301t", {"e"}, id="accents are composed away"),
    ],
)
def test_required(match: str, literals: set[str]) -> None:
    assert required(match) == {literal.encode() for literal in literals}
