"""A fix never hides a loss: what has to be looked up is said in the run that covers it up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.project.corpus import Cleaned
from cleaner.project.files import decode
from cleaner.reports import forms
from cleaner.review import lookups
from cleaner.rules.layers import display_path
from tests.command import USUAL, run
from tests.samples import bundled

LOSS = "The scandal broke out,, which the company regrets.\n\nGwigi is left.\n"
MENDED = LOSS.replace(",,", ",")
MESSAGE = "out,, which (something was lost between two commas, often a name; see the source)"
SAID = f"a.txt:1:23: report punctuation/doubled-comma: {MESSAGE}"
COUNTED = "1 report to look up in the source; 1 report for you to see (cleaner check)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LOSS, encoding="utf-8")
    return tmp_path


WAYS = {
    "in place": (["a.txt"], "", MENDED),
    "a folder": (["."], "", MENDED),
    "with a backup": (["--backup", "a.txt"], "", MENDED),
    "to stdout": (["--stdout", "a.txt"], MENDED, LOSS),
    "to a file": (["-o", "b.txt", "a.txt"], "", LOSS),
    "only checked": (["--check", "a.txt"], "", LOSS),
}


@pytest.mark.parametrize(("args", "out", "left"), WAYS.values(), ids=WAYS)
def test_fix_says_it_on_stderr(args: list[str], out: str, left: str, folder: Path) -> None:
    _, got, err = run("fix", *args, cwd=folder)
    assert got == out
    assert err.splitlines()[:2] == [err.splitlines()[0], SAID]
    assert err.splitlines()[0].endswith(f"1 fix by 1 rule; {COUNTED}")
    assert (folder / "a.txt").read_text(encoding="utf-8") == left


def test_beside_a_diff_it_is_on_stderr(folder: Path) -> None:
    _, out, err = run("fix", "--diff", "a.txt", cwd=folder)
    assert SAID in err.splitlines()
    assert "report" not in out


@pytest.mark.parametrize("more", [[], ["--diff"], ["--check"]], ids=["print", "diff", "check"])
def test_as_a_filter_it_is_on_stderr(more: list[str], folder: Path) -> None:
    _, out, err = run("fix", *more, "-", cwd=folder, stdin=LOSS.encode())
    assert SAID.replace("a.txt", "<stdin>") in err.splitlines()
    assert "report" not in out


def test_what_check_is_said_to_show_is_what_it_shows(folder: Path) -> None:
    assert run("check", "a.txt", cwd=folder)[2].splitlines()[-1] == "1 file: 1 fix, 2 reports"
    run("fix", "a.txt", cwd=folder)
    assert run("check", "a.txt", cwd=folder)[2].splitlines()[-1] == "1 file: 1 report"
    said = "a.txt: nothing to fix; 1 report for you to see (cleaner check)\n"
    assert run("fix", "a.txt", cwd=folder)[2] == said


@pytest.mark.parametrize("more", [[], ["--check"]], ids=["fixes", "checks"])
def test_the_hook_says_it(more: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner.hook", *more, "a.txt"],
        cwd=folder,
        env=USUAL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    change = "a.txt:1:23: punctuation/doubled-comma: out,, which -> out, which"
    left = "cleaner-hook: 1 report for you to see (cleaner check)"
    assert (done.returncode, done.stdout) == (1, f"{change}\n{SAID}\n")
    assert done.stderr == f"{left}\n"


@pytest.mark.parametrize("form", forms.names())
def test_every_form_has_it(form: str, folder: Path) -> None:
    out = run("check", "--format", form, "a.txt", cwd=folder)[1]
    assert "something was lost between two commas" in out
    if form == "json":
        (file,) = json.loads(out)["files"]
        assert [one["level"] for one in file["findings"]] == ["fix", "report", "report"]


def test_a_file_that_cannot_be_written_keeps_its_report_for_later(folder: Path) -> None:
    (folder / "a.txt").chmod(0o444)
    code, _, err = run("fix", "a.txt", cwd=folder)
    assert (code, err) == (3, "a.txt: left alone: read-only; make it writable first\n")


# --- kept in .cleaner/lookups.yaml

ENTRY = """\
- file: a.txt
  place: "1:23"
  rule: punctuation/doubled-comma
  text: out,, which
  message: something was lost between two commas, often a name; see the source
"""


def kept(folder: Path) -> str:
    return (folder / lookups.PATH).read_text(encoding="utf-8")


def test_with_a_backup_it_is_kept(folder: Path) -> None:
    err = run("fix", "--backup", "a.txt", cwd=folder)[2]
    assert err.splitlines()[-1] == ".cleaner/lookups.yaml: keeps what to look up in the source"
    assert kept(folder).startswith("#")
    assert ENTRY in kept(folder)


def test_without_a_backup_it_is_not_kept(folder: Path) -> None:
    run("fix", "a.txt", cwd=folder)
    assert not (folder / ".cleaner").exists()


def test_nothing_is_kept_where_nothing_was_lost(folder: Path) -> None:
    (folder / "a.txt").write_text("Antgroup grew.", encoding="utf-8")
    run("fix", "--backup", "a.txt", cwd=folder)
    assert not (folder / ".cleaner").exists()


def test_another_run_adds_to_what_is_kept_and_repeats_nothing(folder: Path) -> None:
    run("fix", "--backup", "a.txt", cwd=folder)
    once = kept(folder)
    (folder / "a.txt").write_text(LOSS, encoding="utf-8")
    (folder / "b.txt").write_text(LOSS, encoding="utf-8")
    run("fix", "--backup", ".", cwd=folder)
    assert kept(folder).startswith(once)
    assert [one.file for one in lookups.read_lookups(folder / lookups.PATH)] == ["a.txt", "b.txt"]


BROKEN = {
    "another kind": ("kind: decisions\n", ":1:1: this is not a file of lookups"),
    "a wrong key": ("kind: lookups\nlookups:\n- fil: a\n", ":3:3: there is no key `fil` here"),
    "a missing key": ("kind: lookups\nlookups:\n- file: a\n", ":3:3: the key `place` is missing"),
    "no YAML": ("kind: [", ":2:1: this is not YAML"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_said_before_anything_is_changed(
    text: str, message: str, folder: Path
) -> None:
    (folder / ".cleaner").mkdir()
    (folder / lookups.PATH).write_text(text, encoding="utf-8")
    code, _, err = run("fix", "--backup", "a.txt", cwd=folder)
    assert (code, len(err.splitlines())) == (2, 1)
    assert f"cleaner: .cleaner/lookups.yaml{message}" in err
    assert (folder / "a.txt").read_text(encoding="utf-8") == LOSS


@pytest.mark.parametrize(
    "name",
    ["a: b.txt", "#a.txt", "- [a].txt", "마윈.txt", "a\udcff.txt", "a\n.txt", "yes", '"a".txt'],
    ids=["colon", "hash", "list", "Hangul", "not UTF-8", "line end", "yes", "quotes"],
)
def test_any_name_of_a_file_can_be_kept(name: str, tmp_path: Path) -> None:
    result = bundled().clean(LOSS)
    cleaned = Cleaned(decode(LOSS.encode(), tmp_path / name), result)
    found = list(lookups.lookups_of(cleaned, tmp_path, date="2026-11-29"))
    path = tmp_path / "kept" / "lookups.yaml"
    undo = lookups.keep(path, found)
    assert undo
    assert lookups.keep(path, found) is None
    assert list(lookups.read_lookups(path)) == found != []
    assert display_path(path)
