"""Proves the arithmetic of edits: choosing, applying, composing and following them back, against
slow references.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import Edit, Lines, Origins, Span, apply, compose, resolve

# What edits put in: nothing, as long as what goes, shorter, longer, with a line end, beyond the
# BMP.
REPLACEMENTS = st.sampled_from(
    ["", "x", ",", "Ma Yun", "’", "“", "\r\n", "마윈", "\N{GRINNING FACE}"]
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "a",
            "Marwin",
            ",,",
            " ",
            "’",
            "\r\n",
            "\n\n",
            "\N{GRINNING FACE}",
            "[AP=연합뉴스]",
            "e\u0301",
        ]
    ),
    max_size=12,
).map("".join)


def edit(start: int, end: int, replacement: str = "", rules: str = "r") -> Edit:
    return Edit(Span(start, end), replacement, tuple(rules.split()))


@st.composite
def apart(draw: st.DrawFn, size: int) -> list[Edit]:
    """Edits in order that do not overlap, though they may touch: replacements, deletions,
    insertions.
    """
    edits: list[Edit] = []
    at = 0
    while at <= size and draw(st.integers(0, 4)):
        start = at + draw(st.integers(0, min(3, size - at)))
        end = start + draw(st.integers(0, min(4, size - start)))
        if edits and edits[-1].span == (start, end) == (at, at):
            break  # two insertions at one point overlap
        edits.append(edit(start, end, draw(REPLACEMENTS), draw(st.sampled_from("abc"))))
        at = end
    return edits


@st.composite
def text_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(apart(len(text)))


@st.composite
def text_and_two_passes(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    text, first = draw(text_and_edits())
    return text, first, draw(apart(len(apply(text, first))))


@st.composite
def ranks(draw: st.DrawFn) -> list[list[Edit]]:
    """What fixers ask for: edits that overlap, repeat, touch."""
    spans = st.tuples(st.integers(0, 12), st.integers(0, 5)).map(
        lambda it: Span(it[0], it[0] + it[1])
    )
    wanted = st.builds(Edit, spans, REPLACEMENTS, st.sampled_from("abc"))
    return draw(st.lists(st.lists(wanted, max_size=12), min_size=1, max_size=3))


def overlap(one: Span, two: Span) -> bool:
    """Slow and plain: a code point, or the gap between two code points, is in both."""
    inner = [
        set(range(2 * span.start, 2 * span.end - 1)) or {2 * span.start - 1} for span in (one, two)
    ]
    return bool(inner[0] & inner[1])


def check_resolve(ranked: Sequence[Sequence[Edit]], kept: list[Edit], lost: list[Edit]) -> None:
    assert resolve(*ranked) == (kept, lost)
    assert resolve(*(list(reversed(rank)) for rank in ranked)) == (kept, lost)


WHOLE, NAME, INNER, BESIDE = edit(0, 20), edit(5, 11, "Ma Yun"), edit(7, 9, "x"), edit(11, 14, "y")
RESOLVED = [
    pytest.param([[]], [], [], id="nothing"),
    pytest.param([[BESIDE, NAME]], [NAME, BESIDE], [], id="touching edits are both kept"),
    pytest.param([[INNER, NAME]], [NAME], [INNER], id="the earliest wins"),
    pytest.param(
        [[edit(5, 9, "x"), NAME]], [NAME], [edit(5, 9, "x")], id="of the earliest the longest wins"
    ),
    pytest.param(
        [[NAME._replace(rules=("s",)), NAME]],
        [NAME],
        [NAME._replace(rules=("s",))],
        id="the smallest rule wins",
    ),
    pytest.param(
        [[edit(5, 11, "a"), NAME]],
        [NAME],
        [edit(5, 11, "a")],
        id="one rule, two wishes: the smallest wins",
    ),
    pytest.param([[NAME, NAME]], [NAME], [], id="the same wish twice is one"),
    pytest.param(
        [[WHOLE], [NAME, edit(20, 22)]], [WHOLE, edit(20, 22)], [NAME], id="the first rank wins"
    ),
    pytest.param([[INNER], [WHOLE]], [INNER], [WHOLE], id="the first rank wins over a longer edit"),
    pytest.param([[INNER], [NAME], [BESIDE]], [INNER, BESIDE], [NAME], id="three ranks"),
    pytest.param(
        [[edit(3, 8), edit(5, 11), edit(8, 9)]],
        [edit(3, 8), edit(8, 9)],
        [edit(5, 11)],
        id="what lost stands in nobody's way",
    ),
    pytest.param(
        [[edit(5, 5, "“"), NAME, edit(11, 11, "”")]],
        [edit(5, 5, "“"), NAME, edit(11, 11, "”")],
        [],
        id="insertions beside an edit are kept",
    ),
    pytest.param(
        [[edit(8, 8, "“"), NAME]],
        [NAME],
        [edit(8, 8, "“")],
        id="an insertion inside an edit is lost",
    ),
    pytest.param(
        [[edit(5, 5, "“"), edit(5, 5, "‘")]],
        [edit(5, 5, "‘")],
        [edit(5, 5, "“")],
        id="of two insertions at one point one is kept",
    ),
    pytest.param(
        [[edit(5, 5, "“")], [edit(5, 5, "‘"), NAME]],
        [edit(5, 5, "“"), NAME],
        [edit(5, 5, "‘")],
        id="of two insertions at one point the first rank's is kept",
    ),
]


@pytest.mark.parametrize(("ranked", "kept", "lost"), RESOLVED)
def test_resolve(ranked: Sequence[Sequence[Edit]], kept: list[Edit], lost: list[Edit]) -> None:
    check_resolve(ranked, kept, lost)


@given(ranks(), st.randoms())
def test_resolve_keeps_what_a_slow_search_keeps(ranked: list[list[Edit]], random: Random) -> None:
    kept: list[Edit] = []
    for rank in ranked:
        for wish in sorted(
            set(rank), key=lambda it: (it.span.start, -it.span.end, it.rule, it.replacement)
        ):
            if not any(overlap(wish.span, other.span) for other in kept):
                kept.append(wish)
    shuffled = [random.sample(rank, len(rank)) for rank in ranked]
    assert resolve(*ranked)[0] == sorted(kept)
    assert resolve(*shuffled) == resolve(*ranked)


@given(ranks())
def test_resolve_loses_nothing_and_keeps_nothing_that_overlaps(ranked: list[list[Edit]]) -> None:
    kept, lost = resolve(*ranked)
    assert {*kept, *lost} == {wish for rank in ranked for wish in rank}
    assert all(one.span.end <= two.span.start for one, two in pairwise(kept))
    assert not any(one.span.overlaps(two.span) for one, two in pairwise(kept))
    assert all(any(wish.span.overlaps(other.span) for other in kept) for wish in lost)


@given(st.tuples(*[st.integers(0, 6)] * 4))
def test_overlaps_and_covers(ends: tuple[int, int, int, int]) -> None:
    one, two = Span(*sorted(ends[:2])), Span(*sorted(ends[2:]))
    assert one.overlaps(two) == two.overlaps(one) == overlap(one, two)
    assert one.covers(two) == (one.start <= two.start and two.end <= one.end)


@pytest.mark.parametrize(
    ("text", "edits", "after"),
    [
        pytest.param("Marwin fell", [], "Marwin fell", id="nothing"),
        pytest.param("Marwin fell", [edit(0, 6, "Ma Yun")], "Ma Yun fell", id="beginning"),
        pytest.param("Marwin fell", [edit(6, 11)], "Marwin", id="end"),
        pytest.param("Marwin fell", [edit(0, 11)], "", id="everything"),
        pytest.param("", [edit(0, 0, "x")], "x", id="insertion into nothing"),
        pytest.param("out,, and", [edit(3, 4), edit(4, 5, ";")], "out; and", id="touching"),
        pytest.param(
            "a b",
            [edit(0, 0, "“"), edit(0, 1, "c"), edit(1, 1, "”")],
            "“c” b",
            id="quotes around an edit",
        ),
        pytest.param("a\r\nb", [edit(1, 3, "\n")], "a\nb", id="line end"),
        pytest.param(
            "\N{GRINNING FACE} 마윈",
            [edit(2, 4, "Ma Yun")],
            "\N{GRINNING FACE} Ma Yun",
            id="code points",
        ),
    ],
)
def test_apply(text: str, edits: list[Edit], after: str) -> None:
    assert apply(text, edits) == after


@given(text_and_edits())
def test_apply_does_what_edits_from_the_end_would_do(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    slow = text
    for span, replacement, _ in reversed(edits):
        slow = slow[: span.start] + replacement + slow[span.end :]
    assert apply(text, edits) == slow


COMPOSED = [
    pytest.param("abc", [], [edit(1, 2, "x")], [edit(1, 2, "x")], id="only the second pass"),
    pytest.param("abc", [edit(1, 2, "x")], [], [edit(1, 2, "x")], id="only the first pass"),
    pytest.param(
        "abc",
        [edit(0, 1, "xyz")],
        [edit(4, 5, "C", "s")],
        [edit(0, 1, "xyz"), edit(2, 3, "C", "s")],
        id="apart",
    ),
    pytest.param(
        "abc",
        [edit(1, 2)],
        [edit(0, 2, "q", "s")],
        [edit(0, 3, "q", "r s")],
        id="across a deletion",
    ),
    pytest.param(
        "abc",
        [edit(1, 2)],
        [edit(1, 1, "q", "s")],
        [edit(1, 2), edit(2, 2, "q", "s")],
        id="insertion where something went",
    ),
    pytest.param(
        "abc",
        [edit(1, 1, "xyz")],
        [edit(2, 3, "", "s")],
        [edit(1, 1, "xz", "r s")],
        id="inside an insertion",
    ),
    pytest.param(
        "abc",
        [edit(1, 2, "xy")],
        [edit(3, 4, "", "s")],
        [edit(1, 2, "xy"), edit(2, 3, "", "s")],
        id="beside a replacement",
    ),
    pytest.param(
        "abcd",
        [edit(0, 1, "x", "a"), edit(2, 3, "y", "b")],
        [edit(0, 3, "z", "c")],
        [edit(0, 3, "z", "a b c")],
        id="across two edits",
    ),
    pytest.param(
        "abc",
        [edit(1, 2, "xy", "r")],
        [edit(1, 2, "z", "r")],
        [edit(1, 2, "zy", "r")],
        id="one rule twice",
    ),
]


@pytest.mark.parametrize(("text", "first", "second", "both"), COMPOSED)
def test_compose(text: str, first: list[Edit], second: list[Edit], both: list[Edit]) -> None:
    assert compose(apply(text, first), first, second) == both
    assert apply(text, both) == apply(apply(text, first), second)


@given(text_and_two_passes())
def test_compose_is_one_pass_after_the_other(case: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = case
    both = compose(apply(text, first), first, second)
    assert apply(text, both) == apply(apply(text, first), second)
    assert all(one.span.end <= two.span.start for one, two in pairwise(both))
    assert all(0 <= it.span.start <= it.span.end <= len(text) for it in both)
    named = {name for it in both for name in it.rules}
    assert named == {it.rule for it in (*first, *second)}


@given(text_and_two_passes(), st.data())
def test_compose_can_go_on(case: tuple[str, list[Edit], list[Edit]], data: st.DataObject) -> None:
    text, first, second = case
    between = apply(text, first)
    after = apply(between, second)
    third = data.draw(apart(len(after)))
    both = compose(between, first, second)
    assert apply(text, compose(after, both, third)) == apply(after, third)


def origins(text: str, edits: Sequence[Edit]) -> list[Span]:
    """For every code point of the edited text, the span it comes from."""
    out: list[Span] = []
    at = 0
    for it in edits:
        out += [Span(i, i + 1) for i in range(at, it.span.start)] + [it.span] * len(it.replacement)
        at = it.span.end
    return out + [Span(i, i + 1) for i in range(at, len(text))]


@pytest.mark.parametrize(
    ("edits", "span", "origin"),
    [
        pytest.param([], Span(2, 5), Span(2, 5), id="no edit"),
        pytest.param(
            [edit(0, 6, "Ma Yun of Hangzhou")], Span(3, 6), Span(0, 6), id="inside a replacement"
        ),
        pytest.param(
            [edit(0, 6, "Ma Yun of Hangzhou")], Span(0, 18), Span(0, 6), id="all of a replacement"
        ),
        pytest.param(
            [edit(0, 6, "Ma Yun of Hangzhou")], Span(19, 23), Span(7, 11), id="behind a longer one"
        ),
        pytest.param([edit(0, 6, "Ma")], Span(3, 7), Span(7, 11), id="behind a shorter one"),
        pytest.param([edit(3, 6)], Span(2, 4), Span(2, 7), id="across a deletion"),
        pytest.param([edit(3, 6)], Span(2, 3), Span(2, 3), id="before a deletion"),
        pytest.param([edit(3, 6)], Span(3, 4), Span(6, 7), id="behind a deletion"),
        pytest.param([edit(3, 3, "“")], Span(3, 4), Span(3, 3), id="an insertion"),
        pytest.param(
            [edit(3, 6, "ab"), edit(6, 8, "cd")],
            Span(4, 6),
            Span(3, 8),
            id="across two touching edits",
        ),
        pytest.param(
            [edit(3, 6, "ab"), edit(6, 8, "cd")],
            Span(5, 7),
            Span(6, 8),
            id="the second of two that touch",
        ),
    ],
)
def test_origin(edits: list[Edit], span: Span, origin: Span) -> None:
    assert Origins(edits).origin(span) == origin


@given(text_and_edits(), st.data())
def test_origin_of_any_span_reaches_from_its_first_to_its_last_character(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    text, edits = case
    known = origins(text, edits)
    trace = Origins(edits)
    assert [trace.origin(Span(i, i + 1)) for i in range(len(known))] == known
    if known:
        start, last = sorted(data.draw(st.tuples(*[st.integers(0, len(known) - 1)] * 2)))
        assert trace.origin(Span(start, last + 1)) == Span(known[start].start, known[last].end)


@pytest.mark.parametrize(
    ("text", "at", "place"),
    [
        pytest.param("", 0, (1, 1), id="empty"),
        pytest.param("one\ntwo", 3, (1, 4), id="LF belongs to its line"),
        pytest.param("one\ntwo", 4, (2, 1), id="behind LF"),
        pytest.param("one\r\ntwo", 4, (1, 5), id="inside CR LF"),
        pytest.param("one\r\ntwo", 6, (2, 2), id="behind CR LF"),
        pytest.param("one\rtwo\r\rx", 9, (4, 1), id="CR"),
        pytest.param("a\u2028b\x0bc\x0cd\x85e", 8, (1, 9), id="nothing else ends a line"),
        pytest.param("\N{GRINNING FACE}마윈", 2, (1, 3), id="columns are code points"),
        pytest.param("one\n", 4, (2, 1), id="behind the last line end"),
    ],
)
def test_place(text: str, at: int, place: tuple[int, int]) -> None:
    assert Lines(text).place(at) == place
