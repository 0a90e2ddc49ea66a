"""kind: residue. Points at signs that something is left which only the source could tell.

A residue rule never changes anything: its level is `report`, and its edits replace a text by
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches, occurs
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span, outermost
from cleaner.text.glosses import is_glossed

LEVELS: tuple[Level, ...] = ("report", "off")
REACH = 300  # code points before a sign in which `not_after` is looked for


class Options(NamedTuple):
    """The keys of a rule of this kind.

    Attributes:
        match: the regular expression of the sign.
        message: what the sign means, and what to do.
        glossed: "right" for words in another script, which are right where the text explains them:
            한옥 in “a hanok (한옥)”.
        not_after: the regular expression of what makes the sign right if it stands before it, at
            most `REACH` code points away in the same block: a month before “on the 5th”.
    """

    match: str
    message: str
    glossed: Literal["report", "right"] = "report"
    not_after: str = ""

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)
        if self.not_after:
            check(self.not_after, "not_after")


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield each match as an edit that changes nothing. What is not English has no residue.

    Runs of one script inside a run of another are left out: Japanese has Chinese characters in it.
    Of two rules for the same run, the one counts that tells each place: a line is more than a run.
    """
    if not document.is_english():
        return
    in_scripts = list[Edit]()
    for rule in sorted(rules, key=lambda rule: rule.once):
        signs = _signs(document, rule, hits)
        if options_of(rule, Options).glossed == "right":
            in_scripts += (sign for sign in signs if not is_glossed(document.text, sign.span))
        else:
            yield from signs
    first = {sign.span: sign for sign in reversed(outermost(in_scripts))}
    yield from first.values()


def _signs(document: Document, rule: Rule, hits: Hits) -> Iterator[Edit]:
    """Yield each match of a rule as an edit that changes nothing."""
    options = options_of(rule, Options)
    for start, match in matches(
        options.match, document, hits[rule.id], rule.id, rule.reach, quick=rule.quick
    ):
        before = match.string[max(0, match.start() - REACH) : match.start()]
        if options.not_after and occurs(options.not_after, before, document, rule.id):
            continue
        span = Span(start + match.start(), start + match.end())
        yield Edit(span, match.group(), (rule.id,))
