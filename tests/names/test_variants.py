"""Variants in a corpus: which forms are spellings of one name, and above all which are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import for_name
from cleaner.names.runs import find_runs
from cleaner.names.suggestion import Group
from cleaner.names.variants import Sightings, find_variants
from tests.steps import assert_linear

STORY = "Then {name} went home, and nobody saw {name} again."


def gathered(texts: Iterable[str], file: str = "page.txt") -> Sightings:
    """Return the sightings of some texts, each of which is a document."""
    sightings = Sightings()
    for text in texts:
        document = for_name(file).read(text)
        sightings.add(file, document, list(find_runs(document)))
    return sightings


def groups(*texts: str, right: Collection[str] = (), **options: Callable[..., bool]) -> list[Group]:
    return find_variants(gathered(texts), right=right, **options)


def pairs(found: Iterable[Group]) -> dict[str, str]:
    """Return the canonical form of each member."""
    return {member.form: group.canonical for group in found for member in group.members}


def told(*names: tuple[str, int]) -> str:
    """Return a text in which each name is so often, inside sentences and far from the others."""
    lines = []
    for name, times in names:
        lines += [f"At last they met {name} by the river." for _ in range(times)]
    return "\n\n".join(lines)


# rarer form, how often, commoner form, how often
WORDS = [
    ("Masiro", 12, "Mashiro", 300),
    ("Esuaar", 11, "Esuar", 750),
    ("Vinsett", 2, "Vinzett", 24),
    ("Dekenbel", 5, "Dekkenbel", 40),
    ("Kraznel", 2, "Kranzel", 300),
    ("Resalve", 1, "Resalva", 20),
    ("Appollonius", 1, "Apollonius", 140),
    ("Bultregen", 1, "Blutregen", 9),
    ("Necromonicon", 1, "Necronomicon", 11),
    ("Kaleid", 1, "Kareid", 45),
    ("Fannaberta", 1, "Fannabelta", 80),
    ("Orvenk", 3, "Orvemk", 60),
    ("Yuusaku", 2, "Yusaku", 50),
    ("Alexey Borovin", 2, "Alexei Borovin", 30),
    ("Torvalis", 2, "Tolvaris", 40),  # letters far apart are swapped
    ("Kaivrel", 3, "Kaybrel", 60),  # one vowel in two letters, and b heard as v
    ("Torphelia", 4, "Tolfelia", 60),
    ("Brenmost", 3, "Blenmost", 60),
    ("Zeirhaun", 2, "Zayrhown", 60),
]


@pytest.mark.parametrize(
    ("form", "times", "name", "often"), WORDS, ids=[f"{row[0]}, {row[2]}" for row in WORDS]
)
def test_a_rare_spelling_is_the_frequent_name(form: str, times: int, name: str, often: int) -> None:
    found = pairs(groups(told((name, often), (form, times))))
    rare, frequent = form.split()[0], name.split()[0]
    assert found.get(rare) == frequent


NO_WORDS = [
    ("Uighurs", 2, "Uighur", 60),
    ("Zorvian", 2, "Zorvia", 60),
    ("Zorvians", 2, "Zorvian", 60),
    ("Alexia", 5, "Alexius", 60),
    ("Lisa", 5, "Lina", 60),
    ("Liza", 5, "Lisa", 60),
    ("Maria", 5, "Marta", 60),
    ("Iraq", 5, "Iran", 60),
    ("Austria", 5, "Australia", 60),
    ("Dolokhova", 5, "Dolokhov", 60),
    ("XVIII", 3, "XVII", 40),
    ("Xiaoming", 5, "Xiaoqing", 60),
    ("Min-seo", 5, "Min-soo", 60),
    ("Jin-hee", 5, "Jin-woo", 60),
    ("Kezuma", 40, "Kazuya", 60),
    ("Yoshida", 5, "Yoshino", 60),
    ("Hahaha", 2, "Ahaha", 60),
    ("Uwaaah", 2, "Uwaaaah", 60),
    ("Govenment", 2, "Government", 60),
    ("Zorvism", 2, "Zorvist", 60),
    ("Orvmen", 2, "Orvman", 60),
    ("Kwang", 1, "Kang", 1),
    ("Chung", 3, "Jung", 60),
    ("Torvik-sa", 2, "Torvik", 60),
    ("Reina", 30, "Rena", 60),
    ("Taizou", 2, "Tetsu", 4),
]


@pytest.mark.parametrize(
    ("form", "times", "name", "often"), NO_WORDS, ids=[f"{row[0]}, {row[2]}" for row in NO_WORDS]
)
def test_look_alikes_are_no_variants(form: str, times: int, name: str, often: int) -> None:
    assert not pairs(groups(told((name, often), (form, times))))


TEXTS = [
    pytest.param(
        "Skater Lim Hyo-jun fell. Later Hyo-jun Lim said that Im Hyo-jun was tired.",
        {"Hyo-jun Lim": "Lim Hyo-jun", "Im Hyo-jun": "Lim Hyo-jun"},
        id="Lim, Im, and the other order",
    ),
    pytest.param(
        "Lim Hyo-jun fell. At noon Limb Hyojun got up. We saw Lim Hyo-jun smile.",
        {"Limb Hyojun": "Lim Hyo-jun"},
        id="Lim, Limb",
    ),
    pytest.param(
        "The film stars Byun Yo-han. Critics praised Byeon Yo-han. So did we: Byun Yo-han is good.",
        {"Byeon Yo-han": "Byun Yo-han"},
        id="Byun, Byeon",
    ),
    pytest.param(
        "Singer Bae Joo-hyun came. Fans waited for Bae Ju-hyeon. Bae Joo-hyun waved.",
        {"Bae Ju-hyeon": "Bae Joo-hyun"},
        id="Joo-hyun, Ju-hyeon",
    ),
    pytest.param(
        "Judge Jeong Ji-hoon spoke. Then Jung Ji-hoon left. And Chung Ji-hoon? Jeong Ji-hoon knew.",
        {"Jung Ji-hoon": "Jeong Ji-hoon", "Chung Ji-hoon": "Jeong Ji-hoon"},
        id="Jeong, Jung, Chung",
    ),
    pytest.param(
        "We met Lee Byung-hun. Then Yi Byung-hun sang. At last Rhee Byung-hun and Lee Byung-hun.",
        {"Yi Byung-hun": "Lee Byung-hun", "Rhee Byung-hun": "Lee Byung-hun"},
        id="Lee, Yi, Rhee",
    ),
    pytest.param(
        "We met Kim Min-soo. We saw Kim Min-su. We like Kim Min-soo.",
        {"Kim Min-su": "Kim Min-soo"},
        id="soo, su",
    ),
    pytest.param(
        "We met Park Chan-wook. We saw Park Chanuk. Who is Chan-wook Park? He is Park Chan-wook.",
        {"Park Chanuk": "Park Chan-wook", "Chan-wook Park": "Park Chan-wook"},
        id="spacing, spelling and order",
    ),
    pytest.param(
        "We met Zhao Liying. We saw Zhao Li-ying. We like Zhao Liying.",
        {"Zhao Li-ying": "Zhao Liying"},
        id="a hyphen",
    ),
    pytest.param(
        "We use ByteDance. They use Bytedance. All use ByteDance.",
        {"Bytedance": "ByteDance"},
        id="capitals",
    ),
    pytest.param(
        "\n".join(["We saw Esuar-san run."] * 9 + ["Then Esuaar-san fell.", "Oh, Esuaar-sama!"]),
        {"Esuaar": "Esuar"},
        id="honorifics",
    ),
    pytest.param(
        "\n".join(["We saw Vinzett Lahm."] * 5 + ["Then VINSETT LAHM fell."]),
        {"Vinsett": "Vinzett"},
        id="in capitals",
    ),
    pytest.param(
        "Coach Kim Eun-joong spoke. The Kim Eun Joong Ho team heard Kim Eun-joong.",
        {"Kim Eun Joong": "Kim Eun-joong"},
        id="a Korean's name with a word behind it",
    ),
    pytest.param(
        "A photo by Dalgochi Music. Later came another photo by Dalgogi Music.",
        {"Dalgogi": "Dalgochi"},
        id="the same word behind it",
    ),
    pytest.param(
        "BYTEDANCE GROWS\n\nWe use ByteDance. All use ByteDance.", {}, id="a headline in capitals"
    ),
    pytest.param(
        "KIM SOO-HYUN SINGS\n\nWe met Kim Soo-hyun. All like Kim Soo-hyun.",
        {},
        id="a name in capitals",
    ),
    pytest.param(
        "\n".join(["We saw the Orvenks run."] * 9 + ["Then the orvenks fell."]),
        {"orvenks": "Orvenks"},
        id="small letters",
    ),
    pytest.param(
        "\n".join(["We saw the Orvenks run."] * 9 + ["Then orvenks fell."] * 9),
        {},
        id="small letters as often as not",
    ),
    pytest.param(
        "\n".join(["We saw the Orvenks run."] * 9 + ["See https://orvenks.org/orvenks now."]),
        {},
        id="small letters in a URL",
    ),
    pytest.param("We met Kim Soo-hyun. We saw Lee Soo-hyun.", {}, id="two surnames"),
    pytest.param("We met Kim Min-soo. We saw Kim Min-ho.", {}, id="two given names"),
    pytest.param("We met Jeon Ji-hyun. We saw Jung Ji-hyun.", {}, id="Jeon is not Jung"),
    pytest.param("We met Kang Min-ji. We saw Jang Min-ji.", {}, id="Kang is not Jang"),
    pytest.param("We met Kim Soo-hyun. We saw Soo-hyun.", {}, id="a part of the name"),
    pytest.param("We met Henry II. We saw Henry III.", {}, id="numbers"),
    pytest.param("“M-Mashiro!” We met Mashiro.", {}, id="a stutter"),
    pytest.param("“Kyaaa!” “Kyaah!” “Uwaa!” “Uwaah!”", {}, id="screams"),
    pytest.param("", {}, id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_in_a_text(text: str, expected: dict[str, str]) -> None:
    assert pairs(groups(text)) == expected


# Pages as Korean media write them, with one person in two spellings.
PAGES = {
    "news": """Seoul, June 3 (News) - Actor {one} won the prize for best actor on Monday.
The film, in which {other} plays a teacher, opened in May and was seen by two million people.
“I owe this to my mother,” {one} said.""",
    "interview": """Q. How did you prepare?

A. I read a lot. {one} smiles. For months the actor met nobody.

Beside the director sat {other}, who laughed. We thanked {one} for the talk.""",
    "subtitles": """1
00:00:01,000 --> 00:00:02,000
Have you seen {one}?

2
00:00:03,000 --> 00:00:04,000
I think {other} went home.

3
00:00:05,000 --> 00:00:06,000
Call {one} at once.
""",
}
FILES = {"news": "page.txt", "interview": "page.md", "subtitles": "talk.srt"}
KOREANS = [
    ("Lim Hyo-jun", "Im Hyo-jun"),
    ("Lim Hyo-jun", "Hyo-jun Lim"),
    ("Byun Yo-han", "Byeon Yo-han"),
    ("Lee Jung-jae", "Lee Jeong-jae"),
    ("Lee Byung-hun", "Byeong-heon Yi"),
    ("Cho Seung-woo", "Jo Seung-u"),
    ("Roh Moo-hyun", "Noh Mu-hyeon"),
    ("Chung Hae-in", "Jung Hae In"),
    ("Hwang Jung-min", "Hwang Jeongmin"),
    ("Jun Ji-hyun", "Jeon Ji-hyeon"),
    ("Nam Joo-hyuk", "Nam Ju-hyeok"),
    ("Hyun Bin", "Hyeon Bin"),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("one", "other"), KOREANS, ids=[", ".join(row) for row in KOREANS])
def test_a_korean_in_two_spellings(one: str, other: str, page: str) -> None:
    text = PAGES[page].format(one=one, other=other)
    assert pairs(find_variants(gathered([text], FILES[page]))).get(other) == one


TWO_KOREANS = [
    ("Kim Soo-hyun", "Lee Soo-hyun"),
    ("Kim Min-soo", "Kim Min-ho"),
    ("Jeon Ji-hyun", "Jung Ji-hyun"),
    ("Ko So-young", "Go Soo-young"),
    ("Han So-hee", "Han Seo-hee"),
    ("Lee Jun-ho", "Lee Jung-ho"),
    ("Cha Eun-woo", "Cha Eun-ho"),
    ("Kang Min-ji", "Jang Min-ji"),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("one", "other"), TWO_KOREANS, ids=[", ".join(row) for row in TWO_KOREANS])
def test_two_koreans_are_two(one: str, other: str, page: str) -> None:
    text = PAGES[page].format(one=one, other=other)
    assert not find_variants(gathered([text], FILES[page]))


def test_those_who_live_side_by_side_are_two() -> None:
    both = "\n".join(["At noon Karvina met Karvino by the river."] * 9)
    assert not groups(both)


def test_company_tells_them_apart() -> None:
    """The same two words are one name beside the same people, and two beside others."""
    texts = [f"At noon {friend} met Tolvano there." for friend in ("Brunkel", "Ostrava")] * 20
    same = [*texts, "At noon Brunkel met Telvano there.", "Then Ostrava met Telvano."]
    other = [*texts, "At noon Quirrim met Telvano there.", "Then Hofnagel met Telvano."]
    [one], others = groups(*same), groups(*other)
    assert one.score > max((group.score for group in others), default=0.0)


def test_a_group_says_what_a_person_needs() -> None:
    [group] = groups(told(("Mashiro Lahm", 9), ("Masiro Lahm", 1)))
    [member] = group.members
    assert (group.id, group.relation, group.canonical_count) == ("mashiro", "spelling", 9)
    assert (member.form, member.count) == ("Masiro", 1)
    assert 0.5 < member.score < 1
    assert member.why == ("Masiro ~ Mashiro: one letter fewer (h); both beside Lahm")
    [place] = member.places
    assert (place.line, place.context[place.start :][:6]) == (19, "Masiro")


@pytest.mark.parametrize(
    "text",
    [
        "We use ByteDance. They use Bytedance. All use ByteDance.",
        "\n".join(["We saw the Orvenks run."] * 9 + ["Then the orvenks fell."]),
    ],
)
def test_capitals_are_a_relation_of_their_own(text: str) -> None:
    [group] = groups(text)
    assert group.relation == "case"


def test_mentions_in_capitals_are_not_counted_as_a_spelling() -> None:
    text = "BYTEDANCE GROWS\n\nBYTEDANCE FALLS\n\nWe use ByteDance. They use Bytedance."
    [group] = groups(text, part={"ByteDance"}.__contains__)
    assert (group.canonical, group.canonical_count) == ("ByteDance", 1)
    assert [(member.form, member.count) for member in group.members] == [("Bytedance", 1)]


# At equal counts, which form is canonical, and why.
EQUAL = [
    pytest.param("We saw Tolvaro. We saw Tolbaro.", {"part": "Tolbaro"}, "Tolbaro", id="a part"),
    pytest.param("We saw Tolvaro. We saw Tolbaro.", {"part": "Tolvaro"}, "Tolvaro", id="the other"),
    pytest.param(
        "We met Kim Min-soo. We saw Kim Min-su.", {"spelled": "Kim Min-su"}, "Kim Min-su", id="name"
    ),
    pytest.param("We met Andrei Tolvaro. We saw Tolbaro.", {}, "Tolvaro", id="of a full name"),
    pytest.param("We met Tolvaro. We saw Andrei Tolbaro.", {}, "Tolbaro", id="of another"),
]


@pytest.mark.parametrize(("text", "right", "canonical"), EQUAL)
def test_at_equal_counts_the_right_form_is_canonical(
    text: str, right: dict[str, str], canonical: str
) -> None:
    options: dict[str, Any] = {name: {form}.__contains__ for name, form in right.items()}
    [group] = groups(text, **options)
    assert group.canonical == canonical


def test_an_alias_is_no_variant() -> None:
    text = told(("Mashiro", 20), ("Masiro", 1), ("Massiro", 1))
    found = pairs(groups(text, right=["Mashiro", "Masiro"]))
    assert found.keys() == {"Massiro"}


def test_right_forms_are_canonical_even_if_no_document_has_them() -> None:
    chapter = told(("Masiro", 3), ("Limb Hyo-jun", 1))
    right = ["Mashiro Lahm", "Lim Hyo-jun"]
    assert pairs(groups(chapter, right=right)) == {
        "Masiro": "Mashiro",
        "Limb Hyo-jun": "Lim Hyo-jun",
    }


def test_a_right_form_is_canonical_however_rare_it_is() -> None:
    assert pairs(groups(told(("Masiro", 20), ("Mashiro", 2)), right=["Mashiro"])) == {
        "Masiro": "Mashiro"
    }


def test_right_forms_are_no_variants_of_each_other() -> None:
    text = told(("Mashiro", 20), ("Masiro", 1))
    assert not groups(text, right=["Mashiro", "Masiro"])
    assert not find_variants(gathered([text]), right={"Mashiro", "Masiro"}.__contains__)


def test_a_right_spelling_is_no_variant() -> None:
    text = told(("Mashiro", 20), ("Masiro", 1))
    assert not find_variants(gathered([text]), spelled={"Masiro"}.__contains__)
    assert find_variants(gathered([text]), spelled={"Mashiro"}.__contains__)


def test_settled_forms_are_left_alone() -> None:
    text = told(("Mashiro", 20), ("Masiro", 1))
    assert not groups(text, known={"Masiro"}.__contains__)


def test_rejected_pairs_are_left_out() -> None:
    text = told(("Mashiro", 20), ("Masiro", 1))
    asked = []

    def held(form: str, canonical: str) -> bool:
        asked.append((form, canonical))
        return True

    assert not groups(text, held=held)
    assert asked == [("Masiro", "Mashiro")]


def test_variants_of_variants_belong_to_the_commonest_form() -> None:
    found = groups(told(("Satella", 90), ("Satera", 12), ("Sateera", 1)))
    assert [group.canonical for group in found] == ["Satella"]
    assert {member.form for member in found[0].members} >= {"Satera"}


def test_the_order_of_documents_changes_nothing() -> None:
    texts = [
        told(("Mashiro", 5)),
        told(("Masiro", 2), ("Vinzett", 1)),
        "We met Im Hyo-jun.",
        told(("Vinsett", 1), ("Mashiro", 3)),
        "We met Lim Hyo-jun. We saw Lim Hyo-jun.",
    ]
    found = {str(_without_places(groups(*order))) for order in permutations(texts)}
    assert len(found) == 1
    assert "Mashiro" in found.pop()


def _without_places(found: Iterable[Group]) -> list[Group]:
    return [
        group._replace(
            members=tuple(member._replace(places=()) for member in group.members),
            canonical_places=(),
        )
        for group in found
    ]


NAMES = "Mashiro|Masiro|Lim Hyo-jun|Im Hyo-jun|Hyo-jun Lim|M-Mashiro-san|McCoy|Mccoy|KIM|Kim|Yi"
ODDITIES = "Ö|É|Þórr|A-|-|’s|'|.|!|…|\n|\n\n| |the|Hahaha|XVII|マシロ|Mashiroー|江|1"
PIECES = [*NAMES.split("|"), *ODDITIES.split("|"), "A" + 40 * "a"]


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12), max_size=5))
def test_no_text_raises_and_the_order_changes_nothing(texts: list[list[str]]) -> None:
    documents = [" ".join(pieces) for pieces in texts]
    found = _without_places(groups(*documents))
    assert found == _without_places(groups(*reversed(documents)))
    for group in found:
        for member in group.members:
            assert 0 <= member.score <= 1
            assert member.form != group.canonical


def _names(number: int) -> str:
    """Return a made-up name; two numbers share few letters."""
    syllables = ["ba", "do", "fe", "gu", "hi", "ka", "lo", "me", "nu", "pi", "ra", "so", "te", "vu"]
    name = ""
    for _ in range(4):
        number, rest = divmod(number * 7 + 3, len(syllables))
        name += syllables[rest]
    return name.capitalize()


SHAPES: dict[str, Callable[[int], list[str]]] = {
    "many documents": lambda n: [told((_names(at), 1)) for at in range(n)],
    "one sentence": lambda n: [" met ".join(_names(at) for at in range(n))],
    "one name": lambda n: [told(("Mashiro", n), ("Masiro", n // 10))],
    "names that differ in one letter": lambda n: [
        told(*((f"Zor{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}vik", 1) for at in range(n)))
    ],
    "one surname": lambda n: [
        " ".join(f"We met Kim {_names(at)[:2]}-{_names(at)[2:4].lower()}." for at in range(n))
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_text(shape: str) -> None:
    def make(size: int) -> Callable[[], object]:
        texts = SHAPES[shape](size)
        return lambda: groups(*texts)

    assert_linear(make, 150)
