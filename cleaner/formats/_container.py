"""The source of a container: those members of a zip archive that hold text, one after the other.

Before each text stands the name of its member between two `MEMBER` characters. The name may be
another one than that in the archive, where that reads better in a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleaner.errors import UnreadableError
from cleaner.formats import MalformedError, _xml, _zip
from cleaner.text.edits import Lines, Span
from cleaner.text.members import MEMBER

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a file of older programs, or an encrypted one
_ZIP = b"PK"


class Member(NamedTuple):
    """A member in the source: its name, and the span of its text."""

    name: str
    span: Span


def opened(data: bytes, encrypted: str = "") -> _zip.Archive:
    """Return a container as an archive.

    Args:
        data: its bytes.
        encrypted: what to say about a file that older programs of an office make, and all of them
            with a password.

    Raises:
        MalformedError: it is no archive, or must not be opened.
    """
    if encrypted and data.startswith(_OLE):
        raise MalformedError(encrypted)
    try:
        return _zip.read(data)
    except UnreadableError as error:
        if not data.startswith(_ZIP):
            what = "this is not a zip file, as .docx and .epub are; correct the ending of its name"
            raise MalformedError(what) from None
        raise MalformedError(str(error)) from None


def content(archive: _zip.Archive, member: str) -> bytes:
    """Return the bytes of a member.

    Raises:
        MalformedError: they cannot be read.
    """
    try:
        return archive.read(member)
    except UnreadableError as error:
        raise MalformedError(str(error)) from None


def source_of(archive: _zip.Archive, members: Mapping[str, str]) -> str:
    """Return the source of a container whose texts are in members in XML.

    Args:
        archive: the container.
        members: the names of the members in the archive, by their names in the source.

    Raises:
        MalformedError: a member cannot be read.
    """
    parts: list[str] = []
    for name, member in members.items():
        parts += (MEMBER, name, MEMBER, _xml.unpacked(content(archive, member), member))
    return "".join(parts)


def with_source(archive: _zip.Archive, members: Mapping[str, str], source: str) -> bytes:
    """Return the bytes of a container with a changed source; the arguments are as in `source_of`.

    Raises:
        MalformedError: a change cannot be written.
    """
    changed: dict[str, bytes] = {}
    for name, span in members_of(source):
        member = members[name]
        before = content(archive, member)
        after = _xml.packed(span.of(source), before, member)
        if after != before:
            changed[member] = after
    try:
        return archive.replaced(changed)
    except UnreadableError as error:
        raise MalformedError(str(error)) from None


def members_of(source: str) -> Iterator[Member]:
    r"""Yield the members of a source, in order.

    >>> [(name, span.of("\0a\0<a/>\0b\0<b/>")) for name, span in members_of("\0a\0<a/>\0b\0<b/>")]
    [('a', '<a/>'), ('b', '<b/>')]
    """
    begin = source.find(MEMBER)
    while begin >= 0:
        name = source.index(MEMBER, begin + 1)
        end = source.find(MEMBER, name + 1)
        yield Member(source[begin + 1 : name], Span(name + 1, end if end >= 0 else len(source)))
        begin = end


def events_of(source: str, member: Member) -> Iterator[_xml.Event]:
    """Yield the events of a member in XML.

    Raises:
        MalformedError: see `cleaner.formats._xml.events`. It says the line in the member.
    """
    try:
        yield from _xml.events(source, *member.span)
    except MalformedError as error:
        line = Lines(member.span.of(source)).place((error.at or 0) - member.span.start)
        name = member.name or "document"
        raise MalformedError(error.what, line=line, member=name) from None
