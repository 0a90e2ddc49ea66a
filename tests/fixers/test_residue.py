"""Residue: what is reported because only the source can mend it."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, RuleError
from tests.samples import bundled, bundled_index, engine_for

RESIDUE = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("residue/"))
SLIPS = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("slips/"))


def found(cleaner: Cleaner, text: str) -> list[tuple[str, str]]:
    """Return the rule and the text of each finding, which changes nothing."""
    result = cleaner.clean(text)
    assert result.text == text
    assert {finding.level for finding in result.findings} <= {"report"}
    return [(finding.label.partition("/")[2], finding.before) for finding in result.findings]


def test_residue_only_reports_what_the_cleaned_text_still_holds() -> None:
    cleaner = engine_for(
        "kind: residue\nrules:\n- {id: han, match: '[\\uAC00-\\uD7A3]+', message: Hangul}\n",
        people="kind: name\nrules:\n- {id: ma, canonical: Ma Yun, variants: [마윈]}\n",
    )
    result = cleaner.clean("마윈 of 뉴스 met 마윈")
    assert result.text == "Ma Yun of 뉴스 met Ma Yun"
    assert [(tuple(f.span), f.before) for f in result.findings if f.level == "report"] == [
        ((6, 8), "뉴스")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "He stood at 강남구 3번 출구, and the gate was shut.",
            [("hangul", "강남구 3번 출구")],
            id="a run with a figure",
        ),
        pytest.param(
            "He was there. [홍길동 / 시장 : 눈이 옵니다] It was late.",
            [("hangul", "[홍길동 / 시장 : 눈이 옵니다]")],
            id="a whole bracket",
        ),
        pytest.param(
            "[정치]靑, what is there to say of it?",
            [("hangul", "[정치]"), ("han", "靑")],
            id="Hangul, and a character for a word",
        ),
        pytest.param(
            "It was on the wall: 今日の試合は勝ち and that is what it was.",
            [("kana", "今日の試合は勝ち")],
            id="Japanese with Chinese characters is one run",
        ),
        pytest.param(
            "The sale of 双十一、双十二 is the best of the year, as it was.",
            [("han", "双十一、双十二")],
            id="Chinese",
        ),
        pytest.param(
            "The snow came ㅋㅋㅋ and we were cold ㅠㅠ all the day.",
            [("hangul-letters", "ㅋㅋㅋ"), ("hangul-letters", "ㅠㅠ")],
            id="laughter and tears",
        ),
        pytest.param(
            "The game was over.먹튀사이트 The crowd went home.",
            [("hangul-advertisement", "먹튀사이트")],
            id="an advertisement",
        ),
        pytest.param(
            "The court fined him for it (libel). revealed. He went home.",
            [("orphan-word", "revealed.")],
            id="a verb whose subject is lost",
        ),
        pytest.param("He is now ranked No.", [("number-cut-off", "ranked No.")], id="No."),
        pytest.param("It was the 22th of them.", [("ordinal", "22th")], id="an ordinal"),
        pytest.param(
            "The gates were closed yesterday (17th) at noon.",
            [("day-in-brackets", "yesterday (17th)")],
            id="yesterday",
        ),
        pytest.param(
            "A woman in his early 20s crossed the road.",
            [("wrong-gender", "A woman in his early 20s")],
            id="a woman in his twenties",
        ),
        pytest.param("They don t know it.", [("apostrophe-lost", "don t ")], id="an apostrophe"),
        pytest.param("It?s late, and we go.", [("apostrophe-lost", "It?s ")], id="a question mark"),
        pytest.param("In the 8rd minute, it was over.", [("ordinal", "8rd")], id="8rd"),
        pytest.param("It is the 103st of the year.", [("ordinal", "103st")], id="103st"),
        pytest.param("The shops close at 100 p.m. on it.", [("hour", "100 p.m.")], id="an hour"),
        pytest.param("More than 9,19 fans came.", [("cut-number", "9,19")], id="lost digits"),
        pytest.param("Since the COVID-2 crisis.", [("covid-number", "COVID-2")], id="COVID-2"),
        pytest.param("It is down 1.5% p, and up 2%p.", [("percentage-points", "% p")], id="points"),
        pytest.param(
            "There was snow on the hills in May.\n\n関連ニュース\n\n最新 (5)\n\n写真：新聞",
            [("kana-line", "関連ニュース"), ("han-line", "最新 (5)"), ("han-line", "写真：新聞")],
            id="whole lines",
        ),
        pytest.param(
            "제목 [No. 7 News] There was snow on the hills.", [("hangul", "제목")], id="a label"
        ),
        pytest.param(
            "We thank you for yesterdays interview.",
            [("apostrophe-lost", "yesterdays")],
            id="its day",
        ),
        pytest.param("MUSICFollowing the snow", [("glued-section", "MUSIC")], id="a section"),
        pytest.param("By , May 5, 2018 7:39 pm", [("author-lost", "By , ")], id="no author"),
        pytest.param(
            "It is in most people ‘s memory.", [("loose-possessive", " ‘s ")], id="a possessive"
        ),
    ],
)
def test_residue(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RESIDUE, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She wore a hanbok (한복) and a gat (갓, 笠).", id="glosses"),
        pytest.param("The vowel ㅣ is long, and the letter ㅋ is not.", id="letters"),
        pytest.param("He ate oyakodon (親子丼) and umeboshi (梅干し).", id="dishes"),
        pytest.param("The novels of Mo Yan 莫言 are long.", id="a writer"),
        pytest.param("“Stop!” he said. “It is late.”", id="he said"),
        pytest.param("He said No. Then he went.", id="no"),
        pytest.param(
            "The 11th, the 22nd and the 113th came; it was the 1st, 2nd, 3rd.", id="ordinals"
        ),
        pytest.param(
            "He weighs 12st, or 10st 4lb, on the 121st, 122nd and 23rd day.", id="weights"
        ),
        pytest.param("At 10 p.m., 11:30 p.m. and 12.45 p.m. the gates close.", id="hours"),
        pytest.param("1,200 people came, in 1, 2 or 3,45 ways, by 1,2,3 cases.", id="numbers"),
        pytest.param("COVID-19 and SARS-CoV-2 are known.", id="COVID-19"),
        pytest.param("It is 5% per year, 5% PLA, and p is 5%.", id="per cent"),
        pytest.param("By and by, and by, he came.", id="by"),
        pytest.param("MUSIC, and MUSICIAN, SPORTScast, MusicFollowing.", id="sections"),
        pytest.param("The yesterdays of men, and all their todays, were long.", id="days"),
        pytest.param("The ‘s’ is a letter, and people’s is right.", id="the letter s"),
        pytest.param("A man in his 20s met a girl in her teens.", id="right genders"),
        pytest.param("We don’t know; it’s late, and he can t-bone it.", id="apostrophes"),
        pytest.param("Red, white, and blue; over, and over, and over.", id="lists"),
        pytest.param("서울의 눈은 오늘도 그치지 않았다. 시장은 말이 없었다.", id="not English"),
    ],
)
def test_no_residue(text: str) -> None:
    assert found(RESIDUE, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He said on the 5th that it rains.", "on the 5th", id="said on the 5th"),
        pytest.param("On the 24th, he came back.", "On the 24th", id="at the beginning"),
        pytest.param(
            "They wrote by mail on the 27th using a pen.", "on the 27th", id="a participle"
        ),
        pytest.param("It snowed on the 21st that day.", "on the 21st", id="that day"),
        pytest.param("It was all in one day on the 11th.", "on the 11th", id="at the end"),
        pytest.param("It came on the 8th of last month.", "on the 8th", id="of last month"),
        pytest.param("It was open until the 9th.", "until the 9th", id="until"),
        pytest.param(
            "It was open from the 22nd to 26th of last month.", "from the 22nd to 26th", id="a span"
        ),
        pytest.param(
            "It fell on the night of the 12th, and then it was over.",
            "night of the 12th",
            id="night",
        ),
        pytest.param(
            f"It was May. {'The snow was deep. ' * 17}It fell on the 5th.",
            "on the 5th",
            id="far away",
        ),
        pytest.param("It printed on the 5th an article.", "on the 5th", id="before an article"),
        pytest.param(
            "It ran from the night of the 14th and 15th.", "night of the 14th and 15th", id="two"
        ),
        pytest.param("It was in May.\n\nIt fell on the 5th.", "on the 5th", id="another paragraph"),
    ],
)
def test_a_day_without_its_month(text: str, expected: str) -> None:
    assert found(RESIDUE, text) == [("day-without-month", expected)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The office is on the 5th floor.", id="a floor"),
        pytest.param("It was on the 3rd try, on the 18th hole, on the 2nd full day.", id="a noun"),
        pytest.param("They met on the 5th of May, on May 5th.", id="a month"),
        pytest.param("In May they met; on the 5th, they met again.", id="a month before"),
        pytest.param("They met on Oct. 3, and on the 5th, they met again.", id="a short month"),
        pytest.param("Yours on the 5th instant, and on the 7th ult., has come.", id="a letter"),
        pytest.param("They met on the 8th and 9th of May last.", id="two days"),
        pytest.param("They met on the 8th Avenue and on the 38th parallel.", id="places"),
        pytest.param("A message from the 3rd worker, from the 10th to the 20th row.", id="rows"),
        pytest.param("The house of the 5th, and as of 5th grade.", id="another preposition"),
        pytest.param("He was on the 5th's side.", id="a possessive"),
    ],
)
def test_a_day_with_its_month(text: str) -> None:
    assert found(RESIDUE, text) == []


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        pytest.param("He came on the 5th, left on the 6th.", False, id="two days"),
        pytest.param("He came on the 5th, left on the 6th, and died on the 7th.", True, id="three"),
        pytest.param("He came today (5th) and left.", True, id="today"),
        pytest.param("He came on the last 5th and left.", False, id="one of the last"),
    ],
)
def test_days_prove_damage(text: str, damaged: bool) -> None:
    torn = bundled().clean(f"{text}\n\nThey share it with banks. .")
    assert ("banks. ." not in torn.text) == damaged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“Are you there?” Asked to speak up.", ("orphan-verb", "Asked to"), id="a lost subject"
        ),
        pytest.param(
            "They spoke of “violence” (violence).",
            ("same-in-brackets", "violence” (violence)"),
            id="the same in brackets",
        ),
    ],
)
def test_what_only_a_damaged_text_is_asked(text: str, expected: tuple[str, str]) -> None:
    asked = "residue/orphan-verb", "slips/same-in-brackets"
    assert found(Cleaner(bundled_index(), acts=asked.__contains__, damaged=True), text) == [
        expected
    ]
    assert found(Cleaner(bundled_index(), acts=asked.__contains__), text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The corona situation in Seoul is bad.", [("corona", "corona")], id="the disease"
        ),
        pytest.param(
            "In Seoul, it was new since Corona.", [("corona", "since Corona")], id="since it"
        ),
        pytest.param(
            "A court in Busan gave him two years and June in prison.",
            [("term-of-months", "two years and June")],
            id="years and a month",
        ),
        pytest.param(
            "A court in Busan sentenced him to August.",
            [("term-of-months", "sentenced him to August")],
            id="a month",
        ),
        pytest.param(
            "A firm in Seoul owes 3773 billion won.",
            [("hundreds-of-millions", "3773 billion")],
            id="hundreds of millions",
        ),
        pytest.param(
            "A firm in Seoul owes 2 trillion 3,000 billion won.",
            [("hundreds-of-millions", "2 trillion 3,000 billion")],
            id="trillions and hundreds of millions",
        ),
        pytest.param(
            "He of Seoul paid 526,721,70 won.", [("broken-sum", "526,721,70 won")], id="a sum"
        ),
        pytest.param(
            "In Seoul, 6 minutes of patients are here.",
            [("minutes-of-people", "6 minutes of patients")],
            id="minutes",
        ),
        pytest.param(
            "The mayor of Seoul said on 30 a day that it rains.",
            [("number-of-the-day", "said on 30 a day")],
            id="30 a day",
        ),
        pytest.param(
            "The CEO of the Democratic Party of Seoul spoke.",
            [("head-of-party", "CEO of the Democratic Party")],
            id="a leader",
        ),
        pytest.param(
            "A band of Seoul is first (general)", [("news-label", "(general)")], id="a label"
        ),
        pytest.param(
            "The girls of Seoul sang , and went.", [("space-before-mark", " ,")], id="a space"
        ),
        pytest.param(
            "Two cases in Beijing. , are light.", [("space-before-mark", " ,")], id="a word is lost"
        ),
        pytest.param(
            "The singers of Seoul met in ChinaJapan.", [("glued-words", "ChinaJapan")], id="glued"
        ),
        pytest.param(
            "Beijing waits for Japans answer.", [("possessive-lost", "Japans")], id="a possessive"
        ),
        pytest.param(
            "He left Seoul, because dwaetgi it was balcak.",
            [("korean-word", "dwaetgi"), ("korean-word", "balcak")],
            id="Korean words",
        ),
        pytest.param(
            "In Seoul, the airlift took the case from the prosecution.",
            [("airlift", "airlift")],
            id="an office",
        ),
        pytest.param(
            "In Seoul, the charter deposits rose.", [("charter", "charter deposits")], id="jeonse"
        ),
        pytest.param(
            "In Japan, he was the pitcher of the Korean War.", [("war", "Korean War")], id="a game"
        ),
        pytest.param(
            "Snow in Seoul.\n\n[The mayor of it: There is more to come in the night.",
            [("bracket-alone", "[")],
            id="a bracket",
        ),
        pytest.param(
            "He of China told the Surging News, and saw the vibrato video.",
            [("chinese-site", "Surging News"), ("chinese-site", "vibrato ")],
            id="Chinese sites",
        ),
        pytest.param(
            "Korea waits\n\nTesla falls 28 won ... Investors held hostage",
            [("headline-ellipsis", " ... ")],
            id="a headline",
        ),
        pytest.param(
            "He cut it (by 5%) , and in Seoul (3.6%) , too.",
            [("space-before-mark", " ,")],
            id="a mark behind a bracket",
        ),
    ],
)
def test_slips(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(SLIPS, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He said on the 5th that it rains.", id="no country"),
        pytest.param("Seoul: it is on the 5th floor, on the 38th parallel.", id="ordinals"),
        pytest.param("Seoul is dry on May 5th, on the 5th of May, on July 6.", id="months"),
        pytest.param("In Seoul, the corona of the sun and a Corona beer.", id="coronas"),
        pytest.param("In Busan, he got two years, and in June, prison.", id="a real month"),
        pytest.param("In Seoul, he was sentenced to death on August 3.", id="a date"),
        pytest.param("Seoul paid 3,773 billion won, 12.5 trillion won, 500 won.", id="sums"),
        pytest.param("In Seoul, the Democratic Party met the CEO of a bank.", id="heads"),
        pytest.param("In Seoul, they waited 6 minutes of the hour.", id="minutes"),
        pytest.param("In Seoul, the Korean War began in June; a soldier fell.", id="a war"),
        pytest.param("The Berlin airlift was in the news in Seoul.", id="an airlift"),
        pytest.param("Charter flights leave Seoul at noon.", id="a charter"),
        pytest.param("The two Koreas and Japan met; Chinas are two.", id="plurals"),
        pytest.param("In Seoul, kimchi, hanbok, oppa, chaebol and jeonse.", id="right words"),
        pytest.param("Dear friends in Seoul,\n\nthe snow fell.", id="a letter"),
        pytest.param("In China, the Little Red Book, and surging prices in the news.", id="a book"),
        pytest.param("In Seoul, he waits ... and I wait ... I do.", id="ellipses"),
        pytest.param("In Seoul, MakeIt and JavaScript are names.", id="names of firms"),
    ],
)
def test_no_slips(text: str) -> None:
    assert found(SLIPS, text) == []


def test_a_habit_is_reported_once_with_its_count() -> None:
    (finding,) = RESIDUE.clean("He came on the 5th, left on the 6th.").findings
    assert finding.before == "on the 5th"
    assert "2 places" in finding.message


def test_what_makes_a_sign_right_stands_in_the_same_block() -> None:
    cleaner = engine_for(
        "kind: residue\nrules:\n- {id: x, match: 'sign', not_after: 'word', message: m}\n"
    )
    text = f"word sign\n\nsign word\n\nword {'a' * 295}sign\n\nword {'a' * 300}sign"
    assert [finding.span.start for finding in cleaner.clean(text).findings] == [11, 633]


def test_what_makes_a_sign_right_is_checked() -> None:
    with pytest.raises(RuleError, match="3:32: this is not a regular expression"):
        engine_for("kind: residue\nrules:\n- {id: x, match: a, not_after: '(', message: m}\n")
