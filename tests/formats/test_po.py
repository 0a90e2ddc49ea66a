"""Translations of gettext: what of a file is text, what stays, and that msgfmt still takes it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError, po
from tests.command import run
from tests.formats import roundtrip
from tests.samples import names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=n!=1;\\n"\n\n'
)
ENGLISH = "He said that they were there when it happened."
GERMAN = "Der Mann und die Frau sind nicht da, aber das Haus ist auch für sie."


def entry(translation: str, *, source: str = "마윈", before: str = "") -> str:
    return f'{before}msgid "{source}"\nmsgstr {translation}\n'


def texts(source: str) -> list[str]:
    document = po.read(source)
    assert {block.kind for block in document.blocks()} <= {"message"}
    return [block.span.of(document.text) for block in document.blocks()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(entry('"Marwin left."'), ["Marwin left."], id="without a header"),
        pytest.param(HEADER, [], id="header alone"),
        pytest.param("", [], id="empty"),
        pytest.param("# Marwin\n", [], id="comment"),
        pytest.param(entry('""'), [], id="not translated"),
        pytest.param(entry('""\n"Mar"\n\n# x\n"win\\n"\n"left"')[:26], ["Mar"], id="lines, one"),
        pytest.param(entry('""\n"Mar"\n  "win "\n"left."'), ["Marwin left."], id="lines"),
        pytest.param(entry('"Mar" "win"'), ["Marwin"], id="strings on one line"),
        pytest.param(entry('"Ma"').replace("\n", " ") + entry('"b"'), ["Ma", "b"], id="one line"),
        pytest.param(entry('"\\nMarwin \\n\\n"'), ["Marwin"], id="white space at the ends"),
        pytest.param(entry('"a\\nb\\tc\\"d\\\\e"'), ['a\nb\tc"d\\e'], id="escapes"),
        pytest.param(entry('"caf\\303\\251 \\qM"'), ["café \\qM"], id="bytes"),
        pytest.param(entry('"\\xc3\\xa9 \\x2E"'), ["é ."], id="bytes in hexadecimal digits"),
        pytest.param(entry('"M \\xc3a"'), ["M \N{OBJECT REPLACEMENT CHARACTER}"], id="no byte"),
        pytest.param(entry('"a \\377 b"'), ["a \N{OBJECT REPLACEMENT CHARACTER} b"], id="no UTF-8"),
        pytest.param(
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "one"\nmsgstr[ 1 ] "two"\n',
            ["one", "two"],
            id="plurals",
        ),
        pytest.param(
            '#, fuzzy\n#| msgid "Marwin"\n#. Marwin\n#: Marwin.c:1\nmsgctxt "Marwin"\n'
            'msgid "Marwin"\nmsgstr "a"\n#~ msgid "Marwin"\n#~ msgstr "Marwin"\n',
            ["a"],
            id="fuzzy, previous, comments, context, obsolete",
        ),
        pytest.param('msgctxt "x"\nmsgid ""\nmsgstr "Marwin"', ["Marwin"], id="empty in a context"),
        pytest.param('domain "x"\n' + entry('"Marwin"'), ["Marwin"], id="domain"),
        pytest.param(entry('"a"').replace("\n", "\r\n") + entry('"b"'), ["a", "b"], id="CRLF"),
        pytest.param(entry('"a"').replace("\n", "\r"), ["a"], id="CR"),
        pytest.param(entry('"# no comment"'), ["# no comment"], id="number sign"),
        pytest.param(entry('"<b>Ma</b> Win"'), ["Ma Win"], id="formatting"),
    ],
)
def test_texts(source: str, expected: Sequence[str]) -> None:
    assert texts(source) == expected
    # Other letters do not look English, so the file has to say that it is.
    roundtrip.check(po.read, HEADER + source)


@pytest.mark.parametrize(
    ("language", "translation", "why"),
    [
        pytest.param("en_GB", GERMAN, "", id="declares English"),
        pytest.param("en", ENGLISH, "", id="English"),
        pytest.param("de", ENGLISH, "its Language is “de”", id="another language"),
        pytest.param("", ENGLISH, "", id="none, English"),
        pytest.param("", "Marwin", "", id="none, too short to tell"),
        pytest.param(
            "",
            GERMAN,
            "it has no Language, and its translations are not English",
            id="none, German",
        ),
    ],
)
def test_languages(language: str, translation: str, why: str) -> None:
    header = HEADER.replace("Language: en", f"Language: {language}")
    source = header + entry(f'"{translation}"')
    document = po.read(source)
    assert (document.left_out, bool(document.text)) == (why, not why)
    assert po.declares_english(source.encode()) is language.startswith("en")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(HEADER.encode(), "UTF-8", id="header"),
        pytest.param(b"\xef\xbb\xbf# x\n" + HEADER.encode(), "UTF-8", id="mark, comment"),
        pytest.param(HEADER.replace("UTF-8", "EUC-KR").encode(), "EUC-KR", id="Korean"),
        pytest.param(HEADER.replace("UTF-8", "CHARSET").encode(), None, id="template"),
        pytest.param(entry('"charset=EUC-KR"').encode(), None, id="in a message"),
        pytest.param(HEADER.encode() + b'\nmsgid "', "UTF-8", id="malformed behind it"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_encodings(data: bytes, expected: str | None) -> None:
    assert po.declared_encoding(data) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('"Marwin left."', '"Ma Yun left."', id="name"),
        pytest.param('""\n"He is Mar"\n"win."', '""\n"He is Ma"\n" Yun."', id="over two lines"),
        pytest.param('""\n"He is Ma "\n"Win."', '""\n"He is Ma "\n"Yun."', id="two words"),
        pytest.param('"<b>Ma</b> Win \\"x\\""', '"<b>Ma</b> Yun \\"x\\""', id="through a tag"),
        pytest.param('"%s: Marwin\\n"', '"%s: Ma Yun\\n"', id="beside a placeholder"),
        pytest.param('"Mar_win, {Marwin}, ${Marwin}"', None, id="accelerator, placeholders"),
        pytest.param('"<code>Marwin</code>"', None, id="code"),
        pytest.param('"Ma\\nWin"', '"Ma\\nYun"', id="line break"),
        pytest.param('"Ma\\tWin \\303\\251"', '"Ma Yun \\303\\251"', id="escapes"),
    ],
)
def test_edits(before: str, after: str | None) -> None:
    source = HEADER + entry(before, source="Marwin Ma Win", before="# Marwin\n")
    expected = HEADER + entry(after or before, source="Marwin Ma Win", before="# Marwin\n")
    result = MA.clean(source, po.read)
    assert result.source == expected
    assert MA.clean(expected, po.read).source == expected


def test_what_comes_before_a_word_is_written_on_its_line() -> None:
    jack = names("canonical: Jack Ma, variants: [Ma Yong]")
    source = HEADER + entry('""\n"He is "\n"Ma Yong."')
    assert jack.clean(source, po.read).source == HEADER + entry('""\n"He is "\n"Jack Ma."')


def test_placeholders_are_never_made() -> None:
    rate = names("canonical: 100% Ma, variants: [Marwin]")
    flagged = HEADER + entry('"Marwin"', before="#, c-format\n")
    assert rate.clean(flagged, po.read).source == flagged
    assert "100% Ma" in rate.clean(HEADER + entry('"Marwin"'), po.read).source


def test_places() -> None:
    source = HEADER + entry(
        '""\n"Marwin left."', source="마윈은\\n알리바바를 떠났다, 그리고 다시는 돌아오지 않았다"
    )
    (finding,) = MA.clean(source, po.read).findings
    place = po.read(source).location(finding.span.start)
    assert (str(place), place.label) == (
        "9:2",
        "msgid “마윈은 알리바바를 떠났다, 그리고 다시는 돌아오지 않…”",
    )


@pytest.mark.parametrize(
    ("source", "at", "what"),
    [
        pytest.param('msgid "a\nmsgstr "b"\n', 6, "no closing quotation mark", id="open string"),
        pytest.param(
            'msgid "a"\nmsgstr "b\\"\n', 17, "no closing quotation mark", id="escaped end"
        ),
        pytest.param('msgid "a"\nmsgstr "b"\nMarwin\n', 21, "no part of a trans", id="stray line"),
        pytest.param('"a"\n', 0, "no msgid or msgstr", id="stray string"),
        pytest.param('msgid "a"\nmsgid "b"\n', 10, "msgid must not stand behind msgid", id="twice"),
        pytest.param('msgstr "a"\n', 0, "msgstr must not stand here", id="no source text"),
        pytest.param('msgid\nmsgstr "a"\n', 6, "behind msgid", id="no string"),
        pytest.param('msgid "a"\n', 9, "the entry ends behind msgid", id="no translation"),
        pytest.param('msgid "a"\nmsgstr[0]\n', 19, "the entry ends behind msgstr", id="no form"),
        pytest.param('msgid [0] "a"\n', 6, "[0] must not stand here", id="number"),
        pytest.param('msgid "a"\nmsgstr "b"\nmsgidx "c"\n', 21, "no part of", id="keyword"),
    ],
)
def test_refusals(source: str, at: int, what: str) -> None:
    with pytest.raises(MalformedError) as refused:
        po.read(source)
    assert what in refused.value.what
    assert refused.value.at == at


PIECES = st.sampled_from(
    [
        *("Ma Win", "Mar", "win ", "é", " ", "5 %", "&amp;", "\N{SOFT HYPHEN}"),
        *("%s", "%(n)s", "{0}", "{n, plural, one {", "}}", "<b>", "</b>", "<br>"),
        *("\\n", '\\"', "\\\\", "\\t", "\\303\\251", '"\n"'),
    ]
)


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=4), st.integers(0, 99))
def test_reading_and_writing_lose_nothing(translations: list[str], seed: int) -> None:
    source = HEADER + "\n".join(entry(f'"{each}"') for each in translations)
    roundtrip.check(po.read, source, seed)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="msgfmt is not installed")
def test_msgfmt_takes_what_was_written(tmp_path: Path) -> None:
    flagged = "#, c-format\n"
    source = HEADER + "".join(
        (
            entry('"Marwin has %d of %s\\n"', source="a %d %s\\n", before=flagged),
            entry('"\\nMa Win: 100%% \\"x\\""', source="\\nb 100%%", before=flagged),
            entry('"Marwin of {name}"', source="c {name}", before="#, python-brace-format\n"),
        )
    )
    result = MA.clean(source, po.read)
    assert len(result.findings) == 3
    path = tmp_path / "a.po"
    path.write_text(result.source, encoding="utf-8")
    command = ["msgfmt", "-c", "-o", str(tmp_path / "a.mo"), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, "error" in run.stderr) == (0, False), run.stderr


def test_polib_reads_the_same_texts() -> None:
    polib = pytest.importorskip("polib")
    source = HEADER + "".join(
        entry(f'"{each}"', source=str(number))
        for number, each in enumerate(["a\\tb", '\\"Marwin\\" left', "x\\\\y", "é"])
    )
    assert texts(source) == [each.msgstr for each in polib.pofile(source)]


def test_the_command(tmp_path: Path) -> None:
    before = HEADER + entry('""\n"Alibaba fell, and Mar"\n"win’s wealth shrank."')
    path = tmp_path / "a.po"
    path.write_text(before, encoding="utf-8", newline="")
    code, out, _ = run("check", "a.po", cwd=tmp_path)
    assert code == 1
    assert out.startswith("a.po:9:20: msgid “마윈”: fix names/people/ma-yun: Marwin -> Ma Yun")
    code, out, _ = run("fix", "--diff", "a.po", cwd=tmp_path)
    assert [line for line in out.splitlines() if line[:1] in "+-"][2:] == [
        '-"Alibaba fell, and Mar"',
        '-"win’s wealth shrank."',
        '+"Alibaba fell, and Ma"',
        '+" Yun’s wealth shrank."',
    ]
    assert run("fix", "a.po", cwd=tmp_path)[0] == 0
    after = before.replace('Mar"\n"win', 'Ma"\n" Yun')
    assert path.read_text(encoding="utf-8") == after


def test_the_command_says_where_a_file_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    code, _, err = run("fix", "a.po", cwd=tmp_path)
    told = "a.po:2:8: left alone: this string has no closing quotation mark; add it"
    assert (code, told in err) == (3, True)
