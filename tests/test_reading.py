"""Whatever has the name of a file that is read: no command waits for it, and none reads too much.

One table has the kinds of things that a name can stand for, another the places where a user names
a file. That everything goes through `cleaner.reading` is held by the last test.
"""

from __future__ import annotations

import ast
import errno
import os
import re
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cleaner import reading
from cleaner.reading import NotRegularError, TooLargeError, read_file, real_path
from tests.command import DAMAGED, run
from tests.samples import ROOT

LARGE = 8_000_000_000
MOST = 1000
TEXT = f"{DAMAGED}\nMahuateng spoke.\n"  # with a name to suggest


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def large(path: Path) -> None:
    """Make a file that has 8 GB and takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(LARGE)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    path.mkdir()


def local_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


KINDS: Mapping[str, tuple[Callable[[Path], None], type[OSError], str]] = {
    "pipe": (pipe, NotRegularError, "it is not a regular file"),
    "device": (endless, NotRegularError, "it is not a regular file"),
    "folder": (folder, NotRegularError, os.strerror(errno.EISDIR)),
    "socket": (local_socket, NotRegularError, "it is not a regular file"),
    "8 GB": (large, TooLargeError, "it has more than 1,000 bytes"),
    "link to itself": (loop, OSError, os.strerror(errno.ELOOP)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_of_the_right_size_is_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    make, error, why = KINDS[kind]
    make(Path("x"))
    with pytest.raises(error) as caught:
        read_file(Path("x"), MOST)
    assert (caught.value.strerror, caught.value.filename) == (why, "x")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/proc/self/maps", id="a file that tells no size"),
        pytest.param("/proc/self/status", id="a short one"),
    ],
)
def test_a_file_that_tells_no_size_is_not_read_without_end(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("this system has no /proc")
    assert read_file(Path(path), 100_000_000)
    with pytest.raises(TooLargeError):
        read_file(Path(path), 20)


def test_a_file_as_large_as_it_may_be_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * MOST)
    (tmp_path / "link").symlink_to("x")
    assert read_file(tmp_path / "link", MOST) == b"x" * MOST
    with pytest.raises(TooLargeError):
        read_file(tmp_path / "x", MOST - 1)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "y", MOST)


def test_a_link_to_itself_has_a_real_path(tmp_path: Path) -> None:
    loop(tmp_path / "x")
    assert real_path(tmp_path / "x").name == "x"


# Where a user names a file: the file, the command, and its exit code.
PLACES = [
    pytest.param("x.yaml", ["check", "--rules", "x.yaml", "a.txt"], 2, id="--rules FILE"),
    pytest.param("r/x.yaml", ["check", "--rules", "r", "a.txt"], 2, id="--rules FOLDER"),
    pytest.param("cleaner.toml", ["check", "a.txt"], 2, id="cleaner.toml"),
    pytest.param("pyproject.toml", ["check", "a.txt"], 2, id="pyproject.toml"),
    pytest.param("x.toml", ["check", "--config", "x.toml", "a.txt"], 2, id="--config"),
    pytest.param("x.json", ["check", "--baseline", "x.json", "a.txt"], 2, id="--baseline"),
    pytest.param("x.txt", ["check", "x.txt", "a.txt"], 3, id="a text to check"),
    pytest.param("x.txt", ["fix", "--diff", "x.txt"], 3, id="a text to fix"),
    pytest.param("x.txt", ["suggest", "--no-keep", "x.txt"], 3, id="a text to search"),
    pytest.param("n.txt", ["suggest", "--names", "n.txt", "--no-keep", "a.txt"], 2, id="--names"),
    pytest.param(".cleaner/suggestions.yaml", ["pending"], 3, id="suggestions"),
    pytest.param(
        ".cleaner/suggestions.yaml",
        ["suggest", "--pivot", "ko", "a.txt"],
        3,
        id="suggestions to keep",
    ),
    pytest.param(".cleaner/decisions.yaml", ["decisions"], 3, id="decisions"),
    pytest.param("golden/gaps.yaml", ["test"], 3, id="gaps"),
    pytest.param("seeds/x.txt", ["test"], 3, id="a seed"),
    pytest.param("cache", ["check", "a.txt"], 1, id="the cache folder"),
]


@pytest.mark.parametrize("kind", ["pipe", "8 GB", "link to itself"])
@pytest.mark.parametrize(("name", "arguments", "code"), PLACES)
def test_no_command_waits_for_a_pipe_or_reads_8_gb(
    name: str, arguments: list[str], code: int, kind: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("A seed.\n", encoding="utf-8")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    KINDS[kind][0](path)
    own_cache = {"CLEANER_CACHE_DIR": str(path)} if name == "cache" else {}
    ended, out, err = run(*arguments, cwd=tmp_path, env=own_cache)
    assert ended == code, out + err
    if name != "cache":
        lines = [line for line in err.splitlines() if Path(name).name in line]
        assert lines, err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["fix", "-"], id="fix"),
        pytest.param(["check", "-"], id="check"),
        pytest.param(["suggest", "--no-keep", "-"], id="suggest"),
        pytest.param(["names", "link"], id="names link"),
    ],
)
def test_an_endless_stdin_is_refused(arguments: list[str], tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as endless_input:
        code, _, err = run(*arguments, cwd=tmp_path, stdin=endless_input)
    assert code in {2, 3}
    assert "<stdin>" in err


# The files that are read in another way: their own, or those that come with a package.
OTHERWISE = {"cleaner/reading.py", "cleaner/process.py"}


def test_everything_reads_through_one_function() -> None:
    found: list[str] = []
    for path in (ROOT / "cleaner").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _reads_a_file(call.func):
                found.append(f"{name}:{call.lineno}")
    assert [place for place in found if place.partition(":")[0] not in OTHERWISE] == []


def _reads_a_file(function: ast.expr) -> bool:
    """Return whether a function is `open`, or a method of a path that opens the file."""
    if isinstance(function, ast.Attribute):
        return function.attr in {"read_bytes", "read_text"}
    return isinstance(function, ast.Name) and function.id == "open"


def test_nobody_asks_a_path_what_it_may_not_answer() -> None:
    """In a folder that may not be entered, these methods raise an error; `reading` answers no."""
    asking = re.compile(r"\.(is_file|is_dir|exists|is_symlink)\(\)")
    program = Path(reading.__file__).parent
    found = [
        f"{path.relative_to(program)}: {line.strip()}"
        for path in sorted(program.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if asking.search(line)
    ]
    assert not found
