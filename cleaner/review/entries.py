"""The files that review keeps (`kind: suggestions`, `kind: decisions`): a list under one key, read
strictly.
"""

from __future__ import annotations

from pathlib import Path

from cleaner.errors import Place, RefusedError, RuleError
from cleaner.rules.reader import Node
from cleaner.rules.reader import read_yaml as read_yaml
from cleaner.rules.shape import items_of, known_keys, mapping_of


def contents(path: Path) -> bytes | None:
    """The bytes of a file; None if there is no such file.

    Raises:
        RefusedError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None


def entries(data: bytes, file: str, kind: str, key: str) -> list[Node]:
    """What stands under `key` in a file of that kind.

    Raises:
        RuleError: it is no such file; with line and column.

    >>> [node.value for node in entries(b"kind: decisions\\ndecisions: [a]", "d.yaml", "decisions", "decisions")]
    ['a']
    """
    remedy = f"begin with `kind: {kind}` and `{key}:`"
    if not data.strip():
        raise RuleError(Place(file, 1, 1), f"this is no file of {kind}, but empty", remedy)
    root = read_yaml(data, file)
    top = mapping_of(root, f"a file of {kind}", remedy)
    known_keys(root, ("kind", key))
    if "kind" not in top or top["kind"].value != kind or key not in top:
        raise RuleError(root.place, f"this is no file of {kind}", remedy)
    return items_of(top[key], key)
