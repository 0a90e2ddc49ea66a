"""Regular expressions of rules: what they may be, and how they are run.

A pattern is written so that both `re` and `regex` understand it. The parser of `re` tells what
must occur before the pattern can match (`requirements`) and whether it may be slow (`speed`).
`regex` runs it, because only `regex` can be told to give up after some time. But to import `regex`
takes a tenth of the time in which the hook looks at a short file. So where a pattern is quick and
the text is short and of common characters, `re` runs it: there the two find the same.

What reads a pattern is imported only when it is needed: a hook that starts with a warm cache runs
patterns, but reads none.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from cleaner.errors import GuaranteeError, OptionError
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.literals import Hit

if TYPE_CHECKING:
    import regex

    from cleaner.rules.model import Rule
    from cleaner.rules.patterns.requirements import Requirement
    from cleaner.rules.patterns.tree import Tree

T = TypeVar("T")
Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"
Match: TypeAlias = "re.Match[str] | regex.Match[str]"

# CPU seconds that all patterns together may spend on one document, whatever its size, and for each
# million code points of it. The bundled patterns took 0.03 to 0.34 s for a million of damaged text.
PATIENCE = 2.0
PATIENCE_FOR_A_MILLION = 4.0
_FURTHEST = 16  # code points before a hit at which a pattern is tried
# Code points of a text that a quick pattern searches without a time limit of its own. To set one
# takes three times as long as to search a short paragraph.
_SHORT = 1000
# Characters that `re` and `regex` may not take for the same. `re` has \x1c to \x1f for white space
# and ² for a letter, and marks over letters and ‿ for none; `regex` knows the i of Turkish.
_UNCOMMON = re.compile(
    r"[^\t\n\r -~\u00A0-\u00B1\u00B4-\u00B8\u00BA\u00BB\u00BF-\u012F\u0132-\u024F"
    r"\u2010-\u2027\u2030-\u203E]"
)
# Fuzzy matching and POSIX classes, which `re` reads as something else.
_ONLY_REGEX = re.compile(r"\{[eids]?<|\{[eids]\b|\[\[:")


@lru_cache(maxsize=4096)
def compiled(match: str) -> regex.Pattern[str]:
    """Return the pattern as `regex` runs it."""
    import regex

    return regex.compile(match)


@lru_cache(maxsize=4096)
def _compiled_by_re(match: str) -> re.Pattern[str]:
    return re.compile(match)


def _is_easy(text: str, *, quick: bool) -> bool:
    """Return whether `re` can run a pattern on a text: without a time limit, with the same matches.

    `quick` is what `is_quick` returns for the pattern.
    """
    return quick and len(text) <= _SHORT and not _UNCOMMON.search(text)


def check(match: str, key: str = "match") -> None:
    """Refuse what cannot be the pattern of a rule, under the key that it stands at.

    Raises:
        OptionError: it is not a regular expression of both `re` and `regex`; it can match an empty
            text; or it can match where none of a few literals occurs.
    """
    tree = _parsed_by_both(match, key)
    only_regex = _ONLY_REGEX.search(match)
    if only_regex:
        raise OptionError(
            key,
            f"“{only_regex.group()}” means something else to `re`",
            "write what `re` understands",
        )
    if tree.least_width == 0:
        raise OptionError(
            key, "this can match an empty text", "make it match at least one character"
        )
    if not required(match):
        raise OptionError(
            key,
            "this can match without any fixed text",
            "add a word or a mark that must occur",
        )


def _parsed_by_both(match: str, key: str) -> Tree:
    """Return the tree of a pattern that both `re` and `regex` understand without a warning."""
    import regex

    from cleaner.rules.patterns.tree import parse

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(match)
            compiled(match)
            required(match)
            return parse(match)
    except (re.error, regex.error, RecursionError, OverflowError, Warning) as error:
        raise OptionError(
            key,
            f"this is not a regular expression: {error}",
            "see the documentation of Python's `re`",
        ) from None


def required(match: str) -> frozenset[bytes]:
    """Return literals of which one occurs wherever the pattern matches; empty if there are none.

    See `cleaner.rules.patterns.requirements`.
    """
    return requirement(match).literals


def requirement(match: str) -> Requirement:
    """Return such literals, and how far before one of them a match may begin."""
    from cleaner.rules.patterns import requirements

    return requirements.requirement(match)


def reach(match: str) -> int | None:
    """Return how many code points before a required literal a match of the pattern begins at most.

    None means that places are not worth trying one by one: there is no limit or a high one, or
    trying the pattern at one place may take long. A pattern with a reach that begins with `^`
    matches nowhere but at the beginning of a block.
    """
    from cleaner.rules.patterns.size import is_quick_at_a_place
    from cleaner.rules.patterns.tree import begins_text

    known = requirement(match).reach
    if known is None or known > _FURTHEST:
        return None
    if match.startswith("^"):  # then it is tried once in a block
        return known if begins_text(match) and is_quick(match) else None
    return known if is_quick_at_a_place(match) else None


def is_quick(match: str) -> bool:
    """Return whether a pattern takes next to no time on a short text, whatever the text is."""
    from cleaner.rules.patterns.size import is_quick_on

    return is_quick_on(match, _SHORT)


def slow_because(match: str) -> str:
    """Return why a pattern may be slow on long texts, and what to do; empty if nothing is found.

    See `cleaner.rules.patterns.speed`, also for what is not judged.
    """
    from cleaner.rules.patterns.speed import reason_to_be_slow

    return reason_to_be_slow(match)


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield each rule with the literals of which one must occur before its `match` can match."""
    for rule in rules:
        for literal in sorted(required(getattr(rule.options, "match", ""))):
            yield rule, literal


def matches(
    match: str,
    document: Document,
    hits: Sequence[Hit],
    rule: str,
    reach: int | None = None,
    *,
    quick: bool = False,
) -> Iterator[tuple[int, Match]]:
    """Yield all matches in the blocks that hold a hit, each with the position of its block.

    Args:
        match: the pattern.
        document: the document.
        hits: where literals are of which the pattern requires one.
        rule: the id that an error names.
        reach: what the function `reach` returns for the pattern.
        quick: what `is_quick` returns for it.

    Raises:
        GuaranteeError: the patterns take too long on the document, so that nothing is known of the
            rest of it.
    """
    if reach is None:
        for block in _blocks_with_hits(document, hits):
            text = block.of(document.text)
            for found in _timed(_search(match, text, quick=quick), document, rule):
                yield block.start, found
        return
    find_places = _first_places if match.startswith("^") else _places_near_hits
    for block, stretches in find_places(document, hits, reach).items():
        text = block.of(document.text)
        pattern = _compiled_by_re(match) if _is_easy(text, quick=quick) else compiled(match)
        places = set(chain.from_iterable(stretches))
        for found in _timed(partial(_matches_at, pattern, text, places), document, rule):
            yield block.start, found


def _search(match: str, text: str, *, quick: bool) -> Callable[[float], Sequence[Match]]:
    """Return what finds all matches of a pattern in a text."""
    if _is_easy(text, quick=quick):
        return partial(_all_matches_of_quick, _compiled_by_re(match), text)
    is_short = quick and len(text) <= _SHORT
    return partial(_all_matches_of_quick if is_short else _all_matches, compiled(match), text)


def _places_near_hits(
    document: Document, hits: Iterable[Hit], reach: int
) -> Mapping[Span, Sequence[range]]:
    """Return where in which block a pattern may match; places count from the start of the block.

    A hit may be longer than what a match begins with: white space before a literal belongs to it,
    and a literal may begin with what a look-behind requires. So every place in it is tried.
    """
    places: dict[Span, list[range]] = {}
    for (start, end), _ in hits:
        block = document.block(start)
        blocks = [block] if block.start < end <= block.end else [block, document.block(end - 1)]
        for each in blocks:
            first, last = max(start - reach, each.start), min(end, each.end)
            stretch = range(first - each.start, last - each.start + 1)
            places.setdefault(each, []).append(stretch)
    return places


def _first_places(
    document: Document, hits: Iterable[Hit], reach: int
) -> Mapping[Span, Sequence[range]]:
    """Return the blocks at whose beginning a pattern may match, as `_places_near_hits` does."""
    places: dict[Span, list[range]] = {}
    for (start, end), _ in hits:
        for at in range(max(start - reach, 0), end + 1):
            if document.begins_block(at):
                places[document.block(at)] = [range(1)]
    return places


def _matches_at(
    pattern: Pattern, text: str, places: Iterable[int], _seconds: float
) -> Sequence[Match]:
    """Return all matches that begin at one of these places, as a search through the text would."""
    found: list[Match] = []
    end = 0
    for place in sorted(places):
        if place >= end:
            match = pattern.match(text, place)
            if match:
                found.append(match)
                end = match.end()
    return found


def _all_matches(
    pattern: regex.Pattern[str], text: str, seconds: float
) -> Sequence[regex.Match[str]]:
    """Return all matches at once: the time limit then counts nothing but the search."""
    return list(pattern.finditer(text, timeout=seconds))


def _all_matches_of_quick(pattern: Pattern, text: str, _seconds: float) -> Sequence[Match]:
    """Return all matches of a quick pattern in a short text, which needs no time limit."""
    return list(pattern.finditer(text))


def first_matches(
    match: str, document: Document, rule: str, most: int
) -> Sequence[regex.Match[str]]:
    """Return the first matches in the whole text, so many at most, whatever its blocks are.

    `rule` is the id that an error names.

    Raises:
        GuaranteeError: the patterns take too long on the document.
    """
    pattern = compiled(match)

    def search(seconds: float) -> Sequence[regex.Match[str]]:
        return list(islice(pattern.finditer(document.text, timeout=seconds), most))

    return _timed(search, document, rule)


def is_whole_match(
    match: str, text: str, document: Document, rule: str, *, quick: bool = False
) -> bool:
    """Return whether a pattern matches the whole of a text, which is a part of the document.

    `rule` is the id that an error names; `quick` is what `is_quick` returns for the pattern.

    Raises:
        GuaranteeError: the patterns take too long on the document.
    """
    if _is_easy(text, quick=quick):
        return bool(_timed(lambda _: _compiled_by_re(match).fullmatch(text), document, rule))
    pattern = compiled(match)
    if quick and len(text) <= _SHORT:
        return bool(_timed(lambda _: pattern.fullmatch(text), document, rule))
    return bool(_timed(lambda left: pattern.fullmatch(text, timeout=left), document, rule))


def occurs(match: str, text: str, document: Document, rule: str) -> bool:
    """Return whether a pattern matches anywhere in a text, which is a part of the document.

    `rule` is the id that an error names.

    Raises:
        GuaranteeError: the patterns take too long on the document.
    """
    pattern = compiled(match)
    return bool(_timed(lambda left: pattern.search(text, timeout=left), document, rule))


def _timed(search: Callable[[float], T], document: Document, rule: str) -> T:
    """Return what a search finds, which is told how many seconds it may take.

    One budget serves all searches of a document: a pattern that is a little slow on each of a
    thousand blocks is as bad as one that is very slow on a single block.
    """
    patience = PATIENCE + PATIENCE_FOR_A_MILLION * len(document.text) / 1_000_000
    left = patience - document.searching.seconds
    try:
        if left <= 0:
            raise TimeoutError
        return document.searching.time(lambda: search(left))
    except TimeoutError:
        raise GuaranteeError(
            f"{rule} takes too long; patterns may take {patience:.1f} s on a text of "
            f"{len(document.text):,} characters"
        ) from None


def _blocks_with_hits(document: Document, hits: Iterable[Hit]) -> Iterable[Span]:
    """Return the blocks at both ends of each hit, without repetition.

    The two may differ: a literal that begins with a space may be found from the line end before
    it.
    """
    blocks: dict[Span, None] = {}
    for (start, end), _ in hits:
        block = document.block(start)
        blocks[block] = None
        if not block.start < end <= block.end:
            blocks[document.block(end - 1)] = None
    return blocks
