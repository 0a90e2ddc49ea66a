"""Front matter of Markdown: which values are text, and how new ones are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from cleaner.formats import markdown
from cleaner.text.edits import Edit, Span
from tests.formats.markdown.samples import MA
from tests.formats.roundtrip import check

READ = partial(markdown.read, fields=("title", "description"))


@pytest.mark.parametrize(
    ("front_matter", "titles"),
    [
        pytest.param("---\ntitle: Ma fell\nslug: ma\n---", ["Ma fell"], id="plain"),
        pytest.param("---\ntitle: Ma # fell\n---", ["Ma"], id="comment"),
        pytest.param("---\r\ntitle: 'Ma''s'\r\n---\r\n", ["Ma's"], id="single quotes, CRLF"),
        pytest.param('---\ntitle: "\\u2018Ma\\"" # b\n...', ['‘Ma"'], id="double quotes"),
        pytest.param(
            "\N{ZERO WIDTH NO-BREAK SPACE}---\ndescription: Ma\ntitle: Win\n---\n",
            ["Ma", "Win"],
            id="byte order mark, two keys",
        ),
        pytest.param("---\na:\n  title: Ma\nb:\n- title: Win\n---", [], id="deeper"),
        pytest.param("---\ntitle: 2020-01-01\ndescription: null\n---", [], id="no text"),
        pytest.param("---\ntitle: |\n  Ma\ndescription: Ma\n  Win\n---", [], id="several lines"),
        pytest.param("---\ntitle: &a Ma\ndescription: *a\n---", [], id="anchor and alias"),
        pytest.param("---\ntitle: [Ma]\ndescription: {a: Ma}\n---", [], id="collections"),
        pytest.param("---\ntitle: : Ma\n---", [], id="malformed"),
        pytest.param("---\na: |\n  title: Ma\n---", [], id="inside a text"),
        pytest.param("title: Ma\n---\n", [], id="no front matter"),
        pytest.param("+++\ntitle = \"Ma\"\ndescription = 'Win'\n+++", ["Ma", "Win"], id="TOML"),
        pytest.param("+++\na = 1\n[b]\ntitle = 'Ma'\n+++", [], id="TOML, in a table"),
        pytest.param("+++\ntitle = '''Ma'''\ndescription = 3\n+++", [], id="TOML, other values"),
        pytest.param("+++\ntitle = 'Ma'\nb =\n+++", [], id="TOML, malformed"),
    ],
)
def test_values_that_are_text(front_matter: str, titles: Sequence[str]) -> None:
    source = f"{front_matter}\n\nA text.\n"
    document = READ(source)
    found = [span.of(document.text) for span, kind in document.blocks() if kind == "title"]
    assert found == titles
    check(READ, source)


def test_without_fields_front_matter_is_no_text() -> None:
    assert markdown.read("---\ntitle: Ma\n---\n\nWin\n").text == "Win"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("title: Marwin", "title: Ma Yun", id="plain"),
        pytest.param("title: 'Marwin''s'", "title: 'Ma Yun''s'", id="single quotes"),
        pytest.param('title: "\\u2018Marwin"', 'title: "\\u2018Ma Yun"', id="double quotes"),
        pytest.param("slug: Marwin", "slug: Marwin", id="another key"),
    ],
)
def test_names(before: str, after: str) -> None:
    result = MA.clean(f"---\n{before}\n---\n", READ)
    assert result.source == f"---\n{after}\n---\n"


@pytest.mark.parametrize(
    ("value", "new", "expected"),
    [
        pytest.param("Ma", "Ma Yun, 1", "Ma Yun, 1", id="needs nothing"),
        pytest.param("Ma", "Ma: b", '"Ma: b"', id="a colon"),
        pytest.param("Ma", "1", '"1"', id="a number"),
        pytest.param("Ma", "Ma # b", '"Ma # b"', id="a comment"),
        pytest.param("Ma", '"Ma"\\', r'"\"Ma\"\\"', id="quotes and a backslash"),
        pytest.param("'Ma'", "Ma's", "'Ma''s'", id="single quotes"),
        pytest.param('"Ma"', '"M"', r'"\"M\""', id="double quotes"),
        pytest.param("Ma", "M\na", None, id="two lines"),
        pytest.param('"Ma"', "M\na", None, id="two lines in quotes"),
    ],
)
def test_new_values_are_written_as_yaml(value: str, new: str, expected: str | None) -> None:
    document = READ(f"---\ntitle: {value}\n---\n")
    edit = document.fit(Edit(Span(0, len("Ma")), new, ("test/titles",)))
    assert (edit and document.rewritten([edit])) == (expected and f"---\ntitle: {expected}\n---\n")
    if edit:
        again = READ(document.rewritten([edit]))
        assert again.text == new
        assert again.structure() == document.structure()
