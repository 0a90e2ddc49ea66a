"""`cleaner suggest` and `cleaner explain` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run

TRACE = " [AP=연합뉴스]"  # of the Korean pivot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "Taobao belongs to Marwin, and Gao Honghao to Gohonghao." + TRACE, encoding="utf-8"
    )
    (tmp_path / "own.tsv").write_text(
        "canonical\tkind\tzh\nGao Honghao\tperson\t高宏浩\n", encoding="utf-8"
    )
    return tmp_path


def test_suggest_prints_groups_and_keeps_them(folder: Path) -> None:
    code, out, err = run(
        "suggest", "--ignore", "names/*", "--names", "own.tsv", "a.txt", cwd=folder
    )
    assert code == 0
    assert "Ma Yun (ma-yun): person 马云 마윈, also Jack Ma\n" in out
    derivation = "    Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]\n"
    assert derivation + "    a.txt:1:19: Taobao belongs to Marwin" in out
    assert "Gao Honghao (gao-honghao): person 高宏浩\n  Gohonghao  once  " in out
    assert (
        err
        == "1 file: 2 names, 2 forms; kept in .cleaner/suggestions.yaml (next: cleaner review)\n"
    )
    kept = (folder / ".cleaner" / "suggestions.yaml").read_text(encoding="utf-8")
    assert "- id: ma-yun\n" in kept
    assert (folder / "a.txt").read_text(encoding="utf-8").startswith("Taobao belongs to Marwin")


def test_suggest_leaves_out_what_rules_know(folder: Path) -> None:
    _, out, _ = run("suggest", "--no-keep", "a.txt", cwd=folder)
    assert "Marwin" not in out
    assert not (folder / ".cleaner").exists()


def test_suggest_prints_json_and_yaml(folder: Path) -> None:
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "json", "a.txt", cwd=folder
    )
    [group] = json.loads(out)["groups"]
    assert (group["canonical"], group["members"][0]["form"]) == ("Ma Yun", "Marwin")
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "yaml", "a.txt", cwd=folder
    )
    assert "\nkind: suggestions\ngroups:\n- id: ma-yun\n" in out


def test_suggest_prints_nothing_below_the_cutoff(folder: Path) -> None:
    options = ("--no-keep", "--ignore", "names/*", "--score-cutoff", "1")
    _, out, _ = run("suggest", *options, "a.txt", cwd=folder)
    assert out == ""


def test_suggest_goes_on_without_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"caf\xe9")
    code, out, err = run("suggest", "--ignore", "names/*", "b.txt", "a.txt", cwd=folder)
    assert (code, "Ma Yun" in out) == (3, True)
    assert "b.txt: left alone: byte 0xE9" in err


EXPLAINED = [
    pytest.param(["Marwin"], "rule names/people/ma-yun", id="a form with a rule"),
    pytest.param(
        ["Kim Min-soo"], "left alone: it is written as Koreans write their names", id="a Korean"
    ),
    pytest.param(["Jack Ma"], "left alone: it is a right form of Ma Yun", id="a right form"),
    pytest.param(["Tribunal"], "left alone: it is an ordinary word of English", id="a word"),
    pytest.param(
        ["Sun Tian-chi"], "Sun Tian-chi <- 쑨티안치 <- Sun Tianqi [", id="how it came about"
    ),
    pytest.param(
        ["a.txt:1"],
        "a.txt:1:19: names/people/ma-yun: Marwin -> Ma Yun\n    acts (level fix)",
        id="a place",
    ),
    pytest.param(["a.txt:1:20"], "names/people/ma-yun: Marwin -> Ma Yun", id="a column"),
    pytest.param(["a.txt:1:2"], "no rule has anything to say here", id="a column without a rule"),
]


@pytest.mark.parametrize(("args", "wanted"), EXPLAINED)
def test_explain(args: list[str], wanted: str, folder: Path) -> None:
    code, out, err = run("explain", *args, cwd=folder)
    assert (code, err) == (0, "")
    assert wanted in out


def test_explain_a_missing_file(folder: Path) -> None:
    assert run("explain", "b.txt:3", cwd=folder) == (
        2,
        "",
        "cleaner: b.txt: there is no such file\n",
    )
