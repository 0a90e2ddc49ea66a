"""The cheapest reading: what is found at first sight is what the whole search finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.fixers.quotes import Options, repairs
from cleaner.fixers.quotes.marks import NEVER, Mark, find_marks
from cleaner.fixers.quotes.reading import Paragraph, _Pairs, _unclosed_cost
from cleaner.fixers.quotes.search import EVIDENT, choose_roles, evident_roles
from tests.samples import bundled

options = bundled().rules["quotes/settled"].options
assert isinstance(options, Options)
HABITS = options.habits()

# Costs as the weighing gives them, and marks of both kinds.
COSTS = st.sampled_from([0.0, 0.5, 1.0, 1.5, 1.8, 2.0, 2.5, 3.0, 4.0, 6.0, NEVER])
ANY_MARK = st.builds(
    Mark,
    at=st.just(0),
    neither=st.sampled_from([0.0, 0.5, 1.0, 2.5, 4.0, 6.0]),
    opener=COSTS,
    closer=COSTS,
    written=st.sampled_from('‘’“”"'),
)
MARKS = st.lists(ANY_MARK, max_size=12)
# So few that no reading is given up for being much dearer than another one.
FEW_MARKS = st.lists(ANY_MARK.filter(lambda mark: mark.neither < 4), max_size=6)
PIECES = st.sampled_from(
    [*"‘’'“”\"′`", "``", "''", " ", " ", ". ", ", ", "the", "rat", "O", "s", "is", "Kim", "(", "5"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def placed(marks: Sequence[Mark]) -> list[Mark]:
    return [mark._replace(at=4 * number) for number, mark in enumerate(marks)]


@settings(deadline=None)
@given(MARKS.map(placed), st.sampled_from([0.0, 1.0, NEVER]))
def test_an_evident_reading_is_the_cheapest(marks: list[Mark], pair: float) -> None:
    arguments = marks, lambda _, __: pair, _unclosed_cost
    evident = evident_roles(*arguments)
    if evident is None:
        return
    for mine, full in zip(evident, choose_roles(*arguments), strict=True):
        assert mine[:2] == full[:2]
        if mine.role != "neither":
            assert EVIDENT <= mine.margin <= full.margin + 1e-9


@settings(deadline=None)
@given(FEW_MARKS.map(placed), st.sampled_from([0.0, 1.0, NEVER]))
def test_the_search_finds_the_cheapest_of_all_readings(marks: list[Mark], pair: float) -> None:
    choices = choose_roles(marks, lambda _, __: pair, _unclosed_cost)
    every = list(readings(marks, pair, ()))
    least = min(cost for cost, _ in every)
    chosen = tuple((choice.role, choice.opener) for choice in choices)
    assert min(cost for cost, roles in every if roles == chosen) == pytest.approx(least)
    for number, choice in enumerate(choices):
        if choice.role != "neither":
            others = [cost - least for cost, roles in every if roles[number] != chosen[number]]
            margin = min(EVIDENT, choice.margin)
            assert margin == pytest.approx(min([EVIDENT, *others]))


def readings(
    marks: Sequence[Mark], pair: float, stack: tuple[int, ...], number: int = 0
) -> Iterator[tuple[float, tuple[tuple[str, int], ...]]]:
    """Yield what each reading costs from a mark on, and the roles in it with their openers."""
    if number == len(marks):
        yield sum(_unclosed_cost(marks[opener]) for opener in stack), ()
        return
    mark = marks[number]
    ways = [(mark.neither, ("neither", -1), stack)]
    if (
        mark.opener < NEVER
        and len(stack) < 3
        and not (stack and marks[stack[-1]].kind == mark.kind)
    ):
        ways.append((mark.opener, ("opener", -1), (*stack, number)))
    if stack and mark.closer + pair < NEVER:
        ways.append((mark.closer + pair, ("closer", stack[-1]), stack[:-1]))
    for cost, role, after in ways:
        for rest, roles in readings(marks, pair, after, number + 1):
            yield cost + rest, (role, *roles)


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, tuple(find_marks(text)), HABITS)


@settings(deadline=None)
@given(TEXTS)
def test_a_reading_is_the_same_whatever_was_asked_before(text: str) -> None:
    for first in (True, False):
        asked = paragraph(text)
        asked.reading(damaged=first)
        fresh = paragraph(text)
        assert asked.marks(damaged=not first) == fresh.marks(damaged=not first)
        assert asked.reading(damaged=not first) == fresh.reading(damaged=not first)


@settings(deadline=None)
@given(TEXTS)
def test_what_is_evident_in_a_text_is_the_cheapest(text: str) -> None:
    marks = paragraph(text).marks(damaged=True)
    pairs = _Pairs(text, HABITS.words, damaged=True)
    evident = evident_roles(marks, pairs.cost, _unclosed_cost)
    if evident is not None:
        full = choose_roles(marks, pairs.cost, _unclosed_cost)
        assert [choice[:2] for choice in evident] == [choice[:2] for choice in full]


def test_the_latest_paragraphs_are_remembered_up_to_a_size() -> None:
    latest = repairs._Latest()
    there = ((3, "’"),)
    first = latest.paragraph("the’rat", there, HABITS)
    assert latest.paragraph("the’rat", there, HABITS) is first
    assert latest.paragraph("the’rat", (), HABITS) is not first
    latest.paragraph("x" * (repairs._MOST_KNOWN - 10), (), HABITS)
    assert latest.paragraph("the’rat", there, HABITS) is not first
    huge = latest.paragraph("x" * (repairs._MOST_KNOWN + 1), (), HABITS)
    assert latest.paragraph(huge.text, (), HABITS) is not huge
