"""The proof of formats itself: it sees what a format gets wrong, and lets a right one pass."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import Reader
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from tests.samples import ROOT

PROOF = ROOT / "tests" / "bench" / "formats.py"


def load() -> ModuleType:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("proof_of_formats", PROOF)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its tuples with names look for their types
    spec.loader.exec_module(module)
    return module


proof = load()


def whole(source: str) -> Document:
    """Read a source whose text is all of it but the first and the last character."""
    builder = Builder(source)
    passage = builder.open("message")
    passage.verbatim(source, Span(1, len(source) - 1))
    return builder.document()


def half(source: str) -> Document:
    """Read only half of the text, depending on what stands in it: a reader that is wrong."""
    builder = Builder(source)
    passage = builder.open("message")
    passage.verbatim(source, Span(1, len(source) - 1 if "Sh" in source else 3))
    return builder.document()


def failing(source: str) -> Document:
    """Do not read at all, for a reason that no user should see."""
    raise KeyError(source)


def added(data: bytes, source: str) -> bytes:
    """Write a source with a character too many."""
    del data
    return f"{source} ".encode()


@pytest.mark.parametrize(
    ("reader", "failed"),
    [
        (Reader("right", whole), []),
        (Reader("half", half), ["letters"]),
        (Reader("failing", failing), ["crash"]),
        (Reader("adding", whole, unpack=bytes.decode, pack=added), ["nothing"]),
    ],
    ids=["right", "half", "failing", "adding"],
)
def test_failures(
    reader: Reader, failed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way in which a format can be wrong has the name of the check that sees it."""
    path = tmp_path / "page.none"
    path.write_text("(She went there.)")

    def for_name(*_: object, **__: object) -> Reader:
        return reader

    monkeypatch.setattr(proof, "for_name", for_name)
    outcome = proof.prove(proof.Task(path, with_rules=False))
    found = [check for check, _ in outcome.failures]
    assert set(failed) <= set(found)
    assert bool(failed) == bool(found)


@given(st.text())
def test_other_letters(text: str) -> None:
    """Every ASCII letter becomes another one, and all come back."""
    other = proof.other_letters(text)
    assert proof.other_letters(other) == text
    for before, after in zip(text, other, strict=True):
        assert before.isalpha() == after.isalpha()
        assert before != after or not (before.isascii() and before.isalpha())


def test_folder(tmp_path: Path) -> None:
    """A folder of good files passes; what is refused is counted, with the reason."""
    folder = tmp_path / "formats" / "md"
    folder.mkdir(parents=True)
    (folder / "good.md").write_text("# Here\n\nNothing is *wrong* here.\n")
    (folder / "bad.md").write_bytes(b"Not \xff text")
    command = [sys.executable, str(PROOF), str(tmp_path), "--rules", "--processes", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    assert "2 files" in done.stdout
    assert "1 refused" in done.stdout
    assert "failed: nothing" in done.stdout
