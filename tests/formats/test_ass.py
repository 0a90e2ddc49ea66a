"""ASS and SSA: what is text, what stays as it is, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError
from cleaner.formats.ass import read
from tests.formats import roundtrip
from tests.formats.subtitles import blocks_of, check_unwritable, cleaned, places

HEAD = """\
[Script Info]
Title: Marwin
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Marwin,Marwin Sans,20

[Events]
"""
FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
D = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,"


@pytest.mark.parametrize(
    ("events", "blocks"),
    [
        pytest.param("", [], id="no events"),
        pytest.param(f"{FORMAT}{D}A b\n{D}C, d, e\n", ["A b", "C, d, e"], id="commas"),
        pytest.param(f"{D}A b\n", ["A b"], id="no format"),
        pytest.param(f"{D}\n{D}A\n", ["A"], id="empty"),
        pytest.param("Dialogue: 0,0:00:01.00,A\n", [], id="too few columns"),
        pytest.param(f"{D.replace('Dialogue', 'Comment')}A\n; B: c\nPicture: D\n", [], id="others"),
        pytest.param(
            "Format: Start, Actor, Text\nDialogue: 0:0,M,A, b\n", ["voice: M", "A, b"], id="columns"
        ),
        pytest.param(
            f"{FORMAT}{D}A\nformat:Start,Text\ndialogue:0:00:01.00,B, c\n",
            ["A", "B, c"],
            id="two formats",
        ),
        pytest.param(
            "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
            "Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,M N,0000,0000,0000,!Effect,A\n",
            ["voice: M N", "A"],
            id="SSA",
        ),
        pytest.param(f"{D}A\n\n[Fonts]\n{D}B\n\n[events]\n{D}C", ["A", "C"], id="sections"),
        pytest.param(f"{D}{{\\i1}}A{{\\i0}} {{x}}b{{\\k20}}c{{\\k30}}d", ["A bcd"], id="overrides"),
        pytest.param(
            f"{D}{{\\an8\\p1}}m 0 0 l 1 1{{\\p0}}A {{\\pos(1,2)}}b", ["A b"], id="drawing"
        ),
        pytest.param(f"{D}{{\\p4}}m 0 0 l 1 1", [], id="only a drawing"),
        pytest.param(f"{D}\\NA\\N\\Nb\\hc\\nd\\N", ["A", "b\xa0c d"], id="line breaks"),
        pytest.param(f"{D}- Who?\\N{{\\i1}}- Me.", ["- Who?", "- Me."], id="two speakers"),
        pytest.param(f"{D}A {{b\\Nc", ["A {b\nc"], id="a brace that is never closed"),
        pytest.param(f"{D}A \\{{b}} c\\d", ["A \\{b} c\\d"], id="escaped braces"),
        pytest.param(f"{D}A & <i>b</i>", ["A & <i>b</i>"], id="no tags of HTML"),
    ],
)
def test_blocks(events: str, blocks: list[str]) -> None:
    for source in (HEAD + events, "\ufeff" + HEAD + events, (HEAD + events).replace("\n", "\r\n")):
        assert blocks_of(read, source) == blocks


def test_in_some_scripts_a_soft_break_ends_the_line() -> None:
    script = f"[Events]\n{D}Who?\\n- Me.\n[Script Info]\nWrapStyle: "
    assert blocks_of(read, f"{script}2\n") == ["Who?", "- Me."]
    assert blocks_of(read, f"{script}0\n") == ["Who? - Me."]


@pytest.mark.parametrize("source", ["", "\n"])
def test_empty(source: str) -> None:
    assert blocks_of(read, source) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Marwin, he", "Ma Yun, he", id="a name"),
        pytest.param("{\\i1}Mar{\\i0}win", "{\\i1}Ma{\\i0} Yun", id="an override in a name"),
        pytest.param("Ma\\NWin", "Ma\\NYun", id="a line break in a name"),
        pytest.param("Ma\\nWin", "Ma\\nYun", id="a soft break in a name"),
        pytest.param("Ma\\hWin", "Ma Yun", id="no-break space"),
        pytest.param("{\\k20}Ma {\\k30}Win", "{\\k20}Ma {\\k30}Yun", id="karaoke"),
        pytest.param("Ali\\NBaba", "Ali\\NBaba", id="a break that would have to go"),
        pytest.param("{Marwin}x{\\fnMarwin}", "{Marwin}x{\\fnMarwin}", id="in an override"),
        pytest.param("\\{Marwin}", "\\{Marwin}", id="in escaped braces"),
        pytest.param("- Ma\\N- Win", "- Ma\\N- Win", id="two speakers"),
        pytest.param("Sunb", "Sunb", id="braces cannot be written"),
        pytest.param("Guoinc", "Guo, Inc.", id="a comma is written"),
        pytest.param("Zhaowu Lihart", "Zhao --> Wu Li <3", id="neither arrows nor angles matter"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    assert cleaned(read, f"{HEAD}{FORMAT}{D}{text}\n") == f"{HEAD}{FORMAT}{D}{expected}\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Marwin", "Ma Yun", id="a name"),
        pytest.param(" Ma Win ", " Ma Yun ", id="spaces"),
        pytest.param("Guoinc", "Guoinc", id="a comma cannot be written"),
    ],
)
def test_names_of_speakers(name: str, expected: str) -> None:
    line = f"{HEAD}{FORMAT}Dialogue: 0,0:00:01.00,0:00:02.00,Marwin,NAME,0,0,0,Marwin,x\n"
    assert cleaned(read, line.replace("NAME", name)) == line.replace("NAME", expected)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("{a}", id="an override"),
        pytest.param("{", id="a brace"),
        pytest.param("Nb", id="a line break with the backslash before it"),
        pytest.param("a\n\nb", id="a blank line"),
        pytest.param("a\n- b", id="another speaker"),
        pytest.param("a\rb", id="a carriage return"),
    ],
)
def test_what_would_make_structure_cannot_be_written(written: str) -> None:
    check_unwritable(read, f"{HEAD}{FORMAT}{D}A \\\\WORD\\Nb\n{D}C\n", written)


def test_places() -> None:
    source = f"[Events]\n{D.replace('Dialogue', 'Comment')}A\n{D}\n{D}{{\\i1}}B\n"
    assert places(read, source) == [f"4:{len(D) + 6} cue 2"]


@pytest.mark.parametrize(
    ("source", "at", "what"),
    [
        pytest.param("[Script Info]\n", 0, r"there is no section \[Events\]", id="no events"),
        pytest.param(D, 0, r"there is no section \[Events\]", id="no sections"),
        pytest.param(
            "[Events]\nFormat: Start, Text, End\n", 17, "Text has to be the last", id="columns"
        ),
    ],
)
def test_refusals(source: str, at: int, what: str) -> None:
    with pytest.raises(MalformedError, match=f"^{what}") as error:
        read(source)
    assert error.value.at == at


PIECES = [
    *(f"\n{D}", "\\N", "\\n", "\\h", "\\", "- ", "{\\i1}", "{\\p1}", "{\\p0}", "{", "}", ","),
    *("N", "h", "n", "\\{", "Marwin", "Ma ", "Win", "é", "<i>", " ", "\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_roundtrip(text: str) -> None:
    roundtrip.check(read, f"{HEAD}{FORMAT}{D}{text}")
