"""Makes a large corpus, kills `cleaner corpus` in the middle of it, and checks what comes out.

    python tests/bench/fetch.py CORPORA --corpus novels
    python tests/bench/corpus.py FOLDER --texts CORPORA/novels --megabytes 1000 --jobs 2

The corpus is JSON Lines. Each row has an id and a text of 1 to 30 paragraphs. They are drawn from
the good texts and, in one row of fifty, from the damaged texts in `seeds`. The same seed of the
random numbers and the same texts give the same corpus.

The command is killed with SIGKILL, and given again each time. It is killed at a random moment after
each of the finished parts that `--kill-after` names. At the end all rows must be there, once and in
order, and nothing but the text may have changed in them; the findings must be in order, and none
of them there twice. It prints the time, and the most memory that each process ever had (VmHWM),
which it takes from /proc.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DAMAGED = 0.02  # part of the rows


def main() -> int:
    """Make the corpus, clean it with kills, check it."""
    parser = argparse.ArgumentParser(description="Kill `cleaner corpus` and check what comes out.")
    parser.add_argument("folder", type=Path, help="is filled with the corpus and what is cleaned")
    parser.add_argument("--texts", type=Path, default=ROOT / "seeds" / "clean", help="good texts")
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument(
        "--kill-after",
        metavar="PARTS",
        type=int,
        nargs="*",
        default=[0, 0, 1],
        help="how many parts must be finished for each of the kills",
    )
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--shard-size", default="64", help="MB of the input in a part")
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument(
        "--seconds", type=float, default=10, help="the longest time from these parts to a kill"
    )
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    corpus = arguments.folder / f"corpus-{arguments.megabytes}.jsonl"
    chance = random.Random(arguments.seed)
    if not corpus.exists():
        make(corpus, arguments.texts, arguments.megabytes * 1_000_000, chance)
    out = arguments.folder / "cleaned"
    command = [sys.executable, "-m", "cleaner", "corpus", str(corpus), str(out), "--isolated"]
    command += ["--field", "text", "--id", "id", "--jobs", arguments.jobs]
    command += ["--shard-size", arguments.shard_size]
    memory: dict[str, int] = {}
    begun = time.monotonic()
    for wanted in arguments.kill_after:
        seconds = chance.uniform(1, arguments.seconds)
        code = run(command, memory, Kill(out, wanted, seconds))
        parts, unfinished = len(parts_of(out)), len(list(out.glob(".part-*")))
        print(
            f"kill {seconds:.1f} s after part {wanted}: exit {code}, {parts} parts finished, "
            f"{unfinished} unfinished",
            flush=True,
        )
    code = run(command, memory)
    print(f"last run: exit {code}; all runs: {time.monotonic() - begun:.0f} s")
    for name, most in memory.items():
        print(f"memory of {name}: {most / 1000:.0f} MB")
    wrong = check(corpus, parts_of(out)) + check_findings(sorted(out.glob("findings-*.jsonl")))
    print("\n".join(wrong) or "all rows are there, once and in order")
    return 1 if wrong or code else 0


def make(corpus: Path, texts: Path, size: int, chance: random.Random) -> None:
    """Write a corpus of at least `size` bytes."""
    clean = paragraphs(texts)
    damaged = paragraphs(ROOT / "seeds")
    written = number = 0
    with corpus.open("wb") as file:
        while written < size:
            number += 1
            drawn = damaged if chance.random() < DAMAGED else clean
            text = "\n\n".join(chance.choices(drawn, k=chance.randint(1, 30)))
            row = {"id": number, "url": f"https://example.org/{number}", "text": text}
            written += file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def paragraphs(folder: Path) -> list[str]:
    """Return the paragraphs of the texts in a folder."""
    found: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += filter(None, text.replace("\r\n", "\n").split("\n\n"))
    return found


def parts_of(out: Path) -> list[Path]:
    """Return the parts that are finished, in order."""
    return sorted(out.glob("part-*.jsonl"))


class Kill(NamedTuple):
    """When the command is killed: some seconds after so many parts are finished."""

    out: Path
    parts: int
    seconds: float


def run(command: list[str], memory: dict[str, int], kill: Kill | None = None) -> int:
    """Run the command, perhaps not to its end; note the memory of its processes."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    when = math.inf
    while process.poll() is None:
        for pid in (process.pid, *children(process.pid)):
            name = "the first process" if pid == process.pid else "a process that cleans"
            memory[name] = max(memory.get(name, 0), peak(pid))
        if kill and when == math.inf and len(parts_of(kill.out)) >= kill.parts:
            when = time.monotonic() + kill.seconds
        if time.monotonic() > when:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.1)
    return process.wait()


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    found = [int(one) for one in text.split()]
    for one in list(found):
        found += children(one)
    return found


def peak(pid: int) -> int:
    """Return the most memory that a process ever had, in KB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def check(corpus: Path, parts: list[Path]) -> list[str]:
    """Return what is wrong with the rows that came out."""
    wrong: list[str] = []
    changed = rows = 0
    for before, after in zip_longest(lines([corpus]), lines(parts)):
        rows += 1
        if before is None or after is None:
            return [*wrong, f"row {rows}: there are more rows on one side"]
        if before != after:
            changed += 1
            old, new = json.loads(before), json.loads(after)
            if old | {"text": ""} != new | {"text": ""}:
                wrong.append(f"row {rows}: more than the text has changed")
    print(f"{rows:,} rows, {changed:,} changed, {sum(map(os.path.getsize, parts)):,} bytes")
    return wrong


def check_findings(files: list[Path]) -> list[str]:
    """Return what is wrong with the findings: in the order of the rows, each is there once."""
    documents: list[int] = []
    seen: set[int] = set()
    for line in lines(files):
        documents.append(json.loads(line)["document"])
        seen.add(hash(line))
    print(f"{len(documents):,} findings")
    wrong: list[str] = []
    if documents != sorted(documents):
        wrong.append("the findings are not in the order of the rows")
    if len(seen) != len(documents):
        wrong.append("a finding is there twice")
    return wrong


def lines(paths: list[Path]) -> Iterator[bytes]:
    """Yield the lines of some files."""
    for path in paths:
        with path.open("rb") as file:
            yield from file


if __name__ == "__main__":
    sys.exit(main())
