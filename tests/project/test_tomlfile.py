"""The line of every key of a configuration, found by one look at each statement."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.project import tomlfile
from cleaner.project.tomlfile import TomlFile

STATEMENTS = [
    "",
    '# a comment with ] and \' and """',
    "bare = 1",
    "dotted.key = 'a'",
    '"quoted key" = "a \\" [ # b"',
    "list = ['[', \"]\", '''\n]''', # ]\n 3,\n]",
    "inline = {a = 1, b = {c = '}'}}",
    'basic = """\none ""two"" \\""" three\n"""',
    'ends_with_quotes = """a"""""',
    "literal = '''\n# no comment \\\n'''",
    "ends_with_marks = '''a'''''",
    "date = 2026-11-22T10:00:00Z",
    "[table]",
    "[ 'a'.\"b\" ]  # ]",
    "[[array]]",
    "[[array]]\nname = 'x'",
]


def valid(statements: list[str], end: str) -> str:
    """The statements that can follow one another, as the text of a file."""
    text = ""
    for statement in statements:
        more = f"{text}{statement}\n"
        try:
            tomllib.loads(more)
        except tomllib.TOMLDecodeError:
            continue
        text = more
    return text.replace("\n", end)


def slow_statements(text: str) -> Iterator[tuple[int, str]]:
    """A statement is complete where what was read since the last one parses by itself."""
    start, chunk = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        chunk += f"{line}\n"
        try:
            tomllib.loads(chunk)
        except tomllib.TOMLDecodeError:
            continue
        yield start, chunk
        start, chunk = number + 1, ""


@given(st.lists(st.sampled_from(STATEMENTS), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_statements_are_those_that_parse_by_themselves(statements: list[str], end: str) -> None:
    text = valid(statements, end)
    found = [(line, part.strip()) for line, part in tomlfile._statements(text)]
    slow = [(line, part.strip()) for line, part in slow_statements(text)]
    assert found == slow


def work(monkeypatch: pytest.MonkeyPatch, lines: int) -> int:
    """Count the characters that are parsed to find a key behind a list of so many lines."""
    text = "exclude = [\n" + "".join(f"  'part-{n:06}/',\n" for n in range(lines)) + "]\nx = 1\n"
    parsed = 0
    loads = tomllib.loads

    def counting(text: str) -> dict[str, Any]:
        nonlocal parsed
        parsed += len(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counting)
    assert TomlFile(Path("cleaner.toml"), text, {}).place("x") == f"cleaner.toml:{lines + 3}"
    monkeypatch.undo()
    return parsed


def test_twice_the_lines_are_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work(monkeypatch, 4_000) < 2.1 * work(monkeypatch, 2_000)
