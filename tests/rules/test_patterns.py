"""Patterns: what cannot be one, which may be slow, and the private parser that reads them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cleaner.rules.patterns import check, required, slow_because, tree
from tests.rules.samples import PATTERN, TEXT, check_refused, pattern
from tests.samples import bundled_rules

REGEX = "see the documentation of Python's `re`"
GROUPS = "refer to groups that `match` has"
LITERAL = "this can match without any fixed text; add a word or a mark that must occur"
NOTHING = "this can match an empty text; make it match at least one character"

PATTERNS = [
    pytest.param(
        pattern("(,,"),
        "5:10: this is not a regular expression: missing ), unterminated subpattern at position "
        f"0; {REGEX}",
        id="group left open",
    ),
    pytest.param(
        pattern("*,,"),
        f"5:10: this is not a regular expression: nothing to repeat at position 0; {REGEX}",
        id="nothing to repeat",
    ),
    pytest.param(
        pattern("[,,"),
        "5:10: this is not a regular expression: unterminated character set at position 0; "
        f"{REGEX}",
        id="set left open",
    ),
    pytest.param(
        pattern(r"\p{Hangul},,"),
        rf"5:10: this is not a regular expression: bad escape \p at position 0; "
        f"{REGEX}",
        id="what only regex knows",
    ),
    *(
        pytest.param(pattern(match), f"5:10: {NOTHING}", id=f"empty match {match}")
        for match in (",*", "(?=,,)", ",,|", "(?:,,)?", r"\b", "(a|b)?(?<=,,)")
    ),
    *(
        pytest.param(pattern(match), f"5:10: {LITERAL}", id=f"no literal in {match}")
        for match in (r"\w+", ".", r",,|\d", "[^,]", r"(?:,,)?\s", "[a-z]")
    ),
    pytest.param(pattern(r"\uD800"), f"5:10: {LITERAL}", id="half of a surrogate pair"),
    pytest.param(
        pattern(",,", r"\1"),
        f"6:12: this does not fit the pattern: invalid group reference 1 at position 1; {GROUPS}",
        id="group number unknown",
    ),
    pytest.param(
        pattern(",,", r"\g<n>"),
        f"6:12: this does not fit the pattern: unknown group name 'n'; {GROUPS}",
        id="group name unknown",
    ),
    pytest.param(
        pattern(",,", r"\q"),
        rf"6:12: this does not fit the pattern: bad escape \q at position 0; {GROUPS}",
        id="escape unknown",
    ),
    pytest.param(
        PATTERN + "  match: [',,']\n  replace: x\n",
        f"5:10: `match` is a list, not text; {TEXT}",
        id="match is a list",
    ),
    pytest.param(
        PATTERN + "  replace: x\n",
        "3:3: the key `match` is missing; a rule of this kind needs it",
        id="match missing",
    ),
    pytest.param(
        PATTERN + "  match: ',,'\n",
        "3:3: the key `replace` is missing; a rule of this kind needs it",
        id="replace missing",
    ),
    pytest.param(
        "kind: residue\nrules:\n- {id: x, match: ',,'}\n",
        "3:3: the key `message` is missing; a rule of this kind needs it",
        id="message missing",
    ),
]


@pytest.mark.parametrize(("data", "message"), [*PATTERNS])
def test_a_fault_is_one_line(data: str | bytes, message: str) -> None:
    check_refused(data, message)


EVERYWHERE = "a repetition without limit can begin at every character"
NESTED = "a repetition without limit stands directly inside another one"

SLOW = [
    pytest.param(".*,,", EVERYWHERE, id="anything"),
    pytest.param("(?s).*?,,", EVERYWHERE, id="anything, lazily, over lines"),
    pytest.param(r"\w+ly", EVERYWHERE, id="a word"),
    pytest.param(r"(\w+)ly", EVERYWHERE, id="a word in a group"),
    pytest.param(r"\w++ly", EVERYWHERE, id="a word, possessively"),
    pytest.param("[^x]*x", EVERYWHERE, id="anything but a letter"),
    pytest.param("[a-z]+ing", EVERYWHERE, id="small letters"),
    pytest.param("[가-힣]+,", EVERYWHERE, id="Hangul"),
    pytest.param(r"\s+,", EVERYWHERE, id="white space"),
    pytest.param(" +,", EVERYWHERE, id="spaces"),
    pytest.param("[a-z][a-z]*ing", EVERYWHERE, id="a letter before the repetition"),
    pytest.param(r",?\w+ly", EVERYWHERE, id="behind what may be missing"),
    pytest.param(r"x,|\w+ly", EVERYWHERE, id="in one alternative"),
    pytest.param(r"(?:\w+ )+,", EVERYWHERE, id="at the beginning of a repeated group"),
    pytest.param(r"\b.*,,", EVERYWHERE, id="from each word to the end of the line"),
    pytest.param(r"(?<=[a-z])\w+,", EVERYWHERE, id="look-behind that holds inside the stretch"),
    pytest.param(r"(?<!ab)\w+,", EVERYWHERE, id="look-behind that rarely forbids"),
    pytest.param(r"(?=[a-z])\w+,", EVERYWHERE, id="look-ahead"),
    pytest.param("(?:x|)[a-z]+,", EVERYWHERE, id="behind an empty alternative"),
    pytest.param("(a+)+,", NESTED, id="nested"),
    pytest.param("(a*)*,", NESTED, id="nested, possibly empty"),
    pytest.param("x(?:a+|b)*,", NESTED, id="nested in one alternative"),
    pytest.param(r"x(?:\w+\s?)*,", NESTED, id="nested, with what may be missing"),
    pytest.param(r"x(?:(?:a+))*,", NESTED, id="nested in two groups"),
    pytest.param(r"x(?:a(?:b+)+c)*,", NESTED, id="nested inside something fixed"),
    pytest.param(r"x(?:\b\w+)+,", NESTED, id="nested behind a position"),
]
NOT_SLOW = [
    pytest.param(",,+", id="a mark"),
    pytest.param("[0-9]+%p", id="digits"),
    pytest.param(r"\d+%p", id="digits by their category"),
    pytest.param("[ae]+,", id="few letters"),
    pytest.param(r"\b\w+ly", id="word boundary"),
    pytest.param(r"\b[A-Z]\w+ and", id="word boundary and a capital"),
    pytest.param("^.*,,", id="beginning of the text"),
    pytest.param("(?m)^.*,,", id="beginning of a line"),
    pytest.param(r"\A[^x]*x", id="beginning of the text, by its other name"),
    pytest.param(r"(?<!\w)\w+,", id="look-behind for another character"),
    pytest.param(r"(?<![a-z])(?<![A-Z])[a-zA-Z]+,", id="two look-behinds"),
    pytest.param(r"(?<=,)\w+,", id="look-behind for a mark"),
    pytest.param(r"(?<=\w) +,", id="spaces behind a word"),
    pytest.param(r"\w{1,30}ly", id="limited"),
    pytest.param("[A-Z][a-z]+,", id="a capital before small letters"),
    pytest.param(r"x\w+,", id="behind a fixed letter"),
    pytest.param(r"(?:x|yz)\w+,", id="behind fixed alternatives"),
    pytest.param(r"(?:Anchor|Reporter)+:", id="repeated words"),
    pytest.param(r"x(?:\w+ )+,", id="nested with a space"),
    pytest.param(r"x(?:a+,)*y", id="nested with a mark"),
    pytest.param(r"x(?:a+){2,5},", id="nested in a limited one"),
    pytest.param(r"x(?:a++)+,", id="nested, inside possessive"),
    pytest.param(r"x(?:a+)++,", id="nested, outside possessive"),
    pytest.param(r"x(?>a+)+,", id="nested in an atomic group"),
    pytest.param(r"x(?:(?=a+)b)+,", id="nested in a look-ahead"),
    pytest.param(r"([,;])\1+", id="reference"),
]


@pytest.mark.parametrize(("match", "reason"), SLOW)
def test_slow_patterns(match: str, reason: str) -> None:
    assert slow_because(match).partition(";")[0] == reason


@pytest.mark.parametrize("match", NOT_SLOW)
def test_patterns_that_are_not_slow(match: str) -> None:
    assert slow_because(match) == ""


def test_no_bundled_pattern_begins_everywhere() -> None:
    patterns = {rule.id: getattr(rule.options, "match", "") for rule in bundled_rules()}
    slow = {id_ for id_, match in patterns.items() if slow_because(match).startswith(EVERYWHERE)}
    assert slow == set()


@pytest.mark.parametrize(
    ("match", "literals"),
    [
        pytest.param("(?i:é)x", set(), id="accent whose case is ignored in a group"),
        pytest.param("(?i:re)마", set(), id="Hangul beside a group that ignores case"),
        pytest.param("(?i:Re)porter", {b"reporter"}, id="ASCII whose case is ignored in a group"),
        pytest.param("(?:a(?i:b)|é)+", set(), id="deep inside"),
    ],
)
def test_literals_where_a_group_ignores_case(match: str, literals: set[bytes]) -> None:
    assert required(match) == literals


# Every sort of step that a pattern can have, and the name that `re._parser` has for it.
NODES = {
    "a": "LITERAL",
    "[^a]": "NOT_LITERAL",
    ".": "ANY",
    "[ab]": "IN",
    "(a)": "SUBPATTERN",
    "(?>ab)": "ATOMIC_GROUP",
    "aa|bb": "BRANCH",
    "(?=a)": "ASSERT",
    "(?!a)": "ASSERT_NOT",
    "^": "AT",
    "a*": "MAX_REPEAT",
    "a*?": "MIN_REPEAT",
    "a*+": "POSSESSIVE_REPEAT",
}
UNKNOWN = {r"(a)\1": "GROUPREF", "(a)?(?(1)b|c)": "GROUPREF_EXISTS"}
PRIVATE = (
    "cleaner/rules/patterns/tree.py reads `re._parser`, which is private and has changed in this "
    "Python: look at what it returns now, and at `_step` and `_class` in that file"
)


def private_nodes(match: str) -> list[Any]:
    parser = getattr(re, "_parser", None)
    assert parser is not None, PRIVATE
    assert hasattr(parser, "parse"), PRIVATE
    nodes = parser.parse(match)
    assert hasattr(nodes, "getwidth"), PRIVATE
    assert hasattr(nodes.state, "flags"), PRIVATE
    return list(nodes)


@pytest.mark.parametrize(("match", "name"), [*NODES.items(), *UNKNOWN.items()])
def test_this_python_names_the_steps_of_a_pattern_as_expected(match: str, name: str) -> None:
    assert str(private_nodes(match)[-1][0]) == name, PRIVATE


@pytest.mark.parametrize("match", NODES)
def test_every_step_is_known(match: str) -> None:
    steps = tree.parse(match).steps
    assert not any(isinstance(step, tree.Other) for step in tree.walk(steps)), PRIVATE


@pytest.mark.parametrize("match", UNKNOWN)
def test_of_other_steps_nothing_is_assumed(match: str) -> None:
    assert isinstance(tree.parse(match).steps[-1], tree.Other)


CLASSES = [
    pytest.param("a", ((97, 97),), (), False, id="letter"),
    pytest.param("[a-cx]", ((97, 99), (120, 120)), (), False, id="range"),
    pytest.param("[^a-c]", ((97, 99),), (), True, id="negated range"),
    pytest.param(r"[\w,]", ((44, 44),), (r"\w",), False, id="category"),
    pytest.param(r"\S", (), (r"\S",), False, id="category alone"),
    pytest.param(r"[^\s\D]", (), (r"\s", r"\D"), True, id="negated categories"),
    pytest.param(".", ((10, 10),), (), True, id="any but a line feed"),
    pytest.param("(?s).", (), (), True, id="any"),
]


@pytest.mark.parametrize(("match", "ranges", "categories", "negated"), CLASSES)
def test_classes(
    match: str, ranges: tuple[tuple[int, int], ...], categories: tuple[str, ...], negated: bool
) -> None:
    assert tree.parse(match).steps == (tree.Chars(ranges, categories, negated),), PRIVATE


def test_flags_of_a_group_end_with_it() -> None:
    group, after = tree.parse("(?s:.).").steps
    assert group == tree.Group((tree.Chars(negated=True),))
    assert after == tree.Chars(((10, 10),), negated=True)


def test_a_pattern_nested_too_deeply_is_refused_like_any_other() -> None:
    from cleaner.errors import OptionError

    with pytest.raises(OptionError, match="this is not a regular expression"):
        check("(" * 5000 + ",," + ")" * 5000)
