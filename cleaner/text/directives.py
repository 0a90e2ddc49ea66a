"""Comments that are addressed to the tool.

They are `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->` and `<!-- cleaner: on -->`.

A format knows which comments are real ones and what each is about; this module reads what they
say. Selectors of rules are separated by spaces or commas; without any, all rules are meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias, cast

from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

Action: TypeAlias = Literal["ignore", "off", "on", "unknown"]
ACTIONS = ("ignore", "off", "on")  # those that a comment may ask for

_COMMENT = lazy_pattern(r"<!--\s*+cleaner:\s*+([A-Za-z]{1,40}+)\b([^<>]{0,500}?)-->")
_RULE = lazy_pattern(r"[^\s,]+")


class Directive(NamedTuple):
    """A comment in a text that tells the tool where rules must not act.

    For example `<!-- cleaner: ignore names/people/ma-yun -->`.

    Attributes:
        span: the comment itself, in the source.
        action: "ignore" for one block, "off" for everything up to the next "on"; "unknown" for
            another word, which is then in `rules`.
        rules: selectors of rules; without any, all rules are meant.
        reaches: the parts of the text that the comment is about: the next block for "ignore", the
            text up to the next "on" (or to the end) for "off", nothing for "on".
    """

    span: Span
    action: Action
    rules: tuple[str, ...]
    reaches: tuple[Span, ...]


class Wish(NamedTuple):
    """What a comment says.

    Attributes:
        action: see `Directive`.
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
