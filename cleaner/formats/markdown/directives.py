"""What authors tell the tool in comments: `<!-- cleaner: ignore RULE -->`, `<!-- cleaner: off -->`,
and `on`.

A format knows which comments are real ones and where its blocks are; here is what they mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal, cast

from cleaner.text.document import Directive
from cleaner.text.edits import Span

_COMMENT = re.compile(r"<!--\s*+cleaner:\s*+(ignore|off|on)\b([^<>]{0,500}?)-->")
_RULE = re.compile(r"[^\s,]+")


def comments(text: str) -> Iterator[Span]:
    """What looks like a directive, wherever it stands."""
    if "cleaner:" in text:
        for found in _COMMENT.finditer(text):
            yield Span(*found.span())


def parse_directives(text: str, comments: Iterable[tuple[Span, Span]]) -> Iterator[Directive]:
    """The directives in these comments, each given with what it holds for if it says `ignore`; in
    order.

    The rules after `ignore` and `off` are globs of ids, parted by spaces or commas.

    >>> text = "<!-- cleaner: ignore names/* -->\\n\\nMarwin Hitz scored twice."
    >>> [directive] = parse_directives(text, [(Span(0, 32), Span(34, 60))])
    >>> directive.action, directive.rules, directive.reach.of(text)
    ('ignore', ('names/*',), 'Marwin Hitz scored twice.')
    """
    found = [
        (match, reach) for span, reach in comments if (match := _COMMENT.fullmatch(text, *span))
    ]
    resumed = [match.start() for match, _ in found if match.group(1) == "on"]
    for match, reach in found:
        action, rules = match.groups()
        span = Span(*match.span())
        if action != "ignore":
            after = bisect_left(resumed, span.end)
            end = resumed[after] if after < len(resumed) else len(text)
            reach = Span(span.end, end if action == "off" else span.end)
        yield Directive(
            span, cast(Literal["ignore", "off", "on"], action), tuple(_RULE.findall(rules)), reach
        )
