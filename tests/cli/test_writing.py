"""Commands that write, as a user runs them: links, other writers, faults, and ordinary users."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.review import decisions, suggestions
from cleaner.review.project import ACCEPT_TO, Project
from tests.cli.test_review_commands import ZHANG, folder, project, wait
from tests.command import CLEAN, DAMAGED, USUAL, run
from tests.samples import ROOT

__all__ = ["folder"]  # the fixture
HOOK = [sys.executable, "-m", "cleaner.hook"]
COMMAND = [sys.executable, "-m", "cleaner"]


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def together(*commands: list[str], cwd: Path) -> list[tuple[int, str]]:
    """Run commands at the same time; return their exit codes and what they say to stderr."""
    running = [
        subprocess.Popen(
            command, cwd=cwd, env=USUAL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for command in commands
    ]
    said = [process.communicate(timeout=300)[1].decode() for process in running]
    return [(process.returncode, err) for process, err in zip(running, said, strict=True)]


# -- links that leave the tree


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A working folder `in` beside a folder `out` that is not ours."""
    (tmp_path / "out").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bad.txt").write_text(DAMAGED, encoding="utf-8")
    return tmp_path


# What is a link, and the command that would write through it.
LINKED = [
    pytest.param("a.txt", ["fix", "a.txt"], id="fix"),
    pytest.param("a.txt", ["fix", "--backup", "a.txt"], id="fix --backup"),
    pytest.param("x.txt", ["fix", "-o", "x.txt", "bad.txt"], id="fix -o"),
    pytest.param("copies", ["fix", "bad.txt", "-o", "copies/"], id="fix -o FOLDER/"),
    pytest.param("cleaner.toml", ["ignore", "bad.txt:1"], id="ignore"),
    pytest.param(".gitignore", ["init"], id="init: .gitignore"),
    pytest.param("rules", ["init"], id="init: a folder of rules"),
    pytest.param("golden", ["init"], id="init: a folder of goldens"),
    pytest.param("seeds", ["golden", "add", "--yes", "bad.txt"], id="golden add: seeds"),
    pytest.param("golden", ["golden", "add", "--yes", "bad.txt"], id="golden add: goldens"),
    pytest.param("golden", ["test", "--update", "--yes"], id="test --update"),
    pytest.param(
        "b.json", ["check", "--baseline", "b.json", "--write-baseline", "bad.txt"], id="baseline"
    ),
    pytest.param(".cleaner", ["suggest", "names.txt"], id="suggest"),
]


@pytest.mark.parametrize("there", [True, False], ids=["to something", "to nothing"])
@pytest.mark.parametrize(("name", "args"), LINKED)
def test_no_command_writes_through_a_link_that_leaves_the_tree(
    name: str, args: list[str], there: bool, linked: Path
) -> None:
    inside, outside = linked / "in", linked / "out"
    is_folder = "." not in name[1:] and name != ".gitignore"
    if args[0] == "test":
        (inside / "seeds").mkdir()
        (inside / "seeds/a.txt").write_text(DAMAGED, encoding="utf-8")
    names = "Zhang Yongg met Zhang Yong. " * 3 + "Alibaba said Marvinn was Ma Yun (마윈)."
    (inside / "names.txt").write_text(names, encoding="utf-8")
    target = outside / name
    if there and is_folder:
        target.mkdir()
    elif there:
        content = {"b.json": '{"version": 1, "files": {}}', "cleaner.toml": "# mine\n"}
        target.write_text(content.get(name, DAMAGED), encoding="utf-8")
    elif name == "a.txt":
        pytest.skip("there is nothing to fix")
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    listed = listing(outside)
    (inside / name).symlink_to(target)
    texts = {path: path.read_bytes() for path in inside.rglob("*") if path.is_file()}
    code, _, err = run(*args, cwd=inside)
    assert code == 3 or (code == 2 and not there), err
    assert "outside of" in err or not there, err
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
    assert listing(outside) == listed
    assert (inside / name).is_symlink()
    if args[0] != "init":  # it makes what it can
        assert {path: path.read_bytes() for path in inside.rglob("*") if path.is_file()} == texts


def test_the_hook_writes_through_no_link_that_leaves_the_tree(linked: Path) -> None:
    (linked / "out/a.txt").write_text(DAMAGED, encoding="utf-8")
    (linked / "in/a.txt").symlink_to("../out/a.txt")
    done = subprocess.run(
        [*HOOK, "a.txt", "bad.txt"], cwd=linked / "in", env=USUAL, capture_output=True, check=False
    )
    assert done.returncode == 3
    assert b"a.txt: left alone: a link leads from it to" in done.stderr
    assert (linked / "out/a.txt").read_text(encoding="utf-8") == DAMAGED
    assert (linked / "in/bad.txt").read_text(encoding="utf-8") == CLEAN


def test_force_is_for_a_named_result(linked: Path) -> None:
    (linked / "in/x.txt").symlink_to("../out/x.txt")
    args = ("fix", "-o", "x.txt", "bad.txt")
    assert run(*args, cwd=linked / "in")[0] == 3
    assert run(*args, "--force", cwd=linked / "in")[0] == 0
    assert (linked / "out/x.txt").read_text(encoding="utf-8") == CLEAN
    assert (linked / "in/x.txt").is_symlink()
    assert run("fix", "--force", "bad.txt", cwd=linked / "in")[::2] == (
        2,
        "cleaner: --force goes with -o\n",
    )


# -- others who write at the same time


def test_twenty_processes_on_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    outcomes = together(*[[*COMMAND, "fix", "a.txt"]] * 12, *[[*HOOK, "a.txt"]] * 8, cwd=tmp_path)
    assert {code for code, _ in outcomes[:12]} == {0}, outcomes
    assert {code for code, _ in outcomes[12:]} <= {0, 1}, outcomes
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == CLEAN
    assert listing(tmp_path) == ["a.txt"]


def test_ten_entries_at_once_are_all_kept(tmp_path: Path) -> None:
    text = "".join(f"Alibaba fell, and Marwin {word}.\n\n" for word in "abcdefghij")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text("# mine\n", encoding="utf-8")
    commands = [[*COMMAND, "ignore", f"a.txt:{2 * line + 1}"] for line in range(10)]
    assert together(*commands, cwd=tmp_path) == [
        (0, f"cleaner.toml: names/people/ma-yun leaves “Marwin {word}.” alone in /a.txt\n")
        for word in "abcdefghij"
    ]
    written = (tmp_path / "cleaner.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(written)["ignores"]
    assert sorted(entry["text"] for entry in entries) == [f"Marwin {c}." for c in "abcdefghij"]
    assert written.startswith("# mine\n")
    assert run("check", "a.txt", cwd=tmp_path)[0] == 0


def test_the_same_entry_at_once_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    together(*[[*COMMAND, "ignore", "a.txt:1"]] * 5, cwd=tmp_path)
    written = (tmp_path / "cleaner.toml").read_text(encoding="utf-8")
    assert written.count("[[ignores]]") == 1


def test_baselines_of_two_folders_at_once_are_both_kept(tmp_path: Path) -> None:
    for name in "abcdef":
        (tmp_path / f"{name}.txt").write_text(DAMAGED, encoding="utf-8")
    baseline = ["--baseline", "known.json", "--write-baseline"]
    together(*[[*COMMAND, "check", *baseline, f"{n}.txt"] for n in "abcdef"], cwd=tmp_path)
    known = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))
    assert sorted(known["files"]) == [f"{n}.txt" for n in "abcdef"]


def test_two_that_set_up_a_folder_overwrite_nothing(tmp_path: Path) -> None:
    assert {code for code, _ in together(*[[*COMMAND, "init"]] * 4, cwd=tmp_path)} == {0}
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8")
    assert ignored == ".cleaner/suggestions.yaml\n"


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_search_that_ends_after_a_decision_does_not_bring_the_form_back(
    verdict: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search found the forms before somebody decided about them."""
    monkeypatch.chdir(folder)
    assert run(verdict, ZHANG.id, cwd=folder)[0] == 0
    project(folder).keep([ZHANG], ["other.txt"])
    assert ZHANG.id not in [group.id for group in project(folder).pending().groups]
    waiting = suggestions.read_suggestions(folder / suggestions.PATH)
    assert ZHANG.id not in [group.id for group in waiting]
    assert (folder / (ACCEPT_TO if verdict == "accept" else decisions.PATH)).exists()


def test_a_search_keeps_what_is_not_decided(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    wait(folder)
    there: Project = project(folder)
    assert there.keep([ZHANG], [])
    assert [group.id for group in there.pending().groups] == [ZHANG.id]


# -- faults


def limited(size: int, *command: str) -> list[str]:
    """A command that can write files of that many bytes at most."""
    code = (
        "import os, resource, sys; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    return [sys.executable, "-c", code, *command]


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    assert run("fix", "-", cwd=tmp_path)[0] == 0  # the cache is warm
    big = DAMAGED + "\n" + "Nothing is wrong here.\n" * 200
    (tmp_path / "big.txt").write_text(big, encoding="utf-8")
    (tmp_path / "small.txt").write_text(DAMAGED, encoding="utf-8")
    command = limited(1000, "-m", "cleaner", "fix", "big.txt", "small.txt")
    done = subprocess.run(command, cwd=tmp_path, env=USUAL, capture_output=True, check=False)
    err = done.stderr.decode()
    assert done.returncode == 3, err
    assert "big.txt: left alone: cannot be written (File too large); it is unchanged\n" in err
    assert "2 files: 1 changed, 0 files already clean, 1 left alone\n" in err
    assert (tmp_path / "big.txt").read_text(encoding="utf-8") == big
    assert (tmp_path / "small.txt").read_text(encoding="utf-8") == CLEAN
    assert listing(tmp_path) == ["big.txt", "small.txt"]


# A hook that gets a signal at call number N of those that write.
SIGNALLED = """
import os, sys
sys.path.insert(0, {root!r})
from cleaner.hook import main
import pytest
from tests.project.test_writing import Disk
at = int(sys.argv.pop(1))
class Signalled(Disk):
    def _call(self, name):
        real = super()._call(name)
        def call(*args, **options):
            if len(self.calls) + 1 == at:
                self.calls.append(name)
                os.kill(os.getpid(), {signal})
            return real(*args, **options)
        return call
Signalled().stand_in(pytest.MonkeyPatch())
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130)],
    ids=["KILL", "TERM", "INT"],
)
def test_a_signal_at_any_call(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """Each of two files is old or new. Only what cannot be caught leaves something behind, and
    each run sweeps what the run before left.
    """
    script = SIGNALLED.format(root=str(ROOT), signal=int(number))
    left: set[int] = set()
    for at in [*range(2, 26, 2), 1000]:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", script, str(at), "a.txt", "b.txt"],
            cwd=tmp_path,
            env=USUAL,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert done.returncode == (code if at < 1000 else 1)
        for name in ("a.txt", "b.txt"):
            assert (tmp_path / name).read_text(encoding="utf-8") in {DAMAGED, CLEAN}
        left.add(len(listing(tmp_path)) - 2)
    assert listing(tmp_path) == ["a.txt", "b.txt"]
    assert left == ({0, 1} if number == signal.SIGKILL else {0})


@pytest.mark.parametrize("command", ["fix", "hook"])
def test_a_folder_that_cannot_be_synced(command: str, tmp_path: Path) -> None:
    """The new name is there but may not last: it is said, and the exit code is 3."""
    code = """
import os, stat, sys
from cleaner import hook
from cleaner.cli import main
real = os.fsync
def fsync(handle):
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        raise OSError(5, "Input/output error")
    real(handle)
os.fsync = fsync
sys.exit(main() if sys.argv[1] == "fix" else hook.main())
"""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    verb = ["fix"] if command == "fix" else []
    if not verb:
        code = code.replace('sys.argv[1] == "fix"', "False")
    done = subprocess.run(
        [sys.executable, "-c", code, *verb, "a.txt", "b.txt"],
        cwd=tmp_path,
        env=USUAL,
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode()
    assert done.returncode == 3, err
    for name in ("a.txt", "b.txt"):
        assert (tmp_path / name).read_text(encoding="utf-8") == CLEAN
        assert f"{name}: " in err
    assert err.count("written, but a power cut may bring the old file back (Input/output err") == 2
    assert "unchanged" not in err
    assert "left alone" not in err
    assert verb == [] or "2 files: 2 changed, 0 files already clean, 2 not synced\n" in err


CLOSED = [
    pytest.param(["-m", "cleaner", "fix", "a.txt"], 0, id="fix"),
    pytest.param(["-m", "cleaner.hook", "a.txt"], 1, id="hook"),
]


@pytest.mark.parametrize(("args", "code"), CLOSED)
def test_closed_streams(args: list[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, *args]
    done = subprocess.run(command, cwd=tmp_path, env=USUAL, check=False)
    assert done.returncode == code
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == CLEAN
    assert listing(tmp_path) == ["a.txt"]


def test_the_same_file_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert run("fix", "a.txt", "a.txt", "./a.txt", "b.txt", cwd=tmp_path)[0] == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == CLEAN
    done = subprocess.run([*HOOK, "a.txt", "b.txt", "a.txt"], cwd=tmp_path, env=USUAL, check=False)
    assert done.returncode == 0
    assert listing(tmp_path) == ["a.txt", "b.txt"]


# -- an ordinary user, where root would pass

OTHER = 12345  # somebody else
# Root without its capabilities is as any other user, and can still read the interpreter.
POWERLESS = """
import ctypes, os, sys
if os.geteuid() == 0:
    drop_from_bounding_set = 24
    for capability in range(64):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of others")


def as_user(*args: str, cwd: Path) -> tuple[int, str]:
    """Run Python as an ordinary user; return the exit code and what it says to stderr."""
    command = [sys.executable, "-c", POWERLESS, *args]
    done = subprocess.run(command, cwd=cwd, env=USUAL, capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


@pytest.fixture
def sub(tmp_path: Path) -> Iterator[Path]:
    """A folder with a file in it, beside another file."""
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "secret").chmod(0)
    if as_user("-c", "open('secret')", cwd=tmp_path)[0] == 0:
        pytest.skip("root cannot be made an ordinary user here")
    sub = tmp_path / "sub"
    sub.mkdir()
    for path in (sub / "a.txt", tmp_path / "b.txt"):
        path.write_text(DAMAGED, encoding="utf-8")
    yield sub
    sub.chmod(0o755)


def check_user(sub: Path, code: int, *said: str, text: str) -> None:
    """Fix `sub/a.txt`, about which something is special, and `b.txt` as an ordinary user."""
    got, err = as_user("-m", "cleaner", "fix", "sub/a.txt", "b.txt", cwd=sub.parent)
    assert got == code, err
    for part in said:
        assert part in err
    sub.chmod(0o755)
    assert (sub / "a.txt").read_text(encoding="utf-8") == text
    assert (sub.parent / "b.txt").read_text(encoding="utf-8") == CLEAN
    assert listing(sub) == ["a.txt"]


def test_a_folder_that_a_user_can_write_in_but_not_list(sub: Path) -> None:
    sub.chmod(0o333)
    said = "written, but a power cut may bring the old file back (Permission denied); run sync"
    check_user(sub, 3, said, "1 not synced", text=CLEAN)


def test_a_folder_that_a_user_cannot_write_in(sub: Path) -> None:
    sub.chmod(0o555)
    said = "sub/a.txt: left alone: cannot be written (Permission denied); it is unchanged"
    check_user(sub, 3, said, "1 left alone", text=DAMAGED)


@pytest.mark.parametrize("named", ["sub", "sub/a.txt"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_a_user_cannot_enter(mode: int, named: str, sub: Path) -> None:
    """It stops nobody else's file, and is not taken for an output that cannot be written."""
    sub.chmod(mode)
    try:
        code, said = as_user("-m", "cleaner", "fix", named, "b.txt", cwd=sub.parent)
    finally:
        sub.chmod(0o755)
    assert code == 3
    assert "left alone: cannot be read (Permission denied)" in said
    assert (sub / "a.txt").read_text(encoding="utf-8") == DAMAGED
    assert (sub.parent / "b.txt").read_text(encoding="utf-8") == CLEAN


def test_a_file_that_a_user_cannot_write(sub: Path) -> None:
    (sub / "a.txt").chmod(0o444)
    check_user(sub, 3, "sub/a.txt: left alone: read-only; make it writable first", text=DAMAGED)


@only_root
@pytest.mark.parametrize(
    ("mode", "why"), [(0o644, "read-only"), (0o666, "its owner cannot be kept (Operation not")]
)
def test_a_file_of_somebody_else(mode: int, why: str, sub: Path) -> None:
    path = sub / "a.txt"
    os.chown(path, OTHER, OTHER)
    path.chmod(mode)
    check_user(sub, 3, why, text=DAMAGED)
    assert (path.stat().st_uid, stat.S_IMODE(path.stat().st_mode)) == (OTHER, mode)


@only_root
def test_what_a_process_of_another_user_left_does_no_harm(sub: Path) -> None:
    temp = sub / ".0000zabc.cleaner-tmp"
    temp.write_bytes(b"half")
    temp.chmod(0o600)
    os.chown(temp, OTHER, OTHER)
    assert as_user("-m", "cleaner", "fix", "sub/a.txt", cwd=sub.parent)[0] == 0
    assert temp.exists()  # whether it is in use cannot be told without opening it
    assert run("fix", "sub/a.txt", cwd=sub.parent)[0] == 0
    assert not temp.exists()
