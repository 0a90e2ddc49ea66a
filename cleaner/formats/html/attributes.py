"""Attributes that a reader reads, such as `alt` and `title`. Each becomes a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleaner.formats.html.elements import LEFT_OUT, TEXT_ATTRIBUTES
from cleaner.formats.html.references import Habits, reference_at
from cleaner.formats.html.text import PLAIN, SPACE
from cleaner.formats.html.tokens import Attribute
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.passage import OBJECT

_BARE_VALUE = re.compile(r"[^\t\n\f\r \"'=<>`]+")
_NAMELESS = frozenset(["link", "style", "meta"])  # their titles are names for programs


def readable_attributes(
    source: str, element: str, attributes: Mapping[str, Attribute]
) -> Iterator[Attribute]:
    """Yield the attributes of a tag that a reader reads.

    Args:
        source: the source of the page.
        element: the name of the element.
        attributes: all attributes of the tag, by name.
    """
    if element in LEFT_OUT:
        return
    is_description = element == "meta" and _name(source, attributes) == "description"
    for attribute in attributes.values():
        is_text = attribute.name in TEXT_ATTRIBUTES and element not in _NAMELESS
        if is_text or (attribute.name == "content" and is_description):
            yield attribute


def _name(source: str, attributes: Mapping[str, Attribute]) -> str:
    name = attributes["name"].value.of(source) if "name" in attributes else ""
    return name.strip().lower()


def add_attribute(
    builder: Builder, attribute: Attribute, language: str, habits: Habits, *, is_xml: bool
) -> None:
    """Add the text of an attribute to a document.

    Args:
        builder: makes the document.
        attribute: the attribute.
        language: the language of its element; "" if nothing is declared.
        habits: how characters are written in the source.
        is_xml: whether the page follows the rules of XML.
    """
    source, quote, (at, end) = builder.source, attribute.quote, attribute.value
    around = Span(at - len(quote), end + len(quote))
    builder.frame(around, str if quote else _quoted_if_needed)
    spell = habits.spell(quote or '"')
    passage = builder.open("attribute", spell=spell)
    passage.language = language
    while at < end:
        found = SPACE.match(source, at, end)
        if found:
            passage.space(source, Span(*found.span()))
            at = found.end()
            continue
        found = PLAIN.match(source, at, end)
        if found:
            passage.verbatim(source, Span(*found.span()))
            at = found.end()
            continue
        span, text = reference_at(source, at, end, in_value=True, is_xml=is_xml)
        if text is None:
            passage.fixed(span, OBJECT)
        else:
            passage.spell = habits.spell_as(span.of(source), quote or '"')
            passage.spelled(span, text)
            passage.spell = spell
        at = span.end


def _quoted_if_needed(value: str) -> str:
    """Return the value of an attribute without quotation marks as it has to be written.

    >>> _quoted_if_needed("Marwin"), _quoted_if_needed("Ma Yun")
    ('Marwin', '"Ma Yun"')
    """
    if _BARE_VALUE.fullmatch(value):
        return value
    return '"' + value.replace('"', "&quot;") + '"'
