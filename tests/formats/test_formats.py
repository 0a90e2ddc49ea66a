"""Formats are found by listing their folder, and each of them provides what `Format` describes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml

from cleaner.formats import Format, for_name, markdown, modules, plain, suffixes
from cleaner.text.document import Document
from tests.samples import ROOT

# mypy holds each module to the protocol here; `modules` cannot know their types.
FORMATS: list[Format] = [markdown, plain]


def test_every_module_of_the_folder_is_a_format() -> None:
    assert list(modules()) == FORMATS


def test_endings_are_small_and_belong_to_one_format() -> None:
    endings: list[str] = []
    for module in modules():
        endings += module.SUFFIXES
    assert sorted(endings) == sorted(suffixes())
    for ending in endings:
        assert ending.startswith(".")
        assert ending == ending.lower()


def test_the_hooks_are_given_files_of_every_format() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        alternatives = re.fullmatch(r"\\\.\((.+)\)\$", hook["files"])
        assert alternatives
        endings = [f".{ending}" for ending in alternatives.group(1).split("|")]
        assert sorted(endings) == sorted(suffixes())


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "\0", "`[<!--", "\N{GRINNING FACE}\r"])
@pytest.mark.parametrize("module", FORMATS, ids=["markdown", "plain"])
def test_any_text_makes_a_document(module: Format, text: str) -> None:
    document = module.document(text)
    assert document.text == text
    assert all(block.span.of(text).strip() for block in document.blocks())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("a.txt", plain.document, id="text"),
        pytest.param("a.TXT", plain.document, id="capitals"),
        pytest.param("news.md/a.text", plain.document, id="only the last ending counts"),
        pytest.param("news/a.md", markdown.document, id="Markdown in a folder"),
        pytest.param("a.MD", markdown.document, id="Markdown in capitals"),
        pytest.param("b.markdown", markdown.document, id="markdown"),
        pytest.param("c.mdown", markdown.document, id="mdown"),
        pytest.param("d.mkd", markdown.document, id="mkd"),
        pytest.param("a.unknown", plain.document, id="unknown ending"),
        pytest.param("README", plain.document, id="no ending"),
        pytest.param("news/.md", plain.document, id="hidden file without an ending"),
        pytest.param("news.md/README", plain.document, id="ending of a folder"),
    ],
)
def test_for_name(name: str, expected: Callable[[str], Document]) -> None:
    assert for_name(name) is expected
