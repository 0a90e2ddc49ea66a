"""The oracles: an edit of a text leaves the structure alone, an edit of anything else does not."""

from __future__ import annotations

import io
import string
import zipfile
from typing import NamedTuple

import docx
import pytest

from tests.oracles import UnreadableError, structure, texts

POLITE = "Hello"  # what is text in every sample


class Sample(NamedTuple):
    """A file, what a reader reads in it, and pieces of it that are not text."""

    kind: str
    source: str
    read: list[str]
    fixed: list[str]
    fields: tuple[str, ...] = ()


HTML = """<!doctype html><html lang="en"><title>Hello</title><meta name=description content="Hello
you"><h1 id="top">Hello, <b class="new">w</b>orld</h1><!-- remark --><script>var a = 1</script>
<p><img src="a.png" alt="Hello">Tea&rsquo;s<br>ready<pre>left  out</pre></html>"""

XHTML = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Hello</title>
<style>p { color: red }</style></head>
<body><p class="big">Hello,&nbsp;<i>world</i></p></body></html>"""

SRT = """1
00:00:01,000 --> 00:00:02,500 X1:40
<i>Hello,</i>
world

2
00:00:03,000 --> 00:00:04,000
{\\an8}Goodbye
"""

VTT = """WEBVTT a header

STYLE
::cue { color: lime }

NOTE a remark

cue-7
00:01.000 --> 00:02.500 align:start
<v.loud Ann Lee>Hello, <c.red>world</c> &amp; all
"""

ASS = """[Script Info]
ScriptType: v4.00+
PlayResX: 640

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: Quiet,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,\
10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Quiet,Ann,0,0,0,,{\\i1}Hello,{\\i0}\\Nworld
Comment: 0,0:00:03.00,0:00:04.00,Quiet,,0,0,0,,template
"""

PO = """# A note
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en_GB\\n"

#. for people
#: a.c:7
#, c-format
msgctxt "greeting"
msgid "Source %s"
msgid_plural "Sources %s"
msgstr[0] ""
"Hello, "
"%s"
msgstr[1] "Hello all"
"""

XLIFF = """<?xml version="1.0"?><xliff version="1.2"><file original="a.txt" source-language="ko"
target-language="en-GB"><body><trans-unit id="u1"><source>Source</source><target state="new">Hello,
<ph id="p1">CODE</ph> <g id="g1">world</g></target><note>remark</note></trans-unit></body></file>
</xliff>"""

TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="ko"/><body><tu tuid="t1">
<tuv xml:lang="ko"><seg>Source</seg></tuv><tuv xml:lang="en-GB"><seg>Hello, <bpt i="1">CODE</bpt>
world</seg></tuv></tu></body></tmx>"""

JSON = '{"id": "key7", "title": "Hello", "size": 1.50, "pages": [{"text": "Hello all", "x": null}]}'

CSV = 'id,text,size\r\nkey7,"Hello, world",1.50\r\nkey8,Goodbye,2\r\n'

SAMPLES = [
    Sample(
        "html",
        HTML,
        ["Hello you", "Hello", "Hello", "Hello, world", "Tea’s", "ready"],
        ['"top"', '"new"', "remark", "var a", "a.png", "left  out", '"en"'],
    ),
    Sample("xhtml", XHTML, ["Hello", "Hello, world"], ["red", '"big"', "<i>world</i>"]),
    Sample("srt", SRT, ["Hello, world", "Goodbye"], ["02,500", "X1:40", "\n2\n", "<i>", "an8"]),
    Sample(
        "vtt",
        VTT,
        ["Ann Lee", "Hello, world & all"],
        ["header", "lime", "remark", "cue-7", "02.500", "align:start", "loud", "red"],
    ),
    Sample(
        "ass", ASS, ["Ann", "Hello, world"], ["640", "Arial", "02.50", "i1", "template", "Layer"]
    ),
    Sample(
        "po",
        PO,
        ["Hello, %s", "Hello all"],
        ["A note", "en_GB", "people", "a.c:7", "c-format", "greeting", "Source %s", "Sources"],
    ),
    Sample(
        "xlf", XLIFF, ["Hello, world"], ["a.txt", "u1", "Source", "new", "CODE", "g1", "remark"]
    ),
    Sample("tmx", TMX, ["Hello, world"], ["t1", "Source", "CODE", "1.4"]),
    Sample(
        "json",
        JSON,
        ["Hello", "Hello all"],
        ["key7", "1.50", "null", '"x"', '"title"'],
        ("title", "pages[].text"),
    ),
    Sample("jsonl", f"{JSON}\n{JSON}\n", ["Hello"] * 2, ["key7", "Hello all"], ("title",)),
    Sample("csv", CSV, ["Hello, world", "Goodbye"], ["key7", "1.50", "size"], ("text",)),
    Sample("tsv", CSV.replace(",", "\t"), ["Hello world", "Goodbye"], ["key8"], ("text",)),
]


def sample_id(sample: Sample) -> str:
    """Return the name of a sample."""
    return sample.kind


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_structure_and_texts(sample: Sample) -> None:
    """What is text can change without the structure, and nothing else can."""
    whole = structure(sample.kind, sample.source.encode(), fields=sample.fields)
    assert texts(sample.kind, sample.source.encode(), fields=sample.fields) == sample.read

    polite = sample.source.replace(POLITE, "Howdy" if sample.kind != "jsonl" else POLITE)
    assert structure(sample.kind, polite.encode(), fields=sample.fields) == whole

    for piece in sample.fixed:
        assert piece in sample.source
        changed = sample.source.replace(piece, _other(piece))
        try:
            after = structure(sample.kind, changed.encode(), fields=sample.fields)
        except UnreadableError:
            continue  # which no one overlooks
        assert after != whole, piece


def _other(piece: str) -> str:
    """Return another piece of the same kind: each letter and digit is the next one."""
    letters, digits = string.ascii_letters, string.digits
    table = str.maketrans(letters + digits, letters[1:] + letters[0] + digits[1:] + digits[0])
    return piece.translate(table)


def _document() -> bytes:
    document = docx.Document()
    document.add_heading("Hello", level=1)
    paragraph = document.add_paragraph("Hello, w")
    paragraph.add_run("orld").bold = True
    paragraph.add_run("\tand all")
    document.add_table(1, 1).cell(0, 0).text = "A cell"
    document.sections[0].header.paragraphs[0].text = "A header"
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _book() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("c.xhtml", XHTML, zipfile.ZIP_DEFLATED)
        book.writestr("c.ncx", "<ncx><navLabel><text>Hello</text></navLabel><x>fixed</x></ncx>")
        book.writestr("c.opf", "<package><title>Hello</title><id>fixed</id></package>")
        book.writestr("font.otf", b"fixed")
    return data.getvalue()


def _rewritten(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return a container in one member of which a piece is replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(info, content)
    return written.getvalue()


def test_document() -> None:
    """The runs of a paragraph are one text; its parts, styles and members are the structure."""
    data = _document()
    assert sorted(texts("docx", data)) == ["A cell", "A header", "Hello", "Hello, world and all"]
    whole = structure("docx", data)
    assert structure("docx", _rewritten(data, "word/document.xml", "Hello", "Howdy")) == whole
    for name, old, new in [
        ("word/document.xml", "<w:b/>", "<w:i/>"),
        ("word/document.xml", "<w:tab/>", "<w:br/>"),
        ("word/styles.xml", "Normal", "Abnormal"),
        ("docProps/core.xml", "python-docx", "nobody"),
    ]:
        assert structure("docx", _rewritten(data, name, old, new)) != whole, old


def test_book() -> None:
    """The pages, the titles and the labels of a book are text, and all else is structure."""
    data = _book()
    assert texts("epub", data) == ["Hello", "Hello, world", "Hello", "Hello"]
    whole = structure("epub", data)
    for name in ("c.xhtml", "c.ncx", "c.opf"):
        assert structure("epub", _rewritten(data, name, "Hello", "Howdy")) == whole, name
    for name, old in [
        ("c.xhtml", "big"),
        ("c.ncx", "fixed"),
        ("c.opf", "fixed"),
        ("font.otf", "fixed"),
    ]:
        assert structure("epub", _rewritten(data, name, old, "other")) != whole, name


@pytest.mark.parametrize(
    ("kind", "data"),
    [("xhtml", b"<p>one"), ("docx", b"no zip"), ("json", b"{"), ("srt", b"\xff\xfe\x00")],
)
def test_what_an_oracle_cannot_read(kind: str, data: bytes) -> None:
    """A file that the library cannot read says so, whatever the library raises."""
    with pytest.raises(UnreadableError):
        structure(kind, data)
