"""Proves that names are found exactly where they stand, however typed, and that patterns get what
they need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.rules.patterns import check, required
from cleaner.text.boundaries import stands_alone
from cleaner.text.edits import Span
from cleaner.text.folding import Folded, normal, search_keys
from cleaner.text.literals import Literals, spelled, table

NBSP, ACUTE = "\N{NO-BREAK SPACE}", "\N{COMBINING ACUTE ACCENT}"
SINGLE_QUOTES, DOUBLE_QUOTES = "'‘’", '"“”'
SPACES = f"{NBSP}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{EN SPACE}\N{EM SPACE}"
NAMES = [
    "Ma Yun",
    "Ma",
    "Yun Ma Yun",
    "Xi’an Jiaotong",
    "Éric O'Neil",
    "Zhōu Xùn",
    "마윈",
    "한 Li",
    "“Ant” Group",
    "n-n",
]
BREAKS = [" ", "  ", *SPACES, f" {NBSP}", "\t", "\n", "\r\n", "\r", "\n  ", " \r\n"]
BLANKS = ["\n\n", "\r\n\r\n", "\r\r", "\n \n", f"\n{NBSP}\n", "\n\r\n", "\n\t\r"]
BETWEEN = [
    "",
    " ",
    ", ",
    ",, ",
    ". .",
    "’s ",
    "-",
    "-led ",
    "은 ",
    "e" + ACUTE,
    "x",
    "_",
    "1",
    "‘",
    "”",
    "é",
    "\N{GRINNING FACE}",
    "[AP=연합뉴스]",
    "각",
    *BREAKS,
    *BLANKS,
]

# ---- the reference: slow, plain, and with nothing in common with the code but the idea

JAMO, ACCENTED = (
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?",
    "[^\u0300-\u036f][\u0300-\u036f]+",
)
CHARACTER = re.compile(f"{JAMO}|{ACCENTED}|(?P<space>[ \t\r\n{SPACES}]+)|.", re.DOTALL)


def ascii_lower(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def straight(text: str) -> str:
    return "".join("'" if c in SINGLE_QUOTES else '"' if c in DOUBLE_QUOTES else c for c in text)


def characters(text: str) -> list[tuple[str, int, int]]:
    """What a reader sees, one by one, in small letters: composed, runs of space as one, a blank
    line as a pilcrow.
    """
    out = []
    for found in CHARACTER.finditer(text):
        seen = unicodedata.normalize("NFC", ascii_lower(straight(found.group())))
        if space := found.group("space"):
            seen = " " if len(re.findall("\r\n|\r|\n", space)) < 2 else "¶"
        out.append((seen, *found.span()))
    return out


def places(text: str, name: str) -> list[Span]:
    """Where `name` stands, as it is or in small or capital letters, with no ASCII word character
    beside it.
    """
    read = characters(text)
    seen = [character for character, _, _ in read]
    wanted = [
        [character for character, _, _ in characters(case)]
        for case in (name, name.lower(), name.upper())
    ]
    out = []
    for at in range(len(seen)):
        for form in wanted:
            end = at + len(form)
            before, after = "".join(seen[:at])[-1:], "".join(seen[end:])[:1]
            if (
                seen[at:end] == form
                and not re.match(r"[A-Za-z0-9]", before)
                and not re.match(r"[A-Za-z0-9]", after)
            ):
                out.append(Span(read[at][1], read[end - 1][2]))
                break
    return out


@st.composite
def typed(draw: st.DrawFn, breaks: Iterable[str] = (*BREAKS, *BLANKS[:3])) -> str:
    """A name as somebody or something may have typed it."""
    text = draw(st.sampled_from(NAMES))
    text = re.sub(" ", lambda _: draw(st.sampled_from(list(breaks))), text)
    text = re.sub("['’]", lambda _: draw(st.sampled_from(SINGLE_QUOTES)), text)
    text = re.sub("[“”]", lambda _: draw(st.sampled_from(DOUBLE_QUOTES)), text)
    text = draw(st.sampled_from([text, text.upper(), text.lower()]))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


TEXTS = st.lists(typed() | st.sampled_from(BETWEEN), max_size=10).map("".join)


@settings(max_examples=400)
@given(TEXTS)
@example("Ma\r\nYun, MA \N{NO-BREAK SPACE} YUN Ma\n\nYun E\u0301ric O\u2018Neil")
def test_literals_finds_each_name_where_a_slow_search_finds_it(text: str) -> None:
    slow = {name: places(text, name) for name in NAMES}
    assert Literals(table(NAMES)).find(text) == {
        name: spans for name, spans in slow.items() if spans
    }


@given(typed(BREAKS), st.sampled_from(["", " ", "(", "한 ", "é ", "\N{GRINNING FACE}", "\r\n"]))
def test_a_name_is_found_however_it_is_typed(name: str, before: str) -> None:
    """Its own span, nothing more: neither the white space around it nor half of a character."""
    spans = [
        span
        for there in Literals(table(NAMES)).find(before + name + ", and").values()
        for span in there
    ]
    assert Span(len(before), len(before) + len(name)) in spans


@given(
    st.sampled_from([name for name in NAMES if " " in name]),
    st.sampled_from(BLANKS),
    st.sampled_from(BREAKS),
)
def test_a_name_is_never_found_across_a_blank_line(name: str, blank: str, beside: str) -> None:
    for space in (blank, blank + beside, beside + blank):
        assert name not in Literals(table([name])).find(name.replace(" ", space))


@given(TEXTS)
def test_offsets_lead_back_to_code_points(text: str) -> None:
    folded = Folded(text)
    back = folded.to_code_points(range(len(folded.data) + 1))
    assert (back[0], back[len(folded.data)]) == (0, len(text))
    assert list(back.values()) == sorted(back.values())


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        pytest.param("Ma Yun", "Ma Yun", id="plain"),
        pytest.param("Ma  \t Yun", "Ma Yun", id="runs of space"),
        pytest.param("Ma\r\nYun", "Ma Yun", id="line end"),
        pytest.param(f"Ma{NBSP}Yun", "Ma Yun", id="no-break space"),
        pytest.param("Xi’an", "Xi'an", id="curly quote"),
        pytest.param("‘Ant’ “Group”", "'Ant' \"Group\"", id="all quotes"),
        pytest.param(f"E{ACUTE}ric", "Éric", id="NFD"),
        pytest.param(unicodedata.normalize("NFD", "마윈"), "마윈", id="conjoining jamo"),
        pytest.param("MA Yun", "MA Yun", id="case is kept"),
    ],
)
def test_normal(form: str, expected: str) -> None:
    assert normal(form) == normal(expected) == expected


@pytest.mark.parametrize(
    ("form", "count", "some"),
    [
        pytest.param("Ma Yun", 1, "ma yun", id="plain"),
        pytest.param("Xi’an", 3, "xi‘an", id="one quote"),
        pytest.param("“A’s”", 27, "“a‘s”", id="three quotes"),
        pytest.param("''''", 2, "’’’’", id="more quotes than are tried in every mixture"),
        pytest.param("Éric", 2, "Éric", id="two cases of an accent"),
        pytest.param("éRIC", 2, "Éric", id="capitals of an accent"),
        pytest.param("마윈", 1, "마윈", id="Hangul"),
    ],
)
def test_search_keys(form: str, count: int, some: str) -> None:
    assert len(list(search_keys(form))) == len(set(search_keys(form))) == count
    assert some.encode() in search_keys(form)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        pytest.param("Ma Win", "Ma Win", "exact", id="exact"),
        pytest.param("MA WIN", "Ma Win", "capitals", id="capitals"),
        pytest.param("ma win", "Ma Win", None, id="small letters"),
        pytest.param("Ma WIN", "Ma Win", None, id="some capitals"),
        pytest.param(f"Ma\r\n{NBSP}Win", "Ma Win", "exact", id="line end"),
        pytest.param("XI’AN", "Xi'an", "capitals", id="curly quote"),
        pytest.param(f"e{ACUTE}ric", "éric", "exact", id="NFD"),
        pytest.param(f"E{ACUTE}RIC", "Éric", "capitals", id="NFD in capitals"),
    ],
)
def test_spelled(text: str, form: str, expected: str | None) -> None:
    assert spelled(f"x {text} x", Span(2, 2 + len(text)), form) == expected


@pytest.mark.parametrize(
    ("piece", "text", "spans"),
    [
        pytest.param(b",,", "a,,, b", [(1, 3), (2, 4)], id="overlapping"),
        pytest.param(b"anchor", "ANCHORS", [(0, 6)], id="inside a word, in any case"),
        pytest.param(b"\xeb", "é 마윈", [(2, 3)], id="beginning of a character"),
        pytest.param(
            "윈".encode(), "\N{GRINNING FACE}  마윈", [(4, 5)], id="behind a run of spaces"
        ),
        pytest.param(b",,", f"e{ACUTE} 1,, 2", [(4, 6)], id="behind an accent"),
    ],
)
def test_pieces(piece: bytes, text: str, spans: list[tuple[int, int]]) -> None:
    assert Literals(table([], [piece])).find(text) == {piece: spans}


def alone(marked: str) -> bool:
    """Whether the name between ⟨ and ⟩ stands alone."""
    before, name, after = re.split("[⟨⟩]", marked)
    span = Span(len(before), len(before) + len(name))
    return stands_alone(before + name + after, span, {"led", "backed", "based"})


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
]
JOINED = [
    "⟨Sun Tian⟩-chi",
    "⟨Alibaba⟩-ledger",
    "⟨Alibaba⟩-",
    "⟨Alibaba⟩--led",
    "⟨Alibaba⟩\N{HYPHEN}chi",
    "anti-⟨Alibaba⟩",
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
]


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in ALONE])
def test_a_name_stands_alone(marked: str) -> None:
    assert alone(marked)


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in JOINED])
def test_a_part_of_a_word_does_not(marked: str) -> None:
    assert not alone(marked)


# A pattern, and a text it matches.
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
PIECES = st.lists(st.sampled_from([sample for _, sample in PATTERNS] + BETWEEN), max_size=4).map(
    "".join
)


@pytest.mark.parametrize(("match", "sample"), [pytest.param(*it, id=it[0]) for it in PATTERNS])
def test_a_pattern_never_matches_without_a_literal_it_requires(match: str, sample: str) -> None:
    @settings(max_examples=60)
    @given(PIECES, st.from_regex(match, fullmatch=True) | PIECES, PIECES)
    @example("", sample, "")
    def prove(before: str, match_or_not: str, after: str) -> None:
        for text in (match_or_not, before + match_or_not + after):
            if regex.search(match, text):
                assert any(literal in ascii_lower(text).encode() for literal in required(match))
                assert Literals(table([], required(match))).find(text)

    check(match)
    assert regex.search(match, sample)
    prove()


@pytest.mark.parametrize(
    ("match", "literals"),
    [
        pytest.param("Anchor:", {"anchor:"}, id="ASCII in small letters"),
        pytest.param("(?:Anchor|Reporter):", {"anchor:", "reporter:"}, id="alternatives"),
        pytest.param("gr[ae]y", {"gray", "grey"}, id="small set"),
        pytest.param("ab?cde", {"cde"}, id="the longest run"),
        pytest.param("Ma Yun ", {"ma yun "}, id="single spaces stay"),
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
        pytest.param("e\u0301t", {"e", "t"} & {"e"}, id="accents are composed away"),
    ],
)
def test_required(match: str, literals: set[str]) -> None:
    assert required(match) == {literal.encode() for literal in literals}
