"""Plans: what a decision would write, and that a plan is carried out as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RefusedError
from cleaner.names.suggestion import Group, Member
from cleaner.project.files import decode
from cleaner.project.revision import Undo, undo
from cleaner.review import decisions, suggestions
from cleaner.review.accept import HEAD, Acceptance
from cleaner.review.decisions import Decision
from cleaner.review.plan import (
    Plan,
    PlannedFile,
    Records,
    StoredFile,
    plan_acceptance,
    plan_rejection,
)
from cleaner.review.transaction import carry_out

DATE = "2026-11-22"
GROUP = Group("ma-yun", "Ma Yun", (Member("Marwin", 1), Member("Mawin", 1)))
OTHER = Group("xi", "Xi", (Member("Hsi", 1),))
ACCEPTED = Acceptance("Ma Yun", ("Marwin",))


def stored(name: str, text: str = "") -> StoredFile:
    """A file that exists if there is any text."""
    path = Path(name)
    return StoredFile(path, decode(text.encode(), path) if text else None)


def records(*made: Decision) -> Records:
    text = decisions.with_decisions("", made) if made else ""
    return Records(
        stored("decisions.yaml", text),
        stored("suggestions.yaml", suggestions.render([GROUP, OTHER])),
    )


def decided(plan: Plan) -> list[tuple[str, str]]:
    """The decisions that a plan writes: form and verdict."""
    (file,) = (file for file in plan.files if file.path.name == "decisions.yaml")
    made = decisions.parse_decisions(file.after, "") if file.after else ()
    return [(one.form, one.verdict) for one in made]


def left(plan: Plan) -> dict[str, list[str]]:
    """The suggestions that a plan leaves: their ids and forms."""
    (file,) = (file for file in plan.files if file.path.name == "suggestions.yaml")
    groups = suggestions.parse_suggestions(file.after or b"", "")
    return {group.id: [member.form for member in group.members] for group in groups}


REJECTED = Decision("Marwin", "Ma Yun", "reject", "2026-01-01")


@pytest.mark.parametrize(
    ("acceptance", "made", "expected"),
    [
        pytest.param(ACCEPTED, [], [("Mawin", "reject")], id="a dropped form is rejected"),
        pytest.param(
            ACCEPTED._replace(variants=("Marwin", "Mawin")), [], [], id="all forms accepted"
        ),
        pytest.param(
            ACCEPTED,
            [REJECTED],
            [("Marwin", "reject"), ("Marwin", "accept"), ("Mawin", "reject")],
            id="a rejection is taken back",
        ),
        pytest.param(
            ACCEPTED,
            [REJECTED._replace(canonical="Xi"), REJECTED._replace(form="Mawin")],
            [("Marwin", "reject"), ("Mawin", "reject")],
            id="rejections that still hold",
        ),
    ],
)
def test_an_acceptance_plans_decisions(
    acceptance: Acceptance, made: list[Decision], expected: list[tuple[str, str]]
) -> None:
    plan = plan_acceptance(stored("rules.yaml", HEAD), records(*made), GROUP, acceptance, date=DATE)
    assert decided(plan) == expected
    assert left(plan) == {"xi": ["Hsi"]}
    rules = plan.files[0].after
    assert rules
    assert f"variants: [{', '.join(acceptance.variants)}]" in rules.decode()


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        pytest.param(["Marwin", "Mawin"], {"xi": ["Hsi"]}, id="all forms"),
        pytest.param(["Mawin"], {"ma-yun": ["Marwin"], "xi": ["Hsi"]}, id="one form"),
    ],
)
def test_a_rejection_plans_decisions(forms: list[str], expected: dict[str, list[str]]) -> None:
    plan = plan_rejection(records(), GROUP, forms, date=DATE)
    assert decided(plan) == [(form, "reject") for form in forms]
    assert left(plan) == expected


def test_a_plan_says_what_each_file_has_and_gets() -> None:
    rules, tracked = stored("rules.yaml"), records()
    plan = plan_acceptance(
        rules, tracked, GROUP, ACCEPTED._replace(variants=("Marwin", "Mawin")), date=DATE
    )
    assert [file.path.name for file in plan.files] == [
        "rules.yaml",
        "decisions.yaml",
        "suggestions.yaml",
    ]
    assert [file.before is None for file in plan.files] == [True, True, False]
    assert [file.path.name for file in plan.changes] == ["rules.yaml", "suggestions.yaml"]
    assert plan.files[1] == PlannedFile(Path("decisions.yaml"), None, None)


class Planner:
    """Plans to append a line to each of some files, and counts how often it is asked."""

    def __init__(self, *paths: Path) -> None:
        self.paths = paths
        self.calls = 0

    def __call__(self) -> Plan:
        self.calls += 1
        files = []
        for path in self.paths:
            before = path.read_bytes() if path.exists() else None
            files.append(PlannedFile(path, before, (before or b"") + b"new\n"))
        return Plan(tuple(files))


def test_a_plan_is_carried_out_and_undone(tmp_path: Path) -> None:
    old, new = tmp_path / "a" / "old", tmp_path / "b" / "new"
    old.parent.mkdir()
    old.write_bytes(b"\xef\xbb\xbfold\r\n")
    plan = Planner(old, new)
    done = carry_out(plan)
    assert plan.calls == 1
    assert (old.read_bytes(), new.read_bytes()) == (b"\xef\xbb\xbfold\r\nnew\n", b"new\n")
    assert done[1] == Undo(new, None, b"new\n")
    undo(done)
    assert old.read_bytes() == b"\xef\xbb\xbfold\r\n"
    assert not new.exists()


@pytest.mark.parametrize("changed", ["a", "b"])
def test_a_plan_that_no_longer_fits_is_made_again(changed: str, tmp_path: Path) -> None:
    """Somebody else writes one of the files after it was read and before the folder is locked."""
    planner = Planner(tmp_path / "a", tmp_path / "b")

    def plan() -> Plan:
        made = planner()
        if planner.calls == 1:
            (tmp_path / changed).write_text("theirs\n")
        return made

    carry_out(plan)
    assert planner.calls == 2
    assert (tmp_path / changed).read_text() == "theirs\nnew\n"


def test_if_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a", "b", "c"))
    first.write_text("first\n")
    third.write_text("third\n")
    third.chmod(0o444)
    with pytest.raises(RefusedError, match="read-only"):
        carry_out(Planner(first, second, third))
    assert first.read_text() == "first\n"
    assert not second.exists()
    assert third.read_text() == "third\n"


def test_a_plan_that_cannot_be_made_again_writes_nothing(tmp_path: Path) -> None:
    planner = Planner(tmp_path / "a")

    def plan() -> Plan:
        if planner.calls:
            raise RefusedError("a", "it is broken now")
        made = planner()
        (tmp_path / "a").write_text("theirs\n")
        return made

    with pytest.raises(RefusedError, match="it is broken now"):
        carry_out(plan)
    assert (tmp_path / "a").read_text() == "theirs\n"
