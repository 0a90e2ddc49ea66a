"""Documents for the tests, from the XML of their paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cleaner.text.document import Document
from tests.samples import names

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ROOTS = {
    "document": ("document", "document.main"),
    "footnotes": ("footnotes", "footnotes"),
    "endnotes": ("endnotes", "endnotes"),
    "header": ("hdr", "header"),
    "footer": ("ftr", "footer"),
    "styles": ("styles", "styles"),
    "comments": ("comments", "comments"),
}
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def run(text: str, properties: str = "") -> str:
    """A run with a text, with its spaces kept if it has any at its ends."""
    space = "" if text == text.strip() else ' xml:space="preserve"'
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{about}<w:t{space}>{text}</w:t></w:r>"


def paragraph(*content: str, style: str = "") -> str:
    """A paragraph of runs: a content without a tag is the text of one."""
    runs = [one if one.startswith("<") else run(one) for one in content]
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}{''.join(runs)}</w:p>"


def body(*paragraphs: str) -> str:
    """The part with the body of a document."""
    return part("document", f"<w:body>{''.join(paragraphs)}{SECTION}</w:body>")


def part(name: str, content: str) -> str:
    """A part with a content; its root element goes by its name, without the number."""
    root = ROOTS[_plain(name)][0]
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{declaration}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def _plain(name: str) -> str:
    """The name of a part without its folder and its number."""
    return name.rpartition("/")[2].rstrip("0123456789")


def source_of(document: str, **parts: str) -> str:
    """The source of a document with this body, and with other parts."""
    members = [f"\0\0{document}", *(f"\0{name}\0{text}" for name, text in parts.items())]
    return "".join(members)


def packed(
    document: str,
    parts: Mapping[str, str] | None = None,
    *,
    title: str = "",
    folder: str = "word/",
    others: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a file with this body, as a program of an office saves them."""
    members = {f"{folder}document.xml": document}
    types = [f'<Override PartName="/{folder}document.xml" ContentType="{WORD}.document.main+xml"/>']
    for name, text in (parts or {}).items():
        members[f"{folder}{name}.xml"] = text
        kind = ROOTS[_plain(name)][1]
        override = f'PartName="/{folder}{name}.xml" ContentType="{WORD}.{kind}+xml"'
        types.append(f"<Override {override}/>")
    if title:
        core = "application/vnd.openxmlformats-package.core-properties+xml"
        types.append(f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>')
        members["docProps/core.xml"] = properties(title)
    content_types = "http://schemas.openxmlformats.org/package/2006/content-types"
    head = f'<Types xmlns="{content_types}"><Default Extension="png" ContentType="image/png"/>'
    listed = {"[Content_Types].xml": f"{head}{''.join(types)}</Types>"}
    return zipped({**listed, **members, **(others or {})})


def properties(title: str) -> str:
    """The part with the properties of a document."""
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'<cp:coreProperties xmlns:cp="{package}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>Marwin</dc:creator></cp:coreProperties>"
    )


def zipped(members: Mapping[str, str]) -> bytes:
    """A zip archive of members."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(ZipInfo(name, (2001, 2, 3, 4, 5, 6)), text, ZIP_DEFLATED)
    return stream.getvalue()


def blocks(document: Document) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(block.kind, block.span.of(document.text)) for block in document.blocks()]


def field(code: str, result: str) -> str:
    """A field as Word writes it: over several runs."""
    marks = [
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    ]
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{marks[0]}{instruction}{marks[1]}{run(result)}{marks[2]}"


def box(*paragraphs: str) -> str:
    """A run with a text box, and its copy for older programs."""
    text = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><wps:txbx>{text}</wps:txbx></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('Cell.')}</w:tc></w:tr></w:tbl>"
