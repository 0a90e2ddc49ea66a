"""Accepted names are inserted into a rules file where they belong; every other byte stays."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.review.accept import HEAD, Acceptance, insert_acceptance
from cleaner.rules.marks import marked, plain
from tests.samples import ROOT

FILES = sorted(
    path
    for path in (ROOT / "rules").rglob("*.yaml")
    if re.match(r"(#.*\n|\n)*kind: name\n", path.read_text("utf-8"))
)
NEW = Acceptance(
    "Ma Yun",
    ("Mawinn", "Mah, Win"),
    "person",
    {"zh": "马云"},
    ("Jack Ma",),
    "fix",
    (),
    (("Mawinn fell: 5%", "Ma Yun fell: 5%"),),
    ("Mawinns",),
    {"seen": "a.txt:3", "why": "Mawinn <- 마윈"},
)

canonicals = st.sampled_from(
    ["Ma Yun", "Ant Group", "Alibaba", "JD.com", "Nobody Known", "Null", "Lü: Bu", "马云"]
)
forms = st.lists(
    st.sampled_from(
        [
            "Mawinn",
            "Mah, Win",
            "No",
            "x: y",
            "O’Brien",
            "“Ma”",
            "[Ma]",
            "마윈",
            "Ma\N{NO-BREAK SPACE}W",
        ]
    ),
    min_size=1,
    max_size=9,
    unique=True,
).map(tuple)


@cache
def rules_in(text: str) -> Any:
    """The rules of a rules file as plain data."""
    whole: Any = plain(marked(text, "")[0])
    return whole["rules"]


def is_kept(old: str, new: str) -> bool:
    """Return whether all characters of the old text are in the new one, in the same order."""
    at = 0
    for char in old:
        at = new.find(char, at) + 1
        if not at:
            return False
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@given(
    canonical=canonicals,
    variants=forms,
    when=st.sampled_from([(), ("Alibaba",), ("Busan",)]),
    cut=st.booleans(),
)
@settings(max_examples=40)
def test_every_other_byte_of_the_bundled_files_stays(
    path: Path,
    end: str,
    canonical: str,
    variants: tuple[str, ...],
    when: tuple[str, ...],
    *,
    cut: bool,
) -> None:
    old = path.read_text("utf-8").replace("\n", end)
    old = old.rstrip() if cut else old
    new = insert_acceptance(old, NEW._replace(canonical=canonical, variants=variants, when=when))
    assert is_kept(old, new)
    assert new.count("#") == old.count("#")
    assert "\n" not in new.replace("\r\n", "") or end == "\n"
    before, after = (rules_in(text) for text in (old, new))
    said = {form for rule in after for form in rule["variants"]}
    assert set(variants) <= said
    assert len(after) - len(before) in {0, 1}
    assert (
        insert_acceptance(new, NEW._replace(canonical=canonical, variants=variants, when=when))
        == new
    )
    known = set(old.split(end))
    lines = [line for line in new.split(end) if line not in known]
    assert len(lines) <= 20


FLOW = "kind: name\nrules:\n- {id: a, canonical: Ma Yun, variants: [Marwin]}  # mine\n"
BLOCK = """\
kind: name
rules:
  - id: a
    canonical: Ma Yun
    variants:
    # seen
    - Marwin  # here
    level: fix
"""


@pytest.mark.parametrize(
    ("old", "change", "new"),
    [
        pytest.param(
            FLOW,
            {},
            FLOW.replace("[Marwin]", '[Marwin, Mawinn, "Mah, Win"]'),
            id="a rule in brackets",
        ),
        pytest.param(
            BLOCK,
            {"examples": (), "same": (), "provenance": {}},
            BLOCK.replace("# here\n", "# here\n    - Mawinn\n    - Mah, Win\n"),
            id="one form on each line",
        ),
        pytest.param(
            BLOCK,
            {"same": (), "provenance": {}},
            BLOCK.replace("# here\n", "# here\n    - Mawinn\n    - Mah, Win\n")
            + '    examples:\n    - before: "Mawinn fell: 5%"\n      after: "Ma Yun fell: 5%"\n',
            id="with its first examples",
        ),
        pytest.param(
            BLOCK,
            {
                "level": "suggest",
                "examples": (),
                "same": (),
                "provenance": {},
                "source": {},
                "aliases": (),
            },
            BLOCK + "\n  - id: ma-yun\n    canonical: Ma Yun\n    type: person\n"
            '    variants: [Mawinn, "Mah, Win"]\n    level: suggest\n',
            id="another level is another rule",
        ),
        pytest.param(BLOCK, {"variants": ("Marwin",)}, BLOCK, id="nothing new"),
        pytest.param(
            "kind: name\ntype: person\nrules: []  # none yet\n# the end",
            {"examples": (), "same": (), "provenance": {}, "source": {}, "aliases": ()},
            "kind: name\ntype: person\nrules:  # none yet\n- id: ma-yun\n  canonical: Ma Yun\n"
            '  variants: [Mawinn, "Mah, Win"]\n  level: fix\n# the end',
            id="the first rule",
        ),
    ],
)
def test_where_text_is_inserted(old: str, change: dict[str, Any], new: str) -> None:
    assert insert_acceptance(old, NEW._replace(**change)) == new


def test_a_long_list_continues_on_the_next_line() -> None:
    text = insert_acceptance(HEAD, NEW)
    for number in range(30):
        text = insert_acceptance(text, NEW._replace(variants=(f"Mawinnie {number}",)))
    assert max(map(len, text.splitlines())) <= 120
    assert text.count("Mawinnie") == 30


def test_what_would_not_load_is_refused() -> None:
    with pytest.raises(
        RuleError, match=r"a.yaml:\d+:\d+: “Ma Yun” is both a variant and a right form"
    ):
        insert_acceptance(HEAD, NEW._replace(variants=("Ma Yun",)), "a.yaml")


def test_an_id_that_is_taken_gets_a_number() -> None:
    text = insert_acceptance(insert_acceptance(HEAD, NEW), NEW._replace(when=("Alibaba",)))
    assert re.findall("- id: (.*)", text) == ["ma-yun", "ma-yun-2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "kind: pattern\nrules: []\n",
            "a.yaml:1:7: a file of kind pattern cannot hold a name rule",
            id="another kind",
        ),
        pytest.param(
            "kind: name\nrules: [{id: a, canonical: X, variants: [Y]}]\n",
            "these rules are written in brackets",
            id="all in brackets",
        ),
        pytest.param(
            "kind: name\nrules:\n- id: a\n", "the key `canonical` is missing", id="broken by hand"
        ),
        pytest.param(
            "kind: gaps\nfiles: {}\n", "a file of kind gaps holds no rules", id="no rules"
        ),
    ],
)
def test_where_nothing_can_be_inserted(text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        insert_acceptance(text, NEW, "a.yaml")
