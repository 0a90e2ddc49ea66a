"""Whether a pattern may be slow, judged by its structure and without a clock.

A search tries a pattern at every character. A pattern is slow where such a try can read far, fail,
and be made again at the next character, or where one stretch of text can be divided among nested
repetitions in very many ways.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from cleaner.rules.patterns.tree import (
    Branches,
    Chars,
    Group,
    Look,
    Other,
    Position,
    Repeat,
    Sequence,
    Step,
    bodies,
    parse,
    walk,
)

CharSet: TypeAlias = frozenset[str]

# Characters by which classes are compared: ASCII, and some of each other script of the texts.
_SAMPLE: CharSet = frozenset(
    string.printable + "\N{NO-BREAK SPACE}" + "éàöñüçøš" + "가마윈한국서울시" + "中国人大上海北京"
)
_SPACES = frozenset(char for char in _SAMPLE if char.isspace())
_WORD = frozenset(char for char in _SAMPLE if char.isalnum() or char == "_")
_NONE: CharSet = frozenset()

_FEW_LETTERS = 6  # a class with more letters of the sample accepts long stretches of text
_MOST_STEPS = 8  # steps at the beginning of a pattern that are judged

_LEADING_REPEAT = (
    "a repetition without limit can begin at every character; "
    r"begin the pattern with a fixed word or mark, `\b` or a look-behind"
)
_NESTED_REPEAT = (
    "a repetition without limit stands directly inside another one; "
    "add something else to the outer one that must occur, such as a space"
)


def reason_to_be_slow(match: str) -> str:
    r"""Return why a pattern may be slow on long texts, and what to do; empty if nothing is found.

    Two things are judged:

    * A repetition without limit that can begin at every character, as in `\w+ly`, `.*,,` and
      `[^x]*x`. Each search from one character may read to the end of the stretch, and the next one
      does so again: the cost grows with the square of the stretch. Nothing is reported where a
      fixed character, `^`, `\b` or a look-behind keeps the pattern from beginning again inside the
      stretch. Stretches of letters and of white space count; those of digits and marks are short.
    * A repetition without limit inside another one whose body holds nothing else that must occur,
      as in `(a+)+` and `(?:\w+\s?)*`. A stretch can be divided among the two in so many ways that
      the cost doubles with every character, where what follows does not match.

    Not judged are repetitions with a limit, however high; those behind a fixed character other
    than a space; stretches of few characters, such as `,+` and `[0-9]+`; and repetitions that
    follow each other and accept the same characters. A repeated group, such as `(?:ab)+`, is
    judged by what it begins with. Nor is a look-behind at the beginning: `regex` needs as much time
    for `(?<=[a-z])[.!?][A-Z]` as for `[.!?](?<=[a-z].)[A-Z]`.

    Raises:
        re.error: the pattern is not a regular expression.

    >>> reason_to_be_slow(r"\w+ly").partition(";")[0]
    'a repetition without limit can begin at every character'
    >>> reason_to_be_slow(r"\b\w+ly")
    ''
    """
    steps = parse(match).steps
    if _has_nested_repeat(steps):
        return _NESTED_REPEAT
    if _begins_everywhere(steps, _Start()):
        return _LEADING_REPEAT
    return ""


def _has_nested_repeat(steps: Sequence) -> bool:
    for step in walk(steps):
        if _is_unlimited(step) and not _is_possessive(step):
            (body,) = bodies(step)
            if _is_only_repeats(body):
                return True
    return False


def _is_only_repeats(body: Sequence) -> bool:
    """Return whether a repetition without limit can be all that the body of another one matches."""
    has_repeat = False
    for step in body:
        if _is_possessive(step) or isinstance(step, Look):
            is_repeat = False
        else:
            is_repeat = _is_unlimited(step) or any(map(_is_only_repeats, bodies(step)))
        if not is_repeat and not _can_be_empty(step):
            return False
        has_repeat = has_repeat or is_repeat
    return has_repeat


def _is_unlimited(step: Step) -> bool:
    return isinstance(step, Repeat) and step.most is None


def _is_possessive(step: Step) -> bool:
    """Return whether what a step has matched is never tried in another way."""
    if isinstance(step, Repeat):
        return step.possessive
    return isinstance(step, Group) and step.atomic


def _can_be_empty(step: Step) -> bool:
    match step:
        case Chars():
            return False
        case Repeat(least, _, body):
            return not least or all(map(_can_be_empty, body))
        case Group(body):
            return all(map(_can_be_empty, body))
        case Branches(alternatives):
            return any(all(map(_can_be_empty, body)) for body in alternatives)
        case Look() | Position():
            return True
    return False


class _Start(NamedTuple):
    """What is known of the places where a pattern can begin, after some of its steps."""

    before: CharSet = _SAMPLE  # what may stand directly before the beginning
    at_boundary: bool = False  # whether a word must begin or end there
    consumed: tuple[CharSet, ...] = ()  # what each step may have consumed since
    steps: int = 0  # how many steps were passed

    def inside(self, stretch: CharSet) -> CharSet:
        """Return characters of a stretch of text behind which the pattern can begin again."""
        beginnings = stretch & self.before
        if self.at_boundary:
            beginnings &= _boundaries_within(stretch)
        return beginnings


def _boundaries_within(stretch: CharSet) -> CharSet:
    """Return characters of a stretch behind which words often begin or end."""
    words, others = stretch & _WORD, stretch - _WORD
    found = others if words else _NONE
    return found | words if others & _SPACES else found


def _is_common(chars: CharSet) -> bool:
    """Return whether ordinary text has long stretches of these characters, or holds one soon."""
    return bool(chars & _SPACES) or sum(map(str.isalpha, chars)) > _FEW_LETTERS


def _begins_everywhere(steps: Sequence, start: _Start) -> bool:
    """Return whether the sequence reaches a repetition without limit from nearly every place."""
    if not steps or start.steps == _MOST_STEPS:
        return False
    step, rest = steps[0], steps[1:]
    start = start._replace(steps=start.steps + 1)
    match step:
        case Position() | Look():
            return _begins_everywhere(rest, _limited(start, step))
        case Other():
            return False
        case Chars():
            accepted = _accepted(step)
            return _is_common(accepted) and _begins_everywhere(rest, _after(start, accepted))
        case Group(body):
            return _begins_everywhere(body + rest, start)
        case Branches(alternatives):
            return any(_begins_everywhere(body + rest, start) for body in alternatives)
    return _repeat_begins_everywhere(step, rest, start)


def _repeat_begins_everywhere(repeat: Repeat, rest: Sequence, start: _Start) -> bool:
    """Judge a sequence that begins with a repetition."""
    if repeat.most is None and len(repeat.body) == 1 and isinstance(repeat.body[0], Chars):
        stretch = _accepted(repeat.body[0])
        passed = (*start.consumed, start.inside(stretch))
        if all(_is_common(stretch & chars) for chars in passed):
            return True
    if not repeat.least and _begins_everywhere(rest, start):
        return True
    return _begins_everywhere(repeat.body + rest, start)


def _after(start: _Start, consumed: CharSet) -> _Start:
    return start._replace(consumed=(*start.consumed, consumed))


def _limited(start: _Start, step: Position | Look) -> _Start:
    """Return what a position or a look-around tells of the places where a pattern can begin."""
    if start.consumed:
        return start
    match step:
        case Position("AT_BOUNDARY"):
            return start._replace(at_boundary=True)
        case Position("AT_NON_BOUNDARY") | Look(ahead=True):
            return start
        case Position("AT_BEGINNING_LINE"):
            allowed = frozenset("\n")
        case Position():
            allowed = _NONE  # the beginning or the end of the text
        case Look():
            allowed = _allowed_before(step)
    return start._replace(before=start.before & allowed)


def _allowed_before(look: Look) -> CharSet:
    """Return what may be directly before a place at which a look-behind succeeds.

    A negative look-behind of several characters forbids none of them alone. A positive one of
    several characters is fulfilled so rarely that it is taken for a limit.
    """
    if len(look.body) != 1:
        return _SAMPLE if look.negative else _NONE
    accepted = _ending(look.body[0])
    return _SAMPLE - accepted if look.negative else accepted


def _ending(step: Step) -> CharSet:
    """Return what a look-behind of one character accepts; nothing for a longer one."""
    match step:
        case Chars():
            return _accepted(step)
        case Group((inner,)):
            return _ending(inner)
        case Branches(alternatives):
            single = [_ending(body[0]) for body in alternatives if len(body) == 1]
            return _NONE.union(*single)
    return _NONE


def _accepted(chars: Chars) -> CharSet:
    """Return the characters of the sample that a class accepts."""
    accepted = set(_in_categories(chars.categories))
    for low, high in chars.ranges:
        accepted.update(char for char in _SAMPLE if low <= ord(char) <= high)
    return _SAMPLE - accepted if chars.negated else frozenset(accepted)


def _in_categories(categories: Iterable[str]) -> Iterator[str]:
    for category in categories:
        yield from (char for char in _SAMPLE if re.match(category, char))
