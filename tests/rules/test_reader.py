"""Proves that every fault of a rule file is refused with one line: where it stands, what it is,
what would be right.
"""

from __future__ import annotations

from pathlib import Path
from unicodedata import lookup

import pytest

from cleaner import RuleError, load_rules

HEAD = "kind: name\nrules:\n"
NAME = HEAD + "- id: ma-yun\n  canonical: Ma Yun\n  variants: [Marwin]\n"
PATTERN = "kind: pattern\nrules:\n- id: comma\n  message: doubled\n"

QUOTES = "check the indentation and the quotes"
OUT = "write it out, or leave the entry out"
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
KEYS = "id, level, when, unless, damage, examples, provenance, canonical, variants, aliases, source, type"
ID = "use small letters, digits and single hyphens"
NEEDED = "a rule of this kind needs it"
LIST = "begin each entry with a hyphen, or write [one, two]"
TEXT = "put it into quotes if it begins with [ or {, or contains “: ”"
REGEX = "see the documentation of Python's `re`"
GROUPS = "refer to groups that `match` has"
LITERAL = "this can match without any fixed text; add a word or a mark that must occur"
NOTHING = "this can match an empty text; make it match at least one character"
FILL = "fill it, or leave the key out"


def rule(key: str) -> str:
    """A file with one sound rule and `key` in line 6, column 3."""
    return f"{NAME}  {key}\n"


def variants(value: str) -> str:
    """A file with one rule and its variants in line 3, column 45."""
    return f"{HEAD}- {{id: ma-yun, canonical: Ma Yun, variants: {value}}}\n"


def pattern(match: str, replace: str = "x") -> str:
    """A file with one pattern: `match` in line 5, `replace` in line 6, both in column 10 and 12."""
    return f"{PATTERN}  match: '{match}'\n  replace: '{replace}'\n"


def check(data: str | bytes, message: str) -> None:
    Path("rules.yaml").write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(RuleError) as caught:
        load_rules("rules.yaml", bundled=False)
    assert str(caught.value) == f"rules.yaml:{message}"
    assert len(str(caught.value).splitlines()) == 1


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

SCHEMA = [
    pytest.param(
        "kind\n", f"1:1: a rule file is text, not a mapping; {TOP}", id="the file is text"
    ),
    pytest.param(
        "- kind: name\n",
        f"1:1: a rule file is a list, not a mapping; {TOP}",
        id="the file is a list",
    ),
    pytest.param(
        "rules: []\n",
        "1:1: the key `kind` is missing; begin the file with it, as in `kind: name`",
        id="kind missing",
    ),
    pytest.param(
        "level: fix\nkind: name\nrules: []\n",
        "2:1: `kind` is not the first key; put it at the top of the file",
        id="kind second",
    ),
    pytest.param(
        "kind: nmae\nrules: []\n",
        "1:7: there is no kind “nmae”; did you mean `name`?",
        id="kind mistyped",
    ),
    pytest.param("kind:\nrules: []\n", f"1:6: `kind` is empty; {OUT}", id="kind empty"),
    pytest.param(
        "kind: [name]\nrules: []\n", f"1:7: `kind` is a list, not text; {TEXT}", id="kind is a list"
    ),
    pytest.param(
        "kind: name\n",
        "1:1: the key `rules` is missing; list the file's rules under it",
        id="rules missing",
    ),
    pytest.param(
        "kind: name\nrules: x\n", f"2:8: `rules` is text, not a list; {LIST}", id="rules is text"
    ),
    pytest.param(
        "kind: name\nrules: {id: x}\n",
        f"2:8: `rules` is a mapping, not a list; {LIST}",
        id="rules is a mapping",
    ),
    pytest.param(
        HEAD + "- x\n",
        "3:3: a rule is text, not a mapping; begin it with `- id: ...`",
        id="rule is text",
    ),
    pytest.param(
        HEAD + "- [x]\n",
        "3:3: a rule is a list, not a mapping; begin it with `- id: ...`",
        id="rule is a list",
    ),
    pytest.param(
        "kind: name\nrule: []\n",
        "2:1: there is no key `rule` here; did you mean `rules`?",
        id="unknown key of the file",
    ),
    pytest.param(
        rule("alias: [Jack Ma]"),
        "6:3: there is no key `alias` here; did you mean `aliases`?",
        id="unknown key of a rule",
    ),
    pytest.param(
        rule("When: [Alibaba]"),
        "6:3: there is no key `When` here; did you mean `when`?",
        id="key with a capital",
    ),
    pytest.param(
        rule("zzzzz: x"),
        f"6:3: there is no key `zzzzz` here; known are: {KEYS}",
        id="key like no other",
    ),
    pytest.param(
        rule("match: x"),
        f"6:3: there is no key `match` here; known are: {KEYS}",
        id="key of another kind",
    ),
    pytest.param(
        "kind: residue\nrules:\n- {id: x, match: ',,', message: m, replace: z}\n",
        "3:36: there is no key "
        "`replace` here; known are: id, level, when, unless, damage, examples, provenance, match, message",
        id="residue with a replacement",
    ),
    pytest.param(
        HEAD + "- canonical: X\n",
        "3:3: this rule has no id; add one, as in `- id: ma-yun`",
        id="no id",
    ),
    pytest.param(
        HEAD + "- {}\n", "3:3: this rule has no id; add one, as in `- id: ma-yun`", id="rule empty"
    ),
    pytest.param(HEAD + "- id: ''\n", f"3:7: `id` is empty; {OUT}", id="id empty"),
    pytest.param(HEAD + "- id: [a]\n", f"3:7: `id` is a list, not text; {TEXT}", id="id is a list"),
    *(
        pytest.param(HEAD + f"- id: {name}\n", f"3:7: “{name}” is not an id; {ID}", id=f"id {name}")
        for name in (
            "Ma-Yun",
            "ma_yun",
            "ma--yun",
            "-ma-yun",
            "ma-yun-",
            "마윈",
            "ma yun",
            "names/ma-yun",
        )
    ),
    pytest.param(
        NAME
        + "- id: jack\n  canonical: J\n  variants: [K]\n- canonical: L\n  variants: [M]\n  id: ma-yun\n",
        "11:7: id `rules/ma-yun` is already used in line 3; give one of the two another id",
        id="id twice",
    ),
    pytest.param(
        HEAD + "- id: x\n  variants: [y]\n",
        f"3:3: the key `canonical` is missing; {NEEDED}",
        id="canonical missing",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical: y\n",
        f"3:3: the key `variants` is missing; {NEEDED}",
        id="variants missing",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical: [y]\n",
        f"4:14: `canonical` is a list, not text; {TEXT}",
        id="canonical is a list",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical: {y: z}\n",
        f"4:14: `canonical` is a mapping, not text; {TEXT}",
        id="canonical is a mapping",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical:\n", f"4:13: `canonical` is empty; {OUT}", id="canonical empty"
    ),
    pytest.param(
        variants("Marwin"), f"3:45: `variants` is text, not a list; {LIST}", id="variants is text"
    ),
    pytest.param(
        variants("{a: b}"),
        f"3:45: `variants` is a mapping, not a list; {LIST}",
        id="variants is a mapping",
    ),
    pytest.param(
        variants("[]"), f"3:45: `variants` is an empty list; {FILL}", id="variants is an empty list"
    ),
    pytest.param(variants("[Marwin, '']"), f"3:54: `variants` is empty; {OUT}", id="variant empty"),
    pytest.param(
        variants("[Marwin, ' ']"), f"3:54: `variants` is empty; {OUT}", id="variant of spaces"
    ),
    pytest.param(variants(r'["\t"]'), f"3:46: `variants` is empty; {OUT}", id="variant of a tab"),
    pytest.param(
        variants(r'["\u00A0"]'),
        f"3:46: `variants` is empty; {OUT}",
        id="variant of a no-break space",
    ),
    pytest.param(
        HEAD + "- id: x\n  canonical: y\n  variants:\n  - z\n  -\n",
        f"7:4: `variants` is empty; {OUT}",
        id="variant missing behind a hyphen",
    ),
    pytest.param(
        variants("['Marwin ']"),
        "3:46: “Marwin ” begins or ends with white space; remove it",
        id="variant with a space behind it",
    ),
    pytest.param(
        "kind: 'gazetteer'\nrules: []\n",
        "1:7: a file of kind gazetteer holds no rules; give a file of rules",
        id="data is no rule",
    ),
    pytest.param(
        variants("[[a]]"), f"3:46: `variants` is a list, not text; {TEXT}", id="variant is a list"
    ),
    pytest.param(
        variants("[a: b]"),
        f"3:46: `variants` is a mapping, not text; {TEXT}",
        id="variant is a mapping",
    ),
    pytest.param(
        variants("[Marwin, Ma Win, Marwin]"),
        "3:45: “Marwin” is listed twice; keep one of the two",
        id="variant twice",
    ),
    pytest.param(
        HEAD + '- {id: x, canonical: Xi’an, variants: ["Xi’\\u00A0an", "Xi\' an"]}\n',
        "3:39: “Xi' an” is listed twice; keep one of the two",
        id="variant twice, typed differently",
    ),
    pytest.param(
        variants("[Ma Yun]"),
        "3:45: “Ma Yun” is both a variant and a right form; keep it in one place",
        id="variant is its own canonical form",
    ),
    pytest.param(
        HEAD + "- {id: x, canonical: A, aliases: [B], variants: [C, B]}\n",
        "3:49: “B” is both a variant and a right form; keep it in one place",
        id="variant is its own alias",
    ),
    pytest.param(
        rule("aliases: Jack"), f"6:12: `aliases` is text, not a list; {LIST}", id="aliases is text"
    ),
    pytest.param(
        rule("aliases: []"),
        f"6:12: `aliases` is an empty list; {FILL}",
        id="aliases is an empty list",
    ),
    pytest.param(
        rule("source: x"),
        "6:11: `source` is text, not a mapping; write `source: {zh: ..., ko: ...}`",
        id="source is text",
    ),
    pytest.param(
        rule("source: {ko: [x]}"),
        f"6:16: `ko` is a list, not text; {TEXT}",
        id="source holds a list",
    ),
    pytest.param(
        rule("type: persn"),
        "6:9: there is no type “persn”; did you mean `person`?",
        id="type mistyped",
    ),
    pytest.param(
        rule("type: zzz"),
        "6:9: there is no type “zzz”; known are: person, organisation, place, term",
        id="type like no other",
    ),
    pytest.param(
        rule("level: fixx"),
        "6:10: there is no level “fixx”; did you mean `fix`?",
        id="level mistyped",
    ),
    pytest.param(
        rule("level: warning"),
        "6:10: there is no level “warning”; known are: fix, suggest, report, off",
        id="level like no other",
    ),
    pytest.param(
        "kind: name\nlevel: Off\nrules:\n- id: x\n",
        "2:8: there is no level “Off”; did you mean `off`?",
        id="level of the file mistyped",
    ),
    pytest.param(
        "kind: residue\nrules:\n- {id: x, match: ',,', message: m, level: fix}\n",
        "3:43: a rule of kind residue cannot be at level fix; use one of: report, off",
        id="residue fixes",
    ),
    pytest.param(
        "kind: residue\nlevel: suggest\nrules:\n- {id: x, match: ',,', message: m}\n",
        "2:8: a rule of kind residue cannot be at level suggest; use one of: report, off",
        id="residue that suggests, by its file",
    ),
    pytest.param(
        rule("unless: x"), f"6:11: `unless` is text, not a list; {LIST}", id="unless is text"
    ),
    pytest.param(
        rule("unless: []"), f"6:11: `unless` is an empty list; {FILL}", id="unless is an empty list"
    ),
    pytest.param(
        rule("provenance: [x]"),
        "6:15: `provenance` is a list, not a mapping; write where the form was seen",
        id="provenance is a list",
    ),
    pytest.param(
        rule("provenance: {sean: x}"),
        "6:16: there is no key `sean` here; did you mean `seen`?",
        id="unknown key of provenance",
    ),
    pytest.param(
        "kind: boundaries\n",
        "1:1: the key `suffixes` is missing; list the words, as in `suffixes: [led, based]`",
        id="suffixes missing",
    ),
    pytest.param(
        "kind: boundaries\nsuffixes: led\n",
        f"2:11: `suffixes` is text, not a list; {LIST}",
        id="suffixes is text",
    ),
    pytest.param(
        "kind: boundaries\nsufixes: [led]\n",
        "2:1: there is no key `sufixes` here; did you mean `suffixes`?",
        id="suffixes mistyped",
    ),
]

PATTERNS = [
    pytest.param(
        pattern("(,,"),
        "5:10: this is not a regular expression: missing ), unterminated subpattern at position "
        f"0; {REGEX}",
        id="group left open",
    ),
    pytest.param(
        pattern("*,,"),
        f"5:10: this is not a regular expression: nothing to repeat at position 0; {REGEX}",
        id="nothing to repeat",
    ),
    pytest.param(
        pattern("[,,"),
        f"5:10: this is not a regular expression: unterminated character set at position 0; {REGEX}",
        id="set left open",
    ),
    pytest.param(
        pattern(r"\p{Hangul},,"),
        rf"5:10: this is not a regular expression: bad escape \p at position 0; "
        f"{REGEX}",
        id="what only regex knows",
    ),
    *(
        pytest.param(pattern(match), f"5:10: {NOTHING}", id=f"empty match {match}")
        for match in (",*", "(?=,,)", ",,|", "(?:,,)?", r"\b", "(a|b)?(?<=,,)")
    ),
    *(
        pytest.param(pattern(match), f"5:10: {LITERAL}", id=f"no literal in {match}")
        for match in (r"\w+", ".", r",,|\d", "[^,]", r"(?:,,)?\s", "[a-z]")
    ),
    pytest.param(
        pattern(",,", r"\1"),
        f"6:12: this does not fit the pattern: invalid group reference 1 at position 1; {GROUPS}",
        id="group number unknown",
    ),
    pytest.param(
        pattern(",,", r"\g<n>"),
        f"6:12: this does not fit the pattern: unknown group name 'n'; {GROUPS}",
        id="group name unknown",
    ),
    pytest.param(
        pattern(",,", r"\q"),
        rf"6:12: this does not fit the pattern: bad escape \q at position 0; {GROUPS}",
        id="escape unknown",
    ),
    pytest.param(
        PATTERN + "  match: [',,']\n  replace: x\n",
        f"5:10: `match` is a list, not text; {TEXT}",
        id="match is a list",
    ),
    pytest.param(
        PATTERN + "  replace: x\n",
        "3:3: the key `match` is missing; a rule of this kind needs it",
        id="match missing",
    ),
    pytest.param(
        PATTERN + "  match: ',,'\n",
        "3:3: the key `replace` is missing; a rule of this kind needs it",
        id="replace missing",
    ),
    pytest.param(
        "kind: residue\nrules:\n- {id: x, match: ',,'}\n",
        "3:3: the key `message` is missing; a rule of this kind needs it",
        id="message missing",
    ),
]


@pytest.mark.parametrize(("data", "message"), [*YAML, *CONTROL, *INVISIBLE, *SCHEMA, *PATTERNS])
def test_a_fault_is_one_line(
    data: str | bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check(data, message)
