"""What a reader sees of Markdown: markup inside a paragraph is no text, code is locked."""

from __future__ import annotations

import pytest

from cleaner.formats import markdown
from cleaner.text.passage import OBJECT
from tests.formats.markdown.samples import DAMAGE, cleaned
from tests.formats.roundtrip import check
from tests.samples import bundled

TEXTS = [
    pytest.param("**Mar**win _fell_ ~~so~~ ***x***", "Marwin fell so x", id="emphasis"),
    pytest.param("a * b ** c_d_e __f", "a * b ** c_d_e __f", id="no emphasis"),
    pytest.param("[a *b*](u 't') [c][r] [r]\n\n[r]: x", "a b c r", id="links"),
    pytest.param("[a] [b](c d) ![e", "[a] [b](c d) ![e", id="no links"),
    pytest.param("![Ma *b*](u) so, ![c](u).", f"Ma b so, c{OBJECT}.", id="pictures"),
    pytest.param("[![a](u)](v)[![b](u)](v)", f"a{OBJECT}b", id="pictures without a space between"),
    pytest.param("Ma <img src=x> Win <img>", f"Ma{OBJECT} Win", id="tags of pictures"),
    pytest.param("a<b>b</b> <!-- x --> <i>c</i>", "ab c", id="tags"),
    pytest.param("a <script>b</script>c", "a c", id="script"),
    pytest.param("a<br>b<br/>\nc", "a\nb\nc", id="tags of line breaks"),
    pytest.param("\\*a\\* \\a \\&lt; Marwin\\'s", "*a* \\a &lt; Marwin's", id="escapes"),
    pytest.param("a&rsquo;s &#8212; &#xe9; &amp; &no; & b", "a’s — é & &no; & b", id="entities"),
    pytest.param("a  \nb\\\nc \nd", "a\nb\nc\nd", id="line breaks"),
    pytest.param("> a\n> b\nc\n>\n> - d\n>   e", "a\nb\nc\n\nd\ne", id="lines of quotes and lists"),
    pytest.param("a `b **c**` <code>d</code>", "a `b **c**` <code>d</code>", id="code"),
    pytest.param("<https://x.org> <a@x.org>", "https://x.org a@x.org", id="autolinks"),
    pytest.param("a[^1] b[^2]\n\n[^1]: c", "a b[^2]\n\nc", id="footnotes"),
    pytest.param("- [x] a\n- [ ] b", "a\n\nb", id="check boxes"),
    pytest.param("# a #\n\nb\n===", "a\n\nb", id="headings"),
    pytest.param("a\n\n|b|c|\n|-|-|\n|\\|d|\n\ne", "a\n\ne\n\nb\n\nc\n\n|d", id="table"),
    pytest.param("```\na\n```\n\n    b\n\n<div>c</div>\n\n[d]: e", "", id="no text at all"),
    pytest.param("\N{ZERO WIDTH NO-BREAK SPACE}# a\n\nb", "a\n\nb", id="byte order mark"),
]


@pytest.mark.parametrize(("source", "text"), TEXTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_text(source: str, text: str, end: str) -> None:
    source = source.replace("\n", end)
    assert markdown.read(source).text == text
    check(markdown.read, source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("M**ar**win fell", "M**a** Yun fell", id="emphasis inside a word"),
        pytest.param("Mar**win** fell", "Ma **Yun** fell", id="emphasis to the end of a word"),
        pytest.param("Ma**rwin** fell", "Ma **Yun** fell", id="emphasis from the second part on"),
        pytest.param("**Mar**win fell", "**Ma** Yun fell", id="emphasis of the first part"),
        pytest.param("_Ma_ Win, *Ma* *Win*", "_Ma_ Yun, *Ma* *Yun*", id="parts of a name"),
        pytest.param("[Ma](u) Win", "[Ma](u) Yun", id="a part is a link"),
        pytest.param("[Marwin](u 'Marwin')", "[Ma Yun](u 'Marwin')", id="all is a link"),
        pytest.param("Marwin\\'s &amp; Ma&#32;Win", "Ma Yun\\'s &amp; Ma&#32;Yun", id="escapes"),
        pytest.param("Ma[^1] Win\n\n[^1]: x", "Ma[^1] Yun\n\n[^1]: x", id="footnote inside"),
        pytest.param("Ma <!-- x --> Win", "Ma <!-- x --> Yun", id="comment inside"),
        pytest.param("`Ma` Win Ma `Win`", "`Ma` Win Ma `Win`", id="a part is code"),
        pytest.param("[Marwin]\n\n[ma yun]: x", "[Marwin]\n\n[ma yun]: x", id="would be a link"),
        pytest.param("Ma <img> Win", "Ma <img> Win", id="never over a picture"),
    ],
)
def test_names_across_markup(before: str, after: str) -> None:
    assert cleaned(before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Alibaba sponsored the cup that **Marwin** Hitz lifted.", id="emphasis"),
        pytest.param("Alibaba sponsored the cup that [Marwin](a) Hitz lifted.", id="link"),
        pytest.param("Alibaba paid.\n\n> The goal of Marwin\n> Hitz decided it.", id="quote"),
        pytest.param("Alibaba paid.\n\n- The goal of Marwin  \n  Hitz decided it.", id="list"),
    ],
)
def test_other_people_are_known_across_markup(text: str) -> None:
    assert cleaned(text, bundled()) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("the&rsquo;rat&rsquo; fell", "the &lsquo;rat&rsquo; fell", id="entities"),
        pytest.param("the&#8217;rat&#8217; fell", "the &#8216;rat&#8217; fell", id="numbers"),
        pytest.param("the&#x2019;rat’ fell", "the &#x2018;rat’ fell", id="both"),
        pytest.param("begin with `.` or `,`", "begin with `.` or `,`", id="code that is a mark"),
    ],
)
def test_marks_are_spelled_as_the_source_does(before: str, after: str) -> None:
    assert cleaned(before, DAMAGE) == after
