"""What comments tell the tool: `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->` and
`<!-- cleaner: on -->`.

A format knows which comments are real ones and what each is about; this module reads what they
say. Selectors of rules are separated by spaces or commas; without any, all rules are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from cleaner.text.document import ACTIONS, Action
from cleaner.text.edits import Span

_COMMENT = re.compile(r"<!--\s*+cleaner:\s*+([A-Za-z]{1,40}+)\b([^<>]{0,500}?)-->")
_RULE = re.compile(r"[^\s,]+")


class Wish(NamedTuple):
    """What a comment says.

    Attributes:
        action: see `cleaner.text.document.Directive`.
        rules: selectors of rules.
    """

    action: Action
    rules: tuple[str, ...]


def parse(comment: str) -> Wish | None:
    """Return what a comment tells the tool, or None if it tells it nothing.

    >>> parse("<!-- cleaner: ignore names/*, quotes/single -->")
    Wish(action='ignore', rules=('names/*', 'quotes/single'))
    >>> parse("<!-- cleaner: of -->")
    Wish(action='unknown', rules=('of',))
    >>> parse("<!-- cleaner is great -->") is None
    True
    """
    found = _COMMENT.fullmatch(comment)
    if found is None:
        return None
    word = found.group(1)
    if word not in ACTIONS:
        return Wish("unknown", (word,))
    return Wish(cast(Action, word), tuple(_RULE.findall(found.group(2))))


def candidates(text: str) -> Iterator[Span]:
    """Yield everything that is written like such a comment, whether or not it is a real one."""
    if "cleaner:" in text:
        for found in _COMMENT.finditer(text):
            yield Span(*found.span())
