"""Mojibake is reported, and ftfy still offers what finds it."""

from __future__ import annotations

import pytest
from ftfy import badness

from tests.samples import bundled

GARBLED = "He sat in a café near the “Louvre”.".encode().decode("cp1252", "replace")


def test_mojibake_is_reported_and_never_changed() -> None:
    result = bundled().clean(GARBLED)
    assert result.text == GARBLED
    assert any(finding.label == "mojibake/badness" for finding in result.findings)


def test_right_accents_and_marks_are_no_mojibake() -> None:
    assert bundled().clean("A café, naïve, Ünal — “quoted” … São Paulo").findings == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They waited for itā€¦ and went.", id="the Baltic encoding"),
        pytest.param("Itвђ™s late.".replace("ђ", "Ђ"), id="the Cyrillic encoding"),
        pytest.param("It‚Äôs late.", id="that of old Macs"),
        pytest.param("It¡¯s late.", id="Chinese marks"),
    ],
)
def test_other_encodings_are_reported_too(text: str) -> None:
    assert [finding.label for finding in bundled().clean(text).findings] == ["mojibake/badness"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GARBLED, id="garbled"),
        pytest.param("Il est Ã  Paris.", id="a piece with a space in it"),
        pytest.param("A café, naïve, Ünal", id="right"),
    ],
)
def test_the_pattern_of_ftfy_is_what_its_documented_function_counts_with(text: str) -> None:
    assert len(badness.BADNESS_RE.findall(text)) == badness.badness(text)
