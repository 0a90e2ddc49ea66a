"""Data: only the fields that are asked for are text, and all else stays to the byte."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.findings import Result
from cleaner.formats import MalformedError, for_name
from cleaner.text.document import Document, ReadDocument
from cleaner.text.edits import Edit, Span
from tests.formats import roundtrip
from tests.samples import engine_for


def reader(name: str, *fields: str) -> ReadDocument:
    return for_name(name, fields=fields).read


def blocks(document: Document) -> list[str]:
    assert {block.kind for block in document.blocks()} <= {"cell"}
    return [block.span.of(document.text) for block in document.blocks()]


NEWS = r'{"title": "T", "by": {"name": "N"}, "paragraphs": [{"text": "A"}, {"text": "B"}], "n": 1}'
TEXTS = [
    # the fields of JSON
    pytest.param("a.json", NEWS, ["title"], ["T"], id="at the top"),
    pytest.param("a.json", NEWS, ["by.name"], ["N"], id="in an object"),
    pytest.param("a.json", NEWS, ["paragraphs[].text"], ["A", "B"], id="in an array"),
    pytest.param("a.json", NEWS, ["paragraphs[].text", "title"], ["T", "A", "B"], id="in order"),
    pytest.param("a.json", NEWS, ["*.name"], ["N"], id="one level below"),
    pytest.param("a.json", '{"b": "1", "x": {"b": "2"}}', ["b"], ["1"], id="only at the top"),
    pytest.param(
        "a.json",
        '{"b": "1", "x": {"b": "2", "y": {"b": "3"}}}',
        ["*.b"],
        ["2"],
        id="only one level",
    ),
    pytest.param(
        "a.json", '{"b": "1", "x": [{"b": "2"}], "c": "3"}', ["**.b"], ["1", "2"], id="any depth"
    ),
    pytest.param(
        "a.json", '[{"text": "A"}, {"id": "B"}]', ["[].text"], ["A"], id="array at the top"
    ),
    pytest.param(
        "a.json", '["A", 1, ["B"], {"c": "C"}]', ["[]"], ["A", "B"], id="strings at the top"
    ),
    pytest.param(
        "a.json", '{"tags": ["A", "B"]}', ["tags"], ["A", "B"], id="an array is the field"
    ),
    pytest.param("a.json", '{"tags": ["A", "B"]}', ["tags[]"], ["A", "B"], id="its elements"),
    pytest.param("a.json", '{"t": "A", "t": "B"}', ["t"], ["A", "B"], id="doubled keys"),
    pytest.param("a.json", '{"a.b": "A", "a": {"b": "B"}}', ['"a.b"'], ["A"], id="a full stop"),
    pytest.param("a.json", '{"\\u0074": "A"}', ["t"], ["A"], id="an escape in the name"),
    pytest.param("a.json", '{"t": null, "u": ["A"]}', ["t", "u"], ["A"], id="null"),
    pytest.param("a.json", '{"t": [], "u": "A"}', ["t", "u"], ["A"], id="an empty array"),
    pytest.param("a.json", '{"t": {"u": "A"}, "x": [{"t": 1}]}', ["t.u"], ["A"], id="objects"),
    pytest.param(
        "a.json", f'{{"n": {"9" * 5000}, "t": "A", "x": NaN}}', ["t"], ["A"], id="numbers"
    ),
    # how strings are spelled
    pytest.param(
        "a.json",
        r'{"t": "\u2018A\u2019 \"B\" \/ \\ \t\ud83d\ude00"}',
        ["t"],
        ['‘A’ "B" / \\ \t😀'],
        id="escapes",
    ),
    pytest.param("a.json", r'{"t": "A\ud800B"}', ["t"], ["A\ufffdB"], id="half a character"),
    pytest.param(
        "a.json", r'{"t": "Ma\r\nWin\nB\rC"}', ["t"], ["Ma\nWin\nB\nC"], id="wrapped lines"
    ),
    pytest.param("a.json", r'{"t": "A\n\nB"}', ["t"], ["A", "B"], id="paragraphs in a string"),
    # JSON Lines
    pytest.param(
        "a.jsonl", '{"t": "A"}\n\n{"u": "B"}\r\n{"t": "C"}', ["t"], ["A", "C"], id="JSON Lines"
    ),
    pytest.param("a.ndjson", '{"p": [{"t": "A"}]}\n', ["p[].t"], ["A"], id="in an array of a row"),
    pytest.param("a.jsonl", "\n", ["t"], [], id="no rows"),
    # tables
    pytest.param("a.csv", "id,t\n1,A\n2,B\n", ["t"], ["A", "B"], id="CSV"),
    pytest.param("a.csv", "id,t\r\n1,A\r\n2,B", ["2"], ["A", "B"], id="by number, no line end"),
    pytest.param("a.csv", 'id,t\n1,"A, ""B"""\n', ["t"], ['A, "B"'], id="quotation marks"),
    pytest.param("a.csv", 'id,t\n1,"Ma\r\nWin"\n', ["t"], ["Ma\nWin"], id="a line end in a cell"),
    pytest.param("a.csv", 'id,t\n1,"A"B\n', ["t"], ["AB"], id="behind a quotation mark"),
    pytest.param("a.csv", 'id,t\n1,5" disk\n', ["t"], ['5" disk'], id="an inch"),
    pytest.param("a.csv", "id,t\n1\n2,A,3\n\n3,B", ["t"], ["A", "B"], id="ragged rows"),
    pytest.param("a.csv", "t,id,t\nA,1,B\n", ["t"], ["A", "B"], id="doubled columns"),
    pytest.param("a.csv", "id;t\n1;A, B, C\n", ["t"], ["A, B, C"], id="semicolons"),
    pytest.param("a.csv", "id;a, b, c, d\n1;A\n", ["id"], ["1"], id="where the field is found"),
    pytest.param("a.csv", "id|t\n1|A\n", ["t"], ["A"], id="bars"),
    pytest.param("a.csv", "id\tt\n1\tA\n", ["t"], ["A"], id="tabs"),
    pytest.param("a.csv", "sep=;\nid;t\n1;A\n", ["t"], ["A"], id="as Excel says it"),
    pytest.param("a.csv", "", ["t"], [], id="an empty table"),
    pytest.param("a.tsv", 'id\tt\n1\t"A, B\n', ["t"], ['"A, B'], id="TSV knows no quoting"),
]


@pytest.mark.parametrize(("name", "source", "fields", "expected"), TEXTS)
def test_the_texts(name: str, source: str, fields: Sequence[str], expected: list[str]) -> None:
    read = reader(name, *fields)
    assert blocks(read(source)) == expected
    roundtrip.check(read, source)


FIELDS = "name them with --field"
MANY = json.dumps({f"f{number}": "x" for number in range(12)})
TEN = "f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, …"
LONG = "x" * 1000
SHORT = "x" * 29 + "…" + "x" * 29
REFUSED = [
    pytest.param("a.json", MANY, [], None, f"{FIELDS} (fields: {TEN})", id="ten are listed"),
    pytest.param(
        "a.json", NEWS, [], None, "(fields: title, by.name, paragraphs[].text)", id="those of text"
    ),
    pytest.param(
        "a.json", f'{{"{LONG}": "x"}}', [], None, f"(fields: {SHORT})", id="a long name of a field"
    ),
    pytest.param("a.csv", f"{LONG},t\n", [], None, f"(fields: {SHORT}, t)", id="a long column"),
    pytest.param(
        "a.csv", '"a\nb\x1b",t\n', [], None, "(fields: a<U+000A>b<U+001B>, t)", id="controls"
    ),
    pytest.param("a.json", '{"a.b": ["x"]}', [], None, '(fields: "a.b"[])', id="quoted"),
    pytest.param("a.json", NEWS, ["x"], None, "no text in the field “x”; name one", id="none"),
    pytest.param("a.json", NEWS, ["by"], None, "no text in the field “by”; name", id="an object"),
    pytest.param("a.json", NEWS, ["title[]"], None, "in the field “title[]”", id="no array"),
    pytest.param("a.json", NEWS, ["a["], None, "“a[” names no field; write", id="no name"),
    pytest.param(
        "a.json", '{"a": "b"', ["a"], 9, "not JSON: expecting ',' delimiter", id="cut off"
    ),
    pytest.param("a.json", "{\n 'a': 1}", ["a"], 3, "not JSON: expecting property", id="quotes"),
    pytest.param("a.json", '"a', ["a"], 0, "unterminated string; mend", id="open"),
    pytest.param("a.json", "", ["a"], 0, "not JSON: expecting value; mend it", id="empty"),
    pytest.param("a.json", "[" * 200_000, ["a"], 0, "too deep in one another", id="deep"),
    pytest.param(
        "a.jsonl", '{"a": 1}\n{"a": x}\n', ["a"], 15, "not JSON: expecting value", id="a bad row"
    ),
    pytest.param("a.jsonl", '{"b": "x"}\n', ["a"], None, "“a”; name one of", id="in no row"),
    pytest.param("a.jsonl", '{"b": "x"}\n', [], None, "(fields: b)", id="rows without fields"),
    pytest.param("a.csv", "id,t\n1,A", [], None, f"{FIELDS} (fields: id, t)", id="columns"),
    pytest.param("a.csv", "id,t\n1,A", ["3"], None, "no text in the field “3”", id="no column"),
    pytest.param(
        "a.csv", 'id,t\n1,"A\n', ["t"], 7, "mark is not closed; close it", id="not closed"
    ),
    pytest.param("a.csv", ",\n1,A\n", ["1"], 0, "does not name the fields", id="no names"),
]


@pytest.mark.parametrize(("name", "source", "fields", "at", "what"), REFUSED)
def test_what_is_refused(
    name: str, source: str, fields: Sequence[str], at: int | None, what: str
) -> None:
    with pytest.raises(MalformedError) as caught:
        reader(name, *fields)(source)
    assert what in caught.value.what
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("name", "source", "field", "label"),
    [
        pytest.param("a.csv", f"{LONG}\nA\n", "1", f"row 2, {SHORT}", id="CSV"),
        pytest.param("a.jsonl", f'{{"{LONG}": "A"}}\n', "*", f"row 1, {SHORT}", id="JSON Lines"),
    ],
)
def test_a_long_name_is_shortened_in_places(name: str, source: str, field: str, label: str) -> None:
    assert reader(name, field)(source).location(0).label == label


RULES = """
kind: name
rules:
- {id: ma, canonical: Ma Yun, variants: [Marwin], when: [Alibaba]}
- {id: li, canonical: Li Na, variants: [Reena]}
"""
QUOTES = """
kind: pattern
rules:
- {id: marks, match: "``([a-z]+)''", replace: '“\\1”', literal: ["``"]}
"""


def cleaned(name: str, source: str, *fields: str) -> Result:
    return engine_for(RULES).clean(source, reader(name, *fields))


CLEANED = [
    pytest.param(
        "a.json",
        r'{"Reena": "Reena", "t" : "Ree\u006ea\/Reena"}',
        ["t"],
        r'{"Reena": "Reena", "t" : "Li Na\/Li Na"}',
        id="only the field",
    ),
    pytest.param("a.json", r'{"t": "Ma\nReena"}', ["t"], r'{"t": "Ma\nLi Na"}', id="a line break"),
    pytest.param(
        "a.json",
        '{"t": "Alibaba", "p": [{"t": "Marwin"}]}',
        ["t", "p[].t"],
        '{"t": "Alibaba", "p": [{"t": "Ma Yun"}]}',
        id="a file is one document",
    ),
    pytest.param(
        "a.json",
        '[{"t": "Alibaba and Marwin"}, {"t": "Marwin"}]',
        ["[].t"],
        '[{"t": "Alibaba and Ma Yun"}, {"t": "Marwin"}]',
        id="each element of an array is one",
    ),
    pytest.param(
        "a.json",
        '{"news": [{"t": "Alibaba", "u": "Marwin"}, {"u": "Marwin"}]}',
        ["news[].t", "news[].u"],
        '{"news": [{"t": "Alibaba", "u": "Ma Yun"}, {"u": "Marwin"}]}',
        id="of an array inside, too",
    ),
    pytest.param(
        "a.jsonl",
        '{"t": "Alibaba", "u": "Marwin"}\r\n{"t": "Marwin"}',
        ["t", "u"],
        '{"t": "Alibaba", "u": "Ma Yun"}\r\n{"t": "Marwin"}',
        id="each row of JSON Lines",
    ),
    pytest.param(
        "a.csv",
        'Reena,t,u\nReena,Alibaba,"""Marwin"""\n,Marwin,Marwin',
        ["t", "u"],
        'Reena,t,u\nReena,Alibaba,"""Ma Yun"""\n,Marwin,Marwin',
        id="each row of a table",
    ),
]


@pytest.mark.parametrize(("name", "source", "fields", "expected"), CLEANED)
def test_what_is_cleaned(name: str, source: str, fields: Sequence[str], expected: str) -> None:
    result = cleaned(name, source, *fields)
    assert result.source == expected
    assert not cleaned(name, expected, *fields).changed


def rewritten(name: str, source: str, old: str, new: str) -> str:
    """Return the source after an edit of the text of the field t."""
    document = reader(name, "t")(source)
    start = document.text.index(old)
    edit = Edit(Span(start, start + len(old)), new, ("test",))
    again = document.rewritten([edit])
    assert reader(name, "t")(again).text == document.text.replace(old, new)
    return again


SPELLED = [
    pytest.param("a.json", '{"t": "so"}', "so", "“so”", r'{"t": "\u201cso\u201d"}', id="ASCII"),
    pytest.param("a.json", '{"t": "so’"}', "so", "“so”", '{"t": "“so”’"}', id="not ASCII"),
    pytest.param(
        "a.json", r'{"t": "\u00E9 x"}', "x", "’", r'{"t": "\u00E9 \u2019"}', id="capitals"
    ),
    pytest.param(
        "a.json", r'{"t": "\u0027x\u0027"}', "x", "'", r'{"t": "\u0027\u0027\u0027"}', id="'"
    ),
    pytest.param("a.json", r'{"t": "x"}', "x", '"\\\t\n', r'{"t": "\"\\\t\n"}', id="signs"),
    pytest.param("a.json", '{"t": "x"}', "x", "😀", r'{"t": "\ud83d\ude00"}', id="two units"),
    pytest.param("a.json", r'{"t": "x\/"}', "x", "a/b", r'{"t": "a\/b\/"}', id="slashes"),
    pytest.param("a.json", '{"t": "x/"}', "x", "a/b", '{"t": "a/b/"}', id="plain slashes"),
    pytest.param("a.csv", "t\nx y\n", "x", "a, b", 't\n"a, b y"\n', id="a cell needs marks"),
    pytest.param("a.csv", "t\nx y\n", "x", '"x"', 't\n"""x"" y"\n', id="a cell with marks"),
    pytest.param("a.csv", "t;u\nx;1\n", "x", "a, b", "t;u\na, b;1\n", id="another delimiter"),
    pytest.param("a.csv", 't\n"x"\n', "x", '"', 't\n""""\n', id="doubled"),
    pytest.param("a.csv", 't\n5" x\n', "x", "y", 't\n5" y\n', id="an inch stays"),
    pytest.param("a.csv", 't\r\n"x y"\r\n', "x ", "x\n", 't\r\n"x\r\ny"\r\n', id="a line end"),
    pytest.param("a.tsv", "t\nx\n", "x", '"x", y', 't\n"x", y\n', id="TSV"),
]


@pytest.mark.parametrize(("name", "source", "old", "new", "expected"), SPELLED)
def test_how_new_text_is_spelled(name: str, source: str, old: str, new: str, expected: str) -> None:
    assert rewritten(name, source, old, new) == expected


def test_a_cell_without_quoting_holds_no_tab() -> None:
    document = reader("a.tsv", "t")("t\nx y\n")
    edit = Edit(Span(1, 2), "\t", ("test",))
    assert document.fit(edit) is None


PLACES = [
    pytest.param("a.json", NEWS, "paragraphs[].text", "B", "paragraphs[1].text", id="JSON"),
    pytest.param("a.jsonl", '\n{"t": "A"}', "t", "A", "row 2, t", id="JSON Lines"),
    pytest.param("a.csv", 'id,t\n1,"x\ny"\n2,A\n', "t", "A", "row 3, t", id="CSV"),
    pytest.param("a.csv", "id,\n2,A\n", "2", "A", "row 2, column 2", id="a column without a name"),
]


@pytest.mark.parametrize(("name", "source", "field", "text", "label"), PLACES)
def test_places(name: str, source: str, field: str, text: str, label: str) -> None:
    document = reader(name, field)(source)
    place = document.location(document.text.index(text))
    at = source.index(text)
    line = source.count("\n", 0, at) + 1
    assert (place.line, place.column, place.label) == (line, at - source.rfind("\n", 0, at), label)


# --- oracles

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
STRINGS = st.text(max_size=12)
NAMES = st.sampled_from(["a", "b", "c", "a.b", "*", "", "é"])
VALUES = st.recursive(
    SCALARS | STRINGS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=12,
)


def strings(value: Any) -> list[str]:
    """Return all strings in a value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value.values()]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else []


def shown(texts: Sequence[str]) -> str:
    """Return what a document with these cells shows."""
    ends = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    return "\n\n".join(text for text in ends if text.replace("\ufffc", "").strip())


@given(st.lists(VALUES, max_size=3), st.booleans(), st.sampled_from([None, 1]))
def test_json_reads_what_the_library_reads(value: Any, ascii: bool, indent: int | None) -> None:
    source = json.dumps({"v": value, "x": "end"}, ensure_ascii=ascii, indent=indent)
    assert reader("a.json", "**")(source).text == shown([*strings(value), "end"])
    roundtrip.check(reader("a.json", "**"), source)


CELLS = st.text(alphabet=st.sampled_from("ab \",;\t\n\r'é’"), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_csv_reads_what_the_library_reads(
    rows: list[list[str]], delimiter: str, line_end: str, quoting: Any
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerows([["id", "title", "text", "n"], *rows])
    source = written.getvalue()
    read = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter)
    expected = [cell for row in [*read][1:] for cell in row[1:3]]
    assert reader("a.csv", "title", "text")(source).text == shown(expected)
    roundtrip.check(reader("a.csv", "title", "text"), source)


@pytest.mark.parametrize(
    ("name", "unit", "field"),
    [
        ("a.json", '{"x": 1, "t": "a\\nb", "u": {"v": []}},\n', "[].t"),
        ("a.jsonl", '{"x": 1, "t": "a\\nb", "u": {"v": []}}\n', "t"),
        ("a.csv", '1,"a ""b"" c",x\n', "2"),
    ],
)
def test_time_is_linear(name: str, unit: str, field: str) -> None:
    """A source of 4,000 rows is read, and so is one of a single long string."""
    head, tail = ("[", "0]") if name == "a.json" else ("a,b,c\n" if name == "a.csv" else "", "")
    assert len(reader(name, field)(head + unit * 4000 + tail).units) == 4000
    long = unit.replace("a", "a " * 100_000).replace("\\n", "\\n" * 100_000)
    assert reader(name, field)(head + long + tail).text.count("a ") >= 100_000
