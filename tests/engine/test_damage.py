"""A damaged document as a whole: when it counts as damaged, and what must stay as it is in it."""

from __future__ import annotations

import random
import re

import pytest

from tests.samples import CLEAN, bundled, read

# Mostly code, or with a style of marks that a single paragraph does not show.
NOT_PROSE = {
    "manual.txt",
    "markdown-page.txt",
    "server-notes.txt",
    "session-log.txt",
    "silent-bond.txt",
    "typesetting-manual.txt",
}
CREDITS = {"[AP=연합뉴스]": "[AP/Yonhap]", "[중국 바이두 캡처]": "[Screenshot: Baidu, China]"}


def good_paragraphs() -> list[str]:
    """Return the paragraphs of clean prose that have one line and a comma to double."""
    found: list[str] = []
    for path in CLEAN:
        if path.name not in NOT_PROSE:
            for text in read(path).split("\n\n"):
                has_comma = re.search("[a-z], ", text)
                is_prose = not re.search(r"\n|\.com", text)
                if 80 < len(text) < 900 and has_comma and is_prose:
                    found.append(text)
    return found


def double_comma(text: str, chance: random.Random) -> str:
    at = chance.choice([found.start() for found in re.finditer(r"(?<=[a-z]), ", text)])
    return text[:at] + "," + text[at:]


def damaged_and_right(text: str, chance: random.Random) -> list[tuple[str, str]]:
    """Return a good paragraph damaged in three ways, each with what it must become."""
    hangul, english = chance.choice(list(CREDITS.items()))
    straight = text.replace("’", "'").replace(". ", ".  ")
    return [
        (f"{text} {hangul}", f"{text} {english}"),
        (f"{straight} {hangul}\n\n{text} {hangul}", f"{text} {english}"),
        (double_comma(text, chance), text),
    ]


def test_damaged_paragraphs_are_repaired_or_left_alone() -> None:
    chance = random.Random(7)
    repaired: list[bool] = []
    for text in good_paragraphs():
        for broken, good in damaged_and_right(text, chance):
            result = bundled().clean(broken).text
            assert result in {good, broken}
            repaired.append(result == good)
    assert len(repaired) > 100
    assert sum(repaired) >= 0.85 * len(repaired)


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
    assert bundled(damaged=True).clean(text).text == text


def test_one_repaired_quotation_does_not_make_a_document_damaged() -> None:
    one = "He called it the’living treasure’ of the town.\n\nThe gate is closed.  A guard waves."
    assert bundled().clean(one).text == one.replace("the’living", "the ‘living")
    two = f"{one}\n\nIt is a’second gate’ now."
    assert "closed. A guard" in bundled().clean(two).text


CREDIT = "The founder, in May. [AP=연합뉴스]"
GOOD = "The river is long, and the people of the village call it the old road of the hills."


def document(*parts: str) -> str:
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("credits", "paragraphs", "is_damaged"),
    [
        pytest.param(1, 10, True, id="a credit on a page"),
        pytest.param(1, 2_000, False, id="a credit in a book"),
        pytest.param(10, 2_000, True, id="ten credits in a book"),
    ],
)
def test_damage_is_a_rate(credits: int, paragraphs: int, is_damaged: bool) -> None:
    text = document(*[CREDIT] * credits, *[GOOD] * paragraphs, "He saw the gate. . And he left.")
    assert ("gate. And" in bundled().clean(text).text) == is_damaged


def test_four_false_signs_in_thousands_of_lines_change_nothing_else() -> None:
    two_spaces = GOOD + "  It is old.  It is long , and wide."
    sign = "He called it the’old road’ of the hills."
    text = document(*[two_spaces] * 1_500, *[sign] * 4, *[two_spaces] * 1_500)
    assert bundled().clean(text).text == text.replace("the’old", "the ‘old")


SPACED = "The gate is closed.  A guard waves."
HABITS = {
    "two spaces behind every full stop": [SPACED] * 12,
    "quotation marks as for TeX": ["The ``old road'' of the hills is long."] * 12,
    "wide brackets": ["The old road（of the hills）is long."] * 12,
    "spaces before marks": ["The gate is closed , and a guard waves ."] * 12,
    "spaces inside quotation marks": ['The road is " old " now.'] * 12,
}


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_damaged_document_does_consistently_is_its_style(habit: str) -> None:
    text = document(CREDIT, *HABITS[habit])
    assert bundled().clean(text).text == text.replace("[AP=연합뉴스]", "[AP/Yonhap]")


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_good_document_does_is_its_style(habit: str) -> None:
    text = document(*HABITS[habit][:3], GOOD)
    assert bundled().clean(text).text == text


def test_damage_of_a_kind_has_to_be_frequent_around_the_place() -> None:
    alone = document(CREDIT, *[GOOD] * 40, SPACED, *[GOOD] * 40)
    assert SPACED in bundled().clean(alone).text
    together = document(CREDIT, *[GOOD] * 40, SPACED, SPACED, SPACED, *[GOOD] * 40)
    assert SPACED not in bundled().clean(together).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It stopped！Really？Yes，and why！", "It stopped! Really? Yes, and why!"),
        ("He said：come，and see！", "He said: come, and see!"),
        (
            "the listing（IPO）of the bank（nine seats）， and",
            "the listing (IPO) of the bank (nine seats), and",
        ),
        ("（IPO）The listing（see there）.", "(IPO) The listing (see there)."),
        ("a bank（half) and a（whole） one", "a bank (half) and a (whole) one"),
        (
            "the fee of 50，000 won and 1，234，567 yuan，it is said",
            "the fee of 50，000 won and 1，234，567 yuan, it is said",
        ),
        ("the 12：30 train，the 3：1 score", "the 12：30 train, the 3：1 score"),
        ("The bank（央行 PBOC）said so，too", "The bank（央行 PBOC）said so, too"),
    ],
    ids=lambda text: text[:20],
)
def test_wide_marks_in_a_damaged_document(before: str, after: str) -> None:
    text = document(CREDIT, CREDIT, before, GOOD)
    assert bundled().clean(text).text == text.replace("[AP=연합뉴스]", "[AP/Yonhap]").replace(
        before, after
    )


@pytest.mark.parametrize(
    "text",
    [
        "The bank（央行 PBOC）said so.\n（IPO）was stopped.",
        "The fee is 50，000 won and 1，234，567 yuan.",
        "（What is it, Master！）she thought. （Nothing！）",
        "今天的天气很好，Alibaba，Tencent（腾讯）和 Baidu 都在涨！Yes，真的。",
        "価格はUSD，EUR（ユーロ）で！Alibabaも上がった。",
        "Enter the name，then press OK！",
    ],
    ids=lambda text: text[:16],
)
def test_wide_marks_in_a_good_document(text: str) -> None:
    assert bundled().clean(text).text == text


PAGE = "Alibaba fell,, it said. [AP=연합뉴스]"
REPAIRED_PAGE = "Alibaba fell, it said. [AP/Yonhap]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The fund fell！Who sold？Nobody，it said，and the board met：in May.",
            "The fund fell! Who sold? Nobody, it said, and the board met: in May.",
        ),
        (
            "The agency（FSS）and the board（FSC）met，and the bank（BOK）too.",
            "The agency (FSS) and the board (FSC) met, and the bank (BOK) too.",
        ),
        (
            "The agency（FSS) and the board (FSC）met，and it said：no.",
            "The agency (FSS) and the board (FSC) met, and it said: no.",
        ),
        (
            "In 2019，the firm grew，but in 2020，the firm fell.",
            "In 2019, the firm grew, but in 2020, the firm fell.",
        ),
        (
            "It rose 5%，it fell 3%，it rose again，and that was it.",
            "It rose 5%, it fell 3%, it rose again, and that was it.",
        ),
        (
            "The cost of 1，000，000 won，they say，is low，really.",
            "The cost of 1，000，000 won, they say, is low, really.",
        ),
        (
            "Samsung（005930）and Naver（035420）rose，and Kakao（035720）fell.",
            "Samsung (005930) and Naver (035420) rose, and Kakao (035720) fell.",
        ),
        (
            "He asked：“Why？” and she said：“Because！” and left，at last.",
            "He asked: “Why?” and she said: “Because!” and left, at last.",
        ),
        (
            "# Why？\n\nIt stopped！Nobody，it seems，knew.",
            "# Why?\n\nIt stopped! Nobody, it seems, knew.",
        ),
        (
            "The chair（Kim）, the aide（Lee）and the head（Park）met.",
            "The chair (Kim), the aide (Lee) and the head (Park) met.",
        ),
        (
            "“The gate（the old one）”，he said，“is shut！”",
            "“The gate (the old one)”, he said, “is shut!”",
        ),
        (
            "‘Never！’ he said，‘never（ever）！’ and it was so.",
            "‘Never!’ he said, ‘never (ever)!’ and it was so.",
        ),
        (
            (
                "He called it a’great day’, and the’next day’ was worse.  It rained , and rained . "
                " Nobody came.  It was over. ."
            ),
            (
                "He called it a ‘great day’, and the ‘next day’ was worse. It rained, and rained. "
                "Nobody came. It was over."
            ),
        ),
        (
            "The man left , and the woman stayed . It was late , they said .",
            "The man left, and the woman stayed. It was late, they said.",
        ),
        (
            'The film " Sunny Days " won, and " Rainy Days " lost to " Snow ".',
            'The film "Sunny Days" won, and "Rainy Days" lost to "Snow".',
        ),
        (
            "The plan（draft）！It failed（twice）？Yes（really）！",
            "The plan (draft)! It failed (twice)? Yes (really)!",
        ),
        ("“Go！”\n\n“Why？”\n\n“Because，well，no！”", "“Go!”\n\n“Why?”\n\n“Because, well, no!”"),
        (
            "He cried ‘Stop！’ She cried ‘Why？’ They left，both.",
            "He cried ‘Stop!’ She cried ‘Why?’ They left, both.",
        ),
        (
            "* First：the bank\n* Second：the firm\n* Third：the state",
            "* First: the bank\n* Second: the firm\n* Third: the state",
        ),
        (
            "**Stop！** he said，and _why？_ she said，then.",
            "**Stop!** he said, and _why?_ she said, then.",
        ),
        (
            "Baidu（NASDAQ：BIDU）and Alibaba（NYSE：BABA）fell，too.",
            "Baidu (NASDAQ: BIDU) and Alibaba (NYSE: BABA) fell, too.",
        ),
        (
            "The firm（see page 12），the bank（page 13）！and the rest（page 14）：all.",
            "The firm (see page 12), the bank (page 13)! and the rest (page 14): all.",
        ),
        (
            "He has 3 cars，5 boats，and 10 planes，so they say.",
            "He has 3 cars, 5 boats, and 10 planes, so they say.",
        ),
        (
            "It rained（a lot）.It stopped（at last）.He left，soon.",
            "It rained (a lot).It stopped (at last).He left, soon.",
        ),
        (
            "The gate is shut.  It is old.\n\nHe left.  She stayed.\n\nIt was so. He knew.",
            "The gate is shut. It is old.\n\nHe left. She stayed.\n\nIt was so. He knew.",
        ),
        (
            "He said it .  She heard it .  They left , both . It was so.",
            "He said it. She heard it. They left, both. It was so.",
        ),
        (
            "He said , “No .” She said , “Yes .” They left .",
            "He said, “No.” She said, “Yes.” They left.",
        ),
        ("It was named a ``scandal'' in May.", "It was named a “scandal” in May."),
        (
            "It is a ``farce,'' they said, and ``nobody'' laughed; a ``joke.''",
            "It is a “farce,” they said, and “nobody” laughed; a “joke.”",
        ),
        (
            "He sang ``'Twas a night'' and ``'Tis a day'' and ``a week'' after.",
            "He sang “'Twas a night” and “'Tis a day” and “a week” after.",
        ),
        (
            "He typed ``’em and us'' there. A ``row'' began, a ``fight'' ended.",
            "He typed “’em and us” there. A “row” began, a “fight” ended.",
        ),
        (
            "In the ``’90s'' it was a ``boom'' and a ``bust.'' Then nothing.",
            "In the “’90s” it was a “boom” and a “bust.” Then nothing.",
        ),
        (
            "It was ``Xi’an's'' day, a ``feast'' of the ``city.''",
            "It was “Xi’an's” day, a “feast” of the “city.”",
        ),
        ("He said：no，he would not！", "He said: no, he would not!"),
        (
            "The firm（KOSPI：005930）fell！It rose（again），and fell.",
            "The firm (KOSPI: 005930) fell! It rose (again), and fell.",
        ),
        (
            "It was ``good.''  It was ``bad.''  It was ``over.''",
            "It was “good.” It was “bad.” It was “over.”",
        ),
        ("Kim met Lee！Park met Choi！Go met Han！", "Kim met Lee! Park met Choi! Go met Han!"),
        ("“Go！” “Care？” “Em！”", "“Go!” “Care?” “Em!”"),
        (
            "Ursula von der Leyen visits Seoul！Emmanuel Macron，too！Why？",
            "Ursula von der Leyen visits Seoul! Emmanuel Macron, too! Why?",
        ),
        (
            "## Los Angeles wins！\n\nLas Vegas loses！\n\nIs it over？",
            "## Los Angeles wins!\n\nLas Vegas loses!\n\nIs it over?",
        ),
        (
            "Van Dijk，De Ligt and De Jong！Van Gaal：yes！",
            "Van Dijk, De Ligt and De Jong! Van Gaal: yes!",
        ),
    ],
    ids=lambda text: text[:20],
)
def test_frequent_damage_is_repaired_to_the_end(before: str, after: str) -> None:
    """What a later pass finds still counts the damage that an earlier one repaired."""
    assert bundled().clean(document(PAGE, before)).text == document(REPAIRED_PAGE, after)


@pytest.mark.parametrize(
    "text",
    [
        "The chairman（马云）spoke to the press（新华社）about the plan（阿里）.",
        "价格在涨，Alibaba，Tencent 也在涨！Yes，真的。",
        "The score was 3：1 and then 4：2, at 21：05 and 22：15.",
        "He paid 12，500 won, 3，400 won and 1，200 won.",
        "北京，上海，广州：Beijing，Shanghai，Guangzhou",
        (
            "The gate is shut.  It is old.  A guard waves.  He is old too.  He came late.  He "
            "left soon.  She saw him.  They met.  It was good.  It ended."
        ),
        "Name:  Kim\nAge:   30\nTown:  Seoul",
        (
            "epoch 1 , loss 0.3 , acc 0.9\nepoch 2 , loss 0.2 , acc 0.95\nepoch 3 , loss 0.1 , "
            "acc 0.97\nepoch 4 , loss 0.1 , acc 0.98"
        ),
        (
            "    error : file not found , sorry .\n    error : bad name , sorry .\n    error : "
            "no disk , sorry ."
        ),
        "The ‘Xi’an’ of the maps and the ‘Ping’an’ of the banks.",
        "They met in the Piazza dell’Arte and all’Opera, as the singers’ guide has it.",
        "The scholar ‘Umar and the Shi‘a of Kufa made peace.",
        "Queen Lili‘uokalani wrote ‘Aloha ‘Oe’ in O‘ahu.",
        "The ’90s’ end, the ‘Summer of ’69’ and the students’ union.",
        "He wrote ‘rock ’n’ roll’ and ‘L’Étranger’ on the boys’ board.",
        "Dot your ‘i’s and cross your ‘t’s.",
        "‘We’ll away to th’ church,’ said Bob, ‘an’ see th’parson.’",
        "“I’ve bin an’ gone an’ done it,” says ’e, “an’ the ’ole ’ouse knows.”",
        "The motto ‘l’État, c’est moi’ is not by him.",
        "The wuḍū’ and the du‘ā’ come before the prayer, and the imam’s word after.",
        "the ‘Castelo d’Alva’ and the ‘Pau d’Alho’ of the Brazilians’ map",
        "'D'you see?' he said. 'It's th'owd man's dog.'",
        "the Uzbek o‘zbek and g‘azal, in the O‘zbekiston of the press",
        "今日はAlibaba（アリババ）！Tencent（テンセント）！Baidu（バイドゥ）が上がった。",
        "这家公司（Alibaba）说：“No！” 然后（CEO）走了，真的（OK）。",
        "アプリはGoogle Play，App Store（iOS）で！無料です！Free！",
        "한국은 Samsung（삼성），LG（엘지）가 있다！OK！",
        "foo : bar\nbaz : qux\nDone . . .\nOK !",
        "usage: prog [ options ] , file .\n  -a , all\n  -b , both\n  -c , clear",
        "x , y , z\n1 , 2 , 3\n4 , 5 , 6",
    ],
    ids=lambda text: text[:20],
)
def test_good_parts_beside_damage_stay(text: str) -> None:
    assert bundled().clean(document(PAGE, text)).text == document(REPAIRED_PAGE, text)


@pytest.mark.parametrize(
    "text",
    [
        "He wrote ``one'' and ``two''; she wrote ``three''.",
        "The ``standard'' way is to call ``make install'' as root.",
        "The docs say ``foo'' is the default.\n\nThe docs say ``bar'' is not.\n\nUse ``baz'' then.",
        "Use `foo' and `bar' for the names of the files.",
        "``'Tis the season,'' he sang, ``and 'twas the year.''",
        "\\section{The ``new'' way}\nWe call it ``the way''~\\cite{x}.",
        "Set the ``name'' field; see the ``options'' table of the manual for more.",
        "The firm（founded 1999）was sold.",
        "He sang（softly）and left. （The end）",
        "Call us：the number is below.",
        "Price：100 dollars，tax included.",
        "Wait！Who is there？",
        "The ratio is 4：3 and the time 23：59.",
        "The fee is 3，000 won（about 2 dollars）.",
        "（1）First，read. （2）Then，write.",
        "She smiled. “Come on！” he said. “Why？”",
        "The old name（长安）and the new（西安）.",
        "Tokyo（東京）is large, and Osaka（大阪）is near.",
        "A half（open) one and a (half）closed one.",
        "１２３ and ＡＢＣ are wide letters.",
        "Chapter 12：The Sword\n\nChapter 13：The Shield",
        "Translator： K. L.\n\nEditor： M. N.",
        "The gate is shut.  It is old.  A guard waves.  He is old too.",
        "He left.  She stayed.\n\nThey met again. It was late.  It rained.",
        "“Go.”  He went.  “Stay.”  She stayed.",
        "1.  One\n2.  Two\n3.  Three",
        "Dear Sir,\n\nThank you for the letter.  I have read it.  Yours, K.",
        "$ ls\nfoo .  bar , baz\nFound 3 files , 2 errors .\nDone , exiting .",
        "> checking for gcc ... yes\n> checking for cc ... no\n> done , bye .",
        "Type ? to get help , type q to leave .",
        (
            "epoch 1 , loss 0.3 , acc 0.9\nepoch 2 , loss 0.2 , acc 0.95\nepoch 3 , loss 0.1 , "
            "acc 0.97"
        ),
        "The cat sat on the mat . The dog did n't . It 's a token file , that is all .",
        "Vol. 3（of 5）：The End！\n\nVol. 4（of 5）：The Start？",
        "“Senior Brother！” she cried. “Why（how）？”",
        "Q：What is it？\nA：It is a test，no more.",
    ],
    ids=lambda text: text[:20],
)
def test_habits_of_good_documents_stay(text: str) -> None:
    assert bundled().clean(text).text == text
