"""What the files of review share: reading a list of entries strictly, adding to it, and writing a
mapping.

Each file (`kind: suggestions`, `kind: decisions`, `kind: lookups`) holds a list under one key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from cleaner.errors import Place, RefusedError, RuleError
from cleaner.project.files import MAX_BYTES
from cleaner.reading import read_file
from cleaner.rules.marks import behind, filled, in_flow, inserted, marked, under
from cleaner.rules.reader import CONTROL, DIRECTION, Node, read_yaml
from cleaner.rules.shape import items_of, known_keys, mapping_of
from cleaner.rules.writer import scalar


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file; None if there is no such file.

    Raises:
        RefusedError: the file cannot be read.
    """
    try:
        return read_file(path, MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None


def entries(data: bytes, file: str, kind: str, key: str) -> list[Node]:
    """Return the items of the list under `key` in a file of that kind.

    Args:
        data: the bytes of the file.
        file: the name of the file, for messages.
        kind: what `kind:` in the file must say.
        key: the key of the list.

    Raises:
        RuleError: the bytes are not such a file.

    >>> data = b"kind: decisions\\ndecisions: [a]"
    >>> [node.value for node in entries(data, "d.yaml", "decisions", "decisions")]
    ['a']
    """
    return items_of(top_of(data, file, kind, key)[key], key)


def top_of(
    data: bytes, file: str, kind: str, key: str, more: Collection[str] = ()
) -> Mapping[str, Node]:
    """Return all keys of a file of that kind with their values; see `entries`.

    `more` are other keys that the file may have.
    """
    remedy = f"begin with `kind: {kind}` and `{key}:`"
    if not data.strip():
        raise RuleError(Place(file, 1, 1), f"this file of {kind} is empty", remedy)
    root = read_yaml(data, file)
    top = mapping_of(root, f"a file of {kind}", remedy)
    known_keys(root, ("kind", key, *more))
    if "kind" not in top or top["kind"].value != kind or key not in top:
        raise RuleError(root.place, f"this is not a file of {kind}", remedy)
    return top


def with_entries(text: str, key: str, lines: Sequence[str], file: str) -> str:
    """Return the text of such a file with more entries at the end of its list.

    Every other byte stays as it is.

    Args:
        text: the text of the file, which has been read before.
        key: the key of the list, which is also what its entries are called.
        lines: the lines of the new entries; the first of each begins with a hyphen.
        file: the name of the file, for messages.

    Raises:
        RuleError: the list is written in brackets, and not empty.
    """
    root, marks = marked(text, file)
    items = under(marks, key)
    if not in_flow(items):
        indent = " " * items.start_mark.column
        return inserted(text, behind(text, items), [indent + line for line in lines])
    if not items.value:
        return filled(text, items, lines)
    remedy = f"write each of the {key} with a hyphen on a line of its own"
    raise RuleError(mapping_of(root)[key].place, f"these {key} are written in brackets", remedy)


def harmless(text: str) -> str:
    """Return a text for people without the controls that no file of review may hold.

    >>> harmless("a\x1b[31m")
    'a�[31m'
    """
    for pattern in (CONTROL, DIRECTION):
        text = pattern.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def flow_mapping(values: Mapping[str, str]) -> str:
    """Return texts by key as a YAML mapping on one line.

    >>> flow_mapping({"zh": "马云"})
    '{zh: 马云}'
    """
    pairs: list[str] = []
    for key, value in values.items():
        pairs.append(f"{scalar(key, flow=True)}: {scalar(value, flow=True)}")
    return f"{{{', '.join(pairs)}}}"
