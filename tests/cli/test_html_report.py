"""Reports that go into a file, and the page of `check` and `fix --diff`, as users meet them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import html5lib
import pytest

from cleaner.cli.help import MANUAL
from cleaner.reports import forms
from tests.command import CLEAN, DAMAGED, run

PAGE = ("--format", "html")
DIFF = ("fix", "--diff", *PAGE)
CHECK = ("check", *PAGE)
BOTH = [pytest.param(CHECK, id="check"), pytest.param(DIFF, id="fix --diff")]
NASTY = "<script>alert(1)<\N{FULLWIDTH SOLIDUS}script>\x1b.txt"


def is_page(text: str) -> bool:
    html5lib.HTMLParser(strict=True).parse(text)
    return text.startswith("<!DOCTYPE html>\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a damaged file, a clean one, and one that is no text."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / NASTY).write_text(DAMAGED, encoding="utf-8")
    (articles / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (articles / "page.html").write_text(f'<p lang="en"><b>x</b> {DAMAGED}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", BOTH)
def test_a_page_on_stdout_and_in_a_file_is_the_same(command: tuple[str, ...], folder: Path) -> None:
    wanted = 1 if command == CHECK else 0
    code, out, err = run(*command, "articles", cwd=folder)
    assert (code, is_page(out)) == (wanted, True)
    assert "&lt;script&gt;alert(1)&lt;" in out
    assert "<script" not in out
    assert "<del>Marwin</del>" in out
    assert "Ma Yun" in out
    assert run(*command, "-o", "-", "articles", cwd=folder) == (code, out, err)
    code, nothing, said = run(*command, "-o", "report.html", "articles", cwd=folder)
    assert (code, nothing) == (wanted, "")
    assert (folder / "report.html").read_bytes() == out.encode()
    assert set(said.splitlines()) == {*err.splitlines(), "report.html: written"}
    assert (folder / "articles" / NASTY).read_text(encoding="utf-8") == DAMAGED


@pytest.mark.parametrize("command", BOTH)
def test_several_processes_give_the_same_page(command: tuple[str, ...], folder: Path) -> None:
    one = run(*command, "--jobs", "1", "articles", cwd=folder)
    assert run(*command, "--jobs", "2", "articles", cwd=folder) == one


@pytest.mark.parametrize("command", BOTH)
def test_a_page_in_the_folder_is_not_reported(command: tuple[str, ...], folder: Path) -> None:
    report = folder / "articles" / "report.html"
    first = run(*command, "-o", report, "articles", cwd=folder)
    page = report.read_bytes()
    before = report.stat()
    again = run(*command, "-o", report, "articles", cwd=folder)
    assert again[2] == first[2].replace(": written", ": already up to date")
    assert (report.read_bytes(), report.stat().st_mtime_ns) == (page, before.st_mtime_ns)
    # Nor is an old one cleaned, which lies there under another name.
    report.rename(folder / "articles" / "old.html")
    assert run("fix", "articles", cwd=folder)[0] == 0
    assert (folder / "articles" / "old.html").read_bytes() == page
    assert run("check", "articles/old.html", cwd=folder)[2] == "1 file: nothing found\n"


@pytest.mark.parametrize("command", BOTH)
def test_files_that_are_left_alone_are_named_and_count(
    command: tuple[str, ...], folder: Path
) -> None:
    (folder / "articles" / "zero.txt").write_bytes(b"\0")
    code, out, _ = run(*command, "articles", cwd=folder)
    assert code == 3
    assert "zero.txt: this is not text" in out.replace("<wbr>", "")


@pytest.mark.parametrize("command", BOTH)
def test_stdin(command: tuple[str, ...], tmp_path: Path) -> None:
    args = (*command, "-o", "report.html", "--stdin-filename", "a.html", "-")
    code, out, _ = run(*args, cwd=tmp_path, stdin=f"<p>{DAMAGED}".encode())
    assert (code, out) == (1 if command == CHECK else 0, "")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert is_page(page)
    assert "<h1>Cleaning report: a.html</h1>" in page
    assert "&lt;p&gt;" not in page


def test_suggestions_that_are_applied_are_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Alibaba told shops to leave Jingdong.", encoding="utf-8")
    shown = run(*DIFF, "--level", "suggest", "a.txt", cwd=tmp_path)[1]
    assert "<h1>" in shown
    assert "<p>Alibaba told shops to leave <ins>JD.com</ins>.</p>" in shown
    shown = run(*DIFF, "a.txt", cwd=tmp_path)[1]
    assert '<mark class="suggest">Jingdong</mark>' in shown
    assert "JD.com.</p>" not in shown


def test_what_a_baseline_knows_is_not_in_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{DAMAGED}\n", encoding="utf-8")
    run("check", "--baseline", "known.json", "--write-baseline", "a.txt", cwd=tmp_path)
    path.write_text(f"{DAMAGED}\n\nOf Alibaba: Antgroup.\n", encoding="utf-8")
    code, out, _ = run(*CHECK, "--baseline", "known.json", "a.txt", cwd=tmp_path)
    assert code == 1
    assert "<ins>Ant Group</ins>" in out
    assert "<del>Marwin</del>" not in out


@pytest.mark.parametrize("form", ["text", "json", "sarif", "rdjson", "github", "gitlab"])
def test_every_form_goes_into_a_file(form: str, folder: Path) -> None:
    code, out, err = run("check", "--format", form, "articles", cwd=folder)
    done = run("check", "--format", form, "-o", "report", "articles", cwd=folder)
    assert done == (code, "", f"report: written\n{err}")
    assert (folder / "report").read_bytes() == out.encode(errors="surrogateescape")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(
            (*CHECK, "-o", "articles", "articles"),
            "--output articles: this is a folder; name a file in it",
            id="a folder",
        ),
        pytest.param((*CHECK, "-o", "", "articles"), "--output is empty; name a file", id="empty"),
        pytest.param(
            (*CHECK, "-o", "articles/page.html", "articles/page.html"),
            "--output articles/page.html: the report would take the place of a file to be read; "
            "choose another name",
            id="a file to be read",
        ),
        pytest.param(
            (*DIFF, "-o", "./articles/../articles/page.html", "articles/page.html"),
            "--output articles/../articles/page.html: the report would take the place of a file to"
            " be read; choose another name",
            id="the same by another name",
        ),
        pytest.param(
            ("check", "--write-baseline", "--baseline", "b", "-o", "report", "articles"),
            "--write-baseline shows nothing; leave --output out",
            id="a baseline",
        ),
        pytest.param(("fix", *PAGE, "articles"), "--format html goes with --diff", id="no diff"),
        pytest.param(
            ("fix", "--diff", "-o", "report.html", "articles"),
            "--diff and --output exclude each other",
            id="a diff in a file",
        ),
        pytest.param(
            (*DIFF, "--stdout", "articles"), "--diff and --stdout exclude each other", id="--stdout"
        ),
        pytest.param(
            (*DIFF, "--force", "articles"),
            "--force goes with -o",
            id="--force",
        ),
    ],
)
def test_what_makes_no_sense(args: tuple[str, ...], said: str, folder: Path) -> None:
    before = (folder / "articles" / "page.html").read_bytes()
    assert run(*args, cwd=folder) == (2, "", f"cleaner: {said}\n")
    assert (folder / "articles" / "page.html").read_bytes() == before


@pytest.mark.parametrize("command", BOTH)
@pytest.mark.parametrize(
    "kind", ["read-only", "hard links", "a link out of the tree", "no such folder"]
)
def test_a_report_that_cannot_be_written(
    kind: str, command: tuple[str, ...], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report = folder / "report.html"
    old = tmp_path_factory.mktemp("elsewhere") / "old.html"
    match kind:
        case "read-only":
            report.write_text("old", encoding="utf-8")
            report.chmod(0o444)
        case "hard links":
            report.write_text("old", encoding="utf-8")
            os.link(report, folder / "other.html")
        case "a link out of the tree":
            old.write_text("old", encoding="utf-8")
            report.symlink_to(old)
        case "no such folder":
            report = folder / "missing" / "report.html"
    (folder / ".git").mkdir()
    code, out, err = run(*command, "-o", report, "articles", cwd=folder)
    assert (code, out) == (3, "")
    assert "report.html: " in err
    assert not report.exists() or report.read_text(encoding="utf-8") == "old"
    assert not [*folder.rglob("*.cleaner-tmp")]


def test_a_page_replaces_a_read_only_file_if_it_is_forced_to(folder: Path) -> None:
    report = folder / "report.html"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o444)
    assert run(*DIFF, "--force", "-o", report, "articles", cwd=folder)[0] == 0
    assert is_page(report.read_text(encoding="utf-8"))


def test_the_manual_lists_every_form() -> None:
    manual = (MANUAL / "reports.md").read_text(encoding="utf-8").partition("\nLevels have ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` ", manual, re.MULTILINE)) == sorted(forms.names())
