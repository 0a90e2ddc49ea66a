"""The names that are known to be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import CleanerError, load_names, load_rules
from cleaner.names.gazetteer import bundled_names, known_names
from cleaner.rules import layers
from cleaner.rules.model import Entity


def test_errors_for_an_empty_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(CleanerError, match="the file has no names; write one name a line"):
        load_names(tmp_path / "empty.txt")
    with pytest.raises(CleanerError, match="cannot be read"):
        load_names(tmp_path / "none.txt")


def test_the_gazetteer_holds_no_garbled_form() -> None:
    """Where a rule says that a form is garbled, the gazetteer must not say that it is right."""
    right: set[str] = set()
    for name in bundled_names(layers.bundled()):
        right.update(name.right)
    variants: set[str] = set()
    for rule in load_rules():
        if isinstance(rule.options, Entity):
            variants.update(rule.options.variants)
    assert right & variants == set()


def test_names_of_rules_and_of_the_gazetteer_agree() -> None:
    """A name that both have is written with the same Hanzi in both."""
    listed = {name.canonical: name for name in bundled_names(layers.bundled())}
    compared = 0
    for rule in load_rules():
        if isinstance(rule.options, Entity) and rule.options.canonical in listed:
            hanzi = listed[rule.options.canonical].hanzi
            if hanzi and "zh" in rule.options.source:
                assert hanzi == rule.options.source["zh"], rule.id
                compared += 1
    assert compared > 0


def test_names_of_rules_are_known_too() -> None:
    listed = {name.canonical for name in bundled_names(layers.bundled())}
    known = {name.canonical for name in known_names(load_rules())}
    assert known > listed
