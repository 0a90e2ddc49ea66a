"""Files with odd names: every command finds them, and every hint can be typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from cleaner.cli.places import argument, parse_place
from tests.command import CLEAN, DAMAGED, run

NAMES = ["a.txt", "a\nb.txt", "a\rb.txt", "-x.txt", "--help.txt", "a b.txt", "a:1.txt", "$x'.txt"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_place_names_any_file(name: str) -> None:
    place = parse_place(f"{name}:3:12")
    assert place == (Path(name), 3, 12, "")


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hint_names_the_file_and_no_option(name: str) -> None:
    (typed,) = shlex.split(argument(Path(name)))
    assert Path(typed) == Path(name)
    assert not typed.startswith("-")


@pytest.mark.parametrize("name", ["a\nb.txt", "-x.txt"], ids=ascii)
def test_a_finding_of_an_odd_file_can_be_ignored(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    code, _, err = run("ignore", f"./{name}:1", cwd=tmp_path)
    assert code == 0, err
    assert run("check", f"./{name}", cwd=tmp_path)[0] == 0


def test_the_hint_for_a_name_with_a_hyphen_can_be_typed(tmp_path: Path) -> None:
    (tmp_path / "-x.txt").write_text(CLEAN, encoding="utf-8")
    code, _, err = run("ignore", "./-x.txt:1", cwd=tmp_path)
    assert code == 2
    assert "`cleaner check ./-x.txt` lists them" in err


@pytest.mark.parametrize("name", ["A.TXT", "a.Md", "a.txt"])
def test_a_golden_counts_whatever_the_case_of_its_ending(name: str, tmp_path: Path) -> None:
    for folder, text in (("seeds", DAMAGED), ("golden", f"{CLEAN} More.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    code, out, err = run("test", cwd=tmp_path)
    assert code == 1, out + err
    assert name in out + err
