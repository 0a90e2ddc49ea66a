"""kind: credit. Writes credits, datelines and bylines in one English style.

`places` finds where in a block a credit may be, `grammar` reads it, `words` holds the words, which
are in YAML. One rule is about one sort of reading (its key `about`), so that each sort has a level
of its own. A credit with an East Asian word that the lists do not have is left as it is: names are
never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.fixers.credit.bylines import find_bylines
from cleaner.fixers.credit.grammar import Reading, read
from cleaner.fixers.credit.places import Place, find_places
from cleaner.fixers.credit.words import EAST_ASIAN, About, Lexicon, Words
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.memo import Memo

Options = Words
LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_ROUND = "(（"
_NARROW = ("", "[", "(", "<")  # other brackets have white space in them
_LATIN = re.compile("[A-Za-z]")
_MOST_AROUND = 20  # East Asian characters around credits, which a headline or a byline may have
_PLACES_AT_HEAD = re.compile(r"\s*(?P<places>[A-Z][A-Za-z., ]{1,60}?)\s*=\s*(?=[A-Z])")
_TEXT_BEHIND = re.compile(r"[\s,]+\S")


class _Found(NamedTuple):
    """What is to be written where in a block, and what it is."""

    about: About
    span: Span
    english: str
    is_plain: bool = False  # whether it is a credit even in a block that looks like code


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield the names of sources, and labels with a mark behind them."""
    for rule in rules:
        words = options_of(rule, Words)
        for piece in sorted(set(_lexicon(words).literals(words.about))):
            yield rule, piece


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the English of every credit of which all words are known."""
    for rule in rules:
        words = options_of(rule, Words)
        find = _memo(_lexicon(words))
        for block in dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id]):
            for found in find(block.of(document.text)):
                if found.about != words.about:
                    continue
                if not (found.is_plain or document.is_english_prose(block)):
                    continue
                span = Span(block.start + found.span.start, block.start + found.span.end)
                edit = Edit(span, found.english, (rule.id,))
                # In English a name beside what changes may be garbled too.
                is_whole = found.about in {"untranslated", "byline"}
                yield edit if is_whole else edit.cut_down(document.text)


def _lexicon(words: Words) -> Lexicon:
    """Return the lexicon of a rule. Rules that share their words share it."""
    return _lexicon_of(words._replace(message="", about="untranslated"))


@lru_cache(maxsize=16)
def _lexicon_of(words: Words) -> Lexicon:
    return Lexicon(words)


@lru_cache(maxsize=16)
def _memo(lexicon: Lexicon) -> Memo[Sequence[_Found]]:
    """Return what remembers the credits of blocks, whatever rule they are for.

    Each block is asked about several times: by rules that wait for damage, and in every pass.
    """
    return Memo(lambda text: _in_block(text, lexicon))


def _in_block(text: str, lexicon: Lexicon) -> Sequence[_Found]:
    """Return what is found in a block, whatever rule it is for.

    A block of another language keeps its credits in that language.
    """
    found = list(_credits(text, lexicon))
    inside = "".join(each.span.of(text) for each in found)
    around = len(EAST_ASIAN.findall(text)) - len(EAST_ASIAN.findall(inside))
    if around > _MOST_AROUND and around > len(_LATIN.findall(text)):
        return []
    head = _head(text, lexicon)
    if head:
        found.append(head)
    for byline in find_bylines(text, lexicon):
        found.append(_Found("byline", byline.span, byline.english))
    return found


def _credits(text: str, lexicon: Lexicon) -> Iterator[_Found]:
    """Yield the credits of a block, and what is glued to the text before it."""
    ends: set[int] = set()  # where credits without brackets end, of which the longest counts
    for place in find_places(text, lexicon.may_be_in):
        if place.span.end in ends:
            continue
        reading = _reading(text, place, lexicon)
        if reading is None:
            continue
        if not place.opening:
            ends.add(place.span.end)
        # To Korean papers <Photo = Newsis> is no tag.
        is_plain = reading.about == "untranslated" or place.opening == "<"
        yield _Found(reading.about, place.span, reading.english, is_plain)
        if place.glue >= 0 and place.at_end and place.opening in _NARROW:
            yield _Found("glued", Span(place.glue, place.glue), " ")


def _reading(text: str, place: Place, lexicon: Lexicon) -> Reading | None:
    """Return what a credit in a place is in English, or None if there is none."""
    credit = place.span.of(text)
    reading = _read(credit, lexicon, at_head=place.at_head, set_apart=place.set_apart)
    if reading is None:
        return None
    if reading.about == "untranslated":
        return reading if _is_credit(credit, place, lexicon) else None
    if reading.about == "likely" and place.opening:
        return None  # draw(Photo = Blue)
    if reading.about == "style":
        is_outside = place.at_head or (place.at_end and place.set_apart)
        return reading if is_outside else None
    return reading


@lru_cache(maxsize=1_000)
def _read(credit: str, lexicon: Lexicon, *, at_head: bool, set_apart: bool) -> Reading | None:
    """Return the reading of a credit: pages have the same ones again and again."""
    return read(credit, lexicon, at_head=at_head, set_apart=set_apart)


def _is_credit(credit: str, place: Place, lexicon: Lexicon) -> bool:
    """Return whether a place holds a credit and not a gloss, as in “Yonhap (연합뉴스)”.

    A credit has an equals sign, or it is at the beginning of the block, or at the end of a line
    behind a sentence. In round brackets, without brackets, or behind a word, it also has to have a
    word that is about a picture.
    """
    if "=" in credit or "\N{FULLWIDTH EQUALS SIGN}" in credit:
        return True
    if not place.opening and credit.strip() in lexicon.words.alone:
        return False
    about_a_picture = lexicon.is_about_a_picture(credit)
    if not place.opening:
        return about_a_picture
    at_an_end = not place.before or place.at_end
    behind_a_word = place.before.isalnum()
    needs_no_picture = place.opening not in _ROUND and not behind_a_word
    return at_an_end and (about_a_picture or needs_no_picture)


def _head(text: str, lexicon: Lexicon) -> _Found | None:
    """Return the dateline that a block begins with, if it is without brackets."""
    found = _PLACES_AT_HEAD.match(text)
    if not found:
        return None
    end = lexicon.end_of_sources(text, found.end())
    if end == found.end() or not _TEXT_BEHIND.match(text, end):
        return None
    span = Span(found.start("places"), end)
    reading = read(span.of(text), lexicon)
    if reading is None or reading.about != "dateline":
        return None
    return _Found("dateline", span, reading.english)
