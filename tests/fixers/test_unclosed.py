"""Opening double quotation marks that nothing closes."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, load_rules

UNCLOSED = Cleaner(load_rules(), acts=lambda id_: id_ == "unclosed/double")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("He said, “we shall see.", [9], id="one mark"),
        pytest.param("“One” is closed and “two is not.", [20], id="the last of several"),
        pytest.param("He said, “one.\n\nShe said, “two.", [9, 26], id="two blocks"),
        pytest.param("He said, “we shall see.”", [], id="closed"),
        pytest.param("“A long speech.\n\n“It goes on.”", [], id="a speech of two paragraphs"),
        pytest.param("He said, “one\n\nand two.” So.", [], id="closed in a later block"),
        pytest.param(
            "He said, “one\n\nand “two.” So.", [9], id="closed in a later block, but not it"
        ),
        pytest.param('They say “seek yourself." So.', [], id="closed by a straight mark"),
        pytest.param("It is so.”", [], id="a closing mark without an opening one"),
    ],
)
def test_unclosed_marks_are_reported(text: str, places: list[int]) -> None:
    result = UNCLOSED.clean(text)
    assert result.text == text
    assert [finding.span.start for finding in result.findings] == places
