"""Revising one file: it is undone to the byte, and what somebody else wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RefusedError
from cleaner.project.revision import Undo, revise, undo


def test_a_revision_is_taken_back_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a" / "x.yaml"
    made = revise(path, lambda text: f"{text}one\n")
    path.chmod(0o640)
    second = revise(path, lambda text: f"{text}two\n")
    assert made == Undo(path, None, b"one\n")
    assert second
    assert revise(path, lambda text: text) is None
    undo([second])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one\n", 0o640)
    undo([made])
    assert not path.exists()


def test_what_somebody_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    made = revise(path, lambda _: "one\n")
    assert made
    path.write_text("mine\n")
    with pytest.raises(RefusedError, match="it was changed since"):
        undo([made])
    assert path.read_text() == "mine\n"


def test_an_editor_that_saves_meanwhile_wins(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("one\n")

    def change(text: str) -> str:
        path.write_text("the editor's\n")
        return f"{text}two\n"

    with pytest.raises(RefusedError, match="changed by somebody else meanwhile"):
        revise(path, change)
    assert path.read_text() == "the editor's\n"
    assert list(tmp_path.iterdir()) == [path]
