"""Glossaries: files in which people list right names.

A glossary has one of three shapes:

- one name a line; a line that begins with `#` is a comment;
- a table with a header: `canonical`, and any of `kind`, `zh`, `ko` and `aliases`. Its cells are
  separated by tabs or by commas, the aliases in a cell by `|` or `;`;
- YAML, as in rules/gazetteer.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.errors import Place, RuleError
from cleaner.names.name import KINDS, MAX_LENGTH, Name
from cleaner.rules.reader import Node, read_yaml

Entry = tuple[Place, Name]

KEYS = ("canonical", "kind", "zh", "ko", "aliases")
_MAX_ALIASES_LENGTH = 5 * MAX_LENGTH  # code points of all aliases of a name together
_MAX_HEADER = 1000  # code points of the first line that are read as a header
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_ALIAS_SEPARATOR = re.compile(r"[|;]")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def parse_glossary(data: bytes, file: str) -> list[Name]:
    """Return the names in the bytes of a glossary.

    Args:
        data: the content of the file, in UTF-8.
        file: what errors call the file. Its suffix tells YAML from the other shapes.

    Raises:
        RuleError: a line is wrong; the error gives file, line and column.

    >>> table = b"canonical\\tko\\nMa Yun\\t\\nXu Lin\\t"
    >>> [name.canonical for name in parse_glossary(table, "names.tsv")]
    ['Ma Yun', 'Xu Lin']
    """
    if file.endswith((".yaml", ".yml")):
        return merge_names(_yaml_entries(read_yaml(data, file)))
    text = _decoded(data, file)
    first_line, _, rest = text.partition("\n")
    separator = "\t" if "\t" in first_line else ","
    header = [cell.strip().lower() for cell in _cells(first_line[:_MAX_HEADER], separator)]
    if "canonical" in header:
        return merge_names(_table_entries(rest, header, separator, file))
    return merge_names(_line_entries(text, file))


def merge_names(entries: Iterable[Entry]) -> list[Name]:
    """Merge entries with the same canonical form and kind, and keep what either of them knows.

    Entries of different kinds (a city and its football club) stay separate.

    Raises:
        RuleError: two entries of one name have different Hanzi or Hangul.
    """
    merged: dict[tuple[str, str], Name] = {}
    for place, name in entries:
        key = (name.canonical, name.kind)
        earlier = merged.get(key)
        merged[key] = name if earlier is None else _merged(place, earlier, name)
    return list(merged.values())


def _merged(place: Place, earlier: Name, later: Name) -> Name:
    return Name(
        earlier.canonical,
        earlier.kind,
        _agreed(place, earlier.canonical, "zh", earlier.hanzi, later.hanzi),
        _agreed(place, earlier.canonical, "ko", earlier.hangul, later.hangul),
        tuple(dict.fromkeys((*earlier.aliases, *later.aliases))),
    )


def _agreed(place: Place, canonical: str, key: str, earlier: str, later: str) -> str:
    """Return what two entries of a name have under a key, where one of them may have nothing."""
    if earlier and later and earlier != later:
        raise RuleError(
            place,
            f"“{canonical}” has {key} {earlier} in another entry and {later} here",
            "keep one, or give the two different kinds",
        )
    return earlier or later


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        raise RuleError(
            Place(file, line, column),
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8",
        ) from None


# One name a line


def _line_entries(text: str, file: str) -> Iterator[Entry]:
    # A vertical tab is an invisible character of a name, and must not end a line.
    lines = text.split("\n") if "\x0b" in text else text.splitlines()
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        place = Place(file, number, 1)
        if "\t" in name:
            raise RuleError(
                place,
                "a list of names has a tab",
                "begin a table with a header: canonical, kind, zh, ko, aliases, separated by tabs",
            )
        yield place, _checked_name(place, {"canonical": name})


# A table


def _table_entries(text: str, header: Sequence[str], separator: str, file: str) -> Iterator[Entry]:
    """Yield the names of a table; `text` is what follows its header."""
    _check_header(header, file)
    for number, line in enumerate(text.split("\n"), 2):
        if not line.strip():
            continue
        place = Place(file, number, 1)
        try:
            cells = _cells(line, separator, strict=separator == ",")
        except csv.Error as error:
            raise RuleError(
                place, f"this row cannot be read ({error})", "check its quotation marks"
            ) from None
        if len(cells) > len(header):
            raise RuleError(
                place,
                f"this row has {len(cells)} cells, the header has {len(header)}",
                "give every row as many cells as the header has",
            )
        by_key = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        yield place, _checked_name(place, by_key)


def _cells(line: str, separator: str, *, strict: bool = False) -> list[str]:
    """Return the cells of one row. With `strict`, an unclosed quotation mark is an error."""
    return next(csv.reader([line.rstrip("\r")], delimiter=separator, strict=strict), [])


def _check_header(header: Sequence[str], file: str) -> None:
    for cell in header:
        if cell not in KEYS:
            problem = f"the header has the unknown column “{cell}”"
        elif header.count(cell) > 1:
            problem = f"the header has “{cell}” twice"
        else:
            continue
        raise RuleError(Place(file, 1, 1), problem, f"the columns are {', '.join(KEYS)}")


# YAML


def _yaml_entries(root: Node) -> Iterator[Entry]:
    for node in _yaml_names(root):
        if isinstance(node.value, str):
            cells = {"canonical": node.value}
        elif isinstance(node.value, dict):
            cells = _yaml_cells(node, node.value)
        else:
            raise RuleError(
                node.place, f"a name is {node.shape}", "write {canonical: Ma Yun, kind: person}"
            )
        yield node.place, _checked_name(node.place, cells)


def _yaml_names(root: Node) -> list[Node]:
    """Return the items of `names`, after a check of the keys of the file."""
    top = root.value
    if not isinstance(top, dict) or "kind" not in top or top["kind"].value != "gazetteer":
        raise RuleError(
            root.place, "this is not a gazetteer", "begin with `kind: gazetteer` and `names:`"
        )
    for key in top:
        if key not in ("kind", "names"):
            raise RuleError(
                root.keys[key], f"unknown key `{key}`", "a gazetteer has `kind` and `names`"
            )
    names = top["names"].value if "names" in top else ""
    if not isinstance(names, list):
        raise RuleError(
            root.place,
            "the list `names` is missing",
            "write `names:` and one name a line: - canonical: Ma Yun",
        )
    return names


def _yaml_cells(node: Node, values: Mapping[str, Node]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in values.items():
        if key not in KEYS:
            raise RuleError(node.keys[key], f"unknown key `{key}`", f"a name has {', '.join(KEYS)}")
        cells[key] = _yaml_aliases(value) if key == "aliases" else _yaml_text(value, key)
    return cells


def _yaml_text(node: Node, key: str) -> str:
    if not isinstance(node.value, str):
        raise RuleError(node.place, f"`{key}` is {node.shape}", "write a text")
    return node.value


def _yaml_aliases(node: Node) -> str:
    """Return aliases as they are written in a cell of a table, separated by `|`."""
    if isinstance(node.value, str):
        return node.value
    items = node.value if isinstance(node.value, list) else []
    texts = [item.value for item in items if isinstance(item.value, str)]
    if not texts or len(texts) < len(items):
        raise RuleError(node.place, f"`aliases` is {node.shape}", "write a list of texts")
    return "|".join(texts)


# Every shape


def _checked_name(place: Place, cells: Mapping[str, str]) -> Name:
    """Return the name of an entry, after a check of all its cells."""
    canonical = unicodedata.normalize("NFC", cells.get("canonical", ""))
    kind = cells.get("kind", "")
    if not canonical:
        raise RuleError(
            place, "the canonical form is missing", "write the right Latin form of the name"
        )
    for key, text in cells.items():
        _check_cell(place, key, text)
    if not _has_latin_letter(canonical):
        raise RuleError(
            place,
            f"“{canonical}” has no Latin letter",
            "write the form that is used in English, and other forms as zh or ko",
        )
    if kind and kind not in KINDS:
        raise RuleError(
            place, f"“{kind}” is not a kind of name", f"write {', '.join(KINDS)}, or nothing"
        )
    aliases = (alias.strip() for alias in _ALIAS_SEPARATOR.split(cells.get("aliases", "")))
    return Name(
        canonical,
        kind,
        hanzi=cells.get("zh", ""),
        hangul=unicodedata.normalize("NFC", cells.get("ko", "")),
        aliases=tuple(alias for alias in aliases if alias),
    )


def _check_cell(place: Place, key: str, text: str) -> None:
    """Check the length of a cell, and that it has no invisible character."""
    limit = _MAX_ALIASES_LENGTH if key == "aliases" else MAX_LENGTH
    if len(text) > limit:
        raise RuleError(
            place,
            f"{key} is {len(text):,} characters long",
            f"a name has at most {MAX_LENGTH}; is this a list of names, one a line?",
        )
    invisible = _INVISIBLE.search(text)
    if invisible:
        char = invisible.group()
        name = unicodedata.name(char, f"U+{ord(char):04X}")
        raise RuleError(place, f"{key} has an invisible {name}", "remove it")


def _has_latin_letter(text: str) -> bool:
    return any(char.isalpha() and "LATIN" in unicodedata.name(char, "") for char in text)
