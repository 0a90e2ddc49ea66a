"""Patterns of paths mean what git says they mean; git itself is asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.project.globs import Globs

FILES = [
    "a.txt",
    "b.srt",
    "a!.txt",
    "!a.txt",
    "[a].txt",
    "a*b.txt",
    ".a.txt",
    "a b.txt",
    "drafts/a.txt",
    "drafts/b.srt",
    "drafts/old/a.txt",
    "2026/drafts/a.txt",
    "2026/a.txt",
    "2026/old/x/a.txt",
    "2026/old/a.txt",
    "old/a.txt",
    "old/drafts.txt",
    "drafts.txt",
    "x/y/z/a.txt",
    "x/a.txt",
    "x/y/a.txt",
]
PATTERNS = [
    "a.txt",
    "/a.txt",
    "*.srt",
    "drafts",
    "drafts/",
    "/drafts/",
    "drafts/*",
    "drafts/**",
    "**/drafts",
    "**/old/a.txt",
    "2026/**/a.txt",
    "x/**/a.txt",
    "x/*/a.txt",
    "x/**/",
    "*",
    "**",
    "/*",
    "*/",
    "**/",
    "a?txt",
    "[ab].txt",
    "[!a].*",
    "[^a].*",
    "[a-b].srt",
    r"\[a\].txt",
    r"a\*b.txt",
    r"\!a.txt",
    "old/drafts.txt",
    "o*d",
    "**/*.srt",
    "/**/a.txt",
    "dra**",
    "2026/old/",
    "a b.txt",
    ".*",
    "none",
]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with files to match."""
    folder = tmp_path_factory.mktemp("press").resolve()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def ignored_by_git(folder: Path, patterns: list[str]) -> set[str]:
    (folder / ".git" / "info" / "exclude").write_text(
        "".join(f"{pattern}\n" for pattern in patterns)
    )
    command = [
        "git",
        "-c",
        "core.excludesFile=",
        "-C",
        str(folder),
        "check-ignore",
        "--no-index",
        "-z",
        "--stdin",
    ]
    done = subprocess.run(
        command, input="\0".join(FILES).encode(), capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.decode().split("\0")) - {""}


def check(folder: Path, patterns: list[str]) -> None:
    globs = Globs(folder, tuple(patterns))
    assert {name for name in FILES if globs.match(folder / name)} == ignored_by_git(
        folder, patterns
    )


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_it_means_to_git(pattern: str, press: Path) -> None:
    check(press, [pattern])


@given(
    st.lists(
        st.sampled_from([*PATTERNS, *(f"!{pattern}" for pattern in PATTERNS)]),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=40)
def test_so_do_several_and_their_order_counts(press: Path, patterns: list[str]) -> None:
    check(press, patterns)


def test_a_folder_is_matched_as_one(press: Path) -> None:
    globs = Globs(press, ("drafts/", "!a.txt"))
    assert globs.match(press / "drafts", folder=True) == "drafts/"
    # a file in it cannot be taken out again
    assert globs.match(press / "drafts" / "a.txt") == "drafts/"
    assert globs.match(press, folder=True) is None


def test_links_and_other_folders(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    globs = Globs(press, ("drafts/", "*.srt"))
    (tmp_path / "link.txt").symlink_to(press / "drafts" / "a.txt")
    assert globs.match(tmp_path / "link.txt") == "drafts/"
    assert globs.match(tmp_path / "b.srt") is None
    monkeypatch.chdir(press / "2026")
    assert globs.match(Path("../drafts/./a.txt")) == "drafts/"
    assert globs.match(Path("old/../drafts/a.txt")) == "drafts/"


def test_many_stars_take_no_time() -> None:
    globs = Globs(Path("/p"), ("**/a" * 40 + "/b", "*a" * 60 + "b"))
    assert globs.match(Path("/p") / "/".join(["a"] * 200) / ("a" * 200)) is None
