"""Inline codes of XLIFF and TMX: what stands in a translation for the tags of its document.

A code that begins or ends something (bold type, a link) is invisible to rules, so a name is found
through it. A code that stands for something is an object in the text. What is written in a code is
that of another program and no text.

https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html#Struct_InLine
https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html#inlinecodes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.formats._messages import Message, is_english_tag, marks_in
from cleaner.formats._xml import End, Event, Start, Text, attributes, spell_cdata
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.language import is_english
from cleaner.text.passage import OBJECT
from cleaner.text.sourcemap import Spell

_MOST_BEGINNING = 20_000  # bytes
_AROUND = frozenset({"g", "pc", "mrk", "hi"})  # their content is text
_OBJECTS = frozenset({"x", "ph", "cp", "ut"})
_LINE_BREAKS = frozenset({"lb", "xlf:lb", "x-br", "x-html-br"})


class Translation(NamedTuple):
    """A message in a file.

    Attributes:
        language: the language that it declares, "" if it declares none.
        label: says which message it is, for people.
        message: its text.
    """

    language: str
    label: str
    message: Message


def add_english(builder: Builder, translations: Sequence[Translation]) -> bool:
    """Add those messages to a document that are in English, or else say why there are none.

    Those that declare no language are English if all of them together are.

    Returns:
        whether there are some in English.
    """
    silent = "\n".join(each.message.text for each in translations if not each.language)
    is_silent_english = is_english(silent) is not False
    others: list[str] = []
    for language, label, message in translations:
        if is_english_tag(language) if language else is_silent_english:
            passage = builder.open("message", label=label)
            message.write(passage, marks_in(message.text))
        else:
            others.append(language)
    has_english = len(others) < len(translations)
    if others and not has_english:
        language = next(filter(None, others), "")
        if language:
            builder.leave_out(f"its language is “{language}”")
        else:
            builder.leave_out("it declares no language, and its translations are not English")
    return has_english


def beginning(data: bytes) -> str:
    """Return the beginning of a file, in which it says what language it is in."""
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:_MOST_BEGINNING].decode("utf-16" if is_utf16 else "latin-1", "ignore")


def content(events: Iterator[Event], source: str, spell: Spell) -> Message:
    """Return the message in an element; its start tag was the last event.

    The events are taken up to the end tag of the element.
    """
    message = Message(source, spell)
    around = [_Code(0, "", is_hidden=False, is_locked=False)]
    for event in events:
        if isinstance(event, End):
            code = around.pop()
            if not around:
                break
            message.locked = around[-1].is_locked
            if code.shown:
                message.fixed(Span(code.start, event.span.end), code.shown)
        elif isinstance(event, Start):
            around.append(_code(source, event, around[-1]))
            message.locked = around[-1].is_locked
        elif isinstance(event, Text) and not around[-1].is_hidden:
            message.spell = spell_cdata if event.cdata else spell
            if event.verbatim:
                message.verbatim(event.span)
            else:
                message.spelled(event.span, event.text)
    return message


class _Code(NamedTuple):
    """An inline code that is open.

    Attributes:
        start: where it begins.
        shown: what a reader sees for it, "" if nothing.
        is_hidden: whether its content is no text.
        is_locked: whether its content must stay.
    """

    start: int
    shown: str
    is_hidden: bool
    is_locked: bool


def _code(source: str, tag: Start, around: _Code) -> _Code:
    values = values_of(source, tag)
    shown = _object(values) if tag.name in _OBJECTS and not around.is_hidden else ""
    return _Code(
        tag.span.start,
        shown,
        is_hidden=around.is_hidden or tag.name not in _AROUND,
        is_locked=around.is_locked or _is_protected(values),
    )


def values_of(source: str, tag: Start) -> Mapping[str, str]:
    """Return the values of the attributes of a tag by their names, with prefixes."""
    return {attribute.name: attribute.value for attribute in attributes(source, tag.span)}


def _object(values: Mapping[str, str]) -> str:
    """Return what a reader sees for a code."""
    kinds = {values.get(name) for name in ("ctype", "subType", "type")}
    return "\n" if kinds & _LINE_BREAKS else OBJECT


def _is_protected(values: Mapping[str, str]) -> bool:
    return values.get("translate") == "no" or values.get("mtype") == "protected"
