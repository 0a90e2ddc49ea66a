"""`cleaner fix --diff`: into a pipe it is a patch of the bytes; on a terminal it is harmless."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.command import USUAL

FELL = "Alibaba fell, and Marwin fell."
ROSE = "Alibaba fell, and Ma Yun fell."
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORGED = "--- a/forged\n+++ b/forged\n@@ -1 +1 @@\n-a\n+b\n"

TEXTS = [
    pytest.param(f"{FELL}\n", "utf-8", id="one line"),
    pytest.param(f"a\r\n{FELL}\r\nb\r\n", "utf-8", id="CRLF"),
    pytest.param(f"a\r\n{FELL}\nb\n{FELL}\r\n", "utf-8", id="mixed line ends"),
    pytest.param(f"a\r{FELL}\rb", "utf-8", id="CR"),
    pytest.param(f"a\n{FELL}", "utf-8", id="no final newline"),
    pytest.param(f"a\r\n{FELL}\r\nb", "utf-8", id="CRLF, no final newline"),
    pytest.param(f"{BOM}{FELL}\nb\n", "utf-8", id="a byte order mark"),
    pytest.param(f"{BOM}{FELL}\r\n", "utf-8", id="a byte order mark and CRLF"),
    pytest.param(f"\x1b[31mred\x1b[0m {FELL} \x1b[1m\n\x1b]0;x\x07\n", "utf-8", id="escapes"),
    pytest.param(f"\x01\x08\x0b\x0c\x7f\x85{FELL}\u2028\u202ex\n", "utf-8", id="controls"),
    pytest.param(f"{FORGED}{FELL}\n{FORGED}", "utf-8", id="lines of a diff"),
    pytest.param(f"a\r--- b\r+++ c\r@@ -1 +1 @@\r{FELL}\n", "utf-8", id="lines of a diff with CR"),
    pytest.param(f"a\u2028--- b\u2028+++ c\x85@@ -1 +1 @@\n{FELL}\n", "utf-8", id="with U+2028"),
    pytest.param(f"\\ No newline at end of file\n{FELL}\n", "utf-8", id="no newline, it says"),
    pytest.param(f"diff --git a/x b/x\ndeleted file mode 100644\n{FELL}", "utf-8", id="a deletion"),
    pytest.param(f"마윈이 웃었다.\n{FELL}\n뉴스\n", "cp949", id="CP949"),
    pytest.param(f"caf\xe9\r\n{FELL}\r\n", "latin-1", id="Latin-1"),
    pytest.param(f"{BOM}Ċ ਅ\r\n{FELL}\r\nb\r\n", "utf-16-le", id="UTF-16 LE"),
    pytest.param(f"{BOM}Ċ ਅ\n{FELL}\nb", "utf-16-be", id="UTF-16 BE, no final newline"),
    pytest.param(f"{FELL}\n" + "x\n" * 50 + f"{FELL}\n", "utf-8", id="two hunks"),
]
NAMES = [
    pytest.param("a.txt", id="plain"),
    pytest.param("my file.txt", id="a space"),
    pytest.param("two\nlines.txt", id="LF"),
    pytest.param("a.txt\n--- a/forged\n+++ b/forged.txt", id="a header"),
    pytest.param("a\r\x1b[2J.txt", id="CR and ESC"),
    pytest.param("a\tb.txt", id="a tab"),
    pytest.param('say "hello".txt', id="quotation marks"),
    pytest.param("back\\slash.txt", id="a backslash"),
    pytest.param("\u2028\u202e\x85.txt", id="U+2028, a bidi control and NEL"),
    pytest.param("뉴스 마윈.txt", id="Hangul"),
    pytest.param(os.fsdecode(b"caf\xe9.txt"), id="no UTF-8"),
    pytest.param("-R.txt", id="a hyphen"),
]
TOOLS = {"patch": ["patch", "-p1", "--quiet"], "git": ["git", "apply", "--whitespace=nowarn"]}


def patch_of(folder: Path, name: str, encoding: str = "utf-8") -> bytes:
    """Return what `cleaner fix --diff` writes into a pipe."""
    command = [sys.executable, "-m", "cleaner", "fix", "--diff", "--encoding", encoding, "--", name]
    done = subprocess.run(command, cwd=folder, env=USUAL, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def check_patch(folder: Path, name: str, encoding: str = "utf-8") -> None:
    """Both tools make of the file what `cleaner fix` does, and touch nothing else."""
    path = folder / name
    before = path.read_bytes()
    wanted = before.replace(FELL.encode(encoding), ROSE.encode(encoding))
    assert wanted != before
    patch = patch_of(folder, name, encoding)
    assert path.read_bytes() == before
    for tool, command in TOOLS.items():
        path.write_bytes(before)
        done = subprocess.run(command, cwd=folder, input=patch, capture_output=True, check=False)
        assert done.returncode == 0, (tool, done.stdout + done.stderr)
        assert path.read_bytes() == wanted, tool
        assert [found.name for found in folder.iterdir()] == [path.name], tool


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_a_patch_applies_to_the_bytes(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    check_patch(tmp_path, "a.txt", encoding)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_forges_a_line(name: str, tmp_path: Path) -> None:
    name = name.replace("/", "\N{FRACTION SLASH}")
    (tmp_path / name).write_text(f"{FELL}\n", encoding="utf-8")
    check_patch(tmp_path, name)
    assert len(patch_of(tmp_path, name).splitlines()) <= 5


def test_on_a_terminal_every_character_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"\x1b[2J\u202e\x07{FELL}\r\u2028b\n", encoding="utf-8")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "fix", "--diff", "a.txt"],
        cwd=str(tmp_path),
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
        encoding="utf-8",
        timeout=120,
    )
    child.expect(pexpect.EOF)
    shown = re.sub("\x1b\\[[0-9;]*m", "", child.before or "")  # without our own colours
    assert "-<U+001B>[2J<U+202E><U+0007>Alibaba fell, and Marwin fell.<U+000D><U+2028>b" in shown
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u202e]", shown)
