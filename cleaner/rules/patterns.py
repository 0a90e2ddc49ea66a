"""Regular expressions of rules: what they may be, and which literals must occur before one can
match.

A pattern is written so that both `re` and `regex` understand it. `re`'s own parser tells what it
requires; `regex` runs it, because only `regex` can be told to give up after a while.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.errors import GuaranteeError, OptionError
from cleaner.text.document import Document
from cleaner.text.folding import SPACES
from cleaner.text.literals import GAP, Hit

if TYPE_CHECKING:
    import regex

    from cleaner.rules.model import Rule

TIMEOUT = 2.0  # seconds a pattern may spend on one block
_ONLY_REGEX = re.compile(r"\{[eids]?<|\{[eids]\b|\[\[:")  # fuzzy matching and POSIX classes
_MOST_COPIES = 4
_MOST_MEMBERS = 26  # of a class of characters that is written out: the letters
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
# alternatives a pattern may wait for: all Hangul syllables are 175 beginnings of two bytes
_MOST_LITERALS = 400


@lru_cache(maxsize=4096)
def compiled(match: str) -> regex.Pattern[str]:
    """The pattern as `regex` runs it."""
    import regex

    return regex.compile(match)


def check(match: str) -> None:
    """Refuse what cannot be a rule's pattern.

    Raises:
        OptionError: it is no regular expression, matches without consuming anything, or requires no
        literal.
    """
    import regex

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(match)
            tree = _parsed(match)
            compiled(match)
    except (re.error, regex.error, RecursionError, OverflowError, Warning) as error:
        raise OptionError(
            "match", f"this is no regular expression: {error}", "see the documentation of `re`"
        ) from None
    if found := _ONLY_REGEX.search(match):
        raise OptionError(
            "match", f"“{found.group()}” means something else to `re`", "use what `re` knows"
        )
    if tree.getwidth()[0] == 0:
        raise OptionError(
            "match", "this matches the empty text", "let it consume at least one character"
        )
    if not required(match):
        raise OptionError(
            "match",
            "no literal must occur before this can match",
            "anchor it to a fixed word or mark",
        )


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """What must occur for rules with a `match` to have anything to say."""
    for rule in rules:
        for literal in sorted(required(getattr(rule.options, "match", ""))):
            yield rule, literal


def matches(
    match: str, document: Document, hits: Sequence[Hit], rule: str
) -> Iterator[tuple[int, regex.Match[str]]]:
    """All matches in the blocks that hold a hit, each with the position at which its block begins.

    Raises:
        GuaranteeError: the time is up; nothing is known of the rest of the block.
    """
    # Both ends of a hit: a literal that begins with a space may have been found from the line end
    # before it.
    for start, end in dict.fromkeys(
        document.block(at) for (first, last), _ in hits for at in (first, last - 1)
    ):
        try:
            for found in compiled(match).finditer(document.text[start:end], timeout=TIMEOUT):
                yield start, found
        except TimeoutError:
            size = f"{end - start:,} characters"
            raise GuaranteeError(
                f"{rule} takes more than {TIMEOUT:g} s on one block of {size}"
            ) from None


@lru_cache(maxsize=4096)
def required(match: str) -> frozenset[bytes]:
    """Byte strings of which one occurs wherever the pattern matches: UTF-8, ASCII in lower case,
    without white space.

    A class of characters beyond ASCII counts by the bytes its members begin with. Empty if nothing
    is required.

    >>> sorted(required("(?:Anchor|Reporter):"))
    [b'anchor:', b'reporter:']
    >>> sorted(required(",,+")), sorted(required(r"\\s+"))
    ([b',,'], [])
    """
    tree = _parsed(match)
    found = _best(tree) or set()
    if tree.state.flags & re.IGNORECASE and not all(literal.isascii() for literal in found):
        return frozenset()  # the automaton knows no case beyond ASCII
    return frozenset(found)


def _parsed(match: str) -> Any:
    return re._parser.parse(match)  # type: ignore[attr-defined]


def _best(tree: Iterable[Any]) -> set[bytes] | None:
    """Of all sets of literals that the sequence requires, the one whose shortest member is longest."""
    options: list[set[bytes]] = []
    run = [b""]  # the alternatives of what is literal up to here
    for code, value in _unrolled(tree):
        name = str(code)
        if name in {"AT", "ASSERT_NOT"}:
            continue  # no width: what stands before and behind touches
        follow = _strings(value[1]) if name == "ASSERT" else _choices(code, value)
        if len(run) * len(follow) > _MOST_LITERALS:
            follow = []
        if name == "ASSERT" and value[0] > 0:
            options.append(
                {head + tail for head in run for tail in follow} or _best(value[1]) or set()
            )
        elif name == "ASSERT" and run != [b""]:
            continue  # a look-behind says nothing new of what was just consumed
        elif follow:
            run = [head + tail for head in run for tail in follow]
            if any(byte >= 0xC0 and len(tail) < 3 for tail in follow for byte in tail[:1]):
                options.append(set(run))  # the beginning of a character: nothing can follow it
                run = [b""]
        else:
            options.append(set(run))
            run = [b""]
            if inner := _inside(code, value):
                options.append(inner)
    options.append(set(run))
    options = [{_with_single_spaces(literal) for literal in option} for option in options]
    usable = [option for option in options if option and all(option) and not _anything(option)]
    return max(usable, key=lambda option: (min(map(len, option)), -len(option)), default=None)


def _anything(option: set[bytes]) -> bool:
    """Whether the literals are too many, or most letters of the alphabet."""
    return len(option) > _MOST_LITERALS or (len(option) > 8 and min(map(len, option)) == 1)


def _with_single_spaces(literal: bytes) -> bytes:
    """A literal as it occurs in a folded text: with single spaces; a run of spaces alone has a sign
    of its own.
    """
    if not literal.strip():
        return GAP if len(literal) > 1 else b""
    return re.sub(rb" +", b" ", literal)


def _unrolled(tree: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The sequence with the obligatory copies of a repeated character written out: `,,+` begins
    with two commas.
    """
    for code, value in tree:
        if (
            str(code) in _REPEATS
            and value[0]
            and len(value[2]) == 1
            and str(value[2][0][0]) in {"LITERAL", "IN"}
        ):
            yield from [value[2][0]] * min(value[0], _MOST_COPIES)
            if value[1] != value[0] or value[0] > _MOST_COPIES:
                yield code, (0, value[1], value[2])  # whatever more of it follows ends the run
        else:
            yield code, value


def _strings(tree: Iterable[Any]) -> list[bytes]:
    """All that a sequence can consume, if it is a few known strings."""
    found = [b""]
    for code, value in _unrolled(tree):
        if str(code) not in {"AT", "ASSERT", "ASSERT_NOT"}:
            follow = _choices(code, value)
            found = [head + tail for head in found for tail in follow]
            if not 0 < len(found) <= _MOST_LITERALS:
                return []
    return found


def _choices(code: Any, value: Any) -> list[bytes]:
    """What one step of the pattern can consume, if that is a few known strings."""
    match str(code):
        case "LITERAL":
            return _encoded(chr(value))
        case "SUBPATTERN":
            return _strings(value[-1])
        case "BRANCH":
            branches = [_strings(branch) for branch in value[1]]
            return sorted({text for branch in branches for text in branch}) if all(branches) else []
        case "IN" if all(str(kind) in {"LITERAL", "RANGE"} for kind, _ in value):
            return _members([(v, v) if str(kind) == "LITERAL" else v for kind, v in value])
    return []


def _members(ranges: list[tuple[int, int]]) -> list[bytes]:
    """The characters of a small class, or the bytes that the members of a large one beyond ASCII
    begin with.
    """
    if sum(high - low + 1 for low, high in ranges) <= _MOST_MEMBERS:
        found = [_encoded(chr(point)) for low, high in ranges for point in range(low, high + 1)]
        return sorted({code for codes in found for code in codes}) if all(found) else []
    spaces = any(low <= ord(space) <= high for space in SPACES for low, high in ranges)
    if min(low for low, _ in ranges) < 0x80 or spaces:
        return []
    size = 2 if max(high for _, high in ranges) >= 0x800 else 1
    points = (point for low, high in ranges for point in range(low, high + 1))
    return sorted({chr(point).encode("utf-8", "replace")[:size] for point in points})


def _encoded(char: str) -> list[bytes]:
    if (char != " " and char.isspace()) or unicodedata.combining(char):
        return []  # folded away, or composed with what stands before it
    return [char.lower().encode() if char.isascii() else char.encode()]


def _inside(code: Any, value: Any) -> set[bytes] | None:
    """What a group, an alternation or a repetition requires."""
    match str(code):
        case "SUBPATTERN":
            return _best(value[-1])
        case "ATOMIC_GROUP":
            return _best(value)
        case "BRANCH":
            branches = [_best(branch) for branch in value[1]]
            return (
                set().union(*(branch for branch in branches if branch)) if all(branches) else None
            )
        case repeat if repeat in _REPEATS and value[0]:
            return _best(list(value[2]) * min(value[0], _MOST_COPIES))
    return None
