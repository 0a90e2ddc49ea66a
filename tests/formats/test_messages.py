"""Which parts of a message are no text: placeholders, tags, the syntax around choices."""

from __future__ import annotations

import pytest

from cleaner.formats._messages import is_english_tag, marks_in


def seen(message: str, *, is_format: bool = False) -> str:
    """Return the message with ⟦…⟧ around what is locked, without what is hidden."""
    parts: list[str] = []
    end = 0
    for span, meaning in marks_in(message, is_format=is_format):
        parts.append(message[end : span.start])
        if meaning == "locked":
            parts.append(f"⟦{span.of(message)}⟧")
        elif meaning == "break":
            parts.append("\n")
        end = span.end
    return "".join((*parts, message[end:]))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("%s of %d, %% and %5.2f", "⟦%s⟧ of ⟦%d⟧, ⟦%%⟧ and ⟦%5.2f⟧", id="C"),
        pytest.param("%1$s, %2$*1$d %<PRIu64>", "⟦%1$s⟧, ⟦%2$*1$d⟧ ⟦%<PRIu64>⟧", id="C, more"),
        pytest.param("%(name)s %(n)3d", "⟦%(name)s⟧ ⟦%(n)3d⟧", id="Python"),
        pytest.param("{} {0!r:>9} {a.b[0]}", "⟦{}⟧ ⟦{0!r:>9}⟧ ⟦{a.b[0]}⟧", id="braces"),
        pytest.param("%1 of %L2 and %n", "⟦%1⟧ of ⟦%L2⟧ and ⟦%n⟧", id="Qt"),
        pytest.param("$1 ${x y} $name$ $(ARG)", "⟦$1⟧ ⟦${x y}⟧ ⟦$name$⟧ ⟦$(ARG)⟧", id="dollars"),
        pytest.param(
            "%{count} #{n} {{ a | b }}", "⟦%{count}⟧ ⟦#{n}⟧ ⟦{{ a | b }}⟧", id="templates"
        ),
        pytest.param("@user, !name, a@b", "⟦@user⟧, ⟦!name⟧, a⟦@b⟧", id="Drupal"),
        pytest.param("100% of it, 5 %", "100⟦%⟧ of it, 5 ⟦%⟧", id="per cent"),
        pytest.param("R&amp;D &#8217; A & B", "R⟦&amp;⟧D ⟦&#8217;⟧ A & B", id="entities"),
        pytest.param("Hey! Ma {Ma Win} #1", "Hey! Ma {Ma Win} #1", id="no placeholders"),
        pytest.param(
            "{n, plural, =0 {No page of {name}} one {# page, #} other {# pages}} #",
            "⟦{n, plural,⟧⟦ =0 {⟧No page of ⟦{name}⟧⟦}⟧⟦ one {⟧⟦#⟧ page, ⟦#⟧⟦}⟧"
            "⟦ other {⟧⟦#⟧ pages⟦}⟧⟦}⟧ #",
            id="ICU",
        ),
        pytest.param(
            "{g, select, male {{n, plural, other {his}}} other {its}} {t, date, short}",
            "⟦{g, select,⟧⟦ male {⟧⟦{n, plural,⟧⟦ other {⟧his⟦}⟧⟦}⟧⟦}⟧⟦ other {⟧its⟦}⟧⟦}⟧"
            " ⟦{t, date, short}⟧",
            id="ICU, choices in choices",
        ),
        pytest.param("{n, plural, one {# page", "⟦{n, plural,⟧⟦ one {⟧⟦#⟧ page", id="ICU, broken"),
    ],
)
def test_placeholders(message: str, expected: str) -> None:
    assert seen(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("5 % done", "5 ⟦% d⟧one", id="blank of C"),
        pytest.param("~a of ~,2f", "⟦~a⟧ of ⟦~,2f⟧", id="Scheme"),
    ],
)
def test_format_strings_hold_more(message: str, expected: str) -> None:
    assert seen(message, is_format=True) == expected
    assert seen(message) == message.replace("%", "⟦%⟧")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("<b>Ma</b> Win", "Ma Win", id="formatting"),
        pytest.param('<a href="%s">Ma <i>Win</i></a>', "Ma Win", id="placeholder in a tag"),
        pytest.param("<0>Ma</0> Win", "Ma Win", id="numbered"),
        pytest.param("<b>Ma Win", "⟦<b>⟧Ma Win", id="without an end"),
        pytest.param("<b><i>Ma</b></i>", "⟦<b>⟧Ma⟦</b>⟧", id="crossed"),
        pytest.param("Ma<br>Win<br/>", "Ma\nWin\n", id="line breaks"),
        pytest.param("<p>Ma <file> Win</p>", "⟦<p>⟧Ma ⟦<file>⟧ Win⟦</p>⟧", id="others"),
        pytest.param("Run <code>Ma <b>x</b></code>", "Run ⟦<code>Ma <b>x</b></code>⟧", id="code"),
        pytest.param("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", id="signs"),
    ],
)
def test_tags(message: str, expected: str) -> None:
    assert seen(message) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *((tag, True) for tag in ("en", "EN", "en_GB", "en-US", "en@quot", "en.UTF-8", "English")),
        *((tag, False) for tag in ("", "de", "enm", "ko", "C", "x-en")),
    ],
)
def test_languages(language: str, expected: bool) -> None:
    assert is_english_tag(language) is expected
