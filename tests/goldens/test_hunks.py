"""Goldens: added by a person, and reviewed one difference at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.test_review_commands import folder
from tests.command import USUAL, run

__all__ = ["folder"]  # the fixture


def test_golden_add(folder: Path) -> None:
    (folder / "a.txt").write_text("Antgroup fell.\n")
    code, _, err = run("golden", "add", "a.txt", cwd=folder)
    assert code == 2
    assert "there is no terminal to ask on" in err
    assert run("golden", "add", "a.txt", "--yes", cwd=folder, env={"CI": "1"})[0] == 2
    code, out, _ = run("golden", "add", "a.txt", "--yes", cwd=folder)
    assert (code, "+Ant Group fell.\n" in out) == (0, True)
    assert (folder / "seeds/a.txt").read_text() == "Antgroup fell.\n"
    assert (folder / "golden/a.txt").read_text() == "Ant Group fell.\n"
    assert run("test", cwd=folder)[1].splitlines()[1].split() == [
        "a.txt",
        "1",
        "right",
        "of",
        "1",
        "needed,",
        "0",
        "harmful",
    ]
    assert "already exists" in run("golden", "add", "a.txt", "--yes", cwd=folder)[2]
    assert run("golden", "add", "cleaner.toml", "--yes", cwd=folder)[0] == 2
    assert run("golden", "add", "a.txt", "--name", "../b.txt", "--yes", cwd=folder)[0] == 2


def on_a_terminal(args: list[str], folder: Path, *answers: str) -> tuple[int, str]:
    """What a person sees, and the exit code, if these lines are typed."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", *args],
        cwd=str(folder),
        env={**USUAL, "TERM": "dumb"},
        dimensions=(24, 80),
        timeout=60,
        encoding="utf-8",
    )
    seen = ""
    for answer in answers:
        child.expect(r"\[s\]: |\[y/N\]: ")
        seen += str(child.before)
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus or 0), seen + str(child.before)


SEED = "Antgroup met Jingdonge.\n\nAntgroup fell.\n"


@pytest.mark.parametrize(
    ("answers", "golden", "gaps"),
    [
        pytest.param(
            ["a", "a", "accept"], "Ant Group met Jingdonge.\n\nAnt Group fell!\n", 1, id="accept"
        ),
        pytest.param(
            ["r", "reject", "s"],
            "Antgroup met Jingdonge.\n\nAntgroup fell!\n",
            0,
            id="reject and skip",
        ),
        pytest.param(
            ["what", "s", "a", "q"],
            "Antgroup met Jingdonge.\n\nAnt Group fell!\n",
            0,
            id="quit keeps",
        ),
    ],
)
def test_goldens_are_reviewed_one_difference_at_a_time(
    answers: list[str], golden: str, gaps: int, folder: Path
) -> None:
    (folder / "seeds/a.txt").write_text(SEED)
    (folder / "golden/a.txt").write_text(SEED.replace("fell.", "fell!"))
    assert run("test", cwd=folder)[0] == 1
    code, seen = on_a_terminal(["test", "--review"], folder, *answers)
    assert (folder / "golden/a.txt").read_text() == golden
    assert (folder / "golden/gaps.yaml").read_text().count("at:") == gaps
    assert code == int(answers[-1] != "accept")
    assert "1 of 3  a.txt:1: the rules write something else" in seen
    assert "-Antgroup met Jingdonge.\r\n+Ant Group met Jingdonge.\r\n" in seen


@pytest.mark.parametrize(
    ("answers", "gaps"),
    [
        pytest.param(
            ["a", "a"], ['at: "1:7", before: "wrongg", after: "wrong"'], id="one listed, one closed"
        ),
        pytest.param(["r", "a"], [], id="only the closed one"),
        pytest.param(
            ["a", "s"], ['before: "Antgroup"', 'at: "1:7", before: "wrongg"'], id="only the new one"
        ),
        pytest.param(["q"], ['at: "1:1", before: "Antgroup"'], id="nothing"),
    ],
)
def test_gaps_are_listed_and_taken_off_one_by_one(
    answers: list[str], gaps: list[str], folder: Path
) -> None:
    (folder / "seeds/a.txt").write_text("Antgr wrongg Antgroup.\n")
    (folder / "golden/a.txt").write_text("Antgr wrong Ant Group.\n")
    gap = '{at: "1:1", before: "Antgroup", after: "Ant Group"}'
    (folder / "golden/gaps.yaml").write_text(f'kind: gaps\nfiles:\n  "a.txt":\n  - {gap}\n')
    on_a_terminal(["test", "--review"], folder, *answers)
    listed = (folder / "golden/gaps.yaml").read_text()
    assert listed.count("at:") == len(gaps)
    assert all(one in listed for one in gaps)
    assert (folder / "golden/a.txt").read_text() == "Antgr wrong Ant Group.\n"


def test_goldens_are_reviewed_by_people_only(folder: Path) -> None:
    assert "there is no terminal to review on" in run("test", "--review", cwd=folder)[2]
    assert run("test", "--review", cwd=folder, env={"CI": "1"})[0] == 2
    assert run("test", "--review", "--update", cwd=folder)[0] == 2
    code, _ = on_a_terminal(["golden", "add", "a.txt"], folder, "n")
    assert (code, (folder / "golden/a.txt").exists()) == (1, False)
