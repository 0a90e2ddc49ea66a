"""Formats are found by listing their folder, and each of them provides what `Format` describes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml

from cleaner import hook
from cleaner.cli.options import _SHARED
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import (
    Format,
    check_name,
    for_name,
    markdown,
    modules,
    names,
    plain,
    reader,
    suffix_of,
    suffixes,
)
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
    for one in hooks:
        alternatives = re.fullmatch(r"\(\?i\)\\\.\((.+)\)\$", one["files"])
        assert alternatives
        endings = [f".{ending}" for ending in alternatives.group(1).split("|")]
        assert sorted(endings) == sorted(suffixes())
        for ending in suffixes():
            assert re.search(one["files"], f"news/Page{ending.upper()}")
            assert not re.search(one["files"], f"Page{ending}.html")


def test_names_are_small_and_belong_to_one_format() -> None:
    assert list(names()) == [module.NAME for module in FORMATS] == ["markdown", "text"]
    assert all(re.fullmatch("[a-z]+", name) for name in names())


def test_helps_name_every_format() -> None:
    option = _SHARED["read_as"][0].__metadata__[0].help
    for text in (option, hook.parser().format_help()):
        assert all(name in text for name in names())


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
        pytest.param("README", plain.document, id="no ending"),
        pytest.param("news/.md", plain.document, id="hidden file without an ending"),
        pytest.param("news.md/README", plain.document, id="ending of a folder"),
        pytest.param("news.html/README", plain.document, id="unknown ending of a folder"),
        pytest.param("LICENSE", plain.document, id="no ending, in capitals"),
        pytest.param("1. The Beginning", plain.document, id="a title with a full stop"),
        pytest.param("notes.", plain.document, id="a full stop at the end"),
        pytest.param("<stdin>", plain.document, id="stdin"),
        pytest.param("page.html.txt", plain.document, id="the last of two endings"),
    ],
)
def test_for_name(name: str, expected: Callable[[str], Document]) -> None:
    assert for_name(name) is expected


UNKNOWN = [
    *("a.srt", "a.html", "a.HTML", "a.epub", "a.docx", "a.po", "a.json", "a.py", "a.csv", "a.tex"),
    *("a.rst", "a.adoc", "a.mdx", "a.odt", "a.xliff", "a.log", "a.txt.orig", "a.md~", "a.md.bak"),
    *("news.md/a.html", ".hidden.html", "마윈.srt", "v1.2"),
]


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_ending_that_no_format_has_is_refused(name: str) -> None:
    assert reader(name) is None
    with pytest.raises(RefusedError) as error:
        for_name(name)
    reads = "--read-as text reads it as plain text (formats: markdown, text)"
    assert str(error.value) == f"{name}: no reader for {suffix_of(name)}; {reads}"
    assert for_name(name, "text") is plain.document
    assert for_name(name, "markdown") is markdown.document


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("txt", "did you mean `text`?", id="an ending"),
        pytest.param("Text", "did you mean `text`?", id="in capitals"),
        pytest.param("html", "known are: markdown, text", id="no format yet"),
        pytest.param("", "known are: markdown, text", id="empty"),
    ],
)
def test_a_name_that_no_format_has(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"there is no format “{name}”; {said}")):
        check_name(name)
