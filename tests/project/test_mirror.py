"""Where copies go, and what is refused before the first one is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import UsageError
from cleaner.project.mirror import Mirror, is_for_copies


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with files, two seasons of subtitles, and links."""
    for name in ("a.txt", "b.txt", "s1/x.txt", "s1/deep/y.txt", "s2/x.txt", "out/old.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "new s1").symlink_to("s1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("output", "paths", "wanted"),
    [
        pytest.param("new.txt", ["a.txt"], False, id="a file to a new file"),
        pytest.param("b.txt", ["a.txt"], False, id="a file to a file"),
        pytest.param("new.txt", ["none.txt"], False, id="a missing file"),
        pytest.param("new/", ["a.txt"], True, id="a file into a new folder"),
        pytest.param("out", ["a.txt"], True, id="a file into a folder"),
        pytest.param("out/", ["none.txt"], True, id="a missing file into a folder"),
        pytest.param("new", ["s1"], True, id="a folder"),
        pytest.param("new", ["new s1"], True, id="a link to a folder"),
        pytest.param("new", ["a.txt", "b.txt"], True, id="two files"),
    ],
)
def test_what_is_for_copies(output: str, paths: list[str], wanted: bool, tree: Path) -> None:
    assert tree.exists()
    assert is_for_copies(output, [Path(path) for path in paths]) is wanted


@pytest.mark.parametrize(
    ("paths", "output", "file", "place"),
    [
        pytest.param(["s1"], "new", "s1/deep/y.txt", "new/deep/y.txt", id="one folder"),
        pytest.param(["."], "../new", "s1/x.txt", "../new/s1/x.txt", id="the working folder"),
        pytest.param([".."], "/new", "../a.txt", "/new/a.txt", id="the folder above"),
        pytest.param(["a.txt"], "out", "a.txt", "out/a.txt", id="one file"),
        pytest.param(["s1/x.txt"], ".", "s1/x.txt", "x.txt", id="a file from below"),
        pytest.param(["s1", "s2"], "new", "s2/x.txt", "new/s2/x.txt", id="two folders"),
        pytest.param(["s1", "a.txt"], "new", "a.txt", "new/a.txt", id="folder and file"),
        pytest.param(["s1", "s1"], "new", "s1/x.txt", "new/x.txt", id="the same folder twice"),
        pytest.param(["s1", "s1/deep"], "new", "s1/deep/y.txt", "new/s1/deep/y.txt", id="nested"),
        pytest.param(["s1/deep", "s1"], "new", "s1/deep/y.txt", "new/deep/y.txt", id="nested too"),
        pytest.param(["new s1"], "new", "new s1/x.txt", "new/x.txt", id="a link to a folder"),
        pytest.param(["s1"], "s1 new", "s1/x.txt", "s1 new/x.txt", id="a longer name beside it"),
    ],
)
def test_where_a_copy_goes(
    paths: list[str], output: str, file: str, place: str, tree: Path
) -> None:
    assert tree.exists()
    mirror = Mirror([Path(path) for path in paths], Path(output))
    assert mirror.place_of(Path(file)) == Path(place)


@pytest.mark.parametrize(
    ("paths", "output", "said"),
    [
        pytest.param(
            ["s1"], "s1/new", "s1/new is inside s1; choose a folder outside of it", id="below"
        ),
        pytest.param(["."], "new", "new is inside .; ", id="below the working folder"),
        pytest.param(["s1"], "s1", "s1 is inside s1; ", id="itself"),
        pytest.param(["s1"], "new s1", "new s1 is inside s1; ", id="itself by a link"),
        pytest.param(["new s1"], "s1/deep", "s1/deep is inside new s1; ", id="below by a link"),
        pytest.param(
            ["s1/deep"], "s1", "s1/deep is inside s1; choose a folder beside it", id="above"
        ),
        pytest.param(["s1", "s2"], ".", "s1 is inside .; ", id="two below"),
        pytest.param(["a.txt", "s1"], "s1/new", "s1/new is inside s1; ", id="one of two"),
        pytest.param(
            ["a.txt"], ".", "a copy in . would take the place of a.txt; ", id="its own place"
        ),
        pytest.param(
            ["new s1/x.txt"],
            "s1",
            "a copy in s1 would take the place of new s1/x.txt; ",
            id="by a link",
        ),
        pytest.param(
            ["s1/x.txt", "s2/x.txt"],
            "new",
            "s1/x.txt and s2/x.txt would both become new/x.txt; ",
            id="one name",
        ),
        pytest.param(
            ["s1", "."],
            "../new",
            "“.” has no name that its copy in ../new could have; ",
            id="no name",
        ),
        pytest.param(
            ["a.txt", ".."],
            "/new",
            "“..” has no name that its copy in /new could have; ",
            id="not a name",
        ),
        pytest.param(
            ["s1"], "a.txt", "a.txt is not a folder; name one, or a new name for one", id="a file"
        ),
    ],
)
def test_what_is_refused(paths: list[str], output: str, said: str, tree: Path) -> None:
    before = sorted(tree.rglob("*"))
    with pytest.raises(UsageError) as caught:
        Mirror([Path(path) for path in paths], Path(output))
    assert str(caught.value).startswith(said)
    assert sorted(tree.rglob("*")) == before


def test_a_copy_of_a_folder_cannot_take_the_place_of_a_file_that_is_named_too(tree: Path) -> None:
    (tree / "out/s1").mkdir()
    (tree / "out/s1/z.txt").write_bytes(b"mine")
    with pytest.raises(UsageError, match="would take the place of out/s1/z"):
        Mirror([Path("s1"), Path("out/s1/z.txt")], Path("out"))


NAMES = st.text("ab.", min_size=1, max_size=3).filter(lambda name: name not in {".", ".."})
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda names: Path("/none", *names))


@given(st.lists(PATHS, min_size=2, max_size=4, unique_by=lambda path: path.name), st.lists(PATHS))
def test_two_files_never_have_one_place(roots: list[Path], below: list[Path]) -> None:
    mirror = Mirror(roots, Path("/none/out"))
    files = {root / path.relative_to("/none") for root in roots for path in below}
    places = [mirror.place_of(file) for file in files]
    assert all(place.is_relative_to("/none/out") for place in places)
    assert len(set(places)) == len(files)
