"""Whose name a variant is a part of: somebody else's, or that of the person the rule is about."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.rules.model import RuleSet
from cleaner.text import words
from tests.engine.checks import check, check_unchanged
from tests.samples import CLEAN, bundled_rules, people, read

CLEANER = people(
    "canonical: Ma Yun, aliases: [Jack Ma], variants: [Marwin, Ma Win], unless: [Marwin Hitz]",
    "canonical: Alibaba, variants: [Aribaba], type: organisation",
    "canonical: Zhang Yong, variants: [Jang Yong], when: [Taobao]",
)

SOMEBODY_ELSE = [
    # a surname that no dictionary has
    "Marwin Okafor won.",
    "the goal of Marwin Hitz",
    "Marwin Hitz’s goal",
    "MARWIN OKAFOR WON",
    "Marwin\nOkafor won.",
    "Marwin\N{NO-BREAK SPACE}Okafor",
    "Ma Win Okafor",
    "Marwin Okafor-Smith",
    "Marwin Ćosić",
    # a surname that the dictionary has because subtitles have it
    "Marwin Johnson",
    "Marwin Smith won.",
    "Marwin García-Jones",
    "Marwin Kim",
    "Marwin Brown won.",
    "Marwin Park",
    "Marwin Al-Farsi",
    "Marwin El‑Baz",
    # with a mark, a particle, an initial or a nickname
    "Marwin O’Brien",
    "Marwin D’Souza’s goal",
    "Marwin de Ligt",
    "Marwin van der Berg",
    "Marwin bin Salman",
    "Marwin K. Okafor",
    "Marwin “The Wall” Okafor",
    'Marwin "The Wall" Hitz',
    # in quotation marks
    "“Marwin” Hitz",
    "'Marwin' Hitz",
    '"Marwin" Okafor',
    "“Marwin Okafor”",
    # a given name before it
    "Kevin Marwin won.",
    "when John Marwin won",
    "KEVIN MARWIN",
    "Siobhan Marwin",
    "Kevin\nMarwin",
    # as wide as evidence may be
    "Alibaba sponsored Marwin Okafor.",
]
THE_SAME = [
    # titles, verbs and ordinary words
    "CEO Marwin",
    "Chairman Marwin",
    "Marwin Chairman",
    "Founder Marwin said.",
    "Yesterday Marwin said.",
    "But Marwin left.",
    "Mr. Marwin",
    "Marwin Wins Big Award",
    "Why Marwin Left Alibaba",
    "Marwin Isn’t Coming",
    "Marwin Won't Sell",
    "MARWIN WINS",
    "Ma Win Group",
    "Marwin Foundation",
    "Marwin Monday said",
    "Marwin May Sell",
    "Marwin Will Return",
    "Marwin Co-Founder",
    # abbreviations
    "Marwin CEO",
    "Marwin AI lab",
    "AFP Marwin",
    "Marwin EVs",
    "Ex-CEO Marwin",
    "AI-CEO Marwin",
    # titles in British style, and British spelling
    "Mr Marwin",
    "Ms Marwin, Dr Marwin",
    "Ma Win Jr.",
    "Marwin Apologises Again",
    "Marwin Criticised",
    # names that the rules know
    "Marwin Alibaba",
    "Alibaba Marwin",
    "Marwin Aribaba",
    "Taobao’s Marwin",
    "Marwin Taobao",
    "Zhang Yong Marwin",
    # places that everybody knows
    "Marwin Beijing",
    "Shanghai Marwin",
    # something between the two
    "Marwin, Okafor and Kim",
    "Marwin (Okafor)",
    "Marwin’s Okafor",
    "Marwin: Okafor",
    "Kevin, Marwin",
    "Kevin’s Marwin",
    "Kevin and Marwin",
    "Marwin and Okafor",
    "Marwin\n\nOkafor",
    "Kevin\n\nMarwin",
    "Marwin. Okafor",
    "Marwin okafor",
    "Marwin 4 Okafor",
    "Marwin I met",
]


@pytest.mark.parametrize("text", SOMEBODY_ELSE)
def test_somebody_else(text: str) -> None:
    check_unchanged(CLEANER, text)


@pytest.mark.parametrize("text", THE_SAME)
def test_the_same_person(text: str) -> None:
    cleaned = CLEANER.clean(text).text
    for variant, canonical in (("Marwin", "Ma Yun"), ("MARWIN", "MA YUN"), ("Ma Win", "Ma Yun")):
        text = text.replace(variant, canonical)
    assert cleaned == text.replace("Aribaba", "Alibaba")


@pytest.mark.parametrize("kind", ["organisation", "place", "term"])
def test_only_people_have_surnames(kind: str) -> None:
    """“Antgroup Zurich” and “Antgroup Holdings” are parts of the Ant Group."""
    cleaner = people(f"canonical: Ant Group, variants: [Antgroup], type: {kind}")
    check(cleaner, "Antgroup Zurich, Antgroup Okafor", "Ant Group Zurich, Ant Group Okafor")


def test_somebody_else_is_no_evidence() -> None:
    cleaner = people(
        "canonical: Ma Yun, variants: [Marwin]",
        "canonical: Jiang Fan, variants: [Zhangfan], when: [Ma Yun]",
    )
    check_unchanged(cleaner, "Marwin Okafor met Zhangfan")
    check(cleaner, "Marwin met Zhangfan", "Ma Yun met Jiang Fan")


def names_only() -> Cleaner:
    """Return a cleaner with the bundled rules about names: those about marks read a dictionary."""
    rules = bundled_rules()
    names = tuple(rule for rule in rules if rule.kind == "name")
    return Cleaner(RuleSet(names, rules.boundaries))


def test_the_dictionary_is_read_for_such_words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(word: str) -> bool:
        raise AssertionError(f"“{word}” was looked up")

    monkeypatch.setattr(words, "is_familiar", refuse)
    for path in CLEAN:
        if path.name != "namesakes.txt":  # it is about people of such names
            names_only().clean(read(path))
    check(CLEANER, "Alibaba: Marwin fell, and Ma Win.", "Alibaba: Ma Yun fell, and Ma Yun.")
    with pytest.raises(AssertionError, match="okafor"):
        CLEANER.clean("Marwin Okafor")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        pytest.param("“Taobao” and Jang Yong", True, id="evidence in quotation marks"),
        pytest.param("'Taobao' and Jang Yong", True, id="in single ones"),
        pytest.param("Tao “Bao” and Jang Yong", False, id="another word"),
        pytest.param("anti-Taobao and Jang Yong", True, id="with a prefix"),
        pytest.param("Taobao가 and Jang Yong", True, id="with a particle"),
    ],
)
def test_evidence(text: str, fires: bool) -> None:
    assert (CLEANER.clean(text).text != text) is fires


@pytest.mark.parametrize(
    ("evidence", "text", "fires"),
    [
        pytest.param("Ant Group", "“Ant” Group", True, id="quotation marks inside"),
        pytest.param("Ant Group", "‘Ant’ Group", True, id="single ones"),
        pytest.param("Ant Group", 'Ant "Group"', True, id="straight ones"),
        pytest.param("Ant Group", "Ant. “Group”", False, id="a full stop"),
        pytest.param("텐센트", "텐센트의", True, id="particle"),
        pytest.param("알리바바", "알리바바가", True, id="another particle"),
        pytest.param("텐센트", "텐센트에서는", True, id="two particles"),
        pytest.param("텐센트", "‘텐센트’로부터", True, id="particle behind a quotation mark"),
        pytest.param("텐센트", "텐센트뮤직", False, id="another word"),
        pytest.param("텐센트", "한텐센트의", False, id="inside a word"),
    ],
)
def test_evidence_as_it_is_written(evidence: str, text: str, fires: bool) -> None:
    cleaner = people(f"canonical: Ma Yun, variants: [Marwin], when: [{evidence}]")
    assert cleaner.clean(f"{text}, Marwin").changed is fires


@pytest.mark.parametrize(
    "text",
    [
        "Marwin Cup",
        "“Marwin” Cup",
        "‘Marwin’ Cup",
        "'Marwin' Cup",
        'Marwin "Cup"',
        "the “Marwin Cup”",
        "Marwin Cup-winning",
        "the Marwin Cups",
        "the “Marwin” Cups",
        "Mar\N{SOFT HYPHEN}win\N{NO-BREAK SPACE}Cup",
    ],
)
def test_unless(text: str) -> None:
    cleaner = people("canonical: Ma Yun, variants: [Marwin], unless: [Marwin Cup]")
    check_unchanged(cleaner, text)
    check(cleaner, f"{text}. Marwin", f"{text}. Ma Yun")
