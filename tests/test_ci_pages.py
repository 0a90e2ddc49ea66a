"""What the manual gives to CI is valid where it is pasted, and its commands do what is said."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.samples import ROOT

HOOKS = (ROOT / "cleaner" / "manual" / "hooks.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```", HOOKS, re.MULTILINE | re.DOTALL)
PRE_COMMIT, ACTION, WORKFLOW, SCANNING, GITLAB = SNIPPETS
JOB = "name: texts\non: push\njobs:\n  texts:\n    runs-on: ubuntu-latest\n    steps:\n"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        pytest.param("github-actions", ACTION, id="action"),
        pytest.param("github-workflows", WORKFLOW, id="workflow"),
        pytest.param(
            "github-workflows",
            JOB + re.sub("^", "    ", SCANNING, flags=re.MULTILINE),
            id="code scanning",
        ),
        pytest.param("gitlab-ci", GITLAB, id="GitLab"),
    ],
)
def test_a_snippet_is_valid(schema: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "snippet.yml").write_text(text, encoding="utf-8")
    command = ["check_jsonschema", "--builtin-schema", f"vendor.{schema}", "snippet.yml"]
    done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def test_the_hook_is_valid(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(PRE_COMMIT, encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", "config.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def commands(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the lines of a snippet that run cleaner, each with its variables."""
    told = yaml.safe_load(text)
    if isinstance(told, list):
        steps = told
    elif "runs" in told:
        steps = told["runs"]["steps"]
    else:
        steps = [{"run": line} for line in told["cleaner"]["script"]]
    return [
        (step["run"], step.get("env", {}))
        for step in steps
        if step.get("run", "").startswith("cleaner ")
    ]


def played(text: str, folder: Path, code: int) -> str:
    """Run the one command of a snippet on a damaged page; return what it prints."""
    ((command, variables),) = commands(text)
    inputs = yaml.safe_load(ACTION)["inputs"]
    given = {
        name: value.replace("${{ inputs.paths }}", str(inputs["paths"]["default"]))
        for name, value in variables.items()
    }
    (folder / "articles").mkdir()
    (folder / "articles" / "page.md").write_text("Alibaba and Marwin.\n", encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env={**os.environ, **given, "PATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == code
    return done.stdout


def test_the_action_shows_findings_beside_the_lines(tmp_path: Path) -> None:
    said = played(ACTION, tmp_path, 1)
    assert said.startswith("::error file=articles/page.md,line=1,col=13,endLine=1,endColumn=19,")


def test_the_workflow_gives_the_action_what_it_takes() -> None:
    (job,) = yaml.safe_load(WORKFLOW)["jobs"].values()
    (step,) = (step for step in job["steps"] if step["uses"].startswith("./"))
    assert set(step["with"]) <= set(yaml.safe_load(ACTION)["inputs"])
    assert f"`{step['uses'].removeprefix('./')}/action.yml`" in HOOKS


@pytest.mark.parametrize(
    ("text", "report", "code"),
    [
        pytest.param(
            SCANNING, lambda told: told[1]["with"]["sarif_file"], 0, id="code scanning uploads it"
        ),
        pytest.param(
            GITLAB,
            lambda told: told["cleaner"]["artifacts"]["reports"]["codequality"],
            1,
            id="GitLab collects it",
        ),
    ],
)
def test_the_report_is_written_where_it_is_looked_for(
    text: str, report: Any, code: int, tmp_path: Path
) -> None:
    played(text, tmp_path, code)
    written = (tmp_path / report(yaml.safe_load(text))).read_text(encoding="utf-8")
    json.loads(written)
    assert "Marwin -> Ma Yun" in written
