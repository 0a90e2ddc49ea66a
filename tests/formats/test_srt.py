"""SubRip: what is text, what stays as it is, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError
from cleaner.formats.srt import read
from tests.formats import roundtrip
from tests.formats.subtitles import blocks_of, check_unwritable, cleaned, places

T1 = "00:00:01,000 --> 00:00:02,500"
T2 = "00:00:03,000 --> 00:00:04,500"


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("\ufeff\n", [], id="BOM and a blank line"),
        pytest.param(f"1\n{T1}\nA b\n\n2\n{T2}\nC d\n", ["A b", "C d"], id="two cues"),
        pytest.param(f"\ufeff1\n{T1}\nA b\n", ["A b"], id="BOM"),
        pytest.param(f"\ufeff{T1}\nA b\n", ["A b"], id="BOM before timings"),
        pytest.param(f"1\r\n{T1}\r\nA\r\nb\r\n\r\n2\r\n{T2}\r\nC\r\n", ["A\nb", "C"], id="CRLF"),
        pytest.param(f"1\r{T1}\rA\rb\r\r2\r{T2}\rC", ["A\nb", "C"], id="CR only"),
        pytest.param(f"1\n{T1}\nA\n\n\n \n2\n{T2}\nC\n", ["A", "C"], id="several blank lines"),
        pytest.param(f"1\n{T1}\nA\n2\n{T2}\nC\n", ["A", "C"], id="no blank line"),
        pytest.param(f"{T1}\nA\n\n{T2}\nC", ["A", "C"], id="no numbers"),
        pytest.param(f"{T1}\nA\n{T2}\nC", ["A", "C"], id="neither numbers nor blank lines"),
        pytest.param(f"1\n{T1}\nA\n\nb\n\n2\n{T2}\nC", ["A", "b", "C"], id="blank line in a cue"),
        pytest.param(f"1\n{T1}\n\nA b\n\n2\n{T2}\nC", ["A b", "C"], id="blank line before text"),
        pytest.param(f"1\n{T1}\n\n2\n{T2}\nC", ["C"], id="empty cue"),
        pytest.param(f"1\n{T1}\n1984\n\n2\n{T2}\nC", ["1984", "C"], id="the text is a number"),
        pytest.param(f"by Somebody\n\n1\n{T1}\nA", ["A"], id="text before the first cue"),
        pytest.param(f"{T1} X1:10 X2:99 Y1:1 Y2:9\nA", ["A"], id="place on the screen"),
        pytest.param("00:00:01.000 --> 00:00:02.500\nA", ["A"], id="points for commas"),
        pytest.param("00:01,000 --> 00:02,5\nA", ["A"], id="no hours"),
        pytest.param("-00:00:01,000 --> 00:-1:02,000\nA", ["A"], id="negative"),
        pytest.param("0:0:1,0 -> 0:0:2,0\nA", ["A"], id="short arrow"),
        pytest.param(
            f"1\n{T1}\nA\n\n2\n00:00:xx --> 00:00:04,000\nB\n\n3\n{T2}\nC",
            ["A", "C"],
            id="broken timings",
        ),
        pytest.param(f"1\n{T1}\nA\n\n2\nB b\n\n3\n{T2}\nC", ["A", "C"], id="no timings"),
        pytest.param(
            f"{T1}\n<i>A</i> <b>b</b> <u>c</u> <font color='red'>d</FONT>", ["A b c d"], id="tags"
        ),
        pytest.param(f"{T1}\n{{\\an8}}A {{b}}b{{/b}} {{Y:i}}c", ["A b c"], id="braces"),
        pytest.param(f"{T1}\nA {{b c}} d", ["A {b c} d"], id="braces that are text"),
        pytest.param(f"{T1}\nI <3 you, a < b > c", ["I <3 you, a < b > c"], id="no tags"),
        pytest.param(f"{T1}\n<MAN> A", ["<MAN> A"], id="an unknown tag is seen"),
        pytest.param(f"{T1}\nA<br>b<br/>c", ["A\nb\nc"], id="line breaks of HTML"),
        pytest.param(f"{T1}\nR&D &amp; x", ["R&D &amp; x"], id="no escapes"),
        pytest.param(f"{T1}\n- Who?\n- Me.", ["- Who?", "- Me."], id="two speakers"),
        pytest.param(f"{T1}\n<i>-Who?</i>\n<i>–Me.</i>", ["-Who?", "–Me."], id="dashes in tags"),
        pytest.param(f"{T1}\nWho?\n\u200f- Me.", ["Who?", "\u200f- Me."], id="RTL mark"),
        pytest.param(f"{T1}\nI thought\n-- no,\n-5", ["I thought\n-- no,\n-5"], id="no speakers"),
        pytest.param(f"{T1}\n♪ A b ♪\nC: d", ["♪ A b ♪\nC: d"], id="music"),
        pytest.param(f"{T1}\n" + "ab " * 9_000, [], id="data"),
    ],
)
def test_blocks(source: str, blocks: list[str]) -> None:
    assert blocks_of(read, source) == blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Marwin left.", "Ma Yun left.", id="a name"),
        pytest.param("Ma<i>r</i>win", "Ma<i></i> Yun", id="a tag in a name"),
        pytest.param("{\\an8}<b>Ma</b> Win", "{\\an8}<b>Ma</b> Yun", id="a tag at a space"),
        pytest.param("by Ma\nWin", "by Ma\nYun", id="over two lines"),
        pytest.param("by Ma\\NWin", "by Ma\\NYun", id="a line break of ASS"),
        pytest.param("Ma\\hWin", "Ma Yun", id="a space of ASS"),
        pytest.param("\\h\\hMarwin\\h", "\\h\\hMa Yun\\h", id="spaces of ASS around"),
        pytest.param("C:\\Marwin Ma\\HWin", "C:\\Marwin Ma\\HWin", id="no space of ASS"),
        pytest.param("MARWIN: No!", "MA YUN: No!", id="capitals"),
        pytest.param("- Ma\n- Win", "- Ma\n- Win", id="two speakers"),
        pytest.param("Ma\n\nWin", "Ma\n\nWin", id="blank line"),
        pytest.param("<Marwin> x", "<Marwin> x", id="what some players take for a tag"),
        pytest.param("<font face='Marwin'>x", "<font face='Marwin'>x", id="attribute"),
        pytest.param("Wanson x", "Wan & Son x", id="no escapes"),
        pytest.param("Lihart x", "Li <3 x", id="an angle is written"),
        pytest.param("Lihart>x", "Lihart>x", id="it would make a tag"),
        pytest.param("Zhaowu x", "Zhaowu x", id="an arrow cannot be written"),
        pytest.param("Sunb x", "Sunb x", id="a tag cannot be written"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    before, after = (f"7\n{T1}\n{each}\n\n8\n{T2}\nx\n" for each in (text, expected))
    assert cleaned(read, before) == after
    assert cleaned(read, before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


def test_what_is_no_text_stays() -> None:
    source = f"Marwin\n\n1\n{T1} Marwin\nA\n\n2\nMarwin\n\n3\n{T2}\nMarwin\n"
    assert cleaned(read, source) == source.removesuffix("Marwin\n") + "Ma Yun\n"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("a\n\nb", id="a blank line"),
        pytest.param("a\n \nb", id="a line of blanks"),
        pytest.param("\n", id="a line end at another one"),
        pytest.param(f"a\n{T1}", id="timings"),
        pytest.param("a -> b", id="an arrow"),
        pytest.param("<i>a</i>", id="tags"),
        pytest.param("{\\an8}", id="a place on the screen"),
        pytest.param("a\n- b", id="another speaker"),
        pytest.param("a\rb", id="a carriage return"),
    ],
)
def test_what_would_make_structure_cannot_be_written(written: str) -> None:
    check_unwritable(read, f"1\n{T1}\nA WORD\nb &am\n\n2\n{T2}\nC\n", written)


def test_places() -> None:
    source = f"{T1}\nA\n\n41\n{T2}\n<i>B</i>\n"
    assert places(read, source) == ["2:1 cue 1", "6:4 cue 41"]


@pytest.mark.parametrize(
    ("source", "at", "what"),
    [
        pytest.param("\n A", 2, "no line has timings such as 00:00:01,000", id="no timings"),
        pytest.param("1\n00:01 to 00:02\nA", 0, "no line has timings", id="none that can be read"),
        pytest.param(f"WEBVTT\n\n{T1}\nA", 0, "this is WebVTT; rename it to .vtt", id="WebVTT"),
    ],
)
def test_refusals(source: str, at: int, what: str) -> None:
    with pytest.raises(MalformedError, match=f"^{what}") as error:
        read(source)
    assert error.value.at == at


PIECES = [
    *(f"{T1}\n", f"\n\n2\n{T2}\n", "\n", "\r\n", "\n\n", "- ", "<i>", "</i>", "{\\an8}", "{", "}"),
    *("<", ">", "<3", "&amp;", "-->", "7\n", "Marwin", "Ma ", "Win", "é", "\u200f", "<br>", " "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_roundtrip(text: str) -> None:
    roundtrip.check(read, f"1\n{T1}\n{text}")
