"""Entities of HTML that a reader sees: what they become, and where they are the subject."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.formats import for_name
from tests.samples import bundled_index

ENTITIES = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("entities/"))
DAMAGED = "The snow came at noon. [AP=연합뉴스]\n\n"


def in_damaged(text: str, name: str = "a.txt") -> str:
    """Return what the entities of a damaged text become."""
    cleaner = Cleaner(bundled_index(), acts=lambda id_: id_.startswith(("entities/", "credits/")))
    result = cleaner.clean(DAMAGED + text, for_name(name).read)
    return result.source.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("The R&amp;D centre is old.", "The R&D centre is old.", id="inside a word"),
        pytest.param("The house&nbsp;is old.", "The house is old.", id="a space"),
        pytest.param("The house is old.& nbsp; Go.", "The house is old. Go.", id="with spaces"),
        pytest.param("The house &nbsp;&nbsp; is old.", "The house is old.", id="several"),
        pytest.param("It&#39;s old and it&#8217;s red.", "It's old and it’s red.", id="numbers"),
        pytest.param("It&#x27;s the old house.", "It's the old house.", id="a number in hex"),
        pytest.param("He said &quot;go&quot; to it.", 'He said "go" to it.', id="quotation marks"),
        pytest.param("The old house&hellip; is red.", "The old house… is red.", id="an ellipsis"),
        pytest.param("The law &lt;1984&gt; is old.", "The law <1984> is old.", id="angles"),
    ],
)
def test_entities(before: str, after: str) -> None:
    assert in_damaged(before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write “&amp;” for the sign.", id="in quotation marks"),
        pytest.param("It is one of &lt;, &gt; and &amp; there.", id="in a list"),
        pytest.param("Write &bogus; for it, or R&bogus;D.", id="no entity"),
        pytest.param("The R&D; it is old, and AT&T; too.", id="an ampersand and a semicolon"),
        pytest.param("See https://example.org/?a=1&amp;b=2 for it.", id="an address"),
        pytest.param("The bell is a&#7;b for the desk.", id="an invisible character"),
    ],
)
def test_left_alone(text: str) -> None:
    assert in_damaged(text) == text


def test_in_a_good_text_an_entity_is_reported() -> None:
    (finding,) = ENTITIES.clean("The R&amp;D centre is old.").findings
    assert (finding.level, finding.before) == ("report", "&amp;")


def test_an_entity_of_the_format_is_syntax() -> None:
    page = "<p>The R&amp;D centre&nbsp;is old.</p>"
    assert ENTITIES.clean(page, for_name("a.html").read).findings == ()


def test_an_entity_that_was_encoded_twice_is_written_as_the_format_writes_it() -> None:
    page = "<p>The snow came at noon. [AP=연합뉴스]</p><p>The R&amp;amp;D centre is old.</p>"
    cleaner = Cleaner(bundled_index(), acts=lambda id_: id_.startswith(("entities/", "credits/")))
    assert (
        "<p>The R&amp;D centre is old.</p>" in cleaner.clean(page, for_name("a.html").read).source
    )


def test_the_command(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(DAMAGED + "The R&amp;D centre is old.\n", encoding="utf-8")
    command = [sys.executable, "-m", "cleaner", "fix", str(page)]
    subprocess.run(command, capture_output=True, check=False)
    assert page.read_text(encoding="utf-8").endswith("The R&D centre is old.\n")
