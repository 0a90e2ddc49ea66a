"""Comments that are addressed to the tool.

They are `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->` and `<!-- cleaner: on -->`.

A format knows which comments are real ones and what each is about; this module reads what they
say. Selectors of rules are separated by spaces or commas; without any, all rules are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias, cast

from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

Action: TypeAlias = Literal["ignore", "off", "on", "unknown"]
ACTIONS = ("ignore", "off", "on")  # those that a comment may ask for

_COMMENT = lazy_pattern(
    r"<!--\s*+(cleaner:?+)\s*+([a-z]{1,40}+(?:-[a-z]{1,40}+)*+)([^<>]{0,500}?)-->",
    re.IGNORECASE,
)
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

    A comment without the colon, or with other capitals, tells it something unknown if the rest is
    as it should be; otherwise it is no more than prose.

    >>> parse("<!-- cleaner: ignore names/*, quotes/single -->")
    Wish(action='ignore', rules=('names/*', 'quotes/single'))
    >>> parse("<!-- cleaner: of -->")
    Wish(action='unknown', rules=('of',))
    >>> parse("<!-- Cleaner off -->")
    Wish(action='unknown', rules=('Cleaner off',))
    >>> parse("<!-- cleaner is great -->") is None
    True
    """
    found = _COMMENT.fullmatch(comment)
    if found is None:
        return None
    name, word, rest = found.groups()
    rules = tuple(_RULE.findall(rest))
    if name != "cleaner:" and not _may_be_meant(word, rules):
        return None
    if name != "cleaner:":
        return Wish("unknown", (f"{name} {word}",))
    if word not in ACTIONS:
        return Wish("unknown", (word,))
    return Wish(cast(Action, word), rules)


def _may_be_meant(word: str, rules: Sequence[str]) -> bool:
    """Return whether a comment that begins without `cleaner:` may be meant for the tool."""
    return word.lower() in ACTIONS and len(rules) <= (1 if word.lower() == "ignore" else 0)


def candidates(text: str) -> Iterator[Span]:
    """Yield everything that is written like such a comment, whether or not it is a real one."""
    if "cleaner" in text or "Cleaner" in text:
        for found in _COMMENT.finditer(text):
            yield Span(*found.span())
