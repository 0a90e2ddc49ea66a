"""What people and programs are shown."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.findings import Finding
from cleaner.formats import plain
from cleaner.reports import diff
from cleaner.reports.forms import About, Entry, form
from cleaner.text.edits import Lines, Span
from cleaner.text.visible import shortened, visible

ABOUT = About({}, "1.0")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("plain é 마윈 😀", "plain é 마윈 😀", id="harmless"),
        pytest.param("\x1b[31m", "<U+001B>[31m", id="escape"),
        pytest.param("a\nb\tc\r", "a<U+000A>b<U+0009>c<U+000D>", id="C0"),
        pytest.param("\x7f\x9b", "<U+007F><U+009B>", id="DEL and C1"),
        pytest.param(
            "\u202e\u2066\u200b\ufeff", "<U+202E><U+2066><U+200B><U+FEFF>", id="bidi and zero width"
        ),
        pytest.param("\U000e0041", "<U+E0041>", id="tag"),
        pytest.param("\udc80", "<U+DC80>", id="byte of a file name"),
    ],
)
def test_screens_show_what_is_invisible(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@pytest.mark.parametrize(
    ("source", "finding", "line"),
    [
        pytest.param(
            "Oh\r\nMarwin",
            Finding(("n/ma",), "fix", Span(4, 10), "Marwin", "Ma Yun", "person"),
            "a.txt:2:1: fix n/ma: Marwin -> Ma Yun (person)",
            id="a name",
        ),
        pytest.param(
            "out,, which",
            Finding(("p/c",), "fix", Span(4, 5), ",", "", "comma"),
            "a.txt:1:5: fix p/c: out,, which -> out, which (comma)",
            id="a mark, with the words around it",
        ),
        pytest.param(
            "[x] now",
            Finding(("r/x",), "report", Span(0, 3), "[x]", "[x]", "why"),
            "a.txt:1:1: report r/x: [x] (why)",
            id="a report",
        ),
        pytest.param(
            "x" * 99,
            Finding(("r/x",), "fix", Span(0, 99), "x" * 99, "", "m"),
            f"a.txt:1:1: fix r/x: {'x' * 29}…{'x' * 29} -> (nothing) (m)",
            id="a long deletion",
        ),
    ],
)
def test_lines(source: str, finding: Finding, line: str) -> None:
    entry = Entry("a.txt", plain.read(source), [finding])
    assert list(form("concise").render([entry], ABOUT)) == [f"{line}\n"]
    first, rest = form("text").render([entry], ABOUT)
    assert first == f"{line}\n"
    assert rest.splitlines()[1].lstrip(" ").startswith("^")


def test_json_is_raw_and_complete() -> None:
    entry = Entry(
        "a.txt",
        plain.read("\nMa\u202e"),
        [Finding(("n/x",), "fix", Span(1, 4), "Ma\u202e", "Ma", "why")],
    )
    assert json.loads("".join(form("json").render([Entry("b", refused="no"), entry], ABOUT))) == {
        "version": 1,
        "files": [
            {
                "path": "a.txt",
                "findings": [
                    {
                        "rule": "n/x",
                        "level": "fix",
                        "line": 2,
                        "column": 1,
                        "start": 1,
                        "end": 4,
                        "before": "Ma\u202e",
                        "after": "Ma",
                        "message": "why",
                        "edits": [{"start": 1, "end": 4, "text": "Ma"}],
                    }
                ],
            }
        ],
        "refused": [{"path": "b", "why": "no"}],
    }


TEXTS = st.lists(
    st.sampled_from(["a\n", "b\r\n", "c\r", "d", "e\u2028", "\n", "\x0c"]), max_size=6
).map("".join)


@given(TEXTS, TEXTS)
def test_diffs_are_what_git_applies(before: str, after: str) -> None:
    lines = list(diff.unified("a.txt", before, after))
    assert bool(lines) == (before != after)
    assert all(line.endswith("\n") for line in lines)


def test_git_applies_a_diff(tmp_path: Path) -> None:
    before, after = "one\r\ntwo\u2028x\nMa Win", "one\r\ntwo\u2028x\nMa Yun"
    (tmp_path / "a.txt").write_bytes(before.encode())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    patch = "".join(diff.unified("a.txt", before, after)).encode()
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / "a.txt").read_bytes() == after.encode()


@given(st.text("a\r\n", max_size=20))
def test_places_agree_with_counting(source: str) -> None:
    plain = source.replace("\r\n", "\0\n").replace("\r", "\n")
    for at in range(len(source) + 1):
        head = plain[:at]
        assert Lines(source).place(at) == (head.count("\n") + 1, at - (head.rfind("\n") + 1) + 1)


def test_shortened_keeps_both_ends() -> None:
    assert shortened("abcdefgh", 8) == "abcdefgh"
    assert shortened("abcdefghi", 8) == "abc…ghi"
