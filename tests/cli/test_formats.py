"""Files that no format reads: refused by name, left out of folders, read when told how."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.formats import names, prose_suffixes
from tests.command import CLEAN, DAMAGED, USUAL, run

FORMATS = ", ".join(names())
REFUSED = f"no reader for .rst; --read-as text reads it as plain text (formats: {FORMATS})"
NOTHING = f"nothing to read: cleaner looks for {', '.join(prose_suffixes())}"
LEFT_OUT = "left out: 1 file of formats that cleaner does not read (.rst 1)"
REMEDY = "--read-as text reads them as plain text"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.rst").write_text(DAMAGED, encoding="utf-8")
    return tmp_path


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def hook(*args: str, cwd: Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "cleaner.hook", *args]
    done = subprocess.run(
        command, cwd=cwd, env=USUAL, capture_output=True, text=True, encoding="utf-8"
    )
    return done.returncode, done.stdout, done.stderr


# --- named

COMMANDS = {
    "fix": ["fix", "page.rst"],
    "fix --stdout": ["fix", "--stdout", "page.rst"],
    "fix --diff": ["fix", "--diff", "page.rst"],
    "fix -o": ["fix", "-o", "new.txt", "page.rst"],
    "fix -": ["fix", "-", "--stdin-filename", "page.rst"],
    "check": ["check", "page.rst"],
    "check -": ["check", "-", "--stdin-filename", "page.rst"],
    "suggest": ["suggest", "page.rst"],
    "explain": ["explain", "page.rst:1"],
    "ignore": ["ignore", "page.rst:1"],
    "golden add": ["golden", "add", "page.rst", "--name", "new.txt", "--yes"],
}


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_every_command_refuses_it_by_name(args: list[str], folder: Path) -> None:
    code, _, err = run(*args, cwd=folder, stdin=DAMAGED.encode())
    assert code == 3
    (line,) = [line for line in err.splitlines() if "page.rst" in line]
    assert line.endswith(f"page.rst: {REFUSED}") or line == f"page.rst: left alone: {REFUSED}"
    assert [path.name for path in folder.iterdir() if path.name != ".cleaner"] == ["page.rst"]
    assert text(folder / "page.rst") == DAMAGED


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_every_command_reads_it_when_told_how(args: list[str], folder: Path) -> None:
    code, _, err = run(*args, "--read-as", "text", cwd=folder, stdin=DAMAGED.encode())
    assert code in {0, 1}
    assert "no reader" not in err


def test_a_refused_file_does_not_keep_the_others_from_being_done(folder: Path) -> None:
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    code, _, err = run("fix", "page.rst", "a.txt", cwd=folder)
    assert code == 3
    assert f"page.rst: left alone: {REFUSED}" in err
    assert text(folder / "a.txt") == CLEAN


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("none.rst", "there is no such file", id="missing"),
        pytest.param("pipe.rst", "this is not a regular file; name a file of text", id="a pipe"),
        pytest.param("gone.rst", "there is no such file", id="a dangling link"),
    ],
)
def test_what_is_no_file_is_refused_for_that(name: str, message: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe.rst")
    (folder / "gone.rst").symlink_to("nowhere")
    assert run("fix", name, cwd=folder)[::2] == (3, f"{name}: left alone: {message}\n")


@pytest.mark.parametrize("name", ["LICENSE", "article", "1. The Beginning", "a.text", "A.TXT"])
def test_what_is_plain_text(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    assert run("fix", name, cwd=tmp_path)[0] == 0
    assert text(tmp_path / name) == CLEAN


def test_a_container_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\3\4\0\0")
    assert "this is not a zip file" in run("fix", "a.docx", cwd=tmp_path)[2]
    assert "NUL byte" in run("fix", "--read-as", "text", "a.docx", cwd=tmp_path)[2]


def test_a_format_that_does_not_exist(folder: Path) -> None:
    said = f"there is no format “latin”; known are: {FORMATS}\n"
    assert run("fix", "--read-as", "latin", "page.rst", cwd=folder)[::2] == (2, f"cleaner: {said}")
    args = ("--read-as", "latin", "page.rst")
    assert hook(*args, cwd=folder) == (2, "", f"cleaner-hook: {said}")


# --- in folders


def test_a_folder_says_what_it_left_out(folder: Path) -> None:
    for name in ("a.log", "b.LOG", "LICENSE", ".hidden.rst"):
        (folder / name).write_text(DAMAGED, encoding="utf-8")
    (folder / "good.txt").write_text(CLEAN, encoding="utf-8")
    what = "left out: 4 files of formats that cleaner does not read (.log 2, .rst 1, no ending 1)"
    code, _, err = run("fix", ".", cwd=folder)
    assert (code, err.splitlines()[0]) == (0, f"{what}; {REMEDY}")
    for command in ("check", "suggest"):
        assert f"{what}; {REMEDY}\n" in run(command, ".", cwd=folder)[2]


def test_only_the_most_frequent_endings_are_listed(tmp_path: Path) -> None:
    for number, ending in enumerate("abcdefg"):
        for copy in range(9 - number):
            (tmp_path / f"{copy}.{ending}").touch()
    listed = ".a 9, .b 8, .c 7, .d 6, .e 5, others 7"
    assert (
        f"left out: 42 files of formats that cleaner does not read ({listed})"
        in run("check", ".", cwd=tmp_path)[2]
    )


@pytest.mark.parametrize("command", ["fix", "check", "suggest"])
@pytest.mark.parametrize("git", [False, True], ids=["without git", "with git"])
def test_a_folder_with_nothing_to_read(command: str, git: bool, folder: Path) -> None:
    if git:
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
    code, out, err = run(command, ".", cwd=folder)
    assert (code, out) == (0, "")
    assert err.splitlines() == [f"{LEFT_OUT}; {REMEDY}", NOTHING]


@pytest.mark.parametrize("command", ["fix", "check", "suggest"])
def test_an_empty_folder(command: str, tmp_path: Path) -> None:
    assert run(command, ".", cwd=tmp_path) == (0, "", f"{NOTHING}\n")


def test_what_is_excluded_is_not_left_out(folder: Path) -> None:
    (folder / "cleaner.toml").write_text('exclude = ["*.rst", "*.toml"]', encoding="utf-8")
    excluded = ".: all files in it are excluded; cleaner config shows by what"
    assert run("fix", ".", cwd=folder)[2] == f"{excluded}\n{NOTHING}\n"


def test_the_configuration_and_its_rules_are_not_left_out(folder: Path) -> None:
    (folder / "cleaner.toml").write_text('rules = ["mine"]', encoding="utf-8")
    (folder / "mine").mkdir()
    rules = "kind: name\nrules:\n- {id: b, canonical: Tencent, variants: [Tensent]}\n"
    (folder / "mine" / "names.yaml").write_text(rules, encoding="utf-8")
    err = run("fix", ".", cwd=folder)[2]
    assert err.splitlines() == [f"{LEFT_OUT}; {REMEDY}", NOTHING]
    (folder / "data.yaml").touch()
    assert "(.rst 1, .yaml 1)" in run("fix", ".", cwd=folder)[2]


def test_in_a_folder_a_reader_is_told_only_for_files_that_have_none(folder: Path) -> None:
    code = f"    {DAMAGED}\n"
    (folder / "page.md").write_text(code, encoding="utf-8")
    (folder / ".env.rst").write_text(DAMAGED, encoding="utf-8")
    assert run("fix", "--read-as", "text", ".", cwd=folder)[0] == 0
    assert text(folder / "page.rst") == CLEAN
    assert text(folder / "page.md") == code
    assert text(folder / ".env.rst") == DAMAGED
    assert run("fix", "--read-as", "text", "page.md", cwd=folder)[0] == 0
    assert text(folder / "page.md") == code.replace(DAMAGED, CLEAN)


def test_a_text_can_be_read_as_markdown(tmp_path: Path) -> None:
    code = f"    {DAMAGED}\n"
    (tmp_path / "page.txt").write_text(code, encoding="utf-8")
    run("fix", "--read-as", "markdown", "page.txt", cwd=tmp_path)
    assert text(tmp_path / "page.txt") == code


# --- the hook


def test_the_hook_refuses_it_by_name(folder: Path) -> None:
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    code, out, err = hook("page.rst", "a.txt", cwd=folder)
    assert (code, err) == (3, f"page.rst: left alone: {REFUSED}\n")
    assert out.startswith("a.txt:1:19: ")
    assert text(folder / "page.rst") == DAMAGED


def test_the_hook_reads_it_when_told_how(folder: Path) -> None:
    assert hook("--read-as", "text", "page.rst", cwd=folder)[0] == 1
    assert text(folder / "page.rst") == CLEAN


# --- stdout by its usual name


@pytest.mark.parametrize(
    "args", [["a.txt", "-o", "-"], ["-", "-o", "-"], ["a.txt", "--output", "-"]], ids=str
)
def test_a_hyphen_as_output_is_stdout(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    assert run("fix", *args, cwd=tmp_path, stdin=DAMAGED.encode())[:2] == (0, CLEAN)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert text(tmp_path / "a.txt") == DAMAGED
