"""A terminal of 40 columns, a dumb one, one without colours: everything can be read."""

from __future__ import annotations

import re

import pytest

from cleaner.cli.commands import COMMANDS
from tests.here import run_here

HELP = [
    (),
    *((name,) for name in COMMANDS),
    *(("rules", name) for name in ("list", "explain", "lint", "schema")),
    *(("names", name) for name in ("link", "forms", "import", "export")),
    *(("golden", "add"), ("decisions", "list"), ("decisions", "take-back")),
]


def help_of(words: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = run_here("cleaner", *words, "--help")
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_in_40_columns(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """No word is cut, and what is no example and no list of choices fits."""
    wide = help_of(words, 100, monkeypatch)
    narrow = help_of(words, 40, monkeypatch)
    assert re.sub(r"-\n +", "-", "\n".join(narrow)).split() == " ".join(wide).split()
    examples = re.search(r"(?ms)^  Examples?:\n(.*?)\n(?=\n|\Z)", "\n".join(narrow))
    shown = examples[1].splitlines() if examples else []
    for line in narrow:
        assert len(line) <= 40 or line in shown or line.startswith("  --"), line


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_says_no_types_of_python(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(help_of(words, 100, monkeypatch))
    assert not re.search(r"<(list|str|int|float|path|bool|text)\b[^>|]*>", text, re.IGNORECASE)
