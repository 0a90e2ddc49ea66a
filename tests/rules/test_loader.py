"""Layers shadow one another; house style is laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pytest

from cleaner import UsageError, load_rules
from cleaner.fixers import kinds
from cleaner.rules import loader
from cleaner.rules.reader import Node, read_yaml
from tests.rules.samples import HEAD, entity, line, write

WHEN = "when: [Alibaba]"

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
            {"Ma Yun": "Jackie"},
            "“Jackie” is not an alias of “Ma Yun” (rules.yaml:3)",
            id="no alias",
        ),
        pytest.param(
            {"Ma Yun": "Marwin"},
            "“Marwin” is not an alias of “Ma Yun” (rules.yaml:3)",
            id="a variant",
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


def test_with_a_memo_only_changed_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("kind: name\nrules:\n- {id: a, canonical: Ma, variants: [Maa]}\n", "utf-8")
    other.write_text("kind: name\nrules:\n- {id: b, canonical: Mo, variants: [Moo]}\n", "utf-8")
    read: list[str] = []

    def counted(data: bytes, file: str) -> Node:
        read.append(file)
        return read_yaml(data, file)

    monkeypatch.setattr(loader, "read_yaml", counted)
    memo: loader.Memo = {}
    first = loader.load([tmp_path], kinds(), memo=memo)
    assert (len(read), loader.load([tmp_path], kinds(), memo=memo), len(read)) == (2, first, 2)
    other.write_text(other.read_text("utf-8").replace("Moo", "Mooo"), "utf-8")
    changed = loader.load([tmp_path], kinds(), memo=memo)
    assert (len(read), changed) == (3, loader.load([tmp_path], kinds()))
    assert changed != first
