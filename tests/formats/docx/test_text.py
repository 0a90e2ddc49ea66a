"""What of a document is text, which blocks it makes, and of which kinds they are."""

from __future__ import annotations

import pytest

from cleaner.formats import docx
from cleaner.text.layout import RUNNING
from cleaner.text.passage import OBJECT
from tests.formats.docx.samples import (
    MA,
    W,
    blocks,
    body,
    box,
    field,
    paragraph,
    part,
    run,
    source_of,
)
from tests.formats.roundtrip import check

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
