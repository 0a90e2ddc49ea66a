"""kind: pattern. Replaces what a regular expression matches inside one block.

One rule, step by step: `match: "(\\w),{2,} "`, `replace: "\\1, "`. Its required literal `,,` is in
the automaton, so only blocks that contain it are searched. "out,, which" gives "out, which", and
the edit is cut down to the one comma that goes: it must not meet a name beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleaner.errors import OptionError
from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, first_matches, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.style import is_style, others_needed

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")


class Options(NamedTuple):
    """The keys of a rule of this kind.

    Attributes:
        match: the regular expression.
        replace: what to write; it may refer to groups of `match` (`\\1`, `\\g<name>`).
        message: what is wrong.
        report: a second message, for what the repair cannot bring back; it is reported wherever
            the rule changes something.
        language: "en" if the rule guesses at English punctuation, so that it has nothing to say
            about other languages and about code.
        right: a regular expression for the places where a document does right what `match` finds
            wrong. A document that does it wrong nearly everywhere does so as a matter of style,
            and stays as it is.
    """

    match: str
    replace: str
    message: str
    report: str = ""
    language: Literal["any", "en"] = "any"
    right: str = ""

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's, and a replacement that does not fit it."""
        check(self.match)
        if self.right:
            check(self.right, key="right")
        if "\\0" in self.replace:
            raise OptionError("replace", "\\0 writes a NUL", "number groups from 1")
        try:
            re.sub(self.match, self.replace, "")
        except (re.error, IndexError) as error:
            what = f"this does not fit the pattern: {error}"
            raise OptionError("replace", what, "refer to groups that `match` has") from None


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the replacements, cut down to what differs."""
    for rule in rules:
        options = options_of(rule, Options)
        wanted: list[Edit] = []
        for start, match in matches(
            options.match, document, hits[rule.id], rule.id, rule.reach, quick=rule.quick
        ):
            if options.language == "en" and not document.is_english_prose(document.block(start)):
                continue
            after = match.expand(options.replace)
            span = Span(start + match.start(), start + match.end())
            wanted.append(Edit(span, after, (rule.id,)).cut_down(document.text))
        if not (wanted and options.right and _is_style(document, rule, len(wanted))):
            yield from wanted


def _is_style(document: Document, rule: Rule, places: int) -> bool:
    """Return whether nearly all places of a document are as the rule does not want them."""
    right = options_of(rule, Options).right
    needed = others_needed(places)
    return is_style(places, lambda: first_matches(right, document, rule.id, needed))


def remark(rule: Rule) -> str:
    """Return what the repair cannot bring back."""
    return options_of(rule, Options).report
