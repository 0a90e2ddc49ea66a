"""Bundled rules for terms and punctuation of translated pages, in damaged and in good texts."""

from __future__ import annotations

import pytest

from tests.samples import bundled

DAMAGED = "The snow came at noon. [AP=연합뉴스]\n\n"
SUGGESTING = bundled("suggest")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("It was Corona 19 again.", "It was COVID-19 again.", id="Corona 19"),
        pytest.param("It was corona19 again.", "It was COVID-19 again.", id="corona19"),
        pytest.param("It was Corona-19 again.", "It was COVID-19 again.", id="Corona-19"),
        pytest.param(
            "THE CORONA 19 CRISIS IS HERE.", "THE COVID-19 CRISIS IS HERE.", id="capitals"
        ),
        pytest.param(
            "It was a new coronavirus infection (Corona 19) again.",
            "It was a new coronavirus infection (COVID-19) again.",
            id="in brackets",
        ),
        pytest.param("The coronavirus 19 is here.", "The COVID-19 is here.", id="coronavirus 19"),
        pytest.param(
            "It was new crown pneumonia again.", "It was COVID-19 again.", id="new crown pneumonia"
        ),
        pytest.param(
            "The new crown epidemic is here.", "The COVID-19 epidemic is here.", id="new crown"
        ),
        pytest.param(
            "The new coronary pneumonia virus is here.", "The COVID-19 is here.", id="new coronary"
        ),
        pytest.param(
            "They impeded Xinguan epidemic work.", "They impeded COVID-19 epidemic work.", id="新冠"
        ),
        pytest.param("The newsㅣSports desk is here.", "The news|Sports desk is here.", id="a bar"),
        pytest.param(
            "The news ㅣ Sports of it.", "The news | Sports of it.", id="a bar and spaces"
        ),
        pytest.param(
            "Release time2021-01-20 of it.", "Release time 2021-01-20 of it.", id="a date"
        ),
        pytest.param(
            "The mayor waits...Snow is here.", "The mayor waits... Snow is here.", id="..."
        ),
        pytest.param("The mayor waits…Snow is here.", "The mayor waits… Snow is here.", id="…"),
    ],
)
def test_in_a_damaged_text(before: str, after: str) -> None:
    assert bundled().clean(DAMAGED + before).text.partition("\n\n")[2] == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He drove a Toyota Corona 1900 and a Corona 19 km far.", id="a car"),
        pytest.param("He drank a Corona, 19 of them, on Corona 19 May.", id="a beer"),
        pytest.param("A new crown for the new crown prince is here.", id="a crown"),
        pytest.param("They went to Xinguan and were there.", id="a place"),
        pytest.param("The new coronary artery is here.", id="a heart"),
        pytest.param("The vowel ㅣ is long, and so is 이ㅣA of it.", id="a vowel"),
        pytest.param("The file log2021-01-20.txt and x2021-01-20 are here.", id="names of files"),
        pytest.param("The mayor waits...and says it, For...Next.", id="small letters"),
    ],
)
def test_left_alone_in_a_damaged_text(text: str) -> None:
    assert bundled().clean(DAMAGED + text).text.partition("\n\n")[2] == text


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        pytest.param("It was Corona 19 again.", "It was COVID-19 again.", id="Corona 19"),
        pytest.param(
            "The new crown epidemic is here.", "The COVID-19 epidemic is here.", id="新冠"
        ),
        pytest.param("The newsㅣSports desk is here.", "The news|Sports desk is here.", id="a bar"),
    ],
)
def test_in_another_text_it_is_suggested(text: str, suggested: str) -> None:
    assert bundled().clean(text).text == text
    assert SUGGESTING.clean(text).text == suggested
