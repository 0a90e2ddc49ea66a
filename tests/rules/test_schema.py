"""The schema: which keys a rule file may have, and what may be in them."""

from __future__ import annotations

import pytest

from cleaner import load_rules
from cleaner.rules.model import When
from tests.rules.samples import (
    FILL,
    HEAD,
    LIST,
    NAME,
    NEEDED,
    OUT,
    TEXT,
    check_refused,
    entity,
    line,
    rule,
    variants,
    write,
)

TOP = "begin with `kind: name` and `rules:`"
RULE_KEYS = "id, level, when, otherwise, unless, damage, once, examples, provenance"
KEYS = f"{RULE_KEYS}, canonical, variants, aliases, source, type, forms"
ID = "use small letters, digits and single hyphens"
CONDITION = "write `when: damaged`, or a list of phrases, as in `when: [Alibaba]`"
WITHOUT_DAMAGE = "`otherwise` is the level that a rule has in a document without proven damage"
NEAR = "write `near: {phrases: [...], words: 12}`"
WORDS = "not a whole number from 0 to 999; write it in digits, as in `words: 12`"

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
        "kind: pattern\nrules:\n- {id: x, match: x, replace: y, message: m, otherwise: report}\n",
        f"3:56: {WITHOUT_DAMAGE}; write `when: damaged` beside it, or leave it out",
        id="otherwise without damage",
    ),
    pytest.param(
        "kind: pattern\nrules:\n- {id: x, match: x, replace: y, message: m, when: damaged,"
        " otherwise: suggest, damage: true}\n",
        "3:88: a rule that acts without damage, by `otherwise`, cannot prove it;"
        " leave out one of the two",
        id="otherwise and damage",
    ),
    pytest.param(
        "kind: pattern\nrules:\n- {id: x, match: x, replace: y, message: m, when: damaged,"
        " otherwise: fix}\n",
        "3:71: there is no otherwise “fix”; known are: suggest, report",
        id="otherwise fix",
    ),
    pytest.param(
        "kind: pattern\nrules:\n- {id: x, match: x, replace: y, message: m, once: true}\n",
        "3:51: only what is reported can be told once for a whole document;"
        " write `level: report`, or leave `once` out",
        id="once and fix",
    ),
    pytest.param(
        "kind: residue\nrules:\n- {id: x, match: ',,', message: m, replace: z}\n",
        f"3:36: there is no key `replace` here; known are: {RULE_KEYS}, match, message, glossed,"
        " not_after",
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
        + "- id: jack\n  canonical: J\n  variants: [K]\n"
        + "- canonical: L\n  variants: [M]\n  id: ma-yun\n",
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
        rule("provenance: {pages: https://example.org}"),
        f"6:23: `pages` is text, not a list; {LIST}",
        id="pages are text",
    ),
    pytest.param(
        rule("provenance: {pages: [https://example.org/a, example.org]}"),
        "6:47: “example.org” is no web address; write it out, as in https://example.org/page",
        id="a page without a scheme",
    ),
    pytest.param(
        rule("provenance: {pages: ['https://example.org/a b']}"),
        "6:24: “https://example.org/a b” is no web address; "
        "write it out, as in https://example.org/page",
        id="a page with a space",
    ),
    pytest.param(
        rule("forms: likley"),
        "6:10: there is no forms “likley”; did you mean `likely`?",
        id="forms mistyped",
    ),
    pytest.param(
        rule("forms: none"),
        "6:10: there is no forms “none”; known are: likely",
        id="other forms",
    ),
    pytest.param(
        rule("forms: [likely]"), f"6:10: `forms` is a list, not text; {TEXT}", id="a list of forms"
    ),
    pytest.param(
        "kind: boundaries\n",
        "1:1: this file lists no words; list them, as in `suffixes: [led, based]`",
        id="no words beside names",
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

EVIDENCE = [
    pytest.param(
        rule("when: Alibaba"), f"6:9: “Alibaba” is not a condition; {CONDITION}", id="text"
    ),
    pytest.param(
        rule("when: Damaged"), f"6:9: “Damaged” is not a condition; {CONDITION}", id="capital"
    ),
    pytest.param(rule("when: ''"), f"6:9: “” is not a condition; {CONDITION}", id="empty text"),
    pytest.param(rule("when: []"), f"6:9: `when` is an empty list; {FILL}", id="empty list"),
    pytest.param(
        rule("when: {}"),
        "6:9: `when` is empty; list phrases, or leave the key out",
        id="empty mapping",
    ),
    pytest.param(rule("when: ['']"), f"6:10: `when` is empty; {OUT}", id="empty phrase"),
    pytest.param(
        rule("when: [[a]]"), f"6:10: `when` is a list, not text; {TEXT}", id="list in a list"
    ),
    pytest.param(
        rule("when: [a: b]"), f"6:10: `when` is a mapping, not text; {TEXT}", id="mapping in a list"
    ),
    pytest.param(
        rule("when: {damage: spaces}"),
        "6:10: there is no key `damage` here; did you mean `damaged`?",
        id="damage as a key of when",
    ),
    pytest.param(
        rule("when: {damaged: [spaces]}"),
        f"6:19: `damaged` is a list, not text; {TEXT}",
        id="kinds of damage in a list",
    ),
    pytest.param(
        rule("damage: {edits: 0}"),
        "6:19: `edits` is “0”, not a whole number from 1 to 1000000; write it in digits, "
        "as in `edits: 12`",
        id="no edit proves damage",
    ),
    pytest.param(
        rule("damage: {edits: 1, lines: 3}"),
        "6:22: there is no key `lines` here; known are: edits, characters",
        id="damage by lines",
    ),
    pytest.param(
        rule("damage: sometimes"),
        "6:11: there is no damage “sometimes”; known are: false, true, twice",
        id="damage of another word",
    ),
    pytest.param(
        rule("when: {paragrahp: [x]}"),
        "6:10: there is no key `paragrahp` here; did you mean `paragraph`?",
        id="key mistyped",
    ),
    pytest.param(
        rule("when: {document: x}"),
        f"6:20: `document` is text, not a list; {LIST}",
        id="document is text",
    ),
    pytest.param(
        rule("when: {document: []}"),
        f"6:20: `document` is an empty list; {FILL}",
        id="document is empty",
    ),
    pytest.param(
        rule("when: {paragraph: {a: b}}"),
        f"6:21: `paragraph` is a mapping, not a list; {LIST}",
        id="paragraph is a mapping",
    ),
    pytest.param(
        rule("when: {near: x}"), f"6:16: `near` is text, not a mapping; {NEAR}", id="near is text"
    ),
    pytest.param(
        rule("when: {near: [x]}"),
        f"6:16: `near` is a list, not a mapping; {NEAR}",
        id="near is a list",
    ),
    pytest.param(
        rule("when: {near: {words: 3}}"),
        "6:16: the key `phrases` is missing; say what must be near",
        id="near without phrases",
    ),
    pytest.param(
        rule("when: {near: {phrase: [x]}}"),
        "6:17: there is no key `phrase` here; did you mean `phrases`?",
        id="near with a key mistyped",
    ),
    pytest.param(
        rule("when: {near: {phrases: x}}"),
        f"6:26: `phrases` is text, not a list; {LIST}",
        id="near with text",
    ),
    pytest.param(
        rule("when: {near: {phrases: []}}"),
        f"6:26: `phrases` is an empty list; {FILL}",
        id="near with an empty list",
    ),
    *(
        pytest.param(
            rule(f"when: {{near: {{phrases: [x], words: {words}}}}}"),
            f"6:38: `words` is “{words}”, {WORDS}",
            id=f"near within {words}",
        )
        for words in ("ten", "-1", "1000", "1.5", "１")
    ),
    pytest.param(
        rule("when: {near: {phrases: [x], words: [1]}}"),
        f"6:38: `words` is a list, {WORDS}",
        id="near within a list",
    ),
]


@pytest.mark.parametrize(("data", "message"), [*SCHEMA, *EVIDENCE])
def test_a_fault_is_one_line(data: str | bytes, message: str) -> None:
    check_refused(data, message)


def test_a_file_sets_the_usual_keys_and_a_rule_overrides_them() -> None:
    own = "level: report, when: {near: {phrases: [N], words: 3}}, unless: [V], type: place"
    write(
        {
            "rules.yaml": "kind: name\nlevel: suggest\nwhen: [W]\nunless: [U]\n"
            + "type: person\nrules:\n"
            + line("a", "A", "X")
            + line("b", "B", "Y", more=own)
        }
    )
    rules = load_rules("rules.yaml", bundled=False)
    assert [(r.level, r.when, r.unless, entity(rules, i).type) for i, r in enumerate(rules)] == [
        ("suggest", When(document=("W",)), ("U",), "person"),
        ("report", When(near=("N",), words=3), ("V",), "place"),
    ]
