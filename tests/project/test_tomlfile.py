"""The line of every key of a configuration, found by one look at each statement."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.project import tomlfile
from cleaner.project.tomlfile import TomlFile

TraceFunction: TypeAlias = Callable[[FrameType, str, object], Any]

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


PLACES = {
    "a key": ("a = 1", ["a"], 1),
    "a table": ("\n[a]\nb = 1", ["a"], 2),
    "a key of a table": ("\n[a]\nb = 1", ["a", "b"], 3),
    "a dotted key": ("\na.b.c = 1", ["a", "b", "c"], 2),
    "a table in braces": ("\na = {b = {c = 1}}", ["a", "b", "c"], 2),
    "a table named after a table in it": ("[a.b]\n\n[a]\nc = 1", ["a"], 1),
    "an entry": ("[[a]]\nx = 1\n\n[[a]]", ["a", 1], 4),
    "a key of an entry": ("[[a]]\nx = 1\n\n[[a]]\nx = 2", ["a", 1, "x"], 5),
    "a table of the second entry": ("[[a]]\n[a.b]\n[[a]]\n\n[a.b]\nx = 1", ["a", 1, "b"], 5),
    "a key of it": ("[[a]]\n[a.b]\n[[a]]\n\n[a.b]\nx = 1", ["a", 1, "b", "x"], 6),
    "an entry of an entry": ("[[a]]\n[[a.b]]\n[[a.b]]\nx = 1", ["a", 0, "b", 1], 3),
    "a key of an entry of an entry": (
        "[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\nx = 1",
        ["a", 1, "b", 0, "x"],
        5,
    ),
    "a table of an entry of an entry": (
        "[[a]]\n[[a.b]]\n[[a.b]]\n[a.b.c]\nx = 1",
        ["a", 0, "b", 1, "c", "x"],
        5,
    ),
    "a list by an item": ("\na = [\n 1,\n 2]", ["a", 1], 2),
    "what is not set, by its table": ("\n[a]\nb = 1", ["a", "c"], 2),
}


@pytest.mark.parametrize(("text", "keys", "line"), PLACES.values(), ids=PLACES)
def test_the_line_of(text: str, keys: list[str | int], line: int) -> None:
    assert TomlFile(Path("cleaner.toml"), text, {}).place(*keys) == f"cleaner.toml:{line}"


NUMBERED = [  # each value becomes the number of the line on which it is set
    "",
    "x = #",
    "y.z = #",
    "v = {w = #}",
    *(f"[{keys}]" for keys in ("a", "a.b", "a.b.c", "c")),
    *(f"[[{keys}]]" for keys in ("a", "a.b", "a.b.c", "c")),
]


def values(
    value: Any, keys: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """All numbers in a parsed text, with the keys that lead to them."""
    if isinstance(value, int):
        yield keys, value
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from values(item, (*keys, key))


@given(st.lists(st.sampled_from(NUMBERED), max_size=16))
def test_every_value_is_on_its_line(statements: list[str]) -> None:
    text = ""
    for statement in statements:
        more = text + statement.replace("#", str(text.count("\n") + 1)) + "\n"
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads(more)
            text = more
    file = TomlFile(Path("cleaner.toml"), text, {})
    for keys, line in values(tomllib.loads(text)):
        assert file.place(*keys) == f"cleaner.toml:{line}"


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


def lines_run(entries: int) -> int:
    """Count the lines of the module that run to find a key of the last of so many entries."""
    text = "[[ignores]]\nfile = 'a'\n\n" * entries
    run = 0

    def count(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal run
        run += event == "line"
        return count if frame.f_code.co_filename == tomlfile.__file__ else None

    tracing = sys.gettrace()
    sys.settrace(count)
    try:
        place = TomlFile(Path("cleaner.toml"), text, {}).place("ignores", entries - 1, "file")
    finally:
        sys.settrace(tracing)
    assert place == f"cleaner.toml:{3 * entries - 1}"
    return run


def test_twice_the_entries_are_twice_the_work() -> None:
    assert lines_run(400) < 2.1 * lines_run(200)
