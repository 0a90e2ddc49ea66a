"""The settings of a project and where each of them comes from, as TOML or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.project.config import KEYS, Config
from cleaner.project.tomlfile import NAMES, relative_path

_NONE = (
    f"none ({' or '.join(NAMES)} with [tool.cleaner], from here up to the root of the repository)"
)
_WIDEST = 44  # columns; a longer line pushes its comment out


def lines(config: Config) -> Iterator[str]:
    """Yield the settings as lines of TOML, each with a comment that says where it comes from.

    Paths are relative to the working folder. Patterns of files are relative to the folder of the
    configuration, as they are in the file.

    >>> list(lines(Config()))[3]
    'exclude = []           # default'
    """
    values = _values(config)
    settings: list[str] = []
    for key, value in values.items():
        settings.append(f"# no {key}" if value is None else f"{key} = {_toml(value)}")
    width = max(len(line) for line in settings if len(line) <= _WIDEST)
    yield f"# configuration: {relative_path(config.file.path) if config.file else _NONE}"
    for key, line in zip(values, settings, strict=True):
        yield f"{line:<{width}}  # {config.origin(key)}"


def as_json(config: Config) -> str:
    """Return the same as JSON."""
    settings: dict[str, object] = {}
    for key, value in _values(config).items():
        settings[key] = {"value": value, "from": config.origin(key)}
    file = relative_path(config.file.path) if config.file else None
    return json.dumps({"version": 1, "file": file, "settings": settings}, ensure_ascii=False)


def _values(config: Config) -> dict[str, Any]:
    """Return the value of every key as plain data; None where there is no value."""
    values = {key: _thawed(getattr(config, key.replace("-", "_"))) for key in KEYS}
    values["rules"] = [relative_path(path) for path in config.rules]
    values["select"] = config.select or None
    values["accept-to"] = relative_path(config.accept_to) if config.accept_to else None
    values["names"] = _names(config)
    values["ignores"] = [_without_empty(entry._asdict()) for entry in config.ignores]
    return values


def _thawed(value: Any) -> Any:
    """Return a value that JSON can hold: a mapping that cannot be changed is none."""
    return dict(value) if isinstance(value, Mapping) else value


def _names(config: Config) -> dict[str, Any]:
    glossaries, gazetteer = config.names
    lists = {"glossaries": [relative_path(path) for path in glossaries]} if glossaries else {}
    return lists if gazetteer is None else {**lists, "gazetteer": gazetteer}


def _without_empty(entry: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in entry.items() if text}


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
