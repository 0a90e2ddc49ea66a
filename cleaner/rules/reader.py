"""YAML as a translator writes it, read strictly.

A rule file holds names, so every scalar is a string: `No` is a surname, `012` a number somebody
wrote that way. What makes YAML surprising (anchors, aliases, merge keys, tags, duplicate keys) is
refused with the place where it stands, and so is every character that nobody can see.

The events of PyYAML's parser (libyaml's where present) are turned into `Node`s; nothing here
recurses, so depth is counted and not suffered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from cleaner.errors import Place, RuleError
from cleaner.text.edits import Lines

MAX_BYTES = 5_000_000
MAX_DEPTH = 20

# Everything without ink that YAML lets through, save the space, the tab and the line ends.
INVISIBLE = re.compile(
    "[\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef\x7f-\x9f]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# libyaml from 0.2.6 on gives up at depth 1,000, as far ahead as it happens to have read
_NESTING = "nesting depth"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a rule file and the place where it begins; `keys` are the places of a mapping's
    keys.
    """

    place: Place
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, Place]

    @property
    def shape(self) -> str:
        """What it is, in words for a message: text, a list, a mapping."""
        return {str: "text", list: "a list", dict: "a mapping"}[type(self.value)]


def read_yaml(data: bytes, file: str) -> Node:
    """The one document in `data`; `file` is the name to use in messages.

    Raises:
        RuleError: the data is no strict YAML; with line and column, both counted from 1.

    >>> read_yaml(b"kind: name", "people.yaml").value["kind"].value
    'name'
    """
    text = _decoded(data, file)
    try:
        return _document(yaml.parse(text, Loader=_Loader), file)
    except yaml.MarkedYAMLError as error:
        if _NESTING in str(error.problem) and _Loader is not yaml.SafeLoader:
            # to say where it is deeper than 20 levels
            return _document(yaml.parse(text, Loader=yaml.SafeLoader), file)
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise RuleError(
            place, f"this is not YAML ({error.problem})", "check the indentation and the quotes"
        ) from None
    except yaml.YAMLError as error:
        problem = str(error).splitlines()[0]
        raise RuleError(
            Place(file, 1, 1), f"this is not YAML ({problem})", "check the file's first lines"
        ) from None


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise RuleError(
            Place(file, 1, 1),
            f"{len(data):,} bytes are more than a rule file may have",
            f"split it into files of at most {MAX_BYTES:,} bytes",
        )
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        byte = data[error.start]
        raise RuleError(
            Place(file, line, column), f"byte 0x{byte:02X} is not UTF-8", "save it as UTF-8"
        ) from None
    found = INVISIBLE.search(text) or CONTROL.search(text)
    if found:
        raise RuleError(Place(file, *Lines(text).place(found.start())), *_invisible(found.group()))
    return text


def _invisible(char: str) -> tuple[str, str]:
    name = unicodedata.name(char, "")
    if not name:
        return f"an invisible character (U+{ord(char):04X}) is typed here", "leave it out"
    code = f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
    return (
        f"an invisible character ({name}) is typed here",
        f'write it as "{code}" in double quotes, or as \\N{{{name}}} in a pattern',
    )


def _document(events: Iterator[Any], file: str) -> Node:
    stack: list[Node] = []
    # the key that waits for its value, for every open mapping
    pending: list[tuple[str, Place] | None] = []
    root: Node | None = None

    for event in events:
        kind = type(event).__name__
        place = Place(file, event.start_mark.line + 1, event.start_mark.column + 1)
        if kind == "DocumentStartEvent" and root is not None:
            raise RuleError(place, "a second document begins here", "put it into a file of its own")
        if kind == "AliasEvent":
            raise RuleError(
                place,
                f"*{event.anchor} repeats another part of the file",
                "write the text out here",
            )
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            stack.pop()
            pending.pop()
            continue
        if kind not in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            continue
        _refuse_magic(event, place)
        node = Node(place, _value(kind, event, place), {})
        if not stack:
            root = node
        elif isinstance(parent := stack[-1].value, list):
            parent.append(node)
        elif isinstance(parent, dict):
            if waiting := pending[-1]:
                parent[waiting[0]] = node
                pending[-1] = None
            else:
                pending[-1] = _key(node, stack[-1])
                continue
        if kind != "ScalarEvent":
            if len(stack) == MAX_DEPTH:
                raise RuleError(
                    place, f"more than {MAX_DEPTH} levels deep", "a rule needs no more than six"
                )
            stack.append(node)
            pending.append(None)
    if root is None:
        raise RuleError(
            Place(file, 1, 1), "the file is empty", "begin with `kind: name` and `rules:`"
        )
    return root


def _refuse_magic(event: Any, place: Place) -> None:
    if event.anchor:
        raise RuleError(
            place, f"&{event.anchor} makes an anchor", "write the text out where it is needed"
        )
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        raise RuleError(place, f"{tag} is a tag", "leave it out: everything is text here")


def _value(kind: str, event: Any, place: Place) -> str | list[Node] | dict[str, Node]:
    if kind == "MappingStartEvent":
        return {}
    if kind == "SequenceStartEvent":
        return []
    text = str(event.value)
    if found := CONTROL.search(text):
        raise RuleError(
            place,
            f"this text holds the control character U+{ord(found.group()):04X}",
            r"put a pattern with \N{...} into single quotes",
        )
    return text


def _key(node: Node, mapping: Node) -> tuple[str, Place]:
    if not isinstance(node.value, str):
        raise RuleError(node.place, f"a key is {node.shape}", "a key is a word, as in `kind: name`")
    if node.value == "<<":
        raise RuleError(node.place, "<< merges another part of the file", "write the keys out here")
    if first := mapping.keys.get(node.value):
        raise RuleError(
            node.place,
            f"key `{node.value}` stands here and in line {first.line}",
            "keep one of the two",
        )
    mapping.keys[node.value] = node.place
    return node.value, node.place
