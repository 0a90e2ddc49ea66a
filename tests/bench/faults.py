"""Faults while files are written: is every file whole afterwards, and is what was said true?

    python tests/bench/faults.py calls             every system call of the write path fails in turn
    python tests/bench/faults.py kills --runs 200  kill -9 at random moments
    python tests/bench/faults.py full              on a full disk (a small tmpfs; needs root)
    python tests/bench/faults.py many --runs 20    processes on one file, and hooks in parallel

`calls` needs strace (apt install strace). It begins where the folder of a file is locked or swept,
and ends with the process. Each fault is followed by a run without any, which must finish the
job and leave nothing behind. The exit code is 1 if anything was not as it should be.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

DAMAGED = "Alibaba fell, and Marwin’s wealth shrank.\n"
SUGGESTIONS = """\
kind: suggestions
groups:
- id: zhang-yong
  canonical: Zhang Yong
  type: person
  members:
  - {form: Zhang Yungg, count: 1, score: 0.9}
"""
CODES = {0, 1, 2, 3}  # 2: a configuration or a rule file could not be read, so nothing is done
UNTOUCHED = ("unchanged", "left alone", "nothing is written", "cannot be")
ERRORS = ("EIO", "ENOSPC")
# Where the program itself is: what it imports is not what it writes.
PROGRAM = (str(Path(__file__).parents[2]), sys.prefix, sys.base_prefix)


class Job(NamedTuple):
    """A command, the files that it finds, and whether its files change together."""

    args: Sequence[str]
    files: Mapping[str, str]
    together: bool = False


JOBS = {
    "hook": Job(["cleaner.hook", "a.txt", "b.txt"], {"a.txt": DAMAGED, "b.txt": DAMAGED}),
    "fix": Job(["cleaner", "fix", "a.txt", "b.txt"], {"a.txt": DAMAGED, "b.txt": DAMAGED}),
    "backup": Job(["cleaner", "fix", "--backup", "a.txt"], {"a.txt": DAMAGED}),
    "output": Job(
        ["cleaner", "fix", "-o", "x.txt", "a.txt"], {"a.txt": DAMAGED, "x.txt": "Before.\n"}
    ),
    "ignore": Job(["cleaner", "ignore", "a.txt:1"], {"a.txt": DAMAGED, "cleaner.toml": "# mine\n"}),
    "accept": Job(
        ["cleaner", "accept", "zhang-yong"],
        {
            ".cleaner/suggestions.yaml": SUGGESTIONS,
            "rules/names/accepted.yaml": "kind: name\nrules: []\n",
            "cleaner.toml": 'rules = ["rules"]\n',
        },
        together=True,
    ),
}
# A job that writes most of its time, for kills.
CHUNK = {f"{number:03}.txt": DAMAGED for number in range(200)}
LONG = {"chunk": Job(["cleaner.hook", *CHUNK], CHUNK)}


class Run(NamedTuple):
    """How a command ended."""

    code: int
    said: str


def prepare(job: Job, folder: Path) -> None:
    """Make the files of a job."""
    for name, text in job.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(job: Job, folder: Path, *before: str) -> Run:
    """Run a job; `before` is what traces it."""
    command = [*before, sys.executable, "-P", "-m", *job.args]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return Run(done.returncode, done.stderr.decode(errors="replace"))


def state(job: Job, folder: Path) -> dict[str, str]:
    """The texts of a job's files."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in job.files}


def reference(job: Job) -> tuple[dict[str, str], list[str]]:
    """Do a job without a fault: the texts of its files, and the names of all files."""
    with scratch() as folder:
        prepare(job, folder)
        done = run(job, folder)
        assert done.code in {0, 1}, done.said
        return state(job, folder), listing(folder)


def listing(folder: Path) -> list[str]:
    """All files of a folder but the copies that --backup keeps."""
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in found if not re.search(r"\.orig\d*$", name))


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        yield Path(folder)


def faults_of(job: Job, done: Run, folder: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong after a run with a fault."""
    now = state(job, folder)
    for name, text in now.items():
        if text not in {job.files[name], wanted[name]}:
            yield f"{name} is neither old nor new"
    changing = [name for name in wanted if wanted[name] != job.files[name]]
    new = [name for name in changing if now[name] == wanted[name]]
    if "Traceback" in done.said:
        yield "a traceback"
    if done.code < 0 or done.code in {130, 143}:
        return
    if done.code not in CODES:
        yield f"exit code {done.code}"
    if job.together and 0 < len(new) < len(changing):
        yield "only a part is written"
    if done.code == 2 and new:
        yield "exit code 2, but something is written"
    if done.code in {0, 1} and len(new) < len(changing):
        yield f"exit code {done.code}, but not all is written"
    for line in done.said.splitlines():
        for name in changing:
            told = f"{name}: " in line and any(what in line for what in UNTOUCHED)
            if told and "written, but" not in line and name in new:
                yield f"“{line}”, but {name} is new"


def finish(job: Job, folder: Path, wanted: Mapping[str, str], names: list[str]) -> Iterator[str]:
    """Run a job again, without a fault; yield what is wrong then."""
    run(job, folder)
    if state(job, folder) != wanted:
        yield "the next run does not finish the job"
    more = sorted(set(listing(folder)) - set(names))
    if more:
        yield f"left behind: {', '.join(more)}"


# -- calls


def traced(job: Job) -> list[tuple[str, int]]:
    """The system calls of the write path, each with its number among all calls of its name.

    It begins where the first folder of the job's files is opened: to lock it, or to sweep it.
    """
    with scratch() as folder:
        prepare(job, folder)
        run(job, folder, "strace", "-f", "-y", "-o", "log", "-e", "trace=file,desc")
        lines = (folder / "log").read_text(errors="replace").splitlines()
        folders = {str((folder / name).parent.resolve()) for name in job.files}
    counts: Counter[str] = Counter()
    calls: list[tuple[str, int]] = []
    begun = False
    for line in lines:
        found = re.match(r"\d+ +(\w+)\(", line)
        if not found or found[1] == "execve":
            continue
        counts[found[1]] += 1
        begun = begun or any(f'"{name}", O_' in line for name in folders)
        if begun and not is_of_program(line):
            calls.append((found[1], counts[found[1]]))
    return calls


def is_of_program(line: str) -> bool:
    """Whether a traced call is about the files of the program itself."""
    return any(place in line for place in PROGRAM)


def calls(wish: argparse.Namespace) -> int:
    """Let each call of each job fail in turn."""
    bad = 0
    for title in wish.jobs or JOBS:
        job = (JOBS | LONG)[title]
        wanted, names = reference(job)
        found = traced(job)
        outcomes: Counter[str] = Counter()
        for error in ERRORS:
            for name, number in found:
                with scratch() as folder:
                    prepare(job, folder)
                    inject = f"inject={name}:error={error}:when={number}"
                    trace = ["strace", "-fy", "-o", "log", "-e", f"trace={name}", "-e", inject]
                    done = run(job, folder, *trace)
                    log = (folder / "log").read_text(errors="replace").splitlines()
                    (folder / "log").unlink()
                    injected = [line for line in log if "INJECTED" in line]
                    if not injected or is_of_program(injected[0]):
                        outcomes["missed"] += 1  # the run had other calls before
                        continue
                    wrong = [*faults_of(job, done, folder, wanted)]
                    wrong += finish(job, folder, wanted, names)
                outcomes["injected"] += 1
                outcomes[f"exit {done.code}"] += 1
                if wrong:
                    outcomes["WRONG"] += 1
                    print(f"{title} {error} {name} {number}: {'; '.join(wrong)}\n  {done.said}")
        bad += outcomes["WRONG"]
        print(f"{title}: {len(found)} calls, {dict(sorted(outcomes.items()))}", flush=True)
    return bad


# -- kills


def kills(wish: argparse.Namespace) -> int:
    """Kill jobs at random moments, until so many were killed before they ended."""
    bad = 0
    chance = random.Random(wish.seed)
    for title in wish.jobs or ["chunk", "ignore", "accept"]:
        job = (JOBS | LONG)[title]
        wanted, names = reference(job)
        outcomes: Counter[str] = Counter()
        latest = time_of(job)
        while outcomes["killed"] < wish.runs:
            with scratch() as folder:
                prepare(job, folder)
                done = killed(job, folder, latest * chance.random())
                was_killed = done.code == -9
                # So that the kills are spread up to the end, however busy the machine is.
                latest *= 1.02 if was_killed else 0.9
                outcomes["killed" if was_killed else "ended before"] += 1
                now = state(job, folder)
                outcomes["had written"] += was_killed and now != dict(job.files)
                outcomes["left a temporary file"] += any(folder.rglob(".*.cleaner-tmp"))
                wrong = [*faults_of(job, done, folder, wanted)]
                wrong += finish(job, folder, wanted, names)
            if wrong:
                outcomes["WRONG"] += 1
                print(f"{title}: {'; '.join(wrong)}")
        bad += outcomes["WRONG"]
        print(f"{title}: {dict(sorted(outcomes.items()))}", flush=True)
    return bad


def killed(job: Job, folder: Path, seconds: float) -> Run:
    """Run a job and kill it after some time, unless it has ended."""
    command = [sys.executable, "-P", "-m", *job.args]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    time.sleep(seconds)
    process.kill()
    said = process.communicate()[1].decode(errors="replace")
    return Run(process.returncode, said)


def time_of(job: Job) -> float:
    """Seconds that a job takes now."""
    with scratch() as folder:
        prepare(job, folder)
        start = time.monotonic()
        run(job, folder)
        return time.monotonic() - start


# -- a full disk


def full(wish: argparse.Namespace) -> int:
    """Do jobs on a disk with less and less room."""
    bad = 0
    for title in wish.jobs or JOBS:
        job = (JOBS | LONG)[title]
        wanted, names = reference(job)
        outcomes: Counter[str] = Counter()
        for blocks in range(8):
            with scratch() as folder:
                mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
                subprocess.run(mount, check=True)
                try:
                    prepare(job, folder)
                    filler = folder / "filler"
                    fill(filler, but=blocks * 4096)
                    done = run(job, folder)
                    wrong = [*faults_of(job, done, folder, wanted)]
                    filler.unlink()
                    wrong += finish(job, folder, wanted, names)
                finally:
                    subprocess.run(["umount", str(folder)], check=True)
            outcomes[f"exit {done.code}"] += 1
            if wrong:
                outcomes["WRONG"] += 1
                print(f"{title}, {blocks} blocks free: {'; '.join(wrong)}\n  {done.said}")
        bad += outcomes["WRONG"]
        print(f"{title}: {dict(sorted(outcomes.items()))}", flush=True)
    return bad


def fill(path: Path, *, but: int) -> None:
    """Write a file until the disk is full, but for some bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - but))


# -- many processes


def many(wish: argparse.Namespace) -> int:
    """Run many processes on one file, then many hooks on chunks of many files."""
    bad = 0
    job = JOBS["hook"]._replace(args=["cleaner", "fix", "a.txt"], files={"a.txt": DAMAGED})
    wanted, names = reference(job)
    with scratch() as folder:
        prepare(job, folder)
        codes = together(folder, [job.args] * wish.runs)
        wrong = codes != {0} or state(job, folder) != wanted or listing(folder) != names
        print(f"{wish.runs} processes on one file: exit codes {codes}, wrong: {wrong}")
        bad += wrong
    with scratch() as folder:
        files = {f"{number:03}.txt": DAMAGED for number in range(10 * wish.runs)}
        prepare(Job([], files), folder)
        chunks = [["cleaner.hook", *list(files)[at :: wish.runs]] for at in range(wish.runs)]
        codes = together(folder, chunks)
        texts = set(state(Job([], files), folder).values())
        wrong = codes != {1} or texts != set(wanted.values()) or listing(folder) != sorted(files)
        print(f"{wish.runs} hooks on {len(files)} files: exit codes {codes}, wrong: {wrong}")
        bad += wrong
    return bad


def together(folder: Path, commands: Sequence[Sequence[str]]) -> set[int]:
    """Run commands at the same time; return their exit codes."""
    running = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", *command],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    return {process.wait() for process in running}


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "calls": calls,
    "kills": kills,
    "full": full,
    "many": many,
}


def main() -> None:
    """Inject the faults that were asked for; end with 1 if anything was wrong."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("what", choices=COMMANDS)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--job", dest="jobs", action="append", choices=[*JOBS, *LONG])
    wish = options.parse_args()
    os.environ["PYTHONHASHSEED"] = "0"  # the same calls in every run
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(bool(COMMANDS[wish.what](wish)))


if __name__ == "__main__":
    main()
