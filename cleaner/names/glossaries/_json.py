"""JSON with places: the standard library parses it, and says of no value where it stands.

So values are decoded one by one, which keeps where each begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from cleaner.errors import Place, RuleError
from cleaner.text.edits import Lines

_SPACE = re.compile(r"[ \t\r\n]*")
# Nobody counts with numbers, and a whole number of very many digits would be an error.
_decode = json.JSONDecoder(parse_int=float).raw_decode


class Item(NamedTuple):
    """An element of an array, or a member of an object.

    Attributes:
        at: where it begins in the text, in code points.
        key: the name of the member; "" for an element.
        value: what it holds.
    """

    at: int
    key: str
    value: Any


def parse(text: str, file: str) -> Any:
    """Return the value of a JSON text; a list if it has several values (JSON Lines).

    Raises:
        RuleError: it is not JSON.
    """
    values: list[Any] = []
    at = _skip(text, 0)
    try:
        while at < len(text):
            value, end = _decode(text, at)
            values.append(value)
            at = _skip(text, end)
    except json.JSONDecodeError as error:
        why = error.msg[:1].lower() + error.msg[1:]
        place = Place(file, *Lines(text).place(error.pos))
        raise RuleError(place, f"this is not JSON ({why})", "mend it there") from None
    except RecursionError:
        what = "arrays or objects are too deep in one another"
        raise RuleError(Place(file, 1, 1), what, "make it flatter") from None
    return values[0] if len(values) == 1 else values


def items(text: str, at: int | None = None) -> Iterator[Item]:
    """Yield the elements or members of a value in a text that is JSON.

    Args:
        text: the text, which `parse` has accepted.
        at: where the value begins; by default it is the whole text. If that has several values
            (JSON Lines), these are the elements.

    >>> list(items('{"a": "b"}'))
    [Item(at=1, key='a', value='b')]
    """
    if at is None:
        at = _skip(text, 0)
        _, end = _decode(text, at)
        if _skip(text, end) < len(text):
            yield from _values(text, at)
            return
    opening = text[at]
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        start, key = at, ""
        if opening == "{":
            key, end = _decode(text, at)
            at = _skip(text, _skip(text, end) + 1)  # behind the colon
        value, end = _decode(text, at)
        yield Item(start, key, value)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def value_of(text: str, key: str) -> int:
    """Return where the value of a member of the object that is the whole text begins."""
    at = _skip(text, _skip(text, 0) + 1)
    while True:
        name, end = _decode(text, at)
        at = _skip(text, _skip(text, end) + 1)
        if name == key:
            return at
        _, end = _decode(text, at)
        at = _skip(text, _skip(text, end) + 1)  # behind the comma


def _values(text: str, at: int) -> Iterator[Item]:
    while at < len(text):
        value, end = _decode(text, at)
        yield Item(at, "", value)
        at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
