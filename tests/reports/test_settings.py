"""The settings as people and programs read them."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest

from cleaner.project.config import Config, Ignored
from cleaner.reports.settings import as_json, lines


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        pytest.param({}, "encoding", "utf-8", id="nothing is set"),
        pytest.param({"prefer": {"Ma Yun": "Jack Ma"}}, "prefer", {"Ma Yun": "Jack Ma"}, id="one"),
        pytest.param(
            {"fields": MappingProxyType({"*": ("title",)})},
            "fields",
            {"*": ["title"]},
            id="a mapping that cannot be changed",
        ),
        pytest.param(
            {"ignores": (Ignored("a.txt", "names", "Marwin"),)},
            "ignores",
            [{"file": "a.txt", "rule": "names", "text": "Marwin"}],
            id="an entry without a reason",
        ),
    ],
)
def test_settings_are_the_same_in_both_forms(given: dict[str, Any], key: str, value: Any) -> None:
    config = Config(**given)
    told = json.loads(as_json(config))["settings"]
    assert told[key]["value"] == value
    shown = [line.removeprefix("# no ").split(" ", 1)[0] for line in [*lines(config)][1:]]
    assert shown == [*told]
