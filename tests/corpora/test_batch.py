"""`clean_batch`: many texts in any process, and none of them raises anything."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from cleaner import RuleError, clean_batch, load_rules
from cleaner.engine.cleaner import Cleaner
from cleaner.errors import GuaranteeError
from cleaner.rulebook import cleaners
from cleaner.rulebook.cleaners import Rules
from tests.command import CLEAN, DAMAGED
from tests.samples import bundled, ruleset

MINE = "kind: name\nrules:\n- {id: mine, canonical: Bo, variants: [Boo]}\n"
PATTERN = (
    "kind: pattern\nlevel: {}\nrules:\n- {{id: a, match: qx, replace: qy, message: odd{}, "
    "examples: [{{before: qx, after: qy}}]}}\n"
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_a_result_is_that_of_a_cleaner() -> None:
    (result,) = clean_batch([DAMAGED])
    assert (result.text, result.error) == (CLEAN, "")
    assert result.findings == bundled().clean(DAMAGED).findings != ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(None, "this is not text but None", id="nothing"),
        pytest.param(7, "this is not text but of the type int", id="number"),
        pytest.param(b"Marwin", "this is not text but of the type bytes", id="bytes"),
        pytest.param(
            "Alibaba \ud800 Marwin",
            "there is half a character (U+D800) in it, which is not text; mend it",
            id="lone surrogate",
        ),
    ],
)
def test_what_cannot_be_cleaned_is_unchanged_and_says_why(text: Any, error: str) -> None:
    before, result, after = clean_batch([DAMAGED, text, DAMAGED])
    assert result.text is text
    assert result.source is text
    assert (result.error, result.changed, result.findings) == (error, False, ())
    assert before.text == after.text == CLEAN


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (GuaranteeError("a pattern takes too long"), "a pattern takes too long"),
        (MemoryError(), "there is not enough memory for it"),
        (
            KeyError("x\ny"),
            "this is a fault of the program (KeyError: 'x\\ny'); please report it",
        ),
    ],
    ids=["guarantee", "memory", "fault"],
)
def test_an_error_of_one_text_is_its_result(
    raised: Exception, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(*_: object) -> None:
        raise raised

    monkeypatch.setattr(Cleaner, "clean", clean)
    assert [result.error for result in clean_batch(["a", "b"])] == [error, error]


@pytest.mark.parametrize("form", ["path", "text", "list", "rules"])
def test_rules_of_ones_own(form: str, mine: Path) -> None:
    rules: dict[str, Rules] = {
        "path": mine,
        "text": str(mine),
        "list": [mine],
        "rules": load_rules(mine),
    }
    assert [result.text for result in clean_batch(["Boo!", DAMAGED], rules[form])] == ["Bo!", CLEAN]


def test_only_the_rules_that_are_given_as_rules() -> None:
    assert clean_batch([f"Boo! {DAMAGED}"], ruleset(MINE))[0].text == f"Bo! {DAMAGED}"


def test_level_and_damage_are_those_of_a_cleaner() -> None:
    rules = ruleset(PATTERN.format("fix", ", when: damaged"))
    assert clean_batch(["qx"], rules)[0].text == "qx"
    assert clean_batch(["qx"], rules, damaged=True)[0].text == "qy"
    rules = ruleset(PATTERN.format("suggest", ""))
    assert clean_batch(["qx"], rules)[0].text == "qx"
    assert clean_batch(["qx"], rules, level="suggest")[0].text == "qy"


def test_rules_are_loaded_once_in_a_process(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaners._kept.cache_clear()
    made: list[object] = []

    def make(rules: object, **_: object) -> Cleaner:
        made.append(rules)
        return bundled()

    monkeypatch.setattr(cleaners, "Cleaner", make)
    sent = pickle.dumps(load_rules(mine, bundled=False))
    for _ in range(3):
        clean_batch(["a"])
        clean_batch(["a"], str(mine))
        clean_batch(["a"], pickle.loads(sent))  # equal rules, though another object each time
    cleaners._kept.cache_clear()
    assert len(made) == 3


@pytest.mark.parametrize("content", ["kind: nonsense\n", None], ids=["malformed", "missing"])
def test_rules_that_are_wrong_are_an_error(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    if content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError):
        clean_batch([DAMAGED], path)


def test_it_works_in_another_process(mine: Path) -> None:
    work = pickle.loads(pickle.dumps(partial(clean_batch, rules=load_rules(mine))))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        (results,) = pool.map(work, [[DAMAGED, "Boo!", None]])
    assert [result.text for result in results] == [CLEAN, "Bo!", None]
    assert results[0].findings == bundled().clean(DAMAGED).findings
