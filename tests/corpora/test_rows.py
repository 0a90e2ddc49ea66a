"""Rows: what is cleaned, what is left alone and said, and that `cleaner fix` gives the same."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import formats
from cleaner.corpora.chunks import Chunk, Place, TooLongError, divide
from cleaner.corpora.table import Failure
from cleaner.corpora.work import Done, Job, Worker, rows_of
from cleaner.errors import CleanerError, RefusedError, UsageError
from cleaner.formats import MalformedError
from cleaner.project.config import Config
from cleaner.project.corpus import Cleaned
from cleaner.project.selection import Selection
from tests.command import CLEAN, DAMAGED

TEXT = ("text",)
NOT_JSON = "this is not JSON: expecting property name enclosed in double quotes; mend it"
NO_TEXT = "there is no text in the field “text”"
NUL = "there is a NUL character in it, which is not text; leave it out"
NOT_UTF_8 = "byte 0xFF at offset 11 of the row is not UTF-8; save it as UTF-8"
UNCLOSED = "this quotation mark is not closed; close it, or double those in the cell"


def job(path: Path, fields: Sequence[str] = TEXT, id: str = "") -> Job:
    return Job(Config(fields={"*": tuple(fields)}), (path,), id)


def done(path: Path, data: bytes, fields: Sequence[str] = TEXT, id: str = "") -> Done:
    """What becomes of the rows of a file, all of them in one chunk."""
    path.write_bytes(data)
    wanted = job(path, fields, id)
    _, head = rows_of(wanted, path)
    place = Place().behind(head)
    return Worker(wanted, selection())(Chunk(place, data[len(head) :]))


@cache
def selection() -> Selection:
    return Selection(Config(fields={"*": TEXT}))


def reasons(failures: Sequence[Failure]) -> list[tuple[int | None, str]]:
    return [(failure.where.line, failure.why.partition(" (fields: ")[0]) for failure in failures]


# -- a row of JSON Lines, the same after cleaning, and why it is left alone ("" if it is not)
@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param(f'{{"text": "{DAMAGED}"}}', f'{{"text": "{CLEAN}"}}', "", id="plain"),
        pytest.param(
            f'{{ "n":1.50,"text" :"{DAMAGED}","Marwin":"Marwin","é":[ ] }} ',
            f'{{ "n":1.50,"text" :"{CLEAN}","Marwin":"Marwin","é":[ ] }} ',
            "",
            id="all else byte for byte",
        ),
        pytest.param(
            json.dumps({"text": DAMAGED}), json.dumps({"text": CLEAN}), "", id="escapes stay"
        ),
        pytest.param(f'{{"text": "{CLEAN}"}}', None, "", id="clean"),
        pytest.param('{"text": ""}', None, "", id="empty text"),
        pytest.param("  \t", None, "", id="blank line"),
        pytest.param('{"text": []}', None, "", id="empty list"),
        pytest.param("{Marwin}", None, NOT_JSON, id="not JSON"),
        pytest.param('{"text": "Marw', None, "this is not JSON", id="cut off"),
        pytest.param('{"body": "Marwin"}', None, NO_TEXT, id="no such field"),
        pytest.param('{"text": 7}', None, NO_TEXT, id="a number"),
        pytest.param('{"text": null}', None, NO_TEXT, id="null"),
        pytest.param('{"text": {"text": "Marwin"}}', None, NO_TEXT, id="an object"),
        pytest.param('"Marwin"', None, NO_TEXT, id="a string"),
        pytest.param(f'{{"text": "{"[" * 9}"}}' + "[" * 100_000, None, "this is not", id="deep"),
    ],
)
def test_a_row_of_json_lines(before: str, after: str | None, why: str, tmp_path: Path) -> None:
    end = f'\r\n{{"text": "{DAMAGED}"}}\n'
    result = done(tmp_path / "a.jsonl", f"{before}{end}".encode())
    assert result.data.decode() == (after or before) + end.replace(DAMAGED, CLEAN)
    (found,) = [*reasons(result.failures)] or [(1, "")]
    assert found[0] == 1
    assert found[1].startswith(why)
    assert bool(found[1]) == bool(why)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param(f'1,"{DAMAGED}"', f'1,"{CLEAN}"', "", id="quoted"),
        pytest.param("1,Marwin of Alibaba", "1,Ma Yun of Alibaba", "", id="bare"),
        pytest.param(
            '"1","Alibaba\r\nof ""Marwin"""', '"1","Alibaba\r\nof ""Ma Yun"""', "", id="lines"
        ),
        pytest.param("1,", None, "", id="empty cell"),
        pytest.param("", None, "", id="blank line"),
        pytest.param("1", None, NO_TEXT, id="a row that is too short"),
        pytest.param("1,Mar\0win", None, NUL, id="NUL"),
        pytest.param("1,Alibaba’s Marwin,more", "1,Alibaba’s Ma Yun,more", "", id="too long"),
    ],
)
def test_a_row_of_a_table(before: str, after: str | None, why: str, tmp_path: Path) -> None:
    head = "\N{ZERO WIDTH NO-BREAK SPACE}id,text\r\n"
    end = f'\r\n2,"{DAMAGED}"\r\n'
    result = done(tmp_path / "a.csv", f"{head}{before}{end}".encode())
    assert result.data.decode() == (after if after is not None else before) + end.replace(
        DAMAGED, CLEAN
    )
    assert reasons(result.failures) == ([(2, why)] if why else [])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        pytest.param("a.jsonl", b'{"text": "M\xff"}\n', NOT_UTF_8, id="not UTF-8"),
        pytest.param("a.csv", b'id,text\n1,"Marwin\n2,b\n', UNCLOSED, id="an open quotation mark"),
    ],
)
def test_a_row_whose_bytes_are_wrong(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    result = done(tmp_path / name, data)
    assert data.endswith(result.data)
    assert [found for _, found in reasons(result.failures)] == [why]


def test_findings_are_rows_of_a_table(tmp_path: Path) -> None:
    rows = [{"n": {"id": 7}, "title": "Alibaba", "text": f"So.\n\n{DAMAGED}"}, {"text": "Marwin"}]
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path = tmp_path / "a.jsonl"
    (found,) = map(json.loads, done(path, data, ("title", "text"), "n.id").findings.splitlines())
    text = f"Alibaba\n\nSo.\n\n{DAMAGED}"
    assert text[found["start"] : found["end"]] == found["before"] == "Marwin"
    place = {"document": 7, "file": str(path), "line": 1, "field": "text"}
    assert (
        found.items()
        >= {
            **place,
            "rule": "names/people/ma-yun",
            "level": "fix",
            "after": "Ma Yun",
        }.items()
    )
    (found,) = map(json.loads, done(path, data, ("title", "text")).findings.splitlines())
    assert found["document"] == f"{path}:1"


def test_the_id_of_a_table_is_a_column(tmp_path: Path) -> None:
    data = f'key;text\n"a""b";{DAMAGED}\n'.encode()
    found = json.loads(done(tmp_path / "a.csv", data, id="key").findings)
    assert found["document"] == 'a"b'


# -- the same as `cleaner fix`

PIECES = st.sampled_from(
    [
        "Alibaba",
        " Marwin",
        "’",
        '"',
        " ",
        "\n",
        "\r\n",
        ",",
        "\\",
        "é",
        "\t",
        ".",
        "“so”",
        "''",
        ";",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)
END = st.sampled_from(["\n", "\r\n", "\r"])


def json_line(text: str, ascii: bool) -> str:
    return json.dumps({"id": 1, "text": text}, ensure_ascii=ascii)


def table_row(text: str, quoted: bool) -> str:
    needs = quoted or any(char in text for char in ',;"\r\n')
    return '1,"{}"'.format(text.replace('"', '""')) if needs else f"1,{text}"


def as_fixed(path: Path) -> bytes:
    """The bytes that `cleaner fix` would write."""
    (outcome,) = selection().clean([path])
    assert isinstance(outcome, Cleaned), outcome
    return outcome.data


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=5), END)
def test_json_lines_come_out_as_fix_writes_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, bool]], end: str
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    data = "".join(json_line(*row) + end for row in rows).encode()
    assert done(path, data).data == as_fixed(path)


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=5), END)
def test_tables_come_out_as_fix_writes_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, bool]], end: str
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    data = f"id,text{end}{''.join(table_row(*row) + end for row in rows)}".encode()
    head = f"id,text{end}".encode()
    assert head + done(path, data).data == as_fixed(path)


# -- dividing


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["last line ended", "not ended"])
@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_chunks_hold_whole_rows_and_all_of_them(name: str, last: bool, end: str) -> None:
    rows = ['1,"a\nb"' if name == "csv" else "1", "2", "333333333", "", "4", "55"]
    data = (end.join(rows) + (end if last else "")).encode()
    row = formats.row_suffixes()[f".{name}"].rows("id,text\n1,a\n", ["text"]).row
    for size in range(1, len(data) + 2):
        parts = list(divide(BytesIO(data), row, size))
        assert b"".join(parts) == data
        assert all(len(part) >= size for part in parts[:-1])
        ends = {len(end.join(rows[:n]) + end) for n in range(1, len(rows))}
        at = 0
        for part in parts[:-1]:
            at += len(part)
            assert at in ends


def test_chunks_do_not_depend_on_how_much_is_read_at_a_time() -> None:
    class Slow(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 3))

    data = b"".join(b"%d\n" % (number * 37) for number in range(200))
    row = re.compile(rb"([^\r\n]*+)(?:\r\n?|\n|\Z)")
    assert list(divide(Slow(data), row, 50)) == list(divide(BytesIO(data), row, 50))


def test_a_row_that_is_too_long_is_named_by_its_line() -> None:
    row = re.compile(rb"([^\r\n]*+)(?:\r\n?|\n|\Z)")
    with pytest.raises(TooLongError) as error:
        list(divide(BytesIO(b"a\nb\n" + b"c" * 100), row, size=2, most=50))
    assert error.value.lines == 2


# -- what is wrong with a whole file


@pytest.mark.parametrize(
    ("name", "data", "fields", "id", "error", "what"),
    [
        ("a.txt", b"a", TEXT, "", UsageError, "cleaner corpus reads .csv, .jsonl, .ndjson, .tab"),
        ("a.jsonl", b'{"a": "b"}\n', (), "", RefusedError, "name them with --field (fields: a)"),
        ("a.csv", b"a,b\n1,2\n", (), "", RefusedError, "name them with --field (fields: a, b)"),
        ("a.csv", b"a,b\n1,2\n", TEXT, "", RefusedError, "in the field “text”; name one of those"),
        ("a.csv", b"\n1,2\n", TEXT, "", RefusedError, "the first row does not name the fields"),
        ("a.csv", b"id,text\n", TEXT, "key", RefusedError, "no field “key” that tells which row"),
        ("a.jsonl", '{"text": "a"}'.encode("utf-16"), TEXT, "", RefusedError, "this is UTF-16"),
        ("a.jsonl.gz", b"no gzip", TEXT, "", RefusedError, "what is compressed in it is damaged"),
        ("a.jsonl.zst", b"no zstd", TEXT, "", RefusedError, "what is compressed in it is damaged"),
        ("a.jsonl.gz", b"\x1f\x8b\x08", TEXT, "", RefusedError, "it ends too early"),
        ("a.jsonl", None, TEXT, "", RefusedError, "there is no such file"),
    ],
)
def test_a_file_that_cannot_be_read(
    name: str,
    data: bytes | None,
    fields: Sequence[str],
    id: str,
    error: type[CleanerError],
    what: str,
    tmp_path: Path,
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=re.escape(what)):
        rows_of(job(tmp_path / name, fields, id), tmp_path / name)


@pytest.mark.parametrize("name", sorted(formats.row_suffixes()))
def test_every_format_of_rows_refuses_rows_without_a_text(name: str) -> None:
    module = formats.row_suffixes()[name]
    rows = module.rows("id\ttext\n" if module.NAME == "tsv" else "id,text\n", ["text"])
    with pytest.raises(MalformedError):
        rows.read("1")
