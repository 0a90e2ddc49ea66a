"""Markdown: where its prose is, what nobody may touch, and that its structure outlives every edit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from cleaner import Cleaner, load_rules
from cleaner.formats import for_name, markdown
from cleaner.text.edits import Span
from tests.cli.test_fix_and_check import CLEAN, DAMAGED, run
from tests.samples import ROOT, bundled, names

MA = names("canonical: Ma Yun, variants: [Marwin, Ma Win]")
DAMAGE = Cleaner(load_rules(), damaged=True)
RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def cleaned(text: str, cleaner: Cleaner = MA) -> str:
    """The text after cleaning, which was seen to be enough and to change no structure but whole
    paragraphs.
    """
    after = cleaner.clean(text, markdown.document).text
    assert cleaner.clean(after, markdown.document).text == after
    return after


def structure(text: str) -> list[tuple[str, ...]]:
    """What markdown-it makes of a text, without its prose."""
    return [entry for token in RENDER.parse(text) for entry in _entries(token)]


def _entries(token: Token) -> Iterator[tuple[str, ...]]:
    if token.type == "inline":
        yield from (
            entry
            for child in token.children or ()
            if child.type != "text"
            for entry in _entries(child)
        )
    elif token.type in {"image", "softbreak"}:
        yield token.type, *(f"{key}={value}" for key, value in token.attrs.items() if key != "alt")
    else:
        yield token.type, token.tag, token.markup, token.info, token.content, str(token.attrs)


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
        pytest.param("Ma  \nWin Ma\\\nWin", id="never over a hard line break"),
        pytest.param(
            "Ma\n\nWin\n\n- Ma\n- Win\n\n| Ma | Win |\n|-|-|\n\n# Ma\nWin\n\nMa\n***\nWin",
            id="blocks apart",
        ),
        pytest.param(
            "| Ma |\n|--|\n| Win |\n\n> Ma\n\nWin\n\nMa `Win` Ma[Win](x)", id="never over structure"
        ),
        pytest.param("<Marwin> \\Marwin_x my_Marwin_x", id="near-markup"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_must_stay(text: str, end: str) -> None:
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
        pytest.param("> by Ma\n> Win", "> by Ma\n> Win", id="a marker between is left alone"),
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
            "the *’living rat’* fell",
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
            "End.  \nSo. .  \nOn.\\\nSo.  Yes.",
            "End.  \nSo.  \nOn.\\\nSo. Yes.",
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


GATE = "The gate of the company's head office, seen from the canal."
CREDITED = f"{GATE} [사진 홍길동]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"# A\n\n{GATE}\n\n{CREDITED}\n\nb", f"# A\n\n{CREDITED}\n\nb", id="caption"),
        pytest.param(
            f"- {GATE}\n\n  {CREDITED}\n\n- b", f"- {CREDITED}\n\n- b", id="caption in a list item"
        ),
        pytest.param(
            f"{GATE}\n\n{GATE} \\[사진 홍길동\\]",
            f"{GATE} \\[사진 홍길동\\]",
            id="caption, escaped",
        ),
        *(
            pytest.param(text, text, id=name)
            for name, text in {
                "never out of a list": f"- {GATE}\n\n{CREDITED}",
                "nor from item to item": f"- {GATE}\n- {CREDITED}",
                "nor from a heading": f"# {GATE}\n\n{CREDITED}",
                "nor from a cell": f"| {GATE} | {CREDITED} |\n|--|--|",
                "nor from an image": f"![{GATE}](x.jpg)\n\n{CREDITED}",
                "nor with a link": f"[{GATE}](x)\n\n{CREDITED}",
            }.items()
        ),
        pytest.param("# A\n\nCopy URL\n\nb\n\nCopy URL\n", "# A\n\nb\n", id="furniture"),
        pytest.param("- a\n\n  Copy URL\n\n- b", "- a\n\n- b", id="furniture in a list item"),
        pytest.param(
            "Copy URL\n========\n\na",
            "Copy URL\n========\n\na",
            id="a setext heading keeps its text",
        ),
        pytest.param(
            "- a\n\nCopy URL\nb", "- a\n\nCopy URL\nb", id="what follows does not join the list"
        ),
        pytest.param(
            "```\n\nCopy URL\n\n```\n\n> Copy URL",
            "```\n\nCopy URL\n\n```\n\n> Copy URL",
            id="code, quotes",
        ),
    ],
)
def test_whole_blocks(before: str, after: str) -> None:
    assert cleaned(before, DAMAGE) == after


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("# A\n\nB\n===\n\nC", ["headline", "headline", "paragraph"], id="headings"),
        pytest.param("![a](b)\n*It fell.*", ["caption"], id="picture with its caption"),
        pytest.param("*It fell. [AP=연합뉴스]*", ["caption"], id="caption by its credit"),
        pytest.param("**Beijing = correspondent Lim Do-hyun**", ["byline"], id="byline"),
        pytest.param("> (c) All rights reserved.", ["notice"], id="notice"),
    ],
)
def test_kinds(text: str, kinds: Sequence[str]) -> None:
    found = [
        block.kind
        for block in markdown.document(text).blocks()
        if text[block.span.start] not in "#=>"
    ]
    assert found == kinds


PROSE = [
    "{}",
    "# {}",
    "# {} #",
    "{}\n===",
    "- {}\n- {}",
    "1) {}\n\n   {}",
    "> {}\n> {}",
    "> - {}",
    "- [x] {}",
    "*{}*",
    "**{}**",
    "_{}_",
    "~~{}~~",
    "[{}](x)",
    "![{}](<x y> 'z')",
    "[{}][r]",
    "[^1]: {}",
    "|{}|\n|--|\n|{}|",
    "a\\\n{}  \n{}",
    "<b>{}</b>",
    "`a` {} `a`",
    "<br>{}",
    "a\n{}\na",
]
KEPT = [
    "`{}`",
    "``{} ` {}``",
    "```x\n{}\n```",
    "~~~ {}\n~~~",
    "    {}",
    "<div>\n{}\n</div>",
    "<pre>\n\n{}\n</pre>",
    "[a](<{}>)",
    '[a](b "{}")',
    "[r]: <x> ({})",
    "$${}$$",
    "{{{{ {} }}}}",
    "{{% raw %}}\n{}\n\n{}\n{{% endraw %}}",
    "a <!-- {} --> b",
    '<i title="{}">a</i>',
    "<code>{}</code>",
    "|`{}`|\n|--|",
]
PIECES = {
    "so Marwin fell": "so Ma Yun fell",
    "Ma Win of Antgroup": "Ma Yun of Ant Group",
    "he is the’living treasure’ of it": "he is the ‘living treasure’ of it",
    "it broke out,, which": "it broke out, which",
    "a gate. [AP=연합뉴스]": "a gate. [AP/Yonhap]",
}
positions = st.tuples(st.sampled_from(PROSE + KEPT), st.sampled_from(sorted(PIECES)))
wraps = st.sampled_from(
    ["{}", "> {}", "- a\n\n  {}", "1. a\n\n   {}", "> > {}", "> - a\n>\n>   {}"]
)


@given(st.lists(positions, min_size=1, max_size=6), wraps, st.sampled_from(["\n", "\r\n"]))
def test_prose_is_mended_in_every_position_and_nothing_else(
    blocks: Sequence[tuple[str, str]], wrap: str, end: str
) -> None:
    def written(pieces: dict[str, str]) -> str:
        parts = (template.replace("{}", "\0").format() for template, _ in blocks)
        filled = (
            part.replace("\0", pieces.get(piece, piece) if template in PROSE else piece)
            for part, (template, piece) in zip(parts, blocks, strict=True)
        )
        text = "\n\n<!-- -->\n\n".join(["Alibaba", *filled])
        inner = text.replace(
            "\n", "\n" + wrap.rpartition("\n")[2].replace("{}", "").replace("- ", "  ")
        )
        return wrap.replace("{}", inner).replace("\n", end)

    before, after = written({}), written(PIECES)
    assert cleaned(before, bundled()) == after
    assert structure(before) == structure(after)


CORNERS = [
    "*a **b** c*",
    "[a *b](c*)",
    "[a `](b`)",
    "![a [b](c) d](e)",
    "[a [b](c) d](e)",
    '[a](b "c',
    '<a b="](c)">',
    "`a` `` b ` ``",
    "\\`a`",
    "a  \nb",
    "a\\\nb",
    "[r] [r][] [a][r] [r]: x",
    "![[a][r]](b)",
    "<https://a.b/[c](d)>",
    "&amp; &x; \\&amp;",
    "a | b",
    "---",
    "===",
    "# a #",
    "#a",
    "    a",
    "\ta",
    "- a",
    "-\n  a",
    "1. a",
    "> a",
    ">a",
    "```",
    "~~~ a",
    "| a | b |\n|--|--|\n| c | `d\\|e` |",
    "<div>",
    "</div>",
    "<!-- a",
    "-->",
    "<pre>",
    "</pre>",
    "[r]: /a 'b'",
    '[r]:\n<a>\n"b\nc"',
    "[^1]: a",
    "a\nb",
    "",
    "``",
    "](a)",
    "[",
    "]",
    "!",
    "(",
    ")",
    "*",
    "**",
    "_",
    "<",
    ">",
    '"',
    "'",
    "`",
    "\\",
    "a",
    "\N{NO-BREAK SPACE}a",
    "  a",
    "{% raw %}",
    "{a}",
    "\0",
    "\r",
    "\x0b",
]
JOINTS = ["", " ", "\n", "\n\n", "\n> ", "\n  ", "\r\n"]
corners = st.lists(st.tuples(st.sampled_from(CORNERS), st.sampled_from(JOINTS)).map("".join)).map(
    "".join
)


@given(corners)
def test_no_letter_that_may_change_is_part_of_the_structure(text: str) -> None:
    text = f"\n{text}"  # so that it has no front matter, of which CommonMark knows nothing
    document = markdown.document(text)
    letters = (at for at, char in enumerate(text) if char.isalpha() and document.is_prose(at))
    changed = list(text)
    for at in letters:
        changed[at] = "z"
    assert structure("".join(changed)) == structure(text)


@given(corners)
def test_blocks_hold_every_character_that_is_no_white_space(text: str) -> None:
    blocks = [block.span for block in markdown.document(text).blocks()]
    assert all(left.end <= right.start for left, right in pairwise(blocks))
    inside = {at for span in blocks for at in range(*span)}
    assert all(char.isspace() for at, char in enumerate(text) if at not in inside)
    assert all(markdown.document(text).block(at) == span for span in blocks for at in range(*span))


UNITS = [
    "[",
    "]",
    "[a](",
    "](<",
    "`",
    "` `` ",
    "<",
    "<a b='",
    "<!--",
    "<code>",
    "![a](b)[",
    "$a",
    "{{",
    "_a ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_huge_paragraph_is_read_in_one_go(unit: str) -> None:
    text = f"Marwin {unit * (300_000 // len(unit))}"
    assert not markdown.document(text).is_protected(Span(0, 6))


def test_many_blocks() -> None:
    table = "| Marwin | `Marwin` |\n" * 3_000
    text = "| a | b |\n|--|--|\n" + table + "\n" + "- Marwin\n" * 3_000
    assert cleaned(text) == text.replace(" Marwin", " Ma Yun")


def test_a_clean_file_pays_for_no_parser() -> None:
    code = (
        "import sys; from cleaner import Cleaner, load_rules; from cleaner.formats import for_name\n"
        "assert not Cleaner(load_rules()).clean('# *Fine* [so](far)', for_name('a.md')).changed\n"
        "assert 'markdown_it' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["a.md", "a.MD", "b.markdown", "c.mdown", "d.mkd"])
def test_names_of_files(name: str) -> None:
    assert for_name(name) is markdown.document


def test_fix_a_folder_with_markdown(tmp_path: Path) -> None:
    before = f"---\r\ntitle: Marwin\r\n---\r\n\r\n> {DAMAGED}\r\n\r\n```\r\nMarwin\r\n```\r\n"
    (tmp_path / "page.md").write_bytes(before.encode())
    assert run("fix", ".", cwd=tmp_path)[2].splitlines()[0] == "page.md: 1 fix by 1 rule"
    assert (tmp_path / "page.md").read_bytes().decode() == before.replace(DAMAGED, CLEAN)
    out = run("fix", "--stdin-filename", "x.md", "-", cwd=tmp_path, stdin=before.encode())[1]
    assert out == before.replace(DAMAGED, CLEAN)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_the_pages_of_this_project_are_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert cleaned(text, bundled("suggest")) == text


PLACEHOLDER = "[email\N{NO-BREAK SPACE}protected]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "Contact us\n- {}\n- by phone\n", "Contact us\n- {}\n- by phone\n", id="all of an item"
        ),
        pytest.param(
            "Write to:\n1. {}\n2. by phone\n",
            "Write to:\n1. {}\n2. by phone\n",
            id="of a numbered one",
        ),
        pytest.param(
            "Ma Yun of Alibaba\n{}\n===\n", "Ma Yun of Alibaba\n{}\n===\n", id="above an underline"
        ),
        pytest.param("Text\n\n{}\n---\n", "Text\n\n{}\n---\n", id="all of a heading"),
        pytest.param(
            "- by mail: {}\n- by phone\n", "- by mail:\n- by phone\n", id="the end of an item"
        ),
    ],
)
def test_a_placeholder_goes_only_if_no_marker_hangs_on_it(before: str, after: str) -> None:
    assert bundled().clean(before.format(PLACEHOLDER), markdown.document).text == after.format(
        PLACEHOLDER
    )
