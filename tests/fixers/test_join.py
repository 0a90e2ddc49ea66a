"""Sentences that a page tore in two: which are joined, and which are two."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.formats import for_name
from tests.samples import bundled, bundled_index

JOINS = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("joins/"), damaged=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "<Anchor> The\n\nmayor walked over the ice.",
            "<Anchor> The mayor walked over the ice.",
            id="one word",
        ),
        pytest.param(
            "It is cold.\r\n\r\n[Reporter] The old sea \r\n\r\nhas frozen today.",
            "It is cold.\r\n\r\n[Reporter] The old sea has frozen today.",
            id="three words and CRLF",
        ),
        pytest.param(
            "◀ Anchor ▶ Police\n\nhave closed the harbour.",
            "◀ Anchor ▶ Police have closed the harbour.",
            id="triangles",
        ),
        pytest.param(
            "[Nam Bo-ra: I saw the ice.] The\n\nmayor walked over it.",
            "[Nam Bo-ra: I saw the ice.]\n\nThe mayor walked over it.",
            id="behind an interview",
        ),
        pytest.param(
            "[Mayor Yang: Is it really cold? ] There are \r\n\r\n\r\nsix ferries in the ice.",
            "[Mayor Yang: Is it really cold? ]\r\n\r\n\r\nThere are six ferries in the ice.",
            id="behind an interview with a space and CRLF",
        ),
    ],
)
def test_joins(before: str, after: str) -> None:
    assert JOINS.clean(before).text == after
    assert JOINS.clean(after).text == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<Anchor> The\n\nMayor walked.", id="a capital"),
        pytest.param("<Anchor> Frozen.\n\nmayor Yang walked.", id="a full stop"),
        pytest.param("<Anchor> The sea of ice\n\nhas frozen today.", id="four words"),
        pytest.param("The\n\nmayor walked over the ice.", id="no label"),
        pytest.param("<Anchor>\n\nmayor Yang walked.", id="nothing behind the label"),
        pytest.param("<Editor> The\n\nmayor walked.", id="another label"),
        pytest.param("<Anchor> The\n\nmayor", id="a single word"),
        pytest.param("<Anchor> The\n\n`mayor` walked.", id="code"),
        pytest.param("I saw the ice [1] The\n\nmayor walked.", id="a note"),
        pytest.param("[I saw the ice.] The\n\nMayor walked.", id="an interview and a capital"),
        pytest.param("[I saw the ice.] Cold.\n\nmayor Yang walked.", id="a sentence of one word"),
        pytest.param("[I saw the ice.] the\n\nmayor walked.", id="a small letter behind it"),
        pytest.param("[I saw the ice.] The sea of ice\n\nhas frozen.", id="behind it four words"),
        pytest.param("[I saw the ice.] The\nmayor walked.", id="a line wrapped by hand"),
    ],
)
def test_what_is_not_joined(text: str) -> None:
    assert JOINS.clean(text).text == text


def test_brackets_need_proven_damage() -> None:
    text = "[Anchor] The\n\nmayor walked over the ice."
    result = bundled().clean(text)
    assert result.text == text
    found = [(one.level, one.label) for one in result.findings]
    assert ("suggest", "joins/behind-bracketed-label") in found


@pytest.mark.parametrize(
    ("torn", "joined"),
    [
        pytest.param("<Anchor> The\n\nmayor left.", "<Anchor> The mayor left.", id="label"),
    ],
)
def test_a_join_proves_damage(torn: str, joined: str) -> None:
    text = f"{torn}\n\nShare on Facebook\n\nIt is cold."
    assert bundled().clean(text).text == f"{joined}\n\nIt is cold."


@pytest.mark.parametrize("first", ["&lt;Anchor&gt; The", "[Mayor Yang: I saw the ice.] The"])
def test_two_elements_are_never_made_one(first: str) -> None:
    page = f"<p>{first}</p><p>mayor walked over the ice.</p>"
    assert JOINS.clean(page, for_name("page.html").read).source == page
