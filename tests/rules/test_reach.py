"""A pattern that is tried only near its literals finds what a search through the blocks finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.formats import plain
from cleaner.rules.model import Rule
from cleaner.rules.patterns import _UNCOMMON, is_quick, matches, reach, required
from cleaner.text.literals import Hit, Literals, table
from tests.rules.test_required import PATTERNS
from tests.samples import bundled_rules
from tests.text.samples import BETWEEN


def pattern_of(rule: Rule) -> str:
    """Return the pattern of a rule; "" if its kind has none."""
    return getattr(rule.options, "match", "")


def patterns() -> Iterator[tuple[str, Literals]]:
    """Yield each pattern that is tried near literals, with the search for them."""
    bundled = map(pattern_of, bundled_rules())
    for match in dict.fromkeys([*bundled, *BEGINNINGS, *(match for match, _ in PATTERNS)]):
        if match and reach(match) is not None:
            yield match, Literals(table([], required(match)))


BEGINNINGS = [r"^,,\w+", r"^\w,,\w*", r"^ ?,,", r"^\[(?=[A-Z])[^\]]{9,}$"]  # of blocks
EXAMPLES = [example.before for rule in bundled_rules() for example in rule.examples]
MARKS = [*",.!?)”’'5%\" ", "a", "Ab"]
PIECES = [*(sample for _, sample in PATTERNS), *BETWEEN, *MARKS]
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(EXAMPLES), max_size=9).map("".join)


QUICK = list(filter(None, (pattern_of(rule) for rule in bundled_rules() if rule.quick)))


def _is_easy(text: str) -> bool:
    """Return whether `re` and `regex` take the characters of a text for the same."""
    return not _UNCOMMON.search(text)


@settings(max_examples=120)
@given(TEXTS)
def test_the_same_matches(text: str) -> None:
    document = plain.read(text)
    for match, literals in patterns():
        found = literals.find(text)
        hits = [Hit(span, literal) for literal, spans in found.items() for span in spans]
        near, anywhere = (
            [(start, one.span()) for start, one in matches(match, document, hits, "r", limit)]
            for limit in (reach(match), None)
        )
        assert sorted(near) == sorted(anywhere), match


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        pytest.param(r"[A-Z][a-z]+ War", True, id="one stretch without limit"),
        pytest.param(r"^\[[^\]]{31,}$", True, id="a long stretch"),
        pytest.param(r"[a-z]+ ?[a-z]+,,", False, id="two stretches, shared in many ways"),
        pytest.param(r"(?:[a-z]+ ?)+,,", False, id="a stretch in a repetition"),
        pytest.param(r"(?:\w{0,9}:?){0,9},,", False, id="too many ways, with limits"),
        pytest.param(r"(,)\1+", False, id="what is repeated is not known"),
        pytest.param(r"\((?:[A-Z][a-z]{1,9} ){1,3}[a-z]{1,30}-[^()]{0,200}\)", True, id="apart"),
        pytest.param(r"\([a-z]{1,200}[a-z,]{1,200}[a-z;]{1,9}\)", False, id="not apart"),
        pytest.param(r"(?i)\([a-z]{1,200}[A-Z][a-z]{1,200}\)", False, id="apart but for case"),
        pytest.param(r"\([a-z]{1,200}\w{1,200}\)", False, id="a category"),
        pytest.param(r"\([^,]{1,200},[^;]{1,99};", True, id="all but one"),
        pytest.param(r"\([^,]{1,200};[^,]{1,200};[^,]{1,9},", False, id="all but another"),
    ],
)
def test_which_patterns_are_quick(match: str, expected: bool) -> None:
    assert is_quick(match) == expected


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        pytest.param(",,", 0, id="the literal itself"),
        pytest.param("[a-z]{2}x?,,", 3, id="behind a few characters"),
        pytest.param(r"(?<=[a-z]{3})\d? ,,", 1, id="a look-behind has no width"),
        pytest.param(r"(?:\d|\w\w)-Anchor", 2, id="the longest alternative"),
        pytest.param(r"^,,\w+", 0, id="at the beginning of a block only"),
        pytest.param(r"^\w,,\w{9,}", 1, id="near the beginning of a block"),
        pytest.param(r"^,,|,;", None, id="perhaps at the beginning of a block"),
        pytest.param(r"^(?:,+ ?)+!", None, id="slow at the beginning of a block"),
        pytest.param(r"\w+,,", None, id="without limit"),
        pytest.param(r"[a-z]{30},,", None, id="too far"),
        pytest.param(r"(?:\w{0,9}:?){0,9},,", None, id="too many ways"),
    ],
)
def test_how_far_a_match_reaches(match: str, expected: int | None) -> None:
    assert reach(match) == expected


EASY = st.text(st.sampled_from([char for char in map(chr, range(0x2070)) if _is_easy(char)]))


@pytest.mark.parametrize("match", [r"\w", r"\d", r"\s", r"\b", "."])
def test_re_and_regex_agree_on_common_characters(match: str) -> None:
    text = "".join(char for char in map(chr, range(0x2070)) if _is_easy(char))
    assert len(text) > 500
    by_re = [found.span() for found in re.finditer(match, text)]
    assert by_re == [found.span() for found in regex.finditer(match, text)]


@settings(max_examples=60)
@given(TEXTS | EASY)
def test_re_and_regex_find_the_same_in_easy_texts(text: str) -> None:
    easy = "".join(filter(_is_easy, text))
    for match in QUICK:
        found = [found.groups() for found in re.finditer(match, easy)]
        assert found == [found.groups() for found in regex.finditer(match, easy)]
