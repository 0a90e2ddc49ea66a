"""XLIFF 1.2 and 2: which targets are text, what inline codes are, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError, xliff
from cleaner.text.passage import OBJECT
from tests.formats import roundtrip
from tests.samples import names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
ENGLISH = "He said that they were there when it happened."
GERMAN = "Der Mann und die Frau sind nicht da, aber das Haus ist auch für sie."


def old(
    target: str, *, language: str = ' target-language="en"', unit: str = "", element: str = ""
) -> str:
    """Return a file in XLIFF 1.2 with one unit."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="Marwin" source-language="ko"{language}><body>\n'
        f'<trans-unit id="a.b"{unit}><source>Marwin</source>\n'
        f"<target{element}>{target}</target><note>Marwin</note>\n"
        "<alt-trans><target>Marwin</target></alt-trans></trans-unit>\n"
        "</body></file></xliff>\n"
    )


def new(target: str, *, language: str = ' trgLang="en"', unit: str = "", element: str = "") -> str:
    """Return a file in XLIFF 2 with one unit."""
    return (
        f'<x:xliff version="2.0" xmlns:x="urn:oasis:names:tc:xliff:document:2.0"{language}>\n'
        f'<x:file id="f"><x:notes><x:note>Marwin</x:note></x:notes><x:unit id="a.b"{unit}>\n'
        "<m:matches xmlns:m='urn:oasis:names:tc:xliff:matches:2.0'><m:match ref='#a'>\n"
        "<x:source>Marwin</x:source><x:target>Marwin</x:target></m:match></m:matches>\n"
        f"<x:segment><x:source>Marwin</x:source><x:target{element}>{target}</x:target></x:segment>"
        "\n<x:ignorable><x:target> </x:target></x:ignorable>\n"
        "</x:unit></x:file></x:xliff>\n"
    )


def texts(source: str) -> list[str]:
    document = xliff.read(source)
    assert {block.kind for block in document.blocks()} <= {"message"}
    return [block.span.of(document.text) for block in document.blocks()]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("Marwin", ["Marwin"], id="text"),
        pytest.param("", [], id="empty"),
        pytest.param("\n  Marwin left.\n  ", ["Marwin left."], id="white space at the ends"),
        pytest.param("R&amp;D &#8217;s", ["R&D ’s"], id="references"),
        pytest.param("<![CDATA[<b>R&D</b>]]> x", ["R&D x"], id="CDATA"),
        pytest.param("&lt;b&gt;Ma&lt;/b&gt; Win", ["Ma Win"], id="escaped tags"),
        pytest.param("Ma<!-- x --> Win", ["Ma Win"], id="comment"),
        pytest.param("%s {name} a", ["%s {name} a"], id="placeholders"),
    ],
)
@pytest.mark.parametrize("file", [old, new])
def test_texts(file: Callable[[str], str], target: str, expected: Sequence[str]) -> None:
    source = file(target)
    assert texts(source) == expected
    roundtrip.check(xliff.read, source)
    roundtrip.check(xliff.read, source.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param('<g id="1">Ma</g> Win', "Ma Win", id="g"),
        pytest.param('<mrk mtype="seg" mid="1">Ma</mrk> Win', "Ma Win", id="mrk"),
        pytest.param('<bpt id="1">&lt;b></bpt>Ma<ept id="1">Marwin</ept> Win', "Ma Win", id="bpt"),
        pytest.param('<bx id="1"/>Ma<ex id="1"/> Win', "Ma Win", id="bx"),
        pytest.param('Ma <x id="1"/> Win', f"Ma {OBJECT} Win", id="x"),
        pytest.param('Ma<x id="1" ctype="lb"/>Win', "Ma\nWin", id="line break"),
        pytest.param('a <ph id="1">Marwin<sub>Marwin</sub></ph> b', f"a {OBJECT} b", id="ph"),
        pytest.param('<it id="1" pos="open">Marwin</it>a', "a", id="it"),
        pytest.param('<g id="1"><g id="2">M</g></g>', "M", id="nested"),
    ],
)
def test_codes_of_the_old_version(target: str, expected: str) -> None:
    assert texts(old(target)) == [expected]
    roundtrip.check(xliff.read, old(target))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param('<x:pc id="1">Ma</x:pc> Win', "Ma Win", id="pc"),
        pytest.param('<x:sc id="1"/>Ma<x:ec startRef="1"/> Win', "Ma Win", id="sc"),
        pytest.param('<x:sm id="1"/>Ma<x:em startRef="1"/> Win', "Ma Win", id="sm"),
        pytest.param('Ma <x:ph id="1"/><x:cp hex="001A"/>', f"Ma {OBJECT}{OBJECT}", id="ph, cp"),
        pytest.param('Ma<x:ph id="1" type="fmt" subType="xlf:lb"/>Win', "Ma\nWin", id="line break"),
    ],
)
def test_codes_of_the_new_version(target: str, expected: str) -> None:
    assert texts(new(target)) == [expected]
    roundtrip.check(xliff.read, new(target))


@pytest.mark.parametrize(
    "source",
    [
        *(pytest.param(old("a", unit=f" {each}"), id=each) for each in ('approved="yes"', "x='1'")),
        pytest.param(old("a", element=' state="final"'), id="final"),
        pytest.param(old("a", element=' xml:lang="en-GB"', language=""), id="xml:lang"),
        pytest.param(
            old("a", element=' xml:lang="en"', language=' target-language="de"'), id="own"
        ),
        pytest.param(new("a", element=' xml:lang="en"', language=""), id="xml:lang, 2"),
        pytest.param(old("a").replace(' xmlns="urn:', ' ns="urn:'), id="no namespace"),
        pytest.param(old("a", language=""), id="no language"),
        pytest.param("\N{ZERO WIDTH NO-BREAK SPACE}" + new("a"), id="byte order mark"),
    ],
)
def test_targets_that_are_text(source: str) -> None:
    assert texts(source) == ["a"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            old(ENGLISH, language=' target-language="de"'), "its language is “de”", id="1.2"
        ),
        pytest.param(new(ENGLISH, language=' trgLang="fr-FR"'), "its language is “fr-FR”", id="2"),
        pytest.param(old(ENGLISH, element=' xml:lang="it"'), "its language is “it”", id="xml:lang"),
        pytest.param(
            old(GERMAN, language=""),
            "it declares no language, and its translations are not English",
            id="none",
        ),
        pytest.param(old(ENGLISH, unit=' translate="no"'), "", id="not to be translated"),
        pytest.param(new(ENGLISH, unit=' translate="no"'), "", id="not to be translated, 2"),
        pytest.param(
            old("a")
            .replace("<body>", '<body><group translate="no">')
            .replace("</body>", "</group></body>"),
            "",
            id="group",
        ),
    ],
)
def test_targets_that_are_no_text(source: str, why: str) -> None:
    assert texts(source) == []
    assert xliff.read(source).left_out == why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Marwin left.", "Ma Yun left.", id="name"),
        pytest.param('<g id="1">Mar</g>win', '<g id="1">Ma</g> Yun', id="through a code"),
        pytest.param('Ma <g id="1">Win</g>', 'Ma <g id="1">Yun</g>', id="two words"),
        pytest.param("<![CDATA[Marwin & <b>I</b>]]>", "<![CDATA[Ma Yun & <b>I</b>]]>", id="CDATA"),
        pytest.param("&lt;i>Ma&lt;/i> Win", "&lt;i>Ma&lt;/i> Yun", id="escaped tag"),
        pytest.param('<ph id="1">Marwin</ph> <it id="2">Marwin</it>', None, id="in codes"),
        pytest.param('<mrk mtype="protected">Marwin</mrk>', None, id="protected"),
        pytest.param('<mrk translate="no">Marwin</mrk>', None, id="not to be translated"),
        pytest.param("{Marwin} ${Marwin}", None, id="placeholders"),
    ],
)
def test_edits(before: str, after: str | None) -> None:
    assert MA.clean(old(before), xliff.read).source == old(after or before)


def test_what_is_written_is_spelled_as_the_file_is() -> None:
    dash = names("canonical: R&D – It’s, variants: [Rand It]")
    source = old("&#x201C;Rand It&#x201D;")
    assert "&#x201C;R&amp;D &#x2013; It&#x2019;s&#x201D;" in dash.clean(source, xliff.read).source


def test_places() -> None:
    (finding,) = MA.clean(old("Marwin left."), xliff.read).findings
    place = xliff.read(old("Marwin left.")).location(finding.span.start)
    assert (str(place), place.label) == ("5:9", "unit “a.b”")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(old("").encode(), True, id="1.2"),
        pytest.param(new("").encode("utf-16"), True, id="2, UTF-16"),
        pytest.param(old("", language=" target-language='de'").encode(), False, id="German"),
        pytest.param(old("", language="").encode(), False, id="none"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_declared_language(data: bytes, expected: bool) -> None:
    assert xliff.declares_english(data) is expected


@pytest.mark.parametrize(
    ("source", "at"),
    [
        pytest.param(old("<g>"), 238, id="end tag"),
        pytest.param(old("&nbsp;"), 237, id="entity"),
        pytest.param("", 0, id="empty"),
        pytest.param("Marwin", 0, id="text"),
    ],
)
def test_refusals(source: str, at: int) -> None:
    with pytest.raises(MalformedError) as refused:
        xliff.read(source)
    assert refused.value.at is not None
    assert abs(refused.value.at - at) < 10


PIECES = st.sampled_from(
    [
        *("Ma Win", "Mar", "win ", "é", " ", "&amp;", "&#8217;", "\n", "{0}", "&lt;b>", "&lt;/b>"),
        *('<x id="1"/>', '<g id="1">Ma</g>', "<ph>Mar</ph>", "<!-- a -->", "<![CDATA[x & y]]>"),
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join), st.integers(0, 99))
def test_reading_and_writing_lose_nothing(target: str, seed: int) -> None:
    roundtrip.check(xliff.read, old(target), seed)
