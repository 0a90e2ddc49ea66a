"""Credits in Hangul: what is translated, and what is no credit or cannot be translated."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, load_rules

CREDITS = Cleaner(load_rules(), acts=lambda id_: id_ == "credits/brackets")


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
