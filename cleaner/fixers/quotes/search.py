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

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple, TypeAlias

from cleaner.fixers.quotes.marks import NEVER, Mark

Role: TypeAlias = Literal["neither", "opener", "closer"]
Stack: TypeAlias = tuple[int, ...]  # the numbers of the openers of the quotations that are open

MOST = 12.0  # readings that are so much dearer than the best are given up
EVIDENT = 2.0  # no decision asks for a greater margin
_WIDTH = 40  # stacks that are kept after a mark
_DEPTH = 3  # quotations inside each other: “a ‘b “c” d’ e”
_LONGEST_SEGMENT = 200  # marks after which only the cheapest reading is kept
_NOTHING_OPEN: Mapping[Stack, float] = {(): 0.0}


class Choice(NamedTuple):
    """What a mark is in the cheapest reading.

    Attributes:
        role: its role.
        opener: of a closer, the number of its opener; otherwise -1.
        margin: of an opener or a closer, how much more the cheapest reading costs in which it has
            another role, or another opener; at most `MOST`. Of an evident reading it is only known
            that it is at least so much, which is `EVIDENT` or more.
    """

    role: Role
    opener: int
    margin: float


_NEITHER = Choice("neither", -1, MOST)


# One role of a mark, after one stack: the stack, the role, its cost, the stack that it leads to,
# and the cheapest cost up to there. A plain tuple, because a paragraph of marks has very many.
_Edge: TypeAlias = tuple[Stack, Role, float, Stack, float]


class _Step(NamedTuple):
    """A mark by its number, the cheapest cost up to it by stack, and what it can be."""

    number: int
    costs: Mapping[Stack, float]
    edges: Sequence[_Edge]


def evident_roles(
    marks: Sequence[Mark],
    pair_cost: Callable[[Mark, Mark], float],
    unclosed_cost: Callable[[Mark], float],
) -> list[Choice] | None:
    """Return what each mark is in the cheapest reading, if that is evident, or None.

    Nearly all marks of good text are: one after the other they take the role that costs least, and
    any other role of a single one costs more than the whole reading, by `EVIDENT` or more. Then no
    other reading has to be looked at. The arguments are those of `choose_roles`.

    >>> marks = [Mark(0, 4, 1), Mark(5, 0), Mark(9, 4, NEVER, 0)]
    >>> for choice in evident_roles(marks, lambda _, __: 0.0, lambda _: NEVER):
    ...     print(*choice)
    opener -1 3.0
    neither -1 3.0
    closer 0 3.0
    >>> evident_roles([Mark(0, 4, 1), Mark(9, 1, NEVER, 0)], lambda _, __: 0.0, lambda _: NEVER)
    """
    roles: list[tuple[Role, int]] = []
    stack: list[int] = []
    spent = 0.0
    rival = inf  # what the cheapest reading costs, at least, in which a mark has another role
    for number, mark in enumerate(marks):
        neither, opener, closer = mark.neither, mark.opener, NEVER
        if stack:
            last = marks[stack[-1]]
            if len(stack) == _DEPTH or last.kind == mark.kind:
                opener = NEVER
            if mark.closer < NEVER:
                closer = mark.closer + pair_cost(last, mark)
        # What opens a quotation without an end may cost less than an opener that has one.
        unclosed = opener + min(0.0, unclosed_cost(mark)) if opener < NEVER else NEVER
        if opener < min(neither, closer):
            roles.append(("opener", -1))
            stack.append(number)
            rival, spent = min(rival, spent + neither, spent + closer), spent + opener
        elif closer < min(neither, opener):
            roles.append(("closer", stack.pop()))
            rival, spent = min(rival, spent + neither, spent + unclosed), spent + closer
        else:
            roles.append(("neither", -1))
            rival, spent = min(rival, spent + closer, spent + unclosed), spent + neither
        if rival - spent < EVIDENT:
            return None
    margin = min(MOST, rival - spent)
    return None if stack else [Choice(*role, margin) for role in roles]


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
    choices = [_NEITHER] * len(marks)
    costs: Mapping[Stack, float] = _NOTHING_OPEN
    steps: list[_Step] = []
    length = 0  # of this segment, in marks
    for number, mark in enumerate(marks):
        if _is_idle(mark, costs):
            length += bool(steps)
        else:
            length += 1
            edges = _edges(marks, number, costs, pair_cost)
            steps.append(_Step(number, costs, edges))
            costs = _kept(edges)
        if steps and len(costs) == 1:
            _choose(choices, steps, dict.fromkeys(costs, 0.0))
            steps, length = [], 0
        elif length == _LONGEST_SEGMENT:
            best = min(costs, key=costs.__getitem__)
            _choose(choices, steps, {best: 0.0})
            costs, steps, length = {best: 0.0}, [], 0
    ends = {stack: sum(unclosed_cost(marks[number]) for number in stack) for stack in costs}
    if steps:
        _choose(choices, steps, ends)
    return choices


def _is_idle(mark: Mark, costs: Mapping[Stack, float]) -> bool:
    """Return whether a mark can only be neither, and makes no reading dearer than another."""
    if mark.opener < NEVER:
        return False
    if costs == _NOTHING_OPEN:
        return True
    return mark.closer >= NEVER and not mark.neither


def _edges(
    marks: Sequence[Mark],
    number: int,
    costs: Mapping[Stack, float],
    pair_cost: Callable[[Mark, Mark], float],
) -> list[_Edge]:
    """Return what a mark can be, after each stack."""
    mark = marks[number]
    neither, opener, kind = mark.neither, mark.opener, mark.kind
    may_open, may_close = opener < NEVER, mark.closer < NEVER
    closing: dict[int, float] = {}  # what it costs to close a quotation, by its opener
    edges: list[_Edge] = []
    for stack, so_far in costs.items():
        edges.append((stack, "neither", neither, stack, so_far + neither))
        if may_open and len(stack) < _DEPTH and not (stack and marks[stack[-1]].kind == kind):
            edges.append((stack, "opener", opener, (*stack, number), so_far + opener))
        if may_close and stack:
            last = stack[-1]
            cost = closing.get(last)
            if cost is None:
                cost = closing[last] = mark.closer + pair_cost(marks[last], mark)
            if cost < NEVER:
                edges.append((stack, "closer", cost, stack[:-1], so_far + cost))
    return edges


def _kept(edges: Sequence[_Edge]) -> dict[Stack, float]:
    """Return the stacks that are worth keeping, with what they cost more than the best."""
    cheapest: dict[Stack, float] = {}
    for _, _, _, after, total in edges:
        if total < cheapest.get(after, inf):
            cheapest[after] = total
    least = min(cheapest.values())
    near = [(cost - least, stack) for stack, cost in cheapest.items() if cost - least < MOST]
    near.sort()
    return {stack: cost for cost, stack in near[:_WIDTH]}


def _choose(choices: list[Choice], steps: Sequence[_Step], ends: Mapping[Stack, float]) -> None:
    """Enter the choices of the cheapest reading of some steps; `ends` is what each end costs."""
    beyond = ends  # by stack: the least that the rest costs
    ways: list[tuple[Mapping[Stack, float], Mapping[Stack, _Edge]]] = []
    for step in reversed(steps):
        before: dict[Stack, float] = {}
        best: dict[Stack, _Edge] = {}  # how the cheapest reading goes on after a stack
        for edge in step.edges:
            stack, _, cost, after, _ = edge
            cost += beyond.get(after, inf)
            if cost < before.get(stack, inf):
                before[stack] = cost
                best[stack] = edge
        ways.append((beyond, best))
        beyond = before
    ways.reverse()
    costs = steps[0].costs
    stack = min(costs, key=lambda one: costs[one] + beyond.get(one, inf))
    for step, (rest, edges) in zip(steps, ways, strict=True):
        edge = edges[stack]
        if edge[1] != "neither":
            choices[step.number] = _choice(step, rest, edge)
        stack = edge[3]


def _choice(step: _Step, rest: Mapping[Stack, float], edge: _Edge) -> Choice:
    """Return a choice with its margin over all readings that do not make it."""
    chosen_before, chosen, _, chosen_after, chosen_total = edge
    opener = chosen_before[-1] if chosen == "closer" else -1
    least = chosen_total + rest[chosen_after]
    margin = MOST
    for before, role, _, after, total in step.edges:
        is_other = role != chosen or (opener >= 0 and before[-1] != opener)
        if is_other and after in rest:
            margin = min(margin, total + rest[after] - least)
    return Choice(chosen, opener, margin)
