"""Options: what a kind may ask of its rules, and what is said if one is of another type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import pytest

from cleaner import load_rules
from cleaner.fixers import kinds
from cleaner.rules import schema
from tests.rules.samples import (
    FILL,
    LIST,
    OUT,
    TEXT,
    check_refused,
    write,
)

# One rule with an option of each type: `words` is a number, `style` a choice, `tails` a list.
QUOTES = "kind: quotes\nrules:\n- {{id: x, message: m, style: {style}, tails: {tails}, {key}}}\n"
NUMBER = "not a whole number from 0 to 999; write it in digits, as in `words: 12`"


def quotes(key: str = "words: 40", style: str = "tex", tails: str = "[s]") -> str:
    """Return a file with one rule; with the usual style and tails, the number is at 3:54."""
    return QUOTES.format(key=key, style=style, tails=tails)


OPTIONS = [
    *(
        pytest.param(quotes(f"words: {value}"), f"3:54: `words` is “{text}”, {NUMBER}", id=name)
        for value, text, name in (
            ("forty", "forty", "number: not a number"),
            ("-1", "-1", "number: negative"),
            ("+1", "+1", "number: with a sign"),
            ("1000", "1000", "number: too large"),
            ("99999999999999999999", "99999999999999999999", "number: far too large"),
            ("4.5", "4.5", "number: with a fraction"),
            ("1e2", "1e2", "number: with an exponent"),
            ("0x28", "0x28", "number: hexadecimal"),
            ("1_0", "1_0", "number: with an underscore"),
            ("４０", "４０", "number: full-width digits"),
            ("٤٠", "٤٠", "number: Arabic digits"),
            ("'4 0'", "4 0", "number: with a space"),
            ("' '", " ", "number: a space"),
            ("true", "true", "number: a truth value"),
            ('"40\\n"', "40\\n", "number: with a line end"),
        )
    ),
    pytest.param(quotes("words: [40]"), f"3:54: `words` is a list, {NUMBER}", id="number: a list"),
    pytest.param(
        quotes("words: {a: 40}"), f"3:54: `words` is a mapping, {NUMBER}", id="number: a mapping"
    ),
    pytest.param(
        quotes("words: ''"),
        "3:54: `words` is empty; write it in digits, as in `words: 12`",
        id="number: empty",
    ),
    pytest.param(
        quotes("words: "),
        "3:54: `words` is empty; write it in digits, as in `words: 12`",
        id="number: missing",
    ),
    pytest.param(
        quotes(style="40"),
        "3:30: there is no style “40”; known are: single, double, settled, unsettled, tex, inner",
        id="choice: a number",
    ),
    pytest.param(
        quotes(style="Tex"),
        "3:30: there is no style “Tex”; did you mean `tex`?",
        id="choice: a capital",
    ),
    pytest.param(quotes(style="''"), f"3:30: `style` is empty; {OUT}", id="choice: empty"),
    pytest.param(
        quotes(style="[tex]"), f"3:30: `style` is a list, not text; {TEXT}", id="choice: a list"
    ),
    pytest.param(
        quotes(tails="40"), f"3:42: `tails` is text, not a list; {LIST}", id="list: a number"
    ),
    pytest.param(quotes(tails="[]"), f"3:42: `tails` is an empty list; {FILL}", id="list: empty"),
    pytest.param(quotes(tails="['']"), f"3:43: `tails` is empty; {OUT}", id="list: empty text"),
    pytest.param(
        quotes(tails="[[s]]"),
        f"3:43: `tails` is a list, not text; {TEXT}",
        id="list: a list inside",
    ),
    pytest.param(
        quotes(tails="{a: s}"),
        f"3:42: `tails` is a mapping, not a list; {LIST}",
        id="list: a mapping",
    ),
    pytest.param(
        "kind: credit\nrules:\n- {id: x, message: m, sources: [a]}\n",
        "3:32: `sources` is a list, not a mapping; write `sources: {zh: ..., ko: ...}`",
        id="mapping: a list",
    ),
    pytest.param(
        "kind: credit\nrules:\n- {id: x, message: m, sources: ''}\n",
        "3:32: `sources` is empty; write `sources: {zh: ..., ko: ...}`",
        id="mapping: empty",
    ),
    pytest.param(
        "kind: credit\nrules:\n- {id: x, message: m, sources: {가: {나: b}}}\n",
        f"3:36: `가` is a mapping, not text; {TEXT}",
        id="mapping: a mapping inside",
    ),
    pytest.param(
        "kind: quotes\nrules:\n- {id: x, message: [m], style: tex}\n",
        f"3:20: `message` is a list, not text; {TEXT}",
        id="text: a list",
    ),
    pytest.param(
        "kind: quotes\nrules:\n- {id: x, message: '', style: tex}\n",
        f"3:20: `message` is empty; {OUT}",
        id="text: empty",
    ),
]


@pytest.mark.parametrize(("data", "message"), OPTIONS)
def test_an_option_of_another_type_is_refused(data: str, message: str) -> None:
    check_refused(data, message)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("40", 40, id="plain"),
        pytest.param("'40'", 40, id="in quotes"),
        pytest.param("0", 0, id="zero"),
        pytest.param("007", 7, id="with zeros before it"),
        pytest.param("999", 999, id="the largest"),
    ],
)
def test_an_option_may_be_a_whole_number(written: str, number: int) -> None:
    write({"rules.yaml": quotes(f"words: {written}")})
    (rule,) = load_rules("rules.yaml", bundled=False)
    assert rule.options._asdict()["words"] == number


def test_a_number_that_is_left_out_has_its_default() -> None:
    write({"rules.yaml": quotes("damage: twice")})
    (rule,) = load_rules("rules.yaml", bundled=False)
    assert rule.options._asdict()["words"] == 40


@pytest.mark.parametrize("kind", kinds())
def test_rule_files_can_hold_every_option_of_every_kind(kind: str) -> None:
    options: Any = kinds()[kind].Options
    assert set(schema.option_readers(options)) == set(options._fields)


class Truth(NamedTuple):
    value: bool


class Fraction(NamedTuple):
    value: float


class Numbers(NamedTuple):
    value: tuple[int, ...]


class Pair(NamedTuple):
    value: tuple[str, str]


class NumberChoice(NamedTuple):
    value: Literal[1, 2]


class MappingOfNumbers(NamedTuple):
    value: Mapping[str, int]


class Optional(NamedTuple):
    value: str | None


@pytest.mark.parametrize(
    "options", [Truth, Fraction, Numbers, Pair, NumberChoice, MappingOfNumbers, Optional]
)
def test_an_option_of_another_type_is_an_error_in_the_program(options: Any) -> None:
    with pytest.raises(TypeError, match="`value` has a type that rule files cannot hold"):
        schema.option_readers(options)
