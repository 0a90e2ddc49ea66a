"""What has no certain reading in a damaged document is pointed at, and stays."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

MARKS = {"quotes/single", "quotes/double", "quotes/settled", "quotes/unsettled"}
DAMAGED = Cleaner(bundled_index(), acts=MARKS.__contains__, damaged=True)
UNKNOWN = Cleaner(bundled_index(), acts=MARKS.__contains__)


def check(text: str, *places: str) -> None:
    """Clean a text in which nothing changes: the findings begin with these texts, in order."""
    result = DAMAGED.clean(text)
    assert result.text == text
    found = [finding.span.start for finding in result.findings]
    assert len(found) == len(places)
    for at, place in zip(found, places, strict=True):
        assert text.startswith(place, at)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("When it came out,” he left.", "” he", id="a closer without an opener"),
        pytest.param(
            'It is so. "He left the town.', '"He', id="a straight opener without a closer"
        ),
        pytest.param("In May 2018, ‘Right before the storm", "‘Right", id="a single opener"),
        pytest.param("“Better trade is’victims than none,” he said.", "’victims", id="glued"),
        pytest.param("So it is.” There will be several,” he said.", "” There", id="two closers"),
        pytest.param("’S what he said of it.", "’S", id="a tail at the beginning"),
        pytest.param("So it is.\n\n’Re the ones he saw.", "’Re", id="a tail that begins a block"),
        pytest.param("The hall of Korea 's oldest school.", "'s", id="a tail behind a space"),
        pytest.param("The school (’s hall burned) is old.", "’s", id="a tail in brackets"),
    ],
)
def test_marks_without_a_certain_reading_are_reported(text: str, place: str) -> None:
    check(text, place)
    assert not UNKNOWN.clean(text).findings


def test_one_place_a_paragraph() -> None:
    check("When it came out,” he left. It fell,” he said.\n\nSo it is,” he said.", "” he", "” he")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We left,” he said, “and it’s ‘home’ now.”", id="right marks"),
        pytest.param("“A long speech.\n\n“It goes on.”", id="a speech of two paragraphs"),
        pytest.param('"A long speech.\n\n"It goes on."', id="the same, straight"),
        pytest.param("“A long speech.\n\nIt goes on.” So.", id="closed in a later paragraph"),
        pytest.param("He is 6'2\" tall, and the board is 5″ wide.", id="feet and inches"),
        pytest.param("It’s the school’s hall, and we’ll see it.", id="tails of words"),
        pytest.param("’Tis so.\n\n’Twas so.", id="words that begin with an apostrophe"),
        pytest.param("The dogs’ supper is nothin’ to the boys’ in the ’90s.", id="apostrophes"),
        pytest.param("He said, “we shall see.", id="the business of `unclosed`"),
        pytest.param("Type `fold` to fold a line, and then `cut`.", id="code"),
    ],
)
def test_good_marks_are_not_reported(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param("”quiet river”", id="both marks face one way"),
        pytest.param("“ quiet river ”", id="spaces inside"),
        pytest.param("’quiet river’", id="single marks that face one way"),
        pytest.param("`quiet river'", id="a grave accent as the opener"),
    ],
)
def test_what_a_document_does_all_the_time_is_its_style(pair: str) -> None:
    text = "\n\n".join(f"They call the {number}th one a {pair} of the land." for number in range(9))
    few = f"They call it a {pair} of the land."
    assert DAMAGED.clean(text).text == text
    assert DAMAGED.clean(few).text != few


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("The mayor said, “The river is long.” “He said.", "speech/speaker-in-quotes"),
        ("“The river is long.” Said. He left.", "speech/speaker-without-speech"),
        ("The mayor asked, “Is it long,” he said.", "speech/speaker-twice"),
    ],
)
def test_a_stray_speaker_is_reported(text: str, reported: str) -> None:
    cleaner = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("speech/"), damaged=True)
    result = cleaner.clean(text)
    assert result.text == text
    assert [finding.label for finding in result.findings] == [reported]


def test_right_speech_is_not_reported() -> None:
    text = "“It is long,” he said. “It is the longest.” He said no more. “He said so,” she wrote."
    cleaner = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("speech/"), damaged=True)
    assert not cleaner.clean(text).findings
