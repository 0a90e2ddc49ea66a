"""Page furniture: what is deleted, and how much white space goes with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.errors import RuleError
from cleaner.fixers import furniture
from cleaner.fixers.furniture import lines as listed
from cleaner.formats import for_name
from cleaner.rules.patterns import compiled
from cleaner.text.edits import apply
from tests.command import run
from tests.samples import bundled, bundled_index, bundled_rules, ruleset

FURNITURE = Cleaner(
    bundled_index(), acts=lambda id_: id_.startswith(("furniture/", "broadcast/")), level="suggest"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "[ad_1]\n\nHome > News\n\nThe rain stopped.\n\n"
            "Copyright 2021 X. All rights reserved\n\nSource",
            "The rain stopped.",
            id="at both ends",
        ),
        pytest.param(
            "Park Ji-hoon [email\N{NO-BREAK SPACE}protected]\n\nThe end.",
            "Park Ji-hoon\n\nThe end.",
            id="inside",
        ),
        pytest.param(
            "One.\n[email protected]\nTwo.\n\n [email protected]\n\nThree.",
            "One.\nTwo.\n\nThree.",
            id="inside, and nothing else in the line",
        ),
        pytest.param("[email protected]\n\nOne.", "One.", id="inside, at the top"),
        pytest.param("One.\r\n\r\nSource", "One.", id="CRLF"),
        pytest.param("One.\nReporter\nTwo.", "One.\nTwo.", id="lines without blank ones"),
        pytest.param("Anchor", "", id="nothing else"),
        pytest.param(
            "The reporter said: Source\nand more",
            "The reporter said: Source\nand more",
            id="part of a line",
        ),
    ],
)
def test_furniture(before: str, after: str) -> None:
    assert FURNITURE.clean(before).text == after


@pytest.mark.parametrize(
    ("page", "cleaned"),
    [
        pytest.param("One, [email protected]<br>two.", "One,<br>two.", id="behind words"),
        pytest.param("One.<br>[email protected]<br>Two.", None, id="a line between two breaks"),
        pytest.param("<p>One.<p>[email protected]<p>Two.", "<p>One.<p>Two.", id="a paragraph"),
    ],
)
def test_a_placeholder_in_html(page: str, cleaned: str | None) -> None:
    """A page is never refused because of one; None stands for a page that stays as it is."""
    assert FURNITURE.clean(page, for_name("a.html").read).source == (cleaned or page)


# A page with proven damage: a placeholder in its first line. The line between the two others is
# what the rows below are about.
PAGE = "[ad_1]\n\nThe sea has frozen at Muldeul.\n\n{}\n\nThe ferry stayed in the harbour."
WITHOUT = "The sea has frozen at Muldeul.\n\nThe ferry stayed in the harbour."
BUNDLED = bundled()


def found(text: str, *, name: str = "page.txt") -> list[tuple[str, str]]:
    """Level and rule of each finding of furniture, in the order of the text."""
    findings = BUNDLED.clean(text, for_name(name).read).findings
    kinds = ("furniture/", "broadcast/")
    return [(one.level, one.label) for one in findings if one.label.startswith(kinds)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("Read Also", "related-label", id="label of links"),
        pytest.param("▶ [RELATED ARTICLES]:", "related-label", id="label with marks around it"),
        pytest.param("관련기사", "related-label", id="label in Korean"),
        pytest.param("Read Also: Five rivers that froze", "related-link", id="link behind a label"),
        pytest.param("[Related Article] Ice on the sea", "related-link", id="label in brackets"),
        pytest.param("Leave a Reply Cancel reply", "comment-form", id="two listed lines in one"),
        pytest.param(
            "Your email address will not be published. Required fields are marked *",
            "comment-form",
            id="notice of the comment form",
        ),
        pytest.param("Email *", "comment-form", id="field of the comment form"),
        pytest.param("12 Comments", "comment-form", id="number of comments"),
        pytest.param("댓글 0", "comment-form", id="number of comments in Korean"),
        pytest.param("Click here to enlarge", "enlarge", id="enlarge"),
        pytest.param("(Click to view larger image.)", "enlarge", id="enlarge in brackets"),
        pytest.param("Input 2021.03.02 17:55", "date-stamp", id="when it was entered"),
        pytest.param("Modified: 2021-03-02 (17:55)", "date-stamp", id="when it was changed"),
        pytest.param(
            "입력 2021.03.02 오후 5:55 | 수정 2021.03.03 08:01", "date-stamp", id="both in Korean"
        ),
        pytest.param("Posted on 2021-03-02", "date-stamp", id="when it was posted"),
        pytest.param("Sent 2021.03.02. 5:55 pm", "date-stamp", id="when it was sent"),
        pytest.param("※ ‘Your report becomes news’", "newsroom-contact", id="call for reports"),
        pytest.param(
            "※ ‘Your story becomes the news’ Dalbit News is waiting for it",
            "newsroom-contact",
            id="listed with straight marks",
        ),
        pytest.param(
            "[KakaoTalk] Search Dalbit and add channel", "newsroom-contact", id="messenger"
        ),
        pytest.param("[Phone] 02-300-0000", "newsroom-contact", id="telephone"),
        pytest.param("Share this article on Facebook", "share-button", id="share button"),
        pytest.param("Twitter | Facebook | Naver Band", "share-button", id="share buttons"),
        pytest.param("• Share on LINE", "share-button", id="share button in a list"),
        pytest.param("이 기사를 공유합니다", "share-button", id="share button in Korean"),
        pytest.param("Home » today » News", "breadcrumb", id="breadcrumbs"),
        pytest.param("Home > Politics/Society > Courts", "breadcrumb", id="breadcrumbs with >"),
        pytest.param("alt=”The ferry in the ice” />", "typeset-code", id="alternative text"),
        pytest.param("Font size settings", "page-button", id="font size"),
        pytest.param("글자크기 설정", "page-button", id="font size in Korean"),
        pytest.param("Print this article", "page-button", id="print"),
        pytest.param("- ADVERTISEMENT -", "ad-label", id="advertisement"),
        pytest.param("AD", "ad-label", id="advertisement in two letters"),
        pytest.param("▶ Subscribe to the Dalbit channel on Naver", "subscription-call", id="Naver"),
        pytest.param(
            "[Dalbit] Subscribe to the YouTube channel", "subscription-call", id="YouTube"
        ),
        pytest.param("Views 1,204", "view-counter", id="views"),
        pytest.param("Enlarging an image", "enlarge", id="enlarging"),
        pytest.param("Do you like this article??", "page-button", id="two question marks"),
        pytest.param("Back to top button", "page-button", id="back to top"),
        pytest.param("More- Five rivers froze last winter.", "more-link", id="link behind More-"),
        pytest.param("By , April 16, 2018 7:39 pm", "empty-byline", id="byline without a name"),
        pytest.param("By admin", "empty-byline", id="byline of the program"),
        pytest.param("▶ もっと見る", "japanese-button", id="more in Japanese"),
        pytest.param("関連記事", "japanese-button", id="label of links in Japanese"),
        pytest.param("【相关阅读】", "chinese-button", id="label of links in Chinese"),
        pytest.param("조회수 1,204", "view-counter", id="views in Korean"),
        pytest.param("(Visited 92 times, 1 visits today)", "visit-counter", id="visits"),
        pytest.param(
            "* The text below may differ from the actual broadcast content.",
            "broadcast-notice",
            id="notice of a broadcaster",
        ),
    ],
)
def test_a_line_of_the_page(line: str, rule: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == WITHOUT
    assert ("fix", f"furniture/{rule}") in found(text)
    assert found(text.removeprefix("[ad_1]\n\n")) == [("suggest", f"furniture/{rule}")]
    sentence = PAGE.format(f"The guide said “{line}” and nothing more.")
    assert BUNDLED.clean(sentence).text == sentence.removeprefix("[ad_1]\n\n")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Read also the letters that he wrote.", id="a sentence with a label"),
        pytest.param("Read also: the sea, which has frozen.", id="a sentence behind a colon"),
        pytest.param("Leave a reply at the desk.", id="a sentence about a reply"),
        pytest.param("Input 2021 voters, and the law changes.", id="a number and no date"),
        pytest.param("Sent on May 3, 2021, it never came.", id="a sentence with a date"),
        pytest.param("Home > 3 and away < 2.", id="a formula"),
        pytest.param("Facebook", id="the name of one network"),
        pytest.param("Facebook and Twitter", id="two networks in a title"),
        pytest.param("Views of the sea", id="a title with views"),
        pytest.param("Comments on the ice", id="a title with comments"),
        pytest.param("Copyright law in Korea", id="a title about copyright"),
        pytest.param(
            "(c) the redistribution of land without permission of the owner;", id="an item (c)"
        ),
        pytest.param("Phone home, she said, and he did.", id="a telephone in a sentence"),
        pytest.param("Advertisements of 1921", id="a title about advertisements"),
        pytest.param("Subscribe to nothing", id="no channel"),
        pytest.param("Font size and other settings", id="a title about settings"),
        pytest.param("Close.", id="a sentence of one word"),
        pytest.param("Close the door", id="a title with Close"),
        pytest.param("1/7", id="a fraction"),
        pytest.param("More-than-human ice", id="a word with hyphens"),
        pytest.param("By Administration Square", id="a place"),
        pytest.param("The editor in charge: he wrote of ice.", id="an editor in a sentence"),
        pytest.param("date 2021-03-02 was cold.", id="a date in a sentence"),
        pytest.param("ice | snow", id="a bar between two words"),
    ],
)
def test_what_only_looks_like_furniture(line: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert found(text.removeprefix("[ad_1]\n\n")) == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("SEE ALSO", "section-label", id="See also"),
        pytest.param("Read more > The ice of 1980", "section-link", id="link"),
        pytest.param(".photo-box{margin:0 auto}", "code-remains", id="style sheet"),
        pytest.param('alt="The ferry in the ice" />', "code-remains", id="alternative text"),
        pytest.param("Close", "one-word-button", id="Close"),
        pytest.param("Text Size", "one-word-button", id="text size"),
        pytest.param("Breaking news", "one-word-button", id="Breaking news"),
        pytest.param("|", "bare-bar", id="bar"),
        pytest.param("1 / 7", "picture-counter", id="number of a picture"),
    ],
)
def test_a_line_that_good_pages_have_too(line: str, rule: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == WITHOUT
    assert ("fix", f"furniture/{rule}") in found(text)
    assert found(text.removeprefix("[ad_1]\n\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ferry carries\nadvertisements.", id="the end of a sentence"),
        pytest.param("Leave a comment\nat the desk.", id="the beginning of a sentence"),
        pytest.param("He sells ice,\nRead also\nSalt.", id="behind a comma"),
    ],
)
def test_a_sentence_that_was_wrapped_by_hand(text: str) -> None:
    assert BUNDLED.clean(f"[ad_1]\n\n{text}").text == text


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("date 2021-03-02 Source title: Ice", "Ice", id="source title"),
        pytest.param(" date 2021-03-02 Home Entertainment Ice", "Ice", id="section"),
        pytest.param("date 2021-03-02 ▲ The ice.", "The ice.", id="triangle"),
        pytest.param("date 2021-03-02 “Ice”", "“Ice”", id="quotation mark"),
    ],
)
def test_a_date_in_front_of_the_text(line: str, left: str) -> None:
    text = f"[ad_1]\n\n{line}\n\nThe ferry stayed in the harbour."
    assert BUNDLED.clean(text).text == f"{left}\n\nThe ferry stayed in the harbour."
    assert found(text.removeprefix("[ad_1]\n\n")) == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("< reporters>", "label", id="label with a space"),
        pytest.param("<Reporter", "label", id="half a label"),
        pytest.param("This is Nam Bo-ra.", "name-as-sign-off", id="sign-off"),
        pytest.param("This is Yang Taekwon reporter.", "name-as-sign-off", id="sign-off, reporter"),
        pytest.param("Correspondent Nam Bo-ra.", "name-as-sign-off", id="correspondent"),
        pytest.param("It froze. This is Nam Bo-ra.", "sign-off-behind-text", id="behind text"),
        pytest.param("Let’s see. Reporter Nam Bo-ra!", "sign-off-behind-text", id="call"),
        pytest.param("Reporter Nam Bo-ra covered the scene.", "call-of-a-reporter", id="covered"),
        pytest.param(
            "Reporter Nam Bo-ra contributed to this report.", "call-of-a-reporter", id="contributed"
        ),
        pytest.param("(Video editing: Nam Bo-ra)", "bracketed-crew", id="crew"),
        pytest.param(
            "(Video Interview: Nam Bo-ra, Video Editing: Ha Yun-seo, CG: Seok Jin-u and Yang Ju)",
            "bracketed-crew",
            id="crew of four",
        ),
    ],
)
def test_what_a_script_says_beside_the_news(line: str, rule: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert ("suggest", f"broadcast/{rule}") in found(text)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("This is Nora Baum.", id="a name in two words"),
        pytest.param("“This is Nam Bo-ra.”", id="direct speech"),
        pytest.param("This is Nam Bo-ra, and the road is closed.", id="a longer sentence"),
        pytest.param("Reporter Nam Bo-ra covered it. She walked.", id="two sentences"),
        pytest.param("(Video editing of the ferry)", id="no name"),
        pytest.param("<reporting", id="another word"),
    ],
)
def test_what_only_looks_like_a_script(line: str) -> None:
    assert found(PAGE.format(line).removeprefix("[ad_1]\n\n")) == []


def test_two_parts_of_a_script_prove_damage() -> None:
    text = PAGE.format("Close\n\nThis is Nam Bo-ra.").removeprefix("[ad_1]\n\n")
    assert BUNDLED.clean(text).text == text
    crew = "\n\n(Video editing: Ha Yun-seo)"
    assert BUNDLED.clean(text + crew).text == text.replace("Close\n\n", "") + crew


def test_the_titles_below_a_label_are_for_a_person() -> None:
    text = PAGE.format("Related articles\n\nFive rivers that froze")
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert ("suggest", "furniture/related-list") in found(text)


SLOTS = {
    "text": "some text",
    "title": "A Title",
    "date": "2021-03-02 10:20",
    "number": "1,234",
    "phone": "(02) 1234-5678",
    "name": "Nam Bo-ra",
    "capitals": "KBS",
}


def written(line: str, words: Mapping[str, str]) -> Iterator[str]:
    """Yield a listed line with something in its slots: each word of the first one."""
    slots = re.findall(r"\{([a-z]+)\}", line)
    choices = [words[slot].split(",") if slot in words else [SLOTS[slot]] for slot in slots]
    for first in choices[0] if choices else [""]:
        text = line
        for slot, (there, *_) in zip(slots, [[first], *choices[1:]], strict=False):
            text = text.replace(f"{{{slot}}}", there.strip(), 1)
        yield text


def test_a_listed_line_is_compared_with_the_list() -> None:
    """It is not taken for one that begins otherwise, in any case, alone or with another one."""
    compared = 0
    for rule in bundled_rules():
        options = rule.options
        if not (isinstance(options, furniture.Options) and options.lines):
            continue
        lines, words = options.lines, frozenset(options.words.items())
        pattern = compiled(listed.pattern(lines, words))
        for line in lines:
            for text in written(line, options.words):
                bare = listed.bare(text)
                for there in (bare, bare.lower(), bare.upper(), f"{bare} | {bare}"):
                    if pattern.fullmatch(there):
                        assert listed.may_be_listed(there, lines, words), (rule.id, there)
                        compared += 1
    assert compared > 1000


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        pytest.param(" | ".join(["Share"] * 8), True, id="eight"),
        pytest.param(" | ".join(["Share"] * 9), False, id="nine"),
        pytest.param("Share |", False, id="a mark behind the last one"),
        pytest.param("Share. | Page 12.", True, id="full stops"),
        pytest.param("SharePage 12", False, id="nothing between them"),
    ],
)
def test_how_many_listed_lines_are_in_a_line(line: str, is_one: bool) -> None:
    pattern = compiled(listed.pattern(("Share", "Page {number}"), frozenset()))
    assert bool(pattern.fullmatch(line)) == is_one


@pytest.mark.parametrize("line", ["Related articles", "Share on Facebook"])
def test_many_lines_in_a_row_go_at_once(line: str) -> None:
    text = "[ad_1]\n\nThe sea has frozen.\n\n" + f"{line}\n\n" * 30
    assert BUNDLED.clean(text).text.strip() == "The sea has frozen."


def test_a_breadcrumb_goes_only_if_its_headline_is_printed_below() -> None:
    headline = "The sea has frozen for the first time in years"
    crumbs = f"[ad_1]\n\nHome » today » News » {headline}\n\n"
    rest = f"{headline}\n\nThe ferry stayed in the harbour."
    assert BUNDLED.clean(crumbs + rest).text == rest
    other = f"{crumbs}The ferry stayed in the harbour."
    assert BUNDLED.clean(other).text == other.removeprefix("[ad_1]\n\n")
    assert ("suggest", "furniture/breadcrumb-with-headline") in found(other)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("bora@dalbit.example", "author-address", id="address"),
        pytest.param("Reporter Nam Bo-ra (bora@dalbit.example)", "author-address", id="byline"),
        pytest.param("[Mail] news@dalbit.example", "notice-with-address", id="newsroom"),
        pytest.param("#ferry #ice #Muldeul", "tag-line", id="tags"),
        pytest.param("k202103021755.mp4", "file-name", id="file name"),
        pytest.param('<img src="https://dalbit.example/1.jpg"', "tag-with-address", id="tag"),
        pytest.param("Best online 카지노사이트 2021", "gambling-spam", id="spam"),
        pytest.param("--", "bare-dash", id="a dash that may stand between scenes"),
    ],
)
def test_what_is_only_reported(line: str, rule: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert ("report", f"furniture/{rule}") in found(text)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param(
            "Copyrights ⓒ Dalbit. Unauthorized reproduction and redistribution prohibited.",
            "copyright",
            id="copyright",
        ),
        pytest.param(
            "<저작권자(c) 달빛일보, 무단 전재-재배포 금지>", "copyright", id="copyright in Korean"
        ),
        pytest.param(
            "Unauthorized reproduction, redistribution and use of AI data prohibited",
            "reproduction-notice",
            id="reproduction",
        ),
        pytest.param("ⓒ Dalbit. All rights reserved.", "rights-reserved", id="rights reserved"),
    ],
)
def test_a_copyright_notice_is_only_suggested(line: str, rule: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert ("suggest", f"furniture/{rule}") in found(text)


@pytest.mark.parametrize("line", ["(Editor in charge: Li Dehua)", "责任编辑：李德华"])
def test_an_editor_is_only_suggested(line: str) -> None:
    text = PAGE.format(line)
    assert BUNDLED.clean(text).text == text.removeprefix("[ad_1]\n\n")
    assert ("suggest", "furniture/editor-in-charge") in found(text)


def test_a_page_of_nothing_but_furniture_is_not_damaged() -> None:
    text = "Share on Facebook\n\nFont size settings\n\nInput 2021.03.02 17:55"
    assert BUNDLED.clean(text).text == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("ui.po", 'msgid "a"\nmsgstr "Share on Facebook"\n', id="message"),
        pytest.param("film.srt", "1\n00:00:01,000 --> 00:00:02,000\nShare on Facebook\n", id="cue"),
        pytest.param("page.html", '<p>Here.</p><img alt="Share on Facebook">', id="attribute"),
    ],
)
def test_lines_that_are_not_on_a_page(name: str, text: str) -> None:
    assert found(text, name=name) == []


def test_the_command_deletes_the_lines_of_a_page(tmp_path: Path) -> None:
    text = PAGE.format("Leave a Reply\n\nInput 2021.03.02 17:55")
    assert run("fix", "-", cwd=tmp_path, stdin=text.encode())[:2] == (0, WITHOUT)


def test_html_loses_the_whole_element() -> None:
    page = "<p>[ad_1]</p><p>Here.</p><p>Share on Facebook</p><p>There.</p>"
    assert BUNDLED.clean(page, for_name("page.html").read).source == "<p>Here.</p><p>There.</p>"


LINES = st.lists(
    st.sampled_from(["Share on Facebook", "Copy URL", "Print this article", "[ad_1]", "Ma fell."]),
    min_size=1,
    max_size=3,
)
# A document of blocks, each of some lines, in formats that write them in different ways.
PAGES = {
    "a.txt": lambda blocks: "\n\n".join("\n".join(lines) for lines in blocks),
    "a.md": lambda blocks: "\n\n".join("\\\n".join(lines) for lines in blocks),
    "quote.md": lambda blocks: "\n\n".join("> " + "\n> ".join(lines) for lines in blocks),
    "list.md": lambda blocks: "\n".join("- " + "\n  ".join(lines) for lines in blocks),
    "a.html": lambda blocks: "".join(f"<p>{'<br>'.join(lines)}</p>" for lines in blocks),
    "a.jsonl": lambda blocks: "".join(
        json.dumps({"text": "\n".join(lines)}) + "\n" for lines in blocks
    ),
    "a.csv": lambda blocks: "text\n" + "".join(f'"{chr(10).join(lines)}"\n' for lines in blocks),
}


@pytest.mark.parametrize("name", PAGES)
@given(st.lists(LINES, min_size=1, max_size=3))
@settings(max_examples=30)
def test_no_file_is_refused_for_its_furniture(name: str, blocks: list[list[str]]) -> None:
    read = for_name(name, fields=["text"]).read
    cleaner = bundled(damaged=True)
    after = cleaner.clean(PAGES[name](blocks), read)
    assert after.source.count("Ma fell.") == sum(lines.count("Ma fell.") for lines in blocks)
    assert cleaner.clean(after.source, read).source == after.source


def test_a_row_of_nothing_but_furniture_is_emptied() -> None:
    row = '"Copy URL\nShare this"\n'
    rows = f'text\n{row}"Ma fell."\n{row}{row}"So."\n{row}'
    after = bundled(damaged=True).clean(rows, for_name("a.csv", fields=["text"]).read)
    assert after.source == 'text\n""\n"Ma fell."\n""\n""\n"So."\n""\n'
    assert after.text == "Ma fell.\n\nSo."
    assert apply(after.document.text, after.edits) == after.text


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param("", "there is nothing to delete", id="neither lines nor a pattern"),
        pytest.param("lines: ['{daet} on']", "there is no slot “{daet}”", id="unknown slot"),
        pytest.param("lines: ['{text}']", "has no fixed word", id="no fixed word"),
        pytest.param("lines: [Ad], where: inside", "is not inside of a line", id="line inside"),
    ],
)
def test_a_rule_that_cannot_be(keys: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        ruleset(f"kind: furniture\nrules:\n- {{id: one, message: x, {keys}}}\n".replace(", }", "}"))
