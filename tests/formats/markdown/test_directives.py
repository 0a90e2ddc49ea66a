"""Directives in comments of Markdown: which comments are real, and what each is about."""

from __future__ import annotations

import pytest

from cleaner.formats import markdown, plain
from cleaner.text.directives import Directive
from cleaner.text.document import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "<!-- cleaner: ignore x/y -->\n\nA\n\nB", [("ignore", ("x/y",), ["A"])], id="next block"
        ),
        pytest.param(
            "<!--cleaner:ignore a, b/*-->\n# A",
            [("ignore", ("a", "b/*"), ["A"])],
            id="two rules, heading",
        ),
        pytest.param(
            "<!-- cleaner: ignore -->\n\n- A\n- B\n\nC", [("ignore", (), ["A\n\nB"])], id="list"
        ),
        pytest.param(
            "<!-- cleaner: ignore -->\n|A|\n|--|\n|B|",
            [("ignore", (), ["A\n\nB"])],
            id="table",
        ),
        pytest.param(
            "- <!-- cleaner: ignore -->\n  A\n- B", [("ignore", (), ["A"])], id="inside a list item"
        ),
        pytest.param(
            "> <!-- cleaner: ignore -->\n\nB", [("ignore", (), [])], id="never out of its quote"
        ),
        pytest.param(
            "A<!--cleaner: ignore-->B\n\nC",
            [("ignore", (), ["AB"])],
            id="inside",
        ),
        pytest.param("<!-- cleaner: ignore -->", [("ignore", (), [])], id="nothing follows"),
        pytest.param(
            "<!-- cleaner: off -->\n\nA\n\n<!-- cleaner: on -->\n\nB",
            [("off", (), ["A"]), ("on", (), [])],
            id="off and on",
        ),
        pytest.param(
            "A\n\n<!-- cleaner: off x -->\n\nB\n", [("off", ("x",), ["B"])], id="off to the end"
        ),
        pytest.param("`<!-- cleaner: off -->` \\<!-- cleaner: off -->", [], id="in code, escaped"),
        pytest.param(
            "```\n<!-- cleaner: off -->\n```\n\n    <!-- cleaner: off -->",
            [],
            id="in blocks of code",
        ),
        pytest.param(
            "---\na: <!-- cleaner: off -->\n---\n\n[a](<b> '<!-- cleaner: off -->')",
            [],
            id="in data",
        ),
        pytest.param(
            "<!-- cleaner: offer --> <!-- cleaner off --> <!-- cleaner is off -->",
            [("unknown", ("offer",), []), ("unknown", ("cleaner off",), [])],
            id="another word, no colon, prose",
        ),
    ],
)
def test_directives(text: str, expected: list[tuple[str, tuple[str, ...], list[str]]]) -> None:
    document = markdown.read(text)
    found = list(document.directives())
    assert [(each.action, each.rules, _reaches(each, document)) for each in found] == expected
    assert all(each.span.of(text).startswith("<!--") for each in found)
    assert all(each.span.of(text).endswith("-->") for each in found)


def _reaches(directive: Directive, document: Document) -> list[str]:
    return [reach.of(document.text) for reach in directive.reaches]


def test_plain_text_has_no_comments() -> None:
    assert list(plain.read("<!-- cleaner: off -->").directives()) == []
