"""How edits get back into a document, and which are refused."""

from __future__ import annotations

import pytest

from cleaner.formats import docx
from cleaner.text.edits import Edit, Span
from tests.formats.docx.samples import (
    MA,
    SECTION,
    TABLE,
    body,
    box,
    field,
    paragraph,
    run,
    source_of,
)
from tests.formats.roundtrip import check

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
