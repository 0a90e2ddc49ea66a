"""Where the parts of a YAML text begin and end, so that lines can be put in or taken out and every
other byte stays.

A library that reads YAML and writes it anew keeps most of what a person typed; inserting text keeps
all of it. Offsets are in code points and come from PyYAML's marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import yaml

from cleaner.rules.reader import Node, read_yaml
from cleaner.rules.writer import scalar

Mark: TypeAlias = Any  # a node of PyYAML: yaml.ScalarNode, yaml.SequenceNode or yaml.MappingNode
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
_LINE_END = re.compile(r"\r\n|\n|\r")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDE = 118  # columns after which a list in brackets goes on in the next line


def marked(text: str, file: str) -> tuple[Node, Mark]:
    """A text as the strict reader has it, and as PyYAML's nodes with their marks.

    Raises:
        RuleError: the text is no strict YAML.
    """
    root = read_yaml(text.encode("utf-8", "surrogatepass"), file)
    return root, yaml.compose(text, Loader=_Loader)


def under(node: Mark, key: str) -> Mark:
    """The value of a key in a mapping, or None.

    >>> under(marked("a: 1", "a.yaml")[1], "a").value
    '1'
    """
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in entries if name.value == key), None)


def plain(node: Node) -> Plain:
    """What a text says, without places: to show that nothing but what was meant has changed."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return node.value


def newline(text: str) -> str:
    """The line end of the text: that of its first line.

    >>> newline("a\\r\\nb\\n"), newline("a")
    ('\\r\\n', '\\n')
    """
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def in_flow(node: Mark) -> bool:
    """Whether a list or a mapping stands in brackets."""
    return bool(node.flow_style)


def behind(text: str, node: Mark) -> int:
    """The beginning of the line behind the one in which the node's last letter stands."""
    while isinstance(node, yaml.CollectionNode) and node.value and not in_flow(node):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if node.end_mark.column == 0:  # text after | or > ends where the next line begins, or later
        end = len(text[:end].rstrip())
    found = _LINE_END.search(text, end)
    return found.end() if found else len(text)


def inserted(text: str, at: int, lines: Iterable[str]) -> str:
    """The text with these lines put in before the line that begins at `at`.

    >>> inserted("a\\nc", 2, ["b"]), inserted("a", 1, ["b"])
    ('a\\nb\\nc', 'a\\nb\\n')
    """
    end = newline(text)
    gap = end if at and text[at - 1] not in "\r\n" else ""
    return text[:at] + gap + "".join(f"{line}{end}" for line in lines) + text[at:]


def filled(text: str, items: Mark, lines: Iterable[str]) -> str:
    """The text with the lines of a list's entries in the place of its empty brackets.

    >>> text = "a: []  # none yet\\nb: c\\n"
    >>> filled(text, under(marked(text, "")[1], "a"), ["- d"])
    'a:  # none yet\\n- d\\nb: c\\n'
    """
    start, end = items.start_mark.index, items.end_mark.index
    kept = text[:start].rstrip(" \t")
    return inserted(kept + text[end:], behind(text, items) - (end - len(kept)), lines)


def extended(text: str, items: Mark, more: Sequence[str]) -> str:
    """The text with texts added to a list of texts, be it in brackets or with a hyphen a line."""
    last = items.value[-1]
    if not in_flow(items):
        dash = " " * items.start_mark.column + "- "
        return inserted(text, behind(text, last), [f"{dash}{scalar(one)}" for one in more])
    at = last.end_mark.index
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    width, out = at - line, ""
    indent = items.value[0].start_mark.column
    for one in more:
        word = scalar(one, flow=True)
        if width + len(word) + 2 > _WIDE:
            out += f",{newline(text)}{' ' * indent}{word}"
            width = indent + len(word)
        else:
            out += f", {word}"
            width += len(word) + 2
    return text[:at] + out + text[at:]


def without(text: str, root: Mark, key: str, numbers: Iterable[int]) -> str | None:
    """The text without these entries of the list under a key; None if the list stands in brackets.

    Comments on lines of their own stay. A list that loses all its entries becomes [].

    >>> text = "a:\\n- b\\n# c\\n- d\\n"
    >>> without(text, marked(text, "")[1], "a", [0])
    'a:\\n# c\\n- d\\n'
    """
    name, items = next(entry for entry in root.value if entry[0].value == key)
    if in_flow(items):
        return None
    spans = [(_dash(text, item), behind(text, item)) for item in items.value]
    gone = sorted(set(numbers), reverse=True)
    for start, end in (spans[number] for number in gone):
        text = text[:start] + text[end:]
    colon = text.index(":", name.end_mark.index) + 1
    return text if len(gone) < len(spans) else f"{text[:colon]} []{text[colon:]}"


def _dash(text: str, item: Mark) -> int:
    """Where the line begins in which the hyphen of an entry stands."""
    at = text.rindex("-", 0, item.start_mark.index)
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
