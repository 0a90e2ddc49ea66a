"""The console sessions of the README and of the manual are true: a test plays them from the top.

All blocks of a page are one session in one empty folder. Each `console` block is played command by
command, and each `toml` block is saved as `cleaner.toml`. After a change of what commands print,
refresh the outputs and the screen of `cleaner review` in the README, then read the difference:

    README=write pytest -n 0 tests/test_readme.py && git diff README.md cleaner/manual
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "cleaner" / "manual").glob("*.md"))]
BLOCK = re.compile(r"^```(?P<language>console|toml)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# A command, and the lines that are typed into it: "$ cat > a.txt <<'END'", "> some text", "> END".
INPUT = re.compile(r"^\$ .*\n(?:>(?: .*)?\n)*", re.MULTILINE)
# What an output must not contain: in a page it would look like a command, or end the block.
MISLEADING = re.compile(r"^(?:\$ |>(?: |$)|```)", re.MULTILINE)
# The screen in the README, and the file that it is a copy of (tests/review/screen tests both).
SCREEN = re.compile(r"(?<=^```text\n) cleaner review .*?(?=^```$)", re.MULTILINE | re.DOTALL)
KEPT_SCREEN = ROOT / "tests" / "review" / "screen" / "screens" / "name.80x24.txt"


class Player:
    """A reader who copies every block of a page into a shell, beginning in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands = 0

    def replay(self, block: re.Match[str]) -> str:
        """Play a block; return it with the outputs that its commands really have."""
        if block["language"] == "toml":
            (self.folder / "cleaner.toml").write_text(block["body"], encoding="utf-8")
            return block.group()
        steps = [self._step(given) for given in INPUT.findall(block["body"])]
        return f"```console\n{''.join(steps)}```"

    def _step(self, given: str) -> str:
        """Run a command; return it with its output, as the page shows both."""
        self.commands += 1
        command = typed(given)
        if command.startswith("cd "):
            self.folder = (self.folder / command.removeprefix("cd ")).resolve(strict=True)
            return given
        output = self._run(command)
        assert not MISLEADING.search(output), output
        assert output == "" or output.endswith("\n"), output
        return given + output

    def _run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.stdout.decode()


def typed(given: str) -> str:
    r"""Return what is typed, without the prompts `$ ` and `> `.

    >>> typed("$ cat > a.txt <<'END'\n> some text\n>\n> END\n")
    "cat > a.txt <<'END'\nsome text\n\nEND"
    """
    return "\n".join(line[2:] for line in given.splitlines())


def environment() -> Mapping[str, str]:
    """Return the variables of a reader's shell, with this project's commands in its PATH."""
    variables = dict(os.environ)
    variables.pop("CI", None)  # in CI, goldens are never written
    variables.pop("FORCE_COLOR", None)
    commands = Path(sys.executable).parent
    variables["PATH"] = f"{commands}{os.pathsep}{variables['PATH']}"
    variables["PYTHONUNBUFFERED"] = "1"  # stdout and stderr stay in order
    return variables


@pytest.mark.skipif(not shutil.which("bash"), reason="the sessions are written for a shell")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_sessions_of_a_page(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    player = Player(tmp_path)
    if os.environ.get("README") == "write":
        replayed = BLOCK.sub(player.replay, page)
        screen = KEPT_SCREEN.read_text(encoding="utf-8")
        path.write_text(SCREEN.sub(lambda _: screen, replayed), encoding="utf-8")
    else:
        for block in BLOCK.finditer(page):
            assert player.replay(block) == block.group()
    assert player.commands or "```console" not in page
