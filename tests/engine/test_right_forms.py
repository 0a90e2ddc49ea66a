"""Right forms: recognised wherever they stand, never doubled, and nothing in them is changed."""

from __future__ import annotations

import pytest

from cleaner.text.characters import SYLLABLE_MARKS
from tests.engine.checks import check, check_unchanged
from tests.samples import people

HYPHENS = ["-", "‐", "‑", "‒", "–", "—", "―", "−"]
# A variant that is a part of the right form would double it.
YIBO = "canonical: Wang Yibo, variants: [Yibo, Yibbo, Wang Ibo]"
FUDAN = "canonical: Fudan University, variants: [Fudan], type: organisation"
ANT = "canonical: Ant Group, variants: [Ant, Antgroup], type: organisation"
LONG = (
    "canonical: Gree Electric Works, variants: [Geuri], type: organisation",
    "canonical: Nguyen Phu Trong, variants: [Chong]",
)
MA = "canonical: Ma Yun, aliases: [Jack Ma], variants: [Marwin, Ma Win, Yun]"


@pytest.mark.parametrize(
    "text",
    [
        *(f"Xiao Zhan{hyphen}Wang Yibo" for hyphen in HYPHENS),
        *(f"Wang Yibo{hyphen}Xiao Zhan" for hyphen in HYPHENS),
        *(f"Fudan University{hyphen}educated" for hyphen in HYPHENS),
        *(f"WANG YIBO{mark}S" for mark in SYLLABLE_MARKS),
        *(f"Wang Yibo{mark}s" for mark in SYLLABLE_MARKS),
        "the Fudan Universities",
        "the Ant Groups",
        "the Ant Groups’ chairmen",
        "the ANT GROUPS",
        "the Ma Yuns of this world",
        "the Ma Yuns’ house",
        "Ant Group Groups",
        "Ant Group2 and Ant Group_x",
        "2Ant Group, x_Ant Group",
        "_Ant Group_ and *Ant Group*",
        "Ant\nGroup",
        "Ant  Group",
        "Ant\N{NO-BREAK SPACE}Group and Ant\N{IDEOGRAPHIC SPACE}Group",
        "Ant Gr\N{SOFT HYPHEN}oup and Ant \N{ZERO WIDTH SPACE}Group",
        "Ant Group은 and 한Ant Group",
        "“Ant” Group and ‘Ant’ Group and 'Ant' Group",
        'the "Ant" Group',
        "Ant “Group”",
        "Ant Group/Wang Yibo",
        "mid-Ant Group",
    ],
    ids=ascii,
)
def test_right_forms_stay(text: str) -> None:
    check_unchanged(people(YIBO, FUDAN, ANT, MA), text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Yibo-led, pro-Yibo", "Wang Yibo-led, pro-Wang Yibo", id="hyphen"),
        pytest.param("Fudan’s gate", "Fudan University’s gate", id="possessive"),
        pytest.param("Xiao Zhan and Yibo", "Xiao Zhan and Wang Yibo", id="beside a name"),
        pytest.param("Ants march", "Ants march", id="plural of a variant"),
        pytest.param("Ma Win’s Ma Yuns", "Ma Yun’s Ma Yuns", id="beside a right form"),
    ],
)
def test_variants_beside_them_change(before: str, after: str) -> None:
    check(people(YIBO, FUDAN, ANT, MA), before, after)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("Antgroup Group", "Ant Group", id="the rest behind"),
        pytest.param("Antgroup Group’s", "Ant Group’s", id="the rest behind in a possessive"),
        pytest.param("Antgroup group", "Ant Group", id="the rest behind in small letters"),
        pytest.param("Antgroup Groups", "Ant Groups", id="the rest behind in the plural"),
        pytest.param("ANTGROUP GROUP", "ANT GROUP", id="capitals"),
        pytest.param("Antgroup\nGroup", "Ant\nGroup", id="the rest on the next line"),
        pytest.param("Antgroup  Group", "Ant Group", id="two spaces"),
        pytest.param("Wang Yibbo", "Wang Yibo", id="the rest before"),
        pytest.param("Xiao Zhan-Wang Yibbo", "Xiao Zhan-Wang Yibo", id="the rest before, a hyphen"),
        pytest.param("wang Yibbo", "Wang Yibo", id="the rest before in small letters"),
        pytest.param("Antgroup, Group", "Ant Group, Group", id="a comma"),
        pytest.param("Antgroup Groupies", "Ant Group Groupies", id="another word"),
        pytest.param("Antgroup\n\nGroup", "Ant Group\n\nGroup", id="another paragraph"),
        pytest.param("“Antgroup” Group", "“Antgroup” Group", id="a quotation mark between"),
        pytest.param("Wang “Yibbo”", "Wang “Yibbo”", id="a quotation mark before"),
        pytest.param("Antgroup “Group”", "Antgroup “Group”", id="the rest in quotation marks"),
        pytest.param("“Wang” Yibbo", "“Wang” Yibbo", id="the rest before in quotation marks"),
        pytest.param("Antgroup Gr\N{SOFT HYPHEN}oup", "Ant Group", id="a soft hyphen"),
        pytest.param("Antgroup \N{ZERO WIDTH SPACE}Group", "Ant Group", id="no width"),
        pytest.param("Wa\N{SOFT HYPHEN}ng Yibbo", "Wang Yibo", id="a soft hyphen before"),
        pytest.param("Wang Wang Ibo", "Wang Wang Yibo", id="once, before"),
        pytest.param("Geuri Electric", "Gree Electric Works", id="a word inside"),
        pytest.param("Geuri electric cars", "Gree Electric Works electric cars", id="small"),
        pytest.param("Phu Chong", "Nguyen Phu Trong", id="a word inside, before"),
        pytest.param("Antgroup’s Group", "Ant Group’s Group", id="a possessive between"),
        pytest.param("Infant Antgroup", "Infant Ant Group", id="a word that ends alike"),
        pytest.param("Antgroup Group Group", "Ant Group Group", id="once"),
        pytest.param("Jack Ma Win", "Jack Ma Win", id="across an alias"),
    ],
)
def test_nothing_is_doubled(text: str, cleaned: str) -> None:
    check(people(YIBO, ANT, MA, *LONG), text, cleaned)


@pytest.mark.parametrize(
    ("canonical", "variant"),
    [("Ant Group", "Ant group"), ("Sun Tianqi", "Sun TianQi"), ("Bank of China", "Bank Of China")],
)
def test_only_the_case_is_wrong(canonical: str, variant: str) -> None:
    cleaner = people(f"canonical: {canonical}, variants: [{variant}]")
    check(cleaner, f"{variant} and {variant}’s", f"{canonical} and {canonical}’s")


def test_a_variant_with_the_rest_in_it_is_its_own() -> None:
    cleaner = people(
        "canonical: Ant Group, variants: [Antgroup], type: organisation",
        "canonical: Ant Holdings, variants: [Antgroup Group], type: organisation",
    )
    check(cleaner, "Antgroup Group and Antgroup", "Ant Holdings and Ant Group")


@pytest.mark.parametrize("mark", SYLLABLE_MARKS, ids=ascii)
@pytest.mark.parametrize("quoted", ["{}", "‘{}’", "'{}'", "“{}”", '"{}"', "in {}, now"])
def test_a_name_that_goes_on_behind_a_syllable_mark_is_another(mark: str, quoted: str) -> None:
    cleaner = people("canonical: Zhang Chang, variants: [Jang Chang]")
    for rest in ("an", "e", "er", "ao"):
        check_unchanged(cleaner, quoted.format(f"Jang Chang{mark}{rest}"))
    before = quoted.format(f"Jang Chang{mark}s son")
    check(cleaner, before, before.replace("Jang", "Zhang"))


@pytest.mark.parametrize("ending", ["s", "ll", "d", "re", "ve"])
def test_possessives_and_elided_verbs_belong_to_the_same_name(ending: str) -> None:
    cleaner = people("canonical: Zhang Chang, variants: [Jang Chang]")
    check(cleaner, f"Jang Chang’{ending} here", f"Zhang Chang’{ending} here")
    check(cleaner, f"Jang Chang'{ending} here", f"Zhang Chang'{ending} here")


@pytest.mark.parametrize(
    "name", ["Xi'an", "Ya'an", "Huai'an", "Ma'anshan", "Pu'er", "Zhong'an", "Hawai'i", "Qur'an"]
)
@pytest.mark.parametrize("mark", SYLLABLE_MARKS, ids=ascii)
def test_a_right_form_with_a_mark_is_right_with_any_mark(name: str, mark: str) -> None:
    head, tail = name.split("'")
    cleaner = people(
        f'canonical: "{name}", variants: [{head}{tail}x], type: place',
        f"canonical: Right, variants: [{head}], type: place",
        f"canonical: Right, variants: [{tail.title()}], type: place",
    )
    for text in (f"{head}{mark}{tail}", f"{head}{mark}{tail}’s", f"‘{head}{mark}{tail}’"):
        check_unchanged(cleaner, text)
        check_unchanged(cleaner, text.upper())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("pro-Marwin", "pro-Ma Yun", id="pro"),
        pytest.param("Anti-Marwin", "Anti-Ma Yun", id="anti, capital"),
        pytest.param("the ex-Ma Win aide", "the ex-Ma Yun aide", id="ex"),
        pytest.param("PRO-MARWIN", "PRO-MA YUN", id="capitals"),
        pytest.param("post‑Marwin", "post‑Ma Yun", id="NON-BREAKING HYPHEN"),
        pytest.param("anti-Marwin-led", "anti-Ma Yun-led", id="prefix and suffix"),
        pytest.param("then-Marwin, non-Marwin", "then-Ma Yun, non-Ma Yun", id="then, non"),
        pytest.param("Hyun-Marwin", "Hyun-Marwin", id="Korean given name"),
        pytest.param("Un-Marwin, In-Marwin", "Un-Marwin, In-Marwin", id="Korean syllables"),
        pytest.param("Xu-Marwin", "Xu-Marwin", id="Chinese syllable"),
        pytest.param("Smith-Marwin", "Smith-Marwin", id="double surname"),
        pytest.param("Kim-pro-Marwin", "Kim-pro-Marwin", id="a prefix inside a name"),
        pytest.param("Marwin-chan", "Marwin-chan", id="behind the name"),
    ],
)
def test_prefixes(before: str, after: str) -> None:
    check(people("canonical: Ma Yun, variants: [Marwin, Ma Win]"), before, after)


@pytest.mark.parametrize(
    "variant",
    [
        "Ma\N{IDEOGRAPHIC SPACE}Win",
        "Ma\N{NO-BREAK SPACE}Win",
        "Ma\N{NARROW NO-BREAK SPACE}Win",
        "Ma\N{THIN SPACE}Win",
        "Ma\N{MEDIUM MATHEMATICAL SPACE}Win",
        "Ma\N{NON-BREAKING HYPHEN}win",
        "Ma\N{HYPHEN}win",
        "Mar\N{SOFT HYPHEN}win",
        "Mar\N{ZERO WIDTH SPACE}win",
        "Mar\N{ZERO WIDTH NON-JOINER}win",
        "Mar\N{ZERO WIDTH JOINER}win",
        "Mar\N{WORD JOINER}win",
        "Mar\N{ZERO WIDTH NO-BREAK SPACE}win",
        "Ma\N{ZERO WIDTH SPACE} Win",
        "Ma \N{ZERO WIDTH SPACE}Win",
        "Ma\N{SOFT HYPHEN}\N{SOFT HYPHEN} Win",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("around", ["{}", "So {} fell.", "é {}", "“{}”", "\N{GRINNING FACE} {}’s"])
def test_what_is_not_seen_inside_a_name(variant: str, around: str) -> None:
    cleaner = people("canonical: Ma Yun, variants: [Marwin, Ma Win, Ma-win]")
    check(cleaner, around.format(variant), around.format("Ma Yun"))
    capitals = around.format(variant.upper())
    check(cleaner, capitals, around.format("MA YUN"))


@pytest.mark.parametrize(
    "text",
    [
        "Marwin\N{ZERO WIDTH JOINER} fell",
        "\N{ZERO WIDTH JOINER}Marwin",
        "Marwin\N{COMBINING ACUTE ACCENT}",
        "Marwin\N{SOFT HYPHEN}ia",
        "Ka\N{ZERO WIDTH SPACE}Marwin",
        "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
    ],
    ids=ascii,
)
def test_grapheme_clusters_and_other_words_stay_whole(text: str) -> None:
    check_unchanged(people("canonical: Ma Yun, variants: [Marwin]"), text)


@pytest.mark.parametrize("level", ["fix", "suggest", "report"])
@pytest.mark.parametrize(
    ("canonical", "variant", "text"),
    [
        pytest.param("ByteDance", "Bytedance", "BYTEDANCE FALLS", id="inner capital"),
        pytest.param("ByteDance", "Bytedance", "ByteDance falls", id="right"),
        pytest.param("Sun Tianqi", "Sun TianQi", "SUN TIANQI", id="two words"),
        pytest.param("eBay", "Ebay", "EBAY", id="first letter small"),
        pytest.param("Élysée", "ÉlysÉe", "ÉLYSÉE", id="accents"),
    ],
)
def test_no_finding_for_what_stands_there(
    level: str, canonical: str, variant: str, text: str
) -> None:
    cleaner = people(f"canonical: {canonical}, variants: [{variant}], level: {level}")
    assert check_unchanged(cleaner, text).findings == ()
    assert cleaner.clean(text.replace(text.split()[0], variant)).findings
