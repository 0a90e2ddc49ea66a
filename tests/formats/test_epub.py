"""EPUB: a book is one text, read in the order of its chapters, and nothing else in it moves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.formats import MalformedError, epub
from cleaner.formats._container import members_of
from tests.command import run
from tests.formats.roundtrip import check
from tests.samples import engine_for

CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Marwin  Years</dc:title>
<dc:creator>Marwin</dc:creator><dc:description>Marwin</dc:description></metadata>
<manifest>
<item id="two" href="ch%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="./ch1.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="css" href="Marwin.css" media-type="text/css"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine></package>"""
NCX = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><head><meta name="x" content="Marwin"/></head>
<docTitle><text>Marwin</text></docTitle><docAuthor><text>Marwin</text></docAuthor>
<navMap><navPoint id="a"><navLabel><text>R&amp;D of
Marwin</text></navLabel><content src="ch1.xhtml"/></navPoint></navMap></ncx>"""
NS = 'xmlns="http://www.w3.org/1999/xhtml"'
ONE = f"""<html {NS}><head><title>One</title></head><body>
 <p id="Marwin">Marwin fell.</p></body></html>"""
TWO = f"""<?xml version="1.0"?>
<html {NS}><body><p>Alibaba &amp; M<i>ar</i>win rose.</p></body></html>"""
NAV = f'<html {NS}><body><nav><ol><li><a href="ch1.xhtml">Marwin</a></li></ol></nav></body></html>'
MEMBERS: Mapping[str, str] = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/toc.ncx": NCX,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/ch 2.xhtml": TWO,
    "OEBPS/ch1.xhtml": ONE,
    "OEBPS/Marwin.css": "p::before { content: 'Marwin' }",
    "OEBPS/unlisted.xhtml": ONE,
}
RULES = """kind: name
rules:
- {id: ma, canonical: Ma Yun, variants: [Marwin], when: {document: [Alibaba]}}
"""


def book(changed: Mapping[str, str | None] = {}) -> bytes:
    """Return a book; None leaves a member out."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"of the archive"
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in {**MEMBERS, **changed}.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), content)
    return data.getvalue()


def test_members_are_read_in_the_order_of_reading() -> None:
    source = epub.unpack(book())
    names = [member.name for member in members_of(source)]
    files = ("ch1.xhtml", "ch 2.xhtml", "nav.xhtml", "toc.ncx", "book.opf")
    assert names == [f"OEBPS/{name}" for name in files]
    document = epub.read(source)
    assert [(block.span.of(document.text), block.kind) for block in document.blocks()] == [
        ("Marwin fell.", "paragraph"),
        ("One", "title"),
        ("Alibaba & Marwin rose.", "paragraph"),
        ("Marwin", "title"),
        ("Marwin", "title"),
        ("R&D of Marwin", "title"),
        ("The Marwin Years", "title"),
    ]
    check(epub.read, source)


def test_evidence_reaches_over_chapters_and_nothing_else_changes() -> None:
    before = book()
    source = epub.unpack(before)
    result = engine_for(RULES).clean(source, epub.read)
    after = epub.pack(before, result.source)
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    assert new.testzip() is None
    assert new.comment == old.comment
    for one, other in zip(old.infolist(), new.infolist(), strict=True):
        same = ("filename", "compress_type", "date_time", "external_attr", "comment")
        assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    expected = {
        "OEBPS/ch1.xhtml": ONE.replace(">Marwin", ">Ma Yun"),
        "OEBPS/ch 2.xhtml": TWO.replace("M<i>ar</i>win", "M<i>a</i> Yun"),
        "OEBPS/nav.xhtml": NAV.replace(">Marwin", ">Ma Yun"),
        "OEBPS/toc.ncx": NCX.replace("Title><text>Marwin", "Title><text>Ma Yun").replace(
            "of\nMarwin", "of\nMa Yun"
        ),
        "OEBPS/book.opf": PACKAGE.replace("The Marwin", "The Ma Yun"),
    }
    for name, content in MEMBERS.items():
        assert new.read(name).decode() == expected.get(name, content), name
    assert epub.pack(before, source) == before


def test_places_are_those_of_members() -> None:
    document = epub.read(epub.unpack(book()))
    places = [str(document.location(block.span.start)) for block in document.blocks()]
    assert places[0] == "OEBPS/ch1.xhtml:2:17"
    assert places[-1] == "OEBPS/book.opf:3:65"


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>
<e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="{}"/></e:CipherData>
</e:EncryptedData></encryption>"""
AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


@pytest.mark.parametrize(
    ("changed", "member", "what"),
    [
        pytest.param({"META-INF/container.xml": None}, "", "this is no EPUB", id="no container"),
        pytest.param({"OEBPS/book.opf": None}, "", "package document, which", id="no package"),
        pytest.param(
            {"OEBPS/book.opf": "<package><x></package>"},
            "OEBPS/book.opf",
            "not well-formed",
            id="package not well-formed",
        ),
        pytest.param(
            {"META-INF/encryption.xml": ENCRYPTION.format(AES, "OEBPS/ch%202.xhtml")},
            "OEBPS/ch 2.xhtml",
            "it is encrypted",
            id="encrypted",
        ),
        pytest.param(
            {"OEBPS/ch1.xhtml": f"<html {NS}>\n<p>x<br></p></html>"},
            "OEBPS/ch1.xhtml",
            "not well-formed",
            id="chapter not well-formed",
        ),
        pytest.param({"OEBPS/ch1.xhtml": "<p>\0</p>"}, "OEBPS/ch1.xhtml", "NUL", id="NUL"),
    ],
)
def test_books_that_are_refused(changed: Mapping[str, str | None], member: str, what: str) -> None:
    with pytest.raises(MalformedError) as error:
        epub.read(epub.unpack(book(changed)))
    assert what in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.member == member


@pytest.mark.parametrize("data", [b"", b"PK", b"<html></html>", book()[:-30]])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        epub.unpack(data)


@pytest.mark.parametrize(
    ("algorithm", "uri"),
    [
        pytest.param("http://www.idpf.org/2008/embedding", "OEBPS/ch1.xhtml", id="obfuscated"),
        pytest.param("http://ns.adobe.com/pdf/enc#RC", "OEBPS/font.otf", id="by another way"),
        pytest.param(AES, "OEBPS/cover.jpg", id="only a picture"),
    ],
)
def test_what_hides_no_text_is_read(algorithm: str, uri: str) -> None:
    changed = {"META-INF/encryption.xml": ENCRYPTION.format(algorithm, uri)}
    assert epub.unpack(book(changed)) == epub.unpack(book())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_encodings_of_members(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><html {NS}>é Marwin</html>'
    data = io.BytesIO(book())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("OEBPS/gone.xhtml", text.encode(encoding))
    before = data.getvalue()
    source = epub.unpack(before)
    assert "é Marwin" in source
    after = zipfile.ZipFile(io.BytesIO(epub.pack(before, source.replace("é M", "é N"))))
    assert after.read("OEBPS/gone.xhtml") == text.replace("é M", "é N").encode(encoding)


def test_files(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.yaml").write_text(RULES)
    (tmp_path / "a.epub").write_bytes(book())
    broken = book({"OEBPS/ch1.xhtml": f"<html {NS}>\n<p>x<br></p></html>"})
    (tmp_path / "b.epub").write_bytes(broken)
    code, _, err = run("fix", "--rules", "rules", "a.epub", "b.epub", cwd=tmp_path)
    assert code == 3
    assert "b.epub:OEBPS/ch1.xhtml:2:11: left alone: this is not well-formed XML" in err
    with zipfile.ZipFile(tmp_path / "a.epub") as archive:
        assert archive.namelist()[0] == "mimetype"
        assert b"<p>Alibaba &amp; M<i>a</i> Yun rose." in archive.read("OEBPS/ch 2.xhtml")
    assert (tmp_path / "b.epub").read_bytes() == broken
