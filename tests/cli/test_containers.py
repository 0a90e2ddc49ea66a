"""Books and office files on the command line: the copy that is kept, odd names, the review."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.samples import archive, files
from tests.command import DAMAGED as SENTENCE
from tests.command import run

DAMAGED = files("Marwin", ("Mar", "win"))
NAMES = ("a.docx", "a.epub")


# --- the copy that is kept


def git(*args: str, cwd: Path) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *args], cwd=cwd, check=True, capture_output=True)


def without_git(_: Path) -> None:
    """Leave the folder as it is."""


def untracked(folder: Path) -> None:
    git("init", "-q", cwd=folder)


def tracked(folder: Path) -> None:
    git("init", "-q", cwd=folder)
    git("add", "*", cwd=folder)
    git("commit", "-q", "-m", "all", cwd=folder)


def ignored(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.docx\n*.epub\n", encoding="utf-8")
    git("init", "-q", cwd=folder)


KEPT = {f"{name}.orig": DAMAGED[name] for name in NAMES}
COPIES = [
    pytest.param(without_git, [], KEPT, id="without git"),
    pytest.param(untracked, [], KEPT, id="not tracked"),
    pytest.param(ignored, [], KEPT, id="ignored"),
    pytest.param(tracked, [], {}, id="tracked"),
    pytest.param(without_git, ["--no-backup"], {}, id="none is wanted"),
    pytest.param(untracked, ["--check"], {}, id="nothing is written"),
    pytest.param(without_git, ["--diff"], {}, id="the difference"),
    pytest.param(without_git, ["-o", "new/"], {}, id="copies elsewhere"),
    pytest.param(
        tracked,
        ["--backup"],
        {f"{name}.orig": DAMAGED[name] for name in (*NAMES, "a.srt")},
        id="wanted of all",
    ),
]


@pytest.mark.parametrize(("prepare", "args", "kept"), COPIES)
def test_a_container_that_git_does_not_know_is_kept(
    prepare: Callable[[Path], None], args: list[str], kept: dict[str, bytes], tmp_path: Path
) -> None:
    for name in (*NAMES, "a.srt"):
        (tmp_path / name).write_bytes(DAMAGED[name])
    prepare(tmp_path)
    code, _, err = run("fix", *NAMES, "a.srt", *args, cwd=tmp_path)
    assert code == (1 if "--check" in args else 0), err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.orig*")} == kept


def test_a_container_in_which_nothing_changes_is_not_kept(tmp_path: Path) -> None:
    for name, data in files("Ma Yun", ("Ma", " Yun")).items():
        (tmp_path / name).write_bytes(data)
    assert run("fix", *NAMES, cwd=tmp_path)[0] == 0
    assert not [*tmp_path.glob("*.orig")]


# --- odd names of members

XHTML = "http://www.w3.org/1999/xhtml"
ODD = [
    pytest.param("a:1.xhtml", "a:1.xhtml", id="a colon"),
    pytest.param("../../a.xhtml", "../../a.xhtml", id="out of the book"),
    pytest.param("/etc/a.xhtml", "/etc/a.xhtml", id="absolute"),
    pytest.param("a b.xhtml", "a b.xhtml", id="a space"),
    pytest.param("12", "12", id="a number"),
    pytest.param("장.xhtml", "장.xhtml", id="Hangul"),
    pytest.param("a\x1b[2J.xhtml", "a<U+001B>[2J.xhtml", id="ESC"),
    pytest.param("a\nb.xhtml", "a<U+000A>b.xhtml", id="LF"),
    pytest.param("a\u202eb.xhtml", "a<U+202E>b.xhtml", id="a bidi control"),
    pytest.param("a\x9b31m.xhtml", "a<U+009B>31m.xhtml", id="a C1 control"),
]


def book(name: str, chapter: str = "") -> bytes:
    """Return a book with one chapter of this name."""
    from urllib.parse import quote

    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f'<item id="c" href="{quote(name)}" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="c"/></spine></package>'
    )
    page = f'<html xmlns="{XHTML}"><body>\n<p>{chapter or SENTENCE}</p></body></html>'
    return archive({"META-INF/container.xml": container, "book.opf": package, name: page})


@pytest.mark.parametrize(("name", "shown"), ODD)
def test_a_member_of_any_name_has_a_place(name: str, shown: str, tmp_path: Path) -> None:
    """It controls no terminal, and the place can be given back as it is shown."""
    (tmp_path / "a.epub").write_bytes(book(name))
    code, out, err = run("check", "--format", "concise", "a.epub", cwd=tmp_path)
    assert code == 1, err
    place = f"a.epub:{shown}:2:22"
    assert out.startswith(f"{place}: fix names/people/ma-yun: Marwin -> Ma Yun ")
    assert out.count("\n") == 1
    code, out, err = run("explain", place, cwd=tmp_path)
    assert out.startswith(f"{place}: names/people/ma-yun: "), err
    code, _, err = run("ignore", place, cwd=tmp_path)
    assert code == 0, err
    assert run("check", "a.epub", cwd=tmp_path)[0] == 0


@pytest.mark.parametrize("form", ["text", "sarif", "rdjson", "github", "gitlab"])
def test_no_report_of_an_odd_member_controls_a_terminal(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(book("a\x1b[2J\n::error::\u202e\x9b.xhtml"))
    code, out, err = run("check", "a.epub", "--format", form, cwd=tmp_path)
    assert code == 1, err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err)
    if form in {"sarif", "rdjson", "gitlab"}:
        json.loads(out)
    elif form == "github":
        assert out.count("\n") == 1


@pytest.mark.parametrize("chapter", ["<p>", "&no;", "a\x01b", "</div>"], ids=ascii)
def test_a_refusal_of_an_odd_member_controls_no_terminal(chapter: str, tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(book("a\x1b[2J\n\u202e.xhtml", chapter))
    code, out, err = run("fix", "a.epub", cwd=tmp_path)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert err.startswith("a.epub:a<U+001B>[2J<U+000A><U+202E>.xhtml:2:")


# --- the review


def test_a_name_found_in_a_book_is_accepted_and_cleaned(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    names = "canonical\tkind\tzh\nGao Honghao\tperson\t高宏浩\n"
    (tmp_path / "own.tsv").write_text(names, encoding="utf-8")
    sentence = "Taobao belongs to {}, he said. [AP=연합뉴스]"
    docx = files(sentence.format("Gohonghao"), ("Mar", "win"))["a.docx"]
    (tmp_path / "a.docx").write_bytes(docx)
    (tmp_path / "a.epub").write_bytes(book("c.xhtml", sentence.format("Go<b>honghao</b>")))
    code, out, err = run("suggest", "--names", "own.tsv", *NAMES, cwd=tmp_path)
    assert code == 0, err
    assert "Gao Honghao (gao-honghao)" in out
    assert "    a.docx:1:37: " in out
    assert "    a.epub:c.xhtml:2:22: " in out
    code, _, err = run("accept", "gao-honghao", cwd=tmp_path)
    assert code == 0, err
    code, _, err = run("fix", *NAMES, cwd=tmp_path)
    assert code == 0, err
    for name in NAMES:
        _, out, err = run("check", name, cwd=tmp_path)
        assert "Gohonghao" not in out + err
        assert f"{name}: " in err or "nothing found" in err
