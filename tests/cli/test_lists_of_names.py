"""Lists of names as a user meets them: import, export, the configuration, and when they count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run

GLOSSARY = '[{"src": "곽소명", "dst": "Guo Xiaoming", "info": "male"},\n {"src": "검", "dst": ""}]'
PAGE = "Yesterday Kwak So-myeong sang. Later Guo Hsiao-mong left the hall. [AP=연합뉴스]\n"
RULES = """kind: name
rules:
- id: guo
  type: person
  canonical: Guo Xiaoming
  aliases: [Xiaoming]
  source: {ko: 곽소명}
  variants: [Kwak Somyung, Guo Somyong]
  examples: [{before: Kwak Somyung sang., after: Guo Xiaoming sang.}, {same: Somyung sang.}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "terms.json").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("wrong,right\nGuo Hsiao-mong,Guo Xiaoming\n")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


# -- import


def test_import_prints_our_yaml_and_says_what_was_read(folder: Path) -> None:
    code, out, err = run("names", "import", "terms.json", cwd=folder)
    assert code == 0
    assert out == (
        "kind: gazetteer\nnames:\n- {canonical: Guo Xiaoming, kind: person, ko: [곽소명]}\n"
    )
    assert err == (
        "terms.json: 1 name from JSON\n"
        "terms.json: left out: rows without an English form: 1 (first: line 2)\n"
    )


@pytest.mark.parametrize("ending", ["yaml", "yml", "tsv", "csv"])
def test_what_was_imported_is_read_again(folder: Path, ending: str) -> None:
    code, out, _ = run("names", "import", "terms.json", "-o", f"n.{ending}", cwd=folder)
    assert (code, out) == (0, "")
    code, out, _ = run("names", "import", f"n.{ending}", cwd=folder)
    assert (code, out) == (0, run("names", "import", "terms.json", cwd=folder)[1])


@pytest.mark.parametrize(
    ("args", "code", "error"),
    [
        pytest.param(["none.json"], 2, "cleaner: none.json: cannot be read (No such", id="no-file"),
        pytest.param(["."], 2, "cleaner: .: cannot be read (Is a directory)", id="a-folder"),
        pytest.param(["terms.json", "-o", "n.xlsx"], 2, "cleaner: n.xlsx: what is", id="ending"),
        pytest.param(
            ["unknown.json"],
            2,
            "cleaner: unknown.json: a list of 1 object with the keys id, foo; expected names one",
            id="unknown-shape",
        ),
        pytest.param(
            ["broken.json"], 2, "cleaner: broken.json:2:1: `dst` is a list; write", id="broken"
        ),
    ],
)
def test_import_says_what_is_wrong(folder: Path, args: list[str], code: int, error: str) -> None:
    (folder / "unknown.json").write_text('[{"id": 1, "foo": "a"}]')
    (folder / "broken.json").write_text('[{"dst": "Sword"},\n{"src": "a", "dst": [1]}]')
    found, _, err = run("names", "import", *args, cwd=folder)
    assert (found, err.count("\n")) == (code, 1)
    assert err.startswith(error)
    assert not (folder / "n.xlsx").exists()


def test_a_read_only_file_is_not_written(folder: Path) -> None:
    (folder / "n.tsv").write_text("mine")
    (folder / "n.tsv").chmod(0o444)
    code, _, err = run("names", "import", "terms.json", "-o", "n.tsv", cwd=folder)
    assert (code, (folder / "n.tsv").read_text()) == (3, "mine")
    assert err.startswith("cleaner: n.tsv: ")
    assert run("names", "import", "terms.json", "-o", "n.tsv", "--force", cwd=folder)[0] == 0


# -- export


def test_export_of_lists(folder: Path) -> None:
    names = ("--names", "terms.json", "--names", "wrong.csv")
    code, out, err = run("names", "export", *names, "--format", "ainiee", cwd=folder)
    assert (code, json.loads(out)) == (
        0,
        [{"src": "곽소명", "dst": "Guo Xiaoming", "info": "person"}],
    )
    assert err == ""


def test_export_of_this_projects_own_rules(folder: Path) -> None:
    args = ("names", "export", "--format", "arrows")
    code, _, err = run(*args, cwd=folder)
    assert (code, err) == (
        2,
        "cleaner: this project has no names of its own; give --names FILE\n",
    )
    (folder / "rules" / "names").mkdir(parents=True)
    (folder / "rules" / "names" / "accepted.yaml").write_text(RULES, encoding="utf-8")
    code, out, err = run(*args, cwd=folder)
    assert (code, out) == (0, "Kwak Somyung -> Guo Xiaoming\nGuo Somyong -> Guo Xiaoming\n")
    assert "arrows: names whose aliases are not kept: 1 (first: Guo Xiaoming)\n" in err


@pytest.mark.parametrize(
    ("format", "error"),
    [
        pytest.param("omegta", "there is no format “omegta” of lists; did you mean `om", id="typo"),
        pytest.param("xlsx", "lists in the format xlsx are only read; choose ", id="only-read"),
    ],
)
def test_export_says_what_is_wrong(folder: Path, format: str, error: str) -> None:
    code, _, err = run("names", "export", "--names", "terms.json", "--format", format, cwd=folder)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"cleaner: {error}")


# -- which names count


def candidates(folder: Path, form: str, *args: str) -> list[str]:
    """The names that a form may be, as `names link` says."""
    command = ("names", "link", "--format", "jsonl", *args)
    code, out, err = run(*command, cwd=folder, stdin=f"{form}\n".encode())
    assert (code, err) == (0, "")
    return [one["canonical"] for one in json.loads(out)["candidates"]]


BUNDLED = "Jangye Mo"  # only the bundled gazetteer knows whom this means


@pytest.mark.parametrize(
    ("configuration", "args", "counts"),
    [
        pytest.param("", [], True, id="no-list"),
        pytest.param("", ["--names", "wrong.csv"], False, id="a-list"),
        pytest.param("", ["--names", "wrong.csv", "--gazetteer"], True, id="asked-for"),
        pytest.param("", ["--no-gazetteer"], False, id="not-wanted"),
        pytest.param("glossaries = ['wrong.csv']", [], False, id="configured-list"),
        pytest.param("glossaries = ['wrong.csv']\ngazetteer = true", [], True, id="both"),
        pytest.param("gazetteer = false", [], False, id="configured-off"),
        pytest.param("gazetteer = false", ["--gazetteer"], True, id="the-command-line-wins"),
    ],
)
def test_when_the_gazetteer_counts(
    folder: Path, configuration: str, args: list[str], counts: bool
) -> None:
    (folder / "cleaner.toml").write_text(f"[names]\n{configuration}\n")
    assert bool(candidates(folder, BUNDLED, *args)) == counts
    code, out, _ = run("explain", BUNDLED, *args, cwd=folder)
    assert (code, "<- Zhang Yimou" in out) == (0, counts)


def test_the_names_of_rules_always_count(folder: Path) -> None:
    assert candidates(folder, "Marwin", "--names", "wrong.csv") == ["Ma Yun"]


def test_lists_are_relative_to_the_configuration(folder: Path) -> None:
    (folder / "cleaner.toml").write_text("[names]\nglossaries = ['wrong.csv']\n")
    (folder / "inside").mkdir()
    (folder / ".git").mkdir()
    assert candidates(folder / "inside", "Guo Hsiao-mong") == ["Guo Xiaoming"]


def test_characters_and_hangul_come_from_a_list(folder: Path) -> None:
    (folder / "n.csv").write_text("src,dst\n곽소명,Guo Xiaoming\n", encoding="utf-8")
    command = ("names", "forms", "Guo Xiaoming", "--limit", "40")
    assert "곽소명" in run(*command, "--names", "n.csv", cwd=folder)[1]


def test_a_stated_variant_is_suggested_and_explained(folder: Path) -> None:
    (folder / "two.csv").write_text("wrong,right\nMa Wong,Ma Yun\nMa Wong,Mao Yuan\n")
    code, out, _ = run("explain", "Guo Hsiao-mong", "--names", "wrong.csv", cwd=folder)
    listed = "Guo Hsiao-mong is listed as a variant of Guo Xiaoming"
    assert (code, f"  0.99 strong  {listed}\n" in out) == (0, True)
    args = ("suggest", "page.txt", "--names", "wrong.csv", "--format", "json", "--no-keep")
    code, out, _ = run(*args, cwd=folder)
    (group,) = [one for one in json.loads(out)["groups"] if one["canonical"] == "Guo Xiaoming"]
    assert (code, group["members"][0]["form"]) == (0, "Guo Hsiao-mong")
    assert candidates(folder, "Ma Wong", "--names", "two.csv") == ["Ma Yun", "Mao Yuan"]


def test_a_stated_variant_is_no_right_form(folder: Path) -> None:
    (folder / "n.csv").write_text("wrong,right\nMarwin,Ma Yun\nMa Yun,Jack Ma\n")
    assert candidates(folder, "Marwin", "--names", "n.csv") == ["Ma Yun"]
    assert candidates(folder, "Ma Yun", "--names", "n.csv") == []


@pytest.mark.parametrize("command", [["suggest", "page.txt"], ["explain", "Ma Wong"]])
def test_a_list_that_is_missing_is_an_error(folder: Path, command: list[str]) -> None:
    (folder / "cleaner.toml").write_text("[names]\nglossaries = ['none.csv']\n")
    code, _, err = run(*command, cwd=folder)
    assert (code, err.count("\n")) == (2, 1)
    assert "none.csv: cannot be read (No such file or directory); check the path" in err
