"""Configuration as a user meets it: a real process in a real folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, run
from tests.samples import ROOT

OWN = """\
kind: name
rules:
- id: b
  canonical: Tencent
  variants: [Tensent]
  examples: [{before: Tensent fell., after: Tencent fell.}, {same: Tensenta fell.}]
"""
BOTH = "Antgroup and Marwin"


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A repository with damaged files in three folders."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name in ("a.txt", "drafts/a.txt", "lyrics/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    return tmp_path


def configured(folder: Path, text: str, name: str = "cleaner.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def cleaned(folder: Path) -> list[str]:
    texts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.txt")
    }
    assert set(texts.values()) <= {CLEAN, DAMAGED}
    return sorted(name for name, text in texts.items() if text == CLEAN)


@pytest.mark.parametrize(
    ("text", "args", "out"),
    [
        pytest.param("", [], "Ant Group and Ma Yun", id="nothing set"),
        pytest.param("select = ['*/ma-yun']", [], "Antgroup and Ma Yun", id="select"),
        pytest.param("ignore = ['*/ma-yun']", [], "Ant Group and Marwin", id="ignore"),
        pytest.param("prefer = {'Ma Yun' = 'Jack Ma'}", [], "Ant Group and Jack Ma", id="prefer"),
        pytest.param("levels = {'*/ma-yun' = 'off'}", [], "Ant Group and Marwin", id="off"),
        pytest.param("levels = {'*/ma-yun' = 'suggest'}", [], "Ant Group and Marwin", id="suggest"),
        pytest.param(
            "levels = {'*/ma-yun' = 'suggest'}",
            ["--level", "suggest"],
            "Ant Group and Ma Yun",
            id="asked",
        ),
        pytest.param(
            "levels = {'names/organisations/*' = 'fix', 'names/*' = 'off'}",
            [],
            "Ant Group and Marwin",
            id="the more exact one",
        ),
        pytest.param(
            "select = ['*/ma-yun']",
            ["--select", "*/ant-group"],
            "Ant Group and Marwin",
            id="it replaces",
        ),
        pytest.param("ignore = ['*/ma-yun']", ["--ignore", "*/ant-group"], BOTH, id="it adds"),
        pytest.param(
            "ignore = ['*/ma-yun']", ["--isolated"], "Ant Group and Ma Yun", id="--isolated"
        ),
        pytest.param(
            "ignore = ['*/ma-yun']",
            ["--config", "other.toml"],
            "Antgroup and Ma Yun",
            id="--config",
        ),
        pytest.param(
            "per-file-ignores = {'lyrics/' = ['*/ma-yun']}",
            ["--stdin-filename", "lyrics/x.txt"],
            "Ant Group and Marwin",
            id="a file of a name",
        ),
        pytest.param(
            "per-file-ignores = {'lyrics/' = ['*/ma-yun']}",
            [],
            "Ant Group and Ma Yun",
            id="no name",
        ),
        pytest.param(
            "exclude = ['lyrics/']", ["--stdin-filename", "lyrics/x.txt"], BOTH, id="excluded"
        ),
        pytest.param(
            "exclude = ['lyrics/']",
            ["--stdin-filename", "lyrics/x.txt", "--no-exclude"],
            "Ant Group and Ma Yun",
            id="excluded, but done all the same",
        ),
        pytest.param(
            "exclude = ['*']",
            [],
            "Ant Group and Ma Yun",
            id="stdin without a name is never excluded",
        ),
    ],
)
def test_settings_count(text: str, args: list[str], out: str, press: Path) -> None:
    configured(press, text)
    configured(press, "ignore = ['*/ant-group']", "other.toml")
    assert run("fix", "-", *args, cwd=press, stdin=BOTH.encode())[:2] == (0, out)
    # nearer, of no account in the root
    configured(press / "lyrics", f"[tool.cleaner]\n{text}", "pyproject.toml")
    assert run("fix", "-", *args, cwd=press, stdin=BOTH.encode())[:2] == (0, out)


def test_rules_are_seen_from_the_folder_of_the_file(press: Path) -> None:
    (press / "own").mkdir()
    (press / "own" / "firms.yaml").write_text(OWN, encoding="utf-8")
    configured(press, "rules = ['own']\nbundled = false\nencoding = 'cp949'")
    for folder in (press, press / "drafts"):
        assert run("fix", "-", cwd=folder, stdin="뉴스 Tensent Antgroup".encode("cp949"))[0] == 0
        assert run("rules", "list", cwd=folder)[1] == "fix      firms/b: Tensent -> Tencent\n"
        assert run("rules", "explain", "b", cwd=folder)[0] == 0
        assert run("rules", "lint", cwd=folder)[::2] == (0, "1 rule: 0 problems\n")
        assert (
            run("test", cwd=folder)[1]
            == "examples: 2 examples of 1 rule: 2 validated, 0 missing, 0 noisy\n"
        )
        assert "firms/b" not in run("rules", "list", "--isolated", cwd=folder)[1]
        assert "names/people/ma-yun" in run("rules", "list", "--bundled", cwd=folder)[1]
    assert run("rules", "lint", "own", cwd=press)[::2] == (0, "1 rule: 0 problems\n")


@pytest.mark.parametrize(
    ("paths", "done", "notes"),
    [
        pytest.param(["."], ["a.txt", "lyrics/a.txt"], [], id="a walk"),
        pytest.param(["drafts/a.txt"], [], ["drafts/a.txt"], id="by name"),
        pytest.param(["drafts"], [], ["drafts"], id="a folder by name"),
        pytest.param(
            ["lyrics/../drafts/a.txt", "a.txt"],
            ["a.txt"],
            ["lyrics/../drafts/a.txt"],
            id="roundabout",
        ),
        pytest.param(["link.txt"], [], ["link.txt"], id="by a link"),
    ],
)
@pytest.mark.parametrize("command", ["fix", "check"])
def test_excludes(
    command: str, paths: list[str], done: list[str], notes: list[str], press: Path
) -> None:
    (press / "link.txt").symlink_to("drafts/a.txt")
    configured(press, "\nexclude = ['drafts/']")
    code, out, err = run(command, *paths, cwd=press)
    said = [
        f"{path}: skipped: cleaner.toml:2 excludes “drafts/” (--no-exclude reads it all the same)"
        for path in notes
    ]
    assert [line for line in err.splitlines() if "skipped" in line] == said
    if command == "fix":
        assert (code, cleaned(press)) == (0, done)
    else:
        found = re.findall(r"^(\S+?):", out, re.MULTILINE)
        assert (code, sorted(found)) == (int(bool(done)), done)
    assert not [
        line
        for line in run(command, *paths, "--no-exclude", cwd=press)[2].splitlines()
        if "skipped" in line
    ]


def test_rules_are_ignored_in_files(press: Path) -> None:
    configured(press, "[per-file-ignores]\n'/lyrics' = ['names/people/*']\n'*.none' = ['quotes/*']")
    code, out, _ = run("check", "--format", "concise", ".", cwd=press)
    assert (code, {line.partition(":")[0] for line in out.splitlines()}) == (
        1,
        {"a.txt", "drafts/a.txt"},
    )
    assert run("fix", ".", cwd=press)[0] == 0
    assert cleaned(press) == ["a.txt", "drafts/a.txt"]
    assert run("fix", "--isolated", ".", cwd=press / "lyrics")[0] == 0
    assert cleaned(press) == ["a.txt", "drafts/a.txt", "lyrics/a.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "\nselct = []", "2: there is no key `selct`; did you mean `select`?", id="key"
        ),
        pytest.param(
            "select = ['x*']",
            "1: `select`: no rule's id matches “x*”; `cleaner rules list` shows them all",
            id="select",
        ),
        pytest.param(
            "[per-file-ignores]\na = ['x*']",
            "2: `per-file-ignores`: no rule's id matches “x*”;",
            id="files",
        ),
        pytest.param(
            "\n[levels]\n'x*' = 'off'", "3: `levels`: no rule's id matches “x*”;", id="levels"
        ),
        pytest.param(
            "[levels]\n'residue/gwigi' = 'fix'",
            "2: `levels`: residue/gwigi cannot be at level fix: a rule"
            " of kind residue may be at report or off; write a narrower pattern",
            id="a level that cannot be",
        ),
        pytest.param(
            "[prefer]\n'A' = 'B'",
            "2: `prefer`: house style: no rule has the canonical form “A”",
            id="name",
        ),
        pytest.param(
            "[prefer]\n'Ma Yun' = 'B'",
            "2: `prefer`: house style: “B” is not an alias of “Ma Yun”",
            id="alias",
        ),
        pytest.param(
            "\nrules = ['x.yaml']",
            "2: `rules`: there is no file or folder “x.yaml”; paths",
            id="rules",
        ),
        pytest.param(
            "bundled = false", "1: `bundled`: there are no rules: give --rules PATH", id="no rules"
        ),
        pytest.param("pivot = ko", "1:9: this is not TOML", id="no TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, message: str, press: Path) -> None:
    configured(press, text)
    code, out, err = run("fix", "../a.txt", cwd=press / "drafts")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(f"cleaner: ../cleaner.toml:{message}")
    assert run("fix", "../a.txt", "--isolated", cwd=press / "drafts")[0] == 0
    assert cleaned(press) == ["a.txt"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ["--config", "x.toml"],
            "x.toml: cannot be read (No such file or directory)",
            id="no file",
        ),
        pytest.param(
            ["--config", "pyproject.toml"],
            "pyproject.toml: there is no table [tool.cleaner]",
            id="table",
        ),
        pytest.param(
            ["--config", "pyproject.toml", "--isolated"],
            "--config and --isolated exclude each",
            id="both",
        ),
        pytest.param(
            ["--select", "x*"],
            "no rule's id matches “x*”",
            id="on the command line there is no line",
        ),
    ],
)
def test_options_that_make_no_sense(args: list[str], message: str, press: Path) -> None:
    configured(press, "select = ['x*']")
    configured(press, "[project]\nname = 'cleaner'", "pyproject.toml")
    code, _, err = run("fix", "a.txt", *args, cwd=press)
    assert (code, err.partition(message)[0], len(err.splitlines())) == (2, "cleaner: ", 1)


def test_home_is_not_consulted(press: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".config").mkdir()
    for folder in (home, home / ".config", press.parent):
        configured(folder, "this is not TOML")
    try:
        env = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
        assert run("fix", "a.txt", cwd=press, env=env)[0] == 0
    finally:
        (press.parent / "cleaner.toml").unlink()


def test_a_working_folder_that_is_gone(press: Path) -> None:
    command = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m cleaner config"
    env = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=press, capture_output=True, check=False, text=True, env=env
    )
    assert (done.returncode, done.stderr) == (
        2,
        "cleaner: the working folder is gone; change to one that exists\n",
    )


def manual(language: str) -> str:
    """Return the first block of a language in the page about the configuration."""
    text = (ROOT / "cleaner" / "manual" / "configuration.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found.group(1)


def test_the_configuration_of_the_manual_is_true(press: Path) -> None:
    toml = manual("toml")
    configured(press, toml)
    (press / "my-rules").mkdir()
    (press / "my-rules" / "firms.yaml").write_text(OWN, encoding="utf-8")
    assert run("fix", ".", cwd=press)[0] == 0
    _, *wanted = manual("console").splitlines()
    code, out, _ = run("config", cwd=press)
    assert (code, set(wanted) - set(out.splitlines())) == (0, set())
    shown = {key: value for key, value in tomllib.loads(out).items() if value not in ([], {})}
    assert {
        key: value for key, value in shown.items() if key in tomllib.loads(toml)
    } == tomllib.loads(toml)
    told = json.loads(run("config", "--format", "json", cwd=press)[1])
    assert told["file"] == "cleaner.toml"
    assert {
        key: entry["value"] for key, entry in told["settings"].items() if entry["value"]
    } == shown
    assert (told["settings"]["encoding"]["from"], told["settings"]["select"]["from"]) == (
        "cleaner.toml:5",
        "default",
    )


def test_config_says_what_comes_from_where(press: Path) -> None:
    configured(press, "[tool.cleaner]\nignore = ['a']\nselect = ['b']", "pyproject.toml")
    args = ("--ignore", "c", "--select", "d", "--prefer", 'A=B"\x1b')
    lines = run("config", *args, cwd=press / "drafts")[1].splitlines()
    assert lines[0] == "# configuration: ../pyproject.toml"
    settings = dict(re.split(r" = |  +# ", line)[::2] for line in lines if " = " in line)
    assert settings["ignore"] == "../pyproject.toml:2, command line"
    assert settings["select"] == "command line"
    assert 'prefer = {"A" = "B\\"\\u001b"}  # command line' in re.sub(
        " +#", "  #", "\n".join(lines)
    )
    isolated = run("config", "--isolated", cwd=press)[1]
    assert isolated.startswith(
        "# configuration: none (cleaner.toml or pyproject.toml with [tool.cleaner], "
    )
    assert {line.rpartition("# ")[2] for line in isolated.splitlines()[1:]} == {"default"}


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        pytest.param(0o700, False, id="private"),
        pytest.param(0o755, False, id="readable"),
        pytest.param(0o775, True, id="writable by a group"),
        pytest.param(0o1777, True, id="writable by all"),
    ],
)
def test_a_cache_folder_that_is_not_used_is_named(mode: int, said: bool, tmp_path: Path) -> None:
    place = tmp_path / "cache"
    place.mkdir()
    place.chmod(mode)
    code, _, err = run("config", cwd=tmp_path, env={"CLEANER_CACHE_DIR": str(place)})
    assert code == 0
    assert err.startswith(f"{place}: others can write to this cache folder") is said
    assert list(place.iterdir()) == []
