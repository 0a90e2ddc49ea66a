"""The house: types, style, layers, and documents that tell the truth."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT

MANUAL = ROOT / "cleaner" / "manual"
PYTHON = sorted((ROOT / "cleaner").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["mypy"], id="mypy"),
        pytest.param(["ruff", "check", "-q", "."], id="ruff"),
        pytest.param(["ruff", "format", "--check", "-q", "."], id="format"),
        pytest.param(["importlinter.cli", "lint"], id="import-linter"),
    ],
)
def test_checkers(command: list[str]) -> None:
    if command[0] == "importlinter.cli":
        code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        full = [sys.executable, "-c", code, "--no-cache"]
    else:
        full = [sys.executable, "-m", *command]
    done = subprocess.run(full, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_top_level_is_as_agreed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    top = {line.partition("/")[0] for line in listed.splitlines()}
    agreed = {"pyproject.toml", "README.md", "cleaner", "rules", "seeds", "tests", "golden"}
    demanded = {"LICENSE", "ARCHITECTURE.md", "CHANGELOG.md"}
    assert {name for name in top - agreed - demanded if not name.startswith(".")} == set()


def test_invisible_characters_are_written_by_name() -> None:
    invisible = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
    files = [*PYTHON, *(ROOT / "rules").rglob("*.yaml"), *ROOT.glob("*.md")]
    assert [path.name for path in files if invisible.search(path.read_text(encoding="utf-8"))] == []


def test_the_python_of_the_manual_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (MANUAL / "python.md").read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(page, {}, "python.md", "python.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0
    assert test.examples


def test_the_rule_of_the_manual_loads_and_proves_itself(tmp_path: Path) -> None:
    from cleaner import load_rules

    page = (MANUAL / "rules.md").read_text(encoding="utf-8")
    yaml = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert yaml
    (tmp_path / "people.yaml").write_text(yaml.group(1), encoding="utf-8")
    assert [rule.id for rule in load_rules(tmp_path / "people.yaml", bundled=False)] == [
        "people/ma-yun"
    ]


def test_the_before_and_after_of_the_readme_is_true() -> None:
    from cleaner import clean

    found = re.search(
        r"```diff\n-(.*)\n\+(.*)\n```", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    assert found
    assert clean(found.group(1)) == found.group(2)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = re.findall(
        r"^\$ (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [command for command in commands if command.endswith("pytest")] == [
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
    ]
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
