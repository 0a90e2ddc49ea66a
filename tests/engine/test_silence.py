"""What a person said is right stays: comments in Markdown, entries in the configuration, and
`cleaner ignore`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.engine.silence import Ignore, concerns, quoted
from cleaner.formats import markdown, plain
from cleaner.project.globs import Globs, exactly
from cleaner.project.tomlfile import appended
from cleaner.text.edits import Span
from tests.samples import names

ENGINE = names(
    "canonical: Ma Yun, variants: [Marwin]",
    "canonical: Jiang Fan, variants: [Zhangfan], when: [Ma Yun]",
    "canonical: Long Name, variants: [Ma Yun said]",
)
RULE = "mine/rule-0"

IGNORES = [
    pytest.param("Marwin fell.", [], "Ma Yun fell.", id="none"),
    pytest.param("Marwin fell.", [Ignore(RULE, "Marwin")], "Marwin fell.", id="by id and text"),
    pytest.param("Marwin fell.", [Ignore("mine/*", "Marwin")], "Marwin fell.", id="by glob"),
    pytest.param("Marwin fell.", [Ignore("other/*", "Marwin")], "Ma Yun fell.", id="another rule"),
    pytest.param("Marwin fell.", [Ignore(RULE, "marwin")], "Ma Yun fell.", id="to the letter"),
    pytest.param(
        "Marwin fell.", [Ignore(RULE, "win fell")], "Ma Yun fell.", id="only a part of it"
    ),
    pytest.param(
        "Marwin fell. Marwin Hitz stood.",
        [Ignore(RULE, "Marwin Hitz")],
        "Ma Yun fell. Marwin Hitz stood.",
        id="with the words around it",
    ),
    pytest.param(
        "Marwin, Zhangfan.",
        [Ignore(RULE, "Marwin")],
        "Marwin, Zhangfan.",
        id="silent means no evidence",
    ),
    pytest.param(
        "Ma Yun said and Marwin Said.",
        [Ignore("mine/rule-2", "Ma Yun said")],
        "Ma Yun said and Ma Yun Said.",
        id="a right form stays right",
    ),
]


@pytest.mark.parametrize(("text", "ignores", "after"), IGNORES)
def test_ignores(text: str, ignores: list[Ignore], after: str) -> None:
    result = ENGINE.clean(text, plain.read, ignores)
    assert result.text == after
    assert ENGINE.clean(after, plain.read, ignores).text == after
    assert result.used == (frozenset(ignores) if after != ENGINE.clean(text).text else frozenset())


LONGER = names(
    "canonical: Ma Yun, variants: [Marwin], aliases: [Jack Ma]",
    "canonical: Ma Huateng, variants: [Marwin Teng], aliases: [Marwin T]",
    "canonical: Marvin, variants: [Marwin], when: [Seoul]",
    "canonical: Jiang Fan, variants: [Zhangfan], when: [Ma Huateng]",
)
LONG, RIVAL = "mine/rule-1", "mine/rule-2"


@pytest.mark.parametrize(
    ("text", "ignored", "after"),
    [
        pytest.param("Marwin Teng", None, "Ma Huateng", id="the longer form wins"),
        pytest.param("Marwin Teng", LONG, "Ma Yun Teng", id="the longer rule is ignored"),
        pytest.param("Marwin Teng", "mine/*", "Marwin Teng", id="both are ignored"),
        pytest.param("Seoul: Marwin", None, "Seoul: Marwin", id="two claims"),
        pytest.param("Seoul: Marwin", RIVAL, "Seoul: Ma Yun", id="one claim is ignored"),
        pytest.param("Seoul: Marwin", RULE, "Seoul: Marvin", id="the other claim is ignored"),
        pytest.param("Marwin T won", LONG, "Marwin T won", id="right forms stay right"),
    ],
)
def test_a_rule_that_is_ignored_blocks_nothing(text: str, ignored: str | None, after: str) -> None:
    """Whether a comment, an entry of `ignores` or the configuration says so."""
    ignores = [Ignore(ignored, text)] if ignored else []
    assert LONGER.clean(text, plain.read, ignores).text == after
    comment = f"<!-- cleaner: ignore {ignored} -->\n\n" if ignored else ""
    assert LONGER.clean(comment + text, markdown.read).source == comment + after
    ids = [id_ for id_ in LONGER.rules if ignored and concerns([ignored], id_)]
    assert LONGER.without(ids).clean(text).text == after


def test_the_comment_that_ignores_the_longer_rule_is_of_use() -> None:
    comment = f"<!-- cleaner: ignore {LONG} -->\n\nMarwin Teng"
    assert LONGER.clean(comment, markdown.read).findings[-1].level == "fix"
    assert not [f for f in LONGER.clean(comment, markdown.read).findings if f.level == "report"]


def test_a_rule_that_may_not_act_is_evidence_all_the_same() -> None:
    text = "Marwin Teng met Zhangfan"
    assert LONGER.without([LONG]).clean(text).text == "Ma Yun Teng met Jiang Fan"


COMMENTS = [
    pytest.param(
        "<!-- cleaner: ignore -->\n\nMarwin.\n\nMarwin.",
        "Marwin.\n\nMa Yun.",
        [],
        id="the next block",
    ),
    pytest.param(f"<!-- cleaner: ignore {RULE} -->\nMarwin.", "Marwin.", [], id="one rule"),
    pytest.param("<!-- cleaner: ignore mine/* -->\nMarwin.", "Marwin.", [], id="a glob"),
    pytest.param(
        "<!-- cleaner: ignore mine/rule-1 -->\nMarwin.",
        "Ma Yun.",
        ["1:1 this comment suppresses nothing"],
        id="no use",
    ),
    pytest.param(
        "<!-- cleaner: ignore mine/rool-0 -->\nMarwin.",
        "Ma Yun.",
        ["1:1 no rule's id matches “mine/rool-0”; did you mean `mine/rule-0`?"],
        id="no such rule",
    ),
    pytest.param(
        "<!-- cleaner: off -->\n\nMarwin.\n\nMarwin.\n\n<!-- cleaner: on -->\n\nMarwin.",
        "Marwin.\n\nMarwin.\n\nMa Yun.",
        [],
        id="off and on",
    ),
    pytest.param(
        "Marwin.\n\n<!-- cleaner: off -->\n\nMarwin.", "Ma Yun.\n\nMarwin.", [], id="off to the end"
    ),
    pytest.param(
        "<!-- cleaner: offf -->\n\nMarwin.",
        "Ma Yun.",
        ["1:1 there is no “offf”; did you mean `off`?"],
        id="a typo",
    ),
    pytest.param(
        "<!-- cleaner: ignore mine/rule-0, mine/rool-0 -->\nMarwin.",
        "Marwin.",
        ["1:1 no rule's id matches “mine/rool-0”; did you mean `mine/rule-0`?"],
        id="a typo beside a rule",
    ),
    pytest.param("<!-- cleaner: ignore rule-0 -->\nMarwin.", "Marwin.", [], id="the end of an id"),
    pytest.param("<!-- cleaner: ignore mine -->\nMarwin.", "Marwin.", [], id="a folder"),
    pytest.param("<!-- cleaner: -->\n\nMarwin.", "Ma Yun.", [], id="no directive"),
    pytest.param("<!-- cleaner is off -->\n\nMarwin.", "Ma Yun.", [], id="prose"),
    pytest.param("<!-- cleaner on Mondays -->\n\nMarwin.", "Ma Yun.", [], id="prose with a word"),
    pytest.param(
        "<!-- cleaner off -->\n\nMarwin.",
        "Ma Yun.",
        ["1:1 there is no “cleaner off”; did you mean `cleaner: off`?"],
        id="no colon",
    ),
    pytest.param(
        "<!-- Cleaner: Ignore mine -->\n\nMarwin.",
        "Ma Yun.",
        ["1:1 there is no “Cleaner: Ignore”; did you mean `cleaner: ignore`?"],
        id="capitals",
    ),
    pytest.param(
        "<!-- cleaner: ignore-next-line -->\n\nMarwin.",
        "Ma Yun.",
        ["1:1 there is no “ignore-next-line”; known are: ignore, off, on"],
        id="a word with hyphens",
    ),
    pytest.param(
        "`<!-- cleaner: off -->`\n\nMarwin.", "`<!-- cleaner: off -->`\n\nMa Yun.", [], id="in code"
    ),
]


@pytest.mark.parametrize(("text", "after", "idle"), COMMENTS)
def test_comments(text: str, after: str, idle: list[str]) -> None:
    result = ENGINE.clean(text, markdown.read)
    bare = "\n".join(line for line in result.source.split("\n") if not line.startswith("<!--"))
    assert bare.strip("\n").replace("\n\n\n", "\n\n") == after
    reports = [finding for finding in result.findings if finding.level == "report"]
    assert [f"1:{finding.span.start + 1} {finding.message}" for finding in reports] == idle
    assert ENGINE.clean(result.source, markdown.read).source == result.source


def test_in_plain_text_a_comment_is_text() -> None:
    assert (
        ENGINE.clean("<!-- cleaner: off -->\n\nMarwin.").text == "<!-- cleaner: off -->\n\nMa Yun."
    )


def test_a_comment_about_a_rule_that_may_not_act_is_not_called_idle() -> None:
    one = Cleaner(ENGINE.index, acts=lambda id_: id_ != RULE)
    assert not one.clean(f"<!-- cleaner: ignore {RULE} -->\nMarwin.", markdown.read).findings


def test_rules_are_asked_once_for_all_comments_about_them() -> None:
    asked: list[str] = []

    def acts(rule: str) -> bool:
        asked.append(rule)
        return True

    text = "<!-- cleaner: ignore mine -->\n\nGood.\n\n"
    cleaner = Cleaner(ENGINE.index, acts=acts)
    assert len(cleaner.clean(text, markdown.read).findings) == 1
    once = len(asked)
    assert len(cleaner.clean(text * 50, markdown.read).findings) == 50
    assert len(asked) == 2 * once


QUOTED = [
    pytest.param("Marwin fell.", "Marwin", "Marwin", id="once"),
    pytest.param("[Marwin] fell. Marwin stood.", "Marwin", "Marwin] fell.", id="twice, the first"),
    pytest.param("Marwin fell. Here is [Marwin]", "Marwin", "is Marwin", id="at the end"),
    pytest.param("She is Marwin.\nHe is [Marwin", "Marwin", "He is Marwin", id="words before"),
    pytest.param("the[’]rat and the’cat", "’", "the’rat", id="a mark takes the words it touches"),
    pytest.param("out[,], which", ",", "out,,", id="a comma"),
    pytest.param("Marwin\n[Marwin]\nMarwin", "Marwin", "Marwin", id="no telling apart"),
    pytest.param(
        "[Marwin] fell " + "so " * 47 + "x.\nMarwin fell " + "so " * 47 + "y.",
        "Marwin",
        "Marwin fell " + "so " * 47 + "x.",
        id="many words",
    ),
    pytest.param(
        f"Go.\n  {'Marwin fell ' * 60} \nGo.",
        "Marwin",
        ("Marwin fell " * 60).strip(),
        id="a long line",
    ),
    pytest.param(
        f"{'go ' * 60}ma\nwin{' it' * 60}\n\n" * 2,
        "ma\nwin",
        f"{'go ' * 60}ma\nwin{' it' * 60}",
        id="two long lines",
    ),
]


@pytest.mark.parametrize(("text", "there", "wanted"), QUOTED)
def test_the_words_to_write_down(text: str, there: str, wanted: str) -> None:
    start = text.find("[") if "[" in text else text.find(there)
    clean = text.replace("[", "").replace("]", "")
    span = Span(start, start + len(there))
    assert quoted(clean, [span]) == {span: wanted.replace("[", "").replace("]", "")}


@given(st.text("Marwin ’,\n", max_size=40), st.integers(0, 39), st.integers(1, 6))
def test_the_words_hold_the_span_and_stand_in_the_text(text: str, start: int, size: int) -> None:
    span = Span(start, min(start + size, len(text)))
    if span.start < span.end:
        found = quoted(text, [span])[span]
        assert found in text
        assert span.of(text) in found


@given(st.text(), st.text(min_size=1), st.sampled_from(["", "[tool.x]\na = 1", "# c\r\nb = 2\r\n"]))
def test_an_entry_comes_back_from_the_file(reason: str, text: str, before: str) -> None:
    entry = {"file": "/a.txt", "rule": "x", "text": text, "reason": reason}
    header = ("tool", "cleaner")
    whole = appended(before, header, "ignores", [entry])
    assert whole.startswith(before)
    assert tomllib.loads(whole)["tool"]["cleaner"]["ignores"] == [entry]
    twice = appended(before, header, "ignores", [entry, entry])
    assert twice == appended(whole, header, "ignores", [entry])
    assert tomllib.loads(twice)["tool"]["cleaner"]["ignores"] == [entry, entry]
    assert appended(whole, header, "ignores", []) == whole


@pytest.mark.parametrize(
    "name", ["a.txt", "b/a.txt", "a*[1]?.txt", "!a.txt", "a\\b.txt", "# a.txt"]
)
def test_a_pattern_for_one_path(name: str, tmp_path: Path) -> None:
    assert Globs(tmp_path, (exactly(name),)).match(tmp_path / name)
    assert not Globs(tmp_path, (exactly(name),)).match(tmp_path / "x" / name)
    assert not Globs(tmp_path, (exactly(name),)).match(tmp_path / "a1.txt")
