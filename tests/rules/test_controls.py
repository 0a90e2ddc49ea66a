"""Control characters: which texts of a rule file may hold them."""

from __future__ import annotations

import pytest

from cleaner import load_rules
from tests.rules.samples import (
    check_refused,
    write,
)

ONE_LINE = r"write it in one line without it, or in a pattern as \N{...} in single quotes"
ESCAPES = {r"\t": "0009", r"\n": "000A", r"\r": "000D", r"\u2028": "2028", r"\u2029": "2029"}
TURNS = {
    rf"\u{code}": code
    for code in ("061C", "200E", "200F", "202A", "202B", "202D", "202E", "2066", "2069")
}
HEAD_OF_PATTERN = "kind: pattern\nrules:\n- id: x\n"
HEAD_OF_NAME = "kind: name\nrules:\n- id: x\n  canonical: A\n"
# What comes before the text that holds the control, and the place of that text.
ONE_LINE_TEXTS = {
    "message": (f"{HEAD_OF_PATTERN}  match: Aa\n  replace: b\n  message: ", "6:12"),
    "canonical": ("kind: name\nrules:\n- id: x\n  canonical: ", "4:14"),
    "variants": (f"{HEAD_OF_NAME}  variants:\n  - ", "6:5"),
    "source": (
        "kind: name\nrules:\n- id: x\n  canonical: A\n  variants: [B]\n  source:\n    zh: ",
        "7:9",
    ),
    "when": (f"{HEAD_OF_NAME}  variants: [B]\n  when:\n  - ", "7:5"),
}
LONG_TEXTS = {
    "match": (f"{HEAD_OF_PATTERN}  message: m\n  replace: b\n  match: ", "6:10"),
    "replace": (f"{HEAD_OF_PATTERN}  message: m\n  match: Aa\n  replace: ", "6:12"),
    "provenance": (
        f"{HEAD_OF_PATTERN}  message: m\n  match: Aa\n  replace: b\n  provenance: ",
        "7:15",
    ),
}


# What a rule needs besides.
FILLED = {"canonical": "  variants: [B]\n"}

CONTROLS = [
    pytest.param(
        f'{head}"Aa{escape}b"\n{FILLED.get(where, "")}',
        f"{place}: this text holds the control character U+{code}; {ONE_LINE}",
        id=f"{where} U+{code}",
    )
    for where, (head, place) in {**ONE_LINE_TEXTS, **LONG_TEXTS}.items()
    for escape, code in (TURNS if where in LONG_TEXTS else {**ESCAPES, **TURNS}).items()
]


@pytest.mark.parametrize(("data", "message"), CONTROLS)
def test_no_text_of_a_rule_holds_a_control(data: str, message: str) -> None:
    check_refused(data, message)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            "  - before: |-\n      Aa\tb\n      c\n    after: |-\n      b\tb\n      c\n",
            id="blocks",
        ),
        pytest.param('  - same: "x\\ty\\r\\nz"\n', id="escapes"),
        pytest.param('  - same: "x\\u202Ey\\u2028z"\n', id="what cannot be seen"),
    ],
)
def test_an_example_is_a_text_as_it_comes(lines: str) -> None:
    head = f"{HEAD_OF_PATTERN}  match: Aa\n  replace: b\n  message: m\n  examples:\n"
    write({"rules.yaml": head + lines})
    assert len(load_rules("rules.yaml", bundled=False)) == 1


@pytest.mark.parametrize("escape", [r"\t", r"\n", r"\r"])
def test_a_pattern_may_ask_for_tabs_and_line_ends(escape: str) -> None:
    head, _ = LONG_TEXTS["match"]
    for text in (f"'Aa{escape}b'", f'"Aa{escape}b"', r"'Aa\N{RIGHT-TO-LEFT OVERRIDE}b'"):
        write({"rules.yaml": f"{head}{text}\n"})
        assert len(load_rules("rules.yaml", bundled=False)) == 1
