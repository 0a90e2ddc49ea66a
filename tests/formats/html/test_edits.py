"""Edits of a page: only text changes, and it is written as the page writes it."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.formats import html, xhtml
from tests.formats.html.samples import DAMAGE, MA, QUOTES, cleaned

NS = 'xmlns="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("<b>Ma</b> Win fell.", "<b>Ma</b> Yun fell.", id="tag in a name"),
        pytest.param("M<i>ar</i>win fell.", "M<i>a</i> Yun fell.", id="tags in a word"),
        pytest.param("Mar<!-- x -->win fell.", "Ma<!-- x --> Yun fell.", id="comment in a word"),
        pytest.param("Ma\r\n  Win fell.\r\n", "Ma\r\n  Yun fell.\r\n", id="name over two lines"),
        pytest.param("Ma<br>Win fell.", "Ma<br>Yun fell.", id="name over a line break"),
        pytest.param("Ma&nbsp;Win fell.", "Ma Yun fell.", id="no-break space"),
        pytest.param("Mar&shy;win fell.", "Ma Yun fell.", id="soft hyphen"),
        pytest.param("Ma W&#105;n fell.", "Ma Yun fell.", id="letter as a reference"),
        pytest.param("<P\nTITLE = 'Ma Win' >x", "<P\nTITLE = 'Ma Yun' >x", id="attribute"),
        pytest.param("<p title=Marwin>x", '<p title="Ma Yun">x', id="quotation marks needed"),
        pytest.param("<p title=Erdogen>x", "<p title=Erdo&#287;an>x", id="none needed"),
        pytest.param(
            "<img alt=Marwin title='Marwin'/>", "<img alt=\"Ma Yun\" title='Ma Yun'/>", id="both"
        ),
        pytest.param(
            "<p title='Dunne'>a&rdquo;", "<p title='&ldquo;Dune&rdquo;'>a&rdquo;", id="escape"
        ),
        pytest.param("<title>Marwin</title>x", "<title>Ma Yun</title>x", id="title"),
        pytest.param(
            "<meta name=description content=Marwin>",
            '<meta name=description content="Ma Yun">',
            id="description",
        ),
        pytest.param("<p>Marwin<p>Marwin Hitz", "<p>Ma Yun<p>Marwin Hitz", id="right form"),
        pytest.param(
            "<p>Marwin fell<p>M<b>arwin</b> Hitz",
            "<p>Ma Yun fell<p>M<b>arwin</b> Hitz",
            id="unless",
        ),
    ],
)
def test_names(before: str, after: str) -> None:
    assert cleaned(before) == after


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<p id='Ma Win' class=Marwin data-x='Marwin' aria-label=Marwin>x", id="id"),
        pytest.param("<a href='Marwin' name=Marwin>x</a><img src=Marwin>", id="targets"),
        pytest.param("<script>var Marwin = 'Ma Win <p>Marwin'</script>", id="script"),
        pytest.param("<style>.Marwin {}</style><!-- Marwin -->", id="style, comment"),
        pytest.param("<pre>Marwin <b>Ma Win</b></pre><textarea>Marwin</textarea>", id="pre"),
        pytest.param("The <code>Marwin</code>, <kbd>Marwin</kbd>, <samp>Marwin</samp>", id="code"),
        pytest.param("<code>Mar</code>win fell", id="code in a name"),
        pytest.param("<p>Ma<p>Win", id="two blocks"),
        pytest.param("<p>Ma<img>Win", id="picture in between"),
        pytest.param("<meta name=author content=Marwin><link title=Marwin>", id="other data"),
        pytest.param("<input value=Marwin placeholder=Marwin><option value=Marwin>x", id="form"),
        pytest.param("<svg><text>Marwin</text></svg><math><mi>Marwin", id="drawing"),
        pytest.param("<p>see https://example.org/Marwin now", id="address"),
    ],
)
def test_nothing_else_changes(source: str) -> None:
    assert cleaned(source) == source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("<p>do'ts &rsquo;", "<p>do&rsquo;ts &rsquo;", id="by name"),
        pytest.param("<p>do'ts &#8217;", "<p>do&#8217;ts &#8217;", id="by number"),
        pytest.param("<p>do'ts &#x2019; &#x201c;", "<p>do&#x2019;ts &#x2019; &#x201c;", id="hex"),
        pytest.param("<p>do'ts &#X201D;", "<p>do&#x2019;ts &#X201D;", id="hexadecimal capitals"),
        pytest.param("<p>do'ts ’ &nbsp;", "<p>do’ts ’ &nbsp;", id="as it is"),
        pytest.param("<p>do'ts 마윈 &rsquo;", "<p>do&rsquo;ts 마윈 &rsquo;", id="marks by name"),
        pytest.param("<p>do&#39;ts", "<p>do&#8217;ts", id="in place of a number"),
        pytest.param("<p>do&#039;ts", "<p>do&#8217;ts", id="with a zero"),
        pytest.param("<p>do&apos;ts", "<p>do&rsquo;ts", id="in place of a name"),
        pytest.param("<p>do'ts", "<p>do&#8217;ts", id="only ASCII"),
        pytest.param("<meta charset=utf-8>do'ts", "<meta charset=utf-8>do’ts", id="declared"),
        pytest.param(
            "<meta charset=latin1>do'ts é", "<meta charset=latin1>do’ts é", id="Windows-1252"
        ),
        pytest.param(
            "<meta charset=koi8-r>do'ts Ж", "<meta charset=koi8-r>do&#8217;ts Ж", id="no such mark"
        ),
        pytest.param('<p title="do\'ts">’', '<p title="do’ts">’', id="in an attribute"),
    ],
)
def test_spelling(before: str, after: str) -> None:
    assert cleaned(before, QUOTES) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"<html {NS}><p>do&apos;ts</p></html>",
            f"<html {NS}><p>do&#8217;ts</p></html>",
            id="no names without a definition",
        ),
        pytest.param(
            f"<html {NS}><p>do&apos;ts &mdash;</p></html>",
            f"<html {NS}><p>do&rsquo;ts &mdash;</p></html>",
            id="names where there are some",
        ),
        pytest.param(
            f"<html {NS}><p><![CDATA[do'ts <b>]]></p></html>",
            f"<html {NS}><p><![CDATA[do’ts <b>]]></p></html>",
            id="CDATA",
        ),
        pytest.param(
            f"<?xml version='1.0'?><html {NS}><p>do'ts</p></html>",
            f"<?xml version='1.0'?><html {NS}><p>do’ts</p></html>",
            id="UTF-8 is the default of XML",
        ),
    ],
)
def test_spelling_in_xml(before: str, after: str) -> None:
    assert cleaned(before, QUOTES, xhtml.read) == after


LINK = "Copy URL"
GATE = "The gate of the company&#39;s head office, seen from the canal."
CREDITED = f"{GATE} [사진 홍길동]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"<p>a</p>\n<p>{LINK}</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>", id="its line"),
        pytest.param(f"<p>a</p><p>{LINK}</p> <p>b</p>", "<p>a</p> <p>b</p>", id="one line"),
        pytest.param(
            f"a<div class=x>\r\n <p><b>{LINK}</b></p>\r\n</div>",
            "a<div class=x>\r\n</div>",
            id="CRLF",
        ),
        pytest.param(
            f"<p>a</p><ul><li>b</li><li><p>{LINK}</p></li></ul>",
            "<p>a</p><ul><li>b</li></ul>",
            id="all of an item",
        ),
        pytest.param(f"<p>a</p><ul>\n<li>{LINK}</li>\n</ul>", "<p>a</p>", id="all of a list"),
        pytest.param(f"<p>a\n<p>{LINK}\n<p>b", "<p>a\n<p>b", id="no end tag"),
        pytest.param(f"<ul><li>a<li>{LINK}</ul>", "<ul><li>a</ul>", id="no end tag of an item"),
        pytest.param(
            f"<figure><img alt='{GATE}'><figcaption>{GATE}</figcaption></figure><p>{CREDITED}</p>",
            f"<figure><img alt='{GATE}'></figure><p>{CREDITED}</p>",
            id="doubled caption, not the alternative text",
        ),
        pytest.param(f"<p>{LINK}</p><p>{LINK}</p>", "", id="all blocks"),
        pytest.param(
            "<p>a</p><p>Copy URL<br>Share this</p>",
            "<p>a</p><p>Copy URL<br>Share this</p>",
            id="not the last line: the break would be at the end",
        ),
    ],
)
def test_deleted_blocks(before: str, after: str) -> None:
    assert cleaned(before, DAMAGE) == after


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"<p>a<p><b>{LINK}<p>b", id="no end tag, and a tag in it"),
        pytest.param(f"<div>a<div>{LINK}<p>b", id="no end tag that may be missing"),
        pytest.param(f"<p>a</p><p id=x>{LINK}</p>", id="target of links"),
        pytest.param(f"<p>a</p><p><a name=x></a>{LINK}</p>", id="anchor"),
        pytest.param(f"<p>a</p><p><img src=x>{LINK}</p>", id="picture"),
        pytest.param(f"<p>a</p><p><!-- x -->{LINK}</p>", id="comment"),
        pytest.param(f"<p>a</p><div>{LINK}<pre>b</pre></div>", id="code"),
        pytest.param(f"<p>a</p><div>{LINK}<p>b</p></div>", id="another block"),
        pytest.param(f"<table><tr><td>{LINK}</td><td><p>{LINK}</p></td></tr></table>", id="cells"),
        pytest.param(f"<nav><p>{LINK}</p></nav><p>a</p>", id="navigation"),
        pytest.param(f"<dl><dt>a</dt><dd>{LINK}</dd></dl>", id="definition"),
        pytest.param(f"<body>{LINK}</body>", id="the whole page"),
        pytest.param(f"<p>a</p>{LINK}", id="no element of its own"),
        pytest.param("<title>The gate.</title><h1>The gate.</h1><p>a</p>", id="title as heading"),
    ],
)
def test_blocks_that_stay(source: str) -> None:
    assert cleaned(source, DAMAGE) == source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "<!-- cleaner: ignore --><p title=Marwin>Marwin</p><p>Marwin</p>",
            "<!-- cleaner: ignore --><p title=Marwin>Marwin</p><p>Ma Yun</p>",
            id="next block and its attributes",
        ),
        pytest.param(
            "<!-- cleaner: ignore -->\n<div><p>Marwin<p>Marwin</div>Marwin",
            "<!-- cleaner: ignore -->\n<div><p>Marwin<p>Marwin</div>Ma Yun",
            id="all of the next element",
        ),
        pytest.param(
            "<p>Marwin<p title=Marwin>Marwin <!-- cleaner: ignore --> x<p>Marwin",
            "<p>Ma Yun<p title=Marwin>Marwin <!-- cleaner: ignore --> x<p>Ma Yun",
            id="inside",
        ),
        pytest.param(
            "<div><!-- cleaner: ignore --></div><p>Marwin",
            "<div><!-- cleaner: ignore --></div><p>Ma Yun",
            id="nothing follows",
        ),
        pytest.param(
            "<!-- cleaner: ignore -->Marwin<p>Marwin",
            "<!-- cleaner: ignore -->Marwin<p>Ma Yun",
            id="text without an element",
        ),
        pytest.param(
            "<!-- cleaner: off --><p>Marwin<p>Marwin<!-- cleaner: on --><p>Marwin",
            "<!-- cleaner: off --><p>Marwin<p>Marwin<!-- cleaner: on --><p>Ma Yun",
            id="off and on",
        ),
        pytest.param(
            "<script>'<!-- cleaner: off -->'</script><p>Marwin",
            "<script>'<!-- cleaner: off -->'</script><p>Ma Yun",
            id="in a script",
        ),
        pytest.param(
            "<!-- cleaner: ignore other/* --><p>Marwin",
            "<!-- cleaner: ignore other/* --><p>Ma Yun",
            id="another rule",
        ),
    ],
)
def test_comments(before: str, after: str) -> None:
    assert cleaned(before) == after


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay(end: str, mark: str) -> None:
    before = f"{mark}<!DOCTYPE html>{end}<p>Ma{end}Win{end}fell.{end}"
    assert cleaned(before) == before.replace("Win", "Yun")


@pytest.mark.parametrize("cleaner", [MA, DAMAGE])
def test_evidence_and_edits_have_places_in_the_source(cleaner: Cleaner) -> None:
    result = cleaner.clean("<p>x</p>\n <p>R&amp;D of Marwin", html.read)
    for edit in result.edits:
        assert str(result.document.location(edit.span.start)) == "2:16"
