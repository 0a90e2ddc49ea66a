"""How much `fix` and `check` say, and what they exit with: --quiet, --verbose, --exit-zero, ..."""

from __future__ import annotations

import re
import shutil
import sys
import time
from itertools import count
from pathlib import Path

import pexpect
import pytest

from cleaner.cli import terminal
from tests.command import CLEAN, DAMAGED, USUAL, run
from tests.here import run_here, terminal_stream, written

LOST = "Alibaba fell, and Marwin ran,, he said."
MINE = (
    "kind: pattern\nrules:\n- {id: x, match: 'zzz(?=!)', replace: z, message: loud,"
    " examples: [{before: zzz!, after: z!}, {same: zzz.}]}\n"
)
FOUND_LOST = (
    "a.txt:1:30: report punctuation/doubled-comma: ran,, he "
    "(something was lost between two commas, often a name; see the source)"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"{LOST}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nothing is wrong here.\n", encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(b"\0")
    (tmp_path / "d.txt").write_bytes(b"not \xff UTF-8")
    return tmp_path


def lines(text: str) -> list[str]:
    return text.splitlines()


# -- fix


def test_fix_in_quiet_says_what_was_lost_and_what_was_left_alone(folder: Path) -> None:
    code, out, err = run("fix", "-q", ".", cwd=folder)
    assert (code, out) == (3, "")
    lost, refused = lines(err)
    assert lost == FOUND_LOST
    assert refused.startswith("d.txt: left alone: ")


def test_fix_in_verbose_names_every_file_and_every_change(folder: Path) -> None:
    code, out, err = run("fix", "--verbose", ".", cwd=folder)
    assert (code, out) == (3, "")
    said = lines(err)
    assert "    c.bin" in said
    assert "a.txt:1:19: names/people/ma-yun: Marwin -> Ma Yun" in said
    assert "b.txt: already clean" in said


def test_quiet_and_verbose_exclude_each_other(folder: Path) -> None:
    for command in ("fix", "check"):
        assert run(command, "-q", "-v", "a.txt", cwd=folder) == (
            2,
            "",
            "cleaner: --quiet and --verbose exclude each other\n",
        )


def test_only_the_first_files_are_named(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number:02}.txt").write_text(DAMAGED, encoding="utf-8")
    code, _, err = run("fix", ".", cwd=tmp_path)
    said = lines(err)
    assert code == 0
    assert [line for line in said if line.startswith(("19.", "20."))] == ["19.txt: 1 fix by 1 rule"]
    assert said[-2:] == [
        "and 5 more files; --verbose names each",
        "25 files: 25 changed, 0 files already clean",
    ]
    assert {path.read_text(encoding="utf-8") for path in tmp_path.glob("*.txt")} == {CLEAN}


@pytest.mark.parametrize("name", ["a.txt", "b.txt"])
def test_fix_diff_check_shows_and_fails(name: str, folder: Path) -> None:
    before = (folder / name).read_bytes()
    code, out, _ = run("fix", "--diff", "--check", name, cwd=folder)
    assert (code, bool(out)) == ((1, True) if name == "a.txt" else (0, False))
    assert (folder / name).read_bytes() == before


# -- check


def test_check_in_quiet_says_the_findings_alone(folder: Path) -> None:
    code, out, err = run("check", "-q", "a.txt", "b.txt", cwd=folder)
    assert (code, err) == (1, "")
    assert lines(out)[-3] == FOUND_LOST


def test_check_in_verbose_names_clean_files(folder: Path) -> None:
    code, _, err = run("check", "-v", "a.txt", "b.txt", cwd=folder)
    assert code == 1
    assert "b.txt: nothing found" in lines(err)


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.txt", 0), ("b.txt", 0), ("d.txt", 3), ("none.txt", 3)],
)
def test_exit_zero_is_about_findings_only(name: str, code: int, folder: Path) -> None:
    assert run("check", "--exit-zero", "--strict", name, cwd=folder)[0] == code


def test_check_shows_the_line_and_the_place(folder: Path) -> None:
    _, out, _ = run("check", "--select", "ma-yun", "a.txt", cwd=folder)
    assert lines(out)[1:] == [f"    {LOST}", f"    {' ' * 18}^^^^^^"]
    _, out, _ = run("check", "--select", "ma-yun", "--format", "concise", "a.txt", cwd=folder)
    assert len(lines(out)) == 1


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.html", "<!doctype html>"), ("r.JSON", "{"), ("r.sarif", "{"), ("r.txt", "a.txt:1:19: ")],
)
def test_the_ending_of_a_report_says_its_form(
    name: str, begins: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run_here("cleaner", "check", "-q", "-o", name, "a.txt").code == 1
    assert Path(name).read_text(encoding="utf-8").lower().startswith(begins)


def test_check_fix_mends_and_says_what_is_left(folder: Path) -> None:
    (folder / "e.txt").write_text("Marwin of Alibaba left Jingdong.\n", encoding="utf-8")
    code, out, err = run("check", "--fix", "e.txt", cwd=folder)
    assert (folder / "e.txt").read_text(encoding="utf-8") == "Ma Yun of Alibaba left Jingdong.\n"
    assert code == 1
    assert lines(out)[0].startswith("e.txt:1:24: suggest names/organisations/jd: Jingdong")
    assert lines(err)[0].startswith("e.txt: 1 fix by 1 rule; 1 suggestion for you to see")


def test_check_fix_says_once_why_a_file_was_left_alone(folder: Path) -> None:
    code, out, err = run("check", "--fix", ".", cwd=folder)
    assert (code, out) == (3, "")
    assert err.count("d.txt: left alone") == err.count("left out: 1 file of") == 1
    assert FOUND_LOST in lines(err)
    assert run("check", "--fix", "a.txt", cwd=folder)[0] == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["-"], "--fix does not go with stdin; use cleaner fix -"),
        (["a.txt", "--baseline", "b.json"], "--fix does not go with --baseline, whose findings"),
    ],
    ids=["stdin", "baseline"],
)
def test_what_does_not_go_with_fix(given: list[str], said: str, folder: Path) -> None:
    code, out, err = run("check", "--fix", *given, cwd=folder)
    assert (code, out) == (2, "")
    assert err.startswith(f"cleaner: {said}")


# -- which files, which rules


@pytest.mark.parametrize("command", ["fix", "check"])
def test_exclude_is_relative_to_the_working_folder(command: str, folder: Path) -> None:
    code, _, err = run(command, "--exclude", "d.txt, /a.*", ".", cwd=folder)
    assert code == 0
    assert "a.txt" not in err
    code, _, err = run(command, "--exclude", "a.txt", "a.txt", cwd=folder)
    assert (code, lines(err)[0]) == (0, "a.txt: skipped: --exclude a.txt")


@pytest.mark.parametrize("pattern", ["", ",", "a,,b", "!"])
def test_an_empty_pattern_of_files(pattern: str, folder: Path) -> None:
    code, _, err = run("check", "--exclude", pattern, "a.txt", cwd=folder)
    assert (code, err.count("\n")) == (2, 1)
    assert "--exclude: one of the patterns is empty" in err


@pytest.mark.parametrize(
    ("option", "fixed"),
    [
        (["--select", "names"], "Alibaba fell, and Ma Yun ran,, he said.\n"),
        (["--select", "ma-yun,doubled-comma"], "Alibaba fell, and Ma Yun ran, he said.\n"),
        (["--ignore", "ma-yun", "--ignore", "punctuation/*"], f"{LOST}\n"),
    ],
    ids=["a folder", "two short ids", "two options"],
)
def test_rules_are_selected_by_short_ids(option: list[str], fixed: str, folder: Path) -> None:
    assert run("fix", "--stdout", "-q", *option, "a.txt", cwd=folder)[1] == fixed


def test_a_hint_where_suggestions_wait(folder: Path) -> None:
    (folder / "e.txt").write_text("Jingdong of Alibaba.\n", encoding="utf-8")
    _, _, err = run("check", "e.txt", cwd=folder)
    assert lines(err)[-1] == (
        "1 file: 1 suggestion; cleaner fix --level suggest applies the suggestions"
    )


# -- nothing to read


@pytest.mark.parametrize("command", ["fix", "check", "suggest", "rules list", "review"])
def test_a_folder_without_a_text_is_named(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for name in ("empty/.hidden", "odd/a.xyz", "all/a.txt", "texts/a.txt"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("Nothing is wrong here.\n", encoding="utf-8")
    (folder / "cleaner.toml").write_text('exclude = ["all/*"]\n', encoding="utf-8")
    words = command.split()
    code, _, err = run_here("cleaner", *words, "empty", "odd", "all", "texts")
    assert code == 0
    assert "empty: there is no file to read in it" in lines(err)
    assert "odd: there is no file to read in it" in lines(err)
    assert "all: all files in it are excluded; cleaner config shows by what" in lines(err)
    assert not any(line.startswith("texts: ") for line in lines(err))
    code, _, err = run_here("cleaner", *words, "./texts", "texts", folder / "texts")
    assert (code, "no file to read" in err) == (0, False)


SUMMARIES = {
    "fix": "2 files: 0 changed, 1 file already clean, 1 left alone",
    "check": "2 files: nothing found, 1 left alone",
    "suggest": "2 files: 0 names, 0 forms, 1 left alone",
    "rules list": "2 files, 1 left alone, 404 rules",
}


@pytest.mark.parametrize("command", SUMMARIES)
def test_a_missing_file_counts_as_left_alone(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    code, _, err = run_here("cleaner", *command.split(), "none.txt", "b.txt")
    assert (code, lines(err)[0]) == (3, "none.txt: left alone: there is no such file")
    assert re.sub(r"[0-9]+ rules", "404 rules", lines(err)[-1]) == SUMMARIES[command]


def test_a_single_file_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing is wrong here.\n", encoding="utf-8")
    assert run("fix", ".", cwd=tmp_path)[2] == "1 file: 0 changed, 1 file already clean\n"
    assert run("fix", "a.txt", cwd=tmp_path)[2] == "a.txt: already clean\n"
    assert run("check", "none.txt", cwd=tmp_path)[2].endswith("\n1 file: 1 left alone\n")


# -- how far it is

QUIET = ["fix", "check", "suggest", "test", "rules list", "rules lint", "corpus"]
SHOWN = {
    "fix a.txt b.txt": "Cleaning 2 of 2 files",
    "check a.txt b.txt": "Checking 2 of 2 files",
    "suggest a.txt b.txt": "Reading 2 of 2 files",
    "rules list --no-bundled --rules mine a.txt b.txt": "Reading 2 of 2 files",
    "rules lint mine --no-bundled": "Cleaning 1 of 1 seeds",
    "test --no-bundled --rules mine": "Testing 2 of 2 examples",
    "corpus rows.jsonl out --field text --jobs 1": "Cleaning 1 rows, file 1 of 1",
}


@pytest.mark.parametrize("line", SHOWN)
def test_progress_on_a_terminal_only(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock is two seconds after the one before."""
    (folder / "rows.jsonl").write_text('{"text": "Nothing."}\n', encoding="utf-8")
    for name in ("seeds", "golden"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text("Nothing is wrong here.\n", encoding="utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "x.yaml").write_text(MINE, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(terminal, "monotonic", map(float, count(0, 2)).__next__)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    assert SHOWN[line] in run_here("cleaner", *line.split(), is_terminal=True).err
    shutil.rmtree("out", ignore_errors=True)
    assert SHOWN[line] not in run_here("cleaner", *line.split(), "-q", is_terminal=True).err
    shutil.rmtree("out", ignore_errors=True)
    assert SHOWN[line] not in run_here("cleaner", *line.split()).err
    monkeypatch.setenv("TERM", "dumb")
    shutil.rmtree("out", ignore_errors=True)
    assert SHOWN[line] not in run_here("cleaner", *line.split(), is_terminal=True).err


def test_work_that_cannot_be_measured_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_LONG", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    for is_terminal, quiet, shown in (
        (True, False, True),
        (True, True, False),
        (False, False, False),
    ):
        err = terminal_stream(is_terminal=is_terminal)
        monkeypatch.setattr(sys, "stderr", err)
        with terminal.waiting("Reading the rules", quiet=quiet):
            time.sleep(0.05)
        assert ("\rReading the rules …\r" in written(err).replace(" " * 19, "")) == shown
        assert not shown or written(err).endswith(" \r")


@pytest.mark.parametrize("command", QUIET)
def test_quiet_says_nothing_of_what_is_right(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "mine").mkdir()
    (folder / "mine" / "x.yaml").write_text(MINE, encoding="utf-8")
    (folder / "rows.jsonl").write_text('{"text": "Nothing."}\n', encoding="utf-8")
    rest = {
        "corpus": ["rows.jsonl", "out", "--field", "text"],
        "test": [],
        "rules lint": ["mine", "--no-bundled"],
        "rules list": [],
    }.get(command, ["b.txt"])
    code, out, err = run_here("cleaner", *command.split(), "-q", *rest)
    assert (code, err) == (0, "")
    assert (out == "") == (command != "rules list")


# -- questions that nobody answers, options that name nothing


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("selectors", ["", ",", " "])
def test_an_option_that_names_no_rule(
    option: str, selectors: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = (folder / "a.txt").read_bytes()
    for command in ("fix", "check", "suggest"):
        said = run_here("cleaner", command, option, selectors, "a.txt")
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert said.err.startswith(f"cleaner: {option} names no rule; ")
    assert (folder / "a.txt").read_bytes() == before


def test_a_search_keeps_each_selector(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("e.txt").write_text("Director Jangye Mo came. [사진=연합뉴스]\n", encoding="utf-8")
    assert run_here("cleaner", "suggest", "--select", "names,residue", "e.txt").code == 0
    kept = Path(".cleaner/suggestions.yaml").read_text(encoding="utf-8")
    assert "names,residue" not in kept
    assert run_here("cleaner", "pending").code == 0


def test_check_fix_leaves_its_report_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("texts").mkdir()
    Path("texts", "a.txt").write_text(DAMAGED, encoding="utf-8")
    Path("texts", "report.txt").write_text(DAMAGED, encoding="utf-8")
    said = run_here("cleaner", "check", "--fix", "-o", "texts/report.txt", "texts")
    assert (said.code, "report.txt: 1 fix" in said.err) == (0, False)


@pytest.mark.parametrize(("key", "code"), [("\x04", 1), ("\x03", 130)], ids=["Ctrl-D", "Ctrl-C"])
def test_a_question_that_nobody_answers(key: str, code: int, folder: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "golden", "add", "b.txt"],
        cwd=str(folder),
        env={**USUAL, "TERM": "xterm"},
        encoding="utf-8",
        timeout=60,
    )
    child.expect("Write ")
    child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, "fault" in str(child.before)) == (code, False)
    assert not (folder / "golden").exists()
