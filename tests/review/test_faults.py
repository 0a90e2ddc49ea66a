"""What may go wrong while a suggestion is accepted: a full disk, other reviewers, an editor.

Nothing is ever lost.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.errors import RefusedError, UnsyncedError, UsageError
from cleaner.names.suggestion import Group, Member
from cleaner.project import temporary
from cleaner.project.revision import confirm
from cleaner.review import decisions
from cleaner.review.accept import Terms
from cleaner.review.decisions import Decision
from cleaner.review.desk import ProjectDesk
from cleaner.review.plan import Plan, PlannedFile
from cleaner.review.transaction import carry_out
from tests.cli.test_review_commands import DATE, ZHANG, folder, project, state, wait, written
from tests.command import USUAL, run
from tests.project.test_writing import Disk

__all__ = ["folder"]  # the fixture
DROP = Terms(dropped=frozenset({"Jang Yung"}))


def test_undo_gives_every_byte_back(folder: Path) -> None:
    (folder / "rules/names/accepted.yaml").write_bytes(b"# mine\r\nkind: name\r\nrules: [] # none")
    before = state(folder)
    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, DROP, date=DATE)
    done = there.accept(ZHANG, wanted, rules, date=DATE)
    assert len(done) == 3
    assert state(folder) != before
    there.take_back(done)
    assert state(folder) == before
    there.take_back(there.reject(ZHANG, date=DATE))
    assert state(folder) == before


def test_accepting_what_was_rejected_takes_the_rejection_back(folder: Path) -> None:
    there = project(folder)
    rejected = Decision("Zhang Yung", "Zhang Yong", "reject", DATE)
    there.decisions.write_text(decisions.with_decisions("", [rejected]), encoding="utf-8")
    rules = there.rules()
    there.accept(ZHANG, there.prepare(ZHANG, rules, Terms(), date=DATE), rules, date=DATE)
    assert [one.verdict for one in decisions.read_decisions(there.decisions)] == [
        "reject",
        "accept",
    ]
    assert decisions.rejected_pairs(decisions.read_decisions(there.decisions)) == set()


def refuse_writing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the disk be full when file number `number` is written, and after that."""
    calls, real = [0], os.fsync

    def fsync(handle: int) -> None:
        calls[0] += not stat.S_ISDIR(os.fstat(handle).st_mode)
        if calls[0] >= number:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_preview_shows_every_file_that_would_change(folder: Path) -> None:
    before = state(folder)
    code, out, _ = run("accept", "zhang-yong", "--drop", "Jang Yung", "--dry-run", cwd=folder)
    assert (code, state(folder)) == (0, before)
    assert re.findall(r"^\+\+\+ b/(.*)$", out, re.MULTILINE) == [
        "rules/names/accepted.yaml",
        ".cleaner/decisions.yaml",
        ".cleaner/suggestions.yaml",
    ]
    assert "+- form: Jang Yung\n" in out


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_full_disk_loses_nothing(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = state(folder)
    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, DROP, date=DATE)
    refuse_writing(monkeypatch, number)
    with pytest.raises(RefusedError, match="No space left on device"):
        there.accept(ZHANG, wanted, rules, date=DATE)
    monkeypatch.undo()
    after = state(folder)
    assert after[".cleaner/suggestions.yaml"] == before[".cleaner/suggestions.yaml"]
    assert not any(name.endswith("-tmp") for name in after)
    there.accept(ZHANG, wanted, there.rules(), date=DATE)
    assert [group.id for group in there.pending().groups] == ["sunnil"]
    assert written(folder).count("Zhang Yung]") == 1


@pytest.mark.parametrize("name", ["rules/names", ".cleaner"])
def test_a_folder_that_is_read_only_loses_nothing(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before, real = state(folder), os.open

    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        # as root a mode would stop nobody
        if flags & os.O_CREAT and Path(path).parent == folder / name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, flags, mode)

    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, DROP, date=DATE)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RefusedError, match="Permission denied"):
        there.accept(ZHANG, wanted, rules, date=DATE)
    assert state(folder) == before


def test_a_rules_file_that_is_read_only_is_left_as_it_is(folder: Path) -> None:
    (folder / "rules/names/accepted.yaml").chmod(0o444)
    before = state(folder)
    code, _, err = run("accept", "zhang-yong", cwd=folder)
    assert (code, state(folder)) == (3, before)
    assert "read-only; make it writable first" in err


def test_a_rules_file_that_changes_meanwhile_is_left_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, Terms(), date=DATE)
    path, real = folder / "rules/names/accepted.yaml", os.fsync

    def fsync(handle: int) -> None:
        path.write_text("kind: name\nrules: []  # saved by an editor\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(RefusedError, match="it was changed by somebody else meanwhile; run again"):
        there.accept(ZHANG, wanted, rules, date=DATE)
    assert path.read_text().endswith("# saved by an editor\n")
    assert len(there.pending().groups) == 2


def test_a_decision_that_may_not_last_is_made_and_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new names are not confirmed by the disk: all files are written, and can be undone."""
    monkeypatch.chdir(folder)
    before, real = state(folder), os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, DROP, date=DATE)
    monkeypatch.setattr(os, "fsync", fsync)
    done = there.accept(ZHANG, wanted, rules, date=DATE)
    assert [change.unsynced for change in done] == ["Input/output error"] * 3
    with pytest.raises(UnsyncedError, match="written, but a power cut may bring the old file back"):
        confirm(*done)
    assert [group.id for group in there.pending().groups] == ["sunnil"]
    there.take_back(done)
    assert state(folder) == before
    desk = ProjectDesk(there, there.pending().groups)
    said = desk.reject(ZHANG)
    assert said.startswith("Rejected: ")
    assert "a power cut may bring the old file back" in said


def test_a_rule_that_fails_its_example_is_not_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = state(folder)
    there = project(folder)
    rules = there.rules()
    wanted = there.prepare(ZHANG, rules, Terms(), date=DATE)._replace(
        examples=(("Zhang Yung", "Zhang"),)
    )
    with pytest.raises(
        UsageError, match=r"“Zhang Yong” cannot be accepted: .* is noisy: it gives “Zhang Yong”"
    ):
        there.accept(ZHANG, wanted, rules, date=DATE)
    assert state(folder) == before


def test_reviewers_at_the_same_time_lose_nothing(folder: Path) -> None:
    names = ["Bo Xyl", "Cho Qyn", "Dao Zyk", "Fei Wyg", "Gao Vyb", "Hao Tyd"]
    groups = [
        Group(f"g{number}", name, (Member(f"{name}x", 1, 0.9),))
        for number, name in enumerate(names)
    ]
    wait(
        folder,
        *groups,
        *(group._replace(id=f"r{group.id}", canonical=f"{group.canonical}h") for group in groups),
    )
    command = [sys.executable, "-m", "cleaner"]
    todo = [args for group in groups for args in (["accept", group.id], ["reject", f"r{group.id}"])]
    work = [
        subprocess.Popen([*command, *args], cwd=folder, env=USUAL, stderr=subprocess.PIPE)
        for args in todo
    ]
    errors = [process.communicate(timeout=120)[1].decode() for process in work]
    assert [process.returncode for process in work] == [0] * len(work), errors
    assert sorted(re.findall("canonical: (.*)", written(folder))) == names
    assert len(decisions.read_decisions(folder / decisions.PATH)) == len(names)
    assert project(folder).pending().groups == ()
    assert run("test", cwd=folder)[0] == 0


def test_a_rule_that_already_exists_is_reported(folder: Path) -> None:
    assert run("accept", "zhang-yong", cwd=folder)[0] == 0
    text = written(folder)
    wait(folder, ZHANG)
    code, _, err = run("accept", "zhang-yong", cwd=folder)
    assert (code, written(folder)) == (0, text)
    assert "was already there" in err
    assert project(folder).pending().groups == ()


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_plan_is_carried_out_as_a_whole_whatever_call_fails(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files in two folders; one of them is new. All are written, or none."""
    outcomes: set[str] = set()
    calls = number = 0
    while number <= calls:
        folder = tmp_path / str(number)
        (folder / "rules").mkdir(parents=True)
        old = {folder / "rules/a.yaml": b"a: 1\n", folder / "b.yaml": b"b: 1\n"}
        new = dict.fromkeys((*old, folder / "rules/c.yaml"), b"c: 2\n")
        for path, data in old.items():
            path.write_bytes(data)
        plan = Plan(tuple(PlannedFile(path, old.get(path), data) for path, data in new.items()))
        disk = Disk(number, error)
        with monkeypatch.context() as patch:
            disk.stand_in(patch)
            try:
                changes = carry_out(lambda plan=plan: plan)  # type: ignore[misc]
                outcome = "unsynced" if any(one.unsynced for one in changes) else "written"
            except RefusedError:
                outcome = "refused"
        now = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
        assert now == (old if outcome == "refused" else new), disk.calls
        outcomes.add(outcome)
        calls = calls or len(disk.calls)
        number += 1
        for place in (folder, folder / "rules"):
            temporary.sweep(place)
        assert not [*folder.rglob(".*.cleaner-tmp")]
    assert outcomes == {"written", "refused", "unsynced"}
    assert calls > 50
