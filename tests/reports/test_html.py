"""The report as a page: valid, harmless, complete, and true about what changes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import formats
from cleaner.engine.findings import Finding
from cleaner.formats import plain
from cleaner.reports.forms import About, Entry, form
from cleaner.reports.forms import html as page_module
from cleaner.reports.forms.html import files as files_module
from cleaner.reports.forms.html import overview as overview_module
from cleaner.rules.model import Level
from cleaner.text.edits import Edit, Span
from cleaner.text.edits import apply as apply_edits
from cleaner.text.visible import visible
from tests.samples import SEEDS, bundled, read

ABOUT = About(bundled().rules, "1.0")
SCRIPT = "<script>alert(1)</script>"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
QUOTES = "\"'><img src=x onerror=alert(1)>"
Page = Any  # an element of lxml, which has no types


def page(*entries: Entry) -> Page:
    """The page as a browser reads it; anything that is not valid raises an error."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse("".join(form("html").render(entries, ABOUT))).getroot()


def entry(text: str, path: str = "a.txt") -> Entry:
    """What a report says of a text."""
    result = bundled().clean(text, formats.for_name(path, "", ()).read)
    return Entry(path, result.document, result.findings, result.edits)


def made(text: str, *edits: tuple[int, int, str], level: Level = "fix") -> Entry:
    """A text with these edits, each of a rule of its own."""
    document = plain.read(text)
    made: list[Edit] = []
    findings = []
    for number, (start, end, new) in enumerate(edits):
        edit = Edit(Span(start, end), new, (f"rule-{number}",))
        made.append(edit)
        findings.append(Finding(edit.rules, level, edit.span, text[start:end], new, "why"))
    return Entry("a.txt", document, findings, made if level == "fix" else ())


def words(element: Page) -> str:
    return "".join(element.itertext())


def one(root: Page, path: str) -> Page:
    (found,) = root.xpath(path)
    return found


def side(passage: Page, name: str) -> list[Page]:
    """The paragraphs of one side of a passage, without its title."""
    path = f"div[@class='side'][p[1]='{name}']/*[position() > 1]"
    return [*passage.xpath(path)]


def sides(root: Page) -> list[tuple[list[str], list[str]]]:
    """What all passages show before and after."""
    found = []
    for passage in root.xpath("//div[@class='passage']"):
        found.append(
            ([*map(words, side(passage, "Before"))], [*map(words, side(passage, "After"))])
        )
    return found


def marked(root: Page) -> tuple[list[str], list[str]]:
    """The words that are marked in the texts before and after."""
    dels, inss = (root.xpath(f"//div[@class='side']//{name}") for name in ("del", "ins"))
    return [*map(words, dels)], [*map(words, inss)]


# -- nothing in it can do harm


@pytest.mark.parametrize("nasty", [SCRIPT, QUOTES, "</style></title>", "&lt;b&gt;", "]]>", "-->"])
def test_what_others_wrote_is_never_markup(nasty: str) -> None:
    finding = Finding((nasty,), "fix", Span(0, len(nasty)), nasty, nasty * 2, nasty)
    asked = finding._replace(level="report", after=nasty)
    edit = Edit(finding.span, finding.after, finding.rules)
    entries = [
        Entry(f"{nasty}.txt", plain.read(f"{nasty} {nasty}"), [finding, asked], [edit]),
        Entry(f"{nasty}2", refused=nasty),
        Entry(f"{nasty}3", left_out=nasty),
        Entry(f"{nasty}4"),
    ]
    root = page(*entries)
    assert root.xpath("//script | //img | //body//*[@style] | //@onerror | //@src") == []
    clean = page(entry("Alibaba fell, and Marwin was silent."), *entries[1:])
    allowed = {element.tag for element in clean.iter() if isinstance(element.tag, str)}
    there = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert there - allowed <= {"b", "div", "h4", "mark", "q"}
    everything = words(root)
    for where in (f"{nasty}.txt", f"{nasty}2: {nasty}", f"{nasty}3: {nasty}", f"{nasty}4"):
        assert where in everything
    assert (one(root, "//title").text, sides(root)) == (
        "Cleaning report: 4 files",
        [([f"{nasty} {nasty}"], [f"{nasty}{nasty} {nasty}"])],
    )


def test_what_nobody_sees_is_shown_as_on_a_terminal() -> None:
    nasty = "a\x1b[2J\u202e\x00\x9b\u200b\U000e0041\udcff"
    asked = Finding((nasty,), "report", Span(0, len(nasty)), nasty, nasty, nasty)
    text = "".join(
        form("html").render(
            [Entry(nasty, plain.read(nasty), [asked]), Entry("b", refused=nasty)], ABOUT
        )
    )
    text.encode()  # there are no lone surrogates
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\U000e0041]", text)
    shown = visible(nasty).replace("<", "&lt;").replace(">", "&gt;")
    assert shown in text


def test_a_line_end_in_a_name_is_shown_and_one_in_a_text_ends_a_line() -> None:
    root = page(made("one\r\nMarwin", (5, 11, "Ma Yun"))._replace(path="a\nb.txt"))
    assert words(one(root, "//h2[contains(., 'b.txt')]")) == "a<U+000A>b.txt"
    assert sides(root) == [(["one\nMarwin"], ["one\nMa Yun"])]


def test_the_policy_allows_the_style_of_the_page_and_nothing_else() -> None:
    root = page(entry("Alibaba, Marwin"))
    policy = one(root, "//meta[@http-equiv='Content-Security-Policy']/@content")
    css = one(root, "//style").text
    digest = b64encode(sha256(css.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert css == page_module.sheet()
    assert not re.search(r"url\(|@import|</", css)
    assert one(root, "/html/@lang") == "en"
    assert all(href.startswith("#") for href in root.xpath("//@href"))


# -- what changes


@pytest.mark.parametrize(
    ("text", "edits", "before", "after"),
    [
        pytest.param("Oh, Marwin.", [(4, 10, "Ma Yun")], ["Marwin"], ["Ma Yun"], id="a word"),
        pytest.param(
            "Oh, Marwins.", [(4, 10, "Ma Yun")], ["Marwins"], ["Ma Yuns"], id="a part of a word"
        ),
        pytest.param(
            "broke out,, which", [(10, 11, "")], ["out,,"], ["out,"], id="a mark that goes"
        ),
        pytest.param(
            "the’gate", [(3, 4, " ‘")], ["the’gate"], ["the ‘gate"], id="a mark and space"
        ),
        pytest.param("one  two", [(4, 5, "")], ["␣two"], ["two"], id="a space that goes"),
        pytest.param("onetwo", [(3, 3, " ")], ["onetwo"], ["one␣two"], id="a space that comes"),
        pytest.param(
            "'gate'", [(0, 1, "‘"), (5, 6, "’")], ["'gate'"], ["‘gate’"], id="both ends of a word"
        ),
        pytest.param("one two", [(3, 7, "")], [" two"], [], id="the end"),
        pytest.param("a\nb c", [(1, 2, " ")], ["a↵\nb"], ["a␣b"], id="a line end"),
    ],
)
def test_the_words_that_change_are_marked(
    text: str, edits: list[tuple[int, int, str]], before: list[str], after: list[str]
) -> None:
    assert marked(page(made(text, *edits))) == (before, after)


@pytest.mark.parametrize(
    ("text", "edit", "wanted"),
    [
        pytest.param(
            "One.\n\nTwo.\n\nThree.",
            (4, 10, ""),
            [(["Two."], ["(nothing)"])],
            id="a paragraph with the space before it",
        ),
        pytest.param(
            "One.\n\nTwo.\n\nThree.",
            (6, 12, ""),
            [(["Two."], ["(nothing)"])],
            id="a paragraph with the space behind it",
        ),
        pytest.param(
            "One\n\ntwo.\n\nThree.",
            (3, 5, " "),
            [(["One↵\n↵\n", "two."], ["One␣two."])],
            id="two that become one",
        ),
        pytest.param(
            "One, two\n\nthree.",
            (3, 12, ""),
            [(["One, two", "three."], ["Oneree."])],
            id="an end and a beginning",
        ),
        pytest.param(
            "One.\n\nTwo.",
            (4, 6, "\n\nMore.\n\n"),
            [(["One.↵\n↵\n", "Two."], ["One.", "More.", "Two."])],
            id="one between two",
        ),
        pytest.param("One.\n\nTwo.", (10, 10, "!"), [(["Two."], ["Two.!"])], id="at the end"),
        pytest.param("\n\nOne.", (0, 2, ""), [(["One."], ["One."])], id="before the first"),
    ],
)
def test_paragraphs(
    text: str, edit: tuple[int, int, str], wanted: list[tuple[list[str], list[str]]]
) -> None:
    assert sides(page(made(text, edit))) == wanted


def squeezed(parts: Iterable[str]) -> str:
    return re.sub(r"[\s␣↵]+", "", "".join(parts))


def check_that_it_shows_all(found: Entry) -> None:
    """All of the text before, and all after, can be read in the page, in order."""
    before: list[Page] = []
    after: list[Page] = []
    for part in page(found).xpath(
        "//section[@class='file']//div[contains(@class, 'side')]"
        "[not(preceding-sibling::div)]/parent::div"
    ):
        both = part.xpath("div[@class='side both']/*")
        before += both or side(part, "Before")
        after += both or side(part, "After")
    for element in (*before, *after):
        for kind in element.xpath("span[@class='kind']"):
            kind.text = ""
    text = found.document.text
    shown = squeezed(map(words, before))
    assert shown == squeezed([text])
    cleaned = squeezed(map(words, after)).replace("(nothing)", "")
    assert cleaned == squeezed([apply_edits(text, found.edits)])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_seed_is_shown_whole(seed: Path) -> None:
    check_that_it_shows_all(entry(read(seed)))


PIECES = [
    "one",
    "Marwin",
    "‘two’",
    "x" * 40,
    "\n",
    "\n\n",
    " ",
    ", ",
    "Heading\n\n",
    "a word " * 300,
]
SLOTS = st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["", "new", " ", "’"]))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join), st.lists(SLOTS))
def test_whatever_changes_is_shown_whole(text: str, slots: Sequence[tuple[int, int, str]]) -> None:
    edits = []
    done = 0
    for ahead, length, new in slots:
        start, end = done + ahead + 1, done + ahead + 1 + length
        if end <= len(text) and (new or start < end):
            edits.append((start, end, new))
            done = end
    if edits and text.strip():
        check_that_it_shows_all(made(text, *edits))


def test_a_long_stretch_without_a_finding_is_folded() -> None:
    filler = "\n\n".join(
        f"Nothing is wrong in paragraph {number} of this text." for number in range(40)
    )
    root = page(made(f"Marwin.\n\n{filler}\n\nMarwin.", (0, 6, "Ma Yun")))
    folded = one(root, "//section[@class='file']//details")
    assert words(folded[0]) == "41 paragraphs without a finding, from line 3"
    assert "paragraph 39 of" in words(folded)


def test_headlines_are_headings_and_other_kinds_are_named() -> None:
    text = "<h1>Marwin</h1><p>It is about Alibaba.</p><p><img alt='Marwin at Alibaba' src=x></p>"
    root = page(entry(text, "a.html"))
    assert [*map(words, root.xpath("//h4"))] == ["Marwin", "Ma Yun"]
    assert [*map(words, root.xpath("//*[@class='kind']"))] == ["attribute:"] * 2
    assert "<h1>" not in words(root)


def test_words_in_other_scripts_have_their_language() -> None:
    root = page(entry("A caption of Alibaba. [AP=연합뉴스]\n\nMarwin of 阿里巴巴 in カタカナ."))
    found = {(part.get("lang"), words(part)) for part in root.xpath("//span[@lang]")}
    assert {("ko", "연합뉴스"), ("zh", "阿里巴巴"), ("ja", "カタカナ")} <= found


def test_what_is_open_is_marked_and_stays() -> None:
    root = page(entry("Alibaba: Marwin, Jingdong, Gwigi"))
    passage = one(root, "//div[@class='passage']")
    for name in ("Before", "After"):
        open_ = [
            (part.get("class"), part.text) for p in side(passage, name) for part in p.iter("mark")
        ]
        assert open_ == [("suggest", "Jingdong"), ("report", "Gwigi")]


# -- findings, counts and what to look up


def test_findings_counts_and_links() -> None:
    texts = ["Alibaba: Marwin, Jingdong, Gwigi", "Nothing.", "Alibaba: Marwin\n\nMarwin"]
    entries = [entry(text, f"{number}.txt") for number, text in enumerate(texts)]
    root = page(*entries, Entry("z.bin", refused="this is not text"))
    levels = Counter(finding.level for one_ in entries for finding in one_.findings)
    assert levels == {"fix": 3, "suggest": 1, "report": 1}
    assert words(one(root, "//header/p[1]")) == (
        "3 fixes, 1 suggestion, 1 place to look up in the source."
    )
    rows = root.xpath("//section[@id='files']//tbody/tr")
    assert [[*map(words, row)] for row in rows] == [
        ["0.txt", "1", "1", "1"],
        ["2.txt", "2", "0", "0"],
    ]
    rows = root.xpath("//section[@id='rules']//tbody/tr")
    assert [words(row[2]) for row in rows] == ["3", "1", "1"]
    assert words(rows[0][0]).startswith("names/people/ma-yun")
    assert words(one(root, "//section[@id='files']/ul/li")) == "z.bin: this is not text"
    assert words(one(root, "//section[@id='files']/details/ul/li")) == "1.txt"
    (lookup,) = root.xpath("//section[@id='look-up']//li")
    assert words(lookup).startswith("1:28: Alibaba: Marwin, Jingdong, Gwigi residue/gwigi")
    found = root.xpath("//section[@class='file']//tbody/tr")
    assert [words(row[0]) for row in found] == [
        "1:10fix",
        "1:18suggest",
        "1:28report",
        "1:10fix",
        "3:1fix",
    ]
    ids = root.xpath("//@id")
    assert len(ids) == len({*ids})
    assert {href.removeprefix("#") for href in root.xpath("//@href")} <= {*ids}
    assert root.xpath("//section[@id='file-2']//tbody/tr[2]//@href") == ["#file-2-2"]
    assert words(one(root, "//*[@id='file-2-2']/p")) == "line 3"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Oh, Gwigi!", "Oh, [Gwigi]!", id="all"),
        pytest.param("One.\n\nOh, Gwigi!\n\nTwo.", "Oh, [Gwigi]!", id="its paragraph"),
        pytest.param(
            f"{'before ' * 20}Gwigi{' behind' * 20}",
            f"…{'before ' * 8}[Gwigi]{' behind' * 8}…",
            id="the words around it",
        ),
        pytest.param(f"{'x' * 80}\nGwigi", f"{'…'}[Gwigi]", id="no words around it"),
        pytest.param(SCRIPT + "Gwigi", f"{SCRIPT}[Gwigi]", id="markup"),
    ],
)
def test_what_to_look_up_is_quoted_with_the_words_around_it(text: str, shown: str) -> None:
    at = text.index("Gwigi")
    asked = Finding(("rule",), "report", Span(at, at + 5), "Gwigi", "Gwigi", "why")
    quoted = one(page(Entry("a.txt", plain.read(text), [asked])), "//q")
    for mark in quoted.iter("mark"):
        mark.text = f"[{mark.text}]"
    assert words(quoted) == shown


def test_tables_have_headers_and_headings_are_in_order() -> None:
    root = page(entry("Alibaba: Marwin, Jingdong, Gwigi"))
    assert root.xpath("//thead//th[not(@scope='col')] | //tbody//th[not(@scope='row')]") == []
    assert root.xpath("//table[not(caption)] | //tbody/tr[not(th)]") == []
    levels = [int(found.tag[1]) for found in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_a_finding_about_a_comment_has_its_place_in_the_source() -> None:
    found = entry("<!-- cleaner: ignore -->\n\nfine\n", "a.md")
    root = page(found)
    assert words(one(root, "//section[@class='file']//tbody/tr/th")) == "1:1report"


def test_places_in_a_cue() -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\nAlibaba, Marwin\n"
    root = page(entry(cue, "a.srt"))
    assert words(one(root, "//section[@class='file']//tbody/tr/th")) == "3:10, cue 1fix"
    assert words(one(root, "//div[@class='passage']/p")) == "line 3, cue 1"


def test_a_page_without_findings() -> None:
    root = page(Entry("a.txt"))
    assert words(one(root, "//h1")) == "Cleaning report: a.txt"
    assert words(one(root, "//header/p[1]")) == "Nothing was found."
    assert words(one(page(), "//h1")) == "Cleaning report: 0 files"


def test_a_report_is_not_cleaned_itself() -> None:
    text = "".join(form("html").render([entry("Alibaba, Marwin and Gwigi")], ABOUT))
    again = bundled().clean(text, formats.for_name("report.html", "", ()).read)
    assert (again.changed, again.findings) == (False, ())


def test_a_page_that_is_too_large_leaves_texts_out_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_module, "_MOST", 1)
    entries = [entry("Alibaba: Marwin, Gwigi", f"{number}.txt") for number in range(3)]
    root = page(*entries)
    assert len(root.xpath("//section[@class='file']")) == 1
    assert "2 files without a link: Their texts are left out" in words(root)
    assert len(root.xpath("//section[@id='look-up']//li")) == 3
    assert [words(cell) for cell in root.xpath("//section[@id='files']//tbody//th")] == [
        "0.txt",
        "1.txt",
        "2.txt",
    ]


def test_a_file_with_too_many_findings_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (files_module, overview_module):
        monkeypatch.setattr(module, "MOST_SHOWN", 2)
    found = entry("\n\n".join(f"Alibaba left {day}, and Marwin had Gwigi." for day in DAYS))
    assert [finding.level for finding in found.findings] == ["fix", "report"] * 5
    root = page(found)
    assert len(root.xpath("//div[@class='passage']")) == 2
    assert len(root.xpath("//table[@class='findings']/tbody/tr")) == 2
    section = words(one(root, "//section[@class='file']"))
    assert "The rest of the text is left out" in section
    assert "8 findings more, left out here" in section
    listed = root.xpath("//section[@id='look-up']//li")
    assert [words(item) for item in listed][2:] == ["3 more, left out here"]
    assert [len(item.xpath("a")) for item in listed] == [1, 0, 0]  # to what is shown
    totals = words(one(root, "//header/p[1]"))
    assert totals == "5 fixes, 0 suggestions, 5 places to look up in the source."


def test_what_is_not_too_much_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (files_module, overview_module):
        monkeypatch.setattr(module, "MOST_SHOWN", 4)
    root = page(
        entry("\n\n".join(f"Alibaba left {day}, and Marwin had Gwigi." for day in DAYS[:2]))
    )
    assert "left out" not in words(root)
    assert len(root.xpath("//section[@id='look-up']//li/a")) == 2
