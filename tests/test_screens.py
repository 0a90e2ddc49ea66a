"""What a text, a name or a file of settings holds reaches no terminal as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import USUAL

# A colour, a direction, no width, a bell, a tag, and the beginning of a sequence in one byte.
HOSTILE = "\x1b[31m\u202e\u200b\x07\U000e0041\x9b"
NAME = f"x{HOSTILE}y.txt"
TEXT = f"Alibaba fell, and Marwin,, {HOSTILE} Mahuateng{HOSTILE} said.\n"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\U000e0041]")
FILES = {
    NAME: TEXT,
    "binary\x1b.txt": "\0",
    "seeds/" + NAME: TEXT,
    "golden/" + NAME: TEXT.replace("Marwin", "Ma Yon"),
    "mine.yaml": (
        'kind: pattern\nrules:\n- id: x\n  match: Marwin\n  replace: "b"\n'
        '  message: "m\\u200b\\U000e0041"\n  provenance: "p\\u200b"\n'
    ),
    "bad.yaml": 'kind: pattern\nrules:\n- id: "x\\u200b\\U000e0041"\n  match: "Zzz"\n',
    "cleaner.toml": 'exclude = ["e\\u001b\\u202e"]\n',
    "key.toml": '"k\\u001b\\u202e" = 1\n',
    "value.toml": 'select = ["k\\u001b\\u202e"]\n',
    "path.toml": 'rules = ["k\\u001b\\u202e"]\n',
    "names.tsv": "canonical\tkind\nX\tk\x1b\u202e\n",
    "base.json": '{"version":1,"files":{"a\\u001b\\u202e":3}}',
    ".cleaner/decisions.yaml": (
        'kind: decisions\ndecisions:\n- form: "a\\u202E"\n  canonical: b\n'
        '  verdict: reject\n  date: "2026-11-29"\n  reason: "c\\u200b"\n'
    ),
}
COMMANDS = [
    ("check", NAME),
    ("check", "--format", "github", NAME),
    ("fix", "--check", NAME, "binary\x1b.txt", "none\x1b.txt"),
    ("check", "--rules", "mine.yaml", NAME),
    ("suggest", NAME),
    ("explain", f"{NAME}:1"),
    ("explain", "Mahu\x1b\u202e"),
    ("decisions",),
    ("config",),
    ("rules", "explain", "mine/x", "--rules", "mine.yaml"),
    ("rules", "explain", "z\x1b\u202e"),
    ("test",),
    ("check", "--config", "key.toml", NAME),
    ("check", "--config", "value.toml", NAME),
    ("check", "--config", "path.toml", NAME),
    ("check", "--rules", "bad.yaml", NAME),
    ("check", "--rules", "none\x1b\u202e.yaml", NAME),
    ("check", "--baseline", "base.json", NAME),
    ("suggest", "--names", "names.tsv", NAME),
    ("names", "forms", "Ma\x1b\u202e Yun"),
]
HOOK_COMMANDS = [("--check", NAME, "binary\x1b.txt", "none\x1b.txt"), ("--none\x1b\u202e",)]


def check_harmless(folder: Path, *command: str) -> None:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=USUAL, capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
    assert said
    assert "Traceback" not in said
    assert "fault of the program" not in said
    assert not UNSEEN.search(said), said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command))[:30])
def test_no_control_reaches_a_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    check_harmless(tmp_path, "cleaner", *command)


@pytest.mark.parametrize("command", HOOK_COMMANDS, ids=["files", "options"])
def test_no_control_reaches_a_terminal_from_the_hook(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    check_harmless(tmp_path, "cleaner.hook", *command)
