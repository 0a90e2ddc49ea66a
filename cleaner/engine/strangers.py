"""Whether a variant is a part of somebody else's name: Marwin Okafor, Kevin Marwin.

A variant of a person's name is often the name of other people too, and evidence does not tell them
apart: Alibaba may sponsor Marwin Hitz. What tells is the capitalised word beside it, unless that is
a name that the rules know (Marwin Alibaba), an ordinary word (Chairman Marwin, Marwin Wins Again)
or an abbreviation (CEO Marwin). What is ordinary is looked up in a dictionary, so that is done only
for a variant with such a word beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.engine.sightings import Sightings
from cleaner.rules.model import Entity, Rule
from cleaner.text.boundaries import Boundaries
from cleaner.text.characters import APOSTROPHES, HYPHENS
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import DOUBLE_QUOTES, SINGLE_QUOTES
from cleaner.text.lazy import lazy_pattern

_REACH = 60  # code points beside a variant in which its neighbour stands
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}+(?:[{HYPHENS}{APOSTROPHES}]{_LETTER}+)*"
_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]{0,3}(?:\r\n|\r|\n)[^\S\r\n]{0,3})"
_QUOTES = SINGLE_QUOTES + DOUBLE_QUOTES
# What may stand between a given name and a surname. Where one of these is, only a name follows.
_NICKNAME = rf"[{_QUOTES}][^\r\n{DOUBLE_QUOTES}]{{1,30}}?[{_QUOTES}]{_GAP}"
_INITIAL = rf"[A-Z]\.{_GAP}"
_PARTICLE = (
    rf"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|bint|al|el|ter|ten|zu|zur){_GAP}"
)
_BEHIND = lazy_pattern(
    rf"{_GAP}(?P<between>{_NICKNAME})?(?P<initials>(?:{_INITIAL}){{0,2}})"
    rf"(?P<particles>(?:{_PARTICLE}){{0,3}})(?P<word>{_WORD})"
)
# Quotation marks around the variant alone: “Marwin” Hitz.
_CLOSING = lazy_pattern(rf"[{_QUOTES}](?=\s)")
_BEFORE = lazy_pattern(rf"(?<!\w)(?P<word>{_WORD}){_GAP}\Z")
_POSSESSIVE = lazy_pattern(rf"[{APOSTROPHES}][sS]?\Z")
_PREFIXED = lazy_pattern(rf"(?:[DLO][{APOSTROPHES}]|[AE]l[{HYPHENS}])[A-Z]")  # O’Brien, Al-Farsi
_ABBREVIATION = lazy_pattern(r"[A-Z]{2,}s?")  # CEO, EVs
_BRITISH = lazy_pattern(r"is(?=(?:e|ed|es|ing|ation|ations|er|ers)\Z)")  # the dictionary has -ize
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "jr", "sr", "esq"})  # in British style
_HYPHEN = lazy_pattern(f"[{HYPHENS}]")


class Strangers:
    """The capitalised words beside variants in one document, and whose names they are.

    Args:
        document: the document.
        sightings: where names and phrases are that the rules know.
        words: words beside names, with given names and surnames among them.
    """

    def __init__(self, document: Document, sightings: Sightings, words: Boundaries) -> None:
        self._document = document
        self._sightings = sightings
        self._words = words

    def name(self, rule: Rule, span: Span) -> Span | None:
        """Return the whole name of somebody else that a match at `span` is a part of, or None."""
        entity = rule.options
        if not isinstance(entity, Entity) or entity.type != "person":
            return None
        surname = self._surname(entity, span)
        if surname:
            return Span(span.start, surname.end)
        given = self._given_name(entity, span)
        return Span(given.start, span.end) if given else None

    def _surname(self, entity: Entity, span: Span) -> Span | None:
        """Return the surname behind a match."""
        text = self._document.text
        beside = text[span.end : span.end + 1]
        if not (beside.isspace() or beside in _QUOTES):
            return None
        closing = _CLOSING.match(text, span.end)
        found = _BEHIND.match(text, closing.end() if closing else span.end, span.end + _REACH)
        if found is None:
            return None
        word = self._within(Span(*found.span("word")), span, text)
        if word is None or word.start in self._sightings.starts:
            return None
        there = _POSSESSIVE.sub("", word.of(text))
        if found["particles"] or self._is_a_name(entity, there):
            return word
        return None

    def _given_name(self, entity: Entity, span: Span) -> Span | None:
        """Return the given name before a match of one word."""
        text = self._document.text
        start = max(0, span.start - _REACH)
        before = text[start : span.start]
        if not _may_end_with_name(before) or any(map(str.isspace, span.of(text))):
            return None
        found = _BEFORE.search(before)
        if found is None:
            return None
        there = Span(start + found.start("word"), start + found.end("word"))
        word = self._within(there, span, text)
        if word is None or _POSSESSIVE.search(word.of(text)) or word.end in self._sightings.ends:
            return None
        return word if self._is_a_name(entity, word.of(text)) else None

    def _within(self, word: Span, span: Span, text: str) -> Span | None:
        """Return the word if it is written as a name beside the match, in the same block."""
        there = word.of(text)
        if not there[0].isupper() or len(there) == 1:
            return None
        is_short = there.isupper() or _ABBREVIATION.fullmatch(there)
        if is_short and not span.of(text).isupper():
            return None  # an abbreviation
        block = self._document.block(span.start)
        return word if block.covers(word) else None

    def _is_a_name(self, entity: Entity, word: str) -> bool:
        """Return whether a capitalised word is a person's name, and not one of the entity's own."""
        small = word.lower()
        if small in _TITLES:
            return False
        if any(small in form.lower().split() for form in entity.right):
            return False
        parts = _HYPHEN.split(small)
        if _PREFIXED.match(word) or not self._words.personal_names.isdisjoint(parts):
            return True
        written = _HYPHEN.split(word)
        unknown = [
            part
            for part, there in zip(parts, written, strict=True)
            if len(parts) == 1 or not _ABBREVIATION.fullmatch(there)  # Ex-CEO
        ]
        return not _is_ordinary(unknown)


def _may_end_with_name(before: str) -> bool:
    """Return whether the last word of a text may have a capital. This check costs little.

    >>> _may_end_with_name("so Kevin "), _may_end_with_name("so that "), _may_end_with_name("Now, ")
    (True, False, False)
    """
    if not before[-1:].isspace():
        return False
    words = before.rsplit(None, 1)
    if not words or not words[-1][-1].isalnum():
        return False
    return not (words[-1].isalpha() and words[-1][0].islower())


def _is_ordinary(parts: Sequence[str]) -> bool:
    """Return whether a word is one that everybody knows, or all parts of it are words."""
    from cleaner.text.words import is_familiar, is_ordinary

    is_word = is_familiar if len(parts) == 1 else is_ordinary
    straight = (part.replace(APOSTROPHES[1], "'") for part in parts)
    return all(is_word(part) or is_word(_BRITISH.sub("iz", part)) for part in straight)
