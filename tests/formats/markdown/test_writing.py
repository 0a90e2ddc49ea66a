"""New text in Markdown is read as text: escaped where it would be markup, else refused."""

from __future__ import annotations

import pytest

from cleaner.formats import markdown
from cleaner.text.edits import Edit, Span


def written(source: str, old: str, new: str) -> str | None:
    """Return the source with new text for old, or None if it cannot be written.

    What is written must read as the new text, and its markup must be the same.
    """
    document = markdown.read(source)
    start = document.text.index(old)
    edit = document.fit(Edit(Span(start, start + len(old)), new, ("test/new",)))
    if edit is None:
        return None
    after = document.rewritten([edit])
    again = markdown.read(after)
    assert again.text == document.text.replace(old, new, 1)
    assert again.structure() == document.structure()
    return after


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param("*a*", r"\*a\*", id="asterisks"),
        pytest.param("a * b", "a * b", id="a lone asterisk"),
        pytest.param("a_b_c", "a_b_c", id="underscores in a word"),
        pytest.param("_a_", r"\_a\_", id="underscores around a word"),
        pytest.param("~~a~~", r"\~\~a\~\~", id="tildes"),
        pytest.param("[a]", "[a]", id="brackets"),
        pytest.param("[a](b)", r"\[a\](b)", id="a link"),
        pytest.param("<b>", r"\<b>", id="a tag"),
        pytest.param("a < b & c", "a < b & c", id="less than, and"),
        pytest.param("&amp;", r"\&amp;", id="an entity"),
        pytest.param("`a`", r"\`a\`", id="backticks"),
        pytest.param("a\\*", r"a\\*", id="a backslash before a mark"),
        pytest.param("a\\b", r"a\b", id="a backslash before a letter"),
        pytest.param("1999. x", r"1999\. x", id="a number"),
        pytest.param("# x", r"\# x", id="a number sign"),
        pytest.param("- x", r"\- x", id="a hyphen"),
        pytest.param("+ x", r"\+ x", id="a plus sign"),
        pytest.param("> x", r"\> x", id="an angle"),
        pytest.param("a\nb", "a\nb", id="a line break"),
        pytest.param("a\n- b", None, id="a line that would be a list"),
        pytest.param("a|b", "a|b", id="a vertical bar"),
    ],
)
def test_new_text_at_the_beginning_of_a_paragraph(new: str, expected: str | None) -> None:
    after = written("Foo bar", "Foo", new)
    assert after == (expected and f"{expected} bar")


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        pytest.param("x Foo", "Foo", "- a", "x - a", id="inside a line a hyphen is none"),
        pytest.param("> a\n> Foo", "Foo", "- x", "> a\n> \\- x", id="a line of a quote"),
        pytest.param("> a\n> b", "a", "x\ny", "> x\n> y\n> b", id="a line break in a quote"),
        pytest.param("|a|\n|-|\n|Foo|", "Foo", "x|y", "|a|\n|-|\n|x\\|y|", id="a cell"),
        pytest.param("|a|\n|-|\n|Foo|", "Foo", "x\ny", None, id="a line break in a cell"),
        pytest.param("# Foo", "Foo", "C #", "# C \\#", id="the end of a heading"),
        pytest.param("# Foo", "Foo", "a\nb", None, id="a line break in a heading"),
        pytest.param("1.Foo", ".F", ". F", None, id="a space that would make a list"),
        pytest.param("**Foo** b", "Foo", " x", None, id="a space at the edge of emphasis"),
        pytest.param("**Foo** b", "Foo", "", None, id="nothing in emphasis"),
        pytest.param("a\nFoo\nb", "Foo", "", None, id="nothing in a line"),
        pytest.param("a\nFoo\nb", "\nFoo", "", "a\nb", id="a line with its end"),
        pytest.param("a <Foo b", "Foo", "x>", None, id="an angle that closes a tag"),
        pytest.param("a & lt; b", "& ", "&", None, id="an entity is made"),
        pytest.param("&ldquo;Foo", "Foo", "x”", "&ldquo;x&rdquo;", id="as other entities"),
    ],
)
def test_new_text_elsewhere(source: str, old: str, new: str, expected: str | None) -> None:
    assert written(source, old, new) == expected
