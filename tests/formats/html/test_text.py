"""What of a page is text, which blocks it makes, and of which kinds they are."""

from __future__ import annotations

import pytest

from cleaner.formats import html, xhtml
from tests.formats.html.samples import blocks
from tests.formats.roundtrip import check

NS = 'xmlns="http://www.w3.org/1999/xhtml"'
PAGES = [
    pytest.param("", [], id="empty"),
    pytest.param("Ma Win fell.", [("Ma Win fell.", "paragraph")], id="no markup"),
    pytest.param(
        "<h1>Fall</h1><p>It fell.</p>", [("Fall", "headline"), ("It fell.", "paragraph")], id="two"
    ),
    pytest.param("<b>Ma</b> W<i>i</i>n fell.", [("Ma Win fell.", "paragraph")], id="inline tags"),
    pytest.param("M<!-- x -->ar<wbr>win fell.", [("Marwin fell.", "paragraph")], id="in a name"),
    pytest.param(
        "<p> Ma \n <b> Win</b>\t fell. </p> ", [("Ma Win fell.", "paragraph")], id="white space"
    ),
    pytest.param("<p>Ma&nbsp; Win fell.", [("Ma\u00a0 Win fell.", "paragraph")], id="no break"),
    pytest.param("<p>Mar&shy;win fell.", [("Mar\u00adwin fell.", "paragraph")], id="soft hyphen"),
    pytest.param("<p>It<br>\n fell. <br/></p>", [("It\nfell.", "paragraph")], id="line breaks"),
    pytest.param(
        "<p>It fell.<br> <br>It rose.",
        [("It fell.", "paragraph"), ("It rose.", "paragraph")],
        id="two line breaks",
    ),
    pytest.param(
        "<p>It fell.<p>It rose.<div>It is.<p></p>It was.",
        [(f"It {verb}.", "paragraph") for verb in ("fell", "rose", "is", "was")],
        id="unclosed",
    ),
    pytest.param(
        "<ul><li>One<li>Two<ul><li>Three</ul></ul>",
        [("One", "headline"), ("Two", "headline"), ("Three", "headline")],
        id="list",
    ),
    pytest.param(
        "<table><caption>C</caption><tr><th>A<td>B<p>D.</table>It fell.",
        [("It fell.", "paragraph"), ("C", "cell"), ("A", "cell"), ("B", "cell"), ("D.", "cell")],
        id="table",
    ),
    pytest.param(
        '<figure><img src="Ma Win" alt="A gate"><figcaption>A gate.</figcaption></figure>',
        [("A gate.", "caption"), ("A gate", "attribute")],
        id="figure",
    ),
    pytest.param(
        "<head><title>A &amp; B</title><meta name=Description content='It&#39;s'>"
        "<meta property=og:title content=C><meta name=keywords content=D></head><h1>A</h1>",
        [("A", "headline"), ("A & B", "title"), ("It's", "attribute")],
        id="head",
    ),
    pytest.param(
        "<nav><ol><li><a href=a>One</a></ol></nav><p>It fell.",
        [("It fell.", "paragraph"), ("One", "title")],
        id="navigation",
    ),
    pytest.param(
        "<p id=a class=b title=' The c ' data-d='e' aria-label='f'>It fell.",
        [("It fell.", "paragraph"), ("The c", "attribute")],
        id="attributes",
    ),
    pytest.param(
        "<p>It <img src=a alt=One> fell <input value=x> here.<img src=b></p>",
        [("It \ufffc fell \ufffc here.", "paragraph"), ("One", "attribute")],
        id="pictures",
    ),
    pytest.param(
        "<p>Press <button>OK</button> now or <select><option>A<option>B</select> later.",
        [
            ("Press \ufffc now or \ufffc later.", "paragraph"),
            *(("OK", "cell"), ("A", "cell"), ("B", "cell")),
        ],
        id="controls",
    ),
    pytest.param(
        "<p>Ma Win<sup><a href='#1'>[1]</a></sup> fell<a href=b><sup>2</sup></a> 10<sup>2</sup>.",
        [("Ma Win\ufffc fell\ufffc 102.", "paragraph")],
        id="mark of a note",
    ),
    pytest.param(
        "<script>a<p>b</script><style>c</style><pre title=x>d</pre><textarea>e</textarea>"
        "<svg><title>f"
        "</title><text>g</text></svg><template><p>h</template><noscript><p>l</noscript>"
        "<math><mi>i</math><xmp><p>j</xmp>k",
        [("k", "headline")],
        id="left out",
    ),
    pytest.param(
        "<p><ruby>Ma<rt>마</rt> Win</ruby> fell.",
        [("Ma Win fell.", "paragraph"), ("마", "cell")],
        id="ruby",
    ),
    pytest.param(
        "<p>a < b, R&D, AT&amp;T, &foo; &copyB &#8217; &#x2019;",
        [("a < b, R&D, AT&T, &foo; ©B ’ ’", "notice")],
        id="references",
    ),
    pytest.param("<p>A</x>B</b>C</p>D", [("ABC", "headline"), ("D", "headline")], id="stray ends"),
    pytest.param("<p title='It", [], id="tag without an end"),
    pytest.param("A<!-- B", [("A", "headline")], id="comment without an end"),
    pytest.param("A<!-->B<!--->C", [("ABC", "headline")], id="short comments"),
    pytest.param("A<!-- x --!>B", [("AB", "headline")], id="comment with a wrong end"),
    pytest.param("A<![CDATA[B]]>C<?d?>E</ f>", [("ACE", "headline")], id="other declarations"),
    pytest.param(
        "<p>é</p><P TITLE=b>c</P>",
        [("é", "headline"), ("c", "headline"), ("b", "attribute")],
        id="capitals",
    ),
    pytest.param("<o:p>A</o:p>B", [("AB", "headline")], id="a prefix is nothing to HTML"),
]


@pytest.mark.parametrize(("source", "expected"), PAGES)
def test_blocks_of_html(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected
    check(html.read, source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            f"<html {NS}><p>A<br/>B<br></br>C</p><p/><p title='D'/></html>",
            [("A\nB\nC", "paragraph"), ("D", "attribute")],
            id="empty elements",
        ),
        pytest.param(
            f"<html {NS}><p>A <![CDATA[B < C &amp; D]]></p></html>",
            [("A B < C &amp; D", "headline")],
            id="CDATA",
        ),
        pytest.param(
            f"<x:html {NS.replace('xmlns', 'xmlns:x')} xmlns:o='urn:o'>"
            "<x:p>A<o:p>B</o:p></x:p><x:pre>C</x:pre></x:html>",
            [("AB", "headline")],
            id="prefixes",
        ),
        pytest.param(
            f"<html {NS}><script>a &lt; <b>c</b></script><title/><p>D&rsquo;s</p></html>",
            [("D’s", "headline")],
            id="script, empty title",
        ),
        pytest.param(
            f'<!DOCTYPE html [<!ENTITY co "A > B">]><html {NS}><p>&co; C.</p></html>',
            [("\ufffc C.", "paragraph")],
            id="entity of its own",
        ),
        pytest.param(f"<html {NS}><p>A<DIV>B</DIV></p></html>", [("AB", "headline")], id="case"),
    ],
)
def test_blocks_of_xhtml(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source, xhtml.read) == expected
    check(xhtml.read, source)
    check(html.read, source)


@pytest.mark.parametrize(
    ("source", "languages"),
    [
        pytest.param("<p>A", [""], id="not declared"),
        pytest.param("<div lang=fr><p>A<p lang=en>B", ["fr", "en"], id="nearest element"),
        pytest.param("<html lang=ko><body lang=ko><p>A", [""], id="of the whole page"),
        pytest.param("<p xml:lang=de title=T>A</p><p>B", ["de", "", "de"], id="attribute"),
        pytest.param("<p>A <img lang=it alt=B>", ["", "it"], id="of a tag inside a line"),
    ],
)
def test_declared_languages(source: str, languages: list[str]) -> None:
    document = html.read(source)
    assert [document._layout.language(span) for span in document.spans()] == languages


def test_a_block_in_another_language_is_no_english_prose() -> None:
    text = "He said that it was the end of the day, and that they were all there."
    document = html.read(f"<p>{text}<p lang=nl>{text}")
    assert [document.is_english_prose(span) for span in document.spans()] == [True, False]
