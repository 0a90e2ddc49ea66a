"""kind: pattern. Replaces what a regular expression matches inside one block.

One rule, followed through: `match: "(\\w),{2,} "`, `replace: "\\1, "`. Its required literal `,,` is
in the automaton; a block that holds it is searched; "out,, which" gives "out, which", and the edit
is cut down to the one comma that goes, so that it cannot get in the way of a name beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.errors import OptionError
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")


class Options(NamedTuple):
    """`replace` may refer to groups of `match` (`\\1`, `\\g<name>`); `message` says what is wrong.

    `report` is a second message, for what the repair cannot bring back; it is reported wherever the
    rule fires.
    """

    match: str
    replace: str
    message: str
    report: str = ""

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)
        if "\\0" in self.replace:
            raise OptionError("replace", "\\0 writes a NUL", "number groups from 1")
        try:
            re.sub(self.match, self.replace, "")
        except (re.error, IndexError) as error:
            what = f"this does not fit the pattern: {error}"
            raise OptionError("replace", what, "refer to groups that `match` has") from None


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The replacements, cut down to what differs."""
    for rule in rules:
        options = _options(rule)
        for block, match in matches(options.match, document, hits[rule.id], rule.id):
            yield _smallest(
                block + match.start(), match.group(), match.expand(options.replace), rule.id
            )


def _smallest(start: int, before: str, after: str, rule: str) -> Edit:
    """The edit without the beginning and the end that stay.

    >>> _smallest(10, "t,, w", "t, w", "punctuation/doubled-comma")
    Edit(span=Span(start=12, end=13), replacement='', rules=('punctuation/doubled-comma',))
    """
    most = min(len(before), len(after))
    head = next((i for i in range(most) if before[i] != after[i]), most)
    tail = next((i for i in range(most - head) if before[-1 - i] != after[-1 - i]), most - head)
    return Edit(
        Span(start + head, start + len(before) - tail), after[head : len(after) - tail], (rule,)
    )


def _options(rule: Rule) -> Options:
    assert isinstance(rule.options, Options)
    return rule.options
