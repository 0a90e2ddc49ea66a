"""Subtitle Edit's OCRFixReplaceList.xml: what to write instead of misread words.

Most of it is about ordinary words. Only replacements that may be names are read, and only of whole
words, phrases and lines; parts of words are letters that look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from cleaner.names.glossaries._elements import parse
from cleaner.names.glossaries._entries import Entry, Notes, checked_entry, has_latin_letter
from cleaner.names.glossaries._holding import Holds
from cleaner.names.glossaries._source import Source
from cleaner.names.name import Name
from cleaner.text.words import is_familiar

TITLE = "Subtitle Edit's list of OCR fixes"

_ROOT = "OCRFixReplaceList"
_WHOLE = ("Word", "LinePart", "Line", "Beginning", "Ending")
_PARTS = ("WordPart", "RegEx")


def _may_be_name(text: str) -> bool:
    """Return whether all its words have capital letters, and are several or no familiar one.

    >>> [*map(_may_be_name, ["Ma Yun", "Marwin", "What is", "Wolf", "two"])]
    [True, True, False, False, False]
    """
    words = text.split()
    if not all(word[:1].isupper() for word in words):
        return False
    return len(words) > 1 or any(not is_familiar(word) for word in words)


HOLDS = Holds(frozenset({"variants"}), "variants", canonical=_may_be_name, text=has_latin_letter)


def recognises(source: Source) -> int:
    """Return 3 if the root element is that of such a list."""
    return 3 if not source.is_workbook and source.root == _ROOT else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names, each with the form that it replaces."""
    root = parse(source)
    for element in root.all(*_PARTS):
        notes.add("parts of words and patterns", f"line {element.place.line}")
    for element in root.all(*_WHOLE):
        wrong = element.attributes.get("from", "").strip()
        right = element.attributes.get("to", "").strip()
        if not _may_be_name(right):
            notes.add("ordinary words", f"line {element.place.line}, “{right[:40]}”")
        else:
            variants = [wrong] if has_latin_letter(wrong) else []
            yield checked_entry(element.place, {"canonical": right, "variants": variants})


def write(names: Sequence[Name]) -> str:
    """Return the variants, each with its canonical form. Names without variants are left out."""
    words: list[str] = []
    phrases: list[str] = []
    for name in names:
        for form in name.variants:
            values = f"from={quoteattr(form)} to={quoteattr(name.canonical)}"
            if " " in form:
                phrases.append(f"    <LinePart {values} />\n")
            else:
                words.append(f"    <Word {values} />\n")
    return (
        f"<{_ROOT}>\n  <WholeWords>\n{''.join(words)}  </WholeWords>\n"
        f"  <PartialLines>\n{''.join(phrases)}  </PartialLines>\n</{_ROOT}>\n"
    )
