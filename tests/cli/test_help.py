"""`cleaner help`: the pages of the manual, and the help of commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len as width

from cleaner import formats
from cleaner.cli import COMMANDS
from cleaner.cli import help as help_module
from cleaner.cli.help import MANUAL, first_page, subject
from tests.cli.test_fix_and_check import on_a_terminal
from tests.command import run

PAGES = sorted(MANUAL.glob("*.md"))
FORMATS = (MANUAL / "formats.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` +\| ((?:`\.\w+`(?:, )?)+) +\|", re.MULTILINE)


def listed() -> dict[str, tuple[str, ...]]:
    """The formats in the first table of their page, each with its endings."""
    rows = ROW.findall(FORMATS)
    return {name: tuple(re.findall(r"`([^`]+)`", endings)) for name, endings in rows}


# -- pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_printed_as_it_is_written(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    command = f"\nFor the command of this name: cleaner {path.stem} --help\n"
    more = command if path.stem in COMMANDS else ""
    assert run("help", path.stem, cwd=tmp_path) == (0, page + more, "")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_a_title_and_a_subject_and_fits_a_terminal(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert re.match(r"# \S.*\n\n\S.*[.]\n\n", page)
    assert subject(page)
    assert [line for line in page.splitlines() if width(line) > 80] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_of_a_page_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_first_page_lists_all_pages(tmp_path: Path) -> None:
    code, out, err = run("help", cwd=tmp_path)
    assert (code, err) == (0, "")
    for path in PAGES:
        about = subject(path.read_text(encoding="utf-8"))
        assert len(re.findall(rf"^  {path.stem} +{re.escape(about)}$", out, re.MULTILINE)) == 1
    assert max(map(width, out.splitlines())) <= 80


def test_a_new_page_is_listed(tmp_path: Path) -> None:
    page = tmp_path / "spelling.md"
    page.write_text("# Spelling\n\nHow words are spelled.\n", encoding="utf-8")
    assert "  spelling  How words are spelled." in [*first_page({"spelling": page})]


def test_a_page_may_have_the_name_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nHow to write them.\n", encoding="utf-8")
    monkeypatch.setattr(help_module, "MANUAL", tmp_path)
    help_module.help(["rules"])
    shown = "# Rules\n\nHow to write them.\n\nFor the command of this name: cleaner rules --help\n"
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize(
    "env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["usual", "no colour", "dumb"]
)
def test_a_terminal_gets_the_plain_page(env: dict[str, str], tmp_path: Path) -> None:
    shown = on_a_terminal("help formats", tmp_path, **env).replace("\r\n", "\n")
    assert shown == FORMATS


# -- commands and mistakes


@pytest.mark.parametrize(
    "words",
    [
        *([name] for name in COMMANDS if name not in [page.stem for page in PAGES]),
        ["rules", "explain"],
        ["golden", "add"],
    ],
    ids=" ".join,
)
def test_help_of_a_command(words: list[str], tmp_path: Path) -> None:
    assert run("help", *words, cwd=tmp_path) == run(*words, "--help", cwd=tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ["fromats"],
            "cleaner: there is no topic and no command “fromats”; did you mean `formats`?",
            id="a topic",
        ),
        pytest.param(
            ["chekc"],
            "cleaner: there is no topic and no command “chekc”; did you mean `check`?",
            id="a command",
        ),
        pytest.param(
            ["xyzzy"],
            "cleaner: there is no topic and no command “xyzzy”; known are: commands, ",
            id="nothing like it",
        ),
        pytest.param(
            ["../formats"],
            "cleaner: there is no topic and no command “../formats”; did you mean `formats`?",
            id="a path",
        ),
        pytest.param(
            ["x\x1b[31m\u202e"],
            "cleaner: there is no topic and no command “x<U+001B>[31m<U+202E>”; ",
            id="hostile",
        ),
        pytest.param(
            ["formats", "html"],
            "cleaner: there is no topic and no command “formats html”; did you mean `formats`?",
            id="more than a topic",
        ),
        pytest.param(
            ["rules", "explian"],
            "cleaner: there is no command “rules explian”; did you mean `explain`?",
            id="a command of a group",
        ),
    ],
)
def test_what_there_is_no_help_for(words: list[str], said: str, tmp_path: Path) -> None:
    code, out, err = run("help", *words, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1


# -- the page about formats


@pytest.mark.parametrize("module", [*formats.modules()], ids=lambda module: module.NAME)
def test_every_format_has_a_row_with_its_endings_and_a_section(module: formats.Format) -> None:
    assert listed().get(module.NAME) == tuple(module.SUFFIXES)
    headings = re.findall(r"^### (.*)$", FORMATS, re.MULTILINE)
    assert [heading for heading in headings if f"`{module.NAME}`" in heading]


def test_every_row_is_a_format() -> None:
    assert {*listed()} == {*formats.names()}
