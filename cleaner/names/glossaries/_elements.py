"""XML as a tree of elements, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.errors import Place
from cleaner.formats._xml import End, Start, Text, attributes, events
from cleaner.names.glossaries._source import Source
from cleaner.text.edits import Lines


@dataclass
class Element:
    """An element.

    Attributes:
        name: its name without a prefix.
        place: where its start tag is.
        attributes: their values, by names as they are written (`xml:lang`).
        text: the text in it, that of elements inside it included, without white space at the ends.
        children: the elements directly inside it.
    """

    name: str
    place: Place
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements inside it that have one of these names, in order, however deep."""
        waiting = self.children[::-1]
        while waiting:
            element = waiting.pop()
            if element.name in names:
                yield element
            waiting += element.children[::-1]


def parse(source: Source) -> Element:
    """Return the root element of an XML file.

    Raises:
        MalformedError: it is not well-formed, declares entities, or is nested too deeply.
    """
    text = source.text
    lines = Lines(text)
    root = Element("", source.place(1), {})
    opened = [root]
    texts: list[list[str]] = [[]]
    for event in events(text):
        if isinstance(event, Start):
            values = {one.name: one.value for one in attributes(text, event.span)}
            place = Place(source.file, *lines.place(event.span.start))
            element = Element(event.name, place, values)
            opened[-1].children.append(element)
            opened.append(element)
            texts.append([])
        elif isinstance(event, Text):
            texts[-1].append(event.text)
        elif isinstance(event, End):
            inside = "".join(texts.pop())
            opened.pop().text = inside.strip()
            texts[-1].append(inside)
    return root.children[0]
