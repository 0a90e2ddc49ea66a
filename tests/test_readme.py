"""Every session of the README is played, from the top, as a reader would play it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.samples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps(text: str) -> Iterator[tuple[str, str]]:
    """What a reader does: commands (with what is typed into them) and what they say; a
    configuration is saved.
    """
    for kind, block in re.findall(
        r"^```(console|toml)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    ):
        if kind == "toml":
            yield f"cat > cleaner.toml <<'END'\n{block}END", ""
        else:
            for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                yield "\n".join(_typed(step)), "".join(_said(step))


def _typed(step: str) -> Iterator[str]:
    command, *rest = step.splitlines()
    yield command
    yield from (line[2:] for line in rest if line == ">" or line.startswith("> "))


def _said(step: str) -> Iterator[str]:
    for line in step.splitlines(keepends=True)[1:]:
        if not (line.startswith("> ") or line == ">\n"):
            yield line


@pytest.mark.skipif(not shutil.which("bash"), reason="the README is written for a shell")
def test_the_sessions_of_the_readme(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if key not in {"CI", "FORCE_COLOR"}}
    env |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}",
        "PYTHONUNBUFFERED": "1",
    }
    played, folder = 0, tmp_path
    for command, said in steps(README):
        if command.startswith("cd "):
            folder = (folder / command[3:]).resolve(strict=True)
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert (command, done.stdout.decode()) == (command, said)
        played += 1
    assert played > 10
