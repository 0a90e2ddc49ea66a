"""YAML as a translator writes it, read strictly.

A rule file holds names, so every scalar is a text: `No` is a surname, and `012` a number that
somebody wrote that way. What makes YAML surprising (anchors, aliases, merge keys, tags, duplicate
keys) is refused with its place, and so is every character that nobody can see.

The events of PyYAML's parser are turned into `Node`s without recursion, so a file that is nested
too deeply ends in a message and not in a crash. libyaml parses where it is present; it is faster
than the parser that PyYAML has in Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from cleaner.errors import Place, RuleError
from cleaner.rules.model import MAX_BYTES
from cleaner.text.edits import Lines

MAX_DEPTH = 20  # lists and mappings inside one another; a rule needs six

# Every character without ink that YAML lets through, except the space, the tab and the line ends.
INVISIBLE = re.compile(
    "[\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e01ef\x7f-\x9f]"
)
# Characters that turn the direction in which what follows them is shown.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's where it is present
# In the message with which PyYAML refuses what libyaml would have to read at depth 1,000.
_LIBYAML_GAVE_UP = "nesting depth"

Value: TypeAlias = "str | list[Node] | dict[str, Node]"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a rule file, and the place where it begins.

    `keys` are the places of a mapping's keys.
    """

    place: Place
    value: Value
    keys: dict[str, Place]

    @property
    def shape(self) -> str:
        """What the value is, in words for a message: `text`, `a list` or `a mapping`."""
        return {str: "text", list: "a list", dict: "a mapping"}[type(self.value)]


def read_yaml(data: bytes, file: str) -> Node:
    """Return the one document in `data`; `file` is the name for messages.

    Raises:
        RuleError: the data is not strict YAML; with line and column, both counted from 1.

    >>> read_yaml(b"kind: name", "people.yaml").value["kind"].value
    'name'
    """
    text = _decoded(data, file)
    try:
        return _parsed(text, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        what = f"this is not YAML ({error.problem})"
        raise RuleError(place, what, "check the indentation and the quotes") from None
    except yaml.YAMLError as error:
        what = f"this is not YAML ({str(error).splitlines()[0]})"
        raise RuleError(Place(file, 1, 1), what, "check the file's first lines") from None
    except RecursionError:
        raise _too_deep(Place(file, 1, 1)) from None


def _parsed(text: str, file: str) -> Node:
    """Parse a text, if need be with both parsers of PyYAML.

    libyaml reads ahead and gives up at depth 1,000 before the events of the first 20 levels have
    arrived here. The parser in Python does not read ahead, so that with it our own message is
    raised, at the place where the 21st level begins.

    Raises:
        RuleError: the document is not strict.
        yaml.YAMLError, RecursionError: the text is not YAML, or the parser in Python gave up.
    """
    try:
        return _document(yaml.parse(text, Loader=LOADER), file)
    except yaml.MarkedYAMLError as error:
        if LOADER is yaml.SafeLoader or _LIBYAML_GAVE_UP not in str(error.problem):
            raise
    return _document(yaml.parse(text, Loader=yaml.SafeLoader), file)


def _too_deep(place: Place) -> RuleError:
    return RuleError(place, f"more than {MAX_DEPTH} levels deep", "a rule needs no more than six")


def _decoded(data: bytes, file: str) -> str:
    """Return the text of a file that is not too large, is UTF-8, and has no invisible character."""
    if len(data) > MAX_BYTES:
        raise RuleError(
            Place(file, 1, 1),
            f"the file has {len(data):,} bytes, and {MAX_BYTES:,} are the limit",
            "split it into several files",
        )
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = Place(file, *_end_of(data[: error.start].decode("utf-8")))
        what = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise RuleError(place, what, "save the file as UTF-8") from None
    found = INVISIBLE.search(text) or CONTROL.search(text)
    if found:
        raise _invisible(found.group(), Place(file, *Lines(text).place(found.start())))
    return text


def _end_of(text: str) -> tuple[int, int]:
    """Return the line and the column behind a text, both counted from 1."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _invisible(char: str, place: Place) -> RuleError:
    """Return the error about a character that nobody can see, with the way to write it."""
    name = unicodedata.name(char, "")
    point = ord(char)
    if not name:
        return RuleError(
            place, f"an invisible character (U+{point:04X}) is typed here", "remove it"
        )
    escape = f"\\u{point:04X}" if point < 0x10000 else f"\\U{point:08X}"
    return RuleError(
        place,
        f"an invisible character ({name}) is typed here",
        f'write it as "{escape}" in double quotes, or as \\N{{{name}}} in a pattern',
    )


class _Builder:
    """Builds the nodes of one document from events, without recursion."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []  # the lists and mappings that have not ended, outermost first
        # For each of them the key that waits for its value; always None in a list.
        self._keys: list[str | None] = []

    def add(self, node: Node) -> None:
        """Put a node where the document has come to: it is the root, an item, a key or a value."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            key = self._keys[-1]
            if key is None:
                self._keys[-1] = _key(node, parent)
            else:
                parent.value[key] = node
                self._keys[-1] = None

    def open(self, node: Node) -> None:
        """Begin a list or a mapping."""
        if len(self._open) == MAX_DEPTH:
            raise _too_deep(node.place)
        self._open.append(node)
        self._keys.append(None)

    def close(self) -> None:
        """End the innermost list or mapping."""
        self._open.pop()
        self._keys.pop()


def _document(events: Iterable[Any], file: str) -> Node:
    """Return the document that a parser reports as events.

    Raises:
        RuleError: there is not exactly one document, it is too deep, or it uses what is refused.
        yaml.YAMLError: the parser found that the text is not YAML.
    """
    builder = _Builder()
    for event in events:
        match event:
            case yaml.ScalarEvent():
                place = _place(event, file)
                _refuse_magic(event, place)
                builder.add(Node(place, _scalar(event, place), {}))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                place = _place(event, file)
                _refuse_magic(event, place)
                node = Node(place, {} if isinstance(event, yaml.MappingStartEvent) else [], {})
                builder.add(node)
                builder.open(node)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                builder.close()
            case yaml.AliasEvent():
                what = f"*{event.anchor} repeats another part of the file"
                raise RuleError(_place(event, file), what, "write the text out here")
            case yaml.DocumentStartEvent() if builder.root:
                what = "a second document begins here"
                raise RuleError(_place(event, file), what, "move it to a file of its own")
    if builder.root is None:
        what = "the file is empty"
        raise RuleError(Place(file, 1, 1), what, "begin with `kind: name` and `rules:`")
    return builder.root


def _place(event: Any, file: str) -> Place:
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1)


def _refuse_magic(event: Any, place: Place) -> None:
    """Refuse an anchor or a tag."""
    if event.anchor:
        what = f"&{event.anchor} is an anchor"
        raise RuleError(place, what, "write the text out where it is needed")
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        raise RuleError(place, f"{tag} is a tag", "remove it: every value is text here")


def _scalar(event: Any, place: Place) -> str:
    """Return a text, which must not hold control characters, however they are written."""
    text = str(event.value)
    found = CONTROL.search(text)
    if found:
        raise RuleError(
            place,
            f"this text holds the control character U+{ord(found.group()):04X}",
            r"put a pattern with \N{...} into single quotes",
        )
    return text


def _key(node: Node, mapping: Node) -> str:
    """Return a node as a key of a mapping, and note its place there."""
    if not isinstance(node.value, str):
        raise RuleError(node.place, f"a key is {node.shape}", "a key is a word, as in `kind: name`")
    if node.value == "<<":
        raise RuleError(node.place, "<< merges another part of the file", "write the keys out here")
    first = mapping.keys.get(node.value)
    if first:
        what = f"key `{node.value}` is already in line {first.line}"
        raise RuleError(node.place, what, "keep one of the two")
    mapping.keys[node.value] = node.place
    return node.value
