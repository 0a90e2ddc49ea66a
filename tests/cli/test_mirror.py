"""`cleaner fix IN -o OUT/` as a user runs it: complete copies, and originals that stay."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, run

FILES = {
    "in/bad.txt": DAMAGED,
    "in/deep/er/good.md": CLEAN,
    "in/deep/bad.md": f"# News\r\n\r\n{DAMAGED}\r\n",
    "in/empty.txt": "",
    "in/notes.log": DAMAGED,
}
COPIES = {
    "bad.txt": CLEAN,
    "deep/er/good.md": CLEAN,
    "deep/bad.md": f"# News\r\n\r\n{CLEAN}\r\n",
    "empty.txt": "",
}
LEFT_OUT = (
    "left out: 1 file of formats that cleaner does not read (.log 1); "
    "--read-as text reads them as plain text\n"
)


def put(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())


def held(folder: Path) -> dict[str, str]:
    """The files below a folder, by relative path."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[path.relative_to(folder).as_posix()] = path.read_bytes().decode()
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    put(tmp_path, FILES)
    return tmp_path


@pytest.mark.parametrize("out", ["out", "out/", "new/below/out/"])
def test_a_folder_is_mirrored(out: str, tree: Path) -> None:
    before = {path: path.stat() for path in (tree / "in").rglob("*")}
    code, said, err = run("fix", "in", "-o", out, cwd=tree)
    assert (code, said) == (0, "")
    assert err == (
        f"{LEFT_OUT}in/bad.txt: 1 fix by 1 rule\nin/deep/bad.md: 1 fix by 1 rule\n"
        f"4 files: 2 changed, 2 files already clean\n{out.rstrip('/')}: 4 files written\n"
    )
    assert held(tree / out) == COPIES
    assert held(tree / "in") == {
        name.removeprefix("in/"): text for name, text in sorted(FILES.items())
    }
    for path, info in before.items():
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns) == (info.st_ino, info.st_mtime_ns)


def test_a_second_run_writes_nothing(tree: Path) -> None:
    assert run("fix", "in", "-o", "out", cwd=tree)[0] == 0
    before = {path: path.stat() for path in (tree / "out").rglob("*")}
    code, _, err = run("fix", "in", "-o", "out", cwd=tree)
    assert code == 0
    assert err.endswith("\nout: 0 files written, 4 there already\n")
    for path, info in before.items():
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns) == (info.st_ino, info.st_mtime_ns)
    assert run("fix", "out", "--check", cwd=tree)[0] == 0


def test_what_is_there_is_replaced_and_the_rest_stays(tree: Path) -> None:
    put(tree / "out", {"bad.txt": "old", "mine.txt": DAMAGED})
    assert run("fix", "in", "-o", "out", cwd=tree)[0] == 0
    assert held(tree / "out") == {**COPIES, "mine.txt": DAMAGED}


def test_several_paths_keep_their_names(tree: Path) -> None:
    put(tree, {"two/bad.txt": DAMAGED, "one.txt": DAMAGED})
    code, _, err = run("fix", "in/deep", "two", "one.txt", "-o", "out", cwd=tree)
    assert code == 0
    assert held(tree / "out") == {
        "deep/bad.md": COPIES["deep/bad.md"],
        "deep/er/good.md": CLEAN,
        "one.txt": CLEAN,
        "two/bad.txt": CLEAN,
    }
    assert err.endswith("\nout: 4 files written\n")


@pytest.mark.parametrize("there", [True, False])
def test_one_file_goes_into_a_folder(there: bool, tree: Path) -> None:
    if there:
        (tree / "out").mkdir()
    out = "out" if there else "out/"
    assert run("fix", "in/bad.txt", "-o", out, cwd=tree) == (
        0,
        "",
        "in/bad.txt: 1 fix by 1 rule\nout: 1 file written\n",
    )
    assert held(tree / "out") == {"bad.txt": CLEAN}


def test_a_repository_is_mirrored_without_what_git_ignores(tree: Path) -> None:
    subprocess.run(["git", "init", "-q", "in"], cwd=tree, check=True)
    put(tree / "in", {".gitignore": "deep/er\n", "cleaner.toml": 'exclude = ["empty.txt"]\n'})
    (tree / "in/link.txt").symlink_to("bad.txt")
    code, _, err = run("fix", ".", "-o", "../out", cwd=tree / "in")
    assert (code, "../out: 2 files written" in err) == (0, True), err
    assert held(tree / "out") == {name: COPIES[name] for name in ("bad.txt", "deep/bad.md")}


def test_a_file_that_is_refused_has_no_copy(tree: Path) -> None:
    (tree / "in/binary.txt").write_bytes(b"\0")
    code, _, err = run("fix", "in", "-o", "out", cwd=tree)
    assert code == 3
    assert "in/binary.txt: left alone: this is not text" in err
    assert err.endswith(", 1 left alone\nout: 4 files written\n")
    assert held(tree / "out") == COPIES


def test_options_choose_what_is_copied_and_how(tree: Path) -> None:
    args = ("fix", "in", "-o", "out", "--read-as", "text", "--prefer", "Ma Yun=Jack Ma")
    assert run(*args, cwd=tree)[0] == 0
    jack = CLEAN.replace("Ma Yun", "Jack Ma")
    assert held(tree / "out")["notes.log"] == jack
    assert held(tree / "out")["bad.txt"] == jack


def test_nothing_to_read_makes_no_folder(tree: Path) -> None:
    (tree / "none").mkdir()
    code, _, err = run("fix", "none", "-o", "out", cwd=tree)
    assert code == 0
    assert err.startswith("nothing to read")
    assert err.endswith("out: 0 files written\n")
    assert not (tree / "out").exists()


# -- what is in the way in OUT

READ_ONLY = "read-only; make it writable first"
LINKED = "it has 2 hard links, which replacing it would break apart"


def read_only(tree: Path) -> None:
    put(tree, {"out/bad.txt": "old"})
    (tree / "out/bad.txt").chmod(0o444)


def hard_link(tree: Path) -> None:
    (tree / "out").mkdir()
    os.link(tree / "in/bad.txt", tree / "out/bad.txt")


def link_to_an_original(tree: Path) -> None:
    (tree / "out").mkdir()
    (tree / "out/bad.txt").symlink_to("../in/empty.txt")


def link_to_nothing(tree: Path) -> None:
    (tree / "out").mkdir()
    (tree / "out/bad.txt").symlink_to("../elsewhere.txt")


def link_to_another_copy(tree: Path) -> None:
    (tree / "out").mkdir()
    (tree / "out/bad.txt").symlink_to("empty.txt")


def link_in_a_circle(tree: Path) -> None:
    (tree / "out").mkdir()
    (tree / "out/bad.txt").symlink_to("bad.txt")


def folder_in_the_way(tree: Path) -> None:
    (tree / "out/bad.txt").mkdir(parents=True)


@pytest.mark.parametrize(
    ("in_the_way", "why", "forced"),
    [
        pytest.param(read_only, READ_ONLY, True, id="read-only"),
        pytest.param(hard_link, LINKED, True, id="a hard link to the original"),
        pytest.param(link_to_an_original, "a link leads from it to ", False, id="to an original"),
        pytest.param(link_to_nothing, "a link leads from it to ", False, id="to nothing"),
        pytest.param(link_to_another_copy, "a link leads from it to ", False, id="to a copy"),
        pytest.param(link_in_a_circle, "cannot be written (", False, id="in a circle"),
        pytest.param(folder_in_the_way, "cannot be written (", False, id="a folder"),
    ],
)
def test_a_copy_that_cannot_be_written_stops_no_other(
    in_the_way: Callable[[Path], None], why: str, forced: bool, tree: Path
) -> None:
    in_the_way(tree)
    originals = held(tree / "in")
    code, _, err = run("fix", "in", "-o", "out", cwd=tree)
    assert code == 3
    assert f"out/bad.txt: left alone: {why}" in err
    copies = held(tree / "out")
    assert copies.pop("bad.txt", "") != CLEAN
    assert copies == {name: text for name, text in COPIES.items() if name != "bad.txt"}
    code, _, err = run("fix", "in", "-o", "out", "--force", cwd=tree)
    assert code == (0 if forced else 3), err
    assert (held(tree / "out").get("bad.txt") == CLEAN) == forced
    assert held(tree / "in") == originals
    assert not (tree / "elsewhere.txt").exists()


def test_no_folder_of_the_copies_is_a_link(tree: Path) -> None:
    put(tree, {"out/x": "", "elsewhere/bad.md": "mine"})
    (tree / "out/deep").symlink_to("../elsewhere")
    for force in ([], ["--force"]):
        code, _, err = run("fix", "in", "-o", "out", *force, cwd=tree)
        assert code == 3
        assert err.count("left alone: a link leads from it to ") == 2
        assert held(tree / "elsewhere") == {"bad.md": "mine"}
    assert held(tree / "out") == {"x": "", "bad.txt": CLEAN, "empty.txt": ""}


def test_a_file_where_a_folder_belongs(tree: Path) -> None:
    put(tree, {"out/deep": "mine"})
    code, _, err = run("fix", "in", "-o", "out", cwd=tree)
    assert code == 3
    assert "out/deep/bad.md: left alone: cannot be written (Not a directory)" in err
    assert held(tree / "out") == {"deep": "mine", "bad.txt": CLEAN, "empty.txt": ""}


def test_a_new_copy_has_the_permissions_of_its_original(tree: Path) -> None:
    modes = {"bad.txt": 0o600, "empty.txt": 0o444, "deep/bad.md": 0o644}
    for name, mode in modes.items():
        (tree / "in" / name).chmod(mode)
    assert run("fix", "in", "-o", "out", cwd=tree)[0] == 0
    for name, mode in modes.items():
        written = stat.S_IMODE((tree / "out" / name).stat().st_mode)
        assert written & ~(mode | 0o200) == 0
        assert written & 0o600 == 0o600


def test_leftovers_of_dead_processes_are_swept(tree: Path) -> None:
    put(tree, {"out/deep/.00000abc.cleaner-tmp": "left"})
    assert run("fix", "in", "-o", "out", cwd=tree)[0] == 0
    assert held(tree / "out") == COPIES


# -- usage


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["in", "-o", "in/out"], "in/out is inside in; ", id="out in in"),
        pytest.param(["in/deep", "-o", "in"], "in/deep is inside in; ", id="in in out"),
        pytest.param([".", "-o", "out/"], "out is inside .; ", id="out in the working folder"),
        pytest.param(["in/bad.txt", "-o", "in/"], "a copy in in would take the place", id="itself"),
        pytest.param(["in", "-o", "in/bad.txt"], "in/bad.txt is not a folder; ", id="a file"),
        pytest.param(["in/bad.txt", "-o", "in/empty.txt/"], "in/empty.txt is not a ", id="slash"),
        pytest.param(["in", "-o", ""], "--output is empty; name a file or a folder", id="empty"),
        pytest.param(["in", "-o", "-"], "--stdout takes one file", id="stdout"),
        pytest.param(["in", "-o", "out", "--diff"], "--diff and --output exclude", id="diff"),
        pytest.param(["in", "-o", "out", "--check"], "--output and --check exclude", id="check"),
        pytest.param(["in", "-o", "out", "--stdout"], "--stdout and --output ex", id="both"),
        pytest.param(
            ["in", "-o", "out", "--backup"], "--backup goes with cleaning in", id="backup"
        ),
        pytest.param(["-", "in", "-o", "out"], "- means stdin and cannot be mixed", id="stdin"),
    ],
)
def test_a_wrong_way_to_ask_is_one_line(args: list[str], said: str, tree: Path) -> None:
    before = held(tree)
    code, out, err = run("fix", *args, cwd=tree)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"cleaner: {said}")
    assert held(tree) == before
    assert not (tree / "out").exists()


def test_stdin_goes_to_a_file_as_before(tree: Path) -> None:
    args = ("fix", "-", "-o", "out.txt")
    assert run(*args, cwd=tree, stdin=DAMAGED.encode())[0] == 0
    assert held(tree)["out.txt"] == CLEAN
