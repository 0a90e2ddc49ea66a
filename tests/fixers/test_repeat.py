"""Headlines and paragraphs printed twice: what is deleted, and what is repeated on purpose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.fixers.repeat import comparison, words
from cleaner.formats import for_name
from cleaner.text.doubled import with_doubled_words
from tests.samples import bundled, bundled_index

IDS = (
    "repeats/headline",
    "repeats/headline-before-caption",
    "repeats/paragraph",
    "repeats/cut-off",
)
REPEATS = Cleaner(bundled_index(), acts=IDS.__contains__, damaged=True)
BUNDLED = bundled()

HEADLINE = "The harbour of Muldeul is frozen, ‘first time in 41 years’"
CAPTION = "The ferry of the island lies in the harbour behind a plate of ice."
LONG = (
    "Eighty-two passengers slept in the waiting room, and the captain said “no” to all who asked "
    "him for a boat to the other side."
)
BETWEEN_WORDS = LONG.index(" captain")
IN_WORD = BETWEEN_WORDS + 5
PSALM = "The sea is frozen and my heart is cold, and you are far away from me."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"{HEADLINE}\n\n{HEADLINE}\n\n{LONG}", f"{HEADLINE}\n\n{LONG}", id="headline"),
        pytest.param(
            f"{HEADLINE}\n{HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="headline on the next line",
        ),
        pytest.param(
            f"Ice in Muldeul\r\n\r\nIce in Muldeul\r\n\r\n{LONG}",
            f"Ice in Muldeul\r\n\r\n{LONG}",
            id="short headline and CRLF",
        ),
        pytest.param(
            f"{HEADLINE} | Dalbit News\n\n{HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="the first with the name of the site",
        ),
        pytest.param(
            f"{HEADLINE}\n\n{HEADLINE} - Dalbit News\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="the second with the name of the site",
        ),
        pytest.param(
            f"{HEADLINE} | DALBITWEB(にゅうす)\n\n{HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="the name of the site with another one in brackets",
        ),
        pytest.param(
            f"{HEADLINE}\n\n{HEADLINE}\n{HEADLINE.lower()}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="three times, once in small letters",
        ),
        pytest.param(
            f"{HEADLINE}\n\n[Exclusive] {HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="a label before the second",
        ),
        pytest.param(
            f"{HEADLINE[:40]}...\n\n{HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="the first is cut off",
        ),
        pytest.param(
            f"{HEADLINE}\n\n{HEADLINE[:40]}…\n\n{LONG}",
            f"{HEADLINE}\n\n{LONG}",
            id="the second is cut off",
        ),
        pytest.param(
            f"Ice\n\n{LONG[:IN_WORD]}\n\n{LONG}",
            f"Ice\n\n{LONG}",
            id="a paragraph cut off in a word",
        ),
        pytest.param(
            f"Ice\n\n{LONG[:BETWEEN_WORDS]} ...\n\n{LONG}",
            f"Ice\n\n{LONG}",
            id="a paragraph cut off with an ellipsis",
        ),
        pytest.param(
            f"{HEADLINE}\n\nBy Nam Bo-ra\n\n{HEADLINE}\n\n{LONG}",
            f"{HEADLINE}\n\nBy Nam Bo-ra\n\n{LONG}",
            id="a byline between the two",
        ),
        pytest.param(
            f"{HEADLINE}\n\n{HEADLINE} {CAPTION}\n\n{LONG}",
            f"{HEADLINE}\n\n{CAPTION}\n\n{LONG}",
            id="headline before a caption",
        ),
        pytest.param(
            f"{LONG}\n\n{CAPTION}\n\n{CAPTION}\n\nEnd.",
            f"{LONG}\n\n{CAPTION}\n\nEnd.",
            id="caption",
        ),
        pytest.param(
            f"{LONG}\n\nIce behind the‘white ferry’of the island, seen in May\n\n"
            "Ice behind the 'white ferry' of the island, seen in May",
            f"{LONG}\n\nIce behind the 'white ferry' of the island, seen in May",
            id="quotation marks differ",
        ),
        pytest.param(
            f"{LONG}\n\n{CAPTION} (Photo: Yonhap)\n\n{CAPTION}\n\n{LONG} It snowed.",
            f"{LONG}\n\n{CAPTION} (Photo: Yonhap)\n\n{LONG} It snowed.",
            id="the one with the credit stays",
        ),
        pytest.param(
            f"{LONG}\n\n{CAPTION}\n\n{CAPTION} AP/Yonhap\n\nEnd.",
            f"{LONG}\n\n{CAPTION} AP/Yonhap\n\nEnd.",
            id="a credit without brackets",
        ),
        pytest.param(
            f"{LONG}\n\nThe captain says “I will not let you row” to us\n\n".replace(" to us", "")
            + "The captain says “I will not let you row”",
            f"{LONG}\n\nThe captain says “I will not let you row”",
            id="speech inside quotation marks",
        ),
    ],
)
def test_repeats(before: str, after: str) -> None:
    assert REPEATS.clean(before).text == after
    assert REPEATS.clean(after).text == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Muldeul\n\nMuldeul\n\n{LONG}", id="one word is a name"),
        pytest.param(f"{CAPTION}\n\n{LONG}\n\n{LONG} Or so.", id="the beginning of another one"),
        pytest.param(f"{CAPTION}\n\n{LONG}\n\n{LONG[:-1]} today.", id="all but the full stop"),
        pytest.param(f"Ice\n\n{LONG[:BETWEEN_WORDS]}\n\n{LONG}", id="cut off between two words"),
        pytest.param(f"{LONG[:IN_WORD]}\n\n{LONG}", id="the title of the text"),
        pytest.param(f"Ice\n\n{PSALM[:60]}\n\n{PSALM} {LONG}", id="a prayer that is cut off"),
        pytest.param(f"Ice\n\n{LONG[:IN_WORD]}\n\n{CAPTION}\n\n{LONG}", id="cut off further up"),
        pytest.param("The ice...\n\nThe ice of Muldeul\n\n" + LONG, id="short and an ellipsis"),
        pytest.param(f"{LONG}\n\n{PSALM}\n\n{PSALM}\n\n{LONG} Or so.", id="prayer"),
        pytest.param(
            f"{LONG}\n\n{CAPTION}\n\n{CAPTION}\n\n{CAPTION}", id="three times is a refrain"
        ),
        pytest.param(
            "The ice\n\n"
            + "The ice is white and the sea is grey tonight\n\n" * 2
            + "And no one rows",
            id="verse among short lines",
        ),
        pytest.param(
            f"{LONG}\n\nThe owner shall keep the ferry and the pier in good order.\n\n"
            "The owner shall keep the ferry and the pier in good order.",
            id="contract",
        ),
        pytest.param(
            f"{LONG}\n\nFerry   12:00   13:00   14:00   15:00   Muldeul\n\n"
            "Ferry   12:00   13:00   14:00   15:00   Muldeul",
            id="table",
        ),
        pytest.param(
            f"{LONG}\n\n- The ferry of the island lies in the harbour of ice\n\n"
            "- The ferry of the island lies in the harbour of ice",
            id="items of a list",
        ),
        pytest.param(
            f"{LONG}\n\nferry.load(passengers, count=82); ferry.leave(at=12);\n\n"
            "ferry.load(passengers, count=82); ferry.leave(at=12);",
            id="code",
        ),
        pytest.param(
            f"{LONG}\n\nThe ferry is at https://dalbit.example/ferry in the ice\n\n"
            "The ferry is at https://dalbit.example/ferry in the ice",
            id="a protected span",
        ),
        pytest.param(f"{LONG}\n\nThe ferry\n\nThe ferry\n\nEnd.", id="short"),
        pytest.param(
            f"{LONG}\n\nLe bateau de l'île reste au port derrière une plaque de glace.\n\n"
            "Le bateau de l'île reste au port derrière une plaque de glace.",
            id="another language",
        ),
        pytest.param(
            f"{HEADLINE}\n\n{HEADLINE}, and the ferry stays.\n\n{LONG}",
            id="a sentence that begins with the headline",
        ),
        pytest.param(f"{LONG}\n\n{CAPTION}\n\n{LONG} It snowed.\n\n{CAPTION}", id="later"),
    ],
)
def test_what_is_repeated_on_purpose(text: str) -> None:
    assert REPEATS.clean(text).text == text


def levels(text: str) -> set[tuple[str, str]]:
    return {(one.level, one.label) for one in BUNDLED.clean(text).findings}


def test_a_copy_is_only_suggested() -> None:
    text = f"[ad_1]\n\n{LONG}\n\n{CAPTION}\n\n{LONG} It snowed.\n\n{CAPTION}"
    assert ("suggest", "repeats/copy") in levels(text)


def test_without_proven_damage_nothing_is_deleted() -> None:
    text = f"{HEADLINE}\n\n{HEADLINE}\n\n{LONG}\n\n{CAPTION}\n\n{CAPTION}"
    assert BUNDLED.clean(text).text == text
    assert levels(text) == set()
    translated = text.replace("frozen,", "frozen…")
    assert levels(translated) == {("suggest", "repeats/translated-headline")}


def test_html_loses_the_whole_element() -> None:
    page = f"<h1>{HEADLINE}</h1><p>{HEADLINE}</p><p>{LONG}</p>"
    cleaned = REPEATS.clean(page, for_name("page.html").read).source
    assert cleaned == f"<h1>{HEADLINE}</h1><p>{LONG}</p>"


def test_the_cells_of_a_table_stay() -> None:
    row = f"<td>{CAPTION}</td>" * 2
    page = f"<p>{LONG}</p><table><tr>{row}</tr></table><p>{LONG} It snowed.</p>"
    assert REPEATS.clean(page, for_name("page.html").read).source == page


BLOCKS = st.sampled_from([HEADLINE, CAPTION, f"{CAPTION} [Yonhap]", LONG, PSALM, "Muldeul", "x"])


@given(st.lists(BLOCKS, max_size=8))
def test_what_is_deleted_still_stands_elsewhere(blocks: list[str]) -> None:
    cleaned = REPEATS.clean("\n\n".join(blocks)).text
    assert REPEATS.clean(cleaned).text == cleaned
    left = cleaned.split("\n\n") if cleaned else []
    assert [text for text in (HEADLINE, LONG, PSALM) if text in blocks and text not in left] == []
    assert any(CAPTION in text for text in left) == any(CAPTION in text for text in blocks)


OTHER = f"{LONG[:BETWEEN_WORDS]} crew had no boat, “and no crew”, as the mayor told them."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Governor Governor Yang spoke.", "Governor Governor", id="a word"),
        pytest.param("Yang Yang Yang spoke.", "Yang Yang Yang", id="a word three times"),
        pytest.param("It is: it is the sea", None, id="two short words"),
        pytest.param(
            "Editor’s note: editor’s note: ice", "Editor’s note: editor’s note", id="note"
        ),
        pytest.param(
            "It froze in May, froze in May again.", "froze in May, froze in May", id="phrase"
        ),
        pytest.param("It grew more and more and more.", None, id="more and more and more"),
        pytest.param("No no no, no no no, he said.", None, id="one word only"),
        pytest.param("It was cold that that day.", None, id="a word in small letters"),
        pytest.param("Governor Governors Yang", None, id="the beginning of another word"),
        pytest.param("He went to Muldeul, Muldeul froze.", None, id="a comma between names"),
    ],
)
def test_words_that_stand_twice(text: str, shown: str | None) -> None:
    text += " (Muldeul)"
    findings = bundled(damaged=True).clean(text).findings
    found = [one.before for one in findings if one.label == "repeats/doubled-words"]
    assert found == ([] if shown is None else [shown])
    assert ("report", "repeats/doubled-words") not in levels(text)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param(f"Ice\n\n{LONG[:-7]}\n\n{OTHER} {LONG}", True, id="breaks off"),
        pytest.param(f"Ice\n\n{LONG}\n\n{OTHER} {LONG}", False, id="ends with a full stop"),
        pytest.param(f"{LONG[:-7]}\n\n{OTHER} {LONG}", False, id="the title of the text"),
    ],
)
def test_another_version_is_suggested(text: str, *, is_found: bool) -> None:
    findings = bundled(damaged=True).clean(text).findings
    found = {(one.level, one.label) for one in findings}
    assert (("suggest", "repeats/another-version") in found) == is_found


ENDS = ["…", ".", "...", " ", "a", "B", "(AP)", "[AP=Yonhap]", "]", ". ", "AP/", " =", "\n", "Ice "]


@given(st.lists(st.sampled_from(ENDS) | st.text(max_size=2), max_size=9).map("".join))
def test_what_is_taken_from_the_end_of_a_text(text: str) -> None:
    for long in (text, "The sea froze (again) today. " * 20 + text):
        assert comparison.without_credit(long) == comparison.CREDIT.sub("", long)
        ellipsis = r" ?(?:\N{HORIZONTAL ELLIPSIS}|\.{3,})\Z"
        assert comparison.without_ellipsis(long) == re.sub(ellipsis, "", long)


PIECES = st.sampled_from(["sea", " ", "_", "\n", "\N{EN DASH}" * 30, "7", "é", "빙"]) | st.text()


@given(st.lists(st.lists(PIECES).map("".join), max_size=4))
def test_the_first_letters_of_texts(texts: list[str]) -> None:
    letters = [comparison.letters(text) for text in texts]
    assert comparison.first_letters(texts) == [each[: comparison.FEW_LETTERS] for each in letters]


WORDS = st.sampled_from(
    ["the", "The", "sea", "Sea", "ice", "s", "İce", "ſea", "빙하", "éé", "of-it"]
)
MARKS = st.sampled_from(
    [" ", " ", " ", ", ", "-", "'", "’", " “", "\n", ": ", ".", "\N{NO-BREAK SPACE}"]
)


@given(st.lists(st.lists(WORDS | MARKS, max_size=24).map("".join), max_size=4))
def test_no_text_with_doubled_words_is_passed_over(texts: list[str]) -> None:
    told = with_doubled_words(texts)
    for number, text in enumerate(texts):
        assert number in told or not words._doubled(text)
