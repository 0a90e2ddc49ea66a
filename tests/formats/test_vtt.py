"""WebVTT: what is text, what stays as it is, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError
from cleaner.formats.vtt import read
from cleaner.text.edits import Edit, Span
from tests.formats import roundtrip
from tests.formats.subtitles import blocks_of, check_unwritable, cleaned, places

HEAD = "WEBVTT\n\n"
T1 = "00:01.000 --> 00:02.500"
T2 = "01:00:03.000 --> 01:00:04.500 align:start line:90%"


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("WEBVTT", [], id="only the signature"),
        pytest.param("\ufeffWEBVTT - Marwin\nKind: captions\n\n", [], id="only a header"),
        pytest.param(f"{HEAD}{T1}\nA b\n\none\n{T2}\nC d\n", ["A b", "C d"], id="two cues"),
        pytest.param(f"WEBVTT\n{T1}\nA\n{T2}\nC", ["A", "C"], id="no blank lines"),
        pytest.param(f"WEBVTT\r\n\r\n{T1}\r\nA\r\nb\r\n\r\n", ["A\nb"], id="CRLF"),
        pytest.param(f"WEBVTT\r\r{T1}\rA\rb", ["A\nb"], id="CR only"),
        pytest.param(f"{HEAD}NOTE a\nb\n\nNOTE\n\n{T1}\nA\n\nNOTE c\n", ["A"], id="notes"),
        pytest.param(
            f"{HEAD}STYLE\n::cue {{ color: red }}\n\nREGION\nid:x\n\n{T1}\nA", ["A"], id="style"
        ),
        pytest.param(f"{HEAD}{T1}\n\nA\n\n{T2}\nC", ["C"], id="an empty cue ends at once"),
        pytest.param(f"{HEAD}{T1}\nA\n\nb\n\n{T2}\nC", ["A", "C"], id="what is in no cue"),
        pytest.param(f"{HEAD}{T1}\nA\n \nb", ["A", "b"], id="a line of blanks in a cue"),
        pytest.param(f"{HEAD}{T1}\nA\n\n00:01 --> 00:02\nB", ["A"], id="broken timings"),
        pytest.param(f"{HEAD}{T1}\nA\n\n00:60.000 --> 01:00.000\nB", ["A"], id="60 seconds"),
        pytest.param(
            f"{HEAD}{T1}\n<i.x>A</i> <b>b</b> <c.a.b>c</c> <00:01.500>d <lang en>e</lang>",
            ["A b c d e"],
            id="tags",
        ),
        pytest.param(f"{HEAD}{T1}\n<ruby>A<rt>b</rt>c</ruby> d", ["Ac d"], id="ruby"),
        pytest.param(f"{HEAD}{T1}\n<ruby>A<rt>b</ruby> d", ["Ab d"], id="ruby that is not closed"),
        pytest.param(f"{HEAD}{T1}\nA <i\nx>b", ["A b"], id="a tag over two lines"),
        pytest.param(f"{HEAD}{T1}\nA < b", ["A < b"], id="an angle that is never closed"),
        pytest.param(
            f"{HEAD}{T1}\n&lt;A&gt; &amp;&nbsp;b&lrm;&rlm; &rsquo;&#8217;&#x2019; &foo; &",
            ["<A> &\xa0b\u200e\u200f ’’’ &foo; &"],
            id="escapes",
        ),
        pytest.param(
            f"{HEAD}{T1}\n<v Ma Yun>A</v>\n<v.loud.x Q &amp; R >b <i>c</i>",
            ["voice: Ma Yun", "voice: Q & R", "A", "b c"],
            id="voices",
        ),
        pytest.param(f"{HEAD}{T1}\nA <v M>b", ["voice: M", "A ", "b"], id="a voice in a line"),
        pytest.param(f"{HEAD}{T1}\n<v>A\n<v >b", ["A", "b"], id="voices without a name"),
        pytest.param(f"{HEAD}{T1}\n- Who?\n&lrm;- Me.", ["- Who?", "\u200e- Me."], id="dashes"),
        pytest.param(f'{HEAD}{T1}\n{{"title": "A b"}}', [], id="JSON"),
        pytest.param(f"{HEAD}{T1}\n[A b]", ["[A b]"], id="a sound"),
    ],
)
def test_blocks(source: str, blocks: list[str]) -> None:
    assert blocks_of(read, source) == blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Marwin left.", "Ma Yun left.", id="a name"),
        pytest.param("Ma<i>r</i>win", "Ma<i></i> Yun", id="a tag in a name"),
        pytest.param("by Ma\nWin", "by Ma\nYun", id="over two lines"),
        pytest.param("Ma&nbsp;Win", "Ma Yun", id="no-break space"),
        pytest.param("<v Marwin>I", "<v Ma Yun>I", id="a voice"),
        pytest.param("<v.loud Ma Win>I", "<v.loud Ma Yun>I", id="a voice with a class"),
        pytest.param("<v Lihart>I", "<v Li &lt;3>I", id="escaped in a voice"),
        pytest.param("<v A>Ma\n<v B>Win", "<v A>Ma\n<v B>Win", id="two voices"),
        pytest.param("<c.Marwin>x</c>", "<c.Marwin>x</c>", id="a class"),
        pytest.param("a < b, Marwin", "a < b, Marwin", id="behind an angle"),
        pytest.param("Wanson x", "Wan &amp; Son x", id="an ampersand is written"),
        pytest.param("Lihart x", "Li &lt;3 x", id="an angle is written"),
        pytest.param("Zhaowu x", "Zhao --&gt; Wu x", id="an arrow is written"),
        pytest.param("Zhaowu&lrm;", "Zhao --&gt; Wu&lrm;", id="a mark stays"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    before, after = (f"{HEAD}a\n{T1}\n{each}\n\n{T2}\nx\n" for each in (text, expected))
    assert cleaned(read, before) == after
    assert cleaned(read, before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


def test_what_is_no_text_stays() -> None:
    source = (
        f"WEBVTT Marwin\nX: Marwin\n\nNOTE Marwin\n\nSTYLE\n::cue(v[voice=Marwin]) {{}}\n\n"
        f"Marwin\n{T1} region:Marwin\nA\n\nMarwin\n00:01 --> 00:02\nMarwin\n\n{T2}\nMarwin\n"
    )
    assert cleaned(read, source) == source.removesuffix("Marwin\n") + "Ma Yun\n"


@pytest.mark.parametrize(
    ("reference", "written"),
    [
        pytest.param("&rsquo;", "&lsquo;", id="by name"),
        pytest.param("&#8217;", "&#8216;", id="by number"),
        pytest.param("&#x2019;", "&#x2018;", id="by hexadecimal number"),
        pytest.param("’", "‘", id="as it is"),
    ],
)
def test_a_mark_is_spelled_as_the_one_before(reference: str, written: str) -> None:
    document = read(f"{HEAD}{T1}\n{reference}x\n")
    edit = Edit(Span(0, 1), "‘", ("test",))
    assert document.rewritten([edit]) == f"{HEAD}{T1}\n{written}x\n"


@pytest.mark.parametrize(
    ("beside", "written"),
    [
        pytest.param("It&rsquo;s", "&lsquo;", id="by name"),
        pytest.param("It&#8217;s", "&#8216;", id="by number"),
        pytest.param("It&#x2019;s", "&#x2018;", id="by hexadecimal number"),
        pytest.param("It’s", "‘", id="as it is"),
        pytest.param("It is &amp;", "‘", id="no mark beside it"),
    ],
)
@pytest.mark.parametrize("text", ["w", "<v w>a"], ids=["in a cue", "in a voice"])
def test_a_mark_is_spelled_as_those_beside_it(text: str, beside: str, written: str) -> None:
    source = f"{HEAD}{T1}\n{text}\n\n{T2}\n{beside}\n"
    edit = Edit(Span(0, 1), "‘", ("test",))
    assert read(source).rewritten([edit]) == source.replace("w", written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("a\n\nb", id="a blank line"),
        pytest.param("\n", id="nothing but a line end"),
        pytest.param("a\n- b", id="another speaker"),
        pytest.param("- b", id="a dash"),
        pytest.param("a\rb", id="a carriage return"),
    ],
)
def test_what_would_make_structure_cannot_be_written(written: str) -> None:
    check_unwritable(read, f"{HEAD}{T1}\n<v M>WORD;\nb\n\n{T2}\nC\n", written)


def test_places() -> None:
    source = f"{HEAD}{T1}\n<v B>A\n\nend\n{T2}\nC\n"
    assert places(read, source) == ["4:4 cue 1", "4:6 cue 1", "8:1 cue end"]
    assert places(read, f"WEBVTT\n{T1}\nA\n") == ["3:1 cue 1"]


@pytest.mark.parametrize(
    ("source", "at", "what"),
    [
        pytest.param(f"{T1}\nA", 0, "the first line has to begin with WEBVTT", id="no signature"),
        pytest.param("WEBVTTX\n", 0, "the first line has to begin with WEBVTT", id="another word"),
        pytest.param("webvtt\n", 0, "the first line has to begin with WEBVTT", id="small letters"),
        pytest.param(f"\n{HEAD}", 0, "the first line has to begin with WEBVTT", id="second line"),
        pytest.param(
            f"{HEAD}1\n00:00:01,000 --> 00:00:02,000\nA\n", 10, "no timings read as", id="commas"
        ),
    ],
)
def test_refusals(source: str, at: int, what: str) -> None:
    with pytest.raises(MalformedError, match=f"^{what}") as error:
        read(source)
    assert error.value.at == at


PIECES = [
    *(f"{T1}\n", f"\n\n2\n{T2}\n", "\n", "\r\n", "\n\n", "- ", "<i>", "</i>", "<v Ma>", "{", "}"),
    *("<", ">", "<3", "&amp;", "&am", "p;", "&", "-->", "Marwin", "Ma ", "Win", "&rsquo;", " "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_roundtrip(text: str) -> None:
    roundtrip.check(read, f"{HEAD}{T1}\n{text}")
