"""Translations in XLIFF 1.2 and 2.

Text are the targets in English. Sources, notes, proposals of other translations and what must not
be translated are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleaner.formats import InFolders, _xml
from cleaner.formats._inline import Translation, add_english, beginning, content, values_of
from cleaner.formats._messages import is_english_tag, label
from cleaner.formats._xml import End, Event, Start
from cleaner.text.builder import Builder
from cleaner.text.document import Document

NAME = "xliff"
SUFFIXES = (".xlf", ".xliff")
IN_FOLDERS: InFolders = "english"

_UNITS = frozenset({"trans-unit", "unit"})  # in 1.2 and in 2
_PARENTS = frozenset({"trans-unit", "segment"})  # of targets that are text, in 1.2 and in 2
_LANGUAGE = re.compile(r"""\s(?:target-language|trgLang)\s*=\s*["']([^"']*)["']""")

declared_encoding = _xml.declared_encoding


def read(source: str) -> Document:
    """Return the English targets in XLIFF as a document.

    >>> unit = "<unit id='a'><segment><source>마윈</source><target>Marwin</target></segment></unit>"
    >>> document = read(f"<xliff trgLang='en'><file>{unit}</file></xliff>")
    >>> document.text, document.location(0).label
    ('Marwin', 'unit “a”')
    """
    builder = Builder(source)
    add_english(builder, list(_targets(source)))
    return builder.document()


def declares_english(data: bytes) -> bool:
    """Return whether a file says that its targets are in English.

    >>> declares_english(b"<xliff version='2.0' srcLang='ko' trgLang='en-GB'>")
    True
    """
    found = _LANGUAGE.search(beginning(data))
    return bool(found and is_english_tag(found.group(1)))


class _Element(NamedTuple):
    """An open element around a target, and what it inherits from those around it."""

    name: str
    language: str
    label: str
    is_translated: bool

    def child(self, name: str, values: Mapping[str, str]) -> _Element:
        """Return an element in this one."""
        language = values.get("target-language") or values.get("trgLang") or self.language
        if name == "target":
            language = values.get("xml:lang") or language
        return _Element(
            name,
            language,
            label("unit", values.get("id", "")) if name in _UNITS else self.label,
            values.get("translate", "yes" if self.is_translated else "no") != "no",
        )


def _targets(source: str) -> Iterator[Translation]:
    """Yield the targets of a file that were translated, in order."""
    spell = _xml.speller(source)
    events: Iterator[Event] = _xml.events(source)
    around = [_Element("", "", "", is_translated=True)]
    for event in events:
        if isinstance(event, Start):
            parent = around[-1]
            element = parent.child(event.name, values_of(source, event))
            if event.name == "target" and parent.name in _PARENTS and element.is_translated:
                message = content(events, source, spell)
                yield Translation(element.language, element.label, message)
            else:
                around.append(element)
        elif isinstance(event, End):
            around.pop()
