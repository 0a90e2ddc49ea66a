"""git is asked about folders of strangers: nothing in them is run, and nothing else is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.errors import RefusedError
from cleaner.project import files, git
from tests.command import DAMAGED, run

WHO = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
SAFE = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


def call(*arguments: str, cwd: Path) -> str:
    """Run git in the test's own repository."""
    done = subprocess.run(
        ["git", *WHO, *arguments], cwd=cwd, env=SAFE, capture_output=True, text=True, check=True
    )
    return done.stdout


def set_up(folder: Path) -> Path:
    """Make a repository with two texts, one of which git ignores."""
    folder.mkdir(parents=True)
    call("init", "-q", "-b", "main", cwd=folder)
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    (folder / "ignored.txt").write_text(DAMAGED, encoding="utf-8")
    (folder / ".gitignore").write_text("ignored.txt\n", encoding="utf-8")
    call("add", "a.txt", ".gitignore", cwd=folder)
    call("commit", "-q", "-m", "begin", cwd=folder)
    return folder


# Each makes a repository in which git, asked without care, would run `program`, which leaves a
# mark. `folder` is the folder that a user then checks.


def configured(*keys: str) -> Callable[[Path, str], Path]:
    """Return what sets keys of the repository's configuration to the program."""

    def make(folder: Path, program: str) -> Path:
        set_up(folder)
        (folder / ".gitattributes").write_text("*.txt filter=x diff=x merge=x\n", encoding="utf-8")
        for key in keys:
            call("config", key, program, cwd=folder)
        return folder

    return make


def hooked(folder: Path, program: str) -> Path:
    set_up(folder)
    names = "post-index-change post-checkout pre-commit fsmonitor-watchman sendemail-validate"
    for name in names.split():
        hook = folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        hook.chmod(0o755)
    (folder / "hooks").symlink_to(folder / ".git" / "hooks")
    call("config", "core.hooksPath", str(folder / "hooks"), cwd=folder)
    call("config", "core.fsmonitor", ".git/hooks/fsmonitor-watchman", cwd=folder)
    return folder


def included(folder: Path, program: str) -> Path:
    set_up(folder)
    (folder / "more").write_text(f'[core]\n\tfsmonitor = "{program}"\n', encoding="utf-8")
    call("config", "include.path", "../more", cwd=folder)
    return folder


def bare_inside(folder: Path, program: str) -> Path:
    """Put a bare repository into a folder: it may be checked in, as any folder may."""
    folder.mkdir()
    inside = folder / "texts"
    call("init", "-q", "--bare", str(inside), cwd=folder)
    call("config", "core.bare", "false", cwd=inside)
    call("config", "core.worktree", ".", cwd=inside)
    call("config", "core.fsmonitor", program, cwd=inside)
    (inside / "a.txt").write_text(DAMAGED, encoding="utf-8")
    return inside


def lazy_clone(folder: Path, program: str) -> Path:
    """Clone a repository without its objects; whatever fetches one of them is the program."""
    origin = set_up(folder.with_name("origin"))
    (origin / "sub").mkdir()
    (origin / "sub" / "b.txt").write_text("B.\n", encoding="utf-8")
    call("add", ".", cwd=origin)
    call("commit", "-q", "-m", "more", cwd=origin)
    call("config", "uploadpack.allowFilter", "true", cwd=origin)
    url = f"file://{origin}"
    call("clone", "-q", "--filter=tree:0", "--no-checkout", url, str(folder), cwd=origin)
    call("sparse-checkout", "init", "--cone", "--sparse-index", cwd=folder)
    call("checkout", "-q", cwd=folder)
    tree = call("rev-parse", "HEAD:sub", cwd=folder).strip()
    for pack in (folder / ".git" / "objects" / "pack").iterdir():
        data = pack.read_bytes()
        pack.unlink()
        if pack.suffix == ".pack":
            subprocess.run(["git", "unpack-objects", "-q"], cwd=folder, input=data, check=True)
    (folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink(missing_ok=True)
    call("config", "remote.origin.url", f"ext::{program}", cwd=folder)
    call("config", "protocol.ext.allow", "always", cwd=folder)
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    return folder


HOSTILE = [
    pytest.param(configured("core.fsmonitor"), id="core.fsmonitor"),
    pytest.param(included, id="core.fsmonitor in an included file"),
    pytest.param(hooked, id="hooks"),
    pytest.param(
        configured(
            *("filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv"),
            *("diff.x.command", "diff.external", "merge.x.driver"),
        ),
        id="drivers",
    ),
    pytest.param(
        configured(
            *("core.pager", "pager.ls-files", "core.sshCommand", "core.gitProxy", "core.editor"),
            *("core.askPass", "credential.helper", "gpg.program", "alias.ls-files"),
            "core.alternateRefsCommand",
        ),
        id="programs",
    ),
    pytest.param(bare_inside, id="a bare repository inside"),
    pytest.param(lazy_clone, id="a clone that lacks objects"),
]


@pytest.mark.parametrize("make", HOSTILE)
def test_nothing_in_a_folder_of_strangers_is_run(
    make: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    mark, script = tmp_path / "mark", tmp_path / "program"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    folder = make(tmp_path / "repo", str(script))
    code, out, err = run("check", ".", cwd=folder)
    assert (code, out.partition(":")[0]) == (1, "a.txt"), err
    code, _, err = run("fix", ".", cwd=folder)
    assert code == 0, err
    assert not mark.exists()


@pytest.mark.parametrize(
    "make", [configured("core.fsmonitor"), lazy_clone], ids=["core.fsmonitor", "lazy clone"]
)
def test_git_asked_without_care_would_run_it(
    make: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    """Or the test above could not fail."""
    mark, script = tmp_path / "mark", tmp_path / "program"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    folder = make(tmp_path / "repo", str(script))
    subprocess.run(["git", "ls-files", "-o", "-c"], cwd=folder, env=SAFE, check=False)
    assert mark.exists()


SURROUNDINGS = [
    pytest.param({}, ["a.txt"], id="as usual"),
    pytest.param({"PATH": ""}, ["a.txt", "ignored.txt"], id="no git"),
    pytest.param({"GIT_DIR": "../other/.git"}, ["a.txt"], id="GIT_DIR elsewhere"),
    pytest.param({"GIT_DIR": "/nowhere"}, ["a.txt"], id="GIT_DIR nowhere"),
    pytest.param(
        {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/next-index-1.lock"}, ["a.txt"], id="in a hook"
    ),
    pytest.param({"GIT_WORK_TREE": "/"}, ["a.txt"], id="GIT_WORK_TREE"),
    pytest.param(
        {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.excludesFile",
            "GIT_CONFIG_VALUE_0": "/dev/stdin",
        },
        ["a.txt"],
        id="GIT_CONFIG_COUNT",
    ),
]


@pytest.mark.parametrize(("env", "found"), SURROUNDINGS)
def test_the_environment_does_not_matter(
    env: dict[str, str], found: list[str], tmp_path: Path
) -> None:
    set_up(tmp_path / "other")
    folder = set_up(tmp_path / "repo")
    code, out, _ = run("check", ".", cwd=folder, env=env)
    assert code == 1
    assert [line.partition(":")[0] for line in out.splitlines() if line[:1] != " "] == found


def test_a_bare_repository_is_a_folder_like_any_other(tmp_path: Path) -> None:
    call("init", "-q", "--bare", ".", cwd=tmp_path)
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    code, out, _ = run("check", ".", cwd=tmp_path)
    assert (code, out.partition(":")[0]) == (1, "a.txt")


def damaged_index(folder: Path) -> None:
    (folder / ".git" / "index").write_bytes(b"junk")


def damaged_configuration(folder: Path) -> None:
    (folder / ".git" / "config").write_text("[bad", encoding="utf-8")


def damaged_head(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_text("junk", encoding="utf-8")


def no_repository_behind(folder: Path) -> None:
    (folder / ".git").rename(folder.with_name("elsewhere"))
    (folder / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")


def dangling(folder: Path) -> None:
    (folder / ".git").rename(folder.with_name("elsewhere"))
    (folder / ".git").symlink_to("nowhere")


def of_somebody_else(folder: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    os.chown(folder, 65_534, 65_534)
    os.chown(folder / ".git", 65_534, 65_534)


FAILING = [
    pytest.param(damaged_index, "index", id="index"),
    pytest.param(damaged_configuration, "bad config", id="configuration"),
    pytest.param(damaged_head, "not a git repository", id="HEAD"),
    pytest.param(no_repository_behind, "not a git repository: /nowhere", id="moved"),
    pytest.param(dangling, "not a git repository", id="dangling .git"),
    pytest.param(of_somebody_else, "dubious ownership", id="of somebody else"),
]


@pytest.mark.parametrize("inside", [".", "sub"])
@pytest.mark.parametrize(("damage", "reason"), FAILING)
def test_where_git_fails_no_ignored_file_is_touched(
    damage: Callable[[Path], None],
    reason: str,
    inside: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What it ignores is unknown then; a file that is named is read all the same."""
    folder = set_up(tmp_path / "repo")
    (folder / "sub").mkdir()
    (folder / "sub" / "ignored.txt").write_text(DAMAGED, encoding="utf-8")
    damage(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    (refused,) = files.discover([folder / inside])
    assert isinstance(refused, RefusedError)
    assert refused.why.startswith("git cannot say which files it ignores here (")
    assert reason in refused.why
    assert refused.why.endswith("; make `git status` work there, or name the files")
    assert "\n" not in refused.why
    assert list(files.discover([folder / "a.txt"])) == [folder / "a.txt"]


def test_git_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nothing in the folder is touched: what git ignores is unknown."""
    folder = set_up(tmp_path / "repo")
    (folder / ".gitignore").unlink()
    os.mkfifo(folder / ".gitignore")
    monkeypatch.setattr(git, "_PATIENCE", 0.5)
    (refused,) = files.discover([folder])
    assert isinstance(refused, RefusedError)
    assert refused.why.startswith("git does not answer")


def test_what_git_is_called_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    body = "import os, sys; print(sys.argv[1:], [k for k in os.environ if k.startswith('GIT_')])"
    program.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GIT_SSH_COMMAND", "x")
    answer = git.ask(tmp_path, "ls-files")
    assert answer is not None
    assert answer.out.decode().split("] [") == [
        f"['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath={os.devnull}', "
        f"'-c', 'safe.bareRepository=explicit', '-C', '{tmp_path}', 'ls-files'",
        "'GIT_ALLOW_PROTOCOL', 'GIT_NO_LAZY_FETCH']\n",
    ]
