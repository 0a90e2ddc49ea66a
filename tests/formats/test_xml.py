"""XML cut into events: as expat sees it, with exact places, in linear time, and with bounds."""

from __future__ import annotations

from itertools import pairwise
from xml.parsers.expat import ExpatError, ParserCreate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import MalformedError
from cleaner.formats._xml import (
    MOST_DEPTH,
    Attribute,
    Comment,
    End,
    Event,
    Other,
    Start,
    Text,
    attributes,
    declared_encoding,
    decoded,
    events,
    packed,
    spell_cdata,
    speller,
    unpacked,
    value_of,
)
from cleaner.text.edits import Span
from cleaner.text.sourcemap import UnwritableError

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def shown(source: str, event: Event) -> tuple[str, ...]:
    """An event as a row of a table: its class, its source, and what it says."""
    head = (type(event).__name__, event.span.of(source))
    match event:
        case Start() | End():
            return (*head, event.name, event.namespace)
        case Text():
            return (*head, event.text)
        case _:
            return head


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<w:p xmlns:w='u:w'><w:t>Marwin</w:t></w:p>",
            [
                ("Start", "<w:p xmlns:w='u:w'>", "p", "u:w"),
                ("Start", "<w:t>", "t", "u:w"),
                ("Text", "Marwin", "Marwin"),
                ("End", "</w:t>", "t", "u:w"),
                ("End", "</w:p>", "p", "u:w"),
            ],
            id="a prefix",
        ),
        pytest.param(
            "<p xmlns='u:1'><q xmlns='u:2'/><r/></p>",
            [
                ("Start", "<p xmlns='u:1'>", "p", "u:1"),
                ("Start", "<q xmlns='u:2'/>", "q", "u:2"),
                ("End", "", "q", "u:2"),
                ("Start", "<r/>", "r", "u:1"),
                ("End", "", "r", "u:1"),
                ("End", "</p>", "p", "u:1"),
            ],
            id="a namespace ends with its element",
        ),
        pytest.param(
            "<p>a&lt;b &#8217;&#x2019;\r\nc\rd\ne</p>",
            [
                ("Start", "<p>", "p", ""),
                ("Text", "a", "a"),
                ("Text", "&lt;", "<"),
                ("Text", "b ", "b "),
                ("Text", "&#8217;", "’"),
                ("Text", "&#x2019;", "’"),
                ("Text", "\r\n", "\n"),
                ("Text", "c", "c"),
                ("Text", "\r", "\n"),
                ("Text", "d\ne", "d\ne"),
                ("End", "</p>", "p", ""),
            ],
            id="what is spelled in another way",
        ),
        pytest.param(
            "<p><![CDATA[a<b>&amp;\r\n]]]></p>",
            [
                ("Start", "<p>", "p", ""),
                ("Text", "a<b>&amp;", "a<b>&amp;"),
                ("Text", "\r\n", "\n"),
                ("Text", "]", "]"),
                ("End", "</p>", "p", ""),
            ],
            id="CDATA",
        ),
        pytest.param(
            "<?xml version='1.0'?><!DOCTYPE p [<!-- ]> ' --><!ELEMENT p ANY><?a ]>?>]>"
            "<!-- <p> -- ><?b <p>?><p a='>' b=\"/>'\"/>".replace("-- >", "-->"),
            [
                ("Other", "<?xml version='1.0'?>"),
                ("Other", "<!DOCTYPE p [<!-- ]> ' --><!ELEMENT p ANY><?a ]>?>]>"),
                ("Comment", "<!-- <p> -->"),
                ("Other", "<?b <p>?>"),
                ("Start", "<p a='>' b=\"/>'\"/>", "p", ""),
                ("End", "", "p", ""),
            ],
            id="marks inside of other things",
        ),
        pytest.param(
            f"{BOM}<!DOCTYPE tmx SYSTEM 'a>[.dtd'><tmx>마윈\U0001f600</tmx >",
            [
                ("Text", BOM, BOM),
                ("Other", "<!DOCTYPE tmx SYSTEM 'a>[.dtd'>"),
                ("Start", "<tmx>", "tmx", ""),
                ("Text", "마윈\U0001f600", "마윈\U0001f600"),
                ("End", "</tmx >", "tmx", ""),
            ],
            id="a byte order mark, a document type, Hangul, an emoji",
        ),
    ],
)
def test_events(source: str, expected: list[tuple[str, ...]]) -> None:
    assert [shown(source, event) for event in events(source)] == expected
    inside = f"\0a.xml\0{source}\0b.xml\0<a/>"
    found = events(inside, 7, 7 + len(source))
    assert [shown(inside, event) for event in found] == expected


def test_attributes() -> None:
    source = "<w:p w:a='1'\n  xml:lang = \"en&amp;\"\tb='x\r\ny&#10;' />"
    assert attributes(source, Span(0, len(source))) == [
        Attribute("w:a", Span(10, 11), "1", "'"),
        Attribute("xml:lang", Span(27, 34), "en&", '"'),
        Attribute("b", Span(39, 48), "x y\n", "'"),
    ]
    assert value_of(source, Span(0, len(source)), "lang") == "en&"
    assert value_of(source, Span(0, len(source)), "c") is None


@pytest.mark.parametrize(
    ("source", "said", "at"),
    [
        pytest.param("<p>마윈<b></p>", "mismatched tag", 10, id="not closed"),
        pytest.param("<p>마윈", "no element found", 5, id="truncated"),
        pytest.param("<p>&rsquo;</p>", "undefined entity", 3, id="an entity without a declaration"),
        pytest.param("<w:p/>", "unbound prefix", 0, id="a prefix without a namespace"),
        pytest.param("<p a='1' a='2'/>", "duplicate attribute", 9, id="an attribute twice"),
        pytest.param("", "no element found", 0, id="empty"),
        pytest.param("<p>a & b</p>", "not well-formed", 6, id="a bare ampersand"),
        pytest.param("<p>\x0b</p>", "not well-formed", 3, id="a control character"),
        pytest.param("<p>\ud800</p>", "not well-formed", 3, id="a surrogate"),
        pytest.param(
            "<!DOCTYPE p SYSTEM 'p.dtd'><p>&rsquo;</p>",
            "entity &rsquo; is not declared",
            30,
            id="an entity that an outer file may declare",
        ),
        pytest.param(
            "<!DOCTYPE p [<!ENTITY a 'b'>]><p>&a;</p>", "declares entities", 13, id="an entity"
        ),
        pytest.param(
            "<!DOCTYPE p [<!ENTITY % a SYSTEM 'file:///etc/passwd'>%a;]><p/>",
            "declares entities",
            13,
            id="an entity of a document type",
        ),
        pytest.param(
            "<p>" * (MOST_DEPTH + 1) + "</p>" * (MOST_DEPTH + 1),
            "more than 1,000 elements are nested",
            MOST_DEPTH * 3,
            id="too deep",
        ),
    ],
)
def test_refusals(source: str, said: str, at: int) -> None:
    with pytest.raises(MalformedError, match=said) as error:
        list(events(f"마{source}", 1))
    assert error.value.at == at + 1


def test_entities_that_expand_are_refused_at_once() -> None:
    lines = "".join(f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>" for n in range(1, 60))
    with pytest.raises(MalformedError, match="declares entities"):
        list(events(f"<!DOCTYPE p [<!ENTITY a0 'a'>{lines}]><p>&a59;</p>"))


def from_expat(source: str) -> list[tuple[str, ...]]:
    """What expat calls, with neighbouring texts joined."""
    found: list[tuple[str, ...]] = []

    def text(data: str) -> None:
        if found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + data)
        else:
            found.append(("text", data))

    def start(name: str, values: list[str]) -> None:
        found.append(("start", name.rpartition(" ")[2], *values[1::2]))

    parser = ParserCreate("utf-8", namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: found.append(("end", name.rpartition(" ")[2]))
    parser.CharacterDataHandler = text
    parser.Parse(source.encode(), True)
    return found


def from_events(source: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for event in events(source):
        match event:
            case Start():
                values = [
                    one.value
                    for one in attributes(source, event.span)
                    if not one.name.startswith("xmlns")
                ]
                found.append(("start", event.name, *values))
            case End():
                found.append(("end", event.name))
            case Text():
                if found and found[-1][0] == "text":
                    found[-1] = ("text", found[-1][1] + event.text)
                else:
                    found.append(("text", event.text))
            case Comment() | Other():
                pass
    return found


TEXTS = st.sampled_from(
    [
        "Marwin",
        " ",
        "\n",
        "\r\n",
        "\r",
        "&amp;",
        "&#8217;",
        "&#x2019;",
        "마윈",
        "\U0001f600",
        "]",
        ">",
    ]
)
VALUES = st.sampled_from(["1", ">", "/", "=", "&lt;", "a b", "\n", "x='", "'"])
PIECES = st.one_of(
    TEXTS,
    st.sampled_from(["<!-- <a> ' -->", "<?a <b> ?>", "<![CDATA[a]] <b> & ]]]>", "<b/>", "<n:c />"]),
    st.builds('<b a="{}" xmlns:m = "u:m" m:b="{}"/>'.format, VALUES, VALUES),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, max_size=5).map("".join)
    return st.one_of(
        st.builds("<n:a>{}</n:a>".format, many),
        st.builds('<a\txmlns="u:{}" b="{}" >{}</a\n>'.format, st.just("x"), VALUES, many),
        many,
    )


@given(st.recursive(PIECES, nested))
def test_events_are_those_of_expat(inside: str) -> None:
    source = f"<!DOCTYPE r><r xmlns:n='u:n'>{inside}</r>"
    try:
        expected = from_expat(source)
    except ExpatError:  # texts make the end of a CDATA section, values end too early
        with pytest.raises(MalformedError):
            list(events(source))
        return
    assert from_events(source) == expected
    found = list(events(source))
    for event, following in pairwise(found):
        gap = source[event.span.end : following.span.start]
        assert gap in {"", "<![CDATA[", "]]>", "]]><![CDATA["}
    for text in found:
        if isinstance(text, Text):
            assert (text.text == text.span.of(source)) == text.verbatim


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        pytest.param("<p>it’s</p>", "“R&D” <", "“R&amp;D” &lt;", id="raw"),
        pytest.param("<p>it&#8217;s</p>", "“a”", "&#8220;a&#8221;", id="decimal references"),
        pytest.param("<p>it&#x2019;s</p>", "“a”", "&#x201C;a&#x201D;", id="hexadecimal ones"),
        pytest.param("<p>it&#8217;s “</p>", "“a”", "“a”", id="references and others"),
        pytest.param("<p>its</p>", "“a”", "“a”", id="ASCII without references"),
        pytest.param(
            "<?xml version='1.0' encoding='us-ascii'?><p/>",
            "“é”",
            "&#8220;&#233;&#8221;",
            id="ASCII",
        ),
        pytest.param(
            "<?xml version='1.0' encoding='iso-8859-1'?><p/>",
            "“é”",
            "&#8220;é&#8221;",
            id="Latin-1",
        ),
    ],
)
def test_spellers(source: str, text: str, expected: str) -> None:
    assert speller(source)(text) == expected
    assert speller(f"“{source}“", 1, 1 + len(source))(text) == expected
    assert decoded(expected) == text


def test_what_xml_cannot_hold_is_not_written() -> None:
    for spell in (speller("<p/>"), spell_cdata):
        with pytest.raises(UnwritableError):
            spell("a\x0bb")
    with pytest.raises(UnwritableError):
        spell_cdata("]>")
    assert spell_cdata("R&D") == "R&D"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"<p/>", None, id="none"),
        pytest.param(b'<?xml version="1.0"?><p/>', None, id="none in the declaration"),
        pytest.param(b'<?xml version="1.0" encoding="EUC-KR" ?><p/>', "EUC-KR", id="EUC-KR"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>", "utf-8", id="a mark"),
        pytest.param(b"<?xml version='1.0' encoding='utf-16'?><p/>", None, id="a false one"),
        pytest.param(b"<p>encoding='utf-7'</p>", None, id="in the text"),
    ],
)
def test_declared_encoding(data: bytes, expected: str | None) -> None:
    assert declared_encoding(data) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "euc-kr", "iso-8859-1"])
def test_members_keep_their_encoding(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    data = f"<?xml version='1.0' encoding='{name}'?><p>Marwin</p>".encode(encoding)
    source = unpacked(data, "a.xml")
    assert "".join(shown(source, event)[-1] for event in events(source) if isinstance(event, Text))
    assert packed(source, data, "a.xml") == data
    changed = packed(source.replace("Marwin", "Ma Yun"), data, "a.xml")
    assert changed.decode(encoding).endswith("<p>Ma Yun</p>")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"<p>\xff</p>", "it is not text in utf-8", id="not UTF-8"),
        pytest.param(b"<?xml version='1.0' encoding='no'?><p/>", "not text in no", id="unknown"),
        pytest.param(
            b"<?xml version='1.0' encoding='unicode_escape'?><p>\\x41</p>",
            "not text in unicode_escape",
            id="no way back",
        ),
        pytest.param(b"<p>\0</p>", "NUL", id="NUL"),
    ],
)
def test_members_that_are_no_text(data: bytes, said: str) -> None:
    with pytest.raises(MalformedError, match=said) as error:
        unpacked(data, "word/document.xml")
    assert error.value.member == "word/document.xml"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<p>{}</p>", id="a text"),
        pytest.param('<p a="{}"/>', id="a value"),
        pytest.param("<!--{}--><p/>", id="a comment"),
        pytest.param("<p><![CDATA[{}]]></p>", id="CDATA"),
        pytest.param("<!DOCTYPE p [<!--{}-->]><p/>", id="a subset"),
    ],
)
def test_ten_megabytes_on_one_line_are_a_few_events(source: str) -> None:
    long = source.format(" ' " * 3_300_000)
    found = list(events(long))
    assert len(found) <= 4
    assert sum(event.span.end - event.span.start for event in found) >= 9_900_000
    begin = found[0]
    assert len(attributes(long, begin.span)) == ("a=" in source)
