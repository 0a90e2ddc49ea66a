"""Every command with a file of every format: places, reports that are replayed, patches, refusals.

The files are those of `tests.cli.samples`, with the same article in each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.cli.samples import files
from tests.command import USUAL, run

DAMAGED = files("Marwin", ("Mar", "win"))
CLEAN = files("Ma Yun", ("Ma", " Yun"))
CONTAINERS = ("a.docx", "a.epub")
TEXTS = [name for name in DAMAGED if name not in CONTAINERS]
MEMBERS = {"a.docx": "word/document.xml"}  # of the member that places do not name
FIELDS = '[fields]\n"*" = ["text"]\n"*.json" = ["[].text"]\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return filled(tmp_path)


def filled(folder: Path) -> Path:
    """Write all files, and a configuration that names their fields, into a folder."""
    for name, data in DAMAGED.items():
        (folder / name).write_bytes(data)
    (folder / "cleaner.toml").write_text(FIELDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what only reads."""
    return filled(tmp_path_factory.mktemp("all"))


@cache
def checked(folder: Path, form: str) -> str:
    """Return what `cleaner check` says of all files."""
    code, out, err = run("check", *DAMAGED, "--format", form, cwd=folder)
    assert code == 1, err
    assert err.endswith(f"{len(DAMAGED)} files: {2 * len(DAMAGED)} fixes\n")
    return out


def places(folder: Path, name: str) -> list[str]:
    """Return the places of all findings in a file, as they are printed."""
    out = checked(folder, "text").splitlines()
    return [line.split(": ")[0] for line in out if line.startswith(f"{name}:")]


# --- in place


def test_what_fix_writes(here: Path) -> None:
    """Each file becomes what it would be if nothing had been wrong."""
    code, _, err = run("fix", *DAMAGED, cwd=here)
    assert code == 0, err
    for name in DAMAGED:
        assert f"{name}: 2 fixes by 1 rule\n" in err
        assert contents(here / name) == contents_of(CLEAN[name], here), name
    left = {path.name for path in here.iterdir()} - {*DAMAGED, "cleaner.toml", "other"}
    assert left == {f"{name}.orig" for name in CONTAINERS}


@pytest.mark.parametrize("name", [*CONTAINERS, "a.html"])
def test_a_filter_writes_the_same(name: str, here: Path) -> None:
    """`fix - --stdin-filename` gives the bytes that `fix` puts in place."""
    run("fix", name, cwd=here)
    command = [sys.executable, "-m", "cleaner", "fix", "-", "--stdin-filename", name]
    data = DAMAGED[name]
    done = subprocess.run(command, cwd=here, env=USUAL, input=data, capture_output=True, check=True)
    assert done.stdout == (here / name).read_bytes()


def test_the_hook_writes_the_same(here: Path) -> None:
    command = [sys.executable, "-m", "cleaner.hook", *DAMAGED]
    done = subprocess.run(command, cwd=here, env=USUAL, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stdout.decode().count("Marwin -> Ma Yun") == 2 * len(DAMAGED)
    for name in DAMAGED:
        assert contents(here / name) == contents_of(CLEAN[name], here), name


def contents(path: Path) -> dict[str, bytes]:
    """Return the contents of a file; of the members, if it is a container."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents_of(data: bytes, folder: Path) -> dict[str, bytes]:
    """Return the contents that a file of these bytes has."""
    path = folder / "other"
    path.write_bytes(data)
    return contents(path)


# --- places


@pytest.mark.parametrize("name", DAMAGED)
def test_every_place_can_be_explained(name: str, folder: Path) -> None:
    found = places(folder, name)
    assert len(found) == 2
    code, out, err = run("explain", found[1], cwd=folder)
    assert code == 0, err
    assert out.startswith(f"{found[1]}: names/people/ma-yun: Marwin -> Ma Yun\n    acts")


def test_every_place_can_be_ignored(here: Path, folder: Path) -> None:
    """Then nothing is found any more, and entries that are idle are named."""
    for place in [place for name in DAMAGED for place in places(folder, name)]:
        code, _, err = run("ignore", place, cwd=here)
        assert code == 0, err
    assert run("check", *DAMAGED, cwd=here) == (0, "", f"{len(DAMAGED)} files: nothing found\n")
    for name, data in CLEAN.items():
        (here / name).write_bytes(data)
    code, _, err = run("check", *DAMAGED, cwd=here)
    assert code == 0
    idle = "suppresses nothing: names/people/ma-yun finds nothing in"
    assert err.count(idle) == 2 * len(DAMAGED)


# --- reports that are replayed


def replayed(source: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a source with edits, each with where it begins and ends."""
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


@pytest.mark.parametrize("name", DAMAGED)
def test_the_edits_in_json_make_the_cleaned_file(name: str, folder: Path) -> None:
    files_ = json.loads(checked(folder, "json"))["files"]
    (file,) = [file for file in files_ if file["path"] == name]
    edits: dict[str, list[tuple[int, int, str]]] = {}
    for edit in [edit for finding in file["findings"] for edit in finding["edits"]]:
        member = MEMBERS.get(edit.get("member"), edit.get("member", MEMBERS.get(name, "")))
        edits.setdefault(member, []).append((edit["start"], edit["end"], edit["text"]))
    wanted = contents_of(CLEAN[name], folder)
    for member, before in contents(folder / name).items():
        after = replayed(before.decode(), edits.pop(member, []))
        assert after == wanted[member].decode()
    assert not edits


@pytest.mark.parametrize("name", TEXTS)
def test_the_fixes_in_sarif_make_the_cleaned_file(name: str, folder: Path) -> None:
    (log,) = json.loads(checked(folder, "sarif"))["runs"]
    source = DAMAGED[name].decode()
    edits = []
    for result in log["results"]:
        if result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] != name:
            continue
        (fix,) = result["fixes"]
        (change,) = fix["artifactChanges"]
        assert change["artifactLocation"]["uri"] == name
        for replacement in change["replacements"]:
            region = replacement["deletedRegion"]
            text = replacement.get("insertedContent", {"text": ""})["text"]
            start = region["charOffset"]
            assert start == offset(source, region["startLine"], region["startColumn"])
            edits.append((start, start + region["charLength"], text))
    assert replayed(source, edits) == CLEAN[name].decode()


def offset(text: str, line: int, column: int) -> int:
    """Return where a place is, in code points, in a text whose lines end in LF or CR LF."""
    return sum(len(each) for each in text.split("\n")[: line - 1]) + line - 1 + column - 1


@pytest.mark.parametrize("name", TEXTS)
def test_the_suggestions_in_rdjson_make_the_cleaned_file(name: str, folder: Path) -> None:
    assert by_rdjson(DAMAGED[name], name, checked(folder, "rdjson")) == CLEAN[name]


def by_rdjson(data: bytes, name: str, report: str) -> bytes:
    """Return the bytes of a file after what is suggested in rdjson, in lines and columns."""
    lines = [len(line) + 1 for line in data.split(b"\n")]

    def place(position: dict[str, int]) -> int:
        return sum(lines[: position["line"] - 1]) + position["column"] - 1

    edits = []
    for diagnostic in json.loads(report)["diagnostics"]:
        if diagnostic["location"]["path"] == name and diagnostic["severity"] == "ERROR":
            (suggestion,) = diagnostic["suggestions"]
            start, end = map(place, suggestion["range"].values())
            edits.append((start, end, suggestion["text"].encode()))
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text + data[end:]
    return data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8", "cp949"])
def test_rdjson_counts_as_if_the_file_were_in_utf_8(encoding: str, tmp_path: Path) -> None:
    mark = "" if encoding == "cp949" else "\ufeff"
    text = f"{mark}뉴스 {{0}} said. Alibaba’s {{0}}.\r\n\r\n가 {{0}} said.\r\n"
    before, after = (text.format(who).encode() for who in ("Marwin", "Ma Yun"))
    (tmp_path / "a.txt").write_bytes(before.decode().encode(encoding))
    args = ("check", "a.txt", "--format", "rdjson", "--encoding", encoding)
    code, out, err = run(*args, cwd=tmp_path)
    assert code == 1, err
    assert by_rdjson(before, "a.txt", out) == after


@pytest.mark.parametrize("name", CONTAINERS)
def test_nothing_is_to_be_replaced_in_the_bytes_of_a_container(name: str, folder: Path) -> None:
    lines = [line for form in ("sarif", "rdjson") for line in checked(folder, form).splitlines()]
    about = [line for line in lines if f'"{name}"' in line]
    assert len(about) == 4
    for line in about:
        assert "Marwin -> Ma Yun" in line
        assert not any(f'"{key}"' in line for key in ("fixes", "suggestions", "region", "range"))


# --- patches

TOOLS = (["patch", "-p1", "--quiet"], ["git", "apply", "--whitespace=nowarn"])


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool[0])
def test_a_difference_is_a_patch(tool: list[str], here: Path) -> None:
    apply(here, tool, *TEXTS)
    for name in TEXTS:
        assert (here / name).read_bytes() == CLEAN[name], name


def apply(folder: Path, tool: list[str], *args: str) -> None:
    """Apply what `cleaner fix --diff` prints with another program."""
    command = [sys.executable, "-m", "cleaner", "fix", "--diff", *args]
    patch = subprocess.run(command, cwd=folder, env=USUAL, capture_output=True, check=True).stdout
    assert patch
    done = subprocess.run(tool, cwd=folder, input=patch, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_difference_of_a_container_is_that_of_its_text(here: Path) -> None:
    code, out, _ = run("fix", "--diff", *CONTAINERS, cwd=here)
    assert code == 0
    changed = [line for line in out.splitlines() if line[:1] in {"-", "+"}]
    texts = [
        "-Alibaba’s founder Marwin fell.",
        "+Alibaba’s founder Ma Yun fell.",
        "-“Alibaba rose,” Marwin said.",
        "+“Alibaba rose,” Ma Yun said.",
    ]
    (one, two) = ([f"--- a/{name}", f"+++ b/{name}", *texts] for name in CONTAINERS)
    assert changed == [*one, *two]
    for name in CONTAINERS:
        assert (here / name).read_bytes() == DAMAGED[name]


# --- what is no file of its format

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html>'
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
NO_ZIP = "this is not a zip file, as .docx and .epub are; correct the ending of its name"
BAD = {
    "pdf.docx": (b"%PDF-1.7\n", f": left alone: {NO_ZIP}"),
    "page.epub": (DAMAGED["a.html"], f": left alone: {NO_ZIP}"),
    "empty.docx": (b"", f": left alone: {NO_ZIP}"),
    "book.docx": (DAMAGED["a.epub"], ": left alone: it is no DOCX"),
    "word.epub": (DAMAGED["a.docx"], ": left alone: this is no EPUB"),
    "cut.epub": (DAMAGED["a.epub"][:-1], ": left alone: this is not a zip file, or its end is"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, ": left alone: it is encrypted, or an"),
    "binary.srt": (bytes(range(256)), ": left alone: this is not text (there is a NUL byte at"),
    "meta.html": ("<meta charset=euc-kr>caf\xe9 ’".encode(), ": left alone: byte 0x"),
    "utf7.html": (b"<meta charset=utf-7>Marwin", ": left alone: it declares the encoding “utf-7”"),
    "utf16.html": (PAGE.encode("utf-16-le"), ": left alone: this looks like UTF-16 without"),
    "header.po": (
        DAMAGED["a.po"].replace(b"UTF-8", b"nosuch"),
        ": left alone: it declares the encoding “nosuch”",
    ),
    "surrogate.json": (b'{"text": "\xed\xa0\x80"}', ": left alone: byte 0xED at offset 10"),
    "surrogate.xhtml": (PAGE.format("&#xD800;").encode(), ":1:53: left alone: this is not well-"),
    "open.xhtml": (PAGE.format("<b>").encode(), ":1:58: left alone: this is not well-formed"),
    "open.json": (b'[{"text":\n"Marwin', ":2:1: left alone: this is not JSON: unterminated"),
    "open.jsonl": (b'{"text": "a"}\n{"text"', ":2:8: left alone: this is not JSON: expecting"),
    "open.csv": (b'text\n"Marwin', ":2:1: left alone: this quotation mark is not closed"),
    "open.po": (b'msgid "a"\nmsgstr "Marwin', ":2:8: left alone: this string has no closing"),
    "grows.xhtml": (
        f'<!DOCTYPE html [<!ENTITY a0 "a">{ENTITIES}]>{PAGE.format("&a11;")}'.encode(),
        ":1:",
    ),
    "no.srt": (b"Marwin\n", ":1:1: left alone: no line has timings"),
    "no.vtt": (b"Marwin\n", ":1:1: left alone: the first line has to begin with WEBVTT"),
    "no.ass": (b"Marwin\n", ":1:1: left alone: there is no section [Events]"),
    "deep.xliff": (b"<xliff>" + b"<a>" * 100_000, ":1:"),
    "deep.json": (b"[" * 100_000, ":1:1: left alone: arrays or objects are too deep"),
}


def test_each_bad_file_is_refused_in_one_line(here: Path) -> None:
    """It says what is wrong, and where if there is a place; all others are cleaned."""
    for name, (data, _) in BAD.items():
        (here / name).write_bytes(data)
    code, out, err = run("fix", *BAD, "a.txt", cwd=here)
    assert (code, out) == (3, "")
    *lines, total = err.splitlines()
    assert total == f"{len(BAD) + 1} files: 1 changed, 0 files already clean, {len(BAD)} left alone"
    for line, (name, (data, said)) in zip(lines, BAD.items(), strict=False):
        assert line.startswith(f"{name}{said}")
        assert ": left alone: " in line
        assert "; " in line or "--encoding" in line
        assert (here / name).read_bytes() == data
    assert lines[len(BAD) :] == ["a.txt: 2 fixes by 1 rule"]
