"""What is wrong with the arguments is said in one line, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run
from tests.here import run_here

HOSTILE = "x\x1b[31m\u202e\u200b\x07\n\r\x9by"
CONTROLS = {*"\x1b\u202e\u200b\x07\r\x9b"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([HOSTILE], "cleaner: there is no command “x<U+001B>[31m", id="command"),
        pytest.param(
            ["fix", f"--{HOSTILE}"], "cleaner fix: there is no option “--x<U+001B>", id="option"
        ),
        pytest.param(
            ["suggest", "--limit", HOSTILE, "."],
            "cleaner suggest: --limit: “x<U+001B>[31m",
            id="value",
        ),
        pytest.param(
            ["rules", HOSTILE], "cleaner: there is no command “rules x<U+001B>", id="of a group"
        ),
        pytest.param(["pending", HOSTILE], "cleaner pending: “x", id="more"),
        pytest.param(["ignore"], "cleaner ignore: FILE:LINE is missing; ", id="none"),
    ],
)
def test_a_wrong_argument_is_one_harmless_line(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    code, out, err = run(*arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
    assert not CONTROLS & {*err}


MEANT = {
    "fxi a.txt": "cleaner: there is no command “fxi”; did you mean `fix`?",
    "Check": "cleaner: there is no command “Check”; did you mean `check`?",
    "clean a.txt": "cleaner: there is no command “clean”; did you mean `fix`?",
    "lint": "cleaner: there is no command “lint”; did you mean `rules lint`?",
    "version": "cleaner: there is no command “version”; did you mean `--version`?",
    "zzz": "cleaner: there is no command “zzz”; known are: fix, check, corpus, ",
    "a.txt": "cleaner: a.txt is a file; cleaner fix a.txt cleans it, cleaner check a.txt says",
    "texts": "cleaner: texts is a folder; cleaner fix texts cleans it, cleaner check texts says",
    "rules lst": "cleaner: there is no command “rules lst”; did you mean `list`?",
    "names frms X": "cleaner: there is no command “names frms”; did you mean `forms`?",
    "golden ad": "cleaner: there is no command “golden ad”; did you mean `add`?",
    "decisions lits": "cleaner: there is no command “decisions lits”; did you mean `list`?",
    "--verson": "cleaner: there is no option “--verson”; did you mean `--version`?",
    "-q fix a.txt": "cleaner: there is no option “-q” before the command; give it behind",
    "fix --leve suggest": "cleaner fix: there is no option “--leve”; did you mean `--level`?",
    "check --formt=json .": "cleaner check: there is no option “--formt”; did you mean `--format`?",
    "fix --dry-run .": "cleaner fix: there is no option “--dry-run”; did you mean `--diff`?",
    "fix --zzz .": "cleaner fix: there is no option “--zzz”; cleaner fix -h says what can be given",
    "fix --level fxi": "cleaner fix: there is no level “fxi”; did you mean `fix`?",
    "pending --format=xml": "cleaner pending: there is no format “xml”; known are: text, json",
    "corpus a b --engine dast": "cleaner corpus: there is no engine “dast”; did you mean `daft`?",
    "rules schema zz": "cleaner rules schema: there is no kind “zz”; known are: rules, gazetteer, ",
    "suggest --limit x .": "cleaner suggest: --limit: “x” is not a whole number from 1 on; ",
    "suggest --limit=0 .": "cleaner suggest: --limit: “0” is not a whole number from 1 on; ",
    "pending --min-score 2": "cleaner pending: --min-score: “2” is not a number from 0 to 1; ",
    "fix --jobs": "cleaner fix: --jobs is without its value; give one behind it",
    "fix --check=yes .": "cleaner fix: --check takes no value; leave it out",
    "accept --level fixx x": "cleaner accept: there is no level “fixx”; did you mean `fix`?",
    "help rules lst": "cleaner: there is no command “rules lst”; did you mean `list`?",
}


@pytest.mark.parametrize("line", MEANT)
def test_what_may_be_meant(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").touch()
    Path("texts").mkdir()
    said = run_here("cleaner", *line.split())
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(MEANT[line])


@pytest.mark.parametrize("arguments", [[], ["rules"]], ids=["no command", "no command of a group"])
def test_nothing_is_answered_by_help(arguments: list[str], tmp_path: Path) -> None:
    code, out, err = run(*arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: cleaner")
    assert "Commands:" in err
