"""What is wrong with the arguments is said in one line, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

HOSTILE = "x\x1b[31m\u202e\u200b\x07\n\r\x9by"
CONTROLS = {*"\x1b\u202e\u200b\x07\r\x9b"}


@pytest.mark.parametrize(
    ("arguments", "begin", "end"),
    [
        pytest.param([HOSTILE], "cleaner: No such command", "cleaner -h", id="command"),
        pytest.param(
            ["fix", f"--{HOSTILE}"], "cleaner fix: No such", "cleaner fix -h", id="option"
        ),
        pytest.param(
            ["suggest", "--limit", HOSTILE, "."],
            "cleaner suggest: Invalid value for",
            "cleaner suggest -h",
            id="value",
        ),
        pytest.param(
            ["rules", HOSTILE],
            "cleaner rules: No such command",
            "cleaner rules -h",
            id="of a group",
        ),
        pytest.param(
            ["pending", HOSTILE], "cleaner pending: Got unexpected", "cleaner pending -h", id="more"
        ),
        pytest.param(
            ["ignore"], "cleaner ignore: Missing argument", "cleaner ignore -h", id="none"
        ),
    ],
)
def test_a_wrong_argument_is_one_harmless_line(
    arguments: list[str], begin: str, end: str, tmp_path: Path
) -> None:
    code, out, err = run(*arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(begin)
    assert err.endswith(f"; {end} says what can be given\n")
    assert err.count("\n") == 1
    assert not CONTROLS & {*err}


@pytest.mark.parametrize("arguments", [[], ["rules"]], ids=["no command", "no command of a group"])
def test_nothing_is_answered_by_help(arguments: list[str], tmp_path: Path) -> None:
    code, out, err = run(*arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: cleaner")
    assert "Commands:" in err
