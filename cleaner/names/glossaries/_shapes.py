"""The shapes that lists have in JSON, each turned into a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.errors import Place, RuleError, UsageError
from cleaner.names.glossaries import _json
from cleaner.names.glossaries._columns import FORMS, Row, Table, is_header
from cleaner.names.glossaries._json import Item
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries._tables import table_of, without_english
from cleaner.names.glossaries._words import role_of
from cleaner.text.counting import count
from cleaner.text.edits import Lines

_MOST_KEYS = 40  # of all objects of a list together


def objects(source: Source) -> Sequence[Mapping[str, Any]]:
    """Return the objects of a list of objects; empty if the JSON is no such list."""
    value = source.json
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    return ()


def keys_of(source: Source) -> set[str]:
    """Return the keys that all objects of a list have; empty if the JSON is no such list."""
    found = [set(item) for item in objects(source)]
    return set.intersection(*found) if found else set()


def table(source: Source) -> Table:
    """Return a list in JSON as a table.

    Raises:
        RuleError: an item has another shape than the others.
        UsageError: it has no known shape.
    """
    value, at = source.json, None
    if isinstance(value, dict):
        inside = _list_inside(value)
        if inside:
            at, value = _json.value_of(source.text, inside), value[inside]
    lines = Lines(source.text)
    items = [
        (Place(source.file, *lines.place(item.at)), item) for item in _json.items(source.text, at)
    ]
    if isinstance(value, dict):
        return _of_mapping(items, source)
    return _of_list(items, source)


def _list_inside(value: Mapping[str, Any]) -> str:
    """Return the key of the list in an object whose other values are plain; "" if there is none.

    The list may also be an object, unless its keys are what a name has.
    """
    inside = [key for key, item in value.items() if isinstance(item, (list, dict)) and item]
    if len(inside) != 1:
        return ""
    is_one_name = isinstance(value[inside[0]], dict) and any(map(role_of, value[inside[0]]))
    return "" if is_one_name else inside[0]


def _of_mapping(items: Sequence[tuple[Place, Item]], source: Source) -> Table:
    values = [item.value for _, item in items]
    if is_header([item.key for _, item in items]):  # one name
        keys = [item.key for _, item in items]
        place = source.place(1)
        return Table(keys, [Row(place, _cells(place, source.json, keys))], place)
    if all(isinstance(value, (str, type(None))) for value in values):
        rows = [Row(place, [item.key, item.value or ""]) for place, item in items]
        return Table((), rows, source.place(1))
    if all(isinstance(value, dict) for value in values):
        keys = ["source", *_keys(values)]
        rows = [Row(place, _cells(place, {"source": i.key, **i.value}, keys)) for place, i in items]
        return Table(keys, rows, source.place(1))
    raise source.unknown(f"an object with the keys {_listed(item.key for _, item in items)}")


def _of_list(items: Sequence[tuple[Place, Item]], source: Source) -> Table:
    types = [type(item.value) for _, item in items]
    usual = max((dict, list, str), key=types.count)
    for place, item in items:
        if not isinstance(item.value, usual):
            names = {dict: "objects", list: "lists", str: "texts"}
            what = f"an item of this list is {_shape(item.value)}, others are {names[usual]}"
            raise RuleError(place, what, "give all items one shape")
    if usual is str:
        rows = [Row(place, [item.value]) for place, item in items]
        return Table(["canonical"], rows, source.place(1))
    if usual is list:
        rows = [Row(place, [_cell(place, "", cell) for cell in i.value]) for place, i in items]
        return table_of(rows, source)
    keys = _keys(item.value for _, item in items)
    rows = [Row(place, _cells(place, item.value, keys)) for place, item in items]
    return Table(keys, rows, source.place(1))


def _keys(values: Iterable[Mapping[str, Any]]) -> list[str]:
    keys: dict[str, None] = {}
    for value in values:
        keys.update(dict.fromkeys(value))
    return list(keys)[:_MOST_KEYS]


def _cells(place: Place, value: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    return [_cell(place, key, value.get(key)) for key in keys]


def _cell(place: Place, key: str, value: Any) -> str:
    """Return a value as a cell, in which `|` separates the texts of a list.

    Raises:
        RuleError: it can be no form of a name, and its key says that it is one.
    """
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if isinstance(value, str) or value is None:
        return value or ""
    if role_of(key) in FORMS:
        raise RuleError(place, f"`{key}` is {_shape(value)}", "write a text")
    return ""


def described(source: Source) -> str:
    """Say what a list in JSON looks like, for somebody whose list has no known shape."""
    return _described(source) + without_english(table(source))


def _described(source: Source) -> str:
    found = objects(source)
    if found:
        return f"a list of {count(len(found), 'object')} with the keys {_listed(_keys(found))}"
    value = source.json
    if isinstance(value, dict):
        return f"an object with the keys {_listed(value)}" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {count(len(value), 'item')}" if value else "an empty list"
    return f"JSON with {_shape(value)}"


def unknown(source: Source) -> UsageError:
    """Return the error that a list in JSON has no known shape."""
    return source.unknown(described(source))


def _listed(keys: Iterable[str]) -> str:
    names = list(keys)
    more = ", …" if len(names) > 10 else ""
    return ", ".join(name[:40] for name in names[:10]) + more


def _shape(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "true or false",
        float: "a number",
    }
    return names.get(type(value), "null")
