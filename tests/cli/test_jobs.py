"""`--jobs`: whatever the number of processes, the same output; and whatever happens to them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, USUAL, run

# Files whose names say what becomes of the process that reads them.
HARM = """\
import os, time
from cleaner.project import files
usual = files.read
def read(path, *rest):
    if path.name == "kill.txt":
        os.kill(os.getpid(), 9)
    if path.name == "fault.txt":
        raise KeyError(path.name)
    if path.name == "memory.txt":
        raise MemoryError
    if path.name == "slow.txt":
        time.sleep(60)
    return usual(path, *rest)
files.read = read
"""
FILES = {
    "a.txt": DAMAGED,
    "b.txt": "Nothing is wrong here.\n",
    "c.md": f"# News\n\n*{DAMAGED}* broke out,, which\n",
    "d.html": f"<html lang='en'><p>{DAMAGED} “Yes,,” he said.</p></html>",
    "e.txt": "not\0text",
    "f/g.txt": f"{DAMAGED}\nHe saw the Gwigi of it.\n",
    "f/h.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{DAMAGED}\n",
    "i.po": 'msgid "x"\nmsgstr "unclosed\n',
}
CONFIG = """\
[[ignores]]
file = "a.txt"
rule = "names/*"
text = "Marwin"
[[ignores]]
file = "b.txt"
rule = "names/*"
text = "Marwin"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    articles = project / "articles"
    for name, text in FILES.items():
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text(text, encoding="utf-8")
    (project / "cleaner.toml").write_text(CONFIG, encoding="utf-8")
    (project / "harm").mkdir()
    (project / "harm" / "sitecustomize.py").write_text(HARM, encoding="utf-8")
    return project


COMMANDS = [
    "check articles",
    "check --format json articles",
    "check --format sarif articles",
    "check --format rdjson articles",
    "check --baseline known.json --write-baseline articles",
    "fix --diff articles",
    "fix --backup articles",
    "fix articles -o copies",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_number_of_processes_changes_nothing(command: str, folder: Path) -> None:
    outcomes = []
    for jobs in ("1", "3", "auto"):
        copy = folder.parent / jobs
        shutil.copytree(folder, copy)
        said = run(*command.split(), "--jobs", jobs, cwd=copy)
        files = {
            path.relative_to(copy).as_posix(): path.read_bytes()
            for path in sorted(copy.rglob("*"))
            if path.is_file()
        }
        outcomes.append((said, files))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][0][1:] != ("", "")


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "٣", "1.5", "257", ""])
def test_a_wrong_number_of_processes(jobs: str, folder: Path) -> None:
    said = f"cleaner: --jobs {jobs}: write a number from 1 to 256, or auto\n"
    assert run("check", f"--jobs={jobs}", "articles", cwd=folder) == (2, "", said)


@pytest.mark.parametrize(
    ("name", "jobs", "why"),
    [
        ("kill.txt", "2", "its process died (SIGKILL); see whether it was changed, and run again"),
        ("memory.txt", "1", "there is not enough memory for it; it is unchanged"),
        ("memory.txt", "2", "there is not enough memory for it; it is unchanged"),
        ("fault.txt", "1", "this is a fault of the program (KeyError in cleaner/"),
        ("fault.txt", "2", "this is a fault of the program (KeyError in cleaner/"),
    ],
)
def test_one_crash_names_its_file_and_spares_the_rest(
    name: str, jobs: str, why: str, folder: Path
) -> None:
    names = [f"{number}.txt" for number in range(20)]
    for one in (*names, name):
        (folder / one).write_text(DAMAGED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "fix", "--jobs", jobs, *names[:9], name, *names[9:]],
        cwd=folder,
        env={**USUAL, "PYTHONPATH": str(folder / "harm")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    (line,) = (line for line in done.stderr.splitlines() if "left alone: " in line)
    assert line.startswith(f"{name}: left alone: {why}")
    assert (folder / name).read_text(encoding="utf-8") == DAMAGED
    assert {(folder / one).read_text(encoding="utf-8") for one in names} == {CLEAN}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_processes(number: int, code: int, folder: Path) -> None:
    """Ctrl-C reaches every process; what ends a program otherwise, only the first one."""
    for name in ("slow.txt", *(f"{number}.txt" for number in range(20))):
        (folder / "articles" / name).write_text(DAMAGED, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "fix", "--jobs", "2", "articles"],
        cwd=folder,
        env={**USUAL, "PYTHONPATH": str(folder / "harm")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    _wait_for(lambda: (folder / "articles" / "0.txt").read_text(encoding="utf-8") == CLEAN)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert not list(folder.rglob("*.cleaner-tmp"))
    written = {
        path.name
        for path in (folder / "articles").glob("*.txt")
        if path.read_text(encoding="utf-8") == CLEAN
    }
    told = {Path(line.partition(":")[0]).name for line in err.splitlines() if ": 1 fix by" in line}
    assert told == written  # what was written is said, and nothing else


def _wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


PLAIN = [
    pytest.param(["-"], id="stdin"),
    pytest.param(["articles/a.txt"], id="a file"),
    pytest.param(["articles", "none.txt"], id="a folder, and what is not there"),
    pytest.param(["-", "articles/a.txt"], id="stdin with a file"),
    pytest.param([""], id="an empty path"),
    pytest.param([], id="nothing"),
    pytest.param(["--", "-"], id="two hyphens"),
]
BY_TYPER = "import sys; from cleaner.cli import main; sys.exit(main())"


@pytest.mark.parametrize("arguments", PLAIN)
def test_a_plain_command_line_means_the_same_without_typer(
    arguments: list[str], folder: Path
) -> None:
    outcomes = []
    for start in (["-m", "cleaner"], ["-c", BY_TYPER]):
        copy = folder.parent / start[0]
        shutil.copytree(folder, copy)
        done = subprocess.run(
            [sys.executable, *start, "fix", *arguments],
            cwd=copy,
            env=USUAL,
            input=DAMAGED.encode(),
            capture_output=True,
        )
        files = {
            path.relative_to(copy).as_posix(): path.read_bytes()
            for path in copy.rglob("*")
            if path.is_file()
        }
        outcomes.append((done.returncode, done.stdout, done.stderr, files))
    assert outcomes[0] == outcomes[1]


def test_a_plain_command_line_needs_no_typer(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['cleaner', 'fix', 'articles/b.txt']\n"
        "from cleaner.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'typer', 'rich', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=USUAL, capture_output=True)
    assert done.stdout == b"[]\n"
