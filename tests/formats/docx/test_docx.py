"""DOCX: what is text, what is not, and how edits get back into the parts of a document."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError, docx
from cleaner.text.edits import Edit, Span
from cleaner.text.layout import RUNNING
from cleaner.text.passage import OBJECT
from tests.formats.docx.samples import (
    SECTION,
    W,
    blocks,
    body,
    box,
    field,
    packed,
    paragraph,
    part,
    properties,
    run,
    source_of,
    zipped,
)
from tests.formats.roundtrip import check
from tests.samples import names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
NBSP = "\N{NO-BREAK SPACE}"

TEXTS = [
    pytest.param([paragraph("It fell."), paragraph()], [("text", "It fell.")], id="plain"),
    pytest.param([paragraph("Mar", "win")], [("text", "Marwin")], id="a split word"),
    pytest.param(
        [
            paragraph(
                "Mar",
                '<w:proofErr w:type="spellStart"/>',
                '<w:bookmarkStart w:id="0" w:name="a"/><w:bookmarkEnd w:id="0"/>',
                run("w", '<w:b/><w:lang w:val="ko-KR"/>'),
                "<w:smartTag>" + run("i") + "</w:smartTag>",
                '<w:hyperlink w:anchor="a">'
                + run("n", '<w:rStyle w:val="Hyperlink"/>')
                + "</w:hyperlink>",
                " fell",
            )
        ],
        [("text", "Marwin fell")],
        id="marks of proofing, a bookmark, a smart tag, a link in a word",
    ),
    pytest.param(
        [paragraph("A", "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>", "d")],
        [("text", "A\tb\nc\nd")],
        id="tab and line ends",
    ),
    pytest.param(
        [paragraph("<w:r><w:tab/><w:br/></w:r>", "a", "<w:r><w:br w:type='page'/></w:r>")],
        [("text", "a")],
        id="tab and line ends where nobody sees them",
    ),
    pytest.param(
        [
            "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
            + run("a")
            + "</w:p>"
        ],
        [("text", "a")],
        id="a tab stop is no tab",
    ),
    pytest.param(
        [
            paragraph(
                "<w:r><w:t>co</w:t><w:noBreakHyphen/>"
                "<w:t>op e</w:t><w:softHyphen/><w:t>x</w:t></w:r>"
            )
        ],
        [("text", "co\N{NON-BREAKING HYPHEN}op ex")],
        id="hyphens",
    ),
    pytest.param(
        [
            "<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t> </w:t></w:r>"
            "<w:r><w:t>\n b\tc\n</w:t></w:r></w:p>"
        ],
        [("text", "ab c")],
        id="outer white space is seen only where it is kept",
    ),
    pytest.param(
        ['<w:p xml:space="preserve"><w:r><w:t>a </w:t></w:r>' + "<w:r><w:t>b</w:t></w:r></w:p>"],
        [("text", "a b")],
        id="white space kept by an element around",
    ),
    pytest.param(
        [
            '<w:p xml:space="preserve"><w:r><w:t xml:space="default">a </w:t></w:r></w:p>',
            "<w:p><w:r><w:t>b </w:t><w:t>c</w:t></w:r></w:p>",
        ],
        [("text", "a"), ("text", "bc")],
        id="and no longer",
    ),
    pytest.param(
        [paragraph("<w:r><w:t>a<w:t>b</w:t>c</w:t></w:r>", "<w:r><w:t>d<w:br/></w:t></w:r>", "e")],
        [("text", "be")],
        id="texts with elements in them are none",
    ),
    pytest.param(
        [paragraph("R&amp;D&#8217;s <![CDATA[<b>]]>&#160;")],
        [("text", f"R&D’s <b>{NBSP}")],
        id="references and CDATA",
    ),
    pytest.param(
        [paragraph("a", "<w:r><w:drawing><wp:inline/></w:drawing></w:r>", "b")],
        [("text", f"a{OBJECT}b")],
        id="a picture in the line",
    ),
    pytest.param(
        [paragraph("a", "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>", "b")],
        [("text", "ab")],
        id="a picture beside the line",
    ),
    pytest.param(
        [
            paragraph(
                "a",
                "<w:r><w:pict><v:shapetype/><v:shape style='position:absolute'/></w:pict></w:r>",
                "b",
                "<w:r><w:pict><v:shape style='width:9pt'/></w:pict></w:r>",
                "c",
            )
        ],
        [("text", f"ab{OBJECT}c")],
        id="pictures of older programs",
    ),
    pytest.param(
        [paragraph("a ", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", " b")],
        [("text", f"a {OBJECT} b")],
        id="a formula",
    ),
    pytest.param(
        [paragraph("a", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>')],
        [("text", f"a{OBJECT}")],
        id="a symbol",
    ),
    pytest.param(
        [paragraph("Marwin", '<w:r><w:footnoteReference w:id="2"/></w:r>', " fell")],
        [("text", "Marwin fell")],
        id="a mark of a footnote",
    ),
    pytest.param(
        [
            paragraph(
                "He ",
                "<w:del><w:r><w:delText>went</w:delText></w:r></w:del>",
                "<w:ins>" + run("came") + "</w:ins>",
                "<w:moveFrom>" + run(" now") + "</w:moveFrom>",
                "<w:moveTo>" + run(" back") + "</w:moveTo>",
            )
        ],
        [("text", "He came back")],
        id="tracked changes",
    ),
    pytest.param(
        [
            paragraph(
                run("a", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"),
                run("b", "<w:vanish/>"),
                run("c", '<w:vanish w:val="0"/>'),
            ),
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("d") + "</w:p>",
        ],
        [("text", "ac"), ("text", "d")],
        id="hidden text",
    ),
    pytest.param(
        [
            paragraph(
                "See ", field("REF _Ref1 \\h", "Marwin"), ", page ", field("PAGEREF _Ref1", "3")
            )
        ],
        [("text", "See Marwin, page 3")],
        id="results of fields",
    ),
    pytest.param(
        [
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                "<w:r><w:instrText> IF </w:instrText></w:r>",
                field("MERGEFIELD a", "left out"),
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                "seen",
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            )
        ],
        [("text", "seen")],
        id="a field in the code of a field",
    ),
    pytest.param(
        [paragraph("<w:fldSimple w:instr=' AUTHOR '>" + run("Marwin") + "</w:fldSimple>")],
        [("text", "Marwin")],
        id="a simple field",
    ),
    pytest.param(
        [
            paragraph("Before ", box(paragraph("In a box")), "and behind"),
            "<w:tbl><w:tr><w:tc>" + paragraph("In a cell") + "</w:tc></w:tr></w:tbl>",
            paragraph("The end."),
        ],
        [
            ("text", "Before and behind"),
            ("text", "The end."),
            ("cell", "In a box"),
            ("cell", "In a box"),
            ("cell", "In a cell"),
        ],
        id="boxes and tables stand beside the text",
    ),
    pytest.param(
        [
            "<mc:AlternateContent><mc:Choice>" + paragraph("New."),
            "</mc:Choice><mc:Fallback>"
            + paragraph("Old.")
            + "</mc:Fallback></mc:AlternateContent>",
            paragraph(
                "a",
                "<w:r><mc:AlternateContent><mc:Choice><w:t>b</w:t></mc:Choice>"
                "<mc:Fallback><w:t>c</w:t></mc:Fallback></mc:AlternateContent></w:r>",
                "d",
            ),
        ],
        [("text", "abd"), ("cell", "New."), ("cell", "Old.")],
        id="copies for programs of another age",
    ),
    pytest.param(
        [
            "<w:sdt><w:sdtPr><w:alias w:val='a'/></w:sdtPr><w:sdtContent>"
            + paragraph("a")
            + "</w:sdtContent></w:sdt>"
        ],
        [("text", "a")],
        id="a content control",
    ),
    pytest.param(
        [
            paragraph("The fall", style="Title"),
            paragraph("Of Marwin", style="Heading1"),
            paragraph("Ma in 1999", style="ImageCaption"),
            paragraph("x = Marwin", style="SourceCode"),
            paragraph("Of Marwin\t3", style="TOC1"),
            paragraph("Run ", run("Marwin", '<w:rStyle w:val="VerbatimChar"/>')),
        ],
        [
            ("text", "The fall"),
            ("text", "Of Marwin"),
            ("text", "Ma in 1999"),
            ("text", "Run Marwin"),
            ("title", "Of Marwin 3"),
        ],
        id="styles by their identifiers",
    ),
    pytest.param(
        [
            paragraph(
                "<w:ruby><w:rt>"
                + run("a")
                + "</w:rt><w:rubyBase>"
                + run("b")
                + "</w:rubyBase></w:ruby>"
            )
        ],
        [("text", "b")],
        id="ruby",
    ),
]


def told(source: str) -> list[tuple[str, str]]:
    """The blocks of a document; running text is called “text”, whatever it seems to be."""
    found: list[tuple[str, str]] = []
    for kind, text in blocks(docx.read(source)):
        found.append(("text" if kind in RUNNING else kind, text))
    return found


@pytest.mark.parametrize(("paragraphs", "expected"), TEXTS)
def test_texts(paragraphs: list[str], expected: list[tuple[str, str]]) -> None:
    source = source_of(body(*paragraphs))
    assert told(source) == expected
    check(docx.read, source)
    strict = source.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert told(strict) == expected
    prefixed = source.replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace(" w:", " ns0:")
    prefixed = prefixed.replace("xmlns:w=", "xmlns:ns0=")
    assert told(prefixed) == expected
    check(docx.read, prefixed)


def test_names_of_styles_count_more_than_identifiers() -> None:
    def style(identifier: str, name: str, base: str = "") -> str:
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        return f'<w:style w:styleId="{identifier}"><w:name w:val="{name}"/>{based}</w:style>'

    styles = part(
        "styles",
        style("berschrift1", "heading 1")
        + style("Meine", "Meine", "berschrift1")
        + style("Beschriftung", "caption")
        + style("Code1", "Dress Rules")
        + style("a", "HTML Preformatted")
        + style("KeywordTok", "KeywordTok", "b")
        + style("b", "Verbatim Char")
        + style("c", "c", "d")
        + style("d", "d", "c"),
    )
    named = ["berschrift1", "Meine", "Beschriftung", "Code1", "a", "c", "missing"]
    paragraphs = [paragraph(f"It is {name}.", style=name) for name in named]
    paragraphs.append(paragraph("Run ", run("Marwin", '<w:rStyle w:val="KeywordTok"/>')))
    source = source_of(body(*paragraphs), styles=styles)
    document = docx.read(source)
    assert blocks(document) == [
        ("headline", "It is berschrift1."),
        ("headline", "It is Meine."),
        ("caption", "It is Beschriftung."),
        ("paragraph", "It is Code1."),
        ("paragraph", "It is c."),
        ("paragraph", "It is missing."),
        ("headline", "Run Marwin"),
    ]
    assert MA.clean(source, docx.read).source == source


KEPT = ' xml:space="preserve"'
WORD = (
    '<w:p w:rsidR="00A1"><w:r w:rsidRPr="00B2"><w:rPr><w:lang w:val="en-US"/></w:rPr>'
    '<w:t xml:space="preserve">It was </w:t></w:r><w:proofErr w:type="spellStart"/>'
    '<w:r w:rsidR="00C3"><w:t>Mar</w:t></w:r><w:r w:rsidRPr="00B2"><w:lastRenderedPageBreak/>'
    '<w:t>{}</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:t>.</w:t></w:r></w:p>'
)
GOOGLE = (
    '<w:p w:rsidR="0000" w:rsidRDefault="0000"><w:pPr><w:rPr/></w:pPr><w:r w:rsidDel="0000">'
    '<w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">It was {}.</w:t></w:r></w:p>'
)
LIBRE_OFFICE = (
    '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:bidi w:val="0"/><w:rPr></w:rPr></w:pPr>'
    "<w:r><w:rPr></w:rPr><w:t>It was {}</w:t></w:r>"
    "<w:r><w:rPr><w:i/></w:rPr><w:t>.</w:t></w:r></w:p>"
)
CHANGES = [
    pytest.param(
        WORD.format("win"),
        WORD.format(" Yun").replace("<w:t>Mar", "<w:t>Ma").replace("<w:t> ", f"<w:t{KEPT}> "),
        id="as Word writes it",
    ),
    pytest.param(GOOGLE.format("Marwin"), GOOGLE.format("Ma Yun"), id="as Google Docs writes it"),
    pytest.param(
        LIBRE_OFFICE.format("Marwin"), LIBRE_OFFICE.format("Ma Yun"), id="as LibreOffice writes it"
    ),
    pytest.param(
        paragraph("Mar", "win fell"),
        paragraph("Ma", f"<w:r><w:t{KEPT}> Yun fell</w:t></w:r>"),
        id="a split name",
    ),
    pytest.param(
        paragraph(run("Ma ", "<w:b/>"), "Win"),
        paragraph(run("Ma ", "<w:b/>"), "Yun"),
        id="half in bold",
    ),
    pytest.param(paragraph("Marwin"), paragraph("Ma Yun"), id="no white space at the ends"),
    pytest.param(
        paragraph("M", "arwin"),
        paragraph("M", "a Yun"),
        id="a space inside of a text",
    ),
    pytest.param(
        paragraph('<w:r><w:t xml:space="default">Mar</w:t><w:t w:x="1" >win</w:t></w:r>'),
        paragraph(f'<w:r><w:t xml:space="default">Ma</w:t><w:t{KEPT} w:x="1" > Yun</w:t></w:r>'),
        id="other attributes stay",
    ),
    pytest.param(
        paragraph('<w:r><w:t>Mar</w:t><w:t xml:space="some thing">win</w:t></w:r>'),
        paragraph(f"<w:r><w:t>Ma</w:t><w:t{KEPT}> Yun</w:t></w:r>"),
        id="an attribute with a value that there is not",
    ),
    pytest.param(
        "<w:p><w:r><w:t>Mar</w:t></w:r><w:r><w:t>\n win \n</w:t></w:r></w:p>",
        f"<w:p><w:r><w:t>Ma</w:t></w:r><w:r><w:t{KEPT}> Yun</w:t></w:r></w:p>",
        id="white space that nobody saw stays unseen",
    ),
    pytest.param(
        "<w:p><w:r><w:t>Mar</w:t></w:r><w:r><w:t>&#32;<![CDATA[ win ]]> </w:t></w:r></w:p>",
        f"<w:p><w:r><w:t>Ma</w:t></w:r><w:r><w:t{KEPT}><![CDATA[ Yun]]></w:t></w:r></w:p>",
        id="nor does such space in a CDATA section show",
    ),
    pytest.param(
        paragraph("R&amp;D of ", "Ma", "<w:proofErr w:type='x'/>", "rwin"),
        paragraph(
            "R&amp;D of ", "Ma", "<w:proofErr w:type='x'/>", f"<w:r><w:t{KEPT}> Yun</w:t></w:r>"
        ),
        id="a mark of proofing",
    ),
    pytest.param(
        paragraph("Marwin", '<w:r><w:footnoteReference w:id="2"/></w:r>', " fell"),
        paragraph("Ma Yun", '<w:r><w:footnoteReference w:id="2"/></w:r>', " fell"),
        id="before a mark of a footnote",
    ),
    pytest.param(
        paragraph(box(paragraph("Marwin"))),
        paragraph(box(paragraph("Ma Yun"))),
        id="both copies of a box",
    ),
    pytest.param(
        paragraph(
            "<w:del><w:r><w:delText>Marwin</w:delText></w:r></w:del>",
            "<w:ins>" + run("Marwin") + "</w:ins>",
        ),
        paragraph(
            "<w:del><w:r><w:delText>Marwin</w:delText></w:r></w:del>",
            "<w:ins>" + run("Ma Yun") + "</w:ins>",
        ),
        id="tracked changes",
    ),
    pytest.param(
        paragraph('<w:bookmarkStart w:id="1" w:name="Marwin"/>', field("REF Marwin", "Marwin")),
        paragraph('<w:bookmarkStart w:id="1" w:name="Marwin"/>', field("REF Marwin", "Ma Yun")),
        id="names of bookmarks and codes of fields stay",
    ),
    pytest.param(
        paragraph(field("FILENAME", "Marwin")),
        paragraph(field("FILENAME", "Marwin")),
        id="a name of a file",
    ),
    pytest.param(
        paragraph("Ma", "<w:r><w:br/></w:r>", "Win"),
        paragraph("Ma", "<w:r><w:br/></w:r>", "Yun"),
        id="over a line end",
    ),
    pytest.param(
        paragraph(run("Marwin", '<w:rFonts w:ascii="Wingdings"/>')),
        paragraph(run("Marwin", '<w:rFonts w:ascii="Wingdings"/>')),
        id="pictograms",
    ),
    pytest.param(
        paragraph("Ma", "<w:r><w:drawing><wp:inline/></w:drawing></w:r>", "rwin"),
        paragraph("Ma", "<w:r><w:drawing><wp:inline/></w:drawing></w:r>", "rwin"),
        id="a picture parts a word",
    ),
    pytest.param(
        paragraph("<w:r><w:t>Mar</w:t><w:softHyphen/><w:t>win fell.</w:t></w:r>"),
        paragraph(
            '<w:r><w:t>Ma</w:t><w:softHyphen/><w:t xml:space="preserve"> Yun fell.</w:t></w:r>'
        ),
        id="a soft hyphen in a word",
    ),
    pytest.param(
        paragraph("<w:r><w:t>Ma</w:t><w:tab/><w:t>Win fell.</w:t></w:r>"),
        paragraph("<w:r><w:t>Ma</w:t><w:tab/><w:t>Yun fell.</w:t></w:r>"),
        id="a tab in a name",
    ),
    pytest.param(
        paragraph("Ma", "<w:r><w:tab/></w:r>", "Win", "<w:r><w:tab/></w:r>", "Ma Win"),
        paragraph("Ma", "<w:r><w:tab/></w:r>", "Yun", "<w:r><w:tab/></w:r>", "Ma Yun"),
        id="tabs between runs",
    ),
    pytest.param(
        paragraph("<w:r><w:t><![CDATA[Marwin & co]]></w:t></w:r>"),
        paragraph("<w:r><w:t><![CDATA[Ma Yun & co]]></w:t></w:r>"),
        id="CDATA",
    ),
]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_changes(before: str, after: str) -> None:
    source = source_of(body(before, paragraph("The end.")))
    wanted = source_of(body(after, paragraph("The end.")))
    result = MA.clean(source, docx.read)
    assert result.source == wanted
    assert MA.clean(wanted, docx.read).source == wanted
    check(docx.read, source)


def test_what_is_written_is_spelled_as_the_part_spells_it() -> None:
    source = source_of(body(paragraph("It&#x2019;s R&amp;D")))
    document = docx.read(source)
    edit = Edit(Span(0, 8), "It’s “R<D", ("a",))
    assert "It&#x2019;s &#x201C;R&lt;D" in document.rewritten([edit])


@pytest.mark.parametrize("new", ["a\nb", "a\tb", "a\x0bb"])
def test_what_a_run_cannot_hold_is_not_written(new: str) -> None:
    document = docx.read(source_of(body(paragraph("Marwin fell"))))
    assert document.fit(Edit(Span(0, 6), new, ("a",))) is None


A, B = paragraph("One."), paragraph("Two.")
TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('Cell.')}</w:tc></w:tr></w:tbl>"
DELETIONS = [
    pytest.param([A, "<w:p><w:r><w:t>Two.</w:t></w:r></w:p>", A], True, id="between paragraphs"),
    pytest.param([paragraph("Two.", style="Caption"), A], True, id="the first one"),
    pytest.param([A, B], True, id="the last one"),
    pytest.param([B], False, id="the only one"),
    pytest.param([TABLE, B, A], False, id="behind a table"),
    pytest.param([A, B, TABLE], False, id="before a table"),
    pytest.param([TABLE, B], False, id="the last one behind a table"),
    pytest.param([A, "<w:bookmarkEnd w:id='1'/>", B], False, id="behind the end of a bookmark"),
    pytest.param([A, paragraph("Two.", "<w:commentRangeEnd w:id='1'/>"), A], False, id="a comment"),
    pytest.param(
        [A, paragraph("Two.", "<w:r><w:footnoteReference w:id='1'/></w:r>"), A],
        False,
        id="a footnote",
    ),
    pytest.param(
        [A, paragraph("Two.", "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>"), A],
        False,
        id="a picture",
    ),
    pytest.param([A, paragraph("Two.", box(A)), A], False, id="a box"),
    pytest.param(
        [A, f"<w:p><w:pPr>{SECTION}</w:pPr>{run('Two.')}</w:p>", A], False, id="a section"
    ),
    pytest.param(
        [A, paragraph("<w:ins>" + run("Two.") + "</w:ins>"), A], False, id="a tracked change"
    ),
    pytest.param(
        [A, f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{run('Two.')}</w:p>", A],
        False,
        id="a tracked paragraph mark",
    ),
    pytest.param(
        [
            A,
            "<w:p><w:pPr><w:keepNext/><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr>"
            f"{run('Two.')}</w:p>",
            A,
        ],
        True,
        id="properties",
    ),
    pytest.param(
        [A, f"<w:sdt><w:sdtContent>{B}</w:sdtContent></w:sdt>", A], False, id="a content control"
    ),
    pytest.param([A, TABLE.replace("Cell.", "Two."), A], False, id="a cell"),
]


@pytest.mark.parametrize(("paragraphs", "may_be"), DELETIONS)
def test_deletions(paragraphs: list[str], may_be: bool) -> None:
    source = source_of(body(*paragraphs))
    document = docx.read(source)
    start = document.text.index("Two.")
    edit = document.fit(Edit(Span(start, start + 4), "", ("a",)))
    assert (edit is not None) == may_be
    if edit:
        rest = [one for one in paragraphs if "Two." not in one]
        assert document.rewritten([edit]) == source_of(body(*rest))


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("One.", id="the first line"),
        pytest.param("Two.", id="the last line"),
    ],
)
def test_no_break_comes_to_stand_at_an_edge(word: str) -> None:
    document = docx.read(source_of(body(A, paragraph("One.", "<w:r><w:br/></w:r>", "Two."))))
    start = document.text.rindex(word)
    assert document.fit(Edit(Span(start, start + 4), "", ("a",))) is None


PARTS = {
    "header10": part("header10", paragraph("Header ten")),
    "footer1": part("footer1", paragraph() + paragraph("Footer")),
    "header2": part("header2", paragraph("Mar", "win")),
    "endnotes": part("endnotes", f"<w:endnote>{paragraph('Endnote')}</w:endnote>"),
    "footnotes": part("footnotes", f"<w:footnote>{paragraph('Footnote')}</w:footnote>"),
    "comments": part("comments", paragraph("Marwin")),
    "styles": part("styles", ""),
}


def test_parts_are_read_in_their_order() -> None:
    data = packed(body(paragraph("Body")), PARTS, title="Title &amp; more")
    document = docx.read(docx.unpack(data))
    assert blocks(document) == [
        ("headline", "Body"),
        *(("cell", text) for text in ("Footnote", "Endnote", "Marwin", "Header ten", "Footer")),
        ("title", "Title & more"),
    ]


def test_places_are_paragraphs_of_a_part() -> None:
    paragraphs = [paragraph("One."), paragraph(), TABLE, paragraph("It was ", "Mar", "win.")]
    document = docx.read(docx.unpack(packed(body(*paragraphs), PARTS, title="A title")))
    places = {
        "Marwin.": ("4:8", "paragraph 4"),
        "Cell": ("3:1", "paragraph 3"),
        "otnote": ("footnotes:1:3", "footnotes, paragraph 1"),
        "Footer": ("footer1:2:1", "footer1, paragraph 2"),
    }
    for text, expected in places.items():
        place = document.location(document.text.index(text))
        assert (str(place), place.label) == expected
    place = document.location(document.text.index("A title"))
    assert (place.member, place.label) == ("properties", "title")


def test_only_the_members_that_changed_are_written() -> None:
    others = {"word/media/image1.png": "Marwin", "docProps/app.xml": "<a>Marwin</a>"}
    data = packed(body(paragraph("Body")), PARTS, title="Marwin fell", others=others)
    source = docx.unpack(data)
    assert docx.pack(data, source) == data
    after = docx.pack(data, MA.clean(source, docx.read).source)
    changed: dict[str, str] = {}
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            if old.read(name) != new.read(name):
                changed[name] = new.read(name).decode()
    assert changed == {
        "word/header2.xml": PARTS["header2"].replace(
            run("Mar") + run("win"), run("Ma") + run(" Yun")
        ),
        "docProps/core.xml": properties("Ma Yun fell"),
    }


def test_parts_may_have_other_names_and_encodings() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="XML"'
        ' ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        '<Override ContentType="application/xml" PartName="/Other.xml"/></Types>'
    )
    data = zipped({"[Content_Types].xml": types, "Texts/Body2.xml": "", "other.xml": "<a/>"})
    stream = BytesIO(data)
    document = body(paragraph("Marwin")).replace("UTF-8", "UTF-16")
    with ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("Texts/Body2.xml", document.encode("utf-16"))
        archive.writestr("other.xml", "<a/>")
    data = stream.getvalue()
    source = docx.unpack(data)
    assert docx.read(source).text == "Marwin"
    after = docx.pack(data, MA.clean(source, docx.read).source)
    with ZipFile(BytesIO(after)) as archive:
        written = archive.read("Texts/Body2.xml")
    assert written == document.replace("Marwin", "Ma Yun").encode("utf-16")


def test_parts_of_the_glossary_are_no_text() -> None:
    glossary = part("header1", paragraph("Marwin"))
    data = packed(
        body(paragraph("a")), {"glossary/header1": glossary, "header1": part("header1", "")}
    )
    assert docx.read(docx.unpack(data)).text == "a"


REFUSED = [
    pytest.param(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "is encrypted, or an old .doc", id="OLE"
    ),
    pytest.param(b"", "not a zip file", id="empty"),
    pytest.param(b"Marwin", "not a zip file", id="text"),
    pytest.param(b"%PDF-1.7\n", ".docx and .epub are; correct the ending of its name", id="PDF"),
    pytest.param(packed(body(A))[:300], "or its end is missing; get a whole", id="truncated"),
    pytest.param(
        zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "no DOCX", id="ODT"
    ),
    pytest.param(
        zipped({"[Content_Types].xml": "<Types/>", "a.xml": ""}), "no part of it", id="no body"
    ),
    pytest.param(packed(body(A), {"document2": body(A)}), "more than one part", id="two bodies"),
    pytest.param(packed(f"{body(A)}\0"), "NUL", id="NUL"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_refusals(data: bytes, said: str) -> None:
    with pytest.raises(MalformedError, match=said) as error:
        docx.unpack(data)
    assert "; " in error.value.what
    assert "\n" not in error.value.what


@pytest.mark.parametrize(
    ("parts", "member", "line"),
    [
        pytest.param({}, "document", (2, 37), id="the body"),
        pytest.param({"footnotes": "<a>\n<b></a>"}, "footnotes", (2, 6), id="notes"),
        pytest.param({"styles": "<a"}, "styles", (1, 1), id="styles"),
        pytest.param(
            {"properties": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"},
            "properties",
            (1, 14),
            id="entities",
        ),
    ],
)
def test_malformed_parts(parts: dict[str, str], member: str, line: tuple[int, int]) -> None:
    document = (
        body(A)
        if parts
        else "<?xml version='1.0'?>\n<w:document xmlns:w='u:w'><w:body></w:document>"
    )
    with pytest.raises(MalformedError) as error:
        docx.read(source_of(document, **parts))
    assert (error.value.member, error.value.line) == (member, line)


def test_importing_the_format_costs_little() -> None:
    """Every command imports all formats to know their endings."""
    heavy = "{'pyexpat', 'zipfile', 'cleaner.formats.docx.parts'} & set(sys.modules)"
    code = f"import sys, cleaner.formats.docx; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_long_document_is_read_in_linear_time() -> None:
    """The text boxes are inside each other, the runs in one paragraph, the fields never end."""
    nested = ""
    for _ in range(40):
        nested = paragraph(
            "Marwin", f"<w:r><w:pict><w:txbxContent>{nested}</w:txbxContent></w:pict></w:r>"
        )
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    document = docx.read(source_of(body(nested, paragraph(*[f"{begin}{run('a')}"] * 200))))
    assert document.text.count("Marwin") == 40
    assert document.text.count("a" * 200) == 1


CONTENT = st.one_of(
    st.sampled_from(
        ["Mar", "win", " ", "Ma ", "\n", "R&amp;D", "&#8217;", "<![CDATA[<&]]>", "\r\n", "é"]
    ).map(run),
    st.sampled_from([" Mar", "win ", " ", "", "\n a \n"]).map("<w:r><w:t>{}</w:t></w:r>".format),
    st.sampled_from(["tab", "br", "noBreakHyphen", "softHyphen", "sym", "proofErr", "unknown"]).map(
        "<w:r><w:{}/></w:r>".format
    ),
    st.just(field("REF a", "Marwin")),
    st.just(run("Marwin", "<w:vanish/>")),
    st.just(run("Marwin", "<w:rStyle w:val='Code'/>")),
    st.just(box(paragraph("Mar", "win"), paragraph())),
)
PARAGRAPHS = st.builds(lambda content: paragraph(*content), st.lists(CONTENT, max_size=6))
BODIES = st.lists(
    st.one_of(PARAGRAPHS, st.just(TABLE), st.just("<w:bookmarkEnd w:id='1'/>")), max_size=5
)


@given(BODIES, st.integers(0, 99))
def test_any_document_comes_back(paragraphs: list[str], seed: int) -> None:
    source = source_of(body(*paragraphs), header1=part("header1", "".join(paragraphs)))
    check(docx.read, source, seed)


@given(BODIES)
def test_cleaning_changes_texts_alone(paragraphs: list[str]) -> None:
    """ElementTree finds the same elements and attributes, but for the space that is kept."""
    source = source_of(body(*paragraphs))
    after = MA.clean(source, docx.read).source

    def shape(source: str) -> list[tuple[str, list[tuple[str, str]]]]:
        found: list[tuple[str, list[tuple[str, str]]]] = []
        for element in ElementTree.fromstring(source.rpartition("\0")[2]).iter():
            is_text = element.tag == f"{{{W}}}t"
            found.append((element.tag, [] if is_text else sorted(element.items())))
        return found

    assert shape(after) == shape(source)
