"""Subtitles, as a user cleans them: a real process, real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

FILES = {
    "a.srt": "1\r\n00:00:01,000 --> 00:00:02,000\r\nAlibaba and\r\n{}, <i>{}</i>\r\n",
    "b.vtt": "WEBVTT\n\nMarwin\n00:01.000 --> 00:02.000\n<v {}>Alibaba &amp; <i>{}</i>\n",
    "c.ass": "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Marwin,{},0,0,0,,Alibaba,\\N{}\n",
}


@pytest.mark.parametrize("name", FILES)
def test_fix(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    before, after = (FILES[name].format(who, who).encode() for who in ("Marwin", "Ma Yun"))
    path.write_bytes(before)
    code, out, _ = run("check", name, cwd=tmp_path)
    assert code == 1
    assert ": cue " in out
    code, out, _ = run("fix", "--diff", name, cwd=tmp_path)
    assert path.read_bytes() == before
    assert "+" in out
    code, _, _ = run("fix", ".", cwd=tmp_path)
    assert code == 0
    assert path.read_bytes() == after
    assert run("check", name, cwd=tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.srt", "\nMarwin\n", "a.srt:2:1: left alone: no line has timings", id="srt"),
        pytest.param("a.vtt", "Marwin\n", "a.vtt:1:1: left alone: the first line has", id="vtt"),
        pytest.param("a.ass", "Marwin\n", "a.ass:1:1: left alone: there is no section", id="ass"),
    ],
)
def test_what_is_no_subtitles_is_refused(
    name: str, content: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    code, out, err = run("fix", name, cwd=tmp_path)
    assert code == 3
    assert said in out + err
    assert path.read_text(encoding="utf-8") == content
    assert run("fix", "--read-as", "text", "--check", name, cwd=tmp_path)[0] in {0, 1}


def test_an_empty_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(b"")
    assert run("fix", "a.srt", cwd=tmp_path)[0] == 0
