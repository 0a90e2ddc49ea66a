"""Text on its way to a terminal: what a reader cannot see is written as a code or an escape."""

from __future__ import annotations

import json

import pytest

from cleaner.text.visible import escape_invisible, shortened


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ma Yun 마윈 “é”\n", id="nothing invisible"),
        pytest.param("\x1b[31m\x07\x9b", id="control characters"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}", id="direction, no width"),
        pytest.param("\N{SOFT HYPHEN}\N{LINE SEPARATOR}\ufeff", id="hyphen, line, byte order mark"),
        pytest.param("\U000e0041", id="beyond the basic plane"),
    ],
)
def test_escaped_json_means_the_same(text: str) -> None:
    written = escape_invisible(json.dumps({"text": text}, ensure_ascii=False, indent=2))
    assert json.loads(written) == {"text": text}
    assert written.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        pytest.param("abcde", 5, "abcde", id="fits"),
        pytest.param("abcdef", 5, "ab…ef", id="odd limit"),
        pytest.param("abcdefg", 6, "ab…fg", id="even limit"),
    ],
)
def test_shortened(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected
