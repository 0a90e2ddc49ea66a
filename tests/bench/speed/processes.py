"""Contenders are processes of their own that take turns, so that a busy machine slows all alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
CONTENDERS = Path(__file__).parent / "contenders"
PROGRAMS = Path(sys.executable).parent
_WATCH = (sys.executable, "-I", "-S", str(CONTENDERS / "watch.py"))


class Contender(NamedTuple):
    """A command that is measured.

    `codes` are the exit codes that mean success: many tools have one for “something was found”.
    `before` is called ahead of each run, as by a tool that needs a fresh copy of a file.
    """

    command: Sequence[str | Path]
    codes: Sequence[int] = (0,)
    stdin: str = os.devnull
    before: Callable[[], object] | None = None


class Run(NamedTuple):
    """What one run of a contender took, and what it said of itself if it speaks JSON."""

    cpu: float  # seconds, user and system, children included
    wall: float  # seconds
    megabytes: float  # the peak of the largest process
    said: Mapping[str, float]

    @property
    def work(self) -> float:
        """CPU seconds from the file to the written result, as the contender says."""
        return sum(self.said[step] for step in ("read", "clean", "write"))


class Sample(NamedTuple):
    """Measurements of one kind, of all runs of a contender."""

    values: Sequence[float]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def minus(self, amount: float) -> Sample:
        """Return the sample with something taken off each value, but nothing below zero."""
        return Sample([max(value - amount, 1e-9) for value in self.values])


class Arena:
    """A folder in which contenders run, and the product that is measured."""

    def __init__(self, folder: Path, *, product: Path = ROOT) -> None:
        self.folder = folder
        self.product = product

    def run(self, contender: Contender) -> Run:
        """Run a contender to its end.

        Raises:
            SystemExit: it failed.
        """
        if contender.before:
            contender.before()
        out = self.folder / "said"
        command = [str(word) for word in contender.command]
        done = subprocess.run(
            [*_WATCH, contender.stdin, str(out), *command],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{command[0]} cannot be run: {done.stderr[-2000:]}")
        took = json.loads(done.stdout)
        if took["code"] not in contender.codes:
            raise SystemExit(f"{' '.join(command)[:200]} failed: {done.stderr[-2000:]}")
        speaks = command[0] == sys.executable and command[1] == "-P"
        said = json.loads(out.read_text(encoding="utf-8")) if speaks else {}
        return Run(took["cpu"], took["wall"], took["kilobytes"] / 1000, said)

    def take_turns(
        self, contenders: Mapping[str, Contender], runs: int
    ) -> dict[str, Sequence[Run]]:
        """Run contenders in turn (A B A B) and return the runs of each."""
        measured: dict[str, list[Run]] = {name: [] for name in contenders}
        for _ in range(runs):
            for name, contender in contenders.items():
                measured[name].append(self.run(contender))
        return dict(measured)

    def help_of(self, command: str) -> str:
        """Return the help of a command of `cleaner`; empty if there is no such command."""
        done = subprocess.run(
            [PROGRAMS / "cleaner", command, "--help"],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else ""

    def _environment(self) -> dict[str, str]:
        cache = str(self.folder / "cache")
        changed = {"PYTHONPATH": str(self.product), "CLEANER_CACHE_DIR": cache}
        return {**os.environ, **changed}


def script(name: str, *arguments: str | Path) -> Contender:
    """Return one of the scripts in `contenders/`, each of which says in JSON what it took."""
    return Contender([sys.executable, "-P", CONTENDERS / name, *arguments])


def load() -> float:
    """Return how many processes want a core, on average over the last minute."""
    return os.getloadavg()[0]
