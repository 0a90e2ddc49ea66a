"""Credits in Hangul, Han and kana: what is translated, what is no credit, what is unknown."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

CREDITS = Cleaner(bundled_index(), acts=lambda id_: id_ == "credits/brackets")


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
        ("[사진 연합뉴스]", "[Photo: Yonhap]"),
        ("사진ㅣ연합뉴스", "Photo: Yonhap"),
        ("(사진ⓒ뉴시스)", "(Photo: Newsis)"),
        ("[로이터연합뉴스]", "[Reuters/Yonhap]"),
        ("(홍콩·베이징=연합뉴스)", "(Hong Kong, Beijing=Yonhap)"),
        ("[사진=Han Yu-jin 기자]", "[Photo: Reporter Han Yu-jin]"),
        ("[뉴시스 Han Yu-jin 기자]", "[Newsis Reporter Han Yu-jin]"),
        ("사진제공=SM Entertainment", "Courtesy of SM Entertainment"),
        ("[독자 제공]", "[Courtesy of a reader]"),
        ("［사진＝연합뉴스］", "［Photo: Yonhap］"),
        ("[新华社]", "[Xinhua]"),
        ("图=新华社", "Photo: Xinhua"),
        ("(图/中新社)", "(Photo: China News Service)"),
        ("图片来源：新华网", "Photo: Xinhuanet"),
        ("(新华社 供图)", "(Courtesy of Xinhua)"),
        ("图=Li Ming", "Photo: Li Ming"),
        ("[微博截图]", "[Screenshot: Weibo]"),
        ("（写真=ロイター）", "（Photo: Reuters）"),
        ("写真=共同", "Photo: Kyodo"),
        ("(写真提供=朝日新聞)", "(Courtesy of Asahi Shimbun)"),
        ("【資料写真】", "【File photo】"),
        ("[AFP=時事]", "[AFP/Jiji Press]"),
        ("[北京=共同]", "[Beijing=Kyodo]"),
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
        pytest.param("The gate. 新华社记者 王小明 摄", id="the name of a Chinese reporter"),
        pytest.param("The gate. (写真=山田太郎)", id="the name of a Japanese photographer"),
        pytest.param("The agency Xinhua (新华社) and Kyodo (共同) agree.", id="glosses in Han"),
        pytest.param("The word 共同 means together. The sign says [图].", id="words in Han"),
        pytest.param("The word means 写真", id="a word at the end"),
        pytest.param(
            "어제 낮부터 서울 전역에 큰 눈이 내려 시내 도로가 모두 막혔다. [AP=연합뉴스]",
            id="a text in Korean",
        ),
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert CREDITS.clean(text).text == text
