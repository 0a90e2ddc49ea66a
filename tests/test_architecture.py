"""Holds ARCHITECTURE.md and the glossary against the tree: what can be checked in them is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.samples import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
HEAD = TEXT.split("\n## Decisions\n")[0]
PACKAGES = TEXT.split("\n## The packages\n")[1].split("\n### ")[0]


def rows(section: str) -> list[list[str]]:
    """The rows of the first table in a section, without its header."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def layers() -> list[set[str]]:
    """The layers that import-linter checks, from the top down."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (found,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return [set(layer.split(" | ")) for layer in found]


def named(cell: str) -> set[str]:
    """The modules of the top level that a cell names: `cli/` is cli, `hook.py` is hook."""
    return {name.removesuffix("/").removesuffix(".py") for name in re.findall(r"`([^`]+)`", cell)}


def test_the_table_of_packages_is_the_folder_listing() -> None:
    listed = set[str]()
    for row in rows(PACKAGES):
        listed |= {name for name in named(row[0]) if "/" not in name}
    found = {path.stem for path in (ROOT / "cleaner").glob("[!_]*.py")}
    found |= {path.parent.name for path in (ROOT / "cleaner").glob("[!_]*/__init__.py")}
    assert listed == found


def test_the_table_of_packages_is_in_the_order_of_the_layers() -> None:
    height: dict[str, int] = {}
    for number, layer in enumerate(layers()):
        height |= dict.fromkeys(layer, number)
    order: list[int] = []
    for row in rows(PACKAGES):
        order += sorted(height[name] for name in named(row[0]) if "/" not in name)
    assert order == sorted(order)


@pytest.mark.parametrize("package", ["engine"])
def test_a_table_of_modules_is_the_folder_listing(package: str) -> None:
    section = TEXT.split(f"\n### Inside the {package}\n")[1].split("\n### ")[0]
    listed = {row[0].strip("`") for row in rows(section)}
    found = {path.name for path in (ROOT / "cleaner" / package).glob("[!_]*.py")}
    assert listed == found


def test_paths_exist() -> None:
    placeholders = {"NAME", "FILE"}
    for path in re.findall(r"`((?:cleaner|tests|rules|seeds)/[\w/.-]*)`", TEXT):
        if placeholders.isdisjoint(re.split(r"[/.]", path)) and path != "cleaner/_rules":
            assert (ROOT / path).exists(), path


def test_entry_points_exist() -> None:
    entries = HEAD.split("\n## Where to enter\n")[1].split("\n## ")[0]
    found = re.findall(r"`([A-Za-z.]+)` in `(cleaner/[\w/]+\.py)`", entries)
    assert found
    for name, path in found:
        source = (ROOT / path).read_text(encoding="utf-8")
        for part in name.split("."):
            assert re.search(rf"^ *(?:class|def) {part}\b", source, re.MULTILINE), name


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "ARCHITECTURE.md", ROOT / ".github" / "CONTRIBUTING.md"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_invariant_names_tests_that_exist() -> None:
    section = HEAD.split("\n## What always holds\n")[1]
    assert len(re.findall(r"^\d+\. ", section, re.MULTILINE)) == 10
    for path in re.findall(r"`(tests/[\w/.]+)`", section):
        assert (ROOT / path).exists(), path


def test_the_glossary_explains_each_word_once() -> None:
    glossary = (ROOT / "cleaner" / "manual" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"\*\*([\w -]+)\*\*", glossary)
    assert len(words) == len(set(words))
    wanted = {
        *("span", "edit", "rule", "finding", "level", "fixer", "kind", "canonical form", "variant"),
        *("alias", "name", "mention", "gazetteer", "glossary", "transcription", "romanisation"),
        *("transliteration", "pivot language", "evidence", "suppress", "ignore comment", "block"),
        *("baseline", "seed", "golden", "known gap", "headline", "caption", "credit", "byline"),
        *("dateline", "suggestion", "accept", "reject", "skip", "source", "text"),
    }
    assert wanted <= set(words)


def test_no_line_is_longer_than_the_house_allows() -> None:
    files = [*(ROOT / "cleaner").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    long: list[Path] = []
    for path in files:
        if any(len(line) > 100 for line in path.read_text(encoding="utf-8").splitlines()):
            long.append(path)
    assert long == []
