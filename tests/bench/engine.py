"""Benchmarks of the engine: rows 1 to 4 of the table of targets (literal work, scale, full job,
clean English).

    python tests/bench/engine.py --size 20 --runs 3

Every contender is a process of its own, and those of a row take turns (A B C A B C), so that a busy
machine slows all of them alike. What is compared is CPU time (user + system), the median of all
runs, for the work from the file to the written result: without starting and without reading rules,
which have targets of their own (of codespell and typos the same is taken off as their time on an
empty file). Ratios hold, absolute times do not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from corpora import ROOT, Name, names, write_rules, write_text

# Ours as a process: what a command does between rule files and a written result, without the
# command line around it. It says how many CPU seconds each step took ("start" is the interpreter
# and the imports) and its peak memory.
OURS = """
import json, sys
from pathlib import Path
from time import process_time
sys.path.insert(0, sys.argv[1])
marks = [("", 0.0)]
mark = lambda name: marks.append((name, process_time()))
import cleaner
mark("start")
rules = cleaner.load_rules(*sys.argv[5:], bundled=sys.argv[2] == "all")
mark("load")
ours = cleaner.Cleaner(rules)
mark("build")
text = Path(sys.argv[3]).read_bytes().decode()
mark("read")
result = ours.clean(text)
mark("clean")
Path(sys.argv[4]).write_bytes(result.text.encode())
mark("write")
said = {name: at - before for (_, before), (name, at) in zip(marks, marks[1:])}
status = Path("/proc/self/status")
peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024 if status.exists() else 0
said |= {"MB": peak, "edits": len(result.edits), "findings": len(result.findings)}
print(json.dumps(said))
"""

# What somebody without a tool would write: the patterns of a rule list over the whole text, one
# after the other. With an empty list it is reading and writing the file.
SEQUENTIAL = """
import json, sys
from pathlib import Path
from time import process_time
import regex
pairs = json.loads(Path(sys.argv[1]).read_text())
rules = [(regex.compile(match), replace) for match, replace in pairs]
begin = process_time()
text = Path(sys.argv[2]).read_bytes().decode()
read = process_time()
for match, replace in rules:
    text = match.sub(replace, text)
clean = process_time()
Path(sys.argv[3]).write_bytes(text.encode())
write = process_time()
said = {"start": begin, "read": read - begin, "clean": clean - read, "write": write - clean}
print(json.dumps(said))
"""

PATTERNS = [
    (r"(\w),{2,} ", r"\1, "),
    (r"\.(?: \.)+(?=\s)", "."),
    (r"(?<=\w) +([,;:])", r"\1"),
    (r"(?<=[.!?,])  +(?=\w)", " "),
    (r"``([^`'\n]+?),?''", r"“\1”"),
    (r"(?<=[a-z])['’]([A-Za-z][^'’\n]{2,60})['’](?=[\s,.;]) ", r" ‘\1’ "),
    (r"\b(a|an|the|of|as|in|called)['’](\w[^'’\n]*)['’]", r"\1 ‘\2’"),
    (r"([a-z])([.!?])([A-Z][a-z])", r"\1\2 \3"),
    (r'" ([^"\n]+) "', r'"\1"'),
    (r"(\w)(\([\u4E00-\u9FFF]+\))", r"\1 \2"),
    (r"\[[^\]\n]*[\uAC00-\uD7A3][^\]\n]*\]", ""),
    (r"(?m)^\[[^\]\n]+=[^\]\n]+\]$", ""),
    (r"(?m)^[©ⓒ].*$", ""),
    (r"(?im)^.*(?:unauthori[sz]ed reproduction|all rights reserved).*$", ""),
    (r"(?m)^(.{40,})\n\n\1$", r"\1"),
    (r"\b([A-Z]\w+) and \1\b", r"\1"),
    (r"\b(\w+) \1\b", r"\1"),
    (r"\bon the (\d+)(?:st|nd|rd|th) \(local time\)", r"on the \1th"),
    (r"\b(\d{1,2}): (\d{2})\b", r"\1:\2"),
    (r"\bAntgroup\b", "Ant Group"),
    (r"\bMa-?[Ww]in\b(?!-)", "Ma Yun"),
    (r"\bState Council (?:Newspaper|Information) Offices?\b", "State Council Information Office"),
    (r"\u00A0+", " "),
    (r"[\u200B\uFEFF\u00AD]", ""),
    (r"\s*\[email\s?protected\]", ""),
    (r"(?m)[ \t]+$", ""),
    (r"\n{3,}", "\n\n"),
    (r"(\d)\s?%p\b", r"\1 percentage points"),
    (r"(?i)\breporter (\w+) (\w+) = ", r"\1 \2, "),
    (r"\b([A-Z][a-z]+) = correspondent ([A-Z][\w-]+ [A-Z][\w-]+)", r"\2, \1 correspondent"),
]


class Run(NamedTuple):
    """A process: its CPU seconds, and what it said of itself."""

    cpu: float
    said: dict[str, float]

    @property
    def work(self) -> float:
        """CPU seconds from the file to the written result."""
        return sum(self.said[step] for step in ("read", "clean", "write"))


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a process to its end; codespell and typos exit with other codes than 0 where they have
    found something.
    """
    with (folder / "said").open("w+") as out, (folder / "complained").open("w+") as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        speaks = command[0] == sys.executable
        if process.returncode not in ((0,) if speaks else (0, 1, 2, 65)):
            raise SystemExit(f"{command[0]} failed: {errors.read()[-2000:]}")
        return Run(usage.ru_utime + usage.ru_stime, json.loads(out.read()) if speaks else {})


class Bench:
    """Lets contenders take turns, and keeps the table."""

    def __init__(self, folder: Path, runs: int, product: Path) -> None:
        self.folder, self.runs, self.product = folder, runs, product
        self.rows = [("what", "ours s", "peer s", "ratio", "at least", "aim")]

    def take_turns(self, contenders: dict[str, list[str]], text: str = "") -> dict[str, Run]:
        """The medians of all runs. A contender that writes in place finds a fresh copy of `text` as
        `NAME.txt`.
        """
        measured: dict[str, list[Run]] = {name: [] for name in contenders}
        for _ in range(self.runs):
            for name, command in contenders.items():
                if text:
                    shutil.copy(self.folder / text, self.folder / f"{name}.txt")
                measured[name].append(run(command, self.folder))
        out = {}
        for name, runs in measured.items():
            said = {key: median(one.said[key] for one in runs) for key in runs[0].said}
            out[name] = Run(median(one.cpu for one in runs), said)
            steps = "  ".join(
                f"{key} {value:,.3f}".removesuffix(".000") for key, value in said.items()
            )
            print(f"  {name:22} {out[name].cpu:7.3f} s CPU  {steps}")
        return out

    def ours(self, which: str, text: str, rules: Path) -> list[str]:
        """The command that cleans `text` by `rules` alone ("given"), or by the bundled ones too
        ("all").
        """
        return [sys.executable, "-c", OURS, str(self.product), which, text, "ours.txt", str(rules)]

    def sequential(self, patterns: Sequence[tuple[str, str]], text: str) -> list[str]:
        """The command that runs patterns over `text`, one after the other."""
        file = f"{len(patterns)}-patterns.json"
        (self.folder / file).write_text(json.dumps(patterns), encoding="utf-8")
        return [sys.executable, "-c", SEQUENTIAL, file, text, "sequential.txt"]

    def row(
        self, what: str, ours: float, peer: float, ratio: float, least: str = "", aim: str = ""
    ) -> None:
        """Put a row into the table."""
        self.rows.append((what, f"{ours:.3f}", f"{peer:.3f}", f"{ratio:.2f}", least, aim))

    def print_table(self) -> None:
        """Print all rows."""
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        for what, *cells in self.rows:
            right = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
            print(what.ljust(widths[0]), *right, sep="  ")


def literal(bench: Bench, size: int, known: Sequence[Name]) -> None:
    """Row 1: the names alone.

    Peers know single words only, so names are single words here for all three (Jangpan ->
    Jiangfan). codespell cuts lines into words by a regular expression, looks each up in a dict
    (only ours: `-D`) and substitutes in the line; it prints every change. typos cuts bytes into
    identifiers and looks each up in our table, and the words in it in its built-in dictionary,
    which cannot be switched off; it needs time in the square of the hits of a file. Ours does all
    that `clean` does: any case and spacing, boundaries, correct forms as guards, blocks, protected
    spans, findings with positions, a second pass as proof.
    """
    write_text(bench.folder / "words.txt", size, [name.garbled_word for name in known], plain=True)
    (bench.folder / "empty.txt").touch()
    rules = write_rules(bench.folder / "words", [(name.word, name.garbled_word) for name in known])
    peers = spelling_peers(bench.folder, known)
    print(" on an empty file:")
    idle = bench.take_turns(peers, "empty.txt")
    print(" on the text:")
    got = bench.take_turns({"ours": bench.ours("given", "words.txt", rules), **peers}, "words.txt")
    ours, before = got["ours"], (bench.folder / "words.txt").read_text(encoding="utf-8").split()
    after = {
        name: (bench.folder / f"{name}.txt").read_text(encoding="utf-8").split() for name in got
    }
    for name, least, aim in (("codespell", "8", "20"), ("typos", "15", "40")):
        changed = sum(a != b for a, b in zip(before, after[name], strict=True))
        unlike = sum(a != b for a, b in zip(after["ours"], after[name], strict=True))
        print(
            f"  {name} changed {changed:,} words of {len(before):,}; "
            f"{unlike:,} came out unlike ours"
        )
        peer = got[name].cpu - idle[name].cpu
        bench.row(f"1 names alone: {name} / ours", ours.work, peer, peer / ours.work, least, aim)
        bench.row(
            "  with start, rules, dictionary", ours.cpu, got[name].cpu, got[name].cpu / ours.cpu
        )


def spelling_peers(folder: Path, known: Sequence[Name]) -> dict[str, list[str]]:
    """Write the tables of codespell and typos, and return the commands that use them."""
    lines = [f"{name.garbled_word.lower()}->{name.word}\n" for name in known]
    (folder / "codespell.dict").write_text("".join(lines))
    lines = [f'{name.garbled_word} = "{name.word}"\n' for name in known]
    (folder / "typos.toml").write_text("".join(("[default.extend-identifiers]\n", *lines)))
    programs = Path(sys.executable).parent
    typos_options = "-w --isolated --format silent -c typos.toml typos.txt"
    return {
        "codespell": [f"{programs}/codespell", "-w", "-D", "codespell.dict", "codespell.txt"],
        "typos": [f"{programs}/typos", *typos_options.split()],
    }


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=float, default=20, help="MB of text (20)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contender (3)")
    parser.add_argument("--rows", default="1234", help="which rows, as in 13 (1234)")
    parser.add_argument("--keep", type=Path, help="a folder in which texts and rules are left")
    parser.add_argument(
        "--product",
        type=Path,
        default=ROOT,
        help="the folder that holds the package (this checkout)",
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        measure(
            Bench(folder, asked.runs, asked.product.resolve()),
            int(asked.size * 1_000_000),
            asked.rows,
        )


def measure(bench: Bench, size: int, rows: str) -> None:
    """Make what the rows need, measure them, print the table."""
    programs = Path(sys.executable).parent
    if "1" in rows and not all((programs / peer).exists() for peer in ("codespell", "typos")):
        raise SystemExit(
            f"row 1 needs codespell and typos beside {sys.executable}: pip install codespell typos"
        )
    many = names(50_000 if "2" in rows else 2_000)
    few = many[:2_000]
    folder = bench.folder
    rules = write_rules(folder / "names-2000", [(name.canonical, name.garbled) for name in few])
    if "1" in rows:
        literal(bench, size, few)
    if "2" in rows or "3" in rows:
        write_text(folder / "names.txt", size, [name.garbled for name in few])
    if "2" in rows:
        scale(bench, many, rules)
    if "3" in rows:
        full_job(bench, rules)
    if "4" in rows:
        clean_english(bench, size, rules)
    bench.print_table()


def scale(bench: Bench, many: Sequence[Name], rules: Path) -> None:
    """Row 2: 50,000 names against 2,000."""
    pairs = [(name.canonical, name.garbled) for name in many]
    more = write_rules(bench.folder / "names-50000", pairs)
    contenders = {
        "50,000 names": bench.ours("given", "names.txt", more),
        "2,000 names": bench.ours("given", "names.txt", rules),
    }
    large, small = (one.work for one in bench.take_turns(contenders).values())
    bench.row("2 50,000 names / 2,000 names", large, small, large / small, "<= 1.6", "<= 1.1")


def full_job(bench: Bench, rules: Path) -> None:
    """Row 3: all rules against thirty patterns."""
    contenders = {
        "ours, all rules": bench.ours("all", "names.txt", rules),
        "30 regex.sub": bench.sequential(PATTERNS, "names.txt"),
    }
    ours, peer = (one.work for one in bench.take_turns(contenders).values())
    bench.row("3 full job: 30 regex.sub / ours", ours, peer, peer / ours, "4", "20")


def clean_english(bench: Bench, size: int, rules: Path) -> None:
    """Row 4: all rules on a text without damage, against reading and writing it."""
    sys.path.insert(0, str(ROOT))
    from cleaner import load_rules
    from cleaner.rules.model import Entity

    forms: set[str] = set()
    for rule in load_rules():
        if isinstance(rule.options, Entity):
            forms.update((*rule.options.right, *rule.options.variants))
    write_text(bench.folder / "clean.txt", size, (), avoid={*forms, ",,", "romise", "lternative"})
    contenders = {
        "ours, clean English": bench.ours("all", "clean.txt", rules),
        "read and write": bench.sequential([], "clean.txt"),
    }
    ours, peer = (one.work for one in bench.take_turns(contenders).values())
    bench.row("4 clean English: ours / read and write", ours, peer, ours / peer, "<= 5", "<= 2")


if __name__ == "__main__":
    main()
