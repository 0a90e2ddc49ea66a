"""Known gaps: what the goldens ask for and no rule reaches yet, as `golden/gaps.yaml` lists it.

kind: gaps
files:
  "articles/ma.txt":
  - {at: "3:12", before: "Marwin", after: "Ma Yun"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError, RuleError
from cleaner.reading import read_file
from cleaner.rules.model import MAX_BYTES
from cleaner.rules.reader import Node, read_yaml
from cleaner.rules.writer import quoted

GAPS = "gaps.yaml"  # its name in the folder of the goldens
_KEYS = ("at", "before", "after")
_HEAD = (
    "# What the goldens ask for and no rule reaches yet."
    " Written by `cleaner test --update`; strict: a gap that is\n"
    "# not listed fails the test, and so does one that is closed.\n"
    "kind: gaps\n"
)


class Gap(NamedTuple):
    """A difference between what the rules write and the golden.

    `line` and `column` count from 1 and are those of the seed. `before` is what the rules leave
    there, `after` what the golden has.
    """

    line: int
    column: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.before!r} -> {self.after!r}"


def read_gaps(path: Path) -> Mapping[str, Sequence[Gap]]:
    """Read the gaps of a file, by the names of their seeds. None if there is no such file.

    Raises:
        RefusedError: the file cannot be read.
        RuleError: the file is not one that `render_gaps` could have written.
    """
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None
    root = read_yaml(data, path.as_posix())
    files = root.value.get("files") if isinstance(root.value, dict) else None
    if files is None or not isinstance(files.value, dict):
        remedy = "let `cleaner test --update` write the file again"
        raise RuleError(root.place, "there is no mapping `files`", remedy)
    gaps: dict[str, Sequence[Gap]] = {}
    for name, node in files.value.items():
        if not isinstance(node.value, list):
            what = f"the gaps of a file are {node.shape}, not a list"
            raise RuleError(node.place, what, "write `- {at: ...}`")
        gaps[name] = [_gap(entry) for entry in node.value]
    return gaps


def _gap(node: Node) -> Gap:
    values: dict[str, str] = {}
    if isinstance(node.value, dict):
        values = {key: str(value.value) for key, value in node.value.items()}
    place = re.fullmatch("([0-9]+):([0-9]+)", values.get("at", ""))
    if set(values) != set(_KEYS) or not place:
        remedy = 'write {at: "line:column", before: "...", after: "..."}'
        raise RuleError(node.place, "this is not a gap", remedy)
    return Gap(int(place[1]), int(place[2]), values["before"], values["after"])


def render_gaps(gaps: Mapping[str, Sequence[Gap]]) -> str:
    """Return the text of `gaps.yaml` for gaps by the names of their seeds: one line for each gap.

    >>> print(render_gaps({"a.txt": [Gap(1, 2, "x", "y")]}).partition("kind: ")[2])
    gaps
    files:
      "a.txt":
      - {at: "1:2", before: "x", after: "y"}
    <BLANKLINE>
    """
    lines: list[str] = []
    for name, of_seed in gaps.items():
        if of_seed:
            lines.append(f"  {quoted(name)}:")
            lines += [_line(gap) for gap in of_seed]
    if not lines:
        return f"{_HEAD}files: {{}}\n"
    return "\n".join((f"{_HEAD}files:", *lines, ""))


def _line(gap: Gap) -> str:
    place = f'at: "{gap.line}:{gap.column}"'
    return f"  - {{{place}, before: {quoted(gap.before)}, after: {quoted(gap.after)}}}"
