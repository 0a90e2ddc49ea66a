"""Settings, and where each of them comes from: as TOML for a person, as JSON for a program."""

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
    """The settings as TOML, each with a comment that says where it comes from.

    Paths are seen from the working folder; patterns of files from the folder of the configuration,
    as always.

    >>> list(lines(Config()))[3]
    'exclude = []           # default'
    """
    values = _values(config)
    settings = [
        f"{key} = {_toml(value)}" if value is not None else f"# no {key}"
        for key, value in values.items()
    ]
    width = max(len(line) for line in settings if len(line) <= _WIDEST)
    yield f"# configuration: {relative_path(config.file.path) if config.file else _NONE}"
    for key, line in zip(values, settings, strict=True):
        yield f"{line:<{width}}  # {config.origin(key)}"


def render(config: Config) -> str:
    """The same as JSON."""
    settings = {
        key: {"value": value, "from": config.origin(key)} for key, value in _values(config).items()
    }
    file = relative_path(config.file.path) if config.file else None
    return json.dumps({"version": 1, "file": file, "settings": settings}, ensure_ascii=False)


def _values(config: Config) -> dict[str, Any]:
    plain: dict[str, Any] = {key: getattr(config, key.replace("-", "_")) for key in KEYS}
    plain["rules"] = [relative_path(path) for path in config.rules]
    plain["select"] = config.select or None
    plain["accept-to"] = relative_path(config.accept_to) if config.accept_to else None
    plain["ignores"] = [
        {key: text for key, text in one._asdict().items() if text} for one in config.ignores
    ]
    return plain


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
