"""A change of a list, made in a file that others changed meanwhile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import UsageError
from cleaner.review import decisions
from cleaner.review.decisions import Decision
from cleaner.review.transfer import transferred

HEAD = "kind: name\nrules:\n"
A, B, C = (f"- id: {id_}\n  canonical: {id_.upper()}\n  variants: [{id_}{id_}]\n" for id_ in "abc")
MORE = A.replace("[aa]", "[aa, aaa]")
EMPTY = "kind: name\nrules: []\n"


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        pytest.param(HEAD + A + B + C, HEAD + A + B, HEAD + A, HEAD + A + C, id="added, then more"),
        pytest.param(HEAD + C + A + B, HEAD + A + B, HEAD + A, HEAD + C + A, id="added before"),
        pytest.param(HEAD + A, HEAD + A, EMPTY, EMPTY, id="nothing is left"),
        pytest.param(HEAD + A + B, HEAD + A, EMPTY, HEAD + B, id="only others are left"),
        pytest.param(HEAD + A + B, HEAD + A, "", HEAD + B, id="there was no file"),
        pytest.param(HEAD + A, HEAD + A, "", EMPTY, id="the file stays"),
        pytest.param(HEAD + C, HEAD + B, HEAD + A + B, HEAD + C + A, id="removed"),
        pytest.param(EMPTY, HEAD + B, HEAD + A + B, HEAD + A, id="removed, and others removed all"),
        pytest.param(HEAD + MORE + C, HEAD + MORE, HEAD + A, HEAD + A + C, id="changed"),
        pytest.param(HEAD + C, HEAD + A, EMPTY, HEAD + C, id="gone already"),
        pytest.param(HEAD + A + C, HEAD + MORE, HEAD + A, HEAD + A + C, id="as wanted already"),
        pytest.param(
            HEAD + A + "# b\n" + B + "# mine\n",
            HEAD + A + B,
            HEAD + A,
            HEAD + A + "# b\n# mine\n",
            id="remarks stay",
        ),
    ],
)
def test_only_what_differs_is_changed(text: str, source: str, target: str, wanted: str) -> None:
    assert transferred(text, source, target, "rules", "r.yaml") == wanted


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        pytest.param(HEAD + MORE, HEAD + A, EMPTY, id="added, and changed since"),
        pytest.param(HEAD + A.replace("A", "X"), HEAD + MORE, HEAD + A, id="changed twice"),
        pytest.param(HEAD + MORE, EMPTY, HEAD + A, id="the name is taken"),
        pytest.param("kind: name\nrules: [{id: a}, {id: b}]\n", HEAD + A, EMPTY, id="in brackets"),
    ],
)
def test_what_others_changed_is_refused(text: str, source: str, target: str) -> None:
    with pytest.raises(UsageError, match=r"r\.yaml: “a” was changed since by somebody else"):
        transferred(text, source, target, "rules", "r.yaml")


def _decision(number: int) -> Decision:
    return Decision(f"Form {number}", "Ma Yun", "reject", "2026-11-30")


@settings(max_examples=60)
@given(
    before=st.lists(st.integers(0, 5), unique=True),
    ours=st.lists(st.integers(6, 9), unique=True, min_size=1),
    theirs=st.lists(st.integers(10, 12), unique=True),
    gone=st.sets(st.integers(0, 5)),
)
def test_taking_back_leaves_what_others_did(
    before: list[int], ours: list[int], theirs: list[int], gone: set[int]
) -> None:
    def written(numbers: list[int]) -> str:
        return decisions.with_decisions("", [_decision(number) for number in numbers])

    old = written(before) if before else ""
    new = written([*before, *ours])
    kept = [number for number in before if number not in gone]
    now = written([*kept, *ours, *theirs])
    back = transferred(now, new, old, "decisions", "d.yaml")
    assert decisions.parse_text(back, "") == tuple(map(_decision, [*kept, *theirs]))
    again = transferred(back, old, new, "decisions", "d.yaml")
    assert set(decisions.parse_text(again, "")) == set(decisions.parse_text(now, ""))
