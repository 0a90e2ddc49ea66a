"""What a program of one's own gives in the wrong place is said in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import UsageError

NO_TEXT: Any = 3
ONE_TEXT: Any = "a"
RULES = """kind: pattern
rules:
- {id: comma, match: ",,+", replace: ",", message: doubled comma}
"""


def test_rules_may_be_files(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(RULES, encoding="utf-8")
    assert cleaner.clean("One,, two.", mine) == "One, two."
    assert cleaner.clean("One,, two.", [str(mine)]) == "One, two."
    text = tmp_path / "a.txt"
    text.write_text("One,, two.\n", encoding="utf-8")
    assert cleaner.clean_file(text, mine).text == "One, two.\n"
    assert text.read_text(encoding="utf-8") == "One, two.\n"


@pytest.mark.parametrize(
    ("call", "what"),
    [
        pytest.param(
            lambda: cleaner.clean(NO_TEXT), "this is not text but of the type int", id="clean"
        ),
        pytest.param(lambda: cleaner.clean_batch("a"), "takes a list of texts", id="clean_batch"),
        pytest.param(lambda: cleaner.suggest(ONE_TEXT), "takes pairs", id="suggest"),
    ],
)
def test_what_is_no_text(call: Callable[[], object], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        call()
