"""A pattern that is tried only near its literals finds what a search through the blocks finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.formats import plain
from cleaner.rules.patterns import is_quick, matches, reach, required
from cleaner.text.literals import Hit, Literals, table
from tests.rules.test_required import PATTERNS
from tests.samples import bundled_rules
from tests.text.samples import BETWEEN


def patterns() -> Iterator[tuple[str, Literals]]:
    """Yield each pattern that is tried near literals, with the search for them."""
    bundled = [getattr(rule.options, "match", "") for rule in bundled_rules()]
    for match in dict.fromkeys([*bundled, *(match for match, _ in PATTERNS)]):
        if match and reach(match) is not None:
            yield match, Literals(table([], required(match)))


EXAMPLES = [example.before for rule in bundled_rules() for example in rule.examples]
MARKS = [*",.!?)”’'5%\" ", "a", "Ab"]
PIECES = [*(sample for _, sample in PATTERNS), *BETWEEN, *MARKS]
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(EXAMPLES), max_size=9).map("".join)


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
    ],
)
def test_quick_on_a_short_text(match: str, expected: bool) -> None:
    assert is_quick(match) == expected


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        pytest.param(",,", 0, id="the literal itself"),
        pytest.param("[a-z]{2}x?,,", 3, id="behind a few characters"),
        pytest.param(r"(?<=[a-z]{3})\d? ,,", 1, id="a look-behind has no width"),
        pytest.param(r"(?:\d|\w\w)-Anchor", 2, id="the longest alternative"),
        pytest.param(r"\w+,,", None, id="without limit"),
        pytest.param(r"[a-z]{30},,", None, id="too far"),
        pytest.param(r"(?:\w{0,9}:?){0,9},,", None, id="too many ways"),
    ],
)
def test_how_far_a_match_reaches(match: str, expected: int | None) -> None:
    assert reach(match) == expected
