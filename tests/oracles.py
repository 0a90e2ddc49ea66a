"""What other people's libraries say about a file, to compare with what this project says.

`structure` is everything of a file but its texts, so it is the same before and after an edit.
`texts` is what a reader reads in it. Both are found by libraries that share no code with the
project: html5lib, lxml, polib, pysubs2, srt, webvtt-py, and `zipfile`, `json` and `csv` of the
standard library. An oracle raises `UnreadableError` if its library cannot read the file.

Example:
    >>> before = b"<p title='It'>The <b>end</b>.<p>"
    >>> texts("html", before)
    ['It', 'The end.']
    >>> structure("html", before) == structure("html", before.replace(b"end", b"start"))
    True
    >>> structure("html", before) == structure("html", before.replace(b"b>", b"i>"))
    False
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from html.entities import html5
from typing import Any, NamedTuple, TypeVar

import html5lib
import polib
import pysubs2
import srt
import webvtt
from lxml import etree

T = TypeVar("T")
Part = tuple[object, ...]  # something of a structure: a tag, a cue, a row
XMLElement = Any  # an element of html5lib or lxml, both of which have the interface of ElementTree


class UnreadableError(Exception):
    """An oracle cannot read a file, which says nothing about whether the project can."""


class Oracle(NamedTuple):
    """How a library sees a format."""

    structure: Callable[[bytes, Sequence[str]], list[Part]]
    texts: Callable[[bytes, Sequence[str]], list[str]]


def structure(kind: str, data: bytes, *, fields: Sequence[str] = ()) -> list[Part]:
    """Return everything of a file but its texts.

    Args:
        kind: a suffix without its dot: html, srt, docx.
        data: the file.
        fields: what is text in JSON, JSONL, CSV and TSV: `title`, `a[].b`, `*.b`.

    Raises:
        UnreadableError: if the library cannot read the file.
    """
    return _ask(ORACLES[kind].structure, data, fields)


def texts(kind: str, data: bytes, *, fields: Sequence[str] = ()) -> list[str]:
    """Return what a reader reads in a file, block by block, each run of white space as one space.

    Text that is locked, such as code within a paragraph, is among it. For the arguments see
    `structure`.

    Raises:
        UnreadableError: if the library cannot read the file.
    """
    read = [" ".join(text.split()) for text in _ask(ORACLES[kind].texts, data, fields)]
    return [text for text in read if text]


def _ask(
    question: Callable[[bytes, Sequence[str]], list[T]], data: bytes, fields: Sequence[str]
) -> list[T]:
    try:
        return question(data, fields)
    except Exception as error:  # each library fails in ways of its own
        raise UnreadableError(f"{type(error).__name__}: {error}") from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


# ---- elements


class _Vocabulary(NamedTuple):
    """Which parts of a tree of elements are text.

    Attributes:
        text: says of an element whether its own text and what follows each child is text.
        attributes: the names of the attributes whose values are text, per element.
        block: says of an element whether it parts the text before it from that after it.
    """

    text: Callable[[XMLElement], bool]
    attributes: Callable[[XMLElement], frozenset[str]]
    block: Callable[[XMLElement], bool]


def _local(name: object) -> str:
    """Return a tag without its namespace: what stands for a comment has an empty one."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _shape(element: XMLElement, words: _Vocabulary) -> Iterator[Part]:
    """Yield the tags, attributes and untouchable text of an element, in order."""
    left_out = words.attributes(element)
    kept = sorted(
        (name, "" if _local(name) in left_out else value) for name, value in element.items()
    )
    is_text = words.text(element)
    name = element.tag if isinstance(element.tag, str) else "comment"
    yield "start", name, tuple(kept), "" if is_text else (element.text or "")
    for child in element:
        yield from _shape(child, words)
        if not is_text:
            yield "then", child.tail or ""
    yield ("end",)


def _read(element: XMLElement, words: _Vocabulary) -> list[str]:
    """Return the texts of an element, divided at its blocks."""
    pieces: list[str] = []

    def walk(element: XMLElement) -> None:
        for name in words.attributes(element):
            if element.get(name):
                read.append(element.get(name))
        parts = words.block(element)
        if parts:
            pieces.append("\0")
        if words.text(element):
            pieces.append(element.text or "")
        for child in element:
            walk(child)
            if words.text(element):
                pieces.append(child.tail or "")
        if parts:
            pieces.append("\0")

    read: list[str] = []
    walk(element)
    return [*read, *"".join(pieces).split("\0")]


# ---- HTML and XHTML

_LOCKED_TAGS = """
script style pre textarea template noscript svg math iframe object noembed noframes
"""
_INLINE_TAGS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small
span strike strong sub sup time tt u var wbr
"""
_LOCKED = frozenset(_LOCKED_TAGS.split())
_INLINE = frozenset(_INLINE_TAGS.split())


class _Pages:
    """The vocabulary of HTML, for one page."""

    def __init__(self, root: XMLElement) -> None:
        self._locked: set[int] = set()
        self._elements = list(root.iter())  # keeps the ids below from being used again
        for element in self._elements:
            if not isinstance(element.tag, str) or _local(element.tag) in _LOCKED:
                self._locked.update(id(below) for below in element.iter())

    def words(self) -> _Vocabulary:
        """Return it."""
        return _Vocabulary(self._text, self._attributes, self._block)

    def _text(self, element: XMLElement) -> bool:
        return id(element) not in self._locked

    def _attributes(self, element: XMLElement) -> frozenset[str]:
        if id(element) in self._locked or _local(element.tag) == "link":
            return frozenset()
        if _local(element.tag) == "meta":
            described = (element.get("name") or "").lower() == "description"
            return frozenset({"content"} if described else ())
        return frozenset({"alt", "title"})

    def _block(self, element: XMLElement) -> bool:
        return isinstance(element.tag, str) and _local(element.tag) not in _INLINE


def _html_root(data: bytes) -> XMLElement:
    return html5lib.parse(data, treebuilder="etree", namespaceHTMLElements=False)


_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")


def _xml_root(data: bytes) -> XMLElement:
    """Parse XML in which entities of HTML may stand, whether or not a DTD declares them."""

    def character(match: re.Match[bytes]) -> bytes:
        value = html5.get(match[1].decode())
        if value is None:
            return match[0]
        return "".join(f"&#{ord(char)};" for char in value).encode()

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, strip_cdata=True
    )
    return etree.fromstring(_ENTITY.sub(character, data), parser)


def _page_oracle(parse: Callable[[bytes], XMLElement]) -> Oracle:
    def shape(data: bytes, _: Sequence[str]) -> list[Part]:
        root = parse(data)
        return list(_shape(root, _Pages(root).words()))

    def read(data: bytes, _: Sequence[str]) -> list[str]:
        root = parse(data)
        return _read(root, _Pages(root).words())

    return Oracle(shape, read)


# ---- subtitles

_CUE_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\{\\?[^{}]*\}|<\d[\d:.]*>")
_VOICE = re.compile(r"(<v(?:\.[^\s>]*)?)\s([^>]*)>")


def _cue_tags(text: str) -> tuple[str, ...]:
    """Return the tags of a cue, a voice without its name.

    >>> _cue_tags("<v.loud Ann Lee>{\\\\an8}Hi <i>you</i>")
    ('<v.loud>', '{\\\\an8}', '<i>', '</i>')
    """
    return tuple(_CUE_TAG.findall(_VOICE.sub(r"\1>", text)))


def _without_tags(text: str) -> str:
    return _CUE_TAG.sub("", text)


def _timings(data: bytes) -> list[Part]:
    """Return the lines with timings, because libraries leave out some of what stands in them."""
    return [("line", line) for line in _decoded(data).splitlines() if "-->" in line]


def _srt_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    cues = srt.parse(_decoded(data))
    found = [
        (cue.index, cue.start, cue.end, cue.proprietary, _cue_tags(cue.content)) for cue in cues
    ]
    return [*found, *_timings(data)]


def _srt_texts(data: bytes, _: Sequence[str]) -> list[str]:
    return [_without_tags(cue.content) for cue in srt.parse(_decoded(data))]


def _vtt_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    parsed = webvtt.from_string(_decoded(data))
    found: list[Part] = [("header", _decoded(data).splitlines()[0], *parsed.header_comments)]
    for style in parsed.styles:
        found.append(("style", style.text, *style.comments))
    for cue in parsed.captions:
        tags = _cue_tags(cue.raw_text)
        found.append((cue.identifier, cue.start, cue.end, *cue.comments, tags))
    return [*found, *_timings(data)]


def _vtt_texts(data: bytes, _: Sequence[str]) -> list[str]:
    read: list[str] = []
    for cue in webvtt.from_string(_decoded(data)).captions:
        read += _voices(cue.raw_text)
        read.append(_unescaped(_without_tags(cue.raw_text)))
    return read


def _voices(text: str) -> list[str]:
    return [match[2] for match in _VOICE.finditer(text)]


def _unescaped(text: str) -> str:
    for name, char in (("lt", "<"), ("gt", ">"), ("nbsp", "\xa0"), ("lrm", ""), ("rlm", "")):
        text = text.replace(f"&{name};", char)
    return text.replace("&amp;", "&")


def _ass_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    parsed = _ass(data)
    found: list[Part] = [("info", *parsed.info.items())]
    for line in _decoded(data).splitlines():  # such as those with formats, which it passes over
        if not line.startswith("Dialogue:"):
            found.append(("line", line))
    for name, style in parsed.styles.items():
        found.append(("style", name, *style.as_dict().items()))
    for event in parsed.events:
        fields = event.as_dict()
        if not event.is_comment:
            fields["name"] = ""
            fields["text"] = " ".join(_cue_tags(event.text))
        found.append(tuple(fields.items()))
    return found


def _ass_texts(data: bytes, _: Sequence[str]) -> list[str]:
    read: list[str] = []
    for event in _ass(data).events:
        if not event.is_comment:
            read += [event.name, event.plaintext]
    return read


def _ass(data: bytes) -> pysubs2.SSAFile:
    return pysubs2.SSAFile.from_string(_decoded(data))


# ---- translations


def _po(data: bytes) -> polib.POFile:
    declared = re.search(rb"charset=([\w-]+)", data)
    charset = declared[1].decode() if declared and declared[1] != b"CHARSET" else "utf-8"
    return polib.pofile(data.decode(charset).removeprefix("\ufeff"), wrapwidth=0)


def _po_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    parsed = _po(data)
    found: list[Part] = [("header", parsed.header, *parsed.metadata.items())]
    for entry in parsed:
        translated = bool(entry.msgstr), *sorted(entry.msgstr_plural)
        told = entry.comment, entry.tcomment, *entry.occurrences, *entry.flags
        before = entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
        source = entry.msgctxt, entry.msgid, entry.msgid_plural, entry.obsolete
        found.append((source, told, before, translated))
    return found


def _po_texts(data: bytes, _: Sequence[str]) -> list[str]:
    read: list[str] = []
    for entry in _po(data):
        if not entry.obsolete:
            read += [entry.msgstr, *entry.msgstr_plural.values()]
    return read


_CODES = frozenset({"ph", "bpt", "ept", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _is_english(language: str | None) -> bool:
    return not language or language.lower().startswith("en")


class _Messages:
    """The vocabulary of XLIFF or TMX: English targets, without the codes in them."""

    def __init__(self, root: XMLElement) -> None:
        self._readable: set[int] = set()
        self._elements = list(root.iter())  # keeps the ids below from being used again
        for element in self._elements:
            name = _local(element.tag)
            is_target = name == "target" and _is_english(_target_language(element))
            if is_target or (name == "seg" and _is_english(_own_language(element.getparent()))):
                self._add(element)

    def _add(self, element: XMLElement) -> None:
        if _local(element.tag) not in _CODES and isinstance(element.tag, str):
            self._readable.add(id(element))
            for child in element:
                self._add(child)

    def words(self) -> _Vocabulary:
        """Return it."""
        return _Vocabulary(
            text=lambda element: id(element) in self._readable,
            attributes=lambda _: frozenset(),
            block=lambda element: _local(element.tag) in {"target", "seg"},
        )


def _own_language(element: XMLElement) -> str | None:
    language: str | None = element.get(_XML_LANG) or element.get("lang")
    return language


def _target_language(element: XMLElement) -> str | None:
    """Return the language that a target has itself, or its file declares."""
    language = _own_language(element)
    for above in element.iterancestors():
        language = language or above.get("target-language") or above.get("trgLang")
    return language


def _message_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    root = _xml_root(data)
    return list(_shape(root, _Messages(root).words()))


def _message_texts(data: bytes, _: Sequence[str]) -> list[str]:
    root = _xml_root(data)
    return _read(root, _Messages(root).words())


# ---- documents and books

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml")
_PROPERTIES = re.compile(r"docProps/core\d*\.xml")
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def _members(data: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for info in container.infolist():
            yield info, container.read(info)


def _entry(info: zipfile.ZipInfo) -> Part:
    return info.filename, info.compress_type, info.comment, info.external_attr, info.flag_bits & 1


def _container_shape(
    data: bytes, of_member: Callable[[str, bytes], Sequence[Part] | None]
) -> list[Part]:
    """Return the members of a container in order, those without text by their hash."""
    found: list[Part] = []
    for info, content in _members(data):
        shape = of_member(info.filename, content)
        if shape is None:
            shape = [("bytes", info.date_time, sha256(content).hexdigest())]
        found.append((*_entry(info), *shape))
    return found


def _docx_words() -> _Vocabulary:
    return _Vocabulary(
        text=lambda element: element.tag == f"{_WORD}t",
        attributes=lambda element: frozenset({"space"} if element.tag == f"{_WORD}t" else ()),
        block=lambda element: element.tag == f"{_WORD}p",
    )


def _docx_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    def of_member(name: str, content: bytes) -> list[Part] | None:
        if _PROPERTIES.fullmatch(name):
            return list(_shape(_xml_root(content), _only("title")))
        if not _WORD_PARTS.fullmatch(name):
            return None
        root = _xml_root(content)
        for text in root.iter(f"{_WORD}t"):
            text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        return list(_shape(root, _docx_words()))

    return _container_shape(data, of_member)


def _docx_texts(data: bytes, _: Sequence[str]) -> list[str]:
    """Return the title and the paragraphs of a document, part by part."""
    read: list[str] = []
    for info, content in _members(data):
        if _PROPERTIES.fullmatch(info.filename):
            read += _read(_xml_root(content), _only("title"))
        if _WORD_PARTS.fullmatch(info.filename):
            for paragraph in _xml_root(content).iter(f"{_WORD}p"):
                read.append("".join(_runs(paragraph)))
    return read


def _runs(element: XMLElement) -> Iterator[str]:
    """Yield the text of a paragraph without that of the paragraphs in its text boxes."""
    for child in element:
        name = _local(child.tag) if str(child.tag).startswith(_WORD) else ""
        if name == "t":
            yield child.text or ""
        elif name in _SPACES:
            yield _SPACES[name]
        elif child.tag != f"{_WORD}p":
            yield from _runs(child)


def _book_kind(name: str) -> str:
    return posixpath.splitext(name)[1].lower().removeprefix(".")


def _only(*names: str) -> _Vocabulary:
    """Return the vocabulary in which the text of some elements alone is text."""
    return _Vocabulary(
        text=lambda element: _local(element.tag) in names,
        attributes=lambda _: frozenset(),
        block=lambda element: _local(element.tag) in names,
    )


def _book_tree(name: str, content: bytes) -> tuple[XMLElement, _Vocabulary] | None:
    match _book_kind(name):
        case "xhtml" | "html" | "htm":
            root = _xml_root(content)
            return root, _Pages(root).words()
        case "opf":
            root = _xml_root(content)
            return root, _only("title")
        case "ncx":
            root = _xml_root(content)
            return root, _only("text")
    return None


def _epub_shape(data: bytes, _: Sequence[str]) -> list[Part]:
    def of_member(name: str, content: bytes) -> list[Part] | None:
        tree = _book_tree(name, content)
        return None if tree is None else list(_shape(*tree))

    return _container_shape(data, of_member)


def _epub_texts(data: bytes, _: Sequence[str]) -> list[str]:
    read: list[str] = []
    for info, content in _members(data):
        tree = _book_tree(info.filename, content)
        if tree is not None:
            read += _read(*tree)
    return read


# ---- data

_STEP = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|[^."])+""")


def fields_with_words(kind: str, data: bytes) -> Iterator[str]:
    """Yield the fields of JSON, JSONL, CSV or TSV in which words stand, for `fields` above.

    Raises:
        UnreadableError: if the library cannot read the file.
    """
    yield from dict.fromkeys(path for path, text in _ask(_fields, data, (kind,)) if _says(text))


def _says(text: str) -> bool:
    return any(map(str.isalpha, text))


def _fields(data: bytes, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return the paths of all strings with what stands there."""
    found: list[tuple[str, str]] = []
    if kinds[0] in {"csv", "tsv"}:
        rows = _table(data, "," if kinds[0] == "csv" else "\t")
        for row in rows[1:]:
            found += [(name, cell) for cell, name in _named(row, rows[0]) if name]
    elif kinds[0] in {"json", "jsonl", "ndjson"}:
        for value in _json_values(data, lines=kinds[0] != "json"):
            for path, below, _ in _json_walk(value, ()):
                if isinstance(below, str) and path:
                    found.append((path, below))
    return found


def _is_asked(path: str, fields: Sequence[str]) -> bool:
    """Return whether a path is among the fields; `*` stands for one key.

    >>> _is_asked("pages[].title", ["*.title"])
    True
    >>> _is_asked("pages[].title", ["title"])
    False
    >>> _is_asked('"a.b".c', ['"a.b".c']), _is_asked('"a.b".c', ["a.b.c"])
    (True, False)
    """
    given = _STEP.findall(path)
    for field in fields:
        wanted = _STEP.findall(field)
        if len(wanted) == len(given) and all(map(_is_step, given, wanted)):
            return True
    return False


def _is_step(given: str, wanted: str) -> bool:
    return wanted in {given, "*"}


def _step(key: str) -> str:
    """Return a key as it stands in a path: in quotation marks if it could be read otherwise.

    >>> _step("title"), _step("a.b")
    ('title', '"a.b"')
    """
    if key and not re.search(r'[.\[\]"]', key) and key not in {"*", "**"}:
        return key
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Pairs(list[tuple[str, object]]):
    """An object of JSON, in which a key may stand twice."""


def _json_walk(
    value: object, fields: Sequence[str], path: str = ""
) -> Iterator[tuple[str, object, bool]]:
    """Yield each value with its path, and whether it is text."""
    if isinstance(value, _Pairs):
        yield path, dict, False
        for key, below in value:
            yield from _json_walk(below, fields, f"{path}.{_step(key)}" if path else _step(key))
    elif isinstance(value, list):
        yield path, list, False
        for below in value:
            yield from _json_walk(below, fields, f"{path}[]")
    else:
        asked = _is_asked(path, fields) or _is_asked(path.removesuffix("[]"), fields)
        yield path, value, isinstance(value, str) and asked


def _json_values(data: bytes, *, lines: bool) -> Iterator[object]:
    text = _decoded(data)
    for part in text.split("\n") if lines else [text]:
        if part.strip():
            yield json.loads(part, object_pairs_hook=_Pairs, parse_float=str, parse_int=str)


def _json_oracle(*, lines: bool) -> Oracle:
    def shape(data: bytes, fields: Sequence[str]) -> list[Part]:
        found: list[Part] = []
        for row in _json_values(data, lines=lines):
            for path, value, is_text in _json_walk(row, fields):
                found.append((path, "text" if is_text else value))
        return found

    def read(data: bytes, fields: Sequence[str]) -> list[str]:
        found: list[str] = []
        for row in _json_values(data, lines=lines):
            for _, value, is_text in _json_walk(row, fields):
                if is_text:
                    found.append(str(value))
        return found

    return Oracle(shape, read)


def _table(data: bytes, delimiter: str) -> list[list[str]]:
    usual = csv.field_size_limit(max(len(data) + 1, csv.field_size_limit()))
    try:
        return list(csv.reader(io.StringIO(_decoded(data), newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(usual)


def _table_oracle(delimiter: str) -> Oracle:
    def shape(data: bytes, fields: Sequence[str]) -> list[Part]:
        table = _table(data, delimiter)
        found: list[Part] = [tuple(row) for row in table[:1]]
        for row in table[1:]:
            found.append(
                tuple("text" if name in fields else cell for cell, name in _named(row, table[0]))
            )
        return found

    def read(data: bytes, fields: Sequence[str]) -> list[str]:
        table = _table(data, delimiter)
        found: list[str] = []
        for row in table[1:]:
            found += [cell for cell, name in _named(row, table[0]) if name in fields]
        return found

    return Oracle(shape, read)


def _named(row: Sequence[str], header: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the cells of a row with their names; what is too much has none."""
    names = [*header, *[None] * len(row)]
    return list(zip(row, names, strict=False))


_XHTML = _page_oracle(_xml_root)
_HTML = _page_oracle(_html_root)
_SSA = Oracle(_ass_shape, _ass_texts)
_JSON_LINES = _json_oracle(lines=True)
_MESSAGES = Oracle(_message_shape, _message_texts)

ORACLES = {
    "ass": _SSA,
    "csv": _table_oracle(","),
    "docx": Oracle(_docx_shape, _docx_texts),
    "epub": Oracle(_epub_shape, _epub_texts),
    "htm": _HTML,
    "html": _HTML,
    "json": _json_oracle(lines=False),
    "jsonl": _JSON_LINES,
    "ndjson": _JSON_LINES,
    "po": Oracle(_po_shape, _po_texts),
    "srt": Oracle(_srt_shape, _srt_texts),
    "ssa": _SSA,
    "tmx": _MESSAGES,
    "tsv": _table_oracle("\t"),
    "vtt": Oracle(_vtt_shape, _vtt_texts),
    "xhtml": _XHTML,
    "xlf": _MESSAGES,
    "xliff": _MESSAGES,
}
