"""The file of decisions: rejected pairs are left out, decisions are added and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError, UsageError
from cleaner.names.suggestion import Group, Member
from cleaner.review import decisions
from cleaner.review.decisions import Decision, without_rejected
from cleaner.text.edits import Lines
from tests.review.strategies import names

DECIDED = Decision("Marwin", "Ma Yuan", "reject", "2026-11-22", "a: goalkeeper")


@pytest.mark.parametrize(
    ("made", "left"),
    [
        pytest.param([DECIDED], ["Mawin"], id="rejected"),
        pytest.param(
            [DECIDED._replace(canonical="Xi")], ["Marwin", "Mawin"], id="rejected for another name"
        ),
        pytest.param(
            [DECIDED._replace(canonical="")], ["Marwin", "Mawin"], id="rejected as no name"
        ),
        pytest.param([DECIDED._replace(form="marwin")], ["Marwin", "Mawin"], id="another case"),
        pytest.param([DECIDED._replace(canonical="Ma  Yuan")], ["Mawin"], id="another space"),
        pytest.param(
            [DECIDED, DECIDED._replace(verdict="accept")],
            ["Marwin", "Mawin"],
            id="the last one counts",
        ),
        pytest.param([DECIDED, DECIDED._replace(form="Mawin")], [], id="all of them"),
    ],
)
def test_rejected_pairs_are_left_out(made: list[Decision], left: list[str]) -> None:
    groups, number = without_rejected(
        [Group("ma", "Ma Yuan", (Member("Marwin", 1), Member("Mawin", 1)))], made
    )
    assert [one.form for group in groups for one in group.members] == left
    assert number == 2 - len(left)


@given(
    st.lists(
        st.builds(
            Decision,
            names,
            st.just("") | names,
            st.sampled_from(["reject", "accept"]),
            st.just("2026-11-22"),
            st.just("") | names,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=150)
def test_decisions_come_back_as_they_were_written(made: list[Decision]) -> None:
    text = ""
    for one in made:
        text = decisions.with_decisions(text, [one])
    assert decisions.parse_decisions(text.encode(), "") == tuple(made)
    assert len(decisions.by_id(made)) == len(made)


def test_decisions_are_recorded_once_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / ".cleaner" / "decisions.yaml"
    text = decisions.with_new_decisions("", [DECIDED, DECIDED._replace(form="No")])
    again = DECIDED._replace(date="2026-11-23")
    assert decisions.with_new_decisions(text, [again]) == text
    text = text.replace("- form: Marwin", "# mine\n- form: Marwin").replace("\n", "\r\n")
    path.parent.mkdir()
    path.write_bytes(text.encode())
    taken, done = decisions.take_back(path, "marwin-ma-yuan")
    assert taken == DECIDED
    assert done
    assert b'# mine\r\n- form: "No"\r\n' in path.read_bytes()
    done.undo()
    assert len(decisions.read_decisions(path)) == 2
    with pytest.raises(UsageError, match="there is no decision marwin; did you mean"):
        decisions.take_back(path, "marwin")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("decisions: []\nkind: decisions\n", id="kind last"),
        pytest.param("kind: decisions\ndecisions: []  # none yet\n# end", id="comments"),
        pytest.param("kind: decisions\rdecisions: []\r", id="CR"),
        pytest.param(
            "decisions:\n  - {form: a, verdict: reject, date: 2026-11-22}\n\nkind: decisions\n",
            id="indented",
        ),
    ],
)
def test_decisions_are_added_to_what_somebody_wrote(text: str) -> None:
    before = decisions.parse_decisions(text.encode(), "")
    assert decisions.parse_decisions(decisions.with_decisions(text, [DECIDED]).encode(), "") == (
        *before,
        DECIDED,
    )


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        pytest.param("- form: x", "the key `verdict` is missing", id="no verdict"),
        pytest.param(
            "- {form: x, verdict: rejected, date: 2026-11-22}",
            "did you mean `reject`?",
            id="verdict",
        ),
        pytest.param("- {form: x, verdict: reject, date: 22.11.2026}", "is not a date", id="date"),
        pytest.param(
            "- {form: x, verdict: reject, date: 2026-11-22, why: x}",
            "there is no key `why`",
            id="key",
        ),
        pytest.param("- x", "a decision is text, not a mapping", id="shape"),
    ],
)
def test_a_broken_file_of_decisions_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(f"kind: decisions\ndecisions:\n{yaml}\n")
    with pytest.raises(RuleError) as caught:
        decisions.read_decisions(path)
    assert str(caught.value).startswith(f"{path}:3:")
    assert message in str(caught.value)


def test_lines_of_a_text_with_carriage_returns() -> None:
    text = decisions.with_decisions("", [DECIDED]).replace("\n", "\r\n")
    more = decisions.with_decisions(text, [DECIDED._replace(form="x")])
    assert "\n" not in more.replace("\r\n", "")
    assert Lines(more).place(len(more))[0] == Lines(text).place(len(text))[0] + 5
