"""Insert lines into a YAML text, or remove some, so that every other byte stays.

A library that reads YAML and writes it anew keeps most of what a person typed. Inserting text at
the right place keeps all of it. The places are PyYAML's marks: where each part of the text begins
and ends. All positions count code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import yaml

from cleaner.rules.reader import LOADER, Node, read_yaml
from cleaner.rules.writer import scalar
from cleaner.text.characters import LINE_END

Mark: TypeAlias = Any  # a node of PyYAML: yaml.ScalarNode, yaml.SequenceNode or yaml.MappingNode
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
_WIDTH = 118  # columns after which a list in brackets continues in the next line


@lru_cache(maxsize=4)  # what an insertion gives is what the next one begins with
def marked(text: str, file: str) -> tuple[Node, Mark]:
    """Return a text as the strict reader reads it, and as PyYAML's nodes with their marks.

    Neither may be changed: they are kept for whoever asks next.

    Raises:
        RuleError: the text is not strict YAML.
    """
    root = read_yaml(text.encode("utf-8", "surrogatepass"), file)
    return root, yaml.compose(text, Loader=LOADER)


def under(node: Mark, key: str) -> Mark:
    """Return the value of a key in a mapping, or None.

    >>> under(marked("a: 1", "a.yaml")[1], "a").value
    '1'
    """
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in entries if name.value == key), None)


def plain(node: Node) -> Plain:
    """Return what a text says, without places, to compare it with what was meant."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return node.value


def newline(text: str) -> str:
    """Return the line end of the first line of a text.

    >>> newline("a\\r\\nb\\n"), newline("a")
    ('\\r\\n', '\\n')
    """
    found = LINE_END.search(text)
    return found.group() if found else "\n"


def in_flow(node: Mark) -> bool:
    """Return whether a list or a mapping is written in brackets."""
    return bool(node.flow_style)


def behind(text: str, node: Mark) -> int:
    """Return where the line begins that follows the last line of a node."""
    while isinstance(node, yaml.CollectionNode) and node.value and not in_flow(node):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if node.end_mark.column == 0:  # a text after | or > ends where the next line begins, or later
        end = len(text[:end].rstrip())
    found = LINE_END.search(text, end)
    return found.end() if found else len(text)


def _line_start(text: str, at: int) -> int:
    """Return where the line that holds `at` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def inserted(text: str, at: int, lines: Iterable[str]) -> str:
    """Return the text with lines inserted before the line that begins at `at`.

    >>> inserted("a\\nc", 2, ["b"]), inserted("a", 1, ["b"])
    ('a\\nb\\nc', 'a\\nb\\n')
    """
    end = newline(text)
    is_line_open = at > 0 and text[at - 1] not in "\r\n"
    new = "".join(f"{line}{end}" for line in lines)
    return text[:at] + (end if is_line_open else "") + new + text[at:]


def filled(text: str, items: Mark, lines: Iterable[str]) -> str:
    """Return the text with the lines of a list's entries instead of its empty brackets.

    >>> text = "a: []  # none yet\\nb: c\\n"
    >>> filled(text, under(marked(text, "")[1], "a"), ["- d"])
    'a:  # none yet\\n- d\\nb: c\\n'
    """
    start, end = items.start_mark.index, items.end_mark.index
    before = text[:start].rstrip(" \t")
    removed = end - len(before)
    return inserted(before + text[end:], behind(text, items) - removed, lines)


def extended(text: str, items: Mark, more: Sequence[str]) -> str:
    """Return the text with texts added to a list of texts, whichever way that is written."""
    if in_flow(items):
        return _extended_in_brackets(text, items, more)
    dash = " " * items.start_mark.column + "- "
    lines = [f"{dash}{scalar(one)}" for one in more]
    return inserted(text, behind(text, items.value[-1]), lines)


def _extended_in_brackets(text: str, items: Mark, more: Sequence[str]) -> str:
    """Add texts to a list in brackets; a line that gets too long continues in the next one."""
    at = items.value[-1].end_mark.index
    indent = items.value[0].start_mark.column
    width = at - _line_start(text, at)
    added = ""
    for one in more:
        word = scalar(one, flow=True)
        separator = ", "
        width += len(separator) + len(word)
        if width > _WIDTH:
            separator = f",{newline(text)}{' ' * indent}"
            width = indent + len(word)
        added += separator + word
    return text[:at] + added + text[at:]


def without(text: str, root: Mark, key: str, numbers: Iterable[int]) -> str | None:
    """Return the text without some entries of the list under a key.

    `numbers` count the entries from 0. Comments on lines of their own stay, and a list that loses
    all its entries becomes []. Returns None if the list is written in brackets.

    >>> text = "a:\\n- b\\n# c\\n- d\\n"
    >>> without(text, marked(text, "")[1], "a", [0])
    'a:\\n# c\\n- d\\n'
    """
    name, items = next(entry for entry in root.value if entry[0].value == key)
    if in_flow(items):
        return None
    spans = [(entry_start(text, item), behind(text, item)) for item in items.value]
    last_first = sorted(set(numbers), reverse=True)
    for number in last_first:
        start, end = spans[number]
        text = text[:start] + text[end:]
    if len(last_first) < len(spans):
        return text
    colon = text.index(":", name.end_mark.index) + 1
    return f"{text[:colon]} []{text[colon:]}"


def entry_start(text: str, item: Mark) -> int:
    """Return where the line begins that holds the hyphen of an entry."""
    return _line_start(text, text.rindex("-", 0, item.start_mark.index))
