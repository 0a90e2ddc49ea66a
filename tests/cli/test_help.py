"""`cleaner help`: the pages of the manual, and the help of commands."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pexpect
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len as width

from cleaner import formats
from cleaner.cli import COMMANDS, pager
from cleaner.cli import help as help_module
from cleaner.cli.help import MANUAL, first_page, subject
from cleaner.cli.rendering import rendered
from tests.command import USUAL, run

PAGES = sorted(MANUAL.glob("*.md"), key=lambda path: path.stem)
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
    assert "  spelling  How words are spelled." in [*first_page({"spelling": page}, 80)]


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_the_first_page_fits_a_terminal(columns: int) -> None:
    lines = [*first_page({path.stem: path for path in PAGES}, columns)]
    assert max(map(width, lines)) <= columns
    told = " ".join(" ".join(lines).split())
    for path in PAGES:
        assert f"{path.stem} {subject(path.read_text(encoding='utf-8'))}" in told


def test_a_page_may_have_the_name_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nHow to write them.\n", encoding="utf-8")
    monkeypatch.setattr(help_module, "MANUAL", tmp_path)
    help_module.help(["rules"])
    shown = "# Rules\n\nHow to write them.\n\nFor the command of this name: cleaner rules --help\n"
    assert capsys.readouterr().out == shown


# -- on a terminal

ESCAPE = re.compile(r"\x1b\[([\d;]*)m")
# Bold, italic, underlined, magenta, and the end of all of them: what is readable on any background.
HARMLESS = {"0", "1", "3", "4", "35"}


def seen(shown: str) -> str:
    """What a person reads of the output of a terminal."""
    return ESCAPE.sub("", shown).replace("\r\n", "\n")


def words_of(text: str) -> list[str]:
    """The words of a text, whatever stands between them."""
    return re.findall(r"[^\W_]+", text)


def spawn(command: str, cwd: Path, columns: int = 80, **env: str) -> pexpect.spawn[str]:
    """Start a command on a terminal without a pager, unless `env` names one."""
    usual = {key: value for key, value in USUAL.items() if key not in {"LESS", "COLUMNS"}}
    return pexpect.spawn(
        f"{sys.executable} -m cleaner {command}",
        cwd=str(cwd),
        env={**usual, "TERM": "xterm-256color", "PAGER": "", **env},
        dimensions=(24, columns),
        timeout=60,
        encoding="utf-8",
    )


def shown_on(child: pexpect.spawn[str]) -> str:
    """What a terminal shows until the command ends, which must be a success."""
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


@pytest.mark.parametrize("colour", [True, False], ids=["colours", "no colours"])
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_shown_whole(path: Path, columns: int, colour: bool) -> None:
    shown = rendered(path.read_text(encoding="utf-8"), columns, colour=colour)
    assert max(map(width, seen(shown).splitlines())) <= min(columns, 100)
    codes = {code for found in ESCAPE.findall(shown) for code in found.split(";")}
    assert codes <= (HARMLESS if colour else HARMLESS - {"35"})
    assert "\x1b" not in ESCAPE.sub("", shown)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_word_of_a_page_is_lost(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    pieces: list[str] = []
    for token in MarkdownIt().enable("table").parse(page):
        pieces += [child.content for child in token.children or [token]]
    shown = seen(rendered(page, 100, colour=True))
    assert {*words_of(" ".join(pieces))} - {*words_of(shown)} == set()


def test_how_parts_of_a_page_are_shown() -> None:
    page = (
        "# Cups\n\nSee [the **saucers**](saucers.md#old) and\n`cup`,\n"
        "[old ones](#old-ones) and [others](https://example.org/cups).\n\n## Old ones\n\n- one\n"
        "- two\n\n```console\n$ ls  # [x]\n```\n"
    )
    assert rendered(page, 80, colour=True).splitlines() == [
        "\x1b[1;4mCups\x1b[0m",
        "",
        "See the \x1b[1msaucers\x1b[0m (\x1b[35mcleaner help saucers\x1b[0m) and "
        "\x1b[35mcup\x1b[0m, old ones and others",
        "(\x1b[4mhttps://example.org/cups\x1b[0m).",
        "",
        "\x1b[1mOld ones\x1b[0m",
        "",
        " • one",
        " • two",
        "",
        "    $ ls  # [x]",
    ]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_terminal_gets_the_page_in_its_layout(columns: int, tmp_path: Path) -> None:
    shown = shown_on(spawn("help formats", tmp_path, columns))
    assert shown.replace("\r\n", "\n") == rendered(FORMATS, columns, colour=True)


def test_no_colours_are_shown_if_none_are_wanted(tmp_path: Path) -> None:
    shown = shown_on(spawn("help formats", tmp_path, NO_COLOR="1"))
    assert shown.replace("\r\n", "\n") == rendered(FORMATS, 80, colour=False)


def test_a_terminal_that_knows_no_layout_gets_the_page_as_it_is_written(tmp_path: Path) -> None:
    shown = shown_on(spawn("help formats", tmp_path, TERM="dumb", PAGER="false"))
    assert shown.replace("\r\n", "\n") == FORMATS


# -- screen by screen


def test_the_pager_gets_the_page(tmp_path: Path) -> None:
    (tmp_path / "my pager").write_text("cat > got; echo read\n", encoding="utf-8")
    assert shown_on(spawn("help formats", tmp_path, PAGER="sh 'my pager'")) == "read\r\n"
    got = (tmp_path / "got").read_text(encoding="utf-8")
    assert got == rendered(FORMATS, 80, colour=True)


@pytest.mark.parametrize(
    "pager", ["head -1", "true", "false"], ids=["one line", "nothing", "it fails"]
)
def test_a_pager_may_be_left_early(pager: str, tmp_path: Path) -> None:
    shown = seen(shown_on(spawn("help formats", tmp_path, PAGER=pager)))
    assert shown == ("File formats\n" if pager == "head -1" else "")


def test_without_the_pager_that_is_named_the_page_is_printed(tmp_path: Path) -> None:
    shown = shown_on(spawn("help formats", tmp_path, PAGER="no-such-pager -x"))
    assert "no-such-pager" in shown.splitlines()[0]
    assert shown.replace("\r\n", "\n").endswith(rendered(FORMATS, 80, colour=True))


@pytest.mark.parametrize(
    ("command", "last"),
    [
        pytest.param("help formats", FORMATS.splitlines()[-1], id="a page"),
        pytest.param("help fix", "In the manual: ", id="a command"),
    ],
)
@pytest.mark.skipif(not shutil.which("less"), reason="there is no less")
def test_less_shows_a_long_page_screen_by_screen(command: str, last: str, tmp_path: Path) -> None:
    child = spawn(command, tmp_path, PAGER="less")
    child.expect_exact(":")
    assert last not in str(child.before)
    child.sendintr()  # ends a search in less, and nothing else
    child.send("q")
    shown_on(child)


@pytest.mark.skipif(not shutil.which("less"), reason="there is no less")
@pytest.mark.parametrize("options", ["", "-i"], ids=["no options", "other options"])
def test_less_shows_styles_whatever_its_variable_says(options: str, tmp_path: Path) -> None:
    child = spawn("help formats", tmp_path, PAGER="less", LESS=options)
    child.expect_exact(":")
    assert "ESC" not in str(child.before)
    assert "\x1b[1;4mFile formats" in str(child.before)
    child.send("q")
    shown_on(child)


@pytest.mark.skipif(not shutil.which("less"), reason="there is no less")
@pytest.mark.parametrize("command", ["help", "help safety"], ids=["all pages", "a short page"])
def test_what_fits_on_a_screen_is_printed(command: str, tmp_path: Path) -> None:
    child = spawn(command, tmp_path, PAGER="less")
    child.setwinsize(24 if command == "help" else 80, 80)
    assert len(shown_on(child).splitlines()) > 10


def test_an_empty_variable_means_no_pager() -> None:
    assert pager.named({"PAGER": " "}) == ""


def test_less_is_the_usual_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    for found, wanted in (("/bin/less", "less -R"), (None, "")):
        monkeypatch.setattr(shutil, "which", lambda _, found=found: found)
        assert pager.named({}) == wanted


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
    code, out, err = run("help", *words, cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out.startswith(run(*words, "--help", cwd=tmp_path)[1])
    assert re.search(r"\n\nIn the manual: cleaner help commands(?:, cleaner help [\w-]+)*\n\Z", out)


@pytest.mark.parametrize(
    ("command", "pages"),
    [
        pytest.param("ignore", ["suppress"], id="one page"),
        pytest.param("fix", ["reports", "formats"], id="two pages"),
        pytest.param("help", [], id="no page"),
    ],
)
def test_help_of_a_command_names_the_pages_about_it(command: str, pages: list[str]) -> None:
    text = (MANUAL / "commands.md").read_text(encoding="utf-8")
    assert help_module.topics_about(command, text) == pages


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
            ["exit", "codes"],
            "cleaner: there is no topic and no command “exit codes”; see `cleaner help commands`",
            id="a heading",
        ),
        pytest.param(
            ["baseline"],
            "cleaner: there is no topic and no command “baseline”; see `cleaner help glossary`",
            id="a word of the glossary",
        ),
        pytest.param(
            ["reviewing"],
            "cleaner: there is no topic and no command “reviewing”; did you mean `review`?",
            id="an old name",
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
