"""Translation memories: which segments are translations into English."""

from __future__ import annotations

import pytest

from cleaner.formats import MalformedError, tmx
from cleaner.text.passage import OBJECT
from tests.formats import roundtrip
from tests.samples import names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
ENGLISH = "He said that they were there when it happened."
GERMAN = "Der Mann und die Frau sind nicht da, aber das Haus ist auch für sie."


def memory(*segments: tuple[str, str], source: str = "ko", unit: str = "") -> str:
    """Return a memory with one unit, given the language and the text of each segment."""
    variants = "\n".join(
        f'<tuv xml:lang="{language}"><note>Marwin</note><seg>{text}</seg></tuv>'
        for language, text in segments
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header srclang="{source}" o-tmf="Marwin"><prop type="x">Marwin</prop></header>\n'
        f'<body><tu tuid="t1"{unit}><prop type="x">Marwin</prop>\n{variants}</tu></body></tmx>\n'
    )


def texts(source: str) -> list[str]:
    document = tmx.read(source)
    assert {block.kind for block in document.blocks()} <= {"message"}
    return [block.span.of(document.text) for block in document.blocks()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Marwin left.", "Marwin left.", id="text"),
        pytest.param("<bpt i='1'>{\\b </bpt>Ma<ept i='1'>}</ept> Win", "Ma Win", id="bpt, ept"),
        pytest.param("<it pos='begin'>Marwin</it>Ma", "Ma", id="it"),
        pytest.param("<hi type='x'>Ma</hi> Win", "Ma Win", id="hi"),
        pytest.param("a <ph>Marwin<sub>Marwin</sub></ph> b", f"a {OBJECT} b", id="ph, sub"),
        pytest.param("a<ph type='lb'/>b", "a\nb", id="line break"),
        pytest.param("a <ut>Marwin</ut> b", f"a {OBJECT} b", id="ut"),
        pytest.param("R&amp;D", "R&D", id="reference"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    source = memory(("ko", "마윈"), ("en", text))
    assert texts(source) == [expected]
    roundtrip.check(tmx.read, source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(memory(("en", "a"), ("ko", "마윈")), ["a"], id="in front"),
        pytest.param(memory(("en-US", "a"), ("EN_gb", "b"), ("de", "c")), ["a", "b"], id="several"),
        pytest.param(memory(("en", "a"), ("de", "b"), source="*all*"), ["a"], id="any source"),
        pytest.param(memory(("en", "a"), ("de", "b"), source=""), ["a"], id="no source"),
        pytest.param(memory(("en", "a"), ("en-GB", "b"), source="en"), ["b"], id="English twice"),
        pytest.param(memory(("", "a"), ("ko", "마윈")), ["a"], id="no language"),
        pytest.param(
            memory(("ko", "마윈"), ("en", "a"), source="en", unit=' srclang="ko"'), ["a"], id="unit"
        ),
        pytest.param(memory(("en", "a")).replace("xml:lang", "lang"), ["a"], id="old attribute"),
    ],
)
def test_segments_that_are_text(source: str, expected: list[str]) -> None:
    assert texts(source) == expected
    assert tmx.read(source).left_out == ""


ORIGINAL = "its srclang is “{}”, so its English text is no translation"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            memory(("en", ENGLISH), ("ko", "마윈"), source="en"), ORIGINAL.format("en"), id="source"
        ),
        pytest.param(
            memory(("en-US", ENGLISH), ("ko", "마윈"), source="EN"),
            ORIGINAL.format("en-US"),
            id="source by its primary language",
        ),
        pytest.param(memory(("ko", "마윈"), ("de", GERMAN)), "its language is “de”", id="German"),
        pytest.param(
            memory(("ko", "마윈"), ("", GERMAN)),
            "it declares no language, and its translations are not English",
            id="no language",
        ),
    ],
)
def test_segments_that_are_no_text(source: str, why: str) -> None:
    assert texts(source) == []
    assert tmx.read(source).left_out == why


def test_edits() -> None:
    source = memory(("ko", "Marwin"), ("en", "<hi>Ma</hi> Win, <ph>Marwin</ph> Marwin’s"))
    after = memory(("ko", "Marwin"), ("en", "<hi>Ma</hi> Yun, <ph>Marwin</ph> Ma Yun’s"))
    assert MA.clean(source, tmx.read).source == after


def test_places() -> None:
    source = memory(("ko", "마윈"), ("en", "Marwin left."))
    (finding,) = MA.clean(source, tmx.read).findings
    place = tmx.read(source).location(finding.span.start)
    assert (str(place), place.label) == ("7:44", "unit “t1”")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(memory(("ko", "a"), ("en", "b")).encode(), True, id="English"),
        pytest.param(memory(("en", "a"), ("en-GB", "b"), source="en").encode(), True, id="British"),
        pytest.param(memory(("en", "a"), ("ko", "b"), source="en").encode(), False, id="source"),
        pytest.param(memory(("ko", "a"), ("de", "b")).encode("utf-16"), False, id="German"),
        pytest.param(memory(("ko", "a"), ("en", "b")).encode("utf-16"), True, id="UTF-16"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_declared_language(data: bytes, expected: bool) -> None:
    assert tmx.declares_english(data) is expected


def test_refusals() -> None:
    with pytest.raises(MalformedError):
        tmx.read(memory(("en", "<hi>a")))
