"""The search for the cheapest reading of the marks of a paragraph, with nested quotations.

A reading gives each mark one role. It is read from left to right, with a stack of the quotations
that are open: an opener puts itself on the stack, a closer takes the last opener off. A quotation
inside another one has marks of the other kind, as in English: ‘a “b” c’ or “a ‘b’ c”.

The search is a Viterbi search. After each mark it keeps, for each stack, the cheapest reading that
ends with this stack, and of these stacks only the few that are not much dearer than the best. It
then goes back over the steps, and so knows of each mark not only the role that it has in the
cheapest reading, but also how much more the cheapest reading costs in which it has another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple, TypeAlias

from cleaner.fixers.quotes.marks import NEVER, Mark

Role: TypeAlias = Literal["neither", "opener", "closer"]
Stack: TypeAlias = tuple[int, ...]  # the numbers of the openers of the quotations that are open

MOST = 12.0  # readings that are so much dearer than the best are given up
_WIDTH = 40  # stacks that are kept after a mark
_DEPTH = 3  # quotations inside each other: “a ‘b “c” d’ e”
_LONGEST_SEGMENT = 200  # marks after which only the cheapest reading is kept


class Choice(NamedTuple):
    """What a mark is in the cheapest reading.

    Attributes:
        role: its role.
        opener: of a closer, the number of its opener; otherwise -1.
        margin: how much more the cheapest reading costs in which it has another role, or another
            opener; at most `MOST`.
    """

    role: Role
    opener: int
    margin: float


class _Edge(NamedTuple):
    """One role of a mark, after one stack."""

    before: Stack
    role: Role
    cost: float
    after: Stack


class _Step(NamedTuple):
    """A mark: the cheapest cost up to it by stack, and what it can be."""

    costs: Mapping[Stack, float]
    edges: Sequence[_Edge]


def choose_roles(
    marks: Sequence[Mark],
    pair_cost: Callable[[Mark, Mark], float],
    unclosed_cost: Callable[[Mark], float],
) -> list[Choice]:
    """Return what each mark is in the cheapest reading.

    Args:
        marks: the marks of a paragraph, in order.
        pair_cost: what speaks against a quotation between two marks, besides their own costs.
        unclosed_cost: the cost of a quotation that goes on behind the end of the paragraph.

    >>> marks = [Mark(0, 4, 1), Mark(5, 0), Mark(9, 4, NEVER, 0)]
    >>> for choice in choose_roles(marks, lambda _, __: 0.0, lambda _: NEVER):
    ...     print(*choice)
    opener -1 7.0
    neither -1 12.0
    closer 0 7.0
    """
    choices: list[Choice] = []
    costs: Mapping[Stack, float] = {(): 0.0}
    steps: list[_Step] = []
    for number in range(len(marks)):
        edges = list(_edges(marks, number, costs, pair_cost))
        steps.append(_Step(costs, edges))
        costs = _kept(_cheapest(costs, edges))
        if len(costs) == 1:
            choices += _choices(steps, dict.fromkeys(costs, 0.0))
            steps = []
        elif len(steps) == _LONGEST_SEGMENT:
            best = min(costs, key=costs.__getitem__)
            choices += _choices(steps, {best: 0.0})
            costs, steps = {best: 0.0}, []
    ends = {stack: sum(unclosed_cost(marks[number]) for number in stack) for stack in costs}
    if steps:
        choices += _choices(steps, ends)
    return choices


def _edges(
    marks: Sequence[Mark],
    number: int,
    costs: Mapping[Stack, float],
    pair_cost: Callable[[Mark, Mark], float],
) -> Iterator[_Edge]:
    """Yield what a mark can be, after each stack."""
    mark = marks[number]
    for stack in costs:
        yield _Edge(stack, "neither", mark.neither, stack)
        is_other_kind = not stack or marks[stack[-1]].kind != mark.kind
        if mark.opener < NEVER and len(stack) < _DEPTH and is_other_kind:
            yield _Edge(stack, "opener", mark.opener, (*stack, number))
        if mark.closer < NEVER and stack:
            cost = mark.closer + pair_cost(marks[stack[-1]], mark)
            if cost < NEVER:
                yield _Edge(stack, "closer", cost, stack[:-1])


def _cheapest(costs: Mapping[Stack, float], edges: Sequence[_Edge]) -> dict[Stack, float]:
    """Return the cheapest cost by the stack after a mark."""
    cheapest: dict[Stack, float] = {}
    for edge in edges:
        cost = costs[edge.before] + edge.cost
        if cost < cheapest.get(edge.after, inf):
            cheapest[edge.after] = cost
    return cheapest


def _kept(costs: Mapping[Stack, float]) -> dict[Stack, float]:
    """Return the stacks that are worth keeping, with what they cost more than the best."""
    least = min(costs.values())
    near = [(cost - least, stack) for stack, cost in costs.items() if cost - least < MOST]
    near.sort()
    return {stack: cost for cost, stack in near[:_WIDTH]}


def _choices(steps: Sequence[_Step], ends: Mapping[Stack, float]) -> list[Choice]:
    """Return the choices of the cheapest reading of some steps; `ends` is what each end costs."""
    beyond = ends  # by stack: the least that the rest costs
    rest: list[Mapping[Stack, float]] = []
    for step in reversed(steps):
        rest.append(beyond)
        before: dict[Stack, float] = {}
        for edge in step.edges:
            cost = edge.cost + beyond.get(edge.after, inf)
            if cost < before.get(edge.before, inf):
                before[edge.before] = cost
        beyond = before
    rest.reverse()
    stack = min(steps[0].costs, key=lambda one: steps[0].costs[one] + beyond.get(one, inf))
    choices: list[Choice] = []
    for step, after in zip(steps, rest, strict=True):
        edge = _best_edge(step, after, stack)
        choices.append(_choice(step, after, edge))
        stack = edge.after
    return choices


def _best_edge(step: _Step, rest: Mapping[Stack, float], stack: Stack) -> _Edge:
    """Return how the cheapest reading goes on after a stack."""
    possible = [edge for edge in step.edges if edge.before == stack]
    return min(possible, key=lambda edge: edge.cost + rest.get(edge.after, inf))


def _choice(step: _Step, rest: Mapping[Stack, float], edge: _Edge) -> Choice:
    """Return a choice with its margin over all readings that do not make it."""
    opener = edge.before[-1] if edge.role == "closer" else -1

    def total(other: _Edge) -> float:
        return step.costs[other.before] + other.cost + rest.get(other.after, inf)

    margin = MOST
    least = total(edge)
    for other in step.edges:
        same_opener = opener < 0 or (other.before and other.before[-1] == opener)
        if other.role != edge.role or not same_opener:
            margin = min(margin, total(other) - least)
    return Choice(edge.role, opener, margin)
