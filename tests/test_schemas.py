"""The JSON Schemas of what people write say the same as the readers of these files."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cleaner.cli.schemas import SCHEMAS
from cleaner.errors import CleanerError
from cleaner.fixers import fixer, kinds
from cleaner.names.gazetteer import load_names
from cleaner.project.config import KEYS, parse_text
from cleaner.review.suggestions import parse_suggestions
from cleaner.rules import schema as rules_schema
from cleaner.rules.model import DATA_KINDS
from cleaner.rules.reader import read_yaml
from tests.command import run
from tests.project.test_config import FULL
from tests.samples import ROOT

BUNDLED = [path for path in sorted((ROOT / "rules").rglob("*.yaml")) if "pivots" not in path.parts]
WITHOUT_RULES = {"boundaries", *DATA_KINDS}


def validator(what: str) -> Any:
    schema = SCHEMAS[what]()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_files_are_valid(path: Path) -> None:
    data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    if data["kind"] == "gazetteer":
        validator("gazetteer").validate(data)
    elif data["kind"] not in WITHOUT_RULES:
        validator("rules").validate(data)


def test_check_jsonschema_agrees(tmp_path: Path) -> None:
    code, out, _ = run("rules", "schema", cwd=tmp_path)
    assert code == 0
    (tmp_path / "rules.schema.json").write_text(out, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", "rules.schema.json"]
    people = ROOT / "rules" / "names" / "people.yaml"
    assert subprocess.run([*command, people], cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "bad.yaml").write_text(RULE.replace("canonical", "cannonical"), encoding="utf-8")
    done = subprocess.run([*command, "bad.yaml"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannonical" in done.stdout


RULE = """\
kind: name
rules:
- id: ma-yun
  canonical: Ma Yun
  variants: [Marwin]
  when: [Alibaba]
  examples:
  - before: Alibaba and Marwin
    after: Alibaba and Ma Yun
  - same: Marwin
"""
GROUP = """\
kind: suggestions
groups:
- id: ma-yun
  canonical: Ma Yun
  members:
  - form: Marwin
    score: 0.9
    strong: true
    places:
    - at: "a.txt:3:12"
      context: Alibaba and Marwin
"""
LIST = """\
kind: gazetteer
names:
- {canonical: Ma Yun, kind: person, zh: 马云, ko: [마윈], with: Alibaba}
- Pony Ma
"""
# What is replaced by what in a file, and whether it is still right.
CHANGES = [
    pytest.param("rules", RULE, "", "", True, id="rules"),
    pytest.param("rules", RULE, "kind: name", "kind: nme", False, id="no such kind"),
    pytest.param("rules", RULE, "  canonical", "  cannonical", False, id="no such key of a rule"),
    pytest.param("rules", RULE, "kind: name", "kind: name\nnote: x", False, id="of a file"),
    pytest.param("rules", RULE, "[Marwin]", "Marwin", False, id="a text for a list"),
    pytest.param("rules", RULE, "ma-yun", "Ma Yun", False, id="no id"),
    pytest.param("rules", RULE, "- id: ma-yun\n  ", "- ", False, id="without an id"),
    pytest.param("rules", RULE, "when: [Alibaba]", "when: damaged", True, id="damaged"),
    pytest.param("rules", RULE, "when: [Alibaba]", "when: broken", False, id="no condition"),
    pytest.param(
        "rules", RULE, "[Alibaba]", "{near: {phrases: [Alibaba], words: 9}}", True, id="near"
    ),
    pytest.param("rules", RULE, "[Alibaba]", "{nigh: [Alibaba]}", False, id="no such evidence"),
    pytest.param("rules", RULE, "  when:", "  level: report\n  when:", True, id="a level"),
    pytest.param("rules", RULE, "  when:", "  level: high\n  when:", False, id="no level"),
    pytest.param("rules", RULE, "  - same:", "  - sane:", False, id="no such key of an example"),
    pytest.param("rules", RULE, "    after: Alibaba and Ma Yun\n", "", False, id="no after"),
    pytest.param("rules", RULE, "Ma Yun\n  v", "2020\n  v", True, id="a number is text"),
    pytest.param("suggestions", GROUP, "", "", True, id="suggestions"),
    pytest.param("suggestions", GROUP, "0.9", "1.9", False, id="a score above 1"),
    pytest.param("suggestions", GROUP, "a.txt:3:12", "a.txt", False, id="no place"),
    pytest.param("suggestions", GROUP, "form", "from", False, id="no such key of a member"),
    pytest.param(
        "suggestions", GROUP, "groups", "search: {ignore: [names]}\ngroups", True, id="rules"
    ),
    pytest.param(
        "suggestions", GROUP, "groups", "search: {select: []}\ngroups", False, id="no rule"
    ),
    pytest.param(
        "suggestions", GROUP, "groups", "search: {rules: [a]}\ngroups", False, id="of a search"
    ),
    pytest.param("gazetteer", LIST, "", "", True, id="gazetteer"),
    pytest.param("gazetteer", LIST, "person", "human", False, id="no such kind of name"),
    pytest.param("gazetteer", LIST, "zh", "cn", False, id="no such key of a name"),
    pytest.param("configuration", FULL, "", "", True, id="configuration"),
    pytest.param("configuration", FULL, '"suggest"', '"high"', False, id="no level of a rule"),
    pytest.param("configuration", FULL, "encoding", "encodings", False, id="no such setting"),
    pytest.param("configuration", FULL, '= "Jack Ma"', "= 1", False, id="a number for a text"),
    pytest.param("configuration", FULL, '"markdown"', '"markup"', False, id="no such format"),
]


def read(what: str, text: str, folder: Path) -> Any:
    """Read a text as the program does; return it as plain data.

    Raises:
        CleanerError: the program refuses it.
    """
    if what == "configuration":
        parse_text(folder / "cleaner.toml", text)
        return tomllib.loads(text)
    if what == "rules":
        rules_schema.rules(read_yaml(text.encode(), "a.yaml"), "", {k: fixer(k) for k in kinds()})
    elif what == "suggestions":
        parse_suggestions(text.encode(), "a.yaml")
    else:
        (folder / "a.yaml").write_text(text, encoding="utf-8")
        load_names(folder / "a.yaml")
    return yaml.safe_load(text)


@pytest.mark.parametrize(("what", "text", "old", "new", "right"), CHANGES)
def test_the_schema_and_the_reader_agree(
    what: str, text: str, old: str, new: str, right: bool, tmp_path: Path
) -> None:
    assert old in text
    changed = text.replace(old, new, 1) if old else text
    data = tomllib.loads(changed) if what == "configuration" else yaml.safe_load(changed)
    assert validator(what).is_valid(data) == right
    try:
        read(what, changed, tmp_path)
    except CleanerError:
        assert not right
    else:
        assert right


def test_all_settings_are_in_the_schema() -> None:
    assert set(SCHEMAS["configuration"]()["properties"]) == set(KEYS)


def test_the_files_of_init_name_their_schemas(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    for name, mark in (
        ("cleaner.toml", "#:schema "),
        ("rules/names/accepted.yaml", "# yaml-language-server: $schema="),
    ):
        file = tmp_path / name
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(mark)
        schema = json.loads((file.parent / first.removeprefix(mark)).read_text(encoding="utf-8"))
        assert schema["$schema"].endswith("2020-12/schema")
