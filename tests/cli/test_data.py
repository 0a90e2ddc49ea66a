"""Data and encodings as users meet them: fields by option and by configuration, folders, hooks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, USUAL, run

ROW = f'{{"id": "Marwin", "text": "{DAMAGED}"}}\n'
CLEAN_ROW = f'{{"id": "Marwin", "text": "{CLEAN}"}}\n'
TABLE = f'id,text\r\nMarwin,"{DAMAGED}"\r\n'
CLEAN_TABLE = f'id,text\r\nMarwin,"{CLEAN}"\r\n'
UNNAMED = "whose fields are not named (.csv 1, .json 1)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "package.json").write_text(ROW, encoding="utf-8")
    (tmp_path / "table.csv").write_bytes(TABLE.encode())
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> tuple[str, str, str]:
    """Return what is in the object, the table and the text."""
    names = ("package.json", "table.csv", "a.txt")
    first, second, third = [(folder / name).read_bytes().decode() for name in names]
    return first, second, third


def test_without_fields_a_folder_leaves_data_out(folder: Path) -> None:
    code, _, err = run("fix", ".", cwd=folder)
    remedy = "name their fields with --field, or with `fields` in the configuration"
    assert code == 0
    assert f"left out: 2 files {UNNAMED}; {remedy}" in err
    assert contents(folder) == (ROW, TABLE, CLEAN)


@pytest.mark.parametrize("command", ["fix", "check", "suggest"])
def test_named_without_fields_it_is_refused_and_they_are_listed(command: str, folder: Path) -> None:
    code, _, err = run(command, "package.json", cwd=folder)
    assert code == 3
    assert "none is named; name them with --field (fields: id, text)" in err
    assert contents(folder) == (ROW, TABLE, DAMAGED)


@pytest.mark.parametrize(
    ("settings", "args"),
    [
        pytest.param("", ["--field", "text"], id="by option"),
        pytest.param('fields = ["text"]', [], id="by a list"),
        pytest.param('[fields]\n"*.json" = ["text"]\n"*.csv" = ["2"]', [], id="by patterns"),
        pytest.param('fields = ["nothing"]', ["--field", "text"], id="the option counts more"),
    ],
)
def test_fields_are_cleaned(settings: str, args: list[str], folder: Path) -> None:
    (folder / "cleaner.toml").write_text(settings, encoding="utf-8")
    assert run("fix", ".", *args, cwd=folder)[0] == 0
    assert contents(folder) == (CLEAN_ROW, CLEAN_TABLE, CLEAN)


def test_places_name_the_row_and_the_field(folder: Path) -> None:
    code, out, _ = run("check", "table.csv", "--field", "text", cwd=folder)
    assert code == 1
    assert out.startswith("table.csv:2:27: row 2, text: fix names/people/ma-yun")


def test_malformed_data_is_refused_with_its_place(folder: Path) -> None:
    (folder / "package.json").write_text('{\n  "text": "Marwin\n}', encoding="utf-8")
    code, _, err = run("fix", "package.json", "a.txt", "--field", "text", cwd=folder)
    assert code == 3
    assert "package.json:2:18: left alone: this is not JSON: invalid control character;" in err
    assert contents(folder)[2] == CLEAN


def test_a_folder_without_anything_to_read(folder: Path) -> None:
    (folder / "a.txt").unlink()
    code, _, err = run("check", ".", cwd=folder)
    assert code == 0
    assert "nothing to read: cleaner looks for" in err


def test_files_of_other_endings_by_configuration(folder: Path) -> None:
    (folder / "a.foo").write_text(DAMAGED, encoding="utf-8")
    (folder / "cleaner.toml").write_text('[formats]\n"*.foo" = "text"', encoding="utf-8")
    assert run("fix", ".", cwd=folder)[0] == 0
    assert (folder / "a.foo").read_text(encoding="utf-8") == CLEAN


def test_utf_16_is_written_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe" + DAMAGED.encode("utf-16-le"))
    assert run("fix", path, cwd=tmp_path)[0] == 0
    assert path.read_bytes() == b"\xff\xfe" + CLEAN.encode("utf-16-le")


def test_the_hook_takes_fields(folder: Path) -> None:
    command = [sys.executable, "-m", "cleaner.hook", "--field", "text", "package.json", "table.csv"]
    done = subprocess.run(command, cwd=folder, env=USUAL, capture_output=True, check=False)
    assert done.returncode == 1, os.fsdecode(done.stderr)
    assert contents(folder) == (CLEAN_ROW, CLEAN_TABLE, DAMAGED)


OTHERS = {
    "package.json": '{"name": "marwin", "files": ["a"]}',
    "list.json": "[]",
    "no-text.json": '{"text": 7}',
    "table.csv": "id;name\n1;Marwin\n",
    "table.tsv": "id\tname\n1\tMarwin\n",
    "rows.jsonl": '{"name": "Marwin"}\n{"name": "Ma Win"}\n',
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("command", ["fix", "check", "suggest", "hook"])
def test_data_of_a_project_need_not_have_the_fields(
    command: str, name: str, tmp_path: Path
) -> None:
    """What is found in a folder, or what a commit holds, is left out if it has none of them."""
    (tmp_path / "cleaner.toml").write_text('fields = ["text", "title"]', encoding="utf-8")
    path = tmp_path / name
    path.write_text(OTHERS[name], encoding="utf-8")
    if command == "hook":
        line = [sys.executable, "-m", "cleaner.hook", name]
        code = subprocess.run(line, cwd=tmp_path, env=USUAL, check=False).returncode
    else:
        code = run(command, ".", cwd=tmp_path)[0]
    assert code == 0
    assert path.read_text(encoding="utf-8") == OTHERS[name]


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "no-text.json"])
def test_data_that_is_named_has_to_have_the_fields(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(OTHERS[name], encoding="utf-8")
    code, _, err = run("fix", name, "--field", "text", cwd=tmp_path)
    assert code == 3
    assert f"{name}: left alone: there is no text in the field “text”; name one of those" in err


def test_a_folder_counts_what_is_left_out_for_lack_of_fields(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(OTHERS["package.json"], encoding="utf-8")
    (tmp_path / "a.json").write_text(ROW, encoding="utf-8")
    code, _, err = run("fix", ".", "--field", "text", "--field", "title", cwd=tmp_path)
    assert code == 0
    assert "2 files: 1 changed, 0 files already clean, 1 left out" in err
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == CLEAN_ROW


def test_the_unit_does_not_depend_on_which_fields_are_there(tmp_path: Path) -> None:
    """Without a title, the paragraphs of a file are still one document."""
    source = '{"p": [{"text": "Alibaba fell."}, {"text": "Marwin left."}]}'
    (tmp_path / "a.json").write_text(source, encoding="utf-8")
    code, _, _ = run("fix", ".", "--field", "title", "--field", "p[].text", cwd=tmp_path)
    assert code == 0
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == source.replace("Marwin", "Ma Yun")


@pytest.mark.parametrize("settings", ["", 'fields = ["text"]'])
def test_names_are_suggested_in_fields(settings: str, tmp_path: Path) -> None:
    source = '{"id": "Jangyong", "text": "We met Zhang Yong of Alibaba. Mr. Jangyong left."}'
    (tmp_path / "a.json").write_text(source, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text(settings, encoding="utf-8")
    options = [] if settings else ["--field", "text"]
    code, out, err = run("suggest", "--pivot", "ko", "a.json", *options, cwd=tmp_path)
    assert code == 0, err
    assert "Jangyong  once" in out
    assert f"a.json:1:{source.rindex('Jangyong') + 1}: We met" in out
