"""Which words a credit may have, found by a look at few places: nothing is missed."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner.fixers.credit import grammar, words
from cleaner.fixers.credit.words import Lexicon, Words
from tests.samples import bundled_rules

RULES = {rule.id: rule for rule in bundled_rules()}
OPTIONS = RULES["credits/brackets"].options
assert isinstance(OPTIONS, Words)
LEXICON = Lexicon(OPTIONS._replace(alone={**OPTIONS.alone, "Filephoto": "File photo"}))


class AskedAlways(Lexicon):
    """The same words without a look at what a text may hold."""

    def may_be_in(self, _text: str) -> bool:
        return True

    def _may_be_label(self, _text: str) -> bool:
        return True


SLOW = AskedAlways(LEXICON.words)
PIECES = [
    *(
        "AP",
        "ap",
        "YONHAP",
        "Yonhap News",
        "yonhap",
        " News",
        "Newsis",
        "News 1",
        "The Hague",
        "THE",
    ),
    *("Photo", "photo by", "Photo provided", "provided", "capture", "File photo", "F ile", "CNA"),
    *(
        "연합",
        "뉴스",
        "연합 뉴스 TV",
        "사진",
        "자료 사진",
        "제공",
        "홍길동",
        "共同",
        "写真",
        "AP통신",
        "A P",
    ),
    *(
        "Hong Gil-dong",
        "Reporter",
        "Seoul",
        "서울",
        "the gate",
        "Blue",
        "kbs",
        "KBS",
        "tvN",
        "SBS’s",
    ),
    *(
        "=",
        " = ",
        "ㅣ",
        " | ",
        "/",
        ": ",
        "ⓒ",
        "© ",
        "·",
        ", ",
        " ",
        "   ",
        " I ",
        ".",
        "’",
        "é",
        "É",
    ),
    *("ß", "ﬁ", "ſ", "K", "İ", "Straße", "&", "1", "\u00a0", "“old” "),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=9).map("".join)


def longest_known(text: str, at: int) -> words.Token | None:
    """The longest known word at a place, with a look at every end that it may have."""
    longest = LEXICON._longest.get(text[at : at + 1].casefold(), 0)
    if words._cuts_word(text, at):
        return None
    for end in range(min(at + longest, len(text)), at, -1):
        if text[end - 1].isspace() or words._cuts_word(text, end):
            continue
        if words._key(text[at:end]) in LEXICON._known:
            part, english = LEXICON._known[words._key(text[at:end])]
            return words.Token(part, text[at:end], english)
    return None


@given(TEXTS)
def test_the_longest_known_word(text: str) -> None:
    for at in range(len(text)):
        found, expected = LEXICON._known_at(text, at), longest_known(text, at)
        assert (found and found[:2]) == (expected and expected[:2])


@given(TEXTS)
def test_a_credit_is_read_wherever_there_is_one(text: str) -> None:
    assert grammar.read(text, LEXICON) == grammar.read(text, SLOW)


@given(TEXTS)
def test_labels(text: str) -> None:
    assert LEXICON.label(text) == SLOW.label(text)
    assert LEXICON.leading_label(text) == SLOW.leading_label(text)


def test_letters_that_are_others_once_case_does_not_count() -> None:
    letters = map(chr, range(0x80, 0x2_0000))  # behind them are hardly any but Han
    folded = [char for char in letters if re.search("[A-Za-z0-9]", char.casefold())]
    assert all(map(words._FOLDED_TO_ASCII.fullmatch, folded))
