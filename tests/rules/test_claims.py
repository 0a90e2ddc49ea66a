"""Name rules of one layer that contradict one another are refused."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import pytest

from cleaner import load_rules
from tests.rules.samples import HEAD, check_refused, line, write

WHEN = "when: [Alibaba]"
BOTH = "give both rules evidence (`when`), or keep the form in one of them"
DROP = "give this rule evidence (`when`), or drop the form"
DECIDE = "decide which form is the canonical one"

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


@pytest.mark.parametrize(("files", "message"), CLAIMS)
def test_a_contradiction_is_one_line(files: str | Mapping[str, str], message: str) -> None:
    check_refused(files, message)


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
