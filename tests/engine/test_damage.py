"""Captions, credits, furniture and mojibake: tables, and good pages that are mangled and have to
come back.
"""

from __future__ import annotations

import random
import re

import pytest

from cleaner import Cleaner, load_rules
from tests.samples import CLEAN, bundled, read

GATE = "The gate of the company's head office, seen from the canal on a grey morning."
BEGINNING = GATE.partition(" on a")[0]
TYPESET = GATE.replace("'", "’")
CAPTIONS = Cleaner(load_rules(), acts=lambda id_: id_ == "captions/doubled")
CREDITS = Cleaner(load_rules(), acts=lambda id_: id_ == "credits/brackets")
FURNITURE = Cleaner(load_rules(), acts=lambda id_: id_.startswith("furniture/"), level="suggest")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"{GATE} [뉴시스]\n\n{TYPESET} [뉴시스]", f"{TYPESET} [뉴시스]", id="two equal ones"
        ),
        pytest.param(
            f"{GATE}  [뉴시스]\n\n{GATE} [뉴시스]\n", f"{GATE} [뉴시스]\n", id="spaces differ"
        ),
        pytest.param(
            f"{GATE}\n\n{TYPESET} [AP=연합뉴스]",
            f"{TYPESET} [AP=연합뉴스]",
            id="only one has a credit",
        ),
        pytest.param(
            f"{BEGINNING}\n\n{TYPESET} [뉴스1]",
            f"{TYPESET} [뉴스1]",
            id="only the beginning of the second",
        ),
        pytest.param(
            f"{TYPESET} [뉴스1]\n\n{BEGINNING}\n\nx",
            f"{TYPESET} [뉴스1]\n\nx",
            id="the first is longer",
        ),
        pytest.param(
            f"{GATE} [뉴시스]\r\n\r\n{TYPESET} [뉴시스]\r\n", f"{TYPESET} [뉴시스]\r\n", id="CRLF"
        ),
        pytest.param(
            f"x\n\n{GATE}\n\n{GATE} [email\N{NO-BREAK SPACE}protected]\n\ny",
            f"x\n\n{GATE} [email\N{NO-BREAK SPACE}protected]\n\ny",
            id="a placeholder is a sign too",
        ),
        pytest.param(
            f"{GATE * 2} [뉴시스]\n{TYPESET * 2} [뉴시스]",
            f"{TYPESET * 2} [뉴시스]",
            id="lines without a blank one",
        ),
        pytest.param(
            f"{GATE} ``so.'' [뉴시스]\n\n{TYPESET} “so.” [뉴시스]",
            f"{TYPESET} “so.” [뉴시스]",
            id="TeX quotes",
        ),
        pytest.param(
            f"{GATE}\n\n{TYPESET}\n\n[뉴시스]",
            f"{TYPESET}\n\n[뉴시스]",
            id="typesetting alone differs",
        ),
    ],
)
def test_captions(before: str, after: str) -> None:
    assert CAPTIONS.clean(before).text == after
    assert CAPTIONS.clean(after).text == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{GATE}\n\n{GATE}", id="a refrain in a document without a sign"),
        pytest.param(
            f"{GATE}\n\n{GATE}\n\nKorean: 뉴시스", id="the same to the letter, without a credit"
        ),
        pytest.param("Mode [뉴시스]\n\nMode bit [뉴시스]", id="too short"),
        pytest.param("[중국 이야기]\n\n[중국 이야기] begins", id="nothing but a bracket"),
        pytest.param(f"{GATE} [뉴시스]\n\nIn between.\n\n{TYPESET} [뉴시스]", id="not neighbours"),
        pytest.param(
            f"{BEGINNING}\n\n{GATE} And more.\n\n[뉴시스]", id="the beginning of a paragraph"
        ),
        pytest.param(
            "Act on the Protection of Personal Data in Banks (개인정보)\n\n"
            "Act on the Protection of Personal Data in Banks and Courts (신용)",
            id="glosses",
        ),
        pytest.param(
            "The National Assembly Building in Yeouido, Seoul [국회의사당]\n\n"
            "The National Assembly Building in Yeouido, Seoul [여의도 국회]",
            id="different credits",
        ),
        pytest.param(
            f"{GATE[:-1]}\n\n{GATE[:-1]}glory of it [뉴시스]", id="a prefix that ends inside a word"
        ),
        pytest.param(
            f"{GATE} https://x.org [뉴시스]\n\n{TYPESET} https://x.org [뉴시스]",
            id="a protected span",
        ),
    ],
)
def test_what_is_no_doubled_caption(text: str) -> None:
    assert CAPTIONS.clean(text).text == text


@pytest.mark.parametrize(
    ("credit", "english"),
    [
        ("[중국 바이두 캡처]", "[Screenshot: Baidu, China]"),
        ("[AP=연합뉴스]", "[AP/Yonhap]"),
        ("[신화사=연합뉴스]", "[Xinhua/Yonhap]"),
        ("[뉴스1]", "[News1]"),
        ("[뉴시스]", "[Newsis]"),
        (
            "[중국 국무원신문판공실망 캡처]",
            "[Screenshot: State Council Information Office website, China]",
        ),
        ("[EPA·연합뉴스]", "[EPA/Yonhap]"),
        ("[로이터 = 뉴스1]", "[Reuters/News1]"),
        ("<사진=연합뉴스>", "<Photo: Yonhap>"),
        ("(사진 제공=뉴시스)", "(Courtesy of Newsis)"),
        ("[넷플릭스 제공]", "[Courtesy of Netflix]"),
        ("[유튜브 화면 캡처]", "[Screenshot: YouTube]"),
        ("[연합뉴스 자료사진]", "[Yonhap file photo]"),
        ("[자료사진=AP/뉴시스]", "[File photo: AP/Newsis]"),
        ("[자료 사진]", "[File photo]"),
        ("[서울=뉴시스]", "[Seoul=Newsis]"),
        ("[베이징=신화/뉴시스]", "[Beijing=Xinhua/Newsis]"),
        ("[삼성전자 홈페이지 캡처]", "[Screenshot: Samsung Electronics website]"),
        ("[조선일보, 한겨레]", "[Chosun Ilbo, Hankyoreh]"),
        ("【연합뉴스】", "【Yonhap】"),
        ("[SM Entertainment 제공]", "[Courtesy of SM Entertainment]"),
        ("[사진=연합뉴스 제공]", "[Courtesy of Yonhap]"),
        ("[그래픽=중앙일보]", "[Graphic: JoongAng Ilbo]"),
        ("사진=뉴시스", "Photo: Newsis"),
    ],
)
def test_credits(credit: str, english: str) -> None:
    assert CREDITS.clean(f"A gate in May. {credit}").text == f"A gate in May. {english}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[홍길동 기자=연합뉴스]", id="a name is never guessed"),
        pytest.param("[유상철의 차이나는 차이나]", id="the title of a column"),
        pytest.param("The agency Yonhap (연합뉴스) and Seoul (서울) agree.", id="glosses"),
        pytest.param("연합뉴스 writes so", id="without brackets"),
        pytest.param("[AP/Yonhap] [Newsis]", id="English already"),
        pytest.param("[=연합뉴스] [연합뉴스=]", id="a part is missing"),
        pytest.param(
            "The band Shinhwa [신화] sang in Seoul [서울].", id="glosses in square brackets"
        ),
        pytest.param("(서울=Seoul) and [한국 일본 미국]", id="places alone"),
        pytest.param("[캡처 바이두]", id="a role in front of its subject"),
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert CREDITS.clean(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "[ad_1]\n\nHome > News\n\nThe rain stopped.\n\nCopyright 2021 X. All rights reserved\n\nSource",
            "The rain stopped.",
            id="at both ends",
        ),
        pytest.param(
            "Park Ji-hoon [email\N{NO-BREAK SPACE}protected]\n\nThe end.",
            "Park Ji-hoon\n\nThe end.",
            id="inside",
        ),
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


def test_mojibake_is_reported_and_never_changed() -> None:
    garbled = "He sat in a café near the “Louvre”.".encode().decode("cp1252", "replace")
    result = bundled().clean(garbled)
    assert result.text == garbled
    assert any(finding.label == "mojibake/badness" for finding in result.findings)
    assert bundled().clean("A café, naïve, Ünal — “quoted” … São Paulo").findings == ()


def double_comma(text: str, chance: random.Random) -> str:
    at = chance.choice([found.start() for found in re.finditer(r"(?<=[a-z]), ", text)])
    return text[:at] + "," + text[at:]


def test_good_pages_that_are_mangled_come_back() -> None:
    chance = random.Random(7)
    texts = [
        text
        for path in CLEAN
        if path.name not in {"manual.txt", "markdown-page.txt"}
        for text in read(path).split("\n\n")
        if 80 < len(text) < 900 and re.search("[a-z], ", text) and not re.search(r"\n|\.com", text)
    ]
    credits = {"[AP=연합뉴스]": "[AP/Yonhap]", "[중국 바이두 캡처]": "[Screenshot: Baidu, China]"}
    right = third = total = 0
    for text in texts:
        hangul, english = chance.choice(list(credits.items()))
        straight = text.replace("’", "'").replace(". ", ".  ")
        for broken, good in (
            (f"{text} {hangul}", f"{text} {english}"),
            (f"{straight} {hangul}\n\n{text} {hangul}", f"{text} {english}"),
            (double_comma(text, chance), text),
        ):
            got = bundled().clean(broken).text
            total += 1
            right += got == good
            third += got not in {good, broken}
    assert third == 0
    assert right >= 0.85 * total > 100


@pytest.mark.parametrize(
    "text",
    [
        "Player      Team        Goals\nSon Heung   Tottenham   Twelve",
        "Hwæt we Gardena  in geardagum / And the wind  sang low",
        "TO:  Kim\n1.  First item",
        "The class java.lang.String is final. Yahoo.Japan said so, and Will.Smith was there.",
        "In article 12: 30 days. Table 10: 25 patients. Top 10: 20 songs.",
        "He stood 5' 10 \" and she 5' 2 \" tall.",
        "He paused . . . and went on ... so.",
        "Type ? for help, and use the ! operator.",
    ],
    ids=lambda text: text[:20],
)
def test_good_parts_of_a_damaged_document_stay(text: str) -> None:
    assert Cleaner(load_rules(), damaged=True).clean(text).text == text


def test_one_repaired_quotation_does_not_make_a_document_damaged() -> None:
    one = "He called it the’living treasure’ of the town.\n\nThe gate is closed.  A guard waves."
    assert bundled().clean(one).text == one.replace("the’living", "the ‘living")
    two = f"{one}\n\nIt is a’second gate’ now."
    assert "closed. A guard" in bundled().clean(two).text
