"""What comments tell the tool: `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->` and
`<!-- cleaner: on -->`.

A format knows which comments are real ones and what each is about; this module reads what they
say. Rules are separated by spaces or commas. Each of them is a glob of rule ids; without any, all
rules are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from cleaner.text.edits import Span

_COMMENT = re.compile(r"<!--\s*+cleaner:\s*+(ignore|off|on)\b([^<>]{0,500}?)-->")
_RULE = re.compile(r"[^\s,]+")


class Wish(NamedTuple):
    """What a comment says.

    Attributes:
        action: see `cleaner.text.document.Directive`.
        rules: globs of rule ids.
    """

    action: Literal["ignore", "off", "on"]
    rules: tuple[str, ...]


def parse(comment: str) -> Wish | None:
    """Return what a comment tells the tool, or None if it tells it nothing.

    >>> parse("<!-- cleaner: ignore names/*, quotes/single -->")
    Wish(action='ignore', rules=('names/*', 'quotes/single'))
    >>> parse("<!-- cleaner is great -->") is None
    True
    """
    found = _COMMENT.fullmatch(comment)
    if found is None:
        return None
    action = cast(Literal["ignore", "off", "on"], found.group(1))
    return Wish(action, tuple(_RULE.findall(found.group(2))))


def candidates(text: str) -> Iterator[Span]:
    """Yield everything that is written like such a comment, whether or not it is a real one."""
    if "cleaner:" in text:
        for found in _COMMENT.finditer(text):
            yield Span(*found.span())
