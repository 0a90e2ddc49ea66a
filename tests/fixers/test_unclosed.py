"""Opening double quotation marks that nothing closes."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.formats import srt
from tests.samples import bundled_index

UNCLOSED = Cleaner(bundled_index(), acts=lambda id_: id_ == "unclosed/double")


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


def test_a_quotation_goes_on_in_the_next_cue() -> None:
    cues = ["I said, “Do not worry,", 'I will find out."', "He left."]
    source = ""
    for at, cue in enumerate(cues):
        source += f"00:00:0{at},000 --> 00:00:0{at},900\n{cue}\n\n"
    assert not UNCLOSED.clean(source, srt.read).findings
    assert UNCLOSED.clean(cues[0]).findings
