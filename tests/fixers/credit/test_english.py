"""Credits that were put into English word by word: one style is written."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

RULES = bundled_index()
BY_ITSELF = Cleaner(RULES, acts=lambda id_: id_.startswith("credits/"))
DAMAGED = Cleaner(RULES, acts=lambda id_: id_.startswith("credits/"), damaged=True)


@pytest.mark.parametrize(
    ("credit", "written"),
    [
        # a label and a mark
        ("Photo = Yonhap News", "Photo: Yonhap"),
        ("(Photo = Yonhap News)", "(Photo: Yonhap)"),
        ("[Photo=Newsis]", "[Photo: Newsis]"),
        ("【Photo = News 1】", "【Photo: News1】"),
        ("<Photo=Newsis>", "<Photo: Newsis>"),
        ("PhotoㅣNewsis", "Photo: Newsis"),
        ("Photo ㅣ SBS", "Photo: SBS"),
        ("Photo I Han Yu-jin", "Photo: Han Yu-jin"),
        ("Photo I Yujin Han SNS", "Photo: Yujin Han SNS"),
        ("Photo\N{FULLWIDTH VERTICAL LINE}Newsis", "Photo: Newsis"),
        ("Photo ⓒ Newsis", "Photo: Newsis"),
        ("Photo = ⓒ Newsis", "Photo: Newsis"),
        ("/ Photo = SBS", "/ Photo: SBS"),
        ("[Photo = Blue Moon Studio]", "[Photo: Blue Moon Studio]"),
        ("Photo = Han Yu-jin", "Photo: Han Yu-jin"),
        ("Photo = Reporter Han", "Photo: Reporter Han"),
        ("(Photo = Newsis Reporter Han Yu-jin)", "(Photo: Newsis Reporter Han Yu-jin)"),
        ("(Photo = Yonhap News, Newsis)", "(Photo: Yonhap, Newsis)"),
        ("Photo provided = Netflix", "Courtesy of Netflix"),
        ("[Photo = Netflix provided]", "[Courtesy of Netflix]"),
        ("[Photo = Provided by Blue Moon]", "[Courtesy of Blue Moon]"),
        ("(Photo = Instagram capture)", "(Screenshot: Instagram)"),
        ("[Photo = Captured from YouTube]", "[Screenshot: YouTube]"),
        ("[Photo = Baidu, China capture]", "[Screenshot: Baidu, China]"),
        ("Graphic = Yoon Seo-ah", "Graphic: Yoon Seo-ah"),
        ("[Courtesy = SBS]", "[Courtesy of SBS]"),
        ("Photo = SBS ’Slow Walking’ capture", "Screenshot: SBS ’Slow Walking’"),
        ("[Photo = tvN ‘Slow Walking’]", "[Photo: tvN ‘Slow Walking’]"),
        ("Photo = Han Yu-jin's Instagram", "Photo: Han Yu-jin's Instagram"),
        # two sources
        ("AP=Yonhap News", "AP/Yonhap"),
        ("[AP = Newsis]", "[AP/Newsis]"),
        ("(EPA·Yonhap News)", "(EPA/Yonhap)"),
        ("(Royter=Yonhap News File Photo)", "(Reuters/Yonhap file photo)"),
        # misspelt agencies
        ("(Yunhap News)", "(Yonhap)"),
        ("[Yeonhap News]", "[Yonhap]"),
        ("yunhap news", "Yonhap"),
        ("[New Sis]", "[Newsis]"),
        ("(Photo = Yunhap)", "(Photo: Yonhap)"),
    ],
)
def test_certain_credits(credit: str, written: str) -> None:
    assert BY_ITSELF.clean(f"The gate in May. {credit}").text == f"The gate in May. {written}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("AP=Yonhap News", "AP/Yonhap"),
        ("Photo = Yonhap News", "Photo: Yonhap"),
        ("The gate at dawn Photo = Yonhap News", "The gate at dawn Photo: Yonhap"),
        ("The gate in Seoul AP=Yonhap News", "The gate in Seoul AP/Yonhap"),
        ("The gate\nPhoto = Newsis\nThe yard", "The gate\nPhoto: Newsis\nThe yard"),
        ("The gate.\r\nPhoto = Newsis\r\nThe", "The gate.\r\nPhoto: Newsis\r\nThe"),
        ("The gate. Photo = Newsis.", "The gate. Photo: Newsis."),
        (
            "The gate. Photo = Han Yu-jin [email\u00a0protected]",
            "The gate. Photo: Han Yu-jin [email\u00a0protected]",
        ),
        ("“The gate.”Photo = Newsis", "“The gate.” Photo: Newsis"),
        (
            "The gate (Photo = Newsis) and the yard (Photo = SBS) in May",
            "The gate (Photo: Newsis) and the yard (Photo: SBS) in May",
        ),
        ("The gate. Photo = SBS\nThe yard. AP=Newsis", "The gate. Photo: SBS\nThe yard. AP/Newsis"),
    ],
)
def test_where_credits_are(text: str, written: str) -> None:
    assert BY_ITSELF.clean(text).text == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The gate. (Yonhap News)", "The gate. (Yonhap)"),
        ("The gate. Yonhap News", "The gate. Yonhap"),
        ("The gate. [Yonhap News Agency]", "The gate. [Yonhap]"),
        ("The gate. [News 1]", "The gate. [News1]"),
        ("The gate. Photo Yonhap News", "The gate. Photo: Yonhap"),
        ("The gate. Photo: Yonhap News", "The gate. Photo: Yonhap"),
        ("The gate. Photo / Newsis", "The gate. Photo: Newsis"),
        ("The gate. AP / Yonhap News", "The gate. AP/Yonhap"),
        ("The gate. (AP Yonhap)", "The gate. (AP/Yonhap)"),
        ("The gate. [YouTube capture]", "The gate. [Screenshot: YouTube]"),
        ("The gate. ⓒ Newsis", "The gate. © Newsis"),
        ("The gate. ⓒ Reporter Han Yu-jin", "The gate. © Reporter Han Yu-jin"),
        ("The gate. (Yunhap)", "The gate. (Yonhap)"),
        ("Photo = Blue Moon", "Photo: Blue Moon"),
        ("The gate. Photo| Newsis", "The gate. Photo: Newsis"),
        ("The gate. Photo| Blue Moon SNS", "The gate. Photo: Blue Moon SNS"),
        ("The gate. Photo I Blue Moon SNS", "The gate. Photo: Blue Moon SNS"),
        ("He met the people./Yonhap", "He met the people. /Yonhap"),
        ("He met the people./Yonhap News", "He met the people. /Yonhap"),
        ("He met the people.(Newsis)", "He met the people. (Newsis)"),
        ("Kim (left)[Courtesy of SBS]", "Kim (left) [Courtesy of SBS]"),
        ("Kim (left)[Courtesy = SBS]", "Kim (left) [Courtesy of SBS]"),
    ],
)
def test_credits_in_a_damaged_document(text: str, written: str) -> None:
    assert DAMAGED.clean(text).text == written


@pytest.mark.parametrize(
    "text",
    [
        # what English papers write
        "The gate. (Yonhap)",
        "The gate. (AP Photo/Han Yu-jin)",
        "The gate. [Photo/Xinhua]",
        "The gate. [Photo/Agencies]",
        "The gate. Reuters/Han Yu-jin",
        "The gate. REUTERS/Han Yu-jin/File Photo",
        "The gate. Photo: Reuters",
        "The gate. Photo: AFP/Getty Images",
        "The gate. Photo by Han Yu-jin",
        "The gate. Photo courtesy of SBS",
        "The gate. Photograph: Han Yu-jin/The Guardian",
        "The gate. Getty Images",
        "The gate. [Courtesy of Netflix]",
        "The gate. /Newsis",
        "The gate. © Newsis",
        "The gate. Photo © Han Yu-jin",
        "The gate. Photo: © AFP",
        "SEOUL, March 2 (Yonhap) -- The rain stopped.",
        "LONDON (Reuters) - The rain stopped.",
        "(Seoul) The rain stopped.",
        "James Lim, Bloomberg News, 5 May",
        "The gate. Court Hears Lim, The Wall Street Journal, 5 May",
        # sentences about agencies and photographs
        "He works for Yonhap News and took this photo. Newsis did not.",
        "The agency (Yonhap News) has an office there.",
        "The 159th U.N. Member Speaks, The New York Times",
        "The E.U. Orders The New York Times",
        "0 Comment(s)Print Xinhua, 5 May",
        "Photo finish at the Seoul race",
        "A photo: Yonhap News has it.",
        "The Photo I took of Netflix",
        # formulas, code, tables
        "E = AP",
        "(Paris = Google) and (X = Netflix)",
        "The sum (E = AP) and [Photo = red + blue] are formulas.",
        "a = b/c, and the photo = newer than that",
        "Graphic = Red + Blue",
        "draw(Photo = Blue)",
        "Photo=newsis.jpg",
        "Photo | Newsis | 12",
        "In the table (total = Yonhap) it stands.",
        "Photo = None; it failed.",
    ],
)
@pytest.mark.parametrize("cleaner", [BY_ITSELF, DAMAGED], ids=["", "damaged"])
def test_what_stays(cleaner: Cleaner, text: str) -> None:
    assert cleaner.clean(text).text == text


def test_a_name_in_a_credit_is_mended_in_the_same_pass() -> None:
    before = "Alibaba fell. Photo = Marwin, Newsis"
    assert Cleaner(RULES).clean(before).text == "Alibaba fell. Photo: Ma Yun, Newsis"


@pytest.mark.parametrize(
    ("text", "is_damaged"),
    [
        ("The gate. (Photo = Newsis)", True),
        ("The gate. AP=Yonhap News", True),
        ("(Seoul = Yonhap News) The rain stopped.", True),
        ("The gate. Photo: Newsis (Yonhap News)", False),
        ("The gate. ⓒ Newsis", False),
    ],
)
def test_what_proves_damage(text: str, is_damaged: bool) -> None:
    page = f"{text}\n\nThey share the data with banks. .\n\n{'The rain stopped at noon. ' * 20}"
    cleaned = Cleaner(RULES).clean(page).text
    assert ("banks.\n" in cleaned) is is_damaged
