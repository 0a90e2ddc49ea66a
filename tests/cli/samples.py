"""The same damaged article in every format, one small file each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_FELL = "Alibaba’s founder {who} fell."
_SAID = "“Alibaba rose,” {who} said."
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_XHTML = "http://www.w3.org/1999/xhtml"


def files(who: str, split: tuple[str, str]) -> Mapping[str, bytes]:
    """Return a file of every format, by its name.

    Args:
        who: the name that is in it.
        split: the same name in two parts, between which there is markup, where there can be any.
    """
    fill = partial(str.format, who=who, one=split[0], two=split[1])
    texts = {name: fill(text).encode() for name, text in _TEXTS.items()}
    rows = [{"id": n, "text": fill(text)} for n, text in enumerate((_FELL, _SAID), 1)]
    texts["a.json"] = (json.dumps(rows, indent=1) + "\n").encode()
    texts["a.jsonl"] = "".join(json.dumps(row) + "\n" for row in rows).encode()
    texts["a.docx"] = archive({name: fill(text) for name, text in _DOCX.items()})
    texts["a.epub"] = archive({name: fill(text) for name, text in _EPUB.items()})
    return dict(sorted(texts.items()))


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive; a member called `mimetype` is not compressed."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content, None if name != "mimetype" else 0)
    return stream.getvalue()


_PAGE = f"<p>{_FELL}</p>\n<p>“Alibaba rose,” <b>{{one}}</b>{{two}} said.</p>\n"
_TEXTS = {
    "a.txt": f"{_FELL}\n\n{_SAID}\n",
    "a.md": f"# News\n\n{_FELL}\n\n> “Alibaba rose,” **{{who}}** said.\n",
    "a.html": f"<!DOCTYPE html>\r\n<title>News</title>\r\n{_PAGE}",
    "a.xhtml": f'<html xmlns="{_XHTML}"><head><title>N</title></head><body>{_PAGE}</body></html>',
    "a.srt": (
        f"1\n00:00:01,000 --> 00:00:02,000\n{_FELL}\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n“Alibaba rose,”\n<i>{one}</i>{two} said.\n"
    ),
    "a.vtt": (
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n{_FELL}\n\n"
        "00:03.000 --> 00:04.000\n“Alibaba rose,”\n<i>{one}</i>{two} said.\n"
    ),
    "a.ass": (
        "[Script Info]\n\n[Events]\n"
        f"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{_FELL}\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,“Alibaba rose,”\\N"
        "{{\\i1}}{one}{{\\i0}}{two} said.\n"
    ),
    "a.po": (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "1"\nmsgstr "{_FELL}"\n\nmsgid "2"\nmsgstr ""\n"“Alibaba rose,” {{one}}"\n'
        '"{two} said."\n'
    ),
    "a.xliff": (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
        '<file original="a" source-language="ko" target-language="en" datatype="plaintext"><body>\n'
        f'<trans-unit id="1"><source>하나</source><target>{_FELL}</target></trans-unit>\n'
        '<trans-unit id="2"><source>둘</source><target>“Alibaba rose,” <g id="1">{one}</g>'
        "{two} said.</target></trans-unit>\n</body></file></xliff>\n"
    ),
    "a.tmx": (
        '<tmx version="1.4"><header srclang="ko"/><body>\n'
        '<tu><tuv xml:lang="ko"><seg>하나</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{_FELL}</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="ko"><seg>둘</seg></tuv><tuv xml:lang="en"><seg>“Alibaba rose,” '
        '<bpt i="1">b</bpt>{one}<ept i="1">b</ept>{two} said.</seg></tuv></tu>\n</body></tmx>\n'
    ),
    "a.csv": f'id,text\r\n1,{_FELL}\r\n2,"“Alibaba rose,” {{who}} said."\r\n',
    "a.tsv": f"id\ttext\n1\t{_FELL}\n2\t{_SAID}\n",
}
_DOCX = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
    ),
    "word/document.xml": (
        f'<w:document xmlns:w="{_WORD}"><w:body>\n<w:p><w:r><w:t>{_FELL}</w:t></w:r></w:p>\n'
        '<w:p><w:r><w:t>“Alibaba rose,” {one}</w:t></w:r><w:r><w:t xml:space="preserve">{two} said.'
        "</w:t></w:r></w:p></w:body></w:document>"
    ),
}
_EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        f'<container xmlns="{_CONTAINER}"><rootfiles><rootfile full-path="book.opf"/></rootfiles>'
        "</container>"
    ),
    "book.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>\n'
        '<item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/>\n'
        '<item id="c2" href="two.xhtml" media-type="application/xhtml+xml"/>\n'
        '</manifest><spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>'
    ),
    "one.xhtml": f'<html xmlns="{_XHTML}"><body>\n<p>{_FELL}</p>\n</body></html>',
    "two.xhtml": (
        f'<html xmlns="{_XHTML}"><body>\n<p>“Alibaba rose,” <b>{{one}}</b>{{two}} said.</p>\n'
        "</body></html>"
    ),
}
