"""Where rule files are, and a fingerprint that changes with them and with the program."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cleaner import RuleError, load_rules
from cleaner.rules import layers
from tests.rules.samples import NAME, write


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        pytest.param(
            ["no.yaml"], "no.yaml:1:1: cannot be read (No such file or directory)", id="file"
        ),
        pytest.param(
            ["folder", "no"], "no:1:1: cannot be read (No such file or directory)", id="folder"
        ),
        pytest.param(
            ["."],
            "folder/x.yaml:1:1: cannot be read (Is a directory)",
            id="folder in a file's place",
        ),
    ],
)
def test_what_cannot_be_read(paths: list[str], message: str) -> None:
    Path("folder/x.yaml").mkdir(parents=True)
    with pytest.raises(RuleError) as caught:
        load_rules(*paths, bundled=False)
    assert str(caught.value) == f"{message}; check the path"


@pytest.mark.parametrize(
    ("target", "is_refused"),
    [
        pytest.param("../other.yaml", True, id="beside the folder"),
        pytest.param("../mine2/other.yaml", True, id="a folder whose name begins alike"),
        pytest.param("/dev/zero", True, id="a device"),
        pytest.param("../nowhere.yaml", True, id="dangling"),
        pytest.param("out/other.yaml", True, id="through a link"),
        pytest.param("../mine/sub/other.yaml", False, id="out and in again"),
        pytest.param("sub/other.yaml", False, id="inside"),
    ],
)
def test_a_link_that_leads_out_of_a_folder_of_rules_is_refused(
    target: str, is_refused: bool
) -> None:
    write({"other.yaml": NAME, "mine2/other.yaml": NAME, "mine/sub/other.yaml": NAME})
    Path("mine/out").symlink_to("..")
    Path("mine/link.yaml").symlink_to(target)
    if not is_refused:
        assert len(list(layers.files(Path("mine")))) == 2
        return
    with pytest.raises(RuleError) as caught:
        load_rules("mine", bundled=False)
    line = str(caught.value)
    assert line.startswith("mine/link.yaml:1:1: a link leads from it to /")
    assert line.endswith(", outside of mine; put a copy there, or name that file in `rules`")


def test_a_link_that_is_named_itself_is_followed() -> None:
    write({"other.yaml": NAME, "mine/a.yaml": NAME})
    Path("link.yaml").symlink_to("other.yaml")
    Path("folder").symlink_to("mine")
    assert load_rules("link.yaml", bundled=False)
    assert load_rules("folder", bundled=False)


MODULES = ("program/__init__.py", "program/engine/passes.py", "program/fixers/quotes/reading.py")


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of three modules at three depths, in the place of the real one, and one rule."""
    write({**dict.fromkeys(MODULES, "pass\n"), "mine.yaml": NAME})
    monkeypatch.setattr(layers, "_PROGRAM", Path("program"))
    return Path("program")


def fingerprint(*more: str) -> str:
    return layers.fingerprint([Path("mine.yaml")], *more)


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("module", MODULES)
def test_a_changed_module_changes_the_fingerprint(module: str) -> None:
    before = fingerprint()
    path = Path(module)
    info = path.stat()
    path.write_text("pass\npass\n")  # another size
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    grown = fingerprint()
    path.write_text("pass\n")
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns + 1))  # another time
    touched = fingerprint()
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert len({before, grown, touched}) == 3
    assert fingerprint() == before


def test_a_module_that_comes_or_goes_changes_the_fingerprint(program: Path) -> None:
    before = fingerprint()
    (program / "fixers/new.py").write_text("pass\n")
    with_new = fingerprint()
    (program / "engine/passes.py").unlink()
    assert len({before, with_new, fingerprint()}) == 3


@pytest.mark.usefixtures("program")
def test_what_is_no_module_leaves_the_fingerprint_as_it_is() -> None:
    before = fingerprint()
    write({"program/__pycache__/x.cpython-311.pyc": "x", "program/manual/rules.md": "x"})
    assert fingerprint() == before


@pytest.mark.usefixtures("program")
def test_rules_and_settings_change_the_fingerprint() -> None:
    before = fingerprint()
    write({"mine.yaml": NAME + "# more\n"})
    assert len({before, fingerprint(), fingerprint("a"), fingerprint("a", "b")}) == 4


@pytest.fixture
def later(program: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same program, an hour later than its files."""
    monkeypatch.setattr(layers, "time_ns", lambda: time.time_ns() + 3_600_000_000_000)
    write({"mine/a.yaml": NAME, "rules/gazetteer/people.yaml": "kind: gazetteer\n"})
    return program


def state(*more: str) -> bytes | None:
    return layers.state([Path("mine.yaml"), Path("mine")], *more)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "path", [*MODULES, "mine.yaml", "mine/a.yaml", "rules/gazetteer/people.yaml"]
)
def test_the_state_changes_with_each_file(path: str) -> None:
    before = state()
    assert before == state() is not None
    info = Path(path).stat()
    Path(path).write_bytes(Path(path).read_bytes()[::-1])  # as long as before
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))  # the system also notes this change
    assert before != state() is not None
    Path(path).unlink()
    assert before != state()


@pytest.mark.usefixtures("later")
def test_the_state_changes_with_what_is_asked_for() -> None:
    states = [state(), state("a"), state("a", "b"), layers.state([Path("mine")])]
    assert len(set(states)) == 4
    assert None not in states


@pytest.mark.usefixtures("program")
def test_a_change_of_a_moment_ago_gives_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"rules/gazetteer/people.yaml": "kind: gazetteer\n"})
    assert layers.state([Path("mine.yaml")]) is None  # the files were written just now
    monkeypatch.setattr(layers, "time_ns", lambda: time.time_ns() + 3_600_000_000_000)
    assert layers.state([Path("mine.yaml")]) is not None
    assert layers.state([Path("no.yaml")]) is None


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("rules/gazetteer/people.yaml", True),
        ("rules/gazetteer/grown/cities.tsv", True),
        ("rules/pivots/ko/spelling.yaml", True),
        ("rules/gazetteer/SOURCES.md", False),
        ("rules/quotes.yaml", False),  # it counts by its bytes, where it is a layer
    ],
)
def test_data_on_names_changes_the_fingerprint(path: str, counts: bool) -> None:
    before = fingerprint()
    write({path: "kind: pivot\n"})
    written = fingerprint()
    write({path: "kind: gazetteer\n"})
    assert (len({before, written, fingerprint()}) == 3) == counts
    assert counts or written == before


def test_every_module_of_this_program_counts() -> None:
    program = Path(layers.__file__).parents[1]
    names = [name for name, _, _ in layers.stamps(program, (".py",))]
    assert len(names) == len(set(names))
    assert set(names) == {path.relative_to(program).as_posix() for path in program.rglob("*.py")}
