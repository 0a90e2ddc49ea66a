"""EPUB: a book as a zip archive of chapters in XHTML.

The package document (.opf) lists the members and their order. Text is in the chapters, in the
labels of the table of contents (.ncx, or a chapter with <nav>) and in the title of the book.
https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cleaner.formats import MalformedError
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span

if TYPE_CHECKING:
    from cleaner.formats._container import Member
    from cleaner.formats._zip import Archive

NAME = "epub"
SUFFIXES = (".epub",)

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTER = "application/xhtml+xml"
_CONTENTS = "application/x-dtbncx+xml"
# Fonts are obfuscated by these, so that nobody takes them out of the book. It hides no text.
_OBFUSCATIONS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_ROOT = re.compile(r"<(?:[\w.-]+:)?(package|ncx|html)[\s/>]")
_PARTS = re.compile(r"(\s+)|\S+(?: \S+)*+")
_LABELLED = frozenset({"navLabel", "docTitle"})  # their <text> is a label
_AGAIN = "save it again with the program that made it"


def unpack(data: bytes) -> str:
    """Return the members of a book that hold text: chapters as they are read, then the rest.

    Raises:
        MalformedError: it is no book, or its text is encrypted.
    """
    from cleaner.formats._container import opened, source_of

    archive = opened(data)
    members = _members(archive)
    encrypted = next((name for name in members if name in _encrypted(archive)), None)
    if encrypted:
        what = "it is encrypted against copying; use a book without such protection"
        raise MalformedError(what, member=encrypted)
    return source_of(archive, {name: name for name in members})


def pack(data: bytes, source: str) -> bytes:
    """Return the book with a changed source; all else in it stays as it is."""
    from cleaner.formats._container import members_of, opened, with_source

    return with_source(opened(data), {name: name for name, _ in members_of(source)}, source)


def read(source: str) -> Document:
    """Return a book as a document.

    Raises:
        MalformedError: a member is not well-formed.
    """
    from cleaner.formats._container import members_of
    from cleaner.formats.html import add_page, wellformed

    builder = Builder(source)
    for member in members_of(source):
        root = _ROOT.search(source, *member.span)
        if root and root.group(1) != "html":
            _add_labels(builder, member)
        else:
            wellformed.check(member.span.of(source), member=member.name)
            add_page(builder, member.span, is_xml=True)
        builder.member()
    return builder.document()


def _add_labels(builder: Builder, member: Member) -> None:
    """Add the title in a package document, or the labels in a table of contents."""
    from cleaner.formats import _xml
    from cleaner.formats._container import events_of

    spell = _xml.speller(builder.source, *member.span)
    around = [""]  # the names of the elements that are open
    passage = None
    for event in events_of(builder.source, member):
        if isinstance(event, _xml.Start):
            is_title = event.name.lower() == "title" and around[-1] == "metadata"
            if is_title or (event.name == "text" and around[-1] in _LABELLED):
                passage = builder.open("title", spell=spell)
            around.append(event.name)
        elif isinstance(event, _xml.End):
            passage = None
            around.pop()
        elif isinstance(event, _xml.Text) and passage and not event.cdata:
            if not event.verbatim and event.text.strip():
                passage.spelled(event.span, event.text)
                continue
            for part in _PARTS.finditer(builder.source, *event.span):
                add = passage.space if part.group(1) else passage.verbatim
                add(builder.source, Span(*part.span()))


def _members(archive: Archive) -> list[str]:
    """Return the names of the members that hold text, in the order in which they are read."""
    chapters: dict[str, None] = {}
    others: dict[str, None] = {}
    for package in _packages(archive):
        items = _items(archive, package)
        names = set(archive.names)
        spine = [
            values.get("idref", "") for tag, values in _tags(archive, package) if tag == "itemref"
        ]
        in_order = [items[one] for one in spine if one in items]
        for name, kind in (*in_order, *items.values()):
            if name in names and kind == _CHAPTER:
                chapters[name] = None
            elif name in names and kind == _CONTENTS:
                others[name] = None
        others[package] = None
    return [*chapters, *others]


def _packages(archive: Archive) -> list[str]:
    """Return the names of the package documents."""
    if _CONTAINER not in archive.names:
        raise MalformedError(f"this is no EPUB, because {_CONTAINER} is missing; {_AGAIN}")
    found: list[str] = []
    for tag, values in _tags(archive, _CONTAINER):
        if tag == "rootfile" and values.get("full-path", "") in archive.names:
            found.append(values["full-path"])
    if not found:
        what = f"its package document, which {_CONTAINER} should name, is missing"
        raise MalformedError(f"{what}; {_AGAIN}")
    return found


def _items(archive: Archive, package: str) -> Mapping[str, tuple[str, str]]:
    """Return the name and the kind of each member that a package document lists, by its id."""
    folder = posixpath.dirname(package)
    items: dict[str, tuple[str, str]] = {}
    for tag, values in _tags(archive, package):
        if tag == "item" and {"id", "href"} <= values.keys():
            path = unquote(values["href"].partition("#")[0])
            name = posixpath.normpath(posixpath.join(folder, path))
            items[values["id"]] = name, values.get("media-type", "")
    return items


def _encrypted(archive: Archive) -> set[str]:
    """Return the names of the members that are encrypted."""
    found: set[str] = set()
    algorithm = ""
    for tag, values in _tags(archive, _ENCRYPTION) if _ENCRYPTION in archive.names else ():
        if tag == "EncryptedData":
            algorithm = ""
        elif tag == "EncryptionMethod":
            algorithm = algorithm or values.get("Algorithm", "")
        elif tag == "CipherReference" and algorithm not in _OBFUSCATIONS:
            found.add(unquote(values.get("URI", "")))
    return found


def _tags(archive: Archive, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the name of each element of a member in XML, with its attributes."""
    from cleaner.formats import _xml
    from cleaner.formats._container import Member, content, events_of

    source = _xml.unpacked(content(archive, name), name)
    for event in events_of(source, Member(name, Span(0, len(source)))):
        if isinstance(event, _xml.Start):
            attributes = _xml.attributes(source, event.span)
            yield event.name, {one.local: one.value for one in attributes}
