"""The package of a document: which members of the archive are its parts."""

from __future__ import annotations

import re

from cleaner.formats import MalformedError
from cleaner.formats._container import events_of, members_of, opened, source_of, with_source
from cleaner.formats._xml import Start, value_of
from cleaner.formats._zip import Archive

# The names in the source of these parts. The others have those that they have in the archive.
NAME_OF_BODY = ""
NAME_OF_STYLES = "styles"
NAME_OF_PROPERTIES = "properties"

_ENCRYPTED = "it is encrypted, or an old .doc; save it as .docx without a password"
_CONTENT_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_BODY = frozenset(
    {
        f"{_WORD}document.main+xml",
        f"{_WORD}template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }
)
# The parts that are read, in this order; after them the styles, which hold no text.
_NOTES = ("footnotes", "endnotes", "header", "footer")
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"


def unpack(data: bytes) -> str:
    """See `cleaner.formats.docx.unpack`."""
    archive = opened(data, _ENCRYPTED)
    return source_of(archive, _parts(archive))


def pack(data: bytes, source: str) -> bytes:
    """See `cleaner.formats.docx.pack`."""
    archive = opened(data, _ENCRYPTED)
    return with_source(archive, _parts(archive), source)


def _parts(archive: Archive) -> dict[str, str]:
    """Return the names in the archive of the parts that are read, by their names in the source."""
    types = _types(archive)
    bodies = [name for name, kind in types.items() if kind in _BODY]
    if len(bodies) != 1:
        what = "no part" if not bodies else "more than one part"
        raise MalformedError(f"{what} of it is the body of a Word document; save it as .docx")
    folder = bodies[0].rpartition("/")[0]
    parts = {NAME_OF_BODY: bodies[0]}
    for wanted in _NOTES:
        found = [name for name, kind in types.items() if kind == f"{_WORD}{wanted}+xml"]
        for name in sorted(found, key=_natural):
            if name.rpartition("/")[0] == folder:  # not a part of the glossary document
                parts[name[len(folder) :].strip("/").removesuffix(".xml")] = name
    for name, kind in types.items():
        if kind == _PROPERTIES:
            parts[NAME_OF_PROPERTIES] = name
        elif kind == f"{_WORD}styles+xml" and name.rpartition("/")[0] == folder:
            parts[NAME_OF_STYLES] = name
    return parts


def _types(archive: Archive) -> dict[str, str]:
    """Return the content type of each member of the archive that has one."""
    if _CONTENT_TYPES not in archive.names:
        raise MalformedError(f"it is no DOCX, since it has no {_CONTENT_TYPES}; save it as .docx")
    source = source_of(archive, {_CONTENT_TYPES: _CONTENT_TYPES})
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for event in events_of(source, next(members_of(source))):
        if not isinstance(event, Start):
            continue
        kind = value_of(source, event.span, "ContentType") or ""
        ending = value_of(source, event.span, "Extension")
        name = value_of(source, event.span, "PartName")
        if ending is not None:
            by_ending[ending.casefold()] = kind
        if name is not None:
            by_name[name.removeprefix("/").casefold()] = kind
    types: dict[str, str] = {}
    for name in archive.names:
        folded = name.casefold()  # the case of letters in names of parts means nothing
        kind = by_name.get(folded, by_ending.get(folded.rpartition(".")[2], ""))
        if kind and name != _CONTENT_TYPES:
            types[name] = kind
    return types


def _natural(name: str) -> list[str | int]:
    """Return what sorts header10 behind header9."""
    parts = re.split(r"([0-9]+)", name)
    return [int(part) if part.isdecimal() else part for part in parts]
