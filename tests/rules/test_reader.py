"""Every fault of a YAML file is refused with one line that says where, what, and what instead."""

from __future__ import annotations

from typing import Any
from unicodedata import lookup

import pytest
import yaml

from cleaner import RuleError, load_rules
from cleaner.rules import reader
from tests.rules.samples import (
    HEAD,
    NAME,
    PATTERN,
    check_refused,
    entity,
    line,
    rule,
    variants,
    write,
)

QUOTES = "check the indentation and the quotes"
ANCHOR = "is an anchor; write the text out where it is needed"
REPEATS = "repeats another part of the file; write the text out here"
MERGES = "<< merges another part of the file; write the keys out here"
TAG = "is a tag; remove it: every value is text here"
DEEP = "more than 20 levels deep; a rule needs no more than six"
BYTES = "is not UTF-8; save the file as UTF-8"
EMPTY = "1:1: the file is empty; begin with `kind: name` and `rules:`"
SECOND = "a second document begins here; move it to a file of its own"
WORD = "a key is a word, as in `kind: name`"
TOP = "begin with `kind: name` and `rules:`"

YAML = [
    pytest.param(
        rule("canonical: Jack Ma"),
        "6:3: key `canonical` is already in line 4; keep one of the two",
        id="duplicate key in a rule",
    ),
    pytest.param(
        "kind: name\nlevel: fix\nlevel: off\nrules: []\n",
        "3:1: key `level` is already in line 2; keep one of the two",
        id="duplicate key of the file",
    ),
    pytest.param(
        rule("source: {ko: 마윈, zh: 马云, ko: 마원}"),
        "6:28: key `ko` is already in line 6; keep one of the two",
        id="duplicate key in a mapping",
    ),
    pytest.param(
        rule('"id": ma-win'),
        "6:3: key `id` is already in line 3; keep one of the two",
        id="duplicate key in quotes",
    ),
    pytest.param(variants("&forms [Marwin]"), f"3:45: &forms {ANCHOR}", id="anchor on a list"),
    pytest.param(HEAD + "- id: &x ma-yun\n", f"3:7: &x {ANCHOR}", id="anchor on a text"),
    pytest.param(HEAD + "- &x\n  id: ma-yun\n", f"3:3: &x {ANCHOR}", id="anchor on a mapping"),
    pytest.param(variants("*forms"), f"3:45: *forms {REPEATS}", id="alias"),
    pytest.param(HEAD + "- *x : 1\n", f"3:3: *x {REPEATS}", id="alias as a key"),
    pytest.param("&a [*a]\n", f"1:1: &a {ANCHOR}", id="alias of itself"),
    pytest.param(
        "a: &a [x, x, x]\n"
        + "".join(
            f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        f"1:4: &a {ANCHOR}",
        id="alias bomb",
    ),
    pytest.param(rule("<<: {level: off}"), f"6:3: {MERGES}", id="merge key"),
    pytest.param(rule("<<: *x"), f"6:3: {MERGES}", id="merge key with an alias"),
    pytest.param(
        "!!python/object/apply:os.system [echo]\n",
        f"1:1: !!python/object/apply:os.system {TAG}",
        id="tag python/object/apply",
    ),
    pytest.param(
        variants("[!!python/name:os.system x]"),
        f"3:46: !!python/name:os.system {TAG}",
        id="tag python/name",
    ),
    pytest.param(
        "!!python/object:os.PathLike {}\n",
        f"1:1: !!python/object:os.PathLike {TAG}",
        id="tag python/object",
    ),
    pytest.param(HEAD + "- id: !!str ma-yun\n", f"3:7: !!str {TAG}", id="tag str"),
    pytest.param(HEAD + "- id: !mine ma-yun\n", f"3:7: !mine {TAG}", id="tag of one's own"),
    pytest.param(HEAD + "- id: ! ma-yun\n", f"3:7: ! {TAG}", id="tag without a name"),
    pytest.param(
        HEAD + "- id: !x!y z\n",
        f"3:7: this is not YAML (found undefined tag handle); {QUOTES}",
        id="tag undeclared",
    ),
    pytest.param(
        "[" * 20 + "]" * 20,
        f"1:1: a rule file is a list, not a mapping; {TOP}",
        id="depth 20 is read",
    ),
    pytest.param("[" * 21 + "]" * 21, f"1:21: {DEEP}", id="depth 21"),
    pytest.param("kind: name\nrules: " + "[" * 20, f"2:27: {DEEP}", id="depth 21 below a key"),
    pytest.param("[" * 3000 + "]" * 3000, f"1:21: {DEEP}", id="depth 3000 of brackets"),
    pytest.param("{a: " * 3000 + "}" * 3000, f"1:81: {DEEP}", id="depth 3000 of braces"),
    pytest.param("- " * 3000 + "x\n", f"1:41: {DEEP}", id="depth 3000 of hyphens"),
    pytest.param(
        "".join(" " * i + "a:\n" for i in range(3000)),
        f"21:21: {DEEP}",
        id="depth 3000 by indentation",
    ),
    pytest.param(b"#" * 5_000_000, EMPTY, id="5 MB are read"),
    pytest.param(
        b"#" * 5_000_001,
        "1:1: the file has 5,000,001 bytes, and 5,000,000 are the limit; "
        "split it into several files",
        id="a byte more than 5 MB",
    ),
    pytest.param(
        b"kind: name\n# \xed\x95\x9c\xff\n", f"2:4: byte 0xFF {BYTES}", id="bad UTF-8 behind Hangul"
    ),
    pytest.param(HEAD.encode("utf-16"), f"1:1: byte 0xFF {BYTES}", id="UTF-16"),
    pytest.param(b"kind: name\n# " + "마윈".encode("cp949"), f"2:3: byte 0xB8 {BYTES}", id="CP949"),
    pytest.param(b"# \xc0\xaf\n", f"1:3: byte 0xC0 {BYTES}", id="overlong UTF-8"),
    pytest.param(b"# \xed\xa0\x80\n", f"1:3: byte 0xED {BYTES}", id="surrogate in UTF-8"),
    pytest.param(b"# \xed\x95", f"1:3: byte 0xED {BYTES}", id="UTF-8 cut off"),
    pytest.param(NAME + "---\n" + NAME, f"6:1: {SECOND}", id="two documents"),
    pytest.param(NAME + "...\n---\n", f"7:1: {SECOND}", id="two documents, the second empty"),
    pytest.param("", EMPTY, id="empty file"),
    pytest.param(" \n\n", EMPTY, id="white space only"),
    pytest.param("# nothing yet\n", EMPTY, id="comment only"),
    pytest.param(
        HEAD + "- id: ma-yun\n\tcanonical: Ma Yun\n",
        f"4:1: this is not YAML (found a tab character that violates indentation); {QUOTES}",
        id="tab",
    ),
    pytest.param(
        "kind: name\nrules:\n\t- id: x\n",
        f"3:1: this is not YAML (found character that cannot start any token); {QUOTES}",
        id="tab first",
    ),
    pytest.param(
        HEAD + "- id: x\n canonical: Ma Yun\n",
        f"4:2: this is not YAML (did not find expected key); {QUOTES}",
        id="indented too little",
    ),
    pytest.param(
        HEAD + "- id: x\n    canonical: Ma Yun\n",
        f"4:14: this is not YAML (mapping values are not allowed in this context); {QUOTES}",
        id="indented too much",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical: Ma Yun: founder\n",
        f"4:20: this is not YAML (mapping values are not allowed in this context); {QUOTES}",
        id="two colons",
    ),
    pytest.param(
        HEAD + '- id: x\n  variants: ["a" "b"]\n',
        f"4:18: this is not YAML (did not find expected ',' or ']'); {QUOTES}",
        id="comma forgotten",
    ),
    pytest.param(
        HEAD + "- id: @x\n",
        f"3:7: this is not YAML (found character that cannot start any token); {QUOTES}",
        id="at sign without quotes",
    ),
    pytest.param(
        PATTERN + '  match: "\\d,,"\n',
        f"5:11: this is not YAML (found unknown escape character); {QUOTES}",
        id="pattern in double quotes",
    ),
    pytest.param(
        variants(r'["\uD800"]'),
        f"3:49: this is not YAML (found invalid Unicode character escape code); {QUOTES}",
        id="surrogate",
    ),
    pytest.param(
        "%YAML 3.0\n---\nkind: name\n",
        f"1:1: this is not YAML (found incompatible YAML document); {QUOTES}",
        id="YAML of another version",
    ),
    pytest.param("kind: name\n[a]: b\n", f"2:1: a key is a list; {WORD}", id="key is a list"),
    pytest.param(
        "kind: name\n? {a: b}\n: c\n", f"2:3: a key is a mapping; {WORD}", id="key is a mapping"
    ),
]

CONTROL = [
    pytest.param(
        variants(rf'["Mar{escape}win"]'),
        f"3:46: this text holds the control character {code}; "
        r"put a pattern with \N{...} into single quotes",
        id=f"control {code}",
    )
    for escape, code in (
        (r"\x01", "U+0001"),
        (r"\0", "U+0000"),
        (r"\e", "U+001B"),
        (r"\u0007", "U+0007"),
        (r"\x7F", "U+007F"),
        (r"\N{NO-BREAK SPACE}", "U+0085"),
    )
]

INVISIBLE = [
    pytest.param(
        before + char + "win\n",
        f"{place}: an invisible character ({name}) is typed here; "
        f'write it as "\\u{ord(char):04X}" in double quotes, or as \\N{{{name}}} in a pattern',
        id=f"{name} in {where}",
    )
    for char, name in (
        (lookup(name), name)
        for name in (
            "NO-BREAK SPACE",
            "THIN SPACE",
            "IDEOGRAPHIC SPACE",
            "HANGUL FILLER",
            "ZERO WIDTH SPACE",
            "ZERO WIDTH JOINER",
            "ZERO WIDTH NO-BREAK SPACE",
            "WORD JOINER",
            "SOFT HYPHEN",
            "RIGHT-TO-LEFT OVERRIDE",
            "LEFT-TO-RIGHT ISOLATE",
            "LEFT-TO-RIGHT MARK",
            "LINE SEPARATOR",
            "VARIATION SELECTOR-16",
        )
    )
    for where, place, before in (
        ("text", "3:10", HEAD + "- id: mar"),
        ("a comment", "1:3", "# "),
        ("a file of CR LF", "2:6", "kind: name\r\n# 마윈 "),
        ("a key", "1:4", "kin"),
    )
]


@pytest.mark.parametrize(("data", "message"), [*YAML, *CONTROL, *INVISIBLE])
def test_a_fault_is_one_line(data: str | bytes, message: str) -> None:
    check_refused(data, message)


@pytest.mark.parametrize(
    "value",
    [
        "No",
        "On",
        "Null",
        "~",
        "012",
        "12:30",
        "2021-01-05",
        "1e3",
        "true",
        "0x1F",
        ".inf",
        "=",
        "1_000",
        "y",
    ],
)
def test_a_scalar_is_a_string(value: str) -> None:
    write(
        {
            "rules.yaml": HEAD
            + line("a", f"c{value}", value, more=f"aliases: [a, {value}b], source: {{ko: {value}}}")
        }
    )
    read = entity(load_rules("rules.yaml", bundled=False))
    assert (read.variants, dict(read.source)) == ((value,), {"ko": value})


def test_an_escaped_invisible_character_is_read() -> None:
    write({"rules.yaml": HEAD + line("a", "Ma Yun", r'"Mar\u00A0win"')})
    assert entity(load_rules("rules.yaml", bundled=False)).variants == ("Mar\N{NO-BREAK SPACE}win",)


def gives_up(problem: str) -> Any:
    """Return a stand-in for `yaml.parse` with which libyaml gives up at its depth.

    The parser in Python then reports `problem`.
    """

    def parse(_: str, Loader: Any) -> Any:  # noqa: N803
        if Loader is reader.LOADER:
            raise yaml.MarkedYAMLError(problem="exceeded maximum nesting depth")
        if problem == "recursion":
            raise RecursionError
        raise yaml.MarkedYAMLError(problem=problem) if problem else yaml.YAMLError("no mark")

    return parse


@pytest.mark.skipif(reader.LOADER is yaml.SafeLoader, reason="PyYAML has no libyaml here")
@pytest.mark.parametrize(
    ("problem", "message"),
    [
        pytest.param("bad indent", f"1:1: this is not YAML (bad indent); {QUOTES}", id="marked"),
        pytest.param(
            "", "1:1: this is not YAML (no mark); check the file's first lines", id="without a mark"
        ),
        pytest.param("recursion", f"1:1: {DEEP}", id="recursion"),
        pytest.param(
            "exceeded maximum nesting depth",
            f"1:1: this is not YAML (exceeded maximum nesting depth); {QUOTES}",
            id="gives up too",
        ),
    ],
)
def test_when_both_parsers_give_up_the_error_is_ours(
    problem: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "parse", gives_up(problem))
    with pytest.raises(RuleError) as caught:
        reader.read_yaml(b"kind: name", "rules.yaml")
    assert str(caught.value) == f"rules.yaml:{message}"


@pytest.mark.parametrize("loader", [yaml.SafeLoader, reader.LOADER], ids=["Python", "libyaml"])
def test_both_parsers_read_the_same(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOADER", loader)
    node = reader.read_yaml(rule("source: {ko: 마윈}").encode(), "rules.yaml")
    assert isinstance(node.value, dict)
    rules = node.value["rules"].value
    assert isinstance(rules, list)
    assert rules[0].keys["source"] == ("rules.yaml", 6, 3)
