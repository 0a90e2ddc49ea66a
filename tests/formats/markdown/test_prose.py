"""Prose in Markdown is corrected wherever it is; code, targets, tags and data stay as they are."""

from __future__ import annotations

import pytest

from tests.formats.markdown.samples import DAMAGE, cleaned, structure


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Marwin #\n\nMarwin\n======\n\nMarwin\n------\n", id="headings"),
        pytest.param(
            "- Marwin\n* Marwin\n  Marwin\n1. Marwin\nMarwin\n\n   Marwin\n- [ ] Marwin", id="lists"
        ),
        pytest.param(
            "> Marwin\n> Marwin\nMarwin\n>\n> > - Marwin\n> >   Marwin\n>Marwin", id="quotes"
        ),
        pytest.param(
            "*Marwin* **Marwin** _Marwin_ ~~Marwin~~ _Marwin fell_ *Marwin*’s", id="emphasis"
        ),
        pytest.param(
            "[Marwin](/u) ![Marwin](u) [![Marwin](u)](v) [**Marwin** (Marwin)][r]\n\n[r]: u",
            id="link texts",
        ),
        pytest.param(
            "| Marwin | a \\| Marwin |\n|:--|--|\n| Marwin | Marwin |\n|Marwin", id="table"
        ),
        pytest.param(
            "> Marwin | b\n> --- | ---\n> Marwin |\n> a | Marwin",
            id="table in a quote, no outer pipes",
        ),
        pytest.param("Marwin[^1]\n\n[^1]: Marwin fell.\n\n    Marwin.\n", id="footnote"),
        pytest.param("\tcode\n\n  Marwin\tMarwin\n\n1.\tMarwin\n\n\tMarwin\n", id="tabs"),
        pytest.param("Marwin  \nMarwin\\\nMarwin\nMarwin", id="line breaks"),
        pytest.param(
            "Marwin <b>Marwin</b> &amp; Marwin \\* Marwin ` Marwin", id="beside what is protected"
        ),
        pytest.param("5 < Marwin $5 Marwin $6 (Marwin) [Marwin] {Marwin", id="no markup at all"),
        pytest.param("Marwin\n\n<div>\n\nMarwin\n\n</div>\n\nMarwin", id="between HTML"),
        pytest.param("---\n\nMarwin\n\n---\n\nMarwin", id="thematic breaks are no front matter"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_prose(text: str, end: str) -> None:
    text = text.replace("\n", end)
    assert cleaned(text) == text.replace("Marwin", "Ma Yun")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`Marwin` `` a ` Marwin `` `a\nMarwin`\n\n> `a\n> Marwin`", id="code spans"),
        pytest.param(
            "```Marwin\nMarwin\n```\n\n~~~\nMarwin\n```\nMarwin\n~~~\n\n- ```\n  Marwin",
            id="fences",
        ),
        pytest.param("a\n\n    Marwin\n\n\tMarwin\n\n-     Marwin\n", id="indented code"),
        pytest.param(
            "[a](Marwin) [a](<Marwin x> 'Marwin') ![a](b \"a\nMarwin\") [a](b(Marwin)c)",
            id="targets",
        ),
        pytest.param(
            "[Marwin]: /Marwin 'Marwin'\n\n[a][Marwin] [Marwin][] [marwin] [Marwin]",
            id="references",
        ),
        pytest.param(
            "<https://x.org/Marwin> <Marwin@x.org> https://x.org/Marwin www.x.org/Marwin",
            id="autolinks",
        ),
        pytest.param(
            "<b title='Marwin'\nid=Marwin> <!-- Marwin --> <?x Marwin?> <![CDATA[Marwin]]>",
            id="tags",
        ),
        pytest.param(
            "<div>\nMarwin\n</div>\n\n<pre>\nMarwin\n\nMarwin\n</pre>\n\n<!-- a\n\nMarwin -->",
            id="blocks",
        ),
        pytest.param("a <code>Marwin</code> <kbd>x Marwin</kbd>", id="code in tags"),
        pytest.param("---\ntitle: Marwin\n---\na", id="YAML front matter"),
        pytest.param("+++\ntitle = 'Marwin'\n+++\na", id="TOML front matter"),
        pytest.param(
            "{{ Marwin }} {% x Marwin %} {: title=Marwin} # a {#Marwin}", id="Liquid and attributes"
        ),
        pytest.param(
            "{% highlight x %}\nMarwin\n\nMarwin\n{% endhighlight%}\n\n{% raw %}Marwin{% endraw %}",
            id="raw",
        ),
        pytest.param("$Marwin$ $$a\nMarwin$$", id="math"),
        pytest.param(
            "[[Marwin]] [[Marwin|he]] [^Marwin] > [!Marwin]", id="wiki links, footnotes, callouts"
        ),
        pytest.param(
            "Ma\n\nWin\n\n- Ma\n- Win\n\n| Ma | Win |\n|-|-|\n\n# Ma\nWin\n\nMa\n***\nWin",
            id="blocks apart",
        ),
        pytest.param(
            "| Ma |\n|--|\n| Win |\n\n> Ma\n\nWin\n\nMa `Win` Ma ![x](y) Win",
            id="never over structure",
        ),
        pytest.param("<Marwin> \\Marwin_x my_Marwin_x", id="near-markup"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_must_stay_stays(text: str, end: str) -> None:
    text = text.replace("\n", end)
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("by Ma\nWin", "by Ma\nYun", id="paragraph"),
        pytest.param("- by Ma\n  Win", "- by Ma\n  Yun", id="list, indented"),
        pytest.param("1. by Ma\nWin", "1. by Ma\nYun", id="list, lazy"),
        pytest.param("> by Ma\nWin", "> by Ma\nYun", id="quote, lazy"),
        pytest.param("*by Ma\r\nWin*", "*by Ma\r\nYun*", id="emphasis, CRLF"),
        pytest.param("> by Ma\n> Win", "> by Ma\n> Yun", id="quote"),
        pytest.param("> - by Ma\r\n>   Win", "> - by Ma\r\n>   Yun", id="list in a quote, CRLF"),
        pytest.param("by Ma  \nWin", "by Ma  \nYun", id="hard line break by spaces"),
        pytest.param("> by Ma\\\n> Win", "> by Ma\\\n> Yun", id="hard line break by a backslash"),
        pytest.param("|a|\n|-|\n|Ma<br>Win|", "|a|\n|-|\n|Ma<br>Yun|", id="line break in a cell"),
    ],
)
def test_a_name_over_two_lines(before: str, after: str) -> None:
    assert cleaned(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "the’rat’ *‘word’* **‘x’**",
            "the ‘rat’ *‘word’* **‘x’**",
            id="quotation in emphasis stays",
        ),
        pytest.param(
            "**the’living rat’** fell", "**the ‘living rat’** fell", id="repaired in emphasis"
        ),
        pytest.param(
            "the *’living rat’* fell",
            "the *‘living rat’* fell",
            id="no space behind an opening delimiter",
        ),
        pytest.param(
            "**Ann**’s, the’rat’, **boys**’ toy",
            "**Ann**’s, the ‘rat’, **boys**’ toy",
            id="possessives",
        ),
        pytest.param("[‘text’](url’s) the’rat’", "[‘text’](url’s) the ‘rat’", id="links"),
        pytest.param(
            "`foo'bar'` `the'rat'` cats' and’so on",
            "`foo'bar'` `the'rat'` cats' and’so on",
            id="code",
        ),
        pytest.param(
            "``a'' and ``b'' so", "``a'' and ``b'' so", id="TeX marks that are a code span"
        ),
        pytest.param("``weak,'' he said", "“weak,” he said", id="TeX marks that are not"),
        pytest.param(
            "End.  \nIt fell,, so  \nOn.\\\nSo.  Yes.",
            "End.  \nIt fell, so  \nOn.\\\nSo. Yes.",
            id="hard line breaks stay",
        ),
        pytest.param("*It fell. [AP=연합뉴스]*", "*It fell. [AP/Yonhap]*", id="credit in emphasis"),
        pytest.param(
            "It fell. \\[AP=연합뉴스\\]",
            "It fell. \\[AP/Yonhap\\]",
            id="credit in escaped brackets",
        ),
        pytest.param(
            "It fell. <연합뉴스>", "It fell. <연합뉴스>", id="a credit that would become a tag"
        ),
        pytest.param(
            "![It fell. [AP=연합뉴스]](x)", "![It fell. [AP/Yonhap]](x)", id="credit in alt text"
        ),
    ],
)
def test_marks_and_credits(before: str, after: str) -> None:
    assert cleaned(before, DAMAGE) == after
    assert structure(before) == structure(after)
