"""Translation memories in TMX.

Text are the segments in English, unless English is the language that was translated.

https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.formats import InFolders, _xml
from cleaner.formats._inline import Translation, add_english, beginning, content, values_of
from cleaner.formats._messages import is_english_tag, label
from cleaner.formats._xml import End, Event, Start
from cleaner.text.builder import Builder
from cleaner.text.document import Document

NAME = "tmx"
SUFFIXES = (".tmx",)
IN_FOLDERS: InFolders = "english"

_SOURCE_LANGUAGE = re.compile(r"""\ssrclang\s*=\s*["']([^"']*)["']""")
_LANGUAGE = re.compile(r"""<tuv\b[^>]*\s(?:xml:)?lang\s*=\s*["']([^"']*)["']""")

declared_encoding = _xml.declared_encoding


def read(source: str) -> Document:
    """Return the English translations in TMX as a document.

    >>> korean = "<tuv xml:lang='ko'><seg>마윈</seg></tuv>"
    >>> unit = f"<tu tuid='1'>{korean}<tuv xml:lang='en'><seg>Marwin</seg></tuv></tu>"
    >>> read(f"<tmx><header srclang='ko'/><body>{unit}</body></tmx>").text
    'Marwin'
    """
    builder = Builder(source)
    translations: list[Translation] = []
    originals: set[str] = set()  # their languages
    for language, segments in _units(source):
        languages = _original_languages(language, segments)
        originals |= languages
        translations += [one for one in segments if one.language not in languages]
    has_english = add_english(builder, translations)
    original = next(filter(is_english_tag, sorted(originals)), "")
    if original and not has_english:
        builder.leave_out(f"its srclang is “{original}”, so its English text is no translation")
    return builder.document()


def declares_english(data: bytes) -> bool:
    """Return whether a file says that something in it was translated into English.

    Only the beginning of the file is looked at.

    >>> declares_english(b"<tmx><header srclang='ko'/><tuv xml:lang='ko'/><tuv xml:lang='en'/>")
    True
    """
    text = beginning(data)
    found = _SOURCE_LANGUAGE.search(text)
    original = found.group(1).lower() if found else ""
    languages = {language.lower() for language in _LANGUAGE.findall(text)}
    return any(is_english_tag(language) for language in languages - {original})


def _original_languages(declared: str, segments: Sequence[Translation]) -> set[str]:
    """Return the languages of those segments of a unit that were translated, not translations.

    Args:
        declared: the srclang of the unit; a segment in en-US is the original for "en" too, unless
            there is one in en itself.
        segments: the segments of the unit.
    """
    declared = declared.lower()
    languages = {segment.language for segment in segments}
    exact = {language for language in languages if language.lower() == declared}
    if exact:
        return exact
    primary = declared.partition("-")[0]
    return {language for language in languages if language.lower().partition("-")[0] == primary}


def _units(source: str) -> Iterator[tuple[str, Sequence[Translation]]]:
    """Yield the srclang of each unit of translation and its segments, in order."""
    spell = _xml.speller(source)
    of_file = of_unit = name = language = ""
    segments: list[Translation] = []
    events: Iterator[Event] = _xml.events(source)
    for event in events:
        if isinstance(event, Start):
            values = values_of(source, event)
            if event.name == "header":
                of_file = values.get("srclang", "")
            elif event.name == "tu":
                of_unit = values.get("srclang", of_file)
                name = label("unit", values.get("tuid", ""))
                segments = []
            elif event.name == "tuv":
                language = values.get("xml:lang", values.get("lang", ""))
            elif event.name == "seg":
                segments.append(Translation(language, name, content(events, source, spell)))
        elif isinstance(event, End) and event.name == "tu":
            yield of_unit, segments
