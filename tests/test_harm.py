"""The harm gate itself: it sees a change, says where it is, and goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT

GATE = ROOT / "tests" / "bench" / "harm.py"
GOOD = "It isn’t far to Xi’an, and the students’ bus goes twice a day.\n"
DAMAGED = "Nothing here.\n\nHe was called the’living treasure’ of the town.\n"


def gate(folder: Path, *options: str) -> tuple[int, str]:
    """Run the gate over a folder of corpora; return its exit code and what it prints."""
    kept = folder.parent / "kept"
    command = [sys.executable, str(GATE), str(folder), "--kept", str(kept), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    for corpus, text in (("good", GOOD), ("damaged", DAMAGED)):
        (folder / corpus).mkdir(parents=True)
        (folder / corpus / "page.txt").write_text(text, encoding="utf-8")
    return folder


def test_good_texts_pass(corpora: Path) -> None:
    code, out = gate(corpora, "--corpus", "good")
    assert code == 0
    assert "2 texts      0 lines" in out  # as it is and straight; it is curly already
    assert "page.txt:" not in out


def test_a_change_is_shown_and_fails(corpora: Path) -> None:
    code, out = gate(corpora)
    assert code == 1
    assert (
        "damaged/page.txt:3: found: quotes/single\n"
        "  - 'He was called the’living treasure’ of the town.'\n"
        "  + 'He was called the ‘living treasure’ of the town.'\n"
    ) in out
    assert "damaged/page.txt:3: straight: quotes/single" in out
    assert "good/page.txt" not in out


def test_what_was_cleaned_once_is_not_cleaned_again(corpora: Path) -> None:
    first = gate(corpora)
    (kept,) = (corpora.parent / "kept").iterdir()
    before = kept.read_bytes()
    assert gate(corpora) == first
    assert kept.read_bytes() == before
    (corpora / "good" / "page.txt").write_text(DAMAGED, encoding="utf-8")
    assert "good/page.txt:3: found: quotes/single" in gate(corpora)[1]


def test_a_text_that_is_not_utf_8_is_refused(corpora: Path) -> None:
    (corpora / "good" / "old.txt").write_bytes(b"caf\xe9\n")
    code, out = gate(corpora, "--corpus", "good")
    assert code == 1
    assert "good/old.txt: found: refused: not UTF-8" in out
