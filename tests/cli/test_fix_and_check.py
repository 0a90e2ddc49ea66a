"""The commands as a user runs them: a real process, its exit code, its two streams, and the files
afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.command import CLEAN, DAMAGED, USUAL, run
from tests.samples import ROOT, SEEDS, bundled, read

SAY_WHAT = "say what to read: a file, a folder, or - for stdin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "good.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "notes.log").write_text(DAMAGED, encoding="utf-8")
    return tmp_path


def test_fix_in_place(folder: Path) -> None:
    assert run("fix", "bad.txt", cwd=folder) == (0, "", "bad.txt: 1 fix by 1 rule\n")
    assert (folder / "bad.txt").read_text(encoding="utf-8") == CLEAN
    assert run("fix", "bad.txt", cwd=folder) == (0, "", "bad.txt: already clean\n")


def test_fix_a_folder(folder: Path) -> None:
    left_out = "left out: 1 file of formats that cleaner does not read (.log 1)"
    said = "bad.txt: 1 fix by 1 rule\n2 files: 1 changed, 1 file already clean\n"
    code, out, err = run("fix", ".", cwd=folder)
    assert (code, out) == (0, "")
    assert err == f"{left_out}; --read-as text reads them as plain text\n{said}"
    assert (folder / "notes.log").read_text(encoding="utf-8") == DAMAGED


def test_fix_shows_a_diff_and_writes_nothing(folder: Path) -> None:
    code, out, err = run("fix", "--diff", "bad.txt", cwd=folder)
    assert (code, err) == (0, "bad.txt: would make 1 fix by 1 rule\n")
    assert f"-{DAMAGED}\n" in out
    assert f"+{CLEAN}\n\\ No newline at end of file\n" in out
    assert (folder / "bad.txt").read_text(encoding="utf-8") == DAMAGED


def test_fix_check(folder: Path) -> None:
    assert run("fix", "--check", "bad.txt", cwd=folder)[0] == 1
    assert run("fix", "--check", "good.txt", cwd=folder)[0] == 0
    assert (folder / "bad.txt").read_text(encoding="utf-8") == DAMAGED


def test_fix_to_stdout_and_to_a_file(folder: Path) -> None:
    assert run("fix", "--stdout", "bad.txt", cwd=folder)[:2] == (0, CLEAN)
    assert run("fix", "-o", "new.txt", "bad.txt", cwd=folder)[:2] == (0, "")
    assert (folder / "new.txt").read_text(encoding="utf-8") == CLEAN
    assert (folder / "bad.txt").read_text(encoding="utf-8") == DAMAGED


def test_fix_as_a_filter(folder: Path) -> None:
    code, out, err = run("fix", "-", cwd=folder, stdin=f"{DAMAGED}\r\n".encode())
    assert (code, out, err) == (0, f"{CLEAN}\r\n", "<stdin>: 1 fix by 1 rule\n")
    raw = b"\xef\xbb\xbfclean\r\nx"
    assert run("fix", "-", cwd=folder, stdin=raw)[1].encode() == raw
    assert run("fix", "-", "--stdin-filename", "a.txt", cwd=folder)[2] == "a.txt: already clean\n"
    assert run("fix", "-", "-o", "x.txt", cwd=folder, stdin=DAMAGED.encode())[:2] == (0, "")
    assert (folder / "x.txt").read_text(encoding="utf-8") == CLEAN


def test_fix_keeps_a_backup(folder: Path) -> None:
    assert run("fix", "--backup", "bad.txt", cwd=folder)[0] == 0
    assert (folder / "bad.txt.orig").read_text(encoding="utf-8") == DAMAGED


def test_fix_applies_suggestions_when_asked(folder: Path) -> None:
    text = b"Alibaba told shops to leave Jingdong."
    assert run("fix", "-", cwd=folder, stdin=text)[1:] == (
        text.decode(),
        "<stdin>: nothing to fix; 1 suggestion for you to see "
        "(cleaner check, or fix --level suggest)\n",
    )
    assert (
        run("fix", "-", "--level", "suggest", cwd=folder, stdin=text)[1]
        == "Alibaba told shops to leave JD.com."
    )


def test_fix_with_chosen_rules(folder: Path) -> None:
    both = b"Antgroup and Marwin"
    assert (
        run("fix", "-", "--select", "*/ma-yun", cwd=folder, stdin=both)[1] == "Antgroup and Ma Yun"
    )
    assert (
        run("fix", "-", "--ignore", "names/people/*", cwd=folder, stdin=both)[1]
        == "Ant Group and Marwin"
    )
    assert (
        run("fix", "-", "--prefer", "Ma Yun=Jack Ma", cwd=folder, stdin=both)[1]
        == "Ant Group and Jack Ma"
    )
    (folder / "own.yaml").write_text(
        "kind: name\nrules:\n- {id: b, canonical: Tencent, variants: [Tensent]}\n"
    )
    own = ("fix", "-", "--rules", "own.yaml")
    assert run(*own, cwd=folder, stdin=b"Tensent Antgroup")[1] == "Tencent Ant Group"
    assert run(*own, "--no-bundled", cwd=folder, stdin=b"Tensent Antgroup")[1] == "Tencent Antgroup"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(["fix"], 2, f"cleaner: {SAY_WHAT}", id="no paths"),
        pytest.param(
            ["fix", ""], 2, "cleaner: one of the paths is empty; . means", id="empty path"
        ),
        pytest.param(["check"], 2, f"cleaner: {SAY_WHAT}", id="no paths to check"),
        pytest.param(["fix", "-", "bad.txt"], 2, "cleaner: - means stdin and cannot", id="mixed"),
        pytest.param(
            ["fix", "--diff", "--stdout", "bad.txt"],
            2,
            "cleaner: --diff and --stdout exclude",
            id="two ways",
        ),
        pytest.param(
            ["fix", "--diff", "--backup", "bad.txt"], 2, "cleaner: --backup goes", id="backup"
        ),
        pytest.param(
            ["fix", "--stdout", "."], 2, "cleaner: --stdout takes one file", id="a folder to stdout"
        ),
        pytest.param(
            ["fix", "--select", "x*", "bad.txt"], 2, "cleaner: no rule's id matches “x*”", id="glob"
        ),
        pytest.param(
            ["fix", "--prefer", "Ma", "bad.txt"],
            2,
            "cleaner: --prefer Ma: write NAME=ALIAS",
            id="prefer",
        ),
        pytest.param(
            ["fix", "--prefer", "A=B", "bad.txt"],
            2,
            "cleaner: house style: no rule has",
            id="prefer whom",
        ),
        pytest.param(
            ["fix", "--no-bundled", "bad.txt"], 2, "cleaner: there are no rules", id="no rules"
        ),
        pytest.param(
            ["fix", "--rules", "x.yaml", "bad.txt"],
            2,
            "cleaner: x.yaml:1:1: cannot be",
            id="no file",
        ),
        pytest.param(["fix", "--nonsense"], 2, "--nonsense", id="unknown option"),
        pytest.param(
            ["fix", "none.txt"], 3, "none.txt: left alone: there is no such file", id="missing file"
        ),
        pytest.param(
            ["check", "none.txt"], 3, "none.txt: left alone: there is no such", id="none to check"
        ),
        pytest.param(
            ["rules", "explain", "mayun"], 2, "did you mean names/people/ma-yun?", id="unknown rule"
        ),
        pytest.param(
            ["test", "--update"], 2, "cleaner: goldens are not updated in CI", id="update in CI"
        ),
    ],
)
def test_bad_input_gets_one_clear_line(
    args: list[str], code: int, message: str, folder: Path
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    env = {"CI": "true"} if "--update" in args else {}
    got, out, err = run(*args, cwd=folder, env=env)
    assert (got, out) == (code, "")
    assert message in err
    assert len(err.splitlines()) == 1 or "Usage" in err or "1 file" in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_refused_file_does_not_keep_the_others_from_being_done(folder: Path) -> None:
    (folder / "latin.txt").write_bytes(b"caf\xe9 Marwin")
    (folder / "zero.txt").write_bytes(b"\0")
    code, _, err = run("fix", ".", cwd=folder)
    assert code == 3
    assert "latin.txt: left alone: byte 0xE9 at offset 3 (line 1) is not UTF-8" in err
    assert "4 files: 1 changed, 1 file already clean, 2 left alone" in err
    assert (folder / "bad.txt").read_text(encoding="utf-8") == CLEAN


def test_check_lists_findings(folder: Path) -> None:
    (folder / "bad.txt").write_text(f"\n{DAMAGED} Gwigi", encoding="utf-8")
    code, out, err = run("check", "--format", "concise", "bad.txt", cwd=folder)
    assert (code, out.splitlines()) == (
        1,
        [
            "bad.txt:2:19: fix names/people/ma-yun: Marwin -> Ma Yun (person 马云 마윈)",
            "bad.txt:2:43: report residue/gwigi: Gwigi (a Korean "
            "word was left in Latin letters; see the source)",
        ],
    )
    summary = ["bad.txt: 1 to mend, 1 to look up", "1 file: 1 fix, 1 report"]
    assert err.splitlines()[-2:] == summary


@pytest.mark.parametrize(
    ("text", "strict", "code"),
    [
        pytest.param(CLEAN, False, 0, id="clean"),
        pytest.param("Gwigi", False, 0, id="a report does not count"),
        pytest.param("Gwigi", True, 1, id="a report counts when strict"),
        pytest.param("Alibaba and Jingdong", False, 1, id="a suggestion counts"),
    ],
)
def test_check_exit_codes(text: str, strict: bool, code: int, folder: Path) -> None:
    args = ["check", "-", *(["--strict"] if strict else [])]
    assert run(*args, cwd=folder, stdin=text.encode())[0] == code


def test_check_as_json(folder: Path) -> None:
    code, out, _ = run("check", "--format", "json", ".", "none.txt", cwd=folder)
    report = json.loads(out)
    assert code == 3
    assert [entry["path"] for entry in report["files"]] == ["bad.txt", "good.txt"]
    assert report["files"][0]["findings"][0]["after"] == "Ma Yun"
    assert report["refused"] == [{"path": "none.txt", "why": "there is no such file"}]


def test_a_folder_of_300_files(tmp_path: Path) -> None:
    texts = [read(seed) for seed in SEEDS]
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_bytes(texts[number % len(texts)].encode())
    code, _, err = run("fix", tmp_path, cwd=tmp_path)
    results = [bundled().clean(text) for text in texts]
    lookups = sum(len(results[n % len(texts)].lookups) for n in range(300))
    summary = "300 files: 300 changed, 0 files already clean"
    said = f"{summary}, {lookups:,} reports to look up in the source"
    assert (code, err.splitlines()[-1]) == (0, said)
    wanted = [result.text for result in results]
    assert all(
        (tmp_path / f"{n:03}.txt").read_bytes().decode() == wanted[n % len(texts)]
        for n in range(300)
    )
    left = [bool(bundled().clean(text).findings) for text in wanted]
    with_findings = sum(left[n % len(texts)] for n in range(300))
    said = (
        f"0 changed, {300 - with_findings} files already clean, {with_findings} with findings only"
    )
    assert run("fix", tmp_path, cwd=tmp_path)[2].splitlines()[-1] == f"300 files: {said}"


def test_same_output_whatever_the_environment(folder: Path) -> None:
    seed = SEEDS[0].read_bytes()
    outputs = {
        run("check", "-", cwd=folder, stdin=seed, env=env)[1]
        for env in (
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "2"},
            {"LC_ALL": "C"},
            {"HOME": "/none"},
        )
    }
    assert len(outputs) == 1


def test_test_says_how_far_the_rules_get() -> None:
    code, out, _ = run("test", cwd=ROOT)
    assert code == 0, out
    assert " 0 missing, 0 noisy" in out
    assert out.splitlines()[-1].endswith(" 0 harmful")


def test_test_update_writes_goldens_and_gaps(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds" / "a.txt").write_text(DAMAGED, encoding="utf-8")
    code, out, _ = run("test", cwd=folder)
    assert (code, "there is no golden yet" in out) == (1, True)
    assert run("test", "--update", cwd=folder, stdin=b"n\n")[0] == 1
    code, _, err = run("test", "--update", cwd=folder, stdin=b"")
    assert code == 2
    assert err.splitlines()[-1].endswith("stdin ended before an answer; give --yes")
    assert not (folder / "golden").exists()
    assert run("test", "--update", cwd=folder, stdin=b"y\n")[0] == 0
    assert (folder / "golden" / "a.txt").read_text(encoding="utf-8") == CLEAN
    (folder / "golden" / "a.txt").write_text(CLEAN.replace("fell,", "sank,"), encoding="utf-8")
    assert run("test", cwd=folder)[0] == 1
    assert run("test", "--update", "--yes", cwd=folder)[0] == 0
    assert 'before: "fell", after: "sank"' in (folder / "golden" / "gaps.yaml").read_text(
        encoding="utf-8"
    )
    assert run("test", cwd=folder)[0] == 0


def test_test_without_seeds_tests_the_examples(folder: Path) -> None:
    code, out, err = run("test", cwd=folder)
    assert (code, "validated" in out, err) == (
        0,
        True,
        "there is no folder seeds: only the examples were tested\n",
    )


def test_rules_list_and_explain(folder: Path) -> None:
    code, out, _ = run("rules", "list", "bad.txt", cwd=folder)
    assert code == 0
    assert (
        "fix           1  names/people/ma-yun: Marwin, Ma Win, Ma-win, Mar-win -> Ma Yun"
        in out.splitlines()
    )
    (folder / "own.yaml").write_text(
        "kind: name\nrules:\n- {id: m, canonical: Ma, variants: [Marwin]}\n"
    )
    assert (
        "“Marwin” of names/people/ma-yun"
        in run("rules", "list", "--rules", "own.yaml", cwd=folder)[2]
    )
    code, out, _ = run("rules", "explain", "ma-yun", cwd=folder)
    assert code == 0
    assert (
        "the document names one of: Alibaba, Ant Group, "
        "Alipay, Taobao, or a right form of this name" in out
    )
    assert "--ignore names/people/ma-yun" in out


def test_rules_lint(folder: Path) -> None:
    assert run("rules", "lint", cwd=ROOT)[::2] == (0, f"{len(bundled().rules)} rules: 0 problems\n")
    (folder / "own.yaml").write_text(
        "kind: name\nrules:\n- {id: m, canonical: Ma, variants: [Mma]}\n"
    )
    code, out, _ = run("rules", "lint", "own.yaml", cwd=folder)
    assert (code, "note: own/m: no example shows it at work" in out) == (0, True)
    (folder / "own.yaml").write_text("kind: nmae\n")
    code, _, err = run("rules", "lint", "own.yaml", cwd=folder)
    assert (code, err) == (
        2,
        "cleaner: own.yaml:1:7: there is no kind “nmae”; did you mean `name`?\n",
    )


COMMANDS = [
    [],
    ["fix"],
    ["check"],
    ["test"],
    ["config"],
    ["rules"],
    ["rules", "list"],
    ["rules", "lint"],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns_and_has_an_example(command: list[str], tmp_path: Path) -> None:
    code, out, _ = run(*command, "--help", cwd=tmp_path, env={"COLUMNS": "80"})
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "Example" in out or command in ([], ["rules"])


def on_a_terminal(command: str, cwd: Path, **env: str) -> str:
    """What a terminal of 80 columns receives."""
    full = f"{sys.executable} -m cleaner {command}"
    usual = {**USUAL, "TERM": "xterm-256color", **env}
    child = pexpect.spawn(
        full, cwd=str(cwd), env=usual, dimensions=(24, 80), timeout=60, encoding="utf-8"
    )
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before)


def test_colour_only_where_it_is_wanted(folder: Path) -> None:
    assert "\x1b[32mfix\x1b[0m" in on_a_terminal("check bad.txt", folder)
    assert "\x1b[31m-Alibaba" in on_a_terminal("fix --diff bad.txt", folder)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal("check bad.txt", folder, **env)
    assert "\x1b" not in run("check", "bad.txt", cwd=folder)[1]


def test_a_terminal_is_never_handed_control_characters(folder: Path) -> None:
    (folder / "bad.txt").write_text(
        "Alibaba\x1b[2J\u202e Marwin\x1b]0;x\x07, 뉴스\x1b[2J", encoding="utf-8"
    )
    for command in ("fix --diff bad.txt", "check bad.txt"):
        shown = on_a_terminal(command, folder, NO_COLOR="1")
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_a_progress_bar_when_it_takes_long(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text("fine")
    assert "Cleaning" in on_a_terminal("fix .", tmp_path)
    assert "Cleaning" not in run("fix", ".", cwd=tmp_path)[2]


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He saw the Gwigi of it.\n\n" * 20_000)
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{sys.executable} -m cleaner check a.txt | head -1; exit ${{PIPESTATUS[0]}}",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr, b"Exception" in done.stderr) == (
        1,
        False,
        False,
    )


def test_a_loop_of_links_does_not_keep_the_others_from_being_done(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    code, _, err = run("fix", "bad.txt", "loop", cwd=folder)
    assert (code, (folder / "bad.txt").read_text(encoding="utf-8")) == (3, CLEAN)
    assert "loop: left alone: cannot be read (Too many levels of symbolic links)" in err


@pytest.mark.parametrize(
    "redirection", ["check bad.txt >&-", "fix - <&-", "fix --stdout bad.txt >/dev/full"]
)
def test_closed_and_full_streams_are_said_in_one_line(redirection: str, folder: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m cleaner {redirection}"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert (b"cannot be written" in done.stderr) == ("full" in redirection)


def test_shell_completion(tmp_path: Path) -> None:
    env = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    code, out, _ = run("--show-completion", "bash", cwd=tmp_path, env=env)
    assert (code, "_CLEANER_COMPLETE" in out or "CLEANER" in out.upper()) == (0, True)


def test_what_was_applied_is_not_left_to_see(folder: Path) -> None:
    (folder / "y.txt").write_text("Ant Group and Jingdong compete with Taobao.", encoding="utf-8")
    assert run("fix", "--level", "suggest", "y.txt", cwd=folder) == (
        0,
        "",
        "y.txt: 1 fix by 1 rule\n",
    )


@pytest.mark.parametrize(
    ("command", "done"),
    [
        (
            "fix",
            "b.txt: 1 fix by 1 rule\n2 files: 1 changed, 0 files already clean, 1 left alone\n",
        ),
        ("check", "2 files: 1 fix, 1 left alone\n"),
    ],
)
def test_a_pattern_that_would_take_minutes(command: str, done: str, tmp_path: Path) -> None:
    # 3,000 paragraphs of .05 s or so: none of them is slow enough to be refused alone.
    (tmp_path / "mine.yaml").write_text(
        "kind: pattern\nrules:\n- {id: slow, match: 'x(?:a|a)*b', replace: y, message: slow}\n",
        encoding="utf-8",
    )
    slow = f"x{'a' * 20}c b,, so\n\n" * 3_000
    (tmp_path / "a.txt").write_text(slow, encoding="utf-8")
    (tmp_path / "b.txt").write_text(DAMAGED, encoding="utf-8")
    code, _, said = run(command, "--rules", "mine.yaml", "a.txt", "b.txt", cwd=tmp_path)
    assert code == 3
    assert said.endswith(
        "a.txt: left alone: mine/slow takes too long; patterns may take 2.4 s on a text of "
        f"{len(slow):,} characters; it is unchanged\n{done}"
    )
    assert said.count("mine/slow") == 1
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == slow
    after = CLEAN if command == "fix" else DAMAGED
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == after
