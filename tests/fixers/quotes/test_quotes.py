"""Quotation marks: what is repaired, and what is left alone."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.fixers.quotes.literals import glued
from tests.samples import CLEAN, bundled, bundled_index, read

MARKS = {"quotes/single", "quotes/double", "quotes/settled"}
QUOTES = Cleaner(bundled_index(), acts=MARKS.__contains__)
TEX = Cleaner(bundled_index(), acts=lambda id_: id_ == "quotes/tex", damaged=True)


def check(before: str, after: str) -> None:
    assert QUOTES.clean(before).text == after
    assert QUOTES.clean(after).text == after


def check_unchanged(text: str) -> None:
    check(text, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "called the’golden goose’ in",
            "called the ‘golden goose’ in",
            id="after a function word",
        ),
        pytest.param(
            "as a’rat by the road’.", "as a ‘rat by the road’.", id="closed before a full stop"
        ),
        pytest.param(
            "of’one thing’ and’another’",
            "of ‘one thing’ and ‘another’",
            id="two pairs, one at the end",
        ),
        pytest.param(
            "has been'closed' in a'long week'.",
            "has been 'closed' in a 'long week'.",
            id="straight",
        ),
        pytest.param(
            "In’Ma Yun’s silence’, it", "In ‘Ma Yun’s silence’, it", id="possessive inside"
        ),
        pytest.param(
            "Nexon’s’Maple Story’ is", "Nexon’s ‘Maple Story’ is", id="after a possessive"
        ),
        pytest.param("saying,’We will see’.", "saying, ‘We will see’.", id="after a comma"),
        pytest.param(
            "was 29 times’down’ there", "was 29 times ‘down’ there", id="after a number and a word"
        ),
        pytest.param("the’Class B’shares rose", "the ‘Class B’ shares rose", id="both ends glued"),
        pytest.param(
            "a ’Class B’shares issue", "a ‘Class B’ shares issue", id="only the closer glued"
        ),
        pytest.param("If’Sunlight,’ a film, had", "If ‘Sunlight,’ a film, had", id="comma inside"),
        pytest.param("was it’massive’?” he", "was it ‘massive’?” he", id="before a question mark"),
        pytest.param(
            "called’Two (二選一)’. It", "called ‘Two (二選一)’. It", id="closed behind a bracket"
        ),
        pytest.param(
            "the 'Fear Itself' of the'Other'.",
            "the 'Fear Itself' of the 'Other'.",
            id="right before wrong",
        ),
        pytest.param("the’one' and", "the ‘one’ and", id="mixed marks even out"),
        pytest.param(
            "the’students’ union’ was", "the ‘students’ union’ was", id="plural possessive inside"
        ),
        pytest.param(
            "O’Brien’s’Class of ’98’ ran", "O’Brien’s ‘Class of ’98’ ran", id="among apostrophes"
        ),
        pytest.param(
            "tribunal’Vaerralne’", "tribunal ‘Vaerralne’", id="unknown word behind the mark"
        ),
    ],
)
def test_repaired(before: str, after: str) -> None:
    check(before, after)


@pytest.mark.parametrize(
    "text",
    [
        # apostrophes
        "It’s, China’s, Ma’s, they’re, we’ve, I’ll, he’d, I’m, don’t, get ’em",
        "Xi’an, Tai’an, Chang’an, Tian’anmen, Qur’an, Shin’ichi, Hawai’i and the boys’ books",
        "The Lu’an and An’hui and An’yang markets and the students’ books",
        "O’Brien and D’Arcy in the ’90s; rock ’n’ roll, ’tis, fo’c’sle, o’clock, ma’am",
        "the fat’n’sloppy electrons of thin’ pipes",
        "Thou think’st too much of the kings’ gold; i’faith, thou may’st.",
        "I DON’T, WE’RE, O’CLOCK",
        # an apostrophe inside a word, and a plural possessive that looks like its closer
        "the students’ books and the teachers’ room",
        "The nor’easter flooded the residents’ homes, and the nor'wester the farmers' fields.",
        "A’ja Wilson led the Aces’ charge; As’ad rejected the allies’ plan.",
        "Be’eri kept its villagers’ homes.",
        "They stowed it for’ard of the sailors’ quarters.",
        "by the on’yomi of the characters’ readings.",
        "Toys’R’Us beat its rivals’ prices, and Jack’O’Lantern stood at the neighbours’ door.",
        "Grand’Anse lost its farmers’ crops.",
        "pasta all’Italiana, the Romans’ pride; All’alba, the tenors’ aria.",
        "Int’l Off’rs and Bd. of Sup’rs, the Machinists’ Ass’n.",
        # quotations that are right
        "‘He said “don’t” to O’Brien’s boys,’ she wrote.",
        "He called it a ‘living treasure’ and a 'dead end'.",
        # no closer
        "as a’rat by the road",
        "the’rat and the mice of the house were gone",
        # no quotation can be so long, or hold half of another one
        "the’" + "word " * 45 + "end’ of it",
        "the’one “two’ three” four",
        # code, tables, phonetics, mathematics, measures
        "if x['a']: print(b'c', f'd') # in the'code' here }",
        "    the’quoted’ of an indented line",
        "| the’cell’ of a table |",
        "8,’hike’ and 12,’bike’",
        "/fa’kl/ and /be'·t@/ are sounds of the'table'",
        "The product a'b' is a scalar, and A'B' a matrix.",
        "It is 5’10” tall and 6'2\" wide.",
    ],
    ids=lambda text: text[:25],
)
def test_left_alone(text: str) -> None:
    check_unchanged(text)


def test_a_document_that_loses_openers_is_believed_where_the_word_is_unknown() -> None:
    unknown = "Holtialbaen’Quiet Politics’ went on."
    check_unchanged(unknown)
    check(
        f"It is the’first’ and the’second’.\n\n{unknown}",
        "It is the ‘first’ and the ‘second’.\n\nHoltialbaen ‘Quiet Politics’ went on.",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("called ``weak-dam,'' the", "called “weak-dam,” the", id="comma inside"),
        pytest.param("``It's done,'' he said", "“It's done,” he said", id="apostrophe inside"),
        pytest.param("``one'' and ``two''", "“one” and “two”", id="twice"),
        pytest.param("``never closed", "``never closed", id="not closed"),
        pytest.param("run ``' '' now", "run ``' '' now", id="spaces inside"),
    ],
)
def test_typewriter_quotes(before: str, after: str) -> None:
    assert TEX.clean(before).text == after


def test_typewriter_quotes_stay_in_a_text_without_damage() -> None:
    assert (
        bundled().clean("GNU says ``hello'' to `world'.").text == "GNU says ``hello'' to `world'."
    )


def test_what_begins_a_repair() -> None:
    pieces = glued({"s", "t", "re"})
    assert {b"'a", "’rea".encode(), b"'sa", "’".encode() + b"\xe4"} <= pieces
    assert not {b"'s", b"'t", b"'re", b"'r"} & pieces


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a file that have one line."""
    return [text for text in read(path).split("\n\n") if "\n" not in text.strip()]


NOT_PROSE = {"manual.txt", "markdown-page.txt", "server-notes.txt", "session-log.txt"}  # code
NOT_ENGLISH = {"hanzi-notes.txt", "kanji-notes.txt"}
PROSE = [
    text for path in CLEAN if path.name not in NOT_PROSE | NOT_ENGLISH for text in paragraphs(path)
]
RUN = re.compile(r"(?<=[a-z]) ([A-Za-z]+(?: [A-Za-z]+){0,4})(?=[ ,.;])")


def test_quotations_put_into_good_prose_and_glued_come_back() -> None:
    chance = random.Random(5)
    repaired: list[bool] = []
    for text in PROSE:
        if "‘" in text or "'" in text:
            continue  # dialogue: it would be a quotation inside a quotation
        runs = list(RUN.finditer(text))
        for run in chance.sample(runs, min(3, len(runs))):
            head, tail = text[: run.start()], text[run.end() :]
            good, broken = f"{head} ‘{run[1]}’{tail}", f"{head}’{run[1]}’{tail}"
            result = QUOTES.clean(broken).text
            assert result in {good, broken}
            repaired.append(result == good)
    assert sum(repaired) > 60
    assert sum(repaired) >= 0.8 * len(repaired)


WORDS = [
    "quiet",
    "river",
    "of",
    "the",
    "students’",
    "China’s",
    "don’t",
    "company",
    "in",
    "a",
    "report",
    "Marwin",
]


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14), st.data())
@settings(max_examples=300)
def test_a_glued_opener_comes_back_or_stays(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(1, len(words) - 2))
    end = data.draw(st.integers(start, min(start + 6, len(words) - 2)))
    assume(not words[end].endswith("’"))
    words[start] = f"‘{words[start]}"
    words[end] = f"{words[end]}’"
    good = " ".join(words)
    broken = good.replace(" ‘", "’", 1)
    assert QUOTES.clean(broken).text in {good, broken}
