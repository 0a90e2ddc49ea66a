"""XML: TBX in its versions and styles, and the lists of Subtitle Edit."""

from __future__ import annotations

import pytest

from cleaner import Name
from tests.names.glossaries.checks import check_read, check_refused

VERSION_2 = """<?xml version='1.0' encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><text><body>
  <termEntry id="1">
    <descrip type="subjectField">person</descrip>
    <langSet xml:lang="ko-KR"><tig><term>마윈</term></tig></langSet>
    <langSet xml:lang="EN-us">
      <tig><term>Marwin</term>
        <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
      <ntig><termGrp><term>Jack Ma</term></termGrp></ntig>
      <tig><term>Ma Yun</term>
        <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    </langSet>
    <langSet xml:lang="zh"><tig><term>马云</term></tig></langSet>
  </termEntry>
  <termEntry id="2"><langSet xml:lang="ko"><tig><term>검</term></tig></langSet></termEntry>
</body></text></martif>
"""
DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<text><body><conceptEntry id="c1"><min:subjectField>Persons</min:subjectField>
<langSec xml:lang="en">
<termSec><term>Ma &amp; Yun</term><min:administrativeStatus>admittedTerm-admn-sts
</min:administrativeStatus><basic:termType>fullForm</basic:termType></termSec>
</langSec>
<langSec xml:lang="ja"><termSec><term>ジャック</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
PREFIXED = """<t:tbx xmlns:t="urn:iso:std:iso:30042:ed-2"><t:text><t:body><t:conceptEntry>
<t:langSec xml:lang="en"><t:termSec><t:term>Ma Yun</t:term></t:termSec></t:langSec>
</t:conceptEntry></t:body></t:text></t:tbx>"""
NAMES = """<?xml version="1.0" encoding="utf-8"?>
<!-- names -->
<names>
  <blacklist><name>Will</name></blacklist>
  <name>Ma Yun</name>
  <name>Xi’an</name>
  <name>마윈</name>
</names>
"""
FIXES = """<OCRFixReplaceList>
  <WholeWords><Word from="Marwin" to="Yunfeng" /><Word from="tvvo" to="two" />
    <Word from="Whatis" to="What is" /></WholeWords>
  <PartialLines><LinePart from="Ma Win" to="Ma Yun" /></PartialLines>
  <PartialWords><WordPart from="ii" to="n" /></PartialWords>
  <RegularExpressions><RegEx find="l'm" replaceWith="I'm" /></RegularExpressions>
</OCRFixReplaceList>
"""


@pytest.mark.parametrize(
    ("text", "title", "names", "notes"),
    [
        pytest.param(
            VERSION_2,
            "a TBX termbase",
            [Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma",), variants=("Marwin",))],
            ("entries without an English form: 1 (first: line 16)",),
            id="tbx-2",
        ),
        pytest.param(
            DCT,
            "a TBX termbase",
            [Name("Ma & Yun", "person")],
            ("forms in other languages: 1 (first: line 3, “ジャック”)",),
            id="tbx-3-dct",
        ),
        pytest.param(PREFIXED, "a TBX termbase", [Name("Ma Yun")], (), id="tbx-3-prefix"),
        pytest.param(
            NAMES,
            "Subtitle Edit's list of names",
            [Name("Ma Yun"), Name("Xi’an")],
            ("names in the blacklist: 1 (first: line 4, “Will”)", "names without Latin letters: 1"),
            id="subtitle-edit",
        ),
        pytest.param(
            "<ignore_words><name>Ma Yun</name></ignore_words>",
            "Subtitle Edit's list of names",
            [Name("Ma Yun")],
            (),
            id="subtitle-edit-old",
        ),
        pytest.param(
            FIXES,
            "Subtitle Edit's list of OCR fixes",
            [Name("Yunfeng", variants=("Marwin",)), Name("Ma Yun", variants=("Ma Win",))],
            (
                "parts of words and patterns: 2 (first: line 5)",
                "ordinary words: 2 (first: line 2, “two”)",
            ),
            id="ocr-fixes",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read(
    text: str, title: str, names: list[Name], notes: tuple[str, ...], encoding: str
) -> None:
    check_read("list", text.encode(encoding), title, names, notes)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(
            "<html><p>Ma Yun</p></html>",
            "n.xml: an XML file whose root element is <html>; expected ",
            id="other-root",
        ),
        pytest.param(
            "<names>\n<name>Ma Yun</nam></names>",
            "n.xml:2:15: it is not well-formed XML (mismatched tag); ",
            id="not-well-formed",
        ),
        pytest.param(
            '<!DOCTYPE names [<!ENTITY a "Ma Yun">]>\n<names><name>&a;</name></names>',
            "n.xml:1:18: it declares entities of its own, which are not read; ",
            id="entities",
        ),
        pytest.param(
            "<names>" + "<a>" * 2_000 + "</a>" * 2_000 + "</names>",
            "n.xml:1:",
            id="deep",
        ),
        pytest.param(
            "<names>\n  <name>" + "x" * 300 + "</name></names>",
            "n.xml:2:3: canonical is 300 characters long; ",
            id="broken-row",
        ),
    ],
)
def test_refused(text: str, error: str) -> None:
    check_refused("n.xml", text, error)


def test_the_encoding_that_xml_declares_is_used() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><names><name>Lü Bu</name></names>'
    check_read("n.xml", text.encode("latin-1"), "Subtitle Edit's list of names", [Name("Lü Bu")])
