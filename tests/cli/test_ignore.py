"""`cleaner ignore` and what it writes into the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

TEXT = "Alibaba fell, and Marwin’s wealth shrank.\n\nMarwin Hitz is well, said Marwin the keeper.\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "cup.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_ignore_writes_an_entry_that_counts(here: Path) -> None:
    assert run("ignore", "cup.txt:3", "--reason", "the keeper", cwd=here) == (
        0,
        "",
        "cleaner.toml: names/people/ma-yun leaves “Marwin the” alone in /cup.txt\n",
    )
    assert (here / "cleaner.toml").read_text(encoding="utf-8") == (
        '[[ignores]]\nfile = "/cup.txt"\nrule = "names/people/ma-yun"\n'
        'text = "Marwin the"\nreason = "the keeper"\n'
    )
    assert run("fix", "cup.txt", cwd=here)[::2] == (0, "cup.txt: 1 fix by 1 rule\n")
    assert (here / "cup.txt").read_text(encoding="utf-8") == TEXT.replace("Marwin’s", "Ma Yun’s")
    assert run("check", "cup.txt", cwd=here)[0] == 0
    (here / "cup.txt").write_text("Nothing.\n", encoding="utf-8")
    assert run("check", "cup.txt", cwd=here) == (
        0,
        "",
        "cleaner.toml:1: suppresses nothing: names/people/ma-yun finds nothing in “Marwin the” "
        "in /cup.txt; remove the entry\n1 file: nothing found\n",
    )
    assert run("check", "--select", "quotes/*", "cup.txt", cwd=here) == (
        0,
        "",
        "1 file: nothing found\n",
    )


def test_ignore_goes_to_the_configuration_there_is(here: Path) -> None:
    project = "[project]\nname = 'x' # mine\n\n[tool.cleaner]\nselect = ['names/*']\n"
    (here / "pyproject.toml").write_text(project, encoding="utf-8")
    assert run("ignore", "./cup.txt:1:19", cwd=here)[0] == 0
    text = (here / "pyproject.toml").read_text(encoding="utf-8")
    assert text.startswith(project)
    assert text.endswith(
        '\n[[tool.cleaner.ignores]]\nfile = "/cup.txt"\n'
        'rule = "names/people/ma-yun"\ntext = "Marwin’s"\n'
    )
    assert run("check", "--format", "concise", "cup.txt", cwd=here)[1].count("\n") == 1


BAD = [
    pytest.param(
        ["cup.txt"], 2, "cleaner: cup.txt: give FILE:LINE, as in article.txt:12\n", id="no line"
    ),
    pytest.param(
        ["cup.txt:2"],
        2,
        "cleaner: cup.txt:2: no finding on this line; `cleaner check cup.txt` lists them\n",
        id="nothing there",
    ),
    pytest.param(
        ["cup.txt:1", "--rule", "quotes/*"],
        2,
        "cleaner: cup.txt:1: no finding of quotes/* on "
        "this line; `cleaner check cup.txt` lists them\n",
        id="another rule",
    ),
    pytest.param(["no.txt:1"], 3, "cleaner: no.txt: there is no such file\n", id="no file"),
]


@pytest.mark.parametrize(("args", "code", "said"), BAD)
def test_bad_calls(args: list[str], code: int, said: str, here: Path) -> None:
    assert run("ignore", *args, cwd=here) == (code, "", said)
    assert [path.name for path in here.iterdir()] == ["cup.txt"]


def test_a_list_of_ignores_is_left_as_it_is(here: Path) -> None:
    text = 'ignores = [{file = "x", rule = "names/*", text = "y"}]\n'
    (here / "cleaner.toml").write_text(text, encoding="utf-8")
    said = "cleaner: cleaner.toml: `ignores` is a list; write it as [[ignores]]\n"
    assert run("ignore", "cup.txt:1", cwd=here) == (2, "", said)
    assert (here / "cleaner.toml").read_text(encoding="utf-8") == text


def test_an_entry_about_no_rule(here: Path) -> None:
    (here / "cleaner.toml").write_text(
        '[[ignores]]\nfile = "x"\nrule = "nmaes/*"\ntext = "y"\n', encoding="utf-8"
    )
    code, _, err = run("check", "cup.txt", cwd=here)
    assert code == 2
    assert err.startswith(
        "cleaner: cleaner.toml:1: `ignores`: no rule's id matches “nmaes/*”; `cleaner rules list`"
    )


def test_ignore_says_where_it_holds_in_more_places_than_one(here: Path) -> None:
    (here / "a.txt").write_text("Alibaba.\n\nMarwin\n\nMarwin\n", encoding="utf-8")
    said = "cleaner.toml: names/people/ma-yun leaves “Marwin” alone in /a.txt, in all 2 places\n"
    assert run("ignore", "a.txt:5", cwd=here) == (0, "", said)


def test_ignore_outside_of_the_folder(here: Path) -> None:
    (here / "sub").mkdir()
    said = (
        "cleaner: ../cup.txt: is not below the folder of cleaner.toml; run this in its own folder\n"
    )
    assert run("ignore", "../cup.txt:1", cwd=here / "sub") == (2, "", said)
    assert not (here / "sub" / "cleaner.toml").exists()


def test_a_comment_that_silences_nothing_is_no_finding_to_ignore_but_one_to_switch_off(
    here: Path,
) -> None:
    (here / "m.md").write_text(
        "<!-- cleaner: ignore names/people/nope -->\nA text.\n", encoding="utf-8"
    )
    assert run("ignore", "m.md:1", cwd=here)[0] == 2
    assert not (here / "cleaner.toml").exists()
    assert run("check", "--strict", "m.md", cwd=here)[0] == 1
    assert run("check", "--strict", "--ignore", "ignores/idle", "m.md", cwd=here) == (
        0,
        "",
        "1 file: nothing found\n",
    )


def test_explain_knows_what_is_ignored_in_a_file(here: Path) -> None:
    settings = '[per-file-ignores]\n"cup.txt" = ["names/people/*"]\n'
    (here / "cleaner.toml").write_text(settings, encoding="utf-8")
    assert (
        "    does not act: the rule is not selected\n" in run("explain", "cup.txt:1", cwd=here)[1]
    )


def test_no_entry_makes_the_configuration_too_large_to_be_read(here: Path) -> None:
    full = "#" * 999_950 + "\n"
    (here / "cleaner.toml").write_text(full, encoding="utf-8")
    assert run("ignore", "cup.txt:3", cwd=here) == (
        2,
        "",
        "cleaner: cleaner.toml: with what is to be ignored it would be too large to be read; turn "
        "rules off for the file in [per-file-ignores]\n",
    )
    assert (here / "cleaner.toml").read_text(encoding="utf-8") == full


def test_all_findings_of_a_long_line(here: Path) -> None:
    (here / "cup.txt").write_text("Alibaba: " + "Marwin fell. " * 300 + "\n", encoding="utf-8")
    code, _, said = run("ignore", "cup.txt:1", cwd=here)
    assert (code, said.count("\n")) == (0, 1)
    assert run("check", "cup.txt", cwd=here) == (0, "", "1 file: nothing found\n")
