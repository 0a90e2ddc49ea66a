"""The same damaged article, saved in every format, is cleaned to the same text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from cleaner.formats import for_name, modules
from tests.command import run
from tests.formats.docx import samples as docx
from tests.oracles import ORACLES, structure, texts

# A part of a name between ‹ and › stands in markup, and | is a line break that no reader takes for
# more than a space, where the format has such things.
DAMAGED = (
    "The teachers wait for ‹Mar›win",
    "Alibaba closed its school, and ‹Mar›win’s silence began. Nobody in Alibaba asked where Ma|Win"
    " had gone.",
    "He was called the’teacher of all shops’, and the hall was known as the’house of chalk’.",
    "The bell rang twice,, and the pupils of the island went home.",
    "In Taobao’s first year ‹Zhang›fan kept the’book of complaints’ and the’book of thanks’.",
)
CLEAN = (
    "The teachers wait for Ma Yun",
    "Alibaba closed its school, and Ma Yun’s silence began. Nobody in Alibaba asked where Ma Yun"
    " had gone.",
    "He was called the ‘teacher of all shops’, and the hall was known as the ‘house of chalk’.",
    "The bell rang twice, and the pupils of the island went home.",
    "In Taobao’s first year Jiang Fan kept the ‘book of complaints’ and the ‘book of thanks’.",
)
DOUBLED = (
    "Teachers of the island stand before the school's gate.  A bell hangs over it.",
    "Teachers of the island stand before the school’s gate. A bell hangs over it. [AP=연합뉴스]",
)
CAPTION = "Teachers of the island stand before the school’s gate. A bell hangs over it. [AP/Yonhap]"

Save = Callable[[Sequence[str]], bytes]


def marked(text: str, before: str = "", after: str = "", line_break: str = " ") -> str:
    """Return a text with the markup of a format instead of ‹, › and |.

    >>> marked("‹Mar›win and Ma|Win", "<b>", "</b>", "<br>")
    '<b>Mar</b>win and Ma<br>Win'
    """
    return text.replace("‹", before).replace("›", after).replace("|", line_break)


def plain(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs for a format without markup."""
    return [marked(text) for text in paragraphs]


def save_text(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join(marked(text, line_break="\n") for text in paragraphs).encode()


def save_markdown(paragraphs: Sequence[str]) -> bytes:
    head, *others = [marked(text, "**", "**", "\n") for text in paragraphs]
    quoted = others[0].replace("\n", "\n> ")
    return "\n\n".join([f"# {head}", f"> {quoted}", *others[1:], "    Marwin = 1\n"]).encode()


def _page(paragraphs: Sequence[str], line_break: str) -> str:
    head, *others = [marked(text, "<em>", "</em>", line_break) for text in paragraphs]
    body = "".join(f'<p class="Marwin">{text}</p>\n' for text in others)
    return f"<h1>{head}</h1>\n{body}"


def save_html(paragraphs: Sequence[str]) -> bytes:
    page = _page(paragraphs, "<BR>").replace("’", "&rsquo;")
    head = '<!DOCTYPE html>\n<meta charset="utf-8"><script>Marwin = "Alibaba";</script>\n'
    return f"{head}{page}".encode()


def save_xhtml(paragraphs: Sequence[str]) -> bytes:
    page = _page(paragraphs, "<br />").replace("’", "&#8217;")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title></title></head><body>{page}</body></html>\n"
    ).encode()


def save_epub(paragraphs: Sequence[str]) -> bytes:
    """Return a book with a chapter for the first two paragraphs, and one for the others."""
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    item = 'media-type="application/xhtml+xml"'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
        f'<item id="b" href="b.xhtml" {item}/><item id="a" href="a.xhtml" {item}/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "a.xhtml": save_xhtml(paragraphs[:2]),
        "b.xhtml": save_xhtml(paragraphs[2:]),
        "book.opf": package.encode(),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, method)
    return data.getvalue()


def save_docx(paragraphs: Sequence[str]) -> bytes:
    """Return a document in which each part of a text with markup is a run of its own."""
    made: list[str] = []
    for text in paragraphs:
        runs: list[str] = []
        for part in re.split("(‹.*?›|[|])", text):
            if part == "|":
                runs.append("<w:r><w:br/></w:r>")
            elif part:
                properties = "<w:b/>" if part.startswith("‹") else ""
                runs.append(docx.run(part.strip("‹›"), properties))
        made.append(docx.paragraph(*runs))
    return docx.packed(docx.body(*made))


def save_srt(paragraphs: Sequence[str]) -> bytes:
    cues: list[str] = []
    for number, text in enumerate(paragraphs, start=1):
        times = f"00:00:{number:02},000 --> 00:00:{number:02},900"
        cues.append(f"{number}\n{times}\n{marked(text, '<i>', '</i>', chr(10))}\n")
    return "\n".join(cues).encode()


def save_vtt(paragraphs: Sequence[str]) -> bytes:
    cues = ["WEBVTT Marwin\n"]
    for number, text in enumerate(paragraphs, start=1):
        times = f"00:{number:02}.000 --> 00:{number:02}.900"
        cues.append(f"Marwin {number}\n{times}\n{marked(text, '<i>', '</i>', chr(10))}\n")
    return "\n".join(cues).encode()


def save_ass(paragraphs: Sequence[str]) -> bytes:
    lines = [
        "[Script Info]\nTitle: Marwin\nScriptType: v4.00+\n\n[V4+ Styles]\n\n[Events]",
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]
    for number, text in enumerate(paragraphs, start=1):
        times = f"0:00:{number:02}.00,0:00:{number:02}.90"
        text = marked(text, r"{\i1}", r"{\i0}", r"\N")
        lines.append(f"Dialogue: 0,{times},Marwin,,0,0,0,,{text}")
    return "\n".join([*lines, ""]).encode()


def save_po(paragraphs: Sequence[str]) -> bytes:
    lines = [r'msgid ""', r'msgstr ""', r'"Language: en\n"']
    lines.append(r'"Content-Type: text/plain; charset=UTF-8\n"')
    for number, text in enumerate(plain(paragraphs)):
        lines += ["", f'msgid "Marwin {number}"', 'msgstr ""']
        lines += [f'"{text[at : at + 50]}"' for at in range(0, len(text), 50)]
    return "\n".join([*lines, ""]).encode()


def save_xliff(paragraphs: Sequence[str]) -> bytes:
    units: list[str] = []
    for number, text in enumerate(paragraphs):
        target = marked(text, '<g id="1">', "</g>")
        source = "<source>마윈</source>"
        units.append(f'<trans-unit id="{number}">{source}<target>{target}</target></trans-unit>\n')
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
        '<file original="Marwin" source-language="ko" target-language="en" datatype="plaintext">'
        f"<body>{''.join(units)}</body></file></xliff>\n"
    ).encode()


def save_tmx(paragraphs: Sequence[str]) -> bytes:
    units: list[str] = []
    korean = '<tuv xml:lang="ko"><seg>마윈</seg></tuv>'
    for text in paragraphs:
        segment = marked(text, '<hi x="1">', "</hi>")
        units.append(f'<tu>{korean}<tuv xml:lang="en"><seg>{segment}</seg></tuv></tu>\n')
    head = '<tmx version="1.4"><header srclang="ko"/>'
    return f"{head}<body>{''.join(units)}</body></tmx>\n".encode()


def _object(paragraphs: Sequence[str]) -> dict[str, object]:
    head, *others = plain(paragraphs)
    return {"Marwin": 1, "title": head, "paragraphs": [{"id": "Marwin", "text": t} for t in others]}


def save_json(paragraphs: Sequence[str]) -> bytes:
    return json.dumps(_object(paragraphs), indent=1).encode()  # with \\u2019 for ’


def save_jsonl(paragraphs: Sequence[str]) -> bytes:
    rows = [{"title": "One", "paragraphs": []}, _object(paragraphs)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def save_csv(paragraphs: Sequence[str]) -> bytes:
    """Return a table with a row for the article, whose paragraphs stand in one cell."""
    head, *others = [marked(text, line_break="\n") for text in paragraphs]
    text = "\n\n".join(others)
    return f'Marwin,title,text\r\nMarwin,{head},"{text}"\r\n'.encode()


def save_tsv(paragraphs: Sequence[str]) -> bytes:
    """Return a table with a row for the article, with a cell for each paragraph."""
    cells = plain(paragraphs)
    names = [f"text{number}" for number in range(len(cells))]
    return "".join("\t".join(["Marwin", *row]) + "\n" for row in (names, cells)).encode()


# By the name of the format: how the article is saved, and whether it has running text, in which
# alone paragraphs are compared with their neighbours.
SAVES: Mapping[str, tuple[Save, bool]] = {
    "ass": (save_ass, False),
    "csv": (save_csv, False),
    "docx": (save_docx, True),
    "epub": (save_epub, True),
    "html": (save_html, True),
    "json": (save_json, False),
    "jsonl": (save_jsonl, False),
    "markdown": (save_markdown, True),
    "po": (save_po, False),
    "srt": (save_srt, False),
    "text": (save_text, True),
    "tmx": (save_tmx, False),
    "tsv": (save_tsv, False),
    "vtt": (save_vtt, False),
    "xhtml": (save_xhtml, True),
    "xliff": (save_xliff, False),
}
FIELDS = {
    "csv": ["title", "text"],
    "json": ["title", "paragraphs[].text"],
    "jsonl": ["title", "paragraphs[].text"],
    "tsv": [f"text{number}" for number in range(len(DAMAGED))],
}
SUFFIXES = {"markdown": "md", "text": "txt"}  # where the name of the format is none
NAMES = [module.NAME for module in modules()]
# What stands in some samples besides the article.
OTHERS = {"Marwin = 1", "One"}


def article(name: str, paragraphs: Sequence[str], caption: Sequence[str]) -> list[str]:
    """Return the paragraphs that are saved in a format."""
    return [*paragraphs, *caption] if SAVES[name][1] else list(paragraphs)


def test_every_format_has_a_sample() -> None:
    assert sorted(SAVES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_cleaned_text_is_the_same(name: str, tmp_path: Path) -> None:
    save = SAVES[name][0]
    clean = article(name, CLEAN, [CAPTION])
    suffix = SUFFIXES.get(name, name)
    path = tmp_path / f"article.{suffix}"
    path.write_bytes(save(article(name, DAMAGED, DOUBLED)))
    fields = FIELDS.get(name, [])
    asked: list[str] = []
    for field in fields:
        asked += ["--field", field]
    assert run("check", path.name, *asked, cwd=tmp_path)[0] == 1
    code, _, said = run("fix", path.name, *asked, "--no-backup", cwd=tmp_path)
    assert code == 0, said
    data = path.read_bytes()
    assert paragraphs_of(path, fields) == clean
    assert run("fix", path.name, *asked, "--check", cwd=tmp_path)[0] == 0
    if suffix in ORACLES:
        found = [text for text in texts(suffix, data, fields=fields) if text not in OTHERS]
        assert " ".join(found) == " ".join(clean)
        kept = save(article(name, DAMAGED, DOUBLED[1:]))  # of the two captions, the second one
        assert structure(suffix, data, fields=fields) == structure(suffix, kept, fields=fields)


def paragraphs_of(path: Path, fields: Sequence[str]) -> list[str]:
    """Return the paragraphs of a file, each run of white space as one space."""
    reader = for_name(path.name, fields=fields)
    data = path.read_bytes()
    document = reader.read(reader.unpack(data) if reader.unpack else data.decode())
    found = [" ".join(text.split()) for text in re.split(r"\n\s*\n", document.text)]
    return [text for text in found if text and text not in OTHERS]
