"""Formats are found by listing their folder, and each of them provides what `Format` describes."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
import yaml

from cleaner import hook
from cleaner.cli.options import _SHARED
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import (
    Format,
    check_name,
    for_name,
    for_suffix,
    in_folders,
    markdown,
    modules,
    names,
    plain,
    prose_suffixes,
    reader,
    suffix_of,
    suffixes,
)
from cleaner.text.document import Document
from tests.samples import ROOT


def test_every_module_of_the_folder_is_a_format() -> None:
    found = {Path(module.__file__ or "").parent.name for module in _as_modules()}
    assert {"formats", "markdown"} <= found
    for module in modules():
        assert module.NAME
        assert callable(module.read)
        assert in_folders(module) in {"all", "english", "fields"}
        assert hasattr(module, "declares_english") == (in_folders(module) == "english")
        assert hasattr(module, "unpack") == hasattr(module, "pack")


def _as_modules() -> list[ModuleType]:
    return [cast(ModuleType, module) for module in modules()]


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
    endings = "|".join(ending.removeprefix(".") for ending in prose_suffixes())
    for one in hooks:
        assert one["files"] == rf"(?i)\.({endings})$"
        assert one["types"] == ["file"]  # a container is no text to pre-commit
        for ending in prose_suffixes():
            assert re.search(one["files"], f"news/Page{ending.upper()}")
            assert not re.search(one["files"], f"Page{ending}.orig")


def test_every_format_has_the_name_by_which_it_is_found() -> None:
    assert [module.NAME for module in modules()] == [*names()]
    assert all(re.fullmatch("[a-z]+", name) for name in names())


def test_helps_name_every_format() -> None:
    option = _SHARED["read_as"][0].__metadata__[0].help
    assert f"one of {', '.join(names())}," in option
    assert hook.parser().format_help().endswith(f"Formats: {', '.join(names())}\n")


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "\0", "`[<!--", "\N{GRINNING FACE}\r"])
@pytest.mark.parametrize("module", [markdown, plain], ids=["markdown", "plain"])
def test_any_text_makes_a_document(module: Format, text: str) -> None:
    document = module.read(text)
    assert document.source == text
    assert document.rewritten([]) == text
    assert all(block.span.of(document.text).strip() for block in document.blocks())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("a.txt", plain.NAME, id="text"),
        pytest.param("a.TXT", plain.NAME, id="capitals"),
        pytest.param("news.md/a.text", plain.NAME, id="only the last ending counts"),
        pytest.param("news/a.md", markdown.NAME, id="Markdown in a folder"),
        pytest.param("a.MD", markdown.NAME, id="Markdown in capitals"),
        pytest.param("b.markdown", markdown.NAME, id="markdown"),
        pytest.param("c.mdown", markdown.NAME, id="mdown"),
        pytest.param("d.mkd", markdown.NAME, id="mkd"),
        pytest.param("README", plain.NAME, id="no ending"),
        pytest.param("news/.md", plain.NAME, id="hidden file without an ending"),
        pytest.param("news.md/README", plain.NAME, id="ending of a folder"),
        pytest.param("news.html/README", plain.NAME, id="unknown ending of a folder"),
        pytest.param("LICENSE", plain.NAME, id="no ending, in capitals"),
        pytest.param("1. The Beginning", plain.NAME, id="a title with a full stop"),
        pytest.param("notes.", plain.NAME, id="a full stop at the end"),
        pytest.param("<stdin>", plain.NAME, id="stdin"),
        pytest.param("page.html.txt", plain.NAME, id="the last of two endings"),
    ],
)
def test_for_name(name: str, expected: str) -> None:
    assert for_name(name).name == expected


READ_AS_TEXT = "--read-as text reads it as plain text (formats: {})"
UNKNOWN = [
    *("a.py", "a.tex", "a.rst", "a.adoc", "a.mdx", "a.log", "a.txt.orig", "a.md~", "a.md.bak"),
    *("news.md/a.rst", ".hidden.rst", "마윈.rst", "v1.2"),
]
SAVED_AS = {
    **dict.fromkeys(("a.odt", "a.doc", "a.RTF", "a.pdf", "a.hwp"), ".docx"),
    "a.mobi": ".epub",
    "a.xlsx": ".csv",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_ending_that_no_format_has_is_refused(name: str) -> None:
    assert for_suffix(name) is None
    with pytest.raises(RefusedError) as error:
        for_name(name)
    remedy = READ_AS_TEXT.format(", ".join(names()))
    assert str(error.value) == f"{name}: no reader for {suffix_of(name)}; {remedy}"
    assert for_name(name, "text").read is plain.read
    assert for_name(name, "markdown").name == "markdown"


@pytest.mark.parametrize(("name", "other"), SAVED_AS.items())
def test_a_file_that_has_to_be_saved_in_another_format(name: str, other: str) -> None:
    with pytest.raises(RefusedError) as error:
        for_name(name)
    assert error.value.why == f"no reader for {suffix_of(name)}; save it as {other}"
    assert other in suffixes() or other in {".docx", ".epub"}


def test_fields_are_given_to_the_formats_that_have_them() -> None:
    class WithFields:
        NAME, SUFFIXES, FIELDS = "front", (".front",), True

        @staticmethod
        def read(source: str, fields: tuple[str, ...]) -> Document:
            return plain.read(source + ",".join(fields))

    module = cast(Format, WithFields)
    assert reader(module, ["title", "lead"]).read("x ").text == "x title,lead"
    assert for_name("a.json", fields=["a"]).read('{"a": "x"}').text == "x"
    assert for_name("a.txt", fields=["a"]).read is plain.read


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("txt", "did you mean `text`?", id="an ending"),
        pytest.param("Text", "did you mean `text`?", id="in capitals"),
        pytest.param("python", f"known are: {', '.join(names())}", id="no format"),
        pytest.param("", f"known are: {', '.join(names())}", id="empty"),
    ],
)
def test_a_name_that_no_format_has(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"there is no format “{name}”; {said}")):
        check_name(name)
