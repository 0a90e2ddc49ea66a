"""Page furniture: what is deleted, and how much white space goes with it."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, load_rules

FURNITURE = Cleaner(load_rules(), acts=lambda id_: id_.startswith("furniture/"), level="suggest")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "[ad_1]\n\nHome > News\n\nThe rain stopped.\n\n"
            "Copyright 2021 X. All rights reserved\n\nSource",
            "The rain stopped.",
            id="at both ends",
        ),
        pytest.param(
            "Park Ji-hoon [email\N{NO-BREAK SPACE}protected]\n\nThe end.",
            "Park Ji-hoon\n\nThe end.",
            id="inside",
        ),
        pytest.param("One.\r\n\r\nSource", "One.", id="CRLF"),
        pytest.param("One.\nReporter\nTwo.", "One.\nTwo.", id="lines without blank ones"),
        pytest.param("Anchor", "", id="nothing else"),
        pytest.param(
            "The reporter said: Source\nand more",
            "The reporter said: Source\nand more",
            id="part of a line",
        ),
    ],
)
def test_furniture(before: str, after: str) -> None:
    assert FURNITURE.clean(before).text == after
