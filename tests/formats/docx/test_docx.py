"""The parts and the package of a document, documents that are refused, and any document."""

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
from tests.formats.docx.samples import (
    MA,
    TABLE,
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

A = paragraph("One.")
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
