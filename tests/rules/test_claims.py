"""Proves what rules may say together: evidence, examples, contradicting claims, layers, house
style.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pytest

from cleaner import RuleError, RuleSet, UsageError, load_rules
from cleaner.rules.model import Entity, When

HEAD = "kind: name\nrules:\n"
RESIDUE = "kind: residue\nrules:\n- {id: comma, message: m, match: ',,', examples: "
WHEN = "when: [Alibaba]"

LIST = "begin each entry with a hyphen, or write [one, two]"
TEXT = "put it into quotes if it begins with [ or {, or contains “: ”"
FILL = "fill it, or leave the key out"
OUT = "write it out, or leave the entry out"
CONDITION = "write `when: damaged`, or a list of phrases, as in `when: [Alibaba]`"
NEAR = "write `near: {phrases: [...], words: 12}`"
WORDS = "not a whole number from 0 to 999; write it in digits, as in `words: 12`"
KEYS = "give `before` and `after`, or `same` alone, or `reported` alone"
MEND = "correct the rule or the example"
ALONE = "make the rule leave it alone, or drop the example"
BOTH = "give both rules evidence (`when`), or keep the form in one of them"
DROP = "give this rule evidence (`when`), or drop the form"
DECIDE = "decide which form is the canonical one"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rule(key: str) -> str:
    """A file with one sound rule and `key` in line 6, column 3."""
    return f"{HEAD}- id: ma-yun\n  canonical: Ma Yun\n  variants: [Marwin]\n  {key}\n"


def line(name: str, canonical: str, *variants: str, more: str = "") -> str:
    """One name rule in one line."""
    return f"- {{id: {name}, canonical: {canonical}, variants: [{', '.join(variants)}]{more and f', {more}'}}}\n"


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(text.encode())


def check_refused(files: str | Mapping[str, str], message: str) -> None:
    """One file (rules.yaml), or the files of the folder `rules`."""
    write(
        {"rules.yaml": files}
        if isinstance(files, str)
        else {f"rules/{name}": files[name] for name in files}
    )
    with pytest.raises(RuleError) as caught:
        load_rules("rules.yaml" if isinstance(files, str) else "rules", bundled=False)
    assert str(caught.value) == (
        f"rules.yaml:{message}" if isinstance(files, str) else f"rules/{message}"
    )
    assert len(str(caught.value).splitlines()) == 1


def entity(rules: RuleSet, number: int = 0) -> Entity:
    options = rules.rules[number].options
    assert isinstance(options, Entity)
    return options


EVIDENCE = [
    pytest.param(rule("when: Alibaba"), f"6:9: “Alibaba” is not a condition; {CONDITION}", id="text"),
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
        rule("when: {damaged: true}"),
        "6:10: there is no key `damaged` here; known are: document, paragraph, near",
        id="damaged as a key",
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

EXAMPLES = [
    pytest.param(
        rule("examples: x"), f"6:13: `examples` is text, not a list; {LIST}", id="examples are text"
    ),
    pytest.param(
        rule("examples: {same: x}"),
        f"6:13: `examples` is a mapping, not a list; {LIST}",
        id="examples are a mapping",
    ),
    pytest.param(
        rule("examples: [x]"),
        "6:14: an example is text, not a mapping; write `- before: ...` and "
        "`  after: ...`, or `- same: ...`",
        id="example is text",
    ),
    *(
        pytest.param(
            rule(f"examples: [{{{keys}}}]"),
            f"6:14: an example cannot have {what}; {KEYS}",
            id=f"has {what}",
        )
        for keys, what in (
            ("before: x", "before"),
            ("after: x", "after"),
            ("before: x, same: z", "before and same"),
            ("reported: x, same: z", "reported and same"),
            ("", "no keys"),
            ("before: x, after: y, same: z", "after and before and same"),
        )
    ),
    pytest.param(
        rule("examples: [{befor: x, after: z}]"),
        "6:15: there is no key `befor` here; did you mean `before`?",
        id="key of an example mistyped",
    ),
    pytest.param(
        rule("examples: [{same: [x]}]"),
        f"6:21: `same` is a list, not text; {TEXT}",
        id="same is a list",
    ),
    pytest.param(
        rule("examples: [{same: ''}]"), f"6:21: `same` is empty; {OUT}", id="same is empty"
    ),
    pytest.param(
        rule("examples: [{before: '', after: x}]"),
        f"6:23: `before` is empty; {OUT}",
        id="before is empty",
    ),
    pytest.param(
        rule("examples: [{before: x, after: x}]"),
        "6:14: `before` and `after` are the same; write `same: ...` for such a text",
        id="before is after",
    ),
    pytest.param(
        rule("examples: [{before: Marwin fell., after: Jack Ma fell.}]"),
        f"6:14: this example of rules/ma-yun is noisy: it gives “Ma Yun fell.”; {MEND}",
        id="example gives something else",
    ),
    pytest.param(
        rule("examples: [{before: Nobody fell., after: Ma Yun fell.}]"),
        f"6:14: this example of rules/ma-yun is missing: it gives “Nobody fell.”; {MEND}",
        id="example gives nothing",
    ),
    pytest.param(
        rule("examples: [{same: Marwin fell.}]"),
        f"6:14: this example of rules/ma-yun is noisy: it gives “Ma Yun fell.”; {ALONE}",
        id="same changes",
    ),
    pytest.param(
        rule("examples: [{reported: Nobody fell.}]"),
        f"6:14: this example of rules/ma-yun is missing: it gives “Nobody fell.”; {MEND}",
        id="nothing is reported",
    ),
    pytest.param(
        RESIDUE + "[{reported: 'a, b'}]}\n",
        f"3:51: this example of rules/comma is missing: it gives “a, b”; {MEND}",
        id="residue reports nothing",
    ),
    pytest.param(
        RESIDUE + "[{before: 'a,, b', after: 'a, b'}]}\n",
        f"3:51: this example of rules/comma is missing: it gives “a,, b”; {MEND}",
        id="residue changes nothing",
    ),
]

CLAIMS = [
    pytest.param(
        HEAD + line("a", "Ma Yun", "Marwin") + line("b", "Mar Win", "Marwin"),
        f"4:3: “Marwin” is also claimed by rules/a (rules.yaml:3); {BOTH}",
        id="claimed twice",
    ),
    pytest.param(
        {
            "a.yaml": HEAD + line("a", "Ma Yun", "Marwin"),
            "b.yaml": HEAD + line("b", "Mar Win", "Marwin"),
        },
        f"b.yaml:3:3: “Marwin” is also claimed by a/a (rules/a.yaml:3); {BOTH}",
        id="claimed in two files",
    ),
    pytest.param(
        {"a/b.yaml": HEAD + line("a", "A", "X"), "c.yml": HEAD + line("b", "B", "Z", "X")},
        f"c.yml:3:3: “X” is also claimed by a/b/a (rules/a/b.yaml:3); {BOTH}",
        id="claimed in two folders",
    ),
    pytest.param(
        HEAD + line("a", "Ma Yun", "Ma’ Win") + line("b", "Mar Win", '"Ma\'  Win"'),
        f"4:3: “Ma'  Win” is also claimed by rules/a (rules.yaml:3); {BOTH}",
        id="claimed, typed differently",
    ),
    pytest.param(
        HEAD + line("a", "Ma Yun", "Marwin") + line("b", "Marwin", "Mar-win"),
        f"3:3: “Marwin” is a right form of rules/b (rules.yaml:4); {DROP}",
        id="variant is canonical",
    ),
    pytest.param(
        HEAD
        + line("a", "Marvin", "Mervin", more="aliases: [Marwin]")
        + line("b", "Ma Yun", "Marwin"),
        f"4:3: “Marwin” is a right form of rules/a (rules.yaml:3); {DROP}",
        id="variant is an alias",
    ),
    pytest.param(
        HEAD + line("a", "Marwin", "Mar-win", more=WHEN) + line("b", "Ma Yun", "Marwin"),
        f"4:3: “Marwin” is a right form of rules/a (rules.yaml:3); {DROP}",
        id="chain, the first with when",
    ),
    pytest.param(
        HEAD + line("a", "Ma Win", "Ma Yun") + line("b", "Ma Yun", "Ma Win"),
        f"3:3: “Ma Yun” is a right form of rules/b (rules.yaml:4); {DROP}",
        id="circle",
    ),
    pytest.param(
        HEAD + line("a", "Ma Win", "Ma Yun", more=WHEN) + line("b", "Ma Yun", "Ma Win", more=WHEN),
        f"4:3: rules lead in a circle: Ma Yun -> Ma Win -> Ma Yun; {DECIDE}",
        id="circle with when",
    ),
    pytest.param(
        HEAD + "".join(line(f"r{a}", b, a, more=WHEN) for a, b in ("12", "23", "34", "41")),
        f"6:3: rules lead in a circle: 1 -> 2 -> 3 -> 4 -> 1; {DECIDE}",
        id="circle of four with when",
    ),
    pytest.param(
        HEAD + "".join(line(f"r{a}", b, a, more=WHEN) for a, b in ("12", "23", "32")),
        f"5:3: rules lead in a circle: 2 -> 3 -> 2; {DECIDE}",
        id="chain into a circle with when",
    ),
    pytest.param(
        HEAD
        + "".join(
            line(f"r{number}", *forms, more=WHEN)
            for number, forms in enumerate((("Y", "X"), ("Z", "X"), ("X", "Y")))
        ),
        f"5:3: rules lead in a circle: X -> Y -> X; {DECIDE}",
        id="circle beside another claim",
    ),
    pytest.param(
        {"r.yaml": HEAD + line("a", "Y", "X"), "r.yml": HEAD + line("a", "Z", "W")},
        "r.yml:3:3: r/a is also defined in rules/r.yaml:3; rename one of the files",
        id="one id in two files",
    ),
]


@pytest.mark.parametrize(("files", "message"), [*EVIDENCE, *EXAMPLES, *CLAIMS])
def test_a_fault_is_one_line(files: str | Mapping[str, str], message: str) -> None:
    check_refused(files, message)


def test_a_text_that_stays_the_same_must_not_be_reported_either() -> None:
    write({"rules.yaml": RESIDUE + "[{same: 'a,, b'}]}\n"})
    with pytest.raises(RuleError, match=r"^rules\.yaml:3:51: this example of rules/comma is "):
        load_rules("rules.yaml", bundled=False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            line("a", "A", "X", more=WHEN) + line("b", "B", "X", more=WHEN), id="both with when"
        ),
        pytest.param(line("a", "A", "X") + line("b", "B", "X", more=WHEN), id="one with when"),
        pytest.param(
            line("a", "A", "X", more=WHEN) + line("b", "X", "Y"),
            id="variant is canonical, with when",
        ),
        pytest.param(line("a", "A", "X") + line("b", "B", "X", more="level: off"), id="one is off"),
        pytest.param(
            line("a", "Ma Yun", "Marwin") + line("b", "Mar Win", "marwin"), id="another case"
        ),
    ],
)
def test_claims_that_may_stand_together(text: str) -> None:
    for order in permutations(text.splitlines(keepends=True)):
        write({"rules.yaml": HEAD + "".join(order)})
        assert len(load_rules("rules.yaml", bundled=False)) >= 1


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


A, B = HEAD + line("x", "A", "V", "W"), HEAD + line("x", "B", "Z")
LAYERS = [
    pytest.param(
        {"1/p.yaml": A, "2/p.yaml": B},
        ["p/x B Z"],
        ["p/x (1/p.yaml:3) is shadowed by 2/p.yaml:3"],
        id="same id",
    ),
    pytest.param(
        {"1/p.yaml": A, "2/q.yaml": B}, ["p/x A V W", "q/x B Z"], [], id="same name in another file"
    ),
    pytest.param(
        {"1/p.yaml": A, "2/q.yaml": HEAD + line("y", "B", "V")},
        ["p/x A W", "q/y B V"],
        ["“V” of p/x (1/p.yaml:3) is shadowed by q/y (2/q.yaml:3)"],
        id="same variant",
    ),
    pytest.param(
        {"1/p.yaml": A, "2/q.yaml": HEAD + line("y", "B", "V", "W")},
        ["p/x A", "q/y B V W"],
        [
            "“V” of p/x (1/p.yaml:3) is shadowed by q/y (2/q.yaml:3)",
            "“W” of p/x (1/p.yaml:3) is shadowed by q/y (2/q.yaml:3)",
        ],
        id="all variants",
    ),
    pytest.param(
        {"1/p.yaml": A, "2/p.yaml": HEAD + line("x", "B", "Z", more="level: off")},
        [],
        ["p/x (1/p.yaml:3) is shadowed by 2/p.yaml:3"],
        id="off, same id",
    ),
    pytest.param(
        {"1/p.yaml": A, "2/q.yaml": HEAD + line("y", "B", "V", more="level: off")},
        ["p/x A W"],
        ["“V” of p/x (1/p.yaml:3) is shadowed by q/y (2/q.yaml:3)"],
        id="off, same variant",
    ),
    pytest.param(
        {"1/p.yaml": A, "2/q.yaml": HEAD + line("y", "V", "A")},
        ["p/x A V W", "q/y V A"],
        [],
        id="contradiction between layers is none",
    ),
    pytest.param(
        {"1/p.yaml": HEAD + line("x", "A", "V", more="examples: [{same: V}]"), "2/q.yaml": B},
        ["p/x A V", "q/x B Z"],
        [],
        id="examples of bundled rules are not tried",
    ),
    pytest.param(
        {"1/g.yaml": "# names\nkind: gazetteer\nnames: [*x]\n", "2/q.yml": B},
        ["q/x B Z"],
        [],
        id="data is no rule",
    ),
]


@pytest.mark.parametrize(("files", "rules", "notes"), LAYERS)
def test_layers(
    files: Mapping[str, str], rules: list[str], notes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder 1 stands for the rules that come with the package, 2 for a project's."""
    write(files)
    monkeypatch.setattr("cleaner.rules.layers.bundled", lambda: Path("1"))
    found = load_rules("2")
    entities = [entity(found, number) for number in range(len(found))]
    assert [
        " ".join((r.id, e.canonical, *e.variants)) for r, e in zip(found, entities, strict=True)
    ] == rules
    assert list(found.notes) == notes


def test_examples_of_shadowed_forms_count_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    below = """\
kind: name
rules:
- id: ma-yun
  canonical: Ma Yun
  variants: [Ma Win, Marwin]
  examples:
  - {before: Ma Win fell., after: Ma Yun fell.}
  - {before: MA  WIN FELL., after: MA YUN FELL.}
  - {before: Marwin fell., after: Ma Yun fell.}
"""
    write({"1/n.yaml": below, "2/m.yaml": HEAD + line("x", "Ma Wen", "Ma Win")})
    monkeypatch.setattr("cleaner.rules.layers.bundled", lambda: Path("1"))
    found = {rule.id: rule for rule in load_rules("2")}
    assert [example.before for example in found["n/ma-yun"].examples] == ["Marwin fell."]


def test_the_order_of_files_and_rules_never_matters() -> None:
    texts = [
        line("a", "A", "X", more=WHEN),
        line("b", "B", "X", "Y"),
        line("c", "C", "Z", more="unless: [Q]"),
    ]
    seen = set()
    for number, (one, two, three) in enumerate(permutations(texts)):
        write({f"{number}/p.yaml": HEAD + one, f"{number}/q/r.yml": HEAD + two + three})
        rules = load_rules(str(number), bundled=False)
        seen.add(
            frozenset(
                (r.id[-1], r.when, r.unless, entity(rules, i).variants) for i, r in enumerate(rules)
            )
        )
    assert len(seen) == 1


def test_a_file_sets_the_usual_keys_and_a_rule_overrides_them() -> None:
    own = "level: report, when: {near: {phrases: [N], words: 3}}, unless: [V], type: place"
    write(
        {
            "rules.yaml": "kind: name\nlevel: suggest\nwhen: [W]\nunless: [U]\ntype: person\nrules:\n"
            + line("a", "A", "X")
            + line("b", "B", "Y", more=own)
        }
    )
    rules = load_rules("rules.yaml", bundled=False)
    assert [(r.level, r.when, r.unless, entity(rules, i).type) for i, r in enumerate(rules)] == [
        ("suggest", When(document=("W",)), ("U",), "person"),
        ("report", When(near=("N",), words=3), ("V",), "place"),
    ]


JACK = HEAD + line("a", "Ma Yun", "Marwin", more="aliases: [J. Ma, Jack Ma]")


def test_house_style() -> None:
    write({"rules.yaml": JACK})
    read = entity(load_rules("rules.yaml", bundled=False, prefer={"Ma Yun": "Jack Ma"}))
    assert (read.canonical, read.aliases, read.variants) == (
        "Jack Ma",
        ("Ma Yun", "J. Ma"),
        ("Marwin",),
    )


@pytest.mark.parametrize(
    ("prefer", "message"),
    [
        pytest.param(
            {"Ma Yun": "Jackie"}, "“Jackie” is not an alias of “Ma Yun” (rules.yaml:3)", id="no alias"
        ),
        pytest.param(
            {"Ma Yun": "Marwin"}, "“Marwin” is not an alias of “Ma Yun” (rules.yaml:3)", id="a variant"
        ),
        pytest.param(
            {"Ma Win": "Jack Ma"}, "no rule has the canonical form “Ma Win”", id="no canonical form"
        ),
        pytest.param(
            {"Jack Ma": "Ma Yun"},
            "no rule has the canonical form “Jack Ma”",
            id="the wrong way round",
        ),
    ],
)
def test_house_style_that_makes_no_sense(prefer: Mapping[str, str], message: str) -> None:
    write({"rules.yaml": JACK})
    with pytest.raises(UsageError) as caught:
        load_rules("rules.yaml", bundled=False, prefer=prefer)
    assert str(caught.value) == f"house style: {message}"


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        pytest.param(
            ["no.yaml"], "no.yaml:1:1: cannot be read (No such file or directory)", id="file"
        ),
        pytest.param(
            ["folder", "no"], "no:1:1: cannot be read (No such file or directory)", id="folder"
        ),
        pytest.param(
            ["."],
            "folder/x.yaml:1:1: cannot be read (Is a directory)",
            id="folder in a file's place",
        ),
    ],
)
def test_what_is_not_there(layers: list[str], message: str) -> None:
    Path("folder/x.yaml").mkdir(parents=True)
    with pytest.raises(RuleError) as caught:
        load_rules(*layers, bundled=False)
    assert str(caught.value) == f"{message}; check the path"
