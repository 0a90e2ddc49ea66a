"""Baselines: what they hold back, what they let through, what they say, and that they are read
strictly.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.findings import Finding
from cleaner.errors import UsageError
from cleaner.project.baseline import Baseline, Known, counted, parse_baseline
from cleaner.text.edits import Span
from tests.command import run

MARWIN = Known("n/ma", "Marwin", "Ma Yun")
COMMA = Known("p/c", ",", "")


def found(*what: Known) -> list[Finding]:
    return [
        Finding((rule,), "fix", Span(at, at + 1), old, new, "m")
        for at, (rule, old, new) in enumerate(what)
    ]


def everything(_: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("known", "now", "new"),
    [
        pytest.param({}, [MARWIN], [0], id="nothing known"),
        pytest.param({"a": {MARWIN: 1}}, [MARWIN], [], id="known"),
        pytest.param({"a": {MARWIN: 1}}, [COMMA, MARWIN, COMMA], [0, 2], id="others count"),
        pytest.param(
            {"a": {MARWIN: 2}}, [MARWIN, COMMA, MARWIN, MARWIN], [1, 3], id="the third counts"
        ),
        pytest.param({"b": {MARWIN: 9}}, [MARWIN], [0], id="known of another file"),
        pytest.param({"a": {MARWIN._replace(rule="n/b"): 9}}, [MARWIN], [0], id="another rule"),
        pytest.param(
            {"a": {MARWIN._replace(before="Mar-win"): 9}}, [MARWIN], [0], id="another text"
        ),
        pytest.param(
            {"a": {MARWIN._replace(after="Jack Ma"): 9}}, [MARWIN], [0], id="another replacement"
        ),
    ],
)
def test_what_counts(known: dict[str, dict[Known, int]], now: list[Known], new: list[int]) -> None:
    assert [finding.span.start for finding in Baseline(known).unknown("a", found(*now))] == new


@pytest.mark.parametrize(
    ("now", "asked", "gone"),
    [
        pytest.param({"a": [MARWIN, MARWIN, COMMA]}, "np", 0, id="all there"),
        pytest.param({"a": [MARWIN, COMMA, COMMA]}, "np", 1, id="one of two"),
        pytest.param({"a": []}, "np", 2, id="all gone"),
        pytest.param({"a": []}, "p", 1, id="a rule that was not asked"),
        pytest.param({"b": []}, "np", 0, id="a file that was not looked at"),
    ],
)
def test_what_is_gone(now: dict[str, list[Known]], asked: str, gone: int) -> None:
    known = Baseline({"a": {MARWIN: 2, COMMA: 1}})
    counts = {path: counted(found(*what)) for path, what in now.items()}
    assert known.gone(counts, lambda rule: rule[0] in asked) == gone


def test_renewing_keeps_what_was_not_looked_at() -> None:
    known = Baseline({"a": {MARWIN: 2, COMMA: 1}, "b": {MARWIN: 1}})
    joined = Known("n/ma + p/c", "x", "y")
    now = {"a": counted(found(MARWIN))}
    assert known.renewed(now, everything).files == {"a": {MARWIN: 1}, "b": {MARWIN: 1}}
    assert known.renewed(now, lambda rule: rule == "n/ma").files == {
        "a": {MARWIN: 1, COMMA: 1},
        "b": {MARWIN: 1},
    }
    both = Baseline({"a": {joined: 1}})
    assert both.renewed(now, lambda rule: rule == "n/ma").files == {"a": {MARWIN: 1, joined: 1}}


TEXTS = st.text(
    st.sampled_from('a"\\{,마😀\n\r\t\x00\x1b\u200b\u202e\ufeff\U000e0041\udcff'), max_size=5
)
COUNTS = st.dictionaries(
    st.builds(Known, TEXTS, TEXTS, TEXTS), st.integers(1, 3), min_size=1, max_size=3
)


@given(st.dictionaries(TEXTS, COUNTS, max_size=3))
def test_what_is_written_can_be_read(known: dict[str, dict[Known, int]]) -> None:
    written = str(Baseline(known))
    assert parse_baseline(written.encode(), "known.json").files == known
    assert not set(written) & set("\r\t\x00\x1b\u200b\u202e\ufeff\U000e0041")
    assert str(Baseline(dict(reversed(known.items())))) == written


def test_one_line_a_sort_in_order() -> None:
    assert (
        str(Baseline({"b": {COMMA: 1}, "a": {COMMA: 3, MARWIN: 2}, "c": {}}))
        == """{
  "version": 1,
  "files": {
    "a": [
      {"rule": "n/ma", "before": "Marwin", "after": "Ma Yun", "count": 2},
      {"rule": "p/c", "before": ",", "after": "", "count": 3}
    ],
    "b": [
      {"rule": "p/c", "before": ",", "after": "", "count": 1}
    ]
  }
}
"""
    )
    assert str(Baseline()) == '{\n  "version": 1,\n  "files": {}\n}\n'


def listing(entry: str) -> bytes:
    return f'{{"version": 1, "files": {{"a.txt": [{entry}]}}}}'.encode()


GOOD = '{"rule": "r", "before": "b", "after": "a", "count": 1}'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"", "k.json:1:1: this is not JSON (Expecting value)", id="empty"),
        pytest.param(
            b'{"version": 1,\n "files": {,}}', "k.json:2:12: this is not JSON", id="broken"
        ),
        pytest.param(b"<<<<<<< HEAD\n", "k.json:1:1: this is not JSON", id="conflict"),
        pytest.param(b"\xff{}", "k.json: byte 0xFF at offset 0 is not UTF-8", id="encoding"),
        pytest.param(b"[" * 100_000, "k.json: this is not a baseline", id="depth"),
        pytest.param(b"1" * 5_000, "k.json: this is not a baseline", id="a number too long"),
        pytest.param(
            b"[]", 'k.json: a baseline has "version" and "files", and nothing else', id="list"
        ),
        pytest.param(b'{"version": 1}', 'k.json: a baseline has "version"', id="no files"),
        pytest.param(
            b'{"version": 1, "files": {}, "x": 1}',
            'k.json: a baseline has "version"',
            id="another key",
        ),
        pytest.param(b'{"version": 2, "files": {}}', 'k.json: "version" is not 1', id="version"),
        pytest.param(
            b'{"version": true, "files": {}}', 'k.json: "version" is not 1', id="version true"
        ),
        pytest.param(
            b'{"version": 1, "files": []}', 'k.json: "files" is not an object', id="files"
        ),
        pytest.param(
            b'{"version": 1, "version": 1, "files": {}}',
            'k.json: "version" is twice',
            id="twin keys",
        ),
        pytest.param(
            b'{"version": 1, "files": {"a\\u202e": 1}}',
            r'the value of "a\u202e" is not a list',
            id="no list",
        ),
        pytest.param(
            listing("1"), 'k.json: entry 1 of "a.txt" is not {"rule", "before"', id="no entry"
        ),
        pytest.param(
            listing(f"{GOOD}, {{}}"), 'k.json: entry 2 of "a.txt" is not {"rule"', id="empty entry"
        ),
        pytest.param(
            listing(GOOD.replace('"b"', "1")),
            'k.json: entry 1 of "a.txt" has a value',
            id="no text",
        ),
        pytest.param(
            listing(GOOD.replace("1", "0")),
            'entry 1 of "a.txt" has a "count" that is no',
            id="no count",
        ),
        pytest.param(
            listing(GOOD.replace("1", "1.0")), 'entry 1 of "a.txt" has a "count"', id="half a count"
        ),
        pytest.param(
            listing(GOOD.replace("1", "true")),
            'entry 1 of "a.txt" has a "count"',
            id="true as a count",
        ),
        pytest.param(
            listing(f"{GOOD}, {GOOD}"), 'entry 2 of "a.txt" repeats another one; add up', id="twins"
        ),
    ],
)
def test_malformed_baselines(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        parse_baseline(data, "k.json")
    assert what in str(raised.value)
    assert str(raised.value).endswith("; mend it, or delete it and use --write-baseline")
    (tmp_path / "k.json").write_bytes(data)
    if len(data) < 100:
        code, out, err = run("check", "--baseline", "k.json", "--write-baseline", ".", cwd=tmp_path)
        assert (code, out, err.count("\n"), err.startswith("cleaner: k.json:")) == (2, "", 1, True)
        assert (tmp_path / "k.json").read_bytes() == data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Alibaba: Marwin, Marwin.", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("Antgroup", encoding="utf-8")
    return tmp_path


WRITE = ("check", "--baseline", "known.json", "--write-baseline")
CHECK = ("check", "--baseline", "known.json")


def known_files(folder: Path) -> list[str]:
    return list(json.loads((folder / "known.json").read_text(encoding="utf-8"))["files"])


def test_an_old_repository_starts_with_what_it_has(folder: Path) -> None:
    code, out, err = run(*WRITE, ".", cwd=folder)
    assert (code, out, err.splitlines()[0]) == (
        0,
        "",
        "known.json: written; the findings in it no longer count",
    )
    assert err.splitlines()[-1] == "2 files: 3 fixes"
    assert run(*CHECK, ".", cwd=folder) == (
        0,
        "",
        "2 files: nothing found, 3 held back by the baseline\n",
    )
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Alibaba: Marwin, Marwin."


def test_it_survives_edits_elsewhere_and_lets_the_next_one_through(folder: Path) -> None:
    run(*WRITE, ".", cwd=folder)
    (folder / "a.txt").write_text(
        "New.\n\nAlibaba: Marwin and\r\nMarwin met Antgroup and Marwin.", encoding="utf-8"
    )
    code, out, err = run(*CHECK, ".", cwd=folder)
    assert (code, [line.split(": ")[0] for line in out.splitlines() if line[:1] != " "]) == (
        1,
        ["a.txt:4:12", "a.txt:4:25"],
    )
    assert err.splitlines()[-1] == "2 files: 2 fixes, 3 held back by the baseline"


def test_it_says_what_is_gone(folder: Path) -> None:
    run(*WRITE, ".", cwd=folder)
    (folder / "a.txt").write_text("Alibaba: Marwin, Ma Yun.", encoding="utf-8")
    said = "known.json: 1 entry is gone; write it again with --write-baseline"
    code, _, err = run(*CHECK, ".", cwd=folder)
    assert (code, said in err.splitlines()) == (0, True)
    assert "gone" not in run(*CHECK, "sub", cwd=folder)[2]
    assert "gone" not in run(*CHECK, "--select", "*/ant-group", ".", cwd=folder)[2]
    (folder / "sub" / "b.txt").unlink()
    assert "known.json: 2 entries are gone; write" in run(*CHECK, "a.txt", cwd=folder)[2]
    assert run(*WRITE, "a.txt", cwd=folder)[0] == 0
    assert known_files(folder) == ["a.txt"]
    assert "gone" not in run(*CHECK, ".", cwd=folder)[2]


def test_files_are_named_from_the_folder_of_the_baseline(folder: Path) -> None:
    run(*WRITE, folder / "sub", "./a.txt", cwd=folder)
    assert known_files(folder) == ["a.txt", "sub/b.txt"]
    assert run("check", "--baseline", "../known.json", "b.txt", cwd=folder / "sub")[0] == 0
    assert run("check", "--baseline", folder / "known.json", folder, cwd=Path("/"))[0] == 0
    named = ("check", "-", "--stdin-filename", "sub/b.txt", "--baseline", "known.json")
    assert run(*named, cwd=folder, stdin=b"Antgroup")[0] == 0
    assert run(*named, cwd=folder, stdin=b"Antgroup, Antgroup")[0] == 1


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "sarif", "rdjson"])
def test_what_is_held_back_is_in_no_report(form: str, folder: Path) -> None:
    run(*WRITE, "a.txt", cwd=folder)
    code, out, _ = run(*CHECK, "--format", form, ".", cwd=folder)
    assert (code, "Antgroup" in out, "Marwin" in out) == (1, True, False)


def test_reports_and_refused_files(folder: Path) -> None:
    (folder / "a.txt").write_text("Gwigi", encoding="utf-8")
    (folder / "zero.txt").write_bytes(b"\0")
    assert run(*WRITE, ".", cwd=folder)[0] == 3
    assert run(*CHECK, "--strict", "a.txt", "sub", cwd=folder)[0] == 0
    assert run(*CHECK, ".", cwd=folder)[0] == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(
            CHECK, "known.json: there is no such file; --write-baseline makes it", id="no file"
        ),
        pytest.param(
            ("check", "--write-baseline"),
            "--write-baseline goes with --baseline FILE",
            id="no name",
        ),
        pytest.param(
            ("check", "--baseline", "sub"), "sub: cannot be read (Is a directory)", id="a folder"
        ),
    ],
)
def test_wrong_usage(args: tuple[str, ...], said: str, folder: Path) -> None:
    assert run(*args, ".", cwd=folder) == (2, "", f"cleaner: {said}\n")


def test_stdin_needs_a_name(folder: Path) -> None:
    code, _, err = run(*CHECK, "-", cwd=folder, stdin=b"Antgroup")
    assert (code, err) == (
        2,
        "cleaner: --baseline knows files by their names; give --stdin-filename NAME with -\n",
    )


def test_an_article_is_never_overwritten_by_a_baseline(folder: Path) -> None:
    assert run("check", "--baseline", "a.txt", "--write-baseline", ".", cwd=folder)[0] == 2
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Alibaba: Marwin, Marwin."
