"""Plays the recipes of CONTRIBUTING: each adds one file to a copy of the tree, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from tests.formats import roundtrip
from tests.samples import ROOT

CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


def recipe(title: str) -> str:
    """The one block of code under a title."""
    section = CONTRIBUTING.split(f"## {title}\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"```(?:yaml|python)\n(.*?)```", section, re.DOTALL)
    return str(block)


class Tree:
    """A copy of the program and its rules, with one file more, and a folder to work in."""

    def __init__(self, folder: Path, added: str, content: str) -> None:
        self._root = folder / "tree"
        self.here = folder / "here"
        self.here.mkdir()
        leave_out = shutil.ignore_patterns("__pycache__")
        for part in ("cleaner", "rules"):
            shutil.copytree(ROOT / part, self._root / part, ignore=leave_out)
        path = self._root / added
        assert not path.exists()
        path.write_text(content, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command `cleaner` of the copy."""
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *arguments],
            cwd=self.here,
            env={**os.environ, "PYTHONPATH": str(self._root)},
            capture_output=True,
            encoding="utf-8",
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    def write(self, name: str, text: str) -> None:
        (self.here / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.here / name).read_text(encoding="utf-8")


def test_a_rule(tmp_path: Path) -> None:
    tree = Tree(tmp_path, "rules/colons.yaml", recipe("Add a rule"))
    tree.write("a.txt", "She said:: it is late. C++ puts :: between names.\n")
    assert tree.run("fix", "a.txt")[0] == 0
    assert tree.read("a.txt") == "She said: it is late. C++ puts :: between names.\n"
    code, out, _ = tree.run("test")
    assert code == 0
    assert " 0 missing, 0 noisy" in out
    assert tree.run("rules", "lint")[0] == 0


def test_a_kind_of_fix(tmp_path: Path) -> None:
    tree = Tree(tmp_path, "cleaner/fixers/swap.py", recipe("Add a kind of fix"))
    rule = "{id: boot, word: bonnet, by: hood, message: British, examples: [{same: a bonnets}]}"
    tree.write("mine.yaml", f"kind: swap\nrules:\n- {rule}\n")
    tree.write("a.txt", "Under the bonnet.\n")
    assert tree.run("fix", "--rules", "mine.yaml", "a.txt")[0] == 0
    assert tree.read("a.txt") == "Under the hood.\n"
    _, out, _ = tree.run("rules", "explain", "--rules", "mine.yaml", "boot")
    assert re.search(r"word +bonnet\n +by +hood", out)
    tree.write("bad.yaml", "kind: swap\nrules:\n- {id: x, word: [a], by: b, message: m}\n")
    code, _, err = tree.run("check", "--rules", "bad.yaml", "a.txt")
    assert (code, "bad.yaml:3:17: `word` is a list" in err) == (2, True)


def test_a_file_format(tmp_path: Path) -> None:
    tree = Tree(tmp_path, "cleaner/formats/note.py", recipe("Add a file format"))
    text = "; Marwin is Ma Yun of Alibaba\nAlibaba fell ~~ 3 %, and Marwin was silent.\n"
    tree.write("a.note", text)
    code, _, err = tree.run("fix", ".")
    assert (code, "a.note: 1 fix by 1 rule" in err) == (0, True)
    assert tree.read("a.note") == text.replace("Marwin was", "Ma Yun was")
    tree.write("b.note", "; fine\nIt fell ~3 %.\n")
    code, _, err = tree.run("fix", "b.note")
    said = "b.note:2:9: left alone: a tilde stands alone; write ~~\n"
    assert (code, err) == (3, said)


def test_a_file_format_keeps_what_formats_keep(tmp_path: Path) -> None:
    path = tmp_path / "note.py"
    path.write_text(recipe("Add a file format"), encoding="utf-8")
    spec = spec_from_file_location("note", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    for source in [
        "",
        "; a\n",
        "A ~~ b\r\n~~c\r\n",
        "One ~~ two.\n; no\n\nThree, ~~~~ four and ~~five.\nSix",
    ]:
        roundtrip.check(module.read, source)


def test_a_report_form(tmp_path: Path) -> None:
    tree = Tree(tmp_path, "cleaner/reports/forms/tallies.py", recipe("Add a report form"))
    tree.write("a.txt", "Alibaba fell, and Marwin was silent.\n")
    assert tree.run("check", "--format", "tallies", "a.txt")[:2] == (1, "a.txt: 1\n")
    assert "tallies" in tree.run("check", "--help")[1]


@pytest.mark.parametrize("title", re.findall(r"^## (Add .*)$", CONTRIBUTING, re.MULTILINE))
def test_every_recipe_is_played(title: str) -> None:
    played = {"Add a rule", "Add a kind of fix", "Add a file format", "Add a report form"}
    assert title in played


def test_the_command_to_set_up_is_that_of_the_readme() -> None:
    (command,) = re.findall(r"^(python3 -m venv .*)$", CONTRIBUTING, re.MULTILINE)
    assert f"$ {command}\n" in (ROOT / "README.md").read_text(encoding="utf-8")
