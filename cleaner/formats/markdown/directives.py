"""Directives: comments in which an author tells the tool where rules must not act.

They are `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->` and `<!-- cleaner: on -->`. A
format knows which comments are real ones and where its blocks are; this module reads what they
say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast

from cleaner.text.document import Directive
from cleaner.text.edits import Span

_COMMENT = re.compile(r"<!--\s*+cleaner:\s*+(ignore|off|on)\b([^<>]{0,500}?)-->")
_RULE = re.compile(r"[^\s,]+")


def comments(text: str) -> Iterator[Span]:
    """Yield everything that is written like a directive, whether or not it is in a real comment."""
    if "cleaner:" in text:
        for found in _COMMENT.finditer(text):
            yield Span(*found.span())


def parse_directives(text: str, comments: Iterable[tuple[Span, Span]]) -> Iterator[Directive]:
    """Yield the directives in the comments of a text, in order.

    Rules are separated by spaces or commas. Each of them is a glob of rule ids.

    Args:
        text: the whole text.
        comments: the spans of real comments in order, each with the span that the comment is about
            if it says `ignore`.

    >>> text = "<!-- cleaner: ignore names/* -->\\n\\nMarwin Hitz scored twice."
    >>> [directive] = parse_directives(text, [(Span(0, 32), Span(34, 60))])
    >>> directive.action, directive.rules, directive.reach.of(text)
    ('ignore', ('names/*',), 'Marwin Hitz scored twice.')
    """
    found: list[tuple[re.Match[str], Span]] = []
    for span, following in comments:
        comment = _COMMENT.fullmatch(text, *span)
        if comment:
            found.append((comment, following))
    starts_of_on = [comment.start() for comment, _ in found if comment.group(1) == "on"]
    for comment, following in found:
        action = cast(Literal["ignore", "off", "on"], comment.group(1))
        end = comment.end()
        if action == "ignore":
            reach = following
        elif action == "off":
            reach = Span(end, _first_from(end, starts_of_on, len(text)))
        else:
            reach = Span(end, end)
        rules = tuple(_RULE.findall(comment.group(2)))
        yield Directive(Span(*comment.span()), action, rules, reach)


def _first_from(at: int, places: Sequence[int], default: int) -> int:
    """Return the first of these ascending places that is not before `at`."""
    number = bisect_left(places, at)
    return places[number] if number < len(places) else default
