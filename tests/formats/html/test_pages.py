"""Whole pages: XHTML that is not well-formed, declared encodings, cost, and files."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.formats import MalformedError, html, xhtml
from cleaner.formats.html.stack import _DEEP
from tests.command import run
from tests.formats.roundtrip import check, check_reading
from tests.steps import Counted, assert_linear

BOMB = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))


@pytest.mark.parametrize(
    ("source", "place", "what"),
    [
        pytest.param("<html>\n <p>x</b></html>", (2, 8), "mismatched tag", id="wrong end"),
        pytest.param("<html>\r\n<p>x", (2, 5), "no element found", id="no end"),
        pytest.param("<html><p title=x/></html>", (1, 16), "not well-formed", id="no marks"),
        pytest.param("<html>é &foo;</html>", (1, 9), "“&foo;” that nothing defines", id="entity"),
        pytest.param("<html>R&D</html>", (1, 10), "not well-formed", id="bare mark"),
        pytest.param(
            "<?xml version='1.0' standalone='yes'?><html>&rsquo;</html>",
            (1, 45),
            "undefined entity",
            id="entity in what stands alone",
        ),
        pytest.param("", (1, 1), "no element found", id="empty"),
        pytest.param(
            f"<!DOCTYPE html [<!ENTITY a0 'ha'>{BOMB}]><html>&a9;</html>",
            None,
            "an entity “a1” that may grow",
            id="entities that grow",
        ),
    ],
)
def test_xhtml_that_is_refused(source: str, place: tuple[int, int] | None, what: str) -> None:
    with pytest.raises(MalformedError) as error:
        xhtml.read(source)
    assert what in str(error.value)
    assert "\n" not in str(error.value)
    assert place in {error.value.line, None}
    with pytest.raises(MalformedError):
        html.read(source if source.startswith("<?") else f"<?xml version='1.0'?>{source}")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<html>A&nbsp;&rsquo;</html>", id="entities of HTML"),
        pytest.param(
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x.example/x.dtd">'
            "<html>A&rsquo;</html>",
            id="external definitions, which are not fetched",
        ),
        pytest.param(
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html>A&x;B</html>',
            id="external entity, which is not read",
        ),
    ],
)
def test_xhtml_that_is_read(source: str) -> None:
    assert xhtml.read(source).text.startswith("A")
    check(xhtml.read, source)


def test_html_that_only_looks_like_xhtml_is_read_as_browsers_do() -> None:
    source = '<html xmlns="http://www.w3.org/1999/xhtml"><p>It<br>fell</html>'
    assert html.read(source).text == "It\nfell"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"<p>x", None, id="none"),
        pytest.param(b"<META CHARSET='UTF-8'>", "utf-8", id="meta"),
        pytest.param(
            b'<meta http-equiv=a content="text/html; charset=euc-kr">', "cp949", id="http-equiv"
        ),
        pytest.param(b'<?xml version="1.0" encoding="KOI8-R"?>', "koi8-r", id="XML"),
        pytest.param(b"<!-- <meta charset=euc-kr> --><meta charset=gbk>", "gb18030", id="comment"),
        pytest.param(b"<meta charset=iso-8859-1>", "cp1252", id="what browsers take it for"),
        pytest.param(b"<meta charset=latin1>\x81", "iso8859-1", id="not in the larger one"),
        pytest.param(b"<meta charset=utf-16>", "utf-8", id="cannot be"),
        pytest.param(b"<meta charset=foo>", None, id="unknown"),
        pytest.param(b"<meta charset=hex>", None, id="no encoding of texts"),
        pytest.param(b"x" * 5_000 + b"<meta charset=euc-kr>", None, id="too late"),
    ],
)
def test_declared_encodings(data: bytes, expected: str | None) -> None:
    assert html.declared_encoding(data) == expected
    assert xhtml.declared_encoding(data) == expected


_MARKUP = """
    <p> </p> <b> </b> <div> </div> <li> <ul> </ul> <td> <table> </table> <br> <img> <pre> </pre> <a>
    <script> </script> <title> </title> <code> </code> <select> <option> </select> <button> <svg>
    <svg/> </svg> <template> </template> <!-- --> <!-- --!> <![CDATA[ ]]> <? > < </ & &amp; &rsquo;
    &#39 &copyB &nbsp; <p/title='a> title=b <!--x--> <rt> <sup> <h1> </h2> <dd> <nav> </body>
"""
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])")
MARKUP = st.sampled_from(_MARKUP.split())
TEXT = st.sampled_from(["Marwin", " ", "\n", "\r\n", "\t", "é", "’", "Win 9", "\u00ad", "\0", '"'])


@example("Marwin<-->")
@given(st.lists(MARKUP | TEXT, max_size=25).map("".join))
def test_any_soup_is_read_and_written(source: str) -> None:
    if "\0" in source or source.startswith("<?"):
        return
    if _NO_TAG.search(source):  # a letter behind such a mark makes a tag; the proof refuses that
        check_reading(html.read, source)
    else:
        check(html.read, source)


SHAPES: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "<p>Ma <b>Win</b> fell.</p>" * n,
    "words": lambda n: "Ma  Win\n" * n,
    "marks": lambda n: "&" * n + "<" * n,
    "references": lambda n: "&amp;&#39;&rsquo;&copyB" * n,
    "nested": lambda n: "<div>" * n + "x" + "</div>" * n,
    "unclosed": lambda n: "<div>" * n + "</p></li><li></ul>x" * n,
    "inline": lambda n: "<b>" * n + "x</i></b>" * n,
    "comments": lambda n: "<!--" * n + "<!-- x -->" * n,
    "comments that say ignore": lambda n: "<!-- cleaner: ignore --><p>x</p>" * n,
    "quotes": lambda n: "<p title='" * n + '<p title="' * n,
    "attributes": lambda n: "<p" + " a=b" * n + ">" + "<img alt=x>" * n,
    "raw": lambda n: "<title>" * n + "<script>" * n,
    "spaces": lambda n: "<p" + " " * n + ">" + " " * n + "<p>x</p>" + " " * n,
    "controls": lambda n: "<p>x" + "<button>a" * n,
    "cells": lambda n: "<table>" + "<tr><td>a" * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_cost_is_linear(shape: str) -> None:
    assert_linear(lambda n: lambda: html.read(Counted(SHAPES[shape](n))), 5 * _DEEP)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param(
            "a.html",
            b"<meta charset=euc-kr>\r\n<p title=\xb8\xb6>M<i>ar</i>win of Alibaba",
            b"<meta charset=euc-kr>\r\n<p title=\xb8\xb6>M<i>a</i> Yun of Alibaba",
            id="declared encoding",
        ),
        pytest.param(
            "A.HTM",
            b"\xef\xbb\xbf<p id='Ma Win'>Ma Win of Alibaba\r",
            b"\xef\xbb\xbf<p id='Ma Win'>Ma Yun of Alibaba\r",
            id="byte order mark",
        ),
        pytest.param(
            "a.xht",
            b"<html><p>Ma&#160;Win of Alibaba</p></html>",
            b"<html><p>Ma Yun of Alibaba</p></html>",
            id="XHTML",
        ),
    ],
)
def test_files(tmp_path: Path, name: str, before: bytes, after: bytes) -> None:
    (tmp_path / "rules").mkdir()
    rule = "kind: name\nrules:\n- {id: ma, canonical: Ma Yun, variants: [Marwin, Ma Win]}\n"
    (tmp_path / "rules" / "mine.yaml").write_text(rule)
    (tmp_path / name).write_bytes(before)
    code = run("fix", "--rules", "rules", name, cwd=tmp_path)[0]
    assert code == 0
    assert (tmp_path / name).read_bytes() == after


def test_a_page_that_is_not_well_formed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.xhtml").write_text("<html>\n <p>x</b></html>")
    code, _, err = run("check", "b.xhtml", cwd=tmp_path)
    assert code == 3
    assert err.startswith("b.xhtml:2:8: left alone: this is not well-formed XML")


@pytest.mark.parametrize("name", ["html", "xhtml", "epub"])
def test_importing_a_format_imports_no_parser(name: str) -> None:
    code = f"""import sys, cleaner.formats.{name}
assert not {{"html.entities", "pyexpat", "zipfile"}} & set(sys.modules)"""
    subprocess.run([sys.executable, "-c", code], check=True)
