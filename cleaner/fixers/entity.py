"""kind: entity. Writes the characters that entities of HTML stand for: `R&amp;D` is `R&D`.

A web page that encodes its text twice shows its readers `&amp;` and `&nbsp;`. In a format that has
entities, they are syntax, and the text has the characters already; what is left there was encoded
twice too. A text about HTML shows entities as well, alone, in lists and beside marks of code, so
only an entity between the words of a sentence is one by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")


class Options(NamedTuple):
    """The keys of a rule of this kind.

    Attributes:
        match: the regular expression of an entity, which may have spaces in it: `& nbsp;`.
        message: what is wrong.
    """

    match: str
    message: str

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield an edit for each entity in English prose that stands for one visible character."""
    for rule in rules:
        pattern = options_of(rule, Options).match
        for start, match in matches(pattern, document, hits[rule.id], rule.id, quick=rule.quick):
            span = Span(start + match.start(), start + match.end())
            meant = character(match.group())
            if meant and document.is_english_prose(document.block(start)):
                yield Edit(span, meant, (rule.id,))


def character(entity: str) -> str:
    """Return the character that an entity stands for; "" if there is none that is visible.

    No-break spaces, which a page has for its layout, become one space.

    >>> character("& amp;"), character("&#8217;"), character("&nbsp; &nbsp;"), character("&#7;")
    ('&', '’', ' ', '')
    """
    meant = unescape("".join(entity.split()))
    if meant.isspace():
        return " "
    return meant if len(meant) == 1 and meant.isprintable() else ""
