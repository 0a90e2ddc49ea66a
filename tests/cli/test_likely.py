"""A rule that says `forms: likely`, as a user meets it on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run
from tests.test_hook import hook

RULE = """\
kind: name
type: person
rules:
- id: ma-huateng
  canonical: Ma Huateng
  source: {zh: 马化腾, ko: 마화텅}
  variants: [Ma Hwatyeong]
  forms: likely
  when: [Tencent]
"""
MADE = "mine/ma-huateng/likely"
TEXT = "Tencent fell, and so did Ma Hwateong.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text('rules = ["mine.yaml"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_check_shows_the_form_and_the_rule(folder: Path) -> None:
    code, out, _ = run("check", "a.txt", cwd=folder)
    assert code == 1
    assert f"a.txt:1:26: suggest {MADE}: Ma Hwateong -> Ma Huateng" in out


@pytest.mark.parametrize(
    ("options", "written"),
    [
        pytest.param([], TEXT, id="fix"),
        pytest.param(
            ["--level", "suggest"], "Tencent fell, and so did Ma Huateng.\n", id="when asked"
        ),
        pytest.param(["--level", "suggest", "--ignore", MADE], TEXT, id="ignored"),
    ],
)
def test_fix(options: list[str], written: str, folder: Path) -> None:
    assert run("fix", *options, "a.txt", cwd=folder)[0] == 0
    assert (folder / "a.txt").read_text(encoding="utf-8") == written


def test_explain_says_where_a_form_comes_from(folder: Path) -> None:
    _, out, _ = run("rules", "explain", "ma-huateng/likely", cwd=folder)
    assert "  made from   mine/ma-huateng: it says `forms: likely`" in out
    assert "  why         Ma Hwateong <- 마화텅 <- Ma Huateng (" in out
    assert "mine.yaml:4\n" in out
    _, out, _ = run("explain", "Ma Hwateong", cwd=folder)
    assert f"  rule {MADE} (mine.yaml:4) writes Ma Huateng if there is evidence\n" in out
    _, out, _ = run("explain", "a.txt:1", cwd=folder)
    assert f"{MADE}: Ma Hwateong -> Ma Huateng\n    acts (level suggest)\n" in out


def test_the_hook_leaves_the_form_alone(folder: Path) -> None:
    for _ in ("cold", "warm"):
        assert hook("a.txt", cwd=folder) == (0, "", "")
    assert (folder / "a.txt").read_text(encoding="utf-8") == TEXT


def test_lint_asks_no_examples_of_a_made_rule(folder: Path) -> None:
    _, out, _ = run("rules", "lint", "mine.yaml", cwd=folder)
    assert MADE not in out


def test_a_form_that_nobody_listed_is_still_suggested_and_can_be_accepted(folder: Path) -> None:
    _, out, _ = run("suggest", "--pivot", "ko", "a.txt", cwd=folder)
    assert "Ma Huateng (ma-huateng)" in out
    code, _, err = run("accept", "ma-huateng", "--when", "Tencent", cwd=folder)
    assert code == 0, err
    code, out, _ = run("fix", "a.txt", cwd=folder)
    assert (folder / "a.txt").read_text(encoding="utf-8") == TEXT.replace("Hwateong", "Huateng")
    _, out, _ = run("rules", "explain", "ma-huateng/likely", cwd=folder)
    assert "Ma Hwateong," not in out


def test_without_evidence_the_file_is_refused(folder: Path) -> None:
    (folder / "mine.yaml").write_text(RULE.replace("  when: [Tencent]\n", ""), encoding="utf-8")
    code, out, err = run("check", "a.txt", cwd=folder)
    assert (code, out) == (2, "")
    assert "mine.yaml:4:3: `forms: likely` needs evidence" in err
